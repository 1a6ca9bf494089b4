"""The migrations make exactly the tables that the program uses, and lose nothing on the way."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Dialect, Text, create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from db import migrating
from db.connecting import Database, connect
from db.migrating import HEAD, bring_up_to_date, config, draft
from db.rows import paper_row, row_of
from db.store import Store
from db.tables import TABLE_OF, WORDS_TABLE, metadata, papers
from tests.store_samples import percentage, sample


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = connect(tmp_path / "tally.db", create=True)
    bring_up_to_date(made)
    yield made
    made.engine.dispose()


def is_ours(name: str | None, kind: str, _: object) -> bool:
    return not (kind == "table" and (name or "").startswith(WORDS_TABLE))


def test_autogenerate_finds_nothing_to_do(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_tables_and_indexes_are_word_for_word_those_of_the_models(database: Database, tmp_path: Path) -> None:
    """Alembic compares neither primary keys nor the names of constraints, which later migrations go by."""
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    metadata.create_all(engine)
    engine.dispose()
    migrated, modelled = definitions(tmp_path / "tally.db"), definitions(tmp_path / "models.db")
    by_hand = {name for name in migrated if name.startswith(WORDS_TABLE)} | {"alembic_version"}
    assert {name: sql for name, sql in migrated.items() if name not in by_hand} == modelled


def definitions(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: " ".join(sql.split()) for name, sql in found}


def test_the_version_that_the_program_knows_is_that_of_the_migrations(database: Database) -> None:
    with database.reading() as connection:
        assert ScriptDirectory.from_config(config(connection)).get_heads() == [HEAD]


def test_a_draft_of_a_migration_finds_nothing_to_do_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = Path(migrating.__file__).parent / "migrations"
    shutil.copytree(migrations, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrating, "__file__", str(tmp_path / "migrating.py"))
    draft("nothing new")
    (written,) = (tmp_path / "migrations" / "versions").glob("*_nothing_new.py")
    assert 'down_revision = "0001"' in written.read_text().replace("'", '"')
    assert "pass" in written.read_text()


def test_a_database_that_is_up_to_date_is_not_written_to(tmp_path: Path) -> None:
    Store.open(tmp_path / "tally.db").close()
    before = (tmp_path / "tally.db").read_bytes()
    Store.open(tmp_path / "tally.db").close()
    assert (tmp_path / "tally.db").read_bytes() == before


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's driver commits before each CREATE TABLE unless it is told not to."""
    migrations = Path(migrating.__file__).parent / "migrations"
    shutil.copytree(migrations, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    first = tmp_path / "migrations" / "versions" / "0001_first.py"
    first.write_text(first.read_text().replace("    _make_search()\n", "    raise ZeroDivisionError\n"))
    monkeypatch.setattr(migrating, "__file__", str(tmp_path / "migrating.py"))
    with pytest.raises(ZeroDivisionError):
        Store.open(tmp_path / "tally.db")
    assert definitions(tmp_path / "tally.db") == {}
    monkeypatch.undo()
    Store.open(tmp_path / "tally.db").close()


def test_search_survives_a_migration_that_rebuilds_its_table(database: Database, tmp_path: Path) -> None:
    """Batch mode copies the table and drops the old one, and with it any triggers that kept an index."""
    text = "3.1 Visits were 94.0% on time."
    with Store.open(tmp_path / "tally.db") as store:
        sample(text, figures=[percentage(text, "94.0%")]).into(store)
    with database.writing() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("paragraphs", recreate="always") as batch:
            batch.add_column(Column("language", Text))
    with Store.open(tmp_path / "tally.db") as store:
        assert len(store.search("visits")) == 1
        sample("Visits again", "b.txt").into(store)
        store.forget(sample(text).sha256)
        assert [hit.paper for hit in store.search("visits")] == ["b.txt"]
        assert all("linked" in problem for problem in store.doctor())


def test_every_field_of_every_record_has_a_column() -> None:
    text = "It was 94.0%."
    one = sample(text, figures=[percentage(text, "94.0%")])
    assert set(paper_row(one.extraction.paper, "a.txt")) == set(papers.c.keys())
    figure = one.extraction.figures[0]
    assert set(row_of(figure)) == set(TABLE_OF[type(figure)].c.keys()) - {
        "metric",
        "metric_score",
        "metric_reason",
        "repeats",
    }


def test_a_server_would_take_the_same_tables() -> None:
    """PostgreSQL has no FTS5; everything else is the same. This asks SQLAlchemy for its words and no server."""
    server: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no type
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=server))
        for index in table.indexes:
            assert len(cast("str", index.name)) <= server.max_identifier_length
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=server))
