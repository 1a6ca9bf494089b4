"""What stands on the pages of a PDF, as pdfium sees it: characters with their boxes, ruled lines and filled rectangles.

Coordinates are points from the top left of the page as a person sees it: its /Rotate is applied, its crop box is the page.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from array import array
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


@dataclass(frozen=True)
class PageObjects:
    """A page's characters (parallel lists, without white space, in the file's order), its words, strokes and rectangles.

    A ligature is one entry of `text` with several letters. Boxes are pdfium's loose ones: as high as the font, as wide as
    the character's advance. `size` is the box's height (its width where the text is turned). `bold` says of each word
    whether it begins in a bold font. `lines` and `rects` are in the order in which they are painted. `pictures` counts
    the images. A page whose text is all turned is given as if the reader had turned it by `turned` quarters clockwise.
    `inks` are the colours of the words that are not black, by their place in `words`. `hidden` counts the words that were
    left out because no reader sees them.
    """

    number: int
    width: float
    height: float
    text: Sequence[str]
    x0: Sequence[float]
    top: Sequence[float]
    x1: Sequence[float]
    bottom: Sequence[float]
    size: Sequence[float]
    words: Sequence[Word] = ()
    bold: Sequence[bool] = ()
    lines: Sequence[Rule] = ()
    rects: Sequence[Rect] = ()
    pictures: int = 0
    turned: int = 0
    inks: Mapping[int, Colour] = field(default_factory=dict)
    hidden: int = 0

    def box_of(self, start: int, end: int) -> Box:
        """The box around characters `start` to `end`."""
        return (min(self.x0[start:end]), min(self.top[start:end]), max(self.x1[start:end]), max(self.bottom[start:end]))


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
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF06E, 0xF076, 0xF0D8, 0xF071, 0xF0A8, 0xF077), "•"),
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
        text=characters.text,
        x0=characters.x0,
        top=characters.top,
        x1=characters.x1,
        bottom=characters.bottom,
        size=characters.size,
        words=characters.words,
        bold=characters.bold,
        lines=shapes.lines,
        rects=shapes.rects,
        pictures=shapes.pictures,
        turned=(view.turns - own_turns) % 4,
        inks=characters.inks,
    )


_TOKEN = re.compile(r"[^\s\x00\x01\x03-\x08\x0e-\x1b]+")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z’'\-–]*[.,;:]?")


def _whole_text(text_page: Any, count: int) -> str:
    """The page's characters in one call; of another number than `count` where some are not given as one."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = raw.FPDFText_GetText(text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    return buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")


class _Characters:
    """The characters of a page and the words they make, as they come from pdfium."""

    def __init__(self, view: _View) -> None:
        self.view = view
        self._width, self._height = view.size
        self.text: list[str] = []
        self.x0, self.top, self.x1, self.bottom, self.size = (array("f") for _ in range(5))
        self.words: list[Word] = []
        self.bold: list[bool] = []
        self.inks: dict[int, Colour] = {}
        self._ink = tuple(ctypes.c_uint() for _ in range(4))
        self._start = 0  # of the word that is being read
        self._word_bold = False
        self._word_turn = 0
        self._turn = 0  # quarter turns of the text that is being read, as it appears
        self.turns: Counter[int] = Counter()  # characters by how their words are turned
        self._em = 0.0  # the size of its font
        self._band = (0.0, 0.0)  # top and bottom of the last plain word, which had that size and turn
        self._fresh = True  # no word is being read
        self._matrix = raw.FS_MATRIX()
        self._rectangle = raw.FS_RECTF()

    def read(self, text_page: Any) -> None:
        """Takes the characters over. Where each letter of a plain word stands is not asked for: that costs most."""
        count = raw.FPDFText_CountChars(text_page)
        text = _whole_text(text_page, count)
        if len(text) != count or self.view.turns:
            self._read_range(text_page, 0, count)
            self._end_word()
            return
        before = 0
        for token in _TOKEN.finditer(text):
            start, end = token.span()
            if start - before != 1 or text[before] != " " or not raw.FPDFText_IsGenerated(text_page, before):
                self._end_word()
            before = end
            if not (_PLAIN.fullmatch(token[0]) and self._read_plain(text_page, token[0], start)):
                self._read_range(text_page, start, end)
        self._end_word()

    def _read_plain(self, text_page: Any, token: str, start: int) -> bool:
        """Takes over a word of letters that stands on one line, by its first and last character; False where it does not."""
        first, last = self._box(text_page, start), self._box(text_page, start + len(token) - 1)
        if first is None or last is None or first[1] != last[1] or first[3] != last[3]:
            return False
        x0, top, x1, bottom = first[0], first[1], last[2], last[3]
        height = bottom - top
        if not 0 < x1 - x0 < 1.3 * height * len(token) or not self._on_page((x0, top, x1, bottom)):
            return False
        if (top, bottom) != self._band:
            self._measure(text_page, start)
            self._band = (top, bottom)
        if self._turn or height < _LOW * self._em:
            self._band = (0.0, 0.0)
            return False
        if not self._fresh and self._stands_apart(first):
            self._end_word()
        if self._fresh:
            self._begin_word(text_page, start)
        count = len(token)
        step = (x1 - x0) / count
        self.text += token
        self.x0.extend([x0 + k * step for k in range(count)])
        self.x1.extend([x0 + k * step for k in range(1, count + 1)])
        self.top.extend([top] * count)
        self.bottom.extend([bottom] * count)
        self.size.extend([height] * count)
        return True

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
        self._add(code, box)

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
        x0, top, x1, bottom = self.x0[-1], self.top[-1], self.x1[-1], self.bottom[-1]
        height = self.size[-1]
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
        self._start = len(self.text)
        self._fresh = False
        self._word_turn = self._turn
        self._word_bold = raw.FPDFText_GetFontWeight(text_page, i) >= _BOLD_WEIGHT
        red, green, blue, alpha = self._ink
        raw.FPDFText_GetFillColor(text_page, i, red, green, blue, alpha)
        if raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text_page, i)) in _UNDRAWN or not alpha.value:
            self.inks[len(self.words)] = NOT_DRAWN
        elif red.value or green.value or blue.value:
            self.inks[len(self.words)] = (red.value, green.value, blue.value)

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

    def _add(self, code: int, box: Box) -> None:
        self.text.append("-" if code in _HYPHENS else _LETTERS.get(code) or chr(code))
        self.x0.append(box[0])
        self.top.append(box[1])
        self.x1.append(box[2])
        self.bottom.append(box[3])
        self.size.append(box[2] - box[0] if self._turn % 2 else box[3] - box[1])

    def _end_word(self) -> None:
        if self._fresh:
            return
        self._fresh = True
        start, end = self._start, len(self.text)
        if end > start:
            self.words.append(
                Word(
                    "".join(self.text[start:end]),
                    min(self.x0[start:end]),
                    min(self.top[start:end]),
                    max(self.x1[start:end]),
                    max(self.bottom[start:end]),
                    start,
                    end,
                    self._word_turn == 0,
                )
            )
            self.bold.append(self._word_bold)
            self.turns[self._word_turn] += end - start
        self._start = end


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
