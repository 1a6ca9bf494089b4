from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.reading import UnreadableError, read_paper
from schema.evidence import Reading
from schema.paper import Block, BlockKind, Paper, Table
from tests.pdf_maker import PdfPage, make_pdf

WRAPPED = (
    "2.1 The service answered 81.5% of the calls that reached it within one hour, which is more",
    "than in any earlier month of the year, and it expects to keep to that level until the end of",
    "the financial year.",
)


def paper_of(*pages: PdfPage) -> Paper:
    return read_paper("report.pdf", make_pdf(*pages))


def blocks(paper: Paper) -> list[tuple[str, str | None, str]]:
    return [(b.kind.value, b.number, b.text) for b in paper.body if isinstance(b, Block)]


def words(paper: Paper) -> list[str]:
    return [b.text for b in paper.body if isinstance(b, Block)]


def tables(paper: Paper) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in part.rows] for part in paper.body if isinstance(part, Table)]


def readings(paper: Paper) -> Iterator[Reading]:
    for part in paper.body:
        if isinstance(part, Block):
            yield part.reading
        else:
            yield from (cell.reading for row in part.rows for cell in row)


def assert_readings_stand_in_the_stored_text(paper: Paper) -> None:
    for reading in readings(paper):
        for piece in reading.pieces:
            page = paper.page_text(piece.page)
            assert page[piece.start : piece.start + piece.length] == reading.text[piece.at : piece.at + piece.length]


def test_printed_lines_become_paragraphs_and_the_stored_text_keeps_the_lines() -> None:
    page = PdfPage().text(60, 80, "2 PERFORMANCE", font="F2").lines(60, 110, *WRAPPED)
    page.lines(60, 170, "2.2 Nothing else has changed.")
    paper = paper_of(page)
    assert blocks(paper) == [
        ("heading", "2", "PERFORMANCE"),
        ("paragraph", "2.1", " ".join(WRAPPED)[4:]),
        ("paragraph", "2.2", "Nothing else has changed."),
    ]
    assert paper.pages[0].text == "2 PERFORMANCE\n\n" + "\n".join(WRAPPED) + "\n\n2.2 Nothing else has changed."
    assert_readings_stand_in_the_stored_text(paper)


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    first = PdfPage().lines(60, 700, *WRAPPED[:2])
    second = PdfPage().lines(60, 80, WRAPPED[2], "").lines(60, 130, "2.2 Nothing else has changed.")
    paper = paper_of(first, second)
    assert words(paper) == [" ".join(WRAPPED)[4:], "Nothing else has changed."]
    assert_readings_stand_in_the_stored_text(paper)


def test_lines_that_were_ended_on_purpose_are_not_joined() -> None:
    page = PdfPage().lines(60, 80, "Anna Example, Head of Audit", "Ben Sample, Clerk", "Town Hall, Room 4")
    page.lines(60, 200, *WRAPPED)
    assert words(paper_of(page))[:3] == ["Anna Example, Head of Audit", "Ben Sample, Clerk", "Town Hall, Room 4"]


def test_running_headers_footers_and_stamps_are_kept_out_of_the_body_but_stand_in_the_text() -> None:
    pages = []
    for number in range(1, 5):
        page = PdfPage().text(60, 30, "Quarterly report on fostering", 9).text(450, 42, "Agenda pack", 9)
        page.lines(60, 120, f"{number}.1 Carers numbered {number}12 at the time.")
        page.text(280, 815, f"Page {number}", 9).text(280, 830, f"Pack page {40 + number}", 9)
        pages.append(page)
    paper = paper_of(*pages)
    assert words(paper) == [f"Carers numbered {n}12 at the time." for n in range(1, 5)]
    assert "Quarterly report on fostering" in paper.pages[2].text
    assert "Pack page 43" in paper.pages[2].text


def test_the_notice_on_a_blank_page_is_no_part_of_the_paper() -> None:
    paper = paper_of(
        PdfPage().lines(60, 80, *WRAPPED), PdfPage().text(200, 400, "This page is intentionally left blank")
    )
    assert len(words(paper)) == 1
    assert paper.unread == ()


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left column line {n} runs on and" for n in "abcdef"]
    right = [f"right column line {n} runs on and" for n in "abcdef"]
    page = PdfPage().text(60, 60, "A title over both of the columns on the page of this report", 14, "F2")
    for i, (one, other) in enumerate(zip(left, right, strict=True)):
        page.text(60, 100 + 14 * i, one).text(320, 100 + 14 * i, other)
    text = paper_of(page).pages[0].text
    assert text.index("left column line f") < text.index("right column line a")
    assert text.index("A title") == 0


