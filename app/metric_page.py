"""Metrics at a glance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from app.layout import Column, lay_out
from app.listings import printed
from app.period_words import short
from app.series import own_actuals, sparkline
from app.target_page import Series, series_of
from schema.records import Figure, Metric

if TYPE_CHECKING:
    from db.filters import Filters
    from db.store import Store

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
        short(latest.period) if latest else "",
        printed(target),
        sparkline([point.value for point in points if point.value is not None][-_SPARKS:]),
        str(len(said)),
        metric.council or "",
    )


def _last_target(figures: Sequence[Figure], papers: Any) -> Figure | None:
    """The target that the last paper to name one names; of several there, one that stands for the whole, and
    rather what must be reached than what is hoped for."""
    targets = [figure for figure in figures if figure.role == "target" and figure.value is not None]

    def when_said(figure: Figure) -> tuple[object, ...]:
        paper = papers[figure.evidence.sha256]
        must_be = figure.breakdown is None, figure.breakdown != "upper"
        return paper.meeting_date or date.min, *must_be, paper.paper, figure.evidence.start

    return max(targets, key=when_said, default=None)
