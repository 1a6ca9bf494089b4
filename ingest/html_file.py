"""The reader of web pages: committee pages saved from a browser, reports exported as HTML."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from ingest.blocks import build_blocks
from ingest.flow import write_flow
from schema.paper import Block, Page, Table

_HEAD: Final = 4096
_BEFORE: Final = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_OPENS: Final = re.compile(r"<!doctype\s+html\b|<html\b|<(?:head|body)\b", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARED_IN_XML: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# Browsers read these names as Windows-1252 (WHATWG Encoding Standard).
_LATIN: Final = frozenset(("iso8859-1", "ascii", "latin-1", "cp1252"))


class HtmlError(ValueError):
    """A web page that gives no paper. The message says why and what to try."""


class HtmlContents(NamedTuple):
    """A web page as read; `unread` says, for people, what of it could not be, `head_words` what its head and title say."""

    pages: tuple[Page, ...]
    body: tuple[Block | Table, ...]
    encoding: str
    unread: tuple[str, ...]
    head_words: tuple[str, ...]


def claims(content: bytes) -> bool:
    """Whether the bytes are a web page's: after comments, `<!doctype html>` or the tag of a page opens it.

    Text with a few tags in it, as converters leave them, is text.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = content[:_HEAD].decode("utf-16", "ignore")
    else:
        start = content[:_HEAD].removeprefix(codecs.BOM_UTF8).decode("latin-1")
    before = _BEFORE.match(start)
    return before is not None and _OPENS.match(start, before.end()) is not None


def read_html(content: bytes) -> HtmlContents:
    """The body of a web page: its content, without navigation, scripts and what is hidden. Raises HtmlError where none is left."""
    from ingest.html_content import TooDeepError, read_content

    text, encoding = _decode(content)
    try:
        found = read_content(_XML_DECLARATION.sub("", text.replace("\0", "")))
    except TooDeepError as error:
        raise HtmlError(
            "the web page is nested too deeply to be read; print it to a PDF from a browser, and load that"
        ) from error
    written = write_flow(found.flow)
    body = build_blocks(written.lines, lambda _: written.text, wrapped=False)
    if not body:
        raise HtmlError(
            "the web page holds no words of its own (it may load them from elsewhere when it is opened); print it to a PDF from a browser, and load that"
        )
    pages = (Page(number=None, text=written.text),)
    return HtmlContents(pages, body, encoding, found.unread + written.unread, found.head_words)


def _decode(content: bytes) -> tuple[str, str]:
    """The page's text and its encoding: by its byte order mark, as it declares, or UTF-8; Windows-1252 where it is not that.

    Bytes that the encoding does not know are kept as U+FFFD, as browsers show them.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", "replace"), "utf-8"
    declared = _DECLARED.search(content[:_HEAD]) or _DECLARED_IN_XML.match(content)
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        name = "utf-8"
    if name.startswith("utf-16"):  # no page of UTF-16 could have said so in single bytes
        name = "utf-8"
    if name in _LATIN:
        name = "windows-1252"
    try:
        return content.decode(name), name
    except (UnicodeDecodeError, LookupError):  # a name may be of a codec that makes no text
        return _decode_anyhow(content)


def _decode_anyhow(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("windows-1252", "replace"), "windows-1252"
