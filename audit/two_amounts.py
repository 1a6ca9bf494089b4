"""Two amounts of money for the cost of one thing.

Sentences on what something costs, needs or is estimated at are put together where they name the same thing ("the
improvement plan") or the same thing over the same number of years, whatever else they say. Two different amounts for it
in one paper are asked about.

- **It may be wrong** where one amount is a part of the other or of another year. Only sums meant for the same stretch
  are compared: where both sentences name years, they must name the same; a thing with three amounts or more is passed
  over, and so are amounts of which one is more than twice the other.
- **Example**: "£3.1m has been identified as the requirement of the recovery plan"; "the recovery plan is estimated to
  cost £2.8m".
- **Severity**: warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from audit.alike import content_words
from audit.case import Case
from audit.question import Check, Looked, Question
from schema.records import Figure
from schema.rounding import figures_agree

_NEEDS: Final = re.compile(
    r"\b(?:costs?|costed|requirements?|required?|needs?|needed|estimat\w+|investments?)\b", re.IGNORECASE
)
_PART: Final = re.compile(
    r"\b(?:of which|further|additional|including|outturn|spent|remaining|underspend|overspend)\b", re.IGNORECASE
)
_YEARS: Final = re.compile(r"\bover (?:the next |a period of )?(two|three|four|five|\d) years?\b", re.IGNORECASE)
_YEAR_NAMED: Final = re.compile(r"\b20\d\d\s?[/-]\s?\d\d(?:\d\d)?\b")
_NUMBERS: Final = {"two": "2", "three": "3", "four": "4", "five": "5"}
_WORDS_ON_COST: Final = content_words(
    "cost costs costed requirement required need needs needed estimate estimated investment support supports expected "
    "identified growth funding budget amount improve thus far children child service services council support million"
)


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for figures in case.figures_of.values():
        costs = [one for one in figures if one.id not in case.repeats and _is_cost(one)]
        checked += len(costs)
        things: dict[tuple[str, ...], list[Figure]] = {}
        for figure in costs:
            for thing in _things(figure):
                things.setdefault(thing, []).append(figure)
        asked: set[frozenset[str]] = set()
        for amounts in things.values():
            pair = _two(amounts)
            if pair and frozenset(one.id for one in pair) not in asked:
                asked.add(frozenset(one.id for one in pair))
                yield _question(*pair)
    yield Looked(checked)


def _is_cost(figure: Figure) -> bool:
    said = figure.unit == "gbp" and figure.value is not None and figure.qualifier in ("exact", "about")
    return (
        said and figure.role == "plan" and " | " not in figure.evidence.quote and bool(_NEEDS.search(_clause(figure)))
    )


def _clause(figure: Figure) -> str:
    """The part of the sentence that the amount belongs to: up to the next amount on either side."""
    quote, printed = figure.evidence.quote, figure.evidence.text
    at = quote.find(printed)
    if at < 0:
        return quote
    before = re.split(r"£[\d.,]+\s?(?:m|k|bn|million|billion)?", quote[:at])[-1]
    after = re.split(r"£|, with\b|;", quote[at + len(printed) :])[0]
    return f"{before} {printed} {after}"


def _things(figure: Figure) -> Iterator[tuple[str, ...]]:
    """What an amount may be the cost of: pairs of words in a row, and a word with the number of years."""
    clause = re.sub(r"\([^)]*\)", " ", _clause(figure))
    words = re.findall(r"[a-z]+", clause.lower().replace("’s", "").replace("'s", ""))
    telling = [
        word
        for word in words
        if len(word) > 3 and word not in _YEAR_WORDS and not content_words(word) <= _WORDS_ON_COST
    ]
    for one, other in pairwise(words):
        if one in telling and other in telling:
            yield one, other
    if years := _YEARS.search(clause):
        for word in telling:
            yield word, "over", _NUMBERS.get(years[1].lower(), years[1])


_YEAR_WORDS: Final = frozenset(
    {"over", "year", "years", "next", "period", "will", "been", "would", "that", "with", "from"}
)


def _two(amounts: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The two amounts of a thing; None where it has one, or more than two."""
    different: list[Figure] = []
    for figure in amounts:
        if not any(figures_agree(figure, other) for other in different):
            different.append(figure)
    if len(different) != 2:
        return None
    one, other = different
    if one.evidence.quote == other.evidence.quote or _PART.search(_clause(one)) or _PART.search(_clause(other)):
        return None
    assert one.value is not None
    assert other.value is not None
    if not 0.5 <= one.value / other.value <= 2:
        return None
    years, others = (_years(_clause(figure)) for figure in different)
    return (one, other) if not years or not others or years == others else None


def _years(clause: str) -> set[str]:
    return set(_YEAR_NAMED.findall(clause))


def _question(one: Figure, other: Figure) -> Question:
    message = (
        f"{one.evidence.text} and {other.evidence.text}: both are said of the cost of what seems to be one thing. "
        "Which holds, or what is the difference?"
    )
    return Question("warning", message, (one.evidence, other.evidence))


CHECK = Check("two-amounts", "Two amounts of money for the cost of one thing", "paper", find)
