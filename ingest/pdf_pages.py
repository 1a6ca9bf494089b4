"""A PDF's pages from what stands on them to stored text, with the place of every character, and lines for `build_blocks`."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.lines import CellSpan, Line, is_furniture
from ingest.pdf_axes import stands_in_chart
from ingest.pdf_characters import PageObjects
from ingest.pdf_furniture import find_furniture
from ingest.pdf_lines import ISLANDS, PrintedLine, lines_within, read_lines
from ingest.pdf_lists import Form, mark_items
from ingest.pdf_paragraphs import Leading, Paragraph, breaks_off, group_paragraphs, is_footnote
from ingest.pdf_table_cells import FoundTable
from schema.page_boxes import Run, Turned, around, boxes_of, pack_boxes
from schema.paper import UNREADABLE_TABLE, Page, Recognised, Unread

_SHORT_DATE = re.compile(r"(?:^|\s)\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$")
_END_OF_YEAR = re.compile(r"\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a table on a page: the lines printed in it, and how far it reaches."""

    lines: tuple[PrintedLine, ...]
    colspan: int
    rowspan: int
    fill: str | None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table on a page; one that was refused is only its lines, in one row of one cell."""

    top: float
    bottom: float
    left: float
    right: float
    rows: tuple[tuple[PrintedCell, ...], ...]
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What is kept of a page until all pages have been seen: lines and tables, in reading order."""

    number: int
    width: float
    height: float
    turned: int
    parts: tuple[PrintedLine | PrintedTable, ...]
    skew: float = 0.0

    @property
    def lines(self) -> list[PrintedLine]:
        return [part for part in self.parts if isinstance(part, PrintedLine)]


def print_captions(page: PageObjects, lines: Sequence[PrintedLine]) -> PrintedPage:
    """A page that is nothing but these lines."""
    return PrintedPage(page.number, page.width, page.height, page.turned, tuple(lines), page.skew)


def print_page(page: PageObjects, tables: Sequence[FoundTable]) -> PrintedPage:
    """A page's lines and tables in reading order. Words in a table are not in the lines."""
    places = {word.start: i for i, word in enumerate(page.words)}
    printed = [_print_table(page, table, places) for table in tables]
    taken = {places[word.start] for table in tables for row in table.rows for cell in row for word in cell.words}
    taken |= _words_within(page, [table for table in tables if table.refused])
    lines = read_lines(page, [i for i in range(len(page.words)) if i not in taken])
    return PrintedPage(
        page.number, page.width, page.height, page.turned, tuple(_with_tables(lines, printed)), page.skew
    )


def _words_within(page: PageObjects, tables: Sequence[FoundTable]) -> set[int]:
    return {
        i
        for table in tables
        for i, word in enumerate(page.words)
        if table.bbox[0] <= (word.x0 + word.x1) / 2 <= table.bbox[2]
        and table.bbox[1] <= (word.top + word.bottom) / 2 <= table.bbox[3]
    }


def _print_table(page: PageObjects, table: FoundTable, places: dict[int, int]) -> PrintedTable:
    left, top, right, bottom = table.bbox
    if table.refused:
        lines = tuple(lines_within(page, sorted(_words_within(page, [table]))))
        return PrintedTable(top, bottom, left, right, ((PrintedCell(lines, 1, 1, None),),), table.refused)
    rows = tuple(
        tuple(
            PrintedCell(
                tuple(lines_within(page, [places[word.start] for word in cell.words])),
                cell.colspan,
                cell.rowspan,
                cell.fill,
            )
            for cell in row
        )
        for row in table.rows
    )
    return PrintedTable(top, bottom, left, right, rows)


def _with_tables(lines: Sequence[PrintedLine], tables: Sequence[PrintedTable]) -> Iterator[PrintedLine | PrintedTable]:
    """Each table before the first line that stands below its top, beside or under it."""
    waiting = sorted(tables, key=lambda table: (table.top, table.left))
    for line in lines:
        while waiting and _stands_below(line, waiting[0]):
            yield waiting.pop(0)
        yield line
    yield from waiting


