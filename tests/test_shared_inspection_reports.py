"""The real reports that may stand beside the checkout: one timeline of a council, and no grade that is wrong."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.timeline import in_order
from extractors.pipeline import extract
from ingest.reading import read_paper
from linking.inspections import link_inspections
from schema.records import Extraction, Inspection

SHARED = Path(__file__).resolve().parents[2] / "shared"
COUNCIL = "Tower Hamlets"
AREAS = ("overall", "leadership", "help_and_protection", "in_care", "care_leavers", "adoption", "lscb")


def read(file: Path) -> Extraction:
    return extract(read_paper(file.name, file.read_bytes()))


@pytest.fixture(scope="module")
def reports() -> list[Extraction]:
    return [read(file) for file in _present(sorted((SHARED / "ofsted").glob("*tower_hamlets*.pdf")))]


@pytest.fixture(scope="module")
def timeline(reports: list[Extraction]) -> list[Inspection]:
    papers = [read(file) for file in _present(sorted((SHARED / "papers").glob("th-*.txt")))]
    found, _ = link_inspections([*papers, *reports])
    return [one for one in in_order(found) if one.council == COUNCIL]


def _present(files: Sequence[Path]) -> Sequence[Path]:
    if not files:
        reason = "the real papers and reports are not beside the checkout, in ../shared"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}: nothing may be skipped here")
        pytest.skip(reason)
    return files


def test_inspections_and_visits_stand_in_order_and_once(timeline: list[Inspection]) -> None:
    since = [one for one in timeline if one.report_type or one.type != "inspection"]
    assert [(one.type, one.number, str(one.date.start) if one.date else None) for one in since] == [
        ("inspection", None, "2017-01-23"),
        ("monitoring_visit", 1, None),
        ("monitoring_visit", 2, "2017-12-12"),
        ("monitoring_visit", 3, "2018-05-01"),
        ("monitoring_visit", 4, "2018-08-15"),
        ("monitoring_visit", 5, "2018-12-11"),
        ("monitoring_visit", 6, "2019-03-19"),
        ("inspection", None, "2019-06-10"),
        ("inspection", None, "2024-11-11"),
    ]


def test_papers_speak_of_the_inspection_whose_report_is_loaded(timeline: list[Inspection]) -> None:
    first = next(one for one in timeline if one.report_type == "sif")
    assert len({evidence.paper for evidence in first.evidence}) >= 5


def test_every_grade_is_right_or_missing(reports: list[Extraction]) -> None:
    with (SHARED / "ofsted" / "gold.csv").open(encoding="utf-8") as file:
        gold = {row["file"]: row for row in csv.DictReader(file)}
    for report in reports:
        own = {j.area: j.grade for j in report.judgements if j.extractor.startswith("inspection_report.")}
        assert own == {area: gold[report.paper.paper][area] for area in AREAS if gold[report.paper.paper][area]}
