"""Figures to metrics: those that measure the same thing, by their words.

A measure that the registry knows has the registry's key, so that one key serves all councils; any other is the council's
own, `council.words`. Within a council the same normalised words are one measure, and words of which one adds a single word
that could not tell two measures apart; so are a sentence and a table row of one paper that print the same value for the
same time in related words. A wrong merge is worse than a missed one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from corpus.registries import indicator_by_key
from linking.acronyms import spelled_out
from linking.known_measures import Match, known_measure
from linking.measure_words import MeasureWords, measure_words, people_meant
from schema.records import Figure, Metric, MetricLink

_PARTS = ("numerator", "denominator")
_CHANGE_UNITS = {"percentage_points": "percent"}
_ALIKE = 88  # rapidfuzz's token-sort ratio, from 0 to 100, above which words are proposed as the same
_LOWER = re.compile(r"\b(?:lower|smaller|less) (?:is|the) better\b", re.IGNORECASE)
_HIGHER = re.compile(r"\b(?:higher|bigger|more) (?:is|the) better\b", re.IGNORECASE)


class _Sign(NamedTuple):
    """What tells metrics apart: the words, the unit of the values (numerators and denominators go with their share), and
    whom they are of, where papers say the same of children and of all people."""

    words: MeasureWords
    unit: str
    of: str = ""

    def order(self) -> tuple[str, list[str], list[str], str]:
        return self.unit, sorted(self.words.names), sorted(self.words.tells), self.of


class LinkedMetrics(NamedTuple):
    """The metrics of a council, which figure measures which, and why: `figure_metrics` and `links` go by figure id."""

    metrics: tuple[Metric, ...]
    figure_metrics: dict[str, str]
    links: dict[str, MetricLink]


Glossaries = Mapping[str, Mapping[str, str]]
"""Short forms that papers explain themselves, by the paper's sha256."""


def link_metrics(figures: Sequence[Figure], council: str | None, glossaries: Glossaries | None = None) -> LinkedMetrics:
    """The metrics of one council and which figure measures which.

    `figures` are all figures of all its papers, in the order of the papers; the first wording names a metric of the
    council's own. Which figures belong together does not depend on their order. A figure whose words name nothing in
    particular ("50 children") gets none.
    """
    said = _spelled_out(_with_neighbours(figures), glossaries or {})
    signed = [(one, sign) for one, sign in zip(said, _signs(said), strict=True) if sign]
    matches = _matches(signed)
    groups = _Groups((sign for _, sign in signed), {sign: m.key for sign, m in matches.items() if m.key})
    groups.join_alike()
    groups.join_by_value((one.figure, sign) for one, sign in signed)
    members: dict[_Sign, list[Figure]] = defaultdict(list)
    for one, sign in signed:
        members[groups.head(sign)].append(one.figure)
    keys = _keys(members, groups, council)
    apart = _kept_apart(matches, groups)
    metrics = tuple(_metric(keys[head], head, found, council, apart[head]) for head, found in members.items())
    names = {head: metric.name for head, metric in zip(members, metrics, strict=True)}
    return LinkedMetrics(
        tuple(sorted(metrics, key=lambda m: m.key)),
        {one.figure.id: keys[groups.head(sign)] for one, sign in signed},
        {one.figure.id: _why(one, sign, groups, matches, names[groups.head(sign)]) for one, sign in signed},
    )


class _Said(NamedTuple):
    """A figure with the words that are taken to name its measure, and where these come from if not from itself."""

    figure: Figure
    text: str
    beside: str = ""


def _with_neighbours(figures: Sequence[Figure]) -> list[_Said]:
    """Each figure with its words. A figure that another is set beside lends it its own, where that names nothing.

    "378 children were looked after, a rate of 61 per 10,000 (England 67)": the rate is of the children, and England's
    figure measures what the council's does. Only where the sentence or row leaves one measure to choose.
    """
    quotes: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        quotes[f.evidence.sha256, f.evidence.quote].append(f)
    owned = {measure_words(f.metric_text) for f in figures if f.role == "actual"}
    said = []
    for f in figures:
        words = measure_words(f.metric_text)
        lender = None
        if words.empty and f.unit.startswith("per_"):
            lender = _lender(f, quotes[f.evidence.sha256, f.evidence.quote], ("count", f.unit))
        elif f.role == "benchmark" and (words.empty or words not in owned):
            lender = _lender(f, quotes[f.evidence.sha256, f.evidence.quote], (f.unit,))
        if lender is None:
            said.append(_Said(f, f.metric_text))
        else:
            said.append(_Said(f, lender.metric_text, lender.evidence.text))
    return said


