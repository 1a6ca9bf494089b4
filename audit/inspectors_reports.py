"""Which of the papers are inspectors' own reports and letters, and of which event."""

from __future__ import annotations

import re
from typing import Final

from audit.case import Case
from schema.records import Inspection, PaperRecord

_HEAD: Final = 2500
_REPORT: Final = re.compile(
    r"Lead\s+inspector\s*:|Inspection\s+(?:dates?|report\s+published)\s*:|Report\s+published\s*:|Ofsted\s+produces\s+this\s+report",
    re.IGNORECASE,
)
_INSPECTS: Final = re.compile(r"\bInspection\s+of\b|\bOfsted\b", re.IGNORECASE)
_LETTER: Final = re.compile(
    r"\bDear\s+\w+.{0,160}?(?:Monitoring|Focused|Focussed)\s+visit\s+(?:to|of|letter)\b|(?:Monitoring|Focused|Focussed)\s+visit\s+(?:to|of)\b.{0,400}?"
    r"\bThis\s+letter\s+summarises\s+the\s+findings\b",
    re.IGNORECASE | re.DOTALL,
)


def is_inspectors_own(case: Case, paper: PaperRecord) -> bool:
    """Whether a paper is by its head an inspector's report or letter, and not a council's paper about one."""
    if any(
        event.report_type and event.evidence and event.evidence[0].sha256 == paper.sha256 for event in case.inspections
    ):
        return True
    pages = case.pages.get(paper.sha256, ())
    head = pages[0].text[:_HEAD] if pages else ""
    return bool((_REPORT.search(head) and _INSPECTS.search(head)) or _LETTER.search(head))


def event_of_report(case: Case, paper: PaperRecord) -> Inspection | None:
    """The inspection or visit that an inspector's own report is of: the one it tells of first."""
    here = [
        (place.page or 0, place.start, event)
        for event in case.inspections
        for place in event.evidence
        if place.sha256 == paper.sha256
    ]
    of_this = [one for one in here if one[2].report_type]
    return min(of_this or here, key=lambda one: one[:2])[2] if here else None
