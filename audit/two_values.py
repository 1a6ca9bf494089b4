"""One measure and one time with two values in one paper.

What the text says is set against the tables, the summary against the body, the cover against the appendix: figures of
one metric, in one role, of one body, for the same days, whose printed values cannot be roundings of one number.

- **It may be wrong** where two figures were put together as one measure that are two (another age group, another
  service). Rows of tables must therefore bear the same label, and sentences the same words; values for which the paper
  itself says that they were revised are passed over.
- **Example**: the summary says that 84% of visits in March were on time, the table says 86.4%.
- **Severity**: error where the text and a table, or two tables differ; warning where two sentences do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from audit.alike import is_of_table, names_one_thing
from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from schema.records import Figure
from schema.rounding import figures_agree

_REVISED: Final = re.compile(
    r"\b(?:previously reported|revised|restated|provisional|amended|corrected|updated)\b", re.IGNORECASE
)
_MOST_VALUES = 3  # more values of one thing and time are a table that was not understood


def find(case: Case) -> Iterator[Question | Looked]:
    checked, unclear = 0, 0
    dated = [one for one in case.said_first if _is_comparable(one)]
    for alike in grouped(dated, _thing).values():
        if len(alike) < 2:
            continue
        checked += len(alike)
        if len({one.value for one in alike}) > _MOST_VALUES:
            unclear += len(alike)
            continue
        if pair := _first_disagreement(alike):
            yield _question(*pair, alike)
    yield Looked(checked - unclear, {"more than three values of one measure and time": unclear})


def _is_comparable(figure: Figure) -> bool:
    known = figure.metric is not None and figure.value is not None and figure.period is not None
    return known and figure.role in ("actual", "target") and not figure.doubts


def _thing(figure: Figure) -> tuple[object, ...]:
    period = figure.period
    assert period is not None
    whose = figure.organisation or figure.council
    times = period.start, period.end, figure.basis
    return figure.evidence.sha256, figure.metric, figure.role, figure.unit, figure.breakdown, whose, times


def _first_disagreement(alike: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    for i, one in enumerate(alike):
        for other in alike[i + 1 :]:
            if figures_agree(one, other) or one.evidence.quote == other.evidence.quote:
                continue
            if names_one_thing(one, other) and not _is_revised(one) and not _is_revised(other):
                return one, other
    return None


def _is_revised(figure: Figure) -> bool:
    return bool(_REVISED.search(figure.evidence.quote))


def _question(one: Figure, other: Figure, alike: Sequence[Figure]) -> Question:
    message = (
        f"“{one.metric_text}” for {one.period} is {one.evidence.text} in one place, {other.evidence.text} in another. "
        "Which is right, or are they of different things?"
    )
    sure = is_of_table(one) or is_of_table(other)
    rest = [again for again in alike if again not in (one, other)]
    return Question("error" if sure else "warning", message, tuple(figure.evidence for figure in (one, other, *rest)))


CHECK = Check("two-values", "One measure and time with two values", "paper", find)
