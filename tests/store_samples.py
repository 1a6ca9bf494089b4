"""Papers to fill a store with: small ones by hand, and any that hypothesis can think of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar, get_args

from hypothesis import strategies as st

from db.store import Store
from schema.evidence import Evidence
from schema.paper import Page
from schema.period import Period
from schema.records import (
    Basis,
    Claim,
    Coverage,
    Deadline,
    Direction,
    Extraction,
    Figure,
    Finding,
    FindingKind,
    Grade,
    Judgement,
    Mention,
    Missing,
    PaperRecord,
    PeriodFrom,
    Qualifier,
    Rag,
    Refusal,
    Role,
    Said,
    TargetDirection,
)

S = TypeVar("S", bound=Said)


class Sample(NamedTuple):
    """What a load run hands to the store."""

    extraction: Extraction
    pages: tuple[Page, ...]
    original: bytes

    @property
    def sha256(self) -> str:
        return self.extraction.paper.sha256

    def into(self, store: Store) -> None:
        store.save(self.extraction, self.pages, self.original)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def evidence(text: str, words: str, name: str = "paper.txt", occurrence: int = 0) -> Evidence:
    """The place of the words in a text file, with the line they stand in as quote."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    line_start = text.rfind("\n", 0, start) + 1
    quote = text[line_start:].split("\n")[0]
    return Evidence(paper=name, sha256=sha256_of(text), start=start, end=start + len(words), text=words, quote=quote)


def percentage(text: str, printed: str, period: Period | None = None, name: str = "paper.txt") -> Figure:
    return Figure(
        evidence=evidence(text, printed, name),
        extractor="prose",
        value=Decimal(printed.rstrip("%")),
        unit="percent",
        metric_text="visits on time",
        period=period,
    )


def sample(
    text: str,
    name: str = "paper.txt",
    council: str | None = "Casterbridge",
    met: date | None = date(2018, 5, 1),
    figures: Sequence[Figure] = (),
    deadlines: Sequence[Deadline] = (),
    judgements: Sequence[Judgement] = (),
    mentions: Sequence[Mention] = (),
) -> Sample:
    """A text paper."""
    paper = PaperRecord(
        paper=name,
        sha256=sha256_of(text),
        council=council,
        body="Scrutiny Board",
        meeting_date=met,
        title="Performance",
    )
    found = Extraction(
        paper=paper,
        figures=tuple(figures),
        deadlines=tuple(deadlines),
        judgements=tuple(judgements),
        mentions=tuple(mentions),
    )
    return Sample(found, (Page(number=None, text=text),), text.encode())


def sample_saying(printed: str, name: str, met: date, period: Period, more: str = "") -> Sample:
    """A paper that says one percentage of one period."""
    text = f"3.1 Visits on time were {printed}.{more} Reported to the meeting of {met}."
    return sample(text, name, met=met, figures=[percentage(text, printed, period, name)])


# Any paper

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_DATES = st.dates(date(1990, 1, 1), date(2040, 1, 1))
_PERIODS = st.one_of(
    st.builds(Period.day, _DATES),
    st.builds(Period.month, st.integers(1990, 2040), st.integers(1, 12)),
    st.builds(Period.quarter, st.integers(1990, 2040), st.integers(1, 4)),
    st.builds(lambda one, other: Period.range(min(one, other), max(one, other)), _DATES, _DATES),
)
PRINTED_DECIMALS = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(map(int, str(digits))), exponent)),
    st.sampled_from((0, 1)),
    st.integers(0, 10**14),
    st.integers(-6, 9),
)
_BOX = st.tuples(*[st.floats(0, 2000, allow_nan=False)] * 4)


