"""Periods of time as committee papers use them, and the algebra to compare, contain and step them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

MONTH_NAMES = tuple(calendar.month_name)[1:]


class PeriodKind(StrEnum):
    """What sort of period the paper names. The value is what the export prints."""

    DAY = "day"
    MONTH = "month"
    MONTH_END = "month_end"  # a point in time of which only the month is known: "at the end of March 2018"
    QUARTER = "quarter"  # of the financial year: the first is April to June
    SEASON = "season"
    FINANCIAL_YEAR = "financial_year"  # April to March
    ACADEMIC_YEAR = "academic_year"  # September to August
    CALENDAR_YEAR = "calendar_year"
    YEAR_TO_DATE = "year_to_date"  # April to the end of a month
    ROLLING_YEAR = "rolling_year"  # twelve months to the end of a month
    RANGE = "range"


POINTS = frozenset({PeriodKind.DAY, PeriodKind.MONTH_END})

SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""First month of each season: meteorological seasons, as summer 2019 is June to August."""

_STEP_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.MONTH_END: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.SEASON: 3,
    PeriodKind.FINANCIAL_YEAR: 12,
    PeriodKind.ACADEMIC_YEAR: 12,
    PeriodKind.CALENDAR_YEAR: 12,
    PeriodKind.YEAR_TO_DATE: 12,
    PeriodKind.ROLLING_YEAR: 1,
}

