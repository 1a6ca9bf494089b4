"""Short forms: as the paper explains them first, as the field uses them second."""

from __future__ import annotations

import pytest

from extractors.glossary import glossary_of
from linking.acronyms import spelled_out
from linking.link import link
from tests.paper_text import paper_of, records_of


@pytest.mark.parametrize(
    ("text", "short", "meaning"),
    [
        ("The Early Support Panel (ESP) met in May.", "ESP", "early support panel"),
        ("Children who are looked after (CLA) are ours.", "CLA", None),
        ("Our children looked after (CLA) are ours.", "CLA", "children looked after"),
        ("Members of the Board for Safe Homes (BSH) agreed.", "BSH", "board for safe homes"),
        ("The review was thorough (ESP).", "ESP", None),
        ("ESP - Early Support Panel", "ESP", "early support panel"),
    ],
)
def test_brackets_and_rows_explain_what_their_initials_bear_out(text: str, short: str, meaning: str | None) -> None:
    assert dict(glossary_of(paper_of(text))).get(short) == meaning


def test_a_form_explained_in_two_ways_is_left_out() -> None:
    text = "The Early Support Panel (ESP) met. The Estate Services Programme (ESP) began."
    assert glossary_of(paper_of(text)) == ()


def test_the_papers_own_meaning_comes_first() -> None:
    assert spelled_out("CIN visits", "percent", {}) == "children in need visits"
    assert spelled_out("CIN visits", "percent", {"CIN": "community inclusion network"}) == (
        "community inclusion network visits"
    )


def test_the_unit_tells_what_fte_means() -> None:
    assert spelled_out("FTEs", "per_100k", {}) == "first-time entrants"
    assert spelled_out("days lost per FTE", "days", {}) == "days lost per full-time equivalent"
    assert spelled_out("FTE", "gbp", {}) == "FTE"


def test_a_paper_that_means_something_else_by_cin_measures_something_else() -> None:
    text = (
        "- 1.1 The Community Inclusion Network (CIN) reports monthly.\n- 1.2 The share of CIN with a plan was 81.5%.\n"
    )
    own, usual = records_of(text), records_of("- 1.2 The share of CIN with a plan was 81.5%.\n")
    assert "cin_plan_pct" in link([usual]).figure_metrics.values()
    assert "cin_plan_pct" not in link([own]).figure_metrics.values()
