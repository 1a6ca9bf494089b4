"""A promise in the future tense, or a visit still announced, for a date that is past when the paper meets.

The paper was written before its date, or what it promises did not happen and the paper does not say so.

- **It may be wrong** where the paper quotes an older document, and where the year was left out and read wrongly (such dates
  are passed over).
- **Example**: a paper of 26 March says that a tracker "will be presented to the steering group on 31 January".
- **Severity**: warning; information where the date is at most two weeks before the meeting, as papers are written some days
  ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from audit.case import Case
from audit.inspectors_reports import is_inspectors_own
from audit.ledger import in_minutes, is_minutes
from audit.question import Check, Looked, Question
from audit.wording import counted, on_day, shortened, where
from schema.evidence import Evidence
from schema.period import MONTH_NAMES, Period
from schema.records import Deadline, Inspection

_WRITTEN_AHEAD = timedelta(days=14)
_OF_LONG_AGO = timedelta(days=200)  # further back, another year was meant or another document is quoted
_WILL = re.compile(
    r"\b(?:will|shall|(?:is|are)\s+(?:now\s+|currently\s+)?(?:due|expected|scheduled|planned|set|to\s+be|on\s+track|on\s+target|anticipated)"
    r"|to\s+be\s+\w+ed)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:will|to)\s+(?:\w+ly\s+)?(?:run|continue|remain|apply|last|stay|be\s+(?:effective|valid|in\s+force))\b",
    re.IGNORECASE,
)
_TOLD_OF_THE_PAST = re.compile(
    r"\b(?:would|was|were|had|agreed\s+that|resolved|noted\s+that|said\s+that)\b|[“\"]", re.IGNORECASE
)


def find(case: Case) -> Iterator[Question | Looked]:
    without_date = 0
    checked = 0
    own = {paper.sha256 for paper in case.papers if is_inspectors_own(case, paper)}
    for deadline in case.deadlines:
        if deadline.evidence.sha256 in own:
            continue  # an inspector tells what the council said it would do
        met = case.meeting_of(deadline.evidence)
        without_date += met is None
        checked += met is not None
        if met is not None and _is_past_promise(deadline, met):
            question = _asked(deadline.evidence, f"“{shortened(deadline.subject, 70)}” is promised", deadline.due, met)
            yield replace(question, cause=f"{' '.join(deadline.subject.lower().split())} {deadline.due}")
    for event in case.inspections:
        for place in event.evidence:
            met = case.meeting_of(place)
            if (
                met is not None
                and place.sha256 not in own
                and event.date is not None
                and _is_past_visit(event, place, met)
            ):
                question = _asked(place, f"“{shortened(place.text, 70)}” is announced", event.date, met)
                yield replace(question, cause=f"{event.id} {place.sha256}")
    yield Looked(checked, {"the meeting's date is not known": without_date})


def _is_past_promise(deadline: Deadline, met: date) -> bool:
    if deadline.status != "planned" or deadline.extractor.endswith("table") or deadline.doubts or in_minutes(deadline):
        return False
    words = deadline.evidence.text
    return (
        _is_past(deadline.due, met)
        and not _GOES_ON.search(words)
        and bool(_WILL.search(words))
        and not _TOLD_OF_THE_PAST.search(words)
    )


def _is_past_visit(event: Inspection, place: Evidence, met: date) -> bool:
    """Whether a place announces the visit with its date."""
    assert event.date is not None
    names_date = MONTH_NAMES[event.date.start.month - 1] in place.text and bool(re.search(r"\d", place.text))
    announces = bool(_WILL.search(place.text)) and not _TOLD_OF_THE_PAST.search(place.text)
    return names_date and announces and _is_past(event.date, met) and not is_minutes(place.report)


def _is_past(due: Period, met: date) -> bool:
    return due.end < met and met - due.end <= _OF_LONG_AGO


def _asked(place: Evidence, what: str, due: Period, met: date) -> Question:
    before = met - due.end
    message = (
        f"{where(place).capitalize()}: {what} for {due}, {counted(before.days, 'day')} before the meeting of {on_day(met)}. "
        "Has it happened?"
    )
    return Question("info" if before <= _WRITTEN_AHEAD else "warning", message, (place,))


CHECK = Check("past-promises", "A promise in the future tense whose date is past", "paper", find)
