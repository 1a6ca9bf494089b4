"""A paper says that a target was met, missed, exceeded or fallen short of, and its own figure says otherwise.

"Above" and "below" a target are taken by the letter: 91% is not above 95%. "Met", "achieved" and "missed" are taken by the
measure's good direction, where that is known. A printed figure stands for all numbers that round to it, so 94.6 printed as
95% may or may not meet 95%, and nothing is asked. Where the words stand with several figures, one that bears them out is
enough.

- **It may be wrong** where the figure beside the words is of another period or group than the claim, and where the target has a
  tolerance that the paper does not give.
- **Example**: "Visits were in time in 91.4% of cases, so that the target of 95% was met."
- **Severity**: error, as the conclusion changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from audit.case import Case, grouped
from audit.good_direction import Better, better_of
from audit.question import Check, Looked, Question
from audit.wording import where
from schema.records import Figure
from schema.rounding import figure_interval

Side = Literal["above", "below", "meets", "misses"]

_NOT = r"(?:not|n['’]t|never|no\s+longer|failed\s+to|fell\s+short\s+of|narrowly\s+missed|yet\s+to|just\s+short)"
_WORDS: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("misses", re.compile(rf"\b{_NOT}\s+(?:\w+\s+){{0,3}}(?:met|meet|meeting|achieved?|achieving|reached?|hit)\b|\b(?:missed|missing|fell\s+short\s+of)\b")),
    ("below", re.compile(r"(?<!from )\b(?:below|under|short\s+of|less\s+than|lower\s+than)\b")),
    ("above", re.compile(r"\b(?:above|higher\s+than|more\s+than)\b")),
    ("meets", re.compile(r"\b(?:met|meets|meeting|achieved|achieves|achieving|reached|hit|exceeded|exceeds|exceeding|surpass\w*)\b")),
)  # fmt: skip
_HEDGED = re.compile(
    r"\b(?:will|would|should|could|(?-i:may)|might|aim\w*|expect\w*|hope\w*|forecast\w*|plan\w*|if|until|once|by\s+(?:the\s+)?(?:end|march|april|20\d\d)"
    r"|on\s+track|previous(?:ly)?|last\s+year|partially|partly|tolerance|nearly|almost|close\s+to|just\s+about|except|number\s+of)\b",
    re.IGNORECASE,
)


def find(case: Case) -> Iterator[Question | Looked]:
    checked, alone, unknown = 0, 0, 0
    rows = grouped(case.said_first, _sentence)
    for said in rows.values():
        for target in said:
            if target.role != "target" or target.value is None or "|" in target.evidence.quote:
                continue
            measured = [one for one in said if _is_measured_against(one, target)]
            same = [one for one in measured if one.metric == target.metric] or (measured if len(measured) == 1 else [])
            actuals = [one for one in same if _stands_with(one, target)]
            side = claimed(target, actuals)
            alone += not actuals
            unknown += bool(actuals) and side is None
            if not actuals or side is None:
                continue
            checked += 1
            better = better_of(case, target) or better_of(case, actuals[0])
            if all(contradicts(one, target, side, better) for one in actuals):
                yield _asked(target, actuals, side)
    yield Looked(
        checked, {"target without its figure in the sentence": alone, "claim that is hedged or unclear": unknown}
    )


def _sentence(figure: Figure) -> tuple[object, ...]:
    place = figure.evidence
    return place.sha256, place.page, place.quote


def _is_measured_against(figure: Figure, target: Figure) -> bool:
    same = figure.unit == target.unit and figure.organisation == target.organisation
    return (
        same and figure.role == "actual" and figure.value is not None and figure.breakdown in (None, target.breakdown)
    )


_BREAKS = re.compile(r";|\.\s|\b(?:but|whereas|while|whilst|although|though|which|following|after)\b", re.IGNORECASE)
_OF_ANOTHER_TIME = re.compile(
    r"\b(?:from|compared\s+(?:to|with)|against|than|previous(?:ly)?|last|was|were|up\s+on|down\s+on)\s+(?:\w+\s+){0,2}[(]?$",
    re.IGNORECASE,
)
_CLAIM_FOLLOWS = re.compile(r"^[^,;]{0,45}$")


def _stands_with(actual: Figure, target: Figure) -> bool:
    """Whether the actual figure is what the words about the target are said of: in one clause with it, before it ("91.4%,
    below the target of 95%") or close behind ("target of 15%: currently 11%"), and no earlier value ("up from 60%")."""
    quote = " ".join(target.evidence.quote.split())
    here, there = (quote.find(" ".join(one.evidence.text.split())) for one in (actual, target))
    if here < 0 or there < 0:
        return False
    if _OF_ANOTHER_TIME.search(quote[max(0, here - 40) : here]):
        return False
    between = quote[min(here, there) : max(here, there)]
    return not _BREAKS.search(between) and (here < there or bool(_CLAIM_FOLLOWS.match(between)))


def claimed(target: Figure, actuals: Sequence[Figure] = ()) -> Side | None:
    """What the clause that a target stands in says of it; None where it is hedged, says nothing or several things."""
    clause = _clause(target)
    if "|" in clause or _HEDGED.search(clause):
        return None
    words, printed = clause.casefold(), " ".join(target.evidence.text.split()).casefold()
    at = words.find(printed)
    if not _names_target(words, at, at + len(printed)):
        return None
    own = [" ".join(one.evidence.text.split()).casefold() for one in actuals]
    denied = [m.span() for m in _WORDS[0][1].finditer(words)]
    found = set[Side]()
    for side, pattern in _WORDS:
        for m in pattern.finditer(words):
            inside_denial = side != "misses" and any(start <= m.start() < end for start, end in denied)
            if not inside_denial and _is_of(words, m, at, at + len(printed), own):
                found.add(side)
    return found.pop() if len(found) == 1 else None


_TARGET_BEFORE = re.compile(r"\b(?:target|goal|ambition|aim|standard|threshold|floor|minimum)s?\b(?:\W+\w+){0,5}?\W*$")
_TARGET_AFTER = re.compile(r"^\W*(?:\w+\W+){0,2}?(?:target|goal|ambition|standard|threshold|floor|minimum)\b")


def _names_target(words: str, start: int, end: int) -> bool:
    """Whether the value stands by the word target: "the target of 95%", "our 95% target"."""
    return start >= 0 and bool(_TARGET_BEFORE.search(words[:start]) or _TARGET_AFTER.match(words[end:]))


_OF_SOMETHING_ELSE = re.compile(
    r"\d|average|england|national|neighbour|last\s+year|previous|baseline|floor|towards|regional|benchmark|\bbut\b|\bthan\s+(?!(?:the|our|its)\b)"
)


def _is_of(words: str, claim: re.Match[str], start: int, end: int, own: Sequence[str]) -> bool:
    """Whether nothing between the claim's words and the target takes the claim to itself ("above the average of 89% and
    moving towards the target of 95%")."""
    between = words[claim.end() : start] if claim.end() <= start else words[end : claim.start()]
    for figure in own:
        between = between.replace(figure, "")
    return start >= 0 and len(between) <= 60 and not _OF_SOMETHING_ELSE.search(between)


def _clause(target: Figure) -> str:
    """The part of the sentence between semicolons, brackets and full stops that the target is printed in, with what stands
    behind it in brackets ("15% (target met)")."""
    quote, printed = " ".join(target.evidence.quote.split()), " ".join(target.evidence.text.split())
    at = quote.find(printed)
    if at < 0 or quote.count(printed) > 1:
        return quote
    start = max(
        (quote.rfind(mark, 0, at) for mark in (";", ". ", " but ", " whereas ", " while ", " although ")), default=-1
    )
    ends = [
        e for mark in (";", ". ", " but ", " whereas ", " while ", " although ") if (e := quote.find(mark, at)) >= 0
    ]
    return quote[start + 1 : min(ends, default=len(quote))]


def contradicts(actual: Figure, target: Figure, side: Side, better: Better | None) -> bool:
    """Whether no number that the actual figure stands for bears the claim out."""
    stands_for = figure_interval(actual)
    if stands_for is None or target.value is None:
        return False
    aim = target.value
    match side:
        case "above":
            return stands_for.high < aim
        case "below":
            return stands_for.low > aim
        case "meets" | "misses" if better is None:
            return False
        case "meets":
            return stands_for.high < aim if better == "higher" else stands_for.low > aim
        case _:
            return stands_for.low > aim if better == "higher" else stands_for.high < aim


def _asked(target: Figure, actuals: Sequence[Figure], side: Side) -> Question:
    printed = " and ".join(one.evidence.text for one in actuals)
    words = {"above": "above", "below": "below", "meets": "meeting", "misses": "missing"}[side]
    message = (
        f"{where(target.evidence).capitalize()} speaks of {words} the target of {target.evidence.text}, and the figure with it is "
        f"{printed}. Is that so?"
    )
    return Question("error", message, (target.evidence, *(one.evidence for one in actuals)))


CHECK = Check("target-claims", "A target called met or missed against the paper's own figure", "paper", find)
