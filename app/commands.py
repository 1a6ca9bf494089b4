"""What the commands do: open the store, ask it, print. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.asking import (
    Asked,
    council_called,
    days_of,
    filters_of,
    metrics_alike,
    metrics_called,
    newest_paper,
    open_to_ask,
    paper_called,
)
from app.export import KINDS, WRITERS, export_rows, row_of
from app.history_page import across_lines, across_rows, history_lines, history_rows
from app.layout import harmless, one_line, shorten, terminal_width
from app.listings import TABLES, overdue_promises, place_in_words, promises_of
from app.metric_page import list_metrics
from app.paper_page import paper_lines
from app.refusing import CannotDoError
from app.target_page import list_missed, list_targets, missed_targets, targets_of
from app.writing import Piece, as_bytes, write_whole
from db.filters import Filters
from db.store import HistoryRow, NoStoreError, Record, SearchHit, Store
from schema.records import Metric

_MOST_JOBS = 4  # a worker holds spaCy and a paper: some 200 MB each


@dataclass(frozen=True)
class LoadRequest:
    """The options of `tally load` as people write them."""

    council: str | None
    day: str | None
    jobs: int | None
    seconds: float
    reread: bool
    debug: bool
    password: str | None = None


def run_load(database: str, paths: Sequence[Path], asked: LoadRequest) -> int:
    """Loads and prints what became of each file. Gives the exit status: 1 where a paper failed."""
    from app.load import LoadOptions, load
    from app.load_report import ProgressLine, refusal_line, summary

    if not paths and not asked.reread:
        raise CannotDoError("Which papers? Name files or folders: tally load papers/")
    options = LoadOptions(
        # Never one unless asked for: a process of its own is what stops a paper that hangs.
        jobs=asked.jobs or max(2, min(_MOST_JOBS, os.cpu_count() or 1)),
        seconds=asked.seconds,
        council=None if asked.council is None else council_called(asked.council),
        meeting_date=None if asked.day is None else _one_day(asked.day),
        reread=asked.reread,
        password=asked.password,
    )
    progress = ProgressLine(sys.stderr, terminal_width())
    with ExitStack() as stack:
        stack.callback(progress.clear)
        report = load(_store_to_load_into(database, bool(paths), stack), paths, options, sys.stdin, progress)
    print_lines(summary(report, terminal_width()))
    if (asked.council or asked.day) and any(one.state != "loaded" for one in report.loaded) and not asked.reread:
        say("Papers that were loaded already keep their council and date; --reread reads them again with those given.")
    for failed in report.refused + report.problems:
        # On a terminal the summary has just said it; a script that keeps the summary apart must hear of it too.
        if not sys.stdout.isatty():
            say(f"tally: {refusal_line(failed).strip()}")
        if asked.debug and failed.trace:
            say(failed.trace)
    return 1 if report.failed else 0


def _store_to_load_into(database: str, may_make: bool, stack: ExitStack) -> Store | Callable[[], Store]:
    """The store, or how to make one where there is none yet. The stack closes it."""
    try:
        return stack.enter_context(Store.open(database, create=False))
    except NoStoreError:
        if not may_make:
            raise
        return lambda: stack.enter_context(Store.open(database))


def _one_day(text: str) -> date:
    first, last = days_of(text)
    if first != last:
        raise CannotDoError(f"--date {text} is no single day. Write it as 2018-03-19.")
    return first


_RECORDS: Final[dict[str, Callable[[Store, Filters], Iterable[Record]]]] = {
    "papers": lambda store, filters: store.papers(filters),
    "figures": lambda store, filters: store.figures(filters),
    "targets": targets_of,
    "missed targets": missed_targets,
    "deadlines": lambda store, filters: [
        one for promise in promises_of(store, store.deadlines(filters)) for one in promise
    ],
    "overdue deadlines": lambda store, filters: [
        one for promise in overdue_promises(store, filters) for one in promise
    ],
    "inspections": lambda store, filters: store.inspections(filters),
    "judgements": lambda store, filters: store.judgements(filters),
    "findings": lambda store, filters: store.findings(filters),
    "metrics": lambda store, filters: store.metrics(filters),
}
_TABLES: Final = {**TABLES, "targets": list_targets, "missed targets": list_missed, "metrics": list_metrics}


def run_list(database: str, what: str, asked: Asked, form: str) -> None:
    """Lists records of a kind, as a table or in a form for programs."""
    with open_to_ask(database) as store:
        filters = filters_of(store, asked)
        if form == "table":
            lines = _TABLES[what](store, filters, terminal_width())
        else:
            papers = {paper.sha256: paper for paper in store.papers()}
            lines = WRITERS[form](row_of(record, papers) for record in _RECORDS[what](store, filters))
        if not _print(lines, form):
            _say_nothing_found(store, what, asked)


def _say_nothing_found(store: Store, what: str, asked: Asked) -> None:
    councils = [council for council in store.councils() if council]
    if not store.papers():
        say("The store has no papers yet. Load some: tally load papers/")
    elif asked == Asked():
        say(f"The papers in the store have no {what}. `tally papers` lists the papers.")
    elif asked.council and council_called(asked.council).casefold() not in {one.casefold() for one in councils}:
        say(
            f"There are no papers of {asked.council}. There are papers of: {', '.join(councils) or 'no known council'}."
        )
    else:
        say(f"No {what} fit these filters. Leave one out, or widen the dates, to find more.")


def run_show(database: str, name: str, form: str) -> None:
    """Shows all that was read in a paper."""
    with open_to_ask(database) as store:
        paper = paper_called(store, name)
        if form == "table":
            _print((line + "\n" for line in paper_lines(store, paper, terminal_width())), form="text")
            return
        of_paper = Filters(paper=paper.sha256)
        kinds = ("figure",) if form == "csv" else tuple(kind for kind in KINDS if kind != "metric")
        _print(WRITERS[form](export_rows(store, of_paper, kinds)), form)


def run_history(database: str, name: str, council: str | None, across: bool, form: str) -> None:
    """Shows one metric by period, for each council that has it; or all councils side by side.

    Of a name that several metrics share the most reported are shown one after the other, so that none is taken for all.
    """
    with open_to_ask(database) as store:
        wanted = None if council is None else council_called(council)
        found = histories_called(store, name, wanted)
        if across:
            _one_metric(found, name)
        if form != "table":
            rows = across_rows(found) if across else (r for metric, told in found for r in history_rows(metric, told))
            _print(WRITERS[form](rows), form)
        elif across:
            print_lines(across_lines(found, terminal_width()))
        else:
            for i, (metric, told) in enumerate(found):
                print_lines(["", *history_lines(metric, told, terminal_width())][not i :])


_MOST_ALIKE = 4


def histories_called(store: Store, name: str, council: str | None) -> list[tuple[Metric, Sequence[HistoryRow]]]:
    """The histories of the metrics that go by a name: of the one that is called so, else of those called so in part."""
    groups = metrics_alike(store, name, council)
    told = [[(metric, store.history(metric.key, metric.council)) for metric in metrics] for metrics in groups]
    told.sort(key=lambda group: (-sum(len(row.reports) for _, rows in group for row in rows), group[0][0].key))
    if len(told) > _MOST_ALIKE:
        rest = [group[0][0].key for group in told[_MOST_ALIKE:]]
        say(f"{len(told)} metrics are called {name!r} in part. Also: {', '.join(rest[:8])}")
    return [history for group in told[:_MOST_ALIKE] for history in group]


def _one_metric(found: Sequence[tuple[Metric, Sequence[HistoryRow]]], name: str) -> None:
    keys = sorted({metric.key for metric, _ in found})
    if len(keys) > 1:
        named = sorted({metric.name for metric, _ in found})
        raise CannotDoError(f"{name!r} may be any of: {'; '.join(named)}. Say which is to be compared.")


def run_plot(database: str, name: str, council: str | None, target: Path) -> None:
    """Draws one metric's history into a file."""
    from app.plot import draw_history

    with open_to_ask(database) as store:
        metrics = metrics_called(store, name, None if council is None else council_called(council))
        write_whole(target, draw_history(store, metrics, target))
    say(f"Drew {metrics[0].name} to {target}.")


