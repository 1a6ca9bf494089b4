"""A value that its unit cannot have: a share above 100% or below nought, a numerator above its denominator.

- **It may be wrong** where a percentage is no share: attendance against a plan, spending against a budget or a growth
  may be above 100%. Such rates are asked about only with a numerator and denominator that are a part and its whole.
- **Example**: 104% of care leavers in touch; 61 of 58 reviews on time.
- **Severity**: error for a numerator above its denominator beside a share, warning for a share above 100%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from schema.records import Figure

_NO_SHARE: Final = re.compile(
    r"\b(?:chang\w*|increas\w*|decreas\w*|growth|grew|ris\w+|rose|more|higher|budgets?|spend\w*|spent|inflation|occupan\w+"
    r"|capacity|against|compared|ratio|value|return|uplift|utilisation|additional|target|plan(?:ned)?|full[- ]cost)\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(r"(?:%|\bper ?cent(?:age)?|\bproportion|\bshare) of\b", re.IGNORECASE)


def find(case: Case) -> Iterator[Question | Looked]:
    shares = [one for one in case.said_first if _is_share(one)]
    for figure in shares:
        assert figure.value is not None
        if figure.value > 100 or figure.value < 0:
            message = f"“{figure.metric_text}” is {figure.evidence.text}. Can a share be that?"
            yield Question("warning", message, (figure.evidence,))
    rows = grouped((one for one in case.said_first if one.role in ("numerator", "denominator", "actual")), _row)
    for row in rows.values():
        if question := _part_above_whole(row):
            yield question
    yield Looked(checked=len(shares))


def _is_share(figure: Figure) -> bool:
    if figure.unit != "percent" or figure.role not in ("actual", "target") or figure.value is None:
        return False
    words = f"{figure.metric_text} {figure.evidence.quote}"
    return bool(_SHARE.search(words)) and not _NO_SHARE.search(words)


def _row(figure: Figure) -> tuple[object, ...]:
    place, period = figure.evidence, figure.period
    return place.sha256, place.page, place.quote, figure.metric, (period.start, period.end) if period else None


def _part_above_whole(row: Sequence[Figure]) -> Question | None:
    """A numerator above its denominator, where the row prints a share of at most 100% with them."""
    parts, wholes = ([one for one in row if one.role == role] for role in ("numerator", "denominator"))
    shares = [one for one in row if one.role == "actual" and one.unit == "percent" and one.value is not None]
    if not len(parts) == len(wholes) == 1 or not shares:
        return None
    part, whole, share = parts[0], wholes[0], shares[0]
    if (
        part.value is None
        or whole.value is None
        or share.value is None
        or share.value > 100
        or part.value <= whole.value
    ):
        return None
    message = f"{part.evidence.text} of {whole.evidence.text}: can the part be more than the whole?"
    return Question("error", message, (part.evidence, whole.evidence, share.evidence))


CHECK = Check("beyond-range", "A value that its unit cannot have", "paper", find)
