"""Figures to metrics: those that measure the same thing, by their words.

A measure that the registry knows has the registry's key, so that one key serves all councils; any other is the council's
own, `council.words`. Within a council the same normalised words are one measure, and words of which one adds a single word
that could not tell two measures apart; so are a sentence and a table row of one paper that print the same value for the
same time in related words. A wrong merge is worse than a missed one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from corpus.registries import indicator_by_key
from linking.known_measures import known_measure
from linking.measure_words import MeasureWords, measure_words
from schema.records import Figure, Metric

_PARTS = ("numerator", "denominator")
_CHANGE_UNITS = {"percentage_points": "percent"}
_ALIKE = 88  # rapidfuzz's token-sort ratio, from 0 to 100, above which words are proposed as the same
_LOWER = re.compile(r"\b(?:lower|smaller|less) (?:is|the) better\b", re.IGNORECASE)
_HIGHER = re.compile(r"\b(?:higher|bigger|more) (?:is|the) better\b", re.IGNORECASE)


class _Sign(NamedTuple):
    """What tells metrics apart: the words, and the unit of the values (numerators and denominators go with their share)."""

    words: MeasureWords
    unit: str

    def order(self) -> tuple[str, list[str], list[str]]:
        return self.unit, sorted(self.words.names), sorted(self.words.tells)


def link_metrics(figures: Sequence[Figure], council: str | None) -> tuple[tuple[Metric, ...], dict[str, str]]:
    """The metrics of one council and which figure measures which: `(metrics, {figure id: metric key})`.

    `figures` are all figures of all its papers, in the order of the papers; the first wording names a metric of the
    council's own. Which figures belong together does not depend on their order. A figure whose words name nothing in
    particular ("50 children") gets none.
    """
    units = _units_of_rows(figures)
    signed = [(figure, sign) for figure in figures if (sign := _sign(figure, units))]
    groups = _Groups((sign for _, sign in signed), _known(signed))
    groups.join_alike()
    groups.join_by_value(signed)
    members: dict[_Sign, list[Figure]] = defaultdict(list)
    for figure, sign in signed:
        members[groups.head(sign)].append(figure)
    keys = _keys(members, groups, council)
    metrics = tuple(_metric(keys[head], head, found, council) for head, found in members.items())
    return tuple(sorted(metrics, key=lambda m: m.key)), {
        f.id: keys[head] for head, found in members.items() for f in found
    }


def _units_of_rows(figures: Sequence[Figure]) -> Mapping[tuple[str, str], str]:
    """The unit of the values that share words in a paper, for the numerators, denominators and changes beside them."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for f in figures:
        whole = f.unit != "count" or f.value is None or f.value == f.value.to_integral_value()
        if f.role not in _PARTS and f.role != "change" and whole:
            counts[f.evidence.sha256, f.metric_text][f.unit] += 1
    return {key: min(units, key=lambda u: (-units[u], u)) for key, units in counts.items()}


def _sign(figure: Figure, units: Mapping[tuple[str, str], str]) -> _Sign | None:
    words = measure_words(figure.metric_text)
    if words.empty:
        return None
    unit = _CHANGE_UNITS.get(figure.unit, figure.unit)
    if figure.role in _PARTS or (figure.role == "change" and figure.unit in ("percent", "percentage_points")):
        unit = units.get((figure.evidence.sha256, figure.metric_text), unit)
    if unit == "count" and figure.value is not None and figure.value != figure.value.to_integral_value():
        unit = units.get((figure.evidence.sha256, figure.metric_text), unit)  # "81.7 per 10,000, compared with 78.7"
    return _Sign(words, unit)


def _known(signed: Iterable[tuple[Figure, _Sign]]) -> dict[_Sign, str]:
    """The registry's key of each sign that it knows; wordings of one sign that disagree name nothing for sure."""
    found: dict[_Sign, set[str]] = defaultdict(set)
    for text, sign in {(figure.metric_text, sign) for figure, sign in signed}:
        if key := known_measure(text, sign.unit):
            found[sign].add(key)
    return {sign: keys.pop() for sign, keys in found.items() if len(keys) == 1}


