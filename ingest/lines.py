"""What a line of a paper looks like: numbered paragraph, list item, heading, page furniture."""

from __future__ import annotations

import re
from typing import NamedTuple


class CellSpan(NamedTuple):
    """A cell of a table's row: `page_text[start:end]`. What a merged cell covers beside and below it are empty cells."""

    start: int
    end: int
    colspan: int = 1
    rowspan: int = 1
    fill: str | None = None


class Line(NamedTuple):
    """One printed line: `page_text[start:end]`, without its line end. `gap` says that a blank line stands before it.

    A reader that knows more than the text shows says so: `continues` where the line goes on with the paragraph or table
    before it whatever stands between, `cells` where it is a table's row, `level` where it is an item of a list, 1 outermost,
    `caption` where it stands for itself on a page of captions: "3.2 per 1,000 births" opens with no paragraph's number,
    `heading` the depth of a heading, 0 for what is none; `header_rows`, on the first row of a table that the file holds
    whole, how many of its rows are its header.
    """

    page: int | None
    start: int
    end: int
    text: str
    gap: bool
    continues: bool = False
    cells: tuple[CellSpan, ...] = ()
    level: int = 0
    caption: bool = False
    heading: int | None = None
    header_rows: int | None = None


class Opening(NamedTuple):
    """How a line opens: its own number (`3.24`), the bullet or letter of a list item, and where its words begin.

    `level` is the depth of a list item, from its indent and the bullet's shape.
    """

    number: str | None
    item: bool
    level: int
    words_at: int


_BULLET = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[-–—−•●▪◦‣∙○■◼◾\uf0b7\uf0a7\u2022*]|o(?=\s))\s+(?:(?P<inner>[o◦○])\s+)?(?=\S)"
)
_EMPHASIS_MARKS = r"(?:\*{1,3}|_{2,3})?"
_DECIMAL = re.compile(
    rf"\s*{_EMPHASIS_MARKS}(?P<n>\d{{1,2}}(?:\.\d{{1,3}}){{1,3}})\.?{_EMPHASIS_MARKS}(?:[ \t]+|(?=\*\*))(?=\S)(?!per[ \t]+\d)"
)
_WHOLE = re.compile(rf"\s*{_EMPHASIS_MARKS}(?P<n>\d{{1,3}})[.)]{_EMPHASIS_MARKS}[ \t]+(?=\S)")
_WHOLE_BEFORE_HEADING = re.compile(r"\s*(?P<n>\d{1,2})[ \t]+(?=(?:\*\*)?[A-Z][A-Z]+\b)")
_LETTER = re.compile(r"[ \t]*\(?(?:[a-z]|[ivx]{1,4})[.)][ \t]+(?=\S)")

_FURNITURE = re.compile(
    r"\s*(?:page\s+\d+(?:\s+of\s+\d+)?|\d{1,3}|this page is intentionally left blank|\(?intentionally blank\)?)\s*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\*{1,3}|_{2,3}|</?\w+[^<>]*>")
_REMARK = re.compile(
    r"(?:no\s+(?:new\s+|further\s+|updated\s+)?data\b|data\s+(?:not|is|are|for|only|un)|n\.?b\.?\b|please\s+note|source\b)",
    re.IGNORECASE,
)
"""How the note under a table or chart opens, which heads nothing: "No data for June at the time of writing"."""
_FINISHED = re.compile(r"[.!?:;][\"'’”)\]]*\s*$")
_ENDS_SENTENCE = re.compile(r"[.!?;:,]['\"’”)]*$")


def is_furniture(text: str) -> bool:
    """A page number or the notice on a blank page: no part of what the paper says."""
    return bool(_FURNITURE.fullmatch(text))


def opening(text: str) -> Opening:
    """How the line opens. "- 3.24 Management oversight" is a numbered paragraph, whatever dash a converter set before it."""
    bullet = _BULLET.match(text)
    at = bullet.end() if bullet else 0
    for pattern in (_DECIMAL, _WHOLE, _WHOLE_BEFORE_HEADING):
        if m := pattern.match(text, at):
            return Opening(m["n"], item=False, level=1, words_at=m.end())
    if bullet:
        deeper = bool(bullet["inner"]) or bullet["mark"] in "o◦○"
        return Opening(None, item=True, level=2 if deeper else 1, words_at=at)
    if m := _LETTER.match(text):
        return Opening(None, item=True, level=1, words_at=m.end())
    return Opening(None, item=False, level=1, words_at=len(text) - len(text.lstrip()))


def bare(text: str) -> str:
    """The line without tags and emphasis marks, for a look at its form."""
    if "*" in text or "<" in text or "__" in text:
        return _MARKS.sub("", text).strip()
    return text.strip()


def looks_like_heading(text: str) -> bool:
    """A short line of words that is no sentence: "Key considerations", "4. COMMENTS OF THE CHIEF FINANCE OFFICER".

    `text` is the line without its number. A label with its value ("Meeting date: 7 September") is none.
    """
    words = bare(text)
    if not words or len(words) > 110 or not words[0].isupper():
        return False
    if words.endswith(":"):
        return len(words.split()) <= 4
    if _REMARK.match(words):
        return False
    if _ENDS_SENTENCE.search(words) or ": " in words or "\t" in words:
        return False
    return len(words.split()) <= 14 and any(c.isalpha() for c in words)


def is_unfinished(text: str) -> bool:
    """Whether a line breaks off within a sentence, so that what follows a page break may go on with it."""
    return not _FINISHED.search(bare(text))
