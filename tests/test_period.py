"""The algebra of periods."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schema.period import Period, PeriodKind, add_months, last_day

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
YEARS = st.integers(min_value=2000, max_value=2060)
WHOLE = st.one_of(
    st.builds(Period.month, YEARS, st.integers(1, 12)),
    st.builds(Period.month_end, YEARS, st.integers(1, 12)),
    st.builds(Period.quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.financial_year, YEARS),
    st.builds(Period.academic_year, YEARS),
    st.builds(Period.calendar_year, YEARS),
    st.builds(Period.season, YEARS, st.sampled_from(["spring", "summer", "autumn", "winter"])),
    st.builds(lambda y, m: Period.rolling_year(last_day(y, m)), YEARS, st.integers(1, 12)),
)


@given(WHOLE, st.integers(-40, 40))
def test_stepping_there_and_back_is_no_step(period: Period, count: int) -> None:
    assert period.step(count).step(-count) == period


@given(WHOLE)
def test_a_period_contains_and_overlaps_itself_and_is_not_before_itself(period: Period) -> None:
    assert period.contains(period)
    assert period.overlaps(period)
    assert not period.before(period)


@given(WHOLE.filter(lambda p: p.kind != PeriodKind.ROLLING_YEAR))
def test_the_next_period_starts_on_the_day_after(period: Period) -> None:
    assert (period.step().start - period.end).days == 1


@given(DAYS, DAYS)
def test_containing_both_ends_is_containing_the_range(a: date, b: date) -> None:
    first, last = sorted((a, b))
    outer = Period.range(first, last)
    assert outer.contains(first)
    assert outer.contains(last)
    assert outer.contains(Period.day(first))


@given(WHOLE)
def test_a_period_survives_json(period: Period) -> None:
    assert Period.model_validate_json(period.model_dump_json()) == period


@pytest.mark.parametrize(
    ("period", "start", "end", "printed", "precision"),
    [
        (Period.month(2018, 2), "2018-02-01", "2018-02-28", "February 2018", "month"),
        (Period.month_end(2018, 3), "2018-03-01", "2018-03-31", "end of March 2018", "month"),
        (Period.quarter(2017, 4), "2018-01-01", "2018-03-31", "Q4 2017/18", "quarter"),
        (Period.financial_year(2017), "2017-04-01", "2018-03-31", "2017/18", "year"),
        (Period.academic_year(2022), "2022-09-01", "2023-08-31", "academic year 2022/23", "year"),
        (Period.season(2019, "summer"), "2019-06-01", "2019-08-31", "summer 2019", "season"),
        (
            Period.year_to_date(date(2019, 1, 31)),
            "2018-04-01",
            "2019-01-31",
            "year to January 2019 (from April)",
            "month",
        ),
        (Period.rolling_year(date(2019, 1, 31)), "2018-02-01", "2019-01-31", "12 months to January 2019", "month"),
        (Period.rolling_year(date(2020, 2, 29)), "2019-03-01", "2020-02-29", "12 months to February 2020", "month"),
        (Period.day(date(2018, 2, 5)), "2018-02-05", "2018-02-05", "5 February 2018", "day"),
        (
            Period.range(date(2018, 5, 1), date(2018, 9, 30)),
            "2018-05-01",
            "2018-09-30",
            "May 2018 to September 2018",
            "month",
        ),
    ],
)
def test_periods_as_papers_name_them(period: Period, start: str, end: str, printed: str, precision: str) -> None:
    assert (str(period.start), str(period.end), str(period), period.precision) == (start, end, printed, precision)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValidationError, match="cannot end"):
        Period.range(date(2019, 2, 1), date(2019, 1, 31))


def test_a_year_before_keeps_the_month_end() -> None:
    assert Period.month(2024, 2).a_year_before() == Period.month(2023, 2)


def test_months_are_added_to_the_last_day_there_is() -> None:
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)


def test_a_range_of_days_steps_by_its_length() -> None:
    week = Period.range(date(2018, 11, 19), date(2018, 11, 25))
    assert week.step() == Period.range(date(2018, 11, 26), date(2018, 12, 2))
