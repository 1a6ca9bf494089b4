"""Cells that reach over columns and rows, as files list them, set at their places in a grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

_MOST_COLUMNS: Final = 256
_MOST_CELLS: Final = 400_000


class TooWideError(ValueError):
    """A table that nobody could have laid out: its file is damaged or made to do harm."""


class FlowCell(NamedTuple):
    """A cell: its text, its paragraphs one a line; how many columns and rows it reaches over; its colour as `#rrggbb`."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    fill: str | None = None


_COVERED: Final = FlowCell("")


def place_cells(rows: Sequence[Sequence[FlowCell]]) -> list[list[FlowCell]]:
    """The rows, all of one length: each cell at its place, what it covers beside and below it as empty cells.

    A cell that reaches below the last row ends there (HTML Standard, "forming a table"). Raises TooWideError beyond 256 columns
    or 400,000 places.
    """
    placed: list[dict[int, FlowCell]] = [{} for _ in rows]
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in placed[r]:
                column += 1
            _set(placed, r, column, cell)
            column += max(1, cell.colspan)
    width = max((max(row, default=-1) for row in placed), default=-1) + 1
    if width * len(rows) > _MOST_CELLS:
        raise TooWideError(f"it has {len(rows)} rows and {width} columns")
    return [[row.get(c, _COVERED) for c in range(width)] for row in placed]


def _set(placed: list[dict[int, FlowCell]], r: int, column: int, cell: FlowCell) -> None:
    across, down = max(1, cell.colspan), max(1, min(cell.rowspan, len(placed) - r))
    if column + across > _MOST_COLUMNS:
        raise TooWideError(f"a row of it has more than {_MOST_COLUMNS} columns")
    for below in range(r, r + down):
        for beside in range(column, column + across):
            placed[below].setdefault(beside, _COVERED)
    placed[r][column] = cell._replace(colspan=across, rowspan=down)
