"""Indicator tables: the meaning of a column comes from its words, wherever it stands."""

from __future__ import annotations

import pytest

from schema.records import Figure
from tests.paper_text import brief, figures_of, month, records_of

JANUARY = month(2023, 1)


def table(*rows: str) -> str:
    """Rows of cells written with `|`, as the tab-separated lines of a text file."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n"


def of(figures: list[Figure], printed: str) -> Figure:
    (found,) = [f for f in figures if f.evidence.text == printed]
    return found


SCORECARD = table(
    "Children's scorecard JANUARY 2023 | | | | | | | | | |",
    "Measure and reference | | Last year | This year | | | | | | Agreed targets |",
    "Ref | Measure | 2021/22 | Num | Denom | Current | Period | Trend | | Min | Upper",
    "| | | | | | | Dec 22 | Jan 23 | |",
    "Visits | | | | | | | | | |",
    "1.1 | % of children seen in the past four weeks | 81.0% | 180 | 200 | 90.0% | Snapshot | 88.2% | 90.0% | 85% | 95%",
    "1.2 | Reviews held on time | 90% | 315 | 350 | 90.1% | Rolling Year | 89% | 91% | 95% | 100%",
    "1.3 | % of plans out of date (lower is better) | 9% | n/a | n/a | 4.1% | YTD | * | 3.9% | 15% | 10%",
)


def test_numerator_denominator_and_current_value_are_of_the_last_month_on_their_basis() -> None:
    figures = figures_of(SCORECARD)
    assert [(of(figures, t).role, of(figures, t).basis) for t in ("180", "200")] == [
        ("numerator", "snapshot"),
        ("denominator", "snapshot"),
    ]
    rolling, to_date = of(figures, "90.1%"), of(figures, "4.1%")
    assert (rolling.basis, str(rolling.period)) == ("rolling_year", "12 months to January 2023")
    assert (to_date.basis, str(to_date.period)) == ("ytd", "year to January 2023 (from April)")


def test_trend_months_the_year_before_and_targets() -> None:
    figures = figures_of(SCORECARD)
    assert str(of(figures, "88.2%").period) == "December 2022"
    assert str(of(figures, "81.0%").period) == "2021/22"
    minimum, upper = of(figures, "85%"), [f for f in figures if f.evidence.text == "95%"]
    assert (minimum.role, minimum.breakdown, minimum.period) == ("target", "min", None)
    assert {(f.role, f.breakdown) for f in upper} == {("target", "upper"), ("target", "min")}


def test_the_row_names_the_measure_and_its_reference_is_the_paragraph() -> None:
    figure = of(figures_of(SCORECARD), "88.2%")
    assert (figure.metric_text, figure.evidence.paragraph) == ("% of children seen in the past four weeks", "1.1")


def test_bands_below_one_another_say_which_way_the_target_is_kept() -> None:
    figures = figures_of(SCORECARD)
    assert (of(figures, "15%").target_direction, of(figures, "85%").target_direction) == ("at_most", "at_least")


def test_withheld_values_are_kept_with_the_reason() -> None:
    missing = {f.evidence.text: f.missing for f in figures_of(SCORECARD) if f.value is None}
    assert missing == {"n/a": "not_applicable", "*": "suppressed"}


def test_columns_in_another_order_read_the_same() -> None:
    text = table(
        "Target 2022/23 | Q3 2022/23 | Indicator | Q2 2022/23 | RAG | DoT",
        "90% | 87% | Assessments on time | 82% | A | ↑",
    )
    figures = figures_of(text)
    latest = of(figures, "87%")
    assert (latest.metric_text, latest.role, str(latest.period), of(figures, "90%").role) == (
        "Assessments on time",
        "actual",
        "Q3 2022/23",
        "target",
    )


def test_colour_and_arrow_are_the_current_values() -> None:
    text = table(
        "Indicator | 2021/22 | Current | RAG | Direction of travel", "Placements moved | 12% | 10% | Green | ▼"
    )
    current = of(figures_of(text), "10%")
    assert (current.rag, current.direction) == ("green", "down")


def test_rows_that_are_services_narrow_the_measure_of_the_heading() -> None:
    text = table(
        "Service | Average days lost per FTE | Average days lost per FTE",
        "| End March 2023 | End April 2023",
        "Fostering | 9.43 | 10.05",
        "Total | 8.41 | 8.54",
        "Council average days lost | 10.97 | 10.89",
    )
    figures = figures_of(text)
    one, total, average = of(figures, "9.43"), of(figures, "8.54"), of(figures, "10.97")
    assert (one.metric_text, one.breakdown, one.unit, str(one.period)) == (
        "Average days lost per FTE",
        "Fostering",
        "days",
        "end of March 2023",
    )
    assert (total.breakdown, str(total.period)) == (None, "end of April 2023")
    assert (average.role, average.organisation) == ("benchmark", "Westhaven council average")


def test_a_column_of_another_body_is_its_figure() -> None:
    text = table(
        "Indicator | Westhaven 2022/23 | Stat. neighbours 2022/23 | England 2021/22", "Re-referrals | 21% | 20% | 22%"
    )
    figures = figures_of(text)
    assert [(of(figures, t).role, of(figures, t).organisation) for t in ("20%", "22%")] == [
        ("benchmark", "statistical neighbours"),
        ("benchmark", "England"),
    ]


def test_months_down_the_side() -> None:
    text = table("Month | Referrals received | % decided in a day", "April 2023 | 212 | 88%", "May 2023 | 240 | 91%")
    figure = of(figures_of(text), "91%")
    assert (str(figure.period), figure.metric_text, of(figures_of(text), "240").unit) == (
        "May 2023",
        "% decided in a day",
        "count",
    )


def test_share_with_its_parts_in_one_cell() -> None:
    text = table("Indicator | Jan 2023", "Care leavers in touch | 85% (51/60)")
    assert [(f.evidence.text, f.role) for f in figures_of(text)] == [
        ("85%", "actual"),
        ("51", "numerator"),
        ("60", "denominator"),
    ]


def test_thousands_of_pounds_are_scaled_and_keep_how_finely_they_were_printed() -> None:
    text = table("Service | Budget 2022/23 £000 | Outturn 2022/23 £000", "Fostering | 1,250 | 1,310")
    figures = figures_of(text)
    assert [(f"{of(figures, t).value:f}", of(figures, t).unit, of(figures, t).role) for t in ("1,250", "1,310")] == [
        ("1250000", "gbp", "plan"),
        ("1310000", "gbp", "actual"),
    ]


def test_a_table_split_over_pages_with_its_header_again_is_one_table() -> None:
    text = (
        table("Indicator | Apr 2023 | May 2023", "Visits on time | 80% | 81%")
        + "\nPage 7\n\n"
        + table("Indicator | Apr 2023 | May 2023", "Plans on time | 70% | 71%")
    )
    figures = figures_of(text)
    assert [str(of(figures, t).period) for t in ("81%", "71%")] == ["May 2023", "May 2023"]


def test_a_cell_that_cannot_be_read_is_refused_with_its_place() -> None:
    text = table("Indicator | Apr 2023 | May 2023", "Visits | 80% | 81% or 84 / 90", "Plans | 70% | 72%")
    (refusal,) = records_of(text).refusals
    assert (refusal.reason, refusal.evidence.text) == ("two metrics in one row", "81% or 84 / 90")


def test_ragged_rows_are_read_as_far_as_they_go() -> None:
    text = table("Indicator | Apr 2023 | May 2023", "Visits | 80%", "Plans | 70% | 72%")
    assert sorted(f.evidence.text for f in figures_of(text)) == ["70%", "72%", "80%"]


def test_a_list_of_people_is_no_indicator_table() -> None:
    assert figures_of(table("Member | Role", "Councillor Ash | Chair", "Councillor Reed | Vice-chair")) == []


# Periods that heading, row, caption and meeting date tell only together


def when(text: str, day: str = "20 June 2023") -> dict[str, str]:
    """The ends of each figure's period, by what is printed."""
    return {
        f.evidence.text: brief(f).split(" ")[-1 if f.organisation == f.council else 2] for f in figures_of(text, day)
    }


