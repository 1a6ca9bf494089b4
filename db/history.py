"""One metric over time: for each period what was said of it, paper by paper, and where a later paper says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, CursorResult, Row, Text, bindparam, select, type_coerce

from db.rows import LISTS_OF_A_FIGURE, period_of_columns, stored_figure, with_lists
from db.tables import figures, papers
from schema.period import Period, PeriodKind
from schema.records import Basis, Figure, Role
from schema.rounding import figures_agree

_ROLES: Final[tuple[Role, ...]] = ("actual", "target", "plan", "benchmark", "numerator", "denominator", "change")
_LAST: Final = date.max


class HistoryReport:
    """One paper's report of a value. `repeats` is the id of the figure that a near-identical report merely says again;
    `restates` marks a value that cannot be a rounding of what was said before of the same period.

    The figure's record is made of its row when it is first asked for: a metric has hundreds, and pages show some.
    """

    __slots__ = ("_figure", "meeting_date", "repeats", "restates")

    def __init__(
        self, figure: Figure | Row[Any], meeting_date: date | None, repeats: str | None = None, restates: bool = False
    ) -> None:
        self._figure = figure
        self.meeting_date: Final = meeting_date
        self.repeats: Final = repeats
        self.restates: Final = restates

    @property
    def figure(self) -> Figure:
        if not isinstance(self._figure, Figure):
            self._figure = stored_figure(with_lists(self._figure._asdict()))
        return self._figure

    def marked(self, restates: bool) -> HistoryReport:
        """The same report, said to restate or not."""
        return HistoryReport(self._figure, self.meeting_date, self.repeats, restates)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, HistoryReport):
            return NotImplemented
        return self._told() == other._told()

    def __hash__(self) -> int:
        return hash((self.figure.id, self.restates))

    def __repr__(self) -> str:
        return f"HistoryReport{self._told()}"

    def _told(self) -> tuple[Figure, date | None, str | None, bool]:
        return self.figure, self.meeting_date, self.repeats, self.restates


class HistoryRow(NamedTuple):
    """What is said of a metric for one period, of one organisation, in one role, breakdown and basis; reports by
    meeting."""

    metric: str
    council: str | None
    organisation: str | None
    role: Role
    unit: str
    breakdown: str | None
    basis: Basis | None
    period: Period | None
    reports: tuple[HistoryReport, ...]

    @property
    def statements(self) -> int:
        """How many times it was said independently: repetitions in near-identical reports do not count."""
        return sum(report.repeats is None for report in self.reports)

    @property
    def restated(self) -> bool:
        return any(report.restates for report in self.reports)

    @property
    def latest(self) -> Figure:
        """What was said last, repetitions aside where there is anything else."""
        said_anew = [report.figure for report in self.reports if report.repeats is None]
        return (said_anew or [report.figure for report in self.reports])[-1]


def history(connection: Connection, metric: str, council: str | None = None) -> list[HistoryRow]:
    """The metric's rows by period (unknown last), then organisation, role, breakdown and basis.

    `council` is the council whose papers report it, in any case; None asks for those of all.
    """
    gathered: dict[tuple[Any, ...], list[_Told]] = defaultdict(list)
    for told in sorted(_told(connection, metric, council), key=_by_meeting):
        gathered[_what_it_is_of(told)].append(told)
    rows = [_row(metric, key, of) for key, of in gathered.items()]
    return sorted(rows, key=_by_period)


class _Told(NamedTuple):
    """What a history needs of a figure, by the names of its columns, and the whole row for when the figure is asked
    for."""

    meeting_date: date | None
    paper_name: str
    sha256: str
    page: int | None
    text_start: int
    text_end: int
    papers_of: str | None
    organisation: str | None
    role: Role
    unit: str
    breakdown: str | None
    basis: Basis | None
    period_kind: str | None
    period_start: date | None
    period_end: date | None
    value: Decimal | None
    value_high: Decimal | None
    qualifier: str
    repeats: str | None
    row: Row[Any]


_NEEDED: Final = tuple(name for name in _Told._fields if name != "row")
_OF_PAPER: Final = {"meeting_date": papers.c.meeting_date, "paper_name": papers.c.name, "papers_of": papers.c.council}


def _columns() -> list[ColumnElement[Any]]:
    """The columns of `_Told` in its order, then the rest of a figure's; lists stay text until they are asked for."""
    needed = [_OF_PAPER[name].label(name) if name in _OF_PAPER else figures.c[name] for name in _NEEDED]
    rest = [column for column in figures.c if column.name not in _NEEDED]
    return [*needed, *(type_coerce(c, Text).label(c.name) if c.name in LISTS_OF_A_FIGURE else c for c in rest)]


