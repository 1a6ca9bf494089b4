"""Records read on scans: how sure their words are, and which are too unsure to be figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, TypeVar

from schema.evidence import Evidence
from schema.paper import Page, Paper, Recognised
from schema.records import Extraction, Figure, Refusal, Said

EXTRACTOR: Final = "recognised"
DOUBT: Final = "ocr"
UNSURE: Final = 0.75
"""A number with a word below is not taken for one: on the pages tried, one number in 20 was read less surely, and half of
those wrongly."""
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
    if _BARE.fullmatch(record.evidence.text) and _has_fragment_beside(page, record.evidence):
        return True
    telling = [word for word in words if any(c.isdigit() for c in page.text[word.start : word.end])] or words
    return min(word.sure for word in telling) < UNSURE


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


def _has_fragment_beside(page: Page, evidence: Evidence) -> bool:
    """Whether a word with nothing but digits and what is taken for them stands right before or behind."""
    beside = _between(page, max(0, evidence.start - 2), evidence.end + 2)
    apart = [word for word in beside if word.end <= evidence.start or word.start >= evidence.end]
    return any(_FRAGMENT.fullmatch(page.text[word.start : word.end]) for word in apart)


def _refusal(record: Said) -> Refusal:
    return Refusal(
        evidence=record.evidence,
        extractor=EXTRACTOR,
        confidence=record.confidence,
        doubts=(DOUBT,),
        reason="unsure reading",
    )
