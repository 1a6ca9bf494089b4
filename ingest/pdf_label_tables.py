"""The small table without rules at a report's head: a row of labels (title, author, item, date) over a row of values.

Neither the labels nor what stands below them are values that stand apart, so that nothing else would take them for a table;
and their lines, wrapped in narrow columns, cannot be read across.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.masthead import is_label
from ingest.pdf_characters import Word
from ingest.pdf_table_cells import text_lines
from ingest.pdf_table_columns import Chunk, ChunkLine
from ingest.pdf_table_grids import Grid
from ingest.pdf_table_rows import TableLine, grid_of

_FIRST_WORDS: Final = frozenset(
    form
    for word in ("title", "author", "date", "item", "meeting", "classification", "committee", "subject", "officer")
    for form in (word, word.title(), word.upper(), f"{word.title()}:", f"{word.upper()}:")
)
_WITHIN: Final = 1.6  # line heights from line to line of one cell
_BELOW: Final = 4.0  # line heights from the labels to the values at most
_MOST_LINES: Final = 8
_SLACK: Final = 3.0  # points by which a value may begin before its label


def label_tables(words: Sequence[Word]) -> list[Grid]:
    """The tables of labels over values among words that stand in no ruled table; at most one a page."""
    if sum(word.text in _FIRST_WORDS for word in words) < 2:
        return []
    lines = [ChunkLine(line) for line in text_lines(word for word in words if word.upright)]
    for at, line in enumerate(lines):
        if len(line.chunks) >= 2 and sum(is_label(chunk.text) for chunk in line.chunks) >= 2:
            grid = _read(lines, at)
            return [grid] if grid is not None else []
    return []


def _read(lines: Sequence[ChunkLine], at: int) -> Grid | None:
    """The table whose labels stand on and around a line."""
    first, end = _label_lines(lines, at)
    labels = [chunk for line in lines[first:end] for chunk in line.chunks]
    lefts = _lefts(labels)
    if len(lefts) < 2 or not all(is_label(words) for words in _by_column(labels, lefts)):
        return None
    last = _end_of_values(lines, end, lefts)
    if last == end:
        return None
    head = [_table_line(line, lefts) for line in lines[first:end]]
    values = [_table_line(line, lefts) for line in lines[end:last]]
    if len({column for line in values for column in line.cells}) < 2:
        return None
    return grid_of([head, values], [left - _SLACK for left in lefts[1:]])


def _label_lines(lines: Sequence[ChunkLine], at: int) -> tuple[int, int]:
    """The lines from the first to the last that are labels or parts of them, set closely."""
    first, end = at, at + 1
    while first and lines[first].top - lines[first - 1].top < lines[at].height and _is_part(lines[first - 1]):
        first -= 1
    while end < len(lines) and lines[end].top - lines[end - 1].top < lines[at].height and _is_part(lines[end]):
        end += 1
    return first, end


def _is_part(line: ChunkLine) -> bool:
    return all(len(chunk.words) <= 2 for chunk in line.chunks)


def _lefts(labels: Sequence[Chunk]) -> list[float]:
    """Where the columns begin: labels over one another make one."""
    columns: list[tuple[float, float]] = []
    for chunk in sorted(labels, key=lambda one: one.x0):
        if columns and chunk.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], chunk.x1))
        else:
            columns.append((chunk.x0, chunk.x1))
    return [left for left, _ in columns]


def _by_column(labels: Sequence[Chunk], lefts: Sequence[float]) -> list[str]:
    return [" ".join(chunk.text for chunk in labels if _column(chunk, lefts) == at) for at in range(len(lefts))]


def _column(chunk: Chunk, lefts: Sequence[float]) -> int:
    return max((at for at, left in enumerate(lefts) if chunk.x0 >= left - _SLACK), default=0)


def _end_of_values(lines: Sequence[ChunkLine], start: int, lefts: Sequence[float]) -> int:
    """The line after the row of values: its lines follow closely, and none runs from one column into the next."""
    end = start
    while end < len(lines) and end - start < _MOST_LINES:
        line = lines[end]
        gap = line.top - lines[end - 1].top
        if gap > (_BELOW if end == start else _WITHIN) * line.height or not _stands_in_columns(line, lefts):
            break
        end += 1
    return end


def _stands_in_columns(line: ChunkLine, lefts: Sequence[float]) -> bool:
    columns = [_column(chunk, lefts) for chunk in line.chunks]
    if line.chunks[0].x0 < lefts[0] - _SLACK or any(a == b for a, b in pairwise(columns)):
        return False
    ends = [*(left - _SLACK for left in lefts[1:]), float("inf")]
    return all(chunk.x1 <= ends[column] for chunk, column in zip(line.chunks, columns, strict=True))


def _table_line(line: ChunkLine, lefts: Sequence[float]) -> TableLine:
    cells = {_column(chunk, lefts): chunk.words for chunk in line.chunks}
    return TableLine(cells, line.top, line.bottom, {})
