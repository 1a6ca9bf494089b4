"""Tables without rules between their columns: with horizontal rules only, with bands of colour, or with neither.

Prose is never to be read as a table, so one is begun only by lines on which values stand apart and under one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_table_cells import is_value, text_lines, text_of
from ingest.pdf_table_columns import Chunk, ChunkLine, aligned, cuts_between, placed
from ingest.pdf_table_grids import Grid
from ingest.pdf_table_rows import TableLine, close_gap, goes_on, grid_of, rows_of_lines, table_line

_FEWEST_ROWS: Final = 3
_APART: Final = 5.0  # line heights: data lines further from each other are of two tables
_HEAD_APART: Final = 1.7  # line heights: how far a head's lines stand from each other and from the first row
_MOST_HEAD_LINES: Final = 6
_ONE_HEAD: Final = 1.4  # line heights: nearer lines are of one row of heads
_PROSE: Final = 7  # words that run on across columns
_VALUES: Final = 0.6  # of the cells under and beside the heads are values or short, in a table without rules
_LEADERS: Final = "...."
CROSSES: Final = "its text does not stand in columns"


class Separators:
    """The heights at which something parts the rows: rules and the sides of bands, each from `x0` to `x1`."""

    def __init__(self, levels: Sequence[tuple[float, float, float]]) -> None:
        self._levels = sorted(levels)

    def between(self, top: float, bottom: float, x0: float, x1: float) -> list[float]:
        """Those between two heights that run over most of the width."""
        return [
            y
            for y, start, end in self._levels
            if top <= y <= bottom and min(end, x1) - max(start, x0) >= 0.6 * (x1 - x0)
        ]


def unruled_tables(words: Sequence[Word], separators: Separators) -> list[Grid | tuple[str, list[Word]]]:
    """The tables among words that stand in no ruled one; a refused one as the reason and its words."""
    lines = [ChunkLine(line) for line in text_lines(word for word in words if word.upright)]
    found: list[Grid | tuple[str, list[Word]]] = []
    done = 0
    for start, end in _blocks(lines):
        if start < done:
            continue
        read = _Block(lines, done, start, end, separators).read()
        if read is not None:
            table, done = read
            found.append(table)
    return found


def _blocks(lines: Sequence[ChunkLine]) -> list[tuple[int, int]]:
    """Runs of lines with values apart, aligned with each other: the places of the first and of the one after the last."""
    found = []
    at = 0
    while at < len(lines):
        if not lines[at].is_data:
            at += 1
            continue
        members = _run(lines, at)
        if len(members) >= _FEWEST_ROWS:
            found.append((members[0], members[-1] + 1))
            at = members[-1] + 1
        else:
            at += 1
    return found


def _run(lines: Sequence[ChunkLine], start: int) -> list[int]:
    members = [start]
    values = [chunk for chunk in lines[start].chunks[1:] if chunk.value]
    edge = lines[start].chunks[1].x0
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.top - lines[members[-1]].top > _APART * line.height:
            break
        if line.is_data:
            mine = [chunk for chunk in line.chunks[1:] if chunk.value]
            if 2 * sum(aligned(chunk, values, line.height) for chunk in mine) < len(mine):
                break
            members.append(at)
            values += mine
            edge = min(edge, mine[0].x0)
        elif _is_prose(line, edge):
            break
    return members


def _is_prose(line: ChunkLine, edge: float) -> bool:
    return any(len(c.words) >= _PROSE and c.x0 < edge and c.x1 > edge + line.height for c in line.chunks)


class _Block:
    """One table without uprights, read from the lines that hold its values outwards."""

    def __init__(self, lines: Sequence[ChunkLine], first: int, start: int, end: int, separators: Separators) -> None:
        self.lines = lines
        self.first = first  # lines before it belong to another table
        self.start = start
        self.end = end
        self.separators = separators
        self.cuts: list[float] = []

    def read(self) -> tuple[Grid | tuple[str, list[Word]], int] | None:
        core = [line for line in self.lines[self.start : self.end] if line.is_data]
        self.cuts = cuts_between(core)
        if not self.cuts or not self._is_convincing(core):
            return None
        head = self._head_start()
        more = [line for line in self.lines[head : self.start] if len(line.chunks) > len(self.cuts)]
        self.cuts = cuts_between([*more, *core]) or self.cuts
        end = self._body_end()
        body = self._table_lines(self.start, end)
        crossing = sum(bool(line.spans) and len(line.cells) > 1 for line in body)
        if crossing > max(1, len(body) // 10):
            words = [word for line in self.lines[head:end] for word in line.line.words]
            return (CROSSES, words), end
        rows = self._body_rows(body)
        heads = self._head_rows(head)
        if heads and _is_one_head(heads[-1], rows[0]):
            rows[0] = [*heads.pop(), *rows[0]]
        return grid_of([*heads, *rows], self.cuts), end

    def _is_convincing(self, core: Sequence[ChunkLine]) -> bool:
        """Whether so much stands in columns and is short that it cannot be prose."""
        cells = [place for line in core for place in placed(line, self.cuts)]
        beside = [place.chunk for place in cells if place.column > 0]
        if not beside or any(_LEADERS in place.chunk.text for place in cells):
            return False
        values = sum(chunk.value for chunk in beside)
        short = sum(chunk.value or len(chunk.words) <= 3 for chunk in beside)
        if len(self.cuts) == 1:
            return values >= 0.8 * len(core) and not _is_contents([p.chunk for p in cells if p.column == 1])
        return values >= 0.3 * len(beside) and short >= _VALUES * len(beside)

    def _head_start(self) -> int:
        """The first line of the heads above the first values."""
        at = self.start
        while (
            at > self.first and self.start - at < _MOST_HEAD_LINES and self._is_head(self.lines[at - 1], self.lines[at])
        ):
            at -= 1
        return at

    def _is_head(self, line: ChunkLine, below: ChunkLine) -> bool:
        left, right = self._sides()
        limit = _HEAD_APART * max(line.height, below.height)
        if self.separators.between(line.bottom - line.height / 4, below.top + line.height / 4, left, right):
            limit *= 1.5
        if below.top - line.top > limit:
            return False
        places = placed(line, self.cuts)
        if any(p.column == 0 and p.last > 0 for p in places) or any(len(p.chunk.words) >= _PROSE for p in places):
            return False
        inside = all(p.chunk.x0 <= right and p.chunk.x1 >= left for p in places)
        return inside and any(p.column > 0 for p in places)

    def _sides(self) -> tuple[float, float]:
        words = [word for line in self.lines[self.start : self.end] for word in line.line.words]
        return min(word.x0 for word in words), max(word.x1 for word in words)

    def _body_end(self) -> int:
        """The line after the last row, whose text may run over further lines than its values."""
        close = close_gap(self._table_lines(self.start, self.end))
        at = self.end
        while at < len(self.lines):
            before, line = self.lines[at - 1], self.lines[at]
            if line.is_data or any(p.last > p.column for p in placed(line, self.cuts)):
                break
            gap = line.top - before.top
            mine, last = table_line(line, self.cuts), table_line(before, self.cuts)
            if any(is_value(text_of(last.cells.get(column, ()))) for column in mine.cells):
                break
            if gap <= close if close is not None else (gap <= _ONE_HEAD * line.height and goes_on(last, mine)):
                at += 1
            else:
                break
        return at

    def _table_lines(self, start: int, end: int) -> list[TableLine]:
        return [table_line(line, self.cuts) for line in self.lines[start:end]]

    def _body_rows(self, body: Sequence[TableLine]) -> list[list[TableLine]]:
        """The rows: between rules or the sides of bands where those part them, else by the lines themselves."""
        left, right = self._sides()
        levels = self.separators.between(body[0].top, body[-1].bottom, left, right)
        bands: list[list[TableLine]] = [[]]
        waiting = [y for y in levels if y > body[0].top + body[0].height / 2]
        for line in body:
            while waiting and waiting[0] < (line.top + line.bottom) / 2:
                waiting.pop(0)
                if bands[-1]:
                    bands.append([])
            bands[-1].append(line)
        parted = len(bands) >= 3
        close = close_gap(body)
        rows: list[list[TableLine]] = []
        for band in bands:
            if parted and sum(line.values() > 0 for line in band) <= 1:
                rows.append(band)
            else:
                rows += rows_of_lines(band, close)
        return rows

    def _head_rows(self, head: int) -> list[list[TableLine]]:
        """The rows of heads: lines close together are one, but a line of heads over several columns each is its own."""
        rows: list[list[TableLine]] = []
        for chunk_line in self.lines[head : self.start]:
            line = self._spanning(chunk_line)
            near = bool(rows) and line.top - rows[-1][-1].top <= _ONE_HEAD * line.height
            if near and not _is_over(rows[-1], line):
                rows[-1].append(line)
            else:
                rows.append([line])
        return rows

    def _spanning(self, chunk_line: ChunkLine) -> TableLine:
        """A line of the head, its words in the first of the columns that they are centred over."""
        places = placed(chunk_line, self.cuts)
        line = table_line(chunk_line, self.cuts)
        over = [place for place in places if place.column > 0]
        columns = len(self.cuts)
        if line.spans or len(over) < 1 or len(over) == columns or columns % len(over):
            return line
        each = columns // len(over)
        centres = self._centres()
        cells = {0: line.cells[0]} if 0 in line.cells else {}
        for i, place in enumerate(over):
            first, last = 1 + i * each, (i + 1) * each
            if abs((centres[first] + centres[last]) / 2 - place.chunk.middle) > chunk_line.height:
                return line
            cells[first] = place.chunk.words
        return TableLine(cells, line.top, line.bottom, {1 + i * each: each for i in range(len(over))})

    def _centres(self) -> dict[int, float]:
        """The middle of what stands in each column."""
        sides: dict[int, tuple[float, float]] = {}
        for line in self.lines[self.start : self.end]:
            for place in placed(line, self.cuts):
                if place.last == place.column:
                    left, right = sides.get(place.column, (place.chunk.x0, place.chunk.x1))
                    sides[place.column] = (min(left, place.chunk.x0), max(right, place.chunk.x1))
        middles = {column: (left + right) / 2 for column, (left, right) in sides.items()}
        for column in range(len(self.cuts) + 1):
            middles.setdefault(column, -1.0)
        return middles


def _is_one_head(row: Sequence[TableLine], first: Sequence[TableLine]) -> bool:
    """Whether the last row of heads goes on in the first with values, which are then years or the like: "Change from" above
    "previous year", beside "2016"."""
    last, line = row[-1], first[0]
    if line.top - last.top > _ONE_HEAD * line.height or not set(last.cells) & set(line.cells) or _is_over(row, line):
        return False
    return not any(
        is_value(text_of(line.cells[column])) for above in row for column in above.cells if column in line.cells
    )


def _is_over(row: Sequence[TableLine], line: TableLine) -> bool:
    """Whether one of them has a head over several columns in which the other has heads too."""
    upper = {column for above in row for column in above.cells}
    wide = {c for above in row for column, span in above.spans.items() for c in range(column, column + span)}
    lower = {c for column, span in line.spans.items() for c in range(column, column + span)}
    return bool(wide & set(line.cells) or lower & upper)


def _is_contents(chunks: Sequence[Chunk]) -> bool:
    """Whether values are the pages of a list of contents, or its appendices' letters: whole, and never falling."""
    if not all((c.text.isdecimal() and len(c.text) < 4) or (c.text.isalpha() and len(c.text) == 1) for c in chunks):
        return False
    numbers = [int(chunk.text) for chunk in chunks if chunk.text.isdecimal()]
    return all(a <= b for a, b in pairwise(numbers))
