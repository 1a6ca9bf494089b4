"""Tiles without frames: a number in large print with a few narrow lines of smaller print, several side by side, as
infographics set them. Their lines stand at nearly the same heights, so that they would be read into each other.

A number larger than the words it stands with is the evidence; columns of a table are all of one size, and prose has no such
number at its head. A row of tiles is a row of a table, each tile one cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_ruled_tables import PageWords
from ingest.pdf_table_grids import Grid, Region

_WORD_SPACE: Final = 0.6  # of a word's height: a wider gap parts lines of two tiles
_LEADING: Final = 0.8  # of a line's height: how far below it the next line of its tile may begin
_ASIDE: Final = 4.0  # points by which the lines of a tile begin, or are centred, alike
_LARGER: Final = 1.15  # the number's height over the words'
_MOST_LINES: Final = 14
_FEWEST: Final = 4  # tiles on a page
_WIDEST: Final = 0.3  # of the page's width


@dataclass(slots=True)
class _Line:
    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def has_number(self) -> bool:
        return any(re.match(r"[£<>~(]*\d", word.text) for word in self.words)


_Tile = list[_Line]
"""Lines below each other, from the top."""


def tile_rows(words: PageWords, width: float) -> list[Grid]:
    """The rows of tiles on a page `width` points wide, their words taken."""
    upright = [word for word in words.left() if word.upright]
    if not _has_large_numbers(upright):
        return []
    tiles = [tile for tile in _stacked(_lines(upright)) if _is_tile(tile, width)]
    rows = [row for row in _side_by_side(tiles) if len(row) > 1]
    if sum(map(len, rows)) < _FEWEST:
        return []
    for row in rows:
        for tile in row:
            words.take([word for line in tile for word in line.words])
    return [_grid(row) for row in rows]


def _has_large_numbers(words: Sequence[Word]) -> bool:
    """A cheap look first: whether numbers enough are larger than most words."""
    if len(words) < 4 * _FEWEST:
        return False
    usual = sorted(word.bottom - word.top for word in words)[len(words) // 2]
    large = (word for word in words if word.bottom - word.top >= _LARGER * usual and word.text[:1].isdigit())
    return sum(1 for _ in large) >= _FEWEST


def _lines(words: Sequence[Word]) -> list[_Line]:
    """Words in the file's order as long as each stands close behind the one before it, and then anew."""
    lines: list[_Line] = []
    for word in sorted(words, key=lambda w: w.start):
        last = lines[-1] if lines else None
        if last is not None and -1.0 <= word.x0 - last.x1 <= _WORD_SPACE * last.height and _level(last, word):
            last.words.append(word)
            last.x1 = max(last.x1, word.x1)
        else:
            lines.append(_Line([word], word.x0, word.top, word.x1, word.bottom))
    return lines


def _level(line: _Line, word: Word) -> bool:
    shared = min(line.bottom, word.bottom) - max(line.top, word.top)
    return shared >= 0.6 * min(line.height, word.bottom - word.top)


def _stacked(lines: Sequence[_Line]) -> list[_Tile]:
    """Lines that begin or are centred alike, each close below the one before."""
    tiles: list[_Tile] = []
    for line in sorted(lines, key=lambda n: n.top):
        fits = [tile for tile in tiles if _goes_on(tile[-1], line)]
        if fits:
            min(fits, key=lambda tile: abs(tile[-1].x0 - line.x0)).append(line)
        else:
            tiles.append([line])
    return tiles


def _goes_on(above: _Line, line: _Line) -> bool:
    gap = line.top - above.bottom
    alike = abs(above.x0 - line.x0) <= _ASIDE or abs((above.x0 + above.x1) - (line.x0 + line.x1)) <= 2 * _ASIDE
    return alike and -0.4 * line.height <= gap <= _LEADING * max(line.height, above.height)


def _is_tile(tile: _Tile, width: float) -> bool:
    """Whether a number stands in it larger than the words, and the whole is narrow and short."""
    if not 2 <= len(tile) <= _MOST_LINES or max(n.x1 for n in tile) - min(n.x0 for n in tile) > _WIDEST * width:
        return False
    small = min(line.height for line in tile)
    large = [line for line in tile if line.height >= _LARGER * small]
    words = sum(len(line.words) for line in tile if line.height < _LARGER * small)
    return any(line.has_number for line in large) and words > 1 and len(large) <= len(tile) / 2


def _side_by_side(tiles: Sequence[_Tile]) -> list[list[_Tile]]:
    rows: list[list[_Tile]] = []
    for tile in sorted(tiles, key=lambda t: t[0].top):
        row = next((row for row in rows if all(_beside(tile, other) for other in row)), None)
        if row is None:
            rows.append([tile])
        else:
            row.append(tile)
    return [sorted(row, key=lambda t: t[0].x0) for row in rows]


def _beside(one: _Tile, other: _Tile) -> bool:
    shared = min(one[-1].bottom, other[-1].bottom) - max(one[0].top, other[0].top)
    shorter = min(one[-1].bottom - one[0].top, other[-1].bottom - other[0].top)
    left, right = (one, other) if one[0].x0 < other[0].x0 else (other, one)
    return shared >= 0.5 * shorter and max(n.x1 for n in left) <= min(n.x0 for n in right) + 1


def _grid(row: Sequence[_Tile]) -> Grid:
    sides = [(min(n.x0 for n in tile), max(n.x1 for n in tile)) for tile in row]
    xs = [sides[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(sides)), sides[-1][1]]
    ys = [min(tile[0].top for tile in row), max(n.bottom for tile in row for n in tile)]
    regions = [Region(0, c, words=[w for line in tile for w in line.words]) for c, tile in enumerate(row)]
    return Grid(xs, ys, regions)
