"""The load run: files become papers, papers become records, records are saved, and what they belong to is linked anew.

What is stored depends on the set of files, not on their order, their number of workers or how often they are loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from app.files import Refused, find_files, printable_name, why_not
from app.reading import Failure, ReadPaper, Task
from app.workers import read_here, read_in_workers
from schema.records import Extraction, PaperRecord

if TYPE_CHECKING:
    from db.store import Store

State = Literal["loaded", "reread", "known", "name added", "restored"]
MakeStore = Callable[[], "Store"]


@dataclass(frozen=True)
class LoadOptions:
    """How to load. One job reads in this process, without a time limit; more jobs are processes of their own.

    `council` and `meeting_date` stand in for the mastheads'. `reread` reads papers that are stored already once more.
    `password` opens those that are encrypted; it is kept nowhere.
    """

    jobs: int = 1
    seconds: float = 600
    council: str | None = None
    meeting_date: date | None = None
    reread: bool = False
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Loaded:
    """What became of a file that is in the store now. `counts` are its records by kind, if it was read in this run."""

    name: str
    state: State
    paper: PaperRecord | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class LoadReport:
    """What a load run did; `refused` are the files that gave no paper, `problems` what went wrong beside them,
    `passed_over` the files in the folders that are of no kind that is read."""

    loaded: list[Loaded] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    problems: list[Refused] = field(default_factory=list)
    passed_over: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return bool(self.refused or self.problems)


Progress = Callable[[int, int, str], None]
"""Told after each file: how many are done, how many there are, and the file's name."""


def load(
    store: Store | MakeStore,
    paths: Sequence[Path],
    options: LoadOptions,
    listed: Iterable[str] = (),
    progress: Progress = lambda done, total, name: None,
) -> LoadReport:
    """Loads what `paths` name; without a path and with `reread`, reads every stored paper once more.

    Instead of a store, how to make one may be given; it is made when the first paper is to be saved, and not for none.

    Nothing that a file holds raises: one that gives no paper is in the report's `refused`, and nothing of it is stored.
    """
    run = _Run(store, options, progress)
    try:
        if paths:
            run.load_files(paths, listed)
        else:
            run.reread_all()
    finally:
        # Also after Ctrl-C: what was saved is linked, so that the store answers for it.
        run.link()
    return run.sorted_report()


