"""How much of what a person found in papers the program finds, and how well: the rules of a fair comparison.

Expected records are those of `corpus/samples/README.md`, found ones the rows of the export. Offsets decide which belong
together, so that a right value at the wrong place does not count.
"""

from __future__ import annotations

import calendar
import json
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from app.export import as_jsonl, export_rows
from app.load import LoadOptions, load
from benchmarks.children import ROOT
from db.filters import EVERYTHING
from db.store import Store

Row = dict[str, Any]
Scores = dict[str, dict[str, Any]]
"""What is scored, each with its measures by name."""
Pair = tuple[Row, Row]
"""What was expected, and what was found for it."""

SAMPLES: Final = ROOT / "corpus" / "samples"
SHARED: Final = ROOT.parent / "shared"
_COUNTED: Final = ("count", "days", "weeks", "months", "years", "hours")


class ScoringError(Exception):
    """The papers could not be scored, and why."""


@contextmanager
def exported(papers: Sequence[Path], refused: Collection[str] = ()) -> Iterator[Path]:
    """The export of these papers, loaded into a store of their own. Raises ScoringError where one is refused whose name
    is not among the `refused`."""
    with TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "tally.db") as store:
            report = load(store, papers, LoadOptions(jobs=1))
            wrong = [one for one in report.refused + report.problems if one.name not in refused]
            if wrong:
                raise ScoringError("\n".join(f"{one.name}: {one.reason}" for one in wrong))
            target = Path(folder) / "export.jsonl"
            target.write_text("".join(as_jsonl(export_rows(store, EVERYTHING))), encoding="utf-8")
        yield target


def shared_papers(suffix: str = ".txt") -> list[Path]:
    """The real papers that may stand beside the checkout; none where they do not."""
    return sorted((SHARED / "papers").glob(f"*{suffix}"))


def score_shared(suffix: str = ".txt") -> Scores:
    """The scores of the real papers, by the script that stands beside their annotations."""
    with exported(shared_papers(suffix)) as export:
        return _by_script("gold/score.py", export, *(["--by-value"] if suffix == ".pdf" else []))


def score_council() -> Scores:
    """The scores of the real council PDFs, by the script beside their annotations."""
    with exported(sorted((SHARED / "council").glob("*.pdf"))) as export:
        return _by_script("council/score.py", export)


def score_ofsted() -> Scores:
    """The scores of the inspection reports, by the scripts beside their annotations, those of figures as `figures`."""
    files = sorted((SHARED / "ofsted").glob("*.pdf"))
    web_pages = [file.name for file in files if not file.read_bytes().startswith(b"%PDF")]
    with exported(files, refused=web_pages) as export:
        figures = _by_script("ofsted/score_figures.py", export)
        return {**_by_script("ofsted/score.py", export), "figures": figures}


