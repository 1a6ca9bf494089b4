"""Which kind of inspector's report a paper is, by what its first page says of itself.

The families, with the words of their titles: ILACS since 2018 ("Inspection of Northshire local authority children's
services"), the single inspection framework of 2013 to 2018 ("Inspection of services for children in need of help and
protection, children looked after and care leavers", "Re-inspection of ..."), what came before ("Inspection of looked
after children services", "Inspection of local authority arrangements for the protection of children"), reviews of a
safeguarding board alone, letters on monitoring and focused visits, and joint inspections of an area. A council's own
paper on an inspection has none of the labels that an inspector's report has under its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from schema.records import EventType


class Kind(NamedTuple):
    """`report_type` as exported; `framework` as mentions in councils' papers name it. `ilacs` is told apart into
    standard and short by the days of the visit."""

    report_type: str
    event: EventType
    framework: str | None


_TITLE_REACHES = 450  # characters of the first page that may hold a report's title
_ADDRESSES_REACH = 1500  # the same for a letter, whose subject stands under two addresses
_ANY = r"[^:;]{0,90}?"
_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bjoint\s+targeted\s+area\s+inspection|\bJTAI\b", Kind("other", "inspection", "JTAI")),
        (
            rf"\b(?:area\s+SEND|(?:joint\s+)?(?:local\s+)?area\s+(?:SEND\s+)?(?:re-?)?(?:inspection|visit){_ANY}(?:SEND|special\s+educational\s+needs)|SEND\s+inspection)",
            Kind("other", "inspection", "SEND"),
        ),
        (
            rf"\bre-?\s?inspection\s+of\s+(?:{_ANY}\s)?services\s+for\s+children\s+in\s+need\s+of\s+help\s+and\s+protection",
            Kind("sif_reinspection", "inspection", "SIF"),
        ),
        (
            rf"\binspection\s+of\s+(?:{_ANY}\s)?services\s+for\s+children\s+in\s+need\s+of\s+help\s+and\s+protection|\bsingle\s+inspection\s+of\b",
            Kind("sif", "inspection", "SIF"),
        ),
        (
            (
                rf"\binspection\s+of\s+(?:{_ANY}\s)?(?:local\s+authority\s+arrangements\s+for\s+the\s+protection\s+of\s+children|arrangements\s+for\s+the\s+protection\s+of\s+children"
                r"|contact,?\s+(?:referral|assessment)|looked[\s-]after\s+children(?:\W?s)?\s+services|services\s+for\s+looked[\s-]after\s+children|safeguarding\s+and\s+looked[\s-]after\s+children(?:\W?s)?\s+services)"
            ),
            Kind("older", "inspection", None),
        ),
        (
            r"\breview\s+of\s+the\s+(?:effectiveness\s+of\s+the\s+)?(?:[\w’']+\s+){0,4}safeguarding\s+children(?:\W?s)?\s+board",
            Kind("other", "inspection", None),
        ),
        (
            rf"\b(?:re-?\s?)?inspection\s+of\s+(?:{_ANY}\s)?(?:local\s+authority\s+)?children\W?s\s+(?:social\s+care\s+)?services\b",
            Kind("ilacs", "inspection", "ILACS"),
        ),
    )
)
"""The first that the title matches."""

_JOINT = frozenset(("JTAI", "SEND"))
_FOCUSED = Kind("focused_letter", "focused_visit", "ILACS")
_MONITORING = Kind("monitoring_letter", "monitoring_visit", None)

_WORTH_A_LOOK = re.compile(r"inspect|visit", re.IGNORECASE)
_AN_INSPECTIONS = re.compile(r"\binspection\s+(?:of|dates?)\b", re.IGNORECASE)
_VISIT = re.compile(
    r"\b(?:monitoring|(?P<focused>focus(?:s?ed)?))\s+visit\s+(?:(?:to|of|at|in|on)\b|report\b|letter\b|[–—-])|\b(?:monitoring|(?P<focused_alone>focus(?:s?ed)?))\s+visit\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_LETTER = re.compile(
    r"^\s*Dear\s+\S|\b(?:this\s+letter|I\s+am\s+writing|(?:this\s+)?report\s+summarises|letter\s+summarises)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SUMMARISES = re.compile(
    r"\b(?:letter|report|writing)\b[^.]{0,60}\b(?:summaris\w+|set\s+out|report\w*|confirm)\b[^.]{0,60}\b(?P<sort>monitoring|focus\w*)\s+visit",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:inspection|review|visit)\s+dates?\s*:?\s|\bdates?\s+of\s+(?:the\s+)?(?:inspection|visit|review)\b|\b(?:lead|reporting)\s+inspectors?\b|^\s*judge?ment\s*$|\breport\s+published\b",
    re.IGNORECASE | re.MULTILINE,
)
"""What stands under the title of an inspector's report and not on a council's paper about it."""
_JOINTLY = re.compile(
    r"\b(?:Ofsted|Care\s+Quality\s+Commission|CQC|HMICFRS|Inspectorate)\b[^.]{0,200}\b(?:carried\s+out|undertook|conducted|inspected|(?:re-?)?visited)\b|\binspection\s+outcome\b",
    re.IGNORECASE,
)
_COUNCILS_PAPER = re.compile(
    r"^\s*(?:report\s+(?:of|to|by|author|title|from)\b|agenda\b|committee\b|cabinet\b|title\s*(?:of\s+report)?\s*:|meeting\b|classification\b|wards?\s*(?:affected)?\s*:"
    r"|key\s+decision|forward\s+plan|purpose\s+of\s+(?:the\s+)?report|minutes\b|author\s*:|portfolio|subject\s*:)|\bscrutiny\s+(?:committee|panel|board)\b",
    re.IGNORECASE,
)
"""A line of the head of a council's paper."""
_LONGEST_LINE = 100  # characters of such a line; what is longer is prose


def kind_of_report(head: Sequence[str]) -> Kind | None:
    """The kind of report whose first page holds these texts; None for any other paper."""
    lines = "\n".join(" ".join(text.split()) for text in head)
    opening = lines[:_ADDRESSES_REACH]
    if not _WORTH_A_LOOK.search(opening):
        return None
    if any(len(line) < _LONGEST_LINE and _COUNCILS_PAPER.search(line) for line in opening.splitlines()):
        return None
    is_letter = _LETTER.search(lines) is not None
    labelled = _LABELS.search(lines) is not None
    if (is_letter or labelled) and (kind := _visit_letter(lines)):
        return kind
    for pattern, kind in _KINDS:
        joint = kind.framework in _JOINT
        reach = _ADDRESSES_REACH if joint and is_letter else _TITLE_REACHES
        if pattern.search(" ".join(lines[:reach].split())):
            return kind if labelled or (joint and _JOINTLY.search(lines)) else None
    return None


def _visit_letter(lines: str) -> Kind | None:
    """A letter (since 2022 often a report) on a monitoring or focused visit, which says so before anything else."""
    said = _VISIT.search(lines[:_ADDRESSES_REACH])
    summary = _SUMMARISES.search(lines)
    if said and _AN_INSPECTIONS.search(lines[: said.start()]):
        return None
    if said:
        focused = bool(said["focused"] or said["focused_alone"])
    elif summary:
        focused = summary["sort"].casefold().startswith("focus")
    else:
        return None
    return _FOCUSED if focused else _MONITORING
