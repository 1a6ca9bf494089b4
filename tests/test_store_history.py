"""One metric over time: who said what of which period, and where a later paper says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store import HistoryRow, Store
from schema.period import Period
from schema.records import Figure, Links, Metric
from tests.store_samples import Sample, percentage, sample, sample_saying

MARCH, APRIL = Period.month_end(2018, 3), Period.month_end(2018, 4)
MAY_1, JUNE_1, JULY_1 = date(2018, 5, 1), date(2018, 6, 1), date(2018, 7, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tally.db") as opened:
        yield opened


def save_all(store: Store, *papers: Sample, statements: dict[str, str] | None = None) -> None:
    """Saves the papers, all of whose figures measure `visits`."""
    for paper in papers:
        paper.into(store)
    figures = {figure.id: "visits" for paper in papers for figure in paper.extraction.figures}
    metric = Metric(key="visits", name="Visits on time", unit="percent")
    store.apply_links(
        Links(council="Casterbridge", metrics=(metric,), figure_metrics=figures, statements=statements or {})
    )


def printed(row: HistoryRow) -> list[str]:
    return [report.figure.evidence.text for report in row.reports]


def test_rows_go_by_period_and_reports_by_meeting(store: Store) -> None:
    save_all(
        store,
        sample_saying("95.0%", "c.txt", JUNE_1, APRIL),
        sample_saying("93.8%", "b.txt", MAY_1, MARCH),
        sample_saying("94.0%", "a.txt", JULY_1, MARCH),
    )
    march, april = store.history("visits")
    assert (march.period, april.period) == (MARCH, APRIL)
    assert printed(march) == ["93.8%", "94.0%"]
    assert [report.meeting_date for report in march.reports] == [MAY_1, JULY_1]
    assert [report.restates for report in march.reports] == [False, True]
    assert (march.restated, april.restated) == (True, False)
    assert (march.statements, march.latest.evidence.text) == (2, "94.0%")
    assert store.history("visits", "Barchester") == store.history("nothing") == []
    assert store.history("visits", "Casterbridge") == [march, april]


@pytest.mark.parametrize(
    ("said", "restated"),
    [
        (["95.7%", "96%"], [False, False]),
        (["96%", "95.7%"], [False, False]),
        (["93.8%", "94.0%"], [False, True]),
        (["94%", "94.0%"], [False, False]),
        # Both agree with 96, but not with each other.
        (["95.7%", "96%", "95.6%"], [False, False, True]),
        # After a restatement, the new value is what later papers are held to.
        (["93.8%", "94.0%", "94.0%", "93.8%"], [False, True, False, True]),
    ],
)
def test_a_restatement_is_a_value_that_cannot_be_a_rounding_of_what_was_said(
    store: Store, said: list[str], restated: list[bool]
) -> None:
    papers = [sample_saying(value, f"{i}.txt", date(2018, 5 + i, 1), MARCH) for i, value in enumerate(said)]
    save_all(store, *papers)
    (row,) = store.history("visits")
    assert [report.restates for report in row.reports] == restated


def test_values_that_nobody_dated_restate_nothing(store: Store) -> None:
    texts = {"93.8%": "Visits on time were 93.8%.", "70.0%": "Visits on time were 70.0%."}
    papers = [sample(text, f"{value}.txt", figures=[percentage(text, value)]) for value, text in texts.items()]
    save_all(store, *papers)
    (row,) = store.history("visits")
    assert not row.restated


def test_a_near_identical_report_is_listed_and_counts_once(store: Store) -> None:
    first = sample_saying("94.0%", "board.txt", MAY_1, MARCH)
    again = sample_saying("94.0%", "cabinet.txt", JUNE_1, MARCH, more=" Noted.")
    independent = sample_saying("94%", "later.txt", JULY_1, MARCH)
    original, repetition = first.extraction.figures[0].id, again.extraction.figures[0].id
    save_all(store, first, again, independent, statements={repetition: original})
    (row,) = store.history("visits")
    assert printed(row) == ["94.0%", "94.0%", "94%"]
    assert [report.repeats for report in row.reports] == [None, original, None]
    assert row.statements == 2
    assert row.latest.evidence.text == "94%"
    assert store.statements() == {repetition: original}


def test_a_repetition_restates_nothing(store: Store) -> None:
    first = sample_saying("94.0%", "board.txt", MAY_1, MARCH)
    corrected = sample_saying("93.0%", "board-2.txt", JUNE_1, MARCH)
    late = sample_saying("94.0%", "cabinet.txt", JULY_1, MARCH, more=" Noted.")
    repeats = {late.extraction.figures[0].id: first.extraction.figures[0].id}
    save_all(store, first, corrected, late, statements=repeats)
    (row,) = store.history("visits")
    assert [report.restates for report in row.reports] == [False, True, False]
    assert row.latest.evidence.text == "93.0%"


def test_what_tells_figures_apart_makes_rows_of_their_own(store: Store) -> None:
    text = "94.0% 95.0% 96.0% 97.0% 98.0% 99.0%"
    plain = [percentage(text, value, MARCH) for value in text.split()]
    told_apart: list[dict[str, object]] = [
        {},
        {"role": "target"},
        {"breakdown": "East"},
        {"basis": "snapshot"},
        {"role": "benchmark", "organisation": "England"},
        {"period": None},
    ]
    figures = [figure.model_copy(update=update) for figure, update in zip(plain, told_apart, strict=True)]
    save_all(store, sample(text, figures=figures))
    rows = store.history("visits")
    assert sorted(printed(row)[0] for row in rows) == text.split()
    assert not any(row.restated for row in rows)
    assert rows[-1].period is None


def test_a_day_that_ends_a_month_is_the_end_of_that_month(store: Store) -> None:
    save_all(
        store,
        sample_saying("94.0%", "a.txt", MAY_1, Period.day(date(2018, 3, 31))),
        sample_saying("94.0%", "b.txt", JUNE_1, MARCH),
        sample_saying("94.0%", "c.txt", JULY_1, Period.day(date(2018, 3, 30))),
    )
    rows = store.history("visits")
    assert [(row.period, row.statements) for row in rows] == [(Period.day(date(2018, 3, 30)), 1), (MARCH, 2)]


def test_whose_figure_is_not_said_is_the_councils_own(store: Store) -> None:
    ours = sample_saying("94.0%", "a.txt", MAY_1, MARCH)
    named = sample_saying("94.0%", "b.txt", JUNE_1, MARCH)
    figure = named.extraction.figures[0].model_copy(update={"organisation": "Casterbridge"})
    save_all(store, ours, named._replace(extraction=named.extraction.model_copy(update={"figures": (figure,)})))
    (row,) = store.history("visits")
    assert (row.organisation, row.statements) == ("Casterbridge", 2)


def test_a_withheld_value_contradicts_nothing(store: Store) -> None:
    open_, withheld = sample_saying("94.0%", "a.txt", MAY_1, MARCH), sample_saying("94.0%", "b.txt", JUNE_1, MARCH)
    hidden: Figure = withheld.extraction.figures[0].model_copy(update={"value": None, "missing": "suppressed"})
    save_all(store, open_, withheld._replace(extraction=withheld.extraction.model_copy(update={"figures": (hidden,)})))
    (row,) = store.history("visits")
    assert not row.restated


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(4)))
def test_history_does_not_depend_on_the_order_of_loading(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    said = ["93.8%", "94.0%", "94%", "93.8%"]
    papers = [sample_saying(value, f"{i}.txt", date(2018, 5 + i // 2, 1), MARCH) for i, value in enumerate(said)]
    with Store.open(tmp_path_factory.mktemp("history") / "tally.db") as store:
        save_all(store, *(papers[i] for i in order))
        (row,) = store.history("visits")
    assert printed(row) == said
    assert [report.restates for report in row.reports] == [False, True, False, True]
