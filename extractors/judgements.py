"""Grades that a paper says an inspectorate gave: to which council, for which area.

A grade counts where the sentence ties it to a judging word: "rated our services 'inadequate'", "was judged to be good",
"an inadequate judgement", "the overall grade, requires improvement, stands"; where a table or list sets it beside the name of
a judged area; or where a council "became a good authority". Grades aimed at, scales, conditions, what the law says of
authorities in general, the grades of schools, homes and audited cases, and plain adjectives ("good practice") do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.council_mentions import find_councils
from extractors.inspections import (
    INSPECTORATE,
    INSPECTORATE_WORDS,
    OTHER_INSPECTORATE,
    may_name_others,
    may_speak_of_inspection,
)
from extractors.language import Passage
from schema.evidence import Evidence
from schema.paper import Block, BlockKind, Cell, Table
from schema.period import Period
from schema.period_words import Lean, find_periods, resolve
from schema.records import Grade, Judgement

_G = r"(?:outstanding|good|requir(?:es|ing|ed?)\s+improvement(?:\s+to\s+be\s+good)?|inadequate|adequate)"
_OPEN = r"[\"'‘“(]?\s*"
_CLOSE = r"[.,]?[\"'’”)]?"
_GRADE = re.compile(rf"\b{_G}\b", re.IGNORECASE)
_WORTH_A_LOOK = ("adequate", "outstanding", "requir", "good")

_AREAS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        ("lscb", r"\b(?:local\s+)?safeguarding\s+(?:children(?:['’]?s)?|partnership)(?:['’]s?)?\s+board|\bLSCB\b"),
        (
            "overall",
            (
                r"\bservices\s+for\s+children(?:\s+(?:who|in)\s+need(?:\s+of)?\s+help\s+and\s+protection)(?:,|\s+and|\s)+(?:children\s+looked\s+after|looked[\s-]after\s+children|children\s+in\s+care)"
                r"(?:,|\s+and|\s)+care\s+leavers"
            ),
        ),
        (
            "leadership",
            r"\bleadership(?:,\s*management(?:,?\s+and\s+governance)?|\s+and\s+management)?|\bimpact\s+of\s+leaders(?:\s+on\s+[\w\s]+?families)?",
        ),
        (
            "in_care",
            (
                r"\bchildren\s+(?:in\s+(?:our\s+)?care|looked[\s-]after)\s+and\s+care\s+leavers|\bchildren\s+(?:in\s+(?:our\s+)?care|looked[\s-]after)|\blooked[\s-]after\s+children"
                r"|\bachieving\s+permanence|\bchildren\s+who\s+are\s+looked\s+after"
            ),
        ),
        ("care_leavers", r"\bcare\s+leavers|\bleaving\s+care"),
        ("adoption", r"\badoption(?:\s+(?:performance|services?))?"),
        (
            "help_and_protection",
            r"\b(?:children|those|families)?\s*(?:who|in)?\s*need(?:ing|s)?(?:\s+of)?\s+help\s+and\s+protection|\bhelp\s+and\s+protection|\bhelp,\s+care\s+and\s+protection|\bchild\s+protection\s+services",
        ),
        ("early help", r"\bearly\s+help(?:\s+services?)?"),
        ("private fostering", r"\bprivate\s+fostering"),
        ("overall", r"\boverall\s+effectiveness"),
    )
)
"""Judged areas by the labels of the frameworks (2012 to today) and the words papers use for them."""

_WHOLE = re.compile(
    r"\b(?:(?:our|its|their|the\s+council['’]s|the|all|these|those|local)\s+)*(?:children['’]s\s+(?:social\s+care\s+)?services?|services\s+for\s+children(?:\s+and\s+(?:families|young\s+people))?"
    r"|children['’]s\s+social\s+care|services?|council|authority|department|borough|county|city)\b|\b(?:us|we|they|them|it|who)\b|\boverall\b",
    re.IGNORECASE,
)
"""Words for the council's children's services as a whole."""

_NOT_THEIRS = re.compile(
    r"\b(?:schools?|academ\w+|nurser\w+|settings?|homes?|childminders?|providers?|colleges?|placements?|cases?|files?|audits?|audited|assessments?|plans?|visits?|supervisions?|records?"
    r"|staff|performance|questions?|data|practice|quality|responses?|respondents|indicators?|measures?|lessons?|adult|early\s+years|nursery|carers?|actions?|progress)\b|%|\bper\s+cent\b"
    r"|\d+\s+(?:out\s+)?of\s+",
    re.IGNORECASE,
)
"""What else papers grade: schools, homes, audited cases, practice, shares of anything."""

_LINK = (
    rf"(?:(?:to\s+be|to\s+have\s+been|as|being|overall|still|again|now|only|both|an?|at|to|by\s+{INSPECTORATE}|currently|collectively|all"
    r"|to(?=\s+require)|in\s+(?:(?:early|late)\s+)?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d),?\s+)"
)
_JUDGED = r"(?:rated|graded|re-?graded|judged|assessed|deemed|found|considered|ranked|awarded|described)"
_PASSIVE = re.compile(rf"\b(?P<verb>{_JUDGED})\s+(?P<link>{_LINK}*){_OPEN}$", re.IGNORECASE)
_ACTIVE = re.compile(
    rf"\b(?P<verb>rat(?:ed|ing|es)|grad(?:ed|ing|es)|judg(?:ed|ing|es)|assess(?:ed|ing)|found|finding|deem(?:ed|ing)|consider(?:ed|ing)|described|concluded|reported|stated)\s+(?P<that>that\s+)?"
    rf"(?P<object>(?:(?!\b(?:{_JUDGED}|{_G})\b)[^;:]){{2,230}}?)\s+(?P<link>(?:(?:was|were|is|are|remain(?:s|ed)?|had\s+been)\s+|{_LINK})*){_OPEN}$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    rf"\b(?P<verb>rating|grade|grading|judge?ment|verdict)s?\b(?P<object>(?:\s+(?:for|from|at|given\s+by|by|in|on)\s+[^.;:,]{{2,80}}?)?)\s*"
    rf"(?:(?:of|was|is|were|as|remains?|remained|stands?\s+at|stayed|at|overall|to\s+be|,|:|–|-)\s*)+{_OPEN}$",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    rf"\b(?P<verb>outcome|result)(?P<object>(?:\s+of\s+[^.;:,]{{2,60}}?)?)\s*(?:was|is|:|–|-)\s*{_OPEN}$", re.IGNORECASE
)
_BEFORE_NOUN = re.compile(
    rf"\b(?:an?|the|our|its|their|previous|last|current|overall|this|first|second|Ofsted(?:['’]s)?|following|after|with)\s+{_OPEN}$",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    rf"^{_CLOSE}\s+(?:(?:{INSPECTORATE}|overall|inspection|safeguarding|headline)\s+)*(?P<noun>rating|grade|grading|judge?ment|verdict)\b",
    re.IGNORECASE,
)
_BECAME = re.compile(
    rf"\b(?P<verb>became|has\s+become|have\s+become|is\s+now|are\s+now|was|were)\s+an?\s+{_OPEN}$", re.IGNORECASE
)
_AUTHORITY_AFTER = re.compile(rf"^{_CLOSE}\s+(?:local\s+)?(?:authority|council|children['’]s\s+service)", re.IGNORECASE)
_BECAME_GRADED = re.compile(
    rf"\b(?:became|become|now|was|were)\s+an?\s+{_OPEN}{_G}{_CLOSE}\s+(?:local\s+)?authority", re.IGNORECASE
)
_MOVED = re.compile(
    r"\b(?:mov(?:ed|ing)|improv(?:ed|ing)|gone|going|progress(?:ed|ing)|ris(?:en|ing)|rose|went|dropped|fell|fallen|declined|(?:down|up)graded|journey(?:ed)?|turned\s+around)\b[^.;]{0,60}?\bfrom\s+"
    rf"(?:an?\s+|being\s+)*{_OPEN}(?P<from>{_G}){_CLOSE}\s+(?:[\w\s,()]{{0,40}}?\s)?to\s+(?:an?\s+|being\s+)*{_OPEN}(?P<to>{_G})\b",
    re.IGNORECASE,
)
_NEEDS_LINK = frozenset(("found", "considered", "assessed", "described", "awarded"))

_SHUT = r"[\"'’”)]?"
_SCALE = re.compile(
    rf"\b{_G}{_SHUT}(?:\s*,\s*{_OPEN}{_G}{_SHUT}){{0,5}}\s*,?\s*(?:or|/)\s*{_OPEN}(?:{_G}|better|above|below|worse)\b"
    rf"|\b{_G}\s*(?:,|\band\b|&)\s*{_OPEN}{_G}\b(?!\s+(?:for|in|overall))",
    re.IGNORECASE,
)
_AIMED_AT = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|target(?:s|ed|ing)?|goals?|ambitions?|ambitious|aspir\w+|achiev(?:e|es|ing)|striv\w+|towards|want(?:s|ed)?|seek(?:s|ing)?|hop(?:e|es|ing)|vision|objective|expect\w*|likely|would|will"
    r"|should|could|(?-i:may)|might|can|must|if|whether|unless|until|better\s+than|at\s+least|minimum|standard\s+of|in\s+order|intend\w*|prevent|risk|avoid|not|never|no\s+longer|predict\w*|forecast\w*|becoming|to\s+become"
    r"|when\s+(?:we|the\s+council)\s+(?:is|are)|ready|readiness|any)\b",
    re.IGNORECASE,
)
_TO_BE_JUDGED = re.compile(
    r"\b(?:to|will|would|should|could|can|(?-i:may)|might|must|not)\s+(?:\w+ly\s+)?(?:be|get|being)\s*(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_BY_A_DATE = re.compile(
    rf"^{_CLOSE}\s+(?:overall\s+)?(?:by|before|within|from)\s+(?:the\s+)?(?:(?:end|start|middle|summer|autumn|spring|winter|early|late|next)\b|(?:of\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)|our\s+next|two\s+years)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^\W*(?:where|if|should|once|until|unless)\b(?=[^,]*$)", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:authorities|councils|an?\s+(?:\w+\s+)?(?:local\s+)?authority|each|any|those|of\s+local\s+authority|other\s+areas|nationally|neighbours|boroughs|most|many|some|few|half|majority|number\s+of)\b",
    re.IGNORECASE,
)
_UNNAMED_AREAS = re.compile(
    rf"^{_CLOSE}\s+(?:in|for|across|on)\s+(?:(?:\w+\s+)?(?:out\s+)?of\s+(?:the\s+)?\w+|two|three|four|five|some|both|\d{1, 2}|most|several)\b",
    re.IGNORECASE,
)
_OWN_JUDGE = re.compile(
    r"\b(?:peer\s+(?:review|challenge)|self[\s-](?:assess\w*|evaluat\w*)|auditors?|moderat\w+|our\s+own|LGA|CQC|Care\s+Quality\s+Commission|practice\s+week)\b",
    re.IGNORECASE,
)
_INSPECTED = re.compile(
    rf"{INSPECTORATE_WORDS.pattern}|\b(?:re-?\s?)?inspect(?:ed|ions?)\b|\bILACS\b|\bSIF\b", re.IGNORECASE
)
_OTHER_INSPECTORATE = re.compile(rf"\b(?:{OTHER_INSPECTORATE})", re.IGNORECASE)
_OFSTED = re.compile(r"\b(?:Ofsted|HMCI|HMIs?|ILACS|SIF|JTAI)\b", re.IGNORECASE)
_JOINTLY = re.compile(r"Ofsted(?:,|\s+and|\s+with|\s*/|\s*&)", re.IGNORECASE)
_THEIRS_OR_OTHERS = re.compile(
    r"\b(?:(?P<theirs>services\s+for\s+children|children['’]s\s+(?:social\s+care\s+)?services|children['’]s\s+social\s+care|(?:the|our|its|all)\s+services)"
    r"|schools?|academ\w+|nurser\w+|settings?|(?:children['’]s|care|residential)\s+homes?|childminders?|providers?|colleges?|agenc\w+|audits?|files?|cases)\b",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;:,(]|\b(?:which|that|who|where|after|when|inspection|report|because|while|whilst|but|since|as)\b", re.IGNORECASE
)
_OVERALL_AFTER = re.compile(rf"^{_CLOSE}\s+overall\b", re.IGNORECASE)
_FOR_AREA = re.compile(
    rf"^{_CLOSE}\s+(?:for|in|in\s+relation\s+to|in\s+respect\s+of|on|across)\s+(?P<area>[^.;:]{{3,140}})", re.IGNORECASE
)
_EARLIER_BEFORE = re.compile(
    r"\b(?:previous(?:ly)?|formerly|originally|earlier|prior)\b[^.;,]{0,30}$|\b(?:following|after|from)\s+(?:an?|its|their|our)\s+\W*$",
    re.IGNORECASE,
)
_EARLIER_AFTER = re.compile(
    rf"^{_CLOSE}\s+(?:overall\s+)?(?:in|at|by|from)\s+(?:the|its|their|our|an?)\s+(?:previous|last|earlier|prior)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:our|we|us|the\s+(?:council|authority|borough|county)(?:['’]s)?)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|their|it|its|we|us|our|the\s+council)\b", re.IGNORECASE)
_APPOSITION = re.compile(r",\s+(?:our|the|an?|one\s+of)\s+[^,]{3,60},")
_STILL_OF_COUNCIL = re.compile(
    rf"^(?:['’]s?)?(?:(?:,\s*(?:who|which|where|that|is|was|has|are|and|rated|judged|graded|now|recently|previously|also)|\s+(?:who|which|that|council(?:['’]s)?|county|borough|city|children['’]s|services?|social|care|had|has|have|was|were"
    rf"|is|are|been|being|also|now|last|\w+ly|became|become|following|after|from|moved|improved|to|to\s+be|an?|as|{_JUDGED}|with|its|their|the|by|Ofsted|in|for|20\d\d|{_G}|authority|and|both|overall|inspectors|HMI|judge?ment"
    r"|inspection|January|February|March|April|May|June|July|August|September|October|November|December))[\"'’”]?)*\s*[\"'‘“]?\s*$",
    re.IGNORECASE,
)
_UP_FROM = re.compile(
    rf"^{_CLOSE}(?:\s+[\w\s]{{0,30}})?,?\s+(?:\(?(?:up|down)|an\s+improvement|improved|having\s+been|having\s+moved)\s+(?:on|from|rated|judged|graded)\s+(?:an?\s+)?{_OPEN}$",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    rf"^{_CLOSE}\s*(?:overall\s*)?(?:,|;|\band\b|\bwith\b|\bbut\b|\bwhile\b|\bwhilst\b|\bthat\b|\s)+(?P<area>[^.:]{{0,140}}?)\s*(?:(?:also|was|were|is|are|being|{_JUDGED}|to\s+be|as|at|,|:|–|-)\s*)*{_OPEN}$",
    re.IGNORECASE,
)

_LABELLED = re.compile(
    rf"^\s*(?P<area>[^:;\n]{{4,140}}?)\s*(?::|–|—|\s-|\t|\bis\b|\bwas\b)\s*{_OPEN}(?P<grade>{_G}){_CLOSE}\s*[;.,]?\s*(?:and)?\s*$",
    re.IGNORECASE,
)
_SET_BESIDE = re.compile(rf"^\s*(?P<area>[^:;\n]{{4,140}}?)\s+{_OPEN}(?P<grade>{_G}){_CLOSE}\s*$", re.IGNORECASE)
_MORE_THAN_LABEL = re.compile(
    r"\b(?!(?:the|of|and|for|who|in|on|experiences?|progress|children|young|people|families|services?|effectiveness|their|with)\b)[a-z]\w*",
    re.IGNORECASE,
)
_ILACS_LABEL = re.compile(
    r"^(?:the\s+)?(?:impact\s+of\s+leaders|experiences?\s+and\s+progress\s+of|overall\s+effectiveness)", re.IGNORECASE
)
_JUDGING = re.compile(r"\b(?:judge?ments?|grad(?:es?|ed|ing)|rat(?:ed|ings?)|judged)\b", re.IGNORECASE)
_NOT_GIVEN = re.compile(
    r"\b(?:self|target|aim|ambition|predict|forecast|expected|peer|audit)\w*|\bown\b", re.IGNORECASE
)
_GRADE_ALONE = re.compile(rf"^\W*(?P<grade>{_G})\W*$", re.IGNORECASE)
_TIE_REACHES = 320  # characters between a judging word and its grade
_CONTEXT_LASTS = 6  # passages after the inspectorate was last named


class _Area(NamedTuple):
    key: str
    text: str


class _Statement(NamedTuple):
    """A grade at `text[start:end]` of a sentence, tied to the words from `tied_from` on that say it was given."""

    start: int
    end: int
    tied_from: int
    areas: tuple[_Area, ...]
    grade: Grade
    earlier: bool
    sure: float


def grade_of(words: str) -> Grade:
    """The grade that the words are: "Requires improvement to be good" is `requires improvement`."""
    plain = " ".join(words.casefold().split())
    if plain.startswith("requir"):
        return "requires improvement"
    grades: dict[str, Grade] = {
        "outstanding": "outstanding",
        "good": "good",
        "inadequate": "inadequate",
        "adequate": "adequate",
    }
    return grades[plain]


def areas_of(words: str) -> tuple[_Area, ...]:
    """The judged areas that the words name, in order; the whole of children's services where they name only that; else none."""
    found: list[tuple[int, int, _Area]] = []
    for key, pattern in _AREAS:
        for m in pattern.finditer(words):
            if not any(start < m.end() and m.start() < end for start, end, _ in found):
                found.append((m.start(), m.end(), _Area(key, " ".join(m[0].split()))))
    if found:
        return tuple(area for _, _, area in sorted(found))
    wholes = [" ".join(m[0].split()) for m in _WHOLE.finditer(words)]
    return (_Area("overall", max(wholes, key=len)),) if wholes else ()