def _lender(figure: Figure, beside: Sequence[Figure], units: Collection[str]) -> Figure | None:
    """The actual figure of one of the units in the same sentence or row whose words the figure may borrow."""
    able = [f for f in beside if f.role == "actual" and f.unit in units and not measure_words(f.metric_text).empty]
    if len({measure_words(f.metric_text) for f in able}) != 1:
        return None
    before = [f for f in able if f.evidence.start < figure.evidence.start]
    return (before or able)[-1]


def _spelled_out(said: Iterable[_Said], glossaries: Glossaries) -> list[_Said]:
    """The words with short forms written out, by the paper's own glossary before the field's."""
    return [
        one._replace(text=spelled_out(one.text, one.figure.unit, glossaries.get(one.figure.evidence.sha256, {})))
        for one in said
    ]


def _signs(said: Sequence[_Said]) -> list[_Sign | None]:
    units = _units_of_rows(said)
    signs = [_sign(one, units) for one in said]
    meant = [people_meant(one.text) for one in said]
    told: dict[_Sign, set[str]] = defaultdict(set)
    for sign, of in zip(signs, meant, strict=True):
        if sign and of:
            told[sign].add(of)
    # "People" is a small word where nobody says the same of children, and all that tells two tables apart where they do.
    return [
        sign._replace(of=of) if sign and len(told[sign]) > 1 else sign for sign, of in zip(signs, meant, strict=True)
    ]


def _units_of_rows(said: Iterable[_Said]) -> Mapping[tuple[str, str], str]:
    """The unit of the values that share words in a paper, for the numerators, denominators and changes beside them."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for f, text, _ in said:
        whole = f.unit != "count" or f.value is None or f.value == f.value.to_integral_value()
        if f.role not in _PARTS and f.role != "change" and whole:
            counts[f.evidence.sha256, text][f.unit] += 1
    return {key: min(units, key=lambda u: (-units[u], u)) for key, units in counts.items()}


def _sign(said: _Said, units: Mapping[tuple[str, str], str]) -> _Sign | None:
    figure = said.figure
    words = measure_words(said.text)
    if words.empty:
        return None
    unit = _CHANGE_UNITS.get(figure.unit, figure.unit)
    place = (figure.evidence.sha256, said.text)
    if figure.role in _PARTS or (figure.role == "change" and figure.unit in ("percent", "percentage_points")):
        unit = units.get(place, unit)
    if unit == "count" and figure.value is not None and figure.value != figure.value.to_integral_value():
        unit = units.get(place, unit)  # "81.7 per 10,000, compared with 78.7"
    return _Sign(words, unit)


def _matches(signed: Iterable[tuple[_Said, _Sign]]) -> dict[_Sign, Match]:
    """What the registry makes of each sign; wordings of one sign that disagree name nothing for sure."""
    found: dict[_Sign, list[Match]] = defaultdict(list)
    for text, sign in sorted({(one.text, sign) for one, sign in signed}, key=lambda p: (p[0], p[1].order())):
        found[sign].append(known_measure(text, sign.unit))
    agreed = {}
    for sign, matches in found.items():
        keys = {m.key for m in matches if m.key}
        if len(keys) > 1:
            agreed[sign] = Match(None, 0.0, f"its wordings mean {' and '.join(sorted(keys))}")
        else:
            agreed[sign] = max(matches, key=lambda m: (m.key is not None, m.score, m.reason))
    return agreed


def _kept_apart(matches: Mapping[_Sign, Match], groups: _Groups) -> dict[_Sign, tuple[str, ...]]:
    """What the guard says of each group's wordings."""
    apart: dict[_Sign, set[str]] = defaultdict(set)
    for sign, match in matches.items():
        if match.key is None and match.reason:
            apart[groups.head(sign)].add(match.reason)
    return defaultdict(tuple, {head: tuple(sorted(reasons)) for head, reasons in apart.items()})


