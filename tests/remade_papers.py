"""Papers made anew in other forms: the same headings, paragraphs, lists and tables as a Word file and as a web page."""

from __future__ import annotations

import io
from html import escape
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from schema.paper import Block, BlockKind, Paper, Table


def as_docx(paper: Paper, *, counted: bool = False) -> bytes:
    """The paper as a Word file. Its numbers are typed, or, where they are `counted`, Word sets them before paragraphs by itself."""
    document = Document()
    lists = _Lists(document) if counted else None
    for part in paper.body:
        if isinstance(part, Table):
            _add_table(document, part)
            continue
        style = {BlockKind.HEADING: f"Heading {part.level}", BlockKind.ITEM: "List Bullet"}.get(part.kind, "Normal")
        paragraph = document.add_paragraph(style="Normal" if part.number and part.kind is BlockKind.ITEM else style)
        number = f"{part.number}{'' if '.' in part.number else '.'}" if part.number else ""
        if number and lists is not None and lists.count(paragraph, part.number or ""):
            number = ""
        paragraph.add_run(f"{number}\t" if number else "")
        _add_words(paragraph, part.text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_words(paragraph: Any, text: str) -> None:
    """The words in several runs, as Word keeps them after every change of mind."""
    for start in range(0, len(text), 41):
        paragraph.add_run(text[start : start + 41])


def _add_table(document: Any, table: Table) -> None:
    made = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    for made_row, row in zip(made.rows, table.rows, strict=True):
        for made_cell, cell in zip(made_row.cells, row, strict=True):
            lines = cell.text.split("\n")
            made_cell.text = lines[0]
            for line in lines[1:]:
                made_cell.add_paragraph(line)
    document.add_paragraph()


class _Lists:
    """A list of sections and their paragraphs (`3`, `3.24`), begun anew where a number does not go on with it."""

    def __init__(self, document: Any) -> None:
        self.numbering = document.part.numbering_part.element
        self.list_id = 900
        self.counts = [0, 0]
        abstract = _element("w:abstractNum", abstractNumId="900")
        for level, (text, form) in enumerate((("%1.", "decimal"), ("%1.%2", "decimal"))):
            lvl = _element("w:lvl", ilvl=str(level))
            lvl.extend([_element("w:start", val="1"), _element("w:numFmt", val=form), _element("w:lvlText", val=text)])
            abstract.append(lvl)
        self.numbering.insert(0, abstract)
        self._begin()

    def _begin(self) -> None:
        self.list_id += 1
        num = _element("w:num", numId=str(self.list_id))
        num.append(_element("w:abstractNumId", val="900"))
        override = _element("w:lvlOverride", ilvl="0")
        override.append(_element("w:startOverride", val="1"))
        num.append(override)
        self.numbering.append(num)
        self.counts = [0, 0]

    def count(self, paragraph: Any, number: str) -> bool:
        """Whether the list counts up to this number next; then the paragraph is put into it."""
        wanted = [int(part) for part in number.split(".")]
        if len(wanted) > 2:
            return False
        if len(wanted) == 1 and wanted[0] == 1:
            self._begin()
        following = [self.counts[0] + 1, 0] if len(wanted) == 1 else [self.counts[0], self.counts[1] + 1]
        if following[: len(wanted)] != wanted:
            return False
        self.counts = following
        properties = paragraph._p.get_or_add_pPr()
        numbered = _element("w:numPr")
        numbered.extend([_element("w:ilvl", val=str(len(wanted) - 1)), _element("w:numId", val=str(self.list_id))])
        properties.append(numbered)
        return True


def _element(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def as_html(paper: Paper) -> bytes:
    """The paper as the page of a site, with the navigation and the footer that every page of it has."""
    parts, depth = [], 0
    for part in paper.body:
        level = part.level if isinstance(part, Block) and part.kind is BlockKind.ITEM and not part.number else 0
        parts.append("<ul><li>" * (level - depth) if level > depth else "</li></ul>" * (depth - level))
        if level and level <= depth:
            parts.append("</li><li>")
        parts.append(_as_html(part))
        depth = level
    parts.append("</li></ul>" * depth)
    menu = "".join(
        f'<li><a href="/{word}">{word}</a></li>' for word in ("Home", "Council tax", "Bins", "Meetings 2021")
    )
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Agenda item</title><style>p {{ margin: 95% }}</style>
<script>var visits = "87% of 2,143";</script></head>
<body><nav><ul>{menu}</ul></nav><div id="cookie-banner">We use 14 cookies.</div>
<main id="content">
{"".join(parts)}
</main>
<footer>Phone us on 01632 960 417. 12% of calls are recorded.</footer></body></html>"""
    return page.encode()


def _as_html(part: Block | Table) -> str:
    if isinstance(part, Table):
        rows = "".join(
            "<tr>" + "".join(f"<td>{_escaped(cell.text)}</td>" for cell in row) + "</tr>\n" for row in part.rows
        )
        return f"<table>{rows}</table>\n"
    number = f"{part.number}{'' if '.' in part.number else '.'} " if part.number else ""
    words = f"{number}{_escaped(part.text)}"
    if part.kind is BlockKind.HEADING:
        return f"<h{part.level + 1}>{words}</h{part.level + 1}>\n"
    return words if part.kind is BlockKind.ITEM and not part.number else f"<p>{words}</p>\n"


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
