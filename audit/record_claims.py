""" "The highest in six months" and the like, where the measure has a higher value in that time.

The claim stands in one sentence with its figure; the time it is of ("since April", "this year", "in the last six months") is set
against the values of the same measure in all papers.

- **It may be wrong** where the claim is of another group, and where values of the time are restated.
- **Example**: "At 93.1% timeliness was at its highest since June", and a table with 94.4% for August.
- **Severity**: warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from audit.case import Case
from audit.question import Check, Looked, Question
from audit.wording import paper_said, where
from schema.period import MONTH_NAMES, add_months, financial_year_of
from schema.records import Figure
from schema.rounding import figure_interval

_NUMBERS = {
    w: n
    for n, w in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}
_MONTHS = "|".join(MONTH_NAMES)
_RECORD = re.compile(
    r"\b(?P<which>highest|lowest)\s+(?:(?:level|rate|figure|number|percentage|proportion|it\s+has\s+been|monthly|value|point|performance)\s+)*"
    rf"(?:since\s+(?P<since>{_MONTHS})(?:\s+(?P<since_year>20\d\d))?|(?:in|for|over)\s+(?:(?:the\s+)?(?:last|past|previous)\s+)?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?P<unit>months|years)|(?P<this_year>this\s+(?:financial\s+)?year|(?:in\s+)?the\s+year\s+to\s+date|so\s+far\s+this\s+year))",
    re.IGNORECASE,
)  # fmt: skip


class _Window(NamedTuple):
    """The days that a claim is of, both ends included."""

    start: date
    end: date


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    values = [f for f in case.figures if f.role == "actual" and f.period and f.value is not None]
    for figure in values:
        claim = _RECORD.search(figure.evidence.quote)
        if claim is None or "|" in figure.evidence.quote or not _is_of(figure, claim, values):
            continue
        if (window := _window(claim, figure)) is None:
            continue
        checked += 1
        beyond = [
            f for f in values if _is_comparable(f, figure, window) and _is_beyond(f, figure, claim["which"].lower())
        ]
        if beyond:
            yield _asked(case, figure, claim, beyond)
    yield Looked(checked)


def _is_of(figure: Figure, claim: re.Match[str], values: Sequence[Figure]) -> bool:
    """Whether the claim is of this figure: it is the only one of its measure in the sentence, or the latest."""
    same = [
        f for f in values if f.evidence.quote == figure.evidence.quote and f.evidence.sha256 == figure.evidence.sha256
    ]
    assert figure.period is not None
    return all(f.period is not None and f.period.end <= figure.period.end for f in same) and len(same) <= 2


def _window(claim: re.Match[str], figure: Figure) -> _Window | None:
    assert figure.period is not None
    end = figure.period.end
    if claim["since"]:
        month = [name.casefold() for name in MONTH_NAMES].index(claim["since"].casefold()) + 1
        year = int(claim["since_year"]) if claim["since_year"] else end.year - (month >= end.month)
        start = add_months(date(year, month, 1), 1)  # "highest since June": June itself was higher or as high
    elif claim["this_year"]:
        start = date(financial_year_of(end), 4, 1)
    else:
        number = _NUMBERS.get(claim["count"].casefold()) or int(claim["count"])
        start = add_months(date(end.year, end.month, 1), 1 - number * (12 if claim["unit"].lower() == "years" else 1))
    return _Window(start, end) if start < end else None


def _is_comparable(other: Figure, figure: Figure, window: _Window) -> bool:
    if other.period is None or figure.period is None:
        return False
    alike = (other.unit, other.organisation, other.breakdown) == (figure.unit, figure.organisation, figure.breakdown)
    lengths = [(f.period.end - f.period.start).days for f in (other, figure) if f.period]
    return (
        alike
        and abs(lengths[0] - lengths[1]) <= 3
        and window.start <= other.period.start
        and other.period.end < figure.period.start
    )


def _is_beyond(other: Figure, figure: Figure, which: str) -> bool:
    one, there = figure_interval(figure), figure_interval(other)
    if one is None or there is None:
        return False
    return there.low >= one.high if which == "highest" else there.high <= one.low


def _asked(case: Case, figure: Figure, claim: re.Match[str], beyond: Sequence[Figure]) -> Question:
    other = beyond[0]
    words = " ".join(claim[0].split())
    message = (
        f"{where(figure.evidence).capitalize()} calls {figure.evidence.text} the {words}; {where(other.evidence)} of "
        f"{paper_said(case, other.evidence)} has {other.evidence.text} for {other.period}. Which is it?"
    )
    return Question("warning", message, (figure.evidence, *(f.evidence for f in beyond)))


CHECK = Check("record-claims", "“The highest since” against a higher value", "metric", find)
