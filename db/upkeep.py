"""Checking the store and copying it, while others use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from db.connecting import Database
from db.decisions import idle
from db.errors import EvidenceError, StoreError
from db.links import unlinked
from db.originals import Originals, folder_beside
from db.queries import councils, extractions
from db.saving import check_evidence
from db.tables import WORDS_TABLE, pages, papers
from schema.paper import Page
from schema.records import MetricDecision


def problems(database: Database, originals: Originals) -> list[str]:
    """What is wrong: a damaged file, records that their papers do not bear out, originals lost, changed or unknown."""
    with database.reading() as connection:
        waiting = unlinked(connection)
        found = [
            *_damage(connection),
            *_false_evidence(connection),
            *_originals_amiss(connection, originals),
            *map(_said_of_idle, idle(connection)),
            *(f"Papers of {council or 'no council'} wait to be linked: the next load does so" for council in waiting),
        ]
    return [*found, *_index_amiss(database)]


def _said_of_idle(decision: MetricDecision) -> str:
    what = f"{decision.decision} {decision.metric}" + (f" to {decision.to!r}" if decision.to else "")
    return (
        f"The decision {decision.id} ({what}, by {decision.author} on {decision.made_at.date().isoformat()}) finds "
        "nothing to act on in the papers now. It is kept; `tally metric undo` takes it back"
    )


def back_up(database: Database, originals: Originals, target: Path) -> None:
    """Copies database and originals. The copy is whole when its file has its name. Raises StoreError."""
    if database.path is None:
        raise StoreError(f"{database.place} is on a server: back it up with the server's own tool, such as pg_dump.")
    if target.exists():
        raise StoreError(f"There is something at {target} already. Choose another name for the backup.")
    unfinished = target.with_name(target.name + ".part")
    try:
        _copy_database(database, unfinished)
        # After the database, so that every paper that it knows has its original in the copy.
        originals.copy_to(Originals(folder_beside(target)))
        unfinished.rename(target)
    except OSError as error:
        raise StoreError(f"The backup {target} could not be written: {error.strerror or error}.") from error
    finally:
        for left in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
            left.unlink(missing_ok=True)


def _copy_database(database: Database, target: Path) -> None:
    with database.engine.connect() as connection:
        source = database.sqlite(connection)
        try:
            copy = sqlite3.connect(target)
            try:
                source.backup(copy)
                # A copy in WAL mode would leave a journal beside it that belongs to its unfinished name.
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
        except sqlite3.Error as error:
            raise StoreError(
                f"The backup {target.name.removesuffix('.part')} could not be written to {target.parent}: {error}. "
                "Check that the folder exists, has space, and that you may write there."
            ) from error


def _damage(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (finding,) in connection.execute(text("PRAGMA integrity_check")):
        if finding != "ok":
            yield f"The database is damaged, restore it from a backup: {finding}"
    for table, *_ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"The table {table} speaks of something that is not there"


def _index_amiss(database: Database) -> Iterator[str]:
    """Compares the index of full text search with the paragraphs. It says nothing of its own, so it is mended on the
    spot."""
    if not database.is_sqlite:
        return
    compare, rebuild = "VALUES ('integrity-check', 1)", "VALUES ('rebuild', 0)"
    try:
        _tell_index(database, compare)
    except StoreError as error:
        if _is_damage(error):
            _tell_index(database, rebuild)
            yield "The index of full text search did not fit the papers and has been rebuilt"
        # Otherwise the store is read-only or in use: FTS5 compares only for those who may write.


def _tell_index(database: Database, command: str) -> None:
    with database.writing() as connection:
        connection.execute(text(f"INSERT INTO {WORDS_TABLE} ({WORDS_TABLE}, rank) {command}"))


def _is_damage(error: StoreError) -> bool:
    cause = error.__cause__
    name = getattr(cause.orig, "sqlite_errorname", "") if isinstance(cause, DBAPIError) else ""
    return name.startswith("SQLITE_CORRUPT")


def _false_evidence(connection: Connection) -> Iterator[str]:
    for council in councils(connection):
        for extraction in extractions(connection, council):
            rows = connection.execute(
                select(pages.c.page, pages.c.text).where(pages.c.sha256 == extraction.paper.sha256)
            )
            try:
                check_evidence(extraction, [Page(number=number, text=stored) for number, stored in rows])
            except EvidenceError as error:
                yield f"A record does not say what its paper says: {error}"


def _originals_amiss(connection: Connection, originals: Originals) -> Iterator[str]:
    known = {row.sha256: row.name for row in connection.execute(select(papers.c.sha256, papers.c.name))}
    for sha256, name in sorted(known.items(), key=lambda pair: (pair[1], pair[0])):
        try:
            originals.read(sha256)
        except StoreError as error:
            yield f"{name}: {error}"
    for sha256 in originals.kept():
        if sha256 not in known:
            yield f"{originals.folder} keeps a file that no paper has ({sha256[:12]}): harmless, and may be removed"
    for path in originals.unfinished():
        yield f"{path} was left by a load that was stopped: harmless, and may be removed"
