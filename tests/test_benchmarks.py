"""The benchmarks measure what they say and print it. No test here depends on how quick anything is."""

from __future__ import annotations

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.bars import Bar, bars_table
from benchmarks.children import BenchmarkError, Cost, cpu_seconds_of
from benchmarks.history_of_a_metric import make_store, measure
from benchmarks.load_papers import load_cost
from benchmarks.loading_pdfs import Loading
from benchmarks.papers import default_papers, paragraphs_of
from benchmarks.pdf_packs import cut
from benchmarks.read_with_pdfplumber import read_cost
from benchmarks.reading_against_quantulum3 import Reading, measure_reading
from benchmarks.start_up import measure_start_up
from benchmarks.warm_up import WARM_UP
from tests.pdf_maker import PdfPage, make_pdf

COST = Cost(seconds=2.0, start_up=3.0, megabytes=140.0, found=300)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "march.txt"
    # Not the warm-up paper itself.
    path.write_text(WARM_UP.replace("87.9%", "88.4%"), encoding="utf-8")
    return path


def is_sane(cost: Cost) -> bool:
    return cost.seconds > 0 and cost.start_up > 0 and 5 < cost.megabytes < 5000 and cost.found > 0


def test_loading_a_paper_costs_something(paper: Path) -> None:
    assert is_sane(load_cost([paper]))


def test_a_paper_that_is_refused_is_not_measured(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with pytest.raises(SystemExit, match=r"empty\.txt: the file is empty"):
        load_cost([empty])


@pytest.mark.skipif(
    importlib.util.find_spec("quantulum3") is None, reason="quantulum3 is not installed; `make bench` installs it"
)
def test_both_readings_cost_something(paper: Path) -> None:
    reading = measure_reading([paper], runs=1)
    assert is_sane(reading.ours)
    assert is_sane(reading.theirs)
    assert reading.paragraphs == len(paragraphs_of([paper]))
    assert reading.bar.ratio == reading.ours.seconds / reading.theirs.seconds


def test_starting_costs_something() -> None:
    bar = measure_start_up(runs=1)
    assert bar.ours > 0
    assert bar.theirs > 0


@pytest.mark.parametrize(("theirs", "status", "verdict"), [(6.5, 0, "holds"), (5.0, 1, "MISSED")])
def test_the_run_prints_the_bars(
    theirs: float, status: int, verdict: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = Reading(5, 1234, COST, Cost(theirs, 4.0, 60.0, 1300))
    monkeypatch.setattr(run, "measure_reading", lambda papers, runs: reading)
    monkeypatch.setattr(run, "measure_loading", lambda: None)
    monkeypatch.setattr(run, "measure_start_up", lambda runs: Bar("tally --help", "import spacy", 1, 7, Fraction(1, 6)))
    assert run.main([]) == status
    output = capsys.readouterr().out
    assert [line.split()[-1] for line in output.splitlines() if "at most" in line] == [verdict, "holds"]
    assert "papertally: 300 figures, 150 a second; peak 140 MB; start-up 3.00 s, not counted\n" in output
    assert "in 1,234 paragraphs" in output


def test_without_quantulum3_the_run_says_how_to_get_it(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert run.main([str(paper)]) == 2
    assert "make bench" in capsys.readouterr().err


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(BenchmarkError, match="status 3:\nno luck"):
        cpu_seconds_of([sys.executable, "-c", "import sys; print('no luck', file=sys.stderr); sys.exit(3)"])


def test_paragraphs_are_apart_by_blank_lines_and_a_table_is_one(paper: Path) -> None:
    paragraphs = paragraphs_of([paper])
    assert [text for text in paragraphs if "88.4%" in text]
    assert paragraphs[-1].startswith("Indicator\tTarget\tMarch 2018")


def test_there_are_papers_to_measure() -> None:
    assert default_papers()


def test_the_table_says_which_bars_hold() -> None:
    held = Bar("reading", "another", 1.0, 3.0, Fraction(1, 3))
    missed = Bar("starting", "spaCy", 1.0, 5.0, Fraction(1, 6))
    assert bars_table([held, missed]).splitlines() == [
        "measured  ours    against  theirs  ratio  bar",
        "reading   1.00 s  another  3.00 s  0.333  at most 1/3  holds",
        "starting  1.00 s  spaCy    5.00 s  0.200  at most 1/6  MISSED",
    ]


def test_a_history_is_measured_out_of_generated_figures(tmp_path: Path) -> None:
    make_store(tmp_path / "big.db", councils=2, total=2400)
    found = measure(tmp_path / "big.db", councils=2, runs=5)
    assert found.figures == 24
    assert min(found) > 0


def test_pdfs_are_loaded_and_read_with_pdfplumber(tmp_path: Path) -> None:
    pdf = tmp_path / "one.pdf"
    pdf.write_bytes(make_pdf(PdfPage().text(72, 400, "Attendance was 87.9% in March 2018.")))
    cut(pdf, 2, pack := tmp_path / "two.pdf")
    assert is_sane(load_cost([pack]))
    assert read_cost([pack]).found == 2


def test_the_bars_of_loading_pdfs() -> None:
    theirs = Cost(16.0, 1.0, 60.0, 1234)
    loading = Loading(COST, theirs, 0.5, COST, COST, one_process=10.0, two_processes=7.0)
    assert [bar.holds for bar in loading.bars] == [True, True, False]
    assert loading.information[-1] == "pdftotext: 0.50 s for the same pages, 4 times less"
