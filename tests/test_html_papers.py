"""Web pages into papers: what is content, encodings, lists, merged cells, and what is refused."""

from __future__ import annotations

import pytest

from ingest.reading import UnreadableError, read_paper
from schema.paper import Block, Paper, Table

SAID = "The panel is asked to note this."


def paper_of(body: str, head: str = "", name: str = "page.html") -> Paper:
    return read_paper(name, f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def blocks(paper: Paper) -> list[tuple[str, str | None, str]]:
    return [(b.kind.value, b.number, b.text) for b in paper.body if isinstance(b, Block)]


def words(paper: Paper) -> list[str]:
    return [b.text for b in paper.body if isinstance(b, Block)]


def only_table(paper: Paper) -> Table:
    (found,) = [part for part in paper.body if isinstance(part, Table)]
    return found


def grid(paper: Paper) -> list[list[str]]:
    return [[cell.text for cell in row] for row in only_table(paper).rows]


def test_white_space_of_the_file_is_no_part_of_the_words() -> None:
    paper = paper_of("<p>Visits\n   rose to&nbsp;<b>71%</b>\n of cases.</p><div>Reviews fell.</div>")
    assert words(paper) == ["Visits rose to 71% of cases.", "Reviews fell."]
    assert paper.pages[0].text == "Visits rose to 71% of cases.\n\nReviews fell."


@pytest.mark.parametrize(
    "page",
    [
        f'<nav><a href="/">Home</a></nav><main><h1>Fostering</h1><p>{SAID}</p></main><footer>Phone 01632 960417</footer>',
        f'<div id="mainMenu">You are here: Home</div><div id="content"><h1>Fostering</h1><p>{SAID}</p></div><div class="site-footer">1 High Street</div>',
        f'<ul><li><a href="/1">Bins</a></li><li><a href="/2">Roads</a></li><li><a href="/3">Schools</a></li><li><a href="/4">Jobs</a></li></ul><h1>Fostering</h1><p>{SAID}</p>',
        f'<table><tr><td><div class="navigation">Meetings of 2023</div></td><td><h1>Fostering</h1><p>{SAID}</p></td></tr></table>',
        f'<a href="#main">Skip to main content</a><div class="cookieBanner">We set 14 cookies</div><div role="main"><h1>Fostering</h1><p>{SAID}</p></div>',
        f'<h1>Fostering</h1><p>{SAID}</p><script>var a = "95%";</script><style>p {{ width: 95% }}</style><p style="display: none">95%</p><p hidden>95%</p><template>95%</template>',
        f'<form action="."><select><option>2022</option></select><input value="95%"><button>Search</button><h1>Fostering</h1><p>{SAID}</p></form>',
    ],
)
def test_only_the_content_of_a_page_is_read(page: str) -> None:
    assert words(paper_of(page)) == ["Fostering", SAID]


def test_what_is_named_like_navigation_and_holds_the_content_is_content() -> None:
    assert words(paper_of(f'<div class="content-and-sidebar"><h1>Fostering</h1><p>{SAID}</p></div>')) == [
        "Fostering",
        SAID,
    ]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("<html><meta charset=utf-8><p>Costs of £5m – so far.</p></html>".encode(), "utf-8"),
        ("<html><p>Costs of £5m – so far.</p></html>".encode(), "utf-8"),
        ("<html><meta charset='iso-8859-1'><p>Costs of £5m – so far.</p></html>".encode("cp1252"), "windows-1252"),
        ('<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>Costs of £5m – so far.</p></html>'.encode("cp1252"), "windows-1252"),
        ("<html><meta charset=utf-8><p>Costs of £5m – so far.</p></html>".encode("cp1252"), "windows-1252"),
        ("<html><p>Costs of £5m – so far.</p></html>".encode("utf-16"), "utf-16"),
        ("\ufeff<!-- saved from url=(0042)https://example.org/ -->\n<!DOCTYPE html><p>Costs of £5m – so far.".encode(), "utf-8"),
        ("<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html><p>Costs of £5m – so far.</p></html>".encode(), "utf-8"),
        ("<html><meta charset='base64'><p>Costs of £5m – so far.</p></html>".encode(), "utf-8"),
    ],
)  # fmt: skip
def test_encodings(content: bytes, encoding: str) -> None:
    paper = read_paper("page.htm", content)
    assert (words(paper), paper.encoding) == (["Costs of £5m – so far."], encoding)


def test_lists_keep_their_marks_and_their_depth() -> None:
    page = "<p>Two things:</p><ul><li>staff are few<ul><li>in the north</li></ul></li><li>cars are fewer</li></ul><ol start=3><li>Note it.</li><li>Thank them.</li></ol><ol type=a><li>first</li></ol>"
    paper = paper_of(page)
    assert [(b.kind.value, b.level, b.number) for b in paper.body if isinstance(b, Block)][1:] == [
        ("item", 1, None),
        ("item", 2, None),
        ("item", 1, None),
        ("paragraph", 1, "3"),
        ("paragraph", 1, "4"),
        ("item", 1, None),
    ]
    assert words(paper)[-1] == "first"


