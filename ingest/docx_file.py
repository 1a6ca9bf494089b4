"""The reader of Word files (.docx): its package opened within limits, its parts read with lxml.

python-docx is not asked: it leaves out inserted words, content controls, text boxes, notes and automatic numbers, and loads
every picture of the package.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.blocks import build_blocks
from ingest.flow import write_flow
from schema.paper import Block, Page, Table

if TYPE_CHECKING:
    from ingest.docx_parts import Parts

_ZIP: Final = b"PK\x03\x04"
_MOST_UNPACKED: Final = 48 * 2**20  # bytes of all parts that are read; a report of 900 pages has 10 to 20 MB
_MAIN: Final = "word/document.xml"
_MAIN_PART: Final = re.compile(r"word/document\w*\.xml")
_DAMAGED: Final = (
    "the Word file is damaged and cannot be opened; open it in Word or LibreOffice, save it anew, and load that"
)
_NAMESPACES: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument)/(main|relationships)")
_TRANSITIONAL: Final = {
    (b"wordprocessingml", b"main"): b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    (b"officeDocument", b"relationships"): b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


class DocxError(ValueError):
    """A Word file that gives no paper. The message says why and what to try."""


class DocxContents(NamedTuple):
    """A Word file as read; `unread` says, for people, what of it could not be, `head_words` what its pages' headers say."""

    pages: tuple[Page, ...]
    body: tuple[Block | Table, ...]
    unread: tuple[str, ...]
    head_words: tuple[str, ...]


def claims(content: bytes) -> bool:
    """Whether the bytes are a Word file's: a zip file with the main part of one in it."""
    return any(_MAIN_PART.fullmatch(name) for name in names_in(content))


def names_in(content: bytes) -> frozenset[str]:
    """The names of what a zip file holds; none where it is no zip file or its list cannot be read."""
    if not content.startswith(_ZIP):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return frozenset(package.namelist())
    except _ZIP_ERRORS:
        return frozenset()


_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    ValueError,
    OSError,
    EOFError,
    zlib.error,
    RuntimeError,
)


def read_docx(content: bytes) -> DocxContents:
    """The body of a Word file. Raises DocxError for one that is damaged, locked, too large or empty."""
    from ingest.docx_content import read_content

    found = read_content(_open_parts(content))
    written = write_flow(found.flow)
    body = build_blocks(written.lines, lambda _: written.text, wrapped=False)
    if not body:
        raise DocxError(
            "the Word file holds no words that can be read; where it holds pictures of pages, have their words recognised (OCR) and load that"
        )
    pages = (Page(number=None, text=written.text),)
    return DocxContents(pages, body, found.unread + written.unread, found.head_words)


def _open_parts(content: bytes) -> Parts:
    from ingest.docx_parts import PartError, Parts, parse_part

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            main = _main_part(package)
            folder = main.rpartition("/")[0]
            wanted = {one: f"{folder}/{one}.xml" for one in ("styles", "numbering", "footnotes", "endnotes")}
            margins = list(_margins(package, folder))
            names = package.namelist()
            read = _read_parts(package, [main, *(path for path in wanted.values() if path in names), *margins])
        trees = {path: parse_part(content) for path, content in read.items()}
    except DocxError:
        raise
    except (PartError, *_ZIP_ERRORS) as error:
        raise DocxError(_DAMAGED) from error
    others = {one: trees.get(path) for one, path in wanted.items()}
    return Parts(trees[main], **others, margins=tuple(trees[path] for path in margins))


def _main_part(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    if _MAIN in names:
        return _MAIN
    return next(name for name in names if _MAIN_PART.fullmatch(name))


def _margins(package: zipfile.ZipFile, folder: str) -> Iterator[str]:
    """The pages' headers and footers, few of them: a file has one for each of its sections."""
    found = sorted(name for name in package.namelist() if re.fullmatch(rf"{folder}/(?:header|footer)\d*\.xml", name))
    yield from sorted(found, key=lambda name: "footer" in name)[:12]


def _read_parts(package: zipfile.ZipFile, names: Sequence[str]) -> dict[str, bytes]:
    """The bytes of parts by name, unpacked no further than the limit for all of them: a small file can hold gigabytes of
    blanks."""
    found: dict[str, bytes] = {}
    left = _MOST_UNPACKED
    for name in names:
        with package.open(name) as part:
            content = part.read(left + 1)
        left -= len(content)
        if left < 0:
            raise DocxError(
                f"the Word file unpacks to more than {_MOST_UNPACKED // 2**20} MB of text, more than any paper; save it as PDF, or split it, and load that"
            )
        found[name] = _NAMESPACES.sub(lambda m: _TRANSITIONAL.get((m[1], m[2]), m[0]), content)
    return found
