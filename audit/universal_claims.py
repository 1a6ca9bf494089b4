""" "All children have a plan", where the paper's own percentage is not 100.

The sentence says that all (or every one) of a group now have something; the figure is a percentage of the same paper whose label
speaks of the same group and the same thing.

- **It may be wrong** where the sentence quotes somebody's impression of an earlier day, or "all" is of a part of the group.
- **Example**: "All care leavers now have an up-to-date pathway plan", and a row "% of care leavers with a pathway plan" at 93%.
- **Severity**: information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from audit.case import Case, grouped
from audit.cohorts import cohorts_in
from audit.question import Check, Looked, Question
from audit.sentences import Found, sentences_with
from audit.small_words import SMALL_WORDS
from audit.wording import shortened, where
from schema.records import Figure

_ALL = re.compile(
    r"\b(?:all|every)\s+(?:of\s+)?(?:our\s+|the\s+)?(?P<who>(?:[\w’'-]+\s+){0,3}?(?:child(?:ren)?|care[\s-]leavers?|young\s+people|LAC|CIN|carers?|workers?))\s+"
    r"(?:(?:now|currently|already)\s+)*(?:have|has|had|receive[sd]?|are|were)\s+(?:(?:now|currently|all)\s+)*(?P<what>[^.;,]{6,90}?)(?=[.;,]|\s(?:and|but|which|that|who|while)\s|$)",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:ensur\w+|so\s+that|to\s+make\s+sure|must|should|will|would|aim\w*|expect\w*|not|whether|until|require\w*)\b[^.;]*$",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"(?:%|\bper\s*cent|\b(?:of|almost|nearly|not|for|virtually|in|to|by|with|that\s+not))\s*$", re.IGNORECASE
)
_NEGATIVE = re.compile(r"\b(?:not|without|no|overdue|out\s+of|missing|outside)\b", re.IGNORECASE)
_PLAIN: Final = SMALL_WORDS | frozenset(
    [
        "all",
        "child",
        "children",
        "complete",
        "completed",
        "current",
        "date",
        "every",
        "had",
        "its",
        "last",
        "least",
        "new",
        "now",
        "one",
        "past",
        "people",
        "place",
        "that",
        "this",
        "up",
        "which",
        "who",
        "within",
        "young",
    ]
)


def find(case: Case) -> Iterator[Question | Looked]:
    checked, alone = 0, 0
    percentages = [
        f
        for f in case.said_first
        if f.role == "actual" and f.unit == "percent" and f.value is not None and case.is_own(f) and f.metric_text
    ]
    rows = grouped(percentages, lambda f: (f.evidence.sha256, f.evidence.quote, f.metric))
    for found in sentences_with(case, _ALL) if rows else ():
        before = found.page.text[found.start : found.match.start()]
        if _AIM.search(before) or _PART_OF.search(before):
            continue
        same = [
            row
            for (sha256, _, _), row in rows.items()
            if sha256 == found.paper.sha256 and _is_of_the_same(found, row[0])
        ]
        checked += bool(same)
        alone += not same
        for row in same[:1]:
            if question := _asked(found, row):
                yield question
    yield Looked(checked, {"no percentage of the same in the paper": alone})


def _is_of_the_same(found: Found, figure: Figure) -> bool:
    """Whether the label has the group and, telling words aside, all but one of the words for the thing."""
    groups = cohorts_in(found.match["who"])
    if not groups or not groups <= cohorts_in(figure.metric_text):
        return False
    thing, label = _telling(found.match["what"]), _telling(figure.metric_text)
    return bool(thing) and (thing <= label or (len(thing) > 2 and len(thing - label) == 1))


def _telling(words: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in re.findall(r"[a-z]{3,}", words.casefold()) if w not in _PLAIN)


def _stem(word: str) -> str:
    return re.sub(r"(?:ments?|s)$", "", word)


def _asked(found: Found, row: Sequence[Figure]) -> Question | None:
    whole = Decimal(0) if _NEGATIVE.search(row[0].metric_text) else Decimal(100)
    dated = [f for f in row if f.period and f.breakdown is None]
    if not dated:
        return None
    last = max(f.period.end for f in dated if f.period)
    now = [f for f in dated if f.period and f.period.end == last]
    if any(f.value == whole for f in now):
        return None
    message = (
        f"“{shortened(found.match[0], 90)}”, and {where(now[0].evidence)} has {now[0].evidence.text} for “{shortened(now[0].metric_text, 80)}”. "
        "Is it all of them?"
    )
    return Question("info", message, (found.place(found.match.start(), found.match.end()), *(f.evidence for f in now)))


CHECK = Check("universal-claims", "“All” against a percentage that is not 100", "paper", find)
