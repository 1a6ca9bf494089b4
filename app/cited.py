"""Papers that a list points to, by a number each: a file name a row would leave no room for what is said there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.layout import one_line, shorten_middle
from app.period_words import short_day
from schema.records import Inspection, PaperRecord

Numbers = Mapping[str, int]
"""The number of each paper that is pointed to, by its sha256; in the order of the meetings."""


def numbered(cited: Iterable[str], papers: Mapping[str, PaperRecord]) -> dict[str, int]:
    """Numbers for the papers of these sha256s, the earliest first and those without a date last."""

    def order(sha256: str) -> tuple[object, ...]:
        paper = papers[sha256]
        return paper.meeting_date or date.max, paper.paper, sha256

    return {sha256: number for number, sha256 in enumerate(sorted(set(cited), key=order), start=1)}


def legend(numbers: Numbers, papers: Mapping[str, PaperRecord], width: int) -> Iterator[str]:
    """A line a paper: `[2] scrutiny-2018-06-11.pdf, 11 Jun 2018`."""
    for sha256, number in numbers.items():
        paper = papers[sha256]
        tail = f", {short_day(paper.meeting_date)}" if paper.meeting_date else ""
        room = width - len(tail) - len(f"[{number}] ")
        yield f"[{number}] {shorten_middle(one_line(paper.paper), max(8, room))}{tail}"


def marks(record: Inspection, numbers: Numbers) -> str:
    """The papers that speak of an event, the one that tells it best first: `[3] [1] [2]`."""
    return " ".join(f"[{numbers[sha256]}]" for sha256 in dict.fromkeys(place.sha256 for place in record.evidence))
