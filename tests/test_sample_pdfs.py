"""The samples printed as PDFs: they say what their texts say, and printing them again gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pdf_against_text import Agreement, statements
from docs.make_sample_pdfs import FOLDER, SAMPLES, SHIPPED, as_pdf
from extractors.pipeline import extract
from ingest.reading import read_paper
from schema.paper import Paper, Report

SAMPLE_TEXTS = sorted(SAMPLES.glob("*.txt"))


def paper_in(file: Path) -> Paper:
    return read_paper(file.name, file.read_bytes())


def agreement(pdf: Paper, text: Paper) -> Agreement:
    return Agreement(text.name, statements(extract(pdf)), statements(extract(text)))


def said_of_itself(report: Report) -> tuple[object, ...]:
    masthead = report.masthead
    return report.kind, masthead.council, masthead.body, masthead.meeting_date, masthead.author


@pytest.mark.parametrize("sample", SAMPLE_TEXTS, ids=lambda path: path.stem)
def test_a_sample_says_the_same_as_pdf_and_as_text(sample: Path) -> None:
    text = paper_in(sample)
    assert list(agreement(read_paper("sample.pdf", as_pdf(text)), text).misses) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_pdfs_that_ship_are_the_samples(name: str) -> None:
    text, pdf = paper_in(SAMPLES / f"{name}.txt"), paper_in(FOLDER / f"{name}.pdf")
    assert list(agreement(pdf, text).misses) == []
    assert [said_of_itself(one) for one in pdf.reports] == [said_of_itself(one) for one in text.reports]
    assert pdf.unread == ()


def test_the_same_text_gives_the_same_bytes() -> None:
    text = paper_in(SAMPLES / f"{SHIPPED[0]}.txt")
    assert as_pdf(text) == as_pdf(text)


def test_the_pdfs_that_ship_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 40_000
