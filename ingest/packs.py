"""An agenda pack into its reports: front sheet, minutes of earlier meetings, each report with its own masthead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ingest.blocks import texts
from ingest.masthead import names_body, read_masthead
from ingest.pack_items import NO_SIGNS, Listed, PackSigns, Pages, fuller, items_of, listed_items
from schema.paper import Block, BlockKind, Masthead, Report, ReportKind, Table
from schema.period_words import read_date

_MINUTES = re.compile(
    r"^\W*(?:(?:unrestricted|draft|printed)\s+)*minutes\s+of\s+(?:the|a|an|proceedings)\b", re.IGNORECASE
)
_MINUTES_ALONE = re.compile(r"^\W*(?:(?:unrestricted|draft)\s+)?minutes\W*$", re.IGNORECASE)
_HELD = re.compile(r"\bheld\b.*\b(?:at|on|in|via)\b|\bpresent\b", re.IGNORECASE)
_REPORT_LABEL = re.compile(
    r"^\s*(?:title of report|report title|report of|report by|report author|meeting date|originating officer(?:\(s\))?|report to|subject|lead officer|classification)\s*(?::|$)",
    re.IGNORECASE,
)
_ROW_LABELS = frozenset(
    ("title", "author", "item no.", "item no", "date", "report of", "classification", "agenda item", "item")
)
_AGENDA_ITEM = re.compile(r"(?:agenda|apologies for absence|declarations? of)", re.IGNORECASE)


_MINUTES_TITLE = re.compile(r"(?:draft\s+|previous\s+)?minutes\b", re.IGNORECASE)
_NEAR_TOP = 8  # parts of a page, from its first
_FRONT_PAGES = 8

# How many parts on from a start another may follow: a masthead has several labels, and they are one start.
_MASTHEAD_PARTS = {ReportKind.MINUTES: 3, ReportKind.REPORT: 8}


class _Start(NamedTuple):
    """Where a report begins: the place of its first part, what it is, and of an agenda's item the title.

    What is `appended` to an item goes to the item's meeting, whatever other dates stand at its head.
    """

    at: int
    kind: ReportKind
    title: str | None = None
    appended: bool = False


def split_reports(
    body: Sequence[Block | Table], signs: PackSigns = NO_SIGNS
) -> tuple[tuple[Block | Table, ...], tuple[Report, ...]]:
    """The body with every part told which report it is of, and the reports.

    A report starts where a masthead stands: labels such as "Report of:", a table of title, author and date, or "Minutes of
    the ..."; and where a PDF's bookmarks, stamps or page numbers say that an item of the agenda does. What comes before the first is
    the front sheet, if it lists an agenda; else it belongs to the first report.
    """
    starts = _with_items(body, [_Start(at, kind) for at, kind in _starts(body)], signs)
    if not starts:
        starts = [_Start(0, ReportKind.REPORT)]
    elif starts[0].at > 0:
        starts = (
            [_Start(0, ReportKind.FRONT_SHEET), *starts]
            if _is_front_sheet(body[: starts[0].at])
            else [starts[0]._replace(at=0), *starts[1:]]
        )
    reports: list[Report] = []
    parts: list[Block | Table] = []
    ends = [start.at for start in starts[1:]] + [len(body)]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        own = body[start.at : end]
        reports.append(Report(kind=start.kind, masthead=_masthead_of(own, start, reports)))
        parts += _parts_of(own, index)
    return tuple(parts), tuple(_inherit(reports))


def _parts_of(own: Sequence[Block | Table], index: int) -> Iterator[Block | Table]:
    """The parts told which report they are of; a heading or a paragraph's number of the report before holds no further."""
    numbered = index == 0
    headings: set[str] = set()
    for part in own:
        numbered = numbered or (isinstance(part, Block) and part.number is not None)
        if isinstance(part, Block) and part.kind is BlockKind.HEADING:
            headings.add(part.text)
        update: dict[str, object] = {"report": index}
        if index:
            update["headings"] = tuple(heading for heading in part.headings if heading in headings)
            update["paragraph"] = part.paragraph if numbered else None
        yield part.model_copy(update=update)


