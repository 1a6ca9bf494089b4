"""Rows of a table that stand together between two rules, where uprights alone are ruled below the heads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_table_cells import is_value, text_lines, text_of
from ingest.pdf_table_grids import Grid, Region
from ingest.pdf_table_rows import TableLine, close_gap, regions_of_row, rows_of_lines

_FEWEST: Final = 3


def part_stacked_rows(grid: Grid) -> None:
    """Parts rows of the grid that hold several rows each: in two columns or more nothing but values stands, one below the
    other, and beside each of them is text in the first column."""
    for row in range(grid.rows - 1, -1, -1):
        cells = [region for region in grid.regions if region.row == row]
        if _may_be_stacked(cells, grid.columns):
            parts = _parts(cells)
            if len(parts) >= _FEWEST and all(any(0 in line.cells for line in part) for part in parts):
                _replace(grid, row, parts)


def _may_be_stacked(cells: Sequence[Region], columns: int) -> bool:
    if len(cells) != columns or any(cell.rowspan > 1 or cell.colspan > 1 for cell in cells):
        return False
    return sum(_is_column_of_values(cell.words) for cell in cells if cell.column > 0) > 1


def _is_column_of_values(words: Sequence[Word]) -> bool:
    if len(words) < _FEWEST:
        return False
    lines = text_lines(words)
    return len(lines) >= _FEWEST and all(is_value(text_of(line.words)) for line in lines)


def _parts(cells: Sequence[Region]) -> list[list[TableLine]]:
    columns = {word.start: cell.column for cell in cells for word in cell.words}
    lines = []
    for line in text_lines(word for cell in cells for word in cell.words):
        by_column: dict[int, tuple[Word, ...]] = {}
        for word in line.words:
            column = columns[word.start]
            by_column[column] = (*by_column.get(column, ()), word)
        lines.append(TableLine(by_column, line.top, line.bottom, {}))
    return rows_of_lines(lines, close_gap(lines))


def _replace(grid: Grid, row: int, parts: Sequence[Sequence[TableLine]]) -> None:
    grid.regions = [region for region in grid.regions if region.row != row]
    for region in grid.regions:
        if region.row > row:
            region.row += len(parts) - 1
    cuts = [(max(line.bottom for line in above) + below[0].top) / 2 for above, below in pairwise(parts)]
    grid.ys[row + 1 : row + 1] = cuts
    grid.regions += (region for at, part in enumerate(parts) for region in regions_of_row(row + at, part))
