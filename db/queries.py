"""What the store holds, as records, filtered and in an order that does not depend on the order of loading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from db.filters import EVERYTHING, Filters
from db.rows import evidence_of, inspection_of, metric_of, paper_of, record_of
from db.stale import batches
from db.tables import (
    TABLE_OF,
    figures,
    inspection_places,
    inspections,
    metrics,
    other_names,
    pages,
    papers,
    twins,
)
from schema.evidence import Evidence
from schema.paper import Page
from schema.records import (
    Deadline,
    Extraction,
    Figure,
    Finding,
    Inspection,
    Issue,
    Judgement,
    Mention,
    Metric,
    PaperRecord,
    Refusal,
    Said,
)

S = TypeVar("S", bound=Said)
Record = Said | PaperRecord | Metric | Inspection | Issue

_SHA256_START: Final = re.compile(r"[0-9a-f]{4,64}")
_PERIOD_OF: Final[dict[type[Said], str]] = {Figure: "period", Deadline: "due", Mention: "date", Judgement: "given"}
"""The period that tells when a record of a kind was so. Others go by their paper's meeting."""
_ALWAYS_DATED: Final[tuple[type[Said], ...]] = (Figure, Deadline)
"""Kinds of which one without a period is not known to belong to any date, its paper's included."""
EXPORTED: Final[tuple[type[Said], ...]] = (Figure, Deadline, Judgement, Finding, Refusal)
"""Kinds said in one place that CONTRACT.md exports; mentions come out gathered, as inspections."""


def paper_records(connection: Connection, filters: Filters = EVERYTHING) -> list[PaperRecord]:
    """The papers, by meeting date, name and sha256; those without a date last."""
    wanted = _papers_wanted(filters) + _within(filters, papers.c.meeting_date, papers.c.meeting_date)
    if filters.metric is not None:
        wanted.append(papers.c.sha256.in_(select(figures.c.sha256).where(figures.c.metric == filters.metric)))
    names: dict[str, list[str]] = defaultdict(list)
    for sha256, name in connection.execute(select(other_names.c.sha256, other_names.c.name)):
        names[sha256].append(name)
    same = _twins(connection)
    rows = connection.execute(select(papers).where(*wanted)).mappings()
    found = [paper_of(row, tuple(sorted(names[row["sha256"]]))) for row in rows]
    found = [paper.model_copy(update=_sameness(paper, same.get(paper.sha256, ()))) for paper in found]
    return sorted(found, key=by_meeting)


def by_meeting(paper: PaperRecord) -> tuple[date, str, str]:
    """The order of papers: by meeting date (unknown last), name and sha256."""
    return paper.meeting_date or date.max, paper.paper, paper.sha256


def find_paper(connection: Connection, name: str) -> PaperRecord:
    """The paper of that name, or whose sha256 starts so. Raises LookupError where there is none or more than one."""
    found = paper_records(connection, Filters(paper=name))
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{paper.sha256[:12]} ({_met(paper)})" for paper in found)
        raise LookupError(f"{len(found)} papers go by {name}: say which by the start of its sha256: {choices}")
    alike = [paper.paper for paper in paper_records(connection) if name.lower() in paper.paper.lower()]
    hint = f" Did you mean {' or '.join(alike[:3])}?" if alike else " `tally papers` lists what there is."
    raise LookupError(f"There is no paper {name} in the store.{hint}")


def said(connection: Connection, kind: type[S], filters: Filters = EVERYTHING, *, linked: bool = True) -> list[S]:
    """The records of a kind, by paper and place."""
    wanted = _papers_wanted(filters) + _when(kind, filters)
    if filters.metric is not None:
        wanted.append(figures.c.metric == filters.metric if kind is Figure else false())
    return _said_where(connection, kind, wanted, linked=linked)


def by_place(record: Said) -> tuple[str, str, int, int, int, str, str]:
    """The order of records: by paper, then by position in it."""
    place = record.evidence
    return place.paper, place.sha256, place.page or 0, place.start, place.end, record.kind, record.id


def records(
    connection: Connection, filters: Filters = EVERYTHING, kinds: Collection[str] | None = None
) -> Iterator[Record]:
    """Every record in the order of the export: what is said in a place by paper and position, one paper's records in
    memory at a time; then papers by name and sha256, metrics by key, inspections by id. `kinds` are names such as
    `figure`."""
    asked = [kind for kind in EXPORTED if kinds is None or kind.kind in kinds]
    every_paper = paper_records(connection, filters.model_copy(update={"date_from": None, "date_to": None}))
    for paper in sorted(every_paper, key=lambda paper: (paper.paper, paper.sha256)):
        here = filters.model_copy(update={"paper": paper.sha256})
        yield from sorted((r for kind in asked for r in said(connection, kind, here)), key=by_place)
    if kinds is None or PaperRecord.kind in kinds:
        yield from sorted(paper_records(connection, filters), key=lambda paper: (paper.paper, paper.sha256))
    if kinds is None or Metric.kind in kinds:
        yield from metric_records(connection, filters)
    if kinds is None or Inspection.kind in kinds:
        yield from inspection_records(connection, filters)