def _masthead_of(own: Sequence[Block | Table], start: _Start, before: Sequence[Report]) -> Masthead:
    masthead = _titled(read_masthead(own), start.kind)
    if start.kind is ReportKind.FRONT_SHEET:
        return masthead.model_copy(update={"meeting_date": _date_of_meeting(own) or masthead.meeting_date})
    if start.appended and before:
        item = before[-1].masthead
        return masthead.model_copy(update={"title": item.title, "meeting_date": item.meeting_date, "body": item.body})
    return (
        masthead
        if start.title is None
        else masthead.model_copy(update={"title": fuller(start.title, [masthead.title])})
    )


def _date_of_meeting(front: Sequence[Block | Table]) -> date | None:
    """The day that a front sheet names with the body that meets: a letter at its head has a date of its own."""
    lines = [part.text for part in front if isinstance(part, Block) and len(part.text) < 300]
    return next((day for line in lines if names_body(line) and (day := read_date(line))), None)


def _with_items(body: Sequence[Block | Table], starts: list[_Start], signs: PackSigns) -> list[_Start]:
    """The starts, with those of the agenda's items that a PDF points to. A masthead soon after an item's start is its own."""
    if signs == NO_SIGNS:
        return starts
    first_on = _first_parts(body)
    heads = {page for start in starts if (page := _page(body[start.at])) and start.at - first_on[page] <= _NEAR_TOP}
    tops = {page: " ".join(texts(body[at : at + _NEAR_TOP])) for page, at in first_on.items()}
    count = max(first_on, default=0)
    items = items_of(signs, Pages(count, heads, tops), _listed(body, starts))
    found: dict[int, _Start] = {start.at: start for start in starts}
    for item in items:
        at = next((first_on[page] for page in range(item.page, count + 1) if page in first_on), None)
        if at is None:
            continue
        own = [start for start in found.values() if at <= start.at <= at + _NEAR_TOP]
        kind = (
            own[0].kind if own else ReportKind.MINUTES if _MINUTES_TITLE.match(item.title or "") else ReportKind.REPORT
        )
        for start in own:
            del found[start.at]
        found[at] = _Start(at, kind, item.title, appended=item.appended and not own)
    outlined = {bookmark.page for bookmark in signs.outline}
    by_outline = any(item.title for item in items) and all(item.page in outlined for item in items)
    return _carry_titles(sorted(found.values())) if by_outline else sorted(found.values())


def _listed(body: Sequence[Block | Table], starts: Sequence[_Start]) -> list[Listed]:
    """What the agenda's front sheet lists, which is before the first report or on the first pages."""
    end = next((start.at for start in starts if start.at > 0), len(body))
    front = [part for part in body[:end] if (_page(part) or 1) <= _FRONT_PAGES]
    return listed_items(_numbered_lines(front)) if _is_front_sheet(front) else []


def _carry_titles(starts: Sequence[_Start]) -> list[_Start]:
    """A report within an item, found by its masthead alone, stands in the item that it follows."""
    carried: list[_Start] = []
    for start in starts:
        title = start.title or (carried[-1].title if carried else None)
        carried.append(start._replace(title=title))
    return carried


def _numbered_lines(parts: Sequence[Block | Table]) -> Iterator[str]:
    """The lines of a front sheet, their own numbers before them."""
    for part in parts:
        if isinstance(part, Block):
            yield f"{part.number} {part.text}" if part.number else part.text
        else:
            yield from (" ".join(cell.text for cell in row if cell.text) for row in part.rows)


def _first_parts(body: Sequence[Block | Table]) -> dict[int, int]:
    """For each page the place of the first part that begins on it."""
    first: dict[int, int] = {}
    for at, part in enumerate(body):
        if (page := _page(part)) is not None:
            first.setdefault(page, at)
    return first


def _page(part: Block | Table) -> int | None:
    readings = [part.reading] if isinstance(part, Block) else [cell.reading for row in part.rows for cell in row]
    return next((reading.pieces[0].page for reading in readings if reading.pieces), None)


