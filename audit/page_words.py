"""The words of a page as checks need them: tables by the tabs of the stored text, sentences, and numbers in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from schema.evidence import Evidence
from schema.page_boxes import around, boxes_of
from schema.paper import Page
from schema.records import PaperRecord
from schema.rounding import Interval, interval


class Spot(NamedTuple):
    """Characters of a page's stored text: `page.text[start:end] == text`."""

    text: str
    start: int
    end: int


class Grid(NamedTuple):
    """A table as the stored text keeps it: a row a line, a cell between tabs. Rows may be of different lengths."""

    rows: tuple[tuple[Spot, ...], ...]

    @property
    def start(self) -> int:
        return self.rows[0][0].start

    @property
    def end(self) -> int:
        return self.rows[-1][-1].end


class Paragraph(NamedTuple):
    """Lines of prose up to an empty line or a table."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def sentences(self) -> Iterator[Spot]:
        """The sentences, parted after a full stop, question mark or line with nothing else."""
        at = 0
        for stop in _SENTENCE_END.finditer(self.text):
            yield from _spot(self.text, self.start, at, stop.end())
            at = stop.end()
        yield from _spot(self.text, self.start, at, len(self.text))


_SENTENCE_END: Final = re.compile(r"(?<=[a-z)%\d’”\"'][.?!])\s+(?=[A-Z“‘\"'])|\n(?=[-•▪●] |\d+\.\d+ )")


def grids(page: Page) -> list[Grid]:
    """The tables of a page: runs of at least two lines with tabs."""
    return [part for part in parts(page) if isinstance(part, Grid)]


_LINES_WITH_TABS: Final = re.compile(r"(?:^[^\t\n]*\t[^\n]*(?:\n|\Z))+", re.MULTILINE)


def table_spans(page: Page) -> list[tuple[int, int]]:
    """From where to where the tables of a page go in its text, tables of one line included."""
    return [match.span() for match in _LINES_WITH_TABS.finditer(page.text)]


def parts(page: Page) -> list[Grid | Paragraph]:
    """The tables and paragraphs of a page, in order."""
    found: list[Grid | Paragraph] = []
    rows: list[tuple[Spot, ...]] = []
    prose_from, prose_to = -1, -1
    at = 0

    def end_table() -> None:
        if len(rows) >= 2:
            found.append(Grid(tuple(rows)))
        rows.clear()

    def end_prose() -> None:
        nonlocal prose_from
        if prose_from >= 0:
            found.append(Paragraph(page.text[prose_from:prose_to], prose_from))
        prose_from = -1

    for line in page.text.splitlines(keepends=True):
        words = line.rstrip("\r\n")
        if "\t" in words:
            end_prose()
            rows.append(_cells(words, at))
        elif words.strip():
            end_table()
            prose_from = at if prose_from < 0 else prose_from
            prose_to = at + len(words)
        else:
            end_table()
            end_prose()
        at += len(line)
    end_table()
    end_prose()
    return found


def _cells(line: str, at: int) -> tuple[Spot, ...]:
    cells = []
    for cell in line.split("\t"):
        text = cell.strip()
        start = at + len(cell) - len(cell.lstrip()) if text else at
        cells.append(Spot(text, start, start + len(text)))
        at += len(cell) + 1
    return tuple(cells)


def _spot(text: str, offset: int, start: int, end: int) -> Iterator[Spot]:
    words = text[start:end]
    stripped = words.strip()
    if stripped:
        begin = start + words.index(stripped[0])
        yield Spot(stripped, offset + begin, offset + begin + len(stripped))


def evidence_at(paper: PaperRecord, page: Page, spot: Spot, quote: str | None = None) -> Evidence:
    """The place of some words of a page, with the sentence or row they stand in as quote."""
    boxes = boxes_of(page.boxes, spot.start, spot.end)
    return Evidence(
        paper=paper.paper,
        sha256=paper.sha256,
        page=page.number,
        paragraph=paragraph_at(page.text, spot.start),
        start=spot.start,
        end=spot.end,
        bbox=around(boxes),
        boxes=boxes if len(boxes) > 1 else (),
        text=spot.text,
        quote=" ".join((quote or spot.text).split()),
    )


def row_quote(row: Sequence[Spot]) -> str:
    """A table's row as records quote it."""
    return " | ".join(cell.text for cell in row if cell.text)


_NUMBERED: Final = re.compile(r"^[\s*•-]*(\d{1,2}(?:\.\d{1,3})+)\.?\s", re.MULTILINE)


def paragraph_at(text: str, at: int) -> str | None:
    """The number that the paper gives the paragraph, where the last one before the place is near."""
    numbers = list(_NUMBERED.finditer(text, max(0, at - 2500), at))
    return numbers[-1][1] if numbers else None


_NUMBER: Final = re.compile(r"\(?[-–−+]?\s?£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\)?%?[*¹²³]?")


class CellNumber(NamedTuple):
    """A cell's number. `integral`: printed without decimals; `sign` is `£`, `%` or nothing."""

    value: Decimal
    sign: str

    @property
    def stands_for(self) -> Interval:
        return interval(self.value)


def cell_number(text: str) -> CellNumber | None:
    """The number that is all of a cell; None for any other cell. (8) and -8 are below nought."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    value = Decimal(match[1].replace(",", "") + (match[2] or ""))
    below = text.strip()[0] in "-–−" or (text.strip().startswith("(") and text.strip().endswith(")"))
    return CellNumber(-value if below else value, "%" if "%" in text else "£" if "£" in text else "")


_ONES: Final = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TEENS: Final = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
NUMBER_WORDS: Final = {word: i for i, word in enumerate([*_ONES, *_TEENS])} | {"none": 0, "zero": 0, "both": 2}
COUNT: Final = r"(?:\d{1,3}|" + "|".join(NUMBER_WORDS) + ")"
"""A small count, in digits or words, for a regular expression."""


def count_of(words: str) -> int:
    """The number that a text of the form `COUNT` stands for."""
    return int(words) if words.isdigit() else NUMBER_WORDS[words.lower()]
