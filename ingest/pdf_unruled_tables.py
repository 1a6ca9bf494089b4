"""Tables without rules between their columns: with horizontal rules only, with bands of colour, or with neither.

Prose is never to be read as a table, so one is begun only by lines on which values stand apart and under one another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_table_cells import is_value, text_lines, text_of
from ingest.pdf_table_columns import Chunk, ChunkLine, cuts_between, cuts_of, placed
from ingest.pdf_table_grids import Grid
from ingest.pdf_table_rows import TableLine, close_gap, goes_on, grid_of, rows_of_lines, table_line
from ingest.pdf_value_runs import APART, FEWEST_ROWS, PROSE, value_runs

_HEAD_APART: Final = 1.7  # line heights: how far a head's lines stand from each other and from the first row
_MOST_HEAD_LINES: Final = 6
_ONE_HEAD: Final = 1.4  # line heights: nearer lines are of one row of heads
_STUB_WORDS: Final = 4  # of a head that stands over a column of codes and one of names
_VALUES: Final = 0.6  # of the cells under and beside the heads are values or short, in a table without rules
_RUN_TOGETHER: Final = 0.1  # of the cells hold several values each: their columns were not parted
_IN_PROSE: Final = 0.15  # of the cells begin as a sentence about a number does: these are no values
_COUNTED: Final = re.compile(r"[£$€]?\d[\d,.]*%?\s+[a-z]")
_LEADERS: Final = "...."
_Level = tuple[float, float, float]
CROSSES: Final = "its text does not stand in columns"


class Separators:
    """What parts rows: rules, and the upper and lower sides of bands of colour, each at a height, from `x0` to `x1`."""

    def __init__(self, rules: Sequence[_Level], painted: Sequence[_Level]) -> None:
        self._rules = sorted(rules)
        self._painted = sorted(painted)

    def rules(self, top: float, bottom: float, x0: float, x1: float) -> list[float]:
        """The rules between two heights that run over most of the width."""
        return _over(self._rules, top, bottom, x0, x1)

    def painted(self, top: float, bottom: float, x0: float, x1: float) -> list[float]:
        """Likewise the sides of bands."""
        return _over(self._painted, top, bottom, x0, x1)


def _over(levels: Sequence[_Level], top: float, bottom: float, x0: float, x1: float) -> list[float]:
    return [y for y, start, end in levels if top <= y <= bottom and min(end, x1) - max(start, x0) >= 0.6 * (x1 - x0)]


def unruled_tables(words: Sequence[Word], separators: Separators) -> list[Grid | tuple[str, list[Word]]]:
    """The tables among words that stand in no ruled one; a refused one as the reason and its words."""
    lines = [ChunkLine(line) for line in text_lines(word for word in words if word.upright)]
    found: list[Grid | tuple[str, list[Word]]] = []
    done = 0
    for run in value_runs(lines):
        members = [at for at in run if at >= done]
        read = _Block(lines, done, members, separators).read() if len(members) >= FEWEST_ROWS else None
        if read is not None:
            table, done = read
            found.append(table)
    return found


class _Block:
    """One table without uprights, read from the lines that hold its values outwards."""

    def __init__(self, lines: Sequence[ChunkLine], first: int, members: Sequence[int], separators: Separators) -> None:
        self.lines = lines
        self.first = first  # lines before it belong to another table
        self.core = [lines[at] for at in members]
        self.start = members[0]
        self.end = members[-1] + 1
        self.separators = separators
        self.cuts: list[float] = []

    def read(self) -> tuple[Grid | tuple[str, list[Word]], int] | None:
        self.cuts = self._cuts()
        if not self.cuts or not self._is_convincing():
            return None
        head, first = self._head_lines()
        more = [line for line in self.lines[head:first] if len(line.chunks) > len(self.cuts)]
        self.cuts = cuts_between([*more, *self.core])[0] or self.cuts
        end = self._body_end()
        body = self._table_lines(first, end)
        crossing = sum(bool(line.spans) and len(line.cells) > 1 for line in body)
        if crossing > max(1, len(body) // 10) or _are_run_together(body):
            words = [word for line in self.lines[head:end] for word in line.line.words]
            return (CROSSES, words), end
        rows = self._body_rows(body)
        heads = self._head_rows(self.lines[head:first])
        if heads and _is_one_head(heads[-1], rows[0]):
            rows[0] = [*heads.pop(), *rows[0]]
        return grid_of([*heads, *rows], self.cuts), end

    def _cuts(self) -> list[float]:
        """The cuts between columns by the lines with values, and by those between them that run across no gutter."""
        cuts, asked = cuts_between(self.core)
        others = [line for line in self.lines[self.start : self.end] if line not in self.core and len(line.chunks) == 1]
        fitting = [line for line in others if all(place.last == place.column for place in placed(line, cuts))]
        more = cuts_of([*asked, *fitting])
        return more if len(more) == len(cuts) else cuts

    def _is_convincing(self) -> bool:
        """Whether so much stands in columns and is short that it cannot be prose."""
        cells = [place for line in self.core for place in placed(line, self.cuts)]
        beside = [place.chunk for place in cells if place.column > 0]
        if not beside or any(_LEADERS in place.chunk.text for place in cells):
            return False
        values = sum(chunk.value for chunk in beside)
        if sum(_COUNTED.match(chunk.text) is not None for chunk in beside) > _IN_PROSE * len(beside):
            return False
        short = sum(chunk.value or len(chunk.words) <= 3 for chunk in beside)
        if len(self.cuts) == 1:
            return values >= 0.8 * len(self.core) and not _is_contents([p.chunk for p in cells if p.column == 1])
        return values >= 0.3 * len(beside) and short >= _VALUES * len(beside)

    def _head_lines(self) -> tuple[int, int]:
        """The first line of the heads above the first values, and the first line after them: where the text of the first
        row begins higher than its values, it stands between."""
        heads, at = [], self.start
        while at > self.first and self.start - at < _MOST_HEAD_LINES:
            line, below = self.lines[at - 1], self.lines[at]
            if self._is_head(line, below):
                heads.append(at - 1)
            elif not self._is_label(line, below):
                break
            at -= 1
        if not heads:
            first = self._first_close()
            return first, first
        return heads[-1], self.start if self._are_of_heads(heads[0]) else heads[0] + 1

    def _first_close(self) -> int:
        """The first line of the first row, where no heads are above it."""
        close = close_gap(self._table_lines(self.start, self.end)) or 0.0
        at = self.start
        while at > self.first and self._is_label(self.lines[at - 1], self.lines[at]):
            if self.lines[at].top - self.lines[at - 1].top > close:
                break
            at -= 1
        return at

    def _are_of_heads(self, last: int) -> bool:
        """Whether the lines between the last of the heads and the first values stand nearer to the heads."""
        lines = self.lines
        above, below = lines[last + 1].top - lines[last].top, lines[self.start].top - lines[self.start - 1].top
        return last + 1 < self.start and above < below - lines[last].height / 10

    def _reach(self, line: ChunkLine, below: ChunkLine) -> float:
        """How far heads stand from what is below them: hardly further than rows do."""
        pitch = min((b.top - a.top for a, b in pairwise(self.core) if b.top - a.top >= a.height), default=0.0)
        return max(_HEAD_APART * max(line.height, below.height), min(1.15 * pitch, APART * below.height))

    def _is_label(self, line: ChunkLine, below: ChunkLine) -> bool:
        """Whether a line holds text of the first column alone."""
        places = placed(line, self.cuts)
        near = below.top - line.top <= self._reach(line, below)
        return near and len(places) == 1 and places[0].last == 0

    def _is_head(self, line: ChunkLine, below: ChunkLine) -> bool:
        left, right = self._sides()
        limit = self._reach(line, below)
        if self.separators.rules(line.bottom - line.height / 4, below.top + line.height / 4, left, right):
            limit *= 1.5
        if below.top - line.top > limit:
            return False
        places = placed(line, self.cuts)
        over_stub = (
            len(places) > 1 and places[0].last < len(self.cuts) // 2 and len(places[0].chunk.words) <= _STUB_WORDS
        )
        if any(p.column == 0 and p.last > 0 for p in places) and not over_stub:
            return False
        if any(len(p.chunk.words) >= PROSE for p in places):
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
        """The rows: between rules where those part them, else by the lines themselves, within bands of colour."""
        place = (body[0].top + body[0].height / 2, body[-1].bottom, *self._sides())
        close = close_gap(body)
        bands = _bands(body, self.separators.rules(*place))
        if len(bands) < FEWEST_ROWS:
            bands = _bands(body, self.separators.painted(*place))
        else:
            close = float("inf")
        return [row for band in bands for row in rows_of_lines(band, close)]

    def _head_rows(self, lines: Sequence[ChunkLine]) -> list[list[TableLine]]:
        """The rows of heads: lines close together are one, but a line of heads over several columns each is its own."""
        rows: list[list[TableLine]] = []
        for chunk_line in lines:
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


def _bands(body: Sequence[TableLine], levels: Sequence[float]) -> list[list[TableLine]]:
    """The lines between one level and the next."""
    bands: dict[int, list[TableLine]] = {}
    for line in body:
        bands.setdefault(bisect_left(levels, (line.top + line.bottom) / 2), []).append(line)
    return list(bands.values())


def _are_run_together(body: Sequence[TableLine]) -> bool:
    """Whether cells hold several values each, so that columns were taken for one."""
    cells = [words for line in body for column, words in line.cells.items() if column > 0]
    several = sum(sum(is_value(word.text) for word in words) > 2 for words in cells)
    return several > _RUN_TOGETHER * len(cells)


def _is_one_head(row: Sequence[TableLine], first: Sequence[TableLine]) -> bool:
    """Whether the last row of heads goes on in the first with values, which are then years or the like: "Change from" above
    "previous year", beside "2016"."""
    line = first[0]
    shared = {column for above in row for column in above.cells} & set(line.cells)
    if len(first) > 1 or not shared - {0} or line.top - row[-1].top > _ONE_HEAD * line.height or _is_over(row, line):
        return False
    return not any(is_value(text_of(line.cells[column])) for column in shared)


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
