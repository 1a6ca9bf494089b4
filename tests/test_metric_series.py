"""A history as lines: what may stand in one line, and what each point is compared with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.metric_series import MetricSeries, series_of
from db.history import HistoryReport, HistoryRow
from schema.evidence import Evidence
from schema.period import Period
from schema.records import Basis, Figure, Metric, Role, TargetDirection

METRIC = Metric(key="visits", name="Visits on time", unit="percent", better="higher")
MAY, AUGUST = date(2023, 5, 10), date(2023, 8, 16)


def said(
    printed: str,
    period: Period | None,
    met: date = MAY,
    *,
    role: Role = "actual",
    basis: Basis | None = None,
    part: str | None = None,
    whose: str | None = None,
    council: str = "Westhaven",
    asks: TargetDirection | None = None,
) -> HistoryRow:
    """The row of one value, as the paper of one meeting prints it."""
    place = Evidence(
        paper=f"{council}-{met}.txt", sha256=f"{met}{council}", start=0, end=len(printed), text=printed, quote=printed
    )
    figure = Figure(
        evidence=place,
        extractor="figures.prose",
        value=Decimal(printed.rstrip("%")),
        unit="percent",
        role=role,
        breakdown=part,
        organisation=whose or council,
        period=period,
        basis=basis,
        target_direction=asks,
    )
    return HistoryRow(
        metric=METRIC.key,
        council=council,
        organisation=whose or council,
        role=role,
        unit="percent",
        breakdown=part,
        basis=basis,
        period=period,
        reports=(HistoryReport(figure=figure, meeting_date=met),),
    )


def month(number: int, year: int = 2023) -> Period:
    return Period.month(year, number)


def own(rows: list[HistoryRow]) -> MetricSeries:
    """The only line that is the council's own."""
    (line,) = [line for line in series_of(rows) if line.own]
    return line


def test_a_month_a_year_to_date_and_a_rolling_year_are_three_lines() -> None:
    rows = [
        said("81%", month(4)),
        said("80%", Period.year_to_date(date(2023, 4, 30)), basis="ytd"),
        said("79%", Period.rolling_year(date(2023, 4, 30)), basis="rolling_year"),
    ]
    assert {line.basis for line in series_of(rows)} == {"month", "ytd", "rolling_year"}


def test_a_team_is_no_point_of_the_whole() -> None:
    rows = [said("81%", month(4)), said("70%", month(5), part="North team"), said("84%", month(6))]
    whole, team = series_of(rows)
    assert [point.latest.evidence.text for point in whole.points] == ["81%", "84%"]
    assert (team.part, len(team.points)) == ("North team", 1)


def test_england_is_a_line_of_its_own_after_the_councils() -> None:
    rows = [said("62%", month(3), role="benchmark", whose="England"), said("81%", month(4))]
    assert [(line.own, line.organisation) for line in series_of(rows)] == [(True, None), (False, "England")]


def test_january_and_the_end_of_january_are_one_time_where_papers_call_the_measure_a_snapshot() -> None:
    rows = [
        said("86.5%", month(1)),
        said("86%", Period.month_end(2023, 1), basis="snapshot", met=AUGUST),
        said("87%", month(2)),
    ]
    january, february = own(rows).points
    assert [report.figure.evidence.text for report in january.reports] == ["86.5%", "86%"]
    assert not any(report.restates for report in january.reports)
    assert february.change == Decimal(1)


def test_a_month_and_its_end_are_two_lines_where_a_paper_tells_them_apart() -> None:
    alike = [said("81%", month(4)), said("82%", Period.month_end(2023, 5))]
    assert len(own(alike).points) == 2
    told_apart = [*alike, said("60%", Period.month_end(2023, 4))]
    assert {line.basis for line in series_of(told_apart)} == {"month", "snapshot"}


def test_a_later_paper_that_says_otherwise_restates_and_its_value_counts() -> None:
    rows = [said("90.0%", month(3)), said("88.2%", month(3), met=AUGUST), said("89.0%", month(4))]
    march, april = own(rows).points
    assert [report.restates for report in march.reports] == [False, True]
    assert april.change == Decimal("0.8")