QUARTERS_OF_2019 = [
    "2019-04-01..2019-06-30",
    "2019-07-01..2019-09-30",
    "2019-10-01..2019-12-31",
    "2020-01-01..2020-03-31",
]


def test_quarters_take_the_financial_year_of_the_caption_however_late_the_meeting() -> None:
    text = "Table 5: Strategy discussions in 2019/20\n\n" + table(
        "Indicator | Q1 | Q2 | Q3 | Q4", "Held within a day | 51% | 52% | 53% | 54%"
    )
    assert list(when(text).values()) == QUARTERS_OF_2019


def test_quarters_take_the_year_over_them_and_years_the_quarter_over_them() -> None:
    over = table(
        "Indicator | 2018/19 | | 2019/20 |", " | Q4 | Q3 | Q1 | Q2", "Held within a day | 41% | 42% | 43% | 44%"
    )
    assert when(over)["43%"] == QUARTERS_OF_2019[0]
    under = table("Indicator | Quarter 3 | ", " | 2018/19 | 2019/20", "Held within a day | 41% | 42%")
    assert when(under) == {"41%": "2018-10-01..2018-12-31", "42%": QUARTERS_OF_2019[2]}


def test_months_without_years_run_on_and_end_before_the_meeting() -> None:
    text = table("Indicator | Nov | Dec | Jan | Feb | Mar", "Held within a day | 41% | 42% | 43% | 44% | 45%")
    assert when(text, "15 February 2023") == dict(
        zip(
            ["41%", "42%", "43%", "44%", "45%"],
            [month(2021, 11), month(2021, 12), month(2022, 1), month(2022, 2), month(2022, 3)],
            strict=True,
        )
    )


