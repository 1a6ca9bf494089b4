"""`tally evidence` and `tally tables`, which read the originals again, and the passwords that these may need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from db.store import Store
from schema.evidence import Evidence
from schema.records import Figure
from tests.pdf_maker import PdfPage, make_pdf
from tests.test_cli import Tally, tally

__all__ = ["tally"]

RED = (200, 0, 40)


def page(rotate: int = 0) -> PdfPage:
    return PdfPage(rotate=rotate).lines(
        60, 300, "In March 2020 the service answered 71.3% of its letters in time, against", "a target of 80% by 2021."
    )


def ledger(first: str, *rows: tuple[str, str]) -> PdfPage:
    made = PdfPage().text(60, 80, first).grid([60, 250, 400], [100 + 20 * i for i in range(len(rows) + 1)])
    for i, (left, right) in enumerate(rows):
        made.text(66, 114 + 20 * i, left).text(256, 114 + 20 * i, right)
    return made


def load(tally: Tally, name: str, content: bytes, *options: str) -> None:
    Path(name).write_bytes(content)
    told = tally("load", name, "--jobs", "1", *options)
    assert told.status == 0, told.err


def figure(text: str) -> Figure:
    with Store.open("tally.db", create=False) as store:
        return next(one for one in store.figures() if one.evidence.text == text)


def reds(picture: Image.Image) -> tuple[int, int, int, int]:
    """Around all that is drawn in the colour of the boxes."""
    ys, xs = np.nonzero((np.asarray(picture.convert("RGB")) == RED).all(axis=2))
    return int(xs.min()), int(ys.min()), int(xs.max()), int(ys.max())


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_figure_is_boxed_where_it_is_printed(tally: Tally, rotate: int) -> None:
    load(tally, "a.pdf", make_pdf(page(rotate)))
    found = figure("71.3%")
    told = tally("evidence", found.id[:8], "-o", "crop.png")
    assert (told.status, told.out, told.err) == (0, "", "")
    with Image.open("crop.png") as drawn:
        drawn.load()
    left, top, right, bottom = reds(drawn)
    x0, y0, x1, y1 = found.evidence.bbox or (0, 0, 0, 0)
    assert right - left == pytest.approx((x1 - x0 + 3) * 160 / 72, abs=4)
    assert bottom - top == pytest.approx((y1 - y0 + 3) * 160 / 72, abs=4)
    inside = np.asarray(drawn.convert("L").crop((left + 4, top + 4, right - 4, bottom - 4)))
    assert inside.min() < 80, "the digits stand in the box"
    assert drawn.height > 2 * (bottom - top), "lines around are shown"


def test_a_place_over_two_lines_has_two_boxes() -> None:
    from app.evidence_image import draw_place

    place = Evidence(
        paper="a.pdf", sha256="0", page=1, start=0, end=1, text="x", quote="x",
        bbox=(60, 288, 400, 318), boxes=((300, 288, 400, 302), (60, 302, 150, 318)),
    )  # fmt: skip
    drawn = draw_place(place, make_pdf(page()))
    left, top, right, bottom = (round(edge * 72 / 160) for edge in reds(drawn))
    assert [left, right] == pytest.approx([58, 401], abs=2)
    between = drawn.getpixel((round(200 * 160 / 72), round((top + bottom) / 2 * 160 / 72)))
    assert between != RED, "what stands between the two is not boxed"


def test_a_text_paper_has_no_picture_and_its_words_are_printed(tally: Tally) -> None:
    load(tally, "a.txt", b"In March 2020 the service answered 71.3% of its letters in time.\n")
    record = figure("71.3%").id
    told = tally("evidence", record, "-o", "crop.png")
    assert told.status == 2
    assert "a.txt is no PDF" in told.err
    assert "[[71.3%]]" in told.err
    assert not Path("crop.png").exists()
    assert "answered [[71.3%]] of its letters" in tally("evidence", record).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ab",), "too short"),
        (("0000000000",), "No record"),
        (("RECORD", "-o", "crop.jpg"), r"does not end in .png"),
        (("RECORD", "-o", "no/folder/crop.png"), "could not be written"),
    ],
)
def test_what_cannot_be_drawn_says_why(tally: Tally, arguments: tuple[str, ...], said: str) -> None:
    load(tally, "a.pdf", make_pdf(page()))
    told = tally("evidence", *(figure("71.3%").id if one == "RECORD" else one for one in arguments))
    assert told.status == 2
    assert said in told.err
    assert "Traceback" not in told.err


def test_an_encrypted_paper_is_read_with_its_password_which_is_not_kept(tally: Tally) -> None:
    content = make_pdf(page(), ledger("Visits", ("Team", "2020"), ("North", "41%")), password="Otter-29")
    Path("a.pdf").write_bytes(content)
    refused = tally("load", "a.pdf", "--jobs", "1")
    assert refused.status == 1
    assert "encrypted; give its password with --password" in refused.err
    assert "does not open it" in tally("load", "a.pdf", "--jobs", "1", "--password", "wrong").err
    load(tally, "a.pdf", content, "--password", "Otter-29")
    record = figure("71.3%").id
    for command in (("tables", "a.pdf"), ("evidence", record, "-o", "crop.png")):
        without = tally(*command)
        assert without.status == 2
        assert "--password" in without.err
        assert tally(*command, "--password", "Otter-29").status == 0
    assert tally("load", "--reread", "--jobs", "1").status == 1
    assert tally("load", "--reread", "--jobs", "1", "--password", "Otter-29").status == 0
    assert not [path for path in Path().rglob("*") if path.is_file() and b"Otter-29" in path.read_bytes()]


def _tables(tally: Tally, name: str) -> list[dict[str, Any]]:
    told = tally("tables", name, "--format", "json")
    assert told.status == 0
    tables: list[dict[str, Any]] = json.loads(told.out)
    return tables


def test_tables_are_listed_page_by_page_with_their_place(tally: Tally) -> None:
    first = ledger("Visits in time", ("Team", "2020"), ("North", "41%"), ("South", "52%"))
    second = ledger("Visits in time", ("Team", "2020"), ("East", "63%"))
    load(tally, "a.pdf", make_pdf(first, second))
    one, two = _tables(tally, "a.pdf")
    assert one["rows"] == [["Team", "2020"], ["North", "41%"], ["South", "52%"]]
    assert one["bbox"] == pytest.approx([60, 100, 400, 160], abs=1)
    assert (one["page"], one["refused"], one["continues"]) == (1, None, False)
    assert (two["page"], two["rows"]) == (2, [["Team", "2020"], ["East", "63%"]])
    lines = tally("tables", "a.pdf", "--format", "csv").out.splitlines()
    assert lines[:2] == ["table,page,refused,continues,column_1,column_2", "1,1,,false,Team,2020"]
    assert "Table 2, page 2" in tally("tables", "a.pdf").out


def test_a_refused_table_is_listed_with_the_reason_and_is_a_refusal(tally: Tally) -> None:
    odd = PdfPage().grid([50, 200, 250, 300], [100, 114, 128, 142])
    for y in (111, 125, 139):
        odd.text(53, y, "Plan", 9).text(150, y, "Safeguarding-arrangements", 9)
    load(tally, "a.pdf", make_pdf(page(), odd))
    (table,) = _tables(tally, "a.pdf")
    assert (table["page"], table["rows"]) == (2, [])
    assert "text runs across its rules" in table["refused"]
    with Store.open("tally.db", create=False) as store:
        (refusal,) = store.refusals()
        coverage = store.papers()[0].coverage
    assert (refusal.reason, refusal.evidence.page) == ("unreadable table", 2)
    assert refusal.evidence.bbox is not None
    assert (coverage.tables, coverage.tables_refused) == (1, 1)
    assert "refused: a table could not" not in tally("tables", "a.pdf").out


def test_the_tables_of_a_text_paper_have_no_page(tally: Tally) -> None:
    load(tally, "a.txt", b"Visits\n\nTeam\t2020\nNorth\t41%\nSouth\t52%\n")
    (table,) = _tables(tally, "a.txt")
    assert (table["page"], table["bbox"]) == (None, None)
    assert table["rows"][1] == ["North", "41%"]
