"""`python -m benchmarks.run [PAPER...]`: measures, prints the bars, and says by its status whether all hold.

Speed is a ratio to what a user would use instead, measured in the same run; seconds depend on the machine. Exit status:
0 where all bars hold, 1 where one is missed, 2 where something could not be measured.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bars import bars_table
from benchmarks.children import BenchmarkError
from benchmarks.loading_pdfs import measure_loading
from benchmarks.papers import default_papers
from benchmarks.reading_against_quantulum3 import measure_reading
from benchmarks.start_up import measure_start_up


def main(arguments: Sequence[str]) -> int:
    """Measures what the arguments ask for and prints it. Returns the exit status."""
    papers = _parser().parse_args(arguments).papers or default_papers()
    try:
        return measure_all(papers)
    except (BenchmarkError, OSError, ValueError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


def measure_all(papers: Sequence[Path], runs: int = 3, starts: int = 5) -> int:
    """Measures reading `runs` times and start-up `starts` times, and prints the bars and what else is of interest."""
    _say(f"Reading {len(papers)} papers, {runs} times each way, and starting, {starts} times each way")
    reading = measure_reading(papers, runs)
    bars = [reading.bar, measure_start_up(starts)]
    _say("Loading PDFs and reading them with pdfplumber, once, which takes minutes")
    loading = measure_loading()
    if loading is None:
        _say("No PDFs stand beside the checkout: loading them is not measured")
    else:
        bars += loading.bars
    print("CPU seconds, if nothing else is said:")
    print(bars_table(bars))
    print("\nFor information:")
    print("\n".join(reading.information + (loading.information if loading else [])))
    return 0 if all(bar.holds for bar in bars) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Measures papertally's speed against other tools, as ratios."
    )
    parser.add_argument("papers", nargs="*", type=Path, metavar="PAPER", help="papers as text [default: those at hand]")
    return parser


def _say(words: str) -> None:
    """On the error stream, so that the output is the result alone."""
    print(f"{words}...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
