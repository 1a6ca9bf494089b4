"""What became of what inspectors asked for: the council's later papers that speak of each item of a report's lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.filters import Filters
from linking.followed import passage, passages, speaks_of, usual_in
from schema.records import Finding, Inspection, PaperRecord

if TYPE_CHECKING:
    from db.store import Store


def later_papers(store: Store, findings: Sequence[Finding]) -> dict[str, list[str]]:
    """For findings of inspectors' own reports, by id, the sha256 of the council's later papers that speak of them.

    Later is what was put to a meeting, or published, after the last day of the visit. Papers without a date are left
    out.
    """
    own = {one.id: one for one in store.inspections() if one.report_type and one.date}
    asked: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        event = own.get(finding.inspection or "")
        if event and event.evidence and event.evidence[0].sha256 == finding.evidence.sha256:
            asked[finding.council].append(finding)
    found: dict[str, list[str]] = {}
    for council, wanted in asked.items():
        papers = [paper for paper in store.papers(Filters(council=council)) if paper.meeting_date]
        said = {paper.sha256: list(passages(store.text(paper.sha256))) for paper in papers}
        usual = usual_in(said.values())
        for finding in wanted:
            words = passage(finding.evidence.text)
            said_in = [
                paper.sha256
                for paper in papers
                if _is_later(paper, finding, own[finding.inspection or ""])
                and any(speaks_of(words, one, usual) for one in said[paper.sha256])
            ]
            if said_in:
                found[finding.id] = said_in
    return found


def _is_later(paper: PaperRecord, finding: Finding, event: Inspection) -> bool:
    visit = event.date
    if visit is None or paper.meeting_date is None or paper.sha256 == finding.evidence.sha256:
        return False
    return paper.meeting_date > visit.end
