"""Words of a PDF page that no reader sees: drawn in the colour that lies under them, or not drawn at all.

Templates carry them (lookup keys in white, labels of a form), and they are no part of what the paper says. The text layer of
a scan is not drawn either, but there a picture shows the same words. So what tells is the page as it is drawn: a word is
hidden where its ink is that of the ground by what is known of both, and nothing shows in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from ingest.pdf_characters import NOT_DRAWN, Colour, PageObjects, Word
from ingest.pdf_shapes import Rect

_ALIKE: Final = 10  # of 255: colours no further apart in any channel look the same
_SCALE: Final = 1.5  # pixels a point
_WHITE: Final[Colour] = (255, 255, 255)


def without_hidden_words(read: PageObjects, page: pdfium.PdfPage) -> PageObjects:
    """A page as read, without the words that cannot be seen on it. The caller holds PDFIUM_LOCK."""
    if not read.inks or read.turned or _is_text_of_scan(read):
        return read
    lost = [i for i, ink in read.inks.items() if ink == NOT_DRAWN or _is_ground(ink, read.words[i], read.rects)]
    if not lost:
        return read
    bitmap = page.render(scale=_SCALE, grayscale=True)
    try:
        hidden = frozenset(i for i in lost if _is_blank(bitmap, read.words[i]))
    finally:
        bitmap.close()
    seen = [i for i in range(len(read.words)) if i not in hidden]
    return replace(
        read,
        words=[read.words[i] for i in seen],
        letters=[read.letters[i] for i in seen],
        bold=[read.bold[i] for i in seen],
        inks={},
        hidden=len(hidden),
    )


def _is_text_of_scan(read: PageObjects) -> bool:
    """Whether no word of a page is drawn and a picture is: their words are the same."""
    return read.pictures > 0 and len(read.inks) == len(read.words) and set(read.inks.values()) == {NOT_DRAWN}


def _is_ground(ink: Colour, word: Word, rects: Sequence[Rect]) -> bool:
    """Whether a word's ink is the colour of the rectangle under it; without one the page is white."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for rect in reversed(rects):
        if rect.fill and rect.x0 <= x <= rect.x1 and rect.top <= y <= rect.bottom:
            return _alike(ink, (int(rect.fill[1:3], 16), int(rect.fill[3:5], 16), int(rect.fill[5:7], 16)))
    return _alike(ink, _WHITE)


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _is_blank(bitmap: Any, word: Word) -> bool:
    """Whether one shade fills a word's place, but for its edges, where a rule beside it may run."""
    height, width = word.bottom - word.top, word.x1 - word.x0
    box = (word.x0 + 0.05 * width, word.top + 0.25 * height, word.x1 - 0.05 * width, word.bottom - 0.2 * height)
    x0, top, x1, bottom = (max(0, round(side * _SCALE)) for side in box)
    x1, bottom = min(bitmap.width, x1), min(bitmap.height, bottom)
    if x1 <= x0 or bottom <= top:
        return False
    rows = [bytes(bitmap.buffer[y * bitmap.stride + x0 : y * bitmap.stride + x1]) for y in range(top, bottom)]
    return max(map(max, rows)) - min(map(min, rows)) <= _ALIKE