def test_months_still_to_come_are_columns_without_values() -> None:
    text = table("Indicator | Apr | May | Jun | Jul | Aug", "Held within a day | 41% | 42% | | | ")
    assert when(text, "8 June 2022") == {"41%": month(2022, 4), "42%": month(2022, 5)}


def test_months_follow_the_one_that_has_its_year_forwards_and_backwards() -> None:
    assert when(table("Indicator | Dec-20 | Jan | Feb", "Held | 41% | 42% | 43%"))["43%"] == month(2021, 2)
    assert when(table("Indicator | Feb 21 | Jan | Dec", "Held | 41% | 42% | 43%"))["43%"] == month(2020, 12)


def test_a_target_may_lie_ahead_of_the_meeting() -> None:
    text = table("Indicator | Q2 | Q3 | Target Q3 | Target Q4", "Held | 41% | 42% | 50% | 60%")
    assert when(text, "30 January 2023")["60%"] == "2023-01-01..2023-03-31"


def test_a_day_or_quarter_down_the_side_meets_the_year_over_the_column() -> None:
    days = table("Counted on | 2018/19 | 2019/20", "30 September | 141 | 142", "31 March | 143 | 144")
    assert when(days) == {
        "141": "2018-09-30..2018-09-30",
        "142": "2019-09-30..2019-09-30",
        "143": "2019-03-31..2019-03-31",
        "144": "2020-03-31..2020-03-31",
    }
    quarters = table("Year | Q1 | Q2", "2018/19 | 141 | 142", "2019/20 | 143 | 144")
    assert when(quarters)["143"] == QUARTERS_OF_2019[0]


def test_a_year_stands_over_the_quarters_of_the_rows_below_it() -> None:
    text = table("Period | Contacts", "2018/19 | ", "Quarter 4 | 141", "2019/20 | ", "Quarter 1 | 142")
    assert when(text) == {"141": "2019-01-01..2019-03-31", "142": QUARTERS_OF_2019[0]}
    beside = table("Year | Quarter | Contacts", "2018/19 | Q4 | 141", "2019/20 | Q1 | 142", " | Q2 | 143")
    assert when(beside) == {"141": "2019-01-01..2019-03-31", "142": QUARTERS_OF_2019[0], "143": QUARTERS_OF_2019[1]}


