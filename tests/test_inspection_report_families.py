"""Inspectors' letters and reports as each family words them: one event with its days, its number and its grades, or none."""

from __future__ import annotations

import pytest

from extractors.pipeline import extract
from schema.records import Mention
from tests.paper_text import paper_of

LETTER = """Ofsted
Agora
Nottingham

{sent}

Ms Nia Howe
Director of Children's Services

Dear Ms Howe

{title}

{opening}

Areas covered by the visit

Inspectors looked at how calls are answered.

Yours sincerely

Hal Moss

Her Majesty's Inspector
"""


def event(text: str) -> Mention | None:
    return next((m for m in extract(paper_of(text)).mentions if m.report_type), None)


def told(text: str) -> str:
    """The report's type, council, days and number in one line."""
    said = event(text)
    if said is None:
        return "none"
    days = f"{said.date.start}..{said.date.end}" if said.date else "no days"
    return f"{said.report_type} {said.council} {days} {said.number}"


def grades(text: str) -> str:
    found = [j for j in extract(paper_of(text)).judgements if j.extractor.startswith("inspection_report.")]
    return "; ".join(f"{j.area} {j.grade}" for j in sorted(found, key=lambda j: j.area))


def letter(title: str, opening: str, sent: str = "5 July 2018") -> str:
    return LETTER.format(title=title, opening=opening, sent=sent)


@pytest.mark.parametrize(
    ("title", "opening", "expected"),
    [
        (
            "Monitoring visit of Bury children's services",
            (
                "This letter summarises the findings of the monitoring visit to Bury on 12 and 13 June 2018."
                " The visit was the third monitoring visit since the local authority was judged inadequate in May 2016."
            ),
            "monitoring_letter Bury 2018-06-12..2018-06-13 3",
        ),
        (
            "Monitoring visit of Reading Borough Council children's services",
            (
                "This letter contains what was found on the monitoring visit to Reading children's services on 30 and 31 May 2018."
                " It was the 5th visit since the inspection of August 2016, when services were judged to be inadequate."
            ),
            "monitoring_letter Reading 2018-05-30..2018-05-31 5",
        ),
        (
            "Monitoring visit to Medway local authority children's services",
            (
                "This letter summarises the findings of the first monitoring visit since Medway was judged inadequate in April 2018."
                " The visit took place on 19 June 2018."
            ),
            "monitoring_letter Medway 2018-06-19..2018-06-19 1",
        ),
        (
            "Monitoring visit of Torbay children's services",
            (
                "I am writing to summarise the monitoring visit made between 28 and 29 June 2018. It is the second monitoring"
                " visit since January. The third monitoring visit will look at plans."
            ),
            "monitoring_letter Torbay 2018-06-28..2018-06-29 None",
        ),
        (
            "Focused visit to Dudley children's services",
            (
                "This letter summarises the findings of a focused visit to Dudley children's services on 26 June 2018 and 27 June 2018."
                " The visit was carried out by Hal Moss and Ada Pell, Her Majesty's Inspectors."
            ),
            "focused_letter Dudley 2018-06-26..2018-06-27 None",
        ),
        (
            "Focused visit to Rotherham local authority children's services",
            (
                "Following the focused visit on 20 and 21 June 2018, this letter sets out what inspectors saw of the front door."
                " The last inspection took place in January 2018."
            ),
            "focused_letter Rotherham 2018-06-20..2018-06-21 None",
        ),
        (
            "Monitoring visit of Bury children's services",
            "This letter summarises the findings of the monitoring visit to Bury. Services were judged inadequate on 9 May 2016.",
            "monitoring_letter Bury no days None",
        ),
    ],
)
def test_a_letter_on_a_visit(title: str, opening: str, expected: str) -> None:
    assert told(letter(title, opening)) == expected
    assert grades(letter(title, opening)) == ""


AREA = """Area SEND inspection of {partnership}

Inspection dates: {dates}

Date of previous inspection: 4 to 8 March 2019

Inspection outcome

{outcome}

The next full inspection will be within three years.

Ofsted and the Care Quality Commission carried out this inspection jointly.

What is it like to be a child or young person with special educational needs in this area?

Some wait long for help.

Areas for improvement

- Partners should write plans sooner.
"""


