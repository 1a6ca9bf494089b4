"""The export: what CONTRACT.md promises, as JSON lines, one JSON list, or a table of figures for spreadsheets.

The same papers and decisions give the same bytes, whenever, wherever and in whichever order they were loaded.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from schema.evidence import Evidence
from schema.period import Period
from schema.records import (
    Deadline,
    Figure,
    Finding,
    Inspection,
    Judgement,
    Metric,
    PaperRecord,
    Refusal,
    Said,
    record_id,
)

if TYPE_CHECKING:
    from db.filters import Filters
    from db.store import Record, Store

Row = dict[str, Any]

KINDS: Final = ("figure", "deadline", "judgement", "finding", "refusal", "paper", "metric", "inspection")
"""The kinds that are exported, records said in one place first."""


def export_rows(store: Store, filters: Filters, kinds: Collection[str] = KINDS) -> Iterator[Row]:
    """The rows of the export: records said in one place by paper and position, then papers, metrics and inspections."""
    papers = {paper.sha256: paper for paper in store.papers()} if "inspection" in kinds else {}
    for record in store.records(filters, kinds):
        yield row_of(record, papers)


def row_of(record: Record, papers: Mapping[str, PaperRecord] = MappingProxyType({})) -> Row:
    """The row of a record. `papers` by sha256 tell an inspection which of its papers is the first."""
    match record:
        case Figure():
            return figure_row(record)
        case Deadline():
            return deadline_row(record)
        case Judgement():
            return judgement_row(record)
        case Finding():
            return finding_row(record)
        case Refusal():
            return refusal_row(record)
        case PaperRecord():
            return paper_row(record)
        case Metric():
            return metric_row(record)
        case Inspection():
            return inspection_row(record, papers)
        case _:
            raise TypeError(f"{record.kind} is not exported")


# The rows of one kind each, with the fields of CONTRACT.md in its order.


def figure_row(figure: Figure) -> Row:
    return _said(figure) | {
        "value": _decimal(figure.value),
        "value_high": _decimal(figure.value_high),
        "unit": figure.unit,
        "missing": figure.missing,
        "qualifier": figure.qualifier,
        "role": figure.role,
        "metric": figure.metric,
        "metric_text": figure.metric_text or None,
        "metric_score": figure.metric_score,
        "metric_reason": figure.metric_reason,
        "breakdown": figure.breakdown,
        "rag": figure.rag,
        "direction": figure.direction,
        "organisation": figure.organisation,
        "council": figure.council,
        "period_start": _start(figure.period),
        "period_end": _end(figure.period),
        "period_kind": figure.period.kind.value if figure.period else None,
        "period_from": figure.period_from,
        "basis": figure.basis,
        "target_direction": figure.target_direction,
        "claim": figure.claim,
    }


def deadline_row(deadline: Deadline) -> Row:
    return _said(deadline) | {
        "subject": deadline.subject,
        "promise": deadline.promise,
        "due_start": _start(deadline.due),
        "due_end": _end(deadline.due),
        "due_precision": deadline.due.precision,
        "status": deadline.status,
        "grade": deadline.grade,
        "council": deadline.council,
    }


def judgement_row(judgement: Judgement) -> Row:
    return _said(judgement) | {
        "council": judgement.council,
        "area": judgement.area,
        "area_text": judgement.area_text,
        "grade": judgement.grade,
        "inspection": judgement.inspection,
    }


def finding_row(finding: Finding) -> Row:
    return _said(finding) | {
        "finding": finding.finding,
        "council": finding.council,
        "inspection": finding.inspection,
        "area": finding.area,
    }


def refusal_row(refusal: Refusal) -> Row:
    return _said(refusal) | {"reason": refusal.reason}


def paper_row(paper: PaperRecord) -> Row:
    return {
        "kind": "paper",
        "id": record_id("paper", paper.sha256),
        "paper": paper.paper,
        "sha256": paper.sha256,
        "council": paper.council,
        "council_from": paper.council_from,
        "body": paper.body,
        "meeting_date": _day(paper.meeting_date),
        "date_given": paper.date_given,
        "title": paper.title,
        "author": paper.author,
        "classification": paper.classification,
        "period_start": _start(paper.period_covered),
        "period_end": _end(paper.period_covered),
        "pages": paper.pages,
        "reader": paper.reader,
        "also_named": sorted(paper.also_named),
        "same_as": paper.same_as,
        "same_as_all": list(paper.same_as_all),
        "coverage": paper.coverage.model_dump(),
        "unread": list(paper.unread),
    }


def metric_row(metric: Metric) -> Row:
    return {
        "kind": "metric",
        "id": record_id("metric", metric.council, metric.key),
        "key": metric.key,
        "name": metric.name,
        "unit": metric.unit,
        "better": metric.better,
        "council": metric.council,
        "aliases": list(metric.aliases),
        "apart": list(metric.apart),
    }


def inspection_row(inspection: Inspection, papers: Mapping[str, PaperRecord]) -> Row:
    """The paper that speaks of the event first, by meeting date, name and sha256, lends it its name."""
    evidence = sorted(inspection.evidence, key=lambda one: _by_meeting(one, papers))
    first = evidence[0] if evidence else None
    return {
        "kind": "inspection",
        "id": inspection.id,
        "paper": first.paper if first else None,
        "sha256": first.sha256 if first else None,
        "council": inspection.council,
        "inspectorate": inspection.inspectorate,
        "type": inspection.type,
        "framework": inspection.framework,
        "report_type": inspection.report_type,
        "number": inspection.number,
        "start_date": _start(inspection.date),
        "end_date": _end(inspection.date),
        "date_precision": inspection.date.precision if inspection.date else None,
        "published": _start(inspection.published),
        "published_end": _end(inspection.published),
        "published_precision": inspection.published.precision if inspection.published else None,
        "lead_inspector": inspection.lead_inspector,
        "evidence": [_place(one) for one in evidence],
    }


def _by_meeting(evidence: Evidence, papers: Mapping[str, PaperRecord]) -> tuple[Any, ...]:
    paper = papers.get(evidence.sha256)
    meeting = (paper.meeting_date if paper else None) or date.max
    return (meeting, evidence.paper, evidence.sha256, evidence.page or 0, evidence.start, evidence.end)


def _said(record: Said) -> Row:
    evidence = record.evidence
    return {
        "kind": record.kind,
        "id": record.id,
        "paper": evidence.paper,
        "sha256": evidence.sha256,
        "report": evidence.report,
        "page": evidence.page,
        "paragraph": evidence.paragraph,
        "start": evidence.start,
        "end": evidence.end,
        "bbox": _box(evidence),
        "boxes": [list(box) for box in evidence.boxes] or None,
        "text": evidence.text,
        "quote": evidence.quote,
        "extractor": record.extractor,
        "confidence": record.confidence,
        "doubts": list(record.doubts),
    }


def _place(evidence: Evidence) -> Row:
    return {
        "paper": evidence.paper,
        "sha256": evidence.sha256,
        "page": evidence.page,
        "paragraph": evidence.paragraph,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "bbox": _box(evidence),
    }


def _box(evidence: Evidence) -> list[float] | None:
    return None if evidence.bbox is None else list(evidence.bbox)


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _start(period: Period | None) -> str | None:
    return None if period is None else period.start.isoformat()


def _end(period: Period | None) -> str | None:
    return None if period is None else period.end.isoformat()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# Rows to text.


def as_jsonl(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield _json(row) + "\n"


def as_json(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON list, a record a line, so that a difference between two exports can be read."""
    between = "[\n"
    for row in rows:
        yield between + _json(row)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


