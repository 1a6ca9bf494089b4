"""Records to rows and back. The laws (tests): a record read back equals the one that was saved, digits and all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from schema.evidence import Evidence
from schema.period import Period, PeriodKind
from schema.records import Deadline, Figure, Finding, Inspection, Judgement, Metric, PaperRecord, Said

Row = dict[str, Any]
S = TypeVar("S", bound=Said)

LINKED_FIELDS: Final[dict[type[Said], tuple[str, ...]]] = {
    Figure: ("metric", "metric_score", "metric_reason"),
    Deadline: ("promise",),
    Judgement: ("inspection",),
    Finding: ("inspection",),
}
"""The fields of a kind that only linking can fill in, because they depend on the council's other papers."""


def row_of(record: Said) -> Row:
    """The row of a record said in one place. What only linking knows is left empty until `db.links` fills it in."""
    row = _fields_to_columns(record, skip={"evidence", *LINKED_FIELDS.get(type(record), ())})
    row |= {"id": record.id, **place_columns(record.evidence)}
    if isinstance(record, Figure):
        row["value_number"] = None if record.value is None else float(record.value)
    return row


def record_of(kind: type[S], row: Mapping[Any, Any], paper: str, linked: bool) -> S:
    """The record of a row; `paper` is its paper's name. Without `linked`, as the extractor handed it over."""
    fields = _columns_to_fields(kind, row, skip={"evidence"})
    if not linked:
        fields |= dict.fromkeys(LINKED_FIELDS.get(kind, ()))
    return kind.model_validate({**fields, "evidence": evidence_of(row, paper)})


def stored_figure(row: Row) -> Figure:
    """As `record_of` for a linked figure, of a row with `paper_name`, at a fifth of the cost: what is stored was
    checked when it was saved, and is not checked again."""
    evidence = Evidence.model_construct(
        paper=row["paper_name"],
        start=row["text_start"],
        end=row["text_end"],
        bbox=tuple(row["bbox"]) if row["bbox"] else None,
        boxes=tuple(map(tuple, row["boxes"])),
        **{name: row[name] for name in _PLACE_AS_IS},
    )
    fields = {name: row[name] for name in _FIGURE_AS_IS}
    doubts = tuple(row["doubts"])
    return Figure.model_construct(evidence=evidence, doubts=doubts, period=_period_of(row, "period"), **fields)


LISTS_OF_A_FIGURE: Final = ("bbox", "boxes", "doubts")


def with_lists(row: Row) -> Row:
    """The row of a figure whose lists were left as SQLite keeps them, which is JSON, with the lists read."""
    read = {name: json.loads(row[name]) for name in LISTS_OF_A_FIGURE if isinstance(row[name], str)}
    return {**row, **read}


_PLACE_AS_IS: Final = ("sha256", "report", "page", "paragraph", "text", "quote")
_FIGURE_AS_IS: Final = tuple(name for name in Figure.model_fields if name not in ("evidence", "doubts", "period"))


def place_columns(evidence: Evidence) -> Row:
    """The columns of a place. The paper's name is not among them: it may get other names, so it stands with the
    paper."""
    return {
        "sha256": evidence.sha256,
        "report": evidence.report,
        "page": evidence.page,
        "paragraph": evidence.paragraph,
        "text_start": evidence.start,
        "text_end": evidence.end,
        "text": evidence.text,
        "quote": evidence.quote,
        "bbox": evidence.bbox,
        "boxes": evidence.boxes,
    }


def evidence_of(row: Mapping[Any, Any], paper: str) -> Evidence:
    return Evidence(
        paper=paper,
        sha256=row["sha256"],
        report=row["report"],
        page=row["page"],
        paragraph=row["paragraph"],
        start=row["text_start"],
        end=row["text_end"],
        text=row["text"],
        quote=row["quote"],
        bbox=row["bbox"],
        boxes=row["boxes"],
    )


_NOT_OF_THE_PAPER: Final = {"paper", "also_named", "same_as", "same_as_all", "coverage"}


def paper_row(paper: PaperRecord, name: str) -> Row:
    row = _fields_to_columns(paper, skip=_NOT_OF_THE_PAPER)
    return row | {"name": name, "coverage": paper.coverage.model_dump(), "linked": False, "audited_by": None}


def paper_of(
    row: Mapping[Any, Any], also_named: tuple[str, ...] = (), same_as_all: tuple[str, ...] = ()
) -> PaperRecord:
    """The paper of a row, alone: `same_as` is for `db.queries` to say, which knows when the twins met."""
    fields = _columns_to_fields(PaperRecord, row, skip=_NOT_OF_THE_PAPER)
    fields |= {"paper": row["name"], "coverage": row["coverage"], "also_named": also_named, "same_as_all": same_as_all}
    return PaperRecord.model_validate(fields)


def metric_row(metric: Metric, papers_of: str | None) -> Row:
    return {"papers_of": papers_of, **_fields_to_columns(metric, skip=set())}


def metric_of(row: Mapping[Any, Any]) -> Metric:
    return Metric.model_validate(_columns_to_fields(Metric, row, skip=set()))


def inspection_row(inspection: Inspection, papers_of: str | None) -> Row:
    return {"papers_of": papers_of, **_fields_to_columns(inspection, skip={"evidence"})}


def inspection_of(row: Mapping[Any, Any], evidence: tuple[Evidence, ...]) -> Inspection:
    return Inspection.model_validate({**_columns_to_fields(Inspection, row, skip={"evidence"}), "evidence": evidence})


@cache
def _period_fields(model: type[BaseModel]) -> frozenset[str]:
    periods = (Period, Period | None)
    return frozenset(name for name, field in model.model_fields.items() if field.annotation in periods)


def _fields_to_columns(record: BaseModel, skip: set[str]) -> Row:
    row: Row = {}
    periods = _period_fields(type(record))
    for name in type(record).model_fields:
        if name in skip:
            continue
        value = getattr(record, name)
        if name in periods:
            row |= _period_columns(name, value)
        else:
            row[name] = value
    return row


def _period_columns(name: str, period: Period | None) -> Row:
    kind, start, end = (None, None, None) if period is None else (period.kind.value, period.start, period.end)
    return {f"{name}_kind": kind, f"{name}_start": start, f"{name}_end": end}


def _columns_to_fields(model: type[BaseModel], row: Mapping[Any, Any], skip: set[str]) -> Row:
    fields: Row = {}
    periods = _period_fields(model)
    for name in model.model_fields:
        if name in skip:
            continue
        fields[name] = _period_of(row, name) if name in periods else row[name]
    return fields


def _period_of(row: Mapping[Any, Any], name: str) -> Period | None:
    return period_of_columns(row[f"{name}_kind"], row[f"{name}_start"], row[f"{name}_end"])


def period_of_columns(kind: str | None, start: date | None, end: date | None) -> Period | None:
    """The period of its three columns, which are empty where there is none."""
    return None if kind is None or start is None or end is None else _period(kind, start, end)


@lru_cache(maxsize=4096)
def _period(kind: str, start: date, end: date) -> Period:
    """Periods are few and figures many."""
    return Period(kind=PeriodKind(kind), start=start, end=end)
