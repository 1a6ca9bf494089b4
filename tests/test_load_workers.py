"""A paper that crashes, hangs or breaks the program costs that paper only."""

from __future__ import annotations

import os
import time
from pathlib import Path

from app.reading import Failure, ReadPaper, Task
from app.workers import read_in_workers
from schema.paper import Page
from schema.records import Extraction, PaperRecord


def read_or_suffer(task: Task) -> ReadPaper | Failure:
    """Does what the task's name says. Workers import it by name."""
    if "crash" in task.name:
        os._exit(3)
    if "hang" in task.name:
        time.sleep(60)
    if "refuse" in task.name:
        return Failure("it is no paper")
    paper = PaperRecord(paper=task.name, sha256="0", council=None, body=None, meeting_date=None, title=None)
    return ReadPaper(Extraction(paper=paper), (Page(number=None, text=task.content.decode()),))


def outcomes(names: list[str], count: int, seconds: float = 30) -> dict[str, str]:
    tasks = [Task(name, name.encode()) for name in names]
    results = read_in_workers(iter(tasks), count, seconds, read_or_suffer)
    return {task.name: result.reason if isinstance(result, Failure) else "read" for task, result in results}


def test_every_paper_is_read_once_whatever_the_number_of_workers() -> None:
    names = [f"paper {i}" for i in range(7)]
    assert outcomes(names, 1) == outcomes(names, 3) == dict.fromkeys(names, "read")


def test_a_crash_costs_one_paper() -> None:
    found = outcomes(["a", "crash", "b", "refuse", "c"], 2)
    assert "ended unexpectedly (exit code 3)" in found.pop("crash")
    assert found == {"a": "read", "b": "read", "refuse": "it is no paper", "c": "read"}


def test_a_paper_that_hangs_is_stopped() -> None:
    began = time.monotonic()
    found = outcomes(["hang", "a", "b"], 2, seconds=4)
    assert time.monotonic() - began < 30
    assert "more than 4 seconds" in found.pop("hang")
    assert found == {"a": "read", "b": "read"}


def test_workers_end_when_the_run_is_broken_off() -> None:
    results = read_in_workers(iter([Task("a", b""), Task("hang", b"")]), 2, 60, read_or_suffer)
    began = time.monotonic()
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 30


def test_no_task_at_all_starts_no_process(tmp_path: Path) -> None:
    assert outcomes([], 4) == {}
