"""A difference of two percentages that is called per cent and is in percentage points.

From 15.2% to 14.9% is 0.3 percentage points, and 2% less. Readers who know the difference are misled where a paper
prints points with a per cent sign.

- **It may be wrong** in nothing but importance: it is a matter of wording, and often clear from the two values.
- **Example**: "14.9%, a reduction of 0.3% from the previous quarter (15.2%)".
- **Severity**: info.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.case import Case
from audit.change_ends import Change, changes
from audit.question import Check, Looked, Question


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for change in changes(case):
        if change.change.unit != "percent" or change.now.unit != "percent":
            continue
        checked += 1
        if _is_in_points(change):
            message = (
                f"From {change.then.evidence.text} to {change.now.evidence.text} the change is given as "
                f"{change.change.evidence.text}. Are percentage points meant?"
            )
            yield Question("info", message, change.places)
    yield Looked(checked)


def _is_in_points(change: Change) -> bool:
    points, per_cent = change.difference, change.per_cent
    return points is not None and change.is_given_by(points) and not (per_cent and change.is_given_by(per_cent))


CHECK = Check("points-as-per-cent", "Percentage points called per cent", "paper", find)
