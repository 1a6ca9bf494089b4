"""The command: help that is quick and has examples, results on stdout, talk on stderr, statuses that scripts can trust."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from app.cli import app, main
from db.store import Store
from schema.period import Period
from schema.records import Deadline, Figure, Finding, Inspection, Judgement, Links, Mention, Metric
from tests.store_samples import evidence, percentage, sample

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
HEAVY = ("spacy", "sqlalchemy", "pydantic", "pdfplumber", "pypdfium2", "alembic", "rapidfuzz", "rich", "numpy")


class Told(NamedTuple):
    status: int
    out: str
    err: str


Tally = Callable[..., Told]


@pytest.fixture
def tally(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tally:
    """Runs the command in an empty folder, with `tally.db` there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TALLY_DB", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["tally", *arguments])
        status: object = 0
        try:
            main()
        except SystemExit as exit_:
            status = exit_.code or 0
        out, err = capsys.readouterr()
        assert isinstance(status, int)
        return Told(status, out, err)

    return run


MARCH = "Visits on time were 88.0% at the end of March 2018, below our target of 90%. The system comes by April 2018."
JUNE = "Visits on time were 91% in June and 87.1% in March. The system comes by July 2018. Ofsted came on 1 May 2018."
VISITS = Metric(key="visits_on_time", name="Visits on time", unit="percent", better="higher", council="Casterbridge")


