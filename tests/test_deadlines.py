"""Deadlines in prose. Westhaven's report is put to the meeting of 20 June 2023."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.records import Deadline
from tests.paper_text import MASTHEAD, paper_of, records_of


def said_in(text: str, day: str = "20 June 2023") -> list[Deadline]:
    return list(records_of(f"3.1 {text}", day).deadlines)


def brief(deadline: Deadline) -> str:
    """A deadline on one line: what is promised, for when, and the status and grade where they are not the plain ones."""
    status = "" if deadline.status == "planned" else f" {deadline.status}"
    grade = f" {deadline.grade}" if deadline.grade else ""
    return f"{deadline.subject}: {deadline.due}{status}{grade}"


def briefs(text: str, day: str = "20 June 2023") -> list[str]:
    return [brief(d) for d in said_in(text, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The refreshed neglect strategy will be finalised by September 2023.",
            "The refreshed neglect strategy: September 2023",
        ),
        ("New workers will all be in post from 1 September 2023.", "New workers: 1 September 2023"),
        ("The hub will open its doors on 3 July 2023.", "The hub will open its doors: 3 July 2023"),
        ("The family hubs are due to open in autumn 2023.", "The family hubs: autumn 2023"),
        (
            "Recruitment to both posts is expected to be concluded by the end of July 2023.",
            "Recruitment to both posts: end of July 2023",
        ),
        ("The portal is on track to go live on 3 July 2023.", "The portal: 3 July 2023"),
        ("Roll-out of the model is scheduled for October 2023.", "Roll-out of the model: October 2023"),
        (
            "Contracts awarded this spring are set to begin 2 October 2023.",
            "Contracts awarded this spring: 2 October 2023",
        ),
        ("The directory is to be reissued in Q3 2023/24.", "The directory: Q3 2023/24"),
        (
            "An independent review, to be completed in November 2023, will look at thresholds.",
            "An independent review: November 2023",
        ),
        ("All managers to be trained before the end of October 2023.", "All managers: end of October 2023"),
        (
            "The council intends to publish its sufficiency plan no later than 30 September 2023.",
            "publish its sufficiency plan: 30 September 2023",
        ),
        (
            "Our ambition is to have a panel in each locality by March 2024.",
            "have a panel in each locality: March 2024",
        ),
        ("Every action must be closed by 31 August 2023.", "Every action: 31 August 2023"),
        ("The notice requires the council to submit a plan by 31 July 2023.", "submit a plan: 31 July 2023"),
        ("The council has until 30 November 2023 to respond.", "The council: 30 November 2023"),
        ("The new tariff comes into force on 1 October 2023.", "The new tariff: 1 October 2023"),
        ("Of these, 14 tasks were carried forward for completion in March 2024.", "carried forward: March 2024"),
        ("The policy and the toolkit will be published by July 2023.", "The policy and the toolkit: July 2023"),
    ],
)
def test_wordings_of_promising(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "By December 2023 we will have appointed 12 advanced practitioners.",
            ["have appointed 12 advanced practitioners: December 2023"],
        ),
        ("From 1 September 2023, all referrals will be handled by one team.", ["all referrals: 1 September 2023"]),
        (
            "Between July and September 2023 the service will move into one building.",
            ["move into one building: July 2023 to September 2023"],
        ),
        ("In 2021/22 we said that every child would be seen.", []),
    ],
)
def test_a_date_that_opens_the_sentence(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deadline for responses is 14 July 2023.", "responses: 14 July 2023"),
        ("The rebuild has a revised completion date of March 2024.", "The rebuild: March 2024"),
        (
            "Our next inspection window is October 2023 to March 2024.",
            "Our next inspection window: October 2023 to March 2024",
        ),
        ("The launch has slipped from May to September 2023.", "The launch: September 2023"),
        ("Opening of the annexe was put back until January 2024.", "Opening of the annexe: January 2024"),
        ("The annexe will not open until November 2023.", "The annexe: November 2023"),
    ],
)
def test_dates_by_name_and_dates_that_moved(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We aim to be rated good by spring 2025.", "be rated good: spring 2025 good"),
        (
            "The partnership aims to reach a standard of 'outstanding' in 2025.",
            "reach a standard of 'outstanding': 2025 outstanding",
        ),
        (
            "The plan is to secure at least a “good” judgement within three years, by June 2026.",
            "secure at least a “good” judgement within three years: June 2026 good",
        ),
        ("The board asked whether the pace was enough for ‘good’ by June 2025.", "enough for ‘good’: June 2025 good"),
        ("We expect to make good progress by June 2024.", "make good progress: June 2024"),
    ],
)
def test_a_grade_that_is_promised(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The new front door went live on 2 May 2023.", ["The new front door: 2 May 2023 done"]),
        ("The audit framework was formally launched in April 2023.", ["The audit framework: April 2023 done"]),
        (
            "The findings of the housing review were presented to Cabinet in May 2023.",
            ["The findings of the housing review: May 2023 done"],
        ),
        ("The audit framework was launched in April 2021.", []),
        ("Since the trust launched in April 2023 morale has improved.", []),
        ("32 audits were completed in May 2023.", []),
    ],
)
def test_what_was_done_of_late(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tracker was not completed by the end of May 2023.", "The tracker: end of May 2023 missed"),
        ("The service failed to publish the directory by April 2023.", "publish the directory: April 2023 missed"),
        ("The deadline of 31 May 2023 for the directory was missed.", "the directory: 31 May 2023 missed"),
        ("The move should have been completed by March 2023.", "The move: March 2023 missed"),
        ("The move was originally planned for April 2023.", "The move: April 2023 missed"),
        ("The move will not be completed by July 2023.", "The move: July 2023 missed"),
    ],
)
def test_what_was_missed(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Ofsted's next monitoring visit is due to take place on 4 and 5 July 2023.",
        "The next meeting of the panel will be held on 12 September 2023.",
        "This report is to be presented on 20 June 2023.",
        "The contract will expire in March 2024.",
        "Directions will remain in force until 30 September 2023.",
        "Costs are expected to rise to £4.2m in 2023/24.",
        "Agency use is forecast to fall to 15% by March 2024.",
        "By 2035, one in five residents will be aged over 65.",
        "We expect the number looked after to stay below 320 in March 2024.",
        "The plan agreed in March 2023 will improve outcomes.",
        "Leaders will consider what was reported in March 2023.",
        "Planned spending for 2023/24 is £12m.",
        "Delays were due to the closure of the office in April 2023.",
        "The strategy covers the period from April 2022 to March 2025.",
        "The pilot could be extended in 2024.",
        "Contracts will end as planned on 30 September 2023.",
        "The Children Act 2004 will apply.",
        "Assessments were completed within 45 working days in 84% of cases in May 2023.",
        "If work starts in September 2023 the road must be closed.",
        "This reflects the requirement to change (by 2040 the city is to have doubled).",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert briefs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We expect Ofsted to inspect us between September 2023 and January 2024.",
            "Ofsted to inspect us: September 2023 to January 2024",
        ),
        ("A full inspection is expected in autumn 2023.", "A full inspection: autumn 2023"),
        ("Ofsted must inspect again by June 2025.", "inspect again: June 2025"),
    ],
)
def test_a_window_for_an_inspection_is_a_deadline(text: str, expected: str) -> None:
    assert briefs(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Posts will be filled by the end of August and the new rota introduced by October 2023.",
            ["Posts: end of August 2023", "the new rota introduced: October 2023"],
        ),
        (
            "The move will start in July 2023, with completion in spring 2024.",
            ["The move: July 2023", "The move: spring 2024"],
        ),
        (
            "Reviews of the fees and the charges are due to be finished in July and September respectively.",
            ["Reviews of the fees: July 2023", "the charges: September 2023"],
        ),
    ],
)
def test_two_dates_in_one_sentence(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("The hub will open in July.", "20 June 2023", "July 2023"),
        ("The hub will open in June.", "20 June 2023", "June 2023"),
        ("The hub will open in May.", "20 June 2023", "May 2023"),  # carried over from a draft
        ("The hub will open in March.", "20 June 2023", "March 2024"),
        ("The hub will open by April.", "20 June 2023", "April 2024"),
        ("The team goes live on 1st April.", "26 March 2024", "1 April 2024"),
        ("The window is expected to be January to March.", "20 November 2023", None),
        ("The hub will open in November 2022.", "20 January 2023", "November 2022"),
        ("The hub will open by the end of the financial year.", "20 January 2023", "end of March 2023"),
        ("The hub will open before the end of the year.", "20 June 2023", "end of December 2023"),
        ("The hub will open by the end of next year.", "20 June 2023", "end of December 2024"),
    ],
)
def test_a_date_without_a_year_lies_ahead_unless_it_has_just_passed(text: str, day: str, expected: str | None) -> None:
    assert [str(d.due) for d in said_in(text, day)] == ([expected] if expected else [])


def test_a_year_supplied_and_a_day_that_does_not_exist_are_said() -> None:
    assert [d.doubts for d in said_in("The hub will open in July.")] == [("inferred:year",)]
    assert [(d.doubts, str(d.due)) for d in said_in("The hub will open by 31 February 2024.")] == [
        (("impossible",), "February 2024")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "RESOLVED: That an update on missing children be brought to the meeting on 12 September 2023.",
            ["an update on missing children: 12 September 2023"],
        ),
        (
            "The Panel requested that the audit findings be circulated before 31 July 2023.",
            ["the audit findings: 31 July 2023"],
        ),
        (
            "AGREED: that the draft scheme be endorsed and that consultation be started in September 2023.",
            ["consultation: September 2023"],
        ),
        (
            "RESOLVED: That the Director report back to the Panel in November 2023.",
            ["report back to the Panel: November 2023"],
        ),
        ("An update will be brought to the September meeting.", ["An update: September 2023"]),
        ("RESOLVED: That the minutes of the meeting held on 18 April 2023 be approved.", []),
        ("RESOLVED: That the report published in May 2023 be noted.", []),
        ("RESOLVED: That the service review in July 2023 be noted.", []),
        ("RESOLVED: That the next meeting be held on 12 September 2023.", []),
        ("It is right that a child can be seen in July 2023.", []),
    ],
)
def test_resolutions_of_a_meeting(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


def test_a_list_of_resolutions() -> None:
    found = records_of(
        "RESOLVED:\n\n(i) That the report be noted;\n(ii) That a note on exclusions be sent to members in July 2023; and\n"
        "(iii) That the Chair write to the minister by 31 July 2023.\n"
    ).deadlines
    assert [brief(d) for d in found] == ["a note on exclusions: July 2023", "write to the minister: 31 July 2023"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The last two annexes are to open by March 2024.", ["The last two annexes: March 2024"]),
        ("The aim is to open four hubs by March 2024.", ["open four hubs: March 2024"]),
        ("The ICB has agreed to pay for a second nurse from October 2023.", ["pay for a second nurse: October 2023"]),
        ("Health partners committed to fund two posts from April 2024.", ["fund two posts: April 2024"]),
        (
            "It remains our ambition to have no child in a hotel by December 2023.",
            ["have no child in a hotel: December 2023"],
        ),
        (
            "A group was set up with the aim of opening a second home by June 2024.",
            ["opening a second home: June 2024"],
        ),
        ("We expect a visit before August 2023.", ["a visit: August 2023"]),
        ("The purpose of the scheme is to reduce absence by July 2024.", []),
        ("If the service is to improve by 2024 it needs staff.", []),
        ("The panel agreed to close the home in March 2023.", []),
        ("The council agreed to consult parents on the move from May 2022.", []),
    ],
)
def test_agreements_and_intentions(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of plans is projected to reach 3,900 by January 2024.", []),
        ("The grants shortfall is expected to reach £18.4m by June 2024.", []),
        ("The shortfall will reach £9m by March 2024.", []),
        ("The scheme is expected to save up to £400,000 a year by 2025/26.", []),
        ("The programme is anticipated to deliver savings of £2m by March 2025.", []),
        ("The budget will be overspent by the end of the financial year.", []),
        ("The framework contract has been extended to September 2025.", []),
        ("The lease was extended until June 2026.", []),
        ("The team is on track to reach 90% by December 2023.", ["reach 90%: December 2023"]),
        ("The service will deliver savings of £1.1m by March 2024.", ["deliver savings of £1.1m: March 2024"]),
        ("The deadline for bids has been extended to 31 July 2023.", ["bids: 31 July 2023"]),
    ],
)
def test_a_forecast_of_an_amount_and_a_contract_extended_are_no_promises(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Recruitment of 12 carers was due to be completed in April 2023; this was not achieved.",
            ["Recruitment of 12 carers: April 2023 missed"],
        ),
        ("The rota was to be in place by March 2023 but has slipped.", ["The rota: March 2023 missed"]),
        ("The portal was due to go live in May 2023. This has been delayed.", ["The portal: May 2023 missed"]),
        ("Training was planned for April 2023 and remains outstanding.", ["Training: April 2023 missed"]),
        ("The playground, promised for March 2023, has not been built.", ["The playground: March 2023 missed"]),
        (
            "The hub was due to open in April 2023 but has slipped to August 2023.",
            ["The hub: April 2023 missed", "The hub: August 2023"],
        ),
        ("The centre was due to open in May 2023 and has now opened.", ["The centre: May 2023 done"]),
        (
            "The policy was due to be refreshed by April 2023. This has now been completed.",
            ["The policy: April 2023 done"],
        ),
        ("The hub will open in September 2023. This has been delayed by the appeal.", ["The hub: September 2023"]),
        ("The hub is due to open by July 2023. This has now been agreed with partners.", ["The hub: July 2023"]),
        ("The hub was due to open in May 2023 and has started to recruit.", ["The hub: May 2023"]),
        ("Audits were due to be finished in May 2023 and the team has now opened.", ["Audits: May 2023"]),
        ("The home was due to open in May 2023. This would have cost £3m.", ["The home: May 2023"]),
    ],
)
def test_what_became_of_a_promise(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


def test_what_became_of_a_promise_is_in_its_quote() -> None:
    [deadline] = said_in("The portal was due to go live in May 2023. This has been delayed.")
    assert deadline.evidence.quote == "The portal was due to go live in May 2023. This has been delayed."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Next steps\n\n- Refresh the offer in November 2023\n- All teams to have a coach by December 2023\n",
            ["Refresh the offer: November 2023", "All teams to have a coach: December 2023"],
        ),
        (
            "3.1 The partnership will:\n\n- hold a fostering fair in July 2023;\n- double the mentors by March 2024 (8 in May 2023);\n",
            ["hold a fostering fair: July 2023", "double the mentors: March 2024"],
        ),
        (
            "Priorities for 2023/24\n\n3.1 Reduce agency use to 10% by March 2024.\n\n3.2 To publish a new offer in October 2023.\n",
            ["Reduce agency use to 10%: March 2024", "publish a new offer: October 2023"],
        ),
        ("Next steps\n\n- Increase in referrals in July 2023\n- Children said in July 2023 that they liked it\n", []),
        (
            "3.1 We agreed:\n\n- Ensure all managers trained by March 2024\n",
            ["Ensure all managers trained: March 2024"],
        ),
        ("3.1 Actions taken since the inspection:\n\n- Open a second hub in July 2023\n", []),
        (
            "3.1 We heard that:\n\n- open evenings in September 2023 are popular\n- all teams to have a coach in May\n",
            [],
        ),
    ],
)
def test_a_list_under_what_is_to_be_done(text: str, expected: list[str]) -> None:
    assert [brief(d) for d in records_of(text).deadlines] == expected


def test_a_promise_in_a_list_of_actions() -> None:
    found = records_of(
        "3.1 The next steps are:\n\n- Publish the local offer by October 2023\n- Keep listening to children\n"
    ).deadlines
    assert [brief(d) for d in found] == ["Publish the local offer: October 2023"]


def test_the_span_is_the_clause_and_the_quote_what_it_points_back_to() -> None:
    [deadline] = said_in(
        "We have looked again at fostering. These changes come in two steps. The first step of these changes will be in place by May 2024."
    )
    assert deadline.evidence.text == "The first step of these changes will be in place by May 2024"
    assert deadline.evidence.quote.startswith("We have looked again at fostering.")


def test_a_promise_in_a_table_is_quoted_with_the_head_of_its_row() -> None:
    found = records_of(
        "Our aim\tProgress\nA stable workforce\tTwo posts were advertised. Both posts will be filled by August 2023.\n"
    ).deadlines
    assert [d.evidence.quote for d in found] == ["A stable workforce | Both posts will be filled by August 2023."]


@given(
    st.lists(
        st.sampled_from(
            [
                "the hub",
                " will be",
                " completed",
                " by",
                " in",
                " until",
                " May 2024",
                " 31 July",
                " , ",
                " . ",
                " – ",
                " ( ",
                " ) ",
                " which",
                " was",
                " 'good'",
                " aims to",
                " not",
                " - - - -",
                " £4m",
                " respectively",
                " RESOLVED: That",
                " be brought",
                " it has slipped",
                " is to open",
            ]
        ),
        max_size=30,
    )
)
def test_any_words_are_read_and_every_span_quotes_its_source(words: list[str]) -> None:
    text = " ".join(words)
    paper = paper_of(MASTHEAD.format(day="20 June 2023") + f"3.1 {text}")
    for d in said_in(text):
        assert paper.page_text(None)[d.evidence.start : d.evidence.end] == d.evidence.text
        assert d.subject
        assert d.evidence.end - d.evidence.start < 700


def test_a_sentence_without_end_is_read_in_pieces() -> None:
    assert len(said_in("will be completed by May 2024 and - " * 200)) > 150
