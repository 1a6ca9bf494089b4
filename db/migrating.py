"""Brings a database to the tables of this version, with Alembic and without an alembic.ini.

To write a migration: change `db/tables.py`, then

    python -c "from db.migrating import draft; draft('what changes')"

and read what it wrote into `db/migrations/versions` with care; set `HEAD` to it. Batch mode rebuilds a table: what is
made by hand (the FTS5 index over `paragraphs`) has no triggers that this could drop, but wants `rebuild` where rows
are renumbered.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from db.connecting import Database, connect
from db.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0001"
"""The version of the tables in `db/tables.py`. A test compares it with the migrations."""

_WAL_ATTEMPTS: Final = 50


def bring_up_to_date(database: Database) -> None:
    """Makes or upgrades the tables, in one transaction. Two who open a new store at once take turns.

    Raises StoreError for a database of a newer version or of another program.
    """
    with database.reading() as connection:
        version = _version(connection, database.place)
    if version == HEAD:
        return
    _use_wal(database)
    with database.writing() as connection:
        version = _version(connection, database.place)
        if version != HEAD:
            _upgrade(connection, version, database.place)
    database.empty_journal()


def config(connection: Connection) -> Config:
    """Alembic's configuration, with the migrations found beside this file wherever the package is installed."""
    # Alembic takes 0.1 s to import, and most commands find the store up to date.
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def draft(message: str) -> None:
    """Writes a new migration from what `db/tables.py` has and the present migrations do not make."""
    from alembic import command

    with tempfile.TemporaryDirectory() as folder:
        database = connect(Path(folder) / "draft.db", create=True)
        try:
            bring_up_to_date(database)
            with database.writing() as connection:
                command.revision(config(connection), message, autogenerate=True)
        finally:
            database.engine.dispose()


def _version(connection: Connection, place: str) -> str | None:
    """The version the database says it has, or None for an empty one. Raises StoreError for another program's."""
    tables = set(inspect(connection).get_table_names())
    if {"alembic_version", "papers"} <= tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise StoreError(
            f"{place} is a database of another program, and was left as it is. "
            "Name the right file with --db, or a new one."
        )
    return None


def _upgrade(connection: Connection, version: str | None, place: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            f"{place} was written by a newer papertally (its version is {version}, this program knows {HEAD}). "
            "Update papertally, or name another database with --db."
        )
    command.upgrade(settings, "head")


def _use_wal(database: Database) -> None:
    """Lets readers read while one writes. Kept in the file, so it is done once; on a disk that cannot, SQLite stays
    as it is."""
    if not database.is_sqlite:
        return
    with database.engine.connect() as connection:
        sqlite = database.sqlite(connection)
        for _ in range(_WAL_ATTEMPTS):
            try:
                sqlite.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # The busy timeout does not cover this change of mode: somebody else is opening the new store.
                if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                    raise OperationalError("PRAGMA journal_mode = WAL", None, error) from error
                time.sleep(0.1)
            else:
                return
