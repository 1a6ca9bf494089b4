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


def read_ruling(ruling: Ruling, words: PageWords) -> list[Grid] | str:
    """The tables that edges make: none, one, or one with others inside it whose rules meet its own; or why the edges
    cannot be read."""
    grid = _cut(ruling)
    if grid is None:
        return []
    inside = words.within(ruling.bbox)
    if len(inside) < 2:
        return []
    owners = _owners(grid, ruling)
    regions, odd = _regions(grid, owners)
    _fill(grid, owners, regions, inside)
    inner = [table for owner in sorted(odd) for table in _taken_out(grid, regions, odd, owner)]
    grid.regions = [region for owner, region in regions.items() if owner not in odd]
    if any(regions[owner].words for owner in odd):
        return NOT_CELLS if _is_table(grid.regions) else []
    grid.regions += _singles(regions, odd, owners, grid)
    tables = [table for table in (grid, *inner) if _is_table(table.regions)]
    if any(_runs_across(table) for table in tables):
        return RUNS_ACROSS
    for table in tables:
        without_phantoms(table)
    return [table for table in tables if _is_table(table.regions)]


def _taken_out(grid: Grid, regions: dict[int, Region], odd: set[int], owner: int) -> list[Grid]:
    """The tables inside a cell whose rules meet those of the cell, so that the cell is no rectangle; the cell is one then."""
    cell = regions[owner]
    inside = {o: region for o, region in regions.items() if o not in odd and _overlaps(region, cell)}
    if not all(_lies_in(region, cell) for region in inside.values()):
        return []
    found = [_inner(grid, group) for group in _stacked(list(inside.values()))]
    tables = [table for table in found if table is not None]
    if not tables or len(tables) < len(found):
        return []
    for o in inside:
        del regions[o]
    odd.discard(owner)
    return tables


def _stacked(regions: list[Region]) -> list[list[Region]]:
    """The cells in groups with rows of the grid between them that none of them covers."""
    groups: list[list[Region]] = []
    end = -1
    for region in sorted(regions, key=lambda r: r.row):
        if groups and region.row <= end:
            groups[-1].append(region)
        else:
            groups.append([region])
        end = max(end, region.row + region.rowspan)
    return groups


def _inner(grid: Grid, regions: Sequence[Region]) -> Grid | None:
    """The cells as a grid of their own, where they fill one."""
    left, top = min(r.column for r in regions), min(r.row for r in regions)
    right, bottom = max(r.column + r.colspan for r in regions), max(r.row + r.rowspan for r in regions)
    if sum(r.rowspan * r.colspan for r in regions) != (right - left) * (bottom - top):
        return None
    own = [Region(r.row - top, r.column - left, r.rowspan, r.colspan, r.words) for r in regions]
    return Grid(grid.xs[left : right + 1], grid.ys[top : bottom + 1], own)


def _overlaps(one: Region, other: Region) -> bool:
    return (
        one.row < other.row + other.rowspan
        and other.row < one.row + one.rowspan
        and one.column < other.column + other.colspan
        and other.column < one.column + one.colspan
    )


def _lies_in(inner: Region, outer: Region) -> bool:
    return (
        outer.row <= inner.row
        and inner.row + inner.rowspan <= outer.row + outer.rowspan
        and outer.column <= inner.column
        and inner.column + inner.colspan <= outer.column + outer.colspan
    )


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
