"""Tables of PDF pages: ruled, open at the sides, with level rules only, banded, unruled; and what is no table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf_characters import PageObjects, Word
from ingest.pdf_shapes import Rect, Rule
from ingest.pdf_tables import FoundTable, find_tables

SIZE = 8.0  # of the letters; each is half as wide
Placed = tuple[float, float, str]
Line = tuple[float, float, float, float]


def page(texts: Iterable[Placed], rules: Iterable[Line] = (), rects: Iterable[Rect] = ()) -> PageObjects:
    """A page with texts, each from its upper left corner, and with rules."""
    words: list[Word] = []
    at = 0
    for x, y, text in texts:
        for part in text.split(" "):
            wide = len(part) * SIZE / 2
            if part:
                words.append(Word(part, x, y, x + wide, y + SIZE * 1.15, at, at + len(part), True))
                at += len(part)
            x += wide + SIZE / 4
    lines = [Rule(*line, 0.5) for line in rules]
    return PageObjects(1, 595.0, 842.0, words, lines=lines, rects=list(rects))


def table(rows: Sequence[Sequence[str]], xs: Sequence[float], top: float = 100.0, pitch: float = 14.0) -> list[Placed]:
    """Rows of texts in columns, without rules."""
    return [
        (x + 3, top + i * pitch + 2, text)
        for i, row in enumerate(rows)
        for x, text in zip(xs, row, strict=False)
        if text
    ]


def level(ys: Iterable[float], x0: float, x1: float) -> list[Line]:
    return [(x0, y, x1, y) for y in ys]


def upright(xs: Iterable[float], top: float, bottom: float) -> list[Line]:
    return [(x, top, x, bottom) for x in xs]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Line]:
    return [*level(ys, xs[0], xs[-1]), *upright(xs, ys[0], ys[-1])]


def read(objects: PageObjects) -> list[list[list[str]] | str]:
    """Each table as its rows of texts, or why it was refused."""
    return [found.refused or texts(found) for found in find_tables(objects)]


def texts(found: FoundTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


XS = [50.0, 200.0, 250.0, 300.0]
YS = [100.0, 114.0, 128.0, 142.0]
ROWS = [["Measure", "Q1", "Q2"], ["Plans in date", "81.0%", "84.5%"], ["Audits done", "12", "-"]]


def test_full_ruling() -> None:
    assert read(page(table(ROWS, XS), grid(XS, YS))) == [ROWS]


def test_thin_rectangles_are_rules() -> None:
    rects = [Rect(x0, top - 0.2, x1 + 0.4, bottom + 0.2, "#000000", False) for x0, top, x1, bottom in grid(XS, YS)]
    assert read(page(table(ROWS, XS), (), rects)) == [ROWS]


def test_dashed_rules_are_rules() -> None:
    dashes = [(x, y, min(x + 4, 300.0), y) for y in YS for x in range(50, 300, 6)]
    assert read(page(table(ROWS, XS), [*dashes, *upright(XS, 100, 142)])) == [ROWS]


def test_open_sides() -> None:
    rules = [*level(YS, 50, 300), *upright(XS[1:3], 100, 142)]
    assert read(page(table(ROWS, XS), rules)) == [ROWS]


def test_level_rules_only() -> None:
    assert read(page(table(ROWS, XS), level(YS, 50, 300))) == [ROWS]


def test_a_rule_under_the_heads_only() -> None:
    assert read(page(table([*ROWS, ["Visits", "7", "9"]], XS), level([114], 50, 300))) == [
        [*ROWS, ["Visits", "7", "9"]]
    ]


def test_no_rules() -> None:
    assert read(page(table([*ROWS, ["Visits", "7", "9"]], XS))) == [[*ROWS, ["Visits", "7", "9"]]]


def test_bands_of_colour() -> None:
    bands = [Rect(50, 100, 300, 114, "#dddddd", False), Rect(50, 128, 300, 142, "#dddddd", False)]
    rows = [*ROWS, ["Visits", "7", "9"]]
    assert read(page(table(rows, XS), (), bands)) == [rows]


def test_cells_of_colour_without_rules() -> None:
    rows = [["Plan", "Green"], ["Visits", "Amber"], ["Audits", "Red"]]
    cells = [Rect(x, y, x + 99, y + 13, "#00ff00", False) for x in (50, 150) for y in (100, 114, 128)]
    assert read(page(table(rows, [50, 150]), (), cells)) == [rows]


def test_a_table_across_half_the_page_beside_another() -> None:
    right = [["Age", "Count"], ["0-4", "12"], ["5-9", "15"]]
    left = [["Ward", "No."], ["Northfield", "31"], ["Southfield", "28"]]
    rules = [*grid([50, 150, 200], YS), *grid([320, 420, 470], YS)]
    assert read(page([*table(left, [50, 150]), *table(right, [320, 420])], rules)) == [left, right]


def test_a_sentence_parts_two_tables() -> None:
    lower = [y + 80 for y in YS]
    said = (50.0, 155.0, "Of these, 12.5% were looked at again in 2018.")
    objects = page([*table(ROWS, XS), said, *table(ROWS, XS, top=180)], [*grid(XS, YS), *grid(XS, lower)])
    assert read(objects) == [ROWS, ROWS]


def test_merged_heads_and_the_corner_below_them() -> None:
    rows = [["Measure", "2017/18", ""], ["", "Num", "Den"], ["Plans in date", "81", "90"]]
    rules = [*level(YS, 50, 300), *upright([50, 200, 300], 100, 142), *upright([250], 114, 142)]
    found = find_tables(page(table(rows, XS), rules))
    assert ([texts(f) for f in found], found[0].rows[0][1].colspan, found[0].rows[0][2].covered) == ([rows], 2, True)


def test_a_cell_over_two_rows() -> None:
    rules = [*level([100, 128, 142], 50, 300), *level([114], 200, 300), *upright(XS, 100, 142)]
    found = find_tables(page(table([["Plans", "1", "2"], ["", "3", "4"], ["Audits", "5", "6"]], XS), rules))
    assert (texts(found[0])[1], found[0].rows[0][0].rowspan) == (["", "3", "4"], 2)


def test_an_open_first_corner() -> None:
    rules = [*level([100], 200, 300), *level(YS[1:], 50, 300), *upright(XS[1:], 100, 142), *upright([50], 114, 142)]
    rows = [["", "Q1", "Q2"], *ROWS[1:]]
    assert read(page(table(rows, XS), rules)) == [rows]


def test_rules_a_little_aside_from_those_of_the_heads_make_no_column() -> None:
    rules = [
        *level(YS, 50, 300),
        *upright([50, 200, 300], 100, 142),
        *upright([246], 100, 114),
        *upright([255], 114, 142),
    ]
    rows = [["Measure", "Q1", ""], ["Plans in date", "81.0%", ""], ["Audits done", "12", ""]]
    assert read(page([*table(rows, XS), (260, 102, "Q2"), (260, 116, "84.5%"), (260, 130, "-")], rules)) == [ROWS]


def test_text_wrapped_in_a_cell_and_a_word_parted_at_its_hyphen() -> None:
    label = [(53.0, 116.0, "Plans in date at"), (53.0, 125.0, "the re-"), (53.0, 134.0, "view")]
    rest = [(53.0, 102.0, "Measure"), (203.0, 102.0, "Q1"), (203.0, 116.0, "81.0%")]
    assert read(page([*label, *rest], grid([50, 200, 250], [100, 114, 146]))) == [
        [["Measure", "Q1"], ["Plans in date at the re-view", "81.0%"]]
    ]


def test_colours_of_cells() -> None:
    rects = [Rect(200, 114, 250, 128, "#00b050", False), Rect(250, 114, 300, 128, "#ffffff", False)]
    found = find_tables(page(table(ROWS, XS), grid(XS, YS), rects))
    assert [cell.fill for cell in found[0].rows[1]] == [None, "#00b050", None]


def test_where_a_cell_stands() -> None:
    found = find_tables(page(table(ROWS, XS), grid(XS, YS)))[0]
    assert (found.bbox, found.rows[1][2].bbox, found.rows[1][2].words[0].text) == (
        (50, 100, 300, 142),
        (250, 114, 300, 128),
        "84.5%",
    )


def test_a_table_inside_a_cell() -> None:
    outer = grid([50, 200, 500], [100, 114, 200])
    inner = [["Site", "Staff"], ["North", "4"], ["South", "6"]]
    words = [*table([["Asked", "Answer"], ["How many?", "As follows:"]], [50, 200]), *table(inner, [220, 300], top=140)]
    found = read(page(words, [*outer, *grid([220, 300, 350], [140, 154, 168, 182])]))
    assert found == [[["Asked", "Answer"], ["How many?", "As follows:"]], inner]


def test_a_table_inside_a_cell_that_runs_to_its_border() -> None:
    inner = [["Site", "Staff"], ["North", "4"]]
    rules = [*grid([50, 200, 500], [100, 114, 168]), *level([140, 154], 220, 350), *upright([220, 300, 350], 140, 168)]
    words = [*table([["Asked", "Answer"], ["How many?", "As follows:"]], [50, 200]), *table(inner, [220, 300], top=140)]
    assert read(page(words, rules)) == [[["Asked", "Answer"], ["How many?", "As follows:"]], inner]


def test_rows_between_uprights_only() -> None:
    body = [
        ["Plans in date", "81.0%", "84.5%"],
        ["Audits done", "12", "-"],
        ["Visits made on", "7", "9"],
        ["time", "", ""],
        ["Foster homes", "3", "4"],
    ]
    words = [*table(ROWS[:1], XS), *table(body[:3], XS, top=114), (53, 153, "time"), *table(body[4:], XS, top=165)]
    rows = [ROWS[0], *body[:2], ["Visits made on time", "7", "9"], body[4]]
    assert read(page(words, grid(XS, [100, 114, 182]))) == [rows]


def test_two_values_in_one_cell_are_one_row() -> None:
    words = [
        *table(ROWS[:1], XS),
        (53, 116, "Plans"),
        (203, 116, "81"),
        (203, 126, "90"),
        (253, 116, "84"),
        (253, 126, "95"),
    ]
    assert read(page(words, grid(XS, [100, 114, 140]))) == [[ROWS[0], ["Plans", "81 90", "84 95"]]]


def wrapped(value_line: int, xs: Sequence[float] = XS) -> list[Placed]:
    """Three rows without rules, the second over two lines; its values stand on one of them."""
    label = ["Plans that were", "Reviewed on time"]
    return [
        *table([ROWS[0], ["Audits done", "12", "14"]], xs),
        *((xs[0] + 3, 130.0 + 9 * i, text) for i, text in enumerate(label)),
        *((x + 3, 130.0 + 9 * value_line, text) for x, text in zip(xs[1:], ["81", "84"], strict=False)),
        *table([["Visits", "7", "9"], ["Homes", "3", "5"]], xs, top=151),
    ]


@pytest.mark.parametrize("value_line", [0, 1])
def test_text_set_close_is_one_row_wherever_the_values_stand(value_line: int) -> None:
    rows = [
        ROWS[0],
        ["Audits done", "12", "14"],
        ["Plans that were Reviewed on time", "81", "84"],
        ["Visits", "7", "9"],
        ["Homes", "3", "5"],
    ]
    assert read(page(wrapped(value_line))) == [rows]


def test_values_halfway_down_a_cell() -> None:
    words = [(x, 134.5 if text in ("81", "84") else y, text) for x, y, text in wrapped(0)]
    assert texts(find_tables(page(words))[0])[2] == ["Plans that were Reviewed on time", "81", "84"]


def test_text_of_the_first_row_above_its_values() -> None:
    words = [
        *table(ROWS[:1], XS),
        (53, 116, "Plans that were"),
        (53, 125, "reviewed"),
        (203, 125, "81"),
        (253, 125, "84"),
        *table([["Visits", "7", "9"], ["Homes", "3", "5"]], XS, top=137),
    ]
    assert read(page(words)) == [
        [ROWS[0], ["Plans that were reviewed", "81", "84"], ["Visits", "7", "9"], ["Homes", "3", "5"]]
    ]


def test_the_last_row_goes_on_and_the_note_below_does_not() -> None:
    words = [*wrapped(0), (53, 188, "agreed by both"), (53, 205, "Note: figures for the last month are early ones")]
    words = [(x, 179.0 if text in ("Homes", "3", "5") else y, text) for x, y, text in words]
    assert texts(find_tables(page(words))[0])[-1] == ["Homes agreed by both", "3", "5"]


def test_a_heading_between_rows_is_a_row() -> None:
    rows = [
        ROWS[0],
        ["Plans", "81", "84"],
        ["Audits", "12", "14"],
        ["Workforce", "", ""],
        ["Visits", "7", "9"],
        ["Homes", "3", "5"],
    ]
    assert read(page(table(rows, XS))) == [rows]


def test_heads_centred_over_several_columns() -> None:
    xs = [50.0, 200.0, 240.0, 280.0, 320.0]
    rows = [
        ["Measure", "Num", "Den", "Num", "Den"],
        ["Plans", "81", "90", "84", "95"],
        ["Audits", "12", "14", "13", "15"],
        ["Visits", "70", "99", "10", "12"],
    ]
    found = find_tables(page([*table(rows, xs), (213, 90, "2017/18"), (293, 90, "2018/19")]))[0]
    assert (texts(found)[0], found.rows[0][1].colspan) == (["", "2017/18", "", "2018/19", ""], 2)


def test_heads_over_two_lines() -> None:
    words = [
        *table([["Measure", "2016", "year"], ["Plans", "81", "84"], ["Audits", "12", "14"], ["Visits", "7", "9"]], XS),
        (253, 93, "Since last"),
    ]
    assert texts(find_tables(page(words))[0])[0] == ["Measure", "2016", "Since last year"]


def test_columns_of_values_set_close() -> None:
    rows = [
        ["Plans", "1,181", "1,284", "1,377"],
        ["Audits", "1,112", "1,114", "1,116"],
        ["Visits", "1,707", "1,909", "2,010"],
    ]
    assert read(page(table(rows, [50, 200, 222, 244]))) == [rows]


def test_values_missing_from_many_rows() -> None:
    rows = [["Plans", "81", "", ""], ["Audits", "", "14", ""], ["Visits", "7", "", "11"], ["Homes", "", "5", "6"]]
    assert read(page(table(rows, [50, 200, 250, 300]))) == [rows]


def test_text_whose_rows_are_ruled() -> None:
    rows = [
        ["Savings", "What the service will no longer buy from others"],
        ["Growth", "More children will need a place of their own"],
        ["Pay", "An award as agreed with the unions in the spring"],
    ]
    assert read(page(table(rows, [50, 130]), level([100, 114, 128, 142], 50, 400))) == [rows]


PROSE = (
    "The board was told that 45% of plans had been seen by a manager and that 12 of them would be seen again before May"
)


@pytest.mark.parametrize(
    "lines",
    [
        [(50, 100 + 12 * i, PROSE) for i in range(8)],
        [(50, 100 + 12 * i, f"4.{i}") for i in range(6)] + [(90, 100 + 12 * i, PROSE) for i in range(6)],
        [(50, 100 + 12 * i, "£12.5m") for i in range(6)] + [(120, 100 + 12 * i, PROSE) for i in range(6)],
        [(50, 100 + 14 * i, t) for i, t in enumerate(("Summary", "Background", "Workforce", "Finance"))]
        + [(400, 100 + 14 * i, t) for i, t in enumerate("2479")],
        [(50, 100 + 14 * i, "Chapter ................ ") for i in range(4)]
        + [(400, 100 + 14 * i, str(i)) for i in (9, 2, 3, 4)],
        [(x, 100 + 12 * i, "Words set in two columns as in a leaflet") for i in range(9) for x in (50, 320)],
        [
            (x, 100 + 12 * i, t)
            for x in (50, 150, 250)
            for i, t in enumerate(("9.6% of", "3.4 per", "100 births", "in 12 wards"))
        ],
        [
            (50, 100, "Classification:"),
            (200, 100, "Open"),
            (50, 114, "Report of:"),
            (200, 114, "Head of Service"),
            (50, 128, "Wards:"),
            (200, 128, "All"),
        ],
        [(50, 100 + 14 * i, f"Office {i} 0345 416 {i}21") for i in range(5)],
    ],
    ids=[
        "prose",
        "numbered",
        "amounts first",
        "contents",
        "leaders",
        "two columns",
        "figures in words",
        "front sheet",
        "telephones",
    ],
)
def test_no_table(lines: list[Placed]) -> None:
    assert read(page(lines)) == []


def test_prose_between_rules_is_no_table() -> None:
    assert read(page([(50, 104 + 12 * i, PROSE) for i in range(8)], level([100, 126, 150, 174, 204], 50, 500))) == []


def test_boxes_below_each_other_are_no_table() -> None:
    assert read(page([(55, 102, "A reminder"), (55, 116, PROSE)], grid([50, 500], [100, 114, 128]))) == []


def test_the_gridlines_of_a_chart_are_no_table() -> None:
    axis = [(30.0, 96.0 + 20 * i, str(90 - 10 * i)) for i in range(5)]
    assert read(page(axis, [*level([100, 120, 140, 160, 180], 50, 300), *upright([50, 100, 150, 300], 100, 180)])) == []


def test_marked_words_in_prose_are_no_table() -> None:
    marks = [Rect(x, 100 + 12 * i, x + 60, 110 + 12 * i, "#ffff00", False) for i in range(4) for x in (50, 200)]
    assert read(page([(50, 100 + 12 * i, PROSE) for i in range(4)], (), marks)) == []


def test_rules_that_make_no_cells_are_refused() -> None:
    rules = [
        *level([100, 142], 50, 300),
        *level([114], 50, 200),
        *level([128], 200, 300),
        *upright([50, 300], 100, 142),
        *upright([200], 100, 128),
        *upright([250], 114, 142),
    ]
    assert read(page(table(ROWS, XS), rules)) == ["its rules do not part it into cells"]


def test_text_across_the_rules_is_refused() -> None:
    words: list[Placed] = [(180.0, y + 2, "Safeguarding-arrangements") for y in YS[:3]] + [
        (53.0, y + 2, "Plan") for y in YS[:3]
    ]
    assert read(page(words, grid(XS, YS))) == ["text runs across its rules"]


def test_columns_that_run_together_are_refused() -> None:
    rows = [(50, 100 + 14 * i, "Plans") for i in range(5)] + [
        (200 + 11 * i, 100 + 14 * i, "1,181 1,284 1,377 99") for i in range(5)
    ]
    assert read(page([*rows, *((400, 100 + 14 * i, "12") for i in range(5))])) == ["its text does not stand in columns"]


WORDS = st.sampled_from(["Plans", "12", "84.5%", "of the", "-", "£1.2m", "2017/18", "R", "a longer label that goes on"])
SPOTS = st.tuples(st.floats(0, 500), st.integers(5, 60).map(lambda n: n * 12.0), WORDS)
RULES = st.tuples(st.floats(0, 580), st.floats(0, 800), st.floats(0, 300), st.booleans()).map(
    lambda r: (r[0], r[1], r[0] + r[2], r[1]) if r[3] else (r[0], r[1], r[0], r[1] + r[2])
)


@given(st.lists(SPOTS, max_size=60), st.lists(RULES, max_size=12))
def test_every_word_stands_in_one_cell_at_most(spots: list[Placed], rules: list[Line]) -> None:
    objects = page(spots, rules)
    found = [word.start for t in find_tables(objects) for row in t.rows for cell in row for word in cell.words]
    assert len(found) == len(set(found)) <= len(objects.words)


@given(st.lists(SPOTS, max_size=60), st.lists(RULES, max_size=12))
def test_the_rows_of_a_table_are_as_long_as_each_other(spots: list[Placed], rules: list[Line]) -> None:
    assert all(len({len(row) for row in t.rows}) == (0 if t.refused else 1) for t in find_tables(page(spots, rules)))
