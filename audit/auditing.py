"""From a case to its issues: the checks are asked, questions of one cause become one issue, issues get stable ids."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audit.case import Case
from audit.question import Check, Looked, Question
from schema.evidence import Evidence
from schema.records import Issue, record_id

_ORDER = ("error", "warning", "info")
MOST_PLACES = 12  # an issue that points everywhere points nowhere


@dataclass(frozen=True)
class Audited:
    """What checks found in a case: issues in the order of checks and places, and by check's code what it looked at."""

    issues: tuple[Issue, ...] = ()
    looked: dict[str, Looked] = field(default_factory=dict)


def audit(case: Case, checks: Iterable[Check]) -> Audited:
    """Asks the checks of a case."""
    issues: list[Issue] = []
    looked: dict[str, Looked] = {}
    for check in checks:
        answers = list(check.find(case))
        looked[check.code] = _summed(one for one in answers if isinstance(one, Looked))
        questions = [one for one in answers if isinstance(one, Question)]
        issues += _issues(check, questions, case)
    return Audited(tuple(without_same_cause(issues)), looked)


def without_same_cause(issues: Sequence[Issue]) -> list[Issue]:
    """The issues, without those whose places an earlier and no milder issue of another check shows all."""
    kept: list[Issue] = []
    showing: dict[tuple[object, ...], list[tuple[Issue, frozenset[tuple[object, ...]]]]] = defaultdict(list)
    for issue in issues:
        places = frozenset(map(_spot, issue.evidence))
        earlier = showing[next(iter(places))] if places else []
        if any(
            places <= shown and _ORDER.index(one.severity) <= _ORDER.index(issue.severity) for one, shown in earlier
        ):
            continue
        kept.append(issue)
        for spot in places:
            showing[spot].append((issue, places))
    return kept


def _summed(looks: Iterable[Looked]) -> Looked:
    checked, passed = 0, Counter[str]()
    for one in looks:
        checked += one.checked
        passed.update(one.passed_over)
    return Looked(checked, {reason: n for reason, n in sorted(passed.items()) if n})


def _issues(check: Check, questions: Sequence[Question], case: Case) -> list[Issue]:
    """One issue a cause. The same question in near-identical papers has one cause."""
    by_cause: dict[object, list[Question]] = defaultdict(list)
    for question in questions:
        by_cause[_cause(question, case)].append(question)
    return [_issue(check, of_one_cause, case) for of_one_cause in by_cause.values()]


def _cause(question: Question, case: Case) -> object:
    """The cause that a check names; without one, the words of the question's places and the report they stand in."""
    if question.cause is not None:
        return question.cause
    reports = []
    for place in question.places:
        paper = case.paper_of.get(place.sha256)
        twins = sorted((paper.paper, *paper.same_as_all)) if paper else [place.paper]
        reports.append((twins[0], _words(place.quote), place.text))
    return tuple(reports)


def _issue(check: Check, questions: Sequence[Question], case: Case) -> Issue:
    first = min(questions, key=lambda one: _ORDER.index(one.severity))
    again = case.repeated_at
    shown = [place for one in (first, *questions) for place in one.places]
    shown += [twin for place in shown for twin in again.get(_spot(place), ())]
    places = list({_spot(place): place for place in shown}.values())[:MOST_PLACES]
    return Issue(
        id=record_id(Issue.kind, check.code, *sorted(map(_spot, first.places), key=str)),
        check=check.code,
        severity=first.severity,
        message=first.message,
        evidence=tuple(places),
    )


def values_of(issue: Issue) -> tuple[str, ...]:
    """What a decision on an issue holds for: the words printed at its places, each once."""
    return tuple(sorted({_words(place.text) for place in issue.evidence}))


def _spot(place: Evidence) -> tuple[object, ...]:
    return place.sha256, place.page, place.start, place.end


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
