"""The commands that the documents show, each with what it prints, as they stand in ```console blocks.

A line `…` in what is shown stands for lines that are left out, once a command.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest.mock import patch

from app.cli import main

ROOT: Final = Path(__file__).resolve().parent.parent
CUT: Final = "…"
_BLOCK: Final = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT: Final = "$ "


class TourError(Exception):
    """A document shows a command that cannot be run, or that fails."""


@dataclass(frozen=True)
class Step:
    """A command with the lines that a document shows beneath it."""

    command: str
    shown: tuple[str, ...]

    def agrees_with(self, printed: Sequence[str]) -> bool:
        """Whether the command still prints what is shown."""
        return self.renewed(printed) == list(self.shown)

    def renewed(self, printed: Sequence[str]) -> list[str]:
        """What is to be shown now: as many lines as before at either end of a cut."""
        if CUT not in self.shown:
            return list(printed)
        cut = self.shown.index(CUT)
        end = len(self.shown) - cut - 1
        if len(printed) <= cut + end:
            return list(printed)  # there is nothing left to leave out
        return [*printed[:cut], CUT, *printed[len(printed) - end :]]


def documents() -> list[Path]:
    """The documents with a tour: README.md first, for it loads the papers that the others ask about."""
    files = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [file for file in files if _BLOCK.search(file.read_text(encoding="utf-8"))]


def steps_of(text: str) -> list[Step]:
    """The steps of a document, in order. Raises TourError for a block that does not start with a command."""
    return [step for block in _BLOCK.finditer(text) for step in _steps_of_block(block[1])]


def renewed_text(text: str, outputs: Iterator[Sequence[str]]) -> str:
    """The document with what its commands print now; there is an output for each of its steps."""

    def renew(block: re.Match[str]) -> str:
        lines = []
        for step in _steps_of_block(block[1]):
            lines += [_PROMPT + step.command, *step.renewed(next(outputs))]
        return "".join(f"{line}\n" for line in ("```console", *lines)) + "```"

    return _BLOCK.sub(renew, text)


def _steps_of_block(block: str) -> list[Step]:
    first, *commands = re.split(r"^\$ ", block, flags=re.MULTILINE)
    if first:
        raise TourError(f"A console block starts with no command: {first.splitlines()[0]}")
    parts = [command.splitlines() for command in commands]
    return [Step(lines[0], tuple(lines[1:])) for lines in parts]


@contextmanager
def fresh_folder() -> Iterator[None]:
    """An empty folder to work in, with the sample papers where a checkout has them, and no settings of this machine."""
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "TALLY_DB")}
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "corpus" / "samples", Path(folder) / "corpus" / "samples")
        with chdir(folder), patch.dict(os.environ, environment, clear=True):
            yield


def run(command: str) -> list[str]:
    """The lines that a command prints, on either stream. Raises TourError where it could not be carried out."""
    name, *arguments = shlex.split(command)
    if name != "tally":
        raise TourError(f"Only tally is run, and not: {command}")
    if arguments[:1] == ["load"]:
        arguments += ["--jobs", "1"]  # prints the same and spares starting processes
    printed = io.StringIO()
    status: object = 0
    with patch.object(sys, "argv", [name, *arguments]), redirect_stdout(printed), redirect_stderr(printed):
        try:
            main()
        except SystemExit as exit_:
            status = exit_.code or 0
    if status not in (0, 1):
        raise TourError(f"{command}: {printed.getvalue()}")
    return printed.getvalue().splitlines()
