"""Files cut short, altered and made of scraps of others: each gives a paper or a refusal that says what to do, in little time."""

from __future__ import annotations

import random
import time
import zlib

import pytest

from extractors.pipeline import extract
from ingest.reading import UnreadableError, read_paper
from tests.docx_maker import a_list, level, listed, make_docx, num, p, table, tc, tr
from tests.pdf_maker import PdfPage, make_pdf

SECONDS = 10.0  # of this process alone: the machine may be busy
TIMES = 150


def a_pdf() -> bytes:
    page = PdfPage().lines(
        60, 80, "Title of report: Fostering", "Report by: Jo Ash", "1.1 Visits rose to 71% of cases in May 2023."
    )
    page.grid([60, 200, 300], [200, 220, 240]).text(64, 214, "Measure").text(204, 214, "2023").text(
        64, 234, "Visits"
    ).text(204, 234, "71%")
    return make_pdf(page, PdfPage().text(60, 80, "1.2 Reviews fell."), outline=[("Agenda", 1, 0), ("2 Fostering", 2, 0), ("Appendix", 2, 1)])  # fmt: skip


def a_docx() -> bytes:
    numbering = a_list(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")) + num(1, 1)
    cells = table(
        tr(tc("Measure", '<w:gridSpan w:val="2"/>'), "2023"),
        tr(tc("Visits", '<w:vMerge w:val="restart"/>'), "rate", "71%"),
    )
    return make_docx(listed(1, 0, "SUMMARY") + listed(1, 1, "Visits rose to 71% in May 2023.") + cells, numbering=numbering)  # fmt: skip


def a_page() -> bytes:
    cells = "<table><tr><th rowspan=2>Measure<th colspan=2>2023<tr><td>71%<td bgcolor='#ff0000'>72%</table>"
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Fostering</title></head><body><nav>Home</nav><main><h1>Fostering</h1><ol><li>Visits rose to 71%.<li value=7>Costs fell.</ol>{cells}</main></body></html>".encode()


FILES = {"report.pdf": a_pdf, "report.docx": a_docx, "page.html": a_page}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with a few bytes changed, taken out, doubled, or cut off at its end."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(made) or 1)
        end = min(len(made), at + chance.randint(1, 40))
        match chance.randrange(5):
            case 0:
                made[at:end] = chance.randbytes(end - at)
            case 1:
                del made[at:end]
            case 2:
                made[at:at] = made[at:end]
            case 3:
                made[at:end] = chance.choice(
                    (b"0", b"99999999999", b"-1", b"<<", b">", b"\x00", b"</w:p>", b"<td colspan=999999>")
                )
            case _ if chance.random() < 0.3:
                del made[at:]
    return bytes(made)


def read_or_refuse(name: str, content: bytes) -> str:
    """What became of a file: `read`, or the refusal. Anything else that is raised is a fault of the program."""
    try:
        paper = read_paper(name, content)
    except UnreadableError as error:
        return str(error)
    for figure in extract(paper).figures:
        place = figure.evidence
        assert paper.page_text(place.page)[place.start : place.end] == place.text
    return "read"


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_is_read(name: str) -> None:
    assert read_or_refuse(name, FILES[name]()) == "read"


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_are_read_or_refused(name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()))
    content = FILES[name]()
    for _ in range(TIMES):
        began = time.process_time()
        outcome = read_or_refuse(name, damaged(content, chance))
        assert outcome == "read" or ";" in outcome
        assert time.process_time() - began < SECONDS


def test_a_word_file_s_damaged_parts_are_read_or_refused() -> None:
    """Damage within the parts, which the zip file's check sums would else find first."""
    chance = random.Random(3)
    for _ in range(TIMES):
        body = damaged(
            (listed(1, 1, "Visits rose to 71%.") + table(tr("a", "b"), tr("c", "d")) + p("It ends.")).encode(), chance
        )
        outcome = read_or_refuse("report.docx", make_docx(body.decode("utf-8", "replace")))
        assert outcome == "read" or ";" in outcome


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<html>" + b"<table><tr><td rowspan=65534 colspan=1000>x" * 300),
        ("a.html", b"<html>" + b"<ul><li>" * 3000),
        ("a.html", b"<html><p>" + b"&amp;" * 200_000),
        ("a.html", b"<html><p>" + b"<b>x" * 20_000),
        ("a.html", b"<!--" * 100_000),
        ("a.html", b"<?xml " * 100_000),
        ("a.html", b"<html>" + b"<div class='mainNav'>x" * 1500),
        ("a.docx", make_docx("<w:tbl><w:tr><w:tc>" * 200 + p("x") + "</w:tc></w:tr></w:tbl>" * 200)),
        ("a.docx", make_docx(p("x", *["<w:sdt><w:sdtContent>" * 1 + "</w:sdtContent></w:sdt>"] * 3000))),
        ("a.docx", make_docx(table(*[tr(*["x"] * 60)] * 300))),
    ],
)  # fmt: skip
def test_files_made_to_do_harm_are_read_or_refused_soon(name: str, content: bytes) -> None:
    began = time.process_time()
    outcome = read_or_refuse(name, content)
    assert outcome == "read" or ";" in outcome
    assert time.process_time() - began < SECONDS
