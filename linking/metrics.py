"""Figures to metrics: those of one council that measure the same thing, by their words.

A first, cautious linking: the same normalised words, or words of which one adds nothing that could tell two measures apart.
A wrong merge is worse than a missed one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from linking.measure_words import MeasureWords, measure_words
from schema.records import Figure, Metric

_PARTS = ("numerator", "denominator")
_CHANGE_UNITS = {"percentage_points": "percent"}
_ALIKE = 88  # rapidfuzz's token-set ratio, from 0 to 100, above which words are proposed as the same
_LOWER = re.compile(r"\b(?:lower|smaller|less) (?:is|the) better\b", re.IGNORECASE)
_HIGHER = re.compile(r"\b(?:higher|bigger|more) (?:is|the) better\b", re.IGNORECASE)


class _Sign(NamedTuple):
    """What tells metrics apart: the words, and the unit of the values (numerators and denominators go with their share)."""

    words: MeasureWords
    unit: str


def link_metrics(figures: Sequence[Figure], council: str | None) -> tuple[tuple[Metric, ...], dict[str, str]]:
    """The metrics of one council and which figure measures which: `(metrics, {figure id: metric key})`.

    `figures` are all figures of all its papers, in the order of the papers; the first wording names the metric. A figure
    whose words name nothing in particular ("50 children") gets none.
    """
    units = _units_of_rows(figures)
    signs = {f.id: sign for f in figures if (sign := _sign(f, units))}
    first_seen = list(dict.fromkeys(signs.values()))
    heads = _gather(first_seen)
    members: dict[_Sign, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.id in signs:
            members[heads[signs[figure.id]]].append(figure)
    keys = _keys(members, council)
    metrics = tuple(_metric(keys[head], head, found, council) for head, found in members.items())
    return tuple(sorted(metrics, key=lambda m: m.key)), {
        f.id: keys[head] for head, found in members.items() for f in found
    }


def _units_of_rows(figures: Sequence[Figure]) -> Mapping[tuple[str, str], str]:
    """The unit of the values that share words in a paper, for the numerators and denominators beside them."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for f in figures:
        if f.role not in _PARTS and f.role != "change":
            counts[f.evidence.sha256, f.metric_text][f.unit] += 1
    return {key: units.most_common(1)[0][0] for key, units in counts.items()}


def _sign(figure: Figure, units: Mapping[tuple[str, str], str]) -> _Sign | None:
    words = measure_words(figure.metric_text)
    if words.empty:
        return None
    unit = _CHANGE_UNITS.get(figure.unit, figure.unit)
    if figure.role in _PARTS:
        unit = units.get((figure.evidence.sha256, figure.metric_text), unit)
    return _Sign(words, unit)


def _gather(signs: Sequence[_Sign]) -> dict[_Sign, _Sign]:
    """Each sign with the first one that it is the same as."""
    heads: dict[_Sign, _Sign] = {}
    by_unit: dict[str, list[_Sign]] = defaultdict(list)
    for sign in signs:
        candidates = [head for head in by_unit[sign.unit] if _same(head.words, sign.words)]
        head = max(candidates, key=lambda h: _likeness(h.words, sign.words), default=sign)
        heads[sign] = head
        if head is sign:
            by_unit[sign.unit].append(sign)
    return heads


def _same(a: MeasureWords, b: MeasureWords) -> bool:
    """Whether two wordings are one measure: what tells look-alikes apart agrees, and one names all that the other does."""
    if a.tells != b.tells:
        return False
    if a.names == b.names:
        return True
    small, large = sorted((a.names, b.names), key=len)
    if not small <= large or len(small) < 2:
        return False
    return len(large - small) <= 1 and _likeness(a, b) >= _ALIKE


def _likeness(a: MeasureWords, b: MeasureWords) -> float:
    return float(fuzz.token_sort_ratio(" ".join(sorted(a.names | a.tells)), " ".join(sorted(b.names | b.tells))))


def _keys(members: Mapping[_Sign, Sequence[Figure]], council: str | None) -> dict[_Sign, str]:
    """A readable key for each metric, unique within the council."""
    taken: Counter[str] = Counter()
    keys = {}
    for head, found in members.items():
        name = found[0].metric_text
        key = f"{_slug(council or 'unknown')}.{_slug(_short(name))}"
        taken[key] += 1
        unit_key = f"{key}_{_slug(head.unit)}" if taken[key] > 1 else key
        taken[unit_key] += unit_key != key
        keys[head] = unit_key if taken[unit_key] <= 1 or unit_key == key else f"{unit_key}_{taken[unit_key]}"
    return keys


def _short(name: str) -> str:
    """The words of a name that count, in its own order, at most eight of them."""
    words = [
        w
        for w in re.findall(r"[\w']+", name.casefold())
        if w
        not in (
            "the",
            "a",
            "an",
            "of",
            "in",
            "that",
            "have",
            "had",
            "has",
            "were",
            "was",
            "is",
            "are",
            "to",
            "and",
            "for",
            "by",
            "with",
            "on",
        )
    ]
    return " ".join(words[:8])


def _slug(text: str) -> str:
    return (
        re.sub(r"[^a-z0-9]+", "_", text.casefold().replace("%", " percent ").replace("'", "")).strip("_") or "unnamed"
    )


def _metric(key: str, head: _Sign, found: Sequence[Figure], council: str | None) -> Metric:
    names = list(dict.fromkeys(f.metric_text for f in found))
    return Metric(
        key=key, name=names[0], unit=head.unit, better=_better(found), council=council, aliases=tuple(sorted(names[1:]))
    )


def _better(found: Sequence[Figure]) -> Literal["higher", "lower"] | None:
    """Which way is better, where the papers say so: in the measure's own words or by its targets' direction."""
    if any(_LOWER.search(f.metric_text) for f in found):
        return "lower"
    if any(_HIGHER.search(f.metric_text) for f in found):
        return "higher"
    directions = {f.target_direction for f in found if f.target_direction}
    if len(directions) == 1:
        return "lower" if directions == {"at_most"} else "higher"
    return None
