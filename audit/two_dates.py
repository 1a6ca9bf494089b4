"""One promise with two dates in one paper.

Two dates differ where no day is left open by both: "in May" and "by the end of April", not "in April" and "by 30 April". Two
stretches in which one thing may fall ("between April and October", "May to September") differ where their ends do.

- **It may be wrong** where the paper speaks of two steps in words that are alike, or of a former date as such.
- **Example**: paragraph 3.5 has the first phase of a redesign "completed in May", paragraph 3.25 "implemented by April".
- **Severity**: warning; information for two stretches of which one lies in the other, and where the wordings have no telling
  word in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from audit.case import Case, grouped
from audit.ledger import Promised, is_window, ledger, lies_after, of_other_stages, share_words
from audit.question import Check, Looked, Question
from audit.wording import shortened, where
from schema.records import Severity


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for key, entries in ledger(case):
        planned = [one for one in entries if one.deadline.status == "planned"]
        for of_report in grouped(planned, _report).values():
            checked += len(of_report) > 1
            if question := _asked(key, of_report):
                yield question
    yield Looked(checked)


def _report(one: Promised) -> tuple[str, str | None]:
    return one.deadline.evidence.sha256, one.deadline.evidence.report


def _asked(key: str, entries: Sequence[Promised]) -> Question | None:
    apart = [(one, other) for one, other in combinations(entries, 2) if _differ(one, other)]
    if not apart:
        return None
    one, other = max(apart, key=lambda pair: _severity(*pair) == "warning")
    message = (
        f"“{shortened(one.deadline.subject, 60)}”: {where(one.deadline.evidence)} gives {one.due}, "
        f"{where(other.deadline.evidence)} gives {other.due}. Which date holds?"
    )
    places = dict.fromkeys(p.deadline.evidence for p in (one, other, *entries))
    return Question(
        _severity(one, other), message, tuple(places), cause=f"{key}: {sorted((str(one.due), str(other.due)))}"
    )


def _differ(one: Promised, other: Promised) -> bool:
    if one.from_table and other.from_table:
        return False  # rows of a plan are steps, however alike
    if of_other_stages(one.deadline, other.deadline):
        return False
    if one.declares_a_move or other.declares_a_move:
        return False
    if is_window(one.due) and is_window(other.due):
        return not one.due.same_days(other.due)
    return lies_after(one.due, other.due) or lies_after(other.due, one.due)


def _severity(one: Promised, other: Promised) -> Severity:
    within = one.due.contains(other.due) or other.due.contains(one.due)
    return "info" if within or not share_words(one.deadline, other.deadline) else "warning"


CHECK = Check("two-dates", "One promise with two dates in one paper", "paper", find)
