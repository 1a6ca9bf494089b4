"""Inspectors' own reports and letters: told from papers about them, and read for their event, grades and items."""

from __future__ import annotations

import pytest

from extractors.inspection_report_kinds import kind_of_report
from extractors.pipeline import extract
from schema.records import Extraction, Mention
from tests.paper_text import paper_of

ILACS = """Inspection of {council} local authority children's services

Inspection dates: {dates}

Lead inspector: {lead}

Judgement\tGrade
The impact of leaders on social work practice with children and families\tOutstanding
The experiences and progress of children who need help and protection\tRequires improvement to be good
The experiences and progress of children in care\tGood
The experiences and progress of care leavers\tInadequate
Overall effectiveness\tGood

Staff in this place know their children. Since the inspection of 2019, when services were judged to be inadequate, much is better.

What needs to improve?

- How soon plans are written down.
- Work with fathers, including:
  - men who live elsewhere
- Homes for teenagers.

The experiences and progress of children who need help and protection: requires improvement to be good

1. Help comes early for most families.

2. Some wait too long.
"""

SIF = """{council}

Inspection of services for children in need of help and protection, children looked after and care leavers

and

Review of the effectiveness of the Local Safeguarding Children Board

Inspection date: 3 November 2014 – 26 November 2014

Report published: 9 January 2015

{overall}

1. Children who need help and protection\t\tRequires improvement
2. Children looked after and achieving permanence\t\tGood
\t2.1 Adoption performance\tOutstanding
\t2.2 Experiences and progress of care leavers\tInadequate
3. Leadership, management and governance\t\tGood

Contents

Recommendations 4

Previous Ofsted inspections

The last inspection of the authority was in May 2011. The judgements were:

- Overall effectiveness: inadequate
- Leadership and management: inadequate

Recommendations

1. Make sure that visits happen when they should.

2. Teach managers to read the files, so that:

- nothing is missed
- everyone knows why

3. Ask young people about the leaving grant.

Summary for children and young people

- Inspectors met forty of you.

The graded judgement for adoption performance is that it is outstanding

4. Matching is quick.

The Local Safeguarding Children Board (LSCB)

The Local Safeguarding Children Board requires improvement

Recommendations

5. Look at the training that partners give.

6. Read the audits.

Information about this inspection

The inspection team

Lead inspector: Ann Marie Roe HMI

Deputy lead inspector: Tom Lee
"""


def records(text: str) -> Extraction:
    return extract(paper_of(text))


def event(text: str) -> Mention:
    return next(m for m in records(text).mentions if m.report_type)


def ilacs(
    council: str = "Bury", dates: str = "3 to 14 June 2024", lead: str = "Jane Smith, His Majesty's Inspector"
) -> str:
    return ILACS.format(council=council, dates=dates, lead=lead)


def sif(council: str = "Rutland County Council", overall: str = "Children's services in Rutland are good") -> str:
    return SIF.format(council=council, overall=overall)


def grades(text: str) -> str:
    found = [j for j in records(text).judgements if j.extractor.startswith("inspection_report.")]
    return "; ".join(f"{j.area} {j.grade}" for j in sorted(found, key=lambda j: j.area))


def items(text: str) -> list[str]:
    return [f"{f.finding} {f.area or '-'} {f.evidence.text.split('.')[0]}" for f in records(text).findings]


def test_an_ilacs_report_is_one_event_with_the_grades_of_its_table() -> None:
    said = event(ilacs())
    assert (said.report_type, said.council, str(said.date), said.lead_inspector) == (
        "ilacs_standard",
        "Bury",
        "3 June 2024 to 14 June 2024",
        "Jane Smith",
    )
    assert grades(ilacs()) == (
        "care_leavers inadequate; help_and_protection requires improvement; in_care good; leadership outstanding; overall good"
    )


def test_items_are_those_of_the_top_level_of_the_list() -> None:
    assert items(ilacs()) == [
        "area_for_improvement - How soon plans are written down",
        "area_for_improvement - Work with fathers, including:",
        "area_for_improvement - Homes for teenagers",
    ]


