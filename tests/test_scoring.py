"""The rules of scoring: what counts as found, as right, and as found too much."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.scoring import is_period, pair_up, score_figures, score_places

Row = dict[str, Any]


def expected(text: str, start: int, **fields: object) -> Row:
    """A figure as a person wrote it down."""
    row = {"value": text.rstrip("%"), "unit": "percent", "role": "actual", "qualifier": "exact", "period": "2018-03"}
    return {"paper": "a.txt", "start": start, "end": start + len(text), "text": text, "core": True, **row, **fields}


def found(text: str, start: int, **fields: object) -> Row:
    """A figure as the export has it."""
    days = {"period_start": "2018-03-01", "period_end": "2018-03-31"}
    return {**expected(text, start), **days, **fields}


def test_all_is_well() -> None:
    scores = score_figures([expected("91%", 10)], [found("91%", 10)])
    assert {scores[name] for name in ("recall", "precision", "role", "unit", "qualifier", "period", "exact")} == {1}


@pytest.mark.parametrize(
    ("wrong", "measure"),
    [
        ({"role": "target"}, "role"),
        ({"unit": "count"}, "unit"),
        ({"qualifier": "about"}, "qualifier"),
        ({"period_end": "2018-04-30"}, "period"),
        ({"period_start": None, "period_end": None}, "period"),
    ],
)
def test_a_field_that_is_wrong_is_held_against_it_and_the_whole(wrong: Row, measure: str) -> None:
    scores = score_figures([expected("91%", 10), expected("92%", 20)], [found("91%", 10, **wrong), found("92%", 20)])
    assert (scores["recall"], scores[measure], scores["exact"]) == (1, 0.5, 0.5)


def test_another_reading_that_is_as_good_is_right() -> None:
    written = expected("91%", 10, role_alt=["plan"], period_alt=["FY2017"])
    read = found("91%", 10, role="plan", period_start="2017-04-01")
    assert score_figures([written], [read])["exact"] == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"start": 50, "end": 53},
        {"value": "90"},
        {"paper": "b.txt"},
        {"start": 0, "end": 90},  # the whole sentence
    ],
)
def test_what_is_not_found_in_its_place_is_missed(elsewhere: Row) -> None:
    scores = score_figures([expected("91%", 10)], [found("91%", 10) | elsewhere])
    assert (scores["recall"], scores["precision"], scores["exact"]) == (0, 0, 0)


def test_one_found_record_serves_one_expected_record() -> None:
    pairs, left = pair_up([expected("91%", 10), expected("91%", 10)], [found("91%", 10)], lambda one, other: True)
    assert (len(pairs), left) == (1, [])


def test_counts_that_nobody_wrote_down_are_listed_and_other_figures_are_wrong() -> None:
    more = [found("12", 30, unit="count"), found("£3", 40, unit="gbp", value="3")]
    scores = score_figures([expected("91%", 10)], [found("91%", 10), *more])
    assert (scores["precision"], scores["unlisted_counts"]) == (0.5, 1)


def test_what_need_not_be_found_is_neither_missed_nor_wrong() -> None:
    written = [expected("91%", 10), expected("5%", 30, core=False), expected("*", 40, missing="suppressed")]
    scores = score_figures(written, [found("91%", 10), found("5%", 30, role="target"), found("*", 40, value=None)])
    assert (scores["recall"], scores["precision"], scores["exact"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("written", "start", "end", "right"),
    [
        ("2018-03", "2018-03-01", "2018-03-31", True),
        ("2018-03", "2018-03-31", "2018-03-31", True),
        ("FY2017", "2017-04-01", "2018-03-31", True),
        ("FY2017", "2018-03-31", "2018-03-31", False),
        ("2017-04/2018-03", "2017-04-01", "2018-03-31", True),
        ("2018", "2018-01-01", "2018-12-31", True),
        ("2018-03-12", "2018-03-12", "2018-03-12", True),
        ("*", None, None, True),
        ("2018-03", None, None, False),
    ],
)
def test_a_point_in_time_may_stand_for_its_month_only(
    written: str, start: str | None, end: str | None, right: bool
) -> None:
    assert is_period(written, start, end) is right


def test_places_are_counted() -> None:
    wanted = [expected("good", 10), expected("poor", 20), expected("fair", 30, core=False)]
    assert score_places(wanted, [found("good", 10)], lambda one, other: True) == {"found": 1, "of": 2, "exported": 1}
