"""Which lines of a table make one row, where no rules part the rows: by the gaps between the lines and by where values stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_table_cells import is_value, text_of
from ingest.pdf_table_columns import ChunkLine, placed
from ingest.pdf_table_grids import Grid, Region

_SAME_GAP: Final = 0.08  # of a line's height: gaps that differ by less are the same
_BESIDE: Final = (
    0.75  # of a line's height: lines nearer than this stand beside each other, as values halfway down a cell do
)
_OPEN_END: Final = frozenset((
    "a", "an", "and", "the", "of", "or", "in", "on", "for", "to", "per", "with", "by", "from", "at", "as", "is", "are", "be",
    "which", "that", "who", "than", "into", "under", "over",
))  # fmt: skip


@dataclass(frozen=True)
class TableLine:
    """A line of a table, its words by column. `spans` says over how many columns the words of one reach."""

    cells: Mapping[int, tuple[Word, ...]]
    top: float
    bottom: float
    spans: Mapping[int, int]

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def values(self) -> int:
        """How many columns beside the first hold a value."""
        return sum(column > 0 and is_value(text_of(words)) for column, words in self.cells.items())


def table_line(line: ChunkLine, cuts: Sequence[float]) -> TableLine:
    """A line as one of a table with columns between the cuts."""
    cells: dict[int, tuple[Word, ...]] = {}
    spans: dict[int, int] = {}
    for place in placed(line, cuts):
        cells[place.column] = (*cells.get(place.column, ()), *place.chunk.words)
        if place.last > place.column:
            spans[place.column] = place.last - place.column + 1
    return TableLine(cells, line.top, line.bottom, spans)


def rows_of_lines(lines: Sequence[TableLine], close: float | None) -> list[list[TableLine]]:
    """The lines of the rows, from the top.

    Each line with values stands for a row. A line without goes with the one it is set close to, or is a row of its own.
    `close` is what `close_gap` gives for the whole table. Where it is None, text that begins in lower case, or follows text that cannot end there, goes on.
    """
    anchors = [i for i, line in enumerate(lines) if line.values()]
    if not anchors:
        return [part for part in _parts(list(lines), close) if part]
    rows: list[list[TableLine]] = []
    lead = _parts([*lines[: anchors[0]], lines[anchors[0]]], close)
    rows += lead
    for here, there in pairwise([*anchors, len(lines)]):
        end = there + 1 if there < len(lines) else there
        parts = _parts(list(lines[here:end]), close)
        if len(parts) == 1 and there < len(lines):
            parts = [list(lines[here:there]), [lines[there]]]
        rows[-1] += parts[0][1:]
        rows += parts[1:]
    return rows


def close_gap(lines: Sequence[TableLine]) -> float | None:
    """The distance up to which a line belongs to the one above; None where lines of one row are set no closer than rows."""
    anchors = {i for i, line in enumerate(lines) if line.values()}
    steps = [(b.top - a.top, i in anchors and i + 1 in anchors) for i, (a, b) in enumerate(pairwise(lines))]
    height = max((line.height for line in lines), default=0.0)
    gaps = [gap for gap, _ in steps if gap >= _BESIDE * height]
    if not gaps:
        return None
    same = _SAME_GAP * height
    between_rows = [gap for gap, of_rows in steps if of_rows and gap >= _BESIDE * height]
    pitch = min(between_rows, default=max(gaps))
    return min(gaps) + same if min(gaps) < pitch - same else None


def _parts(lines: list[TableLine], close: float | None) -> list[list[TableLine]]:
    parts = [[lines[0]]] if lines else []
    for before, line in pairwise(lines):
        gap = line.top - before.top
        together = gap < _BESIDE * line.height or (goes_on(before, line) if close is None else gap <= close)
        if together:
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def goes_on(line: TableLine, following: TableLine) -> bool:
    """Whether the words of the second line go on from those of the first, in the first column that both have."""
    if 0 not in following.cells and not following.values():
        return True
    shared = sorted(set(line.cells) & set(following.cells))
    if not shared or shared[0] != 0:
        return False
    before, after = text_of(line.cells[0]), text_of(following.cells[0])
    ends_open = before.split()[-1].casefold() in _OPEN_END or before.endswith((",", "-", "–", "&", "/", "("))
    return after[0].islower() or ends_open or before.count("(") > before.count(")")


def grid_of(rows: Sequence[Sequence[TableLine]], cuts: Sequence[float]) -> Grid:
    """The rows as a grid that is cut in the middle between them."""
    words = [word for row in rows for line in row for cell in line.cells.values() for word in cell]
    xs = [min(word.x0 for word in words), *cuts, max(word.x1 for word in words)]
    ys = [rows[0][0].top]
    for above, below in pairwise(rows):
        ys.append((max(line.bottom for line in above) + below[0].top) / 2)
    ys.append(max(line.bottom for line in rows[-1]))
    return Grid(xs, ys, [region for at, row in enumerate(rows) for region in regions_of_row(at, row)])


def regions_of_row(at: int, row: Sequence[TableLine]) -> list[Region]:
    """The cells of a row: the words of its lines, column by column. One spans others where those are empty."""
    found: dict[int, Region] = {}
    for line in row:
        for column, words in line.cells.items():
            region = found.setdefault(column, Region(at, column))
            region.words += words
            region.colspan = max(region.colspan, line.spans.get(column, 1))
    for region in found.values():
        if any(column in found for column in range(region.column + 1, region.column + region.colspan)):
            region.colspan = 1
    return sorted(found.values(), key=lambda region: region.column)
