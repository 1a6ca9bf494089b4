"""Where a text names a council, by any spelling in use."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus.registries import AMBIGUOUS_NAMES, Council, council_names


class CouncilMention(NamedTuple):
    """`text[start:end]` names the council; `full` says that it does so as a council ("Kent County Council", not "Kent")."""

    start: int
    end: int
    council: Council
    full: bool


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((n for n in council_names() if n not in AMBIGUOUS_NAMES), key=len, reverse=True)
    spelled = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names)
    return re.compile(rf"(?<![\w-])(?:{spelled})(?![\w-])", re.IGNORECASE)


def find_councils(text: str) -> list[CouncilMention]:
    """Every naming of a registered council, in order.

    Names are written with capitals: "the slough of despond" names none. A name that is also a common word or a surname
    counts only in its full form.
    """
    found = []
    names = council_names()
    for m in _pattern().finditer(text):
        if not m[0][0].isupper():
            continue
        council = names[" ".join(m[0].casefold().split())]
        full = m[0].casefold() != council.short_name.casefold() or bool(
            re.match(r"\s+(?:\w+\s+)?council\b", text[m.end() :], re.IGNORECASE)
        )
        found.append(CouncilMention(m.start(), m.end(), council, full))
    return found