def find_judgements(passages: Sequence[Passage]) -> list[Judgement]:
    """The judgements in the passages of one report, each area and grade of a council once."""
    found = [*_in_prose(passages), *_in_tables(passages)]
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
        if _is_of_inspection(passage.text) or any(map(_is_of_inspection, _headings(passage))):
            last_named = i
        if not _is_worth_a_look(passage.text):
            continue
        near = i - last_named <= _CONTEXT_LASTS
        if near and i and (below := _on_next_line(passages[i - 1], passage)):
            last_named = i
            yield below
            continue
        foreign: str | None = None
        others = False
        for sentence in passage.sentences:
            text = passage.text[sentence.start : sentence.end]
            if _is_worth_a_look(text):
                labels = list(_labelled(passage, sentence.start, text, near))
                last_named = i if labels else last_named
                yield from labels or _in_sentence(passage, sentence.start, text, near, foreign, others)
            others = _is_by_others(text, len(text), others)
            foreign = _last_other_council(passage, sentence.start, sentence.end)


@lru_cache(maxsize=4096)
def _is_of_inspection(words: str) -> bool:
    return may_speak_of_inspection(words) and bool(_INSPECTED.search(words))


def _headings(passage: Passage) -> tuple[str, ...]:
    return passage.context.part.headings


