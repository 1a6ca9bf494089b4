"""One value with two periods.

The same measure with the very same value is of one month in the text and of another in a table. One of the two labels
may have stayed from an earlier report.

- **It may be wrong** where a value did recur. So a value counts only if it has three digits or more (two, for sums of
  money), the table has no value of its own for the text's period, and the value stands there once.
- **Example**: "10.26 days in April" in the text; 10.26 under "end of March" in the table, which has no April.
- **Severity**: warning; info for values of two digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from audit.alike import content_words, is_of_table, names_one_thing
from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from schema.period import Period
from schema.records import Figure

_LONG_BEFORE: Final = timedelta(days=400)
_WORDS_OF_BUDGETS: Final = content_words(
    "budget revenue draft difference fund funded funding spending cost net service"
)


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    dated = [one for one in case.said_first if _is_dated(one)]
    times = {(_series(one), _days(one)) for one in dated if is_of_table(one)}
    for same_value in grouped(dated, _value).values():
        prose = [one for one in same_value if not is_of_table(one)]
        rows = [one for one in same_value if is_of_table(one)]
        if not prose or len(same_value) < 2 or _digits(prose[0]) < (2 if prose[0].unit == "gbp" else 3):
            continue
        checked += len(prose)
        for said in prose:
            if question := _against_rows(said, rows, times) or _against_prose(said, prose):
                yield question
    yield Looked(checked)


def _is_dated(figure: Figure) -> bool:
    """Whether a figure has a time that the paper says beside it: not the report's own, and not one that was inferred."""
    known = figure.period is not None and bool(figure.value) and figure.role in ("actual", "plan")
    return known and figure.period_from != "report" and "inferred:period" not in figure.doubts


def _value(figure: Figure) -> tuple[object, ...]:
    place = figure.evidence
    return place.sha256, figure.unit, figure.role, figure.value, figure.organisation or figure.council


def _series(figure: Figure) -> tuple[object, ...]:
    return figure.evidence.sha256, figure.metric, figure.unit, figure.organisation or figure.council


def _days(figure: Figure) -> tuple[object, object]:
    assert figure.period is not None
    return figure.period.start, figure.period.end


def _digits(figure: Figure) -> int:
    """The significant digits of a printed value."""
    assert figure.value is not None
    return len(figure.value.normalize().as_tuple().digits)


def _against_rows(
    said: Figure, rows: Sequence[Figure], times: set[tuple[tuple[object, ...], tuple[object, object]]]
) -> Question | None:
    same = [one for one in rows if one.metric is not None and one.metric == said.metric and names_one_thing(said, one)]
    if len(same) != 1 or (_series(said), _days(said)) in times or not _differ(said.period, same[0].period):
        return None
    return _question("warning", said, same[0])


def _against_prose(said: Figure, prose: Sequence[Figure]) -> Question | None:
    """Against an earlier sentence of the same sum of money, for another time."""
    if said.unit != "gbp":
        return None
    for other in prose:
        if other.evidence.start >= said.evidence.start or other.evidence.quote == said.evidence.quote:
            continue
        shared = content_words(said.metric_text) & content_words(other.metric_text) - _WORDS_OF_BUDGETS
        if shared and _differ(said.period, other.period) and _holds(said.period, other.period):
            return _question("info", other, said)
    return None


def _holds(one: Period | None, other: Period | None) -> bool:
    """Whether one period holds the other: the sum of three years that is said of the first of them alone."""
    if one is None or other is None:
        return False
    inner, outer = sorted((one, other), key=lambda period: period.end - period.start)
    return outer.start <= inner.start and inner.end <= outer.end


def _differ(one: Period | None, other: Period | None) -> bool:
    """Whether two periods end at different times, not so far apart that a value may well have come back."""
    return (
        one is not None
        and other is not None
        and (one.start, one.end) != (other.start, other.end)
        and _apart(one, other)
    )


def _apart(one: Period, other: Period) -> bool:
    return one.end != other.end and abs(one.start - other.start) <= _LONG_BEFORE


def _question(severity: str, one: Figure, other: Figure) -> Question:
    message = (
        f"{one.evidence.text} is given for {one.period} in one place and {other.evidence.text} for {other.period} in "
        "another. Are both of the same time?"
    )
    return Question("warning" if severity == "warning" else "info", message, (one.evidence, other.evidence))


CHECK = Check("two-periods", "One value with two periods", "paper", find)
