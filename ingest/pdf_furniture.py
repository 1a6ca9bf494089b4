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
_STAMP = re.compile(r"agenda\s+item\s*(?:no\b\.?|number)?\s*:?\s*(\d{1,3}\s?[a-z]?)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:page\s+)?(\d{1,4})(?:\s+of\s+\d+)?", re.IGNORECASE)


class Margin(NamedTuple):
    """A line near a page's edge: how it reads with its numbers left out, and its distance from that edge."""

    place: int  # of the line on its page
    words: str
    at_top: bool
    distance: float


def stamped_item(text: str) -> str | None:
    """The number that a stamp gives an agenda's item: "Agenda Item 7"; None for any other line."""
    m = _STAMP.fullmatch(text.strip())
    return m[1].replace(" ", "").casefold() if m else None


def printed_number(text: str) -> int | None:
    """The number that a line of furniture gives its page: "Page 12", "12"; None for any other line."""
    m = _PAGE_NUMBER.fullmatch(text.strip())
    return int(m[1]) if m else None


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
    """From the page's edge inwards, lines that stand on other pages too; the first that does not ends the furniture, but
    for what is stamped over it."""
    inmost: PrintedLine | None = None
    for margin in edge:
        line = lines[margin.place]
        known = is_furniture(line.text) or stamped_item(line.text) is not None
        if known or max(seen[key] for key in _keys(margin)) >= needed:
            if inmost is None or _is_printed_over(line, inmost):
                yield margin.place
        elif inmost is None:
            inmost = line


def _is_printed_over(line: PrintedLine, other: PrintedLine) -> bool:
    """Whether a line runs through another, as no line of one text does."""
    beside = min(line.x1, other.x1) - max(line.x0, other.x0)
    shared = min(line.bottom, other.bottom) - max(line.top, other.top)
    return beside > 0 and shared > 0.3 * min(line.size, other.size)
