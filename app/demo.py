"""The tour: the sample papers loaded into a store of their own, and what can be asked of them, in one screen.

Nothing here knows what the samples say: every line is an answer of the store, as the commands named beside it give it.
"""

from __future__ import annotations

import hashlib
import tempfile
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Final

import corpus
from app.commands import print_lines, say
from app.layout import Column, lay_out, terminal_width
from app.listings import (
    period_of,
    place_of,
    promises_of,
)
from app.load import LoadOptions, LoadReport, load
from app.load_report import refusal_line
from app.refusing import CannotDoError
from app.series import own_actuals, sparkline
from app.target_page import Series, latest_actuals, series_of
from app.timeline import by_date, event_name
from db.history import HistoryReport, HistoryRow
from db.store import Store
from schema.records import Deadline, Figure, Metric, PaperRecord

SAMPLES: Final = Path(corpus.__file__).parent / "samples"
Papers = Mapping[str, PaperRecord]


def run_demo(database: str | None) -> int:
    """Loads the samples and tells their story. Gives the exit status: 1 where a sample could not be read."""
    files = sorted(SAMPLES.glob("*.txt"))
    with tempfile.TemporaryDirectory(prefix="tally-demo-") if database is None else nullcontext(None) as folder:
        place = database or str(Path(folder or ".") / "demo.db")
        with Store.open(place) as store:
            _check_own(store, files, place)
            report = load(store, files, LoadOptions())
            for failed in report.refused + report.problems:
                say(f"tally: {refusal_line(failed).strip()}")
            print_lines(part for line in story(store, report) for part in _wrapped(line, terminal_width()))
    print(_how_to_go_on(database))
    return 1 if report.failed else 0


def _check_own(store: Store, samples: Sequence[Path], place: str) -> None:
    """Raises CannotDoError where the store holds papers that are not samples: the tour would tell of both."""
    known = {hashlib.sha256(path.read_bytes()).hexdigest() for path in samples}
    others = [paper.paper for paper in store.papers() if paper.sha256 not in known]
    if others:
        raise CannotDoError(
            f"{place} holds other papers ({others[0]}, ...), and the tour wants a store of its own. "
            "Name a new file with --db, or leave it out."
        )


def _how_to_go_on(database: str | None) -> str:
    if database is None:
        return "These are sample papers. To look around in them: tally demo --db demo.db. Your own: tally load FOLDER"
    return f"Go on with: tally metrics --db {database}    tally show PAPER --db {database}    tally --help"


def _wrapped(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, width, subsequent_indent=indent + "    ", break_on_hyphens=False) or [""]


def story(store: Store, report: LoadReport) -> Iterator[str]:
    """The lines of the tour."""
    papers = {paper.sha256: paper for paper in store.papers()}
    figures = store.figures()
    yield from _papers_lines(store, figures, papers, report)
    yield from _course_lines(store, figures, papers)
    yield from _missed_lines(store, figures, papers)
    yield from _slip_lines(store)
    yield from _inspection_lines(store)
    yield from _restated_lines(store)


def _papers_lines(store: Store, figures: Sequence[Figure], papers: Papers, report: LoadReport) -> Iterator[str]:
    councils = sorted({paper.council or "no known council" for paper in papers.values()})
    yield (
        f"{len(papers)} papers of {', '.join(councils)}: "
        f"{len(figures)} figures of {len(store.metrics())} metrics, {len(store.deadlines())} deadlines, "
        f"{len(store.judgements())} judgements, {len(store.findings())} findings"
        + (f", {len(report.refused)} files refused" if report.refused else "")
    )
    columns = (
        Column("  meeting", whole=True),
        Column("paper", middle=True),
        Column("body"),
        Column("figures", number=True),
    )
    counts: dict[str, int] = defaultdict(int)
    for figure in figures:
        counts[figure.evidence.sha256] += 1
    rows = [(f"  {p.meeting_date or 'no date'}", p.paper, p.body or "", str(counts[p.sha256])) for p in papers.values()]
    for line in lay_out(columns, rows, terminal_width() - 2):
        yield "  " + line.strip()


def _course_lines(store: Store, figures: Sequence[Figure], papers: Papers) -> Iterator[str]:
    """The metric that most papers report, over time, and the latest value in each of the papers."""
    courses = {series: own_actuals(of, papers) for series, of in _by_series(figures, papers).items()}
    if not any(courses.values()):
        return
    told = {series: _latest_by_paper(of, papers) for series, of in _by_series(figures, papers).items()}
    key, council = max(courses, key=lambda series: (len(told[series]), len(courses[series]), series[0]))
    values = [point.value for point in courses[key, council] if point.value is not None]
    yield ""
    yield f"One metric over the papers: {_metric_name(store, key, council)}   {sparkline(values)}"
    yield f"  (tally history {key})"
    for figure in told[key, council]:
        yield f"  {figure.evidence.text:>6}  {period_of(figure.period)}  [{_place(figure)}]"


def _latest_by_paper(figures: Sequence[Figure], papers: Papers) -> list[Figure]:
    """The value of the latest period that each paper gives, in the order of the papers."""
    by_paper: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_paper[figure.evidence.sha256].append(figure)
    latest = [points[-1] for said in by_paper.values() if (points := own_actuals(said, papers))]
    return sorted(latest, key=lambda figure: _when_said(figure, papers))


