"""How many indicators are green, amber and red by a paper's tables: those with a colour a row, and those of counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from audit.page_words import Grid, Paragraph, Spot, cell_number, parts, row_quote
from schema.paper import Page
from schema.records import PaperRecord

COLOURS: Final = ("green", "amber", "red")
_LETTERS: Final = {"g": "green", "a": "amber", "r": "red"}
_NOT_NOW: Final = re.compile(r"previous|last|prior|earlier|before|target|forecast|baseline", re.IGNORECASE)
_HEADING_LENGTH = 100


class Tally(NamedTuple):
    """The indicators of one service by colour, as a table has them. `cells` are where to look, by colour."""

    paper: PaperRecord
    page: Page
    names: tuple[str, ...]
    counts: dict[str, int]
    cells: dict[str, list[tuple[Spot, str]]]
    listed: bool
    start: int

    @property
    def indicators(self) -> int:
        return sum(self.counts.values())


def tallies(paper: PaperRecord, pages: Sequence[Page]) -> Iterator[Tally]:
    """The tallies of a paper's tables, page by page."""
    for page in pages:
        if "\t" not in page.text or not re.search(r"(?i)\b(?:red|r)\b", page.text):
            continue
        headings: list[str] = []
        for part in parts(page):
            if isinstance(part, Paragraph):
                is_heading = len(part.text) <= _HEADING_LENGTH and part.text.rstrip()[-1] not in ".;:,"
                headings += [part.text] if is_heading else []
            else:
                yield from _listed(paper, page, part, headings)
                yield from _counted(paper, page, part, headings)


def colour_of(word: str) -> str | None:
    """The colour that a cell is, `Green` or `G`; None for any other cell."""
    word = word.strip().lower()
    return word if word in COLOURS else _LETTERS.get(word)


def _listed(paper: PaperRecord, page: Page, grid: Grid, headings: Sequence[str]) -> Iterator[Tally]:
    """A table with a row for each indicator and its colour in words: the column that is not the previous one."""
    width = max(len(row) for row in grid.rows)
    for column in range(1, width):
        coloured = [
            row for row in grid.rows if len(row) > column and row[column].text.lower() in COLOURS and row[0].text
        ]
        if len(coloured) < 2:
            continue
        above = [row for row in grid.rows if row[0].start < coloured[0][0].start]
        if any(len(row) > column and _NOT_NOW.search(row[column].text) for row in above):
            continue
        cells: dict[str, list[tuple[Spot, str]]] = {colour: [] for colour in COLOURS}
        for row in coloured:
            cells[row[column].text.lower()].append((row[column], row_quote(row)))
        names = tuple(cell.text for row in above for cell in row[:1] if cell.text) + tuple(headings[-1:])
        yield Tally(paper, page, names, {c: len(cells[c]) for c in COLOURS}, cells, True, grid.start)
        return


def _counted(paper: PaperRecord, page: Page, grid: Grid, headings: Sequence[str]) -> Iterator[Tally]:
    """A table with counts under green, amber and red, a service a row; an empty cell is none."""
    for at, header in enumerate(grid.rows[:3]):
        columns: dict[str, int] = {}
        for i, cell in enumerate(header):
            if (colour := colour_of(cell.text)) and colour not in columns:
                columns[colour] = i
        if len(columns) != len(COLOURS) or columns["red"] - columns["green"] != 2:
            continue
        for row in grid.rows[at + 1 :]:
            found = {c: row[i].text if len(row) > i else "" for c, i in columns.items()}
            numbers = {c: cell_number(text) for c, text in found.items()}
            if not any(numbers.values()) or any(text and not numbers[c] for c, text in found.items()):
                break
            counts = {c: int(number.value) if number else 0 for c, number in numbers.items()}
            label = next((cell.text for cell in row[: columns["green"]] if cell.text), "")
            names = (label,) if label else tuple(headings)
            cells = {c: [(row[i], row_quote(row))] if numbers[c] else [] for c, i in columns.items()}
            yield Tally(paper, page, names, counts, cells, False, row[0].start)
        return