def test_a_footnote_mark_is_not_part_of_the_number() -> None:
    page = PdfPage().text(60, 100, "The rate was 38%").text(145.5, 96, "1", 6).text(155, 100, "at the end of the year.")
    page.text(60, 130, "They were 47").text(124.5, 126, "2", 6).text(132, 130, "in all.")
    page.text(60, 780, "1", 5).text(64, 783, "Source: the annual survey.", 8)
    paper = paper_of(page)
    assert words(paper)[:2] == ["The rate was 38% at the end of the year.", "They were 47 in all."]
    assert "47²" in paper.pages[0].text


def test_a_word_is_whole_again_where_a_hyphen_ends_the_line() -> None:
    page = PdfPage().lines(
        60, 100, "The report of the auditor was received and the committee will look at follow-", "up work on it."
    )
    assert words(paper_of(page)) == [
        "The report of the auditor was received and the committee will look at follow-up work on it."
    ]


def test_numbers_along_a_chart_are_no_figures() -> None:
    page = PdfPage().lines(60, 80, *WRAPPED)
    for i, label in enumerate(("100%", "80%", "60%", "40%", "20%", "0%")):
        page.text(60, 300 + 30 * i, label)
    for i in range(5):
        page.text(100 + 60 * i, 480, str(2014 + i))
    paper = paper_of(page)
    assert len(words(paper)) == 1
    assert "80%" in paper.pages[0].text


def test_items_without_bullets_are_told_by_the_colon_before_and_their_indent() -> None:
    page = PdfPage().lines(
        60, 100, "The board is asked to look at the following parts of the service in the coming year, being:"
    )
    for i, item in enumerate(("early help", "the number of carers", "audit")):
        page.text(80, 125 + 25 * i, item)
    page.lines(60, 210, *WRAPPED)
    kinds = [b.kind for b in paper_of(page).body if isinstance(b, Block)]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM, BlockKind.ITEM, BlockKind.PARAGRAPH]


def test_bullets_have_the_depth_that_their_indent_shows() -> None:
    page = (
        PdfPage().text(60, 100, "• the outer item").text(90, 115, "• the inner item").text(60, 130, "• the outer again")
    )
    levels = [(b.kind, b.level) for b in paper_of(page).body if isinstance(b, Block)]
    assert levels == [(BlockKind.ITEM, 1), (BlockKind.ITEM, 2), (BlockKind.ITEM, 1)]


def _table_page(y: float, *rows: tuple[str, str, str]) -> PdfPage:
    page = PdfPage()
    page.grid([60, 240, 360, 480], [y + 20 * i for i in range(len(rows) + 1)])
    for i, row in enumerate(rows):
        for x, cell in zip((64, 244, 364), row, strict=True):
            page.text(x, y + 14 + 20 * i, cell, 10)
    return page


def test_a_ruled_table_is_read_by_its_cells_and_not_once_more_as_paragraphs() -> None:
    page = _table_page(200, ("Indicator", "2016/17", "2017/18"), ("Visits in time", "71%", "83%")).lines(
        60, 80, *WRAPPED
    )
    page.fill(361, 221, 479, 239, (1, 0.75, 0))
    page.text(364, 234, "83%", 10)
    paper = paper_of(page)
    assert tables(paper) == [[["Indicator", "2016/17", "2017/18"], ["Visits in time", "71%", "83%"]]]
    assert len(words(paper)) == 1
    assert "Visits in time\t71%\t83%" in paper.pages[0].text
    assert_readings_stand_in_the_stored_text(paper)


def test_a_table_goes_on_over_a_page_break_without_its_header() -> None:
    first = _table_page(700, ("Team", "March", "April"), ("North", "4.1", "5.2"))
    second = _table_page(60, ("South", "6.3", "7.4"), ("West", "8.5", "9.6"))
    assert tables(paper_of(first, second)) == [
        [["Team", "March", "April"], ["North", "4.1", "5.2"], ["South", "6.3", "7.4"], ["West", "8.5", "9.6"]]
    ]


def _box_of(paper: Paper, text: str) -> tuple[float, float, float, float]:
    for part in paper.body:
        assert isinstance(part, Block)
        if text in part.text:
            at = part.text.index(text)
            evidence = paper.evidence(part, part.reading, at, at + len(text), part.text)
            assert evidence.text == text
            assert evidence.bbox is not None
            return evidence.bbox
    raise AssertionError(text)


