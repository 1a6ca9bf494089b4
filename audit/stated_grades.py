"""A grade that papers state of one inspection and one area, and that the inspector's report or another paper gives otherwise.

- **It may be wrong** where a paper speaks of an earlier inspection without its date.
- **Example**: a paper calls help and protection "requires improvement" after the inspection of June; Ofsted's report has
  "inadequate".
- **Severity**: error against the report; information between two papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.case import Case, grouped
from audit.inspectors_reports import event_of_report, is_inspectors_own
from audit.question import Check, Looked, Question
from audit.wording import paper_said, where
from schema.records import Inspection, Judgement


def find(case: Case) -> Iterator[Question | Looked]:
    own = {p.sha256: event for p in case.papers if is_inspectors_own(case, p) for event in [event_of_report(case, p)]}
    known = [j for j in case.judgements if j.inspection and "earlier" not in j.doubts]
    events = {event.id: event for event in case.inspections}
    checked = 0
    for stated in grouped(known, lambda j: (j.inspection, j.council, j.area)).values():
        event = events.get(stated[0].inspection or "")
        by_report = [j for j in stated if _is_of_this_report(j, own) and _bears_its_year(case, j, event)]
        by_papers = [j for j in stated if j.evidence.sha256 not in own]
        checked += bool(by_papers) and len(stated) > 1
        if question := _asked(case, by_report, by_papers, event):
            yield question
    yield Looked(checked, {"grade whose inspection is not known": sum(j.inspection is None for j in case.judgements)})


def _is_of_this_report(judgement: Judgement, own: dict[str, Inspection | None]) -> bool:
    """Whether it is the grade that the inspector's own report gives, and not an earlier one that it recalls."""
    if judgement.evidence.sha256 not in own:
        return False
    event = own[judgement.evidence.sha256]
    if event is None:
        return len(own) == 1  # the council's only report: there is no other that it could be of
    return event.id == judgement.inspection


def _bears_its_year(case: Case, judgement: Judgement, event: Inspection | None) -> bool:
    """Whether the first page of the report that a grade stands in has the year of the event that it is taken for."""
    when = (event.date or event.published) if event else None
    pages = case.pages.get(judgement.evidence.sha256, ())
    return when is None or (bool(pages) and str(when.end.year) in pages[0].text[:3000])


def _asked(
    case: Case, by_report: Sequence[Judgement], by_papers: Sequence[Judgement], event: Inspection | None
) -> Question | None:
    reported = {j.grade for j in by_report}
    if len(reported) == 1:
        differing = [j for j in by_papers if j.grade not in reported]
        against = by_report[0]
    else:
        papers = {j.grade for j in by_papers}
        if by_report or len(papers) != 2:
            return None
        against = by_papers[0]
        differing = [j for j in by_papers if j.grade != against.grade]
        if any(j.evidence.sha256 == against.evidence.sha256 for j in differing):
            return None  # one paper with two grades: of two times or two services
    if not differing:
        return None
    other = differing[0]
    when = f" of {event.date or event.published}" if event and (event.date or event.published) else ""
    message = (
        f"For “{against.area}” at the inspection{when} {paper_said(case, other.evidence)} ({where(other.evidence)}) has {other.grade}, and "
        f"{against.evidence.paper} ({where(against.evidence)}) has {against.grade}. Which grade was given?"
    )
    places = (other.evidence, against.evidence, *(j.evidence for j in differing))
    return Question("error" if by_report else "info", message, tuple(dict.fromkeys(places)))


CHECK = Check("stated-grades", "A grade stated otherwise than in the inspector's report", "council", find)
