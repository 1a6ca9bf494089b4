"""One file's bytes to the records of one paper. Runs in the load run's own process or in a worker; touches no store."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from schema.paper import Masthead, Page, Paper, Report, ReportKind
from schema.records import Extraction

READERS: Final = ("ingest.reading", "extractors.pipeline")
"""What `read_records` imports when it is called: the process that only hands tasks to workers never needs spaCy."""


@dataclass(frozen=True)
class Task:
    """A file to read. `council` and `meeting_date`, where given, stand in for what its masthead says; `password` opens
    an encrypted PDF."""

    name: str
    content: bytes
    council: str | None = None
    meeting_date: date | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ReadPaper:
    extraction: Extraction
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Failure:
    """Why a file gave no paper, in words for the person who loads it; `trace` is for whoever mends the program."""

    reason: str
    trace: str | None = None


def read_records(task: Task) -> ReadPaper | Failure:
    """The records of a file, or why there are none. Raises nothing."""
    try:
        with _rare_collections():
            return _read(task)
    except MemoryError:
        return Failure(
            "there was not enough memory to read it; close other programs, load with --jobs 1, or split the file"
        )
    except RecursionError:
        return Failure("it is nested too deeply to be read; save it anew as plain text", traceback.format_exc())
    except Exception as error:
        # Whatever goes wrong in reading one paper is that paper's loss and not the run's.
        reason = (
            f"the program failed on it ({type(error).__name__}: {error}); please report it, with what --debug prints"
        )
        return Failure(reason, traceback.format_exc())


@contextmanager
def _rare_collections() -> Iterator[None]:
    """A page makes thousands of small objects, hardly any in cycles: looking for those all the time costs a tenth."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _read(task: Task) -> ReadPaper | Failure:
    from extractors.pipeline import extract
    from ingest.reading import UnreadableError, read_paper
    from linking.twins import sketches

    try:
        paper = read_paper(task.name, task.content, task.password)
    except UnreadableError as error:
        return Failure(str(error))
    paper = with_given(paper, task.council, task.meeting_date)
    extraction = extract(paper)
    record = extraction.paper.model_copy(update={"sketches": sketches(paper)})
    return ReadPaper(extraction.model_copy(update={"paper": record}), paper.pages)


def with_given(paper: Paper, council: str | None, meeting_date: date | None) -> Paper:
    """The paper with the council and the meeting's date that a person gave, in every masthead that they are true of.

    The minutes in a pack are of an earlier meeting, so their date stays.
    """
    if council is None and meeting_date is None:
        return paper
    return paper.model_copy(
        update={
            "masthead": _given(paper.masthead, council, meeting_date),
            "reports": tuple(_report_given(report, council, meeting_date) for report in paper.reports),
        }
    )


def _report_given(report: Report, council: str | None, meeting_date: date | None) -> Report:
    day = None if report.kind is ReportKind.MINUTES else meeting_date
    return report.model_copy(update={"masthead": _given(report.masthead, council, day)})


def _given(masthead: Masthead, council: str | None, meeting_date: date | None) -> Masthead:
    update: dict[str, object] = {}
    if council is not None:
        update |= {"council": council, "council_from": "given"}
    if meeting_date is not None:
        update |= {"meeting_date": meeting_date, "date_given": True}
    return masthead.model_copy(update=update)
