"""Numbers that belong to a chart: the scale along an axis, or values over bars, in a grid without a word beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.pdf_lines import ISLANDS, PrintedLine

_NUMBER = re.compile(r"[-–+£]?\d[\d,.]*(?:%|k|m)?", re.IGNORECASE)
_FEWEST = 3  # numbers that make a scale


def stands_in_chart(lines: Sequence[PrintedLine]) -> frozenset[int]:
    """The `id`s of lines that are numbers and nothing else, where there are enough of them below or beside each other."""
    bare = [line for line in lines if line.column < ISLANDS and _is_bare(line)]
    numbers = sum(len(line.text.split()) for line in bare)
    return frozenset(id(line) for line in bare) if numbers >= _FEWEST else frozenset()


def _is_bare(line: PrintedLine) -> bool:
    return all(_NUMBER.fullmatch(token) for token in line.text.split())
