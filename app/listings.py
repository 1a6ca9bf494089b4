"""How each kind of record is listed: a table for people, values as the paper printed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from app.followed import later_papers
from app.layout import Column, lay_out, lay_out_by, one_line, shorten
from app.series import own_actuals
from app.timeline import by_date, event_name, list_timeline
from schema.evidence import Evidence
from schema.period import Period
from schema.records import Deadline, Figure, Finding, Inspection, Judgement, PaperRecord, Said

if TYPE_CHECKING:
    from db.filters import Filters
    from db.store import Store

Lines = Iterator[str]
Series = tuple[str, str | None]
"""A metric's key and the council whose papers report it."""

_PAPER = Column("paper", middle=True, least=22)
_PLACE = Column("par.", whole=True)
_PRINTED_WIDTH: Final = 16


def list_papers(store: Store, filters: Filters, width: int) -> Lines:
    columns = (
        _PAPER,
        Column("meeting", whole=True),
        Column("council"),
        Column("body"),
        Column("title"),
        Column("note"),
    )
    papers = store.papers(filters)
    if papers:
        yield from lay_out(columns, map(_paper_cells, papers), width)


def _paper_cells(paper: PaperRecord) -> Sequence[str]:
    note = f"same report as {paper.same_as}" if paper.same_as else ""
    return (paper.paper, _day(paper.meeting_date), paper.council or "", paper.body or "", paper.title or "", note)


def list_figures(store: Store, filters: Filters, width: int) -> Lines:
    columns = (
        _PLACE,
        Column("printed", number=True),
        Column("measures"),
        Column("role", whole=True),
        Column("period", least=16),
        Column("of", telling=True),
        Column("part", least=4),
    )
    figures = store.figures(filters)
    if figures:
        councils = {paper.sha256: paper.council for paper in store.papers()}
        rows = (_figure_cells(one, councils[one.evidence.sha256]) for one in figures)
        yield from lay_out_by(_papers_of(figures), columns, rows, width)


def _papers_of(records: Iterable[Said]) -> list[str]:
    return [record.evidence.paper for record in records]


def printed(figure: Figure | None) -> str:
    """The value as the paper printed it, without most of the words that may be part of it."""
    return "" if figure is None else shorten(one_line(figure.evidence.text), _PRINTED_WIDTH)


def _figure_cells(figure: Figure, council: str | None) -> Sequence[str]:
    return (
        place_of(figure.evidence),
        printed(figure),
        figure.metric_text or figure.metric or "",
        figure.role,
        period_of(figure.period),
        "" if figure.organisation == council else figure.organisation or "",
        figure.breakdown or "",
    )


def list_targets(store: Store, filters: Filters, width: int) -> Lines:
    """Each target with what it asks for, what the paper says of it, and the latest value that any paper gives."""
    columns = (
        _PLACE,
        Column("measures"),
        Column("target", number=True),
        Column("asks", whole=True),
        Column("part", least=4),
        Column("for"),
        Column("paper says", whole=True),
        Column("latest", number=True),
        Column("at", least=16),
    )
    targets = targets_of(store, filters)
    if targets:
        papers = {paper.sha256: paper for paper in store.papers()}
        latest = latest_actuals(store, papers)
        rows = (_target_cells(one, latest.get(series_of(one, papers))) for one in targets)
        yield from lay_out_by(_papers_of(targets), columns, rows, width)


def targets_of(store: Store, filters: Filters) -> list[Figure]:
    return [figure for figure in store.figures(filters) if figure.role == "target"]


def latest_actuals(store: Store, papers: Mapping[str, PaperRecord]) -> dict[Series, Figure]:
    """For each metric of each council the value of the latest period that its own papers give, as last reported."""
    by_metric: dict[Series, list[Figure]] = defaultdict(list)
    for figure in store.figures():
        if figure.metric is not None:
            by_metric[figure.metric, papers[figure.evidence.sha256].council].append(figure)
    series = {metric: own_actuals(figures, papers) for metric, figures in by_metric.items()}
    return {metric: points[-1] for metric, points in series.items() if points}


_SAID_AGAIN: Final = "… again"
_ASKS: Final = {"at_least": "at least", "at_most": "at most", None: ""}


def series_of(figure: Figure, papers: Mapping[str, PaperRecord]) -> Series:
    return figure.metric or "", papers[figure.evidence.sha256].council


def _target_cells(target: Figure, actual: Figure | None) -> Sequence[str]:
    return (
        place_of(target.evidence),
        target.metric_text or target.metric or "",
        printed(target),
        _ASKS[target.target_direction],
        target.breakdown or "",
        period_of(target.period),
        (target.claim or "").replace("_", " "),
        printed(actual),
        period_of(actual.period) if actual else "",
    )


def list_deadlines(store: Store, filters: Filters, width: int) -> Lines:
    """Promises by their first date, each with what later papers made of it beneath."""
    columns = (
        Column("promise"),
        Column("due", least=18),
        Column("status", whole=True),
        Column("moved"),
        _PAPER,
        _PLACE,
        Column("doubt", whole=True),
    )
    promises = promises_of(store, store.deadlines(filters))
    rows = [cells for promise in promises for cells in _promise_cells(promise)]
    if rows:
        yield from lay_out(columns, rows, width)


