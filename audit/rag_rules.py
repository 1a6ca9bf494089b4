"""A colour whose rule changes: a better value has the worse colour, against the same target.

- **It may be wrong** where the colours follow the direction of travel, or a target that rises through the year and is not printed.
- **Example**: in September 84% against 90% is amber, in March 85% against 90% is red.
- **Severity**: warning within one set of targets that the papers print; information where they print none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.case import Case, grouped
from audit.good_direction import Better, better_of
from audit.question import Check, Looked, Question
from audit.wording import paper_said, shortened
from schema.records import Figure

_RANK = {"red": 0, "amber": 1, "green": 2}


def find(case: Case) -> Iterator[Question | Looked]:
    coloured = [f for f in case.said_first if f.rag and f.role == "actual" and f.value is not None and case.is_own(f)]
    unknown = 0
    checked = 0
    targets = _targets_by_row(case) if coloured else {}
    for same in grouped(coloured, lambda f: (f.metric, f.unit, f.breakdown, targets.get(_row(f), ()))).values():
        better = better_of(case, same[0])
        if better is None:
            unknown += len(same)
            continue
        checked += len(same)
        if question := _asked(case, same, better, has_targets=_row(same[0]) in targets):
            yield question
    yield Looked(checked, {"good direction not known": unknown})


def _row(figure: Figure) -> tuple[str, str]:
    return figure.evidence.sha256, figure.evidence.quote


def _targets_by_row(case: Case) -> dict[tuple[str, str], tuple[str, ...]]:
    """The targets that a row prints, with their bands."""
    targets = grouped((f for f in case.figures if f.role == "target"), _row)
    return {row: tuple(sorted(f"{f.breakdown} {f.value}" for f in of_row)) for row, of_row in targets.items()}


def _asked(case: Case, same: Sequence[Figure], better: Better, *, has_targets: bool) -> Question | None:
    """The figures from worst to best: the colour must not get worse on the way."""
    ordered = sorted(same, key=lambda f: (f.value or 0) if better == "higher" else -(f.value or 0))
    for worse, best in pairwise(ordered):
        if worse.value != best.value and worse.rag and best.rag and _RANK[worse.rag] > _RANK[best.rag]:
            message = (
                f"“{shortened(best.metric_text, 70)}”: {worse.evidence.text} is {worse.rag} in {paper_said(case, worse.evidence)}, and "
                f"{best.evidence.text}, which is better, is {best.rag} in {paper_said(case, best.evidence)}. By which rule?"
            )
            return Question("warning" if has_targets else "info", message, (worse.evidence, best.evidence))
    return None


CHECK = Check("rag-rules", "A better value with a worse colour", "metric", find)
