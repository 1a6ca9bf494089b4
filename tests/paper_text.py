"""Papers written in a test, read and extracted the way `tally load` does it."""

from __future__ import annotations

from datetime import date

from extractors.pipeline import extract
from ingest.reading import read_paper
from schema.paper import Paper
from schema.records import Extraction, Figure

MASTHEAD = """Westhaven City Council

Children's Scrutiny Panel

Meeting date: {day}

Title of report: Performance of children's services

"""


def paper_of(text: str, name: str = "paper.txt") -> Paper:
    """The paper that a text is."""
    return read_paper(name, text.encode())


def records_of(text: str, day: str = "20 June 2023") -> Extraction:
    """The records of a report put to a meeting of Westhaven on that day."""
    return extract(paper_of(MASTHEAD.format(day=day) + text))


def figures_of(text: str, day: str = "20 June 2023") -> list[Figure]:
    return list(records_of(text, day).figures)


def brief(figure: Figure) -> str:
    """A figure on one line: what is printed, its role, the period's ends, whose it is where it is not the council's own."""
    period = f"{figure.period.start}..{figure.period.end}" if figure.period else "undated"
    whose = "" if figure.organisation == figure.council else f" of {figure.organisation}"
    return f"{figure.evidence.text} {figure.role} {period}{whose}"


def briefs(text: str, day: str = "20 June 2023") -> list[str]:
    return [brief(f) for f in figures_of(text, day)]


def month(year: int, number: int) -> str:
    """The ends of a month as `brief` prints them."""
    from schema.period import last_day

    return f"{date(year, number, 1)}..{last_day(year, number)}"
