"""Mentions of inspections and visits: sort, number, dates, publication, held or ahead, whose; and what is no mention."""

from __future__ import annotations

from time import perf_counter

import pytest

from schema.period import Period
from schema.records import Mention
from tests.paper_text import paper_of, records_of


def days(period: Period | None) -> str:
    if period is None:
        return "-"
    return str(period.start) if period.start == period.end else f"{period.start}..{period.end}"


def brief(m: Mention) -> str:
    """A mention on one line: sort and number, date, publication, and the council where it is not the paper's."""
    number = f" {m.number}" if m.number else ""
    published = f" published {days(m.published)}" if m.published else ""
    whose = "" if m.council == "Westhaven" else f" of {m.council}"
    return f"{m.type}{number} {days(m.date)}{published}{whose}"


def mentions(text: str, day: str = "20 June 2023") -> list[Mention]:
    return list(records_of(text, day).mentions)


def briefs(text: str, day: str = "20 June 2023") -> list[str]:
    return [brief(m) for m in mentions(text, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ofsted inspected our services for children between 9 and 20 May 2022.", "inspection 2022-05-09..2022-05-20"),
        (
            "On 4 and 5 October 2022 HMI carried out a focused visit to the front door.",
            "focused_visit 2022-10-04..2022-10-05",
        ),
        ("A focussed visit by Ofsted took place on 9 March 2023.", "focused_visit 2023-03-09"),
        ("We were re-inspected by Ofsted from 6th to 24th March 2023.", "inspection 2023-03-06..2023-03-24"),
        (
            "At the time of the January 2023 monitoring visit forty cases were read.",
            "monitoring_visit 2023-01-01..2023-01-31",
        ),
        ("A visit was made by Ofsted in the week of 6 February 2023.", "monitoring_visit 2023-02-06..2023-02-12"),
        ("Fourth Monitoring Visit (September 2022) by Ofsted went well.", "monitoring_visit 4 2022-09-01..2022-09-30"),
        ("The JTAI of neglect took place in March 2022 and was led by Ofsted.", "inspection 2022-03-01..2022-03-31"),
    ],
)
def test_sort_and_date_of_an_event(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Their third monitoring visit took place on 1 and 2 February 2023.",
            "monitoring_visit 3 2023-02-01..2023-02-02",
        ),
        ("Ofsted's 4th monitoring visit was on 7 June 2023.", "monitoring_visit 4 2023-06-07"),
        (
            "HMI visited the borough on 3 and 4 May 2023 to carry out the sixth monitoring visit.",
            "monitoring_visit 6 2023-05-03..2023-05-04",
        ),
        ("Ofsted undertook its third and final monitoring visit on 14 February 2023.", "monitoring_visit 3 2023-02-14"),
    ],
)
def test_number_of_a_visit(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


def test_these_visits_are_those_of_the_sentence_before() -> None:
    text = "Ofsted checks our progress at quarterly monitoring visits. The second of these visits was held on 8 and 9 March 2023."
    assert briefs(text) == ["monitoring_visit 2 2023-03-08..2023-03-09"]


def test_visits_counted_one_by_one() -> None:
    text = "There have been two Ofsted monitoring visits. The first was in May 2022 and the second took place in August 2022."
    assert briefs(text) == ["monitoring_visit 1 2022-05-01..2022-05-31", "monitoring_visit 2 2022-08-01..2022-08-31"]


def test_the_final_visit_has_the_number_of_visits_planned() -> None:
    found = mentions(
        "We have had two of the four monitoring visits planned by Ofsted. The final monitoring visit will be on 5 July 2023."
    )
    assert [brief(m) for m in found] == ["monitoring_visit 4 2023-07-05"]
    assert found[0].doubts == ("inferred:number",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "This plan answers the report published by Ofsted in August 2022.",
            "inspection - published 2022-08-01..2022-08-31",
        ),
        (
            "In August 2022, Ofsted published its report on our services.",
            "inspection - published 2022-08-01..2022-08-31",
        ),
        ("The focused visit letter was published on 6 April 2023.", "focused_visit - published 2023-04-06"),
        (
            "Ofsted's report of 1 July 2022, on the inspection of May 2022, was frank.",
            "inspection 2022-05-01..2022-05-31 published 2022-07-01",
        ),
        (
            "The Ofsted inspection was conducted in May 2022 and published in July 2022.",
            "inspection 2022-05-01..2022-05-31 published 2022-07-01..2022-07-31",
        ),
    ],
)
def test_publication_of_report_or_letter(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


def test_a_letter_belongs_to_the_visit_just_spoken_of() -> None:
    text = (
        "A focused visit took place on 9 March 2023. The letter confirming the outcome was published on 11 April 2023."
    )
    assert briefs(text) == ["focused_visit 2023-03-09", "focused_visit - published 2023-04-11"]


def test_what_is_yet_to_be_published_has_no_date() -> None:
    assert briefs("After the monitoring visit of 2 May 2023 Ofsted's letter will be published on 30 June 2023.") == [
        "monitoring_visit 2023-05-02"
    ]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("A monitoring visit by Ofsted took place on 2 May 2023.", True),
        ("The next monitoring visit is due to take place on 4 and 5 July 2023.", False),
        ("Ofsted's next visit was planned for early July 2023.", False),
        ("At the Ofsted focused visit of 2 May 2023 files were read.", True),
    ],
)
def test_held_or_announced(text: str, held: bool) -> None:
    assert [m.held for m in mentions(text)] == [held]


