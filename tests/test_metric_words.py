"""What a figure in prose measures: the words that name it, and never those that only lead to it or come after it."""

from __future__ import annotations

import pytest

from tests.paper_text import figures_of


def names(text: str) -> dict[str, str]:
    """What each figure of a text is said to measure, by what is printed of it."""
    return {f.evidence.text: f.metric_text for f in figures_of(text)}


@pytest.mark.parametrize(
    ("text", "printed", "name"),
    [
        ("In May 2023, 72% of foster carers felt well supported.", "72%", "foster carers felt well supported"),
        ("The sickness rate fell from 5.1% in April 2023 to 4.4% in May.", "4.4%", "sickness rate"),
        ("Panel members heard that the dropout rate was 12% in May 2023.", "12%", "dropout rate"),
        ("At the end of March 2023 the fostering enquiry rate was 31%.", "31%", "fostering enquiry rate"),
        (
            "Decisions were taken at the first panel in 64% of adoption cases.",
            "64%",
            "Decisions were taken at the first panel adoption cases",
        ),
        ("Library visits have picked up, and attendance has improved since winter to 91%.", "91%", "attendance"),
        (
            "A late bus service was blamed for a school lateness rate of 7.5% in May 2023.",
            "7.5%",
            "school lateness rate",
        ),
        ("At 19%, the staff sickness rate is still a concern.", "19%", "staff sickness rate"),
    ],
)
def test_the_words_that_name_a_figure(text: str, printed: str, name: str) -> None:
    assert names(text)[printed] == name


@pytest.mark.parametrize(
    "text",
    [
        "In May 2023, 72% of foster carers felt well supported, compared with 68% the year before.",
        "In May 2023, 72% of foster carers felt well supported, against a target of 80%.",
        "In May 2023, 72% of foster carers felt well supported (April 2023: 70%; target 80%).",
        "In May 2023, 72% of foster carers felt well supported, just short of the 75% standard.",
        "In May 2023, 72% of foster carers felt well supported, up from 70% in April, but still below our 80% target.",
        "In May 2023, 72% of foster carers felt well supported. This compares with 66% nationally.",
        "In May 2023, 72% of foster carers felt well supported. The England average was 66%.",
        "In May 2023, 72% of foster carers felt well supported. Our target is 80%.",
        "In May 2023, 72% of foster carers felt well supported. In the Northern team this was 60%.",
        "Against a target of 80%, 72% of foster carers felt well supported in May 2023.",
        "Seventy-two per cent (36 of 50) of foster carers felt well supported, down from 75% in April.",
    ],
)
def test_what_stands_beside_a_figure_measures_the_same(text: str) -> None:
    shares = [f for f in figures_of(text) if f.unit == "percent"]
    assert len(shares) > 1
    assert {f.metric_text for f in shares} == {"foster carers felt well supported"}


def test_a_share_that_leads_a_verb_is_named_by_it_and_by_whom_it_is_a_share_of() -> None:
    found = names(
        "We surveyed foster carers. Of the carers who replied, 81% knew whom to call and 64% had used the helpline."
    )
    assert found == {"81%": "carers who replied knew whom to call", "64%": "carers who replied used the helpline"}


def test_a_list_goes_on_with_words_of_its_own() -> None:
    found = names("Of young carers, 41% attend a club, 33% a workshop and 26% neither of them.")
    assert len(set(found.values())) == 3


def test_figures_that_answer_a_list_take_its_names_in_order() -> None:
    text = "In May 2023, 62% of parents came to a class, 21% of parents had a home visit and 9% of parents rang. This compares with 58%, 25% and 7% in May 2022."
    found = [f.metric_text for f in figures_of(text) if f.unit == "percent"]
    assert found[:3] == found[3:]
    assert len(set(found)) == 3


def test_other_people_are_another_measure_and_another_place_is_not() -> None:
    found = names(
        "In May 2023, 60% of trainees passed the course. For those without a diploma it was 48%, while for those with a diploma it was 71%."
    )
    assert len(set(found.values())) == 3
    assert len(set(names("The pass rate was 60% in Ashby, 62% in Thornton and 71% in Millbrook.").values())) == 1


def test_a_bulleted_part_keeps_what_the_list_is_about() -> None:
    found = names(
        "The proportion of pupils who walk: \uf02d in infant schools is 40% (the national average is 44%) \uf02d in junior schools is 51%."
    )
    assert found["40%"] == found["44%"] == "pupils who walk in infant schools"
    assert found["51%"] == "pupils who walk in junior schools"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The team now works with 48 families who asked for help.", "families who asked for help"),
        ("Target 4 – train 30 volunteer mentors by March 2024", "volunteer mentors"),
        ("8.2% of young carers had three or more school moves in 2022.", "young carers had three or more school moves"),
        ("Workers cover 12 routes a week.", "routes a week"),
    ],
)
def test_a_count_is_of_what_it_counts(text: str, name: str) -> None:
    assert figures_of(text)[0].metric_text == name


def test_a_heading_in_capitals_is_no_measure() -> None:
    assert all(
        "BUSINESS" not in f.metric_text
        for f in figures_of("3 URGENT BUSINESS OF THE DAY\n\n4 MINUTES OF THE LAST MEETING")
    )


def test_money_out_of_a_sum_is_named_apart_from_it() -> None:
    found = names("The board spent £1.2m of the £2.5m set aside for new playgrounds.")
    assert found["£2.5m"] == "set aside for new playgrounds"
    assert found["£1.2m"] != found["£2.5m"]


def test_an_aim_names_what_it_is_to_change() -> None:
    assert names("Our ambition is to bring the dropout rate down to 8% by March 2024.")["8%"] == "dropout rate"
    assert names("The board agreed that the target is to reduce late invoices to 5%.")["5%"] == "late invoices"


def test_what_a_change_is_of_stands_behind_it() -> None:
    (figure,) = figures_of("The autumn saw a 31% decrease in the number of complaints received.")
    assert "complaints received" in figure.metric_text
