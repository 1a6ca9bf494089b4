"""The first tables: papers and their text, records, what linking found, and the index of full text search."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _make_papers()
    _make_records()
    _make_decisions()
    _make_inspections()
    _make_search()


def _of_paper(*, primary_key: bool = False) -> sa.Column[Any]:
    paper = sa.ForeignKey("papers.sha256", ondelete="CASCADE")
    return sa.Column("sha256", sa.String(64), paper, nullable=False, primary_key=primary_key)


def _list() -> sa.JSON:
    return sa.JSON(none_as_null=True)


def _period(name: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(f"{name}_kind", sa.Text()),
        sa.Column(f"{name}_start", sa.Date()),
        sa.Column(f"{name}_end", sa.Date()),
    ]


def _place() -> list[sa.Column[Any]]:
    return [
        _of_paper(),
        sa.Column("report", sa.Text()),
        sa.Column("page", sa.Integer()),
        sa.Column("paragraph", sa.Text()),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("bbox", _list()),
        sa.Column("boxes", _list(), nullable=False),
    ]


def _make(name: str, *columns: sa.Column[Any], indexed: tuple[str, ...] = (), comment: str | None = None) -> None:
    """A table whose constraints and indexes are named by the convention of `db.tables.metadata`."""
    # SQLAlchemy names constraints by the convention of the table's MetaData, which Alembic takes from the environment.
    op.create_table(name, *columns, comment=comment)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _make_said(kind: str, *columns: sa.Column[Any], indexed: tuple[str, ...] = ()) -> None:
    """A table of records that are each said in one place of one paper."""
    _make(
        kind,
        sa.Column("id", sa.String(16), primary_key=True),
        *_place(),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("doubts", _list(), nullable=False),
        *columns,
        indexed=("sha256", *indexed),
    )


def _make_papers() -> None:
    _make(
        "papers",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("council", sa.Text()),
        sa.Column("council_from", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("meeting_date", sa.Date()),
        sa.Column("date_given", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("classification", sa.Text()),
        *_period("period_covered"),
        sa.Column("pages", sa.Integer()),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("coverage", sa.JSON(), nullable=False),
        sa.Column("glossary", _list(), nullable=False),
        sa.Column("unread", _list(), nullable=False),
        sa.Column("sketches", _list(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        indexed=("name", "council"),
    )
    _make(
        "other_names",
        _of_paper(primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        comment="Names of papers beside the alphabetically first, which is papers.name",
    )
    _make(
        "twins",
        _of_paper(primary_key=True),
        sa.Column("twin", sa.String(64), sa.ForeignKey("papers.sha256", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        indexed=("twin",),
        comment="Papers that hold the same report as another, the first by meeting leading",
    )
    _make(
        "pages",
        _of_paper(primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("page", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        comment="The stored text that offsets count in; page is null where the source has no pages",
    )


def _make_records() -> None:
    _make_said(
        "figures",
        sa.Column("value", sa.Text()),
        sa.Column("value_high", sa.Text()),
        sa.Column("value_number", sa.Float()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text()),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text()),
        sa.Column("metric_score", sa.Float()),
        sa.Column("metric_reason", sa.Text()),
        sa.Column("metric_text", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text()),
        sa.Column("rag", sa.Text()),
        sa.Column("direction", sa.Text()),
        sa.Column("organisation", sa.Text()),
        sa.Column("council", sa.Text()),
        *_period("period"),
        sa.Column("period_from", sa.Text()),
        sa.Column("basis", sa.Text()),
        sa.Column("target_direction", sa.Text()),
        sa.Column("claim", sa.Text()),
        sa.Column("repeats", sa.String(16), sa.ForeignKey("figures.id", ondelete="SET NULL")),
        indexed=("repeats",),
    )
    op.create_index("ix_figures_metric_sha256", "figures", ["metric", "sha256"])
    _make_said(
        "deadlines",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text()),
        *_period("due"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text()),
        sa.Column("council", sa.Text()),
        indexed=("promise",),
    )
    _make_said(
        "mentions",
        sa.Column("council", sa.Text()),
        sa.Column("inspectorate", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("framework", sa.Text()),
        sa.Column("number", sa.Integer()),
        *_period("date"),
        *_period("published"),
        sa.Column("held", sa.Boolean()),
    )
    _make_said(
        "judgements",
        sa.Column("council", sa.Text()),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("area_text", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        *_period("given"),
        sa.Column("inspection", sa.Text()),
    )
    _make_said(
        "findings",
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("council", sa.Text()),
        sa.Column("area", sa.Text()),
        sa.Column("inspection", sa.Text()),
    )
    _make_said("refusals", sa.Column("reason", sa.Text(), nullable=False))
    _make(
        "metrics",
        sa.Column("number_in_store", sa.Integer(), primary_key=True),
        sa.Column("papers_of", sa.Text()),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("better", sa.Text()),
        sa.Column("council", sa.Text()),
        sa.Column("aliases", _list(), nullable=False),
        sa.Column("apart", _list(), nullable=False),
        indexed=("papers_of", "key"),
    )


def _make_decisions() -> None:
    _make(
        "metric_decisions",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("council", sa.Text()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("known_as", _list(), nullable=False),
        sa.Column("to_known_as", _list(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.Text()),
        sa.Column("undone_at", sa.Text()),
        comment="What people decided of the identity of metrics; kept when papers are read again or it is undone",
    )
    decided = sa.ForeignKey("metric_decisions.id", ondelete="CASCADE")
    _make(
        "decisions_used",
        sa.Column("number_in_store", sa.Integer(), primary_key=True),
        sa.Column("decision", sa.String(8), decided, nullable=False),
        sa.Column("papers_of", sa.Text()),
        indexed=("papers_of",),
        comment="Decisions that found something to act on when a council's papers were last linked",
    )


def _make_inspections() -> None:
    _make(
        "inspections",
        sa.Column("number_in_store", sa.Integer(), primary_key=True),
        sa.Column("papers_of", sa.Text()),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("council", sa.Text()),
        sa.Column("inspectorate", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("framework", sa.Text()),
        sa.Column("report_type", sa.Text()),
        sa.Column("number", sa.Integer()),
        *_period("date"),
        *_period("published"),
        sa.Column("lead_inspector", sa.Text()),
        indexed=("papers_of", "id"),
    )
    event = sa.ForeignKey("inspections.number_in_store", ondelete="CASCADE")
    _make(
        "inspection_places",
        sa.Column("number_in_store", sa.Integer(), event, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        *_place(),
        indexed=("sha256",),
        comment="Every place that speaks of an inspection or visit",
    )


def _make_search() -> None:
    _make(
        "paragraphs",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_paper(),
        sa.Column("page", sa.Integer()),
        sa.Column("paragraph", sa.Text()),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        indexed=("sha256",),
        comment="What full text search finds: paragraphs, and quotes that no one paragraph holds",
    )
    if op.get_context().dialect.name == "sqlite":
        # External content: the index keeps no copy of the words' texts. `db.search` writes to it by hand; triggers
        # would be dropped silently by the next migration that rebuilds `paragraphs`.
        op.execute(
            "CREATE VIRTUAL TABLE paragraph_words USING fts5("
            "text, content='paragraphs', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
        )