class _Run:
    """One load run: what it has done so far."""

    def __init__(self, store: Store | MakeStore, options: LoadOptions, progress: Progress) -> None:
        self.store: Store | None = None if callable(store) else store
        self.make_store: MakeStore = store if callable(store) else lambda: store
        self.options = options
        self.progress = progress
        self.report = LoadReport()
        self.under_way: dict[str, list[str]] = {}  # sha256 of a file that is being read: the names it came under
        self.done = 0
        self.total = 0

    def load_files(self, paths: Sequence[Path], listed: Iterable[str]) -> None:
        from ingest.reading import SUFFIXES

        found = find_files(paths, listed, SUFFIXES)
        self.report.refused += found.refused
        self.report.passed_over = found.passed_over
        self.total = len(found.files)
        self._read_all(self._tasks(found.files))

    def reread_all(self) -> None:
        store = self._store_to_save_in()
        papers = store.papers()
        self.total = len(papers)
        self._read_all(self._stored_tasks(store, papers))

    def link(self) -> None:
        """Links every council whose papers changed, by this run or by one that was cut short."""
        from linking.link import link

        if self.store is None:
            return
        for council in self.store.unlinked():
            try:
                self.store.relink(council, link)
            except Exception as error:
                # The papers are saved and can be asked; only what connects them is missing, until the next load.
                reason = f"their papers are loaded but could not be linked ({_said(error)}); load again to retry"
                self.report.problems.append(Refused(council or "papers without a council", reason, _trace(error)))

    def sorted_report(self) -> LoadReport:
        report = self.report
        return LoadReport(
            sorted(report.loaded, key=lambda one: one.name),
            sorted(report.refused, key=lambda one: one.name),
            report.problems,
            report.passed_over,
        )

    def _read_all(self, tasks: Iterator[Task]) -> None:
        if self.options.jobs == 1:
            results = read_here(tasks)
        else:
            results = read_in_workers(tasks, min(self.options.jobs, max(1, self.total)), self.options.seconds)
        for task, result in results:
            self._finish(task, result)

    def _tasks(self, files: Iterable[Path]) -> Iterator[Task]:
        """The files that must be read. Those that need not be are dealt with on the way."""
        for path in files:
            name = printable_name(path)
            try:
                content = path.read_bytes()
            except (OSError, MemoryError) as error:
                self._refuse(
                    name, why_not(error) if isinstance(error, OSError) else "it is too large for this machine's memory"
                )
                continue
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in self.under_way:
                self.under_way[sha256].append(name)
            elif self._deal_with_known(sha256, name, content):
                continue
            else:
                self.under_way[sha256] = [name]
                yield self._task(name, content, self._stored(sha256))

    def _task(self, name: str, content: bytes, stored: PaperRecord | None) -> Task:
        """Reading a file. What was given with it at an earlier load holds until something else is given."""
        council, day = self.options.council, self.options.meeting_date
        if stored is not None:
            council = council or (stored.council if stored.council_from == "given" else None)
            day = day or (stored.meeting_date if stored.date_given else None)
        return Task(name, content, council, day, self.options.password)

    def _stored(self, sha256: str) -> PaperRecord | None:
        """The paper as it is stored, where it is."""
        if self.store is None or not self.store.has(sha256):
            return None
        return self.store.find_paper(sha256)

    def _store_to_save_in(self) -> Store:
        """The store; made now, if need be. Raises StoreError where none can be."""
        if self.store is None:
            self.store = self.make_store()
        return self.store

    def _stored_tasks(self, store: Store, papers: Iterable[PaperRecord]) -> Iterator[Task]:
        for paper in papers:
            try:
                content = store.original(paper.sha256)
            except Exception as error:
                self._refuse(
                    paper.paper, f"its original could not be read again ({error}); load the file itself", error
                )
                continue
            self.under_way[paper.sha256] = [paper.paper]
            yield self._task(paper.paper, content, paper)

    def _deal_with_known(self, sha256: str, name: str, content: bytes) -> bool:
        """Whether the content is stored and need not be read. A new name of it is kept, and its file where that was
        lost."""
        try:
            if self.store is None or not self.store.has(sha256):
                return False
            restored = self.store.restore_original(content)
            added = self.store.add_name(sha256, name)
        except Exception as error:
            self._refuse(name, f"it could not be saved: {_said(error)}", error)
            return True
        if self.options.reread:
            return False
        self._count(Loaded(name, "restored" if restored else "name added" if added else "known"))
        return True

    def _finish(self, task: Task, result: ReadPaper | Failure) -> None:
        sha256 = hashlib.sha256(task.content).hexdigest()
        names = self.under_way.pop(sha256)
        if isinstance(result, Failure):
            for name in names:
                self._refuse(name, result.reason, trace=result.trace)
            return
        store = self._store_to_save_in()
        try:
            state = _save(store, result, task.content)
        except Exception as error:
            for name in names:
                self._refuse(name, f"it could not be saved: {_said(error)}", error)
            return
        self._count(Loaded(task.name, state, result.extraction.paper, counts_of(result.extraction)))
        for name in names[1:]:
            self._deal_with_known(sha256, name, task.content)

    def _refuse(self, name: str, reason: str, error: BaseException | None = None, trace: str | None = None) -> None:
        self.report.refused.append(Refused(name, reason, _trace(error) if error else trace))
        self._step(name)

    def _count(self, loaded: Loaded) -> None:
        self.report.loaded.append(loaded)
        self._step(loaded.name)

    def _step(self, name: str) -> None:
        self.done += 1
        self.progress(self.done, self.total, name)


def _save(store: Store, result: ReadPaper, content: bytes) -> State:
    if not store.has(result.extraction.paper.sha256):
        store.save(result.extraction, result.pages, content)
        return "loaded"
    store.replace(result.extraction, result.pages)
    return "reread"


KINDS: Final = ("figures", "targets", "deadlines", "mentions", "judgements", "findings", "refused")
"""What the records of a paper are counted by: targets apart from other figures, as people ask for them."""


def counts_of(extraction: Extraction) -> dict[str, int]:
    """How many records of each kind a paper gave."""
    targets = sum(figure.role == "target" for figure in extraction.figures)
    counts = (
        len(extraction.figures) - targets,
        targets,
        len(extraction.deadlines),
        len(extraction.mentions),
        len(extraction.judgements),
        len(extraction.findings),
        len(extraction.refusals),
    )
    return dict(zip(KINDS, counts, strict=True))


def _said(error: BaseException) -> str:
    """An error's words; of an unexpected one, which it was."""
    from db.errors import EvidenceError, StoreError

    return str(error) if isinstance(error, StoreError | EvidenceError) else f"{type(error).__name__}: {error}"


def _trace(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))
