"""Sentences of the stored text that a check looks for by their words, as evidence.

A cheap search for the telling words comes first; only around what it finds is the sentence cut out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from audit.case import Case
from audit.page_words import paragraph_at
from schema.evidence import Evidence
from schema.page_boxes import around, boxes_of
from schema.paper import Page
from schema.records import PaperRecord

_STOP = re.compile(
    r"[.!?][\"”’')]*(?=\s+[^a-z]|\s*$)|\n\s*\n|\n(?=\s*(?:[-•*▪]|\d+(?:\.\d+)+\s))|\t|</?(?:p|ul|li|td)>"
)
_LONGEST = 600
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3})+\.?\s")


class Found(NamedTuple):
    """A sentence `page.text[start:end]` with the match of the words that were looked for in it."""

    paper: PaperRecord
    page: Page
    start: int
    end: int
    match: re.Match[str]

    @property
    def text(self) -> str:
        """The sentence on one line."""
        return " ".join(self.page.text[self.start : self.end].split())

    def place(self, start: int | None = None, end: int | None = None) -> Evidence:
        """The sentence, or a part of it, as evidence."""
        first, last = self.start if start is None else start, self.end if end is None else end
        boxes = boxes_of(self.page.boxes, first, last)
        return Evidence(
            paper=self.paper.paper,
            sha256=self.paper.sha256,
            page=self.page.number,
            paragraph=paragraph_at(self.page.text, first),
            start=first,
            end=last,
            bbox=around(boxes),
            boxes=boxes if len(boxes) > 1 else (),
            text=self.page.text[first:last],
            quote=self.text,
        )


def sentences_with(case: Case, words: re.Pattern[str]) -> Iterator[Found]:
    """The sentences of the case's papers in which the words stand, each with its first match, in reading order."""
    for paper in case.papers:
        for page in case.pages.get(paper.sha256, ()):
            upto = -1
            for match in words.finditer(page.text):
                if match.start() < upto:
                    continue
                start, upto = sentence_around(page.text, match.start(), match.end())
                yield Found(paper, page, start, upto, match)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that `text[start:end]` stands in begins and ends."""
    first, low = max(0, start - _LONGEST), start
    stops = [m.end() for m in _STOP.finditer(text, first, start)]
    low = stops[-1] if stops else first
    stop = _STOP.search(text, end, end + _LONGEST)
    high = stop.end() if stop else min(len(text), end + _LONGEST)
    high = stop.start() if stop and text[stop.start()] not in ".!?" else high
    while low < start and text[low] in " \t\r\n-•*▪":
        low += 1
    numbered = _NUMBER.match(text, low, start) if low < start else None
    return (numbered.end() if numbered else low), high
