"""Which reports of the papers before are the last of the series that a paper goes on with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from schema.records import Figure, PaperRecord

_LIKE: Final = 75
"""How alike two titles are (rapidfuzz token_sort_ratio, without dates, numbers and quarters) from which on they are
taken for one series: "Performance report, quarter 2" and "Quarterly performance report" are."""
_LEAST_SHARED: Final = 3
"""Two reports that share so many indicators, and the later half or more of the earlier one's, are of one series under
whatever titles."""
_VARYING: Final = re.compile(
    r"\b(?:\d\S*|q[1-4]|quarter(?:ly|s)?|annual|monthly|january|february|march|april|may|june|july|august|september|"
    r"october|november|december)\b"
)


@dataclass(frozen=True)
class Report:
    """A report with its figures: a whole paper, or an item of a pack, whose title is then its own."""

    paper: PaperRecord
    title: str | None
    figures: tuple[Figure, ...]

    @property
    def name(self) -> str | None:
        return self.title or self.paper.title


def reports_of(paper: PaperRecord, figures: Sequence[Figure]) -> list[Report]:
    """The reports of a paper that have figures, in its order."""
    titles = dict.fromkeys(figure.evidence.report for figure in figures)
    return [Report(paper, title, tuple(one for one in figures if one.evidence.report == title)) for title in titles]


def predecessors(
    reports: Sequence[Report],
    before: Sequence[PaperRecord],
    figures: Mapping[str, Sequence[Figure]],
    indicators: Callable[[Sequence[Figure]], set[str]],
) -> list[Report]:
    """For each report the last of its series in the papers before, where that can be told, each once.

    `before` are papers, latest first, `figures` theirs by sha256; `indicators` gives the metrics that a report follows.
    """
    earlier = [report for paper in before for report in reports_of(paper, figures.get(paper.sha256, ()))]
    found = [_predecessor(report, earlier, indicators) for report in reports]
    return list({id(report): report for report in found if report is not None}.values())


def _predecessor(
    report: Report, earlier: Sequence[Report], indicators: Callable[[Sequence[Figure]], set[str]]
) -> Report | None:
    alike = [one for one in earlier if _has_like_title(report, one)]
    if not alike:
        followed = indicators(report.figures)
        alike = [one for one in earlier if _shares_most(followed, indicators(one.figures))]
    if not alike:
        alike = [one for one in earlier if not (report.name and one.name) and _same_body(report.paper, one.paper)]
    of_body = [one for one in alike if _same_body(report.paper, one.paper)]
    return next(iter(of_body or alike), None)


def _has_like_title(report: Report, other: Report) -> bool:
    title, earlier = _lasting(report.name or ""), _lasting(other.name or "")
    return bool(title and earlier) and fuzz.token_sort_ratio(title, earlier) >= _LIKE


def _lasting(title: str) -> str:
    """The words of a title that the next report of the series has too."""
    return " ".join(re.findall(r"[a-z]+", _VARYING.sub(" ", re.sub(r"['’]", "", title.casefold()))))


def _shares_most(followed: set[str], earlier: set[str]) -> bool:
    shared = followed & earlier
    return len(shared) >= _LEAST_SHARED and 2 * len(shared) >= len(earlier)


def _same_body(paper: PaperRecord, other: PaperRecord) -> bool:
    """Whether two papers were put to one body: its name with and without the council's is one."""
    return paper.body is not None and other.body is not None and _body(paper) == _body(other)


def _body(paper: PaperRecord) -> str:
    name = (paper.body or "").casefold().removeprefix("the ")
    return name.removeprefix((paper.council or "").casefold()).strip()
