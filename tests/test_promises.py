"""One promise across papers of Westhaven. Each paper is given as its meeting's day and its text."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.promises import link_promises
from schema.records import Deadline
from tests.paper_text import records_of

Said = list[tuple[str, str]]


def said_in(papers: Said) -> list[tuple[Deadline, date | None]]:
    records = [records_of(f"3.1 {text}", day) for day, text in papers]
    return [(d, r.paper.meeting_date) for r in records for d in r.deadlines]


def linked(papers: Said) -> dict[str, list[str]]:
    """The dates promised under each key, in the order of the papers."""
    said = said_in(papers)
    keys = link_promises(said)
    groups = defaultdict(list)
    for deadline, _ in said:
        groups[keys[deadline.id]].append(str(deadline.due))
    return dict(groups)


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        (
            [
                ("8 March 2023", "The new neglect toolkit will be rolled out by April 2023."),
                ("20 June 2023", "The agreed neglect toolkit went live on 5 June 2023."),
            ],
            {"new-neglect-toolkit": ["April 2023", "5 June 2023"]},
        ),
        (
            [
                ("8 March 2023", "We aim to be rated good by April 2024."),
                ("20 June 2023", "The council's plan is to reach a standard of 'good' in summer 2024."),
            ],
            {"rated-good": ["April 2024", "summer 2024"]},
        ),
        (
            [
                ("8 March 2023", "Phase one of the fostering redesign will be completed in May 2023."),
                ("20 June 2023", "The first phase of the fostering redesign is due to start in July 2023."),
            ],
            {"phase-fostering-redesign": ["May 2023", "July 2023"]},
        ),
        (
            [
                (
                    "8 March 2023",
                    "Families told us that early help comes late. Phase one of these changes will be completed in May 2023.",
                ),
                (
                    "20 June 2023",
                    "We have begun to change early help. These reforms come in steps. Phase 1 of these reforms will be in place by July 2023.",
                ),
            ],
            {"phase-changes": ["May 2023", "July 2023"]},
        ),
        (
            [
                (
                    "8 March 2023",
                    "A review of our offer to care leavers is now under way, to be completed in April 2023.",
                ),
                (
                    "20 June 2023",
                    "A review of our offer to care leavers was begun in spring. The results of this review were presented to the panel in May 2023.",
                ),
            ],
            {"review-offer-care-leavers": ["April 2023", "May 2023"]},
        ),
        (
            [
                ("8 March 2023", "The new case management system will go live by April 2023."),
                (
                    "20 June 2023",
                    "Testing of the case management system found faults. The system is now planned to go live in September 2023.",
                ),
            ],
            {"new-case-management-system": ["April 2023", "September 2023"]},
        ),
        (
            [
                (
                    "8 March 2023",
                    "The next full inspection is therefore likely soon. We anticipate the full inspection between June and December 2023.",
                ),
                ("20 June 2023", "Our inspection window is July to November 2023."),
            ],
            {"inspection": ["June 2023 to December 2023", "July 2023 to November 2023"]},
        ),
    ],
)
def test_one_promise_however_it_is_worded(papers: Said, expected: dict[str, list[str]]) -> None:
    assert linked(papers) == expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "Phase one of the fostering redesign will be completed in May 2023.",
            "Phase two of the fostering redesign will be completed in July 2023.",
        ),
        (
            "The second family hub in Northgate will open in May 2023.",
            "The third family hub in Northgate will open in July 2023.",
        ),
        ("We aim to cut agency cover to 25% by May 2023.", "We aim to cut agency cover to 20% by July 2023."),
        ("The new team will be in place by May 2023.", "The new team will be in place by July 2023."),
        (
            "The placements strategy will be published in May 2023.",
            "The participation strategy will be published in July 2023.",
        ),
        (
            "Training for managers will be completed by May 2023.",
            "Training for foster carers will be completed by July 2023.",
        ),
        (
            "The mobilisation of the catering contract will start in April 2023.",
            "The catering contract will be in place by July 2023.",
        ),
        ("We aim to be rated good by May 2023.", "We aim to be rated outstanding by July 2023."),
        ("This work will be concluded by May 2023.", "This work will be concluded by July 2023."),
    ],
)
def test_two_promises_that_sound_alike(earlier: str, later: str) -> None:
    assert [len(dates) for dates in linked([("8 March 2023", earlier), ("20 June 2023", later)]).values()] == [1, 1]


def test_the_same_report_put_to_two_meetings() -> None:
    text = "The review of short breaks will be completed in May 2023. The new structure will be in place by July 2023."
    assert sorted(linked([("8 March 2023", text), ("9 March 2023", text)]).values()) == [
        ["July 2023"] * 2,
        ["May 2023"] * 2,
    ]


def test_rows_of_one_table_are_promises_of_their_own() -> None:
    table = "the plan stands as follows.\n\nAction\tDue date\nReport to Cabinet on the fees\t31 July 2023\nReport to Council on the fees\t31 August 2023\n"
    assert sorted(linked([("20 June 2023", table)]).values()) == [["31 August 2023"], ["31 July 2023"]]


def test_a_milestone_is_followed_from_table_to_table() -> None:
    table = "the plan stands as follows.\n\nAction\tDue date\tDone?\nOffer apprenticeships in each service\t{}\t{}\n"
    papers = [
        ("8 March 2023", table.format("30 April 2023", "No")),
        ("20 June 2023", table.format("31 July 2023", "No")),
    ]
    assert linked(papers) == {"offer-apprenticeships-service": ["30 April 2023", "31 July 2023"]}


_PAPERS: Said = [
    (
        "8 March 2023",
        "Phase one of the fostering redesign will be completed in May 2023. The portal will go live by April 2023.",
    ),
    (
        "20 June 2023",
        "Phase 1 of the fostering redesign will be completed by July 2023. The second phase of the fostering redesign will follow in October 2023.",
    ),
    (
        "12 September 2023",
        "The portal for carers went live on 1 August 2023. The fostering redesign will be completed in December 2023.",
    ),
]


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_deadlines_makes_no_difference(order: list[int]) -> None:
    said = said_in(_PAPERS)
    assert len(said) == len(order)
    assert link_promises([said[i] for i in order]) == link_promises(said)
