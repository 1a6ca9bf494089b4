"""The reader of PDF files: pdfium, page by page; pdfplumber for a file that pdfium cannot open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.blocks import build_blocks
from ingest.pack_items import Bookmark, PackSigns
from ingest.pdf_characters import PDFIUM_LOCK, PageObjects, no_objects, read_page
from ingest.pdf_hidden_text import without_hidden_words
from ingest.pdf_islands import caption_lines
from ingest.pdf_pages import PrintedPage, compose, print_captions, print_page
from ingest.pdf_report import ReadingReport
from ingest.pdf_scans import Scan, may_be_scan, recognised, render_scan
from ingest.pdf_table_cells import FoundTable
from schema.evidence import Box
from schema.page_boxes import Turned, turn_back
from schema.paper import Block, Page, Table, Unread

_MARK: Final = b"%PDF"
_MARK_WITHIN: Final = 1024
_DEEPEST_BOOKMARK: Final = 4
_MOST_BOOKMARKS: Final = 5000
_AT_ONCE: Final = 64  # pages, after which the file is opened anew: pdfium keeps what it has seen of one in memory
_MOST_NAMES: Final = 5

_MANY_HIDDEN: Final = 25  # words on a page: fewer are a template's leavings


class PdfError(ValueError):
    """A PDF that gives no paper. The message says why and what to try."""


class PdfContents(NamedTuple):
    """A PDF as read; `unread` says, for people, what of it could not be, and `places` where that stands. `head_words` is
    what is printed on page after page."""

    pages: tuple[Page, ...]
    body: tuple[Block | Table, ...]
    unread: tuple[str, ...]
    signs: PackSigns
    head_words: tuple[str, ...]
    places: tuple[Unread, ...] = ()


def claims(content: bytes) -> bool:
    """Whether the bytes are a PDF's: its mark stands within the first kilobyte, as readers of PDFs allow."""
    return _MARK in content[:_MARK_WITHIN]


TakeTable = Callable[[FoundTable, Box], None]
"""Told each table as it stands on its page, the refused ones too, and its box on the page as a person sees it."""


def read_pdf(content: bytes, password: str | None = None, take_table: TakeTable | None = None) -> PdfContents:
    """The pages and the body of a PDF. Raises PdfError for one that is encrypted, damaged or empty."""
    pages: list[PrintedPage] = []
    report = ReadingReport()
    outline: list[Bookmark] = []
    for page in _pages(content, password, report, outline):
        if page.hidden >= _MANY_HIDDEN:
            report.hide(page.number, page.hidden)
        captions = caption_lines(page) if page.sure else None
        if captions is not None:
            pages.append(print_captions(page, captions))
            continue
        tables = _tables_of(page)
        pages.append(print_page(page, tables))
        if take_table:
            turned = Turned(page.turned, page.width, page.height, page.skew)
            for table in tables:
                take_table(table, turn_back(table.bbox, turned))
    composed = compose(pages)
    pages.clear()  # before the body is built: a pack's characters need not be kept twice
    texts = {page.number: page.text for page in composed.pages}
    body = build_blocks(composed.lines, lambda number: texts[number or 0], wrapped=False)
    places = sorted([*report.places, *composed.unread], key=lambda place: (place.page, place.start))
    unread = report.in_words(composed.unread)
    signs = PackSigns(tuple(outline), composed.stamps, composed.printed)
    return PdfContents(tuple(composed.pages), body, unread, signs, tuple(composed.head_words), tuple(places))


def _tables_of(page: PageObjects) -> list[FoundTable]:
    from ingest.pdf_tables import find_tables

    return find_tables(page)


def open_pdf(content: bytes, password: str | None) -> pdfium.PdfDocument | None:
    """The PDF as pdfium opens it, to be closed by the caller, who holds PDFIUM_LOCK; None where it is too damaged for that.

    Raises PdfError for one that is encrypted, and for one without pages.
    """
    try:
        return pdfium.PdfDocument(content, password=password)
    except pdfium.PdfiumError as error:
        # pypdfium2 says the same of a file that opens and has no pages, with the error of whichever file failed before.
        secret = None if password is None else password.encode() + b"\0"
        if opened := raw.FPDF_LoadMemDocument64(content, len(content), secret):
            raw.FPDF_CloseDocument(opened)
            raise PdfError("the PDF has no pages; check that it was saved or downloaded whole") from error
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise PdfError(_encrypted(password)) from error
        return None


