"""From a paper to its records: passages and tables, report by report, through the extractors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.deadlines import find_deadlines
from extractors.figures import find_figures
from extractors.findings import find_findings
from extractors.glossary import glossary_of
from extractors.indicator_tables import TableReading, read_table
from extractors.inspections import find_mentions
from extractors.judgements import find_judgements, once_each
from extractors.language import Context, Passage, read_passages
from extractors.milestones import find_milestones
from extractors.recognised import weigh_readings
from schema.evidence import Evidence, Reading
from schema.paper import UNREADABLE_TABLE, Block, Paper, Table
from schema.records import Coverage, Extraction, PaperRecord, Refusal


def extract(paper: Paper) -> Extraction:
    """All records of one paper, in the order they stand in it."""
    parts = [[part for part in paper.body if part.report == i] for i in range(len(paper.reports))]
    extractions = [_extract_report(paper, index, body) for index, body in enumerate(parts)]
    found = Extraction(
        paper=_paper_record(paper, extractions),
        figures=tuple(r for e in extractions for r in e.figures),
        deadlines=tuple(r for e in extractions for r in e.deadlines),
        mentions=tuple(r for e in extractions for r in e.mentions),
        judgements=tuple(once_each([r for e in extractions for r in e.judgements])),
        findings=tuple(r for e in extractions for r in e.findings),
        refusals=(*(r for e in extractions for r in e.refusals), *_refusals_of_places(paper)),
    )
    return weigh_readings(paper, found)


def _refusals_of_places(paper: Paper) -> Iterator[Refusal]:
    """What the reader of the file could not read: tables, and pages without text."""
    for place in paper.unread_places:
        text = paper.page_text(place.page)[place.start : place.end] if place.end else ""
        evidence = Evidence(
            paper=paper.name,
            sha256=paper.sha256,
            page=place.page,
            start=place.start,
            end=place.end,
            bbox=place.bbox,
            text=text,
            quote=" ".join(text.split()),
        )
        yield Refusal(evidence=evidence, extractor=f"{paper.reader}_reader", reason=place.reason)


def _extract_report(paper: Paper, index: int, body: Sequence[Block | Table]) -> Extraction:
    masthead = paper.reports[index].masthead
    passages: list[tuple[Context, Reading]] = []
    tables: list[TableReading] = []
    milestones = []
    lead_in = ""
    for part in body:
        context = Context(paper, part, masthead.meeting_date, masthead.period_covered, masthead.council)
        if isinstance(part, Block):
            passages.append((context, part.reading))
            lead_in = part.text if len(part.text) < 300 else ""
            continue
        reading = read_table(part, context, lead_in)
        tables.append(reading)
        milestones += find_milestones(part, context)
        passages += [(context, cell.reading) for cell in reading.prose]
    read = list(read_passages(passages))
    return Extraction(
        paper=PaperRecord(
            paper=paper.name,
            sha256=paper.sha256,
            council=None,
            body=None,
            meeting_date=None,
            title=None,
            coverage=_coverage(read, tables, body),
        ),
        figures=tuple(
            sorted(
                [*find_figures(read), *(f for t in tables for f in t.figures)],
                key=lambda f: (f.evidence.page or 0, f.evidence.start),
            )
        ),
        deadlines=tuple(
            sorted([*find_deadlines(read), *milestones], key=lambda d: (d.evidence.page or 0, d.evidence.start))
        ),
        mentions=tuple(find_mentions(read)),
        judgements=tuple(find_judgements(read)),
        findings=tuple(find_findings(read)),
        refusals=tuple(r for t in tables for r in t.refusals),
    )


def _coverage(passages: Sequence[Passage], tables: Sequence[TableReading], body: Sequence[Block | Table]) -> Coverage:
    numbers = [q for p in passages for q in p.quantities]
    dates = sum(len(p.periods) for p in passages)
    in_tables = sum(len(t.figures) for t in tables)
    refused = sum(len(t.refusals) for t in tables)
    return Coverage(
        tables=sum(isinstance(part, Table) for part in body),
        numbers=len(numbers) + dates + in_tables + refused,
        numbers_kept=sum(q.aside is None for q in numbers) + in_tables,
        numbers_set_aside=sum(q.aside is not None for q in numbers) + dates,
    )


def _paper_record(paper: Paper, extractions: Sequence[Extraction]) -> PaperRecord:
    """What the store says of the paper, with the coverage of all its reports."""
    m = paper.masthead
    coverages = [e.paper.coverage for e in extractions]
    refused = sum(place.reason == UNREADABLE_TABLE for place in paper.unread_places)
    total = Coverage(
        pages=len(paper.pages),
        pages_unread=len(paper.unread_places) - refused,
        tables=sum(c.tables for c in coverages) + refused,
        tables_refused=refused,
        numbers=sum(c.numbers for c in coverages),
        numbers_kept=sum(c.numbers_kept for c in coverages),
        numbers_set_aside=sum(c.numbers_set_aside for c in coverages),
    )
    numbered = paper.pages[-1].number is not None
    return PaperRecord(
        paper=paper.name,
        sha256=paper.sha256,
        council=m.council,
        council_from=m.council_from,
        body=m.body,
        meeting_date=m.meeting_date,
        date_given=m.date_given,
        title=m.title,
        author=m.author,
        classification=m.classification,
        period_covered=m.period_covered,
        pages=len(paper.pages) if numbered else None,
        reader=paper.reader,
        coverage=total,
        glossary=glossary_of(paper),
        unread=paper.unread,
    )