def _last_other_council(passage: Passage, start: int, end: int) -> str | None:
    named = [
        b.name
        for b in passage.bodies
        if b.kind == "council" and start <= b.start < end and b.name != passage.context.council
    ]
    return named[-1] if named else None


def _is_worth_a_look(text: str) -> bool:
    said = text.casefold()
    return any(word in said for word in _WORTH_A_LOOK) and _GRADE.search(text) is not None


def _is_by_others(text: str, end: int, before: bool) -> bool:
    """Whether the inspectorate named last before `end` is another than Ofsted (with none named, `before`: as in the sentence before)."""
    if not before and not may_name_others(text):
        return False
    others = [m.span() for m in _OTHER_INSPECTORATE.finditer(text)]
    ours = [m.start() for m in _OFSTED.finditer(text) if not any(low <= m.start() < high for low, high in others)]
    if not others:
        return before and not ours
    nearest = max([start for start, _ in others if start < end], default=-1)
    ours_nearest = max([start for start in ours if start < end], default=-1)
    if nearest == ours_nearest == -1:
        return not ours or others[0][0] < ours[0]
    if ours_nearest == -1:
        return True
    return nearest > ours_nearest and not _JOINTLY.match(text, ours_nearest)


def _stands_for_services(words: str) -> bool:
    """Whether "them" after the words are the council or its services, and not its schools or homes."""
    named = list(_THEIRS_OR_OTHERS.finditer(words[-400:]))
    return bool(named) and named[-1]["theirs"] is not None


