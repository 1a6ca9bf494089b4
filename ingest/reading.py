"""From a file's bytes to a paper: exactly one reader claims it, by its bytes and not by its name."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ingest import docx_file, html_file, pdf_file, text_file
from ingest.masthead import council_of_lines, council_of_text
from ingest.other_formats import why_not_read
from ingest.pack_items import NO_SIGNS, PackSigns
from ingest.packs import masthead_of_pack, split_reports
from schema.paper import Block, Masthead, Page, Paper, Report, Table, Unread

SUFFIXES = (".txt", ".pdf", ".docx", ".html", ".htm")
"""Names that a folder is searched for. What a file is, its bytes say."""

_NEVER_WEB_PAGES = {"pdf": "PDF", "docx": "Word file"}


class UnreadableError(ValueError):
    """A file that no reader can make a paper of. The message says what it is and what to try; the caller names the file."""


class _Read(NamedTuple):
    """What a reader made of a file."""

    reader: str
    pages: tuple[Page, ...]
    body: tuple[Block | Table, ...]
    encoding: str | None = None
    unread: tuple[str, ...] = ()
    places: tuple[Unread, ...] = ()
    head_words: tuple[str, ...] = ()
    signs: PackSigns = NO_SIGNS


def read_paper(name: str, content: bytes, password: str | None = None) -> Paper:
    """The paper that a file's bytes are. `name` is its base name; `password` opens an encrypted PDF.

    Raises UnreadableError for an empty file, one of another format, a PDF or Word file that cannot be opened, a web page that
    calls itself another kind of file, and bytes that are no text.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    read = _read(name, content, password)
    parts, reports = split_reports(read.body, read.signs)
    masthead = masthead_of_pack(reports)
    if masthead.council is None:
        council = council_of_lines(read.head_words) or council_of_text(parts)
        masthead, reports = _with_council(masthead, reports, council)
    return Paper(
        name=name,
        sha256=sha256,
        reader=read.reader,
        encoding=read.encoding,
        pages=read.pages,
        body=parts,
        masthead=masthead,
        reports=reports,
        unread=read.unread,
        unread_places=read.places,
    )


def _read(name: str, content: bytes, password: str | None) -> _Read:
    if pdf_file.claims(content):
        return _read_pdf(content, password)
    if docx_file.claims(content):
        return _read_docx(content)
    if html_file.claims(content):
        return _read_html(name, content)
    return _read_text(content)


def _read_docx(content: bytes) -> _Read:
    try:
        docx = docx_file.read_docx(content)
    except docx_file.DocxError as error:
        raise UnreadableError(str(error)) from error
    return _Read("docx", docx.pages, docx.body, unread=docx.unread, head_words=docx.head_words)


def _read_html(name: str, content: bytes) -> _Read:
    called = name.rpartition(".")[2].casefold()
    if called in _NEVER_WEB_PAGES:
        raise UnreadableError(
            f"this is a web page (HTML), not a {_NEVER_WEB_PAGES[called]}, whatever its name says: the site may have sent a page in place of the file; open it in a browser to see what it says, and download the paper again"
        )
    try:
        page = html_file.read_html(content)
    except html_file.HtmlError as error:
        raise UnreadableError(str(error)) from error
    return _Read("html", page.pages, page.body, page.encoding, page.unread, head_words=page.head_words)


def _read_pdf(content: bytes, password: str | None) -> _Read:
    try:
        pdf = pdf_file.read_pdf(content, password)
    except pdf_file.PdfError as error:
        raise UnreadableError(str(error)) from error
    if not pdf.body:
        raise UnreadableError(
            f"none of the PDF's {len(pdf.pages)} pages holds text that can be read; {'; '.join(pdf.unread)}"
        )
    return _Read(
        "pdf", pdf.pages, pdf.body, unread=pdf.unread, places=pdf.places, head_words=pdf.head_words, signs=pdf.signs
    )


def _read_text(content: bytes) -> _Read:
    text, encoding = _text_of(content)
    pages, body = text_file.read_body(text)
    if not body:
        raise UnreadableError("the file holds no words, only white space; check that it was saved whole")
    return _Read("text", pages, body, encoding)


def _text_of(content: bytes) -> tuple[str, str]:
    if not content.strip():
        raise UnreadableError("the file is empty; check that it was downloaded whole")
    if reason := why_not_read(content, docx_file.names_in(content)):
        raise UnreadableError(reason)
    if not text_file.claims(content):
        raise UnreadableError(
            "this is a binary file of an unknown kind, not text; save the paper as plain text (.txt) and load that"
        )
    try:
        return text_file.decode(content)
    except text_file.WrongEncodingError as error:
        raise UnreadableError(
            f"the text is in an encoding that is not known ({error}); save it as UTF-8 and load it again"
        ) from error


def _with_council(
    masthead: Masthead, reports: tuple[Report, ...], council: str | None
) -> tuple[Masthead, tuple[Report, ...]]:
    """The council taken from the body, and said to be so."""
    if council is None:
        return masthead, reports
    found = {"council": council, "council_from": "text"}
    own = [
        r if r.masthead.council else r.model_copy(update={"masthead": r.masthead.model_copy(update=found)})
        for r in reports
    ]
    return masthead.model_copy(update=found), tuple(own)
