"""What may stand in one line: one measure, organisation, part and basis, whatever words a paper has for the time."""

from __future__ import annotations

from datetime import date

import pytest

from app.bases import Line, basis_of, lines_of, moment
from schema.period import Period
from schema.records import Figure
from tests.store_samples import percentage

TEXT = "Reviews held on time: 80%, 80.2%, 81%, 82%, 91%."
END_OF_MARCH, MARCH = Period.month_end(2021, 3), Period.month(2021, 3)


def figure(printed: str, period: Period | None, **more: object) -> Figure:
    return percentage(TEXT, printed, period).model_copy(update={"metric": "reviews", **more})


@pytest.mark.parametrize(
    ("period", "basis"),
    [
        (MARCH, "month"),
        (END_OF_MARCH, "snapshot"),
        (Period.day(date(2021, 3, 3)), "snapshot"),
        (Period.quarter(2020, 4), "quarter"),
        (Period.range(date(2021, 7, 1), date(2021, 9, 30)), "quarter"),
        (Period.financial_year(2020), "year"),
        (Period.range(date(2020, 4, 1), date(2021, 3, 31)), "year"),
        (Period.year_to_date(date(2020, 12, 31)), "ytd"),
        (Period.range(date(2020, 4, 1), date(2020, 9, 30)), "ytd"),
        (Period.range(date(2020, 4, 1), date(2020, 6, 30)), "April to June"),  # a quarter, or the year so far
        (Period.rolling_year(date(2021, 1, 31)), "rolling_year"),
        (Period.range(date(2020, 12, 1), date(2021, 1, 31)), "2 months"),
        (Period.range(date(2021, 3, 1), date(2021, 3, 31)), "month"),
        (Period.range(date(2021, 3, 1), date(2021, 3, 14)), "14 days"),
        (None, "undated"),
    ],
)
def test_a_period_tells_the_basis(period: Period | None, basis: str) -> None:
    assert basis_of(figure("80%", period)) == basis


def test_what_the_paper_says_of_the_basis_goes_before_what_the_period_looks_like() -> None:
    assert basis_of(figure("80%", END_OF_MARCH, basis="rolling_year")) == "rolling_year"


def test_in_march_and_at_the_end_of_march_are_one_time_and_one_line() -> None:
    one, other = figure("80%", MARCH), figure("80.2%", END_OF_MARCH)
    assert moment(one) == moment(other) == moment(figure("80%", Period.day(date(2021, 3, 31))))
    assert [len(line) for line in lines_of([one, other], "Barchester").values()] == [2]


def test_two_days_of_a_month_are_two_times() -> None:
    assert moment(figure("80%", Period.day(date(2021, 3, 3)))) != moment(figure("80%", END_OF_MARCH))


def test_a_month_and_a_date_stand_apart_where_a_paper_gives_both_and_they_differ() -> None:
    figures = [figure("80%", MARCH), figure("91%", END_OF_MARCH), figure("82%", Period.month(2021, 4))]
    assert {line.basis: len(said) for line, said in lines_of(figures, None).items()} == {"month": 2, "snapshot": 1}


@pytest.mark.parametrize(
    "more",
    [{"organisation": "England"}, {"breakdown": "North"}, {"unit": "count"}, {"basis": "ytd"}, {"metric": "visits"}],
)
def test_what_is_of_something_else_makes_another_line(more: dict[str, str]) -> None:
    assert len(lines_of([figure("80%", MARCH), figure("81%", MARCH, **more)], "Barchester")) == 2


def test_what_no_one_is_named_for_is_the_councils_own() -> None:
    lines = lines_of([figure("80%", MARCH), figure("81%", MARCH, organisation="Barchester")], "Barchester")
    assert list(lines) == [Line("reviews", "Barchester", None, "percent", "month")]


def test_april_to_june_is_what_the_rest_of_the_line_is() -> None:
    spring = figure("80%", Period.range(date(2020, 4, 1), date(2020, 6, 30)))
    quarter, so_far = figure("81%", Period.quarter(2020, 2)), figure("82%", Period.year_to_date(date(2020, 12, 31)))

    def bases(*figures: Figure) -> list[str]:
        return sorted(line.basis for line in lines_of(figures, None))

    assert bases(spring, quarter) == ["quarter"]
    assert bases(spring, so_far) == ["ytd"]
    assert bases(spring, quarter, so_far) == ["April to June", "quarter", "ytd"]
