"""Where a paper speaks of an inspection, a monitoring visit or a focused visit.

Each place becomes a `Mention` with what is said there and no more; `linking.inspections` gathers mentions into events. The
grammar is small: event words ("monitoring visit", "re-inspected"), the words by which papers call the inspectorate, and
the few ways in which English ties a date to an event ("inspected in January", "the June 2022 inspection", "On 7 July
Ofsted carried out a focused visit"). What others do is left out: peer reviews, reviews by the Department for Education,
visits to other councils, inspections of schools and homes, and sentences on what the law says of authorities in general.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from extractors.inspection_dates import CLAUSE_START, GUESSED, bare_year, clause_around, date_words, is_held
from extractors.inspection_events import (
    ELSEWHERE,
    FINAL_BEFORE,
    INSPECTORATE_MAKES,
    NEW,
    NUMBER_BEFORE,
    ONE_OF,
    ORDINAL,
    QUALIFIER,
    QUALIFIERS_BEFORE,
    SORT_SAID,
    Head,
    heads_in,
    is_no_event,
    number_of,
    number_of_visit,
    total_of_visits,
    usual_visit,
    words_around,
)
from extractors.inspection_publications import (
    DOCUMENT,
    Publication,
    pair_publications,
    publications_in,
    published_period,
)
from extractors.inspectorate_words import INSPECTORATE, INSPECTORATE_WORDS, is_of_others_alone
from extractors.language import Passage
from extractors.other_councils import PRONOUN, other_council_named
from schema.period_words import Lean, PeriodWords, resolve
from schema.records import EventType, Mention

_WORTH_A_LOOK = ("ofsted", "inspect", "visit", "hmi", "jtai")

_ON_SITE_BEFORE = re.compile(
    rf"\b{INSPECTORATE}\s+(?:(?:had|has|have|having|will|to|also|then|again)\s+)*(?:were|was|are|is|be|been|arrived|came|spent\s+(?:\w+\s+){{1,3}}(?:days?|weeks?))\s+$",
    re.IGNORECASE,
)

_AREA_BEFORE = re.compile(
    r"\b(?:local\s+area(?:\s+partnership)?|area|SEND|special\s+educational\s+needs(?:\s+and(?:/or)?\s+disabilit(?:y|ies))?)(?:\s+\(?SEND\)?)?\s+(?:re-?\s?)?$",
    re.IGNORECASE,
)
"""Words before "inspection" for that of an area's services for children with special needs."""

_FOUND_THEN = re.compile(
    rf"^\s*,?\s*(?P<who>(?:{INSPECTORATE}))\s+(?:(?:had|has|have|also|first|again|last)\s+)*(?:found|judged|rated|graded|declared|deemed|concluded)\b(?P<what>[^;]{{4,}})",
    re.IGNORECASE,
)

_GRADED_SERVICES = re.compile(r"\b(?:inadequate|outstanding|good|requir(?:es?|ed|ing)\s+improvement)\b", re.IGNORECASE)

_SERVICES = re.compile(
    r"\b(?:services\s+for\s+children|children['’]s\s+(?:social\s+care\s+)?services?|children['’]s\s+social\s+care|overall\s+effectiveness|(?:the|our)\s+(?:council|authority|services)|us)\b",
    re.IGNORECASE,
)

_ELSEWHERE_SAID = re.compile(rf"\b(?:{ELSEWHERE})\b", re.IGNORECASE)

_OTHERS = (
    r"(?:(?:the\s+)?(?:DfE|Department|LGA|Local\s+Government\s+Association|Minister|Secretary\s+of\s+State|Commissioner|adviser|advisor"
    r"|improvement\s+partners?|peers?|CQC|Care\s+Quality\s+Commission|Estyn|HMIC\w*|HMIP))\b"
)

_OTHER_VISIT_BEFORE = re.compile(
    rf"\b(?:evaluation|evaluative|practice|home|learning|improvement|social\s+work(?:er)?s?|statutory|peer|{_OTHERS}|reciprocal|site|study|member|councillors?['’]?"
    r"|regulation\s+44|health|child(?:ren)?['’]?s?|school|family|welfare|supervis\w+|contact|review|assurance|exchange|independent\s+\w+)\s+$",
    re.IGNORECASE,
)

_OTHER_VISIT_AFTER = re.compile(rf"^\s+(?:\w+\s+){{0,3}}?(?:from|by|of|with)\s+{_OTHERS}", re.IGNORECASE)

