"""Where a text names a council, by any spelling in use."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus.registries import AMBIGUOUS_NAMES, Council, council_names


class CouncilMention(NamedTuple):
    """`text[start:end]` names the council; `full` says that it does so as a council ("Rutland County Council")."""

    start: int
    end: int
    council: Council
    full: bool


@cache
def _names_by_first_word() -> dict[str, tuple[tuple[re.Pattern[str], Council], ...]]:
    """The spellings of councils under the word they start with, the longest first."""
    by_word: dict[str, list[tuple[str, Council]]] = {}
    for name, council in council_names().items():
        if name not in AMBIGUOUS_NAMES:
            by_word.setdefault(_FIRST_WORD.match(name)[0], []).append((name, council))  # type: ignore[index]
    return {
        word: tuple(
            (re.compile(re.escape(name).replace(r"\ ", r"\s+") + r"(?![\w-])", re.IGNORECASE), council)
            for name, council in sorted(names, key=lambda n: -len(n[0]))
        )
        for word, names in by_word.items()
    }


_FIRST_WORD = re.compile(r"\w+")
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z]\w*")


def find_councils(text: str) -> list[CouncilMention]:
    """Every naming of a registered council, in order.

    Names are written with capitals: "the slough of despond" names none. A name that is also a common word or a surname
    counts only in its full form.
    """
    found: list[CouncilMention] = []
    index = _names_by_first_word()
    for word in _CAPITALISED.finditer(text):
        if found and word.start() < found[-1].end:
            continue
        for pattern, council in index.get(word[0].casefold(), ()):
            if m := pattern.match(text, word.start()):
                found.append(_mention(m, council))
                break
    return found


def _mention(m: re.Match[str], council: Council) -> CouncilMention:
    named_in_full = m[0].casefold() != council.short_name.casefold()
    followed = re.match(r"\s+(?:\w+\s+)?council\b", m.string[m.end() : m.end() + 30], re.IGNORECASE)
    return CouncilMention(m.start(), m.end(), council, named_in_full or bool(followed))
