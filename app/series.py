"""One metric's course: the values that a council's own papers give for it, one a period, and their look in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.bases import lines_of, moment
from schema.records import Figure, PaperRecord

_BLOCKS: Final = "▁▂▃▄▅▆▇█"


def own_actuals(figures: Sequence[Figure], papers: Mapping[str, PaperRecord]) -> list[Figure]:
    """The actual values of the papers' own council by period, each as the last paper that reports it has it.

    Only values that can stand in one line (`app.bases`): of the whole, where that is given, and of several lines the
    one with the most periods.
    """
    own = [figure for figure in figures if _is_own_actual(figure, papers)]
    own = [figure for figure in own if figure.breakdown is None] or own
    lines = lines_of((_as_of_its_council(figure, papers) for figure in own), None)
    courses = {line: by_period(said, papers) for line, said in lines.items()}
    longest = min(courses, key=lambda line: (-len(courses[line]), _last(courses[line]), str(line)), default=None)
    return courses[longest] if longest else []


def by_period(figures: Sequence[Figure], papers: Mapping[str, PaperRecord]) -> list[Figure]:
    """One value a period, in the order of time: what the last paper to report it says. Of two in one paper, the one set
    out in a table."""
    latest: dict[object, Figure] = {}
    for figure in sorted(figures, key=lambda one: _said(one, papers)):
        latest[moment(figure)] = figure
    dated = [figure for figure in latest.values() if figure.period is not None]
    return sorted(dated, key=lambda figure: moment(figure) or ())


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


def _as_of_its_council(figure: Figure, papers: Mapping[str, PaperRecord]) -> Figure:
    """The figure, named as its council's where the paper leaves it open: the council may print its name or not."""
    council = papers[figure.evidence.sha256].council if figure.evidence.sha256 in papers else None
    return figure if figure.organisation == council else figure.model_copy(update={"organisation": council})


def _last(course: Sequence[Figure]) -> int:
    """Orders courses of one length, the one that is up to date first."""
    period = course[-1].period
    return -period.end.toordinal() if period else 0


def _said(figure: Figure, papers: Mapping[str, PaperRecord]) -> tuple[Any, ...]:
    paper = papers[figure.evidence.sha256]
    return paper.meeting_date or date.max, paper.paper, paper.sha256, figure.basis is not None, figure.evidence.start