_OTHER_EVENT = re.compile(
    rf"\b(?:review|visit|challenge|diagnostic|evaluation)\s+(?:\w+\s+){{0,2}}?(?:by|from|of|with|undertaken\s+by)\s+{_OTHERS}",
    re.IGNORECASE,
)

_VISIT_TO = re.compile(
    r"^\s+to\s+(?!(?:the\s+|our\s+)?(?:council|authority|local\s+authority|service|front\s+door|borough|county|city|children['’]s|us\b))",
    re.IGNORECASE,
)

_BY_INSPECTORATE_AFTER = re.compile(rf"^[^.;:]{{0,60}}?\b(?:by|from)\s+{INSPECTORATE}", re.IGNORECASE)

_INSPECTORATE_BEFORE = re.compile(rf"\b{INSPECTORATE}\s+(?:(?:{QUALIFIER}|progress)\s+)*$", re.IGNORECASE)

_INSPECTORATE_ACTS = re.compile(
    rf"\b{INSPECTORATE}\s+(?:(?:has|have|had|also|recently|last|first|then|will|would|may|next|to|again|usually|they)\s+)*$",
    re.IGNORECASE,
)

_POINTING = re.compile(
    rf"\b(?:the|this|that|our|its|their|since|{NEW}|{ORDINAL}|January|February|March|April|May|June|July|August|September|October|November|December|20\d\d|a)(?:\s+(?:{QUALIFIER}))*\s+$",
    re.IGNORECASE,
)

_CHILDRENS_SERVICES = re.compile(
    r"children['’]s\s+(?:services|social\s+care)|local\s+authority|\bILACS\b|\bSIF\b", re.IGNORECASE
)

_GENERAL = re.compile(
    r"\b(?:local\s+authorities|an?\s+(?:\w+\s+)?(?:local\s+)?authority|those\s+authorities|that\s+authority|authorities|usually|normally|typically|councils\s+(?:that|which))\b"
    r"|^\W*If\b",
    re.IGNORECASE,
)
"""Words of sentences on what the framework says of authorities in general. An event without a date in such a sentence is none."""

_FRAMEWORKS = (
    (
        "SIF",
        re.compile(
            r"\bSIF\b|single\s+inspection\s+framework|inspections?\s+of\s+services\s+for\s+children\s+in\s+need\s+of\s+help\s+and\s+protection",
            re.IGNORECASE,
        ),
    ),
    ("ILACS", re.compile(r"\bILACS\b|inspections?\s+of\s+local\s+authority\s+children['’]s\s+services", re.IGNORECASE)),
    ("JTAI", re.compile(r"\bJTAI\b|joint\s+targeted\s+area\s+inspection", re.IGNORECASE)),
    ("SEND", re.compile(r"\bSEND\b|special\s+educational\s+needs", re.IGNORECASE)),
)

_NTH_ALONE = re.compile(
    rf"\b(?:the|a|its|our|their)\s+(?P<n>{ORDINAL})(?:\s+(?:of\s+(?:these|which|them)|one))?,?\s+(?:(?:was|took|place|held|is|due|will|be|planned|for|on|in|during|happened|completed|carried|out|occurred|follow(?:ed|ing)|to|scheduled)\s+)*$",
    re.IGNORECASE,
)

_ORDINALS = re.compile(rf"\bthe\s+{ORDINAL}\b", re.IGNORECASE)


class _Topic(NamedTuple):
    """What the inspectorate's event last spoken of in the report was, for "these visits" and "the visit in May"."""

    kind: EventType
    passage: int


_A_MONTH = timedelta(days=31)

_TOPIC_LASTS = 8  # passages: "the visit" in the ninth paragraph after speaks of something else


def find_mentions(passages: Sequence[Passage]) -> list[Mention]:
    """The mentions in the passages of one report, in reading order."""
    reader = _Reader(passages)
    found: list[Mention] = []
    for i, passage in enumerate(passages):
        found += reader.read(i, passage)
    return _distinct(found)


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    return list({(m.evidence.page, m.evidence.start, m.evidence.end): m for m in reversed(mentions)}.values())[::-1]


