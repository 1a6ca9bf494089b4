"""All that belongs together over the papers of one council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linking.decisions import decide
from linking.inspections import link_inspections
from linking.metrics import link_metrics
from linking.promises import link_promises
from linking.twins import repeated_statements, same_papers
from schema.records import Extraction, Links, MetricDecision


def link(extractions: Sequence[Extraction], decisions: Sequence[MetricDecision] = ()) -> Links:
    """The links of one council's papers: a function of the set of papers and of people's decisions, whatever the order
    they are given in."""
    ordered = sorted(extractions, key=lambda e: (e.paper.meeting_date or date.max, e.paper.paper, e.paper.sha256))
    council = ordered[0].paper.council if ordered else None
    figures = [f for e in ordered for f in e.figures]
    found = link_metrics(figures, council, {e.paper.sha256: dict(e.paper.glossary) for e in ordered})
    inspections, events = link_inspections(ordered)
    same = same_papers([e.paper for e in ordered])
    links = Links(
        council=council,
        metrics=found.metrics,
        figure_metrics=found.figure_metrics,
        figure_links=found.links,
        promises=link_promises([(d, e.paper.meeting_date) for e in ordered for d in e.deadlines]),
        inspections=tuple(inspections),
        events=events,
        statements=repeated_statements(ordered, same),
        same_as=same,
    )
    return decide(links, figures, decisions)
