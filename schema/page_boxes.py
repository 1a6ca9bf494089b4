"""Where on the page the characters of its stored text stand, packed small enough to keep for every page of a pack.

Two bytes a character: where it begins, in tenths of a point from the page's left. Besides, for each run of text its
span, its top, its bottom and where it ends. All that is measured on the page as it was read; a page that was turned for
that says by how many quarters, and a scan that was made level then by how many degrees, and its boxes are turned back.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

from schema.evidence import Box

_TENTHS: Final = 10.0
_LARGEST: Final = 65535
_FURTHEST: Final = 6553  # points
_HEAD: Final = struct.Struct("<IHHHh")
_HUNDREDTHS: Final = 100.0  # of a degree
_RUN: Final = struct.Struct("<IIHHH")


class Turned(NamedTuple):
    """A page as it was read: turned clockwise by so many quarters, and then so wide and high; `skew` is by how many
    degrees its lines fell to the right before it was made level about its middle."""

    quarters: int = 0
    width: float = 0.0
    height: float = 0.0
    skew: float = 0.0


NOT_TURNED: Final = Turned()


class Run(NamedTuple):
    """Characters `start` to `end` of the stored text, side by side between `top` and `bottom`, up to `right`."""

    start: int
    end: int
    top: float
    bottom: float
    right: float


def pack_boxes(runs: Sequence[Run], lefts: Sequence[float], turned: Turned = NOT_TURNED) -> bytes:
    """`lefts` has a place for each character of the text; those of white space between runs are not looked at."""
    import numpy as np  # here, since those who only ask for boxes need not wait for it

    head = b"".join(_RUN.pack(r.start, r.end, *map(_tenths, (r.top, r.bottom, r.right))) for r in runs)
    start = _HEAD.pack(
        len(runs), turned.quarters, _tenths(turned.width), _tenths(turned.height), round(turned.skew * _HUNDREDTHS)
    )
    places = np.asarray(lefts, dtype=np.float32)
    within = (places >= 0) & (places < _FURTHEST)
    return start + head + (np.where(within, places, 0) * _TENTHS + 0.5).astype(np.uint16).tobytes()


def boxes_of(packed: bytes, start: int, end: int) -> tuple[Box, ...]:
    """The boxes of `text[start:end]`, one for each run that it touches, in the order of the text."""
    if not packed:
        return ()
    count, quarters, width, height, skew = _HEAD.unpack_from(packed)
    lefts = memoryview(packed)[_HEAD.size + count * _RUN.size :].cast("H")
    boxes = []
    for i in range(count):
        first, last, top, bottom, right = _RUN.unpack_from(packed, _HEAD.size + i * _RUN.size)
        low, high = max(first, start), min(last, end)
        if low >= high:
            continue
        x0, x1 = lefts[low], lefts[high] if high < last else right
        if x1 <= x0:  # turned text: its characters have no places of their own
            x0, x1 = lefts[first], right
        box = _tilt_back((x0, top, x1, bottom), skew, width, height) if skew else (x0, top, x1, bottom)
        turned = _turn_back(box, quarters, width, height)
        boxes.append((turned[0] / _TENTHS, turned[1] / _TENTHS, turned[2] / _TENTHS, turned[3] / _TENTHS))
    return tuple(boxes)


def turn_back(box: Box, turned: Turned) -> Box:
    """A box on the page as it was read, where it stands on the page as a person sees it."""
    x0, top, x1, bottom = (round(place * _TENTHS) for place in box)
    width, height = _tenths(turned.width), _tenths(turned.height)
    tilted = _tilt_back((x0, top, x1, bottom), round(turned.skew * _HUNDREDTHS), width, height)
    back = _turn_back(tilted, turned.quarters, width, height)
    return back[0] / _TENTHS, back[1] / _TENTHS, back[2] / _TENTHS, back[3] / _TENTHS


def _tilt_back(box: tuple[int, int, int, int], skew: int, width: int, height: int) -> tuple[int, int, int, int]:
    """The box moved to where its middle stood before the page was made level; its sides stay level."""
    angle = math.radians(skew / _HUNDREDTHS)
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
    right = round(x * math.cos(angle) - y * math.sin(angle) - x)
    down = round(x * math.sin(angle) + y * math.cos(angle) - y)
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def _turn_back(box: tuple[int, int, int, int], quarters: int, width: int, height: int) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = box
    if quarters == 1:
        return top, width - x1, bottom, width - x0
    if quarters == 2:
        return width - x1, height - bottom, width - x0, height - top
    if quarters == 3:
        return height - bottom, x0, height - top, x1
    return box


def around(boxes: Sequence[Box]) -> Box | None:
    """The box around several."""
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _tenths(points: float) -> int:
    return min(_LARGEST, max(0, round(points * _TENTHS)))