def _in_sentence(
    passage: Passage, at: int, text: str, near: bool, foreign: str | None, others: bool
) -> Iterator[Judgement]:
    if _OWN_JUDGE.search(text) and not INSPECTORATE_WORDS.search(text):
        return
    for statement in _statements(text):
        about = _INSPECTED.search(text) or near or re.search(r"judge?ment", text, re.IGNORECASE)
        if not about or _is_by_others(text, statement.start, others):
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


def _is_pronoun(statement: _Statement) -> bool:
    return any(area.text.casefold() == "them" for area in statement.areas)


def _statements(text: str) -> Iterator[_Statement]:
    """The grades that the sentence says were given, in order."""
    scales = [m.span() for m in _SCALE.finditer(text)]
    last: _Statement | None = None
    for m in _GRADE.finditer(text):
        if any(start <= m.start() < end for start, end in scales) and not _MOVED.search(text):
            continue
        statement = _stated(text, m) or (_chained(text, m, last) or _up_from(text, m, last) if last else None)
        if statement and statement.areas:
            last = statement
            yield statement


def _stated(text: str, m: re.Match[str]) -> _Statement | None:
    before, after = text[: m.start()], text[m.end() :]
    if _BY_A_DATE.match(after) or _UNNAMED_AREAS.match(after):
        return None
    for read in (_passive, _active, _noun, _before_noun, _became, _moved):
        if found := read(text, m, before, after):
            return found
    return None


