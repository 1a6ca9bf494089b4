"""A metric's history as series that may be read as one line: of one body, one part, one basis and one unit.

A value so far this year, one of a month and one at a date are never in one line, nor are a team's and the whole's. Each
point has the change since the point before and since a year before, and the target as it stood when it was reported.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from app.bases import UNDATED, Timing, basis_of, moment, same_bases
from schema.period import Period
from schema.records import Figure, Role
from schema.rounding import figures_agree

if TYPE_CHECKING:
    from db.history import HistoryReport, HistoryRow

Better = Literal["higher", "lower"]

_LEAST_BANDS: Final = ("min", "floor")
_UPPER_BANDS: Final = ("upper", "max")


@dataclass(frozen=True)
class TargetThen:
    """The target that a point is held against: the last to be said by the point's own paper or one before it."""

    figure: Figure
    upper: Figure | None = None
    """The top of the band, where the paper gives one: `figure` is then its least."""

    @property
    def printed(self) -> str:
        least = self.figure.evidence.text
        return f"{least} to {self.upper.evidence.text}" if self.upper else least


@dataclass(frozen=True)
class Point:
    """The values that are said of one period, by meeting; `value` is the last that was said anew.

    `change` and `on_year` are differences of printed values, in the metric's unit. `months_missing` counts the months
    between the point before and this one for which the line has no figure, beyond its usual step.
    """

    period: Period | None
    reports: tuple[HistoryReport, ...]
    parts: tuple[Figure, ...] = ()
    change: Decimal | None = None
    on_year: Decimal | None = None
    target: TargetThen | None = None
    to_target: Decimal | None = None
    months_missing: int = 0

    @property
    def latest(self) -> Figure:
        anew = [report.figure for report in self.reports if report.repeats is None]
        return (anew or [report.figure for report in self.reports])[-1]

    @property
    def value(self) -> Decimal | None:
        return self.latest.value

    def reads(self, difference: Decimal | None, better: Better | None) -> str:
        """What a difference means: `better` or `worse`, empty where neither is or nothing moved."""
        if not difference or better is None:
            return ""
        return "better" if (difference > 0) == (better == "higher") else "worse"

    def meets(self, better: Better | None) -> bool | None:
        """Whether the value reaches the target, None where there is none or the direction is not known."""
        way = self.target.figure.target_direction if self.target else None
        higher = way == "at_least" if way else better == "higher"
        if self.to_target is None or (way is None and better is None):
            return None
        return self.to_target >= 0 if higher else self.to_target <= 0


@dataclass(frozen=True)
class MetricSeries:
    """Points of one line by period. `organisation` is None where the line is the council's own."""

    council: str | None
    organisation: str | None
    role: Role
    part: str | None
    basis: str
    unit: str
    points: tuple[Point, ...] = ()

    @property
    def own(self) -> bool:
        return self.role == "actual" and self.organisation is None


def series_of(rows: Sequence[HistoryRow], timing: Timing | None = None) -> list[MetricSeries]:
    """The lines of a history: the council's own first, whole before parts, the longest first; then benchmarks, plans.

    Targets, parts of shares and changes are no lines: they stand with the points that they belong to.
    """
    same = same_bases([report.figure for row in rows for report in row.reports], timing)
    lines: dict[MetricSeries, list[HistoryRow]] = defaultdict(list)
    for row in rows:
        if row.role in ("actual", "benchmark", "plan"):
            lines[_line_of(row, same)].append(row)
    targets = [row for row in rows if row.role == "target"]
    parts = [row for row in rows if row.role in ("numerator", "denominator")]
    built = [_built(line, of, targets, parts, same) for line, of in lines.items()]
    return sorted(built, key=_order)


def _order(line: MetricSeries) -> tuple[object, ...]:
    roles = ("actual", "benchmark", "plan", "target", "change", "numerator", "denominator")
    dated = line.basis != UNDATED
    return (
        line.council or "",
        not line.own,
        roles.index(line.role),
        line.part is not None,
        not dated,
        -len(line.points),
        line.organisation or "",
        line.part or "",
        line.basis,
        line.unit,
    )


def _line_of(row: HistoryRow, same: Mapping[str, str]) -> MetricSeries:
    others = None if row.organisation == row.council else row.organisation
    return MetricSeries(row.council, others, row.role, row.breakdown, _basis(row, same), row.unit)


def _basis(row: HistoryRow, same: Mapping[str, str]) -> str:
    basis = basis_of(row)
    return same.get(basis, basis)


