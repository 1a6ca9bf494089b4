"""A grade promised for a date, and in a later paper for a later one.

"Good by April 2019" and, a year on, "good in summer 2019": the aim stands, and its date has moved.

- **It may be wrong** where the two aims are of different services or of different inspections.
- **Example**: a paper of March 2023 aims "to be rated good by March 2025", a paper of February 2024 "by the autumn of 2025".
- **Severity**: warning; information where the later paper declares the move.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.case import Case
from audit.ledger import ledger
from audit.promise_slips import moved
from audit.question import Check, Looked, Question


def find(case: Case) -> Iterator[Question | Looked]:
    grades = [(key, entries) for key, entries in ledger(case) if entries[0].deadline.grade is not None]
    yield Looked(len(grades))
    for key, entries in grades:
        if question := moved(case, key, entries):
            yield question


CHECK = Check("grade-promise-moves", "A grade promised for a date that moves", "council", find)
