"""One paper: what it is, how much of it was read, and everything that was found in it, with quotes."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from app.layout import one_line, shorten
from app.listings import doubts_in_words, event_dates, overdue_promises, period_of, place_of, printed
from app.target_page import asked
from app.target_states import target_state
from app.timeline import area_name
from ingest.pdf_report import pages_in_words
from schema.records import Coverage, Deadline, Figure, Finding, Judgement, Mention, PaperRecord, Refusal, Said

if TYPE_CHECKING:
    from db.store import Store

_INDENT: Final = "  "


def paper_lines(store: Store, paper: PaperRecord, width: int) -> Iterator[str]:
    """The paper's masthead, its coverage and its records by kind, in the order of the paper."""
    from db.filters import Filters

    filters = Filters(paper=paper.sha256)
    yield from masthead_lines(paper)
    yield ""
    yield from coverage_lines(paper)
    figures = store.figures(filters)
    yield from _in_short(store, paper, figures, width)
    events = event_dates(store)
    yield from _section("Figures", [one for one in figures if one.role != "target"], events, width)
    yield from _section("Targets", [one for one in figures if one.role == "target"], events, width)
    yield from _section("Deadlines", store.deadlines(filters), events, width)
    yield from _section("Inspections and visits spoken of", store.mentions(filters), events, width)
    yield from _section("Judgements", store.judgements(filters), events, width)
    yield from _section("Findings", store.findings(filters), events, width)
    yield from _section("Not read with confidence", store.refusals(filters), events, width)


def _in_short(store: Store, paper: PaperRecord, figures: Sequence[Figure], width: int) -> Iterator[str]:
    """What one looks for first: the targets that the paper's own figures miss, what is overdue at its meeting, and the
    grades that it tells of its council."""
    from db.filters import Filters

    filters = Filters(paper=paper.sha256)
    overdue = [f"{said[-1].subject} ({period_of(said[-1].due)})" for said in overdue_promises(store, filters)]
    own = [one for one in store.judgements(filters) if one.council == paper.council]
    told = (
        ("Targets missed", _missed(store, paper, figures)),
        ("Due by the meeting and not done", overdue),
        ("Grades told of", list(dict.fromkeys(f"{area_name(one.area)} {one.grade}" for one in own))),
    )
    if any(parts for _, parts in told):
        yield ""
        yield "In short"
    for title, parts in told:
        said_of_it = "; ".join(one_line(part) for part in parts[:_MOST])
        more = f"; and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
        line = f"{title} ({len(parts)}): {said_of_it}{more}"
        yield from textwrap.wrap(line, width, initial_indent=_INDENT, subsequent_indent=_INDENT * 2) if parts else ()


def _missed(store: Store, paper: PaperRecord, figures: Sequence[Figure]) -> list[str]:
    from db.filters import Filters

    metrics = {one.key: one for one in store.metrics(Filters(paper=paper.sha256)) if one.council == paper.council}
    by_metric: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.metric is not None:
            by_metric[figure.metric].append(figure)
    states = [(key, target_state(said, metrics.get(key))) for key, said in by_metric.items()]
    return [
        f"{metrics[key].name if key in metrics else state.target.metric_text} {printed(state.value)} "
        f"({asked(state.target, metrics.get(key))})"
        for key, state in states
        if state is not None and not state.met
    ]


_MOST: Final = 5


def masthead_lines(paper: PaperRecord) -> Iterator[str]:
    """What the paper says of itself; what it does not say is said to be unknown."""
    yield one_line(paper.paper)
    given = " (given when it was loaded)"
    found_in = {"text": " (the council most named in the text)", "given": given}
    facts = [
        ("council", (paper.council or "unknown") + found_in.get(paper.council_from or "", "")),
        ("body", paper.body or "unknown"),
        ("meeting", _long_date(paper.meeting_date) + (given if paper.date_given else "")),
        ("title", paper.title or "unknown"),
        ("author", paper.author),
        ("classification", paper.classification),
        ("period", period_of(paper.period_covered)),
        ("also named", ", ".join(paper.also_named)),
        ("same report as", ", ".join(paper.same_as_all)),
        ("sha256", paper.sha256),
    ]
    for name, value in facts:
        if value:
            yield f"{_INDENT}{name + ':':<16}{one_line(value)}"