def _why(said: _Said, sign: _Sign, groups: _Groups, matches: Mapping[_Sign, Match], name: str) -> MetricLink:
    """Why a figure is in its group, from what is nearest to its own words."""
    match = matches[sign]
    if match.key:
        link = MetricLink(score=match.score, reason=match.reason)
    elif sign in groups.joined:
        link = groups.joined[sign]
    elif said.text == name:
        link = MetricLink(score=1.0, reason="a measure of the council's own, in these words")
    else:
        link = MetricLink(score=1.0, reason=f"the same words as '{name}', small words aside")
    if said.beside:
        score = min(link.score, 0.8)
        return MetricLink(score=score, reason=f"set beside {said.beside} in one sentence or row; {link.reason}")
    return link


class _Groups:
    """Signs gathered into measures. Groups of two indicators of the registry never become one."""

    def __init__(self, signs: Iterable[_Sign], known: Mapping[_Sign, str]) -> None:
        self._signs = sorted(set(signs), key=_Sign.order)
        self._parents = {sign: sign for sign in self._signs}
        self._members = {sign: [sign] for sign in self._signs}
        self._keys = dict(known)
        self.joined: dict[
            _Sign, MetricLink
        ] = {}  # why a sign is in its group, for those that its own words do not tell
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
                score = round(_likeness(a.words, b.words) / 100, 2)
                odd = ", ".join(sorted(a.words.names ^ b.words.names))  # one word, near enough to be read as it is
                for sign in (a, b):
                    self.joined.setdefault(sign, MetricLink(score=score, reason=f"all but '{odd}' is said alike"))

    def _alike(self) -> Iterator[tuple[_Sign, _Sign]]:
        known = set(self._parents)
        for large in self._signs:
            names = sorted(large.words.names)
            for kept in combinations(names, len(names) - 1) if 3 <= len(names) <= 24 else ():
                small = _Sign(MeasureWords(frozenset(kept), large.words.tells), large.unit, large.of)
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
                    told = [*self._members[self.head(prose)]] if row in self._keys else [*self._members[row]]
                    reason = "a table row and a sentence of one paper print the same value for the same time"
                    for sign in {*told, prose}:
                        self.joined.setdefault(sign, MetricLink(score=0.8, reason=reason))
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
        key = own_key(council, name)
        taken[key] += 1
        unit_key = f"{key}_{_slug(head.unit)}" if taken[key] > 1 else key
        taken[unit_key] += unit_key != key
        keys[head] = unit_key if taken[unit_key] <= 1 or unit_key == key else f"{unit_key}_{taken[unit_key]}"
    return keys


def own_key(council: str | None, name: str) -> str:
    """The key of a measure of the council's own; without a name, what all its keys begin with."""
    return f"{_slug(council or 'unknown')}.{_slug(_short(name)) if name else ''}"


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


def _metric(key: str, head: _Sign, found: Sequence[Figure], council: str | None, apart: tuple[str, ...]) -> Metric:
    names = list(dict.fromkeys(f.metric_text for f in found))
    if known := registered_metric(key, council):
        aliases = tuple(sorted(set(names) - {known.name}))
        return known.model_copy(update={"better": known.better or _better(found), "aliases": aliases, "apart": apart})
    return Metric(
        key=key,
        name=names[0],
        unit=head.unit,
        better=_better(found),
        council=council,
        aliases=tuple(sorted(names[1:])),
        apart=apart,
    )


def registered_metric(key: str, council: str | None) -> Metric | None:
    """The registry's indicator as a council's metric, None for a key that is not the registry's."""
    known = indicator_by_key().get(key)
    if known is None:
        return None
    return Metric(key=key, name=known.name, unit=known.unit, better=known.better, council=council)


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
