"""Pages that are pictures: which are, and what Tesseract reads on them.

The page is rendered at the resolution of its picture, made level, and read. What is a number is then read a second time, by
itself and larger: where the two readings differ, its confidence says so. On 700 numbers of tables set small, the first look
lost nine decimal points with a confidence around 0.9; the second found each of them.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest.pdf_characters import PageObjects
from ingest.pdf_report import ReadingReport
from ingest.tesseract import Seen, TesseractError, read_turn, read_words

if TYPE_CHECKING:
    from PIL.Image import Image

_FEW: Final = 80  # characters: a page number, a stamp and a running title; more is a page with text
_COVERED: Final = 0.5  # of the page by pictures, where there are some characters
_USUAL_DPI, _LOWEST_DPI, _HIGHEST_DPI = 200.0, 150.0, 300.0
_MOST_PIXELS: Final = 40_000_000  # of a page's picture: a sheet of A2 at 300 dots an inch; a larger one is read coarser
_TALLEST_SHEET: Final = 32_000  # pixels of a sheet of numbers; Tesseract takes no picture higher than 32,767
_SURE: Final = 0.7
_POOR: Final = 0.92  # of the letters read surely: below, the words may stand too scattered to be found as lines
_TURNED: Final = 0.5  # of the longer words: standing upright, they say that the page does not
_MARGIN: Final = 6  # pixels around a number that is read again
_LARGER, _LESS_LARGE = 2.0, 1.5  # times
_SHEET_GAP: Final = 14  # pixels between the numbers on the sheet that is read again


class Scan(NamedTuple):
    """A page's picture, grey, with its resolution."""

    picture: Image
    dpi: float


def may_be_scan(page: PageObjects) -> bool:
    """A cheap test: whether the page holds so little text that its words may stand in a picture."""
    if len(page.words) > _FEW or (page.words and not page.pictures):
        return False
    return _characters(page) <= _FEW


def _characters(page: PageObjects) -> int:
    return sum(len(word.text) for word in page.words)


def render_scan(page: pdfium.PdfPage, objects: PageObjects) -> Scan | None:
    """The picture of a page that `may_be_scan`; None where the page has text of its own or is blank. The caller holds
    PDFIUM_LOCK."""
    from ingest.scan_picture import ink_of, is_blank

    covered, dpi = _pictures_of(page)
    if objects.words and covered < _COVERED * objects.width * objects.height:
        return None
    thumbnail = page.render(scale=0.5, grayscale=True).to_pil()
    if is_blank(ink_of(thumbnail)):
        return None
    finest = 72 * math.sqrt(_MOST_PIXELS / max(1.0, objects.width * objects.height))
    dpi = min(_HIGHEST_DPI, max(_LOWEST_DPI, dpi or _USUAL_DPI), finest)
    return Scan(page.render(scale=dpi / 72, grayscale=True).to_pil().copy(), dpi)


def _pictures_of(page: pdfium.PdfPage) -> tuple[float, float]:
    """How many square points the page's pictures cover together, and the resolution of the largest."""
    covered, largest, dpi = 0.0, 0.0, 0.0
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        left, bottom, right, top = thing.get_bounds()
        area = (right - left) * (top - bottom)
        covered += area
        if area > largest:
            # The longer sides belong together, whichever way the picture is turned.
            largest, dpi = area, 72 * max(thing.get_px_size()) / max(right - left, top - bottom)
    return covered, dpi


def recognised(scan: Scan, page: PageObjects, report: ReadingReport) -> PageObjects:
    """The page with what is read on its picture, or as it was where nothing can be; the report then says why."""
    whole = (0.0, 0.0, page.width, page.height)
    try:
        read = read_scan(scan, page)
    except TesseractError as error:
        report.lose(page.number, f"a picture without text. {error}", whole)
        return page
    if _characters(read) <= _characters(page):
        if not page.words:
            report.lose(page.number, "a picture in which no words could be read", whole)
        return page
    return read


def read_scan(scan: Scan, stray: PageObjects) -> PageObjects:
    """What Tesseract reads on a scan, in place of the few characters that the page holds itself. Raises TesseractError."""
    from ingest.scan_picture import rules_of
    from ingest.scan_words import page_of_words

    look = _look(scan.picture, scan.dpi)
    quarters = 0
    if _is_poor(look.seen) or _stands_upright(look.seen):
        quarters = read_turn(scan.picture, scan.dpi)
        if quarters:
            look = _look(scan.picture.rotate(-90 * quarters, expand=True), scan.dpi)
    seen = look.seen
    if _is_poor(seen):
        seen = max(seen, read_words(look.picture, "scattered", scan.dpi), key=_sureness)
    points = 72 / scan.dpi
    placed = [
        word._replace(x0=word.x0 * points, top=word.top * points, x1=word.x1 * points, bottom=word.bottom * points)
        for word in _read_numbers_again(look.picture, seen)
    ]
    width, height = look.picture.width * points, look.picture.height * points
    rules = rules_of(look.picture, scan.dpi)
    return page_of_words(placed, stray.number, width, height, rules, quarters, look.skew)


class _Look(NamedTuple):
    """A picture as it was made level, by how many degrees, and the words seen on it."""

    picture: Image
    skew: float
    seen: list[Seen]