def extractions(connection: Connection, council: str | None) -> list[Extraction]:
    """All papers of one council as the extractors handed them over, by meeting date, name and sha256."""
    of_council = [papers.c.council.is_not_distinct_from(council)]
    shas = set(connection.execute(select(papers.c.sha256).where(*of_council)).scalars())
    fields: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(list))
    for kind in TABLE_OF:
        for record in _said_where(connection, kind, of_council, linked=False):
            fields[record.evidence.sha256][kind.__name__.lower() + "s"].append(record)
    alone = {"same_as": None, "same_as_all": ()}
    whole = (paper for paper in paper_records(connection) if paper.sha256 in shas)
    return [Extraction(paper=paper.model_copy(update=alone), **fields[paper.sha256]) for paper in whole]


def linked(connection: Connection, wanted: Sequence[PaperRecord]) -> list[Extraction]:
    """The records of these papers, in their order, with what linking found."""
    fields: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(list))
    for some in batches([paper.sha256 for paper in wanted]):
        for kind in TABLE_OF:
            for record in _said_where(connection, kind, [papers.c.sha256.in_(some)], linked=True):
                fields[record.evidence.sha256][kind.__name__.lower() + "s"].append(record)
    return [_whole(paper, fields[paper.sha256]) for paper in wanted]


def _whole(paper: PaperRecord, records: dict[str, Any]) -> Extraction:
    """As the constructor, without checking records again that were built from the tables just now."""
    return Extraction.model_construct(None, paper=paper, **{kind: tuple(of) for kind, of in records.items()})


def figures_of_metrics(connection: Connection, council: str | None, keys: Sequence[str]) -> list[Figure]:
    """The figures in a council's papers that measure one of the metrics, by paper and place."""
    of_council = papers.c.council.is_not_distinct_from(council)
    found: list[Figure] = []
    for some in batches(keys):
        found += _said_where(connection, Figure, [of_council, figures.c.metric.in_(some)], linked=True)
    return found


def councils(connection: Connection) -> list[str | None]:
    """The councils whose papers are stored, by name; None, for papers that name none, last."""
    found = connection.execute(select(papers.c.council).distinct()).scalars()
    return sorted(found, key=lambda council: (council is None, council or ""))


def statements(connection: Connection) -> dict[str, str]:
    """Figures said again in a near-identical report, each with the figure that it repeats."""
    rows = connection.execute(select(figures.c.id, figures.c.repeats).where(figures.c.repeats.is_not(None)))
    return {row.id: row.repeats for row in sorted(rows)}


def metric_records(connection: Connection, filters: Filters = EVERYTHING) -> list[Metric]:
    """The metrics, by key and council; with a paper or dates, those that its figures or figures of then measure."""
    wanted: list[ColumnElement[bool]] = []
    if filters.council is not None:
        wanted.append(func.lower(metrics.c.papers_of) == filters.council.lower())
    if filters.metric is not None:
        wanted.append(metrics.c.key == filters.metric)
    if filters.paper is not None or filters.date_from or filters.date_to:
        measured = select(figures.c.metric).join(papers).where(*_papers_wanted(filters), *_when(Figure, filters))
        wanted.append(metrics.c.key.in_(measured))
    found = [metric_of(row) for row in connection.execute(select(metrics).where(*wanted)).mappings()]
    return sorted(found, key=lambda metric: (metric.key, metric.council or ""))


def inspection_records(connection: Connection, filters: Filters = EVERYTHING) -> list[Inspection]:
    """The inspections and visits, by id, each with every place that speaks of it. One that the papers of several
    councils speak of is one."""
    if filters.metric is not None:
        return []
    wanted = _within(filters, inspections.c.date_start, inspections.c.date_end)
    if filters.council is not None:
        council = filters.council.lower()
        wanted.append(or_(func.lower(inspections.c.papers_of) == council, func.lower(inspections.c.council) == council))
    if filters.paper is not None:
        spoken_of = select(inspection_places.c.number_in_store).join(papers).where(*_papers_wanted(filters))
        wanted.append(inspections.c.number_in_store.in_(spoken_of))
    places = _inspection_places(connection)
    by_id: dict[str, list[Inspection]] = defaultdict(list)
    rows = connection.execute(select(inspections).where(*wanted)).mappings().all()
    # The council's own papers know best, then those of others by name.
    for row in sorted(rows, key=lambda row: (row["papers_of"] != row["council"], row["papers_of"] or "")):
        by_id[row["id"]].append(inspection_of(row, tuple(places[row["number_in_store"]])))
    return [_as_one(by_id[id_]) for id_ in sorted(by_id)]


