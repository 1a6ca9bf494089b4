"""The reader of PDF files: pdfium, page by page; pdfplumber for a file that pdfium cannot open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.blocks import build_blocks
from ingest.pdf_characters import PDFIUM_LOCK, PageObjects, read_page
from ingest.pdf_hidden_text import without_hidden_words
from ingest.pdf_pages import PrintedPage, compose, print_page
from ingest.pdf_table_cells import FoundTable
from schema.paper import Block, Page, Table

_MARK: Final = b"%PDF"
_MARK_WITHIN: Final = 1024
_AT_ONCE: Final = 64  # pages, after which the file is opened anew: pdfium keeps what it has seen of one in memory
_FEWEST_CHARACTERS = 5  # fewer than these and a picture: a scan with a stamp

_MANY_HIDDEN: Final = 25  # words on a page: fewer are a template's leavings


class PdfError(ValueError):
    """A PDF that gives no paper. The message says why and what to try."""


class PdfContents(NamedTuple):
    """A PDF as read; `unread` says, for people, what of it could not be."""

    pages: tuple[Page, ...]
    body: tuple[Block | Table, ...]
    unread: tuple[str, ...]


def claims(content: bytes) -> bool:
    """Whether the bytes are a PDF's: its mark stands within the first kilobyte, as readers of PDFs allow."""
    return _MARK in content[:_MARK_WITHIN]


def read_pdf(content: bytes, password: str | None = None) -> PdfContents:
    """The pages and the body of a PDF. Raises PdfError for one that is encrypted, damaged or empty."""
    pages: list[PrintedPage] = []
    unread: list[str] = []
    for page in _pages(content, password, unread):
        pages.append(print_page(page, _tables_of(page)))
        if not page.words:
            unread.append(_without_text(page))
        if page.hidden >= _MANY_HIDDEN:
            unread.append(f"page {page.number}: {page.hidden} words that no reader sees (hidden text) were left out")
    composed = compose(pages)
    pages.clear()  # before the body is built: a pack's characters need not be kept twice
    texts = {page.number: page.text for page in composed.pages}
    body = build_blocks(composed.lines, lambda number: texts[number or 0], wrapped=False)
    return PdfContents(tuple(composed.pages), body, tuple(unread + composed.unread))


def _without_text(page: PageObjects) -> str:
    if page.pictures:
        return f"page {page.number} holds no text: a scan? its words stand in a picture"
    return f"page {page.number} holds no text"


def _tables_of(page: PageObjects) -> list[FoundTable]:
    from ingest.pdf_tables import find_tables

    return find_tables(page)


def _pages(content: bytes, password: str | None, unread: list[str]) -> Iterator[PageObjects]:
    try:
        document = _open(content, password)
    except pdfium.PdfiumError as error:
        reason = raw.FPDF_GetLastError()
        if reason == raw.FPDF_ERR_PASSWORD:
            raise PdfError(_encrypted(password)) from error
        yield from _pages_by_pdfplumber(content, password, unread)
        return
    try:
        with PDFIUM_LOCK:
            count = len(document)
        if not count:
            raise PdfError("the PDF has no pages; check that it was saved or downloaded whole")
        for i in range(count):
            if i and i % _AT_ONCE == 0:
                _close(document)
                document = _open(content, password)
            page = _read_page(document, i, unread)
            if page is not None:
                yield page
    finally:
        _close(document)


def _open(content: bytes, password: str | None) -> pdfium.PdfDocument:
    with PDFIUM_LOCK:
        return pdfium.PdfDocument(content, password=password)


def _close(document: pdfium.PdfDocument) -> None:
    with PDFIUM_LOCK:
        document.close()


def _encrypted(password: str | None) -> str:
    if password is None:
        return "the PDF is encrypted; give its password with --password"
    return "the PDF is encrypted, and the password given does not open it; check --password"


def _read_page(document: pdfium.PdfDocument, i: int, unread: list[str]) -> PageObjects | None:
    with PDFIUM_LOCK:
        try:
            page = document[i]
        except pdfium.PdfiumError:
            unread.append(f"page {i + 1} is damaged and could not be opened")
            return None
        try:
            return without_hidden_words(read_page(page, i + 1), page)
        finally:
            page.close()


def _pages_by_pdfplumber(content: bytes, password: str | None, unread: list[str]) -> Iterator[PageObjects]:
    from ingest.pdf_fallback import read_pages

    damaged = "the PDF is damaged and cannot be opened; download it again, or print it to a new PDF and load that"
    found = 0
    try:
        for page in read_pages(content, password):
            found += 1
            yield page
    except Exception as error:  # pdfminer raises whatever the damage makes it stumble over
        if not found:
            raise PdfError(damaged) from error
        unread.append(f"what follows page {found} is damaged and could not be read")
    if not found:
        raise PdfError(damaged)
    unread.append("the file is damaged (pdfium could not open it); it was read with pdfplumber, look at it with care")
