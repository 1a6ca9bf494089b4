"""A table's grid: where its columns and rows are cut, and the cells that lie on it; made into a `FoundTable`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_shapes import Rect
from ingest.pdf_table_cells import FoundCell, FoundTable, is_painted, reading_order, text_of

_HAIR: Final = 8.0  # points: an empty column narrower than this is a gap between two rules
_LOW: Final = 5.0  # points: likewise an empty row
_FEW_PAINTED: Final = 400  # rectangles; more are a drawing


@dataclass
class Region:
    """A cell: the places of the grid that it covers, and its words. `middle` is its own, where its rules stand aside of the
    grid's."""

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    words: list[Word] = field(default_factory=list)
    middle: tuple[float, float] | None = None


@dataclass
class Grid:
    """Cuts between columns (`xs`) and rows (`ys`), outer ones included, and the cells between them."""

    xs: list[float]
    ys: list[float]
    regions: list[Region]

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    def words(self) -> list[Word]:
        return [word for region in self.regions for word in region.words]

    def column_of(self, x: float) -> int:
        return min(max(bisect_right(self.xs, x) - 1, 0), self.columns - 1)

    def row_of(self, y: float) -> int:
        return min(max(bisect_right(self.ys, y) - 1, 0), self.rows - 1)


def without_phantoms(grid: Grid) -> None:
    """Takes out columns and rows that hold no cell of their own.

    Where the rules of one row stand a little aside of those of the next, a narrow column lies between them in which no cell
    begins and ends: the cells that begin there begin in the column after it, and those that end there end before it.
    """
    for column in range(grid.columns - 1, -1, -1):
        if grid.columns > 1 and _is_phantom(
            [(r.column, r.colspan, bool(r.words)) for r in grid.regions], column, grid.xs, _HAIR
        ):
            _take_column(grid, column)
    for row in range(grid.rows - 1, -1, -1):
        if grid.rows > 1 and _is_phantom([(r.row, r.rowspan, bool(r.words)) for r in grid.regions], row, grid.ys, _LOW):
            _take_row(grid, row)


def _is_phantom(spans: Iterable[tuple[int, int, bool]], at: int, cuts: Sequence[float], narrow: float) -> bool:
    alone = [filled for start, span, filled in spans if start == at and span == 1]
    return not any(alone) and (not alone or cuts[at + 1] - cuts[at] < narrow)


def _take_column(grid: Grid, at: int) -> None:
    for region in grid.regions:
        if region.column <= at + 1 and at < region.column + region.colspan and region.middle is None:
            left, right = grid.xs[region.column], grid.xs[region.column + region.colspan]
            top, bottom = grid.ys[region.row], grid.ys[region.row + region.rowspan]
            region.middle = ((left + right) / 2, (top + bottom) / 2)
    del grid.xs[at + 1 if at + 1 < grid.columns else at]
    kept = []
    for region in grid.regions:
        region.column, region.colspan = _shrunk(region.column, region.colspan, at)
        if region.colspan:
            kept.append(region)
    grid.regions = kept


def _take_row(grid: Grid, at: int) -> None:
    del grid.ys[at + 1 if at + 1 < grid.rows else at]
    kept = []
    for region in grid.regions:
        region.row, region.rowspan = _shrunk(region.row, region.rowspan, at)
        if region.rowspan:
            kept.append(region)
    grid.regions = kept


def _shrunk(start: int, span: int, at: int) -> tuple[int, int]:
    """The span without the place `at`, counted in the grid without it."""
    if start <= at < start + span:
        return start, span - 1
    return (start - 1 if start > at else start), span


def table_of(grid: Grid, page: int, rects: Sequence[Rect]) -> FoundTable:
    """The grid as a table, with the colours that its cells are painted in."""
    bbox = (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
    painted = [rect for rect in rects if rect.fill and rect.x1 > bbox[0] and rect.x0 < bbox[2]]
    painted = [rect for rect in painted if rect.bottom > bbox[1] and rect.top < bbox[3]]
    fills = _fills(grid, painted)
    if len({rect.fill for rect in painted}) > 1 and len(painted) <= _FEW_PAINTED:
        fills |= _fills_aside(grid, painted)
    cells: dict[tuple[int, int], FoundCell] = {}
    for region in grid.regions:
        for row in range(region.row, region.row + region.rowspan):
            for column in range(region.column, region.column + region.colspan):
                first = row == region.row and column == region.column
                cells[row, column] = _cell(grid, region, fills) if first else _empty(grid, row, column, covered=True)
    rows = tuple(
        tuple(cells.get((row, column)) or _empty(grid, row, column) for column in range(grid.columns))
        for row in range(grid.rows)
    )
    return FoundTable(page, bbox, rows)


def _cell(grid: Grid, region: Region, fills: dict[tuple[int, int], str]) -> FoundCell:
    words = reading_order(region.words)
    bbox = (
        grid.xs[region.column],
        grid.ys[region.row],
        grid.xs[region.column + region.colspan],
        grid.ys[region.row + region.rowspan],
    )
    return FoundCell(
        text_of(words),
        bbox,
        words,
        region.row,
        region.column,
        region.colspan,
        region.rowspan,
        fills.get((region.row, region.column)),
    )


def _empty(grid: Grid, row: int, column: int, covered: bool = False) -> FoundCell:
    bbox = (grid.xs[column], grid.ys[row], grid.xs[column + 1], grid.ys[row + 1])
    return FoundCell("", bbox, (), row, column, covered=covered)


def _fills_aside(grid: Grid, rects: Sequence[Rect]) -> dict[tuple[int, int], str]:
    """The colour at the own middle of the cells whose rules stand aside of the grid's."""
    fills: dict[tuple[int, int], str] = {}
    for region in grid.regions:
        if region.middle:
            x, y = region.middle
            under = [rect for rect in rects if rect.x0 <= x <= rect.x1 and rect.top <= y <= rect.bottom]
            if under and is_painted(under[-1]) and under[-1].fill:
                fills[region.row, region.column] = under[-1].fill
    return fills


def _fills(grid: Grid, rects: Sequence[Rect]) -> dict[tuple[int, int], str]:
    """The colour at the middle of each place; what is painted later lies above, white too."""
    columns = [(a + b) / 2 for a, b in zip(grid.xs, grid.xs[1:], strict=False)]
    rows = [(a + b) / 2 for a, b in zip(grid.ys, grid.ys[1:], strict=False)]
    fills: dict[tuple[int, int], str] = {}
    for rect in rects:
        if rect.fill is None:
            continue
        for row in range(bisect_left(rows, rect.top), bisect_right(rows, rect.bottom)):
            for column in range(bisect_left(columns, rect.x0), bisect_right(columns, rect.x1)):
                if is_painted(rect):
                    fills[row, column] = rect.fill
                else:
                    fills.pop((row, column), None)
    return fills
