"""The views that researchers ask: their names and columns stay, and they say what the records say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Text, text

from db.connecting import connect
from db.store import Store
from db.views import VIEWS, drop_views, make_views
from schema.period import Period
from schema.records import Deadline, Links, Metric
from tests.store_samples import evidence, percentage, sample

_PLACE = (
    *("id", "paper", "paper_council", "body", "meeting_date", "paper_title", "report", "page", "paragraph", "printed"),
    *("quote", "text_start", "text_end", "sha256"),
)
_FIGURE = {
    *_PLACE,
    *("value", "value_as_text", "value_high_as_text", "unit", "missing", "qualifier", "role", "metric", "metric_name"),
    *("better", "metric_text", "breakdown", "rag", "direction", "organisation", "council", "period_kind"),
    *("period_start", "period_end", "period_from", "basis", "target_direction", "claim", "repeats", "extractor"),
    "confidence",
}
PROMISED = {
    "figures_with_papers": _FIGURE,
    "targets_with_papers": _FIGURE,
    "latest_figures": _FIGURE,
    "deadlines_with_papers": {
        *(*_PLACE, "subject", "promise", "due_kind", "due_start", "due_end", "status", "grade", "council"),
        *("extractor", "confidence"),
    },
    "judgements_with_papers": {
        *(*_PLACE, "council", "area", "area_text", "grade", "inspection", "extractor", "confidence"),
    },
    "findings_with_papers": {*_PLACE, "finding", "council", "area", "inspection", "extractor", "confidence"},
    "inspections_with_papers": {
        *(*_PLACE, "council", "inspectorate", "type", "framework", "report_type", "number", "date_start", "date_end"),
        *("published_start", "published_end", "lead_inspector"),
    },
}
"""What scripts of researchers rest on. Columns may be added; none may go or be renamed."""

MARCH, JUNE = Period.month_end(2018, 3), Period.month_end(2018, 6)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A store with two papers, the second of which gives March another value, opened as a researcher would."""
    first, second = "Visits were 88.0% in March against 90%.", "Visits were 91% in June and 87% in March; by July 2018."
    target = percentage(first, "90%", None, "a.txt").model_copy(update={"role": "target"})
    said = [percentage(first, "88.0%", MARCH, "a.txt"), target]
    later = [percentage(second, "91%", JUNE, "b.txt"), percentage(second, "87%", MARCH, "b.txt")]
    promise = Deadline(
        evidence=evidence(second, "July 2018", "b.txt"), extractor="p", subject="visits", due=Period.month(2018, 7)
    )
    with Store.open(tmp_path / "tally.db") as store:
        sample(first, "a.txt", met=date(2018, 4, 10), figures=said).into(store)
        sample(second, "b.txt", met=date(2018, 7, 10), figures=later, deadlines=[promise]).into(store)
        visits = Metric(key="visits", name="Visits on time", unit="percent", better="higher", council="Casterbridge")
        keys = {figure.id: "visits" for figure in (*said, *later)}
        store.apply_links(Links(council="Casterbridge", metrics=(visits,), figure_metrics=keys))
    with closing(sqlite3.connect(f"file:{tmp_path / 'tally.db'}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_keeps_its_name_and_its_columns(asked: sqlite3.Connection, view: str) -> None:
    columns = {row[0] for row in asked.execute(f"SELECT * FROM {view}").description}
    assert PROMISED[view] <= columns


def test_no_promised_view_is_gone() -> None:
    assert PROMISED.keys() <= VIEWS.keys()


def test_a_figure_stands_beside_its_paper_and_its_metric(asked: sqlite3.Connection) -> None:
    question = (
        "SELECT paper, meeting_date, metric_name, printed, value, value_as_text, period_end "
        "FROM figures_with_papers WHERE printed = '88.0%'"
    )
    assert asked.execute(question).fetchall() == [
        ("a.txt", "2018-04-10", "Visits on time", "88.0%", 88.0, "88.0", "2018-03-31")
    ]


def test_the_latest_figure_is_the_latest_periods_as_last_said(asked: sqlite3.Connection) -> None:
    assert asked.execute("SELECT printed FROM latest_figures").fetchall() == [("91%",)]


def test_targets_and_deadlines(asked: sqlite3.Connection) -> None:
    assert asked.execute("SELECT printed FROM targets_with_papers").fetchall() == [("90%",)]
    assert asked.execute("SELECT paper, due_end FROM deadlines_with_papers").fetchall() == [("b.txt", "2018-07-31")]


def test_a_migration_can_rebuild_a_table_that_views_ask(tmp_path: Path) -> None:
    Store.open(tmp_path / "tally.db").close()
    database = connect(tmp_path / "tally.db", create=False)
    with database.writing() as connection:
        operations = Operations(MigrationContext.configure(connection))
        drop_views(operations.execute)
        with operations.batch_alter_table("figures", recreate="always") as batch:
            batch.add_column(Column("language", Text))
        make_views(operations.execute)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM latest_figures")).scalar() == 0
    database.engine.dispose()
