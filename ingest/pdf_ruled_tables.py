"""Tables with rules between their columns: fully ruled ones, and those without outer uprights.

The edges that hang together are one grid. A place of it is parted from the next where an edge covers most of the side that
they share; places that are not parted are one cell. The outer sides count as ruled, so a table whose outer uprights are
missing, or whose first corner is open, is read like any other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_table_edges import SNAP, Edge, Ruling, clustered
from ingest.pdf_table_grids import Grid, Region, without_phantoms

_COVERED: Final = 0.6  # of a side: an edge over as much of it parts the places
_OVERHANG: Final = 8.0  # points by which levels reach past the last upright before there is an open column
_MOST_PLACES: Final = 20_000  # more are a drawing
_ASTRIDE: Final = 0.3  # of a word's width that stands outside its cell: the rules do not part this text
NOT_CELLS: Final = "its rules do not part it into cells"
RUNS_ACROSS: Final = "text runs across its rules"


class PageWords:
    """A page's words by the height of their middles; the words of an inner table are taken from those of an outer one."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = sorted(words, key=lambda w: w.top + w.bottom)
        self._middles = [(word.top + word.bottom) / 2 for word in self._words]
        self._taken: set[int] = set()

    def within(self, box: tuple[float, float, float, float]) -> list[Word]:
        x0, top, x1, bottom = box
        start, end = bisect_left(self._middles, top), bisect_right(self._middles, bottom)
        return [
            word
            for word in self._words[start:end]
            if x0 <= (word.x0 + word.x1) / 2 <= x1 and word.start not in self._taken
        ]

    def take(self, words: Sequence[Word]) -> None:
        self._taken.update(word.start for word in words)

    def left(self) -> list[Word]:
        return [word for word in self._words if word.start not in self._taken]


def read_ruling(ruling: Ruling, words: PageWords) -> Grid | str | None:
    """The grid that edges make, with its words; why it cannot be read; None where it is no table."""
    grid = _cut(ruling)
    if grid is None:
        return None
    inside = words.within(ruling.bbox)
    if len(inside) < 2:
        return None
    owners = _owners(grid, ruling)
    regions, odd = _regions(grid, owners)
    _fill(grid, owners, regions, inside)
    grid.regions = [region for root, region in regions.items() if root not in odd]
    broken = any(regions[root].words for root in odd)
    if not _is_table(grid.regions):
        return None
    if broken:
        return NOT_CELLS
    if _runs_across(grid):
        return RUNS_ACROSS
    grid.regions += _singles(regions, odd, owners, grid)
    without_phantoms(grid)
    return grid if _is_table(grid.regions) else None


def _cut(ruling: Ruling) -> Grid | None:
    """Where the edges cut columns and rows; None for what has fewer than two columns, or is a drawing."""
    if not ruling.uprights or not ruling.levels:
        return None
    x0, top, x1, bottom = ruling.bbox
    xs = clustered(edge.at for edge in ruling.uprights)
    ys = clustered(edge.at for edge in ruling.levels)
    xs = _with_outer(xs, x0, x1)
    ys = _with_outer(ys, top, bottom)
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_PLACES:
        return None
    return Grid(xs, ys, [])


def _with_outer(cuts: list[float], first: float, last: float) -> list[float]:
    """The cuts with the ends of the edges across them, where those reach past the outermost."""
    if first < cuts[0] - _OVERHANG:
        cuts = [first, *cuts]
    if last > cuts[-1] + _OVERHANG:
        cuts = [*cuts, last]
    return cuts


def _owners(grid: Grid, ruling: Ruling) -> list[int]:
    """For each place of the grid, row by row, the place that its cell is counted by."""
    parents = list(range(grid.rows * grid.columns))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    uprights, levels = _by_cut(ruling.uprights, grid.xs), _by_cut(ruling.levels, grid.ys)
    for row in range(grid.rows):
        for column in range(grid.columns):
            place = row * grid.columns + column
            if column and not _parts(uprights[column], grid.ys[row], grid.ys[row + 1]):
                parents[root(place)] = root(place - 1)
            if row and not _parts(levels[row], grid.xs[column], grid.xs[column + 1]):
                parents[root(place)] = root(place - grid.columns)
    return [root(place) for place in range(len(parents))]


def _by_cut(edges: Sequence[Edge], cuts: Sequence[float]) -> dict[int, list[Edge]]:
    found: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        near = min(range(len(cuts)), key=lambda i: abs(cuts[i] - edge.at))
        if abs(cuts[near] - edge.at) <= SNAP:
            found[near].append(edge)
    return found


def _parts(edges: Sequence[Edge], start: float, end: float) -> bool:
    return sum(max(0.0, min(edge.end, end) - max(edge.start, start)) for edge in edges) >= _COVERED * (end - start)


def _regions(grid: Grid, owners: Sequence[int]) -> tuple[dict[int, Region], set[int]]:
    """The cells by the place they are counted by, and which of them are no rectangles."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, owner in enumerate(owners):
        places[owner].append(place)
    regions, odd = {}, set()
    for owner, covered in places.items():
        rows = [place // grid.columns for place in covered]
        columns = [place % grid.columns for place in covered]
        region = Region(min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)
        regions[owner] = region
        if region.rowspan * region.colspan != len(covered):
            odd.add(owner)
    return regions, odd


def _fill(grid: Grid, owners: Sequence[int], regions: dict[int, Region], words: Sequence[Word]) -> None:
    for word in words:
        row, column = grid.row_of((word.top + word.bottom) / 2), grid.column_of((word.x0 + word.x1) / 2)
        regions[owners[row * grid.columns + column]].words.append(word)


def _is_table(regions: Sequence[Region]) -> bool:
    """Whether text stands in two columns at least. Boxes below each other are frames around text."""
    columns = {region.column for region in regions if region.words}
    return len(columns) > 1


def _runs_across(grid: Grid) -> bool:
    """Whether much of the text stands astride of the uprights, so that it is not parted by them."""
    astride = count = 0
    for region in grid.regions:
        left, right = grid.xs[region.column], grid.xs[region.column + region.colspan]
        for word in region.words:
            count += 1
            outside = max(left - word.x0, 0) + max(word.x1 - right, 0)
            astride += outside > max(_ASTRIDE * (word.x1 - word.x0), SNAP)
    return astride > max(2, 0.05 * count)


def _singles(regions: dict[int, Region], odd: set[int], owners: Sequence[int], grid: Grid) -> list[Region]:
    """The places of empty cells that are no rectangles, each as a cell of its own."""
    return [
        Region(place // grid.columns, place % grid.columns)
        for place, owner in enumerate(owners)
        if owner in odd and not regions[owner].words
    ]
