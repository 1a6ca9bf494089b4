"""A page's words into printed lines in reading order: side by side in one line, one below the other, column by column."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.pdf_characters import Letters, PageObjects, Word
from schema.evidence import Box
from schema.paper import Recognised

_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDE_GAP = 11.0  # points between words that may belong to two columns
_SAME_LINE = 0.5  # share of the lower word's height by which words of one line overlap
_COLUMN_LINES = 4  # fewer lines side by side are no columns
ISLANDS = 1000
"""The number of a column, from which on it is one paragraph, however its lines are set."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text as printed. `xs` holds where each character of `text` begins, and at its end where the last one ends.

    `column` tells lines of different columns apart, `left` and `right` are that column's edges, and `first_word` is the
    width of the line's first word: had it fitted on the line before, it would stand there. `sure` says of the words of a
    scan where in `text` they stand and how sure their reading is.
    """

    text: str
    xs: array[float]
    top: float
    bottom: float
    size: float
    bold: bool
    first_word: float
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    sure: tuple[Recognised, ...] = ()

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def x1(self) -> float:
        return self.xs[-1]


@dataclass(slots=True)
class _Segment:
    """Words that follow each other on a line without a wide gap, from the left."""

    words: list[int]
    x0: float
    top: float
    x1: float
    bottom: float


_Row = list[_Segment]
"""Segments side by side, from the left."""


def read_lines(page: PageObjects, words: Sequence[int]) -> list[PrintedLine]:
    """The printed lines that the given words of a page make, in reading order; turned words come last."""
    upright = [i for i in words if page.words[i].upright]
    turned = [i for i in words if not page.words[i].upright]
    lines: list[PrintedLine] = []
    for column, rows in enumerate(_columns(_rows(_segments(page, upright)))):
        left = min((s.x0 for row in rows for s in row), default=0.0)
        right = max((s.x1 for row in rows for s in row), default=0.0)
        lines += [_print(page, [i for s in row for i in s.words], column, left, right) for row in rows]
    return lines + list(_turned_lines(page, turned))


def lines_within(page: PageObjects, words: Sequence[int]) -> list[PrintedLine]:
    """The lines that words make which are known to stand together, as in a table's cell: top down, no columns."""
    upright = [i for i in words if page.words[i].upright]
    turned = [i for i in words if not page.words[i].upright]
    rows = _rows(_segments(page, upright))
    lines = [_print(page, [i for s in row for i in s.words], 0, 0.0, 0.0) for row in rows]
    return lines + list(_turned_lines(page, turned))


def _segments(page: PageObjects, words: Iterable[int]) -> list[_Segment]:
    """Words in the file's order as long as each follows the one before it on its line, and then anew."""
    segments: list[_Segment] = []
    last: _Segment | None = None
    for i in words:
        word = page.words[i]
        if last is None or not -1.0 <= word.x0 - last.x1 <= _WIDE_GAP:
            last = None
        elif word.top == last.top and word.bottom == last.bottom:  # nearly all words: nothing more need be asked
            last.words.append(i)
            if word.x1 > last.x1:
                last.x1 = word.x1
            continue
        elif not _one_line(last, word):
            last = None
        if last is not None:
            last.words.append(i)
            last.x1 = max(last.x1, word.x1)
            if word.bottom - word.top > last.bottom - last.top:
                last.top, last.bottom = word.top, word.bottom
        else:
            last = _Segment([i], word.x0, word.top, word.x1, word.bottom)
            segments.append(last)
    return segments


def _one_line(one: _Segment, other: Word | _Segment) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)


def _rows(segments: Sequence[_Segment]) -> list[_Row]:
    """Segments of one height side by side, from the top. What overlaps another in its width stands in a row of its own."""
    rows: list[_Row] = []
    for segment in sorted(segments, key=lambda s: (s.bottom, s.x0)):
        for row in reversed(rows[-4:]):
            tallest = max(row, key=lambda s: s.bottom - s.top)
            if _one_line(tallest, segment) and not any(_overlap(segment, s) for s in row):
                row.append(segment)
                break
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    rows.sort(key=lambda row: max(s.bottom for s in row))
    return [_joined(row) for row in rows]


def _overlap(one: _Segment, other: _Segment) -> bool:
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.3 * min(one.x1 - one.x0, other.x1 - other.x0)


