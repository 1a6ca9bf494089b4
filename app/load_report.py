"""What a load run tells people: a line of progress while it runs, and what was read, known and refused at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TextIO

from app.files import Refused
from app.layout import Column, lay_out_by, one_line
from app.load import KINDS, Loaded, LoadReport
from app.period_words import short_day

_BAR = 24


class ProgressLine:
    """A progress bar on one line of a terminal, and nothing at all elsewhere."""

    def __init__(self, stream: TextIO = sys.stderr, width: int = 100) -> None:
        self.stream = stream
        self.width = width
        self.shown = stream.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        if not self.shown:
            return
        filled = _BAR * done // max(total, 1)
        line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{total} {one_line(name)}"
        self.stream.write(f"\r{line[: self.width - 1]}\x1b[K")
        self.stream.flush()

    def clear(self) -> None:
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def summary(report: LoadReport, width: int) -> Iterator[str]:
    """The lines that a load run ends with."""
    read = sorted((one for one in report.loaded if one.paper is not None), key=_by_council)
    known = [one for one in report.loaded if one.paper is None]
    if read:
        yield f"{_papers(len(read))} read:"
        yield from _read_table(read, width)
    for one in read:
        for what in one.paper.unread if one.paper else ():
            yield f"  {one_line(one.name)}: not read: {one_line(what)}"
    yield from _known_lines(known)
    if report.passed_over:
        yield f"Passed over, for such files are not read: {_listed([one_line(name) for name in report.passed_over])}"
    if report.refused:
        yield f"Refused: {len(report.refused)}"
        yield from (refusal_line(one) for one in report.refused)
    if report.problems:
        yield "Not linked:"
        yield from (refusal_line(one) for one in report.problems)
    if not (report.loaded or report.failed):
        yield "There was nothing to read."


def _by_council(loaded: Loaded) -> tuple[object, ...]:
    """The order of the papers read: each council's together by meeting, what is unknown last."""
    paper = loaded.paper
    if paper is None:
        return (True, "", date.max, loaded.name)
    return (paper.council is None, paper.council or "", paper.meeting_date or date.max, loaded.name)


def refusal_line(refused: Refused) -> str:
    return f"  {one_line(refused.name)}: {one_line(refused.reason)}"


_TITLES = {"deadlines": "due", "mentions": "visits", "judgements": "grades"}


def _read_table(read: Sequence[Loaded], width: int) -> Iterator[str]:
    kinds = [kind for kind in KINDS if any(one.counts[kind] for one in read)]
    columns = (
        Column("meeting", whole=True),
        Column("paper", middle=True, least=16),
        *(Column(_TITLES.get(kind, kind), number=True) for kind in kinds),
    )
    councils = [(one.paper.council if one.paper else None) or "council unknown" for one in read]
    return lay_out_by(councils, columns, (_cells(one, kinds) for one in read), width)


def _cells(loaded: Loaded, kinds: Sequence[str]) -> Sequence[str]:
    meeting = short_day(loaded.paper.meeting_date if loaded.paper else None) or "unknown"
    name = f"{loaded.name} (again)" if loaded.state == "reread" else loaded.name
    # Of most kinds most papers have none: a nought would hide those that have some.
    return [meeting, name, *(str(loaded.counts[kind] or "") for kind in kinds)]


def _known_lines(known: list[Loaded]) -> Iterator[str]:
    same = [one_line(one.name) for one in known if one.state == "known"]
    restored = [one_line(one.name) for one in known if one.state == "restored"]
    renamed = [one_line(one.name) for one in known if one.state == "name added"]
    if same:
        yield f"Already loaded, nothing changed: {len(same)} ({_listed(same)})"
    if restored:
        yield f"Already loaded; the lost original is back in its place: {len(restored)} ({_listed(restored)})"
    if renamed:
        yield f"Already loaded under another name, which is kept beside it: {len(renamed)} ({_listed(renamed)})"


def _listed(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"
