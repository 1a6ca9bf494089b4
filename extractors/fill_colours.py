"""The colour that a cell is painted as one of the three ratings."""

from __future__ import annotations

import colorsys

from schema.records import Rag

_LEAST_SATURATION = 0.35  # paler fills are the shading of a table's style
_LEAST_VALUE = 0.45


def rag_of_fill(fill: str | None) -> Rag | None:
    """Red, amber (yellow and orange too) or green where a fill (`#rrggbb`) is plainly so; None for greys, blues and tints."""
    if fill is None or len(fill) != 7:
        return None
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _LEAST_SATURATION or value < _LEAST_VALUE:
        return None
    degrees = 360 * hue
    if degrees <= 16 or degrees >= 345:
        return "red"
    if 20 <= degrees <= 62:
        return "amber"
    return "green" if 75 <= degrees <= 165 else None
