"""Mentions into events over several papers: what is one event, what are two, what is none; and what a record belongs to."""

from __future__ import annotations

from itertools import permutations

import pytest

from linking.inspections import link_inspections
from schema.records import Extraction, Inspection
from tests.paper_text import records_of

Papers = list[tuple[str, str]]


def extractions(papers: Papers) -> list[Extraction]:
    return [records_of(text, day) for day, text in papers]


def brief(i: Inspection) -> str:
    number = f" {i.number}" if i.number else ""
    date = f" {i.date.start}..{i.date.end}" if i.date else ""
    published = f" published {i.published.start}..{i.published.end}" if i.published else ""
    whose = "" if i.council == "Westhaven" else f" of {i.council}"
    return f"{i.type}{number}{date}{published}{whose}"


def events(*papers: tuple[str, str]) -> list[str]:
    return [brief(i) for i in link_inspections(extractions(list(papers)))[0]]


MARCH = "14 March 2023"
JUNE = "20 June 2023"
DECEMBER = "12 December 2023"


@pytest.mark.parametrize(
    ("said", "again"),
    [
        (
            "A monitoring visit by Ofsted took place on 1 and 2 March 2023.",
            "There was a monitoring visit from Ofsted in March 2023.",
        ),
        (
            "Ofsted made a monitoring visit in the week of 27 February 2023.",
            "The monitoring visit of 1 and 2 March 2023 was Ofsted's.",
        ),
        (
            "The next Ofsted monitoring visit is planned for 1 and 2 March 2023.",
            "In March 2023 Ofsted carried out a monitoring visit.",
        ),
    ],
)
def test_dates_that_agree_are_one_visit(said: str, again: str) -> None:
    assert events((MARCH, said), (JUNE, again)) == ["monitoring_visit 2023-03-01..2023-03-02"]


def test_an_inspection_and_its_report_are_one_event() -> None:
    papers = [
        (MARCH, "We were inspected by Ofsted in May 2022."),
        (JUNE, "This plan answers the report published by Ofsted in July 2022."),
    ]
    assert events(*papers) == ["inspection 2022-05-01..2022-05-31 published 2022-07-01..2022-07-31"]


def test_the_inspection_named_by_the_month_of_its_report_is_the_same() -> None:
    papers = [
        (MARCH, "We were inspected by Ofsted in May 2022. The report was published in July 2022."),
        (JUNE, "The plan answers the Ofsted inspection in July 2022."),
    ]
    assert events(*papers) == ["inspection 2022-05-01..2022-05-31 published 2022-07-01..2022-07-31"]


def test_a_numbered_visit_without_a_date_is_the_visit_of_that_number() -> None:
    papers = [
        (MARCH, "Ofsted's second monitoring visit was on 1 March 2023."),
        (JUNE, "At their second monitoring visit Ofsted read files."),
    ]
    assert events(*papers)[-1:] == ["monitoring_visit 2 2023-03-01..2023-03-01"]


def test_a_visit_put_off_is_one_visit_on_the_days_it_was_held() -> None:
    papers = [
        (MARCH, "Ofsted's first monitoring visit is due to take place on 4 April 2023."),
        (JUNE, "The first monitoring visit by Ofsted took place on 9 May 2023."),
    ]
    assert events(*papers) == ["monitoring_visit 1 2023-05-09..2023-05-09"]


def test_two_visits_and_an_inspection_stay_three() -> None:
    text = (
        "Ofsted inspected us in May 2022. Ofsted's first monitoring visit was on 5 October 2022. "
        "The second monitoring visit was on 7 February 2023."
    )
    assert events((MARCH, text)) == [
        "inspection 2022-05-01..2022-05-31",
        "monitoring_visit 1 2022-10-05..2022-10-05",
        "monitoring_visit 2 2023-02-07..2023-02-07",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We expect the re-inspection by Ofsted between September and December 2023.",
        "Ofsted is likely to inspect us again in the autumn of 2023.",
        "The next monitoring visit by Ofsted is awaited.",
    ],
)
def test_what_is_only_expected_is_no_event(text: str) -> None:
    assert events((MARCH, text)) == []


def test_an_expected_inspection_is_a_place_of_the_one_that_came() -> None:
    papers = [
        (MARCH, "We expect the re-inspection by Ofsted between September and December 2023."),
        (DECEMBER, "Ofsted re-inspected us in October 2023."),
    ]
    found, _ = link_inspections(extractions(papers))
    assert [(brief(i), len(i.evidence)) for i in found] == [("inspection 2023-10-01..2023-10-31", 2)]


def test_a_visit_between_two_numbered_ones_gets_the_number_between() -> None:
    text = "Ofsted's first monitoring visit was on 5 October 2022 and their third monitoring visit on 2 March 2023."
    assert (
        events((MARCH, text), (JUNE, "There was an Ofsted monitoring visit on 10 December 2022."))[1]
        == "monitoring_visit 2 2022-12-10..2022-12-10"
    )


def test_the_one_missing_visit_of_a_series_is_implied_without_a_date() -> None:
    assert events((MARCH, "Ofsted's second monitoring visit was on 1 March 2023.")) == [
        "monitoring_visit 1",
        "monitoring_visit 2 2023-03-01..2023-03-01",
    ]


