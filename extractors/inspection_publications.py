"""Reports and letters of the inspectorate that a sentence dates, and the event that each is on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.inspection_events import EVENT_WORDS, QUALIFIER, Head
from extractors.inspectorate_words import INSPECTORATE, INSPECTORATE_WORDS
from extractors.language import Passage
from schema.period import Period
from schema.period_words import Lean, PeriodWords, resolve
from schema.records import EventType

_AND_PUBLISHED = re.compile(
    r"\b(?:and|which)\s+(?:(?:was|were|then|subsequently|its\s+report|the\s+report)\s+)*(?P<verb>published)\s+(?:(?:on|in|during|early|late|the)\s+)*$",
    re.IGNORECASE,
)

DOCUMENT = re.compile(r"\b(?P<doc>reports?|letters?|findings|outcome)\b", re.IGNORECASE)

_OWN_PAPER = re.compile(
    r"\b(?:this|quarterly|progress|update|director['’]?s?(?:\s+update)?|annual|committee|cabinet|covering|next|further)\s+$",
    re.IGNORECASE,
)

_ANOTHERS_PAPER = re.compile(
    r"^\s+(?:to|for)\s+(?:the\s+)?(?:\w+\s+)?(?:committee|cabinet|board|council|panel)\b", re.IGNORECASE
)

_PUBLISHED_AFTER = re.compile(
    rf"^\]?(?:\([^()\s]*\))?(?:(?:\s+(?:of|on|from|for|confirming|about|following|setting\s+out|summarising|detailing|with)\s+[^.;,]{{0,60}}?)?,?\s+(?:(?:which|that)\s+)?(?:(?:was|were|has|have|had|been|first|formally|subsequently|then)\s+)*(?:published|issued|released)\s+(?:by\s+{INSPECTORATE}\s+|online\s+|on\s+(?:the|its|their)\s+(?:{INSPECTORATE}\s+)?website\s+)?"
    r"|(?:\s+of|\s+dated|\s+in|\s+from|,)\s+)(?:(?:on|in|of|dated|during|at|early|late|the)\s+)*$",
    re.IGNORECASE,
)

_LETTER_FROM = re.compile(rf"^\s+from\s+{INSPECTORATE},?\s+(?:(?:of|dated|on|in)\s+)?$", re.IGNORECASE)

_PUBLISHED_LATER = re.compile(
    r"\b(?:will|would|to|due|expected)\s+(?:be\s+)?(?:published|issued|released)\b", re.IGNORECASE
)

_PUBLISHED_FRONTED = re.compile(
    rf"^,?\s*{INSPECTORATE}\s+(?:has\s+|have\s+|had\s+)?(?:published|issued|released)\s+(?:(?:its|the|their|an?|{QUALIFIER}|inspection|outcome|feedback|visit)\s+)*$",
    re.IGNORECASE,
)


class Publication(NamedTuple):
    """A report or letter of the inspectorate with the date it was published; `words` is None where that lies ahead."""

    start: int
    end: int
    kind: EventType | None
    words: PeriodWords
    ahead: bool


_SORTS_OF_LETTER = frozenset(("monitoring_visit", "focused_visit"))

_SORTS_OF_REPORT = frozenset(("inspection",))

_ALL_SORTS = _SORTS_OF_LETTER | _SORTS_OF_REPORT


def publications_in(text: str, periods: Sequence[PeriodWords], spoken_of: bool) -> Iterator[Publication]:
    """Reports and letters with their dates: "the report published by Ofsted in April", "In May, Ofsted published its report".

    `spoken_of`: whether an event of the inspectorate was just spoken of, so that "the report" may be on it."""
    for document in DOCUMENT.finditer(text):
        if _OWN_PAPER.search(text[: document.start()]) or _ANOTHERS_PAPER.match(text[document.end() :]):
            continue
        if not (INSPECTORATE_WORDS.search(text) or EVENT_WORDS.search(text) or spoken_of):
            continue
        if publication := _publication(text, document, periods, spoken_of):
            yield publication
            return
    for words in periods:
        if (m := _AND_PUBLISHED.search(text[: words.start])) and EVENT_WORDS.search(text[: m.start()]):
            yield Publication(m.start("verb"), words.end, "inspection", words, ahead=False)
            return


def _publication(
    text: str, document: re.Match[str], periods: Sequence[PeriodWords], spoken_of: bool
) -> Publication | None:
    kind: EventType | None = "inspection" if document[0].casefold().startswith("report") else None
    for words in periods:
        after, before = text[document.end() : words.start], text[words.end : document.start()]
        if words.start > document.end():
            ahead = bool(_PUBLISHED_LATER.search(after)) and len(after) < 120
            plain = _PUBLISHED_AFTER.match(after) or _LETTER_FROM.match(after)
            if document[0].casefold() in ("findings", "outcome"):
                plain = plain if "publish" in text[: words.start].casefold() else None
            if ahead or (plain and _is_theirs(text, document, after, spoken_of)):
                return Publication(document.start(), words.end, kind, words, ahead)
        elif words.end <= document.start() and _PUBLISHED_FRONTED.match(before):
            return Publication(words.start, document.end(), kind, words, ahead=False)
    return None


def _is_theirs(text: str, document: re.Match[str], after: str, spoken_of: bool) -> bool:
    """Whether the document is the inspectorate's: it says so near by, or it was just spoken of."""
    near = text[max(0, document.start() - 120) : document.start()] + " " + after
    named = INSPECTORATE_WORDS.search(near) or EVENT_WORDS.search(near)
    return bool(named) or (spoken_of and "publish" in after.casefold())


def pair_publications(text: str, publications: Sequence[Publication], heads: Sequence[Head]) -> dict[int, Publication]:
    """Which event of the sentence a report or letter is on: the nearest of its sort, by the start of the event's words."""
    paired: dict[int, Publication] = {}
    for publication in publications:
        if publication.ahead:
            continue
        letter = text[publication.start : publication.end].casefold().startswith("letter")
        sorts = _SORTS_OF_LETTER if letter else _SORTS_OF_REPORT if publication.kind else _ALL_SORTS
        fitting = [h for h in heads if h.kind in sorts and h.start not in paired]
        near = [h for h in fitting if -60 <= h.start - publication.end <= 60 or publication.start - h.end <= 60]
        if near:
            nearest = min(near, key=lambda h: abs(h.start - publication.start))
            paired[nearest.start] = publication
    return paired


def published_period(passage: Passage, publication: Publication | None) -> tuple[Period | None, bool]:
    if publication is None:
        return None, False
    resolved = resolve(publication.words, passage.context.said_on, Lean.PAST)
    if resolved is None or resolved.impossible:
        return None, False
    return resolved.period, resolved.inferred