def _titled(masthead: Masthead, kind: ReportKind) -> Masthead:
    """Minutes and front sheets are titled by what they are: the lines at their heads are rooms and names."""
    if kind is ReportKind.REPORT:
        return masthead
    body = (
        re.sub(r"^minutes of (?:the |a )?(?:meeting of (?:the )?)?", "", masthead.body or "", flags=re.IGNORECASE)
        or None
    )
    what = "Minutes" if kind is ReportKind.MINUTES else "Agenda"
    title = " of the ".join(words for words in (what, body) if words)
    return masthead.model_copy(update={"body": body, "title": title, "author": None})


def masthead_of_pack(reports: Sequence[Report]) -> Masthead:
    """A pack's own masthead is its front sheet's, else its first report's that is not the minutes of an earlier meeting."""
    for kind in (ReportKind.FRONT_SHEET, ReportKind.REPORT):
        for report in reports:
            if report.kind is kind:
                return report.masthead
    return reports[0].masthead


def _inherit(reports: Sequence[Report]) -> list[Report]:
    """A report in a pack goes to the pack's meeting, of the pack's council, where it does not say so itself."""
    pack = masthead_of_pack(reports)
    inherited = []
    for report in reports:
        own = report.masthead
        update = {
            name: getattr(pack, name)
            for name in ("council", "council_from", "body", "meeting_date")
            if getattr(own, name) is None
        }
        inherited.append(report.model_copy(update={"masthead": own.model_copy(update=update)}))
    return inherited


def _starts(body: Sequence[Block | Table]) -> list[tuple[int, ReportKind]]:
    starts: list[tuple[int, ReportKind]] = []
    i = 0
    while i < len(body):
        kind = _starts_here(body, i)
        if kind is None:
            i += 1
            continue
        starts.append((_first_line_of_masthead(body, i, starts[-1][0] if starts else 0), kind))
        i = _after_masthead(body, i, kind)
    return starts


def _after_masthead(body: Sequence[Block | Table], i: int, kind: ReportKind) -> int:
    """The first part that may be another report's: a masthead ends with its page."""
    page = _page(body[i])
    ahead = range(i + 1, min(len(body), i + _MASTHEAD_PARTS[kind]))
    return next((at for at in ahead if _page(body[at]) != page), i + _MASTHEAD_PARTS[kind])


def _starts_here(body: Sequence[Block | Table], i: int) -> ReportKind | None:
    part = body[i]
    if isinstance(part, Table):
        return ReportKind.REPORT if _is_masthead_table(part) else None
    if len(part.text) > 200:
        return None
    nearby = " ".join(p.text for p in body[i : i + 4] if isinstance(p, Block))
    if (
        _MINUTES.match(part.text)
        and part.number is None
        and _HELD.search(nearby)
        and not part.text.rstrip().endswith(".")
    ):
        return ReportKind.MINUTES
    if _MINUTES_ALONE.match(part.text) and part.number is None and re.search(r"\bheld\b", nearby, re.IGNORECASE):
        return ReportKind.MINUTES
    if (
        _REPORT_LABEL.match(part.text)
        and sum(isinstance(p, Block) and bool(_REPORT_LABEL.match(p.text)) for p in body[i : i + 8]) >= 2
    ):
        return ReportKind.REPORT
    return None


def _is_masthead_table(table: Table) -> bool:
    labels = 0
    for row in table.rows[:4]:
        for cell in row:
            words = " ".join(cell.text.casefold().split())
            labels += words.strip(" :") in _ROW_LABELS or bool(_REPORT_LABEL.match(cell.text))
    return labels >= 2


def _first_line_of_masthead(body: Sequence[Block | Table], i: int, floor: int) -> int:
    """The masthead begins with the name of the council or body, a line or two above its labels."""
    first = i
    while first > floor and first > i - 3:
        before = body[first - 1]
        if not isinstance(before, Block) or before.number or before.kind is BlockKind.ITEM or len(before.text) > 100:
            break
        if before.text.rstrip().endswith((".", ";", ",")) or _page(before) != _page(body[i]):
            break
        first -= 1
    return first


def _is_front_sheet(parts: Sequence[Block | Table]) -> bool:
    return any(isinstance(part, Block) and _AGENDA_ITEM.search(part.text) for part in parts)
