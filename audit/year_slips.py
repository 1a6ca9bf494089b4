"""One meeting or visit on the same day and month of two years: in January, last year's number is soon written.

- **It may be wrong** where the body did meet on the same day in both years.
- **Example**: "the Scrutiny Committee held on 29 January 2025", and three pages on "the Scrutiny Committee held on 29 January 2024".
- **Severity**: warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.case import Case, grouped
from audit.question import Check, Looked, Question
from audit.sentences import Found, sentences_with
from audit.wording import where
from schema.period import MONTH_NAMES

_EVENT = re.compile(
    r"\b(?P<what>(?:[A-Z][\w&’'-]+\s+(?:and\s+)?){0,4}(?:Committee|Board|Panel|Cabinet|Council|Group|Forum|[Mm]eeting|[Vv]isit|[Ii]nspection))\s+"
    r"(?:meeting\s+)?(?:which\s+)?(?:(?:was\s+)?held|took\s+place|of|on)\s+(?:on\s+)?(?:the\s+)?(?:\w+day,?\s+)?"
    rf"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(MONTH_NAMES)})\s+(?P<year>20\d\d)\b"
)


def find(case: Case) -> Iterator[Question | Looked]:
    told = list(sentences_with(case, _EVENT))
    yield Looked(len(told))
    for same in grouped(told, _day_of_the_year).values():
        years = grouped(same, lambda f: int(f.match["year"]))
        if len(years) == 2 and max(years) - min(years) == 1:
            rarer, *_, other = sorted(
                (found[0] for found in years.values()), key=lambda f: len(years[int(f.match["year"])])
            )
            if rarer.text != other.text:  # one sentence that names both years means both
                yield _asked(rarer, other)


def _day_of_the_year(found: Found) -> tuple[str, str, str, str]:
    what = " ".join(found.match["what"].split()).casefold()
    return (
        re.sub(r"^(?:the|as|at|in|on|to|after|since|when|that|and)\s+", "", what),
        found.match["day"],
        found.match["month"],
        found.paper.sha256,
    )


def _asked(rarer: Found, other: Found) -> Question:
    one, two = (" ".join(f.match[0].split()) for f in (rarer, other))
    places = tuple(f.place(f.match.start(), f.match.end()) for f in (rarer, other))
    message = f"“{one}” ({where(places[0])}) and “{two}” ({where(places[1])}): is it one day, and of which year?"
    return Question("warning", message, places, cause=f"{one} {two}")


CHECK = Check("year-slips", "One day and month of two years", "paper", find)
