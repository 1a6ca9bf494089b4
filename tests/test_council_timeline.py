"""One timeline of a council from its papers and the inspectors' own reports, and what became of what those asked for."""

from __future__ import annotations

from itertools import permutations

import pytest

from app.followed import later_papers
from app.period_words import days_in_words
from app.timeline import in_order, list_timeline
from db.filters import Filters
from db.store import Store
from extractors.pipeline import extract
from linking.followed import Passage, passage, passages, speaks_of, usual_in
from linking.inspections import link_inspections
from linking.link import link
from schema.period import Period
from schema.records import Extraction, Inspection
from tests.paper_text import MASTHEAD, paper_of

REPORT = """Inspection of Medway local authority children's services

Inspection dates: 9 to 20 May 2022

Lead inspector: Jane Smith, His Majesty's Inspector

Judgement\tGrade
The impact of leaders on social work practice with children and families\tInadequate
The experiences and progress of children who need help and protection\tInadequate
The experiences and progress of children in care and care leavers\tGood
Overall effectiveness\tInadequate

Leaders did not know. In March 2020, a focused visit found that thresholds were unclear.

What needs to improve?

- Written agreements with parents after domestic abuse, so that they are lawful and checked.
- How soon dentists see children who come into care.
"""

LETTER = """17 January 2023

Dear Mr Fell

Monitoring visit to Medway children's services

This letter summarises the findings of the monitoring visit to Medway children's services on 6 and 7 December 2022. This was the second monitoring visit since the inspection. His Majesty's Inspector for this visit was Priya Rao.

Findings

Managers check plans.
"""

PAPER = MASTHEAD.replace("Westhaven City Council", "Medway Council")

SPRING = (
    "14 March 2023",
    (
        "Ofsted inspected our services in May 2022 and rated them inadequate overall. The report was published in July 2022. The third monitoring visit"
        " is planned for 2 and 3 May 2023.\n\nAll written agreements with parents after domestic abuse have been reviewed, and none is now in use that is not lawful."
    ),
)
SUMMER = (
    "20 June 2023",
    (
        "At their second monitoring visit in December 2022 inspectors saw better plans. The third monitoring visit took place on 2 and 3 May 2023."
        " The budget for the year is £5m."
    ),
)


def told(name: str, text: str) -> Extraction:
    return extract(paper_of(text, name))


def papers() -> list[Extraction]:
    return [
        told("report.txt", REPORT),
        told("letter.txt", LETTER),
        told("spring.txt", PAPER.format(day=SPRING[0]) + SPRING[1]),
        told("summer.txt", PAPER.format(day=SUMMER[0]) + SUMMER[1]),
    ]


def brief(one: Inspection) -> str:
    number = f" {one.number}" if one.number else ""
    speak = " ".join(dict.fromkeys(e.paper.removesuffix(".txt") for e in one.evidence))
    return f"{one.type}{number} {one.date or '-'} [{one.report_type or '-'}] {speak}"


TIMELINE = [
    "focused_visit March 2020 [-] report",
    "inspection 9 May 2022 to 20 May 2022 [ilacs_standard] report spring",
    "monitoring_visit 1 - [-] letter summer",
    "monitoring_visit 2 6 December 2022 to 7 December 2022 [monitoring_letter] letter summer",
    "monitoring_visit 3 2 May 2023 to 3 May 2023 [-] spring summer",
]


def test_papers_and_reports_tell_of_one_event_each_in_any_order() -> None:
    timelines = {tuple(brief(one) for one in in_order(link_inspections(order)[0])) for order in permutations(papers())}
    assert timelines == {tuple(TIMELINE)}


def test_grades_of_the_report_and_of_the_paper_belong_to_the_event() -> None:
    found, of_record = link_inspections(papers())
    inspection = next(one.id for one in found if one.report_type == "ilacs_standard")
    assert {of_record[j.id] for paper in papers() for j in paper.judgements} == {inspection}
    assert {of_record[f.id] for f in papers()[0].findings} == {inspection}


@pytest.mark.parametrize(
    ("said", "events"),
    [
        ("We were inspected by Ofsted in June 2022.", 2),  # the month the report may have come out in
        ("Ofsted's inspection of 9 to 20 May 2022 was hard.", 2),
        ("The Ofsted inspection was in 2022.", 2),
        ("In May 2021 Ofsted inspected our services.", 3),
    ],
)
def test_what_a_paper_says_of_a_reports_inspection_is_no_second_one(said: str, events: int) -> None:
    paper = told("paper.txt", PAPER.format(day="14 March 2023") + said)
    assert len(link_inspections([told("report.txt", REPORT), paper])[0]) == events


def test_a_second_copy_of_a_report_is_the_same_event() -> None:
    copies = [told("a.txt", REPORT), told("b.txt", REPORT + "\nCopied for members.\n")]
    assert sum(one.report_type is not None for one in link_inspections(copies)[0]) == 1


@pytest.fixture
def store(tmp_path: object) -> Store:
    made = Store.open(f"{tmp_path}/timeline.db")
    for name, text in (
        ("report.txt", REPORT),
        ("spring.txt", PAPER.format(day=SPRING[0]) + SPRING[1]),
        ("summer.txt", PAPER.format(day=SUMMER[0]) + SUMMER[1]),
    ):
        paper = paper_of(text, name)
        made.save(extract(paper), paper.pages, text.encode())
    made.relink("Medway", link)
    return made


def test_the_timeline_shows_grades_and_papers(store: Store) -> None:
    with store:
        lines = [" ".join(line.split()) for line in list_timeline(store, Filters(council="Medway"), 160)]
    assert lines[2] == "ILACS inspection 9 to 20 May 2022 overall inadequate report.txt"
    assert lines[3] == "published July 2022 leadership inadequate spring.txt"


def test_later_papers_that_speak_of_an_item(store: Store) -> None:
    with store:
        asked = store.findings(Filters(paper="report.txt"))
        later = later_papers(store, asked)
    assert [later.get(finding.id, []) for finding in asked] == [["spring.txt"], []]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Strategy discussions now have health and police at the table every time.", True),
        ("Health and police attend strategy discussions.", True),
        ("The quality of plans is improving and managers check them.", False),
        ("The health strategy of the county was discussed at the police and crime panel.", False),
    ],
)
def test_a_passage_speaks_of_a_finding_by_its_telling_words(said: str, found: bool) -> None:
    finding = passage("Ensure that health and the police attend strategy discussions.")
    around: list[Passage] = list(
        passages(" ".join(f"Item {i} is about roads, bins and trees in ward {i}." for i in "abcdefghij"))
    )
    usual = usual_in([[*around, passage(said)]])
    assert speaks_of(finding, passage(said), usual) is found


def test_days_without_what_both_ends_share() -> None:
    from datetime import date

    assert days_in_words(Period.range(date(2022, 5, 9), date(2022, 5, 20))) == "9 to 20 May 2022"
    assert days_in_words(Period.range(date(2022, 5, 9), date(2022, 6, 3))) == "9 May to 3 June 2022"
    assert days_in_words(Period.range(date(2022, 12, 9), date(2023, 1, 3))) == "9 December 2022 to 3 January 2023"
    assert days_in_words(Period.month(2022, 5)) == "May 2022"
