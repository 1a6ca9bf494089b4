"""A child process, `python -m benchmarks.load_papers PAPER...`: loads papers into a new store; prints its cost."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from app.load import LoadOptions, LoadReport, load
from benchmarks.children import Cost, cost_since, print_cost
from benchmarks.warm_up import WARM_UP
from db.store import Store


def load_cost(papers: Sequence[Path]) -> Cost:
    """What `tally load --jobs 1` does with a store that is there: reads, extracts, sketches, saves, links. `found` are
    figures.

    A paper of a few lines is loaded before, so that imports, the pipeline and the empty store count as start-up.
    """
    with TemporaryDirectory() as folder:
        warm_up = Path(folder) / "warm-up.txt"
        warm_up.write_text(WARM_UP, encoding="utf-8")
        with Store.open(Path(folder) / "warm-up.db") as store:
            _load(store, [warm_up])
        with Store.open(Path(folder) / "tally.db") as store:
            start_up = time.process_time()
            report = _load(store, papers)
            return cost_since(start_up, _figures(report))


def _load(store: Store, papers: Sequence[Path]) -> LoadReport:
    report = load(store, papers, LoadOptions(jobs=1))
    if report.failed:
        # A paper that is refused costs next to nothing and would flatter us.
        sys.exit("\n".join(f"{one.name}: {one.reason}" for one in report.refused + report.problems))
    return report


def _figures(report: LoadReport) -> int:
    return sum(loaded.counts.get(kind, 0) for loaded in report.loaded for kind in ("figures", "targets"))


if __name__ == "__main__":
    print_cost(load_cost([Path(name) for name in sys.argv[1:]]))
