"""A number of recommendations or priority actions that a paper ascribes to Ofsted, against the list in the report.

- **It may be wrong** where the paper counts the sub-items of a recommendation, or those for the safeguarding board too (their
  sum is taken as right as well).
- **Example**: "the 15 recommendations in the Ofsted report", and a report whose list has 14.
- **Severity**: information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from audit.case import Case, grouped
from audit.inspectors_reports import event_of_report, is_inspectors_own
from audit.question import Check, Looked, Question
from audit.sentences import Found, sentences_with
from audit.wording import shortened
from schema.records import Finding, Inspection

_NUMBERS = {
    w: n
    for n, w in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ],
        start=1,
    )
}
_COUNT = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:(?:key|main|formal|Ofsted)\s+)?(?P<what>recommendations|priority\s+actions|areas\s+for\s+(?:priority\s+action|improvement|development))"
    r"\b(?P<rest>[^.;]{0,120})",
    re.IGNORECASE,
)
_OFSTED = re.compile(r"\bOfsted|\binspect(?:ion|ors?)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:of\s+(?:the|our|these)|remaining|further|other|completed|outstanding|first|last)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_FEWEST = 2


def find(case: Case) -> Iterator[Question | Looked]:
    checked, alone = 0, 0
    own = {p.sha256: event for p in case.papers if is_inspectors_own(case, p) for event in [event_of_report(case, p)]}
    lists = grouped([f for f in case.findings if f.evidence.sha256 in own], lambda f: f.evidence.sha256)
    for found in sentences_with(case, _COUNT) if own else ():
        if (
            found.paper.sha256 in own
            or not _OFSTED.search(found.text)
            or _PART.search(found.page.text[found.start : found.match.start()])
        ):
            continue
        report = _report_spoken_of(case, found, own)
        items = [f for f in lists.get(report or "", ()) if f.finding == _kind(found)]
        checked += len(items) >= _FEWEST
        alone += len(items) < _FEWEST
        if len(items) >= _FEWEST and _said(found) not in _numbers_possible(items):
            words = shortened(f"{found.match['n']} {found.match['what']}", 60)
            message = (
                f"The paper speaks of {words}; the list in {items[0].evidence.paper} has {len(items)}. Which are meant?"
            )
            yield Question(
                "info",
                message,
                (found.place(found.match.start(), found.match.end("what")), *(f.evidence for f in items)),
            )
    yield Looked(checked, {"the report with the list is not loaded": alone})


def _said(found: Found) -> int:
    return _NUMBERS.get(found.match["n"].lower()) or int(found.match["n"])


def _kind(found: Found) -> str:
    what = found.match["what"].lower()
    return (
        "recommendation"
        if what.startswith("rec")
        else "priority_action"
        if "priority" in what
        else "area_for_improvement"
    )


def _numbers_possible(items: list[Finding]) -> set[int]:
    """The numbers that a paper may rightly give: of all items, and without the safeguarding board's."""
    return {len(items), len([f for f in items if f.area != "lscb"])}


def _report_spoken_of(case: Case, found: Found, own: Mapping[str, Inspection | None]) -> str | None:
    """The report of the event that the sentence, or the paper last before it, speaks of."""
    near = [
        (place.start, event.id)
        for event in case.inspections
        for place in event.evidence
        if place.sha256 == found.paper.sha256
        and place.page == found.page.number
        and -200 <= found.end - place.start < 1500
    ]
    if not near:
        return None
    wanted = max(near)[1]
    return next((sha256 for sha256, event in own.items() if event is not None and event.id == wanted), None)


CHECK = Check("stated-recommendations", "A number of recommendations against the list in the report", "council", find)
