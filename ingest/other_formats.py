"""Files that are no papers for any reader, known by their bytes: what each is, and what to do with it."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

_SAVE_AS: Final = "open it in Word or LibreOffice, save it as .docx or PDF, and load that"
_SAVE_SHEET: Final = "open it and save or print it as PDF, and load that"
_SCAN: Final = "where it is a picture of a page, make a PDF of it, have its words recognised (OCR), and load that"

_MARKS: Final = (
    (b"{\\rtf", f"this is a rich text (RTF) file, which is not read; {_SAVE_AS}"),
    (b"\x89PNG", f"this is a picture, not text; {_SCAN}"),
    (b"\xff\xd8\xff", f"this is a picture, not text; {_SCAN}"),
    (b"GIF8", f"this is a picture, not text; {_SCAN}"),
    (b"II*\x00", f"this is a picture, not text; {_SCAN}"),
    (b"MM\x00*", f"this is a picture, not text; {_SCAN}"),
    (b"\x1f\x8b", "this is a compressed file; unpack it, and load what is in it"),
    (b"Rar!", "this is a compressed file; unpack it, and load what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "this is a compressed file; unpack it, and load what is in it"),
    (b"SQLite format 3", "this is a database, not a paper; to look into a store of papertally, name it with --db"),
)
_ARCHIVED_PAGE: Final = "this is a web page saved as one file (MHTML), which is not read; open it in a browser, save it as HTML or print it to a PDF, and load that"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_KINDS: Final = (
    (
        "EncryptedPackage",
        "this is a Word or Excel file locked with a password; open it with the password, save it without one as .docx or PDF, and load that",
    ),
    ("WordDocument", f"this is a Word file of the old kind (.doc), which is not read; {_SAVE_AS}"),
    ("Workbook", f"this is an Excel file of the old kind (.xls), which is not read; {_SAVE_SHEET}"),
    ("PowerPoint Document", f"this is a PowerPoint file of the old kind (.ppt), which is not read; {_SAVE_SHEET}"),
)
_ZIPPED_KINDS: Final = (
    ("xl/", f"this is an Excel file (.xlsx), which is not read; {_SAVE_SHEET}"),
    ("ppt/", f"this is a PowerPoint file (.pptx), which is not read; {_SAVE_SHEET}"),
    ("META-INF/manifest.xml", f"this is an OpenDocument file (.odt, .ods or .odp), which is not read; {_SAVE_AS}"),
    ("META-INF/container.xml", "this is an electronic book (EPUB), which is not read; save it as PDF, and load that"),
)
_ZIP: Final = b"PK\x03\x04"
_WITHIN: Final = 16


def why_not_read(content: bytes, zipped: Set[str] = frozenset()) -> str | None:
    """Why a file of a known other format is not read, and what to try; None where the format is not known.

    `zipped` are the names of what a zip file holds.
    """
    start = content.lstrip()[:_WITHIN]
    for mark, reason in _MARKS:
        if start.startswith(mark):
            return reason
    if start.startswith(_OLD_OFFICE[:4]):
        return _of_old_office(content)
    if start.startswith(_ZIP):
        return _of_zip(zipped)
    head = content[:2048]
    return _ARCHIVED_PAGE if b"multipart/related" in head and b"MIME-Version:" in head else None


def _of_old_office(content: bytes) -> str:
    """An old Office file is told by the names of its streams, which are written in UTF-16."""
    for stream, reason in _OLD_KINDS:
        if stream.encode("utf-16-le") in content:
            return reason
    return f"this is an old Word or Excel file, which is not read; {_SAVE_AS}"


def _of_zip(names: Set[str]) -> str:
    if not names:
        return "this is a Word, Excel or zip file, and damaged: it cannot be opened; download it again, or save it anew as .docx or PDF, and load that"
    for opening, reason in _ZIPPED_KINDS:
        if any(name.startswith(opening) for name in names):
            return reason
    return "this is a zip file, not a paper; unpack it, and load the files in it"
