"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from app.refusing import CannotDoError


def write_whole(target: Path, pieces: Iterable[str]) -> None:
    """Writes UTF-8 text, whole or not at all. Raises CannotDoError where nothing can be written there."""
    _write(target, (piece.encode() for piece in pieces))


def write_bytes_whole(target: Path, content: bytes) -> None:
    """Writes a file's bytes, whole or not at all. Raises CannotDoError where nothing can be written there."""
    _write(target, (content,))


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    """A file of that name is replaced only when all is written; until then it stays as it was."""
    target = Path(os.path.realpath(target))  # a link stays a link to the new content
    if target.is_dir():
        raise CannotDoError(f"{target} is a folder. Name a file in it, such as {target / 'export.jsonl'}")
    try:
        if target.exists() and not target.is_file():
            _write_through(target, pieces)
        else:
            _replace(target, pieces)
    except OSError as error:
        raise CannotDoError(
            f"{target} could not be written ({error.strerror or error}). "
            "Check the folder, your rights and the free space."
        ) from error


def _write_through(device: Path, pieces: Iterable[bytes]) -> None:
    # /dev/stdout and the like are written to; putting a file in their place would take them away from everybody.
    with device.open("wb") as file:
        file.writelines(pieces)


def _replace(target: Path, pieces: Iterable[bytes]) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