class _Groups:
    """Signs gathered into measures. Groups of two indicators of the registry never become one."""

    def __init__(self, signs: Iterable[_Sign], known: Mapping[_Sign, str]) -> None:
        self._signs = sorted(set(signs), key=_Sign.order)
        self._parents = {sign: sign for sign in self._signs}
        self._members = {sign: [sign] for sign in self._signs}
        self._keys = dict(known)
        firsts: dict[str, _Sign] = {}
        for sign in self._signs:
            if key := known.get(sign):
                self._join(firsts.setdefault(key, sign), sign)

    def head(self, sign: _Sign) -> _Sign:
        while self._parents[sign] is not sign:
            sign = self._parents[sign]
        return sign

    def key(self, head: _Sign) -> str | None:
        """The registry's key of a group."""
        return self._keys.get(head)

    def _join(self, a: _Sign, b: _Sign) -> None:
        a, b = self.head(a), self.head(b)
        if a is b:
            return
        first, second = sorted((a, b), key=_Sign.order)
        key = self._keys.get(first) or self._keys.get(second)
        self._parents[second] = first
        self._members[first] += self._members.pop(second)
        if key:
            self._keys[first] = key

    def _may_join(self, a: _Sign, b: _Sign) -> bool:
        keys = {self._keys.get(self.head(a)), self._keys.get(self.head(b))} - {None}
        return len(keys) < 2

    def join_alike(self) -> None:
        """Joins words that differ in one word which tells nothing apart, the likest first, where all of both groups agree."""
        pairs = sorted(self._alike(), key=lambda p: (-_likeness(p[0].words, p[1].words), p[0].order(), p[1].order()))
        for a, b in pairs:
            one, other = self._members[self.head(a)], self._members[self.head(b)]
            if one is other or self.key(self.head(a)) or self.key(self.head(b)):
                continue  # the registry's guard has looked at these words, and likeness is no reason to go round it
            if all(_near(x.words, y.words) for x in one for y in other):
                self._join(a, b)

    def _alike(self) -> Iterator[tuple[_Sign, _Sign]]:
        known = set(self._parents)
        for large in self._signs:
            names = sorted(large.words.names)
            for kept in combinations(names, len(names) - 1) if 3 <= len(names) <= 24 else ():
                small = _Sign(MeasureWords(frozenset(kept), large.words.tells), large.unit)
                if small in known and _likeness(small.words, large.words) >= _ALIKE:
                    yield small, large

    def join_by_value(self, signed: Iterable[tuple[Figure, _Sign]]) -> None:
        """Joins a sentence's measure and a table row's, where one paper prints the same value of both for the same time."""
        places: dict[tuple[object, ...], dict[bool, set[_Sign]]] = defaultdict(lambda: defaultdict(set))
        for f, sign in signed:
            if f.role == "actual" and f.period and not f.breakdown and _telling(f):
                place = (f.evidence.sha256, sign.unit, f.value, f.period.end, f.organisation)
                places[place]["table" in f.extractor].add(self.head(sign))
        pairs = {
            (prose, row)
            for found in places.values()
            if len(found[True]) == len(found[False]) == 1
            for prose in found[False]
            for row in found[True]
        }
        rows: dict[_Sign, set[_Sign]] = defaultdict(set)
        for prose, row in pairs:
            if prose is not row and any(
                _related(a.words, b.words) for a in self._members[prose] for b in self._members[row]
            ):
                rows[prose].add(row)
        for prose in sorted(rows, key=_Sign.order):
            if len(rows[prose]) == 1:
                (row,) = rows[prose]
                if self._may_join(prose, row):
                    self._join(prose, row)


def _telling(figure: Figure) -> bool:
    """A value that two measures hardly share by chance: printed to a decimal place, or of four digits."""
    return figure.value is not None and (figure.value != figure.value.to_integral_value() or abs(figure.value) >= 1000)


def _near(a: MeasureWords, b: MeasureWords) -> bool:
    return a.tells == b.tells and (a.names <= b.names or b.names <= a.names) and len(a.names ^ b.names) <= 2


def _related(a: MeasureWords, b: MeasureWords) -> bool:
    """Whether two wordings may be one measure that they put differently: a word in common, nothing at odds."""
    if not a.names & b.names:
        return False
    numbers = [frozenset(t for t in words.tells if any(c.isdigit() for c in t)) for words in (a, b)]
    if a.tells - numbers[0] != b.tells - numbers[1]:
        return False
    return numbers[0] <= numbers[1] or numbers[1] <= numbers[0]


def _likeness(a: MeasureWords, b: MeasureWords) -> float:
    return float(fuzz.token_sort_ratio(" ".join(sorted(a.names | a.tells)), " ".join(sorted(b.names | b.tells))))


def _keys(members: Mapping[_Sign, Sequence[Figure]], groups: _Groups, council: str | None) -> dict[_Sign, str]:
    """The registry's key of each metric, else a readable one, unique within the council."""
    taken: Counter[str] = Counter()
    keys = {}
    for head, found in members.items():
        if registered := groups.key(head):
            keys[head] = registered
            continue
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
    if known := indicator_by_key().get(key):
        return Metric(
            key=key,
            name=known.name,
            unit=known.unit,
            better=known.better,
            council=council,
            aliases=tuple(sorted(set(names) - {known.name})),
        )
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
