"""What is printed on page after page: running headers, footers and stamps, one or several of them, told by repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.lines import is_furniture
from ingest.pdf_lines import PrintedLine

_ZONE = 0.14  # of the page's height, at its top and at its bottom
_DEEPEST = 6  # lines from the page's edge
_TIMES = 3  # pages on which the same words stand at the same height
_STEP = 8.0  # points by which that height may differ
_DIGITS = re.compile(r"\d+")


class Margin(NamedTuple):
    """A line near a page's edge: how it reads with its numbers left out, and its distance from that edge."""

    place: int  # of the line on its page
    words: str
    at_top: bool
    distance: float


def margins(lines: Sequence[PrintedLine], height: float) -> list[list[Margin]]:
    """The lines near the top and those near the bottom, each from the page's edge inwards."""
    ordered = sorted(range(len(lines)), key=lambda i: lines[i].top)
    top = [i for i in ordered if lines[i].bottom <= _ZONE * height][:_DEEPEST]
    bottom = [i for i in reversed(ordered) if lines[i].top >= (1 - _ZONE) * height][:_DEEPEST]
    return [
        [Margin(i, _words(lines[i]), True, lines[i].top) for i in top],
        [Margin(i, _words(lines[i]), False, height - lines[i].bottom) for i in bottom],
    ]


def _words(line: PrintedLine) -> str:
    return " ".join(_DIGITS.sub("#", line.text.casefold()).split())


def find_furniture(pages: Sequence[tuple[Sequence[PrintedLine], float]]) -> list[frozenset[int]]:
    """For each page, given as its lines and its height, the places of those of its lines that are furniture."""
    edges = [margins(lines, height) for lines, height in pages]
    seen: Counter[tuple[str, bool, int]] = Counter()
    for page in edges:
        seen.update({key for edge in page for margin in edge for key in _keys(margin)})
    needed = min(_TIMES, max(2, len(pages)))
    return [
        frozenset(place for edge in page for place in _repeated(edge, lines, seen, needed))
        for page, (lines, _) in zip(edges, pages, strict=True)
    ]


def _keys(margin: Margin) -> Iterator[tuple[str, bool, int]]:
    """Two overlapping steps, so that no line falls between."""
    step = int(margin.distance // _STEP)
    yield margin.words, margin.at_top, 2 * step
    yield margin.words, margin.at_top, 2 * int((margin.distance + _STEP / 2) // _STEP) + 1


def _repeated(
    edge: Sequence[Margin], lines: Sequence[PrintedLine], seen: Counter[tuple[str, bool, int]], needed: int
) -> Iterator[int]:
    """From the page's edge inwards, lines that stand on other pages too; the first that does not ends the furniture."""
    for margin in edge:
        if not is_furniture(lines[margin.place].text) and max(seen[key] for key in _keys(margin)) < needed:
            return
        yield margin.place
