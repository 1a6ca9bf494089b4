"""Measures of the registry in a paper's own words: which indicator a wording names, where no look-alike could be meant.

The words must name all that one of the indicator's wordings names, and nothing that the indicator does not speak of; the
unit must fit; numbers, ages and the words that tell look-alikes apart must agree. In doubt there is no match.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.registries import Indicator, indicators
from linking.measure_words import MeasureWords, as_written, measure_words, tells_in_words

_UNITS: Mapping[str, frozenset[str]] = {
    "ratio": frozenset(("ratio", "count", "score", "cases")),
    "score": frozenset(("score", "count", "ratio")),
}
_COUNTED = re.compile(r"\b(?:numbers?|no\.|total|average|caseloads?)(?!\w)", re.IGNORECASE)
_NOT_MATCHED = frozenset(("grade",))
# A single word is enough only with these beside it: "agency rate (social workers)".
_BESIDE_ONE_WORD = frozenset(("socialworker", "fte"))


class _Wording(NamedTuple):
    words: MeasureWords
    key: str
    text: str


class _Known(NamedTuple):
    """The indicators' wordings by one of their words, and what each indicator may speak of."""

    by_word: Mapping[str, tuple[_Wording, ...]]
    vocabulary: Mapping[str, frozenset[str]]
    tells: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]


@cache
def _known() -> _Known:
    by_word: dict[str, list[_Wording]] = defaultdict(list)
    vocabulary: dict[str, frozenset[str]] = {}
    tells: dict[str, frozenset[str]] = {}
    units: dict[str, frozenset[str]] = {}
    for indicator in indicators():
        if indicator.unit in _NOT_MATCHED:
            continue
        said = _wordings(indicator)
        read = [measure_words(w) for w in said]
        of = measure_words(f"{indicator.denominator} {indicator.age_band}")
        vocabulary[indicator.key] = frozenset().union(*(w.names for w in read), of.names - {"start", "end"})
        tells[indicator.key] = frozenset().union(*(w.tells for w in read), _ages(indicator))
        units[indicator.key] = _UNITS.get(indicator.unit, frozenset((indicator.unit,)))
        for words, text in dict(zip(reversed(read), reversed(said), strict=True)).items():
            if words.names:
                by_word[min(words.names)].append(_Wording(words, indicator.key, text))
    return _Known({w: tuple(found) for w, found in by_word.items()}, vocabulary, tells, units)


def _wordings(indicator: Indicator) -> list[str]:
    """The indicator's names and wordings that can be meant for nothing else."""
    said = (indicator.name, *indicator.aliases, *indicator.wordings)
    return [w for w in said if w not in indicator.shared_names]


def _ages(indicator: Indicator) -> frozenset[str]:
    """The ages that the definition itself speaks of: a paper may print them or not."""
    band = indicator.age_band
    return measure_words(f"aged {band}").tells if band else frozenset()


class Match(NamedTuple):
    """The registry's key for a wording, None where none is meant for sure; how near, from 0 to 1; and why, in words."""

    key: str | None
    score: float
    reason: str


_NOTHING = Match(None, 0.0, "")


@lru_cache(maxsize=50_000)
def known_measure(text: str, unit: str) -> Match:
    """What the registry makes of the measure that `text` names in values of `unit`.

    Where it keeps the measure apart from an indicator of nearly the same words, the reason says from which and why.
    """
    known = _known()
    words = measure_words(text)
    if unit == "count" and not _COUNTED.search(text):
        return _NOTHING  # "eight children in care": which of them, the words do not say
    best: dict[str, _Wording] = {}
    near: list[tuple[_Wording, str]] = []
    for name in sorted(words.names):  # of wordings that fit alike the first is named, the same in every run
        for wording in known.by_word.get(name, ()):
            if not wording.words.names <= words.names:
                continue
            if why_not := _apart(text, unit, wording, known):
                near.append((wording, why_not))
            elif wording.key not in best or _fit(best[wording.key]) < _fit(wording):
                best[wording.key] = wording
    if not best:
        return _guarded(words, near)
    nearest = max(map(_fit, best.values()))
    keys = sorted(key for key, wording in best.items() if _fit(wording) == nearest)
    if len(keys) > 1:
        return Match(None, 0.0, f"may be {' or '.join(keys)}: the words do not say which")
    wording = best[keys[0]]
    if wording.words == words:
        return Match(keys[0], 1.0, f"known to the registry as '{wording.text}'")
    return Match(keys[0], 0.9, f"says all of '{wording.text}' of the registry, and nothing foreign to it")


def _fit(wording: _Wording) -> tuple[int, int]:
    return len(wording.words.names), len(wording.words.tells)


def _apart(text: str, unit: str, wording: _Wording, known: _Known) -> str:
    """What keeps words that name all the wording names from its indicator; empty where nothing does."""
    words = measure_words(text)
    if missing := wording.words.tells - words.tells:
        return f"which says {tells_in_words(missing)}"
    if foreign := words.tells - known.tells[wording.key]:
        return f"which does not say {tells_in_words(foreign)}"
    if unit not in known.units[wording.key]:
        return f"which is not in {unit.replace('_', ' ')}"
    allowed = known.vocabulary[wording.key] if len(wording.words.names) > 1 else _BESIDE_ONE_WORD
    if len(wording.words.names) == 1 and wording.words.tells - wording.words.names:
        allowed = known.vocabulary[wording.key]  # "assessments ... 45 days": the number makes up for the second word
    if extra := words.names - wording.words.names - allowed:
        return f"which says nothing of {', '.join(as_written(text, extra))}"
    return ""


def _guarded(words: MeasureWords, near: Sequence[tuple[_Wording, str]]) -> Match:
    """No match, with the reason where the words come near an indicator: more than half of theirs are its own."""
    telling = [(w, why) for w, why in near if len(w.words.names) > 1 and 2 * len(w.words.names) > len(words.names)]
    if not telling:
        return _NOTHING
    wording, why = max(telling, key=lambda one: (_fit(one[0]), one[0].key))
    return Match(None, 0.0, f"not {wording.key} ('{wording.text}'), {why}")
