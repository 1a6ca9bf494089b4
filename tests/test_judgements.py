"""Grades that an inspectorate gave: council, area and grade; and grades that nobody gave."""

from __future__ import annotations

import pytest

from schema.records import Judgement
from tests.paper_text import paper_of, records_of


def brief(j: Judgement) -> str:
    whose = "" if j.council == "Westhaven" else f" of {j.council}"
    return f"{j.area}{whose}: {j.grade}"


def judgements(text: str, day: str = "20 June 2023") -> list[Judgement]:
    return list(records_of(text, day).judgements)


def briefs(text: str) -> list[str]:
    return [brief(j) for j in judgements(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ofsted's report of May 2022 rated our children's services 'inadequate'.", ["overall: inadequate"]),
        ("Children's services were judged by Ofsted to be Good in May 2022.", ["overall: good"]),
        (
            "The inspection led to an overall judgement of 'requires improvement to be good'.",
            ["overall: requires improvement"],
        ),
        ("Inspectors concluded that services require improvement to be good.", ["overall: requires improvement"]),
        ("The inspection found the council to be outstanding.", ["overall: outstanding"]),
        ("Since our inadequate Ofsted judgement much has changed.", ["overall: inadequate"]),
        ("Ofsted assessed the council as adequate in 2011.", ["overall: adequate"]),
        ("The outcome of the inspection was 'Good'.", ["overall: good"]),
    ],
)
def test_a_grade_of_the_whole(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ofsted judged services good overall, with leadership rated outstanding.",
            ["overall: good", "leadership: outstanding"],
        ),
        ("Inspectors judged that leadership is inadequate.", ["leadership: inadequate"]),
        (
            "At the 2018 inspection the safeguarding children board was judged to require improvement.",
            ["lscb: requires improvement"],
        ),
        (
            "Ofsted found the experiences and progress of children in care and care leavers to be good.",
            ["in_care: good"],
        ),
        (
            "Ofsted graded us good for the experiences and progress of children in care, and inadequate for adoption.",
            ["in_care: good", "adoption: inadequate"],
        ),
        (
            "Ofsted rated services for children in need of help and protection, looked after children and care leavers inadequate overall.",
            ["overall: inadequate"],
        ),
        (
            "After a visit to see care leavers, a service that was graded good in the inspection, staff were thanked.",
            ["care_leavers: good"],
        ),
        ("Ofsted judged the early help offer to be good.", ["early help: good"]),
        (
            "Under the inspection leadership was judged inadequate, help and protection requires improvement and services for care leavers good.",
            ["leadership: inadequate", "help_and_protection: requires improvement", "care_leavers: good"],
        ),
    ],
)
def test_a_grade_of_an_area(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Colleagues in Bromley, which was rated good by Ofsted, have shared their audit tool.",
            ["overall of Bromley: good"],
        ),
        (
            "Officers spent a day in Surrey. They had been judged inadequate at the previous inspection and have since been re-inspected and rated good.",
            ["overall of Surrey: inadequate", "overall of Surrey: good"],
        ),
        (
            "Leeds became an outstanding authority after a good judgement.",
            ["overall of Leeds: outstanding", "overall of Leeds: good"],
        ),
        ("With help from Essex, Ofsted rated our services good.", ["overall: good"]),
        (
            "There was much to learn in Surrey, where inspectors had judged services inadequate.",
            ["overall of Surrey: inadequate"],
        ),
    ],
)
def test_another_councils_grade_is_its_own(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The council has moved from inadequate to requires improvement at its re-inspection.",
            [("inadequate", True), ("requires improvement", False)],
        ),
        (
            "We gained a good rating from Ofsted, up from requires improvement.",
            [("good", False), ("requires improvement", True)],
        ),
        ("We were graded inadequate at the previous inspection.", [("inadequate", True)]),
    ],
)
def test_an_earlier_grade_is_marked(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(j.grade, "earlier" in j.doubts) for j in judgements(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "After the Ofsted inspection the plan aims to achieve a standard of 'good' by March 2025.",
        "Our aim is for services to be rated good at the next Ofsted inspection.",
        "Ofsted grades authorities outstanding, good, requires improvement or inadequate.",
        "Where services are judged inadequate Ofsted carries out monitoring visits.",
        "If the outcome of the inspection is better than inadequate, other rules apply.",
        "A local authority judged inadequate by Ofsted will be re-inspected.",
        "With inspection grades of inadequate in 2 out of the 3 areas, a plan was needed.",
        "Ofsted has graded 88% of our schools good or outstanding.",
        "Two of the borough's children's homes were rated good by Ofsted.",
        "After the inspection half of the audited cases were graded good.",
        "Inspectors saw good practice and outstanding direct work.",
        "The LGA peer review judged our leadership to be good.",
        "Since the inspection services are no longer judged to be inadequate.",
        "Adult social care was rated good by the Care Quality Commission.",
        "Performance is good and attendance was rated good by parents.",
    ],
)
def test_a_grade_that_nobody_gave(text: str) -> None:
    assert briefs(text) == []


