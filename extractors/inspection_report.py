"""Inspectors' own reports and letters, told from papers about them, and the records that they give.

A report is one event, with its dates, lead inspector, grades and what it asks for. Prose of such a paper is read for one
thing more: what it says of earlier inspections and visits of the same council, each with a date that lies before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.inspection_report_grades import read_grades
from extractors.inspection_report_head import Head, is_short, read_head
from extractors.inspection_report_items import read_items
from extractors.inspection_report_kinds import Kind, kind_of_report
from extractors.inspection_report_texts import head_of, texts_of
from schema.paper import Masthead, Paper
from schema.period import Period
from schema.records import Finding, Judgement, Mention, Refusal

_WITH_WHOLE = frozenset(("sif", "sif_reinspection"))  # families that give the overall grade in a sentence


_OF_ONE_SERVICE = re.compile(
    r"\b(?:safeguarding|protection|looked[\s-]after|adoption|fostering|homes?|leaving\s+care)\b", re.IGNORECASE
)
"""Until 2013 services were inspected one by one: "safeguarding arrangements were judged adequate" is no overall grade."""


class InspectionReport(NamedTuple):
    """What an inspector's report gives. `paper` is the report with its masthead set right."""

    paper: Paper
    event: Mention
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    refusals: tuple[Refusal, ...]


def read_inspection_report(paper: Paper) -> InspectionReport | None:
    """The report that the paper is; None for a council's paper, also where a report is its appendix."""
    if not paper.body:
        return None
    parts = head_of(paper)
    head = list(texts_of(parts))
    kind = kind_of_report([text.words for text in head])
    if kind is None:
        return None
    paper = _as_one_report(paper)
    said = read_head(kind, head, list(texts_of(paper.body)), paper)
    council = paper.masthead.council if paper.masthead.council_from == "given" else said.council
    of_board = kind.report_type == "other" and kind.framework is None
    judgements: list[Judgement] = []
    refusals: list[Refusal] = []
    if kind.event == "inspection" and (kind.framework != "JTAI" and kind.framework != "SEND"):
        behind = paper.body[len(parts) :]
        judgements, refusals = read_grades(parts, behind, paper, council, kind.report_type in _WITH_WHOLE)
    return InspectionReport(
        paper=_with_masthead(paper, council, said),
        event=_event(paper, kind, said, council),
        judgements=tuple(judgements),
        findings=tuple(read_items(paper.body, paper, council, of_board)),
        refusals=tuple(refusals),
    )


def _as_one_report(paper: Paper) -> Paper:
    """The paper as one report, also where a section was taken for a report of a pack."""
    if not paper.is_pack:
        return paper
    body = tuple(part.model_copy(update={"report": 0}) for part in paper.body)
    return paper.model_copy(update={"body": body, "reports": paper.reports[:1]})


def _event(paper: Paper, kind: Kind, said: Head, council: str | None) -> Mention:
    report_type = kind.report_type
    untold = report_type == "ilacs" and not said.visited
    if report_type == "ilacs":
        report_type = "ilacs_short" if is_short(said.visited) else "ilacs_standard"
    text, start, end = said.place
    return Mention(
        evidence=text.evidence(paper, start, end),
        extractor="inspection_report.head",
        doubts=("inferred:report_type",) if untold else (),
        council=council,
        type=kind.event,
        framework=kind.framework,
        report_type=report_type,
        lead_inspector=said.lead_inspector,
        number=said.number,
        date=said.visit,
        published=Period.day(said.published) if said.published else None,
        held=True,
    )


def _with_masthead(paper: Paper, council: str | None, said: Head) -> Paper:
    """The paper with the council and date of the report in its mastheads, but for what a person gave."""
    update: dict[str, object] = {"body": None, "author": None, "classification": None}
    if paper.masthead.council_from != "given":
        update |= {"council": council, "council_from": "masthead" if council else None}
    if said.title:
        update["title"] = said.title
    if not paper.masthead.date_given:
        update["meeting_date"] = said.published

    def corrected(masthead: Masthead) -> Masthead:
        return masthead.model_copy(update=update)

    reports = tuple(r.model_copy(update={"masthead": corrected(r.masthead)}) for r in paper.reports)
    return paper.model_copy(update={"masthead": corrected(paper.masthead), "reports": reports})


def earlier_mentions(report: InspectionReport, mentions: Iterable[Mention]) -> list[Mention]:
    """Of the places that speak of inspections, those on an earlier one of the same council, with a date of its own."""
    return [m for m in mentions if m.council == report.event.council and _lies_before(report, m.date or m.published)]


def earlier_judgements(
    report: InspectionReport, judgements: Iterable[Judgement], mentions: Sequence[Mention]
) -> tuple[list[Judgement], list[Mention]]:
    """Grades that the report quotes of earlier inspections, and for each that no mention tells of a mention of its own."""
    quoted = [
        j
        for j in judgements
        if j.council == report.event.council
        and _lies_before(report, j.given)
        and not (j.area == "overall" and _OF_ONE_SERVICE.search(j.evidence.quote))
    ]
    told = [m.date or m.published for m in mentions if m.type == "inspection"]
    added: list[Mention] = []
    for judgement in quoted:
        if judgement.given is None or any(period and period.overlaps(judgement.given) for period in told):
            continue
        told.append(judgement.given)
        added.append(
            Mention(
                evidence=judgement.evidence,
                extractor="inspection_report.quoted",
                confidence=0.8,
                council=judgement.council,
                type="inspection",
                date=judgement.given,
                held=True,
            )
        )
    return quoted, added


def _lies_before(report: InspectionReport, period: Period | None) -> bool:
    visit = report.event.date
    return period is not None and visit is not None and period.end < visit.start