def _clause(before: str) -> str:
    """The words before a judging word back to where its clause begins; for "..., rated good by Ofsted," the clause before the comma."""
    if before.rstrip().endswith(","):
        before = before.rstrip(" ,")
    cut = max((b.end() for b in _BOUNDARY.finditer(before)), default=0)
    return before[cut:]


def _is_only_hoped(before: str) -> bool:
    """Whether the grade is aimed at, conditional or said of authorities in general."""
    clause = _BECAME_GRADED.sub(" ", _clause(before))
    return bool(
        _CONDITION.match(before) or _AIMED_AT.search(clause) or _TO_BE_JUDGED.search(before) or _GENERAL.search(clause)
    )


def _statement(
    m: re.Match[str], tied_from: int, areas: tuple[_Area, ...], before: str, after: str, sure: float
) -> _Statement:
    earlier = bool(_EARLIER_BEFORE.search(before) or _EARLIER_AFTER.match(after))
    start, end = m.span()
    return _Statement(start, end, tied_from, areas, grade_of(m[0]), earlier, sure)


def _passive(text: str, m: re.Match[str], before: str, after: str) -> _Statement | None:
    """ "was rated inadequate", "judged by Ofsted to be good overall", "with leadership rated good"."""
    tie = _PASSIVE.search(before, _near_end(before))
    if tie is None or (tie["verb"].casefold() in _NEEDS_LINK and not tie["link"]):
        return None
    subject = before[: tie.start()]
    if _is_only_hoped(subject) or _is_adjective(after):
        return None
    areas = (
        _areas_after(after)
        or (_Area("overall", "overall"),) * bool(_says_overall(tie["link"], after))
        or _areas_of_subject(subject)
    )
    return _statement(m, tie.start(), areas, before[: tie.start()], after, 0.95)


def _active(text: str, m: re.Match[str], before: str, after: str) -> _Statement | None:
    """ "which rated our services 'inadequate'", "found services to be good", "judged that leadership is inadequate"."""
    ties = [t for t in (_ACTIVE.match(before, pos) for pos in _verb_places(before)) if t]
    for tie in reversed(ties):
        verb, link = tie["verb"].casefold(), tie["link"].strip()
        needs = verb.startswith(("found", "finding", "consider", "assess", "describ", "conclud", "report", "stat"))
        needs = needs and not m[0].casefold().startswith("require")
        if (needs and not link) or _is_only_hoped(before[: tie.start()]) or _is_adjective(after):
            continue
        if (
            _AIMED_AT.search(tie["object"] + " " + link)
            or _NOT_THEIRS.search(_without_areas(tie["object"]))
            or _GENERAL.search(tie["object"])
        ):
            continue
        areas = _areas_of_object(tie["object"], says_overall=_says_overall(tie["link"], after))
        if not _known(areas):
            areas = _areas_after(after) or areas
        if areas:
            return _statement(m, tie.start(), areas, before[: tie.start()], after, 0.95)
    return None


