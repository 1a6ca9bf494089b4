"""A number called steady whose own figures in the paper move by a tenth or more.

The words are looked for in sentences on the number of children of a group (in care, on child protection plans, in need, care
leavers), and the figures among the paper's counts of that group: the previous year's outturn and the months of the trend
against the current value.

- **It may be wrong** where "steady" is said of a longer time than the figures are of, and a tenth is our measure, not the paper's.
- **Example**: "The number of children in care remains stable", and a table with 290 for the year before and 338 now.
- **Severity**: information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.case import Case, grouped
from audit.cohorts import cohorts_in
from audit.question import Check, Looked, Question
from audit.sentences import Found, sentences_with
from audit.wording import where
from schema.records import Figure

_STEADY = re.compile(
    r"\b(?:remain(?:s|ed|ing)?|stay(?:s|ed)?|held|been|is|are|continues?\s+to\s+be)\s+(?:\w+\s+){0,2}?(?:steady|stable|static|constant|level|flat|unchanged"
    r"|consistent|broadly\s+the\s+same)\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\b(?:numbers?|population|cohort|figures?|counts?)\b", re.IGNORECASE)
_TENTH = Decimal("0.1")


def find(case: Case) -> Iterator[Question | Looked]:
    counts = [
        f
        for f in case.said_first
        if f.role == "actual" and f.unit == "count" and f.value and case.is_own(f) and f.period
    ]
    of_group = _by_group(counts)
    checked, unknown = 0, 0
    for found in sentences_with(case, _STEADY) if of_group else ():
        said = found.page.text[found.start : found.match.start()]
        groups = cohorts_in(said)
        if not groups or not _NUMBERS.search(said):
            continue
        series = [
            of_group[found.paper.sha256, group] for group in sorted(groups) if (found.paper.sha256, group) in of_group
        ]
        checked += bool(series)
        unknown += not series
        for one in series:
            if question := _asked(found, one):
                yield question
    yield Looked(checked, {"no count of the group in the paper": unknown})


def _by_group(counts: Sequence[Figure]) -> dict[tuple[str, str], list[Figure]]:
    """For each paper and group of children, the counts of its one row or metric. A group with two such rows is left out."""
    found: dict[tuple[str, str], list[Figure]] = {}
    doubtful = set()
    for (sha256, metric, breakdown, _), figures in grouped(
        counts, lambda f: (f.evidence.sha256, f.metric, f.breakdown, f.evidence.quote)
    ).items():
        groups = cohorts_in(figures[0].metric_text)
        if (
            metric is None
            or breakdown is not None
            or len(groups) != 1
            or len(figures) < 3
            or not _is_of_all(figures[0].metric_text)
        ):
            continue
        key = sha256, next(iter(groups))
        doubtful |= {key} & set(found)
        found[key] = figures
    return {key: figures for key, figures in found.items() if key not in doubtful}


def _is_of_all(label: str) -> bool:
    """Whether a label counts the whole group, and not those "with a visit"."""
    return not re.search(
        r"\b(?:with|who|whose|new|starting|ending|ceasing|per\s+10|without|placed|missing|becoming|entering|leaving)\b",
        label,
        re.IGNORECASE,
    )


def _asked(found: Found, series: Sequence[Figure]) -> Question | None:
    last_end = max(f.period.end for f in series if f.period)
    now = next(f for f in series if f.period and f.period.end == last_end)
    before = [f for f in series if f.period and f.period.end < last_end and f.value and _moved(f, now) >= _TENTH]
    if not before:
        return None
    widest = max(before, key=lambda f: _moved(f, now))
    words = " ".join(found.page.text[found.match.start() : found.match.end()].split())
    message = (
        f"{where(now.evidence).capitalize()} has {widest.evidence.text} for {widest.period} and {now.evidence.text} for {now.period}, a change of "
        f"{_moved(widest, now) * 100:.0f}%, and the text says “{words}”. Over what time is it so?"
    )
    return Question("info", message, (found.place(), now.evidence, *(f.evidence for f in before[:6])))


def _moved(earlier: Figure, later: Figure) -> Decimal:
    assert earlier.value
    assert later.value
    return abs(later.value - earlier.value) / earlier.value


CHECK = Check("steady-claims", "A number called steady that moves by a tenth", "paper", find)
