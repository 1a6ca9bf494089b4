"""Counts of green, amber and red indicators in the text that the tables of the paper do not have.

Texts of performance reports are written over those of the quarter before, and counts in words ("the four Red KPIs",
"three out of five indicators met target") stay behind. They are set against the table that follows, and against the
rows of summary tables that carry the name of the same service. A summary row is set against the table with the
indicators themselves, too.

- **It may be wrong** where the text speaks of some of the indicators only. Counts of the quarter before ("from four
  Red", "one more than last quarter") are passed over, and so is a text of which no table carries the name.
- **Example**: "Housing – Of the three Red KPIs, one improved", above a table with two red rows.
- **Severity**: error for the count of a colour where the text covers as many indicators as the table, or two tables
  contradict it; else warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from audit.case import Case
from audit.page_words import COUNT, Paragraph, Spot, count_of, evidence_at, parts
from audit.question import Check, Looked, Question
from audit.rag_tables import COLOURS, Tally, tallies
from schema.evidence import Evidence
from schema.paper import Page
from schema.records import PaperRecord

_NOUN: Final = r"(?:KPIs?|PIs?|(?:key |performance |headline )*(?:indicators?|measures?|metrics?))"
_OF_ALL: Final = re.compile(
    rf"\b({COUNT})\s+(?:out\s+)?of\s+(?:the\s+|our\s+|its\s+)?({COUNT})\s+((?:[\w-]+\s+){{0,2}}?){_NOUN}\b([^.;]*)",
    re.IGNORECASE,
)
_COLOURED: Final = re.compile(
    rf"(?<![\w-])({COUNT})\s+(?:{_NOUN}\s+|of\s+(?:them|these|which)\s+)?(?:(?:are|were|is|was|being)\s+)?(?:now\s+)?"
    r"(?:RAG[- ]?)?(?:(?:rated|reported|shown|showing|flagged)\s+)?(?:as\s+|at\s+)?(green|amber|red)\b(?=([^.;,]*))",
    re.IGNORECASE,
)
_ON_TARGET: Final = re.compile(
    r"^\W*(?:(?:are|were|have|had|is|was|all|now|either|currently)\s+)*(?:met|meeting|exceed\w*|achiev\w+|on|above|at|hit\w*)\b"
    r"[\w\s]{0,20}\btargets?\b",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"\b(?:previous|last|prior)\s+(?:quarter|month|year|report)|\bpreviously\b", re.IGNORECASE)
_FROM: Final = re.compile(
    r"(?:\bfrom|\bthan|compared (?:to|with)|previously|quarter|Q|\btable|\bappendix|\bpages?|\bsection)\s*$",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"\s*([A-Z][^–:.\n]{2,70}?)\s*(?:[–:]|\s-)\s")
_NOT_A_NAME: Final = frozenset(
    "the of and for kpi kpis indicators indicator measures measure performance summary".split()  # noqa: SIM905
)


class _Claim(NamedTuple):
    """How many indicators the text gives to a colour, or, for `all`, in all."""

    what: str
    number: int
    spot: Spot
    sentence: str


def find(case: Case) -> Iterator[Question | Looked]:
    checked, nameless = 0, 0
    for paper in case.papers:
        pages = case.pages.get(paper.sha256, ())
        found = list(tallies(paper, pages))
        yield from _summary_against_list(found)
        for page in pages if found else ():
            for paragraph, claims in _claims_of(page):
                of_it = _tallies_of(paragraph, page, found)
                checked += len(claims) if of_it else 0
                nameless += 0 if of_it else len(claims)
                if question := _asked(paper, page, claims, of_it):
                    yield question
    yield Looked(checked, {"count in the text of which no table carries the name": nameless})


def _claims_of(page: Page) -> Iterator[tuple[Paragraph, list[_Claim]]]:
    if not re.search(r"(?i)\b(?:green|amber|red|target)\b", page.text):
        return
    for part in parts(page):
        if isinstance(part, Paragraph):
            claims = [claim for sentence in part.sentences() for claim in _claims(sentence)]
            if claims:
                yield part, claims


def _claims(sentence: Spot) -> Iterator[_Claim]:
    for match in _OF_ALL.finditer(sentence.text):
        between, rest = match[3].lower(), match[4]
        if any(colour in between for colour in COLOURS):
            continue  # "one of the four Red KPIs": the colours are read below
        yield _Claim("all", count_of(match[2]), _cut(sentence, match.start(), match.end(4)), sentence.text)
        if _ON_TARGET.match(rest):
            yield _Claim("green", count_of(match[1]), _cut(sentence, match.start(), match.end(4)), sentence.text)
    for match in _COLOURED.finditer(sentence.text):
        if _FROM.search(sentence.text[: match.start()]) or _BEFORE.search(match[3]):
            continue
        yield _Claim(match[2].lower(), count_of(match[1]), _cut(sentence, match.start(), match.end(2)), sentence.text)


def _cut(sentence: Spot, start: int, end: int) -> Spot:
    text = sentence.text[start:end].rstrip()
    return Spot(text, sentence.start + start, sentence.start + start + len(text))


def _tallies_of(paragraph: Paragraph, page: Page, found: Sequence[Tally]) -> list[Tally]:
    """The tables' counts of what a paragraph speaks of: by name all over the paper; without a name, the table that
    follows on the page, where it is of one service, or its total."""
    name = _NAMED.match(paragraph.text)
    words = _words(name[1]) if name else frozenset()
    if words:
        return [tally for tally in found if any(words <= _words(one) for one in tally.names)]
    below = [one for one in found if one.page.number == page.number and one.start > paragraph.end]
    listed = [one for one in below[:1] if one.listed and not page.text[paragraph.end : one.start].strip()]
    totals = [one for one in below if not one.listed and any(name.lower().startswith("total") for name in one.names)]
    return listed or totals[:1]


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", name.lower().replace("’", "").replace("'", ""))) - _NOT_A_NAME


def _asked(paper: PaperRecord, page: Page, claims: Sequence[_Claim], of_it: Sequence[Tally]) -> Question | None:
    wrong = [(claim, tally) for claim in claims for tally in of_it if _count(tally, claim.what) != claim.number]
    if not wrong:
        return None
    claim, tally = max(wrong, key=lambda pair: pair[0].what != "all")
    said = {one.spot: one.sentence for one, _ in wrong}
    contradicting = {id(one): one for _, one in wrong}
    whole = any(one.what == "all" and _count(tally, "all") == one.number for one in claims)
    sure = claim.what != "all" and (whole or len(contradicting) > 1)
    what = f"{claim.what} indicators" if claim.what != "all" else "indicators in all"
    message = (
        f"The text says “{' '.join(claim.spot.text.split())}”, and the table has {_count(tally, claim.what)} {what}. "
        "Is the text of this report, or of the one before?"
    )
    places = [evidence_at(paper, page, spot, sentence) for spot, sentence in said.items()]
    for one in contradicting.values():
        places += _places(one, [c.what for c, t in wrong if t is one])
    return Question("error" if sure else "warning", message, tuple(places))


def _count(tally: Tally, what: str) -> int:
    return tally.indicators if what == "all" else tally.counts[what]


def _places(tally: Tally, asked: Sequence[str]) -> list[Evidence]:
    """Where to look in a table: the cells of the colours asked about, or one of each colour that it has."""
    cells = [cell for colour in dict.fromkeys(asked) for cell in tally.cells.get(colour, ())][:4]
    cells = cells or [tally.cells[colour][0] for colour in COLOURS if tally.cells[colour]]
    return [evidence_at(tally.paper, tally.page, spot, quote) for spot, quote in cells]


def _summary_against_list(found: Sequence[Tally]) -> Iterator[Question]:
    """Summary rows that count other than the table with the indicators of the same name."""
    by_name: dict[frozenset[str], list[Tally]] = {}
    for tally in found:
        if tally.listed and tally.names and (words := _words(tally.names[0])):
            by_name.setdefault(words, []).append(tally)
    for row in found:
        if row.listed or len(row.names) != 1:
            continue
        for listed in by_name.get(_words(row.names[0]), ())[:1]:
            differing = [colour for colour in COLOURS if row.counts[colour] != listed.counts[colour]]
            if differing and row.indicators == listed.indicators:
                message = (
                    f"“{row.names[0]}” has {row.counts[differing[0]]} {differing[0]} indicators in the summary and "
                    f"{listed.counts[differing[0]]} in the table that lists them. Which is right now?"
                )
                yield Question("error", message, tuple(_places(row, differing) + _places(listed, differing)))


CHECK = Check("counts-in-words", "Counts of indicators in the text that the tables do not have", "paper", find)
