"""What the export's fields hold, for formats whose columns have types: dates as dates, decimals as decimals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from app.export import Row, row_of
from schema.evidence import Evidence
from schema.period import Period
from schema.records import Deadline, Figure, Finding, Inspection, Issue, Judgement, Metric, PaperRecord, Refusal

if TYPE_CHECKING:
    from db.store import Record

ColumnType = Literal["text", "integer", "number", "decimal", "boolean", "date", "texts", "numbers", "boxes", "json"]

TYPES: Final[Mapping[str, ColumnType]] = MappingProxyType(
    {
        **dict.fromkeys(("page", "start", "end", "pages", "number"), "integer"),
        **dict.fromkeys(("value", "value_high"), "decimal"),
        **dict.fromkeys(("period_start", "period_end", "due_start", "due_end", "meeting_date"), "date"),
        **dict.fromkeys(("start_date", "end_date", "published", "published_end"), "date"),
        **dict.fromkeys(("doubts", "also_named", "same_as_all", "aliases", "apart", "unread"), "texts"),
        **dict.fromkeys(("coverage", "evidence"), "json"),
        **dict.fromkeys(("confidence", "metric_score"), "number"),
        "date_given": "boolean",
        "bbox": "numbers",
        "boxes": "boxes",
    }
)
"""The fields that are not texts. A field has one type in all kinds of records that have it."""

_NOWHERE: Final = Evidence(paper="", sha256="", start=0, end=0, text="", quote="")
_PLAINEST: Final[Mapping[str, Record]] = {
    one.kind: one
    for one in (
        Figure(evidence=_NOWHERE, extractor="", value=None, unit=""),
        Deadline(evidence=_NOWHERE, extractor="", subject="", due=Period.day(date(2000, 1, 1))),
        Judgement(evidence=_NOWHERE, extractor="", council=None, area="", area_text="", grade="good"),
        Finding(evidence=_NOWHERE, extractor="", finding="strength"),
        Refusal(evidence=_NOWHERE, extractor="", reason=""),
        PaperRecord(paper="", sha256="", council=None, body=None, meeting_date=None, title=None),
        Metric(key="", name="", unit=""),
        Inspection(id="", council=None, type="inspection"),
        Issue(id="", check="", severity="info", message="", evidence=()),
    )
}


@cache
def columns_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record, in the order of the export, also where there is no record of it."""
    return tuple(row_of(_PLAINEST[kind]))


def type_of(column: str) -> ColumnType:
    return TYPES.get(column, "text")


def typed(column: str, value: Any) -> Any:
    """The export's value as its column's type has it; what is not of the type in a text column, as JSON."""
    if value is None:
        return None
    match type_of(column):
        case "decimal":
            return Decimal(value)
        case "date":
            return date.fromisoformat(value)
        case "json":
            return json.dumps(value, ensure_ascii=False)
        case "text":
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        case _:
            return value


def typed_row(row: Row) -> Row:
    return {column: typed(column, value) for column, value in row.items()}
