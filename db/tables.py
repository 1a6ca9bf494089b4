"""The tables, one a kind of record, with names that a researcher with a SQL prompt understands.

A record's place is `sha256`, `page`, `text_start`, `text_end`: the characters of `pages.text` that `text` repeats. A
period is three columns: `..._kind`, `..._start`, `..._end`. Lists are JSON. `figures.metric`, `figures.repeats`,
`deadlines.promise`, `judgements.inspection` and `findings.inspection` are filled in when a council's papers are
linked.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from schema.records import Deadline, Figure, Finding, Judgement, Mention, Refusal, Said

WORDS_TABLE: Final = "paragraph_words"
"""The FTS5 index over `paragraphs`. SQLAlchemy does not know virtual tables, so it is made by hand in the
migrations."""

metadata: Final = MetaData(
    # Constraints have names from the first day, because a later migration can only drop what has a name.
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class PrintedDecimal(TypeDecorator[Decimal]):
    """A decimal kept as text, with the digits as printed: SQLite would keep a number as a float, and 94.0 become 94."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def _list() -> JSON:
    return JSON(none_as_null=True)


def _of_paper(*, primary_key: bool = False, index: bool = False) -> Column[str]:
    paper = ForeignKey("papers.sha256", ondelete="CASCADE")
    return Column("sha256", String(64), paper, nullable=False, primary_key=primary_key, index=index or None)


def _place() -> list[Column[Any]]:
    """Where something was read: the fields of `schema.evidence.Evidence`."""
    return [
        _of_paper(index=True),
        Column("report", Text),
        Column("page", Integer),
        Column("paragraph", Text),
        Column("text_start", Integer, nullable=False),
        Column("text_end", Integer, nullable=False),
        Column("text", Text, nullable=False),
        Column("quote", Text, nullable=False),
        Column("bbox", _list()),
        Column("boxes", _list(), nullable=False),
    ]


def _said() -> list[Column[Any]]:
    """What every record said in one place of one paper has: the fields of `schema.records.Said`."""
    return [
        Column("id", String(16), primary_key=True),
        *_place(),
        Column("extractor", Text, nullable=False),
        Column("confidence", Float, nullable=False),
        Column("doubts", _list(), nullable=False),
    ]


def _period(name: str) -> list[Column[Any]]:
    return [Column(f"{name}_kind", Text), Column(f"{name}_start", Date), Column(f"{name}_end", Date)]


papers: Final = Table(
    "papers",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("council", Text, index=True),
    Column("council_from", Text),
    Column("body", Text),
    Column("meeting_date", Date),
    Column("date_given", Boolean, nullable=False),
    Column("title", Text),
    Column("author", Text),
    Column("classification", Text),
    *_period("period_covered"),
    Column("pages", Integer),
    Column("reader", Text, nullable=False),
    Column("coverage", JSON, nullable=False),
    Column("glossary", _list(), nullable=False),
    Column("unread", _list(), nullable=False),
    Column("sketches", _list(), nullable=False),
    # False from saving until the council's papers have been linked again, so that a load that was cut short is made
    # good.
    Column("linked", Boolean, nullable=False),
)

other_names: Final = Table(
    "other_names",
    metadata,
    _of_paper(primary_key=True),
    Column("name", Text, primary_key=True),
    comment="Names of papers beside the alphabetically first, which is papers.name",
)

