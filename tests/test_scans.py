from __future__ import annotations

import os
import time
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.pipeline import extract
from ingest import tesseract
from ingest.pdf_characters import PageObjects
from ingest.pdf_scans import _sheets, render_scan
from ingest.reading import UnreadableError, read_paper
from ingest.scan_picture import ink_of, is_blank, levelled, rules_of, skew_of
from ingest.tesseract import read_turn
from schema.paper import Block, Page, Paper, Recognised, Table
from schema.records import Figure
from tests.pdf_maker import PdfPage, make_pdf
from tests.scan_maker import needs_tesseract, scan_of, stamped

PROSE = (
    "Of the plans that were looked at in the spring of 2021, 64.7% had been brought up to date",
    "in the last six weeks, against 58.2% a year before. There were 1,306 open cases in May 2021.",
)


def letter() -> PdfPage:
    return PdfPage().lines(60, 120, *PROSE, step=16).text(60, 190, "The board meets again on 14 July 2021.")


def table() -> PdfPage:
    page = PdfPage().text(60, 90, "Fostering in the four districts")
    rows = [("District", "2019", "2020", "2021"), ("Harbour", "41.5", "38.2", "36.9"), ("Moor", "22.7", "27.1", "29.4")]
    page.grid([60, 220, 310, 400, 490], [110 + 24 * i for i in range(len(rows) + 1)])
    for i, row in enumerate(rows):
        for x, cell in zip((66, 228, 318, 408), row, strict=True):
            page.text(x, 127 + 24 * i, cell)
    return page


def read(content: bytes) -> Paper:
    return read_paper("scan.pdf", content)


def words(paper: Paper) -> str:
    return " ".join(part.text for part in paper.body if isinstance(part, Block))


def figures(paper: Paper) -> dict[str, Figure]:
    return {figure.evidence.text: figure for figure in extract(paper).figures}


@needs_tesseract
@pytest.mark.parametrize("skew", [0.0, 1.2, -0.8])
def test_a_scan_is_read_with_the_place_of_its_figures(skew: float) -> None:
    paper = read(scan_of(letter(), skew=skew, specks=60))
    assert words(paper).startswith("Of the plans that were looked at in the spring of 2021, 64.7% had been brought")
    figure = figures(paper)["58.2%"]
    printed = extract(read_paper("printed.pdf", make_pdf(letter()))).figures
    expected = next(one.evidence.bbox for one in printed if one.evidence.text == "58.2%")
    assert figure.evidence.bbox == pytest.approx(expected, abs=7)
    assert figure.doubts[-1] == "ocr"
    assert 0.75 <= figure.confidence < 1


@needs_tesseract
@pytest.mark.parametrize("skew", [0.0, 0.9])
def test_a_ruled_table_is_read_from_its_picture(skew: float) -> None:
    paper = read(scan_of(table(), skew=skew))
    (found,) = [[[cell.text for cell in row] for row in part.rows] for part in paper.body if isinstance(part, Table)]
    assert found[:2] == [["District", "2019", "2020", "2021"], ["Harbour", "41.5", "38.2", "36.9"]]
    assert found[2][0] == "Moor"
    # Tesseract loses points in small print: what it then reads is refused.
    assert {"41.5", "38.2", "36.9"} <= set(figures(paper)) <= {"41.5", "38.2", "36.9", "22.7", "27.1", "29.4"}


@needs_tesseract
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_scan_laid_on_its_side_is_turned(quarters: int) -> None:
    paper = read(scan_of(letter(), quarters=quarters))
    assert "64.7% had been brought up to date" in words(paper)
    x0, top, x1, bottom = figures(paper)["64.7%"].evidence.bbox or (0, 0, 0, 0)
    upright = x1 - x0 < bottom - top
    assert upright == (quarters != 2)


@needs_tesseract
def test_a_page_with_a_stamp_on_its_picture_is_a_scan_too() -> None:
    paper = read(stamped(scan_of(letter()), "Page 47"))
    assert "64.7%" in figures(paper)
    assert "Page 47" in paper.pages[0].text


def test_a_page_with_text_and_a_small_picture_is_no_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_run", lambda *_: pytest.fail("Tesseract was asked"))
    assert words(read(make_pdf(PdfPage().text(60, 100, "Appendix 2"), letter()))).startswith("Appendix 2")


@needs_tesseract
def test_the_coverage_says_which_pages_were_recognised_and_which_hold_nothing() -> None:
    buffer = scan_of(letter(), PdfPage(), letter())
    paper = read(buffer)
    coverage = extract(paper).paper.coverage
    assert coverage.pages_recognised == (1, 3)
    assert (coverage.pages, coverage.pages_unread) == (3, 0)
    assert paper.unread == ("page 2: blank, no text and no picture",)


@needs_tesseract
def test_scans_are_read_the_same_every_time() -> None:
    content = scan_of(letter(), specks=200)
    assert read(content) == read(content)


def test_without_tesseract_a_scan_is_refused_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError, match=r"pages 1 and 2: a picture without text\. .*install it: .*tesseract"):
        read(scan_of(letter(), letter()))


