"""A date whose weekday is wrong: "Tuesday 8 September 2021" was a Wednesday.

- **It may be wrong** never as arithmetic goes; which of weekday, day, month and year is meant otherwise, the paper must say.
- **Example**: a notice of a meeting on "Tuesday, 14 September 2022", which was a Wednesday.
- **Severity**: warning.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from audit.case import Case
from audit.question import Check, Looked, Question
from audit.sentences import sentences_with
from audit.wording import on_day
from schema.period import MONTH_NAMES

_DAYS = tuple(calendar.day_name)
_DATED = re.compile(
    rf"\b(?P<weekday>{'|'.join(_DAYS)}),?[ \u00a0]*\n?[ \u00a0]*(?:the\s+)?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(MONTH_NAMES)})\s*,?\s+(?P<year>20\d\d)\b",
    re.IGNORECASE,
)


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for found in sentences_with(case, _DATED):
        m = found.match
        month = [name.casefold() for name in MONTH_NAMES].index(m["month"].casefold()) + 1
        try:
            day = date(int(m["year"]), month, int(m["day"]))
        except ValueError:
            continue
        checked += 1
        if _DAYS[day.weekday()].casefold() != m["weekday"].casefold():
            printed = " ".join(m[0].split())
            message = f"“{printed}”: {on_day(day)} was a {_DAYS[day.weekday()]}. Which day is meant?"
            place = found.place(m.start(), m.end())
            yield Question("warning", message, (place,), cause=f"{printed} {found.text[:80]}")
    yield Looked(checked)


CHECK = Check("wrong-weekdays", "A date whose weekday is wrong", "paper", find)
