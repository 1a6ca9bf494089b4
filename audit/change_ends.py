"""A stated change with the two values it lies between, as a sentence gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from audit.case import Case
from schema.evidence import Evidence
from schema.records import Figure
from schema.rounding import Interval, figure_interval

_REACH: Final = 450  # characters between the first and the last of the three: two sentences
_FROM: Final = re.compile(r"\bfrom\s+(?:an?\s+|the\s+|around\s+|about\s+|£)*$", re.IGNORECASE)
_TO: Final = re.compile(r"\bto\s+(?:an?\s+|just\s+|around\s+|about\s+|£)*$", re.IGNORECASE)
_THEN: Final = re.compile(
    r"\b(?:from|than|compared|against|previous|last|on)\b[^.;,]{0,70}$|\([^)]{0,40}$", re.IGNORECASE
)
_UP: Final = re.compile(r"\b(?:increas\w*|ris(?:e|en|ing)|rose|grew|grown|growth|higher|more|up)\b", re.IGNORECASE)
_DOWN: Final = re.compile(
    r"\b(?:decreas\w*|reduc\w*|fall(?:en|ing|s)?|fell|drop\w*|declin\w*|lower|fewer|less|down)\b", re.IGNORECASE
)
_GOES_ON: Final = re.compile(r"\W*(?:This|That|These|It|Which)\b")
_SHARE_OF_OTHER: Final = re.compile(r"\b(?:of which|per year|each year|a year)\b", re.IGNORECASE)


class Change(NamedTuple):
    """`change` is the difference that the paper states, from `then` to `now`; `up` is whether it calls it an increase,
    None where the words beside it do not say."""

    change: Figure
    then: Figure
    now: Figure
    up: bool | None

    @property
    def places(self) -> tuple[Evidence, ...]:
        return self.change.evidence, self.then.evidence, self.now.evidence

    @property
    def difference(self) -> Interval | None:
        """What `now` less `then` can be, given how both are printed."""
        now, then = figure_interval(self.now), figure_interval(self.then)
        return None if now is None or then is None else Interval(now.low - then.high, now.high - then.low)

    @property
    def per_cent(self) -> Interval | None:
        """The difference in per cent of `then`; None where that can be nought."""
        now, then = figure_interval(self.now), figure_interval(self.then)
        if now is None or then is None or then.low <= 0 or now.low < 0:
            return None
        return Interval((now.low / then.high - 1) * 100, (now.high / then.low - 1) * 100)

    @property
    def stated(self) -> Interval | None:
        """The change without its sign."""
        found = figure_interval(self.change)
        if found is None:
            return None
        return Interval(-found.high, -found.low) if found.high <= 0 else found

    def is_given_by(self, ends: Interval) -> bool:
        """Whether the ends give the stated change, in either direction."""
        stated = self.stated
        if stated is None:
            return True
        return _meet(stated, ends) or _meet(stated, Interval(-ends.high, -ends.low))


def _meet(one: Interval, other: Interval) -> bool:
    return max(one.low, other.low) <= min(one.high, other.high)


def changes(case: Case) -> Iterator[Change]:
    """The changes of a case of which the text gives both ends without a doubt."""
    for sha256, figures in case.figures_of.items():
        said = [one for one in figures if one.value is not None and " | " not in one.evidence.quote]
        said = [one for one in said if one.id not in case.repeats]
        places = [(one.evidence.page or 0, one.evidence.start) for one in said]
        texts = {page.number: page.text for page in case.pages.get(sha256, ())}
        for change in said:
            if change.role == "change":
                at = bisect_left(places, (change.evidence.page or 0, change.evidence.start - _REACH))
                to = bisect_left(places, (change.evidence.page or 0, change.evidence.start + _REACH))
                if found := _ends(change, said[at:to], texts.get(change.evidence.page, "")):
                    yield found


def _ends(change: Figure, near: Sequence[Figure], text: str) -> Change | None:
    quote = change.evidence.quote
    ends = [one for one in near if one.role in ("actual", "benchmark", "plan") and _comparable(change, one)]
    mine = [one for one in ends if one.evidence.quote == quote]
    if _SHARE_OF_OTHER.search(quote):
        return None
    if len(mine) == 1 and _GOES_ON.match(quote):
        # "It was 8.54 in December. This is an increase of 0.13 on 8.41 in November."
        before = [one for one in ends if one.evidence.quote != quote and one.evidence.start < change.evidence.start]
        if not before or mine[0].unit != before[-1].unit:
            return None
        if not _THEN.search(text[change.evidence.end : mine[0].evidence.start]):
            return None
        return _told(change, mine[0], before[-1], text)
    others = [one for one in near if one.role == "change" and one.evidence.quote == quote]
    alone = len(mine) == 2 and len(others) == 1 and mine[0].unit == mine[1].unit
    if alone and (found := _from_to(change, mine[0], mine[1], text)):
        return found
    return _now_and_then(change, mine, others, text)


def _from_to(change: Figure, first: Figure, second: Figure, text: str) -> Change | None:
    """`from 254 to 231`, or `to 231 from 254`."""
    before, between = text[: first.evidence.start][-40:], text[first.evidence.end : second.evidence.start]
    if _FROM.search(before) and _TO.search(between):
        return _told(change, first, second, text)
    if _TO.search(before) and _FROM.search(between):
        return _told(change, second, first, text)
    return None


def _now_and_then(change: Figure, ends: Sequence[Figure], changes: Sequence[Figure], text: str) -> Change | None:
    """`231, a fall of 23 on last year (254) and of 30 on the year before (261)`: each change has its own value then."""
    start, later = (
        change.evidence.end,
        [one.evidence.start for one in changes if one.evidence.start > change.evidence.start],
    )
    first_change = min(one.evidence.start for one in changes)
    now = [one for one in ends if one.evidence.start < first_change]
    then = [one for one in ends if start <= one.evidence.start < min(later, default=start + _REACH)]
    if len(now) != 1 or len(then) != 1 or len(ends) != len(changes) + 1 or now[0].unit != then[0].unit:
        return None
    return _told(change, then[0], now[0], text) if _THEN.search(text[start : then[0].evidence.start]) else None


def _comparable(change: Figure, end: Figure) -> bool:
    """Whether a change may be between values like this one: of its unit, or in per cent or points of it."""
    if change.unit == "percent":
        return end.unit != "percentage_points" and end.value_high is None
    if change.unit == "percentage_points":
        return end.unit == "percent" and end.value_high is None
    return _family(change.unit) == _family(end.unit) and end.value_high is None


def _family(unit: str) -> str:
    """Units that papers use for one another: an average of days is printed as days or as a bare number."""
    return "number" if unit in ("count", "ratio", "score", "per_1k", "per_10k", "per_100k") else unit


def _told(change: Figure, then: Figure, now: Figure, text: str) -> Change | None:
    if then.organisation != now.organisation:
        return None
    around = text[max(0, change.evidence.start - 45) : change.evidence.start]
    around = re.split(r"[.;,]", around)[-1] + " " + re.split(r"[.;,(]", text[change.evidence.end :][:45])[0]
    up, down = bool(_UP.search(around)), bool(_DOWN.search(around))
    return Change(change, then, now, up if up != down else None)


def plain(value: Decimal) -> str:
    """A decimal as papers print it, without its exponent."""
    return format(value, ",f")
