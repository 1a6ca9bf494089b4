"""The reader of text files."""

from __future__ import annotations

import codecs
import re

from ingest.blocks import build_blocks
from ingest.lines import Line
from schema.paper import Block, Page, Table

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n|[\r\n\f]|$)")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class WrongEncodingError(ValueError):
    """The bytes are no text in an encoding that papers come in."""


def claims(content: bytes) -> bool:
    """Whether the bytes are text: no control characters but white space, and none of the marks of other formats."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not _BINARY.search(content[:65536])


def decode(content: bytes) -> tuple[str, str]:
    """The text and the encoding it was in. A byte order mark is not part of the text.

    Windows-1252 is taken only where the bytes are not UTF-8. Raises WrongEncodingError where they are neither.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_strictly(content, "utf-16")
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _decode_strictly(content, "windows-1252")


def _decode_strictly(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise WrongEncodingError(f"byte {error.start} is not text in UTF-8, UTF-16 or Windows-1252") from error


def split_lines(text: str, page: int | None = None) -> list[Line]:
    """The non-blank lines of a text, with their offsets and whether a blank line stands before."""
    lines, gap = [], True
    for match in _LINE.finditer(text):
        content = match[0].rstrip("\r\n\f")
        if content.strip():
            lines.append(Line(page, match.start(), match.start() + len(content), content, gap))
            gap = False
        elif match[0]:
            gap = True
        if match[0].endswith("\f"):
            gap = True
    return lines


def read_body(text: str) -> tuple[tuple[Page, ...], tuple[Block | Table, ...]]:
    """A text file is one page without a number."""
    return (Page(number=None, text=text),), build_blocks(split_lines(text), lambda _: text)
