"""Indicator tables: the meaning of a column comes from its words, wherever it stands."""

from __future__ import annotations

from schema.records import Figure
from tests.paper_text import figures_of, month, records_of

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
    assert [(of(figures, t).role, of(figures, t).basis) for t in ("180", "200")] == [("numerator", "snapshot"), ("denominator", "snapshot")]
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
    text = table("Target 2022/23 | Q3 2022/23 | Indicator | Q2 2022/23 | RAG | DoT", "90% | 87% | Assessments on time | 82% | A | ↑")
    figures = figures_of(text)
    latest = of(figures, "87%")
    assert (latest.metric_text, latest.role, str(latest.period), of(figures, "90%").role) == ("Assessments on time", "actual", "Q3 2022/23", "target")


def test_colour_and_arrow_are_the_current_values() -> None:
    text = table("Indicator | 2021/22 | Current | RAG | Direction of travel", "Placements moved | 12% | 10% | Green | ▼")
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
    assert (one.metric_text, one.breakdown, one.unit, str(one.period)) == ("Average days lost per FTE", "Fostering", "days", "end of March 2023")
    assert (total.breakdown, str(total.period)) == (None, "end of April 2023")
    assert (average.role, average.organisation) == ("benchmark", "Westhaven council average")


def test_a_column_of_another_body_is_its_figure() -> None:
    text = table("Indicator | Westhaven 2022/23 | Stat. neighbours 2022/23 | England 2021/22", "Re-referrals | 21% | 20% | 22%")
    figures = figures_of(text)
    assert [(of(figures, t).role, of(figures, t).organisation) for t in ("20%", "22%")] == [("benchmark", "statistical neighbours"), ("benchmark", "England")]


def test_months_down_the_side() -> None:
    text = table("Month | Referrals received | % decided in a day", "April 2023 | 212 | 88%", "May 2023 | 240 | 91%")
    figure = of(figures_of(text), "91%")
    assert (str(figure.period), figure.metric_text, of(figures_of(text), "240").unit) == ("May 2023", "% decided in a day", "count")


def test_share_with_its_parts_in_one_cell() -> None:
    text = table("Indicator | Jan 2023", "Care leavers in touch | 85% (51/60)")
    assert [(f.evidence.text, f.role) for f in figures_of(text)] == [("85%", "actual"), ("51", "numerator"), ("60", "denominator")]


def test_thousands_of_pounds_are_scaled_and_keep_how_finely_they_were_printed() -> None:
    text = table("Service | Budget 2022/23 £000 | Outturn 2022/23 £000", "Fostering | 1,250 | 1,310")
    figures = figures_of(text)
    assert [(f"{of(figures, t).value:f}", of(figures, t).unit, of(figures, t).role) for t in ("1,250", "1,310")] == [
        ("1250000", "gbp", "plan"),
        ("1310000", "gbp", "actual"),
    ]


def test_a_table_split_over_pages_with_its_header_again_is_one_table() -> None:
    text = table("Indicator | Apr 2023 | May 2023", "Visits on time | 80% | 81%") + "\nPage 7\n\n" + table("Indicator | Apr 2023 | May 2023", "Plans on time | 70% | 71%")
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
