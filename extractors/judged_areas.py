"""The areas that inspectorates judge, as papers name them, and the other things that papers grade."""

from __future__ import annotations

import re
from typing import NamedTuple

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

WHOLE = re.compile(
    r"\b(?:(?:our|its|their|the\s+council['’]s|the|all|these|those|local)\s+)*(?:children['’]s\s+(?:social\s+care\s+)?services?|services\s+for\s+children(?:\s+and\s+(?:families|young\s+people))?"
    r"|children['’]s\s+social\s+care|services?|council|authority|department|borough|county|city)\b|\b(?:us|we|they|them|it|who)\b|\boverall\b",
    re.IGNORECASE,
)
"""Words for the council's children's services as a whole."""

NOT_THEIRS = re.compile(
    r"\b(?:schools?|academ\w+|nurser\w+|settings?|homes?|childminders?|providers?|colleges?|placements?|cases?|files?|audits?|audited|assessments?|plans?|visits?|supervisions?|records?"
    r"|staff|performance|questions?|data|practice|quality|responses?|respondents|indicators?|measures?|lessons?|adult|early\s+years|nursery|carers?|actions?|progress)\b|%|\bper\s+cent\b"
    r"|\d+\s+(?:out\s+)?of\s+",
    re.IGNORECASE,
)
"""What else papers grade: schools, homes, audited cases, practice, shares of anything."""


class Area(NamedTuple):
    key: str
    text: str


def areas_of(words: str) -> tuple[Area, ...]:
    """The judged areas that the words name, in order; the whole of children's services where they name only that; else none."""
    found: list[tuple[int, int, Area]] = []
    for key, pattern in _AREAS:
        for m in pattern.finditer(words):
            if not any(start < m.end() and m.start() < end for start, end, _ in found):
                found.append((m.start(), m.end(), Area(key, " ".join(m[0].split()))))
    if found:
        return tuple(area for _, _, area in sorted(found))
    wholes = [" ".join(m[0].split()) for m in WHOLE.finditer(words)]
    return (Area("overall", max(wholes, key=len)),) if wholes else ()


def named_areas(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Areas named as such, and not by a word for children's services as a whole."""
    return tuple(
        a for a in areas if a.key != "overall" or "overall" in a.text.casefold() or "services" in a.text.casefold()
    )


def without_areas(words: str) -> str:
    """The words less the names of areas, so that "quality" of the area's own label does not count against it."""
    for _, pattern in _AREAS:
        words = pattern.sub(" ", words)
    return re.sub(r"\bsocial\s+work\s+practice\b|\bexperiences?\s+and\s+progress\b", " ", words, flags=re.IGNORECASE)