def _look(picture: Image, dpi: float) -> _Look:
    from ingest.scan_picture import ink_of, levelled, skew_of

    skew = skew_of(ink_of(picture))
    level = levelled(picture, skew)
    return _Look(level, skew, read_words(level, "page", dpi))


def _letters(seen: Iterable[Seen]) -> int:
    return sum(c.isalnum() for word in seen for c in word.text)


def _is_poor(seen: Sequence[Seen]) -> bool:
    return _letters(word for word in seen if word.sure >= _SURE) < _POOR * _letters(seen)


def _stands_upright(seen: Sequence[Seen]) -> bool:
    """Whether the longer words are higher than wide: they stand on a page that lies on its side."""
    longer = [word for word in seen if len(word.text) > 3]
    return sum(w.bottom - w.top > w.x1 - w.x0 for w in longer) > _TURNED * len(longer)


def _sureness(seen: Sequence[Seen]) -> float:
    return sum(word.sure * _letters([word]) for word in seen if word.sure >= _SURE)


def _read_numbers_again(picture: Image, seen: Sequence[Seen]) -> list[Seen]:
    """The words, those with digits as two readings have them that agree, or less sure than any where no two do.

    Raises TesseractError.
    """
    words = list(seen)
    numbers = [i for i, word in enumerate(seen) if any(c.isdigit() for c in word.text)]
    second = dict(zip(numbers, _readings_apart(picture, [seen[i] for i in numbers], _LARGER), strict=True))
    apart = [i for i in numbers if _bare(second[i].text) != _bare(seen[i].text)]
    third = dict(zip(apart, _readings_apart(picture, [seen[i] for i in apart], _LESS_LARGE), strict=True))
    for i in numbers:
        words[i] = _agreed(seen[i], second[i], third.get(i))
    return words


def _agreed(first: Seen, second: Seen, third: Seen | None) -> Seen:
    """A number as sure as its readings make it. The later two are believed against the first where all that they have and
    it has not is a point: that is what is lost in small print. One reading that differs takes from the trust in two."""
    if third is None:
        return first._replace(sure=max(first.sure, second.sure))
    if _bare(third.text) == _bare(first.text):
        return first._replace(sure=(first.sure + third.sure) / 2)
    if _bare(third.text) == _bare(second.text) and _digits(second.text) == _digits(first.text):
        return first._replace(text=second.text, sure=min(second.sure, third.sure))
    return first._replace(sure=min(first.sure, second.sure, third.sure) / 2)


def _digits(text: str) -> str:
    return re.sub(r"[.,]", "", _bare(text))


def _bare(text: str) -> str:
    """A number without the punctuation around it, which says nothing of its value."""
    return text.strip("()[]{}|=.,;:'\"‘’“”*_ ")


def _readings_apart(picture: Image, numbers: Sequence[Seen], larger: float) -> list[Seen]:
    """Each of the numbers as it reads when they stand one below the other on a sheet of their own, enlarged; without text
    where nothing is read. Raises TesseractError."""
    crops = [_enlarged(picture, word, larger) for word in numbers]
    read = [words for sheet in _sheets(crops) for words in _words_on_sheet(sheet)]
    return [
        word._replace(text="".join(part.text for part in parts), sure=min((part.sure for part in parts), default=0.0))
        for word, parts in zip(numbers, read, strict=True)
    ]


def _sheets(crops: Sequence[Image]) -> Iterator[Sequence[Image]]:
    """The crops in turn, as many as a sheet has room for."""
    sheet: list[Image] = []
    height = 0
    for crop in crops:
        if sheet and height + crop.height > _TALLEST_SHEET:
            yield sheet
            sheet, height = [], 0
        sheet.append(crop)
        height += crop.height + _SHEET_GAP
    if sheet:
        yield sheet


def _words_on_sheet(crops: Sequence[Image]) -> list[list[Seen]]:
    """What is read on each of the crops, set one below the other."""
    from PIL import Image

    width = max(crop.width for crop in crops) + 4 * _SHEET_GAP
    sheet = Image.new("L", (width, sum(crop.height + _SHEET_GAP for crop in crops) + _SHEET_GAP), 255)
    ends: list[int] = []
    y = _SHEET_GAP
    for crop in crops:
        sheet.paste(crop, (2 * _SHEET_GAP, y))
        y += crop.height + _SHEET_GAP
        ends.append(y - _SHEET_GAP // 2)
    found: list[list[Seen]] = [[] for _ in crops]
    for word in read_words(sheet, "list", _HIGHEST_DPI):
        found[min(bisect_left(ends, (word.top + word.bottom) / 2), len(ends) - 1)].append(word)
    return found


def _enlarged(picture: Image, word: Seen, larger: float) -> Image:
    from PIL import Image

    box = (
        max(0, round(word.x0) - _MARGIN),
        max(0, round(word.top) - _MARGIN),
        min(picture.width, round(word.x1) + _MARGIN),
        min(picture.height, round(word.bottom) + _MARGIN),
    )
    crop = picture.crop(box)
    return crop.resize((round(crop.width * larger), round(crop.height * larger)), Image.Resampling.BICUBIC)
