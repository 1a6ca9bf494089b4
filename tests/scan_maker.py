"""Scans for the tests: made PDFs rendered, laid a little askew, dusted, and put back into a PDF as pictures."""

from __future__ import annotations

import ctypes
import io
import random
import shutil

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
import pytest
from PIL import Image

from tests.pdf_maker import PdfPage, make_pdf

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed: apt-get install tesseract-ocr"
)


def scan_of(*pages: PdfPage, skew: float = 0.0, specks: int = 0, quarters: int = 0, dpi: int = 200) -> bytes:
    """A PDF of pictures of the pages. `skew` degrees is how far their lines fall to the right; `quarters` are turns
    against the clock."""
    pictures = [_dusted(picture, specks) for picture in _pictures(make_pdf(*pages), dpi)]
    turned = [
        picture.rotate(90 * quarters - skew, resample=Image.Resampling.BICUBIC, fillcolor=255, expand=quarters % 2 == 1)
        for picture in pictures
    ]
    buffer = io.BytesIO()
    turned[0].save(buffer, "PDF", save_all=True, append_images=turned[1:], resolution=dpi, quality=90)
    return buffer.getvalue()


def _pictures(content: bytes, dpi: int) -> list[Image.Image]:
    document = pdfium.PdfDocument(content)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().copy() for page in document]
    finally:
        document.close()


def _dusted(picture: Image.Image, specks: int) -> Image.Image:
    chance = random.Random(7)
    for _ in range(specks):
        x, y = chance.randrange(picture.width - 2), chance.randrange(picture.height - 2)
        picture.paste(90, (x, y, x + 2, y + 2))
    return picture


def stamped(content: bytes, words: str) -> bytes:
    """The PDF with words of real text at the foot of its first page, as packs have their numbers stamped on."""
    document = pdfium.PdfDocument(content)
    page = document[0]
    text = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", ctypes.c_float(10))
    letters = ctypes.create_string_buffer((words + "\0").encode("utf-16-le"))
    raw.FPDFText_SetText(text, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 280, 20)
    raw.FPDFPage_InsertObject(page.raw, text)
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer)
    page.close()
    document.close()
    return buffer.getvalue()