def _missed_lines(store: Store, figures: Sequence[Figure], papers: Papers) -> Iterator[str]:
    """The targets that the latest value does not reach, the last named first."""
    latest = latest_actuals(store, papers)
    missed: dict[Series, tuple[Figure, Figure]] = {}
    for target in sorted(figures, key=lambda one: _when_said(one, papers)):
        series = series_of(target, papers)
        actual = latest.get(series)
        if target.role == "target" and actual is not None and is_missed(target, actual):
            missed[series] = target, actual
    if not missed:
        return
    yield ""
    yield "Targets that the latest value misses   (tally targets)"
    for (key, council), (target, actual) in list(missed.items())[-3:]:
        asks = (target.target_direction or "").replace("_", " ")
        yield (
            f"  {_metric_name(store, key, council)}: {actual.evidence.text} ({period_of(actual.period)}), "
            f"asked for {asks} {target.evidence.text}  [{_place(target)}]"
        )


_MUST_BE_REACHED: Final = (None, "min", "floor")
"""Target bands that make a target missed where they are not reached; `upper` is what one hopes for."""


def is_missed(target: Figure, actual: Figure) -> bool:
    """Whether a value of the whole is on the wrong side of a target whose direction the paper gives."""
    if target.value is None or actual.value is None or target.unit != actual.unit:
        return False
    if target.breakdown not in _MUST_BE_REACHED or actual.breakdown is not None:
        return False
    if target.target_direction == "at_least":
        return actual.value < target.value
    return target.target_direction == "at_most" and actual.value > target.value


def _slip_lines(store: Store) -> Iterator[str]:
    """The promise whose date moved most often, and then furthest."""
    promises = [promise for promise in promises_of(store, store.deadlines()) if _moves(promise)]
    if not promises:
        return
    slipped = max(promises, key=lambda promise: (_moves(promise), promise[-1].due.end - promise[0].due.end))
    yield ""
    yield f"A deadline that slipped: {slipped[0].subject}   (tally deadlines)"
    dates: dict[tuple[date, str], Deadline] = {}
    for deadline in slipped:
        dates.setdefault((deadline.due.end, deadline.status), deadline)
    for deadline in dates.values():
        yield f"  {period_of(deadline.due)}: {deadline.status}  [{_place(deadline)}]"


def _moves(promise: Sequence[Deadline]) -> int:
    """How many times a promise's date moved later."""
    latest, moves = promise[0].due.end, 0
    for deadline in promise[1:]:
        if deadline.due.end > latest:
            latest, moves = deadline.due.end, moves + 1
    return moves


def _inspection_lines(store: Store) -> Iterator[str]:
    inspections = sorted(store.inspections(), key=by_date)
    if not inspections:
        return
    yield ""
    yield "Inspections and visits   (tally inspections)"
    for inspection in inspections[:6]:
        spoken_of = len({evidence.sha256 for evidence in inspection.evidence})
        published = f", published {period_of(inspection.published)}" if inspection.published else ""
        number = f" {inspection.number}" if inspection.number else ""
        yield (
            f"  {period_of(inspection.date) or 'no date'}: {inspection.inspectorate} {event_name(inspection)}{number}"
            f"{published}; in {spoken_of} of the papers"
        )


def _restated_lines(store: Store) -> Iterator[str]:
    """Values of one metric and period that no rounding makes equal: papers do not tally, or something was corrected."""
    found = [
        (metric, row)
        for metric in store.metrics()
        for row in store.history(metric.key, metric.council)
        if row.role == "actual" and row.period is not None and _differing(row)
    ]
    if not found:
        return
    yield ""
    differ = "1 value differs" if len(found) == 1 else f"{len(found)} values differ"
    yield f"Do the papers tally? {differ} between papers   (tally history METRIC)"
    for metric, row in found[-3:]:
        first, second = _differing(row)
        yield (
            f"  {metric.name}, {period_of(row.period)}: {first.figure.evidence.text} [{_place(first.figure)}], "
            f"then {second.figure.evidence.text} [{_place(second.figure)}]"
        )


def _differing(row: HistoryRow) -> Sequence[HistoryReport]:
    """The first report of another paper that restates, after the one before it; empty where there is none."""
    for before, after in zip(row.reports, row.reports[1:], strict=False):
        if after.restates and before.figure.evidence.sha256 != after.figure.evidence.sha256:
            return before, after
    return ()


def _by_series(figures: Sequence[Figure], papers: Papers) -> dict[Series, list[Figure]]:
    found: dict[Series, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.metric is not None:
            found[series_of(figure, papers)].append(figure)
    return found


def _metric_name(store: Store, key: str, council: str | None) -> str:
    names: dict[Series, Metric] = {(metric.key, metric.council): metric for metric in store.metrics()}
    metric = names.get((key, council))
    return metric.name if metric else key


def _when_said(figure: Figure, papers: Papers) -> tuple[object, ...]:
    paper = papers[figure.evidence.sha256]
    return paper.meeting_date or date.max, paper.paper, figure.evidence.start


def _place(record: Figure | Deadline) -> str:
    return f"{record.evidence.paper} {place_of(record.evidence)}".rstrip()
