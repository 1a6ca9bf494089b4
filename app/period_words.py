"""Periods and days as a table has room for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from schema.period import MONTH_NAMES, Period, PeriodKind


def short(period: Period | None) -> str:
    """`Dec 2018`, `31 May 2018`, `Q3 2018/19`, `12m Jan 2019`, `Apr-Jan 2019`, `2017/18`."""
    return "" if period is None else _SHORT.get(period.kind, str)(period)


def short_end(period: Period | None) -> str:
    """As `short`, for what is due: the end of a month is not the month."""
    return f"end {short(period)}" if period and period.kind is PeriodKind.MONTH_END else short_days(period)


def short_day(day: date | None) -> str:
    """`19 Mar 2018`; nothing for no date."""
    return "" if day is None else f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def days_in_words(period: Period | None) -> str:
    """`10 to 21 June 2019`: a stretch of days without what both its ends share."""
    return "" if period is None else _stretch(period, MONTH_NAMES) or str(period)


def short_days(period: Period | None) -> str:
    """As `days_in_words`, with short months: `23 Jan to 16 Feb 2017`."""
    return "" if period is None else _stretch(period, [name[:3] for name in MONTH_NAMES]) or short(period)


def _stretch(period: Period, months: Sequence[str]) -> str:
    """Nothing where the period is no stretch of days within a year."""
    first, last = period.start, period.end
    if first == last or period.precision != "day" or first.year != last.year:
        return ""
    begun = str(first.day) if first.month == last.month else f"{first.day} {months[first.month - 1]}"
    return f"{begun} to {last.day} {months[last.month - 1]} {last.year}"


def _month(period: Period) -> str:
    return f"{MONTH_NAMES[period.end.month - 1][:3]} {period.end.year}"


_SHORT: Final[Mapping[PeriodKind, Callable[[Period], str]]] = {
    PeriodKind.MONTH: _month,
    PeriodKind.MONTH_END: _month,
    PeriodKind.DAY: lambda period: short_day(period.end),
    PeriodKind.YEAR_TO_DATE: lambda period: f"Apr-{_month(period)}",
    PeriodKind.ROLLING_YEAR: lambda period: f"12m {_month(period)}",
}
