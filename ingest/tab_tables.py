"""Tables in text files: rows of tab-separated cells, joined again where a page break split them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.lines import CellSpan, Line
from ingest.marks import unmark
from schema.evidence import NOTHING, Reading, join_readings
from schema.paper import Cell


class Row(NamedTuple):
    """The readings of a row's cells, from the left; an empty cell has an empty reading. `spans` says more of each cell,
    where the reader knows it; `continues` that the row goes on with the table on the page before; `header_rows` is the line's.
    """

    cells: tuple[Reading, ...]
    spans: tuple[CellSpan, ...] = ()
    continues: bool = False
    header_rows: int | None = None

    @property
    def filled(self) -> frozenset[int]:
        return frozenset(i for i, cell in enumerate(self.cells) if cell.text)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(" ".join(cell.text.casefold().split()) for cell in self.cells)


def is_row(line: Line) -> bool:
    return bool(line.cells) or "\t" in line.text.rstrip("\n").lstrip(" ")


def read_row(line: Line, page_text: str) -> Row:
    """The cells of a line, each with the way back to its own characters."""
    if line.cells:
        readings = tuple(_read_cell(page_text, cell, line.page) for cell in line.cells)
        return Row(readings, line.cells, line.continues, line.header_rows)
    cells, at = [], line.start
    for cell in line.text.split("\t"):
        cells.append(unmark(page_text, at, at + len(cell), line.page))
        at += len(cell) + 1
    return Row(tuple(cells))


def _read_cell(page_text: str, cell: CellSpan, page: int | None) -> Reading:
    """The reading of a cell, its paragraphs one a line."""
    lines, at = [], cell.start
    for words in page_text[cell.start : cell.end].split("\n"):
        lines.append(unmark(page_text, at, at + len(words), page))
        at += len(words) + 1
    return lines[0] if len(lines) == 1 else join_readings(lines, "\n")


def pad(rows: Sequence[Row]) -> list[Row]:
    """Rows of one length: a ragged row gets empty cells at its end."""
    width = max(len(row.cells) for row in rows)
    return [row._replace(cells=row.cells + (NOTHING,) * (width - len(row.cells))) for row in rows]


def goes_on(table: Sequence[Row], rows: Sequence[Row]) -> int | None:
    """Whether `rows`, found after `table` with nothing but page furniture between, go on with it.

    Returns how many of their first rows repeat the table's header, or None where they are a table of their own. Without a
    repeated header only a first row that opens with an empty cell goes on.
    """
    repeated = 0
    while (
        repeated < min(len(table), len(rows))
        and table[repeated].words == rows[repeated].words
        and table[repeated].filled
    ):
        repeated += 1
    if repeated and repeated < len(rows):
        return repeated
    same_width = len(rows[0].cells) == len(table[-1].cells)
    if same_width and rows[0].continues:
        return 0
    opens_empty = 0 not in rows[0].filled and bool(rows[0].filled)
    return 0 if same_width and opens_empty and len(table[0].cells) > 1 else None


def continued(table: list[Row], rows: Sequence[Row]) -> list[Row]:
    """The table with further rows; the first of them is the rest of the last row where it only fills some of its cells."""
    if not rows:
        return table
    last, first = table[-1], rows[0]
    is_rest = first.filled and first.filled <= last.filled and 2 * len(first.filled) <= len(last.filled)
    if not is_rest:
        return [*table, *rows]
    width = max(len(last.cells), len(first.cells))
    joined = Row(tuple(join_readings(_at(row, i) for row in (last, first)) for i in range(width)), last.spans)
    return [*table[:-1], joined, *rows[1:]]


def _at(row: Row, column: int) -> Reading:
    return row.cells[column] if column < len(row.cells) else NOTHING


def cells_of(rows: Sequence[Row]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_cell(row, r, c) for c in range(len(row.cells))) for r, row in enumerate(rows))


def _cell(row: Row, r: int, c: int) -> Cell:
    if c >= len(row.spans):
        return Cell(reading=row.cells[c], row=r, column=c)
    span = row.spans[c]
    return Cell(reading=row.cells[c], row=r, column=c, colspan=span.colspan, rowspan=span.rowspan, fill=span.fill)
