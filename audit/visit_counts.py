"""A number of monitoring visits so far that the timeline contradicts.

"We have now had two monitoring visits" in a paper that meets after the third was held, or "four" where the last was the third.

A paper written before a visit that was held in the month before its meeting may leave that one out.

- **It may be wrong** where the paper counts those of another time, or where the timeline numbers a visit wrongly.
- **Example**: "The Council has now had two monitoring visits", and in paragraph 3.7 "the third visit took place on 1 May".
- **Severity**: warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from audit.case import Case
from audit.inspectors_reports import is_inspectors_own
from audit.question import Check, Looked, Question
from audit.sentences import Found, sentences_with
from audit.wording import on_day
from schema.evidence import Evidence
from schema.records import Inspection

_NUMBERS = {
    w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1)
}
_COUNT = re.compile(
    rf"\b(?:has|have|had)\s+(?:(?:now|so\s+far|already|also)\s+)*(?:had|received|completed|undergone|hosted|been)\s+(?P<n>\d|{'|'.join(_NUMBERS)})\s+(?:of\s+(?:the\s+|our\s+)?"
    r"(?:\w+\s+){0,2})?(?:(?:Ofsted|quarterly|successful|positive)\s+)*monitoring\s+visits?\b(?P<rest>[^.;]{0,60})",
    re.IGNORECASE,
)
_OF_A_TIME = re.compile(
    r"\b(?:in|during|over|since|between|this|last)\s+(?:the\s+)?(?:last|past|year|20\d\d|january|february|march|april|may|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_JUST_HELD = timedelta(days=31)


def find(case: Case) -> Iterator[Question | Looked]:
    checked, unknown = 0, 0
    visits = [
        e
        for e in case.inspections
        if e.type == "monitoring_visit" and e.number and e.date and e.council in (None, case.council)
    ]
    for found in sentences_with(case, _COUNT) if visits else ():
        met = found.paper.meeting_date
        if _OF_A_TIME.search(found.match["rest"]) or is_inspectors_own(case, found.paper):
            continue
        last = max(
            (v for v in visits if met and v.date and v.date.end < met), key=lambda v: v.number or 0, default=None
        )
        checked += last is not None
        unknown += last is None
        if met is not None and last is not None and (question := _asked(case, found, last, met)):
            yield question
    yield Looked(checked, {"no numbered visit known by the paper's date": unknown})


def _asked(case: Case, found: Found, last: Inspection, met: date) -> Question | None:
    assert last.date is not None
    assert last.number is not None
    said = _NUMBERS.get(found.match["n"].lower()) or int(found.match["n"])
    if said == last.number or (said == last.number - 1 and met - last.date.end <= _JUST_HELD):
        return None
    words = " ".join(found.match[0].removesuffix(found.match["rest"]).split())
    message = f"“{words}” in the paper of {on_day(met)}; visit number {last.number} was held on {last.date}. How many were there?"
    return Question("warning", message, (found.place(), *_places_of(case, last, found)))


def _places_of(case: Case, event: Inspection, found: Found) -> tuple[Evidence, ...]:
    """Where the visit is told of with its number or its date, the same paper first."""
    told = [
        p
        for p in event.evidence
        if re.search(r"\d|first|second|third|fourth|fifth|sixth|final|last", p.text, re.IGNORECASE)
    ]
    return tuple(sorted(told, key=lambda p: p.sha256 != found.paper.sha256)[:3])


CHECK = Check("visit-counts", "A number of monitoring visits that the timeline contradicts", "paper", find)
