"""One measure and one time with two values in one paper.

What the text says is set against the tables, the summary against the body, the cover against the appendix: figures of
one metric, in one role, of one body, for the same days, whose printed values cannot be roundings of one number.

Two tables are of one thing only where they show it: the cells that they have in common, by row and column, agree but for
a few. Tables that differ in most of them are of two things (another caption, another measure), and are asked about once
and mildly. Two rows of one table that bear one label are of two things that the table's headings tell apart, and a
row with several values for one time bears out whatever says one of them.

- **It may be wrong** where two figures were put together as one measure that are two (another age group, another
  service). Rows of tables must therefore bear the same label, and sentences the same words; values for which the paper
  itself says that they were revised are passed over, as are those whose time was only inferred.
- **Example**: the summary says that 84% of visits in March were on time, the table says 86.4%.
- **Severity**: error where the text and a table, or two tables that else agree, differ; warning where two sentences do, or
  two tables with little else in common; information where two tables differ throughout, or where a time was read from the
  report's title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple

from audit.alike import is_of_table, names_one_thing
from audit.case import Case, grouped
from audit.page_words import table_spans
from audit.question import Check, Looked, Question
from schema.records import Figure, Severity
from schema.rounding import figures_agree

_REVISED: Final = re.compile(
    r"\b(?:previously reported|revised|restated|provisional|amended|corrected|updated)\b", re.IGNORECASE
)
_MOST_VALUES: Final = 3  # more values of one thing and time are a table that was not understood
_FEW: Final = 2
"""Tables with more cells that differ must agree in more than twice as many to be of one thing."""

_Table = tuple[str, int | None, int | None]


class _Pair(NamedTuple):
    """Two figures of one thing, whether they agree, the tables that they stand in if both do, and all that say it."""

    one: Figure
    other: Figure
    agree: bool
    tables: tuple[_Table, _Table] | None
    said: Sequence[Figure]


def find(case: Case) -> Iterator[Question | Looked]:
    checked, unclear = 0, 0
    dated = [one for one in case.said_first if _is_comparable(one)]
    table_of = _table_finder(case)
    pairs: list[_Pair] = []
    for said in grouped(dated, _thing).values():
        if len(said) < 2:
            continue
        checked += len(said)
        if len({one.value for one in said}) > _MOST_VALUES:
            unclear += len(said)
            continue
        pairs += _pairs(said, table_of)
    yield from _questions(pairs)
    yield Looked(checked - unclear, {"more than three values of one measure and time": unclear})


def _is_comparable(figure: Figure) -> bool:
    known = figure.metric is not None and figure.value is not None and figure.period is not None
    return known and figure.role in ("actual", "target") and not figure.doubts


def _thing(figure: Figure) -> tuple[object, ...]:
    period = figure.period
    assert period is not None
    whose = figure.organisation or figure.council
    times = period.start, period.end, figure.basis
    return figure.evidence.sha256, figure.metric, figure.role, figure.unit, figure.breakdown, whose, times


def _table_finder(case: Case) -> Callable[[Figure], _Table]:
    """A function that tells which table a figure stands in: its paper, page, and where the lines with tabs begin."""

    @cache
    def spans(sha256: str, number: int | None) -> Sequence[tuple[int, int]]:
        return [span for page in case.pages.get(sha256, ()) if page.number == number for span in table_spans(page)]

    def table_of(figure: Figure) -> _Table:
        place = figure.evidence
        held = (start for start, end in spans(place.sha256, place.page) if start <= place.start < end)
        return place.sha256, place.page, next(held, None)

    return table_of


def _pairs(said: Sequence[Figure], table_of: Callable[[Figure], _Table]) -> Iterator[_Pair]:
    """All pairs of what is said of one thing that can be held against each other."""
    several = {
        quote
        for quote, row in grouped((one for one in said if is_of_table(one)), lambda f: f.evidence.quote).items()
        if any(not figures_agree(row[0], one) for one in row[1:])
    }
    for one, other in combinations(said, 2):
        in_tables = is_of_table(one) and is_of_table(other)
        agree = figures_agree(one, other)
        if not several.isdisjoint((one.evidence.quote, other.evidence.quote)):
            continue
        if not in_tables and (agree or one.evidence.quote == other.evidence.quote):
            continue
        if names_one_thing(one, other) and not _is_revised(one) and not _is_revised(other):
            tables = (table_of(one), table_of(other)) if in_tables else None
            yield _Pair(one, other, agree, tables, said)


def _is_revised(figure: Figure) -> bool:
    return bool(_REVISED.search(figure.evidence.quote))


def _questions(pairs: Sequence[_Pair]) -> Iterator[Question]:
    asked: set[int] = set()  # one question for all that is said of one thing
    for tables, between in grouped(pairs, lambda pair: pair.tables).items():
        differing = [pair for pair in between if not pair.agree]
        agreeing = len(between) - len(differing)
        if tables is not None and tables[0] == tables[1]:
            continue
        if tables is not None and len(differing) > max(_FEW, agreeing // 2):
            yield _of_tables(differing, len(between))
            continue
        for pair in differing:
            if id(pair.said) not in asked:
                asked.add(id(pair.said))
                yield _question(pair, shown_alike=tables is None or agreeing > len(differing))


def _of_tables(differing: Sequence[_Pair], compared: int) -> Question:
    """Of two tables that differ throughout."""
    one, other, *_ = differing[0]
    message = (
        f"Two tables have rows and columns of the same names, and {len(differing)} of the {compared} values that both "
        f"give differ, such as {one.evidence.text} and {other.evidence.text} for “{one.metric_text}”. Does each say "
        "what it is of?"
    )
    places = tuple(figure.evidence for pair in differing[:3] for figure in (pair.one, pair.other))
    return Question("info", message, places)


def _question(pair: _Pair, shown_alike: bool) -> Question:
    one, other = pair.one, pair.other
    message = (
        f"“{one.metric_text}” for {one.period} is {one.evidence.text} in one place, {other.evidence.text} in another. "
        "Which is right, or are they of different things?"
    )
    severity: Severity = "warning"
    if "report" in (one.period_from, other.period_from):
        severity = "info"
    elif (is_of_table(one) or is_of_table(other)) and shown_alike:
        severity = "error"
    rest = [again for again in pair.said if again not in (one, other)]
    return Question(severity, message, tuple(figure.evidence for figure in (one, other, *rest)))


CHECK = Check("two-values", "One measure and time with two values", "paper", find)
