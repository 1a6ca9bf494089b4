"""Word files into papers: automatic numbers, lists, merged cells, notes, tracked changes, text boxes, and what is refused."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from ingest import docx_file
from ingest.reading import UnreadableError, read_paper
from schema.paper import Block, Paper, Table
from tests.docx_maker import a_list, level, listed, make_docx, num, p, r, styled, table, tc, tr

MASTER = a_list(
    7,
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "(%3)"),
    level(3, "bullet", "\uf0b7"),
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Body2"><w:name w:val="Report body"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
)
SAID = "The panel is asked to note this."


def paper_of(body: str, **parts: str) -> Paper:
    return read_paper("report.docx", make_docx(body, **parts))


def blocks(paper: Paper) -> list[tuple[str, str | None, str]]:
    return [(b.kind.value, b.number, b.text) for b in paper.body if isinstance(b, Block)]


def words(paper: Paper) -> list[str]:
    return [b.text for b in paper.body if isinstance(b, Block)]


def only_table(paper: Paper) -> Table:
    (found,) = [part for part in paper.body if isinstance(part, Table)]
    return found


def test_automatic_numbers_are_counted_as_word_counts_them() -> None:
    body = "".join(
        (
            listed(1, 0, "PERFORMANCE"),
            listed(1, 1, "Visits were made to 71% of children."),
            listed(1, 1, "Two things stood in the way:"),
            listed(1, 2, "staff were few; and"),
            listed(1, 2, "cars were fewer."),
            p("A paragraph without a number stands between."),
            listed(1, 1, "Both are being put right."),
            listed(1, 0, "FINANCE"),
            listed(1, 1, "Nothing to pay."),
        )
    )
    paper = paper_of(body, numbering=MASTER + num(1, 7))
    assert [(kind, number) for kind, number, _ in blocks(paper)] == [
        ("heading", "1"),
        ("paragraph", "1.1"),
        ("paragraph", "1.2"),
        ("item", None),
        ("item", None),
        ("paragraph", None),
        ("paragraph", "1.3"),
        ("heading", "2"),
        ("paragraph", "2.1"),
    ]
    assert "(b) cars were fewer." in paper.pages[0].text


@pytest.mark.parametrize(
    ("numbering", "marks"),
    [
        (MASTER + num(1, 7), ["1.", "2.", "3."]),
        (
            MASTER + num(1, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'),
            ["4.", "5.", "6."],
        ),
        (a_list(7, level(0, "upperRoman", "%1)")) + num(1, 7), ["I)", "II)", "III)"]),
        (a_list(7, level(0, "lowerLetter", "%1.")) + num(1, 7), ["a.", "b.", "c."]),
        (a_list(7, level(0, "bullet", "o")) + num(1, 7), ["•", "•", "•"]),
    ],
)
def test_the_marks_of_a_list(numbering: str, marks: list[str]) -> None:
    paper = paper_of(
        "".join(listed(1, 0, f"note the report of {day}.") for day in ("May", "June", "July")), numbering=numbering
    )
    assert [line.split()[0] for line in paper.pages[0].text.split("\n\n")] == marks


def test_two_lists_of_one_kind_go_on_counting_unless_one_says_that_it_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = MASTER + num(1, 7) + num(2, 7) + num(3, 7, anew)
    body = "".join(listed(n, 0, f"note the report of {n} May.") for n in (1, 1, 2, 3, 3))
    assert [number for _, number, _ in blocks(paper_of(body, numbering=numbering))] == ["1", "2", "3", "1", "2"]


def test_a_style_carries_its_number() -> None:
    body = listed(1, 0, "PROGRESS") + styled("Body2", "Visits rose to 71%.") + styled("Body2", "Costs fell to £2m.")
    paper = paper_of(body, styles=STYLES, numbering=MASTER + num(1, 7))
    assert [number for _, number, _ in blocks(paper)] == ["1", "1.1", "1.2"]


def test_headings_are_what_the_styles_say_and_bold_lines_but_not_every_short_line() -> None:
    body = (
        styled("H1", "Placements") + p("Jo Ash, Head of Fostering") + p(SAID) + p(r("Next steps", "<w:b/>")) + p(SAID)
    )
    paper = paper_of(body, styles=STYLES)
    assert [kind for kind, _, _ in blocks(paper)] == ["heading", "paragraph", "paragraph", "heading", "paragraph"]
    assert [b.headings for b in paper.body] == [("Placements",)] * 3 + [("Placements", "Next steps")] * 2


def test_a_long_paragraph_in_a_heading_s_style_is_a_paragraph() -> None:
    sentence = (
        "Visits to children in need were made within timescale in 71% of cases, which is below the target of 85%."
    )
    assert blocks(paper_of(styled("H2", f"3.1 {sentence}"), styles=STYLES)) == [("paragraph", "3.1", sentence)]


def test_a_list_of_contents_is_stored_and_no_part_of_the_body() -> None:
    paper = paper_of(styled("TOC1", "Placements 12") + styled("H1", "Placements") + p(SAID), styles=STYLES)
    assert words(paper) == ["Placements", SAID]
    assert "Placements 12" in paper.pages[0].text


def test_merged_cells_reach_over_columns_and_rows() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        tr(tc("Measure", down), tc("2022/23", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
        tr(tc("", on), "Q1", "Q2", properties="<w:tblHeader/>"),
        tr("Visits in time", "71%", "74%"),
    )
    found = only_table(paper_of(body))
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["Measure", "2022/23", ""],
        ["", "Q1", "Q2"],
        ["Visits in time", "71%", "74%"],
    ]
    assert (found.rows[0][0].rowspan, found.rows[0][1].colspan, found.header_rows) == (2, 2, 2)


def test_paragraphs_in_a_cell_stay_apart_and_its_colour_is_kept() -> None:
    body = table(tr(tc("Visits\nin time"), tc("71%", '<w:shd w:fill="FFC000"/>')), tr("Reviews", "80%"))
    cells = only_table(paper_of(body)).rows[0]
    assert (cells[0].text, cells[1].fill) == ("Visits\nin time", "#ffc000")


def test_tables_side_by_side_in_the_file_stay_two() -> None:
    first = table(tr("", "Q1"), tr("Visits", "71%"))
    second = table(tr("", "Q1"), tr("Reviews", "80%"))
    assert sum(isinstance(part, Table) for part in paper_of(first + second).body) == 2


def test_a_box_around_text_is_text() -> None:
    assert words(paper_of(table(tr(tc(SAID))) + p("Nothing else."))) == [SAID, "Nothing else."]


def test_lines_set_in_columns_by_tabs_are_a_table() -> None:
    tabs = "<w:r><w:tab/></w:r>"
    body = p("Visits", tabs, tabs, "71%") + p("Case reviews", tabs, "80%") + p(f"1.1{tabs}", SAID)
    paper = paper_of(body.replace("1.1" + tabs, f"1.1</w:t></w:r>{tabs}<w:r><w:t>"))
    assert [[cell.text for cell in row] for row in only_table(paper).rows] == [
        ["Visits", "71%"],
        ["Case reviews", "80%"],
    ]
    assert blocks(paper) == [("paragraph", "1.1", SAID)]


def test_deleted_words_are_no_text_and_inserted_ones_are_and_both_are_said() -> None:
    changed = p(
        "Visits rose to ",
        "<w:del>" + r("70%").replace("w:t", "w:delText") + "</w:del>",
        "<w:ins>" + r("71%") + "</w:ins>",
        ".",
    )
    paper = paper_of(changed)
    assert words(paper) == ["Visits rose to 71%."]
    assert "70%" not in paper.pages[0].text
    assert [note.split(" ")[1] for note in paper.unread] == ["that", "inserted"]


def test_paragraphs_whose_parting_was_deleted_are_one() -> None:
    body = p("Visits rose ", properties="<w:rPr><w:del/></w:rPr>") + p("to 71%.")
    assert words(paper_of(body)) == ["Visits rose to 71%."]


@pytest.mark.parametrize(("mark", "said"), [("<w:vanish/>", "hidden"), ("<w:strike/>", "struck")])
def test_words_that_nobody_sees_or_that_are_struck_through_are_left_out_and_that_is_said(mark: str, said: str) -> None:
    paper = paper_of(p("Visits rose to ", r("70% ", mark), "71%."))
    assert words(paper) == ["Visits rose to 71%."]
    assert said in paper.unread[0]


def test_a_footnote_s_mark_is_no_digit_of_the_number_before_it() -> None:
    body = p("We met 38", '<w:r><w:footnoteReference w:id="5"/></w:r>', " targets.") + p(SAID)
    notes = f'<w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote><w:footnote w:id="5">{p("Of 40 in all.")}</w:footnote>'
    paper = paper_of(body, footnotes=notes)
    assert words(paper) == ["We met 38 targets.", SAID, "¹ Of 40 in all."]
    assert "38¹ targets" in paper.pages[0].text


def test_a_text_box_is_read_once_behind_the_paragraph_that_it_hangs_on() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('Call 01632 960417.')}</w:txbxContent></wps:txbx>"
    drawn = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    assert words(paper_of(p("Visits rose.", f"<w:r>{drawn}</w:r>") + p(SAID))) == [
        "Visits rose.",
        "Call 01632 960417.",
        SAID,
    ]


def test_pictures_are_said_to_be_unread() -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    assert paper_of(p(SAID, picture, picture)).unread == ("2 pictures were not read",)


def test_headers_and_footers_stand_in_the_text_alone_and_may_name_the_council() -> None:
    paper = paper_of(p("Visits rose to 71%."), header1=p("BURY COUNCIL"), footer1=p("Page 3"))
    assert words(paper) == ["Visits rose to 71%."]
    assert "BURY COUNCIL" in paper.pages[0].text
    assert paper.masthead.council == "Bury"


def test_what_fields_arrows_and_breaks_print() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 99</w:instrText></w:r>'
    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E9"/></w:r>'
    body = p("Visits rose", field, " to 71", "<w:r><w:noBreakHyphen/></w:r>", "75% ", arrow, ".")
    assert words(paper_of(body)) == ["Visits rose to 71-75% ↑."]


def test_lines_broken_within_a_paragraph_are_lines() -> None:
    line_break = "<w:r><w:br/></w:r>"
    body = p("Meeting date: 7 March 2023", line_break, "Report by: Jo Ash") + p(SAID)
    masthead = paper_of(body).masthead
    assert (str(masthead.meeting_date), masthead.author) == ("2023-03-07", "Jo Ash")


def test_a_strict_file_is_read_too() -> None:
    content = make_docx(p(SAID))
    strict = _changed(
        content,
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert words(read_paper("report.docx", strict)) == [SAID]


def test_no_entity_is_put_in_its_place() -> None:
    entity = b'<!DOCTYPE w [<!ENTITY who SYSTEM "file:///etc/hostname">]><w:document'
    content = _changed(_changed(make_docx(p("HERE")), b"<w:document", entity), b"HERE", b"&who;")
    with pytest.raises(UnreadableError, match="damaged"):
        read_paper("report.docx", content)


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_file, "_MOST_UNPACKED", 10_000)
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        paper_of(p(" " * 20_000) + p(SAID))


def test_a_table_that_nobody_could_have_laid_out_is_said_to_be_unread() -> None:
    paper = paper_of(table(tr(tc("a", '<w:gridSpan w:val="90000"/>'), "b"), tr("c", "d"), tr("e", "f")) + p(SAID))
    assert words(paper) == [SAID]
    assert "256 columns" in paper.unread[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and nothing more", "damaged"),
        (make_docx("")[:-40], "damaged"),
        (make_docx(p("")), "no words"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"old kind \(\.doc\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 Visits rose.}", "RTF"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\nVisits rose.", "MHTML"),
    ],
)
def test_what_is_no_word_file_that_can_be_read_is_refused_saying_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as refused:
        read_paper("report.docx", content)
    assert ";" in str(refused.value)


@pytest.mark.parametrize(
    ("holds", "said"), [("xl/workbook.xml", ".xlsx"), ("META-INF/manifest.xml", ".odt"), ("minutes.pdf", "unpack it")]
)
def test_other_zip_files_are_told_apart(holds: str, said: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(holds, "x")
    with pytest.raises(UnreadableError, match=said):
        read_paper("report.docx", out.getvalue())


def test_what_reads_word_files_is_loaded_for_them_alone() -> None:
    asked = "import sys, ingest.reading; print('lxml' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def _changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """The package with other words in its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            changed.writestr(name, package.read(name).replace(old, new))
    return out.getvalue()


def test_the_limit_is_for_all_parts_of_a_file_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_file, "_MOST_UNPACKED", 10_000)
    stuffed = _with_part(make_docx(p(SAID)), "word/header1.xml", b"<a>" + b" " * 6_000 + b"</a>")
    stuffed = _with_part(stuffed, "word/header2.xml", b"<a>" + b" " * 6_000 + b"</a>")
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        read_paper("report.docx", stuffed)


def test_a_zip_file_with_a_part_of_a_like_name_is_no_word_file() -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("word/documents/notes.xml", "<a/>")
    with pytest.raises(UnreadableError, match="zip file"):
        read_paper("report.docx", package.getvalue())


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    package = io.BytesIO(content)
    with zipfile.ZipFile(package, "a") as made:
        made.writestr(name, part)
    return package.getvalue()