def test_evidence_has_its_box_on_the_page() -> None:
    x0, top, x1, bottom = _box_of(paper_of(PdfPage().text(100, 200, "It was 81.5% then.")), "81.5%")
    assert 130 < x0 < x1 < 165
    assert 185 < top < 195
    assert 200 < bottom < 206


def test_evidence_over_two_lines_has_a_box_for_each() -> None:
    paper = paper_of(PdfPage().lines(60, 110, *WRAPPED))
    part = paper.body[0]
    assert isinstance(part, Block)
    start = part.text.index("more")
    evidence = paper.evidence(part, part.reading, start, start + len("more than"), part.text)
    assert evidence.text == "more\nthan"
    assert len(evidence.boxes) == 2
    first, second = evidence.boxes
    assert first[1] < second[1]
    assert first[0] > 400
    assert second[0] == pytest.approx(60, abs=1)


@pytest.mark.parametrize(
    ("rotate", "x", "y"),
    [(90, 642, 100), (180, 495, 642), (270, 200, 495)],
)
def test_a_turned_page_has_its_boxes_where_a_person_sees_them(rotate: int, x: float, y: float) -> None:
    """The base point (100, 200) of the page before it is turned stands at (x, y) of the page as seen."""
    page = PdfPage(rotate=rotate).text(100, 200, "Turned 47.")
    evidence_page = read_paper("turned.pdf", make_pdf(page, PdfPage().lines(60, 80, *WRAPPED)))
    assert "Turned 47." in evidence_page.pages[0].text
    part = evidence_page.body[0]
    assert isinstance(part, Block)
    box = evidence_page.evidence(part, part.reading, 0, 6, "").bbox
    assert box is not None
    assert box[0] - 12 <= x <= box[2] + 12
    assert box[1] - 12 <= y <= box[3] + 12


def test_text_turned_with_its_page_reads_as_usual() -> None:
    page = PdfPage(width=595, height=842, rotate=90)
    page.content.append("BT /F1 11 Tf 0 1 -1 0 100 60 Tm (The rate was 47% in the year.) Tj ET")
    paper = paper_of(page)
    assert words(paper) == ["The rate was 47% in the year."]
    x0, top, x1, bottom = _box_of(paper, "47%")
    assert x1 > x0
    assert 5 < bottom - top < 20
    assert 85 < bottom < 110


@pytest.mark.parametrize(
    ("matrix", "x", "y"), [("0 1 -1 0", 400, 442), ("-1 0 0 -1", 400, 442), ("0 -1 1 0", 400, 442)]
)
def test_text_turned_on_its_page_reads_as_usual_and_has_its_box_where_it_stands(matrix: str, x: int, y: int) -> None:
    page = PdfPage()
    page.content.append(f"BT /F1 11 Tf {matrix} {x} {842 - y} Tm (47% of the calls were answered in time.) Tj ET")
    paper = paper_of(page)
    assert words(paper) == ["47% of the calls were answered in time."]
    x0, top, x1, bottom = _box_of(paper, "47%")
    assert x0 - 4 <= x <= x1 + 4
    assert top - 4 <= y <= bottom + 4
    assert max(x1 - x0, bottom - top) < 30


def test_pages_without_text_are_reported() -> None:
    paper = paper_of(PdfPage().lines(60, 80, *WRAPPED), PdfPage())
    assert len(paper.pages) == 2
    assert paper.unread == ("page 2: blank, no text and no picture",)


