"""What a report says of itself, and an agenda pack into its reports."""

from __future__ import annotations

from datetime import date

import pytest

from schema.paper import Masthead, ReportKind
from tests.paper_text import paper_of

LABELLED = "Title of report: Fostering in 2022/23\n\nMeeting: Corporate Parenting Panel\n\nMeeting date: Tuesday 7 March 2023\n\nReport by: Head of Fostering\n\nClassification\n\nOpen\n\nWestmorland and Furness Council asks its panel to note the report.\n"
TABLED = "CORPORATE PARENTING BOARD\n\nTITLE\tAuthor\tITEM No.\tDATE\nFostering update, Quarter 3 2022/23\tJo Ash, Head of Fostering\t5\t07/03/2023\n\n1 SUMMARY\n\n- 1.1 Stockport Council has more carers.\n"
CELLS = "Cabinet 7 March 2023\t BOLSOVER DISTRICT COUNCIL\nReport of: Jo Ash, Director of People\tClassification: Unrestricted\nFostering: a progress report\t\n\nLead Member\tCouncillor Reed\n\nSummary\n\nThis report details progress made between October 2022 and the end of December 2022.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            LABELLED,
            (
                "Westmorland and Furness",
                "Corporate Parenting Panel",
                date(2023, 3, 7),
                "Fostering in 2022/23",
                "Head of Fostering",
                "Open",
            ),
        ),
        (
            TABLED,
            (
                "Stockport",
                "Corporate Parenting Board",
                date(2023, 3, 7),
                "Fostering update, Quarter 3 2022/23",
                "Jo Ash, Head of Fostering",
                None,
            ),
        ),
        (
            CELLS,
            (
                "Bolsover",
                "Cabinet",
                date(2023, 3, 7),
                "Fostering: a progress report",
                "Jo Ash, Director of People",
                "Unrestricted",
            ),
        ),
    ],
)
def test_mastheads(text: str, expected: tuple[object, ...]) -> None:
    m = paper_of(text).masthead
    assert (m.council, m.body, m.meeting_date, m.title, m.author, m.classification) == expected


def test_a_council_that_only_the_body_names_is_said_to_be_from_the_text() -> None:
    assert paper_of(TABLED).masthead.council_from == "text"


@pytest.mark.parametrize(
    ("text", "expected"), [(TABLED, "Q3 2022/23"), (CELLS, "October 2022 to December 2022"), (LABELLED, "2022/23")]
)
def test_the_period_covered(text: str, expected: str) -> None:
    assert str(paper_of(text).masthead.period_covered) == expected


PACK = """BURY COUNCIL
CHILDREN'S SCRUTINY COMMITTEE

Thursday, 8 June 2023 at 7.00 p.m.

AGENDA

1. APOLOGIES FOR ABSENCE

2. MINUTES 3 - 6

3. Fostering update 7 - 12

This page is intentionally left blank

MINUTES OF THE CHILDREN'S SCRUTINY COMMITTEE

HELD ON THURSDAY, 9 MARCH 2023

Present: Councillors Ash and Reed

1. APOLOGIES FOR ABSENCE

There were none.

2. FOSTERING

The Committee noted that 71% of carers had been reviewed.

Children's Scrutiny Committee

TITLE\tAuthor\tITEM No.\tDATE
Fostering update\tJo Ash, Head of Fostering\t3\t8 June 2023

1. SUMMARY

- 1.1 There are 214 carers.
"""


def test_a_pack_becomes_its_reports_each_with_its_own_date_and_author() -> None:
    paper = paper_of(PACK)
    assert [(r.kind, r.masthead.meeting_date, r.masthead.author) for r in paper.reports] == [
        (ReportKind.FRONT_SHEET, date(2023, 6, 8), None),
        (ReportKind.MINUTES, date(2023, 3, 9), None),
        (ReportKind.REPORT, date(2023, 6, 8), "Jo Ash, Head of Fostering"),
    ]


def test_reports_of_a_pack_belong_to_the_pack_s_council() -> None:
    assert {r.masthead.council for r in paper_of(PACK).reports} == {"Bury"}


def test_every_part_is_told_which_report_it_is_of() -> None:
    paper = paper_of(PACK)
    assert sorted({part.report for part in paper.body}) == [0, 1, 2]


def test_a_paper_alone_is_one_report() -> None:
    assert not paper_of(LABELLED).is_pack
    assert paper_of(LABELLED).reports[0].masthead == paper_of(LABELLED).masthead


def test_a_text_without_a_masthead_says_nothing_of_itself() -> None:
    m = paper_of("some words, and no more than that, are written here for the test of it.").masthead
    assert m == Masthead()


def test_a_body_in_capitals_is_printed_as_a_name() -> None:
    text = "WESTHAVEN CITY COUNCIL\n\nCHILDREN'S AND FAMILIES SCRUTINY PANEL\n\nMeeting date: 7 March 2023\n\nTitle of report: Fostering\n"
    assert paper_of(text).masthead.body == "Children's and Families Scrutiny Panel"


@pytest.mark.parametrize(
    "line",
    ["From: Jo Reed – Leader of the Council", "To: Full Council – 7 March 2023", "Chair of the Council: Sam Pike"],
)
def test_an_office_of_the_council_is_not_its_name(line: str) -> None:
    text = f"{line}\n\nSubject: Fostering in 2022/23\n\nThe website has more.\n"
    assert paper_of(text).masthead.council is None


def test_a_cover_page_may_give_the_quarter_on_lines_of_its_own() -> None:
    text = (
        "Stockport Council\n\nPerformance of Children's Services\n\nQuarter 2\n\n2023/24\n\nProduced by the data team\n"
    )
    assert str(paper_of(text).masthead.period_covered) == "Q2 2023/24"


def test_the_day_that_figures_are_of_is_not_the_meeting_s() -> None:
    text = "Stockport Council\n\nOutcomes for children\n\n20% of schools (as at 31 December 2022)\n\n14 March 2023\n"
    assert paper_of(text).masthead.meeting_date == date(2023, 3, 14)


def test_a_letter_s_date_is_not_the_meeting_s() -> None:
    text = "Date: 1 March 2023\n\nDear Member\n\nCABINET - TUESDAY, 7 MARCH 2023\n\nI enclose the reports for it.\n"
    assert (paper_of(text).masthead.meeting_date, paper_of(text).masthead.body) == (
        date(2023, 3, 7),
        "Cabinet",
    )


def test_an_item_of_minutes_is_no_body() -> None:
    text = "Stockport Council\n\nMinutes of a meeting held on 7 March 2023\n\n214. Public Forum: nobody came\n"
    assert paper_of(text).masthead.body is None
