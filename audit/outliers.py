"""A value in a row of months that stands far from all the others, and the next month is back among them.

For percentages far is a quarter of the scale (25 points) from every other value, where the others lie within 15 points; for counts
three times the highest of the others, or less than a third of the lowest.

- **It may be wrong** where something did happen in that month: the question is then whether the paper says what.
- **Example**: 0.0%, 43.1%, 3.7%, 0.6%, 3.9% and 4.1% for six months.
- **Severity**: information.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from audit.wording import shortened, where
from schema.period import PeriodKind
from schema.records import Figure

_MONTHLY = frozenset({PeriodKind.MONTH, PeriodKind.MONTH_END})
_FEWEST = 5
_POINTS = Decimal(25)
_BAND = Decimal(15)
_TIMES = 3
_SMALLEST = Decimal(10)  # counts below it swing of themselves


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    monthly = (f for f in case.said_first if _is_of_a_month(f))
    for row in grouped(monthly, lambda f: (f.evidence.sha256, f.evidence.page, f.evidence.quote, f.metric)).values():
        months = sorted(row, key=lambda f: (f.period.end if f.period else None, f.evidence.start))
        if len({f.period.end for f in months if f.period}) >= _FEWEST:
            checked += 1
            if far := _far_out(months):
                yield _asked(months, far)
    yield Looked(checked)


def _is_of_a_month(figure: Figure) -> bool:
    of_month = figure.period is not None and figure.period.kind in _MONTHLY and figure.basis in (None, "month")
    return of_month and figure.role == "actual" and figure.value is not None and figure.extractor.endswith("table")


def _far_out(months: Sequence[Figure]) -> Figure | None:
    """The one value that is far out; None where there is none, or where it is the first or last and may begin a new level."""
    for figure in months[1:-1]:
        others = [f.value for f in months if f is not figure and f.value is not None]
        assert figure.value is not None
        low, high = min(others), max(others)
        if figure.unit == "percent":
            apart = min(abs(figure.value - other) for other in others)
            if apart >= _POINTS and high - low <= _BAND:
                return figure
        elif low >= _SMALLEST and high <= 2 * low and (figure.value >= _TIMES * high or _TIMES * figure.value <= low):
            return figure
    return None


def _asked(months: Sequence[Figure], far: Figure) -> Question:
    printed = ", ".join(f.evidence.text for f in months)
    message = (
        f"{where(far.evidence).capitalize()}, “{shortened(far.metric_text, 70)}”: {far.evidence.text} for {far.period} stands out from "
        f"the other months ({printed}). Is it right, and what happened?"
    )
    return Question("info", message, (far.evidence, *(f.evidence for f in months if f is not far)))


CHECK = Check("outliers", "A month that stands far from all others of its row", "paper", find)
