"""Lines on which values stand apart and under one another: what a table without uprights is known by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from ingest.pdf_table_columns import Chunk, ChunkLine, aligned

FEWEST_ROWS: Final = 3
APART: Final = 3.2  # line heights: lines further from each other are of two tables
PROSE: Final = 7  # words that run on across columns
_MOST_BETWEEN: Final = 8  # lines between two with values
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-/–](?:\d\d){1,2})?")


def value_runs(lines: Sequence[ChunkLine]) -> list[list[int]]:
    """The places of lines with values apart that are aligned with each other."""
    found = []
    at = done = 0
    while at < len(lines):
        members = _Run(lines, at).members(done) if lines[at].is_data else []
        if len(members) >= FEWEST_ROWS:
            found.append(_without_heads(lines, members))
            at = members[-1]
            done = at + 1
        at += 1
    return found


class _Run:
    """Lines that may be rows of one table, gathered from one with values apart."""

    def __init__(self, lines: Sequence[ChunkLine], start: int) -> None:
        self.lines = lines
        self.start = start
        self.values = [chunk for chunk in lines[start].chunks[1:] if chunk.value]
        self.edge = lines[start].chunks[1].x0

    def members(self, first: int) -> list[int]:
        """The places of the rows' values, none before `first`."""
        below = self._below()
        return [*self._above(first), *below] if len(below) > 1 else below

    def _below(self) -> list[int]:
        """In a sparse table some lines have values only where none before them has; they are taken where further rows follow."""
        members = [self.start]
        fits = 1  # how many members are known to be of the table
        for at in range(self.start + 1, len(self.lines)):
            line = self.lines[at]
            if self._is_far(at - 1, at) or at - members[-1] > _MOST_BETWEEN:
                break
            if self._fits(line):
                members.append(at)
                fits = len(members)
            elif line.is_data and len(members) - fits <= 1 + fits // 4:
                members.append(at)
            elif line.is_data or self._ends(line):
                break
            else:
                continue
            self._take(line)
        return members[:fits]

    def _above(self, first: int) -> list[int]:
        """Lines above the start that hold nothing but values, as where these stand halfway down a cell, and lines they led to."""
        found: list[int] = []
        last = self.start
        for at in range(self.start - 1, first - 1, -1):
            line = self.lines[at]
            if self._is_far(at, at + 1) or last - at > _MOST_BETWEEN or self._ends(line):
                break
            if self._fits(line) and not all(_YEAR.fullmatch(chunk.text) for chunk in line.chunks):
                found.append(at)
                last = at
                self._take(line)
        return found[::-1]

    def _is_far(self, above: int, below: int) -> bool:
        return self.lines[below].top - self.lines[above].top > APART * self.lines[below].height

    def _mine(self, line: ChunkLine) -> list[Chunk]:
        return [chunk for chunk in line.chunks[0 if line.is_values else 1 :] if chunk.value]

    def _fits(self, line: ChunkLine) -> bool:
        if not (line.is_data or line.is_values):
            return False
        mine = self._mine(line)
        return 2 * sum(aligned(chunk, self.values, line.height) for chunk in mine) >= len(mine)

    def _take(self, line: ChunkLine) -> None:
        mine = self._mine(line)
        self.values += mine
        self.edge = min(self.edge, mine[0].x0)

    def _ends(self, line: ChunkLine) -> bool:
        """Whether a line cannot stand within the table: it is prose, or heads of another."""
        heads = sum(
            not c.value and aligned(c, self.values, line.height) for c in line.chunks if c.x0 >= self.edge - line.height
        )
        return heads > 1 or _is_prose(line, self.edge)


def _is_prose(line: ChunkLine, edge: float) -> bool:
    return any(len(c.words) >= PROSE and c.x0 < edge and c.x1 > edge + line.height for c in line.chunks)


def _without_heads(lines: Sequence[ChunkLine], members: list[int]) -> list[int]:
    """Without lines at the top that hold fewer things than most, all of them years: these are heads of several columns."""
    usual = median(len(lines[at].chunks) for at in members)
    for i, at in enumerate(members):
        chunks = lines[at].chunks
        if len(chunks) >= usual or not all(_YEAR.fullmatch(chunk.text) for chunk in chunks):
            return members[i:]
    return members
