"""A row's current value that is not the last month of the trend beside it.

Tables of indicators print the latest value and, in the same row, the months that lead to it. Where the trend has a
month for the time of the current value, both are of one thing.

- **It may be wrong** where the current value is of a year to date or a rolling year and the months are single months;
  such rows are compared only where the paper's own other rows show that the trend is of the same basis (the two agree
  in at least three other rows, and in most).
- **Example**: the snapshot of January says 91.9%, the column January 2019 of the same row says 91.2%.
- **Severity**: warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from schema.records import Figure
from schema.rounding import figures_agree

_ROWS_TO_TRUST = 3


def find(case: Case) -> Iterator[Question | Looked]:
    rows = grouped((one for one in case.said_first if _counts(one)), _row)
    pairs = [pair for row in rows.values() for pair in _snapshot_and_month(row)]
    checked = 0
    for same_basis in grouped(pairs, lambda pair: (pair[0].evidence.sha256, pair[0].basis)).values():
        differing = [pair for pair in same_basis if not figures_agree(*pair)]
        agreeing = len(same_basis) - len(differing)
        if agreeing < _ROWS_TO_TRUST or agreeing <= 2 * len(differing):
            continue
        checked += len(same_basis)
        for current, month in differing:
            message = (
                f"“{current.metric_text}” is {current.evidence.text} now, and {month.evidence.text} in the trend "
                f"beside it for {month.period}. Are both of the same time?"
            )
            yield Question("warning", message, (current.evidence, month.evidence))
    yield Looked(checked, {"trend of another basis than the current value": len(pairs) - checked})


def _counts(figure: Figure) -> bool:
    in_table = " | " in figure.evidence.quote
    return in_table and figure.role == "actual" and figure.value is not None and figure.period is not None


def _row(figure: Figure) -> tuple[object, ...]:
    place = figure.evidence
    return place.sha256, place.page, place.quote, figure.metric, figure.unit, figure.breakdown, figure.organisation


def _snapshot_and_month(row: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The current value with the month that ends when its period does, where the row has just one of each."""
    months = [one for one in row if one.basis in (None, "month")]
    for current in row:
        if current.basis in (None, "month"):
            continue
        ends = [one for one in months if one.period and current.period and one.period.end == current.period.end]
        if len(ends) == 1 and len(months) > 2:
            yield current, ends[0]


CHECK = Check("last-of-trend", "A current value that is not the last month of its own trend", "paper", find)