_PRECISION = {
    PeriodKind.DAY: "day",
    PeriodKind.MONTH: "month",
    PeriodKind.MONTH_END: "month",
    PeriodKind.QUARTER: "quarter",
    PeriodKind.SEASON: "season",
    PeriodKind.FINANCIAL_YEAR: "year",
    PeriodKind.ACADEMIC_YEAR: "year",
    PeriodKind.CALENDAR_YEAR: "year",
    PeriodKind.YEAR_TO_DATE: "month",
    PeriodKind.ROLLING_YEAR: "month",
}


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day (31 January + 1: 28 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _is_month_end(day: date) -> bool:
    return day == last_day(day.year, day.month)


def _step_end(day: date, months: int) -> date:
    """Step an inclusive end: the end of one month becomes the end of another, whatever their lengths."""
    moved = add_months(day, months)
    return last_day(moved.year, moved.month) if _is_month_end(day) else moved


class Period(BaseModel):
    """A stretch of days, both ends included, with the kind of period that the paper named.

    Two periods are equal only when kind and both days are; use `same_days` to ask whether they cover the same time.
    """

    model_config = ConfigDict(frozen=True)

    kind: PeriodKind
    start: date
    end: date

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")
        return self

    @classmethod
    def day(cls, day: date) -> Self:
        return cls(kind=PeriodKind.DAY, start=day, end=day)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(kind=PeriodKind.MONTH, start=date(year, month, 1), end=last_day(year, month))

    @classmethod
    def month_end(cls, year: int, month: int) -> Self:
        """A point in time, "at the end of March 2018", kept as the month because papers seldom mean the very day."""
        return cls(kind=PeriodKind.MONTH_END, start=date(year, month, 1), end=last_day(year, month))

    @classmethod
    def quarter(cls, financial_year: int, number: int) -> Self:
        """Quarter 1 to 4 of the financial year that starts in April of `financial_year`."""
        start = add_months(date(financial_year, 4, 1), 3 * (number - 1))
        return cls(kind=PeriodKind.QUARTER, start=start, end=add_months(start, 3) - timedelta(days=1))

    @classmethod
    def season(cls, year: int, name: str) -> Self:
        start = date(year, SEASON_MONTHS[name], 1)
        return cls(kind=PeriodKind.SEASON, start=start, end=add_months(start, 3) - timedelta(days=1))

    @classmethod
    def financial_year(cls, year: int) -> Self:
        """The financial year that starts in April of `year`: 2017 is 2017/18."""
        return cls(kind=PeriodKind.FINANCIAL_YEAR, start=date(year, 4, 1), end=date(year + 1, 3, 31))

    @classmethod
    def academic_year(cls, year: int) -> Self:
        """The academic year that starts in September of `year`."""
        return cls(kind=PeriodKind.ACADEMIC_YEAR, start=date(year, 9, 1), end=date(year + 1, 8, 31))

    @classmethod
    def calendar_year(cls, year: int) -> Self:
        return cls(kind=PeriodKind.CALENDAR_YEAR, start=date(year, 1, 1), end=date(year, 12, 31))

    @classmethod
    def year_to_date(cls, end: date) -> Self:
        """From the first of April before `end` to `end`."""
        return cls(kind=PeriodKind.YEAR_TO_DATE, start=date(financial_year_of(end), 4, 1), end=end)

    @classmethod
    def rolling_year(cls, end: date) -> Self:
        """The twelve months that end on `end`."""
        return cls(kind=PeriodKind.ROLLING_YEAR, start=_step_end(end, -12) + timedelta(days=1), end=end)

    @classmethod
    def range(cls, start: date, end: date) -> Self:
        return cls(kind=PeriodKind.RANGE, start=start, end=end)

    @property
    def is_point(self) -> bool:
        return self.kind in POINTS

    @property
    def precision(self) -> str:
        """`day`, `month`, `season`, `quarter` or `year`: how finely the paper names the date (CONTRACT.md)."""
        if self.kind is PeriodKind.RANGE:
            whole_months = self.start.day == 1 and _is_month_end(self.end)
            return "month" if whole_months else "day"
        return _PRECISION[self.kind]

    def same_days(self, other: Period) -> bool:
        return (self.start, self.end) == (other.start, other.end)

    def contains(self, other: Period | date) -> bool:
        first, last = (other, other) if isinstance(other, date) else (other.start, other.end)
        return self.start <= first and last <= self.end

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def before(self, other: Period) -> bool:
        """Whether this period is over before the other begins."""
        return self.end < other.start

    def step(self, count: int = 1) -> Period:
        """The period of the same kind `count` places on: the month after, the quarter before (-1), the next year.

        A year to date steps by whole years, a rolling year by months, a range by its own length (in whole months where
        it is made of them).
        """
        if self.kind is PeriodKind.DAY:
            moved = self.start + timedelta(days=count)
            return Period.day(moved)
        if self.kind is PeriodKind.RANGE and self.precision == "day":
            length = (self.end - self.start + timedelta(days=1)) * count
            return Period.range(self.start + length, self.end + length)
        months = _STEP_MONTHS.get(self.kind) or self._whole_months()
        return self.model_copy(
            update={"start": add_months(self.start, months * count), "end": _step_end(self.end, months * count)}
        )

    def a_year_before(self) -> Period:
        """The same period of the year before: what "compared with last year" compares with."""
        return self.model_copy(update={"start": add_months(self.start, -12), "end": _step_end(self.end, -12)})

    def _whole_months(self) -> int:
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def __str__(self) -> str:
        return _PRINTERS[self.kind](self)


def financial_year_of(day: date) -> int:
    """The year in whose April the financial year of `day` starts."""
    return day.year if day.month >= 4 else day.year - 1


def _print_day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _print_month(day: date) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def _print_year_pair(period: Period) -> str:
    return f"{period.start.year}/{period.end.year % 100:02d}"


def _print_quarter(period: Period) -> str:
    year = financial_year_of(period.start)
    return f"Q{(period.start.month - 4) % 12 // 3 + 1} {year}/{(year + 1) % 100:02d}"


def _print_season(period: Period) -> str:
    name = next(season for season, month in SEASON_MONTHS.items() if month == period.start.month)
    return f"{name} {period.start.year}"


def _print_range(period: Period) -> str:
    one = _print_month if period.precision == "month" else _print_day
    return f"{one(period.start)} to {one(period.end)}"


_PRINTERS = {
    PeriodKind.DAY: lambda p: _print_day(p.start),
    PeriodKind.MONTH: lambda p: _print_month(p.start),
    PeriodKind.MONTH_END: lambda p: f"end of {_print_month(p.start)}",
    PeriodKind.QUARTER: _print_quarter,
    PeriodKind.SEASON: _print_season,
    PeriodKind.FINANCIAL_YEAR: _print_year_pair,
    PeriodKind.ACADEMIC_YEAR: lambda p: f"academic year {_print_year_pair(p)}",
    PeriodKind.CALENDAR_YEAR: lambda p: str(p.start.year),
    PeriodKind.YEAR_TO_DATE: lambda p: f"year to {_print_month(p.end)} (from April)",
    PeriodKind.ROLLING_YEAR: lambda p: f"12 months to {_print_month(p.end)}",
    PeriodKind.RANGE: _print_range,
}
