"""The doctor sees what is wrong and names it; a backup is a whole store."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from db.store import Store, StoreError
from schema.records import Links
from tests.store_samples import percentage, sample

TEXT = "3.1 In March visits were 94.0% on time."
ONE = sample(TEXT, figures=[percentage(TEXT, "94.0%")])


@pytest.fixture
def healthy(tmp_path: Path) -> Path:
    path = tmp_path / "tally.db"
    with Store.open(path) as store:
        ONE.into(store)
        store.apply_links(Links(council="Casterbridge"))
        assert store.doctor() == []
    return path


def diagnose(path: Path) -> list[str]:
    with Store.open(path) as store:
        return store.doctor()


def meddle(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_record_that_was_changed_behind_its_back(healthy: Path) -> None:
    meddle(healthy, "UPDATE figures SET text = '95.0%'")
    (problem,) = diagnose(healthy)
    assert problem.startswith("A record does not say what its paper says: paper.txt: figure")
    assert "are '94.0%'" in problem


def test_a_row_that_points_nowhere(healthy: Path) -> None:
    meddle(healthy, "DELETE FROM papers")
    assert "The table figures speaks of something that is not there" in diagnose(healthy)


def test_an_index_that_does_not_fit_is_mended(healthy: Path) -> None:
    meddle(healthy, "UPDATE paragraphs SET text = 'Other words'")
    assert diagnose(healthy) == ["The index of full text search did not fit the papers and has been rebuilt"]
    assert diagnose(healthy) == []
    with Store.open(healthy) as store:
        assert len(store.search("other")) == 1


def test_a_store_that_is_only_read_can_be_examined(healthy: Path) -> None:
    with Store.open(f"file:{healthy}?mode=ro") as store:
        assert store.doctor() == []


def test_originals_that_no_paper_has_and_unfinished_ones(healthy: Path) -> None:
    originals = healthy.parent / "tally.papers"
    (originals / "ab").mkdir()
    (originals / "ab" / "cdef.txt").write_text("unknown")
    (originals / "ab" / "tmp1.part").write_text("half")
    orphan, unfinished = diagnose(healthy)
    assert "keeps a file that no paper has (abcdef)" in orphan
    assert "tmp1.part was left by a load that was stopped" in unfinished


def test_a_backup_is_a_whole_store(healthy: Path, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    copy = tmp_path / "safe" / "copy.db"
    with Store.open(healthy) as store:
        another = sample("Another.", "b.txt")
        another.into(store)
        store.backup(copy)
        here = list(store.records())
    assert sorted(path.name for path in copy.parent.iterdir()) == ["copy.db", "copy.papers"]
    with Store.open(copy) as store:
        assert list(store.records()) == here
        assert store.original(ONE.sha256) == ONE.original
        assert len(store.search("march")) == 1
        assert all("linked" in problem for problem in store.doctor())


def test_a_backup_overwrites_nothing_and_leaves_no_half(healthy: Path, tmp_path: Path) -> None:
    with Store.open(healthy) as store:
        with pytest.raises(StoreError, match="There is something at"):
            store.backup(healthy)
        with pytest.raises(StoreError, match="Check that the folder exists"):
            store.backup(tmp_path / "nowhere" / "copy.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tally.db", "tally.papers"]
