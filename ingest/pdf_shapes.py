"""The strokes and rectangles that pdfium draws on a page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.pdf_view import View
from ingest.pdfium_calls import address_of, form_object, kind_of_object, page_object
from schema.evidence import Box

_SLACK: Final = 0.5  # points by which a rule may be out of true


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


_TEXT: Final = raw.FPDF_PAGEOBJ_TEXT

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Point = tuple[float, float]


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """`inner` applied first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


class Shapes:
    """The strokes and rectangles of a page, those within form objects included."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lines: list[Rule] = []
        self.rects: list[Rect] = []
        self.pictures = 0

    def read_page(self, page: Any) -> None:
        """Takes over what is drawn on a page."""
        self._read(address_of(page), raw.FPDFPage_CountObjects(page), page_object, _IDENTITY)

    def _read(self, holder: int, count: int, get: Callable[[int, int], int], outer: _Matrix, depth: int = 0) -> None:
        """Takes over the path objects of the page or form at an address. Most objects are text and passed over."""
        for i in range(count):
            address = get(holder, i)
            kind = kind_of_object(address)
            if kind == _TEXT:
                continue
            thing = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._read_path(thing, _times(_matrix_of(thing), outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                inner = _times(_matrix_of(thing), outer)
                self._read(address, raw.FPDFFormObj_CountObjects(thing), form_object, inner, depth + 1)

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
