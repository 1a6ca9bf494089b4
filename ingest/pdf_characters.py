"""What stands on the pages of a PDF, as pdfium sees it: characters with their boxes, ruled lines and filled rectangles.

Coordinates are points from the top left of the page as a person sees it: its /Rotate is applied, its crop box is the page.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.pdf_shapes import Rect, Rule, Shapes
from ingest.pdf_view import View
from ingest.pdfium_calls import (
    address_of,
    code_of,
    fill_colour,
    font_size,
    font_weight,
    is_generated,
    loose_box,
    matrix_of,
    origin,
    render_mode,
    text_object,
)
from schema.evidence import Box

Colour = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""
NOT_DRAWN: Final[Colour] = (-1, -1, -1)
"""The ink of a word that is in the file and not on the page, as over a scan."""

PDFIUM_LOCK: Final = threading.RLock()
"""Held around everything that pdfium does: it crashes where two threads are in it at once."""


class Word(NamedTuple):
    """Characters `start` to `end` (exclusive) of the page, which stand together. `upright` is False for turned text."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    start: int
    end: int
    upright: bool

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)


class Letters(NamedTuple):
    """The characters of a word one by one, each with its box; `size` is the box's height (its width in turned text).

    A ligature is one entry of `text` with several letters.
    """

    text: list[str]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    size: list[float]


@dataclass(frozen=True)
class PageObjects:
    """A page's words in the file's order, its strokes and rectangles.

    `letters` says of each word where its characters stand; None of a word of letters in one size, which is spread evenly
    over its box. Boxes are pdfium's loose ones: as high as the font, as wide as the character's advance. `bold` says of
    each word whether it begins in a bold font. `lines` and `rects` are in the order in which they are painted. `pictures`
    counts the images. A page whose text is all turned is given as if the reader had turned it by `turned` quarters clockwise,
    a scan as if it had then been turned level, whose lines fell to the right by `skew` degrees. `sure` says of each word of
    a scan how sure its reading is, 0 to 1; it is empty where nothing had to be recognised.
    `inks` are the colours of the words that are not black, by their place in `words`. `hidden` counts the words that were
    left out because no reader sees them.
    """

    number: int
    width: float
    height: float
    words: Sequence[Word] = ()
    letters: Sequence[Letters | None] = ()
    bold: Sequence[bool] = ()
    lines: Sequence[Rule] = ()
    rects: Sequence[Rect] = ()
    pictures: int = 0
    turned: int = 0
    inks: Mapping[int, Colour] = field(default_factory=dict)
    hidden: int = 0
    skew: float = 0.0
    sure: Sequence[float] = ()


def no_objects(number: int) -> PageObjects:
    """A page of which nothing can be known."""
    return PageObjects(number, 0.0, 0.0)


