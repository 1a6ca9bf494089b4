"""Printed lines into paragraphs: which line goes on with the one before it, told from distances, edges and openings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.lines import is_unfinished, opening
from ingest.pdf_lines import ISLANDS, PrintedLine

_USUAL_LEADING = 1.25  # of the characters' height, where a paper has too few lines to measure
_LEADING_SHARE = 0.15  # of the distances between lines that the distance within paragraphs makes up at least
_LOOSE = 1.15  # of the leading, and half a point: lines further apart are of two paragraphs
_WORD_SPACE = 0.22  # of the characters' height
_INDENT = 8.0
_OTHER_SIZE = 0.12


_SHARE_FIRST = re.compile(r"\W{0,2}\d[\d.,]*\s?%")
"""How each line of a list of shares opens: "20.2% Heterosexual" under "67.1% Not known"."""


class Paragraph(NamedTuple):
    """Printed lines that read on. `gap` says that space or another style parts it from what stands before it;
    `continues` that the column or page before it broke off in the same paragraph."""

    lines: tuple[PrintedLine, ...]
    gap: bool
    continues: bool = False


class Leading:
    """The distances from line to line within paragraphs, by the size of the characters, measured over a whole paper."""

    def __init__(self, pages: Iterable[Sequence[PrintedLine]]) -> None:
        distances: dict[int, Counter[float]] = {}
        sizes: Counter[int] = Counter()
        for lines in pages:
            for one, next_ in pairwise(lines):
                key = _size_key(one)
                sizes[key] += len(one.text)
                distance = next_.bottom - one.bottom
                if key == _size_key(next_) and 0.8 * one.size <= distance <= 2.2 * one.size:
                    distances.setdefault(key, Counter())[round(distance * 2) / 2] += 1
        self._by_size = {key: _smallest_usual(counted) for key, counted in distances.items()}
        self.body_size = max(sizes, key=lambda key: sizes[key]) / 2 if sizes else 0.0

    def of(self, line: PrintedLine) -> float:
        measured = self._by_size.get(_size_key(line))
        return measured if measured is not None else _USUAL_LEADING * line.size

    def stands_out(self, line: PrintedLine) -> bool:
        """Whether a line is set apart by its style, as headings are."""
        return line.bold or line.size > self.body_size * (1 + _OTHER_SIZE)


def _size_key(line: PrintedLine) -> int:
    return round(line.size * 2)


def _smallest_usual(counted: Counter[float]) -> float | None:
    total = sum(counted.values())
    if total < 5:
        return None
    # Rounding parts one distance into two neighbours, which count together.
    usual = [d for d in sorted(counted) if counted[d] + counted[d + 0.5] >= _LEADING_SHARE * total]
    return (usual[0] if counted[usual[0]] >= counted[usual[0] + 0.5] else usual[0] + 0.5) if usual else None


def group_paragraphs(lines: Sequence[PrintedLine], leading: Leading) -> list[Paragraph]:
    """The paragraphs that lines in reading order make."""
    paragraphs: list[Paragraph] = []
    edges = _right_edges(lines, leading)
    current: list[PrintedLine] = []
    gap = True
    continues = False
    for i, line in enumerate(lines):
        if current and _goes_on(current, line, edges[i - 1], leading):
            current.append(line)
            continue
        if current:
            paragraphs.append(Paragraph(tuple(current), gap, continues))
            gap = _parted(current[-1], line, leading)
            continues = current[-1].column != line.column and breaks_off(current[-1], line, leading, edges[i - 1])
        current = [line]
    if current:
        paragraphs.append(Paragraph(tuple(current), gap, continues))
    return paragraphs


def breaks_off(last: PrintedLine, line: PrintedLine, leading: Leading, right: float | None = None) -> bool:
    """Whether a column's or page's last line runs full to its edge within a sentence, and the next column's first line,
    in the same style, opens nothing new."""
    edge = last.right if right is None else right
    return (
        is_unfinished(last.text)
        and _is_full(last, line, edge)
        and not leading.stands_out(last)
        and not leading.stands_out(line)
        and abs(last.size - line.size) <= _OTHER_SIZE * last.size
        and not _opens(line)
    )


def _right_edges(lines: Sequence[PrintedLine], leading: Leading) -> list[float]:
    """How far to the right the text around each line runs: the edge of its group of lines, or its column's where the
    group is too small to show one."""
    edges: list[float] = []
    group: list[PrintedLine] = []
    for line in lines:
        if group and _parted(group[-1], line, leading):
            edges += [_edge_of(group)] * len(group)
            group = []
        group.append(line)
    return edges + [_edge_of(group)] * len(group) if group else edges


def _edge_of(group: Sequence[PrintedLine]) -> float:
    return max(line.x1 for line in group) if len(group) >= 4 else group[0].right


def _parted(last: PrintedLine, line: PrintedLine, leading: Leading) -> bool:
    """Whether white space or a change of style stands between two lines."""
    if last.column != line.column:
        return True
    distance = line.bottom - last.bottom
    if distance <= 0 or distance > _LOOSE * max(leading.of(last), leading.of(line)) + 0.5:
        return True
    return leading.stands_out(last) != leading.stands_out(line) or abs(last.size - line.size) > _OTHER_SIZE * last.size


def _goes_on(paragraph: Sequence[PrintedLine], line: PrintedLine, right: float, leading: Leading) -> bool:
    last = paragraph[-1]
    if last.column != line.column or line.column < 0:
        return False
    if line.column >= ISLANDS:
        return True
    if _SHARE_FIRST.match(line.text) and _SHARE_FIRST.match(paragraph[0].text):
        return False
    full = _is_full(last, line, right)
    if _parted(last, line, leading):
        return _is_emphasis(last, line, full, leading)
    broken_off = full and is_unfinished(last.text)
    if _opens(line) and not (broken_off and abs(line.x0 - last.x0) < 2 and not _is_bulleted(line)):
        return False
    if line.x0 > last.x0 + _INDENT and len(paragraph) > 1 and not is_unfinished(last.text):
        return False
    return full or _takes_up(line)


def _is_emphasis(last: PrintedLine, line: PrintedLine, full: bool, leading: Leading) -> bool:
    """A bold line in the midst of a sentence is no heading: the lines are close, of one size, and the sentence goes on."""
    close = 0 < line.bottom - last.bottom <= _LOOSE * leading.of(last) + 0.5
    same_size = abs(last.size - line.size) <= 0.05 * last.size
    return close and same_size and full and is_unfinished(last.text) and not _opens(line) and last.column == line.column


def _is_full(last: PrintedLine, line: PrintedLine, right: float) -> bool:
    """Whether the next line's first word would not have fitted behind the last line's words."""
    return last.x1 + _WORD_SPACE * last.size + line.first_word > right - 1


def _takes_up(line: PrintedLine) -> bool:
    return line.text[:1].islower()


def _opens(line: PrintedLine) -> bool:
    start = opening(line.text)
    return start.item or start.number is not None or is_footnote(line)


def _is_bulleted(line: PrintedLine) -> bool:
    return line.text[:1] in "•●▪◦‣∙○■◼◾➢✓❖" or is_footnote(line)


def is_footnote(line: PrintedLine) -> bool:
    """Whether a line opens with the raised mark of a footnote."""
    return line.text[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹" and len(line.text) > 3
