"""A stated change that its two ends do not give.

"An increase of 0.13 days, to 8.54 from 8.41", "reduced by 18% from 62 to 51": the difference of the two values, or that
difference in per cent of the first, is set against the change, by intervals of rounding. A change in per cent between
two percentages may be meant either way. Sentences with more than two values to choose from are passed over.

- **It may be wrong** where the change is of another period than the two values, or was worked out from values with
  more digits than the paper prints of them (which the intervals allow for).
- **Example**: "fell by 14 to 231 from 254": the two differ by 23.
- **Severity**: error where the paper calls an increase what its ends show to be a decrease, or the reverse; error too
  where the change misses by more than a tenth; else warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from audit.case import Case
from audit.change_ends import Change, changes, plain
from audit.question import Check, Looked, Question
from schema.rounding import Interval

_FAR_OFF: Final = 2
"""From three times the stated change on, the three numbers are more likely not of one thing than misprinted."""


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for change in changes(case):
        checked += 1
        if question := _asked(change):
            yield question
    stated = sum(one.role == "change" for one in case.said_first)
    yield Looked(checked, {"change of which the text does not give both ends": stated - checked})


def _asked(change: Change) -> Question | None:
    in_units, in_per_cent = change.difference, change.per_cent
    if in_units is None:
        return None
    ways = [in_per_cent] if _only_per_cent(change) else [in_units, in_per_cent if _may_be_per_cent(change) else None]
    given = [way for way in ways if way is not None]
    if not given:
        return None
    printed = change.change.evidence.text
    ends = f"from {change.then.evidence.text} to {change.now.evidence.text}"
    if not any(change.is_given_by(way) for way in given):
        nearest = min(given, key=lambda way: _off(change, way))
        if _off(change, nearest) > _FAR_OFF:
            return None
        sign = "%" if nearest is in_per_cent else ""
        message = (
            f"The change is given as {printed}, and {ends} is {_middle(nearest)}{sign}. Which of the three is meant?"
        )
        return Question("error" if _off(change, nearest) > Decimal("0.1") else "warning", message, change.places)
    if change.up is not None and (in_units.high < 0 if change.up else in_units.low > 0):
        called, is_ = ("an increase", "a decrease") if change.up else ("a decrease", "an increase")
        return Question(
            "error", f"The change of {printed} is called {called}, and {ends} is {is_}. Which is meant?", change.places
        )
    return None


def _only_per_cent(change: Change) -> bool:
    return change.change.unit == "percent" and change.now.unit != "percent"


def _may_be_per_cent(change: Change) -> bool:
    return change.change.unit == "percent"


def _off(change: Change, way: Interval) -> Decimal:
    """By how much of itself the stated change misses what the ends give."""
    stated = change.stated
    assert stated is not None
    value = abs(stated.low + stated.high) / 2
    return abs(abs(way.low + way.high) / 2 - value) / value if value else Decimal(1)


def _middle(way: Interval) -> str:
    middle = abs(way.low + way.high) / 2
    return plain(round(middle, 2).normalize() + 0) if middle else "no change"


CHECK = Check("change-differs", "A stated change that its two ends do not give", "paper", find)
