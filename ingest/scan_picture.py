"""What can be told of the picture of a page before it is read: whether there is ink on it, how far it is out of level, and
the rules that are drawn on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ingest.pdf_shapes import Rule

if TYPE_CHECKING:
    from PIL.Image import Image

Ink = np.ndarray[Any, np.dtype[np.bool_]]
"""A picture's dark pixels, row by row."""

_DARK: Final = 150  # of 255: paper is lighter, print and grey rules are darker
_BLANK: Final = 0.0002  # share of dark pixels: less is a speck, and the page blank
_STEEPEST: Final = 3.0  # degrees: what is further out of level was not laid on the glass like that
_COARSE, _FINE = 0.25, 0.05  # degrees
_LEVEL: Final = 0.1  # degrees: less is not worth turning the picture for
_MOST_POINTS: Final = 60_000  # dark pixels that are looked at for the angle
_LONG: Final = 30.0  # points: nothing in print runs straight for longer but a rule
_THICK: Final = 3.0  # points: what is thicker is an area
_UNBROKEN: Final = 0.95  # of a rule's pixels that are dark: scans have gaps
_FAINT: Final = 40  # of 255, by which a rule is darker than the paper at least
_BESIDE: Final = 1.5  # points from a rule's sides, where it is light: the edge of a dark area is dark on one of them
_LIGHT: Final = 0.4  # of the pixels there that may be dark, letters that touch the rule being among them


def ink_of(picture: Image) -> Ink:
    """Which pixels of a grey picture are dark."""
    return np.asarray(picture) < _DARK


def is_blank(ink: Ink) -> bool:
    return bool(ink.mean() < _BLANK)


def skew_of(ink: Ink) -> float:
    """By how many degrees the lines of text fall to the right; 0 where the picture is level or shows no lines.

    Level lines make some rows of pixels dark and others white: the angle is the one at which the rows differ most.
    """
    ys, xs = np.nonzero(ink)
    if len(xs) == 0:
        return 0.0
    step = max(1, len(xs) // _MOST_POINTS)
    xs, ys = xs[::step].astype(np.float64), ys[::step].astype(np.float64)
    height = ink.shape[0]
    coarse = _best_angle(xs, ys, height, np.arange(-_STEEPEST, _STEEPEST + _COARSE / 2, _COARSE))
    fine = _best_angle(xs, ys, height, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE / 2, _FINE))
    return fine if abs(fine) >= _LEVEL and abs(coarse) < _STEEPEST else 0.0


def _best_angle(xs: Any, ys: Any, height: int, angles: Any) -> float:
    return float(max(angles, key=lambda angle: _unevenness(xs, ys, height, float(angle))))


def _unevenness(xs: Any, ys: Any, height: int, degrees: float) -> float:
    level = ys - xs * math.tan(math.radians(degrees))
    # Rows of two pixels: a line's edge that falls between two rows would count for less than one that does not.
    rows = np.bincount(((level - level.min()) / 2).astype(np.int64), minlength=height // 2)
    return float(np.square(np.diff(rows.astype(np.float64))).sum())


def levelled(picture: Image, degrees: float) -> Image:
    """The picture turned about its middle so that what fell to the right by so many degrees is level."""
    from PIL import Image

    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255) if degrees else picture


def rules_of(picture: Image, dpi: float) -> list[Rule]:
    """The rules drawn on a level grey picture, in points. Edges of dark areas are not among them."""
    shades = np.asarray(picture)
    dark: Ink = shades < float(np.median(shades)) - _FAINT
    scale = 72 / dpi
    level = [Rule(x0, top, x1, bottom, bottom - top) for x0, top, x1, bottom in _level_rules(dark, dpi)]
    upright = [Rule(top, x0, bottom, x1, bottom - top) for x0, top, x1, bottom in _level_rules(dark.T, dpi)]
    return [Rule(*(place * scale for place in rule)) for rule in level + upright]


_Run = tuple[int, int, int, int]
"""Dark pixels: from, top, to and bottom, the last two exclusive."""


def _level_rules(dark: Ink, dpi: float) -> list[_Run]:
    long, thick, beside = round(_LONG * dpi / 72), _THICK * dpi / 72, max(1, round(_BESIDE * dpi / 72))
    if dark.shape[1] < long:
        return []
    runs = [run for run in _level_runs(dark, long) if run[3] - run[1] <= thick]
    return [run for run in runs if _is_light(dark, run, run[1] - beside) and _is_light(dark, run, run[3] + beside - 1)]


def _level_runs(dark: Ink, long: int) -> list[_Run]:
    """Long level runs of dark pixels; a row's runs and those that they touch in the row above are one."""
    sums = np.concatenate((np.zeros((dark.shape[0], 1), np.int32), dark.cumsum(axis=1, dtype=np.int32)), axis=1)
    straight = (sums[:, long:] - sums[:, :-long]) >= _UNBROKEN * long
    growing: list[_Run] = []
    done: list[_Run] = []
    for y in np.nonzero(straight.any(axis=1))[0].tolist():
        done += [run for run in growing if run[3] < y]
        growing = [run for run in growing if run[3] == y]
        edges = np.diff(straight[y].astype(np.int8), prepend=0, append=0)
        starts, ends = np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist()
        found = [(start, end - 1 + long) for start, end in zip(starts, ends, strict=True)]
        growing = _grown(growing, found, y)
    return done + growing


def _grown(growing: list[_Run], found: list[tuple[int, int]], y: int) -> list[_Run]:
    """The runs that end above row `y` with the row's own, joined where they touch; those it does not touch stay."""
    for start, end in found:
        touched = [run for run in growing if run[0] < end and run[2] > start]
        left, right = min([start, *(r[0] for r in touched)]), max([end, *(r[2] for r in touched)])
        top = min([y, *(r[1] for r in touched)])
        growing = [run for run in growing if run not in touched] + [(left, top, right, y + 1)]
    return growing


def _is_light(dark: Ink, run: _Run, y: int) -> bool:
    """Whether a row of pixels beside a rule is not dark; outside the picture it is not."""
    return not 0 <= y < dark.shape[0] or bool(dark[y, run[0] : run[2]].mean() <= _LIGHT)