_OF_METRIC: Final = (
    select(*_columns())
    .join_from(figures, papers, papers.c.sha256 == figures.c.sha256)
    .where(figures.c.metric == bindparam("asked_metric"))
)
# Told so, SQLite looks the metric up paper by paper and not through the papers of all councils.
_OF_METRIC_AND_COUNCIL: Final = _OF_METRIC.where(
    figures.c.sha256.in_(select(papers.c.sha256).where(papers.c.council == bindparam("asked_council")))
)


def _told(connection: Connection, metric: str, council: str | None) -> list[_Told]:
    """Every figure of the metric. One question, answered from the index on metric and paper; where no paper's council
    is written so, one more for each other spelling of it."""
    if council is None:
        return _answers(connection.execute(_OF_METRIC, {"asked_metric": metric}))
    asked = {"asked_metric": metric, "asked_council": council}
    return _answers(connection.execute(_OF_METRIC_AND_COUNCIL, asked)) or [
        told
        for spelling in _other_spellings(connection, council)
        for told in _answers(connection.execute(_OF_METRIC_AND_COUNCIL, {**asked, "asked_council": spelling}))
    ]


def _answers(found: CursorResult[Any]) -> list[_Told]:
    last = len(_NEEDED)
    return [_Told._make((*row[:last], row)) for row in found.all()]


def _other_spellings(connection: Connection, council: str) -> list[str]:
    """How papers write a council's name in other cases."""
    names = connection.execute(select(papers.c.council).where(papers.c.council.is_not(None)).distinct()).scalars()
    return [name for name in names if name is not None and name != council and name.lower() == council.lower()]


def _what_it_is_of(told: _Told) -> tuple[Any, ...]:
    """What the figures of a row have in common. Where a paper does not say whose a figure is, it is its council's."""
    time = _time_of(told.period_kind, told.period_start, told.period_end)
    whose = told.organisation or told.papers_of
    return told.papers_of, whose, told.role, told.unit, told.breakdown, told.basis, time


def _row(metric: str, key: tuple[Any, ...], told: Sequence[_Told]) -> HistoryRow:
    *what, time = key
    period = period_of_columns(*time)
    return HistoryRow._make((metric, *what, period, _reports(told, dated=period is not None)))


@lru_cache(maxsize=4096)
def _time_of(kind: str | None, start: date | None, end: date | None) -> tuple[str | None, date | None, date | None]:
    """The columns of the period without the words for it: 31 March 2018 and the end of March 2018 are one time, for
    papers print either."""
    if kind == PeriodKind.DAY and end is not None:
        month = Period.month_end(end.year, end.month)
        if month.end == end:
            return month.kind.value, month.start, month.end
    return kind, start, end


def _reports(told: Sequence[_Told], dated: bool) -> tuple[HistoryReport, ...]:
    """What was said, by meeting. Values that are not `dated` may be of different times: none restates another."""
    reports = []
    standing: list[_Told] = []  # what has been said since the last restatement
    for one in told:
        anew = one.repeats is None
        restates = dated and anew and not all(figures_agree(one, earlier) for earlier in standing)
        if anew:
            standing = [one] if restates else [*standing, one]
        reports.append(HistoryReport(one.row, one.meeting_date, one.repeats, restates))
    return tuple(reports)


def _by_meeting(told: _Told) -> tuple[object, ...]:
    place = (told.paper_name, told.sha256, told.page or 0, told.text_start, told.text_end)
    return told.meeting_date or _LAST, *place


def _by_period(row: HistoryRow) -> tuple[object, ...]:
    end, start = (row.period.end, row.period.start) if row.period else (_LAST, _LAST)
    kind = row.period.kind.value if row.period else ""
    names = (row.council or "", row.organisation or "", _ROLES.index(row.role), row.breakdown or "", row.basis or "")
    return end, start, kind, *names, row.unit