def _joined(row: _Row) -> _Row:
    """Neighbouring segments without a wide gap between them made one."""
    joined = [row[0]]
    for segment in row[1:]:
        last = joined[-1]
        if segment.x0 - last.x1 <= _WIDE_GAP:
            last.words += segment.words
            last.x1 = max(last.x1, segment.x1)
            last.top, last.bottom = min(last.top, segment.top), max(last.bottom, segment.bottom)
        else:
            joined.append(segment)
    return joined


def _columns(rows: list[_Row]) -> list[list[_Row]]:
    """The rows in the order of reading, in groups of which each is a column, or what runs over the page's whole width."""
    found = _gutter(rows)
    if found is None:
        return [rows] if rows else []
    first, last, gutter = found
    inside = rows[first:last]
    left = [own for row in inside if (own := [s for s in row if s.x1 <= gutter + 3])]
    right = [own for row in inside if (own := [s for s in row if s.x1 > gutter + 3])]
    return _columns(rows[:first]) + _columns(left) + _columns(right) + _columns(rows[last:])


def _gutter(rows: list[_Row]) -> tuple[int, int, float] | None:
    """The longest run of rows that an upright strip of white parts into two columns of prose: its ends and the strip."""
    if len(rows) < _COLUMN_LINES:
        return None
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    best: tuple[int, int, float] | None = None
    for gutter in sorted(_candidates(rows, left, right)):
        for first, last in _runs(rows, gutter):
            if (best is None or last - first > best[1] - best[0]) and _are_columns(rows[first:last], gutter):
                best = first, last, gutter
    return best


def _candidates(rows: list[_Row], left: float, right: float) -> set[float]:
    low, high = left + 0.2 * (right - left), left + 0.8 * (right - left)
    places = {round(s.x0 / 4) * 4 - 6.0 for row in rows for s in row[1:] or row if low <= s.x0 <= high}
    return places if len(places) <= 40 else set()


def _runs(rows: list[_Row], gutter: float) -> Iterator[tuple[int, int]]:
    start = None
    for i, row in enumerate(rows):
        crossed = any(s.x0 < gutter - 1 and s.x1 > gutter + 3 for s in row)
        if crossed and start is not None:
            yield start, i
            start = None
        elif not crossed and start is None:
            start = i
    if start is not None:
        yield start, len(rows)


def _are_columns(rows: Sequence[_Row], gutter: float) -> bool:
    """Whether both sides are prose: lines enough beside each other, most of them several words long and filling their side."""
    left = [s for row in rows for s in row if s.x1 <= gutter + 3]
    right = [s for row in rows for s in row if s.x1 > gutter + 3]
    if len(left) < _COLUMN_LINES or len(right) < _COLUMN_LINES:
        return False
    beside = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    return beside > 0.3 * (rows[-1][0].bottom - rows[0][0].top) and _is_prose(left) and _is_prose(right)


def _is_prose(side: Sequence[_Segment]) -> bool:
    width = max(s.x1 for s in side) - min(s.x0 for s in side)
    full = sum(s.x1 - s.x0 > 0.6 * width and len(s.words) >= 3 for s in side)
    return width > 90 and 2 * full >= len(side)


def _print(page: PageObjects, words: Sequence[int], column: int, left: float, right: float) -> PrintedLine:
    """The line that words make, from the left. Its height is that of its usual characters, not of a raised mark."""
    first = page.words[words[0]]
    # Sizes measured in a picture are too rough to tell a raised mark from a number.
    if page.sure or _is_even(page, words):
        size, mixed = round(first.bottom - first.top, 1), False
    else:
        size = _usual_size(page, words)
        mixed = any(_is_mixed(page, i, size) for i in words)
    band = _band(page, words, size) if mixed else (first.top, first.bottom)
    text: list[str] = []
    xs: list[float] = []
    sure: list[Recognised] = []
    end = 0.0
    for i in words:
        word, letters = page.words[i], page.letters[i]
        written = _marked(letters, size, band[1]) if mixed and letters else word.text
        if text and not (mixed and set(written) <= _RAISED):
            text.append(" ")
            xs.append(end)
        if page.sure:
            sure.append(Recognised(len(xs), len(xs) + len(written), page.sure[i]))
        text.append(written)
        if letters is None:
            step = (word.x1 - word.x0) / len(written)
            xs += [word.x0 + k * step for k in range(len(written))]
        else:
            xs += letters.x0 if len(written) == len(letters.text) else _spread(letters)
        end = word.x1
    xs.append(end)
    bold = all(page.bold[i] for i in words)
    return PrintedLine(
        "".join(text), array("f", xs), *band, size, bold, first.x1 - first.x0, column, left, right, tuple(sure)
    )


