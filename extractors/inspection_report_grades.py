"""The grades that an inspector's report gives, each by the label that it stands with and never by its place in a row of grades.

A grade stands with a label in one row of a table ("Overall effectiveness | Good"), in one line or heading ("The Local
Safeguarding Children Board requires improvement"), or as a line of its own under a heading that is a label ("Grade 3
(Adequate)"). Labels are those of the frameworks, word for word; a sentence on the quality of services is none. The first
page decides; what stands further on gives the grades that the first page has not, and where it contradicts the
first page nothing is taken.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.council_titles import council_of_title
from extractors.grade_words import grade_of
from extractors.inspection_report_texts import Text
from schema.evidence import NOTHING, Evidence, Reading
from schema.paper import Block, BlockKind, Cell, Paper, Table
from schema.records import Grade, Judgement, Refusal

EXTRACTOR = "inspection_report.grades"

_G = r"(?:outstanding|good|requir(?:es?|ing|ed)\s+improvement(?:\s+to\s+be(?:\s+good)?)?|inadequate|adequate)"
_GRADE = re.compile(rf"\b{_G}(?!\w)", re.IGNORECASE)
_GRADE_ALONE = re.compile(
    rf"^\W*(?:(?:judge?ment\s+)?grade\s*:?\s*)?(?:\d\s*[(:–-]\s*)?(?P<grade>{_G})\s*\)?[.\s]*[\d\u00b9\u00b2\u00b3\u2070-\u2079*]{{0,2}}$",
    re.IGNORECASE,
)
_NOT_JUDGED = re.compile(
    r"^\W*(?:not\s+(?:yet\s+)?(?:judged|graded|applicable|inspected)|no\s+(?:grade|judge?ment)(?:\s+\w+)?|n/?a|insufficient\s+evidence)\b.{0,40}$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[.;:]?\s*$|\.\s|\n|\s(?=(?:There|The|It|This|Ofsted|Leaders|Services)\b)|\s(?=because\b))")
"""What may follow a grade that a label's sentence ends with; cells run on into the next sentence without a full stop."""
_LINK = re.compile(
    r"(?:\s*(?:[:–—-]|\b(?:is|are|that|it|they|judged|graded|rated|to|be|as|remains?|now|overall)\b))*\s*$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no|yet|if|when|where|was|were|likely|may|an|previous(?:ly)?|last)\b", re.IGNORECASE)