def test_a_total_is_of_the_months_above_it() -> None:
    text = "Contacts in 2019/20\n\n" + table("Month | Contacts", "October | 141", "November | 142", "Total | 283")
    assert when(text)["283"] == "2019-10-01..2019-11-30"


def test_years_alone_are_counted_on_the_day_that_caption_or_row_names() -> None:
    table_of_years = table("Group | 2019 | 2020", "In foster care | 141 | 142")
    assert when("Children in care on 31 March\n\n" + table_of_years)["142"] == "2020-03-31..2020-03-31"
    assert when("Children in care\n\n" + table_of_years)["142"] == "2020-01-01..2020-12-31"
    rows = table(
        "Measure | 2019 | 2020", "Number of children in care at 31 March | 141 | 142", "Number of adoptions | 21 | 22"
    )
    assert (when(rows)["141"], when(rows)["21"]) == ("2019-03-31..2019-03-31", "2019-01-01..2019-12-31")


def test_two_digit_years_head_columns() -> None:
    figures = figures_of(table("Indicator | 18/19 | 19/20 | Q1 20/21", "Held within a day | 51 | 52 | 53"))
    assert [brief(f) for f in figures] == [
        "51 actual 2018-04-01..2019-03-31",
        "52 actual 2019-04-01..2020-03-31",
        "53 actual 2020-04-01..2020-06-30",
    ]


def test_a_cell_s_own_period_goes_before_the_column_s() -> None:
    assert when(table("Indicator | Mar 2023 | Latest", "Held | 51% | 44% (2021/22)"))["44%"] == "2021-04-01..2022-03-31"


def test_a_column_of_dates_dates_the_rows() -> None:
    text = table(
        "Indicator | As at | Result | Target", "Held | 28 February 2023 | 51% | 60%", "Seen | Q3 2022/23 | 52% | 61%"
    )
    assert {k: v for k, v in when(text).items() if k in ("51%", "52%")} == {
        "51%": "2023-02-28..2023-02-28",
        "52%": "2022-10-01..2022-12-31",
    }


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Same quarter last year", "2021-07-01..2021-09-30"),
        ("Previous quarter", "2022-04-01..2022-06-30"),
        ("Last year", "2021-04-01..2022-03-31"),
        ("Change since Q2 2021/22", "2022-07-01..2022-09-30"),
    ],
)
def test_headings_that_count_back_from_the_current_period(heading: str, period: str) -> None:
    assert when(table(f"Indicator | Q2 2022/23 | {heading}", "Held within a day | 51% | 47%"))["47%"] == period


def test_a_change_since_then_is_a_change_and_of_now() -> None:
    figures = figures_of(
        table("Indicator | 2020/21 | 2021/22 | % point change from 2020/21", "Held within a day | 51.0 | 55.5 | +4.5")
    )
    change = of(figures, "+4.5")
    assert (change.role, change.unit, str(change.period)) == ("change", "percentage_points", "2021/22")


def test_accounting_periods_are_months_of_the_caption_s_year() -> None:
    text = "Placement budget at Period 8, 2021/22\n\n" + table(
        "Service | M8 spend £000 | Residents", "Fostering | 310 | 44"
    )
    dated = when(text)
    assert (dated["310"], dated["44"]) == (month(2021, 11), month(2021, 11))


def test_terms_fall_in_the_academic_year_of_the_caption() -> None:
    text = "Suspensions, academic year 2020/21\n\n" + table("Phase | Autumn term | Summer term", "Primary | 3 | 4")
    assert when(text) == {"3": "2020-09-01..2020-12-31", "4": "2021-04-01..2021-07-31"}