def _is_even(page: PageObjects, words: Sequence[int]) -> bool:
    """Whether all words are of letters in one size on one line: most lines of prose, of which no more need be asked."""
    first = page.words[words[0]]
    for i in words:
        word = page.words[i]
        if page.letters[i] is not None or word.top != first.top or word.bottom != first.bottom:
            return False
    return True


def _is_mixed(page: PageObjects, i: int, size: float) -> bool:
    """Whether a word is not all of the line's usual size."""
    word, letters = page.words[i], page.letters[i]
    if abs(word.bottom - word.top - size) > 0.05 * size:
        return True
    return letters is not None and not word.text.isalpha() and min(letters.size) < 0.8 * size


def _usual_size(page: PageObjects, words: Sequence[int]) -> float:
    """The height of most of the characters, told by the words' first ones."""
    sizes: dict[float, int] = {}
    for i in words:
        word, letters = page.words[i], page.letters[i]
        size = round(word.bottom - word.top if letters is None else letters.size[0], 1)
        sizes[size] = sizes.get(size, 0) + word.end - word.start
    return next(iter(sizes)) if len(sizes) == 1 else max(sizes, key=lambda size: (sizes[size], size))


def _band(page: PageObjects, words: Sequence[int], size: float) -> tuple[float, float]:
    """The top and bottom of a line's characters of the usual size."""
    usual = [(top, bottom) for i in words for top, bottom, own in _heights(page, i) if abs(own - size) <= 0.06]
    return min(top for top, _ in usual), max(bottom for _, bottom in usual)


def _heights(page: PageObjects, i: int) -> Iterable[tuple[float, float, float]]:
    """Top, bottom and size of a word's characters; of an even word's as of one."""
    word, letters = page.words[i], page.letters[i]
    if letters is None:
        return [(word.top, word.bottom, word.bottom - word.top)]
    return zip(letters.top, letters.bottom, letters.size, strict=True)


def _marked(letters: Letters, size: float, bottom: float) -> str:
    """A word's characters, digits that are smaller than the line's and raised made raised ones: a footnote's mark."""
    return "".join(
        text.translate(_RAISED_DIGITS) if own < 0.8 * size and low < bottom - 0.1 * size else text
        for text, own, low in zip(letters.text, letters.size, letters.bottom, strict=True)
    )


def _spread(letters: Letters) -> list[float]:
    """Where the letters of a word begin that has ligatures in it: each has its share of the ligature's width."""
    return [
        x0 + k * (x1 - x0) / len(text)
        for text, x0, x1 in zip(letters.text, letters.x0, letters.x1, strict=True)
        for k in range(len(text))
    ]


def _turned_lines(page: PageObjects, words: Sequence[int]) -> Iterator[PrintedLine]:
    """Turned words that follow each other in the file and stand in one strip: a line. Its characters have no places of
    their own, so that every part of it has the box of the whole."""
    run: list[Word] = []
    for i in words:
        word = page.words[i]
        if run and min(run[-1].x1, word.x1) - max(run[-1].x0, word.x0) < 0.5 * (word.x1 - word.x0):
            yield _turned_line(run)
            run = []
        run.append(word)
    if run:
        yield _turned_line(run)


def _turned_line(run: Sequence[Word]) -> PrintedLine:
    text = " ".join(word.text for word in run)
    x0, x1 = min(w.x0 for w in run), max(w.x1 for w in run)
    xs = array("f", [x0] * len(text) + [x1])
    top, bottom = min(w.top for w in run), max(w.bottom for w in run)
    return PrintedLine(text, xs, top, bottom, x1 - x0, False, bottom - top, -1, x0, x1)


def box_around(lines: Sequence[PrintedLine]) -> Box:
    return (min(n.x0 for n in lines), min(n.top for n in lines), max(n.x1 for n in lines), max(n.bottom for n in lines))