def test_a_point_is_compared_with_the_one_before_and_with_a_year_before() -> None:
    rows = [said("70.5%", month(3, 2022)), said("80.0%", month(2)), said("78.1%", month(3))]
    march = own(rows).points[-1]
    assert (march.change, march.on_year) == (Decimal("-1.9"), Decimal("7.6"))
    assert march.reads(march.change, "higher") == "worse"
    assert march.reads(march.change, "lower") == "better"
    assert march.reads(march.change, None) == ""


def test_targets_are_those_that_stood_when_the_value_was_reported() -> None:
    rows = [
        said("81%", month(4)),
        said("85%", None, role="target"),
        said("88%", month(7), met=AUGUST),
        said("90%", None, met=AUGUST, role="target"),
    ]
    april, july = own(rows).points
    assert april.target is not None
    assert july.target is not None
    assert (april.target.printed, july.target.printed) == ("85%", "90%")
    assert (april.to_target, april.meets("higher"), april.meets("lower")) == (Decimal(-4), False, True)


def test_a_target_for_another_year_is_not_held_against_a_value() -> None:
    rows = [said("81%", month(4)), said("95%", Period.financial_year(2025), role="target")]
    assert own(rows).points[0].target is None


def test_the_target_says_itself_which_way_is_better() -> None:
    rows = [said("18%", month(4)), said("20%", None, role="target", asks="at_most")]
    assert own(rows).points[0].meets(None) is True


def test_a_band_is_held_against_by_its_least_and_shown_whole() -> None:
    rows = [
        said("92%", month(4)),
        said("90%", None, role="target", part="min"),
        said("95%", None, role="target", part="upper"),
    ]
    (point,) = own(rows).points
    assert point.target is not None
    assert (point.target.printed, point.to_target) == ("90% to 95%", Decimal(2))


def test_months_without_a_figure_are_counted() -> None:
    rows = [said("80%", month(1)), said("81%", month(2)), said("82%", month(6))]
    assert [point.months_missing for point in own(rows).points] == [0, 0, 3]


def test_values_without_a_date_restate_nothing_and_follow_nothing() -> None:
    rows = [said("80%", month(1)), said("22%", None, met=AUGUST)]
    dated, undated = series_of(rows)
    assert (undated.basis, undated.points[0].change) == ("undated", None)
    assert len(dated.points) == 1


PERIODS = st.none() | st.sampled_from(
    (month(4), Period.month_end(2023, 4), Period.quarter(2022, 4), Period.financial_year(2022), Period.day(MAY))
)


@given(
    st.lists(
        st.builds(
            said,
            st.sampled_from(("81%", "81.4%", "60%")),
            PERIODS,
            st.sampled_from((MAY, AUGUST)),
            role=st.sampled_from(("actual", "benchmark", "target", "plan")),
            basis=st.sampled_from((None, "ytd", "snapshot", "rolling_year")),
            part=st.sampled_from((None, "North team", "min")),
            whose=st.sampled_from(("Westhaven", "England")),
        ),
        max_size=12,
    )
)
def test_every_value_is_in_one_line_with_its_like_only(rows: list[HistoryRow]) -> None:
    lines = series_of(rows)
    told = [report.figure for line in lines for point in line.points for report in point.reports]
    assert len(told) == sum(row.role != "target" for row in rows)
    for line in lines:
        ends = [point.period.end if point.period else None for point in line.points]
        assert ends == sorted(ends, key=lambda end: end or date.max)
        assert {report.figure.role for point in line.points for report in point.reports} == {line.role}


@pytest.mark.parametrize(("timing", "bases"), [("at_date", {"snapshot"}), ("in_year", {"month"})])
def test_the_definition_says_what_a_month_means(timing: str, bases: set[str]) -> None:
    rows = [said("81%", month(4)), said("82%", Period.month_end(2023, 5))]
    assert {line.basis for line in series_of(rows, "at_date" if timing == "at_date" else "in_year")} == bases
