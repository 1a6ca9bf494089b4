"""Readings that real committee papers ask for: what looks like a count and is none, sources in brackets, draft budgets."""

from __future__ import annotations

import pytest

from tests.paper_text import MASTHEAD, figures_of
from tests.test_indicator_tables import of, table
from tests.test_quantities import asides, figures


@pytest.mark.parametrize(
    "text",
    [
        "The 0-19 health visiting service will move.",
        "Staff of the LDT 18-25 group were consulted.",
        "There were 5 and 6 year olds in the room.",
        "Introduction 1 Background 2 Financial position 3 Risks 4 Next steps",
        "Hillside Hub 2. Northgate Hub 3. Quayside Hub",
        "7.Equality impacts",
    ],
)
def test_ages_and_the_numbers_of_items_count_nothing(text: str) -> None:
    assert (figures(text), bool(asides(text))) == ([], True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 3000+ members.", ["3000 = 3000 count at_least"]),
        ("The page has 4.2k followers.", ["4.2k = 4200 count exact"]),
        ("41.5 average attainment score", ["41.5 = 41.5 score exact"]),
    ],
)
def test_many_and_thousands_and_scores(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("7.4% of mothers smoke at delivery (2021/22, Eng 9.9%)", "2021-04-01..2022-03-31"),
        ("62.1% of children reached a good level of development (2021/22, England 66.2%)", "2021-09-01..2022-08-31"),
        (
            "Infant deaths at a rate of 4.1 per 1,000 births (2017-2019, Eng rate 3.8 per 1,000)",
            "2017-01-01..2019-12-31",
        ),
    ],
)
def test_a_source_in_brackets_dates_both_values_and_the_second_is_englands(text: str, period: str) -> None:
    own, england = figures_of(text)
    assert [(f"{f.period.start}..{f.period.end}" if f.period else None) for f in (own, england)] == [period] * 2
    assert (own.role, england.role, england.organisation) == ("actual", "benchmark", "England")


def test_a_count_of_what_met_target_is_no_target() -> None:
    assert [f.role for f in figures_of("Of the 30 indicators, 14 met target.")] == ["actual", "actual"]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Officers are working on the £3 million shortfall.", "shortfall"),
        ("The service is on course to deliver £4 million in savings and extra fees.", "savings and extra fees"),
    ],
)
def test_an_amount_is_named_by_the_noun_behind_it(text: str, metric: str) -> None:
    assert [f.metric_text for f in figures_of(text)] == [metric]


def test_a_table_is_named_by_the_line_over_the_paragraph_before_it() -> None:
    text = "Looked-after children\n\nThe number fell over the autumn, as more returned home than came into care in any of the last three years.\n\n"
    rows = table("Status | Sep-22 | Dec-22", "In residence | 210 | 198", "Elsewhere | 64 | 59")
    assert {f.metric_text for f in figures_of(MASTHEAD + text + rows) if f.evidence.text in ("198", "59")} == {
        "Looked-after children"
    }


def test_the_difference_between_two_budgets_is_of_the_later_year() -> None:
    rows = table(
        "District | Surplus in 2022-23 Budget | Surplus in 2023-24 Draft Budget | Difference",
        "Ashby | £1,200,000 | £1,450,000 | £250,000",
        "Marlow | £900,000 | £700,000 | -£200,000",
    )
    assert str(of(figures_of(rows), "£250,000").period) == "2023/24"


def test_england_beside_a_unit_of_money_is_england() -> None:
    rows = table(
        "Grant | 2022-23 | |", "| Westhaven £m | England £m |", "Social care | 13.1 | 592.4 |", "Other | 2.0 | 88.1 |"
    )
    assert of(figures_of(rows), "592.4").organisation == "England"


def test_a_period_that_begins_on_a_day_is_no_accounting_period() -> None:
    text = "The families reached for the period 1 June 2022 to 31 January 2023 were:\n\n"
    rows = table("District | Total families reached", "Ashby | 115", "Marlow | 97")
    period = of(figures_of(text + rows), "115").period
    assert period
    assert (str(period.start), str(period.end)) == ("2022-06-01", "2023-01-31")
