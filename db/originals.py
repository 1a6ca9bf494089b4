"""The papers' files as they came, kept by their content in a folder beside the database.

`tally.db` keeps the file whose SHA-256 is `abcdef...` as `tally.papers/ab/cdef....txt`. A file is there whole or not
at all, and before the database speaks of it. One that the database does not know is harmless; `doctor` reports it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from db.errors import StoreError

_PLAIN_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}")
_UNFINISHED: Final = ".part"


def folder_beside(database: Path) -> Path:
    return database.with_name(database.stem + ".papers")


@dataclass(frozen=True)
class Originals:
    """The originals of one store. The folder is made when the first is kept."""

    folder: Path

    def has(self, sha256: str) -> bool:
        return self.find(sha256) is not None

    def keep(self, sha256: str, name: str, content: bytes) -> None:
        """Keeps a file, once. Its name only lends its ending, so that people can open it. Raises StoreError."""
        if self.has(sha256):
            return
        suffix = PurePath(name).suffix.lower()
        target = self._place(sha256, suffix if _PLAIN_SUFFIX.fullmatch(suffix) else "")
        with self._explained("kept in"):
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(target, content)

    def read(self, sha256: str) -> bytes:
        """The file's bytes, checked. Raises StoreError where it is gone or no longer what it was."""
        found = self.find(sha256)
        if found is None:
            raise StoreError(
                f"The original {sha256[:12]} is no longer in {self.folder}. Load the paper again to restore it."
            )
        with self._explained("read from"):
            content = found.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"{found} has been changed since it was loaded. Remove it and load the paper again.")
        return content

    def forget(self, sha256: str) -> None:
        found = self.find(sha256)
        if found is not None:
            with self._explained("removed from"):
                found.unlink(missing_ok=True)

    def kept(self) -> Iterator[str]:
        """The SHA-256 of every file kept, in order."""
        for path in self._files():
            if path.suffix != _UNFINISHED:
                yield path.parent.name + path.stem

    def unfinished(self) -> list[Path]:
        """What writers left that were stopped in the middle."""
        return [path for path in self._files() if path.suffix == _UNFINISHED]

    def copy_to(self, other: Originals) -> None:
        with other._explained("copied to"):
            for path in self._files():
                if path.suffix != _UNFINISHED:
                    target = other.folder / path.parent.name / path.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*/*") if path.is_file())

    def _place(self, sha256: str, suffix: str) -> Path:
        return self.folder / sha256[:2] / (sha256[2:] + suffix)

    def find(self, sha256: str) -> Path | None:
        """Where the file is kept; None where it is gone."""
        bare = self._place(sha256, "")
        kept = (path for path in bare.parent.glob(bare.name + "*") if path.suffix != _UNFINISHED)
        return min(kept, default=None)

    @contextmanager
    def _explained(self, deed: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"An original could not be {deed} {self.folder}: {error.strerror or error}. "
                "Check the disk's free space and who may write there."
            ) from error


def _write_whole(target: Path, content: bytes) -> None:
    """Writes beside the target and renames, so that nobody ever sees half a file. Cleans up after a failure."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=_UNFINISHED)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o644)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
