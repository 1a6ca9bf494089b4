"""Short forms written out: as the paper itself explains them first, as the field uses them second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from corpus.registries import Acronym, acronyms

_SHORT = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z]s?\b")


def spelled_out(text: str, unit: str, glossary: Mapping[str, str]) -> str:
    """`text`, of a measure in `unit`, with its short forms written out; those with several meanings that neither the
    glossary nor the unit tells apart stay as they are."""
    if not _SHORT.search(text):
        return text
    return _written_out(text, unit, tuple(sorted(glossary.items())))


@lru_cache(maxsize=20_000)
def _written_out(text: str, unit: str, glossary: tuple[tuple[str, str], ...]) -> str:
    own = dict(glossary)

    def meaning(found: re.Match[str]) -> str:
        short = found[0]
        for form in (short, short.removesuffix("s")):
            if form in own:
                return own[form]
        known = _by_short().get((short.removesuffix("s") if short.endswith("s") else short).upper(), ())
        meant = [a for a in known if not a.units or unit in a.units]
        return meant[0].meaning if len(meant) == 1 else short

    return _SHORT.sub(meaning, text)


@cache
def _by_short() -> Mapping[str, tuple[Acronym, ...]]:
    found: dict[str, tuple[Acronym, ...]] = {}
    for acronym in acronyms():
        found[acronym.short.upper()] = (*found.get(acronym.short.upper(), ()), acronym)
    return found
