"""A promise whose date moves to a later one from paper to paper, or that was kept after its date.

The ledger of a promise has the date first promised and each later one. The question counts the days from the last
day of the first date to the last day of the latest.

- **It may be wrong** where two promises that are worded alike were taken for one, and where the later date is of a further step. Only
  information where the later paper says itself that the date has moved, or where the two wordings have no telling word
  in common.
- **Example**: a paper of March promises that new thresholds "will be fully rolled out by the end of January"; a paper
  of June says that they "went live on 5 February".
- **Severity**: warning; information where the later paper declares the move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.case import Case
from audit.ledger import Promised, latest, ledger, lies_after, share_words
from audit.question import Check, Looked, Question
from audit.wording import counted, on_day, paper_said, shortened
from schema.evidence import Evidence
from schema.records import Severity


def find(case: Case) -> Iterator[Question | Looked]:
    followed = 0
    once = 0
    for key, entries in ledger(case):
        promised_more_than_once = len({one.said_on for one in entries}) > 1
        followed += promised_more_than_once
        once += not promised_more_than_once
        if entries[0].deadline.grade is None and (question := moved(case, key, entries)):
            yield question
    yield Looked(followed, {"promised in one paper only": once})


def moved(case: Case, key: str, entries: Sequence[Promised]) -> Question | None:
    """The question of a promise whose date has moved to a later one; None where it has not."""
    first = [one for one in entries if one.said_on == entries[0].said_on and one.is_promise]
    if not first or _is_in_doubt(first):
        return None
    standing, steps = latest(first), list[Promised]()
    for one in entries:
        if one.said_on > first[0].said_on and lies_after(one.due, standing.due) and not _is_in_doubt([one]):
            steps.append(one)
            standing = one
    if not steps:
        return None
    promised, last = latest(first), steps[-1]
    severity = _severity(entries, steps)
    return Question(severity, _message(case, promised, steps), _places(entries, first, last), cause=key)


def _became(last: Promised) -> str:
    if last.deadline.status != "done":
        return "it is promised for"
    return "it is called complete, with the date" if last.from_table else "it was done on or by"


def _is_in_doubt(entries: Sequence[Promised]) -> bool:
    return any("impossible" in one.deadline.doubts for one in entries)


def _severity(entries: Sequence[Promised], steps: Sequence[Promised]) -> Severity:
    last_said = steps[-1].said_on
    declared = all(
        one.declares_a_move for one in entries if one.said_on == last_said and one.due.end >= steps[-1].due.end
    )
    before = [one.deadline for one in entries if one.said_on < last_said]
    last = [one.deadline for one in entries if one.said_on == last_said]
    surely_one = any(share_words(one, other) for one in before for other in last)
    return "warning" if surely_one and not declared else "info"


def _places(entries: Sequence[Promised], first: Sequence[Promised], last: Promised) -> tuple[Evidence, ...]:
    """The first promise and the last date, then the dates between and what repeats them."""
    order = [latest(first), last, *entries]
    return tuple(dict.fromkeys(one.deadline.evidence for one in order))


def _message(case: Case, first: Promised, steps: Sequence[Promised]) -> str:
    last = steps[-1]
    days = (last.due.end - first.due.end).days
    became = _became(last)
    between = "".join(f", then {one.due}" for one in steps[:-1])
    said = f"“{shortened(first.deadline.subject, 60)}” was promised for {first.due}{between} (said on {on_day(first.said_on)})"
    return f"{said}; in {paper_said(case, last.deadline.evidence)} {became} {last.due}: {counted(days, 'day')} later. What moved it, and was it reported?"


CHECK = Check("promise-slips", "A promise whose date moves to a later one", "council", find)
