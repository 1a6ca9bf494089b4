"""What a paper changes, on one screen for a person or as rows for a program."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from app.bases import UNDATED
from app.changes import IN_PASSING, Change, ChangeKind, Comparison, Verdict
from app.layout import Column, lay_out, one_line, shorten
from app.listings import place_of, printed
from app.paper_page import left_over
from app.period_words import short
from app.target_states import TargetState
from schema.period import MONTH_NAMES
from schema.records import Figure, Metric, PaperRecord

if TYPE_CHECKING:
    from db.store import Store

_INDENT: Final = "  "
Metrics = Mapping[str, Metric]


def comparison(store: Store, paper: PaperRecord) -> tuple[Comparison, Metrics]:
    """The paper against the papers of its council in the store, with its council's metrics by key.

    Raises ValueError for a paper without a meeting date.
    """
    from app.changes import compare
    from db.filters import Filters

    of_council = Filters(council=paper.council)
    metrics = [metric for metric in store.metrics(of_council) if metric.council == paper.council]
    found = compare(paper, store.papers(of_council), store.figures(of_council), metrics, store.statements())
    return found, {metric.key: metric for metric in metrics}


# For people


def changes_lines(found: Comparison, metrics: Metrics, width: int, *, everything: bool) -> Iterator[str]:
    """The head, then a table for each kind of change that there is. Without `everything`, long ones are cut."""
    numbers = {paper.sha256: number for number, paper in enumerate(_cited(found), 1)}
    yield from _head(found, numbers, width)
    if not found.before:
        return
    for section in _SECTIONS:
        changes = section.of(found.changes)
        if not changes:
            continue
        yield ""
        since = f" since {_since(found)}" if section.kind == "gone" else ""
        yield shorten(f"{section.title} ({len(changes)}){since}", width)
        most = len(changes) if everything or len(changes) == section.most + 1 else section.most
        rows = [section.table.cells(change, metrics, numbers) for change in changes[:most]]
        for line in lay_out(section.table.columns, rows, width - len(_INDENT)):
            yield _INDENT + line
        if most < len(changes):
            yield _INDENT + _left_out(changes[most:])
    yield from _foot(found, metrics, width)


def _left_out(changes: Sequence[Change]) -> str:
    passing = sum(change.note == IN_PASSING for change in changes)
    return f"… and {len(changes)} more{f', {passing} of them {IN_PASSING}' if passing else ''}: --all"


def _cited(found: Comparison) -> list[PaperRecord]:
    """The papers before that a change points to, latest first."""
    places = {change.before.evidence.sha256 for change in found.changes if change.before is not None}
    places |= {report.paper.sha256 for report in found.series}
    return [paper for paper in found.before if paper.sha256 in places]


def _head(found: Comparison, numbers: Mapping[str, int], width: int) -> Iterator[str]:
    paper = found.paper
    facts = [paper.paper, _day_of(paper), paper.council or "council unknown", paper.body or ""]
    yield shorten(" · ".join(one_line(fact) for fact in facts if fact), width)
    if not found.before:
        yield f"There is no paper of {paper.council or 'an unknown council'} before it: all that it says is new."
    others = [one for one in found.before if one.sha256 not in numbers]
    for one in found.before:
        if one.sha256 in numbers:
            yield shorten(f"{_INDENT}[{numbers[one.sha256]}] {one_line(one.paper)}, {_day_of(one)}", width)
    if others:
        yield shorten(f"{_INDENT}and {_names(others)}, to which no change points", width)
    for one in found.same:
        yield shorten(f"{_INDENT}The same report was put to another meeting: {one.paper}, {_day_of(one)}", width)
    if found.undated:
        yield shorten(f"{_INDENT}Not compared, for their meeting date is unknown: {_names(found.undated)}", width)


def _foot(found: Comparison, metrics: Metrics, width: int) -> Iterator[str]:
    yield ""
    if found.still_missed:
        yield from _wrapped(f"Still missed ({len(found.still_missed)})", _still(found.still_missed, metrics), width)
    yield f"Unchanged within rounding: {found.unchanged}"
    if not found.series:
        yield "What has gone missing cannot be told: no earlier report is known to be of its series."
    coverage = found.paper.coverage
    if coverage.tables_refused or coverage.pages_unread or left_over(coverage):
        yield shorten(
            f"Not read in this paper: {coverage.pages_unread} pages, {coverage.tables_refused} tables, "
            f"{left_over(coverage)} numbers: tally show {found.paper.paper}",
            width,
        )


def _still(states: Sequence[TargetState], metrics: Metrics) -> list[str]:
    return [
        f"{_name(state.target.metric, None, metrics)} {printed(state.value)} against {printed(state.target)}"
        + (f" ({place})" if (place := place_of(state.target.evidence)) else "")
        for state in states
    ]


def _wrapped(title: str, parts: Sequence[str], width: int) -> Iterator[str]:
    yield from textwrap.wrap(f"{title}: {'; '.join(map(one_line, parts))}", width, subsequent_indent=_INDENT * 2)


def _since(found: Comparison) -> str:
    """The reports that what has gone was in."""
    reports = [
        one_line(report.paper.paper) + (f", “{one_line(report.title)}”" if report.title else "")
        for report in found.series
    ]
    return "; ".join(reports)


def _names(papers: Sequence[PaperRecord]) -> str:
    names = [one.paper for one in papers[:3]]
    return ", ".join(names) + (f" and {len(papers) - 3} more" if len(papers) > 3 else "")


def _day_of(paper: PaperRecord) -> str:
    day = paper.meeting_date
    return "no date" if day is None else f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _name(metric: str | None, breakdown: str | None, metrics: Metrics) -> str:
    known = metrics.get(metric or "")
    name = known.name if known else metric or ""
    name = name[:1].upper() + name[1:]
    return f"{name} · {breakdown}" if breakdown else name


def short_period(figure: Figure | None) -> str:
    """When a figure was so, short: `Dec 2018`, `Q3 2018/19`, `12m Jan 2019`, `Apr-Jan 2019`, `2017/18`."""
    return "" if figure is None else short(figure.period)


def _by(change: Change) -> str:
    """The move as people say it: points for a percentage, else the difference and its share."""
    difference = change.difference
    if difference is None or change.now is None:
        return ""
    if change.now.unit == "percent":
        return _signed(difference)
    if change.now.unit == "gbp":
        return f"{'-' if difference < 0 else '+'}£{abs(difference):,f}"
    return f"{_signed(difference)} ({_signed(Decimal(round(change.size)).copy_sign(difference))}%)"


def _signed(value: Decimal) -> str:
    plain = f"{value:+,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _place(figure: Figure | None, numbers: Mapping[str, int]) -> str:
    """Where a value of a paper before stands: `[2] 3.24`."""
    if figure is None:
        return ""
    return f"[{numbers.get(figure.evidence.sha256, '?')}] {place_of(figure.evidence)}".strip()


@dataclass(frozen=True)
class _Table:
    """The columns of a section, and what a change says in each."""

    columns: tuple[Column, ...]
    cells: Callable[[Change, Metrics, Mapping[str, int]], Sequence[str]]


_NAME: Final = Column("metric", least=14)
_VALUE: Final = Column("now", number=True)
_AT: Final = Column("at", whole=True)
_PAR: Final = Column("par.", whole=True)


def _moved_cells(change: Change, metrics: Metrics, numbers: Mapping[str, int]) -> Sequence[str]:
    return (
        _by(change),
        _name(change.line.metric, change.line.breakdown, metrics),
        printed(change.before),
        short_period(change.before),
        _place(change.before, numbers),
        printed(change.now),
        short_period(change.now),
        place_of(change.now.evidence) if change.now else "",
    )


def _target_cells(change: Change, metrics: Metrics, numbers: Mapping[str, int]) -> Sequence[str]:
    value, judged = change.now, change.now or change.target
    assert judged is not None
    return (
        _name(change.line.metric, change.line.breakdown, metrics),
        printed(value),
        short_period(value),
        _asked(change.target, metrics),
        place_of(judged.evidence),
        printed(change.before),
        short_period(change.before),
        _asked(change.target_before, metrics),
        _place(change.target_before, numbers),
        change.note,
    )


def _asked(target: Figure | None, metrics: Metrics) -> str:
    if target is None:
        return ""
    metric = metrics.get(target.metric or "")
    better = {"higher": "at_least", "lower": "at_most"}.get((metric.better if metric else None) or "")
    sign = {"at_least": "≥ ", "at_most": "≤ ", None: ""}[target.target_direction or better]
    return sign + printed(target)


def _new_cells(change: Change, metrics: Metrics, numbers: Mapping[str, int]) -> Sequence[str]:
    figure = change.now or change.before
    assert figure is not None
    return (
        _name(change.line.metric, change.line.breakdown, metrics),
        printed(figure),
        short_period(figure),
        place_of(figure.evidence) if change.now else _place(figure, numbers),
    )


def _apart_cells(change: Change, metrics: Metrics, numbers: Mapping[str, int]) -> Sequence[str]:
    def told(figure: Figure | None) -> str:
        return "" if figure is None else f"{printed(figure)} {short_period(figure)}".strip()

    return (
        _name(change.line.metric, change.line.breakdown, metrics),
        told(change.before),
        _place(change.before, numbers),
        told(change.now),
        place_of(change.now.evidence) if change.now else "",
        change.note,
    )


_MOVED: Final = _Table(
    (
        Column("by", number=True),
        _NAME,
        Column("before", number=True),
        _AT,
        Column("in", whole=True),
        _VALUE,
        _AT,
        _PAR,
    ),
    _moved_cells,
)
_TARGETS: Final = _Table(
    (
        _NAME,
        _VALUE,
        _AT,
        Column("target", number=True),
        _PAR,
        Column("before", number=True),
        _AT,
        Column("target", number=True),
        Column("in", whole=True),
        Column("note"),
    ),
    _target_cells,
)
_NEW: Final = _Table((_NAME, Column("value", number=True), Column("at", whole=True), Column("par.")), _new_cells)
_APART: Final = _Table(
    (_NAME, Column("before"), Column("in", whole=True), Column("now"), _PAR, Column("why", whole=True)), _apart_cells
)


@dataclass(frozen=True)
class _Section:
    """What is told under one title: the changes of a kind, at most so many unless all are asked for."""

    title: str
    kind: ChangeKind
    table: _Table
    most: int = 8
    verdict: Verdict | Literal["any"] | None = "any"

    def of(self, changes: Sequence[Change]) -> list[Change]:
        return [one for one in changes if one.kind == self.kind and self.verdict in ("any", one.verdict)]


_SECTIONS: Final = (
    _Section("Targets newly missed", "newly_missed", _TARGETS),
    _Section("Targets missed, with no word of them before", "missed", _TARGETS, most=6),
    _Section("Targets newly met", "newly_met", _TARGETS),
    _Section("Targets changed", "target_changed", _TARGETS),
    _Section("Restated: another value for the same period", "restated", _MOVED),
    _Section("Worse, biggest first", "moved", _MOVED, verdict="worse"),
    _Section("Better, biggest first", "moved", _MOVED, verdict="better"),
    _Section("Moved, for better or worse, biggest first", "moved", _MOVED, most=4, verdict=None),
    _Section("Gone", "gone", _NEW),
    _Section("New", "new", _NEW, most=5),
    _Section("Not compared", "not_compared", _APART, most=4),
)


# For programs


def changes_rows(found: Comparison, metrics: Metrics) -> Iterator[dict[str, Any]]:
    """A row a change: what it is, of which line, the value now and before with their places, and the targets."""
    for change in found.changes:
        metric = metrics.get(change.line.metric or "")
        yield {
            "change": change.kind,
            "paper": found.paper.paper,
            "sha256": found.paper.sha256,
            "council": found.paper.council,
            "metric": change.line.metric,
            "name": metric.name if metric else None,
            "organisation": change.line.organisation,
            "breakdown": change.line.breakdown,
            "unit": change.line.unit,
            "basis": None if change.line.basis == UNDATED else change.line.basis,
            "better": metric.better if metric else None,
            "verdict": change.verdict,
            "difference": None if change.difference is None else format(change.difference, "f"),
            "note": change.note or None,
            **_figure_cells("", change.now),
            **_figure_cells("before_", change.before),
            **_figure_cells("target_", change.target),
            **_figure_cells("target_before_", change.target_before),
        }


def _figure_cells(prefix: str, figure: Figure | None) -> dict[str, Any]:
    place = figure.evidence if figure else None
    period = figure.period if figure else None
    return {
        f"{prefix}id": figure.id if figure else None,
        f"{prefix}value": None if figure is None or figure.value is None else format(figure.value, "f"),
        f"{prefix}text": place.text if place else None,
        f"{prefix}period_start": period.start.isoformat() if period else None,
        f"{prefix}period_end": period.end.isoformat() if period else None,
        f"{prefix}in_paper": place.paper if place else None,
        f"{prefix}in_sha256": place.sha256 if place else None,
        f"{prefix}page": place.page if place else None,
        f"{prefix}paragraph": place.paragraph if place else None,
        f"{prefix}start": place.start if place else None,
        f"{prefix}end": place.end if place else None,
    }
