"""Tables that fit a terminal: long texts are shortened, numbers never."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

PIPED_WIDTH: Final = 100
_GAP: Final = "  "


@dataclass(frozen=True)
class Column:
    """A column: numbers stand to the right and whole; a text may be shortened to `least`, the widest first.

    A `whole` text is not shortened. `middle` leaves out a text's middle and not its end: file names differ there.
    `telling` leaves the column out where all rows say the same.
    """

    title: str
    number: bool = False
    whole: bool = False
    middle: bool = False
    telling: bool = False
    least: int = 8


def terminal_width() -> int:
    """The terminal's width, or 100 columns where output goes elsewhere."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return max(20, shutil.get_terminal_size((PIPED_WIDTH, 24)).columns)
    return PIPED_WIDTH


def lay_out(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """The lines of a table, its header first. Rows have a cell a column; a column without a word in it is left out."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    kept = [i for i, column in enumerate(columns) if not cells or _tells(column, [row[i] for row in cells])]
    columns = [columns[i] for i in kept]
    cells = [[row[i] for i in kept] for row in cells]
    widths = _widths(columns, cells, width)
    yield _line([column.title for column in columns], columns, widths)
    for row in cells:
        yield _line(row, columns, widths)


def lay_out_by(
    groups: Sequence[str], columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int
) -> Iterator[str]:
    """A table as of `lay_out`, each row of which belongs to a group that is named on a line above the first of it."""
    header, *lines = lay_out(columns, rows, width - len(_GAP))
    yield _GAP + header
    before = None
    for group, line in zip(groups, lines, strict=True):
        if group != before:
            yield shorten_middle(one_line(group), width)
            before = group
        yield _GAP + line


def _tells(column: Column, cells: Sequence[str]) -> bool:
    return any(cells) and not (column.telling and len(cells) > 1 and len(set(cells)) == 1)


def one_line(text: str) -> str:
    """The text on one line, without what would move a terminal's cursor."""
    return harmless(" ".join(text.split()))


def harmless(text: str, keep: str = "") -> str:
    """The text with control characters, but those to keep, replaced one for one, so that offsets into it stay right."""
    return "".join(c if c in keep or unicodedata.category(c) not in ("Cc", "Cs") else "�" for c in text)


def shorten(text: str, width: int) -> str:
    """The text in at most so many columns of the terminal, with … where its end is left out."""
    if display_width(text) <= width:
        return text
    return _fitting(text, width - 1).rstrip() + "…"


def shorten_middle(text: str, width: int) -> str:
    """As `shorten`, but leaving out the middle."""
    if display_width(text) <= width:
        return text
    end = _fitting(text[::-1], width // 2)[::-1]
    return _fitting(text, width - 1 - display_width(end)) + "…" + end


def _fitting(text: str, width: int) -> str:
    """As much of the start of a text as fits."""
    used = 0
    for i, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return text[:i]
    return text


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    widths = [
        max([display_width(column.title), *(display_width(row[i]) for row in rows)]) for i, column in enumerate(columns)
    ]
    spare = width - len(_GAP) * (len(columns) - 1) - sum(widths)
    least = [widths[i] if column.number or column.whole else column.least for i, column in enumerate(columns)]
    while spare < 0 and (shrinkable := [i for i in range(len(columns)) if widths[i] > least[i]]):
        widest = max(shrinkable, key=lambda i: widths[i])
        second = max((widths[i] for i in shrinkable if i != widest), default=0)
        # Down to the next widest at once, so that even a table with a huge cell is laid out in a few steps.
        cut = min(-spare, max(1, widths[widest] - second), widths[widest] - least[widest])
        widths[widest] -= cut
        spare += cut
    return widths


def _line(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    return _GAP.join(map(_pad, cells, columns, widths)).rstrip()


def _pad(cell: str, column: Column, width: int) -> str:
    text = _cut(cell, column, width)
    padding = " " * (width - display_width(text))
    return padding + text if column.number else text + padding


def _cut(cell: str, column: Column, width: int) -> str:
    if column.number or column.whole:
        return cell
    return shorten_middle(cell, width) if column.middle else shorten(cell, width)
