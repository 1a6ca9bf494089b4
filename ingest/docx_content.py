"""A Word file's body as paragraphs, list items, headings and tables in reading order, with what of it was left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.docx_numbering import Numbering
from ingest.docx_parts import Element, Parts, children, first, is_on, number, value, w
from ingest.docx_styles import Listed, Style, listed_in, outline_of, read_styles
from ingest.docx_words import Said, WordsReader
from ingest.flow import Content, FlowParagraph, FlowTable, is_blank, stands_out, texts_of
from ingest.lines import opening
from ingest.spanned_rows import FlowCell

_DEEPEST: Final = 40  # tables and text boxes within each other
_SENTENCE: Final = 200  # characters; a paragraph so long is no row of columns set with tabs
_FLOWS_ON: Final = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_DELETED: Final = frozenset(("del", "moveFrom"))

Flow = list[FlowParagraph | FlowTable]


def read_content(parts: Parts) -> Content:
    """The content of a Word file, headers and footers first, which are stored and no part of the body."""
    left_out: Counter[str] = Counter()
    reader = _BodyReader(parts, left_out)
    margins = [FlowParagraph(line, aside=True) for line in _margin_lines(parts, left_out)]
    reader.read(first(parts.document, "body"))
    unread = tuple(_unread(left_out))
    return Content((*margins, *reader.flow), unread, tuple(margin.text for margin in margins))


def _margin_lines(parts: Parts, left_out: Counter[str]) -> list[str]:
    """The lines of headers and footers, each once; a page number alone is none."""
    reader = _BodyReader(parts, Counter(left_out))
    for margin in parts.margins:
        reader.read(margin)
    lines = texts_of(reader.flow).split("\n")
    return list(dict.fromkeys(line for line in lines if any(c.isalpha() for c in line) and len(line) < 300))


_LEFT_OUT: Final = (
    ("deleted", "place", "words that tracked changes mark as deleted were left out, in {n} {places}"),
    (
        "inserted",
        "place",
        "words inserted by tracked changes were read as accepted, in {n} {places}; accept or reject the changes in Word to be sure",
    ),
    ("struck", "place", "words struck through were left out, in {n} {places}"),
    ("hidden", "place", "hidden words were left out, in {n} {places}"),
    ("picture", "picture", "{n} {places} {were} not read"),
    ("chart", "chart", "{n} {places} {were} not read"),
    ("object", "embedded object", "{n} {places} {were} not read"),
    ("nested", "place", "tables or text boxes within each other were read no further, in {n} {places}"),
)


def _unread(left_out: Counter[str]) -> Iterator[str]:
    for what, place, words in _LEFT_OUT:
        if n := left_out[what]:
            yield words.format(n=n, places=place + "s" * (n > 1), were="were" if n > 1 else "was")


class _BodyReader:
    """Reads block-level elements into a flow. Notes wait for the heading that ends what they interrupt."""

    def __init__(self, parts: Parts, left_out: Counter[str]) -> None:
        self.flow: Flow = []
        self.parts = parts
        self.left_out = left_out
        self.styles = read_styles(parts)
        self.numbering = Numbering(parts)
        self.notes = _notes_of(parts)
        self._known_notes: dict[str, int] = {}
        self._waiting: list[str] = []
        self._merged = ""  # words of paragraphs whose end was deleted

    def read(self, element: Element | None) -> None:
        if element is None:
            return
        self.flow += _with_tabbed_tables(list(self._blocks(element, 0)))
        self.flow += self._waiting_notes()

    def _blocks(self, element: Element, depth: int) -> Iterator[FlowParagraph | FlowTable]:
        if depth > _DEEPEST:
            self.left_out["nested"] += 1
            return
        for name, child in children(element):
            if name == "p":
                yield from self._paragraph(child, depth)
            elif name == "tbl":
                yield from self._table(child, depth)
            elif name in _FLOWS_ON:
                self.left_out["inserted"] += name in ("ins", "moveTo")
                yield from self._blocks(child, depth + 1)
            elif name in _DELETED:
                self.left_out["deleted"] += 1
            elif name == "altChunk":
                self.left_out["object"] += 1

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[FlowParagraph | FlowTable]:
        properties = first(paragraph, "pPr")
        style_id = value(first(properties, "pStyle")) or ""
        style = self.styles.get(style_id, self.styles[""])
        reader = WordsReader(style, self.styles, self.left_out, self._note_number)
        said = reader.read(paragraph)
        mark_deleted = first(properties, "rPr", "del") is not None
        text = self._merged + said.text
        self._merged = ""
        if mark_deleted:
            self._merged = text
            return
        found = self._finish(text, said, style, style_id, properties)
        if found is not None:
            if found.heading and self._waiting:
                yield from self._waiting_notes()
            yield found
        for box in said.boxes:
            yield from self._blocks(box, depth + 1)

    def _finish(
        self, text: str, said: Said, style: Style, style_id: str, properties: Element | None
    ) -> FlowParagraph | None:
        listed = self._listed(style, style_id, properties)
        lines = [_tidy(line) for line in text.split("\n")]
        text = "\n".join(line for line in lines if line)
        if not text:
            return None
        stated = outline_of(properties)
        heading = (stated if stated is not None else style.outline) or stands_out(text, said.emphasised)
        level = 0
        if listed is not None and (mark := self.numbering.next_mark(listed)) is not None:
            if mark.text == "•" and opening(text).number is not None:
                mark = mark._replace(level=0)
            text, level = f"{mark.text} {text}" if mark.text else text, mark.level
        return FlowParagraph(text, level, heading, aside=style.is_contents)

    def _listed(self, style: Style, style_id: str, properties: Element | None) -> Listed | None:
        own = listed_in(properties)
        listed = own if own is not None and own.list_id >= 0 else style.listed
        if listed is None or listed.list_id <= 0:
            return None
        if own is None:
            level = self.numbering.level_of_style(listed.list_id, style_id)
            return listed if level is None else listed._replace(level=level)
        return listed._replace(level=own.level)

    def _note_number(self, name: str) -> int:
        """The number of a footnote or endnote, given at its first mark, when its words begin to wait."""
        if name not in self._known_notes:
            self._known_notes[name] = len(self._known_notes) + 1
            self._waiting.append(name)
        return self._known_notes[name]

    def _waiting_notes(self) -> Iterator[FlowParagraph | FlowTable]:
        waiting, self._waiting = self._waiting, []
        for name in waiting:
            if (note := self.notes.get(name)) is None:
                continue
            text = texts_of(list(self._blocks(note, 1))).replace("\n", " ")
            if text:
                yield FlowParagraph(f"{raised(self._known_notes[name])} {text}")

    def _table(self, table: Element, depth: int) -> Iterator[FlowParagraph | FlowTable]:
        rows = [row for row in _rows_of(table) if not self._is_deleted(row)]
        cells = [list(_cells_of(row)) for row in rows]
        if max((len(row) for row in cells), default=0) <= 1 and len(cells) <= 2:
            for row in cells:  # a box around text
                for cell in row:
                    if cell.element is not None:
                        yield from self._blocks(cell.element, depth + 1)
            return
        header = 0
        while header < len(rows) and is_on(first(rows[header], "trPr"), "tblHeader"):
            header += 1
        placed = tuple(
            tuple(self._cell(cell, _depth_of(cells, r, cell), depth) for cell in row if not cell.goes_on)
            for r, row in enumerate(cells)
        )
        found = FlowTable(placed, header if header < len(rows) else 0)
        if not is_blank(found):
            yield found

    def _is_deleted(self, row: Element) -> bool:
        deleted = first(row, "trPr", "del") is not None
        self.left_out["deleted"] += deleted
        return deleted

    def _cell(self, cell: _WordCell, rowspan: int, depth: int) -> FlowCell:
        text = texts_of(list(self._blocks(cell.element, depth + 1))) if cell.element is not None else ""
        return FlowCell(text, cell.colspan, rowspan, cell.fill)


class _WordCell(NamedTuple):
    """A cell as Word lists it; one that a merged cell reaches down into `goes_on` from above. Without an element it is the
    room that a row leaves before its first cell."""

    element: Element | None
    column: int
    colspan: int
    goes_on: bool
    fill: str | None


def _rows_of(table: Element) -> Iterator[Element]:
    for name, child in children(table):
        if name == "tr":
            yield child
        elif name in _FLOWS_ON:
            yield from _rows_of(child)


def _cells_of(row: Element) -> Iterator[_WordCell]:
    column = number(first(row, "trPr", "gridBefore"))
    if column:
        yield _WordCell(None, 0, column, False, None)
    for cell in _cell_elements(row):
        properties = first(cell, "tcPr")
        colspan = max(1, number(first(properties, "gridSpan"), 1))
        merge = first(properties, "vMerge")
        goes_on = merge is not None and value(merge) != "restart"
        yield _WordCell(cell, column, colspan, goes_on, _fill_of(properties))
        column += colspan


def _cell_elements(row: Element) -> Iterator[Element]:
    for name, child in children(row):
        if name == "tc":
            yield child
        elif name in _FLOWS_ON:
            yield from _cell_elements(child)


def _depth_of(rows: Sequence[Sequence[_WordCell]], r: int, cell: _WordCell) -> int:
    """How many rows a cell reaches over: as long as the rows below go on with it in its column."""
    depth = 1
    for row in rows[r + 1 :]:
        if not any(other.goes_on and other.column == cell.column for other in row):
            break
        depth += 1
    return depth


def _fill_of(properties: Element | None) -> str | None:
    fill = value(first(properties, "shd"), "fill") or ""
    return f"#{fill.lower()}" if re.fullmatch(r"[0-9A-Fa-f]{6}", fill) else None


def _notes_of(parts: Parts) -> dict[str, Element]:
    """The footnotes and endnotes by kind and id; lines that part notes from the text are none."""
    found = {}
    for kind, root in (("footnote", parts.footnotes), ("endnote", parts.endnotes)):
        for note in root.iterchildren(w(kind)) if root is not None else ():
            if value(note, "type") in (None, "normal"):
                found[f"{kind} {value(note, 'id')}"] = note
    return found


def raised(n: int) -> str:
    """A number as the mark of a note."""
    return str(n).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _tidy(line: str) -> str:
    """A line without white space at its ends and doubled; the tab behind its own number or bullet is a space."""
    line = re.sub(r"[ \u00a0\u2002-\u200a\r\f\v]+", " ", line).strip()
    start = opening(line)
    if start.words_at:
        line = line[: start.words_at].replace("\t", " ") + line[start.words_at :]
    return line


def _with_tabbed_tables(flow: Sequence[FlowParagraph | FlowTable]) -> Flow:
    """The flow with lines set in columns by tabs made tables, and other tabs spaces.

    Lines in columns follow each other and have as many tabs each, once several tabs in a row count as one where they differ; a lone line
    may hold one tab, between a label and its value.
    """
    out: Flow = []
    run: list[str] = []
    for part in flow:
        if isinstance(part, FlowParagraph) and _is_tabbed(part):
            run += part.text.split("\n")
            continue
        out += _tabbed(run)
        run = []
        out.append(part._replace(text=part.text.replace("\t", " ")) if isinstance(part, FlowParagraph) else part)
    return out + _tabbed(run)


def _is_tabbed(paragraph: FlowParagraph) -> bool:
    lines = paragraph.text.split("\n")
    plain = not paragraph.aside and not paragraph.level and not paragraph.heading
    return plain and all("\t" in line and len(line) < _SENTENCE and opening(line).number is None for line in lines)


def _tabbed(run: Sequence[str]) -> Flow:
    for rows in ([line.split("\t") for line in run], [re.split(r"\t+", line) for line in run]):
        if rows and len({len(row) for row in rows}) == 1 and (len(rows) > 1 or len(rows[0]) == 2):
            return [FlowTable(tuple(tuple(FlowCell(cell.strip()) for cell in row) for row in rows))]
    return [FlowParagraph(re.sub(r"\t+", " ", line), heading=None) for line in run]
