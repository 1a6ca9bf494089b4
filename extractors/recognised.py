"""Records read on scans: how sure their words are, and which are too unsure to be figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from statistics import fmean
from typing import Final, TypeVar

from schema.evidence import Evidence
from schema.paper import Page, Paper, Recognised
from schema.records import Extraction, Figure, Refusal, Said

EXTRACTOR: Final = "recognised"
DOUBT: Final = "ocr"
UNSURE: Final = 0.75
"""A number with a word below is not taken for one: on the pages tried, one number in 20 was read less surely, and half of
those wrongly."""
_CERTAIN: Final = 0.9
"""Two numbers side by side ("220 18 and 19 year olds") are two where both are as sure; else they may be one, by hand."""
_FRAGMENT: Final = re.compile(r"[\dSOIlBZoi|.,'‘’]*\d[\dSOIlBZoi|.,'‘’]*|[\dSOIlBZoi|]+[.,]")
_BARE: Final = re.compile(r"[\d.,]+")

S = TypeVar("S", bound=Said)


def weigh_readings(paper: Paper, extraction: Extraction) -> Extraction:
    """The records with the confidence of the words they were read from, and the doubt `ocr`, where these were recognised in
    a picture. A figure or date read from an unsure word becomes a refusal."""
    scans = {page.number: page for page in paper.pages if page.recognised}
    if not scans:
        return extraction
    figures = [_weighed(one, scans) for one in extraction.figures]
    deadlines = [_weighed(one, scans) for one in extraction.deadlines]
    unsure: list[Said] = [one for one in (*figures, *deadlines) if _is_unsure(one, scans)]
    refused = {one.id: one for one in map(_refusal, unsure)}
    coverage = extraction.paper.coverage
    kept = coverage.numbers_kept - sum(isinstance(one, Figure) for one in unsure)
    coverage = coverage.model_copy(
        update={"numbers_kept": max(0, kept), "pages_recognised": tuple(sorted(number or 0 for number in scans))}
    )
    return extraction.model_copy(
        update={
            "paper": extraction.paper.model_copy(update={"coverage": coverage}),
            "figures": tuple(one for one in figures if not _is_unsure(one, scans)),
            "deadlines": tuple(one for one in deadlines if not _is_unsure(one, scans)),
            "mentions": tuple(_weighed(one, scans) for one in extraction.mentions),
            "judgements": tuple(_weighed(one, scans) for one in extraction.judgements),
            "findings": tuple(_weighed(one, scans) for one in extraction.findings),
            "refusals": (*(_weighed(one, scans) for one in extraction.refusals), *refused.values()),
        }
    )


def _weighed(record: S, scans: dict[int | None, Page]) -> S:
    words = _words_of(record.evidence, scans)
    if not words:
        return record
    sure = round(min(record.confidence, *(word.sure for word in words)), 3)
    return record.model_copy(update={"confidence": sure, "doubts": (*record.doubts, DOUBT)})


def _is_unsure(record: Said, scans: dict[int | None, Page]) -> bool:
    """Whether a word of the number is unsure, or another beside it may be a part of it: "20,|66|0" is one, by hand."""
    page = scans.get(record.evidence.page)
    words = _words_of(record.evidence, scans)
    if page is None or not words:
        return False
    telling = [word for word in words if any(c.isdigit() for c in page.text[word.start : word.end])] or words
    least = min(word.sure for word in telling)
    if least < UNSURE:
        return True
    if not _BARE.fullmatch(record.evidence.text):
        return False
    around = _words_around(page, record.evidence)
    beside = _fragments_beside(record.evidence, page, around)
    return any(min(least, word.sure) < _CERTAIN for word in beside) or fmean(word.sure for word in around) < UNSURE


def _words_of(evidence: Evidence, scans: dict[int | None, Page]) -> Sequence[Recognised]:
    page = scans.get(evidence.page)
    return _between(page, evidence.start, evidence.end) if page else ()


def _between(page: Page, start: int, end: int) -> Sequence[Recognised]:
    """The words of which a part stands between two offsets."""
    first = bisect_right(page.recognised, start, key=lambda word: word.end)
    last = first
    while last < len(page.recognised) and page.recognised[last].start < end:
        last += 1
    return page.recognised[first:last]


def _words_around(page: Page, evidence: Evidence) -> Sequence[Recognised]:
    """The words of the line or cell: where most of them are guesses, a number among them is one too."""
    start = max(page.text.rfind(end, 0, evidence.start) for end in "\t\n") + 1
    ends = [at for end in "\t\n" if (at := page.text.find(end, evidence.end)) >= 0]
    return _between(page, start, min(ends, default=len(page.text)))


def _fragments_beside(evidence: Evidence, page: Page, around: Sequence[Recognised]) -> list[Recognised]:
    """Words with nothing but digits and what is taken for them, right before or behind, a space between at most."""
    beside = [word for word in around if word.end in (evidence.start, evidence.start - 1)]
    beside += [word for word in around if word.start in (evidence.end, evidence.end + 1)]
    return [word for word in beside if _FRAGMENT.fullmatch(page.text[word.start : word.end])]


def _refusal(record: Said) -> Refusal:
    return Refusal(
        evidence=record.evidence,
        extractor=EXTRACTOR,
        confidence=record.confidence,
        doubts=(DOUBT,),
        reason="unsure reading",
    )
