"""The words about a figure: what its sentence says left and right of it, and whether it stands in a bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.language import Passage, Sentence
from extractors.quantities import Quantity
from extractors.subject_words import GAP, content_words, unplaced

_WITHIN = re.compile(r"\b(?:within|under|over|more than|less than|at least|aged)\s+$", re.IGNORECASE)
SPANNED = re.compile(r"[\w.]+[\s-]*(?:miles?|days?|weeks?|months?|hours?|years?|working)\b", re.IGNORECASE)
_THRESHOLD = re.compile(r"\s*(?:or|and)\s+(?:more|over|fewer|less|above|older|under|subsequent)\b|\s*\+", re.IGNORECASE)


class Spot(NamedTuple):
    """A figure with the words about it, dates and other bodies' names taken out.

    `left` runs from the figure before it or the start of the sentence, `right` to the next one or the end.
    """

    left: str
    right: str
    last: Quantity | None
    later: Quantity | None
    opening: str  # the words of the sentence before its first figure
    bracketed: bool  # stands in a bracket that names nothing of its own
    counted_before: Quantity | None  # the count that the bracket gives the share of: "76 (55%)"


class _Said(NamedTuple):
    """The sentence with its dates and the names of councils and other bodies blanked out, every character in its place."""

    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    def cut(self, start: int, end: int) -> str:
        return self.words[start - self.start : max(start, end) - self.start]


def said_in(passage: Passage, sentence: Sentence) -> _Said:
    words = list(passage.text[sentence.start : sentence.end])

    def blank(start: int, end: int, mark: str) -> None:
        if sentence.start <= start and end <= sentence.end:
            words[start - sentence.start : end - sentence.start] = [" "] * (end - start - 1) + [mark]

    for period in passage.periods:
        blank(period.start, period.end, GAP)
    for body in passage.bodies:
        blank(body.start, body.end, " ")
    return _Said("".join(words), sentence.start)


def spot_of(passage: Passage, q: Quantity, figures: Sequence[Quantity]) -> Spot:
    """The words about `q`, up to the other figures of its sentence."""
    said = said_in(passage, passage.sentences[passage.sentence_at(q.start)])
    beside = [f for f in figures if f is not q and not _is_threshold(passage.text, f)]
    last = max((f for f in beside if f.end <= q.start), default=None)
    after = q.end
    parts = re.match(r"\s*\([^()]*\)", said.cut(q.end, said.end))
    if parts and any(q.end <= f.start < q.end + parts.end() for f in beside):
        after += parts.end()  # "89% (195 of 220) of children"
    later = min((f for f in beside if f.start >= after), default=None)
    spot = Spot(
        left=said.cut(last.end if last else said.start, q.start),
        right=said.cut(after, later.start if later else said.end),
        last=last,
        later=later,
        opening=said.cut(said.start, min((f.start for f in beside if f.end <= q.start), default=q.start)),
        bracketed=False,
        counted_before=None,
    )
    opened = _opened(said.cut(said.start, q.start))
    return spot if opened is None else _in_bracket(spot, said, q, said.start + opened)


def _in_bracket(spot: Spot, said: _Said, q: Quantity, opened: int) -> Spot:
    """The spot of a figure that stands in a bracket, which has words of its own or points to those before it."""
    last = spot.last
    inside = said.cut(max(opened + 1, last.end if last else 0), q.start)
    if content_words(unplaced(inside)) or not (last or content_words(said.cut(said.start, opened))):
        return spot._replace(left=inside)
    counts = last is not None and last.end <= opened and last.unit == "count" != q.unit
    closed = re.match(r"[^()]*\)", spot.right)
    return spot._replace(
        left=spot.left if last else said.cut(said.start, opened),
        right=spot.right[closed.end() :] if closed and not content_words(unplaced(closed[0])) else spot.right,
        bracketed=True,
        counted_before=last if counts and last and not content_words(said.cut(last.end, opened)) else None,
    )


def _opened(before: str) -> int | None:
    opened = before.rfind("(")
    return opened if opened >= 0 and ")" not in before[opened:] else None


def _is_threshold(text: str, q: Quantity) -> bool:
    """'three or more placements': part of a measure's name and no neighbour of the figures about it."""
    if q.unit in ("percent", "gbp", "percentage_points"):
        return False
    return bool(
        _THRESHOLD.match(text[q.end : q.end + 20])
        or (_WITHIN.search(text[max(0, q.start - 14) : q.start]) and SPANNED.match(text[q.start : q.end + 16]))
    )
