"""How each kind of record is listed: a table for people, values as the paper printed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from app.cited import Numbers, legend, marks, numbered
from app.followed import later_papers
from app.layout import Column, lay_out, lay_out_by, one_line, shorten
from app.period_words import days_in_words, short_day, short_end
from app.timeline import area_name, by_date, event_name, list_timeline
from db.filters import Filters
from schema.evidence import Evidence
from schema.period import Period
from schema.records import Deadline, Figure, Finding, Inspection, Judgement, PaperRecord, Said

if TYPE_CHECKING:
    from db.store import Store

Lines = Iterator[str]

_PLACE = Column("par.", whole=True)
_PRINTED_WIDTH: Final = 16


def list_papers(store: Store, filters: Filters, width: int) -> Lines:
    """Papers by meeting date; of several councils, each council's by themselves."""
    columns = (
        Column("meeting", whole=True),
        Column("paper", middle=True, least=34),
        Column("body"),
        Column("title", least=12),
        Column("note", middle=True, least=12),
    )
    papers = store.papers(filters)
    councils = {paper.council for paper in papers}
    if len(councils) > 1:
        papers = sorted(papers, key=lambda paper: (paper.council is None, paper.council or ""))
        yield from lay_out_by([_council_of(one) for one in papers], columns, map(_paper_cells, papers), width)
    elif papers:
        yield from lay_out(columns, map(_paper_cells, papers), width)


def _council_of(paper: PaperRecord) -> str:
    return paper.council or "Of no known council"


def _paper_cells(paper: PaperRecord) -> Sequence[str]:
    note = f"same as {paper.same_as}" if paper.same_as else ""
    return (short_day(paper.meeting_date) or "unknown", paper.paper, paper.body or "", paper.title or "", note)


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


_SAID_AGAIN: Final = "… again"


def list_deadlines(store: Store, filters: Filters, width: int) -> Lines:
    """Promises by their first date, each with what later papers made of it beneath."""
    return _promise_table(store, promises_of(store, store.deadlines(filters)), width)


def list_overdue(store: Store, filters: Filters, width: int) -> Lines:
    """As `list_deadlines`, of the promises of `overdue_promises`."""
    return _promise_table(store, overdue_promises(store, filters), width)


def _promise_table(store: Store, promises: Sequence[Sequence[Deadline]], width: int) -> Lines:
    columns = (
        Column("promise", least=12),
        Column("due", whole=True),
        Column("status", whole=True),
        Column("moved"),
        Column("in", whole=True),
        Column("doubt"),
    )
    papers = {paper.sha256: paper for paper in store.papers()}
    numbers = numbered((one.evidence.sha256 for promise in promises for one in promise), papers)
    if promises:
        yield from legend(numbers, papers, width)
        yield from lay_out(columns, [cells for one in promises for cells in _promise_cells(one, numbers)], width)


def overdue_promises(store: Store, filters: Filters) -> list[list[Deadline]]:
    """Promises that were due by the newest paper of their council and that none of its papers says are kept.

    Of one paper: by its own meeting, and what it says alone.
    """
    papers = {paper.sha256: paper for paper in store.papers()}
    newest: dict[str | None, date] = {}
    for paper in papers.values():
        if paper.meeting_date:
            newest[paper.council] = max(paper.meeting_date, newest.get(paper.council, date.min))
    kept = {
        one.promise for one in store.deadlines(Filters(paper=filters.paper)) if one.promise and one.status == "done"
    }

    def is_overdue(promise: Sequence[Deadline]) -> bool:
        last = promise[-1]
        paper = papers[last.evidence.sha256]
        asked = paper.meeting_date if filters.paper else newest.get(paper.council)
        is_kept = last.promise in kept or any(one.status == "done" for one in promise)
        return not is_kept and asked is not None and last.due.end < asked

    return [promise for promise in promises_of(store, store.deadlines(filters)) if is_overdue(promise)]


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


