"""What one cell of a table says: values with their units, periods and bodies, or nothing but words."""

from __future__ import annotations

import pytest

from extractors.cell_values import is_band, normal_years, read_cell


def said(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[v.start : v.end], f"{v.value:f}" if v.value is not None else "", v.unit) for v in read_cell(text)]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("(315)", "(315)", "-315", None),
        ("(6.1%)", "(6.1%)", "-6.1", "percent"),
        ("(£72)", "(£72)", "-72", "gbp"),
        ("£(72)", "£(72)", "-72", "gbp"),
        ("£(0.4)m", "£(0.4)m", "-400000", "gbp"),
        ("-3.5", "-3.5", "-3.5", None),
        ("+2.2", "+2.2", "2.2", None),
    ],
)
def test_brackets_and_signs_make_a_value_negative(text: str, printed: str, value: str, unit: str | None) -> None:
    assert said(text) == [(printed, value, unit)]


@pytest.mark.parametrize(
    ("text", "printed", "unit"),
    [
        ("38.7 per 10,000", "38.7 per 10,000", "per_10k"),
        ("£930 pw", "£930", "gbp"),
        ("£930 per week", "£930", "gbp"),
        ("26 (↓)", "26", None),
        ("1.5pp", "1.5pp", "percentage_points"),
        ("1.5% points", "1.5% points", "percentage_points"),
    ],
)
def test_what_stands_behind_a_number_is_its_unit_or_nothing(text: str, printed: str, unit: str | None) -> None:
    assert [(p, u) for p, _, u in said(text)] == [(printed, unit)]


@pytest.mark.parametrize(
    ("text", "printed", "when"),
    [
        ("44% (2020/21)", "44%", "2020/21"),
        ("207 (Jun 2022)", "207", "Jun 2022"),
        ("44% (18/19)", "44%", "18/19"),
        ("Q4: 66%", "66%", "Q4"),
    ],
)
def test_a_value_may_print_its_own_period(text: str, printed: str, when: str) -> None:
    (value,) = read_cell(text)
    assert (text[value.start : value.end], value.when, value.part) == (printed, when, None)


def test_a_value_may_print_whose_it_is() -> None:
    (value,) = read_cell("England 19.4%")
    assert (str(value.value), value.whose) == ("19.4", "England")


def test_parts_of_a_share_are_no_financial_year() -> None:
    assert [v.part for v in read_cell("95% (19/20)")] == [None, "numerator", "denominator"]


@pytest.mark.parametrize("text", ["£000", "£'000", "(£000)", "Front door", "", "March 2022", "Head of Service 2"])
def test_units_dates_and_words_are_no_values(text: str) -> None:
    assert read_cell(text) == []


@pytest.mark.parametrize(
    "text",
    ["Under 1", "1 to 4", "0-4", "0-4 years", "16+", "18 and over", "5 - 9", "Less than 1 year", "Aged 10 to 15"],
)
def test_ages_are_bands(text: str) -> None:
    assert is_band(text)


@pytest.mark.parametrize("text", ["14", "71%", "£5", "1,200", "Total"])
def test_plain_values_are_no_bands(text: str) -> None:
    assert not is_band(text)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Q2 20/21", "Q2 2020/21"),
        ("18/19", "2018/19"),
        ("FY22/23", "FY 2022/23"),
        ("47/52", "47/52"),
        ("16/17 year olds", "16/17 year olds"),
        ("3/4", "3/4"),
    ],
)
def test_two_digit_years_are_written_out_and_other_pairs_stay(text: str, full: str) -> None:
    assert normal_years(text) == full
