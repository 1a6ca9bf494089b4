"""`python -m docs.measure_accuracy [--on DAY]`: measures how well papers are read and writes it into docs/accuracy.md.

The real papers do not ship: where they are not beside the checkout, what was last measured of them stays.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from benchmarks.pdf_against_text import agreements
from benchmarks.scoring import SHARED, ScoringError, score_council, score_ofsted, score_samples, score_shared
from benchmarks.scoring import shared_papers as real_papers
from docs.measure_checks import check_lines
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


def pdf_table(scores: Scores, shares: Mapping[str, float], day: date) -> str:
    """The real papers as PDF: their figures, and of each paper what it says as PDF and as text alike."""
    figures = scores["figures"]
    return "\n".join(
        [
            f"Measured on {day.isoformat()}.",
            "",
            f"| figures | {' | '.join(_SHARES)} |",
            f"| ---: |{' ---: |' * len(_SHARES)}",
            f"| {figures['core']} | {' | '.join(f'{figures[name]:.3f}' for name in _SHARES)} |",
            "",
            "| paper | says the same as PDF and as text |",
            "| --- | ---: |",
            *(f"| {name} | {share:.3f} |" for name, share in shares.items()),
        ]
    )


def council_table(scores: Scores, day: date) -> str:
    """Cells of tables and pictures in council PDFs, and the boxes of a performance report."""
    boxes, pairs = scores["kent-qpr-kpis"], scores["same-documents"]
    names = {
        "wsx-cla-rate-2016.csv": "a table of rates by area and year",
        "wsx-cpp-rate-2015.csv": "another, with gaps",
        "wsx-cyp-outcomes-2016-08.csv": "an infographic",
        "wsx-cyp-outcomes-2023-07-image.csv": "an infographic that is a picture (OCR)",
    }
    shares = ("recall", "precision", "role", "unit", "period", "exact")
    return "\n".join(
        [
            f"Measured on {day.isoformat()}.",
            "",
            f"| pages | cells | {' | '.join(shares)} |",
            f"| --- | ---: |{' ---: |' * len(shares)}",
            *(
                f"| {name} | {scores[key]['cells']} | {' | '.join(f'{scores[key][share]:.3f}' for share in shares)} |"
                for key, name in names.items()
            ),
            "",
            "| besides | right | of | wrong |",
            "| --- | ---: | ---: | ---: |",
            _row("boxes of a quarterly report", boxes, "fully_right", "rows", "right_with_other_values"),
            _row("one document under two names", pairs, "found", "pairs", "others"),
        ]
    )


def ofsted_table(scores: Scores, day: date) -> str:
    """What inspection reports say: right, refused and wrong apart, for a wrong one is worse than none."""
    names = {
        "grades": "grades",
        "inspection_start": "first day",
        "inspection_end": "last day",
        "report_type": "kind of report",
        "lead_inspector": "lead inspector",
        "council": "council",
        "n_improve": "number of things to improve",
    }
    figures = scores["figures"]
    return "\n".join(
        [
            f"Measured on {day.isoformat()}.",
            "",
            "| of the reports | right | refused | wrong |",
            "| --- | ---: | ---: | ---: |",
            *(_verdicts(name, scores[key]) for key, name in names.items()),
            "",
            f"Figures of six long reports, {figures['core']} in all: {_shares_in_words(figures)}.",
        ]
    )


def _shares_in_words(figures: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {figures[name]:.3f}" for name in ("recall", "precision", "exact"))


def _row(name: str, counts: Mapping[str, Any], *fields: str) -> str:
    return f"| {name} | {' | '.join(str(counts[field]) for field in fields)} |"


def _verdicts(name: str, counts: Mapping[str, Any]) -> str:
    return f"| {name} | {counts.get('right', 0)} | {counts.get('refused', 0)} | {counts.get('wrong', 0)} |"


def with_table(page: str, name: str, lines: str) -> str:
    """The page with the lines between the markers of that name. Raises ValueError where it has no such markers."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    between = re.compile(f"{re.escape(start)}\n.*?{re.escape(end)}", re.DOTALL)
    replaced, count = between.subn(lambda _: f"{start}\n{lines}\n{end}", page)
    if count != 1:
        raise ValueError(f"{FILE.name} has not one pair of markers {start} and {end}")
    return replaced


def _tables(day: date) -> Iterator[tuple[str, str]]:
    """The names of the tables that can be measured here, and their lines."""
    yield "samples", table(score_samples(), day)
    yield "checks", "\n".join([f"Measured on {day.isoformat()}.", "", *check_lines()])
    if not real_papers():
        print("The real papers are not beside the checkout: their figures stay as last measured.", file=sys.stderr)
        return
    yield "real papers", table(score_shared(), day)
    shares = {agreement.name: agreement.share for agreement in agreements(SHARED / "papers")}
    yield "real PDFs", pdf_table(score_shared(".pdf"), shares, day)
    yield "council PDFs", council_table(score_council(), day)
    yield "inspection reports", ofsted_table(score_ofsted(), day)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m docs.measure_accuracy", description="Measures how well papers are read."
    )
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date(), metavar="DAY")
    day = parser.parse_args(arguments).on
    page = FILE.read_text(encoding="utf-8")
    try:
        for name, lines in _tables(day):
            page = with_table(page, name, lines)
    except ScoringError as error:
        print(f"measure_accuracy: {error}", file=sys.stderr)
        return 1
    FILE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
