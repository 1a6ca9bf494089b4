"""Milestones that a table calls complete without a day on which they were.

Whether they were in time can then not be seen.

- **It may be wrong** where the day stands in a note elsewhere.
- **Example**: a plan has a column "Completed?" with Yes and No beside the due date, and none for when.
- **Severity**: information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from audit.wording import counted
from schema.records import Deadline

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?[\s/.-]*(?:(?:{_MONTHS})\w*|\d{{1,2}})[\s/.-]+\d{{2,4}}\b|\b(?:{_MONTHS})[a-z]*\s+\d{{4}}\b",
    re.IGNORECASE,
)
_FEWEST = 3


def find(case: Case) -> Iterator[Question | Looked]:
    done = [d for d in case.deadlines if d.extractor.endswith("table") and d.status == "done"]
    yield Looked(len(done))
    undated = [d for d in done if len(_DATE.findall(d.evidence.quote)) < 2]
    for rows in grouped(undated, lambda d: d.evidence.sha256).values():
        if len(rows) >= _FEWEST:
            yield _asked(rows)


def _asked(rows: list[Deadline]) -> Question:
    message = (
        f"{counted(len(rows), 'milestone')} of the table are called complete, and their rows do not say when. "
        "Were they in time?"
    )
    return Question("info", message, tuple(d.evidence for d in rows), cause="; ".join(sorted(d.subject for d in rows)))


CHECK = Check("undated-completion", "Milestones called complete without a date", "paper", find)
