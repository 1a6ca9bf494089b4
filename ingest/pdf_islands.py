"""Pages of captions: short texts standing apart, many beside each other, as on an infographic. Each is a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from ingest.pdf_characters import PageObjects, Word
from ingest.pdf_lines import ISLANDS, PrintedLine, lines_within
from ingest.pdf_table_cells import text_lines
from schema.evidence import Box

_WORD_GAP: Final = 0.8  # of the line's height: a wider gap parts two captions
_LINE_GAP: Final = 0.6  # of the line's height, between lines of one caption
_SIZES: Final = 1.7  # times: a caption's value is set larger than its words
_OVER: Final = 0.5  # of the narrower line: by as much a caption's lines stand over each other
_FEWEST: Final = 6  # captions that make such a page
_SHARE: Final = 0.6  # of its words that stand in captions, and of its captions that have others beside them
_BESIDE: Final = 2
_WIDEST: Final = 0.25  # of the page's width: the usual caption
_SAME_EDGE: Final = 3.0  # points
_IN_COLUMN: Final = 3  # captions that begin at one place, one below the other: cells of a table do
_MOST_RULES: Final = 8


@dataclass
class _Island:
    """Words that stand together, line by line."""

    lines: list[list[Word]]
    box: Box

    @property
    def height(self) -> float:
        """Of its last line."""
        return self.lines[-1][0].bottom - self.lines[-1][0].top

    @property
    def is_caption(self) -> bool:
        return len(self.lines) > 1 and sum(map(len, self.lines)) > 3


def caption_lines(page: PageObjects) -> list[PrintedLine] | None:
    """The lines of a page of captions, caption by caption; None for any other page."""
    if len(page.lines) > _MOST_RULES:
        return None
    islands = _islands([word for word in page.words if word.upright])
    captions = [island for island in islands if island.is_caption]
    if len(captions) < _FEWEST or not _are_scattered(captions, page):
        return None
    places = {word.start: i for i, word in enumerate(page.words)}
    lines: list[PrintedLine] = []
    for number, island in enumerate(_in_order(islands)):
        words = [places[word.start] for line in island.lines for word in line]
        column = ISLANDS + number if len(island.lines) > 1 else number
        lines += [
            replace(line, column=column, left=island.box[0], right=island.box[2]) for line in lines_within(page, words)
        ]
    return lines


def _islands(words: Sequence[Word]) -> list[_Island]:
    islands: list[_Island] = []
    for line in text_lines(words):
        for part in _parted(line.words):
            box = (part[0].x0, min(w.top for w in part), part[-1].x1, max(w.bottom for w in part))
            above = [island for island in islands if _goes_on(island, part, box)]
            if above:
                island = min(above, key=lambda one: abs(one.lines[-1][0].x0 - box[0]))
                island.lines.append(part)
                island.box = _around(island.box, box)
            else:
                islands.append(_Island([part], box))
    return islands


def _parted(words: Sequence[Word]) -> list[list[Word]]:
    """The words of a line, parted where the gap is wider than between words."""
    parts = [[words[0]]]
    for word in words[1:]:
        last = parts[-1][-1]
        if word.x0 - last.x1 > _WORD_GAP * min(last.bottom - last.top, word.bottom - word.top):
            parts.append([])
        parts[-1].append(word)
    return parts


def _goes_on(island: _Island, part: Sequence[Word], box: Box) -> bool:
    last = island.lines[-1]
    height = part[0].bottom - part[0].top
    gap = box[1] - max(word.bottom for word in last)
    if (
        not -0.5 * height < gap < _LINE_GAP * max(height, island.height)
        or not 1 / _SIZES < height / island.height < _SIZES
    ):
        return False
    shared = min(last[-1].x1, box[2]) - max(last[0].x0, box[0])
    return shared > _OVER * min(last[-1].x1 - last[0].x0, box[2] - box[0])


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _are_scattered(captions: Sequence[_Island], page: PageObjects) -> bool:
    """Whether the captions are most of the page, narrow, beside each other, and not in the columns of a table."""
    letters = sum(len(word.text) for island in captions for line in island.lines for word in line)
    if (
        letters < _SHARE * sum(len(word.text) for word in page.words)
        or median(c.box[2] - c.box[0] for c in captions) > _WIDEST * page.width
    ):
        return False
    beside = sum(sum(_stand_beside(one, other) for other in captions) >= _BESIDE for one in captions)
    in_columns = sum(sum(_begin_alike(one, other) for other in captions) >= _IN_COLUMN - 1 for one in captions)
    return beside >= _SHARE * len(captions) and 2 * in_columns < len(captions)


def _stand_beside(one: _Island, other: _Island) -> bool:
    apart = one.box[2] <= other.box[0] or other.box[2] <= one.box[0]
    return apart and min(one.box[3], other.box[3]) > max(one.box[1], other.box[1])


def _begin_alike(one: _Island, other: _Island) -> bool:
    return one is not other and abs(one.box[0] - other.box[0]) <= _SAME_EDGE


def _in_order(islands: Sequence[_Island]) -> list[_Island]:
    """From the top, those that begin at nearly one height from the left."""
    bands: list[list[_Island]] = []
    for island in sorted(islands, key=lambda one: one.box[1]):
        if bands and island.box[1] - bands[-1][0].box[1] < 1.5 * island.height:
            bands[-1].append(island)
        else:
            bands.append([island])
    return [island for band in bands for island in sorted(band, key=lambda one: one.box[0])]
