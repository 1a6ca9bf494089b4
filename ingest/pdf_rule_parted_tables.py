"""Tables of text whose rows alone are ruled: level rules of one width, and columns by the white space between them.

Here the rules are the evidence, so the cells need not hold values; but nearly every band between two rules must hold text in
at least two columns, so that the rules above and below a passage of prose make no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from ingest.pdf_ruled_tables import PageWords
from ingest.pdf_table_cells import text_lines
from ingest.pdf_table_columns import ChunkLine, cuts_between
from ingest.pdf_table_edges import Edge, clustered
from ingest.pdf_table_grids import Grid
from ingest.pdf_table_rows import TableLine, grid_of, table_line

_SAME_WIDTH: Final = 6.0  # points by which the ends of a table's rules may differ
_FEWEST_BANDS: Final = 3
_IN_COLUMNS: Final = 0.75  # of the bands hold text in two columns or more
_ACROSS: Final = 0.1  # of the lines at most run across a gutter


def rule_parted_tables(levels: Sequence[Edge], words: PageWords) -> list[Grid]:
    """The tables between level rules that no other way of finding tables has taken the words of."""
    found = []
    for group in _of_one_width(levels):
        grid = _read(group, words)
        if grid is not None:
            words.take(grid.words())
            found.append(grid)
    return found


def _of_one_width(levels: Iterable[Edge]) -> list[list[Edge]]:
    groups: list[list[Edge]] = []
    for edge in sorted(levels):
        for group in groups:
            if abs(group[0].start - edge.start) <= _SAME_WIDTH and abs(group[0].end - edge.end) <= _SAME_WIDTH:
                group.append(edge)
                break
        else:
            groups.append([edge])
    return [group for group in groups if len(group) > _FEWEST_BANDS]


def _read(group: Sequence[Edge], words: PageWords) -> Grid | None:
    x0, x1 = group[0].start - _SAME_WIDTH, group[0].end + _SAME_WIDTH
    bands = []
    for top, bottom in pairwise(clustered(edge.at for edge in group)):
        inside = [word for word in words.within((x0, top, x1, bottom)) if word.upright]
        if inside:
            bands.append([ChunkLine(line) for line in text_lines(inside)])
    core = [line for band in bands for line in band if len(line.chunks) > 1]
    if len(bands) < _FEWEST_BANDS or not core:
        return None
    cuts, _ = cuts_between(core)
    rows = [[table_line(line, cuts) for line in band] for band in bands]
    return grid_of(rows, cuts) if cuts and _is_table(rows) else None


def _is_table(rows: Sequence[Sequence[TableLine]]) -> bool:
    lines = [line for row in rows for line in row]
    in_columns = sum(len({column for line in row for column in line.cells}) > 1 for row in rows)
    across = sum(bool(line.spans) for line in lines)
    return in_columns >= _IN_COLUMNS * len(rows) and across <= _ACROSS * len(lines)
