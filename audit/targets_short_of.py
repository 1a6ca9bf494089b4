"""A target called on track, of which part is still missing though the same paper's date for it is past.

- **It may be wrong** where the two places count different things with the same number.
- **Example**: "recruit 35 newly qualified workers: 29 to date (on target)", and "will have recruited 35 by the end of
  February" in a paper of 26 March.
- **Severity**: information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.case import Case
from audit.question import Check, Looked, Question
from audit.wording import on_day, where
from schema.records import Deadline, Figure

_DEED = re.compile(
    r"\b(recruit|convert|appoint|train|approve|open|build|create|assess|review|deliver|fill|house|place)\w*",
    re.IGNORECASE,
)


def find(case: Case) -> Iterator[Question | Looked]:
    on_track = [
        f
        for f in case.said_first
        if f.role == "target" and f.claim == "on_track" and f.value is not None and f.unit == "count"
    ]
    yield Looked(len(on_track))
    for target in on_track:
        now = next((f for f in case.said_first if _is_so_far(f, target)), None)
        promise = next((d for d in case.deadlines if _is_of_the_same(d, target)), None)
        if now is None or promise is None:
            continue
        met = case.meeting_of(target.evidence)
        if met is not None and promise.due.end < met:
            message = (
                f"{where(target.evidence).capitalize()} has {now.evidence.text} of {target.evidence.text} and calls it on track; "
                f"{where(promise.evidence)} gives {promise.due} for {target.evidence.text}, which is past at the meeting of {on_day(met)}. "
                "Are they the same, and is it on track?"
            )
            yield Question("info", message, (now.evidence, target.evidence, promise.evidence))


def _is_so_far(figure: Figure, target: Figure) -> bool:
    same = figure.metric == target.metric and figure.evidence.quote == target.evidence.quote
    same = same and figure.evidence.sha256 == target.evidence.sha256 and figure.role == "actual"
    return same and figure.value is not None and target.value is not None and figure.value < target.value


def _is_of_the_same(deadline: Deadline, target: Figure) -> bool:
    """Whether a promise has the number of the target and its verb."""
    if deadline.evidence.sha256 != target.evidence.sha256 or deadline.status != "planned":
        return False
    number = re.escape(target.evidence.text)
    deeds = {m[1].casefold() for m in _DEED.finditer(target.evidence.quote)}
    promised = {m[1].casefold() for m in _DEED.finditer(deadline.evidence.text)}
    return bool(deeds & promised) and bool(re.search(rf"(?<![\d.,]){number}(?![\d.,]|%)", deadline.evidence.text))


CHECK = Check("targets-short-of", "A target called on track after its date", "paper", find)
