"""Sentences that say a grade was given: which grade, for which areas, and whether it is an earlier one.

A grade counts where a judging word ties it: "rated our services 'inadequate'", "was judged to be good", "an inadequate judgement",
"moved from inadequate to good". Grades aimed at, scales, conditions and plain adjectives ("good practice") do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.council_mentions import find_councils
from extractors.grade_words import AIMED_AT, ANY_GRADE, CLOSING_QUOTE, GRADE, JUDGING, OPENING_QUOTE, grade_of
from extractors.inspectorate_words import INSPECTED, INSPECTORATE
from extractors.judged_areas import NOT_THEIRS, WHOLE, Area, areas_of, named_areas, without_areas
from schema.records import Grade

_LINK = (
    rf"(?:(?:to\s+be|to\s+have\s+been|as|being|overall|still|again|now|only|both|an?|at|to|by\s+{INSPECTORATE}|currently|collectively|all"
    r"|to(?=\s+require)|in\s+(?:(?:early|late)\s+)?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d),?\s+)"
)

JUDGED = r"(?:rated|graded|re-?graded|judged|assessed|deemed|found|considered|ranked|awarded|described)"

_PASSIVE = re.compile(rf"\b(?P<verb>{JUDGED})\s+(?P<link>{_LINK}*){OPENING_QUOTE}$", re.IGNORECASE)

_ACTIVE = re.compile(
    rf"\b(?P<verb>rat(?:ed|ing|es)|grad(?:ed|ing|es)|judg(?:ed|ing|es)|assess(?:ed|ing)|found|finding|deem(?:ed|ing)|consider(?:ed|ing)|described|concluded|reported|stated)\s+(?P<that>that\s+)?"
    rf"(?P<object>(?:(?!\b(?:{JUDGED}|{ANY_GRADE})\b)[^;:]){{2,230}}?)\s+(?P<link>(?:(?:was|were|is|are|remain(?:s|ed)?|had\s+been)\s+|{_LINK})*){OPENING_QUOTE}$",
    re.IGNORECASE,
)

_NOUN = re.compile(
    rf"\b(?P<verb>rating|grade|grading|judge?ment|verdict)s?\b(?P<object>(?:\s+(?:for|from|at|given\s+by|by|in|on)\s+[^.;:,]{{2,80}}?)?)\s*"
    rf"(?:(?:of|was|is|were|as|remains?|remained|stands?\s+at|stayed|at|overall|to\s+be|,|:|–|-)\s*)+{OPENING_QUOTE}$",
    re.IGNORECASE,
)

_OUTCOME = re.compile(
    rf"\b(?P<verb>outcome|result)(?P<object>(?:\s+of\s+[^.;:,]{{2,60}}?)?)\s*(?:was|is|:|–|-)\s*{OPENING_QUOTE}$",
    re.IGNORECASE,
)

_BEFORE_NOUN = re.compile(
    rf"\b(?:an?|the|our|its|their|previous|last|current|overall|this|first|second|Ofsted(?:['’]s)?|following|after|with)\s+{OPENING_QUOTE}$",
    re.IGNORECASE,
)

_NOUN_AFTER = re.compile(
    rf"^{CLOSING_QUOTE}\s+(?:(?:{INSPECTORATE}|overall|inspection|safeguarding|headline)\s+)*(?P<noun>rating|grade|grading|judge?ment|verdict)\b",
    re.IGNORECASE,
)

_BECAME = re.compile(
    rf"\b(?P<verb>became|has\s+become|have\s+become|is\s+now|are\s+now|was|were)\s+an?\s+{OPENING_QUOTE}$",
    re.IGNORECASE,
)

_AUTHORITY_AFTER = re.compile(
    rf"^{CLOSING_QUOTE}\s+(?:local\s+)?(?:authority|council|children['’]s\s+service)", re.IGNORECASE
)

_BECAME_GRADED = re.compile(
    rf"\b(?:became|become|now|was|were)\s+an?\s+{OPENING_QUOTE}{ANY_GRADE}{CLOSING_QUOTE}\s+(?:local\s+)?authority",
    re.IGNORECASE,
)

_MOVED_FROM_TO = re.compile(
    r"\b(?:mov(?:ed|ing)|improv(?:ed|ing)|gone|going|progress(?:ed|ing)|ris(?:en|ing)|rose|went|dropped|fell|fallen|declined|(?:down|up)graded|journey(?:ed)?|turned\s+around)\b[^.;]{0,60}?\bfrom\s+"
    rf"(?:an?\s+|being\s+)*{OPENING_QUOTE}(?P<from>{ANY_GRADE}){CLOSING_QUOTE}\s+(?:[\w\s,()]{{0,40}}?\s)?to\s+(?:an?\s+|being\s+)*{OPENING_QUOTE}(?P<to>{ANY_GRADE})\b",
    re.IGNORECASE,
)

_NEEDS_LINK = frozenset(("found", "considered", "assessed", "described", "awarded"))

_SHUT = r"[\"'’”)]?"

_SCALE = re.compile(
    rf"\b{ANY_GRADE}{_SHUT}(?:\s*,\s*{OPENING_QUOTE}{ANY_GRADE}{_SHUT}){{0,5}}\s*,?\s*(?:or|/)\s*{OPENING_QUOTE}(?:{ANY_GRADE}|better|above|below|worse)\b"
    rf"|\b{ANY_GRADE}\s*(?:,|\band\b|&)\s*{OPENING_QUOTE}{ANY_GRADE}\b(?!\s+(?:for|in|overall))",
    re.IGNORECASE,
)

_TO_BE_JUDGED = re.compile(
    r"\b(?:to|will|would|should|could|can|(?-i:may)|might|must|not)\s+(?:\w+ly\s+)?(?:be|get|being)\s*(?:\w+ly\s+)?$",
    re.IGNORECASE,
)

_BY_A_DATE = re.compile(
    rf"^{CLOSING_QUOTE}\s+(?:overall\s+)?(?:by|before|within|from)\s+(?:the\s+)?(?:(?:end|start|middle|summer|autumn|spring|winter|early|late|next)\b|(?:of\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)|our\s+next|two\s+years)",
    re.IGNORECASE,
)

_CONDITION = re.compile(r"^\W*(?:where|if|should|once|until|unless)\b(?=[^,]*$)", re.IGNORECASE)

_IN_GENERAL = re.compile(
    r"\b(?:authorities|councils|an?\s+(?:\w+\s+)?(?:local\s+)?authority|each|any|those|of\s+local\s+authority|other\s+areas|nationally|neighbours|boroughs|most|many|some|few|half|majority|number\s+of)\b",
    re.IGNORECASE,
)

_UNNAMED_AREAS = re.compile(
    rf"^{CLOSING_QUOTE}\s+(?:in|for|across|on)\s+(?:(?:\w+\s+)?(?:out\s+)?of\s+(?:the\s+)?\w+|two|three|four|five|some|both|\d{{1,2}}|most|several)\b",
    re.IGNORECASE,
)

_BOUNDARY = re.compile(
    r"[;:,(]|\b(?:which|that|who|where|after|when|inspection|report|because|while|whilst|but|since|as)\b", re.IGNORECASE
)

_OVERALL_AFTER = re.compile(rf"^{CLOSING_QUOTE}\s+overall\b", re.IGNORECASE)

_FOR_AREA = re.compile(
    rf"^{CLOSING_QUOTE}\s+(?:for|in|in\s+relation\s+to|in\s+respect\s+of|on|across)\s+(?P<area>[^.;:]{{3,140}})",
    re.IGNORECASE,
)

_EARLIER_BEFORE = re.compile(
    r"\b(?:previous(?:ly)?|formerly|originally|earlier|prior)\b[^.;,]{0,30}$|\b(?:following|after|from)\s+(?:an?|its|their|our)\s+\W*$",
    re.IGNORECASE,
)

_EARLIER_AFTER = re.compile(
    rf"^{CLOSING_QUOTE}\s+(?:overall\s+)?(?:in|at|by|from)\s+(?:the|its|their|our|an?)\s+(?:previous|last|earlier|prior)\b",
    re.IGNORECASE,
)

_UP_FROM = re.compile(
    rf"^{CLOSING_QUOTE}(?:\s+[\w\s]{{0,30}})?,?\s+(?:\(?(?:up|down)|an\s+improvement|improved|having\s+been|having\s+moved)\s+(?:on|from|rated|judged|graded)\s+(?:an?\s+)?{OPENING_QUOTE}$",
    re.IGNORECASE,
)

_CHAIN = re.compile(
    rf"^{CLOSING_QUOTE}\s*(?:overall\s*)?(?:,|;|\band\b|\bwith\b|\bbut\b|\bwhile\b|\bwhilst\b|\bthat\b|\s)+(?P<area>[^.:]{{0,140}}?)\s*(?:(?:also|was|were|is|are|being|{JUDGED}|to\s+be|as|at|,|:|–|-)\s*)*{OPENING_QUOTE}$",
    re.IGNORECASE,
)

TIE_REACHES = 320  # characters between a judging word and its grade


class Statement(NamedTuple):
    """A grade at `text[start:end]` of a sentence, tied to the words from `tied_from` on that say it was given."""

    start: int
    end: int
    tied_from: int
    areas: tuple[Area, ...]
    grade: Grade
    earlier: bool
    sure: float


def statements_of_grades(text: str) -> Iterator[Statement]:
    """The grades that the sentence says were given, in order."""
    scales = [m.span() for m in _SCALE.finditer(text)]
    last: Statement | None = None
    for m in GRADE.finditer(text):
        if any(start <= m.start() < end for start, end in scales) and not _MOVED_FROM_TO.search(text):
            continue
        statement = _stated(text, m) or (_chained(text, m, last) or _up_from(text, m, last) if last else None)
        if statement and statement.areas:
            last = statement
            yield statement


def _stated(text: str, m: re.Match[str]) -> Statement | None:
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
        _CONDITION.match(before)
        or AIMED_AT.search(clause)
        or _TO_BE_JUDGED.search(before)
        or _IN_GENERAL.search(clause)
    )


def _statement(
    m: re.Match[str], tied_from: int, areas: tuple[Area, ...], before: str, after: str, sure: float
) -> Statement:
    earlier = bool(_EARLIER_BEFORE.search(before) or _EARLIER_AFTER.match(after))
    start, end = m.span()
    return Statement(start, end, tied_from, areas, grade_of(m[0]), earlier, sure)


def _passive(text: str, m: re.Match[str], before: str, after: str) -> Statement | None:
    """ "was rated inadequate", "judged by Ofsted to be good overall", "with leadership rated good"."""
    tie = _PASSIVE.search(before, _near_end(before))
    if tie is None or (tie["verb"].casefold() in _NEEDS_LINK and not tie["link"]):
        return None
    subject = before[: tie.start()]
    if _is_only_hoped(subject) or _is_adjective(after):
        return None
    areas = (
        _areas_after(after)
        or (Area("overall", "overall"),) * bool(_says_overall(tie["link"], after))
        or _areas_of_subject(subject)
    )
    return _statement(m, tie.start(), areas, before[: tie.start()], after, 0.95)


def _active(text: str, m: re.Match[str], before: str, after: str) -> Statement | None:
    """ "which rated our services 'inadequate'", "found services to be good", "judged that leadership is inadequate"."""
    ties = [t for t in (_ACTIVE.match(before, pos) for pos in _verb_places(before)) if t]
    for tie in reversed(ties):
        verb, link = tie["verb"].casefold(), tie["link"].strip()
        needs = verb.startswith(("found", "finding", "consider", "assess", "describ", "conclud", "report", "stat"))
        needs = needs and not m[0].casefold().startswith("require")
        if (needs and not link) or _is_only_hoped(before[: tie.start()]) or _is_adjective(after):
            continue
        if (
            AIMED_AT.search(tie["object"] + " " + link)
            or NOT_THEIRS.search(without_areas(tie["object"]))
            or _IN_GENERAL.search(tie["object"])
        ):
            continue
        areas = _areas_of_object(tie["object"], says_overall=_says_overall(tie["link"], after))
        if not named_areas(areas):
            areas = _areas_after(after) or areas
        if areas:
            return _statement(m, tie.start(), areas, before[: tie.start()], after, 0.95)
    return None


def _near_end(before: str) -> int:
    """Where to start looking for the word that a grade is tied to: it stands no further off than a long list of services."""
    return max(0, len(before) - TIE_REACHES)


def _verb_places(before: str) -> list[int]:
    return [
        v.start()
        for v in re.finditer(
            r"\b(?:rat|grad|judg|assess|found|find|deem|consider|describ|conclud|report|stat)", before, re.IGNORECASE
        )
        if v.start() >= _near_end(before)
    ]


def _noun(text: str, m: re.Match[str], before: str, after: str) -> Statement | None:
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
        or named_areas(areas_of(tie["object"]))
        or named_areas(areas_of(subject))
        or (Area("overall", _overall_words(subject, text)),)
    )
    if NOT_THEIRS.search(without_areas(subject + tie["object"])):
        return None
    return _statement(m, tie.start(), areas, before[: tie.start()], after, 0.9)


def _before_noun(text: str, m: re.Match[str], before: str, after: str) -> Statement | None:
    """ "following an inadequate judgement", "our 'requires improvement' rating for leadership"."""
    noun = _NOUN_AFTER.match(after)
    if (
        noun is None
        or not _BEFORE_NOUN.search(before, _near_end(before))
        or _is_only_hoped(before)
        or NOT_THEIRS.search(_clause(before))
    ):
        return None
    areas = _areas_after(after[noun.end() :]) or (Area("overall", _overall_words(before, text)),)
    return _statement(m, m.start(), areas, before, after, 0.85)


def _became(text: str, m: re.Match[str], before: str, after: str) -> Statement | None:
    """ "Northton, which became a good authority", where the sentence speaks of a judgement or an inspection."""
    tie, noun = _BECAME.search(before, _near_end(before)), _AUTHORITY_AFTER.match(after)
    said = INSPECTED.search(text) or JUDGING.search(text)
    if tie is None or noun is None or not said or _is_only_hoped(before[: tie.start()]):
        return None
    return _statement(m, tie.start(), (Area("overall", noun[0].strip("\"'’”) ")),), before[: tie.start()], after, 0.8)


def _moved(text: str, m: re.Match[str], before: str, after: str) -> Statement | None:
    """ "moved from inadequate to good at its last inspection": two grades, the first an earlier one."""
    if "from" not in text.casefold():
        return None
    moved = next((x for x in _MOVED_FROM_TO.finditer(text) if m.start() in (x.start("from"), x.start("to"))), None)
    if moved is None or not (INSPECTED.search(text) or JUDGING.search(text)) or _is_only_hoped(text[: moved.start()]):
        return None
    if AIMED_AT.search(moved[0]) or _BY_A_DATE.match(text[moved.end() :]):
        return None
    subject = _clause(text[: moved.start()])
    if NOT_THEIRS.search(without_areas(subject)):
        return None
    areas = named_areas(areas_of(subject)) or (Area("overall", _overall_words(subject, text)),)
    return _statement(m, moved.start(), areas, before, after, 0.8)._replace(earlier=m.start() == moved.start("from"))


def _chained(text: str, m: re.Match[str], last: Statement) -> Statement | None:
    """A further grade under the same judging word: "rated good overall, with care leavers outstanding", "and inadequate for adoption"."""
    between, after = text[last.end : m.start()], text[m.end() :]
    chain = _CHAIN.match(between) if len(between) <= TIE_REACHES else None
    if chain is None or _is_adjective(after) or AIMED_AT.search(between) or _BY_A_DATE.match(after):
        return None
    words = re.sub(r"^(?:for|in)\s+", "", chain["area"])
    areas = _areas_after(after) or named_areas(areas_of(words))
    if not areas or NOT_THEIRS.search(without_areas(words)):
        return None
    return _statement(m, last.tied_from, areas, "", after, 0.85)


def _up_from(text: str, m: re.Match[str], last: Statement) -> Statement | None:
    """ "a good rating, up from requires improvement": an earlier grade of the same area."""
    between = text[last.end : m.start()]
    if len(between) > TIE_REACHES or not _UP_FROM.search(between):
        return None
    return _statement(m, last.tied_from, last.areas, "", "", 0.8)._replace(earlier=True)


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


def _areas_after(after: str) -> tuple[Area, ...]:
    """ "... good for leadership", "in relation to care leavers": the area behind the grade."""
    m = _FOR_AREA.match(after)
    if m is None:
        return ()
    words = re.split(
        rf"{GRADE.pattern}|\b(?:which|where|but|while|with|following|after)\b|,\s+and\s+(?:the|it|we)\b",
        m["area"],
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    return tuple(
        a for a in areas_of(words) if a.key != "overall" or "effectiveness" in a.text or "services for" in a.text
    )


def _areas_of_object(words: str, says_overall: bool) -> tuple[Area, ...]:
    """What was judged: with "overall", all its services are one, and only a safeguarding board stands apart."""
    areas = areas_of(words)
    if says_overall and areas:
        boards = tuple(a for a in areas if a.key == "lscb")
        services = [a for a in areas if a.key != "lscb"]
        first = next((a for a in services if a.key == "overall"), None)
        whole = first or (Area("overall", "overall") if services else None)
        return ((whole,) if whole else ()) + boards
    return areas


def _areas_of_subject(subject: str) -> tuple[Area, ...]:
    """What was judged, from the words before a passive: the nearest clause that names it."""
    clause = _clause(subject)
    if NOT_THEIRS.search(without_areas(clause)):
        return ()
    apposed = re.search(
        r"(?P<area>[^.;:]{3,80}),\s+an?\s+(?:service|area)\s+(?:that|which)\s+(?:\w+\s+){0,3}$", subject, re.IGNORECASE
    )
    if apposed:
        return named_areas(areas_of(apposed["area"]))
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
    named = named_areas(areas_of(behind[-90:]))
    if named and relative[0].split()[0].casefold() in ("which", "that"):
        return named[-1:]
    if NOT_THEIRS.search(without_areas(behind[-40:])):
        return ()
    return (Area("overall", "overall"),) if _is_about_council(behind) else ()


def _is_about_council(words: str) -> bool:
    return bool(WHOLE.search(words) or find_councils(words) or INSPECTED.search(words))
