"""A history as people read it, and councils side by side."""

from __future__ import annotations

from datetime import date

from app.history_page import across_lines, aligned, history_lines, history_rows
from db.history import HistoryRow
from schema.period import Period
from tests.test_metric_series import AUGUST, MAY, METRIC, month, said

WIDE = 160


def page(rows: list[HistoryRow]) -> str:
    return "\n".join(" ".join(line.split()) for line in history_lines(METRIC, rows, WIDE))


def test_a_row_has_value_change_target_and_place() -> None:
    rows = [said("70.5%", month(3)), said("66.0%", month(4)), said("75%", None, role="target")]
    assert "April 2023 66.0% -4.5 worse 75% missed by 9.0 Westhaven-2023-05-10.txt" in page(rows)


def test_a_restatement_is_marked_and_compared() -> None:
    rows = [said("60%", month(3)), said("70.5%", month(4)), said("72.0%", month(4), met=AUGUST)]
    told = page(rows)
    assert "April 2023 70.5% Westhaven-2023-05-10.txt" in told
    assert "72.0% ≠ +12.0 better Westhaven-2023-08-16.txt restated" in told


def test_the_years_outturn_is_compared_with_its_last_day() -> None:
    last_day = said("95.7%", Period.month_end(2023, 3), basis="snapshot")
    assert "2022/23 96% Westhaven-2023-08-16.txt as 95.7% at its end" in page(
        [last_day, said("96%", Period.financial_year(2022), met=AUGUST)]
    )
    assert "≠ 95.7% at its end" in page([last_day, said("94.9%", Period.financial_year(2022), met=AUGUST)])


def test_a_benchmark_says_as_of_when_it_was_known() -> None:
    assert "as known on 2023-05-10" in page([said("62%", month(3), role="benchmark", whose="England")])


def test_every_report_is_a_row_for_programs() -> None:
    rows = [said("70.5%", month(3)), said("66.0%", month(4)), said("75%", None, role="target")]
    told = list(history_rows(METRIC, rows))
    assert [(row["text"], row["series"], row["change"], row["meets_target"]) for row in told] == [
        ("70.5%", "Westhaven, by month", None, False),
        ("66.0%", "Westhaven, by month", "-4.5", False),
        ("75%", None, None, None),
    ]


def england(printed: str, council: str, met: date) -> HistoryRow:
    return said(printed, month(3), met, role="benchmark", whose="England", council=council)


def test_councils_stand_side_by_side_on_the_basis_that_most_report() -> None:
    west = [said("70.5%", month(3)), england("61%", "Westhaven", MAY)]
    east = [
        said("80%", month(3), council="Eastmoor"),
        said("82%", Period.year_to_date(date(2023, 3, 31)), basis="ytd", council="Eastmoor"),
        england("63%", "Eastmoor", AUGUST),
        said("65%", month(3), role="benchmark", whose="statistical neighbours", council="Eastmoor"),
    ]
    assert aligned([(METRIC, west), (METRIC, east)]) == (
        "month",
        ["Westhaven", "Eastmoor", "England", "statistical neighbours (Eastmoor)"],
        [
            (
                "March 2023",
                {
                    "Westhaven": "70.5%",
                    "Eastmoor": "80%",
                    "England": "63% ≠",
                    "statistical neighbours (Eastmoor)": "65%",
                },
            )
        ],
    )


def test_a_measure_that_nobody_dates_has_no_table() -> None:
    (heading,) = across_lines([(METRIC, [said("70.5%", None)])], WIDE)
    assert heading.startswith("Visits on time")
