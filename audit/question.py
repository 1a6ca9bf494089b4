"""What a check gives back: questions with the places to look at, and what it could and could not look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from audit.case import Case
from schema.evidence import Evidence
from schema.records import Severity

Scope = Literal["paper", "metric", "council"]
"""Of which papers a check is given the records at a time.

`paper`: one report, with its near-identical copies and the text of all. `metric`: the figures of one metric in all
papers of a council. `council`: everything of a council but figures without a metric.
"""


@dataclass(frozen=True)
class Question:
    """A question about papers, never a verdict on which place is wrong.

    `places` are all the places to look at, those that the message names first. A figure that near-identical reports
    repeat is named once: the places of its repetitions are added. Questions of one check with one `cause` become one
    issue with the places of all, and the gravest one's message.
    """

    severity: Severity
    message: str
    places: tuple[Evidence, ...]
    cause: str | None = None


@dataclass(frozen=True)
class Looked:
    """What a check looked at: how many things it could check, and how many it could not, by reason (in words for
    people: `no denominator`)."""

    checked: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One check. What it means, when it may be wrong and an example stand in its module's docstring."""

    code: str
    title: str
    scope: Scope
    find: Callable[[Case], Iterator[Question | Looked]]
