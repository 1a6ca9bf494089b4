"""Where columns stand by white space alone: chunks of words on a line, and the gutters that no line's words cross."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from ingest.pdf_characters import Word
from ingest.pdf_table_cells import TextLine, is_value, may_hold_values, text_of

_WIDE: Final = 0.75  # of the line's height: words with such a gap between them are of two chunks
_WIDE_OF_VALUES: Final = 0.18  # likewise for two values: about a space
_SPACE: Final = 0.35  # a gap up to this is a space between words
_GUTTER: Final = 0.5  # the narrowest gutter between columns
_GUTTER_OF_VALUES: Final = 0.1  # likewise between values
_AFTER_TEXT: Final = 0.8  # of the first gutter's width lies before its cut, since text may run further on other lines
_VALUES_BESIDE: Final = 0.7  # of the lines have values on both sides of such a gutter
_ALIGNED: Final = 0.35  # how far the sides or middles of two chunks of a column may stand from each other


class Chunk(NamedTuple):
    """Words of a line that stand together."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    text: str
    value: bool

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class ChunkLine:
    """A line with its chunks."""

    line: TextLine

    @property
    def top(self) -> float:
        return self.line.top

    @property
    def bottom(self) -> float:
        return self.line.bottom

    @property
    def height(self) -> float:
        return self.line.height

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        words, height = self.line.words, self.height
        parts: list[list[Word]] = [[words[0]]]
        for before, word in pairwise(words):
            if _are_apart(before, word, height):
                parts.append([word])
            else:
                parts[-1].append(word)
        return tuple(_chunk(part) for part in parts)

    @cached_property
    def is_data(self) -> bool:
        """Whether a number stands apart behind something else, or two other marks that a table holds."""
        height = self.height
        if not may_hold_values(self.line.words):
            return False
        if not any(_are_apart(before, word, height) for before, word in pairwise(self.line.words)):
            return False  # most lines of prose: their chunks need not be made
        values = [chunk.text for chunk in self.chunks[1:] if chunk.value]
        return len(values) > 1 or any(character.isdecimal() for value in values for character in value)

    @cached_property
    def is_values(self) -> bool:
        """Whether nothing but values stands on it."""
        return all(chunk.value for chunk in self.chunks)

    @cached_property
    def spread(self) -> tuple[tuple[float, float], ...]:
        """From where to where words stand, the spaces between them included, but not what stands between two values."""
        parts: list[tuple[float, float]] = []
        after_value = False
        for word in self.line.words:
            value = is_value(word.text)
            if parts and word.x0 - parts[-1][1] <= (0 if value and after_value else _SPACE * self.height):
                parts[-1] = (parts[-1][0], max(parts[-1][1], word.x1))
            else:
                parts.append((word.x0, word.x1))
            after_value = value
        return tuple(parts)

    def has_values_beside(self, cut: float) -> bool:
        """Whether the words on both sides of a cut are values."""
        before = [word for word in self.line.words if word.x1 <= cut]
        after = [word for word in self.line.words if word.x0 >= cut]
        return bool(before and after) and is_value(before[-1].text) and is_value(after[0].text)


def _are_apart(before: Word, word: Word, height: float) -> bool:
    """Whether neighbouring words on a line of some height are of two chunks."""
    gap = word.x0 - before.x1
    if gap <= _WIDE_OF_VALUES * height:
        return False
    return gap > _WIDE * height or (is_value(before.text) and is_value(word.text))


def _chunk(words: Sequence[Word]) -> Chunk:
    text = text_of(words)
    return Chunk(tuple(words), words[0].x0, max(word.x1 for word in words), text, is_value(text))


def aligned(chunk: Chunk, others: Sequence[Chunk], height: float) -> bool:
    """Whether a chunk stands under one of the others: flush left, flush right or centred."""
    near = _ALIGNED * height
    return any(
        abs(chunk.x0 - other.x0) <= near or abs(chunk.x1 - other.x1) <= near or abs(chunk.middle - other.middle) <= near
        for other in others
    )


def cuts_between(lines: Sequence[ChunkLine]) -> tuple[list[float], list[ChunkLine]]:
    """Where the gutters are cut, from the left, and the lines by which.

    A line across a gutter that all others leave open, such as one of headings over several columns, is not asked.
    """
    asked = list(lines)
    usual = median(len(line.chunks) for line in lines)
    cuts = cuts_of(asked)
    for line in _alone_somewhere(lines):
        if len(line.chunks) < usual and len(asked) > 2:
            others = [other for other in asked if other is not line]
            without = cuts_of(others)
            if len(without) > len(cuts):
                asked, cuts = others, without
    return cuts, asked


def _alone_somewhere(lines: Sequence[ChunkLine]) -> list[ChunkLine]:
    """The lines that stand, for the width of a gutter, where no other does."""
    ends = sorted(
        (x, start, i)
        for i, line in enumerate(lines)
        for part in line.spread
        for x, start in zip(part, (1, 0), strict=True)
    )
    there: set[int] = set()
    alone: set[int] = set()
    last = 0.0
    for x, start, i in ends:
        if len(there) == 1 and x - last >= _GUTTER_OF_VALUES * lines[0].height:
            alone |= there
        if start:
            there.add(i)
        else:
            there.discard(i)
        last = x
    return [lines[i] for i in sorted(alone)]


def cuts_of(lines: Sequence[ChunkLine]) -> list[float]:
    """Where the gutters are cut that all of the lines leave open."""
    covered: list[tuple[float, float]] = []
    for start, end in sorted(part for line in lines for part in line.spread):
        if covered and start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(covered[-1][1], end))
        else:
            covered.append((start, end))
    height = median(line.height for line in lines)
    gutters = [(a[1], b[0]) for a, b in pairwise(covered) if _is_gutter(a[1], b[0], height, lines)]
    shares = [_AFTER_TEXT, *([0.5] * len(gutters))]
    return [left + share * (right - left) for (left, right), share in zip(gutters, shares, strict=False)]


def _is_gutter(left: float, right: float, height: float, lines: Sequence[ChunkLine]) -> bool:
    """Whether white space is wide enough to part columns: between values little is."""
    if right - left >= _GUTTER * height:
        return True
    if right - left < _GUTTER_OF_VALUES * height:
        return False
    cut = (left + right) / 2
    across = [line for line in lines if line.line.words[0].x0 < cut < line.line.words[-1].x1]
    return sum(line.has_values_beside(cut) for line in across) >= _VALUES_BESIDE * len(across)


class Placed(NamedTuple):
    """A chunk, or the part of one between two gutters, in its column; `last` is the last column that it reaches into."""

    column: int
    last: int
    chunk: Chunk


def placed(line: ChunkLine, cuts: Sequence[float]) -> list[Placed]:
    """The line's chunks by column; a chunk is parted at a gutter where a gap as wide as a gutter stands."""
    found: list[Placed] = []
    for chunk in line.chunks:
        parts: list[list[Word]] = [[chunk.words[0]]]
        for before, word in pairwise(chunk.words):
            crossed = _column(before, cuts) != _column(word, cuts)
            values = is_value(before.text) and is_value(word.text)
            if crossed and word.x0 - before.x1 > (_GUTTER_OF_VALUES if values else _GUTTER) * line.height:
                parts.append([word])
            else:
                parts[-1].append(word)
        found += (Placed(_column(part[0], cuts), _column(part[-1], cuts), _chunk(part)) for part in parts)
    return found


def _column(word: Word, cuts: Sequence[float]) -> int:
    return bisect_right(cuts, (word.x0 + word.x1) / 2)
