"""Grades that a paper says an inspectorate gave: to which council, for which area.

A grade counts where the sentence ties it to a judging word (`extractors.grade_statements`), where a list or table sets it
beside the name of a judged area (`grade_lists`, `grade_tables`), or where a council "became a good authority". What the law
says of authorities in general and the grades of schools, homes and audited cases do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.grade_lists import grade_below_label, labelled_grades
from extractors.grade_statements import JUDGED, TIE_REACHES, Statement, statements_of_grades
from extractors.grade_tables import grades_in_tables
from extractors.grade_words import ANY_GRADE, may_name_a_grade
from extractors.inspectorate_words import INSPECTED, INSPECTORATE_WORDS, is_by_others, is_of_inspection
from extractors.language import Passage
from extractors.other_councils import PRONOUN, other_council_named
from schema.period import Period
from schema.period_words import Lean, resolve
from schema.records import Judgement

_OWN_JUDGE = re.compile(
    r"\b(?:peer\s+(?:review|challenge)|self[\s-](?:assess\w*|evaluat\w*)|auditors?|moderat\w+|our\s+own|LGA|CQC|Care\s+Quality\s+Commission|practice\s+week)\b",
    re.IGNORECASE,
)

_THEIRS_OR_OTHERS = re.compile(
    r"\b(?:(?P<theirs>services\s+for\s+children|children['’]s\s+(?:social\s+care\s+)?services|children['’]s\s+social\s+care|(?:the|our|its|all)\s+services)"
    r"|schools?|academ\w+|nurser\w+|settings?|(?:children['’]s|care|residential)\s+homes?|childminders?|providers?|colleges?|agenc\w+|audits?|files?|cases)\b",
    re.IGNORECASE,
)

_OURS = re.compile(r"\b(?:our|we|us|the\s+(?:council|authority|borough|county)(?:['’]s)?)\b", re.IGNORECASE)

_APPOSITION = re.compile(r",\s+(?:our|the|an?|one\s+of)\s+[^,]{3,60},")

_STILL_OF_COUNCIL = re.compile(
    rf"^(?:['’]s?)?(?:(?:,\s*(?:who|which|where|that|is|was|has|are|and|rated|judged|graded|now|recently|previously|also)|\s+(?:who|which|that|council(?:['’]s)?|county|borough|city|children['’]s|services?|social|care|had|has|have|was|were"
    rf"|is|are|been|being|also|now|last|\w+ly|became|become|following|after|from|moved|improved|to|to\s+be|an?|as|{JUDGED}|with|its|their|the|by|Ofsted|in|for|20\d\d|{ANY_GRADE}|authority|and|both|overall|inspectors|HMI|judge?ment"
    r"|inspection|January|February|March|April|May|June|July|August|September|October|November|December))[\"'’”]?)*\s*[\"'‘“]?\s*$",
    re.IGNORECASE,
)

_CONTEXT_LASTS = 6  # passages after the inspectorate was last named


def find_judgements(passages: Sequence[Passage]) -> list[Judgement]:
    """The judgements in the passages of one report, each area and grade of a council once."""
    found = [*_in_prose(passages), *grades_in_tables(passages)]
    return once_each(found)


def once_each(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Of several places in a paper that state one grade, the surest, and of those the first; in the order of the paper."""
    kept: dict[tuple[str, str | None, str, str], Judgement] = {}
    for judgement in judgements:
        key = (judgement.evidence.sha256, judgement.council, judgement.area, judgement.grade)
        if key not in kept or judgement.confidence > kept[key].confidence:
            kept[key] = judgement
    return sorted(kept.values(), key=lambda j: (j.evidence.page or 0, j.evidence.start))


