"""The words of a paper that name what a figure measures: which of its clause's ways of naming, and what it points back to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from extractors.clause_words import (
    by_bracket,
    by_continuation,
    by_subject,
    leads_verb,
    noun_counted,
    noun_of_amount,
    of_target,
    of_verb,
    own_clause,
    people_in,
    starts_clause,
)
from extractors.figure_spots import Spot, said_in, spot_of
from extractors.language import Passage, Sentence
from extractors.quantities import Quantity
from extractors.roles import Window, role_of
from extractors.subject_words import clean, content_words, is_bare, subject_of, unplaced, until_boundary
from schema.records import Role

_OF_THESE = re.compile(
    r"[\s,]*of\s+(?:these|those|which|whom|them|this number|that number)\b(?!\s+who\b|\s+aged\b)\s*", re.IGNORECASE
)
_POINTS_BACK = re.compile(r"^\W*(?:this|it|that|these)\b", re.IGNORECASE)
_EACH = re.compile(r"\s*(?:a|per|each|every)\s+(?:month|week|day|night)\b", re.IGNORECASE)
_OUT_OF = re.compile(r"\bof\s+(?:the\s+|this\s+)?$", re.IGNORECASE)
_FAMILIES = {"percentage_points": "percent"}


_CHANGE_IN = re.compile(
    r"\s+(?:increase|decrease|rise|fall|reduction|drop|growth|improvement|decline)\s+in\s+(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""'Quarter 3 saw a 31% decrease in the number of complaints received': what a change is of stands behind it."""


def metric_words(
    passage: Passage, q: Quantity, role: Role, figures: Sequence[Quantity], named: Mapping[Quantity, str], previous: str
) -> str:
    """The words that name what `q` measures.

    The noun that a count counts; what follows "of" ("87.9% of cases had management oversight") or the verb that a share
    leads ("84% said they were proud"), with the people it is a share of; the subject before the number ("the turnover rate
    fell to"). Where the sentence only points back ("this figure was", "compared with 78.1%", "our 95% target"), what the
    figure before it measured. `named` has what was found for the figures before in the sentence, `previous` what the
    last figure before the sentence measured.
    """
    words = _words(passage, q, role, figures, named, previous)
    each = _EACH.match(passage.text[q.end : q.end + 20]) if q.unit in ("count", "gbp") else None
    if each and words and not re.search(r"(?:month|week|dai|night)(?:ly)?\b", words, re.IGNORECASE):
        return f"{words} {' '.join(each[0].split())}"
    return "" if q.unit == "count" and len(words) > 4 and words.isupper() else words


def _words(
    passage: Passage, q: Quantity, role: Role, figures: Sequence[Quantity], named: Mapping[Quantity, str], previous: str
) -> str:
    spot = spot_of(passage, q, figures)
    before = _antecedent(passage, q, role, figures, named, previous)
    if role == "target":
        return of_target(spot, q, before) or before or _of_later(passage, q, spot, figures, previous)
    if listed := _respectively(passage, q, figures, spot):
        return listed
    if spot.bracketed:
        return by_bracket(spot, q, named, before)
    if _OF_THESE.match(spot.right):
        tail = clean(until_boundary(_OF_THESE.sub("", spot.right)))
        return f"{people_in(before)} {tail}".strip() if content_words(tail) else before
    if role == "change" and (m := _CHANGE_IN.match(spot.right)):
        changed = clean(until_boundary(m["what"]))
        if content_words(changed):
            return changed
    if q.unit == "gbp" and _OUT_OF.search(spot.left) and leads_verb(spot.right):
        return clean(until_boundary(spot.right))
    if starts_clause(spot) and leads_verb(spot.right):
        return of_verb(spot, before)
    if amount := noun_of_amount(spot, q):
        return amount
    if counted := noun_counted(spot, q):
        return before if before and is_bare(counted) and _POINTS_BACK.match(spot.left) else counted
    if spot.last and not content_words(unplaced(own_clause(spot.left))):
        return by_continuation(spot, q, before)
    return by_subject(spot, q, before, _heading(passage, q))