def dated(text: str, printed: str, month: int, name: str) -> Figure:
    return percentage(text, printed, Period.month_end(2018, month), name)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store with two papers: a value restated, a target missed, a promise moved, a visit, a grade, a strength."""
    path = tmp_path / "tally.db"
    target = dated(MARCH, "90%", 3, "march.txt").model_copy(
        update={"role": "target", "target_direction": "at_least", "claim": "not_met"}
    )
    figures = (
        [dated(MARCH, "88.0%", 3, "march.txt"), target],
        [dated(JUNE, "91%", 6, "june.txt"), dated(JUNE, "87.1%", 3, "june.txt")],
    )
    promises = [
        Deadline(evidence=evidence(text, words, name), extractor="promises", subject="The new system", due=due)
        for text, words, name, due in (
            (MARCH, "by April 2018", "march.txt", Period.month(2018, 4)),
            (JUNE, "by July 2018", "june.txt", Period.month(2018, 7)),
        )
    ]
    visit = Mention(
        evidence=evidence(JUNE, "Ofsted", "june.txt"),
        extractor="visits",
        type="monitoring_visit",
        council="Casterbridge",
    )
    grade = Judgement(
        evidence=evidence(JUNE, "Ofsted came", "june.txt"),
        extractor="grades",
        council="Casterbridge",
        area="overall",
        area_text="overall",
        grade="good",
    )
    with Store.open(path) as store:
        first = sample(MARCH, "march.txt", met=date(2018, 4, 10), figures=figures[0], deadlines=promises[:1])
        second = sample(
            JUNE,
            "june.txt",
            met=date(2018, 7, 10),
            figures=figures[1],
            deadlines=promises[1:],
            mentions=[visit],
            judgements=[grade],
        )
        strength = Finding(evidence=evidence(JUNE, "on 1 May", "june.txt"), extractor="lists", finding="strength")
        second = second._replace(extraction=second.extraction.model_copy(update={"findings": (strength,)}))
        first.into(store)
        second.into(store)
        event = Inspection(
            id="e1",
            council="Casterbridge",
            type="monitoring_visit",
            number=2,
            date=Period.day(date(2018, 5, 1)),
            evidence=(visit.evidence,),
        )
        store.apply_links(
            Links(
                council="Casterbridge",
                metrics=(VISITS,),
                figure_metrics={figure.id: VISITS.key for figure in (*figures[0], *figures[1])},
                promises={promise.id: "p1" for promise in promises},
                inspections=(event,),
                events={grade.id: "e1", strength.id: "e1"},
            )
        )
    return path


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_a_few_sentences_and_an_example(tally: Tally, command: str) -> None:
    told = tally(command, "--help")
    paragraphs = [" ".join(part.split()) for part in told.out.split("\n\n")]
    assert told.status == 0
    assert re.fullmatch(r"[A-Z].{10,200}\.", paragraphs[1])
    assert paragraphs[2].startswith(f"Example: tally {command}")


@pytest.mark.parametrize("arguments", [["--help"], *([command, "--help"] for command in COMMANDS)], ids=" ".join)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom app.cli import main\n"
        f"try:\n    main()\nexcept SystemExit:\n    pass\nprint(sorted({{m.partition('.')[0] for m in sys.modules}} & set({HEAVY!r})))"
    )
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_help_is_the_same_whichever_way_it_is_made(tally: Tally) -> None:
    # A command's help alone goes a shorter way; with anything before it, it goes through Typer.
    short = tally("papers", "--help").out
    assert tally("papers", "--db", "x", "--help").out == short


def test_the_contract_is_covered() -> None:
    assert {
        *("load", "papers", "show", "figures", "targets", "deadlines", "inspections", "judgements", "findings"),
        *("metrics", "history", "changes", "search", "text", "tables", "evidence", "export", "demo", "doctor"),
        *("backup", "check"),
    } == set(COMMANDS)


def test_no_command_at_all_shows_help(tally: Tally) -> None:
    told = tally()
    assert "Commands:" in told.out + told.err
    assert told.status == 2


# What there is


def example_of(command: str) -> list[str]:
    [callback] = [one.callback for one in app.registered_commands if one.callback and one.callback.__name__ == command]
    [line] = [line for line in (callback.__doc__ or "").splitlines() if "Example:" in line]
    return shlex.split(line.partition("Example: tally ")[2])


LISTS = ["papers", "figures", "targets", "deadlines", "inspections", "judgements", "findings", "metrics"]


@pytest.mark.parametrize("command", LISTS)
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_lists_come_in_every_form(tally: Tally, filled: Path, command: str, form: str) -> None:
    told = tally(command, "--format", form)
    assert (told.status, told.err) == (0, "")
    if form == "table":
        assert len(told.out.splitlines()) >= 2
        assert max(len(line) for line in told.out.splitlines()) <= 100
    elif form == "csv":
        assert list(csv.DictReader(io.StringIO(told.out, newline="")))
    else:
        rows = json.loads(told.out) if form == "json" else [json.loads(line) for line in told.out.splitlines()]
        assert all(row["kind"] == {"targets": "figure"}.get(command, command.removesuffix("s")) for row in rows)


def test_values_are_printed_as_the_paper_printed_them(tally: Tally, filled: Path) -> None:
    told = tally("figures", "--paper", "march.txt")
    assert "88.0%" in told.out
    assert "end of March 2018" in told.out
    assert "june.txt" not in told.out


def test_targets_stand_beside_the_latest_value(tally: Tally, filled: Path) -> None:
    [_, paper, line] = tally("targets").out.splitlines()
    assert paper == "march.txt"
    assert re.search(r"≥ 90%\s+end of March 2018\s+not met\s+91%\s+Jun 2018\s+met", line)


def test_a_promise_is_told_with_what_became_of_it(tally: Tally, filled: Path) -> None:
    march, june, _, first, second = tally("deadlines").out.splitlines()
    assert (march, june) == ("[1] march.txt, 10 Apr 2018", "[2] june.txt, 10 Jul 2018")
    assert re.search(r"The new system\s+Apr 2018\s+planned\s+\[1\]", first)
    assert re.search(r"again\s+Jul 2018\s+planned\s+later\s+\[2\]", second)


def test_a_day_that_no_month_has_is_marked(tally: Tally, tmp_path: Path) -> None:
    (tmp_path / "march.txt").write_text(f"{PAPER}\n- 3.2 The new rota will be in place by 31 February 2019.\n")
    tally("load", "march.txt", "--jobs", "1")
    line = tally("deadlines").out.splitlines()[-1]
    assert "Feb 2019" in line
    assert line.endswith("impossible")
    assert json.loads(tally("export", "--kind", "deadline").out)["doubts"] == ["impossible"]


def test_inspections_name_the_papers_that_speak_of_them(tally: Tally, filled: Path) -> None:
    paper, _, line = tally("inspections").out.splitlines()
    assert paper == "[1] june.txt, 10 Jul 2018"
    assert re.search(r"Casterbridge\s+monitoring visit\s+2\s+1 May 2018\s+\[1\]", line)


def test_a_metric_has_its_course_and_target(tally: Tally, filled: Path) -> None:
    assert re.search(r"Visits on time\s+91%\s+Jun 2018\s+90%\s+▁█", tally("metrics").out)


@pytest.mark.parametrize("name", ["visits_on_time", "Visits on Time", "on time"])
def test_history_marks_what_was_restated(tally: Tally, filled: Path, name: str) -> None:
    told = tally("history", name)
    assert told.status == 0
    assert re.search(r"87\.1%\s+≠.*\sjune\.txt\s+restated", told.out)
    assert "88.0%" in told.out
    rows = json.loads(tally("history", name, "--format", "json").out)
    assert [row["restates"] for row in rows if row["text"] == "87.1%"] == [True]


def test_history_can_be_drawn(tally: Tally, filled: Path, tmp_path: Path) -> None:
    told = tally("history", "on time", "--plot", "visits.png")
    assert (told.status, told.out, told.err) == (0, "", "Drew Visits on time to visits.png.\n")
    assert (tmp_path / "visits.png").read_bytes().startswith(b"\x89PNG")


def test_changes_cite_both_papers(tally: Tally, filled: Path) -> None:
    out = tally("changes", "june.txt").out
    assert "[1] march.txt, 10 April 2018" in out
    assert re.search(
        r"Better, biggest first \(1\)\n.*\n\s+\+3\s+Visits on time\s+88\.0%\s+Mar 2018\s+\[1\]\s+91%\s+Jun 2018", out
    )
    assert re.search(r"Restated.*\(1\)\n.*\n\s+-0\.9\s+Visits on time\s+88\.0%\s+Mar 2018\s+\[1\]\s+87\.1%", out)
    rows = json.loads(tally("changes", "june.txt", "--format", "json").out)
    assert [(row["change"], row["before_in_paper"], row["in_paper"]) for row in rows] == [
        ("newly_met", "march.txt", "june.txt"),
        ("restated", "march.txt", "june.txt"),
        ("moved", "march.txt", "june.txt"),
    ]
    assert "There is no paper of Casterbridge before it" in tally("changes", "march.txt").out


def test_a_workbook_can_be_piped(tally: Tally, filled: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "export", "--db", str(filled), "--format", "xlsx", "-o", "-"]
    assert subprocess.run(command, capture_output=True, check=True).stdout.startswith(b"PK")
    tally("export", "-o", "tally.parquet", "--metric", "on time")
    assert (tmp_path / "tally.parquet").read_bytes().startswith(b"PAR1")


def test_a_metric_that_is_not_there_is_answered_with_the_nearest(tally: Tally, filled: Path) -> None:
    told = tally("history", "vists in time")
    assert told.status == 2
    assert "Did you mean 'Visits on time'?" in told.err


def test_figures_said_again_in_a_twin_are_told_once(tally: Tally, tmp_path: Path) -> None:
    twins = [dated(MARCH, "88.0%", 3, name) for name in ("cabinet.txt", "board.txt")]
    again = MARCH + "\n"
    second = percentage(again, "88.0%", Period.month_end(2018, 3), "board.txt")
    with Store.open(tmp_path / "tally.db") as store:
        sample(MARCH, "cabinet.txt", met=date(2018, 4, 1), figures=twins[:1]).into(store)
        sample(again, "board.txt", met=date(2018, 4, 2), figures=[second]).into(store)
        store.apply_links(
            Links(
                council="Casterbridge",
                metrics=(VISITS,),
                figure_metrics={twins[0].id: VISITS.key, second.id: VISITS.key},
                statements={second.id: twins[0].id},
            )
        )
    lines = tally("history", "visits_on_time").out.splitlines()
    assert len(lines) == 4
    assert lines[3].endswith("also in board.txt")


def test_show_has_masthead_coverage_and_quotes(tally: Tally, filled: Path) -> None:
    told = tally("show", "june.txt")
    for words in (
        "council:        Casterbridge",
        "meeting:        10 July 2018",
        "Coverage",
        "left over: 0",
        "Judgements (1)",
    ):
        assert words in told.out
    assert "“Visits on time were 91% in June" in told.out
    assert {json.loads(line)["kind"] for line in tally("show", "june.txt", "--format", "jsonl").out.splitlines()} >= {
        *("figure", "deadline", "judgement", "finding", "paper", "inspection")
    }


def test_text_is_printed_to_the_character(tally: Tally, filled: Path) -> None:
    assert tally("text", "march.txt").out == MARCH
    told = tally("text", "march.txt", "--page", "4")
    assert (told.status, told.out) == (2, "")
    assert "march.txt: There is no page 4: the paper has no pages." in told.err


def test_search_finds_paragraphs(tally: Tally, filled: Path) -> None:
    told = tally("search", "system", "july")
    assert told.out.startswith("june.txt")
    assert "march.txt" not in told.out
    nothing = tally("search", "zebra", "crossing")
    assert (nothing.status, nothing.out) == (0, "")
    assert "zebra crossing" in nothing.err


def test_search_may_be_narrowed(tally: Tally, filled: Path) -> None:
    assert tally("search", "system", "--paper", "march.txt", "--format", "jsonl").out.count("\n") >= 1
    assert "june.txt" not in tally("search", "system", "--to", "2018-04").out


# Filters


@pytest.mark.parametrize(
    ("filters", "printed"),
    [
        (["--from", "2018-06"], {"91%"}),
        (["--to", "2018-03"], {"88.0%", "90%", "87.1%"}),
        (["--from", "2018/19"], {"91%"}),
        (["--paper", "march.txt"], {"88.0%", "90%"}),
        (["--metric", "on time", "--council", "casterbridge", "--from", "2018-04-01", "--to", "2018"], {"91%"}),
    ],
)
def test_filters(tally: Tally, filled: Path, filters: list[str], printed: set[str]) -> None:
    rows = [json.loads(line) for line in tally("figures", "--format", "jsonl", *filters).out.splitlines()]
    assert {row["text"] for row in rows} == printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["figures", "--from", "31 February"], "not a date that exists"),
        (["figures", "--from", "2018-02-31"], "not a date that exists"),
        (["figures", "--from", "2019/18"], "not a date that exists"),
        (["figures", "--from", "2019", "--to", "2018"], "Swap them"),
        (["figures", "--paper", "jun.txt"], "There is no paper jun.txt"),
        (["show", "jun"], "Did you mean june.txt?"),
        (["export", "--format", "csv", "--kind", "figure", "--kind", "paper"], "one kind"),
        (["export", "--format", "xlsx"], "-o tally.xlsx"),
        (["export", "-o", "tally.db"], "is the store itself"),
        (["history", "visits_on_time", "--plot", "visits.pdf"], "--plot visits.svg"),
        (["changes", "jun"], "Did you mean june.txt?"),
        (["export", "-o", "."], "is a folder"),
        (["figures", "--format", "xml"], "xml"),
        (["nonsense"], "nonsense"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(
    tally: Tally, filled: Path, arguments: list[str], message: str
) -> None:
    told = tally(*arguments)
    assert (told.status, told.out) == (2, "")
    assert message in told.err
    assert "Traceback" not in told.err


def test_nothing_found_is_said_on_stderr_with_what_to_try(tally: Tally, filled: Path) -> None:
    assert "There are papers of: Casterbridge" in tally("figures", "--council", "Barchester").err
    told = tally("figures", "--from", "2030")
    assert (told.status, told.out) == (0, "")
    assert "widen the dates" in told.err
    assert json.loads(tally("figures", "--from", "2030", "--format", "json").out) == []


# Stores


@pytest.mark.parametrize(
    "command",
    [[one] for one in LISTS]
    + [["show", "x"], ["history", "x"], ["search", "x"], ["text", "x"], ["export"], ["doctor"], ["backup", "y"]],
)
def test_a_store_that_is_not_there_is_not_made(tally: Tally, tmp_path: Path, command: list[str]) -> None:
    told = tally(*command)
    assert told.status == 2
    assert "There is no store at tally.db. Load papers into it first" in told.err
    assert list(tmp_path.iterdir()) == []


def test_the_store_may_be_named_by_option_or_variable(
    tally: Tally, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = filled.rename(tmp_path / "other.db")
    assert tally("papers", "--db", str(other)).status == 0
    assert tally("papers", "--db", f"sqlite:///{other}").status == 0
    monkeypatch.setenv("TALLY_DB", str(other))
    assert tally("papers").status == 0


def test_a_file_that_is_no_store_is_left_alone(tally: Tally, tmp_path: Path) -> None:
    (tmp_path / "tally.db").write_text("my notes")
    for command in (["papers"], ["load", "."]):
        told = tally(*command)
        assert told.status == 2
        assert "not a papertally database" in told.err
    assert (tmp_path / "tally.db").read_text() == "my notes"


def test_doctor_and_backup(tally: Tally, filled: Path, tmp_path: Path) -> None:
    before = tally("export").out
    assert tally("doctor").status in (0, 1)
    assert tally("backup", "copy.db").status == 0
    assert tally("export", "--db", "copy.db").out == before
    assert tally("backup", "copy.db").status == 2


def test_export_to_a_file_and_to_stdout_is_the_same(tally: Tally, filled: Path, tmp_path: Path) -> None:
    assert tally("export", "-o", "out.jsonl").out == ""
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == tally("export", "-o", "-").out
    tally("export", "-o", "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("kind,id,paper,")


# Loading


PAPER = """BARCHESTER COUNCIL