@pytest.mark.parametrize(
    "outcome",
    [
        "What the local area partnership arranges typically leads to good experiences and outcomes for children with SEND.",
        "The arrangements lead to inconsistent experiences and outcomes; partners must work jointly to make them good.",
        "There are widespread and systemic failings, and the arrangements are inadequate for many children.",
    ],
)
def test_an_area_inspection_has_an_outcome_and_no_grade(outcome: str) -> None:
    text = AREA.format(partnership="Bury Local Area Partnership", dates="3 July 2023 to 7 July 2023", outcome=outcome)
    assert (told(text), grades(text)) == ("other Bury 2023-07-03..2023-07-07 None", "")


JOINT = """{sent}

Dear local partnership

Joint targeted area inspection of the multi-agency response to {theme} in {council}

Between {days}, Ofsted, the Care Quality Commission, HM Inspectorate of Constabulary and HM Inspectorate of Probation undertook a joint inspection of how agencies answer {theme} in {council}.

This letter to all the agencies outlines what was found. Leadership of the partnership is good.

Key strengths

The front door is quick.

Areas for improvement

- Health staff are not asked to strategy meetings.
"""


def test_a_letter_on_a_joint_inspection_has_no_grade() -> None:
    text = JOINT.format(sent="29 June 2016", theme="neglect", council="Wirral", days="9 May and 13 May 2016")
    assert (told(text), grades(text)) == ("other Wirral 2016-05-09..2016-05-13 None", "")


PROTECTION = """Inspection of local authority arrangements for the protection of children

{council}

Inspection dates: 10 - 19 September 2012

Lead inspector Ada Pell HMI

Age group: All

Published: 23 October 2012

The inspection judgements

{grades}

Areas for improvement

1. Write down what children say.
"""


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            (
                "Overall effectiveness\tAdequate\nThe effectiveness of the help and protection provided to children, young people, families and carers\tGood\n"
                "The quality of practice\tAdequate\nLeadership and governance\tInadequate"
            ),
            "help_and_protection good; leadership inadequate; overall adequate; the quality of practice adequate",
        ),
        (
            "Overall effectiveness\n\nGrade 4 (Inadequate)\n\nThe authority has begun.\n\nLeadership and governance\n\nGrade 3 (Adequate)\n\nLeaders changed.",
            "leadership adequate; overall inadequate",
        ),
        (
            "Overall effectiveness\n\nQuality of practice\n\nLeadership and governance\n\nAdequate\n\nGood\n\nAdequate",
            "",
        ),
    ],
)
def test_an_inspection_of_child_protection_before_2013(printed: str, expected: str) -> None:
    text = PROTECTION.format(council="Cumbria County Council", grades=printed)
    assert (told(text), grades(text)) == ("older Cumbria 2012-09-10..2012-09-19 None", expected)


SERVICES = """Inspection of {council} local authority children's services

Inspection dates: 9 to 20 February 2026

Lead inspector: Hal Moss, His Majesty's Inspector

{grades}

Children are known to those who help them.

What needs to improve?

- Notes of visits.
"""


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            (
                "Judgement\tGrade\nThe impact of leaders on social work practice with children and families\tGood\n"
                "The experiences and progress of children who need help and protection\tOutstanding\n"
                "The experiences and progress of children in care\tRequires improvement to be good\n"
                "The experiences and progress of care leavers\tInadequate"
            ),
            "care_leavers inadequate; help_and_protection outstanding; in_care requires improvement; leadership good",
        ),
        (
            (
                "Judgement\tGrade at the last inspection\tGrade\nOverall effectiveness\tInadequate\tGood\n"
                "The experiences and progress of care leavers\tGood\tOutstanding"
            ),
            "",
        ),
        (
            "The experiences and progress of care leavers\n\nThe experiences and progress of children in care\n\nGood\n\nInadequate",
            "",
        ),
        (
            "The experiences and progress of care leavers: outstanding\n\nOverall effectiveness: not judged",
            "care_leavers outstanding",
        ),
        ("Judgement\tGrade\nThe experiences and progress of care leavers\tStrong standard", ""),
    ],
)
def test_grades_of_children_services_are_paired_or_refused(printed: str, expected: str) -> None:
    assert grades(SERVICES.format(council="Bury", grades=printed)) == expected