def test_without_tesseract_the_other_pages_are_read_and_the_scan_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    extraction = extract(read(stamped(scan_of(letter()), "Item 6: minutes of the last meeting of the board")))
    assert [(r.reason, r.evidence.page) for r in extraction.refusals] == [("page without text", 1)]
    assert extraction.refusals[0].evidence.bbox == pytest.approx((0, 0, 595, 842), abs=1)
    assert extraction.paper.coverage.pages_unread == 1


def test_tesseract_is_stopped_after_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "tesseract"
    slow.write_text(f"#!{os.sys.executable}\nimport time\ntime.sleep(30)\n")  # type: ignore[attr-defined]
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    began = time.monotonic()
    with pytest.raises(tesseract.TesseractError, match=r"more than 0\.3 seconds"):
        tesseract.read_words(Image.new("L", (50, 50), 255), "page", 200, seconds=0.3)
    assert time.monotonic() - began < 10


def test_tesseract_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "tesseract"
    broken.write_text(f"#!{os.sys.executable}\nimport sys\nsys.exit('Error opening data file eng.traineddata')\n")  # type: ignore[attr-defined]
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError, match=r"failed \(Error opening data file eng\.traineddata\)"):
        read(scan_of(letter()))


def test_unsure_numbers_are_refused_and_not_figures() -> None:
    paper = read_paper(
        "a.pdf", make_pdf(PdfPage().text(60, 100, "In May 2021 the rate was 64.7% against 58.2% in May 2020."))
    )
    page = paper.pages[0]
    sure = {"64.7%": 0.4}
    recognised, at = [], 0
    for word in page.text.split(" "):
        recognised.append(Recognised(at, at + len(word), sure.get(word, 0.95)))
        at += len(word) + 1
    scan = Page(number=1, text=page.text, boxes=page.boxes, recognised=tuple(recognised))
    extraction = extract(paper.model_copy(update={"pages": (scan,)}))
    assert [(f.evidence.text, f.doubts, f.confidence <= 0.95) for f in extraction.figures] == [
        ("58.2%", ("ocr",), True)
    ]
    assert [(r.evidence.text, r.reason) for r in extraction.refusals] == [("64.7%", "unsure reading")]


@pytest.mark.parametrize("degrees", [0.0, 0.6, -1.4, 2.5])
def test_the_skew_of_a_page_is_measured_and_taken_back(degrees: float) -> None:
    picture = Image.new("L", (1000, 1400), 255)
    for y in range(200, 1200, 40):
        picture.paste(0, (120, y, 880, y + 14))
    askew = picture.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert skew_of(ink_of(askew)) == pytest.approx(degrees, abs=0.1)
    assert abs(skew_of(ink_of(levelled(askew, skew_of(ink_of(askew)))))) <= 0.1


def test_rules_are_found_and_the_edges_of_dark_areas_are_not() -> None:
    picture = Image.new("L", (1000, 1000), 250)
    picture.paste(120, (100, 300, 800, 302))  # a faint rule
    picture.paste(0, (500, 300, 503, 700))
    picture.paste(0, (100, 800, 800, 900))  # a dark band
    level, upright = rules_of(picture, 200)
    assert [place * 200 / 72 for place in level] == pytest.approx([100, 300, 800, 302, 2], abs=5)
    assert [place * 200 / 72 for place in upright] == pytest.approx([500, 300, 503, 700, 3], abs=5)


def test_a_white_page_is_blank_and_one_with_a_line_of_print_is_not() -> None:
    picture = Image.new("L", (600, 800), 255)
    assert is_blank(ink_of(picture))
    picture.paste(0, (100, 100, 300, 106))
    assert not is_blank(ink_of(picture))


def test_the_numbers_of_a_full_page_are_read_again_on_sheets_that_tesseract_takes() -> None:
    crops = [Image.new("L", (60, 90), 255)] * 1000
    sheets = list(_sheets(crops))
    assert sum(map(len, sheets)) == 1000
    assert max(sum(crop.height + 14 for crop in sheet) for sheet in sheets) < 32_767


@needs_tesseract
def test_too_few_letters_to_tell_which_way_up_they_stand_are_left_as_they_are() -> None:
    picture = Image.new("L", (1200, 1600), 255)
    ImageDraw.Draw(picture).text((300, 700), "Annex 2", fill=0, font=ImageFont.load_default(40))
    assert read_turn(picture, 200) == 0


def test_a_page_of_many_metres_is_rendered_no_larger_than_a_sheet_of_a2() -> None:
    document = pdfium.PdfDocument.new()
    page = document.new_page(14400, 14400)
    picture = pdfium.PdfImage.new(document)
    picture.set_bitmap(pdfium.PdfBitmap.from_pil(Image.new("L", (8, 8), 0)))
    picture.set_matrix(pdfium.PdfMatrix().scale(14400, 14400))
    page.insert_obj(picture)
    page.gen_content()
    objects = PageObjects(number=1, width=14400, height=14400, pictures=1)
    scan = render_scan(page, objects)
    assert scan is not None
    assert scan.picture.width * scan.picture.height <= 41_000_000
