"""Reading and saving papers, against quantulum3 looking for quantities in their paragraphs: at most a third of its CPU.

Each side has a fresh process for each of several runs, turn and turn about; its best run counts. Start-up is taken off
both. quantulum3 is given the files' paragraphs, apart by blank lines, without what splitting them costs.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from benchmarks.bars import Bar
from benchmarks.children import BenchmarkError, Cost, cost_of
from benchmarks.papers import paragraphs_of

AT_MOST: Final = Fraction(1, 3)


@dataclass(frozen=True)
class Reading:
    """What both sides cost for the same papers, each in its best run."""

    papers: int
    paragraphs: int
    ours: Cost
    theirs: Cost

    @property
    def bar(self) -> Bar:
        what = f"reading and saving {self.papers} paper{'s' * (self.papers != 1)}"
        return Bar(what, "quantulum3", self.ours.seconds, self.theirs.seconds, AT_MOST)

    @property
    def information(self) -> list[str]:
        """What is worth knowing beside the bar."""
        return [
            f"papertally: {_information(self.ours, 'figures')}",
            f"quantulum3: {_information(self.theirs, 'quantities')}, in {self.paragraphs:,} paragraphs",
        ]


def measure_reading(papers: Sequence[Path], runs: int = 3) -> Reading:
    """Measures both sides `runs` times. Raises BenchmarkError without quantulum3 or papers, and where a side fails."""
    if importlib.util.find_spec("quantulum3") is None:
        raise BenchmarkError(
            "quantulum3 is not installed: run `make bench`, which installs it from requirements-bench.txt"
        )
    names, paragraphs = [str(paper.resolve()) for paper in papers], paragraphs_of(papers)
    given = json.dumps(paragraphs)
    pairs = [
        (cost_of("benchmarks.load_papers", names), cost_of("benchmarks.parse_with_quantulum3", [], given))
        for _ in range(runs)
    ]
    return Reading(
        papers=len(papers),
        paragraphs=len(paragraphs),
        ours=min((ours for ours, _ in pairs), key=lambda cost: cost.seconds),
        theirs=min((theirs for _, theirs in pairs), key=lambda cost: cost.seconds),
    )


def _information(cost: Cost, what: str) -> str:
    return (
        f"{cost.found:,} {what}, {cost.found / cost.seconds:,.0f} a second; peak {cost.megabytes:.0f} MB; "
        f"start-up {cost.start_up:.2f} s, not counted"
    )
