"""The load run: what is stored depends on the papers alone, and a bad paper costs itself only."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

import extractors.pipeline
from app.export import as_jsonl, export_rows
from app.load import LoadOptions, LoadReport, load
from app.load_report import ProgressLine, summary
from db.filters import EVERYTHING
from db.store import Store
from schema.paper import Paper
from schema.records import Extraction

MARCH = """BARCHESTER COUNCIL

Children's Scrutiny Committee

14 March 2018

Report of the Director of Children's Services

Title: Performance Report

- 3.1 Assessments completed within 45 days were 87.9% in December 2017, against a target of 90%.

- 3.2 The new case management system will be in place by April 2018.
"""
JUNE = """BARCHESTER COUNCIL

Children's Scrutiny Committee

11 June 2018

Report of the Director of Children's Services

Title: Performance Report

- 3.1 Assessments completed within 45 days were 91.2% in March 2018, up from 87.9% in December 2017.

- 3.2 The new case management system will be in place by September 2018.
"""
ONE_JOB = LoadOptions(jobs=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "march.txt").write_text(MARCH, encoding="utf-8")
    (folder / "june.txt").write_text(JUNE, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tally.db") as opened:
        yield opened


def exported(store: Store) -> str:
    return "".join(as_jsonl(export_rows(store, EVERYTHING)))


def states(report: LoadReport) -> dict[str, str]:
    return {one.name: one.state for one in report.loaded}


def reasons(report: LoadReport) -> dict[str, str]:
    return {one.name: one.reason for one in report.refused}


# The same papers, the same store


def test_papers_are_read_saved_and_linked(store: Store, folder: Path) -> None:
    report = load(store, [folder], ONE_JOB)
    assert states(report) == {"june.txt": "loaded", "march.txt": "loaded"}
    assert not report.failed
    assert [(paper.paper, paper.meeting_date) for paper in store.papers()] == [
        ("march.txt", date(2018, 3, 14)),
        ("june.txt", date(2018, 6, 11)),
    ]
    assert {figure.evidence.text for figure in store.figures()} >= {"87.9%", "91.2%", "90%"}
    assert store.metrics()
    assert store.unlinked() == []


def test_loading_twice_changes_nothing(store: Store, folder: Path) -> None:
    load(store, [folder], ONE_JOB)
    before = exported(store)
    assert states(load(store, [folder], ONE_JOB)) == {"june.txt": "known", "march.txt": "known"}
    assert exported(store) == before


def test_the_order_of_loading_changes_nothing(tmp_path: Path, folder: Path) -> None:
    exports = []
    for i, names in enumerate((["march.txt", "june.txt"], ["june.txt", "march.txt"])):
        with Store.open(tmp_path / f"{i}.db") as store:
            for name in names:
                load(store, [folder / name], ONE_JOB)
            exports.append(exported(store))
    assert exports[0] == exports[1]


def test_the_number_of_workers_changes_nothing(tmp_path: Path, folder: Path) -> None:
    exports = []
    for jobs in (1, 2):
        with Store.open(tmp_path / f"{jobs}.db") as store:
            assert not load(store, [folder], LoadOptions(jobs=jobs)).failed
            exports.append(exported(store))
    assert exports[0] == exports[1]


@pytest.mark.parametrize("at_once", [True, False])
def test_the_same_content_under_another_name_is_one_paper(tmp_path: Path, folder: Path, at_once: bool) -> None:
    (folder / "again.txt").write_text(MARCH, encoding="utf-8")
    with Store.open(tmp_path / "tally.db") as store:
        if not at_once:
            load(store, [folder / "march.txt"], ONE_JOB)
        report = load(store, [folder], ONE_JOB)
        assert sorted(states(report).values()) == (
            ["loaded", "loaded", "name added"] if at_once else ["known", "loaded", "name added"]
        )
        assert [(paper.paper, paper.also_named) for paper in store.papers()] == [
            ("again.txt", ("march.txt",)),
            ("june.txt", ()),
        ]
        assert {figure.evidence.paper for figure in store.figures()} == {"again.txt", "june.txt"}


def test_a_run_that_was_cut_short_is_made_good_by_the_next(store: Store, folder: Path) -> None:
    def stop(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(store, [folder], ONE_JOB, progress=stop)
    assert store.unlinked() == []
    assert sorted(states(load(store, [folder], ONE_JOB)).values()) == ["known", "loaded"]


# What a person says of a paper


def test_council_and_date_may_be_given(store: Store, folder: Path) -> None:
    load(store, [folder / "march.txt"], LoadOptions(jobs=1, council="Casterbridge", meeting_date=date(2018, 3, 20)))
    [paper] = store.papers()
    assert (paper.council, paper.council_from, paper.meeting_date) == ("Casterbridge", "given", date(2018, 3, 20))


def test_rereading_keeps_the_council_that_was_given(store: Store, folder: Path) -> None:
    load(store, [folder / "march.txt"], LoadOptions(jobs=1, council="Casterbridge"))
    before = exported(store)
    assert states(load(store, [], LoadOptions(jobs=1, reread=True))) == {"march.txt": "reread"}
    assert exported(store) == before


@pytest.mark.parametrize("all_of_them", [True, False])
def test_rereading_keeps_the_date_that_was_given(store: Store, folder: Path, all_of_them: bool) -> None:
    load(store, [folder / "march.txt"], LoadOptions(jobs=1, meeting_date=date(2018, 3, 20)))
    before = exported(store)
    again = [] if all_of_them else [folder / "march.txt"]
    load(store, again, LoadOptions(jobs=1, reread=True))
    assert exported(store) == before
    (paper,) = store.papers()
    assert (paper.meeting_date, paper.date_given, paper.council_from) == (date(2018, 3, 20), True, "masthead")


def test_what_is_given_anew_stands_in_for_what_was_given(store: Store, folder: Path) -> None:
    march = folder / "march.txt"
    load(store, [march], LoadOptions(jobs=1, council="Casterbridge", meeting_date=date(2018, 3, 20)))
    load(store, [march], LoadOptions(jobs=1, reread=True, meeting_date=date(2018, 3, 21)))
    (paper,) = store.papers()
    assert (paper.council, paper.meeting_date) == ("Casterbridge", date(2018, 3, 21))


def test_a_paper_that_changes_council_leaves_nothing_behind(store: Store, folder: Path) -> None:
    load(store, [folder / "march.txt"], ONE_JOB)
    load(store, [folder / "march.txt"], LoadOptions(jobs=1, reread=True, council="Casterbridge"))
    assert store.councils() == ["Casterbridge"]
    assert {metric.council for metric in store.metrics()} <= {"Casterbridge", None}
    assert store.unlinked() == []


def test_rereading_all_needs_no_files(store: Store, folder: Path) -> None:
    load(store, [folder], ONE_JOB)
    before = exported(store)
    for path in folder.iterdir():
        path.unlink()
    assert states(load(store, [], LoadOptions(jobs=1, reread=True))) == {"june.txt": "reread", "march.txt": "reread"}
    assert exported(store) == before


# Bad papers


BAD: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 10,
    "really-a.txt": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
}


def test_bad_files_are_refused_by_name_and_the_others_loaded(store: Store, folder: Path) -> None:
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    report = load(store, [folder, folder / "gone.txt"], ONE_JOB)
    assert states(report) == {"june.txt": "loaded", "march.txt": "loaded"}
    assert {Path(name).name for name in reasons(report)} == {*BAD, "gone.txt"}
    assert report.failed
    assert len(store.papers()) == 2


def test_a_file_that_may_not_be_read_is_refused(store: Store, folder: Path) -> None:
    load(store, [folder / "march.txt"], ONE_JOB)  # as "nobody" the program's own modules may be out of reach
    (folder / "june.txt").chmod(0)
    with as_an_ordinary_user():
        (reason,) = reasons(load(store, [folder / "june.txt"], ONE_JOB)).values()
    assert "permissions" in reason


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """The superuser may read everything, so for a while the tests are "nobody"."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_that_vanishes_while_loading_is_refused(store: Store, folder: Path) -> None:
    def remove_the_other(done: int, total: int, name: str) -> None:
        for other in folder.iterdir():
            other.unlink()

    report = load(store, [folder], ONE_JOB, progress=remove_the_other)
    assert states(report) == {"june.txt": "loaded"}
    assert "no such file" in reasons(report)["march.txt"]


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("too deep"), ZeroDivisionError("ours")])
def test_a_failure_of_the_program_costs_one_paper(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    extract = extractors.pipeline.extract

    def fail_on_june(paper: Paper) -> Extraction:
        if paper.name == "june.txt":
            raise error
        return extract(paper)

    monkeypatch.setattr(extractors.pipeline, "extract", fail_on_june)
    report = load(store, [folder], ONE_JOB)
    assert states(report) == {"march.txt": "loaded"}
    assert "Traceback" not in reasons(report)["june.txt"]
    assert [paper.paper for paper in store.papers()] == ["march.txt"]


def test_a_record_that_does_not_quote_its_paper_is_not_stored(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = extractors.pipeline.extract

    def misquote_june(paper: Paper) -> Extraction:
        found = extract(paper)
        if paper.name != "june.txt":
            return found
        first = found.figures[0]
        wrong = first.model_copy(update={"evidence": first.evidence.model_copy(update={"text": "99%"})})
        return found.model_copy(update={"figures": (wrong, *found.figures[1:])})

    monkeypatch.setattr(extractors.pipeline, "extract", misquote_june)
    report = load(store, [folder], ONE_JOB)
    assert "could not be saved" in reasons(report)["june.txt"]
    assert "99%" in reasons(report)["june.txt"]
    assert [paper.paper for paper in store.papers()] == ["march.txt"]


def test_papers_that_cannot_be_linked_are_loaded_and_said(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import linking.link

    def fail(extractions: object) -> None:
        raise ZeroDivisionError("ours")

    with monkeypatch.context() as patch:
        patch.setattr(linking.link, "link", fail)
        report = load(store, [folder], ONE_JOB)
    assert [problem.name for problem in report.problems] == ["Barchester"]
    assert len(store.papers()) == 2
    assert not load(store, [folder], ONE_JOB).failed
    assert store.unlinked() == []


def test_a_full_disk_costs_the_papers_that_do_not_fit(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "tally.db"
    with Store.open(path) as store:
        load(store, [folder / "march.txt"], ONE_JOB)
    pages = sqlite3.connect(path).execute("PRAGMA page_count").fetchone()[0]
    (folder / "long.txt").write_text(MARCH + "".join(f"\n- 4.{i} It was {i % 99}% in June 2017.\n" for i in range(900)))
    with Store.open(path) as store:
        # SQLite's own limit stands in for a disk without room.
        with store._database.writing() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        report = load(store, [folder / "long.txt"], ONE_JOB)
        assert "full" in reasons(report)["long.txt"]
        assert [paper.paper for paper in store.papers()] == ["march.txt"]


# What people are told


def told(report: LoadReport) -> str:
    return "\n".join(summary(report, 100))


def test_the_summary_says_what_was_read_known_and_refused(store: Store, folder: Path) -> None:
    load(store, [folder / "march.txt"], ONE_JOB)
    (folder / "empty.txt").write_bytes(b"")
    text = told(load(store, [folder], ONE_JOB))
    assert "1 paper read:" in text
    assert "june.txt" in text
    assert "Already loaded, nothing changed: 1 (march.txt)" in text
    assert "Refused: 1\n  empty.txt: the file is empty" in text


def test_a_lost_original_comes_back_when_its_paper_is_loaded_again(store: Store, folder: Path, tmp_path: Path) -> None:
    load(store, [folder], ONE_JOB)
    sha256 = store.find_paper("march.txt").sha256
    (kept,) = (tmp_path / "tally.papers").glob(f"*/{sha256[2:]}*")
    kept.unlink()
    assert any("Load the paper again to restore it" in problem for problem in store.doctor())
    report = load(store, [folder], ONE_JOB)
    assert states(report) == {"march.txt": "restored", "june.txt": "known"}
    assert "the lost original is back in its place: 1 (march.txt)" in "\n".join(summary(report, 100))
    assert store.original(sha256) == (folder / "march.txt").read_bytes()
    assert store.doctor() == []


@pytest.mark.parametrize("wanted", [True, False])
def test_a_store_is_made_only_when_there_is_a_paper_to_save(folder: Path, tmp_path: Path, wanted: bool) -> None:
    (folder / "empty.txt").write_text("")
    paths = [folder / "empty.txt", tmp_path / "nowhere.txt", *([folder / "march.txt"] if wanted else [])]
    made: list[Store] = []

    def make() -> Store:
        made.append(Store.open(tmp_path / "tally.db"))
        return made[-1]

    report = load(make, paths, ONE_JOB)
    assert set(reasons(report)) == {"empty.txt", str(tmp_path / "nowhere.txt")}
    assert len(made) == wanted
    assert (tmp_path / "tally.db").exists() is wanted
    for store in made:
        assert store.unlinked() == []
        store.close()


def test_progress_is_shown_on_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    progress = ProgressLine()
    progress(1, 2, "a.txt")
    progress.clear()
    assert capsys.readouterr().err == ""
    progress.shown = True
    progress.stream = __import__("sys").stderr
    progress(1, 2, "a\x1b[2J.txt")
    assert "1/2 a\ufffd[2J.txt" in capsys.readouterr().err


def test_originals_are_kept_by_content(store: Store, folder: Path) -> None:
    load(store, [folder / "march.txt"], ONE_JOB)
    assert store.original(hashlib.sha256(MARCH.encode()).hexdigest()) == MARCH.encode()