def test_quarters_with_their_months_beside_them() -> None:
    assert (
        when(table("Indicator | Q1 (Apr-Jun 22) | Q2 (Jul-Sep)", "Held | 51% | 52%"))["52%"] == "2022-07-01..2022-09-30"
    )


def test_year_to_date_headings_run_from_april() -> None:
    text = table("Indicator | Oct-22 | Nov-22 | YTD", "Held | 51% | 52% | 53%")
    assert when(text)["53%"] == "2022-04-01..2022-11-30"


def test_a_snapshot_in_the_caption_is_the_basis() -> None:
    figure = of(figures_of("Caseloads: snapshot at 31 May 2023\n\n" + table("Team | Cases", "East | 51")), "51")
    assert (figure.basis, str(figure.period)) == ("snapshot", "31 May 2023")


# Money

BUDGET = table(
    "Service | Revised budget 2021/22 | Actual to 31 October 2021 | Forecast | Over/(under)spend | Variance",
    " | £'000 | £'000 | £'000 | £'000 | %",
    "Adoption | 1,400 | 830 | 1,450 | 50 | 3.6%",
    "Youth justice | 900 | 500 | 880 | (20) | (2.2%)",
    "Total | 2,300 | 1,330 | 2,330 | 30 | 1.3%",
)


def test_a_row_of_units_is_a_heading_and_scales_every_money_cell() -> None:
    figures = figures_of(BUDGET, "16 November 2021")
    assert {f.unit for f in figures} == {"gbp", "percent"}
    assert [f"{of(figures, t).value:f}" for t in ("1,400", "830", "50", "(20)", "(2.2%)", "2,330")] == [
        "1400000",
        "830000",
        "50000",
        "-20000",
        "-2.2",
        "2330000",
    ]


def test_budgets_and_forecasts_are_of_the_year_and_spending_to_a_day_is_from_april() -> None:
    figures = figures_of(BUDGET, "16 November 2021")
    assert [(of(figures, t).role, str(of(figures, t).period)) for t in ("1,450", "50", "(2.2%)")] == [
        ("plan", "2021/22"),
        ("change", "2021/22"),
        ("change", "2021/22"),
    ]
    spent = of(figures, "830")
    assert (spent.role, spent.basis, str(spent.period)) == ("actual", "ytd", "year to October 2021 (from April)")


def test_the_whole_is_no_breakdown() -> None:
    assert {f.breakdown for f in figures_of(BUDGET)} == {"Adoption", "Youth justice", None}


def test_pounds_in_the_caption_scale_money_and_leave_shares_and_counts() -> None:
    text = "Grants received 2021/22 (£m)\n\n" + table(
        "Grant | Received | Share | Children", "Holidays | 1.4 | 70% | 320", "Travel | £0.6m | 30% | 90"
    )
    figures = figures_of(text)
    assert [(f"{of(figures, t).value:f}", of(figures, t).unit) for t in ("1.4", "70%", "320", "£0.6m")] == [
        ("1400000", "gbp"),
        ("70", "percent"),
        ("320", "count"),
        ("600000", "gbp"),
    ]


def test_numbers_of_cases_in_brackets_are_not_negative() -> None:
    figures = figures_of(table("Team | On time % | Cases", "East | 81 | (65)"))
    assert str(of(figures, "(65)").value) == "65"


@pytest.mark.parametrize("heading", ["+/-", "Movement", "Shortfall", "Variance", "(Under)/over spend", "Diff"])
def test_headings_of_a_difference(heading: str) -> None:
    (_, change) = figures_of(table(f"Service | Spend £000 | {heading} £000", "Adoption | 310 | (12)"))
    assert (change.role, f"{change.value:f}") == ("change", "-12000")


# What rows and columns are


def test_numbers_under_a_group_are_counts_and_no_references() -> None:
    figures = figures_of(
        table("Locality | 2020/21 | | 2021/22 |", " | No. | % | No. | %", "East | 31 | 40% | 35 | 45%")
    )
    assert [(f.evidence.text, f.unit, str(f.period)) for f in figures] == [
        ("31", "count", "2020/21"),
        ("40%", "percent", "2020/21"),
        ("35", "count", "2021/22"),
        ("45%", "percent", "2021/22"),
    ]


