"""The days of a visit as inspectors' reports print them: "19 November – 11 December 2013 and 28 – 30 January 2014"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY = re.compile(
    rf"{_WEEKDAY}(?:the\s+)?(?:(?P<d>\d{{1,2}})[/.](?P<m>\d{{1,2}})[/.](?P<y>\d{{4}}|\d{{2}})\b"
    rf"|(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th)\b)?(?:\s*(?:of\s+)?(?P<month>{_MONTH}))?(?:,?\s*(?P<year>(?:19|20)\d\d)\b)?)",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:to|until|till|through|up\s+to|[–—−‑-])\s*", re.IGNORECASE)
_AND = re.compile(
    r"(?:\s*(?:,\s*|;\s*)?(?:and|&|,|;)|\s/(?=\s))\s*(?:then\s+|again\s+|also\s+)?(?:on\s+|from\s+|between\s+)?",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\s*(?:(?P<between>between)|from|on|dates?:?|during|over)?\s*", re.IGNORECASE)
_LONGEST = timedelta(days=200)  # a visit in two parts is over in half a year


class Stretch(NamedTuple):
    """Days on end, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


class _Printed(NamedTuple):
    """One day as printed, and whether a word for "to" stands before it."""

    day: int
    month: int | None
    year: int | None
    after_to: bool


def read_visit_dates(text: str, start: int = 0) -> tuple[list[Stretch], int]:
    """The stretches of days that `text` names from `start` on, and the offset behind them.

    A month or year that is printed once for several days counts for those before it, too. None is returned for days
    that are impossible, out of order, or without a year.
    """
    lead = _LEAD.match(text, start)
    position = lead.end() if lead else start
    between = bool(lead and lead["between"])
    printed: list[_Printed] = []
    end = position
    after_to = False
    while m := _DAY.match(text, position):
        if (one := _printed(m, after_to)) is None:
            return [], start
        printed.append(one)
        end = m.end()
        if join := _TO.match(text, end):
            after_to, position = True, join.end()
        elif join := _AND.match(text, end):
            after_to, position = between and len(printed) % 2 == 1, join.end()
        else:
            break
    days = _complete(printed)
    return (_stretches(printed, days), end) if days else ([], start)


def _printed(m: re.Match[str], after_to: bool) -> _Printed | None:
    if m["d"]:
        year = int(m["y"]) + (2000 if len(m["y"]) == 2 else 0)
        return _Printed(int(m["d"]), int(m["m"]), year, after_to)
    month = _MONTHS.index(m["month"][:3].casefold()) + 1 if m["month"] else None
    return _Printed(int(m["day"]), month, int(m["year"]) if m["year"] else None, after_to)


def _complete(printed: list[_Printed]) -> list[date]:
    """The days with the months and years that stand further on; none where one cannot be told or they are out of order."""
    days: list[date] = []
    following: date | None = None
    for one in reversed(printed):
        month = one.month or (following.month if following else None)
        year = one.year or (following.year if following else None)
        if month is None or year is None:
            return []
        try:
            day = date(year, month, one.day)
            if following and day > following and one.year is None and one.month is not None:
                day = date(year - 1, month, one.day)  # "12 December to 20 January 2017"
        except ValueError:
            return []
        if following and day > following:
            return []
        days.insert(0, day)
        following = day
    return days if days and days[-1] - days[0] <= _LONGEST else []


def _stretches(printed: list[_Printed], days: list[date]) -> list[Stretch]:
    found: list[Stretch] = []
    for one, day in zip(printed, days, strict=True):
        if one.after_to and found:
            found[-1] = Stretch(found[-1].start, day)
        else:
            found.append(Stretch(day, day))
    return found
