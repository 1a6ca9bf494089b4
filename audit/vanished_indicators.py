"""Rows that a paper's table of indicators has and the next one's no longer.

- **It may be wrong** where the row was renamed beyond recognition, and where the next table is another extract on purpose.
- **Example**: the tables of September and March share twenty rows; "missing episodes with a return interview" is only in the
  first.
- **Severity**: information. One question for each pair of papers.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.case import Case
from audit.labels import likeness
from audit.question import Check, Looked, Question
from audit.row_labels import tables_in_turn
from audit.wording import counted, paper_said, shortened

_ALIKE = 0.6


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for earlier, later in tables_in_turn(case):
        checked += len(earlier)
        metrics, numbers = {row.metric for row in later}, {row.reference: row for row in later if row.reference}
        gone = [row for row in earlier if row.metric not in metrics]
        gone = [
            row
            for row in gone
            if row.reference not in numbers or likeness(numbers[row.reference].label, row.label) < _ALIKE
        ]
        gone = [row for row in gone if all(likeness(row.label, other.label) < _ALIKE for other in later)]
        if gone and 2 * len(gone) <= len(earlier):
            named = "; ".join(f"“{shortened(row.label, 50)}”" for row in gone[:3])
            more = f" and {len(gone) - 3} more" if len(gone) > 3 else ""
            message = (
                f"{counted(len(gone), 'row')} of the table in {paper_said(case, gone[0].place)} {'is' if len(gone) == 1 else 'are'} no longer "
                f"in that of {paper_said(case, later[0].place)}: {named}{more}. Where are they reported now?"
            )
            yield Question("info", message, tuple(row.place for row in gone))
    yield Looked(checked)


CHECK = Check("vanished-indicators", "Rows that the next paper's table no longer has", "council", find)
