"""Where something was read: the exact characters of a paper, and the way back to them from a cleaned reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

Box = tuple[float, float, float, float]
"""`(x0, top, x1, bottom)` in points from the page's top left."""


class Place(NamedTuple):
    """A span of a page's stored text: `page.text[start:end]`. `page` is None where the source has no pages."""

    page: int | None
    start: int
    end: int


class Piece(NamedTuple):
    """Characters that a reading took over unchanged: reading[at:at+length] == page.text[start:start+length]."""

    at: int
    page: int | None
    start: int
    length: int


class Reading(NamedTuple):
    """Text as a person reads it (tags, emphasis marks and page breaks taken out), with the way back to the source.

    Characters between pieces (a joining space, a full stop set between list items) were supplied and stand nowhere.
    """

    text: str
    pieces: tuple[Piece, ...]

    def locate(self, start: int, end: int) -> Place:
        """The source span of `text[start:end]`.

        It runs from the first to the last source character, so that what the reading left out between them (a tag) is
        inside the span; where it would cross a page, it stops at the first page's last piece. Raises ValueError
        for a span that holds no source character.
        """
        touched = list(self._touching(start, end))
        if not touched:
            raise ValueError(f"characters {start} to {end} of the reading were supplied by us and stand nowhere")
        first = touched[0]
        last = [p for p in touched if p.page == first.page][-1]
        begin = first.start + max(0, start - first.at)
        finish = last.start + min(last.length, end - last.at)
        return Place(first.page, begin, finish)

    def _touching(self, start: int, end: int) -> Iterable[Piece]:
        i = max(0, bisect_right(self.pieces, start, key=lambda p: p.at) - 1)
        while i < len(self.pieces) and self.pieces[i].at < end:
            piece = self.pieces[i]
            if piece.at + piece.length > start:
                yield piece
            i += 1


NOTHING = Reading("", ())


def read_span(text: str, start: int, end: int, page: int | None = None) -> Reading:
    """A reading that takes `text[start:end]` over as it stands."""
    return Reading(text[start:end], (Piece(0, page, start, end - start),)) if end > start else NOTHING


def join_readings(readings: Iterable[Reading], between: str = " ") -> Reading:
    """One reading of several, with `between` supplied where they meet. Empty ones are left out."""
    text, pieces = "", []
    for reading in readings:
        if not reading.text:
            continue
        if text:
            text += between
        pieces += [p._replace(at=p.at + len(text)) for p in reading.pieces]
        text += reading.text
    return Reading(text, tuple(pieces))


def cut_reading(reading: Reading, start: int, end: int) -> Reading:
    """The part of a reading between two of its offsets."""
    pieces = []
    for piece in reading.pieces:
        low, high = max(piece.at, start), min(piece.at + piece.length, end)
        if low < high:
            pieces.append(Piece(low - start, piece.page, piece.start + low - piece.at, high - low))
    return Reading(reading.text[start:end], tuple(pieces))


class Evidence(BaseModel):
    """Where a record was read. `source_of_page[start:end] == text` is checked when it is saved."""

    model_config = ConfigDict(frozen=True)

    paper: str
    sha256: str
    report: str | None = None
    page: int | None = None
    paragraph: str | None = None
    start: int
    end: int
    bbox: Box | None = None
    boxes: tuple[Box, ...] = ()
    text: str
    quote: str