Children's Scrutiny Committee

14 March 2018

Title: Performance Report

- 3.1 Assessments completed within 45 days were 87.9% in December 2017.
"""


def test_loading_tells_and_says_by_its_status_whether_all_is_well(tally: Tally, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "march.txt").write_text(PAPER)
    told = tally("load", "papers", "--jobs", "1")
    assert (told.status, told.err) == (0, "")
    assert "1 paper read:" in told.out
    (papers / "empty.txt").write_text("")
    told = tally("load", "papers", "--jobs", "1")
    assert told.status == 1
    assert "Already loaded, nothing changed: 1 (march.txt)" in told.out
    assert "empty.txt: the file is empty" in told.out
    assert "tally: empty.txt: the file is empty" in told.err


def test_nothing_to_load_is_a_question(tally: Tally, tmp_path: Path) -> None:
    told = tally("load")
    assert (told.status, list(tmp_path.iterdir())) == (2, [])
    assert "Which papers?" in told.err


def test_a_load_without_one_paper_makes_no_store(tally: Tally, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    told = tally("load", "empty.txt", "nowhere.txt", "--jobs", "1")
    assert told.status == 1
    assert "Refused: 2" in told.out
    assert [path.name for path in tmp_path.iterdir()] == ["empty.txt"]
    told = tally("load", "empty.txt", "--db", "nofolder/tally.db")
    assert (told.status, told.out) == (2, "")
    assert "There is no folder nofolder" in told.err


def test_a_list_of_papers_is_read_from_stdin(tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "march.txt").write_text(PAPER)
    monkeypatch.setattr(sys, "stdin", io.StringIO("march.txt\n"))
    assert "1 paper read:" in tally("load", "-", "--jobs", "1").out


def test_a_council_goes_by_its_short_name_whatever_it_is_given_as(tally: Tally, tmp_path: Path) -> None:
    (tmp_path / "march.txt").write_text(PAPER)
    tally("load", "march.txt", "--jobs", "1", "--council", "london borough of tower hamlets", "--date", "2018-03-20")
    assert json.loads(tally("papers", "--format", "jsonl").out)["council"] == "Tower Hamlets"
    assert "20 Mar 2018" in tally("papers").out
    assert "--reread" in tally("load", "march.txt", "--jobs", "1", "--council", "Kent").err
    assert tally("load", "march.txt", "--date", "2018-03").status == 2


def test_a_store_that_may_not_be_written_is_said_for_each_paper(tally: Tally, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "march.txt").write_text(PAPER)
    told = tally("load", "march.txt", "--jobs", "1", "--db", f"file:{filled}?mode=ro")
    assert told.status == 1
    assert "march.txt: it could not be saved" in told.out
    assert "read-only" in told.out


def test_a_reader_that_leaves_early_is_no_error(filled: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m app.cli export --db {shlex.quote(str(filled))} | head -c 5"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=environment)
    assert (run.stdout, run.stderr) == ('{"kin', "")
