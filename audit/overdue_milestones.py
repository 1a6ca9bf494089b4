"""Milestones of a table that are not complete though their date is past when the paper meets.

- **It may be wrong** where the table shows the state of an earlier day than the meeting's.
- **Example**: a plan of June has a milestone due on 31 May, "Completed? No".
- **Severity**: warning; information where every such row gives a reason or a new date itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.case import Case, grouped
from audit.ledger import in_minutes
from audit.question import Check, Looked, Question
from audit.wording import counted, on_day, shortened
from schema.records import Deadline

_EXPLAINED = re.compile(
    r"\b(?:revised|new|now)\s+(?:due\s+|target\s+|completion\s+)?date|\bre-?scheduled|\bextended\s+to|\bmoved\s+to|\bnow\s+(?:due|expected|planned)"
    r"|\bdelayed|\bslipped|\bpostponed|\bdeferred",
    re.IGNORECASE,
)


def find(case: Case) -> Iterator[Question | Looked]:
    rows = [d for d in case.deadlines if d.extractor.endswith("table") and not in_minutes(d)]
    yield Looked(len(rows))
    overdue = [d for d in rows if _is_overdue(case, d)]
    for of_paper in grouped(overdue, lambda d: d.evidence.sha256).values():
        yield _asked(case, of_paper)


def _is_overdue(case: Case, deadline: Deadline) -> bool:
    met = case.meeting_of(deadline.evidence)
    return met is not None and deadline.status == "missed" and deadline.due.end < met and not deadline.doubts


def _asked(case: Case, overdue: list[Deadline]) -> Question:
    met = case.meeting_of(overdue[0].evidence)
    assert met is not None
    named = "; ".join(f"“{shortened(d.subject, 50)}” ({d.due})" for d in overdue[:3])
    more = f" and {len(overdue) - 3} more" if len(overdue) > 3 else ""
    message = (
        f"{counted(len(overdue), 'milestone is', 'milestones are')} past due at the meeting of {on_day(met)} and not complete: "
        f"{named}{more}. When will they be?"
    )
    explained = all(_EXPLAINED.search(d.evidence.quote) for d in overdue)
    places = tuple(d.evidence for d in overdue)
    return Question(
        "info" if explained else "warning", message, places, cause="; ".join(sorted(d.subject for d in overdue))
    )


CHECK = Check("overdue-milestones", "Milestones past due and not complete", "paper", find)
