"""Text files into papers: encodings, paragraphs and their numbers, headings, lists, tags, page breaks, tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.marks import unmark
from ingest.reading import UnreadableError, read_paper
from schema.evidence import cut_reading, join_readings, read_span
from schema.paper import Block, BlockKind, Table
from tests.paper_text import paper_of


def blocks(text: str) -> list[Block]:
    return [part for part in paper_of(text).body if isinstance(part, Block)]


def tables(text: str) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in part.rows] for part in paper_of(text).body if isinstance(part, Table)
    ]


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ("Costs rose to £5m.".encode(), "utf-8", "Costs rose to £5m."),
        (b"\xef\xbb\xbfCosts rose to \xc2\xa35m.", "utf-8", "Costs rose to £5m."),
        (
            b"Costs rose to \xa35m \x96 the Council\x92s share.",
            "windows-1252",
            "Costs rose to £5m – the Council’s share.",
        ),
        ("Costs rose to £5m.".encode("utf-16"), "utf-16", "Costs rose to £5m."),
    ],
)
def test_encodings(content: bytes, encoding: str, text: str) -> None:
    paper = read_paper("a.txt", content)
    assert (paper.encoding, paper.pages[0].text) == (encoding, text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04\x14\x00", "Word, Excel or zip"),
        (b"\x00\x01\x02\x03binary", "binary"),
        (b"\x81\x8d\x8f\x90\x9d not any text", "encoding"),
        (b"\xef\xbb\xbf \n", "only white space"),
    ],
)
def test_what_no_reader_claims_is_refused_saying_what_it_is_and_what_to_try(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as refused:
        read_paper("minutes.txt", content)
    assert ";" in str(refused.value)


def test_paragraphs_keep_the_number_that_the_paper_gives_them() -> None:
    text = "3 PROGRESS\n\n- 3.1 The first paragraph says little.\n- 3.2. The second says more.\n\nIt goes on without a number.\n\n4. FINANCE\n\nNothing to pay.\n"
    assert [(b.kind.value, b.number, b.paragraph) for b in blocks(text)] == [
        ("heading", "3", None),
        ("paragraph", "3.1", "3.1"),
        ("paragraph", "3.2", "3.2"),
        ("paragraph", None, "3.2"),
        ("heading", "4", None),
        ("paragraph", None, None),
    ]


def test_whole_numbers_are_paragraphs_where_the_paper_numbers_so_and_list_items_where_it_does_not() -> None:
    whole = "Key points\n\n12. Members asked for a further report on placements.\n\n13. Members thanked the officers."
    decimal = "2.1 The Panel is asked to:\n\n1. Note the report on placements.\n2. Ask for another."
    assert [b.paragraph for b in blocks(whole)][1:] == ["12", "13"]
    assert [(b.kind, b.paragraph) for b in blocks(decimal)][1:] == [(BlockKind.ITEM, "2.1"), (BlockKind.ITEM, "2.1")]


def test_list_items_with_bullets_letters_and_depth() -> None:
    text = "1.1 The plan has:\n - aims;\n - o sub-aims;\n(a) measures; and\n• money.\n"
    assert [(b.text, b.level) for b in blocks(text) if b.kind is BlockKind.ITEM] == [
        ("aims;", 1),
        ("sub-aims;", 2),
        ("measures; and", 1),
        ("money.", 1),
    ]


def test_a_paragraph_broken_over_pages_is_whole_again_and_points_to_both_parts() -> None:
    (block,) = blocks("1.1 Work with families who go\n\nPage 4\n\nmissing has begun in 12 schools.")
    assert block.text == "Work with families who go missing has begun in 12 schools."
    place = block.reading.locate(block.text.index("12"), block.text.index("12") + 2)
    assert (
        "1.1 Work with families who go\n\nPage 4\n\nmissing has begun in 12 schools."[place.start : place.end] == "12"
    )


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    line = "The service has continued to work with partners in every part of the"
    text = "\n".join(
        [line, "borough and the number of families helped rose again in the last quarter", "of the year."]
        + [""]
        + [line, line, line] * 5
    )
    assert blocks(text)[0].text.endswith("in the last quarter of the year.")


def test_headings_are_what_stands_over_a_block() -> None:
    text = "2. WORKFORCE\n\nSickness\n\nAbsence has fallen since the spring.\n\n3. FINANCE\n\nCosts are level with last year's.\n"
    assert [b.headings for b in blocks(text) if b.kind is BlockKind.PARAGRAPH] == [
        ("WORKFORCE", "Sickness"),
        ("FINANCE",),
    ]


def test_tags_and_emphasis_are_left_out_and_withheld_values_are_not() -> None:
    source = "<p>A **bold** and <i>slanted</i> word.</p> <ul> • First • Second </ul> * n/a"
    assert unmark(source, 0, len(source)).text == "A bold and slanted word.\nFirst\nSecond\n* n/a"


def test_tables_of_tabs_with_ragged_rows_are_padded() -> None:
    assert tables("Title first.\n\nA\tB\tC\n1\t2\n3\t4\t5\n\nAfter.") == [
        [["A", "B", "C"], ["1", "2", ""], ["3", "4", "5"]]
    ]


def test_a_row_split_over_a_page_is_whole_again() -> None:
    text = "Action\tNote\nHire\tWe have advertised the\n\nPage 3\n\nAction\tNote\n\tposts twice.\nTrain\tDone.\n"
    assert tables(text) == [[["Action", "Note"], ["Hire", "We have advertised the posts twice."], ["Train", "Done."]]]


def test_a_new_row_under_a_repeated_header_stays_a_row_of_its_own() -> None:
    text = "Theme\tStep\tDue\nOne\tFirst\tMay\n\nTheme\tStep\tDue\n\tSecond\tJune\n"
    assert tables(text) == [[["Theme", "Step", "Due"], ["One", "First", "May"], ["", "Second", "June"]]]


MARKED = st.lists(
    st.sampled_from(
        ["word", "12%", "<p>", "</p>", "**", "*", "• ", " ", "\n", "<ul type='a'>", "_", "__", "£5m", "<12"]
    ),
    max_size=30,
).map("".join)


@given(MARKED)
def test_every_character_of_a_reading_is_the_source_s_or_supplied_white_space(source: str) -> None:
    reading = unmark(source, 0, len(source))
    covered = set()
    for piece in reading.pieces:
        assert reading.text[piece.at : piece.at + piece.length] == source[piece.start : piece.start + piece.length]
        covered |= set(range(piece.at, piece.at + piece.length))
    assert all(reading.text[i].isspace() for i in range(len(reading.text)) if i not in covered)


@given(st.lists(st.text(alphabet="ab 1", min_size=1, max_size=8), min_size=1, max_size=5), st.data())
def test_a_joined_reading_finds_its_way_back(parts: list[str], data: st.DataObject) -> None:
    source = "|".join(parts)
    starts = [source.index(p, sum(len(q) + 1 for q in parts[:i])) for i, p in enumerate(parts)]
    joined = join_readings(read_span(source, s, s + len(p)) for s, p in zip(starts, parts, strict=True))
    at = data.draw(st.integers(0, len(joined.text) - 1))
    if any(p.at <= at < p.at + p.length for p in joined.pieces):
        place = joined.locate(at, at + 1)
        assert source[place.start : place.end] == joined.text[at]
    assert cut_reading(joined, 0, len(joined.text)) == joined


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        paper = read_paper("any.txt", text.encode("utf-8", "surrogatepass"))
    except UnreadableError:
        return
    assert paper.reports
    assert all(part.report < len(paper.reports) for part in paper.body)
