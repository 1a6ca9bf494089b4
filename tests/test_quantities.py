"""Numbers in prose, with their units and qualifiers; and the numbers that are no figures, with the reason."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quantities import find_quantities
from schema.period_words import find_periods


def figures(text: str) -> list[str]:
    kept = [q for q in find_quantities(text, find_periods(text)) if q.aside is None]
    return [
        f"{text[q.start : q.end]} = {q.value:f}{f'..{q.high:f}' if q.high else ''} {q.unit} {q.qualifier}" for q in kept
    ]


def asides(text: str) -> list[str]:
    return [q.aside for q in find_quantities(text, find_periods(text)) if q.aside]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stood at 94.0% in May", "94.0% = 94.0 percent exact"),
        ("was 12.% of the workforce", "12.% = 12 percent exact"),
        ("just over 9.5 per cent", "9.5 per cent = 9.5 percent over"),
        ("forty-five per cent of plans", "forty-five per cent = 45 percent exact"),
        ("approximately 70% of homes", "70% = 70 percent about"),
        ("at least 90% of visits", "90% = 90 percent at_least"),
        ("95% or more of reviews", "95% = 95 percent at_least"),
        ("no more than 15% of posts", "15% = 15 percent up_to"),
        ("fewer than 5% of cases", "5% = 5 percent under"),
        ("80-85% of calls", "80-85% = 80..85 percent exact"),
        ("a gap of 3 percentage points", "3 percentage points = 3 percentage_points exact"),
        ("fell by 2.4pp", "2.4pp = 2.4 percentage_points exact"),
        ("a grant of £3.25m", "£3.25m = 3250000 gbp exact"),
        ("(c. £60K a year)", "£60K = 60000 gbp about"),
        ("over £12 million", "£12 million = 12000000 gbp over"),
        ("growth of 0.35m in the budget", "0.35m = 350000 gbp exact"),
        ("£410,000 a year", "£410,000 = 410000 gbp exact"),
        ("£2.1m-£2.4m", "£2.1m-£2.4m = 2100000..2400000 gbp exact"),
        ("61.5 per 10,000 children", "61.5 = 61.5 per_10k exact"),
        ("first-time entrants at 240 per 100,000", "240 = 240 per_100k exact"),
        ("9.4 days per FTE", "9.4 = 9.4 days exact"),
        ("took an average of 388 days", "388 = 388 days exact"),
        ("an average audit score of 2.7", "2.7 = 2.7 score exact"),
        ("an average caseload of 16.4", "16.4 = 16.4 ratio exact"),
        ("1,204 referrals were received", "1,204 = 1204 count exact"),
        ("seven family support workers", "seven = 7 count exact"),
        ("between 30-40 audits a month", "30-40 = 30..40 count exact"),
    ],
)
def test_a_number_with_its_unit(text: str, expected: str) -> None:
    assert figures(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 61% in May to 72% in June", ["61% = 61 percent exact", "72% = 72 percent exact"]),
        ("rose from 61 to 72 per cent", ["61 = 61 percent exact", "72 per cent = 72 percent exact"]),
        ("14 of the 18 children", ["14 = 14 count exact", "18 = 18 count exact"]),
        ("from 38 per 10,000 to 41 in a year", ["38 = 38 per_10k exact", "41 = 41 per_10k exact"]),
        ("an average of 388 days, 24 days less than before", ["388 = 388 days exact", "24 = 24 days exact"]),
    ],
)
def test_several_numbers(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("assessments within 45 working days", "a duration that defines a measure"),
        ("in the last 8 weeks", "a duration that defines a measure"),
        ("young people aged 16", "an age"),
        ("from 14 yrs upwards", "an age"),
        ("16-17 year olds", "an age"),
        ("section 20 of the Act", "a reference"),
        ("as paragraph 3.14 says", "a reference"),
        ("Phase 2 of the plan", "a reference"),
        ("the Children Act 1989", "a year"),
        ("starts at 6.30 pm", "a time of day"),
        ("Room B12, 3rd floor", "an ordinal"),
        ("enquiries under s47 rose to 12 per 10,000", "the base of a rate"),
    ],
)
def test_what_is_no_figure(text: str, reason: str) -> None:
    assert reason in asides(text)


@pytest.mark.parametrize(
    "text", ["call 0300 123 4567", "write to town.hall@example.gov.uk", "SW1A 2AA", "on 3 May 2023"]
)
def test_what_is_part_of_an_address_or_date(text: str) -> None:
    assert figures(text) == []


def test_bus_routes_are_a_list_of_codes() -> None:
    assert figures("Buses D3, D8, 15, 108 and 115 stop outside") == []


@given(st.text(alphabet="0123456789 .,%£-–()mkpercent toand", max_size=50))
def test_spans_lie_within_the_text_in_order_and_apart(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.decimals(min_value=0, max_value=100, places=1))
def test_the_digits_are_kept_as_printed(value: object) -> None:
    (q,) = find_quantities(f"it was {value}% in all")
    assert str(q.value) == str(value)
