"""The parts that a table of a PDF page is found as, and what every way of finding one needs: lines of words, text of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

from ingest.pdf_characters import Word
from ingest.pdf_shapes import Rect
from schema.evidence import Box


class FoundCell(NamedTuple):
    """A place of a table's grid. A merged cell's words stand in its first place, which has the spans; its other places are
    `covered` and empty. `fill` is the `#rrggbb` it is painted with; white and unpainted are None."""

    text: str
    bbox: Box
    words: tuple[Word, ...] = ()
    row: int = 0
    column: int = 0
    colspan: int = 1
    rowspan: int = 1
    fill: str | None = None
    covered: bool = False


@dataclass(frozen=True)
class FoundTable:
    """A table as it stands on one page; every row has as many cells. One that could not be read with confidence says why
    in `refused` and has no rows."""

    page: int
    bbox: Box
    rows: tuple[tuple[FoundCell, ...], ...]
    refused: str | None = None


class TextLine(NamedTuple):
    """Words that stand on one line, from the left."""

    words: tuple[Word, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


_SAME_LINE: Final = 0.4  # of a word's height: how far its middle may stand from the line's


def text_lines(words: Iterable[Word]) -> list[TextLine]:
    """The words as lines, from the top. Words beside each other share a line where their middles nearly agree."""
    found: list[list[Word]] = []
    middle = height = 0.0
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        at, tall = (word.top + word.bottom) / 2, word.bottom - word.top
        if found and at - middle <= _SAME_LINE * min(tall, height):
            found[-1].append(word)
        else:
            found.append([word])
            middle, height = at, tall
    return [_line_of(line) for line in found]


def _line_of(words: list[Word]) -> TextLine:
    words.sort(key=lambda w: w.x0)
    first = words[0]
    if all(w.top == first.top and w.bottom == first.bottom for w in words):
        return TextLine(tuple(words), first.top, first.bottom)
    return TextLine(tuple(words), median([w.top for w in words]), median([w.bottom for w in words]))


def reading_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """A cell's words as a person reads them; turned text in the order of the file."""
    if len(words) < 2:
        return tuple(words)
    if not any(word.upright for word in words):
        return tuple(sorted(words, key=lambda w: w.start))
    return tuple(word for line in text_lines(words) for word in line.words)


_BROKEN_WORD = re.compile(r"\w[-‐]$")
_NOT_A_REST = frozenset(("and", "or", "to", "and/or"))


def text_of(words: Sequence[Word]) -> str:
    """The words, in reading order, as one line of text. A word parted at its hyphen by the line's end is one word again."""
    text = ""
    before: Word | None = None
    for word in words:
        if before is None:
            text = word.text
        elif _goes_on(before, word):
            text += word.text
        else:
            text += " " + word.text
        before = word
    return text


def _goes_on(before: Word, word: Word) -> bool:
    if not (before.upright and word.top > before.top + (before.bottom - before.top) / 2):
        return False
    rest = word.text
    return bool(
        _BROKEN_WORD.search(before.text) and (rest[0].islower() or rest[0].isdigit()) and rest not in _NOT_A_REST
    )


def box_around(boxes: Iterable[Box | Word]) -> Box:
    """The smallest box that holds all of them. Raises ValueError for none."""
    edges = [(b[1], b[2], b[3], b[4]) if isinstance(b, Word) else b for b in boxes]
    return min(e[0] for e in edges), min(e[1] for e in edges), max(e[2] for e in edges), max(e[3] for e in edges)


_VALUE = re.compile(
    r"(?!0\d{3})[<>≤≥~c.]{0,2}[(\[]?[-+−–]?\s?[£$€]?\s?[-+−–]?\d[\d,.:/]*(?:[-–/]\d[\d,.:]*)?\s?(?:%|pp|ppts?|pts?|m|k|bn|p|st|nd|rd|th)?[)\]]?[*†‡^#]{0,2}",
    re.IGNORECASE,
)
_SHORT_VALUES = frozenset((
    *"-–—*cx:…rabgyn", "**", ".", "..", "...", "n/a", "na", "nil", "none", "tbc", "tbd", "ag", "ra", "yes", "no",
    "red", "amber", "green", "blue", "grey", *"●↑↓→←↔▲▼◄►⬆⬇✓✔✗",
))  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_LONGEST_WORD: Final = max(len(value) for value in _SHORT_VALUES if value.isalpha())


def may_hold_values(words: Sequence[Word]) -> bool:
    """A cheap look first: whether a number stands among words, or two of the words that are values. Most lines have none."""
    text = " ".join([word.text for word in words])
    if _DIGIT.search(text):
        return True
    return sum(map(_SHORT_VALUES.__contains__, text.casefold().split())) > 1


def is_value(text: str) -> bool:
    """Whether a text is what a table holds under its heads: a number, a year, a mark for no value, a rating.

    "85.4", "£1,384.1m", "(23.4%)", "2017/18", "-", "n/a", "R", "↑"; but not "0345", which begins a telephone number.
    """
    if text.isalpha():
        return len(text) <= _LONGEST_WORD and text.casefold() in _SHORT_VALUES
    return text.casefold() in _SHORT_VALUES or _VALUE.fullmatch(text) is not None


def is_painted(rect: Rect) -> bool:
    return rect.fill is not None and rect.fill != "#ffffff"
