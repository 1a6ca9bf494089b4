"""Words seen in a picture made into a page's words like those of print: of one height where they are of one size, standing
on the line that they were set on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from ingest.pdf_characters import PageObjects, Word
from ingest.pdf_shapes import Rule
from ingest.tesseract import Seen

# Shares of a font's size, as the common faces of print have them.
_CAPITAL, _SMALL, _BELOW = 0.72, 0.52, 0.21
_ASCENT, _DESCENT = 0.9, 0.22  # what a box as high as its font reaches above and below the base line
_TALL = re.compile(r"[A-Z0-9bdfhijklt%£$&()\[\]/!?'\"‘’“”#@{}|]")
_DEEP = re.compile(r"[gjpqyQ,;()\[\]/{}|]")
_FLAT = re.compile(r"[-–—_=~.,:;'\"‘’“”*+<>•·°]+")  # says nothing of its size
_RULE_SEEN = re.compile(r"[|¦\[\]{}_\\/()‘'`~]+")  # what rules and specks are read as
_NOISE: Final = 0.30  # of words that are less sure, only what may be a value is kept
_SAME_SIZE: Final = 0.12  # sizes that differ by less are one, measured from pictures
_APART: Final = 1.6  # of the size: a gap as wide parts what stands on a line


@dataclass
class _Stretch:
    """Words of one line without a wide gap: their font's size and base line."""

    words: list[Seen]
    size: float
    base: float


def page_of_words(
    seen: Sequence[Seen], number: int, width: float, height: float, rules: Sequence[Rule], turned: int, skew: float
) -> PageObjects:
    """A page's objects of words in points. `turned` and `skew` say how the page was put right to be read."""
    words: list[Word] = []
    sure: list[float] = []
    count = 0
    for stretch in _of_few_sizes(list(_stretches([word for word in seen if not _is_noise(word)]))):
        top, bottom = stretch.base - _ASCENT * stretch.size, stretch.base + _DESCENT * stretch.size
        for word in stretch.words:
            start, count = count, count + len(word.text)
            words.append(Word(word.text, word.x0, top, word.x1, bottom, start, count, True))
            sure.append(word.sure)
    return PageObjects(
        number=number,
        width=width,
        height=height,
        words=words,
        letters=[None] * len(words),
        bold=[False] * len(words),
        lines=rules,
        pictures=1,
        turned=turned,
        skew=skew,
        sure=sure,
    )


def _is_noise(word: Seen) -> bool:
    """Whether a word is a rule, a speck or a piece of a drawing."""
    if _RULE_SEEN.fullmatch(word.text):
        return True
    if word.sure >= _NOISE or any(c.isdigit() for c in word.text):
        return False
    return not (len(word.text) > 2 and word.text.isalpha() and word.sure >= _NOISE / 2)


def _stretches(seen: Sequence[Seen]) -> Iterator[_Stretch]:
    """The lines, parted where a gap is wide or where two heights were taken for one line."""
    current: list[Seen] = []
    for word in seen:
        if current and not _goes_on(current[-1], word):
            yield _stretch(current)
            current = []
        current.append(word)
    if current:
        yield _stretch(current)


def _goes_on(last: Seen, word: Seen) -> bool:
    if word.line != last.line:
        return False
    tall = max(_size(last), _size(word))
    return -0.5 * tall < word.x0 - last.x1 < _APART * tall and abs(_base(word, tall) - _base(last, tall)) < 0.3 * tall


def _stretch(words: list[Seen]) -> _Stretch:
    telling = [word for word in words if not _FLAT.fullmatch(word.text)] or words
    size = median(size for word in telling for size in [_size(word)] * len(word.text))
    return _Stretch(words, size, median(_base(word, size) for word in telling))


def _size(word: Seen) -> float:
    """The size of the font that a word is set in, told by how high its letters reach."""
    reach = _CAPITAL if _TALL.search(word.text) else _SMALL
    return (word.bottom - word.top) / (reach + (_BELOW if _DEEP.search(word.text) else 0))


def _base(word: Seen, size: float) -> float:
    return word.bottom - (_BELOW * size if _DEEP.search(word.text) else 0)


def _of_few_sizes(stretches: Sequence[_Stretch]) -> Iterable[_Stretch]:
    """The stretches with the sizes that are nearly the same made the same: the most usual first, and what is near it."""
    counted: Counter[float] = Counter()
    for stretch in stretches:
        counted[round(2 * stretch.size) / 2] += sum(len(word.text) for word in stretch.words)
    chosen: list[float] = []
    for size, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
        if not any(abs(size - other) <= _SAME_SIZE * other for other in chosen):
            chosen.append(size)
    for stretch in stretches:
        stretch.size = min(chosen, key=lambda size: (abs(size - stretch.size), size))
    return stretches
