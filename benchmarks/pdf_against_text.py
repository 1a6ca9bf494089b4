"""`python -m benchmarks.pdf_against_text [FOLDER] [--misses]`: whether a paper says the same as PDF and as text.

For each `NAME.pdf` with a `NAME.txt` beside it, in the real papers' folder unless another is named, the multisets of
what their figures, deadlines, findings and judgements say are compared. Exits with 1 where a paper stays below the aim.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.reading import Failure, Task, read_records
from benchmarks.scoring import SHARED, ScoringError
from schema.period import Period
from schema.records import Extraction

AIM: Final = 0.97
Statement = tuple[str, str, str, str | None, str | None, Period | None]
"""Kind, words, value, role, the words of the metric and period; of other kinds what comes nearest to them."""


@dataclass(frozen=True)
class Agreement:
    """What a paper says as PDF and as text."""

    name: str
    in_pdf: Counter[Statement]
    in_text: Counter[Statement]

    @property
    def share(self) -> float:
        """The share of the statements of both that the other has too (Dice's coefficient of the multisets)."""
        both = sum((self.in_pdf & self.in_text).values())
        return 2 * both / max(1, self.in_pdf.total() + self.in_text.total())

    @property
    def misses(self) -> Iterator[str]:
        """The statements of one that the other lacks."""
        for form, counted in (("PDF", self.in_pdf - self.in_text), ("text", self.in_text - self.in_pdf)):
            yield from (f"only in the {form}: {statement}" for statement in sorted(counted.elements(), key=str))


def agreements(folder: Path) -> Iterator[Agreement]:
    """The papers that a folder holds in both forms. Raises ScoringError where one is refused."""
    for pdf in sorted(folder.glob("*.pdf")):
        text = pdf.with_suffix(".txt")
        if text.exists():
            yield Agreement(pdf.stem, statements(_records(pdf)), statements(_records(text)))


def _records(file: Path) -> Extraction:
    read = read_records(Task(file.name, file.read_bytes()))
    if isinstance(read, Failure):
        raise ScoringError(f"{file.name}: {read.reason}")
    return read.extraction


def statements(found: Extraction) -> Counter[Statement]:
    """What the records of a paper say, wherever they stand in it; line ends are spaces."""
    said: Counter[Statement] = Counter()
    for f in found.figures:
        said["figure", _plain(f.evidence.text), str(f.value), f.role, f.metric_text, f.period] += 1
    for d in found.deadlines:
        said["deadline", _plain(d.evidence.text), str(d.grade), d.status, None, d.due] += 1
    for one in found.findings:
        said["finding", _plain(one.evidence.text), one.finding, None, one.area, None] += 1
    for j in found.judgements:
        said["judgement", _plain(j.evidence.text), j.grade, None, j.area, j.given] += 1
    return said


def _plain(text: str) -> str:
    return " ".join(text.split())


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pdf_against_text", description="Compares papers as PDF and as text."
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "papers", metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="list what one form says and the other does not")
    chosen = parser.parse_args(arguments)
    try:
        found = list(agreements(chosen.folder))
    except ScoringError as error:
        print(f"pdf_against_text: {error}", file=sys.stderr)
        return 2
    if not found:
        print(f"pdf_against_text: {chosen.folder} holds no paper as PDF and as text", file=sys.stderr)
        return 2
    for one in found:
        print(f"{one.name:<34} {one.share:.3f}  {one.in_pdf.total():>4} as PDF, {one.in_text.total():>4} as text")
        if chosen.misses:
            print("".join(f"  {miss}\n" for miss in one.misses), end="")
    return 0 if min(one.share for one in found) >= AIM else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
