"""Grades set beside the name of a judged area: "Leadership: good", or the area in one line and its grade in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.grade_words import (
    AIMED_AT,
    ANY_GRADE,
    CLOSING_QUOTE,
    GRADE,
    GRADE_ALONE,
    JUDGING,
    NOT_GIVEN,
    OPENING_QUOTE,
    grade_of,
)
from extractors.inspectorate_words import INSPECTED
from extractors.judged_areas import NOT_THEIRS, Area, areas_of, named_areas, without_areas
from extractors.language import Passage
from schema.paper import Block, BlockKind
from schema.records import Judgement

_LABELLED = re.compile(
    rf"^\s*(?P<area>[^:;\n]{{4,140}}?)\s*(?::|–|—|\s-|\t|\bis\b|\bwas\b)\s*{OPENING_QUOTE}(?P<grade>{ANY_GRADE}){CLOSING_QUOTE}\s*[;.,]?\s*(?:and)?\s*$",
    re.IGNORECASE,
)

_SET_BESIDE = re.compile(
    rf"^\s*(?P<area>[^:;\n]{{4,140}}?)\s+{OPENING_QUOTE}(?P<grade>{ANY_GRADE}){CLOSING_QUOTE}\s*$", re.IGNORECASE
)

_MORE_THAN_LABEL = re.compile(
    r"\b(?!(?:the|of|and|for|who|in|on|experiences?|progress|children|young|people|families|services?|effectiveness|their|with)\b)[a-z]\w*",
    re.IGNORECASE,
)

_ILACS_LABEL = re.compile(
    r"^(?:the\s+)?(?:impact\s+of\s+leaders|experiences?\s+and\s+progress\s+of|overall\s+effectiveness)", re.IGNORECASE
)


def labelled_grades(passage: Passage, at: int, text: str, near: bool) -> Iterator[Judgement]:
    """Areas with their grades as in a list: "Leadership: good", "The experiences and progress of care leavers is good"; several
    in a sentence are parted by semicolons."""
    heading = isinstance(passage.context.part, Block) and passage.context.part.kind is BlockKind.HEADING
    lead_in = re.match(rf"^[^:;]{{0,80}}{JUDGING.pattern}[^:;]{{0,30}}:\s*(?!\W*{ANY_GRADE})", text, re.IGNORECASE)
    start = lead_in.end() if lead_in else 0
    for part in _label_parts(text, start):
        m = _LABELLED.match(part[0]) or _SET_BESIDE.match(part[0])
        bare = heading or (m is not None and m.re is _SET_BESIDE)
        if m and (area := _area_of_label(m["area"], near or lead_in is not None, bare)):
            offset = at + part.start()
            yield _label_judgement(passage, offset + m.start("grade"), offset + m.end("grade"), m, area)


def _label_parts(text: str, start: int) -> list[re.Match[str]]:
    """The parts between semicolons, or between commas where a part would hold several grades."""
    parts = list(re.compile(r"[^;\n]+").finditer(text, start))
    if any(len(GRADE.findall(part[0])) > 1 for part in parts):
        parts = list(re.compile(r"[^;,\n]+").finditer(text, start))
    return parts


def _label_judgement(passage: Passage, start: int, end: int, m: re.Match[str], area: Area) -> Judgement:
    return Judgement(
        evidence=passage.evidence(start, end),
        extractor="judgements.prose",
        confidence=0.95 if _ILACS_LABEL.match(m["area"]) else 0.85,
        council=passage.context.council,
        area=area.key,
        area_text=" ".join(m["area"].split()),
        grade=grade_of(m["grade"]),
    )


def grade_below_label(label: Passage, grade: Passage) -> Judgement | None:
    """An area in one line and its grade alone in the next."""
    if not isinstance(label.context.part, Block) or not isinstance(grade.context.part, Block):
        return None
    m = GRADE_ALONE.match(grade.text)
    words = " ".join(label.text.split())
    area = _area_of_label(words, near=True, bare=True) if m and len(words) < 140 else None
    if m is None or area is None:
        return None
    return Judgement(
        evidence=grade.evidence(m.start("grade"), m.end("grade")),
        extractor="judgements.prose",
        confidence=0.85,
        council=grade.context.council,
        area=area.key,
        area_text=words,
        grade=grade_of(m["grade"]),
    )


def _area_of_label(label: str, near: bool, bare: bool = False) -> Area | None:
    """The area that a label names; `bare` asks that the label be nothing but its name."""
    if GRADE.search(label) or (bare and _MORE_THAN_LABEL.search(without_areas(label))):
        return None
    areas = named_areas(areas_of(label))
    if (
        not areas
        or len(areas) > 2
        or not (near or _ILACS_LABEL.match(label))
        or NOT_GIVEN.search(label)
        or AIMED_AT.search(without_areas(label))
    ):
        return None
    if NOT_THEIRS.search(without_areas(label)) or INSPECTED.search(label) or len(label.split()) > 14:
        return None
    return areas[0]