def _heading(passage: Passage, q: Quantity) -> str:
    """'The share of children entitled to free meals:', the sentence that introduces the one `q` stands in."""
    index = passage.sentence_at(q.start)
    if not index:
        return ""
    sentence = passage.sentences[index - 1]
    words = said_in(passage, sentence).words
    return subject_of(words.rstrip(" :")) if words.rstrip().endswith(":") else ""


def _family(unit: str) -> str:
    return _FAMILIES.get(unit, unit)


def _antecedent(
    passage: Passage,
    q: Quantity,
    role: Role,
    figures: Sequence[Quantity],
    named: Mapping[Quantity, str],
    previous: str,
) -> str:
    """What the sentence points back to: the nearest figure before of the same unit, for a change the nearest of all."""
    earlier = [f for f in figures if f.end <= q.start and named.get(f)]
    alike = [f for f in earlier if role == "change" or _family(f.unit) == _family(q.unit)]
    if alike:
        return named[alike[-1]]
    if earlier and q.unit not in ("percent", "percentage_points", "gbp"):
        return named[earlier[-1]]
    said = _said_before(passage, q)
    return said or previous or (named[earlier[-1]] if earlier else "")


def _said_before(passage: Passage, q: Quantity) -> str:
    """What the last figure of the same unit measured, one or two sentences back, where another unit stands between."""
    index = passage.sentence_at(q.start)
    for back in range(index - 1, max(-1, index - 4), -1):
        numbers = _numbers(passage, back)
        if not numbers:
            continue
        if _family(numbers[-1].unit) == _family(q.unit):
            return ""  # the caller's `previous`
        if any(_family(f.unit) == _family(q.unit) for f in numbers):
            names = _names(passage, back, numbers)
            return next((names[f] for f in reversed(numbers) if _family(f.unit) == _family(q.unit) and names[f]), "")
    return ""


def _numbers(passage: Passage, index: int) -> list[Quantity]:
    sentence = passage.sentences[index]
    return [f for f in passage.quantities if sentence.start <= f.start < sentence.end and f.aside is None]


def _names(passage: Passage, index: int, numbers: Sequence[Quantity], previous: str = "") -> dict[Quantity, str]:
    """What the figures of an earlier sentence measure."""
    sentence = passage.sentences[index]
    names: dict[Quantity, str] = {}
    for q in numbers:
        names[q] = metric_words(passage, q, _role(passage, sentence, q, numbers), numbers, names, previous)
    return names


def _role(passage: Passage, sentence: Sentence, q: Quantity, numbers: Sequence[Quantity]) -> Role:
    left = max([f.end for f in numbers if f.end <= q.start] + [sentence.start])
    right = min([f.start for f in numbers if f.start >= q.end] + [sentence.end])
    text = passage.text
    return role_of(Window(text[left : q.start], text[q.end : right], text[sentence.start : sentence.end]), q.unit)


def _respectively(passage: Passage, q: Quantity, figures: Sequence[Quantity], spot: Spot) -> str:
    """'This compares with 22%, 19% and 59%': as many figures as the sentence before it names, in its order."""
    alike = [f for f in figures if _family(f.unit) == _family(q.unit)]
    if len(alike) < 2 or len(alike) != len(figures) or content_words(unplaced(spot.opening)):
        return ""
    text = passage.text
    if any(not re.fullmatch(r"\s*(?:,|,?\s*and)\s*", text[a.end : b.start]) for a, b in itertools.pairwise(alike)):
        return ""
    index = passage.sentence_at(q.start)
    found: list[str] = []
    for back in range(index - 1, max(-1, index - 3), -1):
        numbers = _numbers(passage, back)
        names = _names(passage, back, numbers)
        found = [*dict.fromkeys(names[f] for f in numbers if f.unit == q.unit and names[f]), *found]
        if len(found) >= len(alike):
            break
    return found[alike.index(q)] if len(found) == len(alike) else ""


def _of_later(passage: Passage, q: Quantity, spot: Spot, figures: Sequence[Quantity], previous: str) -> str:
    """'Against a target of 90%, 84% of visits were on time': a target that names nothing is that of the figure after it."""
    later = next((f for f in figures if f.start >= q.end and _family(f.unit) == _family(q.unit)), None)
    if later is None or spot.last is not None:
        return ""
    return metric_words(passage, later, "actual", [f for f in figures if f is not q], {}, previous)
