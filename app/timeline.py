"""The timeline of one council: inspections and visits in order, with their grades and the papers that speak of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from app.cited import legend, marks, numbered
from app.layout import Column, lay_out
from app.period_words import short_days
from db.filters import Filters
from schema.records import Inspection, Judgement

if TYPE_CHECKING:
    from db.store import Store

_AREAS: Final = ("overall", "leadership", "help_and_protection", "in_care", "care_leavers", "adoption", "lscb")
_SORTS: Final = {"ilacs_short": "ILACS short inspection", "sif_reinspection": "SIF re-inspection"}


def list_timeline(store: Store, filters: Filters, width: int) -> Iterator[str]:
    """The events of the council in `filters`, without those of other councils that its papers speak of."""
    council = (filters.council or "").casefold()
    events = in_order(one for one in store.inspections(filters) if (one.council or council).casefold() == council)
    if not events:
        return
    columns = (
        Column("what", whole=True),
        Column("when", least=21),
        Column("area", least=12),
        Column("grade", whole=True),
        Column("in", whole=True),
    )
    papers = {paper.sha256: paper for paper in store.papers()}
    numbers = numbered((place.sha256 for one in events for place in one.evidence), papers)
    grades = _grades(store.judgements(Filters(council=filters.council)))
    yield from legend(numbers, papers, width)
    rows = [cells for one in events for cells in _event_cells(one, grades.get(one.id, []), numbers)]
    yield from lay_out(columns, rows, width)


def in_order(events: Iterable[Inspection]) -> list[Inspection]:
    """Events by date. A visit whose number alone is known stands before the next number of its series, as papers tell
    it; what else has no date stands last."""
    known = sorted(events, key=by_date)
    dated = [one for one in known if one.date or one.published]
    for one in reversed([one for one in known if not (one.date or one.published)]):
        at = next((i for i, other in enumerate(dated) if _follows(other, one)), len(dated))
        dated.insert(at, one)
    return dated


def by_date(inspection: Inspection) -> tuple[object, ...]:
    """The order of events: by first day, those without a date last."""
    when = inspection.date or inspection.published
    return (when.start if when else date.max, when.end if when else date.max, inspection.number or 0, inspection.id)


def _follows(other: Inspection, one: Inspection) -> bool:
    if one.number is None or other.number is None or other.type != one.type or other.council != one.council:
        return False
    told_together = {e.sha256 for e in one.evidence} & {e.sha256 for e in other.evidence}
    return other.number == one.number + 1 and bool(told_together)


def event_name(inspection: Inspection) -> str:
    """`ILACS inspection`, `monitoring visit`: what took place, in a few words."""
    if inspection.report_type in _SORTS:
        return _SORTS[inspection.report_type]
    name = inspection.type.replace("_", " ")
    return f"{inspection.framework} {name}" if inspection.framework else name


def area_name(area: str) -> str:
    """An area of a judgement or finding as people say it."""
    return "safeguarding board" if area == "lscb" else area.replace("_", " ")


def _grades(judgements: Sequence[Judgement]) -> dict[str, list[tuple[str, str]]]:
    """For each event its areas with their grades; where papers give an area two grades, both."""
    by_area: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    of_report = {(j.inspection, j.area) for j in judgements if j.extractor.startswith("inspection_report.")}
    for one in judgements:
        quoted = (one.inspection, one.area) in of_report and not one.extractor.startswith("inspection_report.")
        if one.inspection and not quoted:
            by_area[one.inspection][one.area].add(one.grade)
    return {
        event: [(area_name(area), " or ".join(sorted(areas[area]))) for area in sorted(areas, key=_place_of)]
        for event, areas in by_area.items()
    }


def _place_of(area: str) -> tuple[int, str]:
    return (_AREAS.index(area) if area in _AREAS else len(_AREAS), area)


_A_ROW: Final = 2
"""As many papers are named on a line of an event, so that its grades have room."""


def _event_cells(
    one: Inspection, grades: Sequence[tuple[str, str]], numbers: Mapping[str, int]
) -> Iterator[Sequence[str]]:
    what = f"{event_name(one)} {one.number or ''}".strip()
    when = [short_days(one.date), *([f"published {short_days(one.published)}"] if one.published else [])]
    marked = marks(one, numbers).split()
    spoken_of = [" ".join(marked[i : i + _A_ROW]) for i in range(0, len(marked), _A_ROW)]
    for said, grade, papers in zip_longest(when, grades, spoken_of):
        yield (what, said or "", *(grade or ("", "")), papers or "")
        what = ""
