"""Loading PDFs: against pdfplumber's text and tables alone, in memory, and in two processes against one.

The whole of loading (reading, tables, extraction, saving, linking) may cost an eighth of the CPU that pdfplumber takes
for the text and tables of the same pages. A pack of 500 pages may take 1.3 times the memory of one of 50, and 300 MB.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.bars import Bar
from benchmarks.children import Cost, cost_of, cpu_seconds_of, wall_seconds_of
from benchmarks.pdf_packs import cut, pdfs_at_hand

AT_MOST: Final = Fraction(1, 8)
MEMORY_AT_MOST: Final = Fraction(13, 10)
TWO_AT_MOST: Final = Fraction(6, 10)
_FEW, _MANY = 50, 500  # pages
_FILES = 40


@dataclass(frozen=True)
class Loading:
    """What loading PDFs cost, and what pdfplumber and pdftotext (None: not installed) did for the same pages."""

    ours: Cost
    pdfplumber: Cost
    pdftotext: float | None
    few: Cost
    many: Cost
    one_process: float
    two_processes: float

    @property
    def bars(self) -> list[Bar]:
        pages, ours, theirs = self.pdfplumber.found, self.ours.seconds, self.pdfplumber.seconds
        few, many = self.few.megabytes, self.many.megabytes
        one, two = self.one_process, self.two_processes
        return [
            Bar(f"loading {pages:,} PDF pages", "pdfplumber", ours, theirs, AT_MOST),
            Bar(f"memory for {_MANY} pages", f"for {_FEW}", many, few, MEMORY_AT_MOST, "MB"),
            Bar(f"loading {_FILES} PDFs in two processes", "in one", two, one, TWO_AT_MOST),
        ]

    @property
    def information(self) -> list[str]:
        """What is worth knowing beside the bars."""
        lines = [f"loading PDFs: {self.ours.found:,} figures; pdfplumber peak {self.pdfplumber.megabytes:.0f} MB"]
        if self.pdftotext is not None:
            times = self.ours.seconds / self.pdftotext
            lines.append(f"pdftotext: {self.pdftotext:.2f} s for the same pages, {times:.0f} times less")
        return lines


def measure_loading() -> Loading | None:
    """Measures all of it once, for it takes minutes; None where no PDFs stand beside the checkout."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        papers = pdfs_at_hand(folder)
        if not papers:
            return None
        names = [str(path) for path in papers]
        few, many = folder / "few.pdf", folder / "many.pdf"
        cut(papers[0], _FEW, few)
        cut(papers[0], _MANY, many)
        files = _files(few, folder)
        return Loading(
            ours=cost_of("benchmarks.load_papers", names),
            pdfplumber=cost_of("benchmarks.read_with_pdfplumber", names),
            pdftotext=_pdftotext(names),
            few=cost_of("benchmarks.load_papers", [str(few)]),
            many=cost_of("benchmarks.load_papers", [str(many)]),
            one_process=_load(files, 1, folder),
            two_processes=_load(files, 2, folder),
        )


def _files(pack: Path, folder: Path) -> Path:
    """A folder with as many files of a few pages, no two alike."""
    files = folder / "files"
    files.mkdir()
    for i in range(_FILES):
        cut(pack, 10 + i, files / f"{i}.pdf")
    return files


def _load(files: Path, jobs: int, folder: Path) -> float:
    store = folder / f"{jobs}.db"
    command = [sys.executable, "-m", "app.cli", "load", str(files), "--db", str(store), "--jobs", str(jobs)]
    return wall_seconds_of(command)


def _pdftotext(names: Sequence[str]) -> float | None:
    program = shutil.which("pdftotext")
    if program is None:
        return None
    return sum(cpu_seconds_of([program, "-layout", name, "-"]) for name in names)
