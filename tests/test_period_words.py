"""The wordings of dates and periods. Said on 12 June 2023, unless the test says otherwise."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.period import Period
from schema.period_words import Lean, find_periods, read_date, read_period, resolve

SAID_ON = date(2023, 6, 12)


def read(text: str, said_on: date = SAID_ON, lean: Lean = Lean.PAST, under_report: Period | None = None) -> list[str]:
    found = [resolve(words, said_on, lean, under_report) for words in find_periods(text)]
    return [f"{r.period.start}..{r.period.end}" for r in found if r]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inspectors came on 3rd and 4th October 2022", "2022-10-03..2022-10-04"),
        ("between 6-10 March 2023", "2023-03-06..2023-03-10"),
        ("from 28 November to 2 December 2022", "2022-11-28..2022-12-02"),
        ("the week commencing Monday 16th January 2023", "2023-01-16..2023-01-22"),
        ("at 31 March 2023", "2023-03-31..2023-03-31"),
        ("due 30-Sep-2023", "2023-09-30..2023-09-30"),
        ("on 05/02/2023", "2023-02-05..2023-02-05"),
        ("2023-02-05", "2023-02-05..2023-02-05"),
        ("agreed on April 30th", "2023-04-30..2023-04-30"),
        ("as of October 31 2021", "2021-10-31..2021-10-31"),
        ("meeting of 8 May 23", "2023-05-08..2023-05-08"),
        ("in Sept 22", "2022-09-01..2022-09-30"),
        ("(Mar-23)", "2023-03-01..2023-03-31"),
        ("at the end of November", "2022-11-01..2022-11-30"),
        ("by end March 2024", "2024-03-01..2024-03-31"),
        ("at March 31 the rate", "2023-03-31..2023-03-31"),
        ("between October 2022 and the end of December 2022", "2022-10-01..2022-12-31"),
        ("our window is May – September", "2023-05-01..2023-09-30"),
        ("Nov-Jan 2023", "2022-11-01..2023-01-31"),
        ("Q3 2022/23", "2022-10-01..2022-12-31"),
        ("2022-23 Q1", "2022-04-01..2022-06-30"),
        ("the fourth quarter of 2021/22", "2022-01-01..2022-03-31"),
        ("in quarter 2", "2022-07-01..2022-09-30"),
        ("for 2021/22", "2021-04-01..2022-03-31"),
        ("for 2021-2022", "2021-04-01..2022-03-31"),
        ("at the end of 2021/22", "2022-03-01..2022-03-31"),
        ("the academic year 2021/22", "2021-09-01..2022-08-31"),
        ("the Strategy 2020-2024", "2020-04-01..2024-03-31"),
        ("the year ending 31 March 2022", "2021-04-01..2022-03-31"),
        ("rolling 12 months to December 2022", "2022-01-01..2022-12-31"),
        ("in the first six months of 2022/23", "2022-04-01..2022-09-30"),
        ("in the calendar year 2021", "2021-01-01..2021-12-31"),
        ("by 2030", "2030-01-01..2030-12-31"),
        ("in summer 2024", "2024-06-01..2024-08-31"),
        ("the autumn term 2022", "2022-09-01..2022-12-31"),
        ("last month", "2023-05-01..2023-05-31"),
    ],
)
def test_wordings(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "sections 11-17 of the Act",
        "the meeting may note the report",
        "staff march on",
        "at 6.30 p.m. in Room 2.14",
        "action CSC2022-B-3",
        "paragraphs 3.6 - 3.8",
        "call 020 7946 0018",
        "a ratio of 3:1",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "lean", "expected"),
    [
        ("in September", Lean.PAST, "2022-09-01..2022-09-30"),
        ("in September", Lean.FUTURE, "2023-09-01..2023-09-30"),
        ("in June", Lean.PAST, "2023-06-01..2023-06-30"),
        ("on 1st April", Lean.FUTURE, "2024-04-01..2024-04-01"),
    ],
)
def test_a_missing_year_is_supplied_looking_back_or_ahead(text: str, lean: Lean, expected: str) -> None:
    assert read(text, lean=lean) == [expected]


def test_a_supplied_year_is_said_to_be_so() -> None:
    (words,) = find_periods("in September")
    found = resolve(words, SAID_ON)
    assert found is not None
    assert found.inferred


def test_a_day_the_month_does_not_have_keeps_its_month_and_says_so() -> None:
    (words,) = find_periods("by 31 February 2024")
    found = resolve(words, SAID_ON)
    assert found is not None
    assert found.impossible
    assert found.period == Period.month(2024, 2)


def test_a_month_without_year_said_nowhere_is_not_dated() -> None:
    assert [resolve(words, None) for words in find_periods("in September")] == [None]


def test_last_year_counts_back_from_the_period_under_report() -> None:
    assert read("the same period last year", under_report=Period.quarter(2022, 3)) == ["2021-10-01..2021-12-31"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Dec-22", "2022-12-01"), ("2021/22", "2021-04-01"), ("End Nov 2022", "2022-11-01"), ("2019", "2019-01-01")],
)
def test_a_heading_that_is_a_period(heading: str, expected: str) -> None:
    found = read_period(heading, SAID_ON)
    assert found is not None
    assert str(found.period.start) == expected


def test_a_heading_with_more_words_is_not_a_period() -> None:
    assert read_period("Total for 2021/22 and later", SAID_ON) is None


def test_the_date_of_a_masthead() -> None:
    assert read_date("Tuesday, 7th March 2023 at 10.00 a.m.") == date(2023, 3, 7)


@given(st.text(alphabet="0123456789 /-–.,'AJMSDabcehiklmnoprtuvyQ\n", max_size=60))
def test_spans_lie_within_the_text_in_order_and_apart(text: str) -> None:
    found = find_periods(text)
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for words in found:
        resolve(words, SAID_ON)
