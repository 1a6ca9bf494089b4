"""One measure, one period, and another value in a later paper.

Values that can be one number rounded differently are the same. What is left is told apart: the later paper declares that it has
revised the figure; the two labels differ in a number or in what they leave out, so that the measure may have been
redefined; the value is silently another.

- **It may be wrong** where the two papers count at different days of the period, or where a figure in a sentence is of a part of what
  the measure counts.
- **Example**: the paper of June has 93.8% for the end of March, the paper of the next March 91.0% as that year's outturn.
- **Severity**: error where one value meets the target and the other does not; a warning for another silent change; information
  where it is declared, where the label changed, where the period was inferred or only its end is the same, where the last digit
  alone differs, and for other bodies' figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from audit.case import Case, grouped
from audit.labels import likeness, numbers_in, sides_in
from audit.question import Check, Looked, Question
from audit.wording import paper_said, shortened, where
from schema.period import PeriodKind
from schema.records import Figure, Severity
from schema.rounding import agree, figures_agree

_DECLARED = re.compile(
    r"\b(?:revised|restated|re-stated|previously\s+(?:reported|stated|published)|corrected|correction|amended|updated|provisional|validated"
    r"|finali[sz]ed|re-?calculated|reported\s+as|refreshed)\b",
    re.IGNORECASE,
)
_OF_MONTH = frozenset({PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.MONTH_END})
_POINTS = 25
"""Percentages more points apart are more likely of two things."""
_TOO_FAR = Decimal("0.3")
"""Counts and sums further apart are more likely two things than one restated."""


def find(case: Case) -> Iterator[Question | Looked]:
    checked, undated = 0, 0
    own = [
        f for f in case.said_first if f.role in ("actual", "benchmark") and f.value is not None and f.value_high is None
    ]
    undated = sum(f.period is None for f in own)
    for figures in grouped([f for f in own if f.period], lambda f: _series(case, f)).values():
        for at_end in grouped(figures, _ending).values():
            pairs = list(_later_pairs(case, at_end))
            checked += len(pairs)
            differing = [(a, b) for a, b in pairs if not figures_agree(a, b)]
            if differing and not _is_said_both_ways(case, at_end):
                yield _asked(case, *differing[0], at_end)
    yield Looked(checked, {"figure without a period": undated})


def _series(case: Case, figure: Figure) -> tuple[object, ...]:
    return figure.organisation or case.council, figure.role, figure.unit, figure.breakdown


def _ending(figure: Figure) -> tuple[object, ...]:
    """The time that a figure is of: months and points in a month are one; a year's outturn of a measure that is taken at a
    date stands with the last month."""
    period = figure.period
    assert period is not None
    if figure.basis in ("ytd", "rolling_year", "quarter"):
        return figure.basis, period.end
    if period.kind in _OF_MONTH:
        return "month", period.end.year, period.end.month
    if period.kind is PeriodKind.FINANCIAL_YEAR:
        return "month", period.end.year, period.end.month
    return period.kind, period.start, period.end


def _later_pairs(case: Case, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each figure with the one that the next paper gives. A year's outturn stands beside a month's only for what is taken at
    a date."""
    by_paper = grouped(figures, lambda f: f.evidence.sha256).values()
    met = {of_paper[0].evidence.sha256: case.meeting_of(of_paper[0].evidence) for of_paper in by_paper}
    dated = [of_paper for of_paper in by_paper if met[of_paper[0].evidence.sha256]]
    ordered = sorted(dated, key=lambda of_paper: (str(met[of_paper[0].evidence.sha256]), of_paper[0].evidence.sha256))
    for earlier, later in pairwise(ordered):
        if met[earlier[0].evidence.sha256] != met[later[0].evidence.sha256]:
            comparable = (other for other in later if _same_sort(case, earlier[0], other))
            if (other := next(comparable, None)) is not None:
                yield earlier[0], other


def _same_sort(case: Case, one: Figure, other: Figure) -> bool:
    assert one.period is not None
    assert other.period is not None
    years = [f for f in (one, other) if f.period and f.period.kind is PeriodKind.FINANCIAL_YEAR]
    if len(years) != 1:
        return True
    return one.unit == "percent" and any(
        f.basis == "snapshot"
        and f.metric == one.metric
        and f.evidence.sha256 == years[0].evidence.sha256
        and f.evidence.quote == years[0].evidence.quote
        for f in case.figures
    )