def page_text(connection: Connection, sha256: str, page: int | None) -> str:
    """The stored text of a page; without a page, of the whole paper, with a form feed between pages. Raises
    LookupError."""
    rows = connection.execute(
        select(pages.c.page, pages.c.text).where(pages.c.sha256 == sha256).order_by(pages.c.position)
    ).all()
    if not rows:
        raise LookupError(f"There is no paper {sha256[:12]} in the store")
    texts = [text for number, text in rows if page is None or number == page]
    if not texts:
        numbers = [number for number, _ in rows if number is not None]
        has = f"pages {min(numbers)} to {max(numbers)}" if numbers else "no pages"
        raise LookupError(f"There is no page {page}: the paper has {has}")
    return "\f".join(texts)


def stored_pages(connection: Connection, sha256: str) -> list[Page]:
    """The pages of a paper as they were read. Raises LookupError for one that is not stored."""
    rows = connection.execute(select(pages).where(pages.c.sha256 == sha256).order_by(pages.c.position))
    found = [Page(number=row.page, text=row.text, boxes=row.boxes) for row in rows]
    if not found:
        raise LookupError(f"There is no paper {sha256[:12]} in the store")
    return found


def _said_where(
    connection: Connection, kind: type[S], wanted: Sequence[ColumnElement[bool]], *, linked: bool
) -> list[S]:
    table = TABLE_OF[kind]
    question = select(table, papers.c.name.label("paper_name")).join(papers, papers.c.sha256 == table.c.sha256)
    rows = connection.execute(question.where(*wanted)).mappings()
    found = [record_of(kind, row, row["paper_name"], linked) for row in rows]
    # Sorted here and not by the database, whose order of letters depends on its settings.
    return sorted(found, key=by_place)


def _papers_wanted(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if filters.council is not None:
        wanted.append(func.lower(papers.c.council) == filters.council.lower())
    if filters.paper is not None:
        named = select(other_names.c.sha256).where(other_names.c.name == filters.paper)
        either = [papers.c.name == filters.paper, papers.c.sha256.in_(named)]
        if _SHA256_START.fullmatch(filters.paper.lower()):
            either.append(papers.c.sha256.startswith(filters.paper.lower()))
        wanted.append(or_(*either))
    return wanted


def _when(kind: type[Said], filters: Filters) -> list[ColumnElement[bool]]:
    name, table, met = _PERIOD_OF.get(kind), TABLE_OF[kind], papers.c.meeting_date
    if name is None:
        return _within(filters, met, met)
    start, end = table.c[f"{name}_start"], table.c[f"{name}_end"]
    if kind in _ALWAYS_DATED:
        return _within(filters, start, end)
    return _within(filters, func.coalesce(start, met), func.coalesce(end, met))


def _within(filters: Filters, start: ColumnElement[Any], end: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """What overlaps the days asked for. Unknown dates overlap nothing."""
    wanted: list[ColumnElement[bool]] = []
    if filters.date_from is not None:
        wanted.append(end >= filters.date_from)
    if filters.date_to is not None:
        wanted.append(start <= filters.date_to)
    return wanted


def _twins(connection: Connection) -> dict[str, list[PaperRecord]]:
    """For each paper that has twins, the twins, the first by meeting leading."""
    rows = connection.execute(select(twins.c.sha256, papers).join(papers, papers.c.sha256 == twins.c.twin)).all()
    same: dict[str, list[PaperRecord]] = defaultdict(list)
    for sha256, *row in rows:
        same[sha256].append(paper_of(dict(zip(papers.c.keys(), row, strict=True))))
    return {sha256: sorted(others, key=by_meeting) for sha256, others in same.items()}


def _sameness(paper: PaperRecord, others: Sequence[PaperRecord]) -> dict[str, Any]:
    """What a paper's record says of its twins: the first is nobody's repetition."""
    first = others[0] if others and by_meeting(others[0]) < by_meeting(paper) else None
    return {"same_as": first.paper if first else None, "same_as_all": tuple(twin.paper for twin in others)}


def _met(paper: PaperRecord) -> str:
    return f"{paper.paper}, {paper.meeting_date or 'no date'}"


def _inspection_places(connection: Connection) -> dict[int, list[Evidence]]:
    question = select(inspection_places, papers.c.name.label("paper_name")).join(papers)
    rows = connection.execute(question.order_by(inspection_places.c.number_in_store, inspection_places.c.position))
    places: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows.mappings():
        places[row["number_in_store"]].append(evidence_of(row, row["paper_name"]))
    return places


def _as_one(told: Sequence[Inspection]) -> Inspection:
    """One event as the papers of several councils tell it: what the first leaves open, the next may say."""
    first, *others = told
    for other in others:
        known = {name: value for name, value in other if getattr(first, name) is None}
        first = first.model_copy(update={**known, "evidence": first.evidence + other.evidence})
    return first