def test_a_grade_of_an_earlier_inspection_quoted_in_the_body_is_of_its_year() -> None:
    earlier = [j for j in records(ilacs()).judgements if not j.extractor.startswith("inspection_report.")]
    assert [(j.grade, j.given and j.given.start.year) for j in earlier] == [("inadequate", 2019)]


def test_a_sif_report_with_its_boards_review() -> None:
    said = event(sif())
    assert (said.report_type, said.framework, str(said.date), str(said.published), said.lead_inspector) == (
        "sif",
        "SIF",
        "3 November 2014 to 26 November 2014",
        "9 January 2015",
        "Ann Marie Roe",
    )
    assert grades(sif()) == (
        "adoption outstanding; care_leavers inadequate; help_and_protection requires improvement; in_care good;"
        " leadership good; lscb requires improvement; overall good"
    )
    assert items(sif()) == [
        "recommendation - Make sure that visits happen when they should",
        "recommendation - Teach managers to read the files, so that:",
        "recommendation - Ask young people about the leaving grant",
        "recommendation lscb Look at the training that partners give",
        "recommendation lscb Read the audits",
    ]


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The overall judgement is that children's services require improvement", "overall requires improvement"),
        ("The overall judgement is inadequate. There are failures that leave children at risk.", "overall inadequate"),
        ("The overall judgement is outstanding The authority leads by example.", "overall outstanding"),
        ("Services for children in Rutland require improvement to be\ngood", "overall requires improvement"),
        ("Rutland's children's services are inadequate", "overall inadequate"),
        ("Overall effectiveness: good", "overall good"),
        ("Children's services in Rutland are not yet good", ""),
        ("Children's services in Rutland are of good quality", ""),
        ("Children's services in Rutland were inadequate", ""),
    ],
)
def test_the_overall_grade_in_a_sentence(sentence: str, grade: str) -> None:
    found = [g for g in grades(sif(overall=sentence)).split("; ") if g.startswith("overall")]
    assert found == ([grade] if grade else [])


@pytest.mark.parametrize(
    ("dates", "report_type", "days"),
    [
        ("3 to 7 June 2024", "ilacs_short", "2024-06-03..2024-06-07"),
        ("12 December 2022 to 20 January 2023", "ilacs_standard", "2022-12-12..2023-01-20"),
        ("12 December to 20 January 2023", "ilacs_standard", "2022-12-12..2023-01-20"),
        ("5 to 9 December 2022 and 14 and 15 February 2023", "ilacs_short", "2022-12-05..2023-02-15"),
        ("14 to 18 March 2022 and 28 March to 1 April 2022", "ilacs_standard", "2022-03-14..2022-04-01"),
        ("06/06/2022–17/06/2022", "ilacs_standard", "2022-06-06..2022-06-17"),
        ("Monday 6th June to Friday 10th June, 2022", "ilacs_short", "2022-06-06..2022-06-10"),
        ("between 6 June and 17 June 2022", "ilacs_standard", "2022-06-06..2022-06-17"),
        ("28 July 2022", "ilacs_short", "2022-07-28..2022-07-28"),
    ],
)
def test_the_days_of_a_visit(dates: str, report_type: str, days: str) -> None:
    said = event(ilacs(dates=dates))
    assert said.date is not None
    assert (said.report_type, f"{said.date.start}..{said.date.end}") == (report_type, days)


@pytest.mark.parametrize(
    "dates", ["31 to 32 June 2022", "6 to 17 June", "17 June to 6 June 2022", "3 June 2022 to 14 Jnue 2022"]
)
def test_days_that_cannot_be_told_are_left_open(dates: str) -> None:
    assert event(ilacs(dates=dates)).date is None


@pytest.mark.parametrize(
    ("lead", "names"),
    [
        ("Mary O'Neill-Brown HMI", "Mary O'Neill-Brown"),
        (
            "Jane Smith, His Majesty's Inspector, and Omar de la Cruz, His Majesty's Inspector",
            "Jane Smith and Omar de la Cruz",
        ),
        ("Jane Smith\nHer Majesty's Inspector", "Jane Smith"),
        ("Jane Smith, Senior HMI; Deputy: Tom Lee", "Jane Smith"),
        ("to be confirmed", None),
    ],
)
def test_the_lead_inspector(lead: str, names: str | None) -> None:
    assert event(ilacs(lead=lead)).lead_inspector == names


