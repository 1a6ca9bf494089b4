"""What the sample papers and the real ones change, as a person who has read them would tell it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.changes import Comparison
from app.changes_page import changes_lines, changes_rows, comparison
from app.demo import SAMPLES
from app.load import LoadOptions, load
from benchmarks.scoring import shared_papers
from db.store import Store

Changes = list[dict[str, Any]]


def store_of(papers: list[Path], folder: Path) -> Store:
    store = Store.open(folder / "tally.db")
    assert not load(store, papers, LoadOptions(jobs=1)).failed
    return store


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store_of(sorted(SAMPLES.glob("*.txt")), tmp_path_factory.mktemp("samples")) as store:
        yield store


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    papers = shared_papers()
    if not papers:
        reason = "the real papers are not beside the checkout, in ../shared"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}: nothing may be skipped here")
        pytest.skip(reason)
    with store_of(list(papers), tmp_path_factory.mktemp("shared")) as store:
        yield store


def changes(store: Store, name: str, *kinds: str) -> Changes:
    rows = changes_rows(*comparison(store, store.find_paper(name)))
    return [row for row in rows if row["change"] in kinds]


def screen(store: Store, name: str) -> list[str]:
    return list(changes_lines(*comparison(store, store.find_paper(name)), 100, everything=False))


# The samples


def test_the_outturn_that_was_restated_in_silence_is_found_and_nothing_else(samples: Store) -> None:
    told = {paper.paper: changes(samples, paper.paper, "restated") for paper in samples.papers()}
    [row] = [row for rows in told.values() for row in rows]
    assert (row["paper"], row["before_text"], row["text"]) == ("marlford-scrutiny-2024-02-07.txt", "22.6%", "24.1%")
    assert (row["before_in_paper"], row["period_end"]) == ("marlford-pack-2023-09-13.txt", "2023-03-31")


def test_targets_that_were_reached_since_the_last_report(samples: Store) -> None:
    rows = changes(samples, "marlford-scrutiny-2024-02-07.txt", "newly_met", "newly_missed", "missed")
    assert {row["change"] for row in rows} == {"newly_met"}
    assert {(row["before_text"], row["text"]) for row in rows} == {
        ("87.5%", "95.2%"),
        ("76.5%", "86.7%"),
        ("77.9%", "84.0%"),
    }


def test_agency_cover_is_still_missed(samples: Store) -> None:
    found: Comparison = comparison(samples, samples.find_paper("marlford-scrutiny-2024-02-07.txt"))[0]
    assert [state.value.evidence.text for state in found.still_missed if state.value] == ["25.6%"]


def test_no_move_of_the_samples_is_for_the_worse(samples: Store) -> None:
    """The story of the samples is one of improvement, and the direction of each measure is known."""
    for paper in samples.papers():
        assert [row["name"] for row in changes(samples, paper.paper, "moved") if row["verdict"] == "worse"] == []


def test_every_value_is_at_its_place(samples: Store) -> None:
    for paper in samples.papers():
        for row in changes_rows(*comparison(samples, paper)):
            for prefix in ("", "before_", "target_", "target_before_"):
                if row[f"{prefix}in_sha256"]:
                    text = samples.text(row[f"{prefix}in_sha256"], row[f"{prefix}page"])
                    assert text[row[f"{prefix}start"] : row[f"{prefix}end"]] == row[f"{prefix}text"]


def test_what_a_paper_changes_fits_a_screen(samples: Store) -> None:
    for paper in samples.papers():
        lines = screen(samples, paper.paper)
        assert len(lines) <= 50
        assert max(map(len, lines)) <= 100


# The real papers


def test_a_report_put_to_two_meetings_is_not_before_itself(shared: Store) -> None:
    [first, second, *_] = [paper for paper in shared.papers() if paper.same_as_all]
    for paper in (first, second):
        found = comparison(shared, paper)[0]
        assert (found.before, len(found.same)) == ((), 1)


def test_the_oversight_of_managers_reached_its_target_in_june_2018(shared: Store) -> None:
    [row] = changes(shared, "th-bvib-2018-06-11.txt", "newly_met")
    assert (row["before_text"], row["text"], row["target_text"]) == ("87.9%", "95.7%", "95%")
    assert row["before_in_paper"] == "th-bvib-2018-03-19.txt"  # said first there, and again in its twin of the next day


def test_what_the_papers_stop_reporting(shared: Store) -> None:
    assert [row["metric"] for row in changes(shared, "th-bvib-2018-06-11.txt", "gone")] == ["contacts_1d_pct"]
    assert "cl_pathway_pct" in [row["metric"] for row in changes(shared, "th-tib-2019-03-26.txt", "gone")]


def test_nothing_is_said_to_be_restated_in_the_real_papers(shared: Store) -> None:
    assert [row for paper in shared.papers() for row in changes(shared, paper.paper, "restated")] == []