def _one_of(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


@st.composite
def _evidences(draw: st.DrawFn, name: str, sha256: str, pages: Sequence[Page], least: int) -> Evidence:
    page = draw(st.sampled_from([p for p in pages if len(p.text) >= least]))
    start = draw(st.integers(0, len(page.text) - least))
    end = draw(st.integers(start + least, len(page.text)))
    return Evidence(
        paper=name,
        sha256=sha256,
        report=draw(st.none() | _WORDS),
        page=page.number,
        paragraph=draw(st.none() | st.just("3.1")),
        start=start,
        end=end,
        bbox=draw(st.none() | _BOX),
        boxes=tuple(draw(st.lists(_BOX, max_size=2))),
        text=page.text[start:end],
        quote=draw(_WORDS),
    )


def _records(
    kind: type[S], places: st.SearchStrategy[Evidence], **fields: st.SearchStrategy[object]
) -> st.SearchStrategy[tuple[S, ...]]:
    """Some records of a kind, in the order of the store, no two in one place."""
    said = st.builds(
        kind,
        evidence=places,
        extractor=st.sampled_from(("prose", "table")),
        confidence=st.floats(0, 1, allow_nan=False),
        doubts=st.lists(st.sampled_from(("impossible", "repaired")), max_size=2).map(tuple),
        **fields,
    )
    return st.lists(said, max_size=2, unique_by=lambda record: record.id).map(
        lambda found: tuple(sorted(found, key=_in_paper))
    )


def _in_paper(record: Said) -> tuple[int, int, int, str]:
    place = record.evidence
    return place.page or 0, place.start, place.end, record.id


_COUNCILS = st.none() | st.sampled_from(("Casterbridge", "Barchester"))


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Any paper: of one page without a number or several with, with any records that its text bears out."""
    texts = draw(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), min_size=1, max_size=3)
    )
    numbered = len(texts) > 1 or draw(st.booleans())
    pages = tuple(Page(number=i + 1 if numbered else None, text=text) for i, text in enumerate(texts))
    original = "\f".join(texts).encode()
    sha256 = hashlib.sha256(original).hexdigest()
    name = draw(st.sampled_from(("a.txt", "b.pdf", "c.txt")))
    paper = PaperRecord(
        paper=name,
        sha256=sha256,
        council=draw(_COUNCILS),
        body=draw(st.none() | _WORDS),
        meeting_date=draw(st.none() | _DATES),
        title=draw(st.none() | _WORDS),
        author=draw(st.none() | _WORDS),
        period_covered=draw(st.none() | _PERIODS),
        pages=len(pages) if numbered else None,
        reader=draw(st.sampled_from(("text", "pdf"))),
        coverage=Coverage(pages=len(pages), numbers=draw(st.integers(0, 1000))),
        unread=tuple(draw(st.lists(_WORDS, max_size=2))),
        sketches=tuple(draw(st.lists(st.tuples(st.integers(0, 2**64 - 1)), max_size=2))),
    )
    places = _evidences(name, sha256, pages, least=1)
    council, grade, period = _COUNCILS, _one_of(Grade), st.none() | _PERIODS
    found = Extraction(
        paper=paper,
        figures=draw(
            _records(
                Figure,
                places,
                value=st.none() | PRINTED_DECIMALS,
                value_high=st.none() | PRINTED_DECIMALS,
                unit=st.sampled_from(("percent", "gbp")),
                missing=st.none() | _one_of(Missing),
                qualifier=_one_of(Qualifier),
                role=_one_of(Role),
                metric_text=_WORDS,
                breakdown=st.none() | _WORDS,
                rag=st.none() | _one_of(Rag),
                direction=st.none() | _one_of(Direction),
                organisation=st.none() | _WORDS,
                council=council,
                period=period,
                period_from=st.none() | _one_of(PeriodFrom),
                basis=st.none() | _one_of(Basis),
                target_direction=st.none() | _one_of(TargetDirection),
                claim=st.none() | _one_of(Claim),
            )
        ),
        deadlines=draw(
            _records(Deadline, places, subject=_WORDS, due=_PERIODS, grade=st.none() | grade, council=council)
        ),
        mentions=draw(
            _records(
                Mention,
                places,
                council=council,
                type=st.just("monitoring_visit"),
                number=st.none() | st.integers(1, 9),
                date=period,
                published=period,
                held=st.none() | st.booleans(),
            )
        ),
        judgements=draw(
            _records(
                Judgement, places, council=council, area=st.just("overall"), area_text=_WORDS, grade=grade, given=period
            )
        ),
        findings=draw(
            _records(Finding, places, finding=_one_of(FindingKind), council=council, area=st.none() | _WORDS)
        ),
        refusals=draw(_records(Refusal, _evidences(name, sha256, pages, least=0), reason=_WORDS)),
    )
    return Sample(found, pages, original)


def several_samples(most: int = 3) -> st.SearchStrategy[list[Sample]]:
    """Some papers of different content."""
    return st.lists(samples(), min_size=1, max_size=most, unique_by=lambda one: one.sha256)
