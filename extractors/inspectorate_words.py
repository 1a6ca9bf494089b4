"""The words by which papers call Ofsted and the other inspectorates, and which of them a sentence speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

INSPECTORATE = (
    r"(?:Ofsted|HMIs?|H(?:is|er)\s+Majesty['’]s\s+(?:Chief\s+)?Inspect(?:ors?|orate)"
    r"|(?:the\s+|lead\s+)?inspectors?|(?:the\s+)?inspectorate|(?:the\s+)?inspection\s+team)(?:['’]s?)?"
)
"""How papers call who inspects children's services: "Ofsted", "HMI", "inspectors", "the lead inspector", "the inspectorate"."""

INSPECTORATE_WORDS = re.compile(rf"\b{INSPECTORATE}(?!\w)", re.IGNORECASE)

_STEMS_OF_INSPECTION = ("inspect", "ofsted", "hmi", "majesty", "monitoring", "focus", "ilacs", "jtai", "sif")

_STEMS_OF_OTHERS = ("inspectorate", "hm inspection", "hmi", "cqc", "care quality", "estyn", "regulator")

OTHER_INSPECTORATE = (
    r"(?:(?:HM|H(?:is|er)\s+Majesty['’]s)\s+)?Inspectorate\s+of\s+(?:Probation|Constabulary|Prisons|Courts)|HM(?:\s+Inspect(?:ion|orate)|I)\s+(?:of\s+)?(?:Probation|Constabulary|Prisons)"
    r"|HMI(?:P|CFRS|C|Prisons)\b|\bCQC\b|Care\s+Quality\s+Commission|Care\s+Inspectorate|Estyn\b|Regulator\s+of\s+Social\s+Housing"
)
"""Who else inspects: probation, police, health and social care of adults, Wales, Scotland, housing."""

_OTHER_INSPECTORATE = re.compile(rf"\b(?:{OTHER_INSPECTORATE})", re.IGNORECASE)

_OFSTED = re.compile(r"\bOfsted\b|\bHMCI\b|\bHMIs?\b|\bILACS\b|\bSIF\b|\bJTAI\b|\bjoint\s+targeted", re.IGNORECASE)


def may_speak_of_inspection(text: str) -> bool:
    """A quick look, before any pattern: whether the text may name an inspectorate, an inspection or a visit."""
    said = text.casefold()
    return any(word in said for word in _STEMS_OF_INSPECTION)


def may_name_others(text: str) -> bool:
    """A quick look: whether the text may name another inspectorate than Ofsted."""
    said = text.casefold()
    return any(word in said for word in _STEMS_OF_OTHERS)


def is_of_others_alone(text: str) -> bool:
    """Whether the sentence names another inspectorate and not Ofsted."""
    others = _OTHER_INSPECTORATE.search(text) if may_name_others(text) else None
    return others is not None and not _OFSTED.search(_OTHER_INSPECTORATE.sub(" ", text))


INSPECTED = re.compile(
    rf"{INSPECTORATE_WORDS.pattern}|\b(?:re-?\s?)?inspect(?:ed|ions?)\b|\bILACS\b|\bSIF\b", re.IGNORECASE
)

_OFSTED_NAMED = re.compile(r"\b(?:Ofsted|HMCI|HMIs?|ILACS|SIF|JTAI)\b", re.IGNORECASE)

_JOINTLY_WITH = re.compile(r"Ofsted(?:,|\s+and|\s+with|\s*/|\s*&)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_of_inspection(words: str) -> bool:
    return may_speak_of_inspection(words) and bool(INSPECTED.search(words))


def is_by_others(text: str, end: int, before: bool) -> bool:
    """Whether the inspectorate named last before `end` is another than Ofsted (with none named, `before`: as in the sentence before)."""
    if not before and not may_name_others(text):
        return False
    others = [m.span() for m in _OTHER_INSPECTORATE.finditer(text)]
    ours = [m.start() for m in _OFSTED_NAMED.finditer(text) if not any(low <= m.start() < high for low, high in others)]
    if not others:
        return before and not ours
    nearest = max([start for start, _ in others if start < end], default=-1)
    ours_nearest = max([start for start in ours if start < end], default=-1)
    if nearest == ours_nearest == -1:
        return not ours or others[0][0] < ours[0]
    if ours_nearest == -1:
        return True
    return nearest > ours_nearest and not _JOINTLY_WITH.match(text, ours_nearest)
