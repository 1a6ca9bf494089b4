"""Short forms that a paper explains itself: "children looked after (CLA)", or a glossary's "CLA - Children Looked After"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schema.paper import Paper, Table

_BRACKETED = re.compile(r"\(\s*(?:[\"'“‘])?([A-Z][A-Za-z&]{0,6}[A-Z])s?[\"'”’]?\s*\)")
_ROW = re.compile(r"([A-Z][A-Za-z&]{0,6}[A-Z])\s*(?:[-–—:=]|\s{2,})\s*([A-Z][^\d.;:|]{4,80})")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_SMALL = frozenset(("a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with"))
_WORDS_BEFORE = 140  # characters that the words of a short form may take up


def glossary_of(paper: Paper) -> tuple[tuple[str, str], ...]:
    """The short forms with what they stand for, by short form. One that the paper explains in two ways is left out."""
    found: dict[str, set[str]] = {}
    for short, words in _explained(paper):
        found.setdefault(short, set()).add(" ".join(words.casefold().split()))
    return tuple(sorted((short, meanings.pop()) for short, meanings in found.items() if len(meanings) == 1))


def _explained(paper: Paper) -> Iterator[tuple[str, str]]:
    for page in paper.pages:
        for bracket in _BRACKETED.finditer(page.text):
            words = _standing_for(bracket[1], page.text[max(0, bracket.start() - _WORDS_BEFORE) : bracket.start()])
            if words:
                yield bracket[1], words
    for part in paper.body:
        if isinstance(part, Table):
            yield from (pair for row in part.rows if len(row) == 2 and (pair := _pair(row[0].text, row[1].text)))
        elif len(part.text) < 100 and (row := _ROW.fullmatch(part.text.strip(" •-"))):
            yield from (pair for pair in [_pair(row[1], row[2])] if pair)


def _pair(short: str, words: str) -> tuple[str, str] | None:
    """A short form and its meaning in two cells or on one line, where the initials bear it out."""
    short = short.strip()
    if not 2 <= len(short) <= 8 or not _WORD.fullmatch(short) or not short[0].isupper() or not short[-1].isupper():
        return None
    return (short, words.strip()) if _standing_for(short, words) == words.strip() else None


def _standing_for(short: str, text: str) -> str:
    """The last words of `text` whose initials are the short form's letters; empty where they are not."""
    letters = [c.lower() for c in short if c.isalpha()]
    words = list(_WORD.finditer(text))
    at = len(words)
    while letters and at:
        at -= 1
        word = words[at][0].lower()
        if word[0] == letters[-1]:
            letters.pop()
        elif word not in _SMALL:
            return ""
    return "" if letters else text[words[at].start() :].strip(" ,\n")