class _Reader:
    """Goes through a report's passages and keeps what a later sentence may point back to."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._topic: _Topic | None = None
        self._visits: _Topic | None = None
        self._usual = usual_visit(passages)
        self._total = total_of_visits(passages)
        self._foreign: str | None = None

    def read(self, index: int, passage: Passage) -> Iterator[Mention]:
        self._foreign = None
        if self._topic and index - self._topic.passage > _TOPIC_LASTS:
            self._topic = None
        for sentence in passage.sentences:
            text = passage.text[sentence.start : sentence.end]
            if _is_worth_a_look(text) or (self._topic and (DOCUMENT.search(text) or _ORDINALS.search(text))):
                yield from self._sentence(index, passage, sentence.start, text)
            self._foreign = other_council_named(passage, sentence.start, sentence.end)

    def _sentence(self, index: int, passage: Passage, at: int, text: str) -> Iterator[Mention]:
        periods = [p for p in passage.periods if at <= p.start < at + len(text) and not p.is_relative]
        local = [p._replace(start=p.start - at, end=p.end - at) for p in periods]
        publications = list(publications_in(text, local, spoken_of=self._topic is not None))
        taken = {p.words.start for p in publications}
        free = [p for p in local if p.start not in taken]
        heads = []
        for head in heads_in(text):
            if is_no_event(text, head):
                continue
            if not self._is_inspectorates(text, head):
                self._note_others(text, head)
                continue
            if head.kind is None:
                head = head._replace(kind=self._sort_on_site() if head.on_site else self._sort_of_visit())
            assert head.kind is not None
            self._topic = _Topic(head.kind, index)
            if head.kind != "inspection":
                self._visits = self._topic
            if not head.plural or ONE_OF.search(words_around(text, head)[0]):
                heads.append(head)
        self._forget_topic_after_others(text)
        paired = pair_publications(text, publications, heads)
        for head in heads:
            mention = self._mention(passage, at, text, head, heads, free, paired.get(head.start))
            if mention:
                yield mention
        for publication in publications:
            if publication not in paired.values() and not publication.ahead:
                yield from self._published(passage, at, publication)
        if not heads:
            yield from self._graded_then(passage, at, text, free)
        if self._visits and index - self._visits.passage <= 1 and not heads:
            yield from self._counted(passage, at, text, free, self._visits.kind)

    def _graded_then(self, passage: Passage, at: int, text: str, free: Sequence[PeriodWords]) -> Iterator[Mention]:
        """ "In May 2017 Ofsted found our services to be good": an inspection that only its grade and month tell of."""
        if not free or not _GRADED_SERVICES.search(text) or _ELSEWHERE_SAID.search(text) or is_of_others_alone(text):
            return
        for words in free:
            m = _FOUND_THEN.match(text[words.end :])
            if m is None or not CLAUSE_START.search(text[: words.start]) or not _SERVICES.search(m["what"]):
                continue
            said_on = passage.context.said_on
            resolved = resolve(words, said_on, Lean.PAST)
            if resolved and not resolved.impossible and (said_on is None or resolved.period.start <= said_on):
                yield Mention(
                    evidence=passage.evidence(at + words.start, at + words.end + m.end("who")),
                    extractor="inspections.prose",
                    confidence=0.6,
                    doubts=("inferred:event", *["inferred:year"] * resolved.inferred),
                    council=passage.context.council,
                    type="inspection",
                    date=resolved.period,
                    held=True,
                )
                return

    def _counted(
        self, passage: Passage, at: int, text: str, free: Sequence[PeriodWords], kind: EventType
    ) -> Iterator[Mention]:
        """ "The first was in May, the second in August", said of visits that the sentence before spoke of."""
        for words in free:
            m = _NTH_ALONE.search(text[: words.start])
            resolved = resolve(words, passage.context.said_on, Lean.PAST) if m else None
            if m and resolved and not resolved.impossible:
                said_on = passage.context.said_on
                yield Mention(
                    evidence=passage.evidence(at + m.start("n"), at + words.end),
                    extractor="inspections.prose",
                    confidence=0.8,
                    doubts=("inferred:year",) if resolved.inferred else (),
                    council=passage.context.council,
                    type=kind,
                    number=number_of(m["n"]),
                    date=resolved.period,
                    held=resolved.period.end <= said_on if said_on else None,
                )

    def _is_inspectorates(self, text: str, head: Head) -> bool:
        before, after = words_around(text, head)
        if head.on_site:
            return bool(_ON_SITE_BEFORE.search(before)) and not is_of_others_alone(text)
        if head.kind in ("monitoring_visit", "focused_visit"):
            return not _OTHER_VISIT_BEFORE.search(before) and not _OTHER_VISIT_AFTER.match(after)
        named = bool(
            _INSPECTORATE_BEFORE.search(before)
            or _BY_INSPECTORATE_AFTER.match(after)
            or INSPECTORATE_MAKES.search(before)
        )
        if head.kind == "inspection":
            if is_of_others_alone(text):
                return False
            return named or self._is_known_inspection(text, head)
        if head.verb:
            return named or bool(_INSPECTORATE_ACTS.search(before))
        if named or (_POSSESSED.search(before) and INSPECTORATE_WORDS.search(before)):
            return True
        if _OTHER_VISIT_BEFORE.search(before) or _OTHER_VISIT_AFTER.match(after) or _VISIT_TO.match(after):
            return False
        if ONE_OF.search(before):
            return self._topic is not None
        return self._topic is not None and bool(_POINTING.search(before))

    def _is_known_inspection(self, text: str, head: Head) -> bool:
        before, after = words_around(text, head)
        again = text[head.start : head.end].casefold().startswith(("re", "jtai", "joint"))
        about = bool(INSPECTORATE_WORDS.search(text) or _CHILDRENS_SERVICES.search(text) or _AREA_BEFORE.search(before))
        if head.verb:
            return (
                again
                or about
                or (
                    bool(re.search(r"\b(?:was|were|been|be)\s+(?:\w+ly\s+|next\s+)?$", before))
                    and self._topic is not None
                )
            )
        return (
            again
            or about
            or (self._topic is not None and bool(_POINTING.search(before)) and not _OTHER_VISIT_AFTER.match(after))
        )

    def _note_others(self, text: str, head: Head) -> None:
        """Another body's visit takes the place of the inspectorate's as what "the visit" speaks of."""
        if head.kind is not None or head.on_site:
            return
        before, after = words_around(text, head)
        if head.verb or _OTHER_VISIT_BEFORE.search(before) or _OTHER_VISIT_AFTER.match(after) or _VISIT_TO.match(after):
            self._topic = None

    def _forget_topic_after_others(self, text: str) -> None:
        """A review by another body, named after the inspectorate's last, is what "the visit" speaks of from then on."""
        if self._topic is None:
            return
        other = _OTHER_EVENT.search(text)
        if other is None:
            return
        last = max((m.end() for m in _INSPECTORATES_EVENT.finditer(text)), default=0)
        if other.end() > last:
            self._topic = None

    def _sort_on_site(self) -> EventType:
        """What inspectors were on site for: the event last spoken of, else the sort of visit the report tells of, else an inspection."""
        return self._topic.kind if self._topic else self._usual or "inspection"

    def _sort_of_visit(self) -> EventType | None:
        if self._topic and self._topic.kind != "inspection":
            return self._topic.kind
        return self._usual or "monitoring_visit"

    def _mention(
        self,
        passage: Passage,
        at: int,
        text: str,
        head: Head,
        heads: Sequence[Head],
        free: Sequence[PeriodWords],
        publication: Publication | None,
    ) -> Mention | None:
        words = date_words(text, head, free) or bare_year(text, head)
        if words is None and publication is None and _GENERAL.search(text):
            return None
        held, hedged = is_held(text, head)
        said_on = passage.context.said_on
        resolved = resolve(words, said_on, Lean.FUTURE if held is False else Lean.PAST) if words else None
        date = resolved.period if resolved and not resolved.impossible else None
        published, supplied = published_period(passage, publication)
        if held is None and date and said_on:
            held = True if date.end <= said_on else False if date.start > said_on else None
        start, end = _span(text, head, words, publication)
        number = number_of_visit(text, head, self._total)
        typed = bool(SORT_SAID.search(text[head.start : head.end])) or head.kind == "inspection"
        doubted = {
            "impossible": resolved is not None and resolved.impossible,
            "inferred:year": supplied or (resolved is not None and resolved.inferred),
            "expected": held is False and hedged,
            "guessed": held is False and hedged and bool(GUESSED.search(clause_around(text, head))),
            "inferred:number": number is not None and _is_numbered_by_the_total(text, head),
            "inferred:type": not typed and self._usual is None,
        }
        assert head.kind is not None
        return Mention(
            evidence=passage.evidence(at + start, at + end),
            extractor="inspections.prose",
            confidence=0.95 if typed and (date or published or number) else 0.7,
            doubts=tuple(doubt for doubt, holds in doubted.items() if holds),
            council=self._whose(passage, at, text, head),
            inspectorate=_inspectorate(text),
            type=head.kind,
            framework=_framework(text, heads),
            number=number,
            date=date,
            published=published,
            held=held,
        )

    def _published(self, passage: Passage, at: int, publication: Publication) -> Iterator[Mention]:
        period, supplied = published_period(passage, publication)
        letter = passage.text[at + publication.start :].casefold().startswith("letter")
        span = range(at + publication.start, at + publication.end)
        others = [b.name for b in passage.bodies if b.kind == "council" and b.start in span]
        said_of = self._topic.kind if self._topic and not letter else None
        vague = period is None or period.end - period.start > _A_MONTH
        if not (letter or publication.kind or said_of or self._usual) and vague:
            return  # "published their findings in the summer", in a report that tells of no visit
        kind = publication.kind or said_of or self._usual or ("monitoring_visit" if letter else "inspection")
        yield Mention(
            evidence=passage.evidence(at + publication.start, at + publication.end),
            extractor="inspections.prose",
            confidence=0.8,
            doubts=("inferred:year",) if supplied else (),
            council=others[0] if others else passage.context.council,
            type=kind,
            published=period,
            held=True,
        )

    def _whose(self, passage: Passage, at: int, text: str, head: Head) -> str | None:
        """The council that was visited: the paper's own, unless another is named as the one inspected, or "they" are one just named."""
        own = passage.context.council
        for body in passage.bodies:
            if body.kind != "council" or not at <= body.start < at + len(text):
                continue
            if body.end - at <= head.start and _IS_INSPECTED.match(text[body.end - at : head.start]):
                return body.name
            if body.start - at >= head.end and _INSPECTION_OF.match(text[head.end : body.start - at]):
                return body.name
        pronouns = list(PRONOUN.finditer(text[: head.start]))
        if self._foreign and pronouns and pronouns[-1][0].casefold() in ("they", "their", "it", "its"):
            return self._foreign
        return own


