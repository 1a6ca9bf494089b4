"""How well papers are read: the real ones that may stand beside the checkout, and the samples that ship."""

from __future__ import annotations

import os
from typing import Any

import pytest

from benchmarks.pdf_against_text import AIM, agreements
from benchmarks.scoring import SHARED, score_samples, score_shared, shared_papers

Scores = dict[str, dict[str, Any]]

AT_LEAST = {
    "recall": 0.99,
    "precision": 0.97,
    "role": 0.97,
    "period": 0.97,
    "unit": 0.97,
    "qualifier": 0.97,
    "basis": 0.95,
    "exact": 0.95,
    "prose_exact": 0.90,
    "table_exact": 0.97,
}


@pytest.fixture(scope="module")
def shared() -> Scores:
    """The scores of the real papers, of which the checkout has no copy."""
    if not (shared_papers() and (SHARED / "gold" / "score.py").exists()):
        reason = "the real papers and their annotations are not beside the checkout, in ../shared"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}: nothing may be skipped here")
        pytest.skip(reason)
    return score_shared()


def test_the_real_papers_say_the_same_as_pdf_and_as_text(shared: Scores) -> None:
    assert {one.name: one.share for one in agreements(SHARED / "papers") if one.share < AIM} == {}


@pytest.fixture(scope="module")
def samples() -> Scores:
    return score_samples()


@pytest.mark.parametrize("measure", AT_LEAST)
def test_figures_of_the_real_papers(shared: Scores, measure: str) -> None:
    assert shared["figures"][measure] >= AT_LEAST[measure]


def test_few_counts_of_the_real_papers_are_unlisted(shared: Scores) -> None:
    assert shared["figures"]["unlisted_counts"] <= 80


@pytest.mark.parametrize(
    ("kind", "found", "extra", "at_most"),
    [
        ("deadlines", 25, "", 0),
        ("milestones", 43, "", 0),
        ("inspections", 7, "exported", 10),
        ("judgements", 12, "unlisted", 12),
        ("findings", 19, "exported", 60),
    ],
)
def test_other_records_of_the_real_papers(shared: Scores, kind: str, found: int, extra: str, at_most: int) -> None:
    assert shared[kind]["found"] >= found
    assert not extra or shared[kind][extra] <= at_most


def test_the_issues_of_the_real_papers(shared: Scores) -> None:
    issues = shared["issues"]
    assert issues["found"] == issues["must"] == 12
    assert issues["optional_found"] >= 8
    assert issues["unlisted_errors_and_warnings"] <= 5


@pytest.mark.parametrize(("measure", "bar"), [("recall", 0.98), ("precision", 0.97), ("exact", 0.95)])
def test_figures_of_the_samples(samples: Scores, measure: str, bar: float) -> None:
    assert samples["figures"][measure] >= bar


@pytest.mark.parametrize("kind", ["deadlines", "judgements", "findings", "inspections"])
def test_other_records_of_the_samples(samples: Scores, kind: str) -> None:
    assert samples[kind]["found"] >= 0.9 * samples[kind]["of"]
    assert samples[kind]["exported"] <= 1.5 * samples[kind]["of"]