def _built(
    line: MetricSeries,
    rows: Iterable[HistoryRow],
    targets: Sequence[HistoryRow],
    parts: Sequence[HistoryRow],
    same: Mapping[str, str],
) -> MetricSeries:
    by_end: dict[object, list[HistoryRow]] = defaultdict(list)
    for row in rows:
        by_end[moment(row)].append(row)
    points = []
    for told in by_end.values():
        period = next((row.period for row in told if row.period and row.period.is_point), told[0].period)
        reports = _together([report for row in told for report in row.reports], dated=period is not None)
        beside = tuple(f for row in parts if _beside(row, line, period, same) for f in (row.latest,))
        points.append(Point(period, reports, beside))
    points.sort(key=lambda point: point.period.end if point.period else date.max)
    return replace(line, points=tuple(_compared(points, targets if line.own else (), line)))


def _beside(row: HistoryRow, line: MetricSeries, period: Period | None, same: Mapping[str, str]) -> bool:
    same_time = row.period is not None and period is not None and row.period.end == period.end
    return same_time and row.breakdown == line.part and line.own and _basis(row, same) == line.basis


def _together(reports: Sequence[HistoryReport], dated: bool) -> tuple[HistoryReport, ...]:
    """The reports of one time by meeting, restatements marked among all of them."""
    ordered = sorted(
        reports, key=lambda r: (r.meeting_date or date.max, r.figure.evidence.paper, r.figure.evidence.start)
    )
    told: list[HistoryReport] = []
    standing: list[Figure] = []
    for report in ordered:
        differs = dated and report.repeats is None and not all(figures_agree(report.figure, one) for one in standing)
        if report.repeats is None:
            standing = [report.figure] if differs else [*standing, report.figure]
        told.append(report if report.restates == differs else report.marked(restates=differs))
    return tuple(told)


def _compared(points: Sequence[Point], targets: Sequence[HistoryRow], line: MetricSeries) -> list[Point]:
    dated = [point for point in points if point.period is not None]
    by_end = {point.period.end: point for point in dated if point.period}
    step = _usual_step(dated)
    found = []
    before: Point | None = None
    for point in points:
        if point.period is None:
            found.append(_held_against(point, targets, line))
            continue
        year_before = by_end.get(point.period.a_year_before().end)
        missing = 0
        if before is not None and before.period is not None and step is not None:
            missing = max(0, _months(before.period.end, point.period.end) - step)
        moved = replace(
            point,
            change=_difference(point, before),
            on_year=_difference(point, year_before),
            months_missing=missing,
        )
        found.append(_held_against(moved, targets, line))
        before = point
    return found


def _difference(point: Point, before: Point | None) -> Decimal | None:
    if before is None or point.value is None or before.value is None:
        return None
    ranged = point.latest.value_high is not None or before.latest.value_high is not None
    return None if ranged else point.value - before.value


def _usual_step(points: Sequence[Point]) -> int | None:
    """How many months the line goes from point to point, where it keeps to a step; None for fewer than three points."""
    ends = [point.period.end for point in points if point.period]
    steps = [_months(a, b) for a, b in itertools.pairwise(ends)]
    return min(steps) if len(steps) > 1 and min(steps) > 0 else None


def _months(a: date, b: date) -> int:
    return (b.year - a.year) * 12 + b.month - a.month


def _held_against(point: Point, targets: Sequence[HistoryRow], line: MetricSeries) -> Point:
    target = _target_then(point, targets, line)
    if target is None or point.value is None or target.figure.value is None:
        return point
    return replace(point, target=target, to_target=point.value - target.figure.value)


def _target_then(point: Point, targets: Sequence[HistoryRow], line: MetricSeries) -> TargetThen | None:
    """The target for the point's period, else an undated one of the papers up to the one that reports the point."""
    said = [
        (report, row)
        for row in targets
        if row.unit == line.unit and _of_part(row.breakdown, line.part)
        for report in row.reports
        if row.period is None or (point.period is not None and row.period.contains(point.period))
    ]
    told_at = point.reports[0].meeting_date or date.max
    until = [(r, row) for r, row in said if (r.meeting_date or date.min) <= told_at]
    if not until:
        return None
    latest = max((r.meeting_date or date.min) for r, _ in until)
    standing = [(r.figure, row) for r, row in until if (r.meeting_date or date.min) == latest]
    dated = [(f, row) for f, row in standing if row.period is not None] or standing
    whole = [f for f, row in dated if row.breakdown not in (*_LEAST_BANDS, *_UPPER_BANDS)]
    least = [f for f, row in dated if row.breakdown in _LEAST_BANDS]
    upper = [f for f, row in dated if row.breakdown in _UPPER_BANDS]
    if whole:
        values = {f.value for f in whole}
        return TargetThen(whole[0]) if len(values) == 1 else None
    if least:
        return TargetThen(least[0], upper[0] if upper else None)
    return TargetThen(upper[0]) if upper else None


def _of_part(breakdown: str | None, part: str | None) -> bool:
    return breakdown == part or (part is None and breakdown in (*_LEAST_BANDS, *_UPPER_BANDS))
