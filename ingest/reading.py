"""From a file's bytes to a paper: exactly one reader claims it, by its bytes and not by its name."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ingest import pdf_file, text_file
from ingest.masthead import council_of_text
from ingest.packs import masthead_of_pack, split_reports
from schema.paper import Block, Masthead, Page, Paper, Report, Table, Unread

_KNOWN_FORMATS = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
)
SUFFIXES = (".txt", ".pdf")
"""Names that a folder is searched for. What a file is, its bytes say."""


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


def read_paper(name: str, content: bytes, password: str | None = None) -> Paper:
    """The paper that a file's bytes are. `name` is its base name; `password` opens an encrypted PDF.

    Raises UnreadableError for an empty file, one of another format, a PDF that cannot be opened, and bytes that are no text.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    read = _read_pdf(content, password) if pdf_file.claims(content) else _read_text(content)
    parts, reports = split_reports(read.body)
    masthead = masthead_of_pack(reports)
    if masthead.council is None:
        council = council_of_text(parts)
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


def _read_pdf(content: bytes, password: str | None) -> _Read:
    try:
        pdf = pdf_file.read_pdf(content, password)
    except pdf_file.PdfError as error:
        raise UnreadableError(str(error)) from error
    if not pdf.body:
        raise UnreadableError(
            f"none of the PDF's {len(pdf.pages)} pages holds text that can be read; {'; '.join(pdf.unread)}"
        )
    return _Read("pdf", pdf.pages, pdf.body, unread=pdf.unread, places=pdf.places)


def _read_text(content: bytes) -> _Read:
    text, encoding = _text_of(content)
    pages, body = text_file.read_body(text)
    if not body:
        raise UnreadableError("the file holds no words, only white space; check that it was saved whole")
    return _Read("text", pages, body, encoding)


def _text_of(content: bytes) -> tuple[str, str]:
    if not content.strip():
        raise UnreadableError("the file is empty; check that it was downloaded whole")
    for magic, what in _KNOWN_FORMATS:
        if content.lstrip()[:16].startswith(magic):
            raise UnreadableError(
                f"this is {what}, not text, whatever its name says; save it as plain text (.txt) and load that"
            )
    if content.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise UnreadableError(
            "this is a web page (HTML), not text; open it in a browser, save it as text, and load that"
        )
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
