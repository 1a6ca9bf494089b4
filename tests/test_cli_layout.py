"""Tables that fit, lines of blocks, and metrics found by what people call them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.asking import days_of
from app.layout import Column, display_width, harmless, lay_out, lay_out_by, one_line, shorten, shorten_middle
from app.refusing import CannotDoError
from app.series import own_actuals, sparkline
from schema.period import Period
from schema.records import Figure
from tests.store_samples import percentage, sample

TEXTS = st.text(max_size=60)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5), st.integers(40, 120))
def test_a_table_fits_its_width(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = (Column("one"), Column("two", middle=True), Column("three"))
    lines = list(lay_out(columns, rows, width))
    assert len(lines) == len(rows) + 1
    assert all(display_width(line) <= width for line in lines)
    assert all("\n" not in line and "\x1b" not in line for line in lines)


def test_numbers_are_never_shortened() -> None:
    columns = (Column("value", number=True), Column("words"))
    lines = lay_out(columns, [("1,234,567", "some words too many")], 20)
    assert list(lines) == ["    value  words", "1,234,567  some wor…"]


def test_empty_columns_and_columns_that_tell_nothing_are_left_out() -> None:
    columns = (Column("a"), Column("empty"), Column("same", telling=True))
    assert list(lay_out(columns, [("1", "", "x"), ("2", "", "x")], 80)) == ["a", "1", "2"]
    assert list(lay_out(columns, [("1", "", "x"), ("2", "", "y")], 80)) == ["a  same", "1  x", "2  y"]


def test_rows_stand_under_their_group() -> None:
    lines = lay_out_by(["p.txt", "p.txt", "q.txt"], (Column("a"),), [("1",), ("2",), ("3",)], 80)
    assert list(lines) == ["  a", "p.txt", "  1", "  2", "q.txt", "  3"]


@given(TEXTS, st.integers(1, 30))
def test_what_is_shortened_fits(text: str, width: int) -> None:
    assert display_width(shorten(one_line(text), width)) <= width
    assert display_width(shorten_middle(one_line(text), width)) <= width


def test_a_file_name_keeps_both_ends() -> None:
    assert shorten_middle("marlford-scrutiny-2022-09-14.txt", 20) == "marlford-…-09-14.txt"


@given(TEXTS)
def test_a_harmless_text_keeps_its_length(text: str) -> None:
    assert len(harmless(text)) == len(text)
    assert "\x1b" not in harmless(text)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([5], "▄"),
        ([5, 5], "▄▄"),
        ([0, 1], "▁█"),
        ([1, 2, 3], "▁▅█"),
        ([Decimal("0.1"), Decimal("-0.1")], "█▁"),
    ],
)
def test_sparklines(values: list[Decimal], line: str) -> None:
    assert sparkline([Decimal(value) for value in values]) == line


def test_a_course_has_one_value_a_period_the_last_reported() -> None:
    march, april = Period.month_end(2018, 3), Period.month_end(2018, 4)
    text = "It was 80% and 81% and 99% and 70%."
    later = "It was 82% after all."

    def said(printed: str, period: Period, **more: object) -> Figure:
        return percentage(text, printed, period).model_copy(update=more)

    figures = [
        percentage(later, "82%", march, "b.txt"),
        said("80%", march),
        said("81%", april),
        said("99%", april, organisation="England"),
        said("70%", april, role="target"),
    ]
    papers = {
        one.sha256: one.extraction.paper
        for one in (sample(text, "a.txt", met=date(2018, 5, 1)), sample(later, "b.txt", met=date(2018, 6, 1)))
    }
    assert [figure.evidence.text for figure in own_actuals(figures, papers)] == ["82%", "81%"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-03-19", date(2018, 3, 19), date(2018, 3, 19)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2017/18", date(2017, 4, 1), date(2018, 3, 31)),
        ("1999/00", date(1999, 4, 1), date(2000, 3, 31)),
    ],
)
def test_times_as_people_write_them(text: str, first: date, last: date) -> None:
    assert days_of(text) == (first, last)


@pytest.mark.parametrize("text", ["", "20", "2018-13", "2018-02-30", "2017/19", "19/03/2018", "２０１８", "0000"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(CannotDoError, match="is not a date that exists"):
        days_of(text)
