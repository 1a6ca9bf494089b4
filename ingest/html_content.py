"""What of a web page is its content, and that content as paragraphs, lists, headings and tables in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lxml import etree, html

from ingest.flow import Content, FlowParagraph, FlowTable, is_blank, stands_out, texts_of
from ingest.html_page import is_hidden, main_content, style_of
from ingest.lines import opening
from ingest.list_marks import number_in
from ingest.spanned_rows import FlowCell

Element = etree._Element

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    ]
)
_HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
_UNREAD: Final = frozenset(("img", "picture", "svg", "canvas", "video", "audio", "iframe", "object", "embed", "map"))
_DELETED: Final = frozenset(("del", "s", "strike"))
_BOLD: Final = frozenset(("b", "strong", "u"))
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DEEPEST: Final = 150  # elements within each other; below that only the words are taken
_SMALL_PICTURE: Final = 40  # pixels; a smaller one is an icon
_LONG_CELL: Final = 400  # characters in the only row of a table that lays a page out
_COLOURS: Final = {"red": "#ff0000", "green": "#008000", "amber": "#ffbf00", "orange": "#ffa500", "yellow": "#ffff00"}


class TooDeepError(ValueError):
    """A page whose elements stand within each other beyond what a page can need; the parser lets their words go."""


def read_content(text: str) -> Content:
    """The content of a web page. Raises TooDeepError for one that the parser gave up on."""
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError):
        return Content((), (), ())
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise TooDeepError
    found = main_content(root)
    reader = _FlowReader(Counter())
    reader.read(found.element, _Inherited())
    titles = tuple(
        " ".join(title.split()) for title in (root.findtext(".//title") or "", *found.beside) if title.strip()
    )
    return Content(tuple(reader.flow), tuple(_unread(reader.left_out)), titles)


def _unread(left_out: Counter[str]) -> Iterator[str]:
    if n := left_out["picture"]:
        yield f"{n} {'picture was' if n == 1 else 'pictures were'} not read"
    if n := left_out["deleted"]:
        yield f"words struck out or marked as deleted were left out, in {n} {'place' if n == 1 else 'places'}"


class _Inherited(NamedTuple):
    """What an element has from those around it."""

    bold: bool = False
    lists: int = 0
    depth: int = 0
    in_cell: bool = False
    kept: bool = False  # line ends stand as they are


class _FlowReader:
    """Reads elements into a flow; `left_out` counts what was not read."""

    def __init__(self, left_out: Counter[str]) -> None:
        self.flow: list[FlowParagraph | FlowTable] = []
        self.left_out = left_out
        self._words: list[tuple[str, bool]] = []
        self._mark = ""
        self._level = 0

    def read(self, element: Element, inherited: _Inherited) -> None:
        self._inside(element, inherited)
        self._end_paragraph()

    def _visit(self, element: Element, inherited: _Inherited) -> None:
        name = element.tag
        if is_hidden(element):
            return
        if name in _UNREAD:
            self._leave_out(element, inherited)
        elif name in _DELETED:
            self.left_out["deleted"] += bool("".join(map(str, element.itertext())).strip())
        elif name == "br":
            self._words.append(("\n", inherited.bold))
        elif name == "table":
            self._read_table(element, inherited)
        elif name in _HEADINGS:
            self._end_paragraph()
            self._inside(element, inherited)
            self._end_paragraph(_HEADINGS[name])
        elif name in ("ul", "ol"):
            self._read_list(element, inherited)
        elif name == "dl" and not inherited.in_cell:
            self._read_terms(element, inherited)
        elif name in _BLOCKS:
            self._end_paragraph()
            self._inside(element, inherited._replace(kept=inherited.kept or name == "pre"))
            self._end_paragraph()
        else:
            self._inline(element, name, inherited)

    def _inside(self, element: Element, inherited: _Inherited) -> None:
        if inherited.depth > _DEEPEST:
            self._say(" ".join(str(words) for words in element.itertext()), inherited)
            return
        below = inherited._replace(depth=inherited.depth + 1)
        self._say(element.text or "", inherited)
        for child in element:
            self._visit(child, below)
            self._say(child.tail or "", inherited)

    def _inline(self, element: Element, name: str, inherited: _Inherited) -> None:
        if name == "sup" and (mark := "".join(map(str, element.itertext())).strip("[]() \n")).isdecimal():
            self._words.append((mark.translate(_RAISED), inherited.bold))
            return
        if name == "q":
            self._words.append(("“", inherited.bold))
        bold = inherited.bold or name in _BOLD or "font-weight:bold" in style_of(element)
        self._inside(element, inherited._replace(bold=bold))
        if name == "q":
            self._words.append(("”", inherited.bold))

    def _say(self, words: str, inherited: _Inherited) -> None:
        if words and inherited.kept:
            self._words += [(part, inherited.bold) for part in re.split(r"(\n)", words)]
        elif words:
            self._words.append((re.sub(r"[\s\x00-\x1f]+", " ", words), inherited.bold))

    def _end_paragraph(self, heading: int = 0) -> None:
        said = "".join(words for words, _ in self._words)
        emphasised = all(bold for words, bold in self._words if words.strip())
        self._words.clear()
        lines = [line for raw in said.split("\n") if (line := " ".join(raw.split()))]
        if not lines:
            return
        text = "\n".join(lines)
        own_number = opening(text).number is not None
        if self._mark == "•" and own_number:
            level = 0
        else:
            text, level = f"{self._mark} {text}" if self._mark else text, self._level
        self._mark, self._level = "", 0
        self.flow.append(FlowParagraph(text, level, heading or stands_out(text, emphasised)))

    def _leave_out(self, element: Element, inherited: _Inherited) -> None:
        """A picture is not read; the words that stand for it are, where it is all that a table's cell holds."""
        words = " ".join((element.get("alt") or "").split())
        if inherited.in_cell and 0 < len(words) <= 20:
            self._say(f" {words} ", inherited)
            return
        sizes = [element.get(side) or "" for side in ("width", "height")]
        if not any(size.isdecimal() and int(size) <= _SMALL_PICTURE for size in sizes):
            self.left_out["picture"] += 1

    def _read_list(self, element: Element, inherited: _Inherited) -> None:
        self._end_paragraph()
        level = inherited.lists + 1
        number = _whole(element.get("start"), 1)
        below = inherited._replace(lists=level, depth=inherited.depth + 1)
        if inherited.depth > _DEEPEST:
            self._inside(element, inherited)
            return
        for child in element:
            if child.tag != "li" or is_hidden(child):
                self._visit(child, below)
                continue
            number = _whole(child.get("value"), number)
            self._mark, self._level = _mark_of(element, number, level)
            self._inside(child, below)
            self._end_paragraph()
            self._mark, self._level = "", 0
            number += 1

    def _read_terms(self, element: Element, inherited: _Inherited) -> None:
        """Terms with what is said of them: a table of two columns."""
        self._end_paragraph()
        rows: list[tuple[str, str]] = []
        for child in element.iter("dt", "dd"):
            if is_hidden(child):
                continue
            words = self._cell_text(child, inherited)
            if child.tag == "dt" or not rows:
                rows.append((words, ""))
            else:
                rows[-1] = (rows[-1][0], "\n".join(filter(None, (rows[-1][1], words))))
        self._add_table(FlowTable(tuple(tuple(map(FlowCell, row)) for row in rows)))

    def _read_table(self, element: Element, inherited: _Inherited) -> None:
        rows = list(_rows_of(element))
        if inherited.in_cell or _lays_out(element, rows):
            self._end_paragraph()
            for row in rows:
                for cell in row:
                    self._inside(cell, inherited._replace(depth=inherited.depth + 2))
                    self._end_paragraph()
            return
        self._end_paragraph()
        for caption in element.iterchildren("caption"):
            self.read(caption, inherited)
        header = 0
        while header < len(rows) and all(cell.tag == "th" for cell in rows[header]):
            header += 1
        cells = tuple(tuple(self._read_cell(cell, inherited) for cell in row) for row in rows)
        self._add_table(FlowTable(cells, header if header < len(rows) else 0))

    def _add_table(self, table: FlowTable) -> None:
        if not is_blank(table):
            self.flow.append(table)

    def _read_cell(self, cell: Element, inherited: _Inherited) -> FlowCell:
        across = _whole(cell.get("colspan"), 1)
        down = _whole(cell.get("rowspan"), 1)
        # 0 rows are all that follow (HTML Standard).
        return FlowCell(self._cell_text(cell, inherited), max(1, across), down or 65534, _fill_of(cell))

    def _cell_text(self, cell: Element, inherited: _Inherited) -> str:
        reader = _FlowReader(self.left_out)
        reader.read(cell, inherited._replace(in_cell=True, bold=False, depth=inherited.depth + 2))
        return texts_of(reader.flow)