def run_changes(database: str, name: str | None, council: str | None, form: str, *, everything: bool) -> None:
    """Shows what a paper changes against the papers of its council before it; unless one is named, the newest."""
    from app.changes_page import changes_lines, changes_rows, comparison

    with open_to_ask(database) as store:
        wanted = None if council is None else council_called(council)
        paper = newest_paper(store, wanted) if name is None else paper_called(store, name)
        if paper.meeting_date is None:
            raise CannotDoError(
                f"{paper.paper} has no meeting date, so nothing is known to be before it. "
                f"Give it: tally load FILE --reread --date 2024-05-15"
            )
        found, metrics = comparison(store, paper)
    if form == "table":
        print_lines(changes_lines(found, metrics, terminal_width(), everything=everything))
    else:
        _print(WRITERS[form](changes_rows(found, metrics)), form)


def run_search(database: str, words: str, asked: Asked, limit: int, form: str) -> None:
    """Finds paragraphs and quotes with all the words, best first."""
    with open_to_ask(database) as store:
        hits = _hits(store, words, asked, limit)
        if form == "table":
            _print(_hit_lines(hits, terminal_width()), form="text")
        else:
            _print(WRITERS[form](hit.model_dump(mode="json") for hit in hits), form)
        if not hits:
            say(f"Nothing in the store has all of: {words}. Try fewer words, or the start of one with a star (visit*).")


