"""One metric over time: for each period what was said of it, paper by paper, and where a later paper says otherwise."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from db.filters import Filters
from db.queries import by_meeting, by_place, paper_records, said, statements
from schema.period import Period, PeriodKind
from schema.records import Basis, Figure, PaperRecord, Role
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
    """The metric's rows by period (unknown last), then organisation, role, breakdown and basis."""
    papers = {paper.sha256: paper for paper in paper_records(connection)}
    repeated = statements(connection)
    gathered: dict[HistoryRow, list[Figure]] = defaultdict(list)
    for figure in said(connection, Figure, Filters(metric=metric, council=council)):
        gathered[_empty_row(metric, figure, papers[figure.evidence.sha256])].append(figure)
    rows = [
        row.model_copy(update={"reports": _reports(figures, papers, repeated, dated=row.period is not None)})
        for row, figures in gathered.items()
    ]
    return sorted(rows, key=_by_period)


def _empty_row(metric: str, figure: Figure, paper: PaperRecord) -> HistoryRow:
    """The row that a figure belongs to. Where a paper does not say whose figure it is, it is its council's."""
    return HistoryRow(
        metric=metric,
        council=paper.council,
        organisation=figure.organisation or paper.council,
        role=figure.role,
        unit=figure.unit,
        breakdown=figure.breakdown,
        basis=figure.basis,
        period=_as_time(figure.period),
        reports=(),
    )


def _as_time(period: Period | None) -> Period | None:
    """The period without the words for it: 31 March 2018 and the end of March 2018 are one time, for papers print
    either."""
    if period is None:
        return None
    if period.kind is PeriodKind.DAY and period.end == Period.month(period.end.year, period.end.month).end:
        return Period.month_end(period.end.year, period.end.month)
    return period


def _reports(
    figures: list[Figure], papers: dict[str, PaperRecord], repeated: dict[str, str], dated: bool
) -> tuple[HistoryReport, ...]:
    """What was said, by meeting. Values that are not `dated` may be of different times: none restates another."""
    reports = []
    standing: list[Figure] = []  # what has been said since the last restatement
    for figure in sorted(figures, key=lambda f: (by_meeting(papers[f.evidence.sha256]), by_place(f))):
        repeats = repeated.get(figure.id)
        restates = dated and repeats is None and not all(figures_agree(figure, earlier) for earlier in standing)
        if repeats is None:
            standing = [figure] if restates else [*standing, figure]
        meeting = papers[figure.evidence.sha256].meeting_date
        reports.append(HistoryReport(figure=figure, meeting_date=meeting, repeats=repeats, restates=restates))
    return tuple(reports)


def _by_period(row: HistoryRow) -> tuple[object, ...]:
    end, start = (row.period.end, row.period.start) if row.period else (_LAST, _LAST)
    kind = row.period.kind.value if row.period else ""
    names = (row.council or "", row.organisation or "", _ROLES.index(row.role), row.breakdown or "", row.basis or "")
    return end, start, kind, *names, row.unit
