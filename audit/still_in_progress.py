"""Something called "in progress" beside what was done with its results.

- **It may be wrong** where one round of the work is over and the next goes on.
- **Example**: "A review of transport is now in progress. The results of this review were presented to Cabinet in May."
- **Severity**: information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.case import Case
from audit.places import place_in_page
from audit.question import Check, Looked, Question
from audit.wording import shortened, where
from schema.evidence import Evidence
from schema.records import Deadline

_ONGOING = re.compile(
    r"[^.;]{10,200}?\b(?:is|are)\s+(?:now\s+|currently\s+|still\s+)?(?:in\s+progress|under\s*way|ongoing)\b",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\b(?:results?|findings|outcomes?|recommendations|conclusions)\s+of\s+(?:this|the|that)\s+(\w+)", re.IGNORECASE
)


def find(case: Case) -> Iterator[Question | Looked]:
    done = [d for d in case.deadlines if d.status == "done"]
    yield Looked(len(done))
    for deadline in done:
        if ongoing := _said_to_go_on(case, deadline):
            message = (
                f"{where(deadline.evidence).capitalize()} says “{shortened(ongoing.text, 80)}”, and of the same that "
                f"“{shortened(deadline.evidence.text, 90)}”. Is it over?"
            )
            yield Question("info", message, (ongoing, deadline.evidence))


def _said_to_go_on(case: Case, deadline: Deadline) -> Evidence | None:
    """The words just before that call the thing whose results were presented in progress."""
    results = _RESULTS.search(deadline.evidence.text)
    if results is None:
        return None
    before = case.text_around(deadline.evidence, before=400)[: -len(deadline.evidence.text)]
    for m in reversed(list(_ONGOING.finditer(before))):
        if re.search(rf"\b{re.escape(results[1])}\b", m[0], re.IGNORECASE):
            start = deadline.evidence.start - len(before) + m.start()
            start += len(m[0]) - len(m[0].lstrip(" ,;"))
            return place_in_page(case, deadline.evidence, start, deadline.evidence.start - len(before) + m.end())
    return None


CHECK = Check("still-in-progress", "Called in progress beside its results", "paper", find)
