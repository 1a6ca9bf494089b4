"""Which files a load run reads: what its paths name, in an order of its own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LIST_FROM_INPUT = Path("-")


@dataclass(frozen=True)
class Refused:
    """A file (or folder) that gave no paper: what happened, and what to try. `trace` is for `--debug`."""

    name: str
    reason: str
    trace: str | None = None


@dataclass(frozen=True)
class Found:
    """The files that paths name, sorted by base name, what could not be looked into, and the names of the files in
    folders that are of no kind that is read."""

    files: tuple[Path, ...]
    refused: tuple[Refused, ...]
    passed_over: tuple[str, ...] = ()


def find_files(paths: Iterable[Path], listed: Iterable[str], suffixes: Sequence[str]) -> Found:
    """The files to read for `paths`, each once.

    A file that is named is taken whatever it is called; a folder is searched, with its folders, for names that end in
    one of `suffixes`, hidden ones left out. `-` stands for the paths in `listed`, one a line.
    """
    files: dict[str, Path] = {}
    refused: list[Refused] = []
    passed_over: list[str] = []
    for path in _with_list(paths, listed):
        for found in _look_at(path, suffixes):
            if isinstance(found, str):
                passed_over.append(found)
            elif isinstance(found, Refused):
                refused.append(found)
            else:
                files.setdefault(os.path.realpath(found), found)
    # By base name, so that of several names of one content the alphabetically first is read first.
    return Found(
        tuple(sorted(files.values(), key=lambda p: (p.name, str(p)))), tuple(refused), tuple(sorted(passed_over))
    )


def printable_name(path: Path) -> str:
    """The base name as the store keeps it: bytes that are no UTF-8 become U+FFFD, which nothing can store."""
    name = path.name or str(path)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _with_list(paths: Iterable[Path], listed: Iterable[str]) -> Iterator[Path]:
    for path in paths:
        if path == LIST_FROM_INPUT:
            yield from (Path(line) for raw in listed if (line := raw.rstrip("\r\n")))
        else:
            yield path


def _look_at(path: Path, suffixes: Sequence[str]) -> Iterator[Path | Refused | str]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield Refused(_shown(path), why_not(error))
        return
    if stat.S_ISDIR(mode):
        yield from _search(path, suffixes)
    else:
        yield from _as_file(path)


def _as_file(path: Path) -> Iterator[Path | Refused]:
    # What is not there (any more) is for the reading to report; a pipe or a device would keep the run waiting for ever.
    if path.exists() and not path.is_file():
        yield Refused(_shown(path), "this is neither a file nor a folder; save the paper as a file and load that")
    else:
        yield path


def _search(folder: Path, suffixes: Sequence[str]) -> Iterator[Path | Refused | str]:
    problems: list[Refused] = []

    def note(error: OSError) -> None:
        problems.append(Refused(_shown(Path(error.filename or folder)), why_not(error)))

    found = False
    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [
            name for name in folders if not name.startswith(".") and not _is_of_a_store(name, names, suffixes)
        ]
        for name in names:
            if name.startswith("."):
                continue
            if name.lower().endswith(tuple(suffixes)):
                found = True
                yield from _as_file(Path(parent) / name)
            else:
                yield printable_name(Path(name))
    yield from problems
    if not found and not problems:
        kinds = ", ".join(suffixes)
        yield Refused(
            _shown(folder),
            f"the folder holds no file that can be read ({kinds}); name the files themselves to try them",
        )


def _is_of_a_store(folder: str, beside: Iterable[str], suffixes: Sequence[str]) -> bool:
    """Whether a folder is where a store keeps the originals of its papers: `tally.papers` beside `tally.db`."""
    name = Path(folder)
    return name.suffix == ".papers" and any(
        Path(other).stem == name.stem and not other.lower().endswith(tuple(suffixes)) for other in beside
    )


def why_not(error: OSError | ValueError) -> str:
    """What an error of the file system means for the person who named the file, and what to try."""
    match error:
        case FileNotFoundError():
            return "there is no such file or folder; check the name"
        case PermissionError():
            return "it may not be read; check its permissions"
        case OSError():
            return f"it could not be read ({error.strerror or error}); check the disk and try again"
        case _:
            return f"this is no file name ({error}); check the name"


def _shown(path: Path) -> str:
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