twins: Final = Table(
    "twins",
    metadata,
    _of_paper(primary_key=True),
    Column("twin", String(64), ForeignKey("papers.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
    Index(None, "twin"),
    comment="Papers that hold the same report as another, the first by meeting leading",
)

pages: Final = Table(
    "pages",
    metadata,
    _of_paper(primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("page", Integer),
    Column("text", Text, nullable=False),
    comment="The stored text that offsets count in; page is null where the source has no pages",
)

paragraphs: Final = Table(
    "paragraphs",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(index=True),
    Column("page", Integer),
    Column("paragraph", Text),
    Column("text_start", Integer, nullable=False),
    Column("text_end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    comment="What full text search finds: paragraphs, and quotes that no one paragraph holds",
)

figures: Final = Table(
    "figures",
    metadata,
    *_said(),
    Column("value", PrintedDecimal),
    Column("value_high", PrintedDecimal),
    Column("value_number", Float),  # `value` for sorting and plotting; the digits that count are in `value`
    Column("unit", Text, nullable=False),
    Column("missing", Text),
    Column("qualifier", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("metric", Text),
    Column("metric_score", Float),
    Column("metric_reason", Text),
    Column("metric_text", Text, nullable=False),
    Column("breakdown", Text),
    Column("rag", Text),
    Column("direction", Text),
    Column("organisation", Text),
    Column("council", Text),
    *_period("period"),
    Column("period_from", Text),
    Column("basis", Text),
    Column("target_direction", Text),
    Column("claim", Text),
    Column("repeats", String(16), ForeignKey("figures.id", ondelete="SET NULL"), index=True),
    Index(None, "metric", "sha256"),  # one metric's history in one council's papers
)

deadlines: Final = Table(
    "deadlines",
    metadata,
    *_said(),
    Column("subject", Text, nullable=False),
    Column("promise", Text, index=True),
    *_period("due"),
    Column("status", Text, nullable=False),
    Column("grade", Text),
    Column("council", Text),
)

mentions: Final = Table(
    "mentions",
    metadata,
    *_said(),
    Column("council", Text),
    Column("inspectorate", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("framework", Text),
    Column("number", Integer),
    *_period("date"),
    *_period("published"),
    Column("held", Boolean),
)

judgements: Final = Table(
    "judgements",
    metadata,
    *_said(),
    Column("council", Text),
    Column("area", Text, nullable=False),
    Column("area_text", Text, nullable=False),
    Column("grade", Text, nullable=False),
    *_period("given"),
    Column("inspection", Text),
)

findings: Final = Table(
    "findings",
    metadata,
    *_said(),
    Column("finding", Text, nullable=False),
    Column("council", Text),
    Column("area", Text),
    Column("inspection", Text),
)

refusals: Final = Table(
    "refusals",
    metadata,
    *_said(),
    Column("reason", Text, nullable=False),
)

metrics: Final = Table(
    "metrics",
    metadata,
    Column("number_in_store", Integer, primary_key=True),
    Column("papers_of", Text, index=True),  # the council whose papers were linked; `council` is whose figures they are
    Column("key", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("better", Text),
    Column("council", Text),
    Column("aliases", _list(), nullable=False),
    Column("apart", _list(), nullable=False),
)

metric_decisions: Final = Table(
    "metric_decisions",
    metadata,
    Column("id", String(8), primary_key=True),
    Column("decision", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("council", Text),
    Column("unit", Text, nullable=False),
    Column("known_as", _list(), nullable=False),
    Column("to_known_as", _list(), nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", Text, nullable=False),  # ISO 8601, as in the files that teams share
    Column("undone_by", Text),
    Column("undone_at", Text),
    comment="What people decided of the identity of metrics; kept when papers are read again or it is undone",
)

decisions_used: Final = Table(
    "decisions_used",
    metadata,
    Column("number_in_store", Integer, primary_key=True),
    Column("decision", String(8), ForeignKey("metric_decisions.id", ondelete="CASCADE"), nullable=False),
    Column("papers_of", Text, index=True),
    comment="Decisions that found something to act on when a council's papers were last linked",
)

inspections: Final = Table(
    "inspections",
    metadata,
    # Not `id`: the papers of two councils may speak of one event, and each council is linked by itself.
    Column("number_in_store", Integer, primary_key=True),
    Column("papers_of", Text, index=True),
    Column("id", Text, nullable=False, index=True),
    Column("council", Text),
    Column("inspectorate", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("framework", Text),
    Column("report_type", Text),
    Column("number", Integer),
    *_period("date"),
    *_period("published"),
    Column("lead_inspector", Text),
)

inspection_places: Final = Table(
    "inspection_places",
    metadata,
    Column(
        "number_in_store",
        Integer,
        ForeignKey("inspections.number_in_store", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_place(),
    comment="Every place that speaks of an inspection or visit",
)

TABLE_OF: Final[dict[type[Said], Table]] = {
    Figure: figures,
    Deadline: deadlines,
    Mention: mentions,
    Judgement: judgements,
    Finding: findings,
    Refusal: refusals,
}
"""Where each kind of record said in one place is kept."""