def _hits(store: Store, words: str, asked: Asked, limit: int) -> list[SearchHit]:
    filters = filters_of(store, asked)
    if filters == Filters():
        return store.search(words, limit)
    papers = {paper.sha256 for paper in store.papers(filters)}
    # The store searches all papers, so all hits are asked for before those of other papers are left out.
    return [hit for hit in store.search(words, 1_000_000) if hit.sha256 in papers][:limit]


def _hit_lines(hits: Iterable[SearchHit], width: int) -> Iterator[str]:
    for hit in hits:
        yield f"{one_line(hit.paper)} {place_in_words(hit.paragraph, hit.page)}".rstrip() + "\n"
        yield shorten(f"    {one_line(hit.snippet)}", width * 2) + "\n"


def run_text(database: str, name: str, page: int | None) -> None:
    """Prints the stored text, character for character, that the offsets of records count in."""
    with open_to_ask(database) as store:
        paper = paper_called(store, name)
        try:
            text = store.text(paper.sha256, page)
        except LookupError as error:
            raise CannotDoError(f"{paper.paper}: {error.args[0]}.") from error
    # A terminal obeys control characters; they are replaced one for one, so that offsets hold.
    sys.stdout.write(harmless(text, keep="\n\r\t\f") if sys.stdout.isatty() else text)


def run_export(database: str, output: Path | None, format_: str | None, kinds: Sequence[str], asked: Asked) -> None:
    """Writes the export to a file, whole or not at all, or to stdout."""
    form = format_ or _format_of(output)
    wanted = tuple(kinds) or (("figure",) if form in _OF_ONE_KIND else KINDS)
    if form in _OF_ONE_KIND and len(wanted) > 1:
        raise CannotDoError(
            f"A {form} file holds one kind of record, for kinds differ in columns. Name one --kind, or use jsonl."
        )
    if form in _BINARY and output is None:
        raise CannotDoError(f"A {form} file is not for the terminal. Name the file: -o tally.{form}")
    with open_to_ask(database) as store:
        pieces = _export_pieces(store, form, wanted, filters_of(store, asked), output)
        if output is None or str(output) == "-":
            _write_out(pieces, form)
            return
        if _same_file(output, database):
            raise CannotDoError(f"{output} is the store itself. Name another file to export to.")
        write_whole(output, pieces)


_OF_ONE_KIND: Final = ("csv", "parquet")
_BINARY: Final = ("xlsx", "parquet")


def _export_pieces(
    store: Store, form: str, kinds: Sequence[str], filters: Filters, output: Path | None
) -> Iterable[Piece]:
    rows = export_rows(store, filters, kinds)
    if form == "parquet":
        from app.export_parquet import as_parquet

        return as_parquet(rows, kinds[0])
    if form == "xlsx":
        from app.export_excel import as_excel, links_to_files

        papers = list(export_rows(store, filters, ("paper",)))
        files = {row["sha256"]: file for row in papers if (file := store.original_file(row["sha256"])) is not None}
        return as_excel(rows, papers, kinds, links_to_files(files, output))
    return WRITERS[form](rows)


def _write_out(pieces: Iterable[Piece], form: str) -> None:
    if form in _BINARY:
        sys.stdout.buffer.writelines(map(as_bytes, pieces))
    else:
        sys.stdout.writelines(piece for piece in pieces if isinstance(piece, str))


def _format_of(output: Path | None) -> str:
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return ending if ending in (*WRITERS, *_BINARY) else "jsonl"


def _same_file(output: Path, database: str) -> bool:
    path = Path(database.removeprefix("sqlite:///"))
    return output.exists() and path.exists() and output.samefile(path)


def run_doctor(database: str) -> int:
    """Prints what is wrong with the store. Gives the exit status: 1 where something is."""
    with open_to_ask(database) as store:
        problems = store.doctor()
    print_lines(map(one_line, problems) if problems else ["The store is well."])
    return 1 if problems else 0


def run_backup(database: str, target: Path) -> None:
    """Copies the store while it may be in use."""
    with open_to_ask(database) as store:
        store.backup(target)
    say(f"Copied {database} to {target}.")


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _print(pieces: Iterable[str], form: str) -> bool:
    """Prints lines of a table, or pieces of another form as they are. Whether there was anything to print."""
    any_printed = False
    for piece in pieces:
        sys.stdout.write(piece + "\n" if form == "table" else piece)
        any_printed = any_printed or piece.strip() not in ("", "[]")
    return any_printed


def say(message: str) -> None:
    """Tells people something that is not a result."""
    print(message, file=sys.stderr)
