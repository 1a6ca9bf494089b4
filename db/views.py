"""The views that researchers ask (docs/researchers.md): plain names, the paper beside what it says.

Their names and columns stay from version to version; columns may be added. They are made by the first migration. A
migration that rebuilds a table must drop them first and make them again after, for SQLite renames no table that a view
waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_PLACE: Final = (
    "{t}.report, {t}.page, {t}.paragraph, {t}.text AS printed, {t}.quote, {t}.text_start, {t}.text_end, {t}.sha256"
)
_PAPER: Final = "p.name AS paper, p.council AS paper_council, p.body, p.meeting_date, p.title AS paper_title"
_FIGURE_COLUMNS: Final = (
    *("id", "paper", "paper_council", "body", "meeting_date", "paper_title", "report", "page", "paragraph", "printed"),
    *("quote", "text_start", "text_end", "sha256", "value", "value_as_text", "value_high_as_text", "unit", "missing"),
    *("qualifier", "role", "metric", "metric_name", "better", "metric_text", "breakdown", "rag", "direction"),
    *("organisation", "council", "period_kind", "period_start", "period_end", "period_from", "basis"),
    *("target_direction", "claim", "repeats", "extractor", "confidence"),
)


def _said(table: str, *columns: str) -> str:
    """A view of a kind of record with the paper that says it."""
    own = ", ".join(f"t.{column}" for column in columns)
    return (
        f"SELECT t.id, {_PAPER}, {_PLACE.format(t='t')}, {own}, t.extractor, t.confidence "
        f"FROM {table} t JOIN papers p ON p.sha256 = t.sha256"
    )


_FIGURES: Final = (
    f"SELECT f.id, {_PAPER}, {_PLACE.format(t='f')}, "
    "f.value_number AS value, f.value AS value_as_text, f.value_high AS value_high_as_text, f.unit, f.missing, "
    "f.qualifier, f.role, f.metric, m.name AS metric_name, m.better, f.metric_text, f.breakdown, f.rag, f.direction, "
    "f.organisation, f.council, f.period_kind, f.period_start, f.period_end, f.period_from, f.basis, "
    "f.target_direction, f.claim, f.repeats, f.extractor, f.confidence "
    "FROM figures f JOIN papers p ON p.sha256 = f.sha256 "
    "LEFT JOIN metrics m ON m.key = f.metric "
    "AND (m.papers_of = p.council OR (m.papers_of IS NULL AND p.council IS NULL))"
)
_COLUMNS: Final = ", ".join(_FIGURE_COLUMNS)
_LATEST: Final = (
    f"SELECT {_COLUMNS} FROM (SELECT {_COLUMNS}, ROW_NUMBER() OVER ("
    "PARTITION BY paper_council, metric, organisation, role, breakdown, unit, basis, period_kind "
    "ORDER BY period_end DESC, CASE WHEN meeting_date IS NULL THEN 1 ELSE 0 END, meeting_date DESC, paper DESC, "
    "sha256 DESC, text_start DESC) AS place FROM figures_with_papers "
    "WHERE metric IS NOT NULL AND value IS NOT NULL AND period_end IS NOT NULL AND repeats IS NULL) latest "
    "WHERE place = 1"
)
_INSPECTIONS: Final = (
    f"SELECT i.id, {_PAPER}, {_PLACE.format(t='w')}, i.council, i.inspectorate, i.type, i.framework, i.report_type, "
    "i.number, i.date_start, i.date_end, i.published_start, i.published_end, i.lead_inspector "
    "FROM inspections i JOIN inspection_places w ON w.number_in_store = i.number_in_store "
    "JOIN papers p ON p.sha256 = w.sha256"
)

VIEWS: Final[Mapping[str, str]] = {
    "figures_with_papers": _FIGURES,
    "targets_with_papers": f"SELECT {_COLUMNS} FROM figures_with_papers WHERE role = 'target'",
    "latest_figures": _LATEST,
    "deadlines_with_papers": _said(
        "deadlines", "subject", "promise", "due_kind", "due_start", "due_end", "status", "grade", "council"
    ),
    "judgements_with_papers": _said("judgements", "council", "area", "area_text", "grade", "inspection"),
    "findings_with_papers": _said("findings", "finding", "council", "area", "inspection"),
    "inspections_with_papers": _INSPECTIONS,
}
"""The views with the question that each asks, in the order in which they are made: later ones ask earlier ones."""


def make_views(execute: Callable[[str], object]) -> None:
    for name, question in VIEWS.items():
        execute(f"CREATE VIEW {name} AS {question}")


def drop_views(execute: Callable[[str], object]) -> None:
    for name in reversed(list(VIEWS)):
        execute(f"DROP VIEW IF EXISTS {name}")