def test_a_window_and_an_expectation_are_marked_as_such() -> None:
    found = mentions("We expect the re-inspection between September and December 2023.")
    assert [(brief(m), m.held, m.doubts) for m in found] == [
        ("inspection 2023-09-01..2023-12-31", False, ("expected",))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The visit by Ofsted in November was hard.", "monitoring_visit 2022-11-01..2022-11-30"),
        ("The next Ofsted monitoring visit will be in November.", "monitoring_visit 2023-11-01..2023-11-30"),
    ],
)
def test_a_missing_year_is_supplied_and_said_to_be(text: str, expected: str) -> None:
    found = mentions(text)
    assert [brief(m) for m in found] == [expected]
    assert "inferred:year" in found[0].doubts


def test_minutes_of_an_earlier_meeting_resolve_against_that_meeting() -> None:
    pack = """WESTHAVEN CITY COUNCIL

Children's Scrutiny Panel

AGENDA for the meeting to be held on 20 June 2023

1. Apologies for absence

2. Minutes

MINUTES OF THE CHILDREN'S SCRUTINY PANEL

HELD AT 6.00 P.M. ON 14 DECEMBER 2022

The Director said that the Ofsted monitoring visit in November had gone well.
"""
    assert [days(m.date) for m in records_of(pack).mentions] == ["2022-11-01..2022-11-30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under the ILACS framework Ofsted made a focused visit on 9 March 2023.", "ILACS"),
        ("Ofsted inspected the council in May 2016 under the Single Inspection Framework.", "SIF"),
        ("Ofsted undertook an Inspection of Local Authority Children's Services between 9 and 20 May 2022.", "ILACS"),
        ("Ofsted inspected the council in May 2022.", None),
    ],
)
def test_framework(text: str, expected: str | None) -> None:
    assert [m.framework for m in mentions(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Members met colleagues from Bromley, who had recently been re-inspected.", ["inspection - of Bromley"]),
        (
            "Ofsted's inspection of Medway in July 2019 found much to praise.",
            ["inspection 2019-07-01..2019-07-31 of Medway"],
        ),
        (
            "Officers went to see Surrey. They had been inspected by Ofsted in May 2021.",
            ["inspection 2021-05-01..2021-05-31 of Surrey"],
        ),
    ],
)
def test_another_councils_inspection(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A visit to Leeds City Council took place on 7 and 8 March 2023 to learn from its practice.",
        "Social workers visited 93% of children in time in May 2023 and statutory visits were recorded.",
        "A peer review visit took place in January 2023 and the DfE adviser visited in February 2023.",
        "The register of interests is open to public inspection until 30 June 2023.",
        "An Ofsted inspection of Hilltop Primary School took place in June 2022.",
        "Ofsted inspections of children's homes in the borough took place in June 2022.",
        "The framework for the inspection of local authority children's services changed in 2018.",
        "If a local authority is judged inadequate, Ofsted will usually re-inspect it within two years.",
        "Local authorities judged inadequate have quarterly monitoring visits.",
    ],
)
def test_what_is_no_mention(text: str) -> None:
    assert briefs(text) == []