_NUMBERING = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*[.):]?\s*(?=[A-Za-z])|[a-d][.)]\s+)?")
_OPENERS = re.compile(
    r"^(?:(?:key\s+judge?ments?|judge?ments?|section\s+\d)\s*[:–-]?\s+|(?:the\s+)?(?:graded\s+)?judge?ments?\s+(?:for|about|on|of)\s+|the\s+|experiences?\s+and\s+progress\s+(?:of|for)\s+)+",
    re.IGNORECASE,
)
_EXECUTIVE_SUMMARY = 6  # parts behind the first page that may open with the overall grade, where that has none
_LONGEST_GRADE = 60  # characters of a line that holds a grade and nothing else
_SHORT_LINE = 230  # characters of a line that may be a label with its grade
_RUNS_ON = re.compile(r"(?:\b(?:and|of|in|who|with|on|to|for|need|progress|the|achieving|looked)|,)\s*$", re.IGNORECASE)
_PEOPLE = r"(?:all\s+)?(?:children|those|children\s+and\s+young\s+people|children,?\s+young\s+people,?\s+(?:and\s+)?families|children\s+and\s+families|young\s+people)"
_LOOKED_AFTER = r"(?:children\s+(?:and\s+young\s+people\s+)?(?:who\s+are\s+)?(?:looked[\s-]after|in\s+(?:our\s+)?care)|looked[\s-]after\s+children(?:\s+and\s+young\s+people)?)"
_BOARD = r"(?:LSCB|(?:[\w'&,-]+\s+){0,6}?safeguarding\s+(?:children(?:'s)?|childrens')\s+board(?:\s*\(\w+\))?)(?:\s+(?:in|for)\s+[\w\s'&,-]{2,40})?"
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (area, re.compile(pattern, re.IGNORECASE))
    for area, pattern in (
        (
            "help_and_protection",
            rf"{_PEOPLE}\s+(?:who|in)\s+need(?:\s+of)?\s+help\s+and\s+protection|help\s+and\s+protection",
        ),
        (
            "help_and_protection",
            r"effectiveness\s+of\s+(?:the\s+)?help\s+and\s+protection(?:\s+provided\s+to\s+.{5,80})?",
        ),
        (
            "in_care",
            rf"{_LOOKED_AFTER}(?:\s+and\s+(?:achieving\s+permanence|care\s+leavers|those\s+(?:leaving|who\s+have\s+left)\s+care))?",
        ),
        (
            "care_leavers",
            r"care[\s-]leavers|care[\s-]experienced\s+(?:young\s+)?(?:people|adults)|young\s+people\s+(?:leaving|who\s+have\s+left)\s+care",
        ),
        ("adoption", r"adoption(?:\s+(?:performance|services?))?"),
        ("leadership", r"leadership(?:,?\s+(?:and\s+)?management(?:,?\s+and\s+governance)?|\s+and\s+governance)?"),
        ("leadership", r"impact\s+of\s+leaders(?:\s+on\s+.{5,90})?"),
        (
            "overall",
            r"overall\s+effectiveness(?:\s+of\s+(?:(?:the\s+)?(?:local\s+authority\s+)?(?:children's\s+)?services)(?:\s+for\s+.{5,60})?)?|overall(?:\s+judge?ment)?",
        ),
        ("overall", r"overall\s+effectiveness\s+of\s+(?:the\s+)?arrangements\s+.{5,90}"),
        ("lscb", rf"(?:effectiveness\s+of\s+(?:the\s+)?)?{_BOARD}"),
        (
            "lscb",
            r"arrangements\s+in\s+place\s+to\s+evaluate\s+the\s+effectiveness\s+of\s+what\s+is\s+done\s+by\s+the\s+authority\s+and\s+board\s+partners\b.{0,90}",
        ),
    )
)
"""Judged areas by the labels of the frameworks, less their numbers and what `_OPENERS` takes off."""
_WHOLE = re.compile(
    r"(?:overall\s+judge?ment(?:\s+is)?(?:\s+that)?\s*,?\s*)?(?:(?:the\s+)?local\s+authority|(?:(?:the\s+)?local\s+authority(?:'s)?\s+|(?P<who>.{2,60}?)(?:'s)?\s+)?(?:children's\s+(?:social\s+care\s+)?services"
    r"|services\s+for\s+children(?:\s+and\s+families)?)(?:\s+(?:in|for|at)\s+(?:the\s+)?(?P<where>.{2,60}))?)?",
    re.IGNORECASE,
)
"""The sentence on the whole of the services at the head of a SIF report."""
_HERE = frozenset(("area", "this area", "city", "county", "borough", "authority", "local authority"))
_OF_OTHERS = re.compile(r"\b(?:previous|last|earlier|prior|former|date|year)\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
"""In the header of a table of grades: grades of other inspections."""


_ON_EARLIER = re.compile(
    r"\b(?:previous|last|earlier|prior|other)\s+(?:Ofsted\s+)?(?:\w+\s+)?(?:inspections?|judge?ments?|grades?)\b|\binformation\s+about\s+this\s+(?:local\s+authority|area)",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"[:–—-]\s*{_G}\W*$", re.IGNORECASE)
_NEW_SECTION = re.compile(
    r"^\W*(?:recommendations?\W*$|executive\s+summary|summary\b|inspection\s+(?:findings|judge?ments?)|what\s+(?:does|needs)|areas\s+for\s+improvement\W*$|priority\s+and\s+immediate"
    r"|the\s+experiences?\s+and\s+progress|the\s+graded\s+judge?ment|leadership,?\s+(?:and\s+)?management|the\s+(?:effectiveness\s+of\s+the\s+)?(?:LSCB|local\s+safeguarding)|record\s+of\s+main\s+findings|overall\s+effectiveness)",
    re.IGNORECASE,
)


class _Claim(NamedTuple):
    """That an area has a grade (None: that it was not judged), and where the text says it."""

    area: str
    area_text: str
    grade: Grade | None
    evidence: Evidence
    group: int  # the table or line that it stands in


def read_grades(
    head: Sequence[Block | Table], body: Sequence[Block | Table], paper: Paper, council: str | None, has_whole: bool
) -> tuple[list[Judgement], list[Refusal]]:
    """The grades of the report whose first page is `head`, and what could not be paired.

    `has_whole` says that the report's family gives the overall grade in a sentence ("Children's services in Northshire
    are good"). Of each area one grade is handed over.
    """
    refused: list[Refusal] = []
    claims: defaultdict[str, list[_Claim]] = defaultdict(list)
    for claim in _claims(head, paper, has_whole, refused):
        claims[claim.area].append(claim)
    at_head = set(claims)
    behind = _on_this_inspection(body)
    for claim in _claims(behind, paper, has_whole=False, refused=[]):
        claims[claim.area].append(claim)
    if has_whole and "overall" not in claims:
        for claim in _claims(behind[:_EXECUTIVE_SUMMARY], paper, has_whole=True, refused=[]):
            if claim.area == "overall":
                claims["overall"].append(claim)
    misread = _contradicted_tables(claims.values())
    found: list[Judgement] = []
    for area, said in claims.items():
        if said[0].grade is None and area in at_head:
            continue
        graded = [claim for claim in said if claim.grade is not None]
        if len({claim.grade for claim in graded}) == 1 and graded[0].group not in misread:
            found.append(_judgement(graded[0], council))
        elif graded:
            refused.append(_refusal(graded[0].evidence))
    return sorted(found, key=lambda j: (j.evidence.page or 0, j.evidence.start)), refused


def _contradicted_tables(claims: Iterable[Sequence[_Claim]]) -> set[int]:
    """Tables two of whose grades the rest of the report contradicts: the rows were not read as they stand."""
    contradicted: Counter[int] = Counter()
    for said in claims:
        if len({claim.grade for claim in said if claim.grade is not None}) > 1:
            contradicted.update({claim.group for claim in said})
    return {group for group, areas in contradicted.items() if areas > 1}


def _on_this_inspection(body: Sequence[Block | Table]) -> list[Block | Table]:
    """The parts behind the first page without list items, where grades of earlier inspections stand, and without the
    sections on those."""
    kept: list[Block | Table] = []
    on_others = False
    for part in body:
        if isinstance(part, Block):
            if _ON_EARLIER.search(part.text[:200]) and len(part.text) < 400:
                on_others = True
            elif _NEW_SECTION.match(part.text) and not _LISTED.search(part.text):
                on_others = False
            if part.kind is BlockKind.ITEM:
                continue
        if not on_others:
            kept.append(part)
    return kept


def _judgement(claim: _Claim, council: str | None) -> Judgement:
    assert claim.grade is not None
    return Judgement(
        evidence=claim.evidence,
        extractor=EXTRACTOR,
        confidence=0.98,
        council=council,
        area=claim.area,
        area_text=claim.area_text,
        grade=claim.grade,
    )


def _refusal(evidence: Evidence) -> Refusal:
    return Refusal(evidence=evidence, extractor=EXTRACTOR, reason="unpaired grade")


def _claims(parts: Sequence[Block | Table], paper: Paper, has_whole: bool, refused: list[Refusal]) -> Iterator[_Claim]:
    paired = -1  # the part whose grade the line above it was paired with
    for i, part in enumerate(parts):
        if isinstance(part, Table):
            yield from _in_table(part, paper, has_whole, refused)
            continue
        text = Text(part, part.reading)
        claim = _in_line(text, paper, has_whole)
        if claim is None and _stands_alone_over_grade(parts, i):
            claim = _over_line(text, Text(parts[i + 1], _reading_of(parts[i + 1])), paper)
            paired = i + 1 if claim else paired
        if claim:
            yield claim
        elif i != paired and len(text.words) <= _LONGEST_GRADE and (m := _GRADE_ALONE.match(text.words)):
            refused.append(_refusal(text.evidence(paper, *m.span("grade"))))


def _stands_alone_over_grade(parts: Sequence[Block | Table], i: int) -> bool:
    """Whether one line, and no column of labels or of grades, stands over or under the line behind it."""
    before, under, after = (parts[j] if 0 <= j < len(parts) else None for j in (i - 1, i + 1, i + 2))
    if not isinstance(under, Block) or len(under.text) > _LONGEST_GRADE:
        return False
    in_labels = isinstance(before, Block) and area_of(before.text) is not None
    in_grades = isinstance(after, Block) and _GRADE_ALONE.match(after.text) is not None
    return not in_labels and not in_grades


def _reading_of(part: Block | Table) -> Reading:
    return part.reading if isinstance(part, Block) else NOTHING


def _in_table(table: Table, paper: Paper, has_whole: bool, refused: list[Refusal]) -> Iterator[_Claim]:
    """Rows of one label and one grade. Rows with more of either, or in a table of several inspections, are refused."""
    rows = [[cell for cell in row if cell.text.strip()] for row in table.rows]
    of_others = any(
        _OF_OTHERS.search(cell.text) for row in rows[:1] for cell in row if len(row) > 1 and len(cell.text) < 60
    )
    of_areas = any(area_of(cell.text) for row in rows for cell in row)
    fragment = ""  # a label that runs on into the next row
    for row in rows:
        grades = [cell for cell in row if _GRADE_ALONE.match(cell.text)]
        others = [cell for cell in row if cell not in grades]
        labels = [(cell, area) for cell in others if (area := area_of(f"{fragment} {cell.text}"))]
        not_judged = any(_NOT_JUDGED.match(cell.text) for cell in others)
        if (
            len(grades) == 1
            and not labels
            and len(others) == 1
            and of_areas
            and not fragment
            and _is_label(others[0].text)
        ):
            labels = [(others[0], _plain(others[0].text).casefold())]
        if len(labels) == 1 and len(grades) == 1 and not of_others:
            (label, area), cell = labels[0], grades[0]
            m = _GRADE_ALONE.match(cell.text)
            assert m is not None
            evidence = Text(table, cell.reading).evidence(paper, *m.span("grade"), quote=_row(row))
            words = _plain(f"{fragment} {label.text}")
            yield _Claim(area, words, grade_of(m["grade"]), evidence, id(table))
        elif len(labels) == 1 and not_judged:
            label, area = labels[0]
            evidence = Text(table, label.reading).evidence(paper, 0, len(label.text), quote=_row(row))
            yield _Claim(area, _plain(label.text), None, evidence, id(table))
        elif grades:
            refused += [_refusal(Text(table, c.reading).evidence(paper, 0, len(c.text), _row(row))) for c in grades[:1]]
        else:
            for cell in row:
                if claim := _in_line(Text(table, cell.reading), paper, has_whole):
                    yield claim
        runs_on = not grades and not not_judged and len(others) == 1 and _RUNS_ON.search(others[0].text)
        fragment = _plain(others[0].text) if runs_on else ""


def _is_label(words: str) -> bool:
    """Whether the words beside a grade can be the name of an area that the frameworks do not name."""
    plain = _plain(words)
    return (
        4 < len(plain) < 120
        and not plain.endswith(".")
        and plain[:1].isupper()
        and not _GRADE.search(plain)
        and not _RUNS_ON.search(plain)
    )


def _row(row: Iterable[Cell]) -> str:
    return " | ".join(_plain(cell.text) for cell in row)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _in_line(text: Text, paper: Paper, has_whole: bool) -> _Claim | None:
    """A label and its grade in one line or heading, or at the start of a cell that runs on."""
    m = _GRADE.search(text.words[: _SHORT_LINE + 40])
    if m is None or m.start() > _SHORT_LINE:
        return None
    ends = _ENDS.match(text.words, m.end())
    before = text.words[: m.start()]
    label = before[: _link_start(before)]
    if ends is None or _DENIED.search(label):
        return None
    area = area_of(label)
    if area is None and has_whole and _is_whole(label):
        area = "overall"
    if area is None or not (m.start() > len(label) or m[0].casefold().startswith("requir")):
        return None
    short = len(text.words) <= m.end() + 2 or area in ("overall", "lscb")
    if not short:
        return None
    sentence = text.words[: m.end()]
    return _Claim(area, _plain(label), grade_of(m[0]), text.evidence(paper, *m.span(), quote=sentence), id(text.part))


def _over_line(label: Text, grade: Text, paper: Paper) -> _Claim | None:
    """A heading that is a label, and under it the grade alone: "Grade 3 (Adequate)", "is inadequate.", "Requires improvement"."""
    if len(label.words) > _SHORT_LINE or len(grade.words) > _LONGEST_GRADE:
        return None
    area = area_of(label.words[: _link_start(label.words)])
    m = _GRADE_ALONE.match(re.sub(r"^\W*(?:is|are)\b", lambda said: " " * len(said[0]), grade.words))
    if area is None or m is None or _DENIED.search(label.words):
        return None
    quote = f"{label.words} {grade.words}"
    return _Claim(
        area,
        _plain(label.words),
        grade_of(m["grade"]),
        grade.evidence(paper, *m.span("grade"), quote=quote),
        id(label.part),
    )


def _link_start(words: str) -> int:
    m = _LINK.search(words)
    return m.start() if m else len(words)


def area_of(label: str) -> str | None:
    """The area that a label names, by the frameworks' words; None for any other words."""
    plain = _squared(label).strip(" ,.:;–—-")
    plain = re.sub(r"[\u00b9\u00b2\u00b3\u2070-\u2079]+$", "", plain)
    plain = _OPENERS.sub("", _NUMBERING.sub("", plain, count=1), count=1)
    return next((area for area, pattern in _LABELS if pattern.fullmatch(plain)), None)


def _is_whole(label: str) -> bool:
    plain = re.sub(r"^the\s+", "", _squared(label), flags=re.IGNORECASE).strip(" ,:")
    m = _WHOLE.fullmatch(plain)
    if m is None or not plain:
        return False
    return all(
        named is None or council_of_title(named) or named.casefold() in _HERE for named in (m["where"], m["who"])
    )


def _squared(words: str) -> str:
    """On one line, with typewriter apostrophes and none set apart from its letter."""
    return re.sub(r"'\s+s\b", "'s", " ".join(re.sub("[’‘´`‟ʼ′]", "'", words).split()))
