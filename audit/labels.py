"""What the label of a measure says beyond its words: its numbers, and which side of them it counts."""

from __future__ import annotations

import re
from typing import Final

from audit.small_words import SMALL_WORDS

_WORDS = {
    w: str(n)
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_NUMBER = re.compile(rf"(?<![\d/.,])\d+(?:\.\d+)?(?![\d/]|,\d)|\b(?:{'|'.join(_WORDS)})\b")
_UP: Final = re.compile(
    r"\b(?:or\s+(?:more|over|older|above|higher|greater|longer)|and\s+(?:over|above|older)|at\s+least|more\s+than|over|above|longer\s+than|greater\s+than)\b|[>≥+]"
)
_DOWN: Final = re.compile(
    r"\b(?:or\s+(?:less|fewer|under|younger|below|lower)|and\s+under|at\s+most|less\s+than|fewer\s+than|under|below|no\s+more\s+than|up\s+to)\b|[<≤]"
)
_NOT: Final = re.compile(r"\b(?:not|without|no\s+longer|outside|out\s+of|non|overdue|late|missed|excluding|exc)\b")
_EMPTY: Final = SMALL_WORDS | frozenset(
    [
        "average",
        "cent",
        "had",
        "number",
        "per",
        "percent",
        "percentage",
        "proportion",
        "rate",
        "share",
        "total",
        "who",
        "within",
    ]
)


def numbers_in(label: str) -> tuple[str, ...]:
    """The numbers of a label in their order ("within 45 working days", "three or more placements"), those of years aside."""
    found = [m[0] for m in _NUMBER.finditer(label.casefold())]
    return tuple(_WORDS.get(n, n) for n in found if not re.fullmatch(r"(?:19|20)\d\d", n))


def sides_in(label: str) -> frozenset[str]:
    """Which sides a label counts: `up` ("three or more"), `down` ("three or fewer"), `not` ("not completed")."""
    words = " ".join(label.casefold().split())
    return frozenset(name for name, pattern in (("up", _UP), ("down", _DOWN), ("not", _NOT)) if pattern.search(words))


def is_turned_round(one: str, other: str) -> bool:
    """Whether of two labels one counts above and the other below the same number."""
    here, there = sides_in(one) & {"up", "down"}, sides_in(other) & {"up", "down"}
    return len(here) == len(there) == 1 and here != there and numbers_in(one) == numbers_in(other)


def words_of(label: str) -> frozenset[str]:
    """The words of a label that name what it measures, without its numbers and sides."""
    plain = _NOT.sub(" ", _DOWN.sub(" ", _UP.sub(" ", label.casefold())))
    return frozenset(
        re.sub(r"s$", "", w) for w in re.findall(r"[a-z]{2,}", plain) if w not in _EMPTY and w not in _WORDS
    )


def likeness(one: str, other: str) -> float:
    """The share of words that two labels have in common, 0 to 1."""
    here, there = words_of(one), words_of(other)
    return len(here & there) / len(here | there) if here and there else 0.0
