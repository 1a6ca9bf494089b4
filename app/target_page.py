"""Targets, with how they stand by the newest value; or those alone that are missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from app.layout import Column, lay_out_by
from app.listings import period_of, place_of, printed
from app.period_words import short
from app.series import own_actuals
from app.target_states import TargetState, standing
from db.filters import Filters
from schema.records import Figure, Metric, PaperRecord

if TYPE_CHECKING:
    from db.store import Store

Series = tuple[str, str | None]
"""A metric's key and the council whose papers report it."""

_COLUMNS: Final = (
    Column("par.", whole=True),
    Column("measures", least=14),
    Column("target", number=True),
    Column("upper", number=True),
    Column("part", least=4),
    Column("for", least=8),
    Column("paper says", whole=True),
    Column("latest", number=True),
    Column("at", whole=True),
    Column("stands", whole=True),
)
_SIGNS: Final = {"at_least": "≥ ", "at_most": "≤ ", None: ""}
_STANDS: Final = {True: "met", False: "missed", None: ""}


def list_targets(store: Store, filters: Filters, width: int) -> Iterator[str]:
    """Each target; the one that is only hoped for stands as `upper` beside the one of its row that must be reached."""
    return _table(store, targets_of(store, filters), width)


def list_missed(store: Store, filters: Filters, width: int) -> Iterator[str]:
    """The targets of `missed_targets`."""
    return _table(store, missed_targets(store, filters), width)


def targets_of(store: Store, filters: Filters) -> list[Figure]:
    return [figure for figure in store.figures(filters) if figure.role == "target"]


def missed_targets(store: Store, filters: Filters) -> list[Figure]:
    """Targets that the newest value misses: of each measure those that its newest paper with a target names."""
    targets = targets_of(store, filters)
    if not targets:
        return []
    found = _Standings(store, targets)
    newest: dict[Series, tuple[date, str]] = {}
    for target in targets:
        series = series_of(target, found.papers)
        newest[series] = max(newest.get(series, (date.min, "")), found.said(target))
    return [
        target
        for target in targets
        if newest[series_of(target, found.papers)] == found.said(target)
        and (state := found.of(target)) is not None
        and not state.met
    ]


def latest_actuals(store: Store, papers: Mapping[str, PaperRecord]) -> dict[Series, Figure]:
    """For each metric of each council the value of the latest period that its own papers give, as last reported."""
    return _latest(store.figures(), papers)


def series_of(figure: Figure, papers: Mapping[str, PaperRecord]) -> Series:
    return figure.metric or "", papers[figure.evidence.sha256].council


class _Standings:
    """What is needed to tell how targets stand: the figures of their councils, by metric and by paper."""

    def __init__(self, store: Store, targets: Sequence[Figure]) -> None:
        self.papers = {paper.sha256: paper for paper in store.papers()}
        councils = {self.papers[target.evidence.sha256].council for target in targets}
        figures = (
            store.figures()
            if None in councils
            else [one for council in sorted(filter(None, councils)) for one in store.figures(Filters(council=council))]
        )
        self.latest = _latest(figures, self.papers)
        self.metrics: dict[Series, Metric] = {(one.key, one.council): one for one in store.metrics()}
        self.in_paper: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in figures:
            if figure.metric is not None:
                self.in_paper[figure.metric, figure.evidence.sha256].append(figure)

    def metric(self, target: Figure) -> Metric | None:
        return self.metrics.get(series_of(target, self.papers))

    def newest(self, target: Figure) -> Figure | None:
        return self.latest.get(series_of(target, self.papers))

    def of(self, target: Figure) -> TargetState | None:
        figures = self.in_paper.get((target.metric or "", target.evidence.sha256), [])
        return standing(target, figures, self.newest(target), self.metric(target))

    def said(self, target: Figure) -> tuple[date, str]:
        paper = self.papers[target.evidence.sha256]
        return paper.meeting_date or date.min, paper.sha256


def _latest(figures: Sequence[Figure], papers: Mapping[str, PaperRecord]) -> dict[Series, Figure]:
    by_metric: dict[Series, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.metric is not None:
            by_metric[series_of(figure, papers)].append(figure)
    series = {metric: own_actuals(values, papers) for metric, values in by_metric.items()}
    return {metric: points[-1] for metric, points in series.items() if points}


def _table(store: Store, targets: Sequence[Figure], width: int) -> Iterator[str]:
    if not targets:
        return
    found = _Standings(store, targets)
    uppers = _uppers(found, targets)
    beside = {upper.id for upper in uppers.values()}
    rows = [target for target in targets if target.id not in beside]
    cells = (_cells(target, uppers.get(target.id), found) for target in rows)
    yield from lay_out_by([target.evidence.paper for target in rows], _COLUMNS, cells, width)


def _uppers(found: _Standings, targets: Sequence[Figure]) -> dict[str, Figure]:
    """For targets that must be reached, by id, the one of the same row that is hoped for."""
    by_row = {_row_of(target): target for target in _targets_beside(found, targets) if target.breakdown == "upper"}
    return {
        target.id: upper
        for target in targets
        if target.breakdown == "min" and (upper := by_row.get(_row_of(target))) is not None
    }


def _targets_beside(found: _Standings, targets: Sequence[Figure]) -> Iterator[Figure]:
    """All targets of the papers of these."""
    papers = {target.evidence.sha256 for target in targets}
    for (_, paper), figures in found.in_paper.items():
        if paper in papers:
            yield from (figure for figure in figures if figure.role == "target")


def _row_of(target: Figure) -> tuple[object, ...]:
    place = target.evidence
    return place.sha256, place.page, place.quote, target.metric_text, target.period


def _cells(target: Figure, upper: Figure | None, found: _Standings) -> Sequence[str]:
    state = found.of(target)
    value = state.value if state and state.value else found.newest(target)
    part = "" if upper is not None else target.breakdown or ""
    return (
        place_of(target.evidence),
        target.metric_text or target.metric or "",
        asked(target, found.metric(target)),
        printed(upper),
        part,
        period_of(target.period),
        (target.claim or "").replace("_", " "),
        printed(value),
        short(value.period) if value else "",
        _STANDS[state.met if state else None],
    )


def asked(target: Figure, metric: Metric | None) -> str:
    """What a target asks for, as printed: `≥ 95%`; without a sign where no side is known to be the right one."""
    better = {"higher": "at_least", "lower": "at_most"}.get((metric.better if metric else None) or "")
    return _SIGNS[target.target_direction or better] + printed(target)
