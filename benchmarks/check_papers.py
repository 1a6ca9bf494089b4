"""`python -m benchmarks.check_papers [PAPERS]`: loads generated papers, checks them, checks one paper more.

Prints the CPU seconds of each, and whether checking took less than loading, and one paper more a small part of all.
"""

from __future__ import annotations

import calendar
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.auditing import bring_issues_up_to_date
from app.load import LoadOptions, load
from db.store import Store

_COUNCILS: Final = ("Westhaven City Council", "Marlford Borough Council", "Easterby County Council", "Northam Council")
_MEASURES: Final = tuple(
    f"% of {what} {when}"
    for what in ("assessments completed", "visits made", "reviews held", "plans brought up to date", "conferences held")
    for when in (
        "within 10 working days",
        "within 20 working days",
        "in the quarter",
        "for under fives",
        "for teenagers",
    )
)
_MONTHS: Final = tuple(calendar.month_name)[1:]


def generated_paper(council: str, number: int) -> str:
    """A performance report of some 300 figures: a table of 25 indicators over six months, and a few sentences. What two
    papers say of one month is the same."""
    last = 12 * 2010 + number  # months since the year nought
    shown = range(last - 5, last + 1)
    head = (
        "Ref\tMeasure\tNum\tDenom\t" + "\t".join(f"{_MONTHS[m % 12][:3]} {m // 12 % 100}" for m in shown) + "\tTarget"
    )
    rows, words = [], []
    for ref, measure in enumerate(_MEASURES, start=1):
        parts = [_part_and_whole(council, measure, month) for month in shown]
        values = "\t".join(f"{100 * part / whole:.1f}%" for part, whole in parts)
        rows.append(f"1.{ref}\t{measure}\t{parts[-1][0]}\t{parts[-1][1]}\t{values}\t90%")
        then, now = parts[-2][1], parts[-1][1]
        change = f"a rise of {now - then} on" if now > then else f"a fall of {then - now} on"
        words.append(f"2.{ref} There were {now} open cases in area {ref}, {change} the month before ({then}).")
    met = f"20 {_MONTHS[(last + 1) % 12]} {(last + 1) // 12}"
    masthead = f"{council}\n\nChildren's Scrutiny Panel\n\nMeeting date: {met}\n\nTitle of report: Performance\n\n"
    return masthead + "1. Performance\n\n" + head + "\n" + "\n".join(rows) + "\n\n" + "\n\n".join(words) + "\n"


def _part_and_whole(council: str, measure: str, month: int) -> tuple[int, int]:
    dice = random.Random(f"{council} {measure} {month}")
    whole = dice.randint(200, 900)
    return dice.randint(whole // 2, whole - 1), whole


def measure(papers: int) -> tuple[int, float, float, float]:
    """How many figures there were, and the CPU seconds of loading, of checking all, and of checking one paper more."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = [
            _write(
                folder,
                f"{i % len(_COUNCILS)}-{i}.txt",
                generated_paper(_COUNCILS[i % len(_COUNCILS)], i // len(_COUNCILS)),
            )
            for i in range(papers + 1)
        ]
        with Store.open(folder / "warm-up.db") as store:
            _load(store, files[:1])
            bring_issues_up_to_date(store)
        with Store.open(folder / "tally.db") as store:
            loading = _cost(lambda: _load(store, files[:-1]))
            figures = len(store.figures())
            checking = _cost(lambda: bring_issues_up_to_date(store))
            _load(store, files[-1:])
            one_more = _cost(lambda: bring_issues_up_to_date(store))
    return figures, loading, checking, one_more


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _load(store: Store, files: Sequence[Path]) -> None:
    load(store, files, LoadOptions(jobs=1))


def _cost(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(arguments: Sequence[str]) -> int:
    papers = int(arguments[0]) if arguments else 200
    figures, loading, checking, one_more = measure(papers)
    print(f"{papers} papers, {figures} figures")
    print(f"loading          {loading:8.2f} s CPU  {1e6 * loading / figures:6.0f} µs a figure")
    print(f"checking         {checking:8.2f} s CPU  {1e6 * checking / figures:6.0f} µs a figure")
    print(f"one paper more   {one_more:8.2f} s CPU")
    print(f"checking against loading: {checking / loading:.2f} (bar: below 1)")
    return 0 if checking < loading else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