def _pages(
    content: bytes, password: str | None, report: ReadingReport, outline: list[Bookmark]
) -> Iterator[PageObjects]:
    with PDFIUM_LOCK:
        document = open_pdf(content, password)
    if document is None:
        yield from _pages_by_pdfplumber(content, password, report)
        return
    try:
        report.notes += _attachments_in_words(document)
        with PDFIUM_LOCK:
            count = len(document)
            outline += _outline_of(document)
        for number in range(1, count + 1):
            if number % _AT_ONCE == 0:
                document = _opened_anew(document, content, password)
            read, scan = _open_page(document, number, report)
            yield recognised(scan, read, report) if scan else read
    finally:
        with PDFIUM_LOCK:
            document.close()


def _attachments_in_words(document: pdfium.PdfDocument) -> Iterator[str]:
    """Files that are attached to the PDF, which are none of its pages; of a portfolio they are all that matters."""
    with PDFIUM_LOCK:
        names = [document.get_attachment(i).get_name() for i in range(document.count_attachments())]
    if not names:
        return
    shown = ", ".join(names[:_MOST_NAMES]) + (
        f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    )
    many = len(names) > 1
    yield (
        f"{len(names)} attached file{'s' if many else ''}: {shown}; save {'them' if many else 'it'} from a PDF viewer "
        f"and load {'them' if many else 'it'}"
    )
    if any(name.lower().endswith(".pdf") for name in names):
        yield "PDFs are attached to this PDF: if it is a portfolio, its papers are these and not its own pages"


def _outline_of(document: pdfium.PdfDocument) -> Iterator[Bookmark]:
    """The bookmarks that point to a page. What a damaged outline holds up to its damage is taken."""
    try:
        for one in islice(document.get_toc(max_depth=_DEEPEST_BOOKMARK), _MOST_BOOKMARKS):
            target = one.get_dest()
            page = target.get_index() if target is not None else None
            if page is not None:
                yield Bookmark(one.get_title(), page + 1, one.level)
    except (pdfium.PdfiumError, UnicodeDecodeError, ValueError):
        return


def _encrypted(password: str | None) -> str:
    if password is None:
        return "the PDF is encrypted; give its password with --password"
    return "the PDF is encrypted, and the password given does not open it; check --password"


def _opened_anew(document: pdfium.PdfDocument, content: bytes, password: str | None) -> pdfium.PdfDocument:
    with PDFIUM_LOCK:
        document.close()
        return pdfium.PdfDocument(content, password=password)


def _open_page(document: pdfium.PdfDocument, number: int, report: ReadingReport) -> tuple[PageObjects, Scan | None]:
    """What stands on a page, and its picture where its words may stand in that."""
    with PDFIUM_LOCK:
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            report.lose(number, "damaged, and could not be opened")
            return no_objects(number), None
        try:
            read = without_hidden_words(read_page(page, number), page)
            scan = render_scan(page, read) if may_be_scan(read) else None
        finally:
            page.close()
    if not scan and not read.words:
        report.blank.append(number)
    return read, scan


def _pages_by_pdfplumber(content: bytes, password: str | None, report: ReadingReport) -> Iterator[PageObjects]:
    from ingest.pdf_fallback import read_pages

    damaged = "the PDF is damaged and cannot be opened; download it again, or print it to a new PDF and load that"
    found = 0
    try:
        for page in read_pages(content, password):
            found += 1
            yield page
            if not page.words:
                report.lose(page.number, "no text, and what is no text was not looked at, the file being damaged")
    except Exception as error:  # pdfminer raises whatever the damage makes it stumble over
        if not found:
            raise PdfError(damaged) from error
        report.notes.append(f"what follows page {found} is damaged and could not be read")
    if not found:
        raise PdfError(damaged)
    report.notes.append(
        "the file is damaged (pdfium could not open it); it was read with pdfplumber, look at it with care"
    )
