"""Words for a movement that the two figures beside them do not bear out: "rose from 91% to 87%".

The two figures are of one measure and stand in one sentence, as "from A to B" or "B, up from A". Rising and falling are taken by
the letter; "improved" and "worsened" by the measure's good direction, where that is known.

- **It may be wrong** where the two figures are of different groups, and where the words are of something else in the sentence.
- **Example**: "Timeliness improved from 88.1% in June to 86.4% in September."
- **Severity**: error; a warning where the good direction decides; information where the two figures are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from audit.case import Case, grouped
from audit.good_direction import Better, better_of
from audit.question import Check, Looked, Question
from audit.wording import where
from schema.records import Figure, Severity
from schema.rounding import figures_agree

Way = Literal["up", "down", "better", "worse"]
_WAYS: tuple[tuple[Way, str], ...] = (
    ("up", r"rose|risen|rises|rising|increas(?:ed?|es|ing)|grew|grown|growth|went\s+up|gone\s+up|climbed|a\s+rise|up"),
    ("down", r"fell|fallen|falls|falling|reduc(?:ed?|es|ing|tion)|decreas(?:ed?|es|ing)|declin(?:ed?|ing)|dropped|drop|went\s+down|gone\s+down|a\s+fall|down"),
    ("better", r"improv(?:ed?|es|ing|ement)"),
    ("worse", r"worsen(?:ed|ing)|deteriorat(?:ed|ing|ion)"),
)  # fmt: skip
_ANY = "|".join(words for _, words in _WAYS)
_BEFORE = re.compile(
    rf"\b(?P<word>{_ANY})\b(?P<between>(?:(?!\b(?:{_ANY}|from|but|while|although|it|they|which)\b)[^.;:]){{0,110}}?)\bfrom\s+(?:[a-z]+\s+){{0,3}}$",
    re.IGNORECASE,
)
_TO_BEFORE = re.compile(rf"\b(?P<word>{_ANY})\s+to\s+(?:[a-z]+\s+){{0,2}}$", re.IGNORECASE)
_FROM = re.compile(r"^[^.;%\d]{0,40}?,?\s*\bfrom\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_TO = re.compile(r"^[^.;%]{0,60}?\bto\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_UP_FROM = re.compile(
    rf"^[^.;%]{{0,60}}?\b(?P<word>{_ANY})\s+(?:from|on|compared\s+(?:to|with))\s+(?:[a-z]+\s+){{0,2}}$", re.IGNORECASE
)
_OTHERWISE = re.compile(
    r"\b(?:not|n['’]t|no|without|despite|slow\w*|rate\s+of|offset|target|by|performance|positions?|rank\w*)\b",
    re.IGNORECASE,
)
_TIMES = frozenset({"days", "weeks", "months", "hours", "years"})
_SPEED = re.compile(r"\b(?:timeliness|speed|performance)\b", re.IGNORECASE)
_SIGN: dict[Way, int] = {"up": 1, "down": -1, "better": 1, "worse": -1}


class _Moved(NamedTuple):
    word: str
    earlier: Figure
    later: Figure


def find(case: Case) -> Iterator[Question | Looked]:
    checked, unknown = 0, 0
    own = [f for f in case.said_first if f.role == "actual" and f.value is not None and f.metric]
    for said in grouped(own, lambda f: (f.evidence.sha256, f.evidence.page, f.evidence.quote)).values():
        for moved in _movements(said):
            better = better_of(case, moved.later)
            way = way_of(moved.word)
            if way in ("better", "worse") and better is None:
                unknown += 1
                continue
            checked += 1
            if question := _asked(moved, way, better):
                yield question
    yield Looked(checked, {"good direction not known": unknown})


def _movements(said: Sequence[Figure]) -> Iterator[_Moved]:
    """Pairs of figures of one measure with the words that say how it moved from one to the other."""
    if len(said) < 2 or "|" in said[0].evidence.quote:
        return
    for one, other in pairwise(sorted(said, key=lambda f: f.evidence.start)):
        if (one.metric, one.unit, one.organisation, one.breakdown) != (
            other.metric,
            other.unit,
            other.organisation,
            other.breakdown,
        ):
            continue
        quote = " ".join(one.evidence.quote.split())
        first, second = one.evidence.text, other.evidence.text
        if quote.count(first) != 1 or quote.count(second) != 1 or first == second:
            continue
        at, then = quote.find(first), quote.find(second)
        if one.unit in _TIMES and _SPEED.search(quote[: max(at, then)]):
            continue  # "timeliness fell from 10 days to 14"
        before, between = quote[:at], quote[at + len(first) : then]
        if (
            (m := _BEFORE.search(before))
            and _TO.match(between)
            and not _OTHERWISE.search(before[max(0, m.start() - 40) :])
        ):
            yield _Moved(m["word"], one, other)
        elif ((m := _UP_FROM.match(between)) and not _OTHERWISE.search(m[0])) or (
            (m := _TO_BEFORE.search(before)) and _FROM.match(between) and not _OTHERWISE.search(m[0])
        ):
            yield _Moved(m["word"], other, one)


def way_of(word: str) -> Way:
    """Which way a word for a movement points."""
    return next(way for way, words in _WAYS if re.fullmatch(words, " ".join(word.split()), re.IGNORECASE))


def _asked(moved: _Moved, way: Way, better: Better | None) -> Question | None:
    earlier, later = moved.earlier, moved.later
    assert earlier.value is not None
    assert later.value is not None
    sign = _SIGN[way] * (-1 if way in ("better", "worse") and better == "lower" else 1)
    difference = (later.value - earlier.value) * sign
    severity: Severity
    if difference > 0 or later.value_high is not None or earlier.value_high is not None:
        return None
    if figures_agree(earlier, later):
        severity = "info"
    else:
        severity = "warning" if way in ("better", "worse") else "error"
    message = (
        f"{where(later.evidence).capitalize()} says “{moved.word}”, from {earlier.evidence.text} to {later.evidence.text}. "
        "Which of the three is meant otherwise?"
    )
    return Question(severity, message, (earlier.evidence, later.evidence))


CHECK = Check("movement-claims", "A movement in words that its two figures do not bear out", "paper", find)
