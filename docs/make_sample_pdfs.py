"""`python -m docs.make_sample_pdfs [FOLDER]`: prints sample papers as PDFs, the way that councils print theirs.

Without a folder, the two that ship in `corpus/sample_pdfs` are printed anew: the agenda pack, with bookmarks, stamps
and page numbers, and a report with tables. With one, all samples are. The same text gives the same bytes.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as PrintedParagraph
from reportlab.platypus import Table as PrintedTable

from docs.tour import ROOT
from ingest.reading import read_paper
from schema.paper import Block, BlockKind, Paper, ReportKind, Table

SAMPLES: Final = ROOT / "corpus" / "samples"
FOLDER: Final = ROOT / "corpus" / "sample_pdfs"
SHIPPED: Final = ("marlford-pack-2023-09-13", "marlford-scrutiny-2022-12-07")

_MARGIN: Final = 62
_WIDE: Final = 8  # columns; a table of more is printed across
_BODY: Final = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13.5, spaceAfter=8)
_NUMBERED: Final = ParagraphStyle("numbered", _BODY, leftIndent=32, firstLineIndent=-32)
_ITEM: Final = ParagraphStyle("item", _BODY, leftIndent=46, bulletIndent=34, spaceAfter=4)
_HEADING: Final = ParagraphStyle(
    "heading", _BODY, fontName="Helvetica-Bold", fontSize=11.5, spaceBefore=6, keepWithNext=1
)
_CELL: Final = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.5)
_NARROW_CELL: Final = ParagraphStyle("narrow cell", _CELL, fontSize=6.5, leading=8)


class _Bookmark(Flowable):
    """Nothing to see: a bookmark to its place, and the agenda's item that is stamped on the page."""

    def __init__(self, title: str, stamp: str = "") -> None:
        super().__init__()
        self.title, self.stamp = title, stamp

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        canvas = self.canv
        canvas.bookmarkPage(self.title)
        canvas.addOutlineEntry(self.title, self.title, level=0)
        if self.stamp:
            canvas.saveState()
            canvas.resetTransforms()
            canvas.setFont("Helvetica-Bold", 12)
            canvas.drawRightString(A4[0] - 30, A4[1] - 34, f"Agenda Item {self.stamp}")
            canvas.restoreState()


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF; a pack with a bookmark for each report, each on a page of its own."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1, title=paper.masthead.title or "", author="papertally")
    document.addPageTemplates([_template("upright", A4), _template("across", landscape(A4))])
    document.build(list(_flowables(paper)))
    return out.getvalue()


def _template(name: str, size: tuple[float, float]) -> PageTemplate:
    frame = Frame(_MARGIN, _MARGIN, size[0] - 2 * _MARGIN, size[1] - 2 * _MARGIN, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=_number_page, pagesize=size)


def _number_page(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawCentredString(document.pagesize[0] / 2, 30, f"Page {canvas.getPageNumber()}")


def _flowables(paper: Paper) -> Iterator[Flowable]:
    report = -1
    for part in paper.body:
        if part.report != report:
            report = part.report
            yield from _begin_report(paper, report)
        if isinstance(part, Block):
            yield _paragraph(part)
        else:
            yield from _table(part)


def _begin_report(paper: Paper, report: int) -> Iterator[Flowable]:
    """A report of a pack begins a page; its item's number is told from the agenda's own list."""
    if report:
        yield PageBreak()
    if not paper.is_pack:
        return
    one = paper.reports[report]
    title = one.masthead.title or ""
    if one.kind is ReportKind.FRONT_SHEET:
        yield _Bookmark("Agenda")
        return
    named = "minutes" if one.kind is ReportKind.MINUTES else title.casefold()
    listed = (part for part in paper.body if part.report == 0 and isinstance(part, Block) and part.number)
    number = next((part.number or "" for part in listed if part.text.casefold().startswith(named)), "")
    yield _Bookmark(f"{number} {title}".strip(), number)


def _paragraph(block: Block) -> Flowable:
    words = escape(block.text, quote=False)
    number = f"{block.number}{'' if '.' in block.number else '.'} " if block.number else ""
    if block.kind is BlockKind.HEADING:
        return PrintedParagraph(number + words, _HEADING)
    if block.kind is BlockKind.ITEM and not number:
        return PrintedParagraph(words, _ITEM, bulletText="•")
    return PrintedParagraph(number + words, _NUMBERED if number else _BODY)


def _table(table: Table) -> Iterator[Flowable]:
    """The table with rules around every cell; a wide one on pages of its own, turned across."""
    columns = max(len(row) for row in table.rows)
    across = columns > _WIDE
    style = _NARROW_CELL if across else _CELL
    room = (A4[1] if across else A4[0]) - 2 * _MARGIN
    widths = _widths(table, columns, style, room)
    rows = [[PrintedParagraph(escape(cell.text, quote=False), style) for cell in row] for row in table.rows if row]
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    if across:
        yield NextPageTemplate("across")
        yield PageBreak()
    else:
        yield CondPageBreak(90)
    yield PrintedTable(rows, widths, repeatRows=table.header_rows, style=ruled)
    if across:
        yield NextPageTemplate("upright")
        yield PageBreak()
    else:
        yield Spacer(0, 10)


def _widths(table: Table, columns: int, style: ParagraphStyle, room: float) -> list[float]:
    """Each column as wide as its longest word, and what room is left over shared by the lengths of the cells."""
    cells = [[row[c].text for row in table.rows if c < len(row)] for c in range(columns)]
    words = [
        max((stringWidth(w, style.fontName, style.fontSize) for text in column for w in text.split()), default=0.0) + 13
        for column in cells
    ]
    lengths = [max(min(len(text), 60) for text in column) for column in cells]
    left = max(0.0, room - sum(words))
    return [width + left * length / max(1, sum(lengths)) for width, length in zip(words, lengths, strict=True)]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m docs.make_sample_pdfs", description="Prints sample papers as PDFs."
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    folder = parser.parse_args(arguments).folder
    names = SHIPPED if folder is None else [path.stem for path in sorted(SAMPLES.glob("*.txt"))]
    target = folder or FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        text = SAMPLES / f"{name}.txt"
        (target / f"{name}.pdf").write_bytes(as_pdf(read_paper(text.name, text.read_bytes())))
        print(target / f"{name}.pdf")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
