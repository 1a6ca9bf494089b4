"""A denominator that is not the size that the paper gives for its group elsewhere.

"% of children in care visited ..." is a share of the children in care, whose number another row has. Where the two miss
each other by a little, one may be of another day. Two rows that part a group by a limit ("in care for under 12 months",
"over 12 months") are added up and set against the number of the group in the same way.

- **It may be wrong** often: many shares are of some of the group only (those due a review). So only denominators within
  3% of the group's number are asked about.
- **Example**: 112 visits to children in care for under a year and 205 to those for longer, where 321 are in care.
- **Severity**: info.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from audit.alike import is_of_table, row_label
from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from schema.records import Figure

_NEAR: Final = Decimal("0.03")
_COUNT: Final = re.compile(r"(?:total )?(?:number|no\.?|count|#) of ([^(,]+?)\s*(?:\(.*|,.*|at\b.*)?", re.IGNORECASE)
_SHARE: Final = re.compile(r"(?:%|percentage|per cent|proportion) of (.+)", re.IGNORECASE)
_BELOW: Final = re.compile(r"<|\bunder\b|\bless than\b|\bfewer than\b", re.IGNORECASE)
_ABOVE: Final = re.compile(r">|\bover\b|\bmore than\b|\bor more\b|\blonger\b", re.IGNORECASE)
_LIMIT: Final = re.compile(r"(\d+)\s*\+?\s*(months?|weeks?|years?|days?)", re.IGNORECASE)


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    rows = [one for one in case.said_first if is_of_table(one) and one.value is not None and one.period is not None]
    for same_time in grouped(rows, _time).values():
        sizes = {group: one for one in same_time if one.role == "actual" and (group := _group_counted(one))}
        wholes = (
            [one for one in same_time if one.role == "denominator" and _SHARE.match(row_label(one))] if sizes else []
        )
        for group, size in sizes.items():
            of_group = [one for one in wholes if _SHARE.fullmatch(row_label(one)) and _is_of(one, group)]
            for places in (*((one,) for one in of_group if not _limit(one)), *_parted(of_group)):
                checked += 1
                if _nearly(places, size):
                    yield _question(places, size)
    yield Looked(checked)


def _time(figure: Figure) -> tuple[object, ...]:
    assert figure.period is not None
    return figure.evidence.sha256, figure.period.end, figure.basis


def _group_counted(figure: Figure) -> str | None:
    """`LAC`, where the row is the number of LAC."""
    match = _COUNT.fullmatch(row_label(figure)) if figure.unit == "count" else None
    return match[1].lower() if match else None


def _is_of(figure: Figure, group: str) -> bool:
    match = _SHARE.match(row_label(figure))
    return match is not None and re.match(rf"{re.escape(group)}\b", match[1].lower()) is not None


def _limit(figure: Figure) -> tuple[str, bool] | None:
    """The limit of a row that is of a part of its group, and whether the part lies below it."""
    bracket = re.search(r"\(([^)]*)\)\s*$", row_label(figure))
    words = bracket[1] if bracket else ""
    limit = _LIMIT.search(words)
    below, above = bool(_BELOW.search(words)), bool(_ABOVE.search(words))
    return (limit[0].lower(), below) if limit and below != above else None


def _parted(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The two denominators of rows that part their group by one limit."""
    limits = {found: one for one in figures if (found := _limit(one))}
    for (limit, below), figure in limits.items():
        if below and (other := limits.get((limit, False))):
            yield figure, other


def _nearly(places: Sequence[Figure], size: Figure) -> bool:
    assert size.value is not None
    made = sum((one.value for one in places if one.value is not None), Decimal(0))
    return made != size.value and abs(made - size.value) <= _NEAR * size.value


def _question(places: Sequence[Figure], size: Figure) -> Question:
    given = " and ".join(one.evidence.text for one in places)
    whole = f"“{row_label(size)}” is {size.evidence.text}"
    message = f"The denominator is {given}, and {whole}. Are both of the same day and group?"
    return Question("info", message, tuple(one.evidence for one in (*places, size)))


CHECK = Check("group-size-differs", "A denominator that is not the size of its group", "paper", find)
