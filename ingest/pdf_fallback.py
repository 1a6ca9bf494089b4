"""pdfplumber in pdfium's place, for files that pdfium cannot open: slower, and used for nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pdfplumber

from ingest.pdf_characters import Letters, PageObjects, Word
from ingest.pdf_shapes import Rect, Rule


def read_pages(content: bytes, password: str | None) -> Iterator[PageObjects]:
    """The pages of a PDF. What pdfplumber cannot make sense of raises whatever it stumbles over."""
    # What stands before the mark moves every offset that the file's own index holds.
    content = content[max(0, content.find(b"%PDF")) :]
    with pdfplumber.open(io.BytesIO(content), password=password) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            yield _page_of(page, number)
            page.close()


def _page_of(page: Any, number: int) -> PageObjects:
    words = page.extract_words(return_chars=True, use_text_flow=True, keep_blank_chars=False)
    count = 0
    found: list[Word] = []
    for word in words:
        start, count = count, count + len(word["chars"])
        found.append(Word(word["text"], *_box(word), start, count, bool(word.get("upright", True))))
    return PageObjects(
        number=number,
        width=float(page.width),
        height=float(page.height),
        words=found,
        letters=[_letters(word["chars"]) for word in words],
        bold=["bold" in word["chars"][0]["fontname"].casefold() for word in words],
        lines=[Rule(*_box(line), float(line["linewidth"] or 1)) for line in page.lines],
        rects=[Rect(*_box(r), _colour(r), bool(r["stroke"])) for r in page.rects],
        pictures=len(page.images),
    )


def _letters(chars: list[dict[str, Any]]) -> Letters:
    x0, top, x1, bottom = ([float(c[side]) for c in chars] for side in ("x0", "top", "x1", "bottom"))
    return Letters([c["text"] for c in chars], x0, top, x1, bottom, [b - t for t, b in zip(top, bottom, strict=True)])


def _box(thing: dict[str, Any]) -> tuple[float, float, float, float]:
    return float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"])


def _colour(rect: dict[str, Any]) -> str | None:
    """Grey or RGB as `#rrggbb`; other kinds of colour are not told apart."""
    colour = rect["non_stroking_color"]
    if not rect["fill"] or colour is None:
        return None
    parts = list(colour) if isinstance(colour, (tuple, list)) else [colour]
    if len(parts) == 1:
        parts = parts * 3
    if len(parts) != 3 or not all(isinstance(p, (int, float)) for p in parts):
        return None
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, p))):02x}" for p in parts)