_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
# What Wingdings and Symbol draw, whose characters a PDF gives no letters to: bullets, ticks, arrows.
_SYMBOLS = {
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF06E, 0xF076, 0xF0D8, 0xF071, 0xF0A8, 0xF077, 0xF0BE), "•"),
    0xF02D: "–",
    0xF0FC: "✓",
    0xF0FB: "✗",
    **dict.fromkeys((0xF0AC, 0xF0DF, 0xF0E7), "←"),
    **dict.fromkeys((0xF0AD, 0xF0E1, 0xF0E9), "↑"),
    **dict.fromkeys((0xF0AE, 0xF0E0, 0xF0E8), "→"),
    **dict.fromkeys((0xF0AF, 0xF0E2, 0xF0EA), "↓"),
}
_LETTERS = _LIGATURES | _SYMBOLS
_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))  # how pdfium gives a hyphen at a line's end, and a soft hyphen that is drawn
_SPACES = frozenset((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
_UNSEEN = frozenset((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_GAP = 0.15  # of the font's height: what parts words where no space is written
_LOW = 0.95  # of the font's size: a box that is lower is not as high as its font
_ASCENT, _DESCENT = 0.9, 0.22  # of the font's size, where the font does not say
_BOLD_WEIGHT = 600
_UNDRAWN = frozenset((3, 7))  # text rendering modes: neither filled nor stroked
_MOSTLY = 0.7  # of a page's characters that are turned alike: the page is


def read_page(page: pdfium.PdfPage, number: int) -> PageObjects:
    """What stands on a page. The caller holds PDFIUM_LOCK and closes the page."""
    left, bottom, right, top = page.get_bbox()
    own_turns = raw.FPDFPage_GetRotation(page.raw) % 4
    view = View(left, bottom, right, top, own_turns)
    text_page = page.get_textpage()
    try:
        characters = _Characters(view, text_page.raw)
        characters.read()
        if turn := characters.usual_turn():
            view = replace(view, turns=(own_turns - turn) % 4)
            characters = _Characters(view, text_page.raw)
            characters.read()
    finally:
        text_page.close()
    shapes = Shapes(view)
    shapes.read_page(page.raw)
    width, height = view.size
    return PageObjects(
        number=number,
        width=width,
        height=height,
        words=characters.words,
        letters=characters.letters,
        bold=characters.bold,
        lines=shapes.lines,
        rects=shapes.rects,
        pictures=shapes.pictures,
        turned=(view.turns - own_turns) % 4,
        inks=characters.inks,
    )


_TOKEN = re.compile(
    r"(?P<plain>[A-Za-z][A-Za-z’'\-–]*[.,;:]?)(?![^\s\x00\x01\x03-\x08\x0e-\x1b])|[^\s\x00\x01\x03-\x08\x0e-\x1b]+"
)


def _whole_text(text_page: Any, count: int) -> str:
    """The page's characters in one call; of another number than `count` where some are not given as one."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = raw.FPDFText_GetText(text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    return buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")


_FOUR: Final = struct.Struct("4f")


class _Characters:
    """The words of a page and their characters, as they come from pdfium. A word in the making is either `_even`, a token
    of letters with its box, or the characters in `_letters`."""

    def __init__(self, view: View, text_page: Any) -> None:
        self.view = view
        self._text_page = text_page
        self._at = address_of(text_page)
        self._width, self._height = view.size
        self.words: list[Word] = []
        self.letters: list[Letters | None] = []
        self.bold: list[bool] = []
        self.inks: dict[int, Colour] = {}
        self.turns: Counter[int] = Counter()  # characters by how their words are turned
        self._count = 0  # characters of the words before
        self._fresh = True  # no word is being read
        self._even: tuple[str, float, float, float, float] | None = None
        self._letters = Letters([], [], [], [], [], [])
        self._last: Box = (0.0, 0.0, 0.0, 0.0)  # of the last character
        self._last_size = 0.0
        self._word_bold = False
        self._word_turn = 0
        self._turn = 0  # quarter turns of the text that is being read, as it appears
        self._em = 0.0  # the size of its font
        self._band = (0.0, 0.0)  # top and bottom of the last plain word, whose size, turn and weight are known
        self._band_bold = False
        self._band_ink: Colour | None = None
        self._channels = tuple(ctypes.c_uint() for _ in range(4))
        self._matrix = raw.FS_MATRIX()
        self._rectangle = raw.FS_RECTF()
        self._point = (ctypes.c_double(), ctypes.c_double())
        self._to_channels = tuple(map(address_of, self._channels))
        self._to_matrix = address_of(self._matrix)
        self._to_rectangle = address_of(self._rectangle)
        self._to_point = tuple(map(address_of, self._point))

    def read(self) -> None:
        """Takes the words over. Where each letter of a plain word stands is not asked for: that costs most."""
        count = raw.FPDFText_CountChars(self._text_page)
        text = _whole_text(self._text_page, count)
        if len(text) != count or self.view.turns:
            self._read_range(0, count)
        else:
            self._read_tokens(text)
        self._end_word()

    def _read_tokens(self, text: str) -> None:
        """Takes over what stands between white space.

        Most words stand some way to the right of another like them: in its band, black and not bold. They are dealt with
        right here and in one piece, for half a million of them are in a pack. `_read_token` does the same for all others.
        """
        at, to_rectangle, corners = self._at, self._to_rectangle, memoryview(self._rectangle).cast("B")
        from_left, from_top, twice_width = self.view.left, self.view.top, 2 * self._width
        words, letters, bold = self.words, self.letters, self.bold
        in_even_words = before = 0
        usual: tuple[float, float] | None = None  # the band of the word before, where it is black and not bold
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            gap_from, before = before, end
            if usual and token.lastgroup and loose_box(at, start, to_rectangle):
                left, upper, right, lower = _FOUR.unpack(corners)
                length = end - start
                if length > 1 and loose_box(at, end - 1, to_rectangle):
                    _, last_upper, right, last_lower = _FOUR.unpack(corners)
                    if last_upper != upper or last_lower != lower:
                        right = left
                x0, x1, top, bottom = left - from_left, right - from_left, from_top - upper, from_top - lower
                width, height = x1 - x0, bottom - top
                if (
                    (top, bottom) == usual
                    and _GAP * height < x0 - self._last[2] < 2 * height
                    and 0 < width < 1.3 * height * length
                    and 0 <= x0 + x1 <= twice_width
                ):
                    if (even := self._even) is not None:
                        first = self._count
                        self._count = after = first + len(even[0])
                        in_even_words += after - first
                        words.append(Word(*even, first, after, True))
                        letters.append(None)
                        bold.append(self._word_bold)
                    else:
                        self._end_word()
                    self._fresh = self._word_bold = False
                    self._word_turn = 0
                    self._even = (token[0], x0, top, x1, bottom)
                    self._last, self._last_size = (x1 - width / length, top, x1, bottom), height
                    continue
            blank = gap_from if start - gap_from == 1 and text[gap_from] == " " else -1
            self._read_token(token, blank)
            usual = None if self._band_bold or self._band_ink or not self._band[1] else self._band
        self.turns[0] += in_even_words

    def _read_token(self, token: re.Match[str], blank: int) -> None:
        """`blank` is the place of the one space before it, which pdfium may have supplied; negative where it is no such."""
        start, end = token.span()
        if blank < 0:
            self._end_word()
        if token.lastgroup is None or not self._read_plain(token[0], start, blank):
            if blank >= 0 and not is_generated(self._at, blank):
                self._end_word()
            self._read_range(start, end)

    def _read_plain(self, token: str, start: int, blank: int) -> bool:
        """Takes over a word of letters that stands on one line, by its first and last character; False where it does not.

        A word some way to the right of another like it needs least asking.
        """
        rectangle, view, count = self._rectangle, self.view, len(token)
        if not loose_box(self._at, start, self._to_rectangle):
            return False
        left, upper, lower, right = rectangle.left, rectangle.top, rectangle.bottom, rectangle.right
        if count > 1:
            if not loose_box(self._at, start + count - 1, self._to_rectangle):
                return False
            if rectangle.top != upper or rectangle.bottom != lower:
                return False
            right = rectangle.right
        x0, x1, top, bottom = left - view.left, right - view.left, view.top - upper, view.top - lower
        height, width, gap = bottom - top, x1 - x0, x0 - self._last[2]
        if not 0 < width < 1.3 * height * count or not self._on_page((x0, top, x1, bottom)):
            return False
        known = (top, bottom) == self._band and -height < gap < 2 * height
        if not (known and _GAP * height < gap):
            if not known:
                self._measure(start)
                self._band = (top, bottom)
            if self._turn or height < _LOW * self._em:
                self._band = (0.0, 0.0)
                return False
            if not self._fresh and self._is_parted((x0, top, x0 + width / count, bottom), blank):
                self._end_word()
        elif not self._fresh:
            self._end_word()
        if not known or self._band_bold:
            self._band_bold = font_weight(self._at, start) >= _BOLD_WEIGHT
        if not known or self._band_ink:
            self._band_ink = self._ink(start)
        if self._fresh:
            self._fresh = False
            if self._band_ink:
                self.inks[len(self.words)] = self._band_ink
            self._word_turn = 0
            self._word_bold = self._band_bold
            self._even = (token, x0, top, x1, bottom)
        else:
            self._spell_out()
            self._add_evenly(token, x0, top, x1, bottom)
        self._last, self._last_size = (x1 - width / count, top, x1, bottom), height
        return True

    def _is_parted(self, box: Box, blank: int) -> bool:
        """Whether the word before ends where a character follows: by their places, or by a space that is written."""
        return self._stands_apart(box) or (blank >= 0 and not is_generated(self._at, blank))

    def _add_evenly(self, word: str, x0: float, top: float, x1: float, bottom: float) -> None:
        step = (x1 - x0) / len(word)
        for k, letter in enumerate(word):
            self._add(letter, (x0 + k * step, top, x0 + (k + 1) * step, bottom), bottom - top)

    def _spell_out(self) -> None:
        """Makes an even word in the making one of characters, as more are to follow."""
        if self._even is None:
            return
        even, self._even = self._even, None
        self._add_evenly(*even)

    def _box(self, i: int) -> Box | None:
        rectangle = self._rectangle
        if not loose_box(self._at, i, self._to_rectangle):
            return None
        return self.view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def _read_range(self, start: int, end: int) -> None:
        """Takes over characters one by one."""
        for i in range(start, end):
            code = code_of(self._at, i)
            if (code <= 0x20 and code != 0x02) or code in _SPACES:
                if not self._fresh and not self._is_supplied(i):
                    self._end_word()
                continue
            box = None if code in _UNSEEN else self._box(i)
            if box is not None and box[2] > box[0] and self._on_page(box):
                self._read_character(i, code, box)

    def _read_character(self, i: int, code: int, box: Box) -> None:
        if self._fresh:
            self._measure(i)
            self._band = (0.0, 0.0)
        if self._turn == 0 and box[3] - box[1] < _LOW * self._em:
            box = self._full_height(i, box)
        if not self._fresh and self._stands_apart(box):
            self._end_word()
            self._measure(i)
        if self._fresh:
            self._begin_word(i)
        self._spell_out()
        size = box[2] - box[0] if self._turn % 2 else box[3] - box[1]
        self._add("-" if code in _HYPHENS else _LETTERS.get(code) or chr(code), box, size)

    def usual_turn(self) -> int:
        """By how many quarters most of the page's characters are turned clockwise."""
        if not self.turns:
            return 0
        turn, count = self.turns.most_common(1)[0]
        return turn if count > _MOSTLY * self.turns.total() else 0

    def _is_supplied(self, i: int) -> bool:
        """A space that pdfium set itself: wrong on turned pages, and elsewhere no better than the gap."""
        return bool(is_generated(self._at, i) == 1 and code_of(self._at, i) == 0x20)

    def _on_page(self, box: Box) -> bool:
        return 0 <= box[0] + box[2] <= 2 * self._width and 0 <= box[1] + box[3] <= 2 * self._height

    def _stands_apart(self, box: Box) -> bool:
        """Whether a character is no neighbour of the one before it: a gap, another line, a step back."""
        x0, top, x1, bottom = self._last
        height = self._last_size
        if self._turn == 0:
            gap, across = box[0] - x1, min(bottom, box[3]) - max(top, box[1])
            size = min(height, box[3] - box[1])
        elif self._turn == 2:
            gap, across = x0 - box[2], min(bottom, box[3]) - max(top, box[1])
            size = min(height, box[3] - box[1])
        else:
            gap = box[1] - bottom if self._turn == 1 else top - box[3]
            across = min(x1, box[2]) - max(x0, box[0])
            size = min(height, box[2] - box[0])
        return gap > _GAP * size or gap < -size or across < 0.3 * size

    def _begin_word(self, i: int) -> None:
        self._fresh = False
        self._word_turn = self._turn
        self._word_bold = font_weight(self._at, i) >= _BOLD_WEIGHT
        if ink := self._ink(i):
            self.inks[len(self.words)] = ink

    def _ink(self, i: int) -> Colour | None:
        """The colour of a character; None of a black one."""
        red, green, blue, alpha = self._channels
        fill_colour(self._at, i, *self._to_channels)
        if not alpha.value or render_mode(text_object(self._at, i)) in _UNDRAWN:
            return NOT_DRAWN
        return (red.value, green.value, blue.value) if red.value or green.value or blue.value else None

    def _measure(self, i: int) -> None:
        """How large a character's font is, and which way it is turned."""
        matrix = self._matrix
        matrix_of(self._at, i, self._to_matrix)
        self._em = font_size(self._at, i) * math.hypot(matrix.c, matrix.d)
        quarters = round(-math.atan2(matrix.b, matrix.a) / (math.pi / 2))  # the matrix turns against the clock
        self._turn = (quarters + self.view.turns) % 4

    def _full_height(self, i: int, box: Box) -> Box:
        """The box of a character as high as its font, where pdfium does not know the font's height or the character is a
        raised mark: from the line it stands on."""
        usual = self._em
        self._measure(i)
        em, self._em = self._em, usual
        x, y = self._point
        origin(self._at, i, *self._to_point)
        _, base = self.view.point(x.value, y.value)
        return box[0], base - _ASCENT * em, box[2], base + _DESCENT * em

    def _add(self, letters: str, box: Box, size: float) -> None:
        own = self._letters
        own.text.append(letters)
        own.x0.append(box[0])
        own.top.append(box[1])
        own.x1.append(box[2])
        own.bottom.append(box[3])
        own.size.append(size)
        self._last, self._last_size = box, size

    def _end_word(self) -> None:
        if self._fresh:
            return
        self._fresh = True
        start = self._count
        if self._even is not None:
            word, x0, top, x1, bottom = self._even
            self._even = None
            self._count = end = start + len(word)
            self.words.append(Word(word, x0, top, x1, bottom, start, end, True))
            self.letters.append(None)
        elif self._letters.text:
            own, self._letters = self._letters, Letters([], [], [], [], [], [])
            self._count = end = start + len(own.text)
            box = (min(own.x0), min(own.top), max(own.x1), max(own.bottom))
            self.words.append(Word("".join(own.text), *box, start, end, self._word_turn == 0))
            self.letters.append(own)
        else:
            return
        self.bold.append(self._word_bold)
        self.turns[self._word_turn] += end - start
