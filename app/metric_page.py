"""Metrics at a glance, and the history of one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from app.export import figure_row
from app.layout import Column, lay_out, shorten
from app.listings import Series, period_of, place_of, printed, series_of
from app.series import own_actuals, sparkline
from schema.records import Figure, Metric

if TYPE_CHECKING:
    from db.filters import Filters
    from db.store import HistoryRow, Store

_BETTER: Final = {"higher": "higher is better", "lower": "lower is better", None: ""}
_SPARKS: Final = 24


def list_metrics(store: Store, filters: Filters, width: int) -> Iterator[str]:
    """Each metric with its latest value, its latest target and its course, oldest period first."""
    columns = (
        Column("metric", least=20),
        Column("latest", number=True),
        Column("at", least=16),
        Column("target", number=True),
        Column("course", whole=True),
        Column("said", number=True),
        Column("council", telling=True),
    )
    metrics = store.metrics(filters)
    if metrics:
        papers = {paper.sha256: paper for paper in store.papers()}
        figures: dict[Series, list[Figure]] = defaultdict(list)
        for figure in store.figures(filters):
            figures[series_of(figure, papers)].append(figure)
        said = {metric: figures[metric.key, metric.council] for metric in metrics}
        courses = {metric: own_actuals(said[metric], papers) for metric in metrics}
        # Those with the longest course first: much of what a paper counts it counts once.
        ordered = sorted(metrics, key=lambda one: (one.council or "", -len(courses[one]), one.name.casefold(), one.key))
        rows = [_metric_cells(one, said[one], courses[one], _last_target(said[one], papers)) for one in ordered]
        yield from lay_out(columns, rows, width)


def _metric_cells(
    metric: Metric, said: Sequence[Figure], points: Sequence[Figure], target: Figure | None
) -> Sequence[str]:
    latest = points[-1] if points else None
    return (
        metric.name,
        printed(latest),
        period_of(latest.period) if latest else "",
        printed(target),
        sparkline([point.value for point in points if point.value is not None][-_SPARKS:]),
        str(len(said)),
        metric.council or "",
    )


def _last_target(figures: Sequence[Figure], papers: Any) -> Figure | None:
    """The target that the last paper to name one names; of several there, one that stands for the whole."""
    targets = [figure for figure in figures if figure.role == "target" and figure.value is not None]

    def when_said(figure: Figure) -> tuple[object, ...]:
        paper = papers[figure.evidence.sha256]
        return paper.meeting_date or date.min, figure.breakdown is None, paper.paper, figure.evidence.start

    return max(targets, key=when_said, default=None)


def history_lines(metric: Metric, rows: Sequence[HistoryRow], width: int) -> Iterator[str]:
    """The metric's values by period, a line for each paper that reports one."""
    facts = [metric.name, metric.unit.replace("_", " "), _BETTER[metric.better], metric.council or ""]
    yield shorten(" · ".join(fact for fact in facts if fact), width)
    columns = (
        Column("period", least=16),
        Column("of", telling=True),
        Column("part", least=4),
        Column("role"),
        Column("basis", whole=True),
        Column("printed", number=True),
        Column("", whole=True),
        Column("in", middle=True, least=22),
        _PLACE,
        Column("note"),
    )
    yield from lay_out(columns, [cells for row in rows for cells in _history_cells(row)], width)


_PLACE: Final = Column("par.", whole=True)


def _history_cells(row: HistoryRow) -> Iterator[Sequence[str]]:
    also: dict[str, list[str]] = defaultdict(list)
    for report in row.reports:
        if report.repeats is not None:
            also[report.repeats].append(report.figure.evidence.paper)
    heading: Sequence[str] = (
        period_of(row.period),
        row.organisation or "",
        row.breakdown or "",
        row.role,
        row.basis or "",
    )
    here = {report.figure.id for report in row.reports}
    for report in row.reports:
        # A near-identical report says it again: that is one statement, told on the line of the first.
        if report.repeats in here:
            continue
        evidence = report.figure.evidence
        notes = ["restated"] if report.restates else []
        if again := also[report.figure.id]:
            notes.append(f"also in {', '.join(dict.fromkeys(again))}")
        yield (
            *heading,
            evidence.text,
            "≠" if report.restates else "",
            evidence.paper,
            place_of(evidence),
            "; ".join(notes),
        )
        heading = ("",) * len(heading)


def history_rows(rows: Sequence[HistoryRow]) -> Iterator[dict[str, Any]]:
    """The history for programs: the export's fields of each figure, with what the history adds."""
    for row in rows:
        for report in row.reports:
            yield figure_row(report.figure) | {
                "meeting_date": None if report.meeting_date is None else report.meeting_date.isoformat(),
                "repeats": report.repeats,
                "restates": report.restates,
            }
