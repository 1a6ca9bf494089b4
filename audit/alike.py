"""When two figures of one paper speak of one thing, by more than the metric that linking gave them."""

from __future__ import annotations

import re
from typing import Final

from schema.records import Figure

_EMPTY_WORDS: Final = """
the a an of in at on to for and or with by from per as is are was were be been has have had this that these those
it its their our than within which who all any not no number percentage proportion rate average total year years
month months quarter date end current currently latest now further also into over under up
"""
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())


def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell things apart, without their endings of number, and its numbers."""
    words = re.findall(r"[a-z]+|\d+", text.lower().replace("’", "'").replace("'s", ""))
    return frozenset(_stem(word) for word in words if word not in _EMPTY)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def is_of_table(figure: Figure) -> bool:
    """Whether a figure stands in a table's row: rows are quoted with bars between their cells."""
    return " | " in figure.evidence.quote


def row_label(figure: Figure) -> str:
    """The first cell with words of the row that a figure stands in."""
    cells = figure.evidence.quote.split(" | ")
    return next((cell for cell in cells if re.search(r"[A-Za-z]{3}", cell)), cells[0])


def names_one_thing(one: Figure, other: Figure) -> bool:
    """Whether two figures of one metric name the same thing: rows of tables by their labels, sentences by the words for
    what they measure. A total's row names what the sentence does. A sentence that only says "this" speaks of what the
    sentence before it names, and of nothing further off."""
    if is_of_table(one) and is_of_table(other):
        return content_words(row_label(one)) == content_words(row_label(other))
    if is_of_table(one) or is_of_table(other):
        row, sentence = (one, other) if is_of_table(one) else (other, one)
        label = content_words(row_label(row))
        if not label or re.match(r"(?i)\W*(?:grand |overall )?totals?\b", row_label(row)):
            return True
        return _says_itself(sentence) and label <= content_words(f"{sentence.evidence.quote} {sentence.metric_text}")
    here, there = content_words(one.metric_text), content_words(other.metric_text)
    return bool(here & there) and (here <= there or there <= here) and _is_said_of_one(one, other)


def _says_itself(figure: Figure) -> bool:
    """Whether the sentence has words of what the figure measures, and did not inherit them from one before."""
    return not content_words(figure.metric_text).isdisjoint(content_words(figure.evidence.quote))


def _is_said_of_one(one: Figure, other: Figure) -> bool:
    """Whether both sentences say what they measure, or the second follows the first, which does."""
    first, second = sorted((one, other), key=lambda figure: figure.evidence.start)
    if _says_itself(first) and _says_itself(second):
        return True
    here, there = first.evidence, second.evidence
    near = len(here.quote) + len(there.quote)
    together = (here.sha256, here.page) == (there.sha256, there.page) and there.start - here.end < near
    return _says_itself(first) and together
