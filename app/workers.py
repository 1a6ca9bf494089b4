"""Reading papers in processes of their own, so that one which crashes, hangs or eats memory costs one paper."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from app.reading import READERS, Failure, ReadPaper, Task, read_records


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    due: float = 0.0


Reader = Callable[[Task], ReadPaper | Failure]


def read_here(tasks: Iterable[Task]) -> Iterator[tuple[Task, ReadPaper | Failure]]:
    """Reads one task after the other in this process. Nothing protects it from a paper that hangs."""
    for task in tasks:
        yield task, read_records(task)


def read_in_workers(
    tasks: Iterable[Task], count: int, seconds: float, read: Reader = read_records
) -> Iterator[tuple[Task, ReadPaper | Failure]]:
    """Reads tasks in up to `count` processes and hands them back as they are done; each has `seconds`.

    Tasks are asked for only when a process is free, so that few files are in memory at once. `read` must be a function
    of a module, for its name is what a process is given.
    """
    context = _context()
    idle: list[_Worker] = []
    busy: list[_Worker] = []
    waiting = iter(tasks)
    try:
        while True:
            while len(busy) < count and (task := next(waiting, None)) is not None:
                busy.append(_give(task, idle, lambda: _start(context, read), seconds))
            if not busy:
                return
            for worker in _done_or_due(busy):
                busy.remove(worker)
                task, result, alive = _collect(worker, seconds)
                if alive:
                    idle.append(worker)
                yield task, result
    finally:
        for worker in busy:
            _stop(worker, patience=0)
        for worker in idle:
            _stop(worker, patience=1)


def _context() -> BaseContext:
    # A fork of this process would share its open database; a fork server imports spaCy once for all workers instead.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["app.reading", *READERS])
        return context
    return multiprocessing.get_context("spawn")


def _give(task: Task, idle: list[_Worker], start: Callable[[], _Worker], seconds: float) -> _Worker:
    while idle:
        worker = idle.pop()
        try:
            worker.pipe.send(task)
        except OSError:  # it died while it had nothing to do: that costs no paper
            _stop(worker, patience=1)
            continue
        return _note(worker, task, seconds)
    worker = start()
    with contextlib.suppress(OSError):  # dead at once: the end of its pipe says so when the result is collected
        worker.pipe.send(task)
    return _note(worker, task, seconds)


def _note(worker: _Worker, task: Task, seconds: float) -> _Worker:
    worker.task, worker.due = task, time.monotonic() + seconds
    return worker


def _start(context: BaseContext, read: Reader) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, read), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()  # else the end of the process would not end the pipe
    return _Worker(process, ours)


def _work(pipe: Connection, read: Reader) -> None:
    """A worker's life: a task in, its records out, until the pipe is closed."""
    # Ctrl-C reaches every process of the terminal; the run ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            pipe.send(read(pipe.recv()))
    except (EOFError, BrokenPipeError):
        return


def _done_or_due(busy: list[_Worker]) -> list[_Worker]:
    """Waits until a worker has a result, has died, or is out of time; returns all that are."""
    while True:
        nearest = max(0.0, min(worker.due for worker in busy) - time.monotonic())
        ready = set(wait([worker.pipe for worker in busy], nearest))
        now = time.monotonic()
        if done := [worker for worker in busy if worker.pipe in ready or worker.due <= now]:
            return done


def _collect(worker: _Worker, seconds: float) -> tuple[Task, ReadPaper | Failure, bool]:
    """A worker's task, what became of it, and whether the worker can go on."""
    assert worker.task is not None
    if not worker.pipe.poll():
        _stop(worker, patience=0)
        reason = f"reading it took more than {seconds:g} seconds, so it was stopped; give it longer with --timeout"
        return worker.task, Failure(reason), False
    try:
        return worker.task, worker.pipe.recv(), True
    except (EOFError, OSError):
        _stop(worker, patience=1)
        reason = (
            f"the process that read it ended unexpectedly (exit code {worker.process.exitcode}), perhaps for want of "
            "memory; close other programs and load it again, with --jobs 1 to see more"
        )
        return worker.task, Failure(reason), False


def _stop(worker: _Worker, patience: float) -> None:
    """Ends a worker: it goes by itself when its pipe is closed, unless it is busy or hangs."""
    worker.pipe.close()
    worker.process.join(patience)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