def test_ages_down_the_side_are_breakdowns() -> None:
    text = "Plans by age\n\n" + table(
        "Age group | Mar 2022 | Mar 2023",
        "Under 1 | 11 | 12",
        "1 to 4 | 21 | 22",
        "5-9 | 31 | 32",
        "16+ | 41 | 42",
        "All | 104 | 108",
    )
    assert [f.breakdown for f in figures_of(text)][::2] == ["Under 1", "1 to 4", "5-9", "16+", None]


def test_ages_over_the_columns_are_breakdowns() -> None:
    figures = figures_of("Plans open at 31 May 2023\n\n" + table("Locality | 0-4 | 5-9 | 10+", "East | 11 | 12 | 13"))
    assert [(f.evidence.text, f.breakdown) for f in figures] == [
        ("11", "East / 0-4"),
        ("12", "East / 5-9"),
        ("13", "East / 10+"),
    ]


def test_the_stub_s_heading_and_the_caption_name_rates() -> None:
    assert {
        f.unit
        for f in figures_of(table("Rate per 10,000 | 2020/21 | 2021/22", "Referrals | 501.2 | 510", "Plans | 40 | 41"))
    } == {"per_10k"}
    figures = figures_of(
        "Enquiries per 10,000 children, 2021/22\n\n" + table("Area | Number | Rate", "East | 120 | 150.1")
    )
    assert [f.unit for f in figures] == ["count", "per_10k"]


def test_days_lost_on_average_are_days() -> None:
    assert {
        f.unit
        for f in figures_of(table("Indicator | Q1 2022/23", "Average number of days lost to illness per FTE | 2.2"))
    } == {"days"}


def test_a_time_limit_is_no_unit() -> None:
    figures = figures_of(table("Reviews due in 20 working days | Q1 2022/23", "East | 44", "West | 46"))
    assert {f.unit for f in figures} == {"count"}


def test_councils_down_the_side_are_benchmarks_but_for_the_paper_s_own() -> None:
    text = "Re-referrals within 12 months, 2021/22\n\n" + table(
        "Local authority | % | Rank",
        "Westhaven | 20.1 | 2",
        "Saltfield | 19.5 | 1",
        "Good authorities | 18 | ",
        "Region | 21 | ",
        "England | 21.5 | ",
    )
    assert [(f.evidence.text, f.role, f.organisation) for f in figures_of(text)] == [
        ("20.1", "actual", "Westhaven"),
        ("19.5", "benchmark", "Saltfield"),
        ("18", "benchmark", "good and outstanding authorities"),
        ("21", "benchmark", "region"),
        ("21.5", "benchmark", "England"),
    ]


def test_other_bodies_over_columns_with_their_own_dates() -> None:
    text = table(
        "Placement | Westhaven 31 March 2023 | Saltfield 31 March 2023 | England 31 March 2022",
        "Fostering | 61% | 62% | 66%",
        "Total | 100% | 99% | 98%",
    )
    assert [brief(f) for f in figures_of(text)][3:] == [
        "100% actual 2023-03-31..2023-03-31",
        "99% benchmark 2023-03-31..2023-03-31 of Saltfield",
        "98% benchmark 2022-03-31..2022-03-31 of England",
    ]


def test_the_council_s_own_name_over_columns_is_no_breakdown() -> None:
    assert {
        f.breakdown
        for f in figures_of(
            table("Indicator | Westhaven | | England", " | 2020/21 | 2021/22 | 2021/22", "Held | 51% | 52% | 53%")
        )
    } == {None}


