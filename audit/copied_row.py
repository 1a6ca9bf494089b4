"""Two rows of one table with the same numerator and denominator.

When a table is brought up to date by copying a row, the copy may keep the numbers of its model. Rows that measure
different things and share numerator, denominator and percentage are asked about.

- **It may be wrong** where both rows rightly count the same children: two measures of one cohort that all of the same
  children meet. Rows in which all or none are counted (258 of 258, 0 of 31) and small groups are therefore passed over.
- **Example**: "children in need with an up-to-date plan" and "children in need visited in four weeks" are both 938 of
  1,084, 86.5%.
- **Severity**: warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from schema.records import Figure

_LEAST = 20  # of smaller groups two measures often count the same children


def find(case: Case) -> Iterator[Question | Looked]:
    pairs = list(_pairs(case))
    for alike in grouped(pairs, _numbers).values():
        rows = list({_row(pair[0]): pair for pair in alike}.values())
        if len(rows) > 1 and len({pair[0].metric for pair in rows}) > 1:
            yield _question(rows)
    yield Looked(checked=len(pairs))


def _pairs(case: Case) -> Iterator[Sequence[Figure]]:
    """Numerator, denominator and the percentage they give, of each row of a table that has all three."""
    parts = [one for one in case.said_first if one.value is not None and _is_of_table(one)]
    for row in grouped(parts, _row).values():
        numerators, denominators = ([one for one in row if one.role == role] for role in ("numerator", "denominator"))
        if len(numerators) == len(denominators) == 1 and _tells(numerators[0], denominators[0]):
            days = _days(numerators[0])
            printed = [one for one in row if one.role == "actual" and _days(one) == days]
            yield numerators[0], denominators[0], *printed[:1]


def _is_of_table(figure: Figure) -> bool:
    return " | " in figure.evidence.quote


def _row(figure: Figure) -> tuple[object, ...]:
    place = figure.evidence
    return place.sha256, place.page, place.quote


def _days(figure: Figure) -> tuple[object, ...]:
    return (figure.period.start, figure.period.end) if figure.period else ()


def _numbers(pair: Sequence[Figure]) -> tuple[object, ...]:
    return pair[0].evidence.sha256, pair[0].value, pair[1].value


def _tells(numerator: Figure, denominator: Figure) -> bool:
    above, below = numerator.value, denominator.value
    assert above is not None
    assert below is not None
    return 0 < above < below and below >= _LEAST


def _question(rows: Sequence[Sequence[Figure]]) -> Question:
    first, second = rows[0], rows[1]
    message = (
        f"“{first[0].metric_text}” and “{second[0].metric_text}” are both {first[0].evidence.text} of "
        f"{first[1].evidence.text}. Was one row copied from the other?"
    )
    return Question("warning", message, tuple(one.evidence for row in rows for one in row))


CHECK = Check("copied-row", "Two rows with the same numerator and denominator", "paper", find)