def test_merged_cells_reach_over_columns_and_rows() -> None:
    page = "<table><thead><tr><th rowspan=2>Measure<th colspan=2>2022/23<tr><th>Q1<th>Q2<tbody><tr><td>Visits<td>71%<td bgcolor='#FFC000'>74%</table>"
    found = only_table(paper_of(page))
    assert grid(paper_of(page)) == [["Measure", "2022/23", ""], ["", "Q1", "Q2"], ["Visits", "71%", "74%"]]
    assert (found.rows[0][0].rowspan, found.rows[0][1].colspan, found.header_rows, found.rows[2][2].fill) == (
        2,
        2,
        2,
        "#ffc000",
    )


def test_a_cell_that_says_it_reaches_below_the_table_ends_with_it() -> None:
    page = "<table><tr><td rowspan=0>Visits<td>71%<tr><td>74%</table>"
    assert grid(paper_of(page)) == [["Visits", "71%"], ["", "74%"]]
    assert only_table(paper_of(page)).rows[0][0].rowspan == 2


def test_paragraphs_and_icons_in_cells() -> None:
    page = '<table><tr><td><p>Visits</p><p>in time</p><td>71%<td><img src="g.png" alt="Green"><tr><td>Reviews<td>80%<td><img alt="Red"></table>'
    assert grid(paper_of(page)) == [["Visits\nin time", "71%", "Green"], ["Reviews", "80%", "Red"]]


def test_terms_with_their_values_are_a_table_that_a_masthead_is_read_from() -> None:
    page = f"<h1>Fostering in 2022/23</h1><dl><dt>Meeting date:</dt><dd>7 March 2023</dd><dt>Report by:</dt><dd>Jo Ash</dd></dl><p>{SAID}</p>"
    masthead = paper_of(page).masthead
    assert (str(masthead.meeting_date), masthead.author) == ("2023-03-07", "Jo Ash")


def test_lines_broken_by_the_page_are_lines() -> None:
    masthead = paper_of(f"<p>Meeting date: 7 March 2023<br>Report by: Jo Ash</p><p>{SAID}</p>").masthead
    assert (str(masthead.meeting_date), masthead.author) == ("2023-03-07", "Jo Ash")


def test_footnote_marks_deleted_words_and_pictures() -> None:
    paper = paper_of(
        '<p>We met 38<sup><a href="#n1">1</a></sup> <del>39</del> of 40 m<sup>2</sup>.</p><img src="chart.png" width="600">'
    )
    assert words(paper) == ["We met 38 of 40 m²."]
    assert paper.unread == (
        "1 picture was not read",
        "words struck out or marked as deleted were left out, in 1 place",
    )


def test_the_title_and_the_banner_may_name_the_council() -> None:
    paper = paper_of(f"<header>Bury Council</header><main><h1>Fostering</h1><p>{SAID}</p></main>")
    assert paper.masthead.council == "Bury"


def test_a_text_with_some_tags_in_it_is_text() -> None:
    assert read_paper("a.html", f"<p>Visits rose.</p>\n\n{SAID}\n".encode()).reader == "text"


def test_elements_within_each_other_lose_no_words() -> None:
    assert words(paper_of("<div>" * 1900 + "Visits rose to 71%." + "</div>" * 1900)) == ["Visits rose to 71%."]
    with pytest.raises(UnreadableError, match="too deeply"):
        paper_of("<p>Visits rose.</p>" + "<div>" * 5000 + "Visits fell.")


@pytest.mark.parametrize(("name", "said"), [("report.pdf", "not a PDF"), ("report.docx", "not a Word file")])
def test_a_page_that_came_in_place_of_a_file_is_refused(name: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as refused:
        paper_of("<p>Please sign in to read this.</p>", name=name)
    assert "web page" in str(refused.value)


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no words of its own"):
        paper_of("<script>load()</script>")


def test_a_table_that_sets_numbers_beside_paragraphs_is_paragraphs() -> None:
    page = """<table>
    <tr><td><p>41.</p></td><td><p>Fostering update</p><div><p>The Panel heard that 71% of carers had been seen in May.</p><p>It thanked them.</p></div></td></tr>
    <tr><td><p>42</p></td><td><p>Members asked for the number of carers who had left in the year, and why.</p></td></tr>
    <tr><td></td><td><p>The director will write to them before the next meeting, which is in July.</p></td></tr></table>"""
    assert blocks(paper_of(page)) == [
        ("heading", "41", "Fostering update"),
        ("paragraph", None, "The Panel heard that 71% of carers had been seen in May."),
        ("paragraph", None, "It thanked them."),
        ("paragraph", "42", "Members asked for the number of carers who had left in the year, and why."),
        ("paragraph", None, "The director will write to them before the next meeting, which is in July."),
    ]


def test_a_table_of_numbered_measures_is_a_table() -> None:
    assert grid(paper_of("<table><tr><td>1<td>71%<tr><td>2<td>80%</table>")) == [["1", "71%"], ["2", "80%"]]