@pytest.mark.parametrize(
    ("named", "council"),
    [
        ("Reading", "Reading"),
        ("Bristol City", "Bristol"),
        ("the London Borough of Barking & Dagenham", "Barking and Dagenham"),
        ("Windsor & Maidenhead", "Windsor and Maidenhead"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Bracknell Forest", "Bracknell Forest"),
        ("St. Helens", "St Helens"),
        ("Dorset County Council", "Dorset"),
        ("City of York", "York"),
    ],
)
def test_the_council_of_the_title(named: str, council: str) -> None:
    told = records(ilacs(council=named))
    assert (told.paper.council, {j.council for j in told.judgements}) == (council, {council})


def test_a_report_without_overall_grade_has_none() -> None:
    without = ilacs().replace("Overall effectiveness\tGood\n", "")
    assert "overall" not in grades(without)


def test_rows_in_another_order_and_what_was_not_judged() -> None:
    text = sif().replace("2.1 Adoption performance\tOutstanding", "2.1 Adoption performance\tNot judged")
    assert "adoption" not in grades(text)


def test_a_grade_that_the_report_contradicts_is_refused() -> None:
    text = sif().replace("performance is that it is outstanding", "performance is that it is good")
    told = records(text)
    assert ("adoption" in grades(text), [r.reason for r in told.refusals]) == (False, ["unpaired grade"])


def test_a_grade_with_two_labels_or_none_is_refused() -> None:
    text = ilacs().replace("Overall effectiveness\tGood", "Overall effectiveness\tGood\tInadequate\n\tGood")
    assert "overall" not in grades(text)
    assert [r.reason for r in records(text).refusals] == ["unpaired grade", "unpaired grade"]


def test_a_label_that_runs_on_into_the_next_row_is_taken_whole() -> None:
    text = ilacs().replace(
        "The experiences and progress of children in care\tGood\nThe experiences and progress of care leavers\tInadequate\n",
        "The experiences and progress of children in care and\t\ncare leavers\tOutstanding\n",
    )
    assert "care_leavers" not in grades(text)
    assert "in_care outstanding" in grades(text)


OLDER = """Inspection of local authority arrangements for the protection of children

Suffolk County Council

Inspection dates: 6 - 15 February 2013

Reporting inspector Ruth Ash HMI

Age group: All

Published: 19 March 2013

Contents

Overall effectiveness

Grade 3 (Adequate)

1. Arrangements work.

Areas for improvement

2. In order to improve the help that children get, the authority and its partners should take the following action.

Immediately:

- see every child alone

Within three months:

- write plans that parents can read
- bring the police to meetings

Leadership and governance

Grade 2 (Good)

3. Leaders are seen.
"""


def test_a_report_of_before_the_single_framework() -> None:
    said = event(OLDER)
    assert (said.report_type, said.council, said.lead_inspector, str(said.published)) == (
        "older",
        "Suffolk",
        "Ruth Ash",
        "19 March 2013",
    )
    assert grades(OLDER) == "leadership good; overall adequate"
    assert len(items(OLDER)) == 3


BOARD = """Northumberland Safeguarding Children Board

Review of the effectiveness of the Local Safeguarding Children Board

Inspection date: 7 September 2015 to 9 September 2015

Report published: 2 November 2015

The Local Safeguarding Children Board is good

The arrangements in place to evaluate the effectiveness of what is done by the authority and board partners to safeguard and promote the welfare of children are good.

Executive summary

Partners know one another.

Recommendations

- Tell schools what was learnt.
- Count the children who are missing.

Inspection findings

1. The chair is independent.
"""


def test_a_review_of_the_board_alone_grades_the_board() -> None:
    assert (event(BOARD).report_type, event(BOARD).council, grades(BOARD)) == ("other", "Northumberland", "lscb good")
    assert items(BOARD) == [
        "recommendation lscb Tell schools what was learnt",
        "recommendation lscb Count the children who are missing",
    ]


def test_the_effectiveness_of_the_board_over_two_lines() -> None:
    text = BOARD.replace(
        "The Local Safeguarding Children Board is good\n",
        "The effectiveness of the Local Safeguarding Children Board (LSCB)\n\nis inadequate.\n",
    ).replace("The arrangements in place to evaluate", "What partners do to evaluate")
    assert grades(text) == "lscb inadequate"


MONITORING = """Ofsted
Piccadilly Gate
Manchester

17 January 2020

Mr Ian Fell
Director of Children's Services
Medway Council

Dear Mr Fell

Monitoring visit to Medway children's services

This letter summarises the findings of the monitoring visit to Medway children's services on 10 and 11 December 2019. The visit was the second monitoring visit since the local authority was judged inadequate in August 2019. The inspectors were Priya Rao and Tom Lee, Her Majesty's Inspectors.

In August 2019 the judgements were:

The experiences and progress of children in care: inadequate

Findings

Managers have begun to check plans.

Yours sincerely

Priya Rao

Her Majesty's Inspector
"""


def test_a_letter_on_a_monitoring_visit() -> None:
    said = event(MONITORING)
    assert (said.report_type, said.type, said.number, str(said.date), str(said.published), said.lead_inspector) == (
        "monitoring_letter",
        "monitoring_visit",
        2,
        "10 December 2019 to 11 December 2019",
        "17 January 2020",
        "Priya Rao",
    )
    assert (said.council, grades(MONITORING)) == ("Medway", "")


FOCUSED = """2 May 2023

Ms Una Hill

Director of Children's Services

Dear Ms Hill

Focused visit to Rutland children's services

This letter summarises the findings of the focused visit to Rutland children's services on 14 and 15 March 2023. His Majesty's Inspectors for this visit were Omar West and Jo Lane.

What needs to improve in this area of social work practice?

- Supervision that makes people think.
- Notes of decisions.

Main findings

Calls are answered.
"""


def test_a_letter_on_a_focused_visit() -> None:
    said = event(FOCUSED)
    assert (said.report_type, said.council, str(said.date), said.lead_inspector) == (
        "focused_letter",
        "Rutland",
        "14 March 2023 to 15 March 2023",
        "Omar West and Jo Lane",
    )
    assert len(items(FOCUSED)) == 2


JTAI = """Joint targeted area inspection of Wirral

Inspection of the multi-agency response to children who are victims of domestic abuse

Inspection dates: 4 July 2022 to 8 July 2022

Ofsted, the Care Quality Commission and HMICFRS carried out this inspection.

Headline findings

Children are heard.

What needs to improve?

- Information that reaches schools.

Areas for priority action

- Strategy meetings without health.
"""


def test_a_joint_inspection_gives_items_and_no_grades() -> None:
    said = event(JTAI)
    assert (said.report_type, said.framework, said.council, grades(JTAI)) == ("other", "JTAI", "Wirral", "")
    assert [i.split()[0] for i in items(JTAI)] == ["area_for_improvement", "priority_action"]


@pytest.mark.parametrize(
    "head",
    [
        [
            "Westhaven City Council",
            "Cabinet",
            "Report of: Director of Children's Services",
            "Ofsted inspection of local authority children's services",
            "Inspection dates: 3 to 14 June 2024",
        ],
        ["Scrutiny Panel", "Title: Ofsted monitoring visit to Westhaven", "This letter summarises what Ofsted said"],
        ["Agenda item 5", "Inspection of Westhaven local authority children's services", "Lead inspector: Jane Smith"],
        ["Our response to the inspection of children's services", "We welcome the report."],
        ["Improvement plan after the inspection of services for children in need of help and protection"],
        ["Minutes of the meeting", "Monitoring visit of children's services", "Dear members"],
    ],
)
def test_a_councils_paper_on_an_inspection_is_none(head: list[str]) -> None:
    assert kind_of_report(head) is None


def test_a_report_that_asks_for_nothing_has_no_items() -> None:
    text = sif().replace(
        "1. Make sure that visits happen when they should.", "1. There are no priority or immediate actions."
    )
    assert len(items(text)) == 4


def test_prose_under_the_heading_is_no_list() -> None:
    text = (
        ilacs().split("What needs to improve?")[0]
        + "What needs to improve?\n\nThere is very little. Leaders know it and have begun.\n"
    )
    assert items(text) == []