def _in_prose(passages: Sequence[Passage]) -> Iterator[Judgement]:
    last_named = -_CONTEXT_LASTS - 1
    for i, passage in enumerate(passages):
        if is_of_inspection(passage.text) or any(map(is_of_inspection, _headings(passage))):
            last_named = i
        if not may_name_a_grade(passage.text):
            continue
        near = i - last_named <= _CONTEXT_LASTS
        if near and i and (below := grade_below_label(passages[i - 1], passage)):
            last_named = i
            yield below
            continue
        foreign: str | None = None
        others = False
        for sentence in passage.sentences:
            text = passage.text[sentence.start : sentence.end]
            if may_name_a_grade(text):
                labels = list(labelled_grades(passage, sentence.start, text, near))
                last_named = i if labels else last_named
                yield from labels or _in_sentence(passage, sentence.start, text, near, foreign, others)
            others = is_by_others(text, len(text), others)
            foreign = other_council_named(passage, sentence.start, sentence.end)


def _headings(passage: Passage) -> tuple[str, ...]:
    return passage.context.part.headings


def _stands_for_services(words: str) -> bool:
    """Whether "them" after the words are the council or its services, and not its schools or homes."""
    named = list(_THEIRS_OR_OTHERS.finditer(words[-400:]))
    return bool(named) and named[-1]["theirs"] is not None


def _in_sentence(
    passage: Passage, at: int, text: str, near: bool, foreign: str | None, others: bool
) -> Iterator[Judgement]:
    if _OWN_JUDGE.search(text) and not INSPECTORATE_WORDS.search(text):
        return
    for statement in statements_of_grades(text):
        about = INSPECTED.search(text) or near or re.search(r"judge?ment", text, re.IGNORECASE)
        if not about or is_by_others(text, statement.start, others):
            continue
        if _is_pronoun(statement) and not _stands_for_services(passage.text[: at + statement.tied_from]):
            continue
        given = _given(passage, at, text, statement)
        council = _whose(passage, at, text, statement, foreign)
        for area in statement.areas:
            yield Judgement(
                evidence=passage.evidence(at + statement.start, at + statement.end),
                extractor="judgements.prose",
                confidence=statement.sure,
                doubts=("earlier",) if statement.earlier else (),
                council=council,
                area=area.key,
                area_text=area.text,
                grade=statement.grade,
                given=given,
            )


def _is_pronoun(statement: Statement) -> bool:
    return any(area.text.casefold() == "them" for area in statement.areas)


def _whose(passage: Passage, at: int, text: str, statement: Statement, foreign: str | None) -> str | None:
    """The council graded: one named as the subject, one that "they" were in the sentence before, else the paper's own."""
    own = passage.context.council
    named = [b for b in passage.bodies if b.kind == "council" and at <= b.start and b.end <= at + statement.start]
    if named:
        last = named[-1]
        gap = _APPOSITION.sub(" ", text[last.end - at : statement.start])
        if len(gap) <= TIE_REACHES and _STILL_OF_COUNCIL.match(gap) and not _OURS.search(gap):
            return last.name
        possessed = re.search(
            rf"\b(?:inspection|judge?ment|rating|grading|report)\s+(?:of|on|for|in)\s+(?:the\s+)?{re.escape(text[last.start - at : last.end - at])}",
            text[: statement.start],
            re.IGNORECASE,
        )
        if possessed and not _OURS.search(gap):
            return last.name
    pronouns = list(PRONOUN.finditer(text[: statement.tied_from]))
    if foreign and pronouns and pronouns[-1][0].casefold() in ("they", "their", "it", "its"):
        return foreign
    return own


def _given(passage: Passage, at: int, text: str, statement: Statement) -> Period | None:
    """The date in the sentence nearest to the grade, not one that it is to be reached by."""
    said_on = passage.context.said_on
    best: tuple[int, Period] | None = None
    for words in passage.periods:
        low, high = words.start - at, words.end - at
        if (
            low < 0
            or high > len(text)
            or words.is_relative
            or re.search(r"\b(?:by|since|until|before)\s+(?:the\s+)?$", text[:low], re.IGNORECASE)
        ):
            continue
        resolved = resolve(words, said_on, Lean.PAST)
        if resolved is None or resolved.impossible or (said_on and resolved.period.start > said_on):
            continue
        distance = max(low - statement.end, statement.start - high)
        if best is None or distance < best[0]:
            best = distance, resolved.period
    return best[1] if best else None
