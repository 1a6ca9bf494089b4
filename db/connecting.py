"""Opening a database: where it is, how SQLite is told to behave, and the two kinds of transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast
from urllib.parse import quote, unquote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from db.errors import BUSY_SECONDS, NoStoreError, StoreError, explained

_SQLITE_HEADER: Final = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Database:
    """An open database. `place` is what people call it; `path` is its file, or None on a server."""

    engine: Engine
    place: str
    path: Path | None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store throughout, whoever writes meanwhile."""
        with explained(self.place), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is alone in writing from its first statement, and is undone as a whole by any
        exception."""
        with explained(self.place), self.engine.connect().execution_options(alone=True) as connection:
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                # On a full disk, the journal of what was undone would keep the next, smaller paper out.
                self._empty_journal(connection)
                raise

    def sqlite(self, connection: Connection) -> sqlite3.Connection:
        """Python's own connection below SQLAlchemy's, for what SQLAlchemy has no words for."""
        return cast("sqlite3.Connection", connection.connection.dbapi_connection)

    def empty_journal(self) -> None:
        """Moves what is in SQLite's journal into the database file, where that is possible just now."""
        with explained(self.place), self.engine.connect() as connection:
            self._empty_journal(connection)

    def _empty_journal(self, connection: Connection) -> None:
        if self.is_sqlite:
            # Where others are at work, or not a byte is left on the disk, the next to close the store will do it.
            with suppress(sqlite3.Error):
                self.sqlite(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")


def connect(place: str | Path, create: bool) -> Database:
    """Connects to a path, a `file:` URI or an SQLAlchemy URL. Raises StoreError where there is no papertally database
    to be, before anything is written."""
    url = _url_of(str(place))
    if not url.drivername.startswith("sqlite"):
        return Database(_engine(url), url.render_as_string(hide_password=True), None)
    path = _path_of(url)
    _check_file(path, create)
    return Database(_engine(_url_for_reading_only(url, path)), str(path), path)


def _url_of(place: str) -> URL:
    if place.startswith("file:"):
        return make_url(f"sqlite:///{place}{'&' if '?' in place else '?'}uri=true")
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        return make_url(place)
    except ArgumentError as error:
        raise StoreError(f"{place} is not a database URL. Give a path, or a URL such as sqlite:///tally.db") from error


def _path_of(url: URL) -> Path:
    database = url.database or ":memory:"
    if ":memory:" in database:
        raise StoreError("A store needs a file, because originals are kept beside it. Name one with --db.")
    return Path(unquote(database.removeprefix("file:")) if database.startswith("file:") else database)


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder. Name a file in it, such as {path / 'tally.db'}")
    if not path.parent.is_dir():
        raise StoreError(
            f"There is no folder {path.parent} to keep {path.name} in. Make it first, or correct the path."
        )
    if not path.exists():
        if not create:
            raise NoStoreError(f"There is no store at {path} yet. Load papers first, or name another with --db.")
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}. Check who may read it.") from error
    if start and start != _SQLITE_HEADER:
        raise StoreError(
            f"{path} is not a papertally database, and was left as it is. Name the right file with --db, or a new one."
        )


def _url_for_reading_only(url: URL, path: Path) -> URL:
    """The URL itself, or one that can read a store in a folder where SQLite may not put its journal.

    Even reading in WAL mode wants to write a file beside the database, and fails on a read-only disk or share. Telling
    SQLite that nobody writes avoids that; with an unfinished journal beside the file that would be untrue, so then not.
    """
    journal = path.with_name(path.name + "-wal")
    if "uri" in url.query or not path.exists() or _may_write(path.parent):
        return url
    if journal.exists() and journal.stat().st_size:
        return url
    return make_url("sqlite://").set(
        database=f"file:{quote(str(path))}", query={"mode": "ro", "immutable": "1", "uri": "true"}
    )


def _may_write(folder: Path) -> bool:
    # Asked of the user in effect, who may be another than the one who started the program; Windows knows no such thing.
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url)
    except NoSuchModuleError as error:
        raise StoreError(f"There is no database of the kind {url.drivername}. Use a path to a file.") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{url.drivername} needs the Python package {error.name}, which is not installed beside papertally."
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # Python's module begins transactions late and commits before DDL; we begin them ourselves, see _begin.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    # With WAL, a power cut can lose the last paper but never damage the file.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    # A writer that begins as a reader fails at once when another has written since; IMMEDIATE waits its turn instead.
    alone = connection.get_execution_options().get("alone", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")
