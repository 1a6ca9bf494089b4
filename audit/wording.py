"""How questions name places and dates: the same words in every check."""

from __future__ import annotations

from datetime import date

from audit.case import Case
from schema.evidence import Evidence
from schema.period import MONTH_NAMES


def where(place: Evidence) -> str:
    """The place within its paper, as a person finds it: "paragraph 3.25", "page 12", "another place"."""
    if place.paragraph is not None:
        return f"paragraph {place.paragraph}"
    return f"page {place.page}" if place.page is not None else "a place without a number"


def paper_said(case: Case, place: Evidence) -> str:
    """The paper of a place by its meeting: "the paper of 11 June 2018", or by its name where the date is unknown."""
    met = case.meeting_of(place)
    return f"the paper of {on_day(met)}" if met else place.paper


def on_day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def shortened(words: str, most: int = 90) -> str:
    """Words on one line, cut at a word where they are long."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 day`, `2 days`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