def _is_said_both_ways(case: Case, figures: Sequence[Figure]) -> bool:
    """Whether one paper alone has values that differ: another question, and then nobody knows which was restated."""
    for of_paper in grouped(figures, lambda f: f.evidence.sha256).values():
        kinds = grouped(of_paper, lambda f: f.period.kind if f.period else None)
        if any(not figures_agree(group[0], f) for group in kinds.values() for f in group[1:]):
            return True
    return False


def _asked(case: Case, earlier: Figure, later: Figure, said: Sequence[Figure]) -> Question:
    severity, why = _weighed(case, earlier, later)
    message = (
        f"“{shortened(earlier.metric_text, 70)}” for {earlier.period}: {earlier.evidence.text} in {paper_said(case, earlier.evidence)} "
        f"({where(earlier.evidence)}), {later.evidence.text} in {paper_said(case, later.evidence)} ({where(later.evidence)}). {why}"
    )
    return Question(severity, message, tuple(dict.fromkeys(f.evidence for f in (earlier, later, *said))))


def _weighed(case: Case, earlier: Figure, later: Figure) -> tuple[Severity, str]:
    """How grave a difference is, and what to ask."""
    assert earlier.value is not None
    assert later.value is not None
    assert earlier.period is not None
    assert later.period is not None
    if _DECLARED.search(later.evidence.quote):
        return "info", "The later paper says that it has revised the figure; is the reason given?"
    if numbers_in(earlier.metric_text) != numbers_in(later.metric_text) and earlier.extractor == later.extractor:
        return "info", "The two labels differ; was the measure redefined?"
    if agree(earlier.value, later.value.normalize()) or agree(later.value, earlier.value.normalize()):
        return (
            "info",
            "The noughts at the end may be no claim to that precision; was the figure restated or only rounded?",
        )
    if not earlier.period.same_days(later.period):
        return "info", "One is of the year and one of its end; are they the same?"
    if (
        earlier.role == "benchmark"
        or "inferred:period" in (*earlier.doubts, *later.doubts)
        or sides_in(earlier.metric_text) != sides_in(later.metric_text)
    ):
        return "info", "Was it restated?"
    if not _surely_one_measure(earlier, later):
        return "info", "Do both count the same?"
    if earlier.unit != "percent" and earlier.value and abs(later.value - earlier.value) / abs(earlier.value) > _TOO_FAR:
        return "info", "Do both count the same?"
    if _crosses_target(case, earlier, later):
        return "error", "One of the two meets the target and the other does not. Was it restated, and why?"
    last_digit = Decimal(1).scaleb(int(min(earlier.value.as_tuple().exponent, later.value.as_tuple().exponent)))
    severity: Severity = "info" if abs(later.value - earlier.value) <= last_digit else "warning"
    return severity, "Was it restated, and why?"


def _surely_one_measure(earlier: Figure, later: Figure) -> bool:
    """Whether the labels are alike, or the measure is one that all councils know; and the values are not worlds apart."""
    assert earlier.value is not None
    assert later.value is not None
    known = "." not in (earlier.metric or ".")
    near = earlier.unit != "percent" or abs(later.value - earlier.value) <= _POINTS
    return near and (known or likeness(earlier.metric_text, later.metric_text) >= 0.5)


def _crosses_target(case: Case, earlier: Figure, later: Figure) -> bool:
    """Whether a target that either paper prints in its row lies between the two values."""
    assert earlier.value is not None
    assert later.value is not None
    low, high = sorted((earlier.value, later.value))
    rows = {(f.evidence.sha256, f.evidence.quote) for f in (earlier, later)}
    targets = [
        f.value
        for f in case.figures
        if f.role == "target" and f.value is not None and (f.evidence.sha256, f.evidence.quote) in rows
    ]
    return any(low < target < high for target in targets)


CHECK = Check("restated", "Another value for the same measure and period in a later paper", "metric", find)