def _near_end(before: str) -> int:
    """Where to start looking for the word that a grade is tied to: it stands no further off than a long list of services."""
    return max(0, len(before) - _TIE_REACHES)


def _verb_places(before: str) -> list[int]:
    return [
        v.start()
        for v in re.finditer(
            r"\b(?:rat|grad|judg|assess|found|find|deem|consider|describ|conclud|report|stat)", before, re.IGNORECASE
        )
        if v.start() >= _near_end(before)
    ]


def _noun(text: str, m: re.Match[str], before: str, after: str) -> _Statement | None:
    """ "a judgement of inadequate", "the overall grade from that inspection, requires improvement, stands"."""
    tie = _NOUN.search(before, _near_end(before)) or (
        _OUTCOME.search(before, _near_end(before))
        if m[0][0].isupper() or before.endswith(("'", '"', "‘", "“"))
        else None
    )
    if tie is None or _is_only_hoped(before[: tie.start()]) or _is_adjective(after):
        return None
    subject = _clause(before[: tie.start()])
    areas = (
        _areas_after(after)
        or _known(areas_of(tie["object"]))
        or _known(areas_of(subject))
        or (_Area("overall", _overall_words(subject, text)),)
    )
    if _NOT_THEIRS.search(_without_areas(subject + tie["object"])):
        return None
    return _statement(m, tie.start(), areas, before[: tie.start()], after, 0.9)


def _before_noun(text: str, m: re.Match[str], before: str, after: str) -> _Statement | None:
    """ "following an inadequate judgement", "our 'requires improvement' rating for leadership"."""
    noun = _NOUN_AFTER.match(after)
    if (
        noun is None
        or not _BEFORE_NOUN.search(before, _near_end(before))
        or _is_only_hoped(before)
        or _NOT_THEIRS.search(_clause(before))
    ):
        return None
    areas = _areas_after(after[noun.end() :]) or (_Area("overall", _overall_words(before, text)),)
    return _statement(m, m.start(), areas, before, after, 0.85)


def _became(text: str, m: re.Match[str], before: str, after: str) -> _Statement | None:
    """ "Northton, which became a good authority", where the sentence speaks of a judgement or an inspection."""
    tie, noun = _BECAME.search(before, _near_end(before)), _AUTHORITY_AFTER.match(after)
    said = _INSPECTED.search(text) or _JUDGING.search(text)
    if tie is None or noun is None or not said or _is_only_hoped(before[: tie.start()]):
        return None
    return _statement(m, tie.start(), (_Area("overall", noun[0].strip("\"'’”) ")),), before[: tie.start()], after, 0.8)


def _moved(text: str, m: re.Match[str], before: str, after: str) -> _Statement | None:
    """ "moved from inadequate to good at its last inspection": two grades, the first an earlier one."""
    if "from" not in text.casefold():
        return None
    moved = next((x for x in _MOVED.finditer(text) if m.start() in (x.start("from"), x.start("to"))), None)
    if moved is None or not (_INSPECTED.search(text) or _JUDGING.search(text)) or _is_only_hoped(text[: moved.start()]):
        return None
    if _AIMED_AT.search(moved[0]) or _BY_A_DATE.match(text[moved.end() :]):
        return None
    subject = _clause(text[: moved.start()])
    if _NOT_THEIRS.search(_without_areas(subject)):
        return None
    areas = _known(areas_of(subject)) or (_Area("overall", _overall_words(subject, text)),)
    return _statement(m, moved.start(), areas, before, after, 0.8)._replace(earlier=m.start() == moved.start("from"))


def _chained(text: str, m: re.Match[str], last: _Statement) -> _Statement | None:
    """A further grade under the same judging word: "rated good overall, with care leavers outstanding", "and inadequate for adoption"."""
    between, after = text[last.end : m.start()], text[m.end() :]
    chain = _CHAIN.match(between) if len(between) <= _TIE_REACHES else None
    if chain is None or _is_adjective(after) or _AIMED_AT.search(between) or _BY_A_DATE.match(after):
        return None
    words = re.sub(r"^(?:for|in)\s+", "", chain["area"])
    areas = _areas_after(after) or _known(areas_of(words))
    if not areas or _NOT_THEIRS.search(_without_areas(words)):
        return None
    return _statement(m, last.tied_from, areas, "", after, 0.85)


def _up_from(text: str, m: re.Match[str], last: _Statement) -> _Statement | None:
    """ "a good rating, up from requires improvement": an earlier grade of the same area."""
    between = text[last.end : m.start()]
    if len(between) > _TIE_REACHES or not _UP_FROM.search(between):
        return None
    return _statement(m, last.tied_from, last.areas, "", "", 0.8)._replace(earlier=True)


def _known(areas: tuple[_Area, ...]) -> tuple[_Area, ...]:
    """Areas named as such, and not by a word for children's services as a whole."""
    return tuple(
        a for a in areas if a.key != "overall" or "overall" in a.text.casefold() or "services" in a.text.casefold()
    )


def _is_adjective(after: str) -> bool:
    """Whether the grade's word qualifies a noun: "good practice", "outstanding work"."""
    follows = re.match(r"^[\"'’”]?\s+(?P<next>[a-z][\w'’-]*)", after)
    if follows is None or after[:1] in "\"'’”":
        return False
    return follows["next"].casefold() not in _MAY_FOLLOW


