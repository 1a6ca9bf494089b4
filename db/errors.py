"""What can go wrong with a store, in words for the person at the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

BUSY_SECONDS: Final = 60
"""How long a writer waits for another to finish. A paper is saved in well under a second; linking a council takes a
few."""


class StoreError(Exception):
    """The store cannot do what was asked. The message says what happened, to which file, and what to try."""


class NoStoreError(StoreError):
    """There is no store yet where one was looked for."""


class EvidenceError(ValueError):
    """A record does not say what stands in its paper; the message names the record. Nothing of the paper was saved."""


_READ_ONLY: Final = (
    "{place} is read-only, so nothing was changed. Check who may write to the file and its folder, "
    "or name another database with --db."
)
_FULL: Final = "The disk that holds {place} is full, so nothing was changed. Free some space and try again."
_NO_ACCESS: Final = "{place} cannot be opened. Check that its folder exists and that you may read and write there."
_NOT_OURS: Final = (
    "{place} is not a papertally database, and was left as it is. Name the right file with --db, or a new one."
)
_DAMAGED: Final = "{place} is damaged. Restore it from a backup, or load the papers again into a new database."
_IN_USE: Final = (
    f"{{place}} is in use: another tally has been writing to it for more than {BUSY_SECONDS} seconds. "
    "Wait for it to finish and try again."
)
_DISK: Final = (
    "{place} could not be read or written: the disk reported an error, so nothing was changed. "
    "Check the disk, its free space and your quota, and try again."
)
_TOO_LARGE: Final = "A paper is too large for {place}, so it was not saved. Split the file and load the parts."

_CAUSES: Final = {
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_FULL": _FULL,
    "SQLITE_CANTOPEN": _NO_ACCESS,
    "SQLITE_PERM": _NO_ACCESS,
    "SQLITE_AUTH": _NO_ACCESS,
    "SQLITE_NOTADB": _NOT_OURS,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_BUSY": _IN_USE,
    "SQLITE_LOCKED": _IN_USE,
    "SQLITE_IOERR": _DISK,
    "SQLITE_TOOBIG": _TOO_LARGE,
}
"""SQLite's names for what went wrong (extended names start with these), and what people are told."""


def explain(error: DBAPIError, place: str) -> str:
    """What to tell people of a database error. `place` is the database as they know it: a path or a URL."""
    name = getattr(error.orig, "sqlite_errorname", "")
    for start, message in _CAUSES.items():
        if name.startswith(start):
            return message.format(place=place)
    return f"{place}: the database refused, so nothing was changed. It said: {error.orig}"


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turns database errors inside the block into StoreError; what the driver said stays as its cause."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(explain(error, place)) from error
