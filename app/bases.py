"""What may stand in one line: figures of one measure, of one organisation and part, on one basis.

A value at a date, of the year so far and of the twelve months past are three measures under one name. Papers seldom
name the basis in prose, so it is told from the period too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, Protocol

from schema.period import Period, PeriodKind, last_day
from schema.records import Basis, Figure
from schema.rounding import figures_agree

UNDATED: Final = "undated"
MONTH: Final = "month"
APRIL_TO_JUNE: Final = "April to June"
AT_A_DATE: Final = "snapshot"
Timing = Literal["at_date", "in_year"]

BASES_IN_WORDS: Final[Mapping[str, str]] = {
    MONTH: "by month",
    AT_A_DATE: "at a date",
    "quarter": "by quarter",
    "ytd": "year to date",
    "rolling_year": "12 months to date",
    "year": "full year",
    UNDATED: "date not said",
}

_OF_KIND: Final[Mapping[PeriodKind, str]] = {
    PeriodKind.DAY: AT_A_DATE,
    PeriodKind.MONTH_END: AT_A_DATE,
    PeriodKind.MONTH: MONTH,
    PeriodKind.QUARTER: "quarter",
    PeriodKind.FINANCIAL_YEAR: "year",
    PeriodKind.YEAR_TO_DATE: "ytd",
    PeriodKind.ROLLING_YEAR: "rolling_year",
    PeriodKind.SEASON: "season",
    PeriodKind.ACADEMIC_YEAR: "academic year",
    PeriodKind.CALENDAR_YEAR: "calendar year",
}


class Dated(Protocol):
    """What is said of a time: a figure, or a row of a history."""

    @property
    def period(self) -> Period | None: ...
    @property
    def basis(self) -> Basis | None: ...


class Line(NamedTuple):
    """What the figures of one line have in common."""

    metric: str | None
    organisation: str | None
    breakdown: str | None
    unit: str
    basis: str


def basis_in_words(basis: str) -> str:
    return BASES_IN_WORDS.get(basis, basis)


def lines_of(figures: Iterable[Figure], council: str | None) -> dict[Line, list[Figure]]:
    """Figures by line, in the order given. What a paper does not say is somebody else's is the council's.

    Which bases are one (`same_bases`) is told measure by measure.
    """
    alike: dict[tuple[str | None, str | None, str | None, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        alike[figure.metric, figure.organisation or council, figure.breakdown, figure.unit].append(figure)
    lines: dict[Line, list[Figure]] = defaultdict(list)
    for measure, of_measure in alike.items():
        same = same_bases(of_measure)
        for figure in of_measure:
            basis = basis_of(figure)
            lines[Line(*measure, same.get(basis, basis))].append(figure)
    return lines


def same_bases(figures: Sequence[Figure], timing: Timing | None = None) -> dict[str, str]:
    """Bases that are another one in these figures of one metric.

    Papers say "in March" and "at the end of March" of one value: both are of a date where the metric is taken at one,
    by its definition (`timing`) or by what papers say of any of its values, and of the month where its definition
    counts over time. They are two where any paper gives both of one month and they differ, unless the definition
    decides.
    April to June goes with the quarters, or with the years to date, where the metric has only one of these.
    """
    bases = {basis_of(figure) for figure in figures}
    same = {}
    if timing == "in_year":
        if not any(figure.basis == AT_A_DATE for figure in figures):
            same[AT_A_DATE] = MONTH
    elif timing == "at_date" or (AT_A_DATE in bases and not _month_and_date_differ(figures)):
        same[MONTH] = AT_A_DATE
    of_first_quarter = [basis for basis in ("quarter", "ytd") if basis in bases]
    if len(of_first_quarter) == 1:
        same[APRIL_TO_JUNE] = of_first_quarter[0]
    return same


def basis_of(figure: Dated) -> str:
    """The basis that the paper names, else the one that the period has."""
    if figure.period is None:
        return UNDATED
    return figure.basis or _of_period(figure.period)


def moment(figure: Dated) -> tuple[date, date] | None:
    """The days that a figure describes, so that two papers' words for one time are one time. None without a period.

    A value at a day that ends a month is of that month.
    """
    if figure.period is None:
        return None
    start, end = figure.period.start, figure.period.end
    if basis_of(figure) in (MONTH, AT_A_DATE) and end == last_day(end.year, end.month):
        start = end.replace(day=1)
    return start, end


def are_one(figures: Iterable[Figure]) -> bool:
    """Whether figures that one paper gives for one line and time can be one value. Where they cannot, they measure
    different things, and none of them is known to belong to the line."""
    told = list(figures)
    return all(figures_agree(one, other) for one in told for other in told)


def _of_period(period: Period) -> str:
    return _OF_KIND.get(period.kind) or _of_range(period)


def _of_range(period: Period) -> str:
    """The basis of a stretch of days. April to June is a quarter and a year to date: alone it is neither."""
    first, last = period.start, period.end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if period.precision != "month":
        return f"{(last - first).days + 1} days"
    if first.month == 4 and months == 12:
        return "year"
    if first.month == 4 and 3 < months < 12:
        return "ytd"
    if first.month in (1, 7, 10) and months == 3:
        return "quarter"
    if first.month == 4 and months == 3:
        return APRIL_TO_JUNE
    return MONTH if months == 1 else f"{months} months"


def _month_and_date_differ(figures: Iterable[Figure]) -> bool:
    said: dict[tuple[object, ...], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        basis = basis_of(figure)
        if basis in (MONTH, AT_A_DATE):
            whose = (figure.organisation, figure.breakdown, figure.unit, figure.role)
            said[figure.evidence.sha256, *whose, moment(figure)].setdefault(basis, figure)
    return any(len(both) == 2 and not figures_agree(both[MONTH], both[AT_A_DATE]) for both in said.values())