SINGLE = """{council}

Inspection of services for children in need of help and protection, children looked after and care leavers

and

Review of the effectiveness of the Local Safeguarding Children Board

Inspection date: 12 January 2016 to 4 February 2016

Report published: 31 March 2016

{grades}

Executive summary

Leaders have begun.
"""


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            (
                "Children's services in Cumbria require improvement to be good\n\n"
                "1. Children who need help and protection: Requires improvement\n\n"
                "2. Children looked after and achieving permanence: Requires improvement\n\n"
                "2.1 Adoption performance: Good\n\n2.2 Experiences and progress of care leavers: Inadequate\n\n"
                "3. Leadership, management and governance: Good"
            ),
            (
                "adoption good; care_leavers inadequate; help_and_protection requires improvement; in_care requires improvement;"
                " leadership good; overall requires improvement"
            ),
        ),
        (
            "2. Children looked after and achieving permanence\tGood\tAdoption performance\tOutstanding",
            "",
        ),
    ],
)
def test_grades_of_the_single_framework_are_paired_or_refused(printed: str, expected: str) -> None:
    assert grades(SINGLE.format(council="Cumbria County Council", grades=printed)) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Focused visit to Kingston upon Thames and Richmond upon Thames children's services",
        "Monitoring visit of the services of two councils",
    ],
)
def test_the_town_of_an_address_is_not_the_council_that_was_visited(title: str) -> None:
    said = event(letter(title, "This letter summarises the findings of the visit on 5 and 6 June 2018."))
    assert said is not None
    assert said.council is None


def test_the_council_of_a_letter_whose_title_names_none_is_that_of_the_director() -> None:
    text = letter("Monitoring visit", "This letter summarises the findings of the monitoring visit on 5 June 2018.")
    directors = text.replace("Director of Children's Services", "Director of Children's Services\nBury Council")
    assert told(directors) == "monitoring_letter Bury 2018-06-05..2018-06-05 None"


def test_a_letter_on_a_revisit_to_an_area_is_a_joint_one() -> None:
    text = JOINT.replace(
        "Joint targeted area inspection of the multi-agency response to {theme} in {council}",
        "Joint area SEND revisit in {council}",
    ).replace("undertook a joint inspection of how agencies answer {theme} in", "revisited the area of")
    written = text.format(sent="2 August 2021", theme="needs", council="Bury", days="5 and 7 July 2021")
    assert (told(written), grades(written)) == ("other Bury 2021-07-05..2021-07-07 None", "")


@pytest.mark.parametrize(
    "printed",
    [
        "Judgement\tGrade at the last inspection\tGrade\nOverall effectiveness\tInadequate\tGood",
        "Judgement\tGrade\tPrevious\nOverall effectiveness\tGood\tInadequate",
        "Judgement\tGrade\nOverall effectiveness\tThe experiences and progress of care leavers\tGood",
    ],
)
def test_a_row_of_several_labels_or_grades_is_refused_with_its_reason(printed: str) -> None:
    told = extract(paper_of(SERVICES.format(council="Bury", grades=printed)))
    assert {r.reason for r in told.refusals} == {"unpaired grade"}


def test_grades_in_a_column_apart_from_their_labels_are_refused_one_by_one() -> None:
    stacked = "The experiences and progress of care leavers\n\nThe experiences and progress of children in care\n\nGood\n\nInadequate"
    told = extract(paper_of(SERVICES.format(council="Bury", grades=stacked)))
    assert [(r.reason, r.evidence.text) for r in told.refusals] == [
        ("unpaired grade", "Good"),
        ("unpaired grade", "Inadequate"),
    ]