def test_another_bodys_visit_is_not_taken_for_the_inspectorates() -> None:
    text = (
        "The monitoring visit by Ofsted will be on 4 July 2023. An evaluation visit by the Department will follow. "
        "This improvement visit will take place between 10 and 14 July 2023."
    )
    assert briefs(text) == ["monitoring_visit 2023-07-04"]


def test_a_visit_of_a_sort_not_said_takes_the_papers_usual_sort() -> None:
    text = "Ofsted made a focused visit in March 2023. Ofsted's visit in May 2023 was shorter."
    assert briefs(text) == ["focused_visit 2023-03-01..2023-03-31", "focused_visit 2023-05-01..2023-05-31"]
    alone = mentions("Ofsted's visit in May 2023 was short.")
    assert [(m.type, m.doubts) for m in alone] == [("monitoring_visit", ("inferred:type",))]


def test_an_impossible_day_is_marked_and_gives_no_date() -> None:
    found = mentions("Ofsted carried out a focused visit on 31 February 2023.")
    assert [(brief(m), m.doubts) for m in found] == [("focused_visit -", ("impossible",))]


def test_evidence_is_exact_also_through_tags() -> None:
    text = "Ofsted made a <b>second monitoring visit</b> on 8 March 2023, and Ofsted inspected us in May 2022."
    source = paper_of(text).pages[0].text
    for mention in mentions(text):
        assert mention.evidence.text in source
    assert next(m.evidence.text for m in mentions(text)).endswith("8 March 2023")


def test_a_line_without_end_is_read_in_passable_time() -> None:
    start = perf_counter()
    found = mentions("Ofsted inspected us in May 2022 and " * 300)
    assert {brief(m) for m in found} <= {"inspection 2022-05-01..2022-05-31", "inspection -"}
    assert perf_counter() - start < 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ofsted's inspection of our children's services, which ran from 4 March to 15 March 2019, was hard work.",
            ["inspection 2019-03-04..2019-03-15"],
        ),
        (
            "A focused visit by Ofsted then followed on 8 and 9 June 2022.",
            ["focused_visit 2022-06-08..2022-06-09"],
        ),
        (
            "The inspection by Ofsted was followed in May 2022 by a focused visit.",
            ["inspection -", "focused_visit -"],
        ),
        (
            "Inspectors were on site from 3 to 14 October 2022.",
            ["inspection 2022-10-03..2022-10-14"],
        ),
        (
            "Ofsted made a focused visit to us. Inspectors were on site on 1 and 2 February 2023.",
            ["focused_visit -", "focused_visit 2023-02-01..2023-02-02"],
        ),
        ("The builders were on site from 3 to 14 October 2022.", []),
        (
            "The Ofsted team still quotes the 2015 inspection of children's services.",
            ["inspection 2015-01-01..2015-12-31"],
        ),
        ("Under the 2015 inspection framework Ofsted gives four grades.", []),
        (
            "The area SEND inspection of May 2018 asked for a statement of action.",
            ["inspection 2018-05-01..2018-05-31"],
        ),
    ],
)
def test_ways_to_tie_a_date_to_an_event(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In July 2017 Ofsted judged children's services in the city to be inadequate.",
            ["inspection 2017-07-01..2017-07-31"],
        ),
        ("In July 2017 Ofsted found that two of our children's homes were inadequate.", []),
        ("In July 2017 Ofsted rated the academy good, and our services gained from it.", []),
        ("In July 2017 Ofsted found good work with families.", []),
        ("In July 2017 the CQC judged our services for children to be good.", []),
    ],
)
def test_an_inspection_told_by_its_grade_alone(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The youth offending team was inspected by HM Inspectorate of Probation in May 2021.",
        "HMICFRS completed an inspection of the force's child protection work in May 2021.",
        "This report follows the findings that inspectors published in the spring.",
    ],
)
def test_other_inspectorates_and_bare_findings_are_no_event(text: str) -> None:
    assert briefs(text) == []


def test_a_joint_inspection_with_another_inspectorate_counts() -> None:
    said = "Ofsted and the CQC carried out an inspection of our SEND services in May 2021."
    assert [m.framework for m in mentions(said)] == ["SEND"]


def test_an_expectation_is_told_from_a_guess() -> None:
    expected = mentions("The next Ofsted focused visit is expected in September 2023.")
    guessed = mentions("The next Ofsted focused visit is likely in September 2023.")
    assert [m.doubts for m in (*expected, *guessed)] == [("expected",), ("expected", "guessed")]