def coverage_lines(paper: PaperRecord) -> Iterator[str]:
    """How much of the paper was read, and what became of the numbers in it."""
    coverage = paper.coverage
    yield "Coverage"
    if coverage.pages:
        yield f"{_INDENT}pages read: {coverage.pages - coverage.pages_unread} of {coverage.pages}"
    if coverage.pages_recognised:
        yield f"{_INDENT}scans, read by OCR: {pages_in_words(coverage.pages_recognised)}; check their figures"
    yield f"{_INDENT}tables read: {coverage.tables - coverage.tables_refused} of {coverage.tables}"
    yield (
        f"{_INDENT}numbers found: {coverage.numbers}; kept as figures: {coverage.numbers_kept}; set aside as dates, "
        f"paragraph numbers and the like: {coverage.numbers_set_aside}; left over: {left_over(coverage)}"
    )
    for what in paper.unread:
        yield f"{_INDENT}not read: {one_line(what)}"


def left_over(coverage: Coverage) -> int:
    """Numbers that are neither figures nor known to be none: what a person may want to look at."""
    return max(0, coverage.numbers - coverage.numbers_kept - coverage.numbers_set_aside)


def _section(title: str, records: Sequence[Said], events: dict[str, str], width: int) -> Iterator[str]:
    if not records:
        return
    yield ""
    yield f"{title} ({len(records)})"
    for record, after in zip_longest(records, records[1:]):
        facts = [place_of(record.evidence), *_facts(record, events), doubts_in_words(record.doubts)]
        yield shorten(_INDENT + " · ".join(one_line(fact) for fact in facts if fact), width)
        # Several records of one sentence or row stand together above it.
        if after is None or (after.evidence.quote, after.evidence.page) != (
            record.evidence.quote,
            record.evidence.page,
        ):
            yield shorten(f"{_INDENT * 3}“{one_line(record.evidence.quote)}”", width)


def _quoted(record: Said) -> tuple[str, int | None]:
    return record.evidence.quote, record.evidence.page


def _facts(record: Said, events: dict[str, str]) -> Iterator[str]:
    match record:
        case Figure():
            yield from _figure_facts(record)
        case Deadline():
            yield from (
                period_of(record.due),
                record.status,
                record.subject,
                f"grade: {record.grade}" if record.grade else "",
            )
        case Mention():
            yield from (record.council or "", record.type.replace("_", " "), period_of(record.date))
            yield f"number {record.number}" if record.number else ""
        case Judgement():
            yield from (record.grade, record.council or "", area_name(record.area))
            yield events.get(record.inspection or "", period_of(record.given))
        case Finding():
            yield from (record.finding.replace("_", " "), area_name(record.area or ""))
            yield events.get(record.inspection or "", "")
        case Refusal():
            yield from (record.evidence.text, record.reason)


def _figure_facts(figure: Figure) -> Iterator[str]:
    yield figure.evidence.text
    yield "" if figure.role == "actual" else figure.role
    yield "" if figure.qualifier == "exact" else figure.qualifier.replace("_", " ")
    yield figure.metric_text
    yield from (
        figure.breakdown or "",
        figure.organisation or "",
        period_of(figure.period),
        (figure.basis or "").replace("_", " "),
    )
    yield (figure.claim or "").replace("_", " ")


def _basis_of(figure: Figure) -> str:
    """The basis, where the period does not say it already."""
    said = figure.period is not None and figure.basis == figure.period.kind
    return "" if figure.basis is None or said else figure.basis.replace("_", " ")


def _long_date(day: date | None) -> str:
    return "unknown" if day is None else f"{day.day} {day:%B %Y}"
