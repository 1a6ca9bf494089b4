"""One inspection or visit with days that differ.

The days that places print for one event must have at least one in common; two visits of one number, held within half a year of each
other, are one event told with two dates.

- **It may be wrong** where a visit was put off: then the earlier paper announced it, and the question is only information.
- **Example**: one paper has the third visit "on 1 and 2 May 2018", the next "on 8 and 9 May 2018".
- **Severity**: warning; information where the one date was only announced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from audit.wording import paper_said, where
from schema.evidence import Evidence
from schema.period import Period, PeriodKind
from schema.period_words import find_periods, resolve
from schema.records import Inspection

_ANNOUNCED = re.compile(
    r"\b(?:will|due|planned|scheduled|expected|next|forthcoming|anticipated|would|to\s+take\s+place)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(r"\b(?:published|letter|report|dated|written)\b", re.IGNORECASE)
_ONE_VISIT = timedelta(days=183)
_LONGEST = timedelta(days=20)


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for event in case.inspections:
        dated = [(place, period) for place in event.evidence if (period := _days(place, case.meeting_of(place)))]
        checked += len(dated) > 1
        for (one, here), (other, there) in pairwise(dated):
            if not here.overlaps(there):
                yield _asked(case, event, one, here, other, there)
                break
    numbered = [e for e in case.inspections if e.number and e.date and e.date.end - e.date.start <= _LONGEST]
    for same in grouped(numbered, lambda e: (e.council, e.type, e.number)).values():
        for first, second in pairwise(sorted(same, key=lambda e: e.date.start if e.date else date.min)):
            if first.date and second.date and second.date.start - first.date.end <= _ONE_VISIT:
                places = _telling(first), _telling(second)
                if places[0] and places[1]:
                    yield _asked(case, first, places[0], first.date, places[1], second.date)
    yield Looked(checked)


def _days(place: Evidence, met: date | None) -> Period | None:
    """The days that a place prints for its event, where it prints days with their year."""
    if _PUBLISHED.search(place.text):
        return None
    days = [
        p
        for p in find_periods(place.text)
        if p.has_year and p.kind in (PeriodKind.DAY, PeriodKind.RANGE) and p.first.day
    ]
    resolved = resolve(days[0], met) if len(days) == 1 else None
    period = resolved.period if resolved and not resolved.impossible else None
    return period if period and period.end - period.start <= _LONGEST else None


def _telling(event: Inspection) -> Evidence | None:
    return next((place for place in event.evidence if re.search(r"\d", place.text)), None)


def _asked(case: Case, event: Inspection, one: Evidence, here: Period, other: Evidence, there: Period) -> Question:
    what = {"monitoring_visit": "monitoring visit", "focused_visit": "focused visit", "inspection": "inspection"}[
        event.type
    ]
    number = f" number {event.number}" if event.number else ""
    message = (
        f"The {what}{number} was on {here} by {paper_said(case, one)} ({where(one)}) and on {there} by {paper_said(case, other)} "
        f"({where(other)}). When was it?"
    )
    announced = _ANNOUNCED.search(one.text) or _ANNOUNCED.search(other.text)
    return Question("info" if announced else "warning", message, (one, other), cause=f"{event.id} {here} {there}")


CHECK = Check("visit-dates", "One inspection or visit with days that differ", "council", find)
