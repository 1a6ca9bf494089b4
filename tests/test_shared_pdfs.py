"""How well real PDFs are read that may stand beside the checkout: papers, council pages, made tables, inspection reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.table_listing import tables_of
from benchmarks.scoring import SHARED, Scores, score_council, score_ofsted, score_shared


def present(name: str) -> Path:
    """A folder beside the checkout; the test is skipped where it is not there."""
    folder = SHARED / name
    if not folder.exists():
        reason = f"{name} is not beside the checkout, in ../shared"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}: nothing may be skipped here")
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="module")
def council() -> Scores:
    present("council")
    return score_council()


@pytest.fixture(scope="module")
def ofsted() -> Scores:
    present("ofsted")
    return score_ofsted()


def test_the_real_papers_as_pdf() -> None:
    present("papers")
    figures = score_shared(".pdf")["figures"]
    assert {name: figures[name] >= bar for name, bar in (("recall", 0.97), ("precision", 0.95), ("exact", 0.93))} == {
        "recall": True,
        "precision": True,
        "exact": True,
    }


def test_boxes_of_indicators(council: Scores) -> None:
    boxes = council["kent-qpr-kpis"]
    assert boxes["share"] >= 0.95
    assert boxes["right_with_other_values"] == 0


@pytest.mark.parametrize(
    ("pages", "measure", "bar"),
    [
        ("wsx-cla-rate-2016.csv", "exact", 0.95),
        ("wsx-cpp-rate-2015.csv", "exact", 0.95),
        ("wsx-cyp-outcomes-2016-08.csv", "recall", 0.95),
        ("wsx-cyp-outcomes-2023-07-image.csv", "recall", 0.90),
        ("wsx-cyp-outcomes-2023-07-image.csv", "precision", 0.95),
    ],
)
def test_tables_and_pictures(council: Scores, pages: str, measure: str, bar: float) -> None:
    assert council[pages][measure] >= bar


def test_one_document_under_two_names(council: Scores) -> None:
    assert council["same-documents"] == {"pairs": 2, "found": 2, "others": 0}


@pytest.mark.parametrize(
    "field", ["grades", "inspection_start", "inspection_end", "report_type", "lead_inspector", "council", "n_improve"]
)
def test_inspection_reports(ofsted: Scores, field: str) -> None:
    assert ofsted[field]["share"] >= (0.95 if field in ("lead_inspector", "n_improve") else 0.99)
    assert field != "grades" or not ofsted[field].get("wrong")


@pytest.mark.parametrize(("measure", "bar"), [("recall", 0.98), ("precision", 0.95), ("exact", 0.85)])
def test_figures_of_inspection_reports(ofsted: Scores, measure: str, bar: float) -> None:
    assert ofsted["figures"][measure] >= bar


def test_made_tables_of_every_ruling(tmp_path: Path) -> None:
    folder = present("tables")
    read = [table.as_row() for table in tables_of("tables.pdf", (folder / "tables.pdf").read_bytes())]
    (tmp_path / "read.json").write_text(json.dumps(read), encoding="utf-8")
    command = [sys.executable, str(folder / "score.py"), str(tmp_path / "read.json")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    shares: dict[str, Any] = {
        line.split()[0]: [float(word) for word in line.split()[2:5:2]] for line in said.splitlines()
    }
    right, wrong = shares.pop("all")
    assert right >= 0.95
    assert wrong <= 0.02
    assert min(share for share, _ in shares.values()) >= 0.85
