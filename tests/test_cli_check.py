"""`tally check` and `tally issue`: results on stdout, statuses for scripts, a sheet to print."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from app.load import LoadOptions, load
from db.store import Store
from tests.paper_text import MASTHEAD
from tests.test_cli import Tally, tally  # noqa: F401 - a fixture

TEXT = (
    "2.1 In May 2023, 412 of the 486 children in need (94.8%) had an up to date plan.\n\n"
    "3.1 Timeliness was 84.9% in May 2023, a reduction of 1.3% from the previous month (86.2%).\n"
)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A paper with an error and a remark, in `tally.db` of the current folder."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "june.txt").write_text(MASTHEAD.format(day="20 June 2023") + TEXT, encoding="utf-8")
    with Store.open(tmp_path / "tally.db") as store:
        load(store, [folder], LoadOptions())
    return folder


def ids(tally: Tally) -> list[str]:  # noqa: F811
    return [issue["id"] for issue in json.loads(tally("check", "--format", "json", "--fail-on", "never").out)]


def test_a_list_of_questions_with_their_places(tally: Tally, papers: Path) -> None:  # noqa: F811
    told = tally("check")
    assert told.status == 1
    assert "412 of 486 gives 84.8%, and 94.8% is printed. Is one of the three misprinted?" in told.out
    assert "june.txt" in told.out
    assert told.out.splitlines()[-1] == "1 error, 1 remark."


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_the_status_is_as_grave_as_asked(tally: Tally, papers: Path, fail_on: str, status: int) -> None:  # noqa: F811
    assert tally("check", "--fail-on", fail_on).status == status


def test_a_dismissed_issue_is_not_shown_and_fails_nothing(tally: Tally, papers: Path) -> None:  # noqa: F811
    error = ids(tally)[0]
    assert "is dismissed" in tally("issue", "dismiss", error[:8], "--reason", "of two dates", "--by", "Alma").out
    told = tally("check")
    assert (told.status, error[:8] in told.out) == (0, False)
    assert "1 dismissed question is not shown" in told.err
    assert "(dismissed)" in tally("check", "--all").out
    tally("issue", "reopen", error, "--reason", "the dates are one")
    assert tally("check").status == 1


def test_an_accepted_issue_stays_in_the_list(tally: Tally, papers: Path) -> None:  # noqa: F811
    tally("issue", "accept", ids(tally)[0], "--reason", "to be corrected")
    told = tally("check")
    assert (told.status, "(accepted)" in told.out) == (0, True)


def test_a_decision_needs_a_reason_and_an_issue(tally: Tally, papers: Path) -> None:  # noqa: F811
    assert tally("issue", "dismiss", ids(tally)[0], "--reason", " ").status == 2
    told = tally("issue", "dismiss", "ffff", "--reason", "known")
    assert (told.status, "tally check" in told.err) == (2, True)


def test_forms_for_programs(tally: Tally, papers: Path) -> None:  # noqa: F811
    issue = json.loads(tally("check", "--format", "jsonl").out.splitlines()[0])
    assert issue["kind"] == "issue"
    assert issue["evidence"][0]["quote"].startswith("In May 2023")
    rows = list(csv.DictReader(io.StringIO(tally("check", "--format", "csv").out)))
    assert [row["severity"] for row in rows] == ["error", "info"]
    assert "## 1. " in tally("check", "--format", "md").out


def test_a_sheet_to_print(tally: Tally, papers: Path, tmp_path: Path) -> None:  # noqa: F811
    told = tally("check", "--sheet", "questions.pdf")
    assert "Wrote 2 questions to questions.pdf" in told.err
    first = (tmp_path / "questions.pdf").read_bytes()
    document = pypdfium2.PdfDocument(first)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Is one of the three misprinted?" in " ".join(text.split())
    tally("check", "--sheet", "questions.pdf")
    assert (tmp_path / "questions.pdf").read_bytes() == first


def test_coverage(tally: Tally, papers: Path) -> None:  # noqa: F811
    told = tally("check", "--coverage")
    assert "ratio-differs" in told.out
    assert "beside it" in told.out


def test_nothing_to_ask(tally: Tally, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "calm.txt").write_text(MASTHEAD.format(day="20 June 2023") + "1.1 All is well.\n", encoding="utf-8")
    tally("load", "calm.txt", "--jobs", "1")
    told = tally("check")
    assert (told.status, told.out) == (0, "")
    assert "No questions" in told.err


def test_the_export_brings_issues_up_to_date(tally: Tally, papers: Path) -> None:  # noqa: F811
    lines = tally("export", "--kind", "issue").out.splitlines()
    assert [json.loads(line)["check"] for line in lines] != []


def test_the_id_of_an_issue_gives_its_places(tally: Tally, papers: Path) -> None:  # noqa: F811
    told = tally("evidence", ids(tally)[0][:8])
    assert (told.status, "(94.8%)" in told.out, "june.txt" in told.out) == (0, True, True)
