"""One metric over time: for each period what was said of it, paper by paper, and where a later paper says otherwise."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, select

from db.rows import stored_figure
from db.tables import figures, papers
from schema.period import Period, PeriodKind
from schema.records import Basis, Figure, Role
from schema.rounding import figures_agree

_ROLES: Final[tuple[Role, ...]] = ("actual", "target", "plan", "benchmark", "numerator", "denominator", "change")
_LAST: Final = date.max


class HistoryReport(BaseModel):
    """One paper's report of a value. `repeats` is the id of the figure that a near-identical report merely says again;
    `restates` marks a value that cannot be a rounding of what was said before of the same period."""

    model_config = ConfigDict(frozen=True)

    figure: Figure
    meeting_date: date | None
    repeats: str | None = None
    restates: bool = False


class HistoryRow(BaseModel):
    """What is said of a metric for one period, of one organisation, in one role, breakdown and basis; reports by
    meeting."""

    model_config = ConfigDict(frozen=True)

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
    gathered: dict[_RowKey, list[_Told]] = defaultdict(list)
    for told in _told(connection, metric, council):
        gathered[_row_key(told)].append(told)
    rows = [
        HistoryRow.model_construct(metric=metric, **key._asdict(), reports=_reports(of, dated=key.period is not None))
        for key, of in gathered.items()
    ]
    return sorted(rows, key=_by_period)


class _Told(NamedTuple):
    """A figure with what its paper adds: whose paper it is, when it met, and which figure this one says again."""

    figure: Figure
    council: str | None
    meeting_date: date | None
    repeats: str | None


class _RowKey(NamedTuple):
    council: str | None
    organisation: str | None
    role: Role
    unit: str
    breakdown: str | None
    basis: Basis | None
    period: Period | None


def _told(connection: Connection, metric: str, council: str | None) -> list[_Told]:
    """Every figure of the metric. One question, answered from the index on metric and paper."""
    of_paper = (papers.c.name.label("paper_name"), papers.c.council.label("papers_of"), papers.c.meeting_date)
    question = select(figures, *of_paper).join(papers, papers.c.sha256 == figures.c.sha256)
    question = question.where(figures.c.metric == metric)
    if council is not None:
        # Told so, SQLite looks the metric up paper by paper and not through the papers of all councils.
        theirs = select(papers.c.sha256).where(papers.c.council.in_(_spellings(connection, council)))
        question = question.where(figures.c.sha256.in_(theirs))
    names = (*figures.c.keys(), "paper_name", "papers_of", "meeting_date")
    rows = (dict(zip(names, row, strict=True)) for row in connection.execute(question))
    return [_Told(stored_figure(row), row["papers_of"], row["meeting_date"], row["repeats"]) for row in rows]


def _spellings(connection: Connection, council: str) -> list[str]:
    """How the papers' council is written, for a name in any case. The name itself, where it is written so, is quick."""
    exact = connection.execute(select(papers.c.council).where(papers.c.council == council).limit(1)).scalar()
    if exact is not None:
        return [exact]
    names = connection.execute(select(papers.c.council).where(papers.c.council.is_not(None)).distinct()).scalars()
    return [name for name in names if name is not None and name.lower() == council.lower()]


def _row_key(told: _Told) -> _RowKey:
    """The row that a figure belongs to. Where a paper does not say whose figure it is, it is its council's."""
    figure = told.figure
    organisation = figure.organisation or told.council
    return _RowKey(
        told.council, organisation, figure.role, figure.unit, figure.breakdown, figure.basis, _as_time(figure.period)
    )


def _as_time(period: Period | None) -> Period | None:
    """The period without the words for it: 31 March 2018 and the end of March 2018 are one time, for papers print
    either."""
    if period is None:
        return None
    if period.kind is PeriodKind.DAY and period.end == Period.month(period.end.year, period.end.month).end:
        return Period.month_end(period.end.year, period.end.month)
    return period


def _reports(told: list[_Told], dated: bool) -> tuple[HistoryReport, ...]:
    """What was said, by meeting. Values that are not `dated` may be of different times: none restates another."""
    reports = []
    standing: list[Figure] = []  # what has been said since the last restatement
    for figure, _, meeting, repeats in sorted(told, key=_by_meeting):
        restates = dated and repeats is None and not all(figures_agree(figure, earlier) for earlier in standing)
        if repeats is None:
            standing = [figure] if restates else [*standing, figure]
        reports.append(
            HistoryReport.model_construct(figure=figure, meeting_date=meeting, repeats=repeats, restates=restates)
        )
    return tuple(reports)


def _by_meeting(told: _Told) -> tuple[object, ...]:
    place = told.figure.evidence
    return told.meeting_date or _LAST, place.paper, place.sha256, place.page or 0, place.start, place.end


def _by_period(row: HistoryRow) -> tuple[object, ...]:
    end, start = (row.period.end, row.period.start) if row.period else (_LAST, _LAST)
    kind = row.period.kind.value if row.period else ""
    names = (row.council or "", row.organisation or "", _ROLES.index(row.role), row.breakdown or "", row.basis or "")
    return end, start, kind, *names, row.unit
