"""An agenda pack into its reports: front sheet, minutes of earlier meetings, each report with its own masthead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.masthead import read_masthead
from schema.paper import Block, BlockKind, Masthead, Report, ReportKind, Table

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


# How many parts on from a start another may follow: a masthead has several labels, and they are one start.
_MASTHEAD_PARTS = {ReportKind.MINUTES: 3, ReportKind.REPORT: 8}


def split_reports(body: Sequence[Block | Table]) -> tuple[tuple[Block | Table, ...], tuple[Report, ...]]:
    """The body with every part told which report it is of, and the reports.

    A report starts where a masthead stands: labels such as "Report of:", a table of title, author and date, or "Minutes of
    the ...". What comes before the first is the front sheet, if it lists an agenda; else it belongs to the first report.
    """
    starts = _starts(body)
    if not starts:
        starts = [(0, ReportKind.REPORT)]
    elif starts[0][0] > 0:
        starts = (
            [(0, ReportKind.FRONT_SHEET), *starts]
            if _is_front_sheet(body[: starts[0][0]])
            else [(0, starts[0][1]), *starts[1:]]
        )
    reports, parts = [], []
    ends = [at for at, _ in starts[1:]] + [len(body)]
    for index, ((start, kind), end) in enumerate(zip(starts, ends, strict=True)):
        own = body[start:end]
        reports.append(Report(kind=kind, masthead=_titled(read_masthead(own), kind)))
        parts += [part.model_copy(update={"report": index}) for part in own]
    return tuple(parts), tuple(_inherit(reports))


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
        i += _MASTHEAD_PARTS[kind]
    return starts


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
        if before.text.rstrip().endswith((".", ";", ",")):
            break
        first -= 1
    return first


def _is_front_sheet(parts: Sequence[Block | Table]) -> bool:
    return any(isinstance(part, Block) and _AGENDA_ITEM.search(part.text) for part in parts)
