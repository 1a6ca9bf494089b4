"""Whose a figure is: the council's own, or that of another body which its sentence names."""

from __future__ import annotations

import time

import pytest

from tests.paper_text import figures_of


def owners(text: str) -> list[str]:
    """Each figure as printed, with the body it belongs to where that is not Westhaven."""
    return [
        f.evidence.text + (f" {f.organisation}" if f.organisation != f.council else "")
        for f in figures_of(text)
        if f.role in ("actual", "benchmark")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Repeat plans stood at 19.4%, above both the North East (17%) and national (18.2%) rates.", ["19.4%", "17% North East", "18.2% England"]),
        ("The Inner London average at 31 March 2022 was 12.5%.", ["12.5% Inner London"]),
        ("Unitary authorities averaged 68 per 10,000, and we had 74.", ["68 unitary authorities", "74"]),
        ("England's rate fell to 21.5%.", ["21.5% England"]),
        ("At 23% we are above England, where the figure is 19%.", ["23%", "19% England"]),
        ("Turnover in the region averaged 17.5%, while ours was 12%.", ["17.5% region", "12%"]),
        ("The rate is 4.2% (national 3.8%, regional 3.5%).", ["4.2%", "3.8% England", "3.5% region"]),
        ("Attendance of 91% was better than the regional average (88%).", ["91%", "88% region"]),
        ("The Midlands rate was 9.1%.", ["9.1% Midlands"]),
        ("National data show that 39% of care leavers are not in work.", ["39% England"]),
        ("In 2021/22 the England rate was 58 per 10,000 and that of our statistical neighbours 63.", ["58 England", "63 statistical neighbours"]),
    ],
)  # fmt: skip
def test_a_body_speaks_for_the_figure_it_leads_up_to(text: str, expected: list[str]) -> None:
    assert owners(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("That is higher than the 14.9% recorded by our nearest neighbours.", ["14.9% nearest neighbours"]),
        ("This compares to 58% for England and 61% for the region.", ["58% England", "61% region"]),
        ("Absence was 11.2 days per FTE, against 8.4 days across the authority as a whole.", ["11.2", "8.4 Westhaven council average"]),
        ("Absence was 11.2 days (council average 7.6).", ["11.2", "7.6 Westhaven council average"]),
        ("Plans were on time for 46% nationally.", ["46% England"]),
    ],
)  # fmt: skip
def test_a_body_speaks_for_the_figure_before_it(text: str, expected: list[str]) -> None:
    got = owners(text)
    assert [o.replace(" days", "") for o in got] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The equivalent regional figures are 64%, 66% and 71%.", ["64% region", "66% region", "71% region"]),
        ("Among statistical neighbours it ranges from 2.1% to 6.7%.", ["2.1% statistical neighbours", "6.7% statistical neighbours"]),
        ("Vacancies of 9.8% compare with national averages of 15.1% and 16.3%.", ["9.8%", "15.1% England", "16.3% England"]),
        ("The national average of 21% (20% in 2020/21) is lower.", ["21% England", "20% England"]),
        ("National and regional averages are 5.1% and 4.7%.", ["5.1% England", "4.7% region"]),
        ("Nationally it is around 22% for girls and 18% for boys.", ["22% England", "18% England"]),
        ("The England average was 52% and 49% of our pupils achieved this.", ["52% England", "49%"]),
        ("The England average was 52% and 49% in Westhaven.", ["52% England", "49%"]),
        ("It was 31% in Salford and 28% here.", ["31% Salford", "28%"]),
    ],
)  # fmt: skip
def test_a_list_is_of_the_body_it_follows_until_another_is_named(text: str, expected: list[str]) -> None:
    assert owners(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Across neighbouring authorities agency rates are between 14% and 31%.", ["14% neighbouring authorities", "31% neighbouring authorities"]),
        ("Among the eleven authorities of the Yorkshire and the Humber region, vacancy rates range from 8% to 22%.", ["8% Yorkshire and the Humber", "22% Yorkshire and the Humber"]),
        ("Across England the share of plans reviewed on time is 84%.", ["84% England"]),
        ("Nationally 46% of plans were on time; in Westhaven 71% were.", ["46% England", "71%"]),
        ("Across England demand grew, and our own rate is 84%.", ["84%"]),
        ("In the North West the picture is mixed and here the rate is 84%.", ["84%"]),
    ],
)  # fmt: skip
def test_a_clause_that_opens_with_a_body_speaks_of_it(text: str, expected: list[str]) -> None:
    assert owners(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In England and Wales the rate was 0.4 per 1,000.", ["0.4 England and Wales"]),
        ("Our South London neighbours reported 21% and 24%.", ["21% South London neighbours", "24% South London neighbours"]),
        ("Turnover is 13.1%, lower than in the rest of the West Midlands (16.2%).", ["13.1%", "16.2% West Midlands"]),
        ("The rate across comparable councils is 8.9%.", ["8.9% statistical neighbours"]),
        ("The contract cost us in the region of £310,000.", ["£310,000"]),
        ("A national 3% pay award applied.", ["3%"]),
        ("Unlike England, 62% of our young people had a plan.", ["62%"]),
        ("Compared with the national average, 34% of our children moved school.", ["34%"]),
    ],
)  # fmt: skip
def test_names_and_what_is_none(text: str, expected: list[str]) -> None:
    assert owners(text) == expected


def test_a_former_county_is_the_council_itself() -> None:
    text = "Dorset County Council\n\nCabinet\n\nMeeting date: 6 June 2018\n\nTitle of report: Performance\n\nThe rate in Dorset was 14%.\n"
    from extractors.pipeline import extract
    from tests.paper_text import paper_of

    (figure,) = extract(paper_of(text)).figures
    assert (figure.role, figure.organisation) == ("actual", figure.council)


@pytest.mark.parametrize(
    "words", ["England and Wales, and the ", " in England,", "that which that ", "the Council average "]
)
def test_long_runs_of_bodies_are_read_quickly(words: str) -> None:
    start = time.process_time()
    figures_of((words * 400)[:6000] + " 5%.")
    assert time.process_time() - start < 5
