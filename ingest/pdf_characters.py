"""What stands on the pages of a PDF, as pdfium sees it: characters with their boxes, ruled lines and filled rectangles.

Coordinates are points from the top left of the page as a person sees it: its /Rotate is applied, its crop box is the page.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from schema.evidence import Box

Colour = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""
NOT_DRAWN: Final[Colour] = (-1, -1, -1)
"""The ink of a word that is in the file and not on the page, as over a scan."""

PDFIUM_LOCK: Final = threading.RLock()
"""Held around everything that pdfium does: it crashes where two threads are in it at once."""


class Rule(NamedTuple):
    """A straight stroke, level or upright within half a point; `x0 <= x1` and `top <= bottom`."""

    x0: float
    top: float
    x1: float
    bottom: float
    width: float


class Rect(NamedTuple):
    """A rectangle with its sides along the page's. `fill` is `#rrggbb`, None where it is not filled; `stroked` says that
    its outline is drawn."""

    x0: float
    top: float
    x1: float
    bottom: float
    fill: str | None
    stroked: bool


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
_SLACK = 0.5  # points by which a rule may be out of true
_BOLD_WEIGHT = 600
_UNDRAWN = frozenset((3, 7))  # text rendering modes: neither filled nor stroked
_MOSTLY = 0.7  # of a page's characters that are turned alike: the page is


@dataclass(frozen=True)
class _View:
    """From the coordinates of a PDF's page, which run upwards and know nothing of /Rotate, to those of `PageObjects`."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int  # quarter turns clockwise

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        (xa, ya), (xb, yb) = self.point(left, bottom), self.point(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def read_page(page: pdfium.PdfPage, number: int) -> PageObjects:
    """What stands on a page. The caller holds PDFIUM_LOCK and closes the page."""
    left, bottom, right, top = page.get_bbox()
    own_turns = raw.FPDFPage_GetRotation(page.raw) % 4
    view = _View(left, bottom, right, top, own_turns)
    text_page = page.get_textpage()
    try:
        characters = _Characters(view)
        characters.read(text_page.raw)
        if turn := characters.usual_turn():
            view = replace(view, turns=(own_turns - turn) % 4)
            characters = _Characters(view)
            characters.read(text_page.raw)
    finally:
        text_page.close()
    shapes = _Shapes(view)
    shapes.read(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _IDENTITY)
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


class _Characters:
    """The words of a page and their characters, as they come from pdfium. A word in the making is either `_even`, a token
    of letters with its box, or the characters in `_letters`."""

    def __init__(self, view: _View) -> None:
        self.view = view
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
        self._channels = tuple(ctypes.c_uint() for _ in range(4))
        self._word_bold = False
        self._word_turn = 0
        self._turn = 0  # quarter turns of the text that is being read, as it appears
        self._em = 0.0  # the size of its font
        self._band = (0.0, 0.0)  # top and bottom of the last plain word, whose size, turn and weight are known
        self._band_bold = False
        self._band_ink: Colour | None = None
        self._matrix = raw.FS_MATRIX()
        self._rectangle = raw.FS_RECTF()

    def read(self, text_page: Any) -> None:
        """Takes the words over. Where each letter of a plain word stands is not asked for: that costs most."""
        count = raw.FPDFText_CountChars(text_page)
        text = _whole_text(text_page, count)
        if len(text) != count or self.view.turns:
            self._read_range(text_page, 0, count)
            self._end_word()
            return
        before = 0
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            blank = before if start - before == 1 and text[before] == " " else -1
            if blank < 0:
                self._end_word()
            before = end
            if token.lastgroup is None or not self._read_plain(text_page, token[0], start, blank):
                if blank >= 0 and not raw.FPDFText_IsGenerated(text_page, blank):
                    self._end_word()
                self._read_range(text_page, start, end)
        self._end_word()

    def _read_plain(self, text_page: Any, token: str, start: int, blank: int) -> bool:
        """Takes over a word of letters that stands on one line, by its first and last character; False where it does not.

        `blank` is the place of the one space before it, which pdfium may have supplied; negative where it is no such.
        Most of a page is read here, so the usual case comes first: a word some way to the right of another like it.
        """
        rectangle, view, count = self._rectangle, self.view, len(token)
        get_box = raw.FPDFText_GetLooseCharBox
        if not get_box(text_page, start, rectangle):
            return False
        left, upper, lower, right = rectangle.left, rectangle.top, rectangle.bottom, rectangle.right
        if count > 1:
            if not get_box(text_page, start + count - 1, rectangle):
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
                self._measure(text_page, start)
                self._band = (top, bottom)
            if self._turn or height < _LOW * self._em:
                self._band = (0.0, 0.0)
                return False
            if not self._fresh and self._is_parted(text_page, (x0, top, x0 + width / count, bottom), blank):
                self._end_word()
        elif not self._fresh:
            self._end_word()
        if not known or self._band_bold:
            self._band_bold = raw.FPDFText_GetFontWeight(text_page, start) >= _BOLD_WEIGHT
        if not known or self._band_ink:
            self._band_ink = self._ink(text_page, start)
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

    def _is_parted(self, text_page: Any, box: Box, blank: int) -> bool:
        """Whether the word before ends where a character follows: by their places, or by a space that is written."""
        return self._stands_apart(box) or (blank >= 0 and not raw.FPDFText_IsGenerated(text_page, blank))

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

    def _box(self, text_page: Any, i: int) -> Box | None:
        rectangle = self._rectangle
        if not raw.FPDFText_GetLooseCharBox(text_page, i, rectangle):
            return None
        return self.view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def _read_range(self, text_page: Any, start: int, end: int) -> None:
        """Takes over characters one by one."""
        for i in range(start, end):
            code = raw.FPDFText_GetUnicode(text_page, i)
            if (code <= 0x20 and code != 0x02) or code in _SPACES:
                if not self._fresh and not self._is_supplied(text_page, i):
                    self._end_word()
                continue
            box = None if code in _UNSEEN else self._box(text_page, i)
            if box is not None and box[2] > box[0] and self._on_page(box):
                self._read_character(text_page, i, code, box)

    def _read_character(self, text_page: Any, i: int, code: int, box: Box) -> None:
        if self._fresh:
            self._measure(text_page, i)
            self._band = (0.0, 0.0)
        if self._turn == 0 and box[3] - box[1] < _LOW * self._em:
            box = self._full_height(text_page, i, box)
        if not self._fresh and self._stands_apart(box):
            self._end_word()
            self._measure(text_page, i)
        if self._fresh:
            self._begin_word(text_page, i)
        self._spell_out()
        size = box[2] - box[0] if self._turn % 2 else box[3] - box[1]
        self._add("-" if code in _HYPHENS else _LETTERS.get(code) or chr(code), box, size)

    def usual_turn(self) -> int:
        """By how many quarters most of the page's characters are turned clockwise."""
        if not self.turns:
            return 0
        turn, count = self.turns.most_common(1)[0]
        return turn if count > _MOSTLY * self.turns.total() else 0

    def _is_supplied(self, text_page: Any, i: int) -> bool:
        """A space that pdfium set itself: wrong on turned pages, and elsewhere no better than the gap."""
        return bool(raw.FPDFText_IsGenerated(text_page, i) == 1 and raw.FPDFText_GetUnicode(text_page, i) == 0x20)

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

    def _begin_word(self, text_page: Any, i: int) -> None:
        self._fresh = False
        self._word_turn = self._turn
        self._word_bold = raw.FPDFText_GetFontWeight(text_page, i) >= _BOLD_WEIGHT
        if ink := self._ink(text_page, i):
            self.inks[len(self.words)] = ink

    def _ink(self, text_page: Any, i: int) -> Colour | None:
        """The colour of a character; None of a black one."""
        red, green, blue, alpha = self._channels
        raw.FPDFText_GetFillColor(text_page, i, red, green, blue, alpha)
        if not alpha.value or raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text_page, i)) in _UNDRAWN:
            return NOT_DRAWN
        return (red.value, green.value, blue.value) if red.value or green.value or blue.value else None

    def _measure(self, text_page: Any, i: int) -> None:
        """How large a character's font is, and which way it is turned."""
        matrix = self._matrix
        raw.FPDFText_GetMatrix(text_page, i, matrix)
        self._em = raw.FPDFText_GetFontSize(text_page, i) * math.hypot(matrix.c, matrix.d)
        quarters = round(-math.atan2(matrix.b, matrix.a) / (math.pi / 2))  # the matrix turns against the clock
        self._turn = (quarters + self.view.turns) % 4

    def _full_height(self, text_page: Any, i: int, box: Box) -> Box:
        """The box of a character as high as its font, where pdfium does not know the font's height or the character is a
        raised mark: from the line it stands on."""
        usual = self._em
        self._measure(text_page, i)
        em, self._em = self._em, usual
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text_page, i, x, y)
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


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Point = tuple[float, float]


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """`inner` applied first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


class _Shapes:
    """The strokes and rectangles of a page, those within form objects included."""

    def __init__(self, view: _View) -> None:
        self.view = view
        self.lines: list[Rule] = []
        self.rects: list[Rect] = []
        self.pictures = 0

    def read(self, holder: Any, count: Any, get: Any, outer: _Matrix, depth: int = 0) -> None:
        """Takes over the path objects of a page or form, which `count` and `get` give."""
        for i in range(count(holder)):
            thing = get(holder, i)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._read_path(thing, _times(_matrix_of(thing), outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                inner = _times(_matrix_of(thing), outer)
                self.read(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)

    def _read_path(self, path: Any, matrix: _Matrix) -> None:
        fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill_mode, stroke)
        fill = _fill_of(path) if fill_mode.value else None
        if fill is None and not stroke.value:
            return
        width = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(path, width)
        for points, curved in self._parts(path, matrix):
            box = None if curved else _rectangle(points)
            if box is not None:
                self.rects.append(Rect(*box, fill, bool(stroke.value)))
            elif stroke.value:
                self._add_strokes(points, width.value)

    def _parts(self, path: Any, matrix: _Matrix) -> Iterator[tuple[list[_Point], bool]]:
        """The parts of a path, each its corners as they appear on the page and whether it is curved."""
        a, b, c, d, e, f = matrix
        points: list[_Point] = []
        curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        for i in range(raw.FPDFPath_CountSegments(path)):
            segment = raw.FPDFPath_GetPathSegment(path, i)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO and points:
                yield points, curved
                points, curved = [], False
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self.view.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points, curved

    def _add_strokes(self, points: Sequence[_Point], width: float) -> None:
        for (xa, ya), (xb, yb) in pairwise(points):
            if abs(xa - xb) <= _SLACK or abs(ya - yb) <= _SLACK:
                self.lines.append(Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb), width))


def _matrix_of(thing: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _fill_of(path: Any) -> str | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha) or alpha.value == 0:
        return None
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


def _rectangle(points: Sequence[_Point]) -> Box | None:
    """The box that four corners with level and upright sides make, given closed or left open at the last side."""
    corners = list(points)
    while len(corners) > 4 and _same(corners[0], corners[-1]):
        corners.pop()
    if len(corners) != 4:
        return None
    for (xa, ya), (xb, yb) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if abs(xa - xb) > _SLACK and abs(ya - yb) > _SLACK:
            return None
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _same(one: _Point, other: _Point) -> bool:
    return abs(one[0] - other[0]) < 0.01 and abs(one[1] - other[1]) < 0.01
