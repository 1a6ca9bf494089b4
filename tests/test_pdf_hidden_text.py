"""Words that no reader sees are no part of a page; the text layer of a scan is."""

from __future__ import annotations

from ingest.reading import read_paper
from schema.paper import Block, Paper
from tests.pdf_maker import PdfPage, make_pdf

TITLE = "Children looked after in Westhaven"


def paper_of(page: PdfPage) -> Paper:
    return read_paper("paper.pdf", make_pdf(page))


def words(page: PdfPage) -> str:
    return " ".join(part.text for part in paper_of(page).body if isinstance(part, Block))


def white(page: PdfPage, x: float, y: float, text: str) -> PdfPage:
    page.content.append("1 1 1 rg")
    page.text(x, y, text)
    page.content.append("0 0 0 rg")
    return page


def undrawn(page: PdfPage, x: float, y: float, text: str) -> PdfPage:
    page.content.append("3 Tr")
    page.text(x, y, text)
    page.content.append("0 Tr")
    return page


def test_white_words_on_white_paper_are_left_out() -> None:
    page = white(PdfPage().text(60, 60, TITLE), 60, 100, "LOOKUP 17")
    assert words(page) == TITLE


def test_white_words_on_a_dark_band_stay() -> None:
    page = white(PdfPage().text(60, 60, TITLE).fill(50, 80, 400, 120, (0.1, 0.2, 0.5)), 60, 104, "Headline measures")
    assert words(page) == f"{TITLE} Headline measures"


def test_words_in_the_colour_of_their_band_are_left_out() -> None:
    page = PdfPage().text(60, 60, TITLE).fill(50, 80, 400, 120, (0.4, 0.6, 0.8))
    page.content.append("0.4 0.6 0.8 rg")
    page.text(60, 104, "KEY 4").content.append("0 0 0 rg")
    assert words(page) == TITLE


def test_undrawn_words_are_left_out_where_nothing_shows_them_and_kept_where_something_does() -> None:
    assert words(undrawn(PdfPage().text(60, 60, TITLE), 60, 100, "FORM 12")) == TITLE
    shown = PdfPage().text(60, 60, TITLE)
    shown.fill(62, 92, 64, 101, (0, 0, 0)).fill(80, 92, 84, 101, (0, 0, 0))  # the shapes of letters
    assert words(undrawn(shown, 60, 100, "12 visits")) == f"{TITLE} 12 visits"


def test_many_hidden_words_are_reported() -> None:
    page = PdfPage().text(60, 60, TITLE)
    for row in range(10):
        white(page, 60, 100 + 20 * row, "one two three")
    assert paper_of(page).unread == ("page 1: 30 words that no reader sees (hidden text) were left out",)
