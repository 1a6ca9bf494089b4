"""From a file's bytes to a paper: exactly one reader claims it, by its bytes and not by its name."""

from __future__ import annotations

import hashlib

from ingest import text_file
from ingest.masthead import council_of_text
from ingest.packs import masthead_of_pack, split_reports
from schema.paper import Masthead, Paper, Report

_KNOWN_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
)
SUFFIXES = (".txt",)
"""Names that a folder is searched for. What a file is, its bytes say."""


class UnreadableError(ValueError):
    """A file that no reader can make a paper of. The message says what it is and what to try; the caller names the file."""


def read_paper(name: str, content: bytes) -> Paper:
    """The paper that a file's bytes are. `name` is its base name.

    Raises UnreadableError for an empty file, one of another format, and bytes that are no text.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    text, encoding = _text_of(content)
    pages, body = text_file.read_body(text)
    if not body:
        raise UnreadableError("the file holds no words, only white space; check that it was saved whole")
    parts, reports = split_reports(body)
    masthead = masthead_of_pack(reports)
    if masthead.council is None:
        council = council_of_text(parts)
        masthead, reports = _with_council(masthead, reports, council)
    return Paper(
        name=name,
        sha256=sha256,
        reader="text",
        encoding=encoding,
        pages=pages,
        body=parts,
        masthead=masthead,
        reports=reports,
    )


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
