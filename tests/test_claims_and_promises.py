"""Each check of claims, promises, Ofsted and changes between papers on its labelled papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest

from audit import rag_against_target
from audit.auditing import audit
from audit.case import Case
from audit.catalogue import CHECKS
from audit.labels import is_turned_round
from audit.quotations import difference as show_difference
from schema.evidence import Evidence
from schema.records import Figure, Metric, Rag
from tests.audited_papers import issues_of
from tests.claim_cases import CASES, MISSED, Labelled

_BY_CODE = {check.code: check for check in CHECKS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{'asks' if case.asks else 'quiet'}")
def test_a_check_asks_where_it_must_and_nowhere_else(case: Labelled) -> None:
    assert bool(issues_of(_BY_CODE[case.check], case.papers)) is case.asks


@pytest.mark.xfail(strict=True, reason="known to be missed")
@pytest.mark.parametrize("case", MISSED, ids=lambda case: case.check)
def test_what_is_known_to_be_missed(case: Labelled) -> None:
    assert bool(issues_of(_BY_CODE[case.check], case.papers)) is case.asks


@pytest.mark.parametrize(
    ("earlier", "later", "severity"),
    [
        (
            "The family hub in Quay Street will open in July 2023.",
            "The family hub in Quay Street will open in March 2024.",
            "warning",
        ),
        (
            "The family hub in Quay Street will open in July 2023.",
            "After a delay the family hub in Quay Street will open in March 2024.",
            "info",
        ),
    ],
)
def test_a_slip_that_the_paper_declares_is_only_information(earlier: str, later: str, severity: str) -> None:
    papers = [("20 June 2023", f"- 3.1 {earlier}\n"), ("12 December 2023", f"- 3.1 {later}\n")]
    assert [issue.severity for issue in issues_of(_BY_CODE["promise-slips"], papers)] == [severity]


def test_the_days_of_a_slip_are_counted_from_the_last_day_promised() -> None:
    papers = [
        ("20 June 2023", "- 3.1 The new neglect toolkit will be published by the end of September 2023.\n"),
        ("12 December 2023", "- 3.1 The new neglect toolkit went live on 5 October 2023.\n"),
    ]
    (issue,) = issues_of(_BY_CODE["promise-slips"], papers)
    assert "5 days later" in issue.message


@pytest.mark.parametrize(
    ("printed", "quoted", "difference"),
    [
        ("too many children wait", "children wait", "[-too many-] children wait"),
        ("care leavers are not seen", "care leavers are seen often", "care leavers are [-not-] seen {+often+}"),
    ],
)
def test_a_difference_shows_what_each_has_alone(printed: str, quoted: str, difference: str) -> None:
    assert show_difference(printed.split(), quoted.split()) == difference


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("% with three or more placements", "% with three or fewer placements", True),
        ("% with 3 or more placements", "% with three or more placements", False),
        ("% seen in more than 10 days", "% seen in less than 20 days", False),
    ],
)
def test_a_label_is_turned_round_where_it_counts_the_other_side(one: str, other: str, turned: bool) -> None:
    assert is_turned_round(one, other) is turned


def _row(value: str, target: str, rag: Rag, better: Literal["higher", "lower"]) -> Case:
    """A case of one row: a coloured percentage with its target."""
    place = Evidence(paper="p.txt", sha256="0" * 64, start=0, end=5, text=value, quote=f"{value} | {target}")
    actual = Figure(evidence=place, extractor="t", value=Decimal(value), unit="percent", metric="m", rag=rag)
    aim = actual.model_copy(update={"role": "target", "value": Decimal(target), "rag": None})
    metric = Metric(key="m", name="m", unit="percent", better=better)
    return Case(council=None, papers=(), figures=(actual, aim), metrics={"m": metric})


@pytest.mark.parametrize(
    ("value", "target", "rag", "better", "severities"),
    [
        ("71.0", "90", "green", "higher", ["warning"]),
        ("88.0", "90", "green", "higher", ["info"]),
        ("95.0", "90", "red", "higher", ["warning"]),
        ("35.0", "50", "green", "lower", []),
        ("10.5", "10.5", "amber", "lower", []),
        ("71.0", "90", "red", "higher", []),
    ],
)
def test_a_colour_against_its_target(
    value: str, target: str, rag: Rag, better: Literal["higher", "lower"], severities: list[str]
) -> None:
    found = audit(_row(value, target, rag, better), [rag_against_target.CHECK]).issues
    assert [issue.severity for issue in found] == severities
