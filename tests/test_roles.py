"""What part a figure plays, told by the words beside it."""

from __future__ import annotations

import time

import pytest

from extractors.roles import Window, claim_of, role_of
from tests.paper_text import figures_of


def roles(text: str) -> list[str]:
    return [f.role for f in figures_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Transport is projected to overspend by £1.1m (Quarter 1: £0.8m).", ["plan", "plan"]),
        ("Fostering is expected to underspend by £0.3m and residential care by £0.1m.", ["plan", "plan"]),
        ("The service is forecast to be underspent by £0.4m, or 2.1%.", ["plan", "plan"]),
        ("Of the savings, £1.1m has been delivered, £0.4m is on target and £0.2m is judged at risk.", ["actual", "plan", "plan"]),
        ("Fees rose by 9%, compared with the 3% assumed in the budget.", ["change", "plan"]),
        ("Pay was budgeted at 4%, but the award came to 5.5%.", ["plan", "actual"]),
        ("A contract was awarded at a total cost of £2.4m.", ["plan"]),
        ("The scheme will cost £4.2m, of which the school's contribution is £0.5m.", ["plan", "plan"]),
        ("An investment of £1.2m for placements, £0.3m for fostering and £0.2m for training was agreed.", ["plan", "plan", "plan"]),
        ("Numbers are projected to reach 340 in 2025 and 365 in 2026.", ["plan", "plan"]),
        ("Numbers are expected to rise from 310 to 350 by 2026.", ["actual", "plan"]),
        ("The reserve is projected to have a balance of £1.1m.", ["plan"]),
        ("The saving of £300,000 was not achieved.", ["plan"]),
        ("Mitigations of £0.8m have been found, leaving £1.1m to be found.", ["actual", "plan"]),
        ("The indicative cost of the new home is £1.7m.", ["plan"]),
        ("The Q2 forecast was £3.3m overspent.", ["plan"]),
        ("The homes are to open in May at a cost of £2.9m.", ["plan"]),
    ],
)  # fmt: skip
def test_plans(text: str, expected: list[str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deficit was £8.1 million at 31 March 2023 and is expected to reach £11 million in a year.", ["actual", "plan"]),
        ("Cabinet approved a transfer of £2m from the reserve (balance £6.4m).", ["plan", "actual"]),
        ("Spend to date is £3.3m against a budget of £5m.", ["actual", "plan"]),
        ("We spent £3.1m on agency staff and the forecast for the year is £4.4m.", ["actual", "plan"]),
        ("The grant of £400,000 was spent on training.", ["actual"]),
        ("The outturn was £1.2m overspent.", ["actual"]),
        ("The demand reserve, currently £4.5m, will be used in full.", ["actual"]),
        ("The overspend of £1m is due to a rise of £0.4m in fees.", ["actual", "change"]),
        ("Transport is forecast to overspend by £4m (2021/22 outturn: £1.5m).", ["plan", "actual"]),
    ],
)  # fmt: skip
def test_what_was_spent_beside_what_is_planned(text: str, expected: list[str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our aim is for no team to have more than 8 vacancies.", ["target"]),
        ("All teams to have caseloads at or below 18 by March.", ["target"]),
        ("It is the service's intention to cut agency use to 10%.", ["target"]),
        ("The Council is committed to increasing the number of in-house placements to 220.", ["target"]),
        ("The ambition remains to bring the rate below 60 per 10,000.", ["target"]),
        ("The expectation is that 100% of cases are supervised monthly.", ["target"]),
        ("The service aims to have 75% of placements in the county by 2025.", ["target"]),
        ("The service is working towards 95%.", ["target"]),
        ("The practice standard is 90%.", ["target"]),
        ("At 81% it fell short of the 90% standard.", ["actual", "target"]),
        ("Performance is measured against a KPI of 95%.", ["target"]),
        ("Reviews should be on time in 98% of cases.", ["target"]),
        ("Caseloads should not exceed 18.", ["target"]),
        ("Ofsted requires 100% compliance.", ["target"]),
        ("We want to do better than the 85% that members expect.", ["target"]),
        ("Performance must reach 95% by the autumn.", ["target"]),
        ("Our target range is 85% to 90%.", ["target", "target"]),
        ("The trajectory agreed with the Department is 60% by July and 75% by December.", ["target", "target"]),
        ("To achieve 90% the team must do more.", ["target"]),
        ("Actions for the year:\n\n- Increase the proportion of care leavers in work to 65%\n- reduce re-referrals to below 18%", ["target", "target"]),
        ("Increase timeliness from 72% to 90% by March 2024.", ["actual", "target"]),
        ("The target for the year is a net increase of 15 carers.", ["target"]),
        ("Our targets are 90% for visits and 85% for reviews.", ["target", "target"]),
    ],
)  # fmt: skip
def test_targets_with_and_without_the_word(text: str, expected: list[str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Increase in contacts to 2,140 in the quarter.",
        "We have reduced the number of children in residential care to 38.",
        "The proportion of audits graded good increased to 62%.",
        "The standard rate is 20%.",
        "It should be noted that visits were on time for 98% of children.",
        "Performance was above target, but fell to 86% in June.",
    ],
)
def test_what_was_reached_is_no_target(text: str) -> None:
    assert roles(text) == ["actual"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("All teams to have caseloads at or below 18.", "at_most"),
        ("Our aim is for no team to have more than 8 vacancies.", "at_most"),
        ("It is our intention to reduce agency use to 10%.", "at_most"),
        ("We are committed to increasing timeliness to 90%.", "at_least"),
        ("Attendance should be at or above 94%.", "at_least"),
    ],
)
def test_which_way_an_aim_is_kept(text: str, direction: str) -> None:
    (figure,) = figures_of(text)
    assert (figure.role, figure.target_direction) == ("target", direction)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An adverse movement of £0.4m since Quarter 2.", ["change"]),
        ("Unit costs rose from £4,000 in April to £5,000 in October (25%).", ["actual", "actual", "change"]),
        ("The number rose from 80 to 100 (64%).", ["actual", "actual", "actual"]),
        ("The number fell by 30 (6.5%).", ["change", "change"]),
        ("There was a rise of 8% in the year and 21% since 2019.", ["change", "change"]),
        ("Rates rose by 3% for boys and 5% for girls.", ["change", "change"]),
        ("Performance was 76%, 9 points below target.", ["actual", "change"]),
        ("There were 12 cases fewer than last year.", ["change"]),
        ("Attendance was 94.1% (+0.6%).", ["actual", "change"]),
        ("14% more than 2021 were seen.", ["change"]),
        ("This council pays 2% more.", ["change"]),
        ("The increase in contacts was 14%.", ["change"]),
        ("It is 3 percentage points lower than in Quarter 1 (89%).", ["change", "actual"]),
    ],
)  # fmt: skip
def test_changes(text: str, expected: list[str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Girls make up 46% of the cohort.",
        "Of these, 18% live more than 20 miles from home.",
        "It stood at 88% above the average.",
        "The share waiting was 20% more than half of them boys.",
    ],
)
def test_what_is_no_change(text: str) -> None:
    assert roles(text)[0] == "actual"


LONG = [
    "the target for the ",
    "aim to reduce the aim to ",
    "increase of a the just only ",
    "no more than ",
    "to have to be at or ",
    "target of 5 and ",
    "   ",
    "(a) (b ",
    "£ and , with ",
]


@pytest.mark.parametrize("words", LONG)
def test_long_sentences_cost_no_more_than_short_ones(words: str) -> None:
    text = (words * 3000)[:60_000]
    start = time.process_time()
    for unit in ("percent", "gbp", "count"):
        role_of(Window(text, text, text), unit)
    claim_of(text[:6000])
    assert time.process_time() - start < 0.5
