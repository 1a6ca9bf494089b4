"""One metric's course: the values that a council's own papers give for it, one a period, and their look in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from schema.records import Figure, PaperRecord

_BLOCKS: Final = "▁▂▃▄▅▆▇█"


def own_actuals(figures: Sequence[Figure], papers: Mapping[str, PaperRecord]) -> list[Figure]:
    """The actual values of the papers' own council by period, each as the last paper that reports it has it.

    Only values that can stand in one line: those of the commonest breakdown (none, where the whole is given too) and
    unit; of a period given on two bases, the commonest basis.
    """
    own = [figure for figure in figures if _is_own_actual(figure, papers)]
    whole = [figure for figure in own if figure.breakdown is None]
    own = whole or _commonest(own, "breakdown")
    own = _commonest(own, "unit")
    bases = Counter(figure.basis for figure in own)
    latest: dict[date, Figure] = {}
    for figure in sorted(own, key=lambda one: (bases[one.basis], one.basis or "", _said(one, papers))):
        assert figure.period is not None
        latest[figure.period.end] = figure
    return [latest[end] for end in sorted(latest)]


def sparkline(values: Sequence[Decimal]) -> str:
    """A line of blocks, the lowest value lowest. One value, or values that are all one, stand in the middle."""
    if not values:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return _BLOCKS[3] * len(values)
    steps = len(_BLOCKS) - 1
    return "".join(_BLOCKS[int((value - low) / (high - low) * steps + Decimal("0.5"))] for value in values)


def _is_own_actual(figure: Figure, papers: Mapping[str, PaperRecord]) -> bool:
    paper = papers.get(figure.evidence.sha256)
    own = figure.organisation is None or (paper is not None and figure.organisation == paper.council)
    return figure.role == "actual" and figure.value is not None and figure.period is not None and own


def _commonest(figures: Sequence[Figure], field: str) -> list[Figure]:
    counts = Counter(getattr(figure, field) for figure in figures)
    if not counts:
        return []
    chosen = min(counts, key=lambda value: (-counts[value], str(value)))
    return [figure for figure in figures if getattr(figure, field) == chosen]


def _said(figure: Figure, papers: Mapping[str, PaperRecord]) -> tuple[Any, ...]:
    paper = papers[figure.evidence.sha256]
    return paper.meeting_date or date.max, paper.paper, paper.sha256, figure.evidence.start
