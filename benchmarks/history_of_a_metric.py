"""`python -m benchmarks.history_of_a_metric STORE`: one metric's history out of many councils' figures.

Makes a store of generated papers (by default a million figures of 300 councils) where STORE is not yet, then asks for
the history of one metric in one council's papers, again and again, each time of another. The bare SQL is the join that
a person would write, fetched over Python's sqlite3; the guided SQL is the same with the papers named first, as the
store asks it. Each is asked over a connection of its own, so that none reads what another has just brought into
memory. Medians in milliseconds: the bar of 50 ms goes by the clock, and the bar against SQL, the quicker of the two, by
the processor's time, for on a shared machine the clock counts what others do.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import insert

from corpus.registries import indicators
from db.store import Store
from db.tables import figures, metrics, papers

AT_MOST_TIMES: Final = Fraction(3)
AT_MOST_MS: Final = 50
PAPERS_EACH: Final = 24
METRICS: Final = tuple(one for one in indicators() if one.unit in ("percent", "per_10k"))[:50]
_BATCH: Final = 20_000
_BARE: Final = (
    "SELECT f.*, p.name, p.council, p.meeting_date FROM papers p JOIN figures f ON f.sha256 = p.sha256 "
    "WHERE f.metric = ? AND p.council = ?"
)


_GUIDED: Final = (
    "SELECT f.*, p.name, p.council, p.meeting_date FROM figures f JOIN papers p ON f.sha256 = p.sha256 "
    "WHERE f.metric = ? AND f.sha256 IN (SELECT sha256 FROM papers WHERE council = ?)"
)


class Medians(NamedTuple):
    """Milliseconds for one history: ours by the clock, then of the processor ours and SQL's in two ways; and how many
    figures it has at the median."""

    wall: float
    ours: float
    bare: float
    guided: float
    figures: float


def make_store(path: Path, councils: int = 300, total: int = 1_000_000) -> None:
    """Fills a new store with `total` generated figures, alike in size to real ones."""
    with Store.open(path) as store:
        engine = store._database.engine  # the store itself saves paper by paper, with evidence checked
        each = total // (councils * PAPERS_EACH)
        with engine.begin() as connection:
            connection.execute(insert(papers), list(_papers(councils)))
            connection.execute(insert(metrics), list(_metrics(councils)))
            batch: list[dict[str, Any]] = []
            for row in _figures(councils, each):
                batch.append(row)
                if len(batch) == _BATCH:
                    connection.execute(insert(figures), batch)
                    batch = []
            if batch:
                connection.execute(insert(figures), batch)


def measure(path: Path, councils: int = 300, runs: int = 200, seed: int = 5) -> Medians:
    """Asks for `runs` histories of metrics and councils drawn by chance, in turns with the guided SQL."""
    draw = random.Random(seed)
    asked = [(draw.choice(METRICS).key, _council(draw.randrange(councils))) for _ in range(runs)]
    with Store.open(path, create=False) as store, sqlite3.connect(path) as one, sqlite3.connect(path) as other:
        store.history(*asked[0])  # the first compiles the question, as a session's first does
        bare = [_timed(partial(_rows, one, _BARE, pair)) for pair in asked]
        guided, ours = [], []
        for pair in asked:
            guided.append(_timed(partial(_rows, other, _GUIDED, pair)))
            ours.append(_timed(partial(store.history, *pair)))
    return Medians(
        statistics.median(one.wall for one in ours),
        statistics.median(one.processor for one in ours),
        statistics.median(one.processor for one in bare),
        statistics.median(one.processor for one in guided),
        statistics.median(one.found for one in guided),
    )


class _Timed(NamedTuple):
    """Milliseconds that a question took, by the clock and of the processor, and how many rows it found."""

    wall: float
    processor: float
    found: int


def _rows(connection: sqlite3.Connection, question: str, asked: tuple[str, str]) -> list[Any]:
    return connection.execute(question, asked).fetchall()


def _timed(ask: Callable[[], Sequence[object]]) -> _Timed:
    wall, processor = time.perf_counter(), time.thread_time()
    found = ask()
    return _Timed((time.perf_counter() - wall) * 1000, (time.thread_time() - processor) * 1000, len(found))


def _council(number: int) -> str:
    return f"Council {number:03d}"


def _papers(councils: int) -> Iterator[dict[str, Any]]:
    for council in range(councils):
        for n in range(PAPERS_EACH):
            yield {
                "sha256": _sha(council, n),
                "name": f"paper-{council:03d}-{n:02d}.txt",
                "council": _council(council),
                "council_from": "masthead",
                "meeting_date": _met(n),
                "date_given": False,
                "title": "Performance report",
                "reader": "text",
                "coverage": {},
                "glossary": [],
                "unread": [],
                "sketches": [],
                "linked": True,
            }


def _metrics(councils: int) -> Iterator[dict[str, Any]]:
    for council in range(councils):
        for one in METRICS:
            name = _council(council)
            facts: dict[str, Any] = {
                "key": one.key,
                "name": one.name,
                "unit": one.unit,
                "better": one.better,
                "aliases": [],
                "apart": [],
            }
            yield {**facts, "papers_of": name, "council": name}


def _figures(councils: int, each: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(1)
    number = 0
    for council in range(councils):
        for n in range(PAPERS_EACH):
            for i in range(each):
                metric = METRICS[i % len(METRICS)]
                value = f"{draw.uniform(0, 100):.1f}"
                number += 1
                yield _figure(number, council, n, i, metric.key, metric.unit, value)


def _figure(number: int, council: int, paper: int, i: int, key: str, unit: str, value: str) -> dict[str, Any]:
    met = _met(paper)
    return {
        "id": f"{number:016x}",
        "sha256": _sha(council, paper),
        "paragraph": f"3.{i}",
        "text_start": 200 * i,
        "text_end": 200 * i + len(value),
        "text": value,
        "quote": f"The share of what is measured as {key} stood at {value} at the end of the quarter, against plan.",
        "boxes": [],
        "extractor": "figures.prose",
        "confidence": 0.95,
        "doubts": [],
        "value": value,
        "value_number": float(value),
        "unit": unit,
        "qualifier": "exact",
        "role": "actual" if i < len(METRICS) else "target",
        "metric": key,
        "metric_score": 1.0,
        "metric_reason": "known to the registry",
        "metric_text": key.replace("_", " "),
        "organisation": _council(council),
        "council": _council(council),
        "period_kind": "month_end",
        "period_start": met.replace(day=1),
        "period_end": met,
        "period_from": "sentence",
        "basis": "snapshot",
    }


def _met(paper: int) -> date:
    return date(2015 + paper // 4, 3 * (paper % 4) + 3, 30)


def _sha(council: int, paper: int) -> str:
    return f"{council * 1000 + paper:064x}"


def main(arguments: list[str]) -> int:
    """Measures and prints. Exit status 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history_of_a_metric", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--councils", type=int, default=300)
    asked = parser.parse_args(arguments)
    if not asked.store.exists():
        make_store(asked.store, asked.councils, asked.figures)
    found = measure(asked.store, asked.councils)
    times = found.ours / found.guided
    print(
        f"history {found.wall:.2f} ms; of the processor {found.ours:.2f} ms, "
        f"{times:.1f} times the guided SQL's {found.guided:.2f} ms "
        f"(bare SQL {found.bare:.2f} ms); {found.figures:.0f} figures"
    )
    return 0 if found.wall < AT_MOST_MS and times <= AT_MOST_TIMES else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
