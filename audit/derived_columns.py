"""A cell that breaks the rule by which a column of its table is worked out.

Tables print what can be worked out from other columns of theirs: a percentage ("in time" of "held"), a difference
(forecast less budget), a change in per cent. Where a column is so made in nearly all rows, the rule is the table's own,
and the rows that do not keep it are asked about. Printed values stand for all numbers that round to them, but for counts, which are whole.

- **It may be wrong** where a row is of another kind than the others (an average among sums), and its label does not say so.
- **Example**: columns "Reviews", "In time" and "% in time" with 146, 137 and 98.3% in one of twelve rows; 137 of 146 is 93.8%.
- **Severity**: error. At least four rows keep the rule, and four in five of all that have the numbers; no more than two break it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, permutations
from typing import Final, NamedTuple

from audit.case import Case
from audit.page_words import CellNumber, Grid, Spot, cell_number, evidence_at, grids, row_quote
from audit.question import Check, Looked, Question
from schema.paper import Page
from schema.records import PaperRecord
from schema.rounding import Interval

_FEWEST: Final = 4
_SHARE_KEPT: Final = Decimal("0.8")
_MOST_COLUMNS: Final = 10
_MOST_BREAKING: Final = 2
_MAY_BE_ROUNDED: Final = re.compile(r"£|\b000s?\b|thousand|million|round|FTE|average|mean", re.IGNORECASE)


class _Rule(NamedTuple):
    """How a column is made of two others to the left of it."""

    made: int
    first: int
    second: int
    how: str


class _Row(NamedTuple):
    """A row with the numbers of its cells; `exact` where the table's whole numbers are counts."""

    cells: Sequence[Spot]
    numbers: Sequence[CellNumber | None]
    exact: bool


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for paper in case.papers:
        for page in case.pages.get(paper.sha256, ()):
            for grid in grids(page) if page.text.count("\t") >= 3 * _FEWEST else ():
                for rule, rows in _rules(grid):
                    checked += len(rows)
                    yield from (_question(rule, row, paper, page) for row in rows if not _keeps(rule, row))
    yield Looked(checked)


def _rules(grid: Grid) -> Iterator[tuple[_Rule, list[_Row]]]:
    """The rules that a table shows, one a column, each with the rows that have all three numbers."""
    exact = not any(_MAY_BE_ROUNDED.search(cell.text) for row in grid.rows for cell in row)
    rows = [_Row(row, [cell_number(cell.text) for cell in row], exact) for row in grid.rows]
    rows = [row for row in rows if sum(number is not None for number in row.numbers) >= 3]
    width = max((len(row.cells) for row in rows), default=0)
    if len(rows) < _FEWEST or not 3 <= width <= _MOST_COLUMNS:
        return
    for made in range(2, width):
        for first, second in permutations(range(made), 2):
            for how in _ways(rows, made):
                rule = _Rule(made, first, second, how)
                if of_rule := _kept(rule, rows):
                    yield rule, of_rule
                    break
            else:
                continue
            break


def _ways(rows: Sequence[_Row], made: int) -> tuple[str, ...]:
    """How a column may be made: percentages are shares or changes, other numbers are differences."""
    signs = {row.numbers[made].sign for row in rows if len(row.numbers) > made and row.numbers[made]}  # type: ignore[union-attr]
    return ("share", "change") if signs == {"%"} else ("difference",) if "%" not in signs else ()


def _kept(rule: _Rule, rows: Sequence[_Row]) -> list[_Row]:
    """The rows that have the three numbers, if enough keep the rule to show that it is one; else none."""
    having = (row for row in rows if _three(rule, row))
    first = list(islice(having, 2))
    if not any(_keeps(rule, row) for row in first):
        return []
    held = [*first, *having]
    keeping = [row for row in held if _keeps(rule, row)]
    telling = {three for row in keeping if (three := _three(rule, row)) and _tells(three)}
    breaking = len(held) - len(keeping)
    enough = len(telling) >= _FEWEST and len(keeping) >= _SHARE_KEPT * len(held)
    return held if enough and breaking <= _MOST_BREAKING else []


def _three(rule: _Rule, row: _Row) -> tuple[CellNumber, CellNumber, CellNumber] | None:
    if len(row.numbers) <= rule.made:
        return None
    made, first, second = (row.numbers[at] for at in (rule.made, rule.first, rule.second))
    if made is None or first is None or second is None or (rule.how != "difference" and second.value <= 0):
        return None
    return (made, first, second) if first.sign == second.sign else None


def _tells(three: tuple[CellNumber, CellNumber, CellNumber]) -> bool:
    """Whether a row shows the rule: 0 of 31, 20 of 20 and 5 less 0 keep too many rules."""
    made, first, second = three
    return bool(made.value and first.value and second.value) and first.value != second.value


def _keeps(rule: _Rule, row: _Row) -> bool:
    three = _three(rule, row)
    if three is None:
        return True
    printed, given = three[0].stands_for, _given(rule.how, three, row.exact)
    return max(printed.low, given.low) <= min(printed.high, given.high)


def _given(how: str, three: tuple[CellNumber, CellNumber, CellNumber], exact: bool) -> Interval:
    """What the two numbers give. Differences may be of rounded numbers, also where these look like counts."""
    if how == "difference":
        one, other = three[1].stands_for, three[2].stands_for
        return Interval(one.low - other.high, one.high - other.low)
    one, other = (_of(number, exact) for number in three[1:])
    if other.low <= 0:
        return Interval(Decimal("-Infinity"), Decimal("Infinity"))
    least = Decimal(100) if how == "change" else Decimal(0)
    ends = [a * 100 / b - least for a in one for b in other]
    return Interval(min(ends), max(ends))


def _of(number: CellNumber, exact: bool) -> Interval:
    whole = exact and number.value == number.value.to_integral_value()
    return Interval(number.value, number.value) if whole else number.stands_for


def _question(rule: _Rule, row: _Row, paper: PaperRecord, page: Page) -> Question:
    three = _three(rule, row)
    assert three is not None
    given = _given(rule.how, three, row.exact)
    made, first, second = (row.cells[at] for at in (rule.made, rule.first, rule.second))
    middle = (given.low + given.high) / 2
    shown = format(middle.quantize(Decimal(1).scaleb(min(0, int(three[0].value.as_tuple().exponent)))), ",f")
    says = {
        "share": f"{first.text} of {second.text} is {shown}%",
        "change": f"From {second.text} to {first.text} is a change of {shown}%",
        "difference": f"{first.text} less {second.text} is {shown}",
    }[rule.how]
    label = next((cell.text for cell in row.cells if cell.text), "")
    message = (
        f"“{label}”: {says}, as the other rows of the table are worked out, and {made.text} is printed. Which of the "
        "three is misprinted?"
    )
    quote = row_quote(row.cells)
    return Question("error", message, tuple(evidence_at(paper, page, spot, quote) for spot in (made, first, second)))


CHECK = Check("column-differs", "A cell that breaks the rule of its column", "paper", find)