_LINE_ENDS: Final = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""Characters that JSON allows in a string that many a reader of lines, such as Python's `splitlines`, ends lines at."""


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS)


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """One line a row, the first row's fields as columns. Fields that are lists or objects are written as JSON."""
    columns: list[str] | None = None
    for row in rows:
        if columns is None:
            columns = list(row)
            yield _csv_line(columns)
        yield _csv_line(_csv_cell(row.get(column)) for column in columns)


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    # With its own line end the writer quotes cells that hold a carriage return, and not with "\n".
    csv.writer(line, lineterminator="\r\n").writerow(list(cells))
    return line.getvalue().removesuffix("\r\n") + "\n"


_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def _csv_cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list() | dict() | tuple():
            return _harmless(json.dumps(value, ensure_ascii=False))
        case _:
            return _harmless(str(value))


def _harmless(text: str) -> str:
    """The text, marked as text with an apostrophe where a spreadsheet would take it for a formula and run it."""
    starts_a_formula = text.startswith(("\t", "\r")) or text.lstrip().startswith(_RUN_BY_SPREADSHEETS)
    return f"'{text}" if starts_a_formula and not _NUMBER.fullmatch(text) else text


WRITERS: Final[dict[str, Callable[[Iterable[Row]], Iterator[str]]]] = {
    "jsonl": as_jsonl,
    "json": as_json,
    "csv": as_csv,
}
