"""The groups of children that papers count, in the usual wordings: which group words speak of."""

from __future__ import annotations

import re
from typing import Final

_COHORTS: Final[dict[str, re.Pattern[str]]] = {
    "children in care": re.compile(
        r"\b(?:looked[\s-]after|in\s+(?:(?:the\s+)?(?:local\s+authority|council)['’]?s?\s+)?care\b(?!\s+leavers?)|LAC|CLA|CIC|children\s+in\s+our\s+care)",
        re.IGNORECASE,
    ),
    "child protection plans": re.compile(
        r"\bchild\s+protection\s+plans?\b|\bCPP?s?\s+plans?\b|\bCPPs?\b|\bon\s+CP\b|\bsubject\s+(?:to|of)\s+(?:a\s+)?(?:child\s+protection|CP)", re.IGNORECASE
    ),
    "children in need": re.compile(r"\bchild(?:ren)?\s+in\s+need\b|\bCIN\b", re.IGNORECASE),
    "care leavers": re.compile(r"\bcare[\s-]leavers?\b|\bcare[\s-]experienced\s+young\s+(?:people|adults)\b", re.IGNORECASE),
    "foster carers": re.compile(r"\bfoster(?:ing)?\s+(?:carers?|households?|homes?)\b", re.IGNORECASE),
    "social workers": re.compile(r"\bsocial\s+workers?\b", re.IGNORECASE),
}  # fmt: skip
_EXCLUDED = re.compile(
    r"\((?:exc\w*|not|without|other\s+than)\b[^)]*\)?|\b(?:excluding|exc\.?|other\s+than)\b[^,;]*", re.IGNORECASE
)


def cohorts_in(words: str) -> frozenset[str]:
    """The groups that words speak of, those that they leave out aside ("children in need (excluding LAC)")."""
    said = _EXCLUDED.sub(" ", words)
    return frozenset(name for name, pattern in _COHORTS.items() if pattern.search(said))
