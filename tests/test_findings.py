"""Strengths, areas for improvement, priority actions and recommendations of an inspectorate; and lists of the council's own."""

from __future__ import annotations

import pytest

from schema.records import Finding
from tests.paper_text import paper_of, records_of

_SHORT = {"strength": "+", "area_for_improvement": "-", "priority_action": "!", "recommendation": "r"}


def findings(text: str) -> list[Finding]:
    return list(records_of(text).findings)


def briefs(text: str) -> list[str]:
    """Findings on a line each: a sign for the kind, then the words."""
    return [f"{_SHORT[f.finding]} {f.evidence.text}" for f in findings(text)]


@pytest.mark.parametrize(
    ("lead_in", "sign"),
    [
        ("Inspectors identified the following strengths:", "+"),
        ("Ofsted noted the good progress that had been made in these areas:", "+"),
        ("The inspection report names two areas in which services need to improve; they need to improve:", "-"),
        ("Ofsted said that further progress is needed in the following:", "-"),
        ("The letter of the focused visit identified two areas for priority action, these being:", "!"),
        ("Ofsted made two recommendations. These are:", "r"),
    ],
)
def test_a_list_after_a_lead_in(lead_in: str, sign: str) -> None:
    assert briefs(f"{lead_in}\n\n- plans for children in need;\n- the virtual school; and\n") == [
        f"{sign} plans for children in need",
        f"{sign} the virtual school",
    ]


def test_they_are_the_inspectorate_of_the_list_before() -> None:
    text = """4.1 Ofsted praised the progress made in these areas:

- timely decisions
- clear thresholds
- calm leadership
- steady staffing

4.2 They identified that more improvement is needed in the following areas:

- chronologies
- supervision
"""
    assert briefs(text)[4:] == ["- chronologies", "- supervision"]


def test_bare_labels_under_a_heading_on_the_inspection() -> None:
    text = """3. OFSTED FOCUSED VISIT

3.1 The visit was short.

**Strengths**

- the hub that young people designed

**What needs to improve**

- advice on health
"""
    assert briefs(text) == ["+ the hub that young people designed", "- advice on health"]


def test_sub_items_belong_to_their_item() -> None:
    text = "Ofsted recommended that the council:\n\n- improve supervision\n o in fostering\n o in the front door\n- improve plans\n"
    assert briefs(text) == ["r improve supervision", "r improve plans"]


def test_letters_and_numbers_are_no_part_of_an_item() -> None:
    text = "Ofsted's recommendations for the safeguarding children board were:\n\na) strengthen the dataset;\nb) evaluate training.\n"
    assert briefs(text) == ["r strengthen the dataset", "r evaluate training"]
    assert {f.area for f in findings(text)} == {"lscb"}


def test_a_list_within_a_table_cell() -> None:
    cell = "<p>At the May visit Ofsted noted the improved use of data and found that:</p><ul><li>• risk tools are used well</li><li>• data are read weekly</li></ul><p>Reports go to the board.</p>"
    text = f"1.1 Progress is shown below.\n\nAim\tProgress\nUse of data\t{cell}\nStaffing\tThe strategy for recruitment is agreed and under way.\n"
    assert [b for b in briefs(text) if "risk" in b or "weekly" in b] == [
        "+ risk tools are used well",
        "+ data are read weekly",
    ]
    assert not any("board" in b for b in briefs(text))


@pytest.mark.parametrize(
    "lead_in",
    [
        "In response to the Ofsted recommendations the council has:",
        "The Panel is recommended to:",
        "Following the inspection we will improve the following areas:",
        "Our plan has these aims, which follow from concerns raised by Ofsted. It contributes the following elements of our vision:",
        "The LGA peer review identified these areas for improvement:",
        "Ofsted's focus was on children in need and looked at:",
        "The key priorities for the next quarter will be:",
        "Our self-assessment for the Ofsted conversation lists these strengths:",
    ],
)
def test_the_councils_own_lists(lead_in: str) -> None:
    assert [
        f for f in findings(f"{lead_in}\n\n- recruit more staff\n- open a new hub\n") if f.extractor == "findings.list"
    ] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inspectors praised the work of the virtual school.", ["+ the work of the virtual school"]),
        ("Ofsted were very positive about the new court team, which we will expand.", ["+ the new court team"]),
        (
            "Ofsted recommended that the council review its out of hours service.",
            ["r the council review its out of hours service"],
        ),
        ("Inspectors noted that caseloads remain too high in two teams.", ["- caseloads remain too high in two teams"]),
        (
            "Ofsted found in their second visit that plans were improving, although supervision is weak.",
            ["- supervision is weak"],
        ),
        (
            "The Ofsted visit found that thresholds are well embedded but recording is poor.",
            ["+ thresholds are well embedded", "- recording is poor"],
        ),
        ("Private fostering was highlighted as an area of concern by Ofsted.", ["- Private fostering"]),
        (
            "Areas for improvement identified by Ofsted were; chronologies; and step-down plans.",
            ["- chronologies", "- step-down plans"],
        ),
        ("Inspectors raised concerns about drift in permanence planning.", ["- drift in permanence planning"]),
        (
            "Ofsted noted that leaders know their strengths and weaknesses and that practice has improved.",
            ["+ leaders know their strengths and weaknesses and that practice has improved"],
        ),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ofsted will review the plan to see that it is effective.",
        "The letter from Ofsted noted some areas needing further improvement.",
        "The Panel welcomed the progress made since the Ofsted inspection.",
        "After the Ofsted visit there was a review by the DfE. Areas for development were highlighted, including the training offer.",
        "Ofsted noted that practice in Surrey had improved.",
        "Auditors found that recording had improved.",
    ],
)
def test_what_is_no_finding(text: str) -> None:
    assert briefs(text) == []


def test_a_long_item_is_cut_to_whole_sentences() -> None:
    item = "Supervision is not regular. " + "It is recorded in many ways and places. " * 30
    found = findings(f"Ofsted identified these areas for improvement:\n\n- {item}\n- plans\n")
    assert [len(f.evidence.text) <= 700 for f in found] == [True, True]
    assert found[0].evidence.text.endswith("places")


def test_evidence_is_exact() -> None:
    text = "Ofsted identified these **strengths**:\n\n- *calm* leadership\n- a <b>clear</b> plan;\n"
    source = paper_of(text).pages[0].text
    assert all(f.evidence.text in source for f in findings(text))


@pytest.mark.parametrize(
    "lead_in",
    [
        "Three areas for improvement had been identified:",
        "A number of areas for further improvement were also highlighted:",
    ],
)
def test_a_counted_label_lists_what_the_inspectors_before_it_found(lead_in: str) -> None:
    items = "- How soon children are seen after a referral\n- The advice that health partners give\n"
    said = "Inspectors said that morale was a strength. "
    assert len([f for f in findings(f"{said}{lead_in}\n\n{items}") if f.extractor == "findings.list"]) == 2
    peers = "Ofsted came in May. The peer review by the LGA came in June. "
    assert not [f for f in findings(f"{peers}{lead_in}\n\n{items}") if f.extractor == "findings.list"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("In May 2018 Ofsted found the city's children's services to be inadequate.", 0),
        ("Ofsted found that leadership requires improvement to be good.", 0),
        ("Ofsted found that the quality of pathway plans was inadequate.", 1),
        ("Inspectors found that the pace of change had been too slow.", 0),
        ("Inspectors found that progress in recording visits had been too slow.", 1),
    ],
)
def test_a_grade_and_the_pace_alone_are_no_findings(text: str, count: int) -> None:
    assert len(findings(text)) == count