def _promise_cells(promise: Sequence[Deadline], numbers: Numbers) -> Iterator[Sequence[str]]:
    before: Deadline | None = None
    for deadline in promise:
        moved = ""
        if before is not None and deadline.due.end != before.due.end:
            moved = "later" if deadline.due.end > before.due.end else "earlier"
        yield (
            deadline.subject if before is None else _SAID_AGAIN,
            short_end(deadline.due),
            deadline.status,
            moved,
            f"[{numbers[deadline.evidence.sha256]}] {place_of(deadline.evidence)}".strip(),
            doubts_in_words(deadline.doubts),
        )
        before = deadline


def doubts_in_words(doubts: Iterable[str]) -> str:
    """`inferred:year` as `year inferred`; the other doubts are words already."""
    said = (doubt.partition(":") for doubt in doubts)
    return ", ".join(f"{what} {doubt}" if what else doubt.replace("_", " ") for doubt, _, what in said)


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
        Column("spoken of in", least=12),
    )
    inspections = sorted(store.inspections(filters), key=by_date)
    if inspections:
        papers = {paper.sha256: paper for paper in store.papers()}
        numbers = numbered((place.sha256 for one in inspections for place in one.evidence), papers)
        yield from legend(numbers, papers, width)
        yield from lay_out(columns, [_inspection_cells(one, numbers) for one in inspections], width)


def _inspection_cells(inspection: Inspection, numbers: Numbers) -> Sequence[str]:
    return (
        inspection.council or "",
        event_name(inspection),
        "" if inspection.number is None else str(inspection.number),
        days_in_words(inspection.date),
        days_in_words(inspection.published),
        marks(inspection, numbers),
    )


def list_judgements(store: Store, filters: Filters, width: int) -> Lines:
    """Grades by paper and by the inspection at which they were given."""
    columns = (_PLACE, Column("area", least=12), Column("grade", whole=True), Column("of"))
    judgements = store.judgements(filters)
    if judgements:
        events = event_dates(store)
        councils = {paper.sha256: paper.council for paper in store.papers()}
        given = (events.get(one.inspection or "", f"given {one.given}" if one.given else "") for one in judgements)
        groups = [_under(one, event) for one, event in zip(judgements, given, strict=True)]
        rows = (_judgement_cells(one, councils[one.evidence.sha256]) for one in judgements)
        yield from lay_out_by(groups, columns, rows, width)


def _under(record: Said, event: str) -> str:
    """What a row stands under: the paper, and the event where it is known."""
    return " · ".join(filter(None, (record.evidence.paper, event)))


def _judgement_cells(judgement: Judgement, council: str | None) -> Sequence[str]:
    return (
        place_of(judgement.evidence),
        area_name(judgement.area),
        judgement.grade,
        "" if judgement.council == council else judgement.council or "",
    )


def event_dates(store: Store) -> dict[str, str]:
    """The name and date of each inspection and visit, by its id."""
    return {
        one.id: f"{event_name(one)} {days_in_words(one.date or one.published)}".strip() for one in store.inspections()
    }


def list_findings(store: Store, filters: Filters, width: int) -> Lines:
    """What inspectors found, by paper and by the visit at which they did."""
    columns = (
        _PLACE,
        Column("finding", whole=True),
        Column("area", least=6),
        Column("words", least=24),
        Column("later papers", least=8),
    )
    findings = store.findings(filters)
    if findings:
        events = event_dates(store)
        papers = {paper.sha256: paper for paper in store.papers()}
        later = later_papers(store, findings)
        numbers = numbered((sha256 for said in later.values() for sha256 in said), papers)
        yield from legend(numbers, papers, width)
        groups = [_under(one, events.get(one.inspection or "", "")) for one in findings]
        rows = ((*_finding_cells(one), _marked(later.get(one.id, ()), numbers)) for one in findings)
        yield from lay_out_by(groups, columns, rows, width)


def _marked(papers: Iterable[str], numbers: Numbers) -> str:
    return " ".join(f"[{numbers[sha256]}]" for sha256 in papers)


def _finding_cells(finding: Finding) -> Sequence[str]:
    return (
        place_of(finding.evidence),
        finding.finding.replace("_", " "),
        area_name(finding.area or ""),
        finding.evidence.text,
    )


TABLES: Final[dict[str, Callable[[Store, Filters, int], Lines]]] = {
    "papers": list_papers,
    "figures": list_figures,
    "deadlines": list_deadlines,
    "overdue deadlines": list_overdue,
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
