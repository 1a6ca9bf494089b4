"""Stored text cut into the paragraphs that full text search finds, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from schema.evidence import Evidence
from schema.paper import Page

_BLANK_LINES: Final = re.compile(r"(?:\r\n?|\n)(?:[^\S\r\n]*(?:\r\n?|\n))+|\f")
_LINE: Final = re.compile(r"[^\r\n]+")
_HEAD: Final = re.compile(r"\s*(?:[-–—•*o▪●]\s+)?(?:(?P<number>\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=\.\s))\.?)\s")
_BULLET: Final = re.compile(r"\s*[-–—•*▪●]\s")
_LONGEST: Final = 5000
_LAST_SPACE: Final = re.compile(r"\s+(?=\S*\Z)")
_WORD: Final = re.compile(r"\w+")
_UNWRAPPED: Final = 160
"""A line longer than any that is printed on paper: the file has one paragraph a line."""


class Span(NamedTuple):
    start: int
    end: int


def paragraph_rows(pages: Iterable[Page], places: Iterable[Evidence]) -> list[dict[str, Any]]:
    """A row for each paragraph of the pages, and for each quote of the records that no one paragraph holds (because it
    runs over a page, or has tags taken out), so that a phrase across the break is found too."""
    evidence = list(places)
    numbers: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    for e in evidence:
        if e.paragraph:
            numbers[e.page].append((e.start, e.paragraph))
    rows = []
    for page in pages:
        numbered = sorted(numbers.get(page.number, ()))
        for span in spans(page.text):
            number = _number(page.text, span, numbered)
            rows.append(_search_row("paragraph", page.number, number, span, page.text[span.start : span.end]))
    return rows + _quote_rows(rows, evidence)


def spans(text: str) -> Iterator[Span]:
    """Where the paragraphs of a text stand: between blank lines, and within those where lines are paragraphs
    themselves.

    One that is longer than anybody writes (a table without tabs, a file without line ends) is cut between words.
    """
    start = 0
    for blank in _BLANK_LINES.finditer(text):
        yield from _within(text, start, blank.start())
        start = blank.end()
    yield from _within(text, start, len(text))


def _within(text: str, start: int, end: int) -> Iterator[Span]:
    lines = [Span(*line.span()) for line in _LINE.finditer(text, start, end) if line.group().strip()]
    unwrapped = any(line.end - line.start > _UNWRAPPED for line in lines)
    first = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or unwrapped or _begins_paragraph(text, lines[i]):
            yield from _cut(text, lines[first].start, lines[i - 1].end)
            first = i


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        space = _LAST_SPACE.search(text, start + _LONGEST // 2, start + _LONGEST)
        cut = space.start() if space else start + _LONGEST
        if text[start:cut].strip():
            yield Span(start, cut)
        start = space.end() if space else cut
    if text[start:end].strip():
        yield Span(start, end)


def _begins_paragraph(text: str, line: Span) -> bool:
    return bool(_HEAD.match(text, line.start, line.end) or _BULLET.match(text, line.start, line.end)) or (
        "\t" in text[line.start : line.end]
    )


def _number(text: str, span: Span, numbered: Sequence[tuple[int, str]]) -> str | None:
    """The paragraph's number as the first record in it has it, else as it is printed at its head."""
    after = bisect_left(numbered, (span.start, ""))
    if after < len(numbered) and numbered[after][0] < span.end:
        return numbered[after][1]
    head = _HEAD.match(text, span.start, span.end)
    return head["number"] if head else None


def _quote_rows(rows: Sequence[dict[str, Any]], evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    by_page: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_page[row["page"]].append(row)
    apart: dict[str, Evidence] = {}
    for e in sorted(evidence, key=lambda e: (e.page or 0, e.start, e.end)):
        if e.quote not in apart and not _holds(by_page[e.page], e):
            apart[e.quote] = e
    return [_search_row("quote", e.page, e.paragraph, Span(e.start, e.end), quote) for quote, e in apart.items()]


def _holds(rows: Sequence[dict[str, Any]], evidence: Evidence) -> bool:
    """Whether the paragraph at the place has the quote's words in a row, so that any phrase of the quote is found
    there."""
    at = bisect_right(rows, evidence.start, key=lambda row: int(row["text_start"])) - 1
    paragraph = rows[at]["text"] if at >= 0 else ""
    return evidence.quote in paragraph or _words(evidence.quote) in _words(paragraph)


def _words(text: str) -> str:
    return " " + " ".join(_WORD.findall(text)) + " "


def _search_row(kind: str, page: int | None, paragraph: str | None, span: Span, text: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "page": page,
        "paragraph": paragraph,
        "text_start": span.start,
        "text_end": span.end,
        "text": text,
    }