def test_rows_that_are_targets_changes_and_bodies_under_measures_over_the_columns() -> None:
    text = "Timeliness of conferences\n\n" + table(
        " | Initial conferences held | Review conferences held",
        "Q4 2022/23 | 71% | 72%",
        "England (2021/22) | 81% | 82%",
        "Target | 90% | 91%",
        "Variance | -19 | -19%",
    )
    figures = figures_of(text)
    assert [(f.role, f.metric_text, f.breakdown, f.unit) for f in figures][::2] == [
        (role, "Initial conferences held", None, "percent") for role in ("actual", "benchmark", "target", "change")
    ]
    assert str(of(figures, "81%").period) == "2021/22"


def test_actual_and_target_in_a_column_beside_the_measure() -> None:
    figures = figures_of(table("Measure | | Q1 22/23", "Visits in time | Actual | 71%", " | Target | 80%"))
    assert [(f.role, f.metric_text, f.breakdown) for f in figures] == [
        ("actual", "Visits in time", None),
        ("target", "Visits in time", None),
    ]


def test_a_block_of_keys_and_values() -> None:
    text = table(
        "Measure | Care leavers living in suitable homes",
        "Latest result (May 2023) | 86.4%",
        "Previous result (February 2023) | 85.0%",
        "Target | 90%",
        "England | 88% (2021/22)",
        "RAG | Amber",
        "Direction of travel | ▲",
    )
    figures = figures_of(text)
    assert {f.metric_text for f in figures} == {"Care leavers living in suitable homes"}
    assert [brief(f) for f in figures] == [
        f"86.4% actual {month(2023, 5)}",
        f"85.0% actual {month(2023, 2)}",
        "90% target undated",
        "88% benchmark 2021-04-01..2022-03-31 of England",
    ]
    latest = of(figures, "86.4%")
    assert (latest.rag, latest.direction, latest.evidence.quote) == ("amber", "up", "Latest result (May 2023) | 86.4%")


def test_the_colour_is_the_latest_s_where_the_latest_comes_first() -> None:
    figures = figures_of(table("Indicator | May 23 | Apr 23 | RAG", "Held | 51% | 52% | Red"))
    assert [(f.evidence.text, f.rag) for f in figures] == [("51%", "red"), ("52%", None)]


def test_ranks_and_lines_of_the_masthead_are_no_figures_and_no_measures() -> None:
    figures = figures_of(table("Team | Quartile | Rank in region", "East | 2 | 4"))
    assert figures == []
    (figure,) = figures_of(table("Council | 2021/22", "Westhaven | 51%"))
    assert "Panel" not in figure.metric_text
    assert "Title" not in figure.metric_text


def test_a_heading_that_names_every_basis_or_band_names_none() -> None:
    text = table(
        "Measure | Performance (either snapshot, YTD or rolling year depending on measure) | | Targets (minimum/upper model) |",
        "| Dec 22 | Jan 23 | Min | Upper",
        "% of children seen | 88% | 91% | 85% | 95%",
    )
    figures = figures_of(text)
    assert [(f.basis, f.breakdown) for f in figures] == [(None, None), (None, None), (None, "min"), (None, "upper")]


def test_a_code_beside_a_description_is_the_reference() -> None:
    (figure,) = figures_of(table("KPI | Description | Q1 2022/23", "K7 | Conferences held on time | 71%"))
    assert (figure.metric_text, figure.evidence.paragraph) == ("Conferences held on time", "K7")


def test_money_of_a_year_still_to_come_is_planned() -> None:
    figures = figures_of("Pressures\n\n" + table("Pressure | 2022/23 £m | 2024/25 £m", "Transport | 0.4 | (0.2)"))
    assert [(f.role, f"{f.value:f}") for f in figures] == [("actual", "400000"), ("plan", "-200000")]


def test_a_year_with_its_unit_heads_a_column() -> None:
    text = "Legal status at 31 March\n\n" + table(
        "Status | 2021 number | 2021 % | 2022 number | 2022 %", "Care order | 51 | 61% | 52 | 62%"
    )
    assert [(f.evidence.text, f.unit, str(f.period)) for f in figures_of(text)] == [
        ("51", "count", "31 March 2021"),
        ("61%", "percent", "31 March 2021"),
        ("52", "count", "31 March 2022"),
        ("62%", "percent", "31 March 2022"),
    ]


