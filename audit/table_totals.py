"""A total of a table that is not the sum of its parts.

A row (or column) called total is set against the numbers above it (or left of it). Which of them it sums up, with
subtotals counted once, the table shows itself: a total is asked about only where the rest of the same row adds up in
one way. What is printed in thousands, millions or with decimals may miss by half a last digit a part.

- **It may be wrong** where parts overlap (a child counted in two rows) or a row is left out of the total on purpose,
  and only one column has such children. Totals of percentages and averages are passed over.
- **Example**: columns of 12, 9 and 7 cases with the total 29, while the total of every other column is right.
- **Severity**: error. At least half of the totals of the row, and two at the least, add up in the same way.
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

_TOTAL: Final = re.compile(r"(?:grand |overall |sub-?|all )?totals?\b|.*\btotals?$", re.IGNORECASE)
_TOTAL_COLUMN: Final = re.compile(r"(?:grand |overall |sub-?|all )?totals?(?: [\d/ -]+)?", re.IGNORECASE)
_ROUNDED: Final = re.compile(
    r"\brounded\b|\bthousands?\b|\bmillions?\b|[£(]\s?(?:000|m|k)s?\b|\(?000s\)?|£.?m\b|£.?k\b", re.IGNORECASE
)
_ROUNDED_NOTE: Final = re.compile(r"\bdue to rounding|\brounded\b|\bin thousands\b", re.IGNORECASE)
_MOST_PARTS: Final = 60
_YEARS: Final = range(1990, 2100)


class _Sum(NamedTuple):
    """One total with its parts, along a column or a row. `off` is the sum of the parts less the total."""

    total: Spot
    parts: tuple[Spot, ...]
    off: Decimal
    rounding: Decimal

    @property
    def adds_up(self) -> bool:
        return abs(self.off) <= self.rounding


def find(case: Case) -> Iterator[Question | Looked]:
    checked, unsure = 0, 0
    for paper in case.papers:
        for page in case.pages.get(paper.sha256, ()):
            if "\t" not in page.text or "total" not in page.text.lower():
                continue
            rounded_page = bool(_ROUNDED_NOTE.search(page.text))
            for grid in grids(page):
                for sums in _totals_of(grid, rounded_page):
                    checked += len(sums or ())
                    unsure += sums is None
                    yield from (_question(one, paper, page, grid) for one in sums or () if not one.adds_up)
    yield Looked(checked, {"row or column of totals that does not show what it adds up": unsure})


def _totals_of(grid: Grid, rounded_page: bool) -> Iterator[list[_Sum] | None]:
    """For each row, then each column of totals: the totals with their parts; None where nothing shows the parts."""
    width = max(len(row) for row in grid.rows)
    table = [[*row, *[Spot("", row[-1].end, row[-1].end)] * (width - len(row))] for row in grid.rows]
    words = " ".join(cell.text for row in table[:2] for cell in row)
    rounded = rounded_page or bool(_ROUNDED.search(words))
    yield from _total_rows(table, _TOTAL, rounded)
    yield from _total_rows([list(column) for column in zip(*table, strict=True)], _TOTAL_COLUMN, rounded)


def _total_rows(table: Sequence[Sequence[Spot]], called: re.Pattern[str], rounded: bool) -> Iterator[list[_Sum] | None]:
    """Goes down the rows; what a total sums up is from then on one item, its total."""
    labels = [next((cell.text for cell in row if cell.text), "") for row in table]
    if not any(called.fullmatch(label) if called is _TOTAL_COLUMN else called.match(label) for label in labels):
        return
    items: list[list[CellNumber | None]] = []
    spots: list[Sequence[Spot]] = []
    for row, label in zip(table, labels, strict=True):
        numbers = [cell_number(cell.text) for cell in row[1:]]
        if not any(numbers) or _are_years(numbers):
            continue
        is_total = called.fullmatch(label) if called is _TOTAL_COLUMN else called.match(label)
        if is_total and len(items) >= 2 and cell_number(label) is None:
            start, sums = _best_start(row, numbers, items, spots, rounded)
            yield sums
            items, spots = (items[:start], spots[:start]) if sums is not None else (items, spots)
        items.append(numbers)
        spots.append(row)


def _best_start(
    row: Sequence[Spot],
    numbers: Sequence[CellNumber | None],
    items: Sequence[Sequence[CellNumber | None]],
    spots: Sequence[Sequence[Spot]],
    rounded: bool,
) -> tuple[int, list[_Sum] | None]:
    """From which item on a total row sums up: that with which most columns add up, if these are enough to tell."""
    best: tuple[int, int, list[_Sum]] | None = None
    for start in range(max(0, len(items) - _MOST_PARTS), len(items) - 1):
        sums = [
            one
            for column, total in enumerate(numbers)
            if total and (one := _sum_of(row, total, column, items[start:], spots[start:], rounded))
        ]
        right = sum(one.adds_up for one in sums)
        if right >= 2 and 2 * right >= len(sums) and (best is None or right > best[0]):
            best = right, start, sums
    return (best[1], best[2]) if best else (0, None)


def _sum_of(
    row: Sequence[Spot],
    total: CellNumber,
    column: int,
    items: Sequence[Sequence[CellNumber | None]],
    spots: Sequence[Sequence[Spot]],
    rounded: bool,
) -> _Sum | None:
    """A total with its parts in a column; None where they say nothing (a single part, percentages, withheld cells)."""
    if total.sign == "%" or any(_is_withheld(spot[column + 1].text) for spot in spots):
        return None
    parts = [(item[column], spot[column + 1]) for item, spot in zip(items, spots, strict=True)]
    numbers = [number for number, _ in parts if number is not None]
    if sum(number.value != 0 for number in numbers) < 2 or any(number.sign == "%" for number in numbers):
        return None
    off = sum((number.value for number in numbers), Decimal(0)) - total.value
    shown = tuple(spot for number, spot in parts if number is not None)
    return _Sum(row[column + 1], shown, off, _may_miss_by(numbers, total, rounded))


def _are_years(numbers: Sequence[CellNumber | None]) -> bool:
    return all(number.value in _YEARS and not number.sign for number in numbers if number is not None)


def _may_miss_by(parts: Sequence[CellNumber], total: CellNumber, rounded: bool) -> Decimal:
    """Half a last digit for each part and the total, where they are rounded; whole numbers are counts otherwise."""
    if not rounded and all(one.value == one.value.to_integral_value() for one in (*parts, total)):
        return Decimal(0)
    return sum(((one.stands_for.high - one.stands_for.low) / 2 for one in (*parts, total)), Decimal(0))


def _is_withheld(text: str) -> bool:
    return text in ("*", "c", "x", "#") or text.startswith("<")


def _question(one: _Sum, paper: PaperRecord, page: Page, grid: Grid) -> Question:
    given = cell_number(one.total.text)
    assert given is not None
    shown = (
        f"The {len(one.parts)} parts make"
        if len(one.parts) > 5
        else " + ".join(spot.text for spot in one.parts) + " makes"
    )
    made, off = format(given.value + one.off, ",f"), format(abs(one.off), ",f")
    left = _left_out(one, grid)
    message = (
        f"{shown} {made}, and the total is printed as {one.total.text}, {off} {'less' if one.off > 0 else 'more'}"
        f"{left}. Which is meant?"
    )
    ends = (one.parts[0], one.parts[-1]) if len(one.parts) > 10 else one.parts
    cause = (
        f"{row_quote(_row_of(one.total, grid))} {abs(one.off)}"  # what two columns of a row miss alike has one cause
    )
    return Question("error", message, tuple(_place(spot, paper, page, grid) for spot in (one.total, *ends)), cause)


def _left_out(one: _Sum, grid: Grid) -> str:
    """The row whose value is what the total lacks, in words; nothing where none or several are."""
    lacking = [spot for spot in one.parts if (number := cell_number(spot.text)) and number.value == one.off]
    if len(lacking) != 1:
        return ""
    return f", as much as “{_row_of(lacking[0], grid)[0].text}”" if _row_of(lacking[0], grid)[0].text else ""


def _row_of(spot: Spot, grid: Grid) -> Sequence[Spot]:
    return next(row for row in grid.rows if row[0].start <= spot.start <= row[-1].end)


def _place(spot: Spot, paper: PaperRecord, page: Page, grid: Grid) -> Evidence:
    return evidence_at(paper, page, spot, row_quote(_row_of(spot, grid)))


CHECK = Check("total-differs", "A total of a table that is not the sum of its parts", "paper", find)
