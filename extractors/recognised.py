"""Records read on scans: how sure their words are, and which are too unsure to be figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, TypeVar

from schema.evidence import Evidence
from schema.paper import Page, Paper, Recognised
from schema.records import Deadline, Extraction, Figure, Refusal, Said

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
    """Whether a word of the number is unsure, or one beside it that may be a part of it: "20,|66|0" is read by hand."""
    page = scans.get(record.evidence.page)
    words = _words_of(record.evidence, scans)
    if page is None or not words:
        return False
    telling = [word for word in words if any(c.isdigit() for c in page.text[word.start : word.end])] or words
    if _BARE.fullmatch(record.evidence.text):
        telling = [*telling, *_fragments_beside(page, record.evidence)]
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


def _fragments_beside(page: Page, evidence: Evidence) -> list[Recognised]:
    """Words next to the number that may be parts of it, and those next to these."""
    found: list[Recognised] = []
    start, end = evidence.start, evidence.end
    while True:
        beside = [w for w in _between(page, max(0, start - 2), end + 2) if _is_fragment(page, w) and w not in found]
        if not beside:
            return found
        found += beside
        start, end = min(start, *(w.start for w in beside)), max(end, *(w.end for w in beside))


def _is_fragment(page: Page, word: Recognised) -> bool:
    return bool(_FRAGMENT.fullmatch(page.text[word.start : word.end]))


def _refusal(record: Said) -> Refusal:
    return Refusal(
        evidence=record.evidence,
        extractor=EXTRACTOR,
        confidence=record.confidence,
        doubts=(DOUBT,),
        reason="unsure reading",
    )
