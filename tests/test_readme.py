"""The documents are true: what they show is what the commands print, and what they point at is there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app.cli import app
from docs.make_reference import FILE as REFERENCE
from docs.make_reference import reference
from docs.tour import CUT, ROOT, Step, TourError, documents, fresh_folder, renewed_text, run, steps_of

PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "DEVELOPERS.md")] + sorted((ROOT / "docs").glob("*.md"))
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
STEPS = [
    pytest.param(file.name, number, id=f"{file.name}-{step.command}")
    for file in documents()
    for number, step in enumerate(steps_of(file.read_text(encoding="utf-8")))
]


class Printed(NamedTuple):
    """What each step of each document prints, and the answers to the questions in SQL."""

    steps: dict[tuple[str, int], tuple[Step, list[str]]]
    answers: dict[str, int]


@pytest.fixture(scope="module")
def printed() -> Iterator[Printed]:
    """All documents, one after the other in one folder, as a reader would go on with the store of the tour."""
    with fresh_folder():
        steps = {
            (file.name, number): (step, run(step.command))
            for file in documents()
            for number, step in enumerate(steps_of(file.read_text(encoding="utf-8")))
        }
        yield Printed(steps, {question: _rows(question) for question in sql_questions()})


def sql_questions() -> list[str]:
    blocks = [
        block
        for page in PAGES
        for block in re.findall(r"^```sql\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    ]
    return [question.strip() for block in blocks for question in block.split(";") if question.strip()]


def _rows(question: str) -> int:
    connection = sqlite3.connect("tally.db")
    try:
        return len(connection.execute(question).fetchall())
    finally:
        connection.close()


@pytest.mark.parametrize(("document", "number"), STEPS)
def test_a_command_prints_what_the_document_shows(printed: Printed, document: str, number: int) -> None:
    step, lines = printed.steps[document, number]
    assert step.renewed(lines) == list(step.shown), "if the difference is right, put it into the documents: make tour"


def test_questions_in_sql_have_answers(printed: Printed) -> None:
    assert printed.answers
    assert all(printed.answers.values())


def test_readme_and_the_guides_have_a_tour() -> None:
    assert [file.name for file in documents()] == ["README.md", "auditors.md", "officers.md", "researchers.md"]


# The tour itself


@pytest.mark.parametrize(
    ("shown", "agrees"),
    [
        ("a b c d", True),
        ("a b", False),
        ("a b c x", False),
        ("", False),
        ("a … d", True),
        ("a b …", True),
        ("… c d", True),
        ("…", True),
        ("a … x", False),
        ("x … d", False),
        # Nothing is left out here, so nothing may be said to be.
        ("a b … c d", False),
        ("a b c … c d", False),
    ],
)
def test_a_cut_stands_for_lines_and_everything_else_for_itself(shown: str, agrees: bool) -> None:
    assert Step("tally papers", tuple(shown.split())).agrees_with("abcd") is agrees


def test_renewing_keeps_the_prose_the_commands_and_the_cut() -> None:
    before = "One:\n\n```console\n$ tally papers\nold\n$ tally metrics\nold\n…\nold\n```\n\n```sh\n$ ls\n```\n"
    after = renewed_text(before, iter([["new", "newer"], ["1", "2", "3", "4"]]))
    assert after == before.replace("papers\nold\n", "papers\nnew\nnewer\n").replace("old\n…\nold", "1\n…\n4")
    assert [step.shown for step in steps_of(after)] == [("new", "newer"), ("1", CUT, "4")]


def test_what_a_reader_could_not_run_is_no_tour() -> None:
    with pytest.raises(TourError, match="starts with no command: output"):
        steps_of("```console\noutput\n```\n")
    with pytest.raises(TourError, match="Only tally is run"):
        run("rm -r papers")
    with fresh_folder(), pytest.raises(TourError, match="There is no store"):
        run("tally papers")


# Reference and links


def test_the_reference_is_what_help_says() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference(), "renew it: make reference"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## tally {command}\n" in reference()
    guides = [page.read_text(encoding="utf-8") for page in PAGES if page not in (REFERENCE, ROOT / "CHANGELOG.md")]
    assert any(f"tally {command}" in guide for guide in guides), "no guide shows what it is for"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        name, _, section = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not section or section in _anchors(target), link


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
