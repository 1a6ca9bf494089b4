"""Papers written in a test as the case that a check is given, without a store."""

from __future__ import annotations

from collections.abc import Sequence

from audit.auditing import audit
from audit.case import Case
from audit.question import Check
from extractors.pipeline import extract
from linking.link import link
from schema.records import Issue
from tests.paper_text import MASTHEAD, paper_of


def case_in_memory(texts: Sequence[str], day: str = "20 June 2023") -> Case:
    """Reports put to Westhaven's meeting of that day, read and linked."""
    papers = [paper_of(MASTHEAD.format(day=day) + text, f"paper-{i}.txt") for i, text in enumerate(texts, start=1)]
    extractions = [extract(paper) for paper in papers]
    links = link(extractions)
    figures = [figure for one in extractions for figure in one.figures]
    return Case(
        council=links.council,
        papers=tuple(one.paper for one in extractions),
        figures=tuple(one.model_copy(update={"metric": links.figure_metrics.get(one.id)}) for one in figures),
        metrics={metric.key: metric for metric in links.metrics},
        repeats=links.statements,
        pages={paper.sha256: paper.pages for paper in papers},
    )


def issues_in(check: Check, text: str) -> list[Issue]:
    """What one check asks of one report."""
    return list(audit(case_in_memory([text]), [check]).issues)
