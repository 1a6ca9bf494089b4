"""Frames side by side that each hold a few lines: the tiles of a dashboard. A row of them is a row of a table.

Their lines stand at the same heights, so that without the frames the words of one would be read on into the next. A frame is a
box that is drawn or painted; one that holds frames side by side is what they stand on, and one inside a tile is part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.pdf_characters import Word
from ingest.pdf_ruled_tables import PageWords
from ingest.pdf_table_grids import Grid, Region
from schema.evidence import Box

_LEAST_WIDTH: Final = 50.0
_LEAST_HEIGHT: Final = 24.0
_MOST_WORDS: Final = 70  # of a tile; more are a text
_TOUCHING: Final = 4.0  # points between a tile's title bar and what it is the title of
_BESIDE: Final = 0.6  # of the lower frame's height: how much two frames in one row share
_LABELLED = re.compile(r"[A-Za-z)]\s*:\s*[£<>~]?\s?\d")
_MOST_FRAMES: Final = 200  # more are a drawing


def framed_rows(boxes: Sequence[Box], words: PageWords, width: float) -> list[Grid]:
    """The rows of tiles among the boxes of a page `width` points wide, their words taken."""
    tiles = _merged(_outermost(_tiles(boxes, words, width)), words)
    found = []
    for row in _rows(tiles):
        inside = [words.within(box) for box in row]
        if _are_tiles(inside):
            found.append(_grid(row, inside))
            for own in inside:
                words.take(own)
    return found


def _tiles(boxes: Sequence[Box], words: PageWords, width: float) -> list[Box]:
    """The boxes of a tile's size that hold some words, each once."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[3] - b[1]) * (b[2] - b[0])):
        large = box[2] - box[0] >= _LEAST_WIDTH and box[3] - box[1] >= _LEAST_HEIGHT / 2
        if not large or box[2] - box[0] > 0.98 * width or any(_same(box, other) for other in found):
            continue
        if 1 <= len(words.within(box)) <= 6 * _MOST_WORDS:
            found.append(box)
    return found if len(found) <= _MOST_FRAMES else []


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _TOUCHING for a, b in zip(one, other, strict=True))


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """The boxes without those that others of them stand on side by side, and without those inside a tile."""
    tiles = [box for box in boxes if not _is_ground([other for other in boxes if _holds(box, other)])]
    return [box for box in tiles if not any(_holds(other, box) for other in tiles)]


def _holds(outer: Box, inner: Box) -> bool:
    within = outer[0] - 2 <= inner[0] and outer[1] - 2 <= inner[1] and inner[2] <= outer[2] + 2
    return within and inner[3] <= outer[3] + 2 and not _same(outer, inner)


def _is_ground(inside: Sequence[Box]) -> bool:
    return any(_beside(a, b) for i, a in enumerate(inside) for b in inside[i + 1 :])


def _beside(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    apart = one[2] <= other[0] + 2 or other[2] <= one[0] + 2
    return apart and shared >= _BESIDE * min(one[3] - one[1], other[3] - other[1])


def _merged(boxes: Sequence[Box], words: PageWords) -> list[Box]:
    """The boxes, a bar of words without a number joined to the box of the same width that it stands on."""
    found = sorted(boxes, key=lambda box: (box[1], box[0]))
    for bar in list(found):
        below = next((b for b in found if b is not bar and _stands_on(bar, b)), None)
        if below and bar in found and not _has_number(words.within(bar)):
            found[found.index(below)] = (min(bar[0], below[0]), bar[1], max(bar[2], below[2]), below[3])
            found.remove(bar)
    return [box for box in found if box[3] - box[1] >= _LEAST_HEIGHT]


def _stands_on(bar: Box, box: Box) -> bool:
    same_sides = abs(bar[0] - box[0]) <= _TOUCHING and abs(bar[2] - box[2]) <= _TOUCHING
    return same_sides and abs(bar[3] - box[1]) <= _TOUCHING


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes side by side, the rows from the top and each from the left."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        row = next((row for row in rows if all(_beside(box, other) for other in row)), None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    return [sorted(row) for row in rows]


def _are_tiles(inside: Sequence[Sequence[Word]]) -> bool:
    """Whether several boxes with few words each hold numbers; a box alone must say what each of its numbers is."""
    if not inside or any(len(own) > _MOST_WORDS for own in inside):
        return False
    if len(inside) == 1:
        return len(_LABELLED.findall(" ".join(word.text for word in inside[0]))) > 1
    numbers = sum(_has_number(own) for own in inside)
    return numbers > 1 and 2 * numbers >= len(inside) and sum(map(len, inside)) > 2 * len(inside)


def _has_number(words: Sequence[Word]) -> bool:
    return any(re.search(r"\d", word.text) for word in words)


def _grid(row: Sequence[Box], inside: Sequence[Sequence[Word]]) -> Grid:
    xs = [row[0][0], *((a[2] + b[0]) / 2 for a, b in pairwise(row)), row[-1][2]]
    ys = [min(box[1] for box in row), max(box[3] for box in row)]
    return Grid(xs, ys, [Region(0, column, words=list(own)) for column, own in enumerate(inside)])
