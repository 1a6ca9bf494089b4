"""`python -m docs.measure_accuracy [--on DAY]`: measures how well papers are read and writes it into docs/accuracy.md.

The real papers do not ship: where they are not beside the checkout, what was last measured of them stays.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from benchmarks.scoring import ScoringError, score_samples, score_shared, shared_papers
from docs.tour import ROOT

FILE: Final = ROOT / "docs" / "accuracy.md"
Scores = Mapping[str, Mapping[str, Any]]

_SHARES: Final = ("recall", "precision", "role", "period", "unit", "qualifier", "exact")
_COUNTS: Final = ("deadlines", "milestones", "inspections", "judgements", "findings")


def table(scores: Scores, day: date) -> str:
    """The lines between a set's markers."""
    figures = scores["figures"]
    shares = " | ".join(f"{figures[name]:.3f}" for name in _SHARES)
    lines = [
        f"Measured on {day.isoformat()}.",
        "",
        f"| figures | {' | '.join(_SHARES)} |",
        f"| ---: |{' ---: |' * len(_SHARES)}",
        f"| {figures['core']} | {shares} |",
        "",
        "| records | found | of | read in all |",
        "| --- | ---: | ---: | ---: |",
        *(_count_line(name, scores[name]) for name in _COUNTS if name in scores),
        "",
        f"Counts of a named thing that nobody wrote down, right or wrong: {figures['unlisted_counts']}.",
    ]
    return "\n".join(lines)


def _count_line(name: str, counts: Mapping[str, int]) -> str:
    # The script for the real papers counts judgements that nobody wrote down, and not all.
    read = counts["exported"] if "exported" in counts else counts["found"] + counts["unlisted"]
    return f"| {name} | {counts['found']} | {counts['of']} | {read} |"


def with_table(page: str, name: str, lines: str) -> str:
    """The page with the lines between the markers of that name. Raises ValueError where it has no such markers."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    between = re.compile(f"{re.escape(start)}\n.*?{re.escape(end)}", re.DOTALL)
    replaced, count = between.subn(lambda _: f"{start}\n{lines}\n{end}", page)
    if count != 1:
        raise ValueError(f"{FILE.name} has not one pair of markers {start} and {end}")
    return replaced


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m docs.measure_accuracy", description="Measures how well papers are read."
    )
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date(), metavar="DAY")
    day = parser.parse_args(arguments).on
    page = FILE.read_text(encoding="utf-8")
    try:
        page = with_table(page, "samples", table(score_samples(), day))
        if shared_papers():
            page = with_table(page, "real papers", table(score_shared(), day))
        else:
            print("The real papers are not beside the checkout: their figures stay as last measured.", file=sys.stderr)
    except ScoringError as error:
        print(f"measure_accuracy: {error}", file=sys.stderr)
        return 1
    FILE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
