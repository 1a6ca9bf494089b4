"""Which date of a sentence English ties to an inspection or visit, and whether the event is said to have been held."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.inspection_events import EVENT_WORDS, QUALIFIER, REACH, Head
from extractors.inspectorate_words import INSPECTORATE
from schema.period import PeriodKind
from schema.period_words import PartialDate, PeriodWords

_YEAR_BEFORE = re.compile(
    rf"\b(?:the|our|its|their|a|that|this|last|previous)\s+(?P<year>(?:19|20)\d\d)\s+(?:(?:{QUALIFIER})\s+)*$",
    re.IGNORECASE,
)

_HELD = re.compile(
    rf"\b(?:took\s+place|(?:was|were|been)\s+(?:carried\s+out|conducted|held|undertaken|completed|made)|{INSPECTORATE}\s+(?:\w+\s+)?(?:visited|inspected|made|conducted|carried\s+out)"
    r"|there\s+(?:was|had\s+been|has\s+been))\b",
    re.IGNORECASE,
)

_HELD_BEFORE = re.compile(
    rf"\b(?:last|previous|recent|latest|earlier|since\s+(?:the|our|its)|(?:had|have|has|was|were|been)(?:\s+\w+ly)?|carried\s+out\s+an?|conducted\s+an?|made\s+an?)\s+(?:{QUALIFIER}\s+)*$",
    re.IGNORECASE,
)

_AHEAD = re.compile(
    r"\b(?:will|due\s+to|is\s+due|planned\s+for|planned\s+to|(?:is|are|was|were|been)\s+(?:planned|scheduled)|scheduled\s+(?:for|to)|likely|expect\w*|anticipat\w*|to\s+take\s+place"
    r"|would\s+(?:be|take)|going\s+to|window)\b",
    re.IGNORECASE,
)

_AHEAD_BEFORE = re.compile(
    rf"\b(?:next|upcoming|forthcoming|will|to|would|(?-i:may))\s+(?:(?:be|again|{QUALIFIER})\s+)*$", re.IGNORECASE
)

GUESSED = re.compile(r"\b(?:likely|window|might|could|may\s+be|probably|any\s+time)\b", re.IGNORECASE)

_HEDGED = re.compile(r"\b(?:likely|expect\w*|anticipat\w*|window|might|could|may\s+be|probably)\b", re.IGNORECASE)

_ENDS_IN_PREPOSITION = re.compile(
    r"(?:\b(?:in|on|of|during|for|from|at|between|over|early|late|mid|the|dated|commencing)|[,(–-])\s*(?:the\s+)?$",
    re.IGNORECASE,
)

_WINDOW_IS = re.compile(r"^\s+window\s+(?:is|was|opens|runs)(?:\s+[\w,]+){0,2}\s*$", re.IGNORECASE)

_HAS_ITS_OWN = re.compile(r"(?:between|from|week|the\s+week)\b", re.IGNORECASE)

_CUTS_OFF = re.compile(
    r"[.;:!?]|\b(?:since|until|after|before|following|(?:(?<=was\s)|(?<=were\s)|(?<=been\s)|(?<=is\s))followed|followed(?!\s+(?:(?:early|late|later|again|soon)\s+)?(?:on|in|during|from|over|between)\s)"
    r"|reports?|letters?|publish\w*|rated|judged|graded|plans?|board|committee|cabinet|target|agreed|approved|introduced"
    r"|appointed|meetings?|met|meet|update\w*|which(?!\s+(?:took\s+place|ran|began|started|(?:was|were)\s+(?:held|conducted|carried\s+out|undertaken))\b)|who|where|but|while|when|because)\b",
    re.IGNORECASE,
)

_AND = re.compile(r"\band\b", re.IGNORECASE)

_JOINTLY = re.compile(
    r"\b(?:Ofsted|CQC)(?:,\s*\w+)*\s+and\s+(?:the\s+)?(?:CQC|Ofsted|Care\s+Quality|HMI\w*)|\bneed\s+(?:of\s+)?help\s+and\s+protection|\bchildren\s+and\s+\w+|\bcare\s+and\s+\w+",
    re.IGNORECASE,
)

_VISITED_TO = re.compile(r"\bvisited\b[^.;]{0,80}$", re.IGNORECASE)

_FOR_THE_VISIT = re.compile(
    rf"^,?\s*(?:for|to\s+(?:carry\s+out|undertake|conduct|complete)|as(?:\s+part\s+of)?)\s+(?:(?:its|their|the|our|an?|{QUALIFIER})\s+)*$",
    re.IGNORECASE,
)

CLAUSE_START = re.compile(
    r"(?:^|[,;(]\s*|\b(?:and|but|when|that)\s+)\W*(?:in|on|during|between|over|from)?\s*(?:the\s+)?(?:early\s+|late\s+)?$",
    re.IGNORECASE,
)

_FRONTED = re.compile(
    rf"^,?\s*(?:(?:{QUALIFIER}|we|the|council|there|an?|its|their|our|was|were|had|has|have|been|made|carried|out|conducted|undertook|undertaken|completed|by|subject|to|received|services?"
    rf"|visited|came|returned|for|children['’]s|authority|as|part|of)\s+)*$",
    re.IGNORECASE,
)

_MODIFIES = re.compile(rf"^\s*(?:(?:{QUALIFIER})\s+)*$", re.IGNORECASE)


def clause_around(text: str, head: Head) -> str:
    before, after = text[max(0, head.start - 60) : head.start], text[head.end : head.end + 70]
    return re.split(r"[;.]", before)[-1] + " " + re.split(r"[;.]", after)[0]


def bare_year(text: str, head: Head) -> PeriodWords | None:
    """The year of "the 2014 inspection", which is no period elsewhere."""
    if head.kind != "inspection" or head.verb or head.on_site:
        return None
    m = _YEAR_BEFORE.search(text, max(0, head.start - REACH), head.start)
    if m is None:
        return None
    year = PartialDate(int(m["year"]))
    return PeriodWords(*m.span("year"), PeriodKind.CALENDAR_YEAR, year, year)


def date_words(text: str, head: Head, periods: Sequence[PeriodWords]) -> PeriodWords | None:
    """The date that English ties to the event: as its modifier, after it with a preposition, or at the head of the clause."""
    for words in periods:
        gap = text[words.end : head.start]
        if words.end <= head.start and len(gap) <= 60 and _MODIFIES.match(gap):
            return words
    for words in periods:
        if words.start >= head.end:
            if _follows(text, head, words):
                return words
            break
    for words in reversed(periods):
        if words.end <= head.start:
            gap = text[words.end : head.start]
            if len(gap) > 110:
                return None
            if _FOR_THE_VISIT.match(gap) and _VISITED_TO.search(text[: words.start]):
                return words
            fronted = _FRONTED.match(gap) and CLAUSE_START.search(text[: words.start])
            return words if fronted else None
    return None


def _follows(text: str, head: Head, words: PeriodWords) -> bool:
    gap = text[head.end : words.start]
    if len(gap) > 110 or _CUTS_OFF.search(gap) or EVENT_WORDS.search(gap):
        return False
    if _AND.search(_JOINTLY.sub(" ", gap)) and not head.verb:
        return False
    return bool(_ENDS_IN_PREPOSITION.search(gap) or _WINDOW_IS.match(gap) or _HAS_ITS_OWN.match(text[words.start :]))


def is_held(text: str, head: Head) -> tuple[bool | None, bool]:
    """Whether the words say that the event took place (or lies ahead), and whether they hedge."""
    before, after = text[max(0, head.start - 60) : head.start], text[head.end : head.end + 70]
    before, after = re.split(r"[;.]", before)[-1], re.split(r"[;.]", after)[0]
    hedged = bool(_HEDGED.search(before) or _HEDGED.search(after))
    if _AHEAD_BEFORE.search(before):
        return False, hedged
    held = bool(
        _HELD_BEFORE.search(before) or _HELD.search(after[:50]) or _HELD.search(before + text[head.start : head.end])
    )
    ahead = bool(_AHEAD.search(after)) or bool(_AHEAD.search(before))
    if held:
        return True, hedged
    return (False, hedged) if ahead else (None, hedged)
