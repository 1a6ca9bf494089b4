"""A colour that the figure and the target in its row do not bear out: green and short of the target, red and better than it.

The good direction is the measure's own; where it is not known, the check passes the row over. A floor or minimum is a second, weaker
target: amber lies between the two. On the line counts as met.

- **It may be wrong** where the colour is of another period than the figure, and where green has a tolerance that the paper does not
  print beside it (a miss by at most a tenth of the target is therefore only information).
- **Example**: a row has 71% against a target of 90%, and is green.
- **Severity**: warning; information for a green that misses by a tenth of the target or less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.case import Case, grouped
from audit.good_direction import Better, better_of
from audit.question import Check, Looked, Question
from audit.wording import shortened, where
from schema.records import Figure, Severity
from schema.rounding import figure_interval

_TOLERANCE = Decimal("0.1")


def find(case: Case) -> Iterator[Question | Looked]:
    checked, unknown = 0, 0
    rows = grouped(
        (f for f in case.said_first if f.metric),
        lambda f: (f.evidence.sha256, f.evidence.page, f.evidence.quote, f.metric),
    )
    for row in rows.values():
        coloured = [f for f in row if f.rag and f.role == "actual" and f.value is not None]
        targets = [f for f in row if f.role == "target" and f.value is not None]
        if len(coloured) != 1 or not targets:
            continue
        better = better_of(case, coloured[0])
        if better is None:
            unknown += 1
            continue
        if _is_taken_otherwise(targets, better):
            unknown += 1
            continue
        checked += 1
        if question := _asked(coloured[0], targets, better):
            yield question
    yield Looked(checked, {"good direction not known": unknown})


def _is_taken_otherwise(targets: Sequence[Figure], better: Better) -> bool:
    """Whether the row itself has the other direction: "at most", or a floor that lies beyond the target."""
    asked = "at_least" if better == "higher" else "at_most"
    if any(f.target_direction not in (None, asked) for f in targets):
        return True
    floors = [f.value for f in targets if f.breakdown in ("min", "floor") and f.value is not None]
    aims = [f.value for f in targets if f.breakdown not in ("min", "floor") and f.value is not None]
    return any((floor > aim) if better == "higher" else (floor < aim) for floor in floors for aim in aims)


def _asked(figure: Figure, targets: Sequence[Figure], better: Better) -> Question | None:
    ordered = sorted(targets, key=lambda f: f.value or 0, reverse=better == "higher")
    hardest, easiest = ordered[0], ordered[-1]
    assert hardest.value is not None
    assert easiest.value is not None
    against: Figure | None = None
    severity: Severity = "warning"
    if figure.rag == "green" and _is_worse(figure, easiest, better):
        against = easiest
        severity = "info" if _misses_by(figure, easiest) <= _TOLERANCE else "warning"
    elif figure.rag == "red" and _is_no_worse(figure, hardest, better):
        against = hardest
    if against is None:
        return None
    message = (
        f"{where(figure.evidence).capitalize()}: {figure.evidence.text} against {against.evidence.text} is {figure.rag} for "
        f"“{shortened(figure.metric_text, 70)}”, where {better} is better. Is the colour right?"
    )
    return Question(severity, message, (figure.evidence, against.evidence))


def _is_worse(figure: Figure, target: Figure, better: Better) -> bool:
    stands_for = figure_interval(figure)
    if stands_for is None or target.value is None:
        return False
    return stands_for.high < target.value if better == "higher" else stands_for.low > target.value


def _is_no_worse(figure: Figure, target: Figure, better: Better) -> bool:
    stands_for = figure_interval(figure)
    if stands_for is None or target.value is None:
        return False
    return stands_for.low > target.value if better == "higher" else stands_for.high < target.value


def _misses_by(figure: Figure, target: Figure) -> Decimal:
    assert figure.value is not None
    assert target.value is not None
    return abs(figure.value - target.value) / abs(target.value) if target.value else Decimal(1)


CHECK = Check("rag-against-target", "A colour that the figure and its target do not bear out", "paper", find)