def _stands_below(line: PrintedLine, table: PrintedTable) -> bool:
    beside = line.column < 0 or (line.right >= table.left and line.left <= table.right)
    return beside and (line.top + line.bottom) / 2 > table.top


@dataclass
class Composed:
    """The stored pages, the lines that the body is built from, and what was left unread and why."""

    pages: list[Page] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def compose(pages: Sequence[PrintedPage]) -> Composed:
    """All pages as they are stored. Furniture and the numbers of charts' axes stand in the text, not in the lines."""
    furniture = find_furniture([(page.lines, page.height) for page in pages])
    leading = Leading(
        [line for i, line in enumerate(page.lines) if i not in aside]
        for page, aside in zip(pages, furniture, strict=True)
    )
    composed = Composed()
    before: PrintedLine | PrintedTable | None = None
    body: list[_Placed] = []
    footnotes: list[_Placed] = []
    for page, aside in zip(pages, furniture, strict=True):
        writer = _PageWriter(page, aside, leading, before)
        writer.write()
        stored = writer.text.finish(page)
        composed.pages.append(stored)
        body += _with_footnotes(writer.placed, footnotes)
        footnotes += writer.footnotes
        composed.unread += (_unread_table(stored, start, end, why) for start, end, why in writer.unread)
        before = writer.last or before
    body += footnotes
    composed.lines = mark_items([line for line, _ in body], [form for _, form in body])
    return composed


def _unread_table(page: Page, start: int, end: int, why: str) -> Unread:
    return Unread(
        page=page.number or 0,
        start=start,
        end=end,
        bbox=around(boxes_of(page.boxes, start, end)),
        reason=UNREADABLE_TABLE,
        why=f"a table could not be read with confidence ({why})",
    )


_Placed = tuple[Line, Form]


def _with_footnotes(placed: Sequence[_Placed], footnotes: list[_Placed]) -> Iterator[_Placed]:
    """A page's lines, with the footnotes of the pages before where a heading ends what they interrupted."""
    for line, form in placed:
        if form.stands_out and footnotes:
            yield from footnotes
            footnotes.clear()
        yield line, form


