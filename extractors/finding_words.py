"""The words for what inspectorates find (strengths, areas for improvement, recommendations), and for whose findings they are."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.inspectorate_words import INSPECTORATE_WORDS, may_speak_of_inspection
from schema.records import FindingKind

LONGEST = 690

_ABOUT_INSPECTION = re.compile(
    rf"{INSPECTORATE_WORDS.pattern}|\b(?:re-?\s?)?inspect(?:ed|ions?)\b|\bmonitoring\s+visit|\bfocus\w*\s+visit|\bILACS\b|\bJTAI\b",
    re.IGNORECASE,
)

_KIND_WORDS: tuple[tuple[FindingKind, str], ...] = (
    (
        "priority_action",
        r"\bpriority\s+actions?\b|\bareas?\s+(?:for|of)\s+priority\s+action\b|\bpriority\s+areas?\s+for\s+action\b",
    ),
    ("recommendation", r"\brecommend(?:ed|s|ations?)?\b"),
    (
        "area_for_improvement",
        (
            r"\b(?:areas?|aspects?|points?)\s+(?:for|of|requiring|needing|in\s+need\s+of)\s+(?:further\s+|significant\s+|continued\s+)?(?:improvement|development|concern|weakness|focus|challenge|attention)\b"
            r"|\bneed(?:s|ed|ing)?\s+to\s+(?:be\s+)?(?:further\s+)?(?:improved?|developed?|strengthen(?:ed)?|addressed)\b|\bmust\s+(?:be\s+)?improved?\b|\b(?:should|could)\s+(?:be\s+)?(?:improved?|better|stronger)\b"
            r"|\bfurther\s+(?:progress|improvement|work|development)\s+(?:is|was|were|are)\s+(?:still\s+)?(?:needed|required|necessary)\b|\bimprovements?\s+(?:is|was|are|were)\s+(?:still\s+)?(?:needed|required)\b"
            r"|\b(?:weaknesses|shortfalls|shortcomings|deficits|deficiencies|concerns)\b|\bneed(?:s|ed|ing)?\s+(?:further\s+|more\s+)?(?:attention|improvement|development|work)\b"
            r"|\brequir(?:es|ed|ing)\s+(?:further\s+)?improvement\b|\bnot\s+(?:yet\s+)?good\s+enough\b|\bchallenges\b"
        ),
    ),
    (
        "strength",
        (
            r"\bstrengths?\b|\bprogress\s+(?:(?:that|which)\s+)?(?:(?:had|has|have|was|were)\s+)?(?:been\s+)?(?:made|seen|noted)\b|\bimprovements?\s+(?:(?:that|which)\s+)?(?:(?:had|has|have|was|were)\s+)?(?:been\s+)?"
            r"(?:made|seen|noted|in)\b|\bimproved\b|\bprais\w+|\bcommend\w+|\bpositives?\b|\bpositively\b|\bwork(?:s|ing|ed)?\s+well\b|\bgood\s+practice\b|\bwelcomed\b|\bpleased\b"
        ),
    ),
)
"""The words that say what a list holds, the most telling first."""

_KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _KIND_WORDS)

OWN_LIST = re.compile(
    r"\b(?:we|the\s+(?:council|board|plan|service|improvement\s+plan|committee|authority|directorate|team))\s+(?:will|has|have|is|are|aims?|plans?|had|intends?|need(?:s)?\s+to\s+(?:focus|ensure)|took|undertook|identified|made)\b"
    r"|\b(?:committee|board|cabinet|council|members?|panel|executive)\s+(?:is|are)\s+(?:\w+\s+)?(?:asked|recommended|invited|requested)|\brecommended\s+(?:to|that\s+(?:the\s+)?(?:committee|board|cabinet|council|members?|panel))\b"
    r"|\bself[\s-](?:assess|eval)|\bpeer\s+(?:review|challenge)|\b(?:our|next)\s+(?:next\s+)?(?:steps|vision|priorities|objectives|aims)\b|\baudit(?:s|ors?)?\b|\bLGA\b|\bprogress\s+against\b|\b(?:in\s+)?response\s+to\b[^:]*\b(?:we|council|board)\b",
    re.IGNORECASE,
)

_ITEM_END = re.compile(r"(?:[\s;,.:]+(?:and|or)?)+$", re.IGNORECASE)

OTHERS = re.compile(
    r"\b(?:DfE|Department\s+for\s+Education|LGA|Local\s+Government\s+Association|peer\s+(?:review|challenge)\w*|self[\s-](?:assess|eval)\w*|improvement\s+(?:partner|adviser)s?|auditors?)\b",
    re.IGNORECASE,
)

_STEMS_OF_OTHERS = ("dfe", "department", "lga", "local government", "peer", "self", "partner", "adviser", "audit")


@lru_cache(maxsize=4096)
def speaks_of_inspection(words: str) -> bool:
    return may_speak_of_inspection(words) and bool(_ABOUT_INSPECTION.search(words))


def kind_of(words: str) -> FindingKind | None:
    """What the words say a list holds."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def end_of_item(words: str) -> str:
    m = _ITEM_END.search(words)
    return m[0] if m else ""


def may_name_others(text: str) -> bool:
    said = text.casefold()
    return any(stem in said for stem in _STEMS_OF_OTHERS)


def others_speak_last(text: str) -> bool:
    """Whether the sentence names a peer review, the Department or the like after it last names the inspectorate."""
    if not may_name_others(text):
        return False
    last = max((m.end() for m in OTHERS.finditer(text)), default=-1)
    return last > max((m.end() for m in _ABOUT_INSPECTION.finditer(text)), default=-1)
