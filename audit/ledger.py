"""The ledger of promises: what was promised for when, paper by paper.

Deadlines with one promise key are one promise. What minutes in a pack report was said at an earlier meeting than the pack's,
so it is left out, and so are inspectors' own reports, and papers whose meeting's date is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from audit.case import Case, grouped
from audit.inspectors_reports import is_inspectors_own
from audit.small_words import SMALL_WORDS
from schema.period import Period, PeriodKind
from schema.records import Deadline

_MINUTES = re.compile(r"\bminutes\b|\bnotes of the meeting\b|\bdecisions? (?:of|taken)\b", re.IGNORECASE)
_DECLARED = re.compile(
    r"\b(?:original(?:ly)?|previous(?:ly)?|initial(?:ly)?|revised|re-?profiled|re-?scheduled|instead\s+of|rather\s+than|later\s+than|delay\w*"
    r"|slip\w*|slippage|put\s+back|pushed\s+back|postponed|deferred|extended|moved\s+(?:from|to|back)|brought\s+forward|behind\s+schedule"
    r"|as\s+intended|not\s+(?:been\s+)?(?:met|kept|achieved))\b",
    re.IGNORECASE,
)
_AGAIN_AND_AGAIN = re.compile(
    r"\b(?:monthly|weekly|fortnightly|quarterly|annual(?:ly)?|yearly|termly|(?:every|each|per)\s+(?:month|quarter|year|term)"
    r"|next\s+(?:\w+\s+){0,2}?(?:meetings?|reports?|updates?|visits?|quarter|year|cohort|phase|stage|round))\b",
    re.IGNORECASE,
)
_AN_UPDATE = re.compile(
    r"^(?:(?:receive|have|provide|present|consider|note|give|bring|take)\s+)?(?:(?:an?|the|another|further|full|verbal|written|progress)\s+)*(?:updates?|briefings?|progress\s+reports?"
    r"|reports?)\b",
    re.IGNORECASE,
)
_STAGES = frozenset(
    {"draft", "final", "interim", "initial", "outline", "pilot", "consultation", "procurement", "mobilisation"}
)
_EMPTY: Final = SMALL_WORDS | frozenset(
    [
        "be",
        "begin",
        "complete",
        "completed",
        "deliver",
        "delivered",
        "final",
        "first",
        "full",
        "fully",
        "go",
        "implement",
        "implementation",
        "implemented",
        "its",
        "launch",
        "launched",
        "live",
        "new",
        "next",
        "one",
        "our",
        "phase",
        "plan",
        "review",
        "second",
        "start",
        "started",
        "that",
        "these",
        "this",
        "three",
        "two",
        "will",
        "work",
    ]
)


@dataclass(frozen=True)
class Promised:
    """One promise as one paper gives it, with the day of that paper's meeting."""

    deadline: Deadline
    said_on: date

    @property
    def due(self) -> Period:
        return self.deadline.due

    @property
    def declares_a_move(self) -> bool:
        """Whether the paper itself says that the date has moved."""
        told_as_past = self.deadline.status == "missed" and not self.from_table
        return told_as_past or bool(_DECLARED.search(self.deadline.evidence.quote))

    @property
    def is_promise(self) -> bool:
        """Whether it was still to be done: also a row whose date had gone by, but not what a paper tells of a date it missed."""
        return self.deadline.status == "planned" or (self.deadline.status == "missed" and self.from_table)

    @property
    def from_table(self) -> bool:
        return self.deadline.extractor.endswith("table")


def ledger(case: Case) -> Iterator[tuple[str, list[Promised]]]:
    """Each promise with what the papers say of it, by meeting and place. Promises that recur ("the quarterly update") are left out."""
    own = {paper.sha256 for paper in case.papers if is_inspectors_own(case, paper)}
    of_council = (d for d in case.deadlines if d.promise and d.evidence.sha256 not in own and not in_minutes(d))
    told = [(d, case.meeting_of(d.evidence)) for d in of_council]
    dated = [Promised(d, met) for d, met in told if met is not None and not _recurs(d.subject)]
    for key, entries in sorted(grouped(dated, lambda one: one.deadline.promise or "").items()):
        yield (
            key,
            sorted(entries, key=lambda one: (one.said_on, one.deadline.evidence.paper, one.deadline.evidence.start)),
        )


def _recurs(subject: str) -> bool:
    return bool(_AGAIN_AND_AGAIN.search(subject) or _AN_UPDATE.match(subject))


def of_other_stages(one: Deadline, other: Deadline) -> bool:
    """Whether one is of the draft and the other of the final document, or of no stage that is named."""
    return _stages(one.subject) != _stages(other.subject)


def _stages(subject: str) -> frozenset[str]:
    return frozenset(_STAGES & set(re.findall(r"[a-z]+", subject.casefold())))


def in_minutes(deadline: Deadline) -> bool:
    """Whether a deadline stands in minutes that are bound into a pack."""
    return is_minutes(deadline.evidence.report)


def is_minutes(report: str | None) -> bool:
    """Whether a report of a pack is by its title minutes."""
    return bool(_MINUTES.search(report or ""))


def share_words(one: Deadline, other: Deadline) -> bool:
    """Whether the subjects are the same or have a telling word in common. Promises may also be linked by the words around
    them, less surely."""
    if one.grade is not None or one.subject.casefold() == other.subject.casefold():
        return True
    return bool(_telling(one.subject) & _telling(other.subject) or _numbered(one.subject) & _numbered(other.subject))


def lies_after(later: Period, earlier: Period) -> bool:
    """Whether a date is past all days that another leaves open: May is not after "the end of May", nor 30 April after April."""
    return later.start > earlier.end


def is_window(period: Period) -> bool:
    """Whether a period is a stretch in which something may fall ("April to October")."""
    return period.kind is PeriodKind.RANGE and (period.end - period.start).days > 31


def latest(entries: Iterable[Promised]) -> Promised:
    """The entry with the latest date; of several the first."""
    return max(entries, key=lambda one: one.due.end)


_STAGE = re.compile(
    r"\b(?:(?P<which>first|second|third|one|two|three|[123])\s+)?(?P<what>phase|stage|tranche|wave)(?:\s+(?P<number>one|two|three|[123]))?\b"
)
_NUMBERS = {"first": "1", "one": "1", "second": "2", "two": "2", "third": "3", "three": "3"}


def _numbered(subject: str) -> frozenset[tuple[str, str]]:
    """Phases and stages by their number: "phase one", "the first phase"."""
    found = ((m["what"], m["number"] or m["which"]) for m in _STAGE.finditer(subject.casefold()))
    return frozenset((what, _NUMBERS.get(which, which)) for what, which in found if which)


def _telling(subject: str) -> frozenset[str]:
    words = re.findall(r"[a-z]{3,}", subject.casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in _EMPTY)