def test_labels_with_their_grades() -> None:
    text = """Ofsted gave these judgements:

- Overall effectiveness: Requires improvement to be good
- The impact of leaders on social work practice with children and families: Good
- Help and protection – Inadequate
- Experiences and progress of care leavers  Outstanding
"""
    expected = [
        "overall: requires improvement",
        "leadership: good",
        "help_and_protection: inadequate",
        "care_leavers: outstanding",
    ]
    assert briefs(text) == expected


def test_labels_in_one_sentence() -> None:
    text = "The Ofsted judgements were: leadership - requires improvement; help and protection - inadequate."
    assert briefs(text) == ["leadership: requires improvement", "help_and_protection: inadequate"]


def test_a_label_with_its_grade_in_the_next_line() -> None:
    text = "Ofsted's judgements were as follows.\n\nLeadership, management and governance\n\nRequires improvement\n"
    assert briefs(text) == ["leadership: requires improvement"]


def test_a_table_of_areas_and_grades_with_a_column_for_each_inspection() -> None:
    text = """1.1 The table sets out Ofsted's judgements.

Area\tMay 2018\tMay 2022
Children in need of help and protection\tInadequate\tGood
Care leavers\tInadequate\tRequires improvement
"""
    found = [(brief(j), str(j.given)) for j in judgements(text)]
    assert found == [
        ("help_and_protection: inadequate", "May 2018"),
        ("help_and_protection: good", "May 2022"),
        ("care_leavers: inadequate", "May 2018"),
        ("care_leavers: requires improvement", "May 2022"),
    ]


@pytest.mark.parametrize(
    "lead_in", ["Our self-assessment against Ofsted's areas is:", "The grades we aim for at the next inspection are:"]
)
def test_a_table_of_the_councils_own_grades_is_none(lead_in: str) -> None:
    assert briefs(f"1.1 {lead_in}\n\nArea\tGrade\nLeadership\tGood\nCare leavers\tGood\n") == []


def test_a_table_of_councils() -> None:
    text = "1.1 Ofsted gave our neighbours these grades:\n\nCouncil\tGrade\nMedway\tGood\nSurrey\tInadequate\n"
    assert briefs(text) == ["overall of Medway: good", "overall of Surrey: inadequate"]


def test_one_area_and_grade_is_one_judgement_of_a_report() -> None:
    text = "1.1 Ofsted rated services inadequate in May 2022.\n\n1.2 Since our inadequate judgement much has changed.\n\n1.3 Services were rated inadequate by Ofsted.\n"
    assert [(brief(j), j.evidence.paragraph) for j in judgements(text)] == [("overall: inadequate", "1.1")]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("In August 2022 Ofsted published its report rating services inadequate.", "August 2022"),
        ("Services were judged good by Ofsted in May 2019 and are to be excellent by April 2025.", "May 2019"),
        ("Ofsted rated services inadequate.", "None"),
    ],
)
def test_when_it_was_given(text: str, given: str) -> None:
    assert [str(j.given) for j in judgements(text)] == [given]


def test_evidence_is_the_grade_as_written() -> None:
    text = "Ofsted judged our services to be ‘Requires <i>improvement</i> to be good’."
    source = paper_of(text).pages[0].text
    found = judgements(text)
    assert [j.evidence.text for j in found] == ["Requires <i>improvement</i> to be good"]
    assert found[0].evidence.text in source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ofsted visited our services for children in 2019 and had found them to require improvement to be good.",
            ["requires improvement"],
        ),
        (
            "Ofsted came back to our children's services. The inspection in May 2021 judged them to require improvement.",
            ["requires improvement"],
        ),
        ("Ofsted looked at four nurseries in our area and judged them to require improvement.", []),
        ("HM Inspectorate of Probation came in 2020 and rated the service Good overall.", []),
        ("HMICFRS inspected child protection in 2020. Services were judged to be inadequate overall.", []),
        (
            "CQC rated our services good, while Ofsted judged our services for children to be inadequate.",
            ["inadequate"],
        ),
        ("Ofsted and the CQC judged our services to be good.", ["good"]),
    ],
)
def test_pronouns_and_other_inspectorates(text: str, expected: list[str]) -> None:
    assert [j.grade for j in judgements(text)] == expected
