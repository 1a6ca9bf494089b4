"""Which later passages speak of a thing that inspectors asked for: a cautious match by the words that tell it from others.

Every council's paper has "children", "plans" and "improve"; words count by how few of the passages have them. A passage (a few
sentences on end) speaks of a finding where it has most of the weight of the finding's words, or a pair of words that
stand together in the finding and seldom in the papers ("unplanned placements", "strategy discussions") with more of its words
about. What is said in other words altogether is not found: silence here proves nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log
from typing import NamedTuple

_WINDOW = 3  # sentences
_SHARE = 0.6  # of the weight of the finding's words
_SHARE_WITH_PAIR = 0.45
_FEWEST = 4  # words in common
_FEWEST_APART = 6  # the same, where no two of them stand together
_RARE_PAIR = 0.02  # of the passages
_LONGEST = 900  # characters: a longer passage has something of everything
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+|\n\s*\n|</?(?:p|li|ul)\b[^>]*>")
_WORD = re.compile(r"[a-z]{3,}")
_ENDINGS = re.compile(
    r"(?:isations?|izations?|ations?|iveness|ingly|edly|ments?|ness(?:es)?|ities|ity|ies|ing|ed|es|ly|ers?|s)$"
)
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the and for that with this from are was were has have had not all any can their they them there which who what when where how into out over under more most less many much some such than then"
        " also been being but both by each every its our your his her she him will would should could must may might about between through within across after before while these those other including include"
        " ensure ensuring ensures improve improved improving improvement improvements quality effective effectively effectiveness consistent consistently consistency timely timeliness appropriate appropriately"
        " practice practices plan plans planning poor good review reviews provide provides provided sufficient support supports supported standard standards manager managers management challenge challenges"
        " children child young people person persons family families service services social care work works working worker workers local authority council need needs take taken takes place steps action actions immediate urgently",
    )
)


class Passage(NamedTuple):
    """The telling words of a passage, and the pairs of them that stand together."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


class Usual(NamedTuple):
    """In how many passages of all papers compared each word and each pair stands."""

    passages: int
    words: Counter[str]
    pairs: Counter[tuple[str, str]]


def passage(text: str) -> Passage:
    """The words that may tell things apart, less their endings: "assessed" and "assessments" are one."""
    telling = [_stem(word) for word in _WORD.findall(text.casefold()) if word not in _COMMON]
    pairs = frozenset((a, b) for a, b in pairwise(telling) if a != b)
    return Passage(frozenset(telling), pairs)


def passages(text: str) -> Iterator[Passage]:
    """Some sentences on end, again and again, over a whole paper."""
    sentences = [s for part in _SENTENCE.split(text) if (s := " ".join(part.split()))]
    for i in range(len(sentences)):
        said = " ".join(sentences[i : i + _WINDOW])
        yield passage(said if len(said) <= _LONGEST else sentences[i][:_LONGEST])


def usual_in(papers: Iterable[Iterable[Passage]]) -> Usual:
    """How usual words and pairs are over the passages of all papers."""
    count = 0
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for paper in papers:
        for one in paper:
            count += 1
            words.update(one.words)
            pairs.update(one.pairs)
    return Usual(count, words, pairs)


def speaks_of(finding: Passage, said: Passage, usual: Usual) -> bool:
    """Whether a passage speaks of the finding."""
    common = finding.words & said.words
    if len(common) < _FEWEST:
        return False
    weights = {word: log((usual.passages + 1) / (1 + usual.words[word])) for word in finding.words}
    share = sum(weights[word] for word in common) / (sum(weights.values()) or 1)
    if share >= _SHARE and len(common) >= _FEWEST_APART:
        return True
    few = max(_RARE_PAIR * usual.passages, 3)
    return share >= _SHARE_WITH_PAIR and any(usual.pairs[pair] <= few for pair in finding.pairs & said.pairs)


def _stem(word: str) -> str:
    shorter = _ENDINGS.sub("", word)
    return shorter[:7] if len(shorter) >= 3 else word
