"""PDFs as files: damaged, without pages, with others attached."""

from __future__ import annotations

import io

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from extractors.pipeline import extract
from ingest.pdf_report import pages_in_words
from ingest.reading import UnreadableError, read_paper
from tests.pdf_maker import PdfPage, make_pdf

LETTER = PdfPage().text(60, 100, "In March 2020 the service answered 71.3% of its letters in time.")


def with_attached(content: bytes, **files: bytes) -> bytes:
    document = pdfium.PdfDocument(content)
    for name, data in files.items():
        document.new_attachment(name.replace("_", ".")).set_data(data)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def test_attached_files_are_reported() -> None:
    paper = read_paper("a.pdf", with_attached(make_pdf(LETTER), figures_xlsx=b"PK", notes_txt=b"notes"))
    assert paper.unread == ("2 attached files: figures.xlsx, notes.txt; save them from a PDF viewer and load them",)


def test_pdfs_within_a_pdf_are_told_to_be_the_papers_of_a_portfolio() -> None:
    paper = read_paper("a.pdf", with_attached(make_pdf(LETTER), report_pdf=make_pdf(LETTER)))
    assert any("portfolio" in what for what in paper.unread)


def test_a_damaged_page_keeps_its_number_and_is_a_refusal() -> None:
    broken = make_pdf(LETTER, LETTER, LETTER).replace(b"7 0 obj\n<< /Type /Page ", b"7 0 obj\n<< /Type /Pain ")
    paper = read_paper("a.pdf", broken)
    extraction = extract(paper)
    assert [page.number for page in paper.pages] == list(range(1, len(paper.pages) + 1))
    assert {figure.evidence.page for figure in extraction.figures} >= {1}
    if paper.unread:
        assert [r.reason for r in extraction.refusals] == ["page without text"]


def test_a_file_without_pages_says_so_whatever_was_read_before() -> None:
    with pytest.raises(UnreadableError, match="encrypted"):
        read_paper("a.pdf", make_pdf(LETTER, password="secret"))
    with pytest.raises(UnreadableError, match="has no pages"):
        read_paper("b.pdf", make_pdf())


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([3], "page 3"),
        ([3, 4], "pages 3 and 4"),
        ([2, 4, 5, 6, 7, 9], "pages 2, 4 to 7 and 9"),
        ([1, 2, 3], "pages 1 to 3"),
    ],
)
def test_pages_are_told_in_words(pages: list[int], said: str) -> None:
    assert pages_in_words(pages) == said
