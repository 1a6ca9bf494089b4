"""The label of a row that drifts from one paper to the next, or turns round: "three or more" and "three or fewer".

Rows are compared where they have one measure or one number in the tables of two papers in a row, and nearly all words in common.

- **It may be wrong** where the council did change the measure: then the question is whether that was reported.
- **Example**: row 4.2 is "% of children with three or more placements" in September and "% of children with three or less
  placements" in March, with like values.
- **Severity**: warning for a label that is turned round; information where a number in it changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.case import Case
from audit.labels import is_turned_round, likeness, numbers_in, sides_in
from audit.question import Check, Looked, Question
from audit.row_labels import Row, tables_in_turn
from audit.wording import paper_said, shortened

_ALIKE = 0.75


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for earlier, later in tables_in_turn(case):
        by_number = {row.reference: row for row in earlier if row.reference}
        by_metric = {row.metric: row for row in earlier if row.metric}
        for row in later:
            former = by_metric.get(row.metric or "") or by_number.get(row.reference or "")
            if former is None or former.unit != row.unit or likeness(former.label, row.label) < _ALIKE:
                continue
            checked += 1
            if former.label.casefold() != row.label.casefold() and (question := _asked(case, former, row)):
                yield question
    yield Looked(checked)


def _asked(case: Case, former: Row, row: Row) -> Question | None:
    said = (
        f"“{shortened(former.label, 80)}” in {paper_said(case, former.place)} is “{shortened(row.label, 80)}” in "
        f"{paper_said(case, row.place)}."
    )
    places = (former.place, row.place)
    if is_turned_round(former.label, row.label):
        return Question("warning", f"{said} Which way is it counted?", places)
    if ("not" in sides_in(former.label)) != ("not" in sides_in(row.label)):
        return Question("info", f"{said} Is the same counted?", places)
    if numbers_in(former.label) != numbers_in(row.label):
        return Question("info", f"{said} Was the measure redefined?", places)
    return None


CHECK = Check("turned-labels", "A label that drifts or turns round between papers", "council", find)
