"""What a file without pages holds, in reading order, as its reader found it: written down as stored text and lines.

Word files and web pages say themselves what is a paragraph, a list item, a heading and a cell; none of that is guessed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ingest.lines import CellSpan, Line, is_furniture, is_unfinished, looks_like_heading, opening
from ingest.spanned_rows import FlowCell, TooWideError, place_cells

_WRAPPED: Final = 55  # characters; a line at least so long that a line break ends within a sentence was wrapped by hand

_NUMBER: Final = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5})[.)]?")


class FlowParagraph(NamedTuple):
    """A paragraph; `\\n` stands where a line is broken within it.

    `level` is the depth of a list item, 1 outermost. `heading` is the depth of a heading as the file styles it, 0 for what
    it does not style, None for what only stands out (all bold). What is `aside` is stored and no part of the body: a page's header, a list
    of contents.
    """

    text: str
    level: int = 0
    heading: int | None = 0
    aside: bool = False


class FlowTable(NamedTuple):
    """A table's cells row by row as the file lists them: a merged cell once, with how far it reaches."""

    rows: tuple[tuple[FlowCell, ...], ...]
    header_rows: int = 0


Flow = Sequence[FlowParagraph | FlowTable]


class Content(NamedTuple):
    """What a file holds; what of it was not read, for people; and what its pages' headers and footers or its title say."""

    flow: tuple[FlowParagraph | FlowTable, ...]
    unread: tuple[str, ...]
    head_words: tuple[str, ...]


class Written(NamedTuple):
    """The stored text, the lines that the body is built from, and what could not be read, for people."""

    text: str
    lines: tuple[Line, ...]
    unread: tuple[str, ...]


def write_flow(flow: Flow) -> Written:
    """The flow as one page's text: paragraphs parted by blank lines, a table's cells by tabs, its rows by line ends."""
    parts = [one for part in flow for one in _without_layout(part)]
    writer = _Writer(_depths(parts))
    for part in parts:
        if isinstance(part, FlowTable):
            writer.write_table(part)
        else:
            writer.write_paragraph(part)
    return Written("".join(writer.parts), tuple(writer.lines), tuple(writer.unread))


def _without_layout(part: FlowParagraph | FlowTable) -> Flow:
    """A table that only sets numbers beside their paragraphs, as those paragraphs; anything else as it is."""
    if not isinstance(part, FlowTable) or not _sets_numbers_aside(part):
        return [part]
    paragraphs: list[FlowParagraph] = []
    for row in part.rows:
        number, lines = row[0].text.strip(), row[-1].text.split("\n")
        if number.isdecimal():
            number += "."
        first = f"{number} {lines[0]}".strip() if len(row) > 1 else lines[0]
        paragraphs += [FlowParagraph(first, heading=None), *(FlowParagraph(line) for line in lines[1:])]
    return paragraphs


def _sets_numbers_aside(table: FlowTable) -> bool:
    """Whether a table has two columns, of which one holds paragraphs' numbers and nothing else, and the other sentences."""
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row)]
    if table.header_rows or not rows or max(len(row) for row in rows) != 2:
        return False
    numbers = [row[0].text.strip() for row in rows if len(row) == 2]
    if not any(numbers) or not all(_NUMBER.fullmatch(number) for number in numbers if number):
        return False
    return 2 * sum(len(row[-1].text) > _WRAPPED for row in rows) >= len(rows)


def _depths(flow: Flow) -> dict[int | None, int | None]:
    """What the file's depths of headings mean: sections are 1, all below them 2.

    A depth that is used once, above others, is the title's. Where nothing is styled or stands out, the words alone must tell.
    """
    used = [part.heading for part in flow if isinstance(part, FlowParagraph) and not part.aside]
    styled = sorted({depth for depth in used if depth})
    if not styled and None not in used:
        return {0: None}
    titled = len(styled) > 1 and used.count(styled[0]) == 1
    sections = styled[: 2 if titled else 1]
    return {0: 0, None: None} | {depth: 1 if depth in sections else 2 for depth in styled}


class _Writer:
    """The stored text and its lines in the making."""

    def __init__(self, depths: dict[int | None, int | None]) -> None:
        self.depths = depths
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.unread: list[str] = []

    def _add(self, text: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def _part(self) -> None:
        if self.length:
            self._add("\n\n")

    def write_paragraph(self, paragraph: FlowParagraph) -> None:
        self._part()
        gap, before = True, ""
        for text in paragraph.text.split("\n"):
            if not gap:
                self._add("\n")
            start, end = self._add(text)
            if not paragraph.aside and not is_furniture(text):
                continues = not gap and _was_wrapped(before, text)
                level = paragraph.level if gap else 0
                heading = self.depths[paragraph.heading]
                self.lines.append(Line(None, start, end, text, gap, continues, level=level, heading=heading))
            gap, before = False, text

    def write_table(self, table: FlowTable) -> None:
        try:
            rows = place_cells(table.rows)
        except TooWideError as error:
            self.unread.append(f"a table was not read: {error}")
            return
        self._part()
        for i, row in enumerate(rows):
            if i:
                self._add("\n")
            spans = tuple(self._write_cell(cell, first=c == 0) for c, cell in enumerate(row))
            words = "\t".join(cell.text.replace("\n", " ") for cell in row)
            header_rows = table.header_rows if i == 0 else None
            self.lines.append(
                Line(None, spans[0].start, self.length, words, i == 0, cells=spans, header_rows=header_rows)
            )

    def _write_cell(self, cell: FlowCell, *, first: bool) -> CellSpan:
        if not first:
            self._add("\t")
        start, end = self._add(cell.text)
        return CellSpan(start, end, cell.colspan, cell.rowspan, cell.fill)


def _was_wrapped(before: str, line: str) -> bool:
    """Whether a line break within a paragraph only wraps a sentence."""
    opens = opening(line)
    return len(before) >= _WRAPPED and is_unfinished(before) and opens.number is None and not opens.item


def stands_out(text: str, emphasised: bool) -> int | None:
    """The heading's depth of a paragraph that no style makes one: 0, or None where its look could."""
    words = text.strip()
    shaped = emphasised or (words.isupper() and any(c.isalpha() for c in words))
    return None if shaped and looks_like_heading(words[opening(words).words_at :]) else 0


def is_blank(part: FlowParagraph | FlowTable) -> bool:
    """Whether nothing is written in a paragraph or table."""
    if isinstance(part, FlowParagraph):
        return not part.text.strip()
    return not any(cell.text.strip() for row in part.rows for cell in row)


def texts_of(flow: Iterable[FlowParagraph | FlowTable]) -> str:
    """A cell's own paragraphs and tables as its text, one a line."""
    lines: list[str] = []
    for part in flow:
        if isinstance(part, FlowParagraph):
            lines += part.text.split("\n")
        else:
            lines += [" ".join(cell.text.replace("\n", " ") for cell in row if cell.text) for row in part.rows]
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