def test_an_encrypted_file_asks_for_its_password() -> None:
    content = make_pdf(PdfPage().lines(60, 80, *WRAPPED), password="open sesame")
    with pytest.raises(UnreadableError, match="--password"):
        read_paper("secret.pdf", content)
    with pytest.raises(UnreadableError, match="does not open it"):
        read_paper("secret.pdf", content, password="wrong")
    assert "81.5%" in read_paper("secret.pdf", content, password="open sesame").pages[0].text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\nnothing that follows is a PDF", "damaged"),
        (make_pdf(), "no pages|damaged"),
        (make_pdf(PdfPage()), "none of the PDF's 1 pages holds text.*blank, no text and no picture"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_try(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as refused:
        read_paper("minutes.pdf", content)
    assert ";" in str(refused.value)


def test_a_file_with_something_before_its_mark_is_read() -> None:
    content = b"HTTP/1.1 200 OK\r\n\r\n" + make_pdf(PdfPage().lines(60, 80, *WRAPPED))
    assert words(read_paper("saved.pdf", content)) == [" ".join(WRAPPED)[4:]]


def test_a_file_is_known_by_its_bytes_whatever_its_name() -> None:
    assert read_paper("report.txt", make_pdf(PdfPage().lines(60, 80, *WRAPPED))).reader == "pdf"


@pytest.mark.parametrize(
    ("labels", "values", "expected"),
    [
        (
            ((60, 108, "SUBJECT"), (250, 108, "REPORT OF"), (470, 108, "DATE")),
            ((60, 140, "Adoption in Quarter 2"), (60, 154, "of 2022/23"), (250, 140, "Head of Adoption"), (470, 140, "08/11/20"), (470, 154, "22")),
            ("Adoption in Quarter 2 of 2022/23", "Head of Adoption", "2022-11-08"),
        ),
        (
            ((60, 108, "Title"), (250, 108, "Author"), (440, 101, "Item"), (440, 115, "No."), (480, 108, "Meeting date")),
            ((60, 140, "Short breaks for disabled"), (60, 154, "children"), (250, 140, "Ben Sample, Service"), (250, 154, "Manager"), (440, 140, "6"), (480, 140, "8 November"), (480, 154, "2022")),
            ("Short breaks for disabled children", "Ben Sample, Service Manager", "2022-11-08"),
        ),
    ],
)  # fmt: skip
def test_a_masthead_s_labels_stand_over_their_values_without_rules(
    labels: tuple[tuple[float, float, str], ...],
    values: tuple[tuple[float, float, str], ...],
    expected: tuple[str, str, str],
) -> None:
    page = PdfPage().text(60, 70, "CORPORATE PARENTING BOARD", 13, "F2")
    for x, y, label in (*labels, *values):
        page.text(x, y, label, 10)
    page.text(60, 200, "1 SUMMARY", font="F2").lines(60, 225, *WRAPPED)
    masthead = paper_of(page).masthead
    assert (masthead.title, masthead.author, str(masthead.meeting_date)) == expected


def test_words_that_are_labels_elsewhere_make_no_table_of_prose() -> None:
    page = PdfPage().lines(60, 80, "The title and the author of each item, and the date, stand at its head.", *WRAPPED)
    assert tables(paper_of(page)) == []


def test_a_stamp_in_a_page_s_corner_is_no_measure_of_how_far_its_text_runs() -> None:
    page = PdfPage().text(480, 40, "Agenda Item 12", 12, "F2")
    page.lines(
        60,
        120,
        "4.1 The service held 81.5% of its reviews in time at the end of",
        "September 2022. It was 79% in the summer.",
    )
    assert words(paper_of(page)) == ["The service held 81.5% of its reviews in time at the end of September 2022. It was 79% in the summer."]  # fmt: skip


def test_a_page_number_stamped_across_a_line_of_text_is_kept_out_of_it() -> None:
    pages, said = [], []
    for number, what in enumerate(("visits", "reviews", "checks", "telephone calls"), start=1):
        first = f"All in all 71.5% of {what} were made in the week that they were due in, most of"
        second = f"the other {what} in the week that followed; those made later, or not at all, numbered 14 in"
        page = PdfPage().lines(60, 789, f"{number}.1 {first}", second)
        pages.append(page.text(270, 802, f"Page {10 + number}", 11))
        said.append(f"{first} {second}")
    paper = paper_of(*pages)
    assert words(paper) == said
    assert "Page 13" in paper.pages[2].text


def test_a_list_of_shares_is_a_line_each() -> None:
    page = PdfPage().lines(72, 100, "67.1% Not known", "20.2% At school", "7.8% At college", "4.9% In work")
    assert words(paper_of(page)) == ["67.1% Not known", "20.2% At school", "7.8% At college", "4.9% In work"]


def test_large_numbers_with_narrow_lines_below_are_read_one_by_one() -> None:
    page = PdfPage().text(60, 50, "Children in our borough", size=14)
    tiles = (
        ("12%", "of mothers", "smoked"),
        ("83%", "of babies", "were seen"),
        ("9.1", "deaths", "a year"),
        ("77%", "of pupils", "read well"),
    )
    for column, (number, *lines) in enumerate(tiles):
        x = 60 + 110 * column
        page.text(x, 120 + 3 * column, number, size=13).lines(x, 132 + 3 * column, *lines, size=8, step=10)
    assert tables(paper_of(page)) == [
        [["12% of mothers smoked", "83% of babies were seen", "9.1 deaths a year", "77% of pupils read well"]]
    ]