_MAY_FOLLOW = frozenset(
    re.findall(
        r"\w+",
        "overall in for by with and at but on following after across as while whilst when since under because from against despite because during to which that or who where so, although though"
        " rating grade grading judgement judgment verdict this again the was were is has had made given",
    )
)


def _says_overall(link: str, after: str) -> bool:
    return "overall" in link.casefold() or bool(_OVERALL_AFTER.match(after))


def _overall_words(subject: str, text: str) -> str:
    found = re.search(
        r"overall(?:\s+effectiveness)?|children['’]s\s+(?:social\s+care\s+)?services",
        subject + " " + text,
        re.IGNORECASE,
    )
    return " ".join(found[0].split()) if found else "overall"


def _areas_after(after: str) -> tuple[_Area, ...]:
    """ "... good for leadership", "in relation to care leavers": the area behind the grade."""
    m = _FOR_AREA.match(after)
    if m is None:
        return ()
    words = re.split(
        rf"{_GRADE.pattern}|\b(?:which|where|but|while|with|following|after)\b|,\s+and\s+(?:the|it|we)\b",
        m["area"],
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    return tuple(
        a for a in areas_of(words) if a.key != "overall" or "effectiveness" in a.text or "services for" in a.text
    )


def _areas_of_object(words: str, says_overall: bool) -> tuple[_Area, ...]:
    """What was judged: with "overall", all its services are one, and only a safeguarding board stands apart."""
    areas = areas_of(words)
    if says_overall and areas:
        boards = tuple(a for a in areas if a.key == "lscb")
        services = [a for a in areas if a.key != "lscb"]
        first = next((a for a in services if a.key == "overall"), None)
        whole = first or (_Area("overall", "overall") if services else None)
        return ((whole,) if whole else ()) + boards
    return areas


def _areas_of_subject(subject: str) -> tuple[_Area, ...]:
    """What was judged, from the words before a passive: the nearest clause that names it."""
    clause = _clause(subject)
    if _NOT_THEIRS.search(_without_areas(clause)):
        return ()
    apposed = re.search(
        r"(?P<area>[^.;:]{3,80}),\s+an?\s+(?:service|area)\s+(?:that|which)\s+(?:\w+\s+){0,3}$", subject, re.IGNORECASE
    )
    if apposed:
        return _known(areas_of(apposed["area"]))
    if areas := areas_of(clause):
        return areas
    relative = re.search(
        r"\b(?:who|which|that|and|as)\s+(?:(?:has|have|had|was|were|is|are|been|also|recently|previously|they|it|we)\s+)*$",
        subject,
        re.IGNORECASE,
    )
    if not relative:
        return ()
    behind = subject[: relative.start()]
    named = _known(areas_of(behind[-90:]))
    if named and relative[0].split()[0].casefold() in ("which", "that"):
        return named[-1:]
    if _NOT_THEIRS.search(_without_areas(behind[-40:])):
        return ()
    return (_Area("overall", "overall"),) if _is_about_council(behind) else ()


def _is_about_council(words: str) -> bool:
    return bool(_WHOLE.search(words) or find_councils(words) or _INSPECTED.search(words))


def _without_areas(words: str) -> str:
    """The words less the names of areas, so that "quality" of the area's own label does not count against it."""
    for _, pattern in _AREAS:
        words = pattern.sub(" ", words)
    return re.sub(r"\bsocial\s+work\s+practice\b|\bexperiences?\s+and\s+progress\b", " ", words, flags=re.IGNORECASE)


def _whose(passage: Passage, at: int, text: str, statement: _Statement, foreign: str | None) -> str | None:
    """The council graded: one named as the subject, one that "they" were in the sentence before, else the paper's own."""
    own = passage.context.council
    named = [b for b in passage.bodies if b.kind == "council" and at <= b.start and b.end <= at + statement.start]
    if named:
        last = named[-1]
        gap = _APPOSITION.sub(" ", text[last.end - at : statement.start])
        if len(gap) <= _TIE_REACHES and _STILL_OF_COUNCIL.match(gap) and not _OURS.search(gap):
            return last.name
        possessed = re.search(
            rf"\b(?:inspection|judge?ment|rating|grading|report)\s+(?:of|on|for|in)\s+(?:the\s+)?{re.escape(text[last.start - at : last.end - at])}",
            text[: statement.start],
            re.IGNORECASE,
        )
        if possessed and not _OURS.search(gap):
            return last.name
    pronouns = list(_THEY.finditer(text[: statement.tied_from]))
    if foreign and pronouns and pronouns[-1][0].casefold() in ("they", "their", "it", "its"):
        return foreign
    return own


def _given(passage: Passage, at: int, text: str, statement: _Statement) -> Period | None:
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


def _labelled(passage: Passage, at: int, text: str, near: bool) -> Iterator[Judgement]:
    """Areas with their grades as in a list: "Leadership: good", "The experiences and progress of care leavers is good"; several
    in a sentence are parted by semicolons."""
    heading = isinstance(passage.context.part, Block) and passage.context.part.kind is BlockKind.HEADING
    lead_in = re.match(rf"^[^:;]{{0,80}}{_JUDGING.pattern}[^:;]{{0,30}}:\s*(?!\W*{_G})", text, re.IGNORECASE)
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
    if any(len(_GRADE.findall(part[0])) > 1 for part in parts):
        parts = list(re.compile(r"[^;,\n]+").finditer(text, start))
    return parts


def _label_judgement(passage: Passage, start: int, end: int, m: re.Match[str], area: _Area) -> Judgement:
    return Judgement(
        evidence=passage.evidence(start, end),
        extractor="judgements.prose",
        confidence=0.95 if _ILACS_LABEL.match(m["area"]) else 0.85,
        council=passage.context.council,
        area=area.key,
        area_text=" ".join(m["area"].split()),
        grade=grade_of(m["grade"]),
    )


def _on_next_line(label: Passage, grade: Passage) -> Judgement | None:
    """An area in one line and its grade alone in the next."""
    if not isinstance(label.context.part, Block) or not isinstance(grade.context.part, Block):
        return None
    m = _GRADE_ALONE.match(grade.text)
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


def _area_of_label(label: str, near: bool, bare: bool = False) -> _Area | None:
    """The area that a label names; `bare` asks that the label be nothing but its name."""
    if _GRADE.search(label) or (bare and _MORE_THAN_LABEL.search(_without_areas(label))):
        return None
    areas = _known(areas_of(label))
    if (
        not areas
        or len(areas) > 2
        or not (near or _ILACS_LABEL.match(label))
        or _NOT_GIVEN.search(label)
        or _AIMED_AT.search(_without_areas(label))
    ):
        return None
    if _NOT_THEIRS.search(_without_areas(label)) or _INSPECTED.search(label) or len(label.split()) > 14:
        return None
    return areas[0]


def _in_tables(passages: Sequence[Passage]) -> Iterator[Judgement]:
    """Tables whose rows name a judged area and whose cells are grades, one or more inspections side by side."""
    if not passages:
        return
    context = passages[0].context
    report = context.part.report
    before = ""
    for part in context.paper.body:
        if isinstance(part, Table):
            if part.report == report and _is_of_judgements(part, before):
                for column in _grade_columns(part):
                    yield from _in_column(passages[0], part, column)
        else:
            before = part.text


def _is_of_judgements(table: Table, before: str) -> bool:
    """Whether the paragraph before the table, its headings or its header speak of judgements, and not of the council's own view."""
    head = " ".join(cell.text for cell in table.rows[0]) if table.rows else ""
    introduced = " ".join((before[-300:], *table.headings, table.caption or "", head))
    return bool(_INSPECTED.search(introduced) or _JUDGING.search(introduced)) and not _NOT_GIVEN.search(introduced)


def _grade_columns(table: Table) -> list[int]:
    """Columns that hold grades and nothing else, in at least two rows, under no header that speaks of targets or self-assessment."""
    columns = []
    for column in range(1, len(table.rows[0]) if table.rows else 0):
        cells = [row[column] for row in table.rows if column < len(row) and row[column].text]
        grades = [c for c in cells if _GRADE_ALONE.match(c.text)]
        heads = [c.text for c in cells if c not in grades and c.row < grades[0].row] if grades else []
        if len(grades) >= 2 and len(grades) + len(heads) == len(cells) and not any(_NOT_GIVEN.search(h) for h in heads):
            columns.append(column)
    return columns


def _in_column(passage: Passage, table: Table, column: int) -> Iterator[Judgement]:
    context = passage.context
    head = " ".join(row[column].text for row in table.rows if not _GRADE_ALONE.match(row[column].text))
    given = _period_of(head, passage)
    for row in table.rows:
        label, cell = row[0], row[column]
        m = _GRADE_ALONE.match(cell.text)
        councils = find_councils(label.text)
        areas = _known(areas_of(label.text)) or ((_Area("overall", label.text),) if councils else ())
        if m is None or not areas or _NOT_GIVEN.search(label.text):
            continue
        yield Judgement(
            evidence=_cell_evidence(passage, table, row, cell, m),
            extractor="judgements.table",
            confidence=0.95,
            council=councils[0].council.short_name if councils else context.council,
            area=areas[0].key,
            area_text=" ".join(label.text.split()),
            grade=grade_of(m["grade"]),
            given=given,
        )


def _cell_evidence(passage: Passage, table: Table, row: Sequence[Cell], cell: Cell, m: re.Match[str]) -> Evidence:
    quote = " | ".join(" ".join(c.text.split()) for c in row if c.text)
    return passage.context.paper.evidence(table, cell.reading, m.start("grade"), m.end("grade"), quote)


def _period_of(head: str, passage: Passage) -> Period | None:
    """The date in a column's header: "June 2022", "2019 inspection"."""
    found = find_periods(head) or find_periods("in " + head)
    resolved = resolve(found[0], passage.context.said_on, Lean.PAST) if len(found) == 1 else None
    return resolved.period if resolved and not resolved.impossible else None
