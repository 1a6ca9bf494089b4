"""The council that a title names: "London Borough of Bexley", "Nottingham City", "Wakefield District Council".

In a title a name alone is a council's, also one that elsewhere is a word or a surname."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus.registries import Council, council_by_short_name, council_names, councils

_FORMS: Final = frozenset(
    re.findall(
        r"\w+",
        "the council councils county city borough boroughs metropolitan district london royal unitary authority"
        " corporation mbc mdc bc cc lb of local s children first trust trusts services service together for"
        " safeguarding board and",
    )
)
"""Words of councils' styles, and of bodies that run children's services for them, that tell no two councils apart."""
_KEPT_NAME: Final = " County"  # how the registry tells a county from the unitary council that took over its name


def council_of_title(words: str) -> str | None:
    """The short name of the one council that the words name and consist of; None where they name none or two.

    A county that ended and left its name to its successor goes by that name, as it did in its own day.
    """
    plain = " ".join(words.replace("’", "'").split()).strip(" ,.:;-–—'")
    exact = council_names().get(plain.casefold())
    if exact is None:
        exact = _by_telling_words().get(_telling_words(plain))
    return None if exact is None else own_name(exact.short_name)


def own_name(short_name: str) -> str:
    """The name by which a council's reports call it: "Dorset" for the county that ended in 2019, too."""
    plain = short_name.removesuffix(_KEPT_NAME)
    return plain if plain in council_by_short_name() else short_name


def _telling_words(name: str) -> frozenset[str]:
    squashed = name.casefold().replace("'", "").replace("&", " and ")
    return frozenset(re.findall(r"[a-z]+", squashed)) - _FORMS


@cache
def _by_telling_words() -> dict[frozenset[str], Council]:
    """Councils by the words of their names, without those that two share ("Newcastle" alone would be none of them)."""
    found: dict[frozenset[str], Council] = {}
    shared: set[frozenset[str]] = set()
    for council in councils():
        if council.short_name.endswith(_KEPT_NAME):
            continue
        for name in {council.short_name, council.official_name, *council.aliases}:
            words = _telling_words(name)
            if words in found and found[words] is not council:
                shared.add(words)
            found.setdefault(words, council)
    return {words: council for words, council in found.items() if words and words not in shared}