def promises_of(store: Store, deadlines: Iterable[Deadline]) -> list[list[Deadline]]:
    """Deadlines put together by promise, each in the order in which papers said them; by the first date promised."""
    meetings = {paper.sha256: paper.meeting_date or date.max for paper in store.papers()}

    def when_said(deadline: Deadline) -> tuple[object, ...]:
        place = deadline.evidence
        return meetings[place.sha256], place.paper, place.sha256, place.page or 0, place.start

    promises: dict[str, list[Deadline]] = defaultdict(list)
    for deadline in sorted(deadlines, key=when_said):
        promises[deadline.promise or deadline.id].append(deadline)
    return sorted(promises.values(), key=lambda said: (said[0].due.end, said[0].due.start, when_said(said[0])))


def _promise_cells(promise: Sequence[Deadline]) -> Iterator[Sequence[str]]:
    before: Deadline | None = None
    for deadline in promise:
        moved = ""
        if before is not None and deadline.due.end != before.due.end:
            moved = "later" if deadline.due.end > before.due.end else "earlier"
        yield (
            deadline.subject if before is None else _SAID_AGAIN,
            period_of(deadline.due),
            deadline.status,
            moved,
            deadline.evidence.paper,
            place_of(deadline.evidence),
            ", ".join(deadline.doubts),
        )
        before = deadline


def list_inspections(store: Store, filters: Filters, width: int) -> Lines:
    """All events by date; of one council, its timeline with the grades."""
    if filters.council:
        yield from list_timeline(store, filters, width)
        return
    columns = (
        Column("council"),
        Column("what", whole=True),
        Column("no.", number=True),
        Column("when", least=20),
        Column("published", least=16),
        Column("spoken of in", middle=True, least=22),
    )
    inspections = sorted(store.inspections(filters), key=by_date)
    if inspections:
        yield from lay_out(columns, [cells for one in inspections for cells in _inspection_cells(one)], width)


def _inspection_cells(inspection: Inspection) -> Iterator[Sequence[str]]:
    event = (
        inspection.council or "",
        event_name(inspection),
        "" if inspection.number is None else str(inspection.number),
        period_of(inspection.date),
        period_of(inspection.published),
    )
    for paper in dict.fromkeys(evidence.paper for evidence in inspection.evidence) or ("",):
        yield (*event, paper)
        event = ("", "", "", "", "")


def list_judgements(store: Store, filters: Filters, width: int) -> Lines:
    columns = (
        _PLACE,
        Column("council"),
        Column("area"),
        Column("grade", whole=True),
        Column("given at", least=20),
    )
    judgements = store.judgements(filters)
    if judgements:
        events = event_dates(store)
        rows = (_judgement_cells(one, events) for one in judgements)
        yield from lay_out_by(_papers_of(judgements), columns, rows, width)


def event_dates(store: Store) -> dict[str, str]:
    """The name and date of each inspection and visit, by its id."""
    return {one.id: f"{event_name(one)} {period_of(one.date or one.published)}".strip() for one in store.inspections()}


def _judgement_cells(judgement: Judgement, events: dict[str, str]) -> Sequence[str]:
    return (
        place_of(judgement.evidence),
        judgement.council or "",
        judgement.area.replace("_", " "),
        judgement.grade,
        events.get(judgement.inspection or "", period_of(judgement.given)),
    )


def list_findings(store: Store, filters: Filters, width: int) -> Lines:
    columns = (
        _PLACE,
        Column("finding", whole=True),
        Column("area"),
        Column("words", least=20),
        Column("given at", least=12),
        Column("later papers", middle=True, least=16),
    )
    findings = store.findings(filters)
    if findings:
        events = event_dates(store)
        later = later_papers(store, findings)
        rows = ((*_finding_cells(one, events), ", ".join(later.get(one.id, ()))) for one in findings)
        yield from lay_out_by(_papers_of(findings), columns, rows, width)


def _finding_cells(finding: Finding, events: dict[str, str]) -> Sequence[str]:
    return (
        place_of(finding.evidence),
        finding.finding.replace("_", " "),
        (finding.area or "").replace("_", " "),
        finding.evidence.text,
        events.get(finding.inspection or "", ""),
    )


TABLES: Final[dict[str, Callable[[Store, Filters, int], Lines]]] = {
    "papers": list_papers,
    "figures": list_figures,
    "targets": list_targets,
    "deadlines": list_deadlines,
    "inspections": list_inspections,
    "judgements": list_judgements,
    "findings": list_findings,
}


def place_of(evidence: Evidence) -> str:
    return place_in_words(evidence.paragraph, evidence.page)


def place_in_words(paragraph: str | None, page: int | None) -> str:
    """Where in its paper something stands, as people say it: the paragraph's number, else the page."""
    if paragraph:
        return one_line(paragraph)
    return "" if page is None else f"p. {page}"


def period_of(period: Period | None) -> str:
    return "" if period is None else str(period)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
