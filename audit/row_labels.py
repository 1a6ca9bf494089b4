"""The rows of a paper's tables of indicators: label, number and figures, for checks that compare tables of two papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.case import Case, grouped
from schema.evidence import Evidence
from schema.records import Figure, PaperRecord

_FEWEST = 5
_IN_COMMON = 0.5


@dataclass(frozen=True)
class Row:
    """A row of a table: the number the paper gives it, the words for what it measures, and where its first figure stands."""

    reference: str | None
    label: str
    unit: str
    metric: str | None
    place: Evidence


def rows_of(case: Case, paper: PaperRecord) -> list[Row]:
    """The rows with actual figures of the council's own, each label once."""
    figures = [
        f
        for f in case.figures_of.get(paper.sha256, ())
        if f.extractor.endswith("table") and f.role == "actual" and case.is_own(f)
    ]
    rows = [_row(of_row) for of_row in grouped(figures, lambda f: (f.evidence.page, f.evidence.quote)).values()]
    return list({(row.reference, row.label): row for row in reversed(rows) if row.label}.values())[::-1]


def _row(figures: Sequence[Figure]) -> Row:
    first = figures[0]
    return Row(first.evidence.paragraph, " ".join(first.metric_text.split()), first.unit, first.metric, first.evidence)


def tables_in_turn(case: Case) -> Iterator[tuple[list[Row], list[Row]]]:
    """Pairs of papers, one after the other, whose tables are of one series: at least half of the rows of the smaller have the
    same measure in the other."""
    dated = [paper for paper in case.papers if paper.meeting_date and paper.same_as is None]
    tables = [rows for paper in dated if len(rows := rows_of(case, paper)) >= _FEWEST]
    for earlier, later in pairwise(tables):
        shared = {row.metric for row in earlier if row.metric} & {row.metric for row in later}
        if len(shared) >= _FEWEST and len(shared) >= _IN_COMMON * min(len(earlier), len(later)):
            yield earlier, later
