"""Papers written in a test, read and linked as `tally load` does it, and put to one check without a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.reading import ReadPaper, Task, read_records
from audit.auditing import audit
from audit.case import Case, grouped
from audit.question import Check
from linking.link import link
from schema.records import Issue, Links, PaperRecord
from tests.paper_text import MASTHEAD

Said = str | tuple[str, str]
"""A report put to Westhaven's meeting of 20 June 2023, or of the day that stands before it; a text with a masthead of its own
begins with `#`."""


def issues_of(check: Check, papers: Sequence[Said]) -> list[Issue]:
    """The issues that one check finds in papers of one council."""
    return [issue for case in _cases(whole_case(papers), check) for issue in audit(case, [check]).issues]


def whole_case(papers: Sequence[Said]) -> Case:
    """All that the papers say, linked."""
    read = [_read(f"paper-{number}.txt", said) for number, said in enumerate(papers, start=1)]
    read.sort(key=lambda one: (str(one.extraction.paper.meeting_date), one.extraction.paper.paper))
    extractions = [one.extraction for one in read]
    links = link(extractions)
    names = {x.paper.sha256: x.paper.paper for x in extractions}
    metrics, promises, events = links.figure_metrics, links.promises, links.events
    return Case(
        council=extractions[0].paper.council,
        papers=tuple(_with_twins(x.paper, links, names) for x in extractions),
        figures=tuple(f.model_copy(update={"metric": metrics.get(f.id)}) for x in extractions for f in x.figures),
        deadlines=tuple(d.model_copy(update={"promise": promises.get(d.id)}) for x in extractions for d in x.deadlines),
        judgements=tuple(
            j.model_copy(update={"inspection": events.get(j.id)}) for x in extractions for j in x.judgements
        ),
        findings=tuple(f.model_copy(update={"inspection": events.get(f.id)}) for x in extractions for f in x.findings),
        inspections=links.inspections,
        metrics={metric.key: metric for metric in links.metrics},
        repeats=links.statements,
        pages={one.extraction.paper.sha256: one.pages for one in read},
    )


def _read(name: str, said: Said) -> ReadPaper:
    day, text = said if isinstance(said, tuple) else ("20 June 2023", said)
    whole = text.removeprefix("#") if text.startswith("#") else MASTHEAD.format(day=day) + text
    read = read_records(Task(name, whole.encode()))
    assert isinstance(read, ReadPaper), read
    return read


def _with_twins(paper: PaperRecord, links: Links, names: dict[str, str]) -> PaperRecord:
    others = [sha256 for sha256 in links.same_as.get(paper.sha256, ()) if sha256 != paper.sha256]
    return paper.model_copy(update={"same_as_all": tuple(names[sha256] for sha256 in others)})


def _cases(whole: Case, check: Check) -> Iterator[Case]:
    """The case as a check of its scope is given it: report by report, metric by metric, or whole."""
    if check.scope == "council":
        yield whole
    elif check.scope == "metric":
        for metric, figures in grouped(whole.figures, lambda figure: figure.metric).items():
            if metric is not None:
                yield replace(whole, figures=tuple(figures), deadlines=(), judgements=(), findings=())
    else:
        for papers in grouped(whole.papers, lambda paper: min((paper.paper, *paper.same_as_all))).values():
            shas = {paper.sha256 for paper in papers}
            yield replace(
                whole,
                papers=tuple(papers),
                figures=tuple(f for f in whole.figures if f.evidence.sha256 in shas),
                deadlines=tuple(d for d in whole.deadlines if d.evidence.sha256 in shas),
                judgements=tuple(j for j in whole.judgements if j.evidence.sha256 in shas),
                findings=tuple(f for f in whole.findings if f.evidence.sha256 in shas),
            )
