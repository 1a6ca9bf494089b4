"""Whose figure it is: the council's own, another council's, England's, the statistical neighbours'."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.language import BodyMention
from extractors.quantities import Quantity

_OWN_AVERAGE = re.compile(
    r"\b(?:the\s+)?(?:council|corporate|authority|directorate)(?:['’]s|[- ]wide)?\s+average\b", re.IGNORECASE
)
_LEADS_TO = re.compile(
    r"^(?:['’]s?)?(?:\s|,|\(|:|-|–|\b(?:average|averages|figures?|rates?|levels?|mean|median|performance|overall|as a whole|of|is|was|were|are|at|which|stands?|stood|has|have|had|for|the|same|period|"
    r"being|currently|recorded|reported|also|both|all|authorities|councils|councils['’]|boroughs|and|a|an|with|on|compar\w+|published|latest|in|this|that|year|outturn|it|that|date|time|only|just|over|under|around|approximately|about)\b"
    r"|\b(?:19|20)\d\d(?:[/-]\d\d)?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])\b)*$",
    re.IGNORECASE,
)
_COMES_AFTER = re.compile(
    r"^(?:\s*(?:\(|,)?\s*(?:(?:for|in|across|among|amongst|by|from|the|all|our|of|is|was|its|similar|average|both|on|as|figure|rate|per 10,000|per 1,000|per 100,000|children|child population|under 18s?)\b\s*)*)$",
    re.IGNORECASE,
)


_STARTS_ANOTHER = re.compile(r"\s*(?:,|;|\)|\band\b|\bwith\b)", re.IGNORECASE)


def own_average(text: str, council: str | None) -> list[BodyMention]:
    """'the Council average' in one service's report: the whole council, set beside the service."""
    name = f"{council} council average" if council else "council average"
    return [BodyMention(m.start(), m.end(), name, "other") for m in _OWN_AVERAGE.finditer(text)]


def other_bodies(
    text: str, mentions: Sequence[BodyMention], figures: Sequence[Quantity], council: str | None
) -> dict[Quantity, str]:
    """The figures of a sentence that are another body's, with its short name. `text` is the passage that all offsets count in.

    A body speaks for the figure that its words lead up to ("the England average of 22%"), else for the one directly before
    ("22% nationally").
    """
    others = [m for m in mentions if m.name != council]
    whose: dict[Quantity, str] = {}
    for mention in others:
        after = next((q for q in figures if q.start >= mention.end), None)
        before = next((q for q in reversed(figures) if q.end <= mention.start), None)
        follows = (
            before is not None and before not in whose and bool(_COMES_AFTER.match(text[before.end : mention.start]))
        )
        leads = after is not None and after not in whose and _leads(text[mention.end : after.start])
        if leads and after and not (follows and _STARTS_ANOTHER.match(text[mention.end : after.start])):
            whose[after] = mention.name
        elif follows and before:
            whose[before] = mention.name
    return whose | _respectively(text, others, figures)


def _respectively(text: str, mentions: Sequence[BodyMention], figures: Sequence[Quantity]) -> dict[Quantity, str]:
    """'above statistical neighbours and England averages (52% and 49%, respectively)': the first body has the first figure."""
    for first, second in itertools.pairwise(mentions):
        if not re.fullmatch(r"['’]?\s*(?:averages?\s*)?(?:and|or|,)\s+(?:the\s+)?", text[first.end : second.start]):
            continue
        following = [q for q in figures if q.start >= second.end][:2]
        if (
            len(following) == 2
            and _leads(text[second.end : following[0].start])
            and re.fullmatch(r"\s*(?:and|,)\s*", text[following[0].end : following[1].start])
        ):
            return {following[0]: first.name, following[1]: second.name}
    return {}


def _leads(between: str) -> bool:
    return len(between) < 90 and bool(_LEADS_TO.match(between))