def _by_script(script: str, export: Path, *options: str) -> Scores:
    command = [sys.executable, str(SHARED / script), str(export), "--json", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise ScoringError(run.stderr)
    scores: Scores = json.loads(run.stdout)
    return scores


def score_samples() -> Scores:
    """The scores of the sample papers against the records beside them, kind by kind as `score_shared`."""
    expected = [row for file in sorted(SAMPLES.glob("*.txt.expected.jsonl")) for row in _read(file)]
    events = list(_read(SAMPLES / "inspections.expected.jsonl"))
    with exported(sorted(SAMPLES.glob("*.txt"))) as export:
        found = list(_read(export))
    return {
        "figures": score_figures(_of(expected, "figure"), _of(found, "figure")),
        "deadlines": score_places(_of(expected, "deadline"), _of(found, "deadline"), _same_promise),
        "judgements": score_places(_of(expected, "judgement"), _of(found, "judgement"), _same_in("area", "grade")),
        "findings": score_places(_of(expected, "finding"), _of(found, "finding"), _same_in("finding")),
        "inspections": _score_inspections(events, _of(found, "inspection")),
    }


def score_figures(expected: Iterable[Row], found: Iterable[Row]) -> dict[str, Any]:
    """Recall and precision, and of the figures found the share whose role, period, unit and qualifier are right.

    `exact` is the share of all expected figures that were found with all four right. A count or a duration that nobody
    wrote down may be true, so it is listed and not held against precision.
    """
    printed = [row for row in found if row["value"] is not None]
    written = [row for row in expected if not row.get("missing")]
    pairs, unlisted = pair_up(written, printed, _same_value)
    core = [(e, f) for e, f in pairs if e["core"]]
    wrong = [row for row in unlisted if row["unit"] not in _COUNTED or re.search("[%£]", row["text"])]
    wanted = sum(row["core"] for row in written)
    dated = [(e, f) for e, f in core if e["period"] != "*"]
    exact = [pair for pair in core if _is_period(*pair) and all(is_as(*pair, name) for name in _JUDGED)]
    return {
        "recall": len(core) / wanted,
        "precision": len(pairs) / (len(pairs) + len(wrong)),
        **{name: _share(is_as(*pair, name) for pair in core) for name in _JUDGED},
        "period": _share(_is_period(*pair) for pair in dated),
        "exact": len(exact) / wanted,
        "core": wanted,
        "unlisted_counts": len(unlisted) - len(wrong),
    }


_JUDGED: Final = ("role", "unit", "qualifier")


def score_places(expected: Sequence[Row], found: Sequence[Row], same: Callable[[Row, Row], bool]) -> dict[str, int]:
    """How many of the expected records were found at their place, of how many, and how many were found at all."""
    core = [row for row in expected if row.get("core", True)]
    pairs, _ = pair_up(core, found, same)
    return {"found": len(pairs), "of": len(core), "exported": len(found)}


def pair_up(
    expected: Iterable[Row], found: Sequence[Row], same: Callable[[Row, Row], bool]
) -> tuple[list[Pair], list[Row]]:
    """Each expected record with one found at its place that is the same, each used once; and those left over."""
    left = list(found)
    pairs = []
    for row in expected:
        if (match := next((other for other in left if _overlap(row, other) and same(row, other)), None)) is not None:
            left.remove(match)
            pairs.append((row, match))
    return pairs, left


def is_as(expected: Row, found: Row, field: str) -> bool:
    """Whether a field is as expected, or as another reading that is as good."""
    return found[field] in (expected[field], *expected.get(field + "_alt", ()))


def is_period(written: str, start: str | None, end: str | None) -> bool:
    """Whether dates are the period written down. A point in time may stand for a day or month that ends with it."""
    if written == "*":
        return True
    if end is None:
        return False
    first, last = days_of(written)
    if date.fromisoformat(end) != last:
        return False
    return start == first.isoformat() or (start in (None, end) and (last - first).days <= 31)


def days_of(written: str) -> tuple[date, date]:
    """The first and last day of `2022-07`, `2023-02-20`, `FY2022` (from April 2022), `2022` or `A/B`."""
    if "/" in written:
        first, last = written.split("/")
        return days_of(first)[0], days_of(last)[1]
    if written.startswith("FY"):
        year = int(written[2:])
        return date(year, 4, 1), date(year + 1, 3, 31)
    match [int(part) for part in written.split("-")]:
        case [year]:
            return date(year, 1, 1), date(year, 12, 31)
        case [year, month]:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        case [year, month, day]:
            return date(year, month, day), date(year, month, day)
    raise ValueError(f"{written} is no period")


def _same_value(expected: Row, found: Row) -> bool:
    # A match that swallows the sentence is no reading of the figure in it.
    tight = found["end"] - found["start"] <= 3 * len(expected["text"]) + 12
    return tight and Decimal(found["value"]) == Decimal(expected["value"])


def _same_promise(expected: Row, found: Row) -> bool:
    due = (expected["due"], *expected.get("due_alt", ()))
    return found["status"] == expected["status"] and any(
        is_period(written, found["due_start"], found["due_end"]) for written in due
    )


def _same_in(*fields: str) -> Callable[[Row, Row], bool]:
    return lambda expected, found: all(is_as(expected, found, field) for field in fields)


def _score_inspections(expected: Sequence[Row], found: Sequence[Row]) -> dict[str, int]:
    fields = ("council", "type", "start_date", "end_date")
    events = {tuple(row[field] for field in fields) for row in found}
    wanted = [(row["council"], row["type"], row["start"], row["end"]) for row in expected]
    return {"found": sum(event in events for event in wanted), "of": len(wanted), "exported": len(found)}


def _is_period(expected: Row, found: Row) -> bool:
    written = (expected["period"], *expected.get("period_alt", ()))
    return any(is_period(one, found["period_start"], found["period_end"]) for one in written)


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["paper"] == other["paper"] and one["start"] < other["end"] and other["start"] < one["end"])


def _share(right: Iterable[bool]) -> float:
    judged = list(right)
    return sum(judged) / max(1, len(judged))


def _of(rows: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def _read(file: Path) -> Iterator[Row]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