_POSSESSED = re.compile(rf"\b(?:its|their)\s+(?:{QUALIFIER}\s+)*$", re.IGNORECASE)

_INSPECTORATES_EVENT = re.compile(r"\b(?:monitoring|focus\w*)\s+visits?|\bofsted\s+visits?", re.IGNORECASE)

_IS_INSPECTED = re.compile(
    rf"^(?:['’]s?)?\s*,?\s*(?:(?:who|which|that|had|has|have|was|were|is|been|being|also|just|own|\w+ly|in|20\d\d|{QUALIFIER})\s+)*$",
    re.IGNORECASE,
)

_INSPECTION_OF = re.compile(r"^\s+(?:(?:of|at|in|to)\s+)(?:the\s+)?(?:services\s+in\s+)?$", re.IGNORECASE)


def _is_worth_a_look(text: str) -> bool:
    said = text.casefold()
    return any(word in said for word in _WORTH_A_LOOK)


def _is_numbered_by_the_total(text: str, head: Head) -> bool:
    """Whether it is "the final visit", whose number is how many there were to be."""
    before, _ = words_around(text, head)
    return bool(FINAL_BEFORE.search(before)) and not NUMBER_BEFORE.search(before)


def _span(text: str, head: Head, words: PeriodWords | None, publication: Publication | None) -> tuple[int, int]:
    """From the event's qualifiers to its date, or the event's words alone where the date is far off."""
    before, _ = words_around(text, head)
    qualifiers = ONE_OF.search(before) or QUALIFIERS_BEFORE.search(before)
    start, end = head.start - (len(before) - qualifiers.start() if qualifiers else 0), head.end
    start += 4 * text[start:].casefold().startswith("and ")
    for other in (words, publication):
        if other:
            low, high = min(start, other.start), max(end, other.end)
            if high - low <= 200:
                start, end = low, high
    return start, end


def _framework(text: str, heads: Sequence[Head]) -> str | None:
    """The framework that the sentence names, where it speaks of one event only."""
    named = [name for name, pattern in _FRAMEWORKS if pattern.search(text)]
    return named[0] if len(named) == 1 and len(heads) == 1 else None


def _inspectorate(text: str) -> str:
    return "Ofsted and CQC" if re.search(r"\bCQC\b|Care\s+Quality\s+Commission", text) and "fsted" in text else "Ofsted"