class _StoredText:
    """The stored text of a page in the making, with the place of each character."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.lefts: array[float] = array("f")
        self.runs: list[Run] = []
        self.recognised: list[Recognised] = []

    def add(self, line: PrintedLine) -> tuple[int, int]:
        start = self.length
        self.parts.append(line.text)
        self.length += len(line.text)
        self.lefts.extend(line.xs[:-1])
        self.runs.append(Run(start, self.length, line.top, line.bottom, line.x1))
        self.recognised += (Recognised(start + word.start, start + word.end, word.sure) for word in line.sure)
        return start, self.length

    def supply(self, text: str) -> None:
        """White space between runs."""
        self.parts.append(text)
        self.length += len(text)
        self.lefts.extend([0.0] * len(text))

    def finish(self, page: PrintedPage) -> Page:
        turned = Turned(page.turned, page.width, page.height, page.skew)
        boxes = pack_boxes(self.runs, self.lefts, turned)
        return Page(number=page.number, text="".join(self.parts), boxes=boxes, recognised=tuple(self.recognised))


class _PageWriter:
    """Writes one page: its text, its lines, and what of it was not read. `before` is what the page before ended with."""

    def __init__(
        self,
        page: PrintedPage,
        aside: frozenset[int],
        leading: Leading,
        before: PrintedLine | PrintedTable | None,
    ) -> None:
        self.page = page
        self.leading = leading
        self.before = before
        self.last: PrintedLine | PrintedTable | None = None
        self.text = _StoredText()
        self.placed: list[_Placed] = []
        self.footnotes: list[_Placed] = []
        self.unread: list[tuple[int, int, str]] = []
        lines = page.lines
        self.furniture = {id(lines[i]) for i in aside}

    def write(self) -> None:
        self._write_furniture(above=True)
        group: list[PrintedLine] = []
        for part in self.page.parts:
            if isinstance(part, PrintedTable):
                self._write_group(group)
                group = []
                self._write_table(part)
            elif id(part) not in self.furniture:
                group.append(part)
        self._write_group(group)
        self._write_furniture(above=False)

    def _write_furniture(self, *, above: bool) -> None:
        middle = self.page.height / 2
        for line in self.page.lines:
            if id(line) in self.furniture and (line.top < middle) == above:
                self._part()
                self.text.add(line)

    def _part(self, gap: bool = True) -> None:
        if self.text.length:
            self.text.supply("\n\n" if gap else "\n")

    def _write_group(self, group: Sequence[PrintedLine]) -> None:
        charts = stands_in_chart(group)
        for paragraph in group_paragraphs([line for line in group if id(line) not in charts], self.leading):
            self._write_paragraph(paragraph)
        for line in group:
            if id(line) in charts:
                self._part(gap=False)
                self.text.add(line)

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        self._part(paragraph.gap)
        start = self.text.length
        for i, line in enumerate(paragraph.lines):
            if i:
                self.text.supply("\n")
            self.text.add(line)
        words = " ".join(line.text for line in paragraph.lines)
        if is_furniture(words):
            return
        first = paragraph.lines[0]
        form = _form_of(paragraph, self.leading)
        if is_footnote(first) and first.size < 0.93 * self.leading.body_size:
            self.footnotes.append((Line(self.page.number, start, self.text.length, words, gap=True), form))
            return
        continues = paragraph.continues or (self.last is None and self._goes_on_from_page_before(first))
        stored = Line(self.page.number, start, self.text.length, words, paragraph.gap, continues)
        self.placed.append((stored._replace(caption=first.column >= ISLANDS), form))
        self.last = paragraph.lines[-1]

    def _goes_on_from_page_before(self, line: PrintedLine) -> bool:
        return isinstance(self.before, PrintedLine) and breaks_off(self.before, line, self.leading)

    def _write_table(self, table: PrintedTable) -> None:
        continues = self.last is None and isinstance(self.before, PrintedTable) and _one_grid(self.before, table)
        begin: int | None = None
        for i, row in enumerate(table.rows):
            self._part(gap=i == 0)
            start = self.text.length
            begin = start if begin is None else begin
            cells = tuple(self._write_cell(cell, first=c == 0) for c, cell in enumerate(row))
            if not table.refused:
                words = "\t".join(" ".join(line.text for line in cell.lines) for cell in row)
                end = self.text.length
                line = Line(self.page.number, start, end, words, i == 0, continues and i == 0, cells)
                self.placed.append((line, Form(table.left)))
        if table.refused:
            self.unread.append((begin or 0, self.text.length, table.refused))
        else:
            self.last = table

    def _write_cell(self, cell: PrintedCell, *, first: bool) -> CellSpan:
        if not first:
            self.text.supply("\t")
        start = self.text.length
        for i, line in enumerate(cell.lines):
            if i and not _breaks_token(cell.lines[i - 1].text, line.text):
                self.text.supply(" ")
            self.text.add(line)
        return CellSpan(start, self.text.length, cell.colspan, cell.rowspan, cell.fill)


def _form_of(paragraph: Paragraph, leading: Leading) -> Form:
    first = paragraph.lines[0]
    stands_out = all(leading.stands_out(line) for line in paragraph.lines)
    hanging = () if stands_out else tuple(line.x0 for line in paragraph.lines[1:])
    left, right = first.x0 - first.left, first.right - first.x1
    return Form(first.x0, hanging, stands_out, centred=left > 20 and abs(left - right) < 6)


def _one_grid(one: PrintedTable, other: PrintedTable) -> bool:
    """Whether two tables stand in the same columns, as the halves of one do that a page break parts."""
    same_sides = abs(one.left - other.left) < 6 and abs(one.right - other.right) < 6
    return same_sides and not one.refused and len(one.rows[-1]) == len(other.rows[0])


def _breaks_token(text: str, following: str) -> bool:
    """Whether a narrow cell breaks its line within a word or a date: "re-" "inspection", "19/03/20" "18"."""
    if text.endswith("-"):
        return text[-2:-1].isalnum() and following[:1].isalnum()
    return bool(_SHORT_DATE.search(text)) and bool(_END_OF_YEAR.match(following))
