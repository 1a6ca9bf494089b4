"""A total of a table that is not the sum of its parts.

A row (or column) called total is set against the numbers above it (or left of it): all of them, those since the last
subtotal, or the subtotals. Which of these the table means, its own other columns show: a total is asked about only
where the rest of the same row does add up. What is printed in thousands, millions or with decimals may miss by half a
last digit a part.

- **It may be wrong** where parts overlap (a child counted in two rows) or a row is left out of the total on purpose and
  only one column has such children. Totals of percentages and averages are passed over.
- **Example**: columns of 12, 9 and 7 cases with the total 29, while the total of every other column is right.
- **Severity**: error where at least half of the other totals of the row add up, at least two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from audit.case import Case
from audit.page_words import CellNumber, Grid, Spot, cell_number, evidence_at, grids, row_quote
from audit.question import Check, Looked, Question
from schema.evidence import Evidence
from schema.paper import Page
from schema.records import PaperRecord

_TOTAL: Final = re.compile(r"(?:grand |overall |sub-?|total )?totals?\b(?!.*\bexclud)|overall$|all$", re.IGNORECASE)
_ROUNDED: Final = re.compile(
    r"\bdue to rounding|\brounded\b|\bthousands?\b|\bmillions?\b|[£(]\s?(?:000|m|k)s?\b|\(?000s\)?|£m|£k", re.IGNORECASE
)
_ROUNDED_NOTE: Final = re.compile(r"\bdue to rounding|\brounded\b|\bin thousands\b", re.IGNORECASE)
_MOST_PARTS = 40


class _Sum(NamedTuple):
    """One total with its parts, along a column or a row."""

    total: Spot
    parts: tuple[Spot, ...]
    way: str
    off: Decimal
    rounding: Decimal

    @property
    def adds_up(self) -> bool:
        return abs(self.off) <= self.rounding


def find(case: Case) -> Iterator[Question | Looked]:
    checked, unsure = 0, 0
    for paper in case.papers:
        for page in case.pages.get(paper.sha256, ()):
            if "\t" not in page.text or not re.search(r"(?i)\btotal|\ball\t|\boverall\t", page.text):
                continue
            rounded_page = bool(_ROUNDED_NOTE.search(page.text))
            for grid in grids(page):
                for line in _lines_with_totals(grid, rounded_page):
                    wrong = _wrong(line)
                    checked += len(line)
                    unsure += len(line) if wrong is None else 0
                    for one in wrong or ():
                        yield _question(one, paper, page, grid)
    yield Looked(checked, {"total of which no other column shows what it adds up": unsure})


def _lines_with_totals(grid: Grid, rounded_page: bool) -> Iterator[list[list[_Sum]]]:
    """For each total row, and then for each total column, the ways in which each of its totals may be meant."""
    width = max(len(row) for row in grid.rows)
    table = [[*row, *[Spot("", row[-1].end, row[-1].end)] * (width - len(row))] for row in grid.rows]
    words = " ".join(cell.text for row in table[:2] for cell in row)
    rounded = rounded_page or bool(_ROUNDED.search(words))
    yield from _total_rows(table, rounded)
    yield from _total_rows([list(column) for column in zip(*table, strict=True)], rounded)


def _total_rows(table: Sequence[Sequence[Spot]], rounded: bool) -> Iterator[list[list[_Sum]]]:
    labels = [next((cell.text for cell in row if cell.text), "") for row in table]
    totals = [i for i, label in enumerate(labels) if _TOTAL.match(label) and cell_number(label) is None]
    for nth, at in enumerate(totals):
        before = totals[nth - 1] if nth else -1
        line = [
            ways
            for column in range(1, len(table[at]))
            if (ways := _ways([row[column] for row in table], labels, at, before, totals[:nth], rounded))
        ]
        if line:
            yield line


def _ways(
    column: Sequence[Spot], labels: Sequence[str], at: int, before: int, totals: Sequence[int], rounded: bool
) -> list[_Sum]:
    """The sums that a total may be meant as; none where the column is of another kind."""
    total = cell_number(column[at].text)
    if total is None or total.sign == "%":
        return []
    numbers = [(i, number) for i in range(at) if labels[i] and (number := cell_number(column[i].text)) is not None]
    # A year or a date as a column's heading is no part of a sum.
    numbers = [(i, number) for i, number in numbers if i > 0 or before >= 0]
    if any(_is_withheld(column[i].text) for i in range(at)):
        return []
    kinds = {
        "all": [one for one in numbers if one[0] not in totals],
        "since the last total": [one for one in numbers if one[0] > before],
        "the totals": [one for one in numbers if one[0] in totals],
    }
    found = []
    for way, parts in kinds.items():
        if 2 <= len(parts) <= _MOST_PARTS and all(number.sign == total.sign for _, number in parts):
            off = sum((number.value for _, number in parts), Decimal(0)) - total.value
            spots = tuple(column[i] for i, _ in parts)
            found.append(_Sum(column[at], spots, way, off, _may_miss_by([n for _, n in parts], total, rounded)))
    return found


def _may_miss_by(parts: Sequence[CellNumber], total: CellNumber, rounded: bool) -> Decimal:
    """Half a last digit for each part and the total, where they are rounded; whole numbers are counts otherwise."""
    if not rounded and all(one.value == one.value.to_integral_value() for one in (*parts, total)):
        return Decimal(0)
    return sum(((one.stands_for.high - one.stands_for.low) / 2 for one in (*parts, total)), Decimal(0))


def _is_withheld(text: str) -> bool:
    return text in ("*", "c", "x", "#") or text.startswith("<")


def _wrong(line: Sequence[Sequence[_Sum]]) -> list[_Sum] | None:
    """The totals that do not add up in the way in which the others of the line do; None where nothing shows the way."""
    best: list[_Sum] | None = None
    for way in ("all", "since the last total", "the totals"):
        sums = [one for ways in line for one in ways if one.way == way]
        right = sum(one.adds_up for one in sums)
        if right >= 2 and 2 * right >= len(sums):
            wrong = [one for one in sums if not one.adds_up]
            best = wrong if best is None or len(wrong) < len(best) else best
    return best


def _question(one: _Sum, paper: PaperRecord, page: Page, grid: Grid) -> Question:
    given = cell_number(one.total.text)
    assert given is not None
    shown = " + ".join(spot.text for spot in one.parts[:6]) + (" + …" if len(one.parts) > 6 else "")
    made = format(given.value + one.off, ",f")
    message = f"{shown} makes {made}, and the total is printed as {one.total.text}. Which is meant?"
    ends = (one.parts[0], one.parts[-1]) if len(one.parts) > 10 else one.parts
    places = tuple(_place(spot, paper, page, grid) for spot in (one.total, *ends))
    return Question("error", message, places)


def _place(spot: Spot, paper: PaperRecord, page: Page, grid: Grid) -> Evidence:
    row = next(row for row in grid.rows if row[0].start <= spot.start <= row[-1].end)
    return evidence_at(paper, page, spot, row_quote(row))


CHECK = Check("total-differs", "A total of a table that is not the sum of its parts", "paper", find)