def _mark_of(element: Element, number: int, level: int) -> tuple[str, int]:
    """What stands before a list's item, and the item's level; a whole number at the outermost level numbers a paragraph."""
    style = style_of(element)
    if "list-style-type:none" in style or "list-style:none" in style:
        return "", level if element.tag == "ul" else 0
    if element.tag == "ul":
        return "•", level
    form = (element.get("type") or "").strip()
    named = next((name for name in _LIST_STYLES if name in style), "")
    mark = number_in(_LIST_STYLES[named] if named else _LIST_TYPES.get(form, "decimal"), number)
    return f"{mark}.", 0 if mark.isdecimal() and level == 1 else level


_LIST_TYPES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_LIST_STYLES: Final = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}


def _rows_of(table: Element) -> Iterator[list[Element]]:
    """The cells of a table's own rows, head first and foot last, however the file orders them."""
    parts: dict[str, list[Element]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        name = str(child.tag)
        if is_hidden(child):
            continue
        if name == "tr":
            parts["tbody"].append(child)
        else:
            parts[name] += child.iterchildren("tr")
    for row in (row for part in parts.values() for row in part if not is_hidden(row)):
        cells = [cell for cell in row.iterchildren("td", "th") if not is_hidden(cell)]
        if cells:
            yield cells


def _lays_out(table: Element, rows: Sequence[Sequence[Element]]) -> bool:
    """Whether a table only sets parts of a page side by side."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", "h1", "h2", "h3", "nav", "article"), None) is not None:
        return True
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    return len(rows) == 1 and any(len("".join(map(str, cell.itertext()))) > _LONG_CELL for cell in rows[0])


def _fill_of(cell: Element) -> str | None:
    row = cell.getparent()
    for element in (cell, row):
        if element is None:
            continue
        style = re.search(r"background(?:-color)?:([^;]+)", style_of(element))
        colour = (style[1] if style else element.get("bgcolor") or "").strip().casefold()
        if re.fullmatch(r"#[0-9a-f]{6}", colour):
            return colour
        if short := re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", colour):
            return "#" + "".join(2 * digit for digit in short.groups())
        if parts := re.fullmatch(r"rgb\((\d{1,3}),(\d{1,3}),(\d{1,3})\)", colour.replace(" ", "")):
            return "#" + "".join(f"{min(255, int(part)):02x}" for part in parts.groups())
        if colour in _COLOURS:
            return _COLOURS[colour]
    return None


def _whole(text: str | None, otherwise: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 6 else otherwise
