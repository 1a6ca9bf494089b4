"""A picture of the place on a PDF's page that a record was read from, with what was read boxed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw, ImageFont

from app.refusing import CannotDoError
from ingest.pdf_characters import PDFIUM_LOCK
from ingest.pdf_file import PdfError, open_pdf
from schema.page_boxes import around

if TYPE_CHECKING:
    from schema.evidence import Box, Evidence

_SCALE: Final = 160 / 72  # pixels a point
_ABOVE, _BESIDE = 72.0, 220.0  # points of the page that are shown around what was read
_LEAST_WIDTH: Final = 850.0  # points, A4 on its side: a page that is no wider is shown over its whole width
_GAP: Final = 1.5  # points between what was read and its box
_LINE: Final = 3  # pixels
_CAPTION: Final = 26  # pixels high
_SMALL: Final = 15  # pixels high, its letters
_RED, _PALE, _GREY, _INK, _WHITE = (200, 0, 40), (255, 244, 120), (225, 225, 225), (40, 40, 40), (255, 255, 255)


def draw_place(evidence: Evidence, content: bytes, password: str | None = None) -> Image.Image:
    """The part of the page around what was read, under a line that says where that is.

    `content` is the paper's original. Raises CannotDoError where it cannot be opened.
    """
    boxes = evidence.boxes or ((evidence.bbox,) if evidence.bbox else ())
    with PDFIUM_LOCK:
        document = _open(content, evidence.paper, password)
        try:
            page = document[(evidence.page or 1) - 1]
            try:
                shown = _part_shown(page.get_size(), boxes)
                part = _render(page, shown)
            finally:
                page.close()
        finally:
            document.close()
    return _under_caption(_boxed(part, shown, boxes), f"{evidence.paper}, page {evidence.page}")


def _open(content: bytes, name: str, password: str | None) -> pdfium.PdfDocument:
    try:
        document = open_pdf(content, password)
    except PdfError as error:
        raise CannotDoError(f"{name}: {error}") from error
    if document is None:
        raise CannotDoError(f"{name} is so damaged that no picture can be made of its pages.")
    return document


def _part_shown(size: tuple[float, float], boxes: Sequence[Box]) -> Box:
    """The part of a page that is shown, in points: the boxes and the lines around them."""
    width, height = size
    whole = (0.0, 0.0, width, height)
    bbox = around(boxes)
    if bbox is None:
        return whole
    x0, top, x1, bottom = bbox
    left, right = (0.0, width) if width <= _LEAST_WIDTH else (max(0.0, x0 - _BESIDE), min(width, x1 + _BESIDE))
    return left, max(0.0, top - _ABOVE), right, min(height, bottom + _ABOVE)


def _render(page: pdfium.PdfPage, shown: Box) -> Image.Image:
    width, height = page.get_size()
    cut = (shown[0], height - shown[3], width - shown[2], shown[1])
    picture: Image.Image = page.render(scale=_SCALE, crop=cut).to_pil()
    return picture.convert("RGB")


def _boxed(part: Image.Image, shown: Box, boxes: Sequence[Box]) -> Image.Image:
    marked = part.copy()
    pen = ImageDraw.Draw(marked)
    places = [
        (
            round((x0 - _GAP - shown[0]) * _SCALE),
            round((top - _GAP - shown[1]) * _SCALE),
            round((x1 + _GAP - shown[0]) * _SCALE),
            round((bottom + _GAP - shown[1]) * _SCALE),
        )
        for x0, top, x1, bottom in boxes
    ]
    for place in places:
        pen.rectangle(place, fill=_PALE)
    # The darker of the two at each point: the marker lies under the print.
    marked = ImageChops.darker(part, marked)
    pen = ImageDraw.Draw(marked)
    for place in places:
        pen.rectangle(place, outline=_RED, width=_LINE)
    return marked


def _under_caption(part: Image.Image, caption: str) -> Image.Image:
    whole = Image.new("RGB", (part.width, part.height + _CAPTION), _GREY)
    pen = ImageDraw.Draw(whole)
    pen.text((8, (_CAPTION - _SMALL) // 2 - 1), caption, fill=_INK, font=ImageFont.load_default(_SMALL))
    whole.paste(part, (0, _CAPTION))
    return whole


def stacked(parts: Sequence[Image.Image]) -> bytes:
    """The pictures one below the other, as a PNG file."""
    whole = Image.new("RGB", (max(part.width for part in parts), sum(part.height for part in parts)), _WHITE)
    y = 0
    for part in parts:
        whole.paste(part, (0, y))
        y += part.height
    buffer = io.BytesIO()
    whole.save(buffer, "PNG")
    return buffer.getvalue()