def test_the_year_to_date_of_each_column_is_of_the_months_above_it() -> None:
    text = table("Month | 2019/20 | 2020/21", "Apr | 51 | 61", "May | 52 | 62", "YTD | 103 | 123")
    assert {k: v for k, v in when(text).items() if k in ("103", "123")} == {
        "103": "2019-04-01..2019-05-31",
        "123": "2020-04-01..2020-05-31",
    }


def test_what_counts_back_from_an_unknown_period_is_unknown() -> None:
    assert [
        f.period for f in figures_of(table("Category | Current month | Previous month", "Missing from home | 41 | 38"))
    ] == [None, None]


RATES = table(
    "Comparator | | 2021 | 2022 | 2023 | Change from previous year",
    "801 | Bristol | 61.00 | 63.00 | 65.00 | 2.00",
    "933 | Westhaven | 48.00 | - | 52.00 | 4.00",
    "| Statistical neighbours | 55.10 | 56.20 | 57.00 | 0.80",
    "970 | England | 67.00 | 70.00 | 71.00 | 1.00",
)


def test_a_table_of_areas_and_years_counted_on_the_day_that_its_definition_names() -> None:
    text = (
        "Children looked after, rate per 10,000 aged under 18\n\n"
        + RATES
        + "\nDescription:\n\nNumber of children looked after on 31 March expressed as a rate per 10,000.\n"
    )
    figures = figures_of(text)
    day = "2023-03-31..2023-03-31"
    assert {f.unit for f in figures} == {"per_10k"}
    assert [brief(f) for f in figures if f.period and f.period.end.year == 2023] == [
        f"65.00 benchmark {day} of Bristol",
        f"2.00 change {day} of Bristol",
        f"52.00 actual {day}",
        f"4.00 change {day}",
        f"57.00 benchmark {day} of statistical neighbours",
        f"0.80 change {day} of statistical neighbours",
        f"71.00 benchmark {day} of England",
        f"1.00 change {day} of England",
    ]
    assert [f.missing for f in figures if f.evidence.text == "-"] == ["not_available"]


def test_counts_under_colours() -> None:
    text = table("| Green | Amber | Red | |", "Early help | 3 | 2 | 1 | 4 | 2", "Schools | 4 | 0 | 1 | 3 | 2")
    found = [(f.evidence.text, f.metric_text, f.breakdown) for f in figures_of("Ratings of our indicators\n\n" + text)]
    assert found == [
        ("3", "Ratings of our indicators", "Early help / green"),
        ("2", "Ratings of our indicators", "Early help / amber"),
        ("1", "Ratings of our indicators", "Early help / red"),
        ("4", "Ratings of our indicators", "Schools / green"),
        ("0", "Ratings of our indicators", "Schools / amber"),
        ("1", "Ratings of our indicators", "Schools / red"),
    ]


def test_a_section_that_says_by_what_the_rows_are_parted_is_no_measure() -> None:
    text = table("Status | Mar-22 | Mar-23", "With a plan | 31 | 40", "Gender | |", "Girls | 15 | 18", "Boys | 16 | 22")
    figures = figures_of("Children in need\n\n" + text)
    assert {f.metric_text for f in figures} == {"Children in need"}
    assert [f.breakdown for f in figures[::2]] == ["With a plan", "Girls", "Boys"]


def test_counts_in_thousands_and_the_quarter_of_each_year() -> None:
    calls = table("Service | Apr – Jun 22 | 12m to Dec 22", "Contact centre | 26 | 101")
    latest = of(figures_of("Calls answered (thousands)\n\n" + calls), "101")
    assert latest.value == 101000
    assert (latest.unit, str(latest.period)) == ("count", "12 months to December 2022")
    quarters = table("Quarter 3 | |", "2021/22 | 2022/23", "14 | 17")
    assert [str(f.period) for f in figures_of(quarters)] == ["Q3 2021/22", "Q3 2022/23"]
