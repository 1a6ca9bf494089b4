"""Issues in words: as a list on a terminal, as Markdown, and what each check could look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from app.layout import Column, lay_out, one_line, shorten
from app.listings import place_of
from audit.catalogue import CHECKS
from db.issues import CheckCoverage
from schema.evidence import Evidence
from schema.records import Issue

SHORT_ID: Final = 8
TITLES: Final = {check.code: check.title for check in CHECKS}


class Shown(NamedTuple):
    """A sentence or row that an issue points to: the place of its first words, and all the words pointed to."""

    place: Evidence
    printed: tuple[str, ...]

    @property
    def where(self) -> str:
        """`paper.txt 3.1`, as people say it."""
        return f"{one_line(self.place.paper)} {place_of(self.place)}".strip()

    @property
    def quote(self) -> str:
        return one_line(self.place.quote)


def shown_places(issue: Issue) -> list[Shown]:
    """The places of an issue, those in one sentence or row together."""
    together: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
    for place in issue.evidence:
        together[place.sha256, place.page, place.quote].append(place)
    return [
        Shown(places[0], tuple(dict.fromkeys(one_line(place.text) for place in places))) for places in together.values()
    ]


def issue_lines(issues: Sequence[Issue], width: int) -> Iterator[str]:
    """Each issue as a question, with the words that it points to and where they stand beneath."""
    for issue in issues:
        status = "" if issue.status == "open" else f"  ({issue.status})"
        yield f"{issue.severity}  {issue.id[:SHORT_ID]}  {TITLES.get(issue.check, issue.check)}{status}"
        yield from _wrapped(issue.message, width, "  ")
        for shown in shown_places(issue):
            yield shorten(f"    {shown.where}: {shown.quote}", width)
    if issues:
        yield tally_line(issues)


def tally_line(issues: Iterable[Issue]) -> str:
    """`2 errors, 1 warning.`"""
    counts = Counter[str](issue.severity for issue in issues)
    words = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("remark", "remarks")}
    parts = [f"{counts[severity]} {words[severity][counts[severity] != 1]}" for severity in words if counts[severity]]
    return f"{', '.join(parts)}." if parts else "No questions."


def _wrapped(text: str, width: int, margin: str) -> Iterator[str]:
    import textwrap

    yield from textwrap.wrap(one_line(text), max(20, width), initial_indent=margin, subsequent_indent=margin)


def as_markdown(issues: Sequence[Issue]) -> Iterator[str]:
    """The issues as a document: a heading and a question each, the quotes beneath."""
    yield f"# Do the papers tally?\n\n{tally_line(issues)}\n"
    for number, issue in enumerate(issues, 1):
        status = "" if issue.status == "open" else f" · {issue.status}"
        yield f"\n## {number}. {TITLES.get(issue.check, issue.check)}\n\n"
        yield f"{_escaped(issue.message)}\n\n`{issue.id[:SHORT_ID]}` · {issue.severity}{status}\n\n"
        for shown in shown_places(issue):
            yield f"- **{_escaped(shown.where)}**: {_escaped(shown.quote)}\n"


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in one_line(text))


def coverage_lines(coverage: Sequence[CheckCoverage], width: int) -> Iterator[str]:
    """For each check how many things it looked at, and how many it could not, with the reasons."""
    columns = (
        Column("check", least=20),
        Column("looked at", number=True),
        Column("not", number=True),
        Column("because"),
    )
    checked, passed = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for one in coverage:
        checked[one.check] += one.checked
        passed[one.check].update(one.passed_over)
    rows = []
    for code in (check.code for check in CHECKS if check.code in checked):
        reasons = [(reason, count) for reason, count in sorted(passed[code].items()) if count] or [("", 0)]
        for i, (reason, count) in enumerate(reasons):
            first = ("", "") if i else (code, str(checked[code]))
            rows.append((*first, str(count) if count else "", reason))
    if rows:
        yield from lay_out(columns, rows, width)