def test_many_missing_visits_are_not_made_up() -> None:
    assert events((MARCH, "Ofsted's sixth monitoring visit was on 1 March 2023.")) == [
        "monitoring_visit 6 2023-03-01..2023-03-01"
    ]


def test_a_visit_loosely_called_an_inspection_is_no_second_event() -> None:
    papers = [(MARCH, "Ofsted made a monitoring visit on 1 March 2023. The March inspection by Ofsted was positive.")]
    assert events(*papers) == ["monitoring_visit 2023-03-01..2023-03-01"]


def test_another_councils_event_without_a_date_has_none() -> None:
    text = "Ofsted inspected us in May 2022. Colleagues in Bromley had recently been re-inspected."
    assert events((MARCH, text)) == ["inspection of Bromley", "inspection 2022-05-01..2022-05-31"]


def test_a_joint_area_inspection_is_not_the_councils_own() -> None:
    text = "An ILACS inspection by Ofsted took place in May 2022. A JTAI by Ofsted and CQC took place in May 2022."
    assert len(events((MARCH, text))) == 2


def test_the_order_of_loading_does_not_matter() -> None:
    papers = [
        (MARCH, "Ofsted inspected us in May 2022. Ofsted's second monitoring visit is due on 4 April 2023."),
        (
            JUNE,
            "There was a monitoring visit from Ofsted in April 2023. In July 2022 Ofsted published its report. The visit went well.",
        ),
        (
            DECEMBER,
            "The third monitoring visit by Ofsted took place on 7 September 2023. The first was held in November 2022.",
        ),
    ]
    read = extractions(papers)
    first = link_inspections(read)
    assert all(link_inspections(list(order)) == first for order in permutations(read))
    assert len({i.id for i in first[0]}) == len(first[0]) == 4


def test_the_id_of_an_event_does_not_change_with_a_further_paper_that_names_it() -> None:
    papers = [
        (MARCH, "A focused visit by Ofsted took place on 1 March 2023."),
        (JUNE, "Ofsted's focused visit in March 2023 was short."),
    ]
    assert link_inspections(extractions(papers[:1]))[0][0].id == link_inspections(extractions(papers))[0][0].id


def test_judgements_and_findings_know_their_event() -> None:
    text = """1.1 Ofsted inspected us in May 2022 and judged services to be inadequate.

1.2 At the monitoring visit of 1 March 2023 inspectors praised the new court team.

1.3 The visit also found that caseloads are too high.
"""
    read = extractions([(MARCH, text)])
    found, events_of = link_inspections(read)
    named = {i.id: i.type for i in found}
    assert [named[events_of[j.id]] for j in read[0].judgements] == ["inspection"]
    assert [named[events_of[f.id]] for f in read[0].findings] == ["monitoring_visit", "monitoring_visit"]


def test_an_earlier_grade_belongs_to_the_inspection_before() -> None:
    text = "Ofsted inspected us in May 2018 and in May 2022. At the previous inspection services were rated inadequate and now they are rated good by Ofsted."
    read = extractions([(MARCH, text + " Ofsted inspected us in May 2022.")])
    found, events_of = link_inspections(read)
    starts = {i.id: str(i.date.start) for i in found if i.date}
    assert [(j.grade, starts.get(events_of.get(j.id, ""))) for j in read[0].judgements] == [
        ("inadequate", "2018-05-01"),
        ("good", "2022-05-01"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("A further Ofsted focused visit is expected in May 2023.", ["focused_visit 2023-05-01..2023-05-31"]),
        ("A further Ofsted focused visit is likely in May 2023.", []),
        ("A further Ofsted focused visit is expected in the autumn.", []),
        ("An Ofsted inspection of our services is expected in May 2023.", []),
    ],
)
def test_a_visit_expected_in_a_month_is_announced(said: str, expected: list[str]) -> None:
    assert events((MARCH, said)) == expected


def test_a_visit_held_later_than_expected_is_one_visit() -> None:
    papers = [
        (MARCH, "A further Ofsted focused visit is expected in May 2023."),
        (DECEMBER, "Ofsted carried out a focused visit on 11 and 12 July 2023."),
    ]
    assert events(*papers) == ["focused_visit 2023-07-11..2023-07-12"]


def test_a_grade_told_with_the_month_of_its_report_is_no_second_inspection() -> None:
    papers = [
        (MARCH, "Ofsted inspected our services for children between 9 and 20 May 2022."),
        (JUNE, "In July 2022 Ofsted judged our children's services to be good."),
    ]
    assert events(*papers) == ["inspection 2022-05-09..2022-05-20"]


def test_a_bare_year_dates_an_inspection_that_nothing_else_dates() -> None:
    said = "We have come far since the 2015 inspection by Ofsted of children's services."
    assert events((MARCH, said)) == ["inspection 2015-01-01..2015-12-31"]
    known = "Ofsted inspected our services for children between 9 and 20 March 2015."
    assert events((MARCH, said), (JUNE, known)) == ["inspection 2015-03-09..2015-03-20"]
