"""Tesseract, the program that reads pictures of text, run once a picture.

The program itself is called, without pytesseract between: a picture goes in through a pipe and words come out of one, so
that nothing is left on the disk when a page is given up, and its one thread is set for it alone and not for this process.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

SECONDS: Final = 120.0
"""How long one page may take, all looks at it together being three at most."""
_WORD_LEVEL: Final = "5"
_COLUMNS: Final = 12  # of the table that Tesseract prints
_PAGE_MODES: Final = {"page": "3", "scattered": "11", "list": "6"}
_INSTALL: Final = {
    "linux": "sudo apt install tesseract-ocr",
    "darwin": "brew install tesseract",
    "win32": "winget install UB-Mannheim.TesseractOCR",
}


class TesseractError(Exception):
    """Tesseract is not there, failed, or took too long. The message says which, for people."""


class _TooFewError(TesseractError):
    """The picture holds too few letters to tell which way up they stand."""


class Seen(NamedTuple):
    """A word as Tesseract saw it, in pixels of the picture; `sure` is its confidence from 0 to 1, `line` the line that it
    put the word on."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    sure: float
    line: tuple[int, int, int] = (0, 0, 0)


def how_to_install() -> str:
    """The command that installs Tesseract on this kind of machine."""
    return _INSTALL.get(sys.platform, _INSTALL["linux"])


def read_words(picture: Image, mode: str, dpi: float, seconds: float = SECONDS) -> list[Seen]:
    """The words of a grey picture, in Tesseract's order. `mode` says what the picture is: a `page`, words `scattered` over
    one, or a `list` of words one below the other. Raises TesseractError."""
    rows = _run(
        picture, ["-l", "eng", "--psm", _PAGE_MODES[mode], "--dpi", str(round(dpi)), "tsv"], seconds
    ).splitlines()[1:]
    return list(_words(rows))


def read_turn(picture: Image, dpi: float, seconds: float = SECONDS) -> int:
    """By how many quarters clockwise the picture must be turned for its text to stand upright; 0 where that is not clear.
    Raises TesseractError."""
    try:
        said = _run(picture, ["-l", "osd", "--psm", "0", "--dpi", str(round(dpi))], seconds)
    except _TooFewError:
        return 0
    facts = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    if float(facts.get("Orientation confidence", 0)) < 1:
        return 0
    return round(float(facts.get("Rotate", 0)) / 90) % 4


def _words(rows: list[str]) -> Iterator[Seen]:
    for row in rows:
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        line = (int(cells[2]), int(cells[3]), int(cells[4]))
        sure = max(0.0, float(cells[10])) / 100
        yield Seen(cells[11].strip(), left, top, left + width, top + height, sure, line)


def _run(picture: Image, arguments: list[str], seconds: float) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise TesseractError(f"Tesseract, which reads scans, is not installed; install it: {how_to_install()}")
    grey = picture.convert("L")
    header = f"P5 {grey.width} {grey.height} 255\n".encode()
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", *arguments],
            input=header + grey.tobytes(),
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TesseractError(f"Tesseract took more than {seconds:g} seconds over it, so it was stopped") from error
    except OSError as error:
        raise TesseractError(f"Tesseract could not be started ({error.strerror or error})") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if any("Too few characters" in line for line in said):
            raise _TooFewError("Tesseract sees too few letters to tell which way up they stand")
        raise TesseractError(f"Tesseract failed ({said[-1] if said else f'exit status {done.returncode}'})")
    return done.stdout.decode("utf-8", "replace")
