"""Cards: boxes each of which is one indicator, with label and value in one cell, as councils print them."""

from __future__ import annotations

from extractors.pipeline import extract
from ingest.reading import read_paper
from schema.records import Extraction, Figure
from tests.pdf_maker import PdfPage, make_pdf

HEAD = "Westhaven Borough Council\n\nChildren's Services Performance Report\n\nQuarter 2 2023/24\n\n"


def read_text(*rows: str) -> Extraction:
    """The records of a report whose table has the given rows, their cells parted by `|`."""
    table = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)
    return extract(read_paper("paper.txt", f"{HEAD}{table}\n".encode()))


def read_pages(*pages: PdfPage) -> Extraction:
    return extract(read_paper("paper.pdf", make_pdf(*pages)))


def brief(figure: Figure) -> str:
    """A figure on one line: what is printed, what it is, and the measure it is of."""
    parts = (figure.evidence.text, figure.role, figure.breakdown, figure.rag, figure.direction)
    whose = "" if figure.organisation == figure.council else f"of {figure.organisation}"
    return " ".join(str(p) for p in (*parts, whose) if p) + f" | {figure.metric_text}"


def briefs(records: Extraction) -> list[str]:
    return [brief(f) for f in records.figures]


def test_every_label_keeps_the_value_beside_it_in_any_order() -> None:
    records = read_text(
        "Repeat referrals within a year | | | Red",
        "Target 20% , Tolerance 24% | Last quarter: 25% (Amber) | England: 21.5% | Actual 26%",
    )
    assert sorted(briefs(records)) == [
        "20% target | Repeat referrals within a year",
        "21.5% benchmark of England | Repeat referrals within a year",
        "24% target tolerance | Repeat referrals within a year",
        "25% actual amber | Repeat referrals within a year",
        "26% actual red | Repeat referrals within a year",
    ]


def test_the_latest_value_is_of_the_report_s_quarter_and_the_previous_of_the_one_before() -> None:
    figures = read_text("Foster carers approved | |", "Current:31 | Goal: 40 | Previous: 28").figures
    assert [(f.evidence.text, str(f.period)) for f in figures] == [
        ("31", "Q2 2023/24"),
        ("40", "None"),
        ("28", "Q1 2023/24"),
    ]


def test_a_title_says_over_how_long_its_value_is_counted() -> None:
    latest, _ = read_text("Children fostered – rolling 12 months |", "Latest: 31 | Target: 40").figures
    assert (latest.basis, str(latest.period)) == ("rolling_year", "12 months to September 2023")


def test_two_cards_side_by_side_each_have_their_own_title() -> None:
    records = read_text(
        "Agency social workers | | Green | Foster carers approved | | Red",
        "Outturn: 14.2% | Threshold: 15% | Prior year: 17.9% | Outturn: 31 | Threshold: 40 | Prior year: 28",
    )
    assert briefs(records) == [
        "14.2% actual green | Agency social workers",
        "15% target | Agency social workers",
        "17.9% actual | Agency social workers",
        "31 actual red | Foster carers approved",
        "40 target | Foster carers approved",
        "28 actual | Foster carers approved",
    ]


def test_a_card_in_one_cell() -> None:
    records = read_text(
        "Children in our care Current: 412 Target: 400 RAG: Amber | 61% of care leavers in work Target 65% Previous 58%"
    )
    assert briefs(records) == [
        "412 actual amber | Children in our care",
        "400 target | Children in our care",
        "61% actual | of care leavers in work",
        "65% target | of care leavers in work",
        "58% actual | of care leavers in work",
    ]


def test_titles_at_the_side_quarters_as_labels_and_what_is_good() -> None:
    records = read_text(
        "Assessments on time | Q2: 88% | Q1: 85% | Target: 90% | Amber",
        "Repeat plans | Q2: 24% | Q1: 22% | Target: 20% | Red",
    )
    assert [(f.evidence.text, str(f.period), f.rag) for f in records.figures if f.role == "actual"] == [
        ("88%", "Q2 2023/24", "amber"),
        ("85%", "Q1 2023/24", None),
        ("24%", "Q2 2023/24", "red"),
        ("22%", "Q1 2023/24", None),
    ]
    low = read_text("Repeat plans ↑ |", "Actual: 24% | Target: 20%", "Good is: Low | Previous: 22%").figures
    assert [(f.evidence.text, f.direction, f.target_direction) for f in low] == [
        ("24%", "up", None),
        ("20%", None, "at_most"),
        ("22%", None, None),
    ]


def test_labels_over_their_values_and_beside_them() -> None:
    expected = [
        "68% actual | Placement stability",
        "70% target | Placement stability",
        "66% actual | Placement stability",
    ]
    assert briefs(read_text("Placement stability | |", "Latest | Target | Previous", "68% | 70% | 66%")) == expected
    below = ("Placement stability |", "Latest | 68%", "Target | 70%", "Previous | 66%")
    assert briefs(read_text(*below)) == expected


def test_a_number_without_a_label_is_the_card_s_own() -> None:
    records = read_text("Persistent absence | | Days lost |", "19.2% | Target: 17% | 412 | Target: 380")
    assert briefs(records) == [
        "19.2% actual | Persistent absence",
        "17% target | Persistent absence",
        "412 actual | Days lost",
        "380 target | Days lost",
    ]


def test_a_label_that_stands_twice_in_a_card_is_refused() -> None:
    records = read_text("Visits on time |", "Latest: 34% | Latest: 36%", "Target: 40% | Previous: 30%")
    assert (briefs(records), {r.reason for r in records.refusals}) == ([], {"value without a measure"})


def test_values_without_a_title_are_refused() -> None:
    records = read_text("Latest: 34% | Target: 40%")
    assert (briefs(records), [r.evidence.text for r in records.refusals]) == ([], ["Latest: 34%", "Target: 40%"])


def test_a_table_with_headings_is_no_card() -> None:
    records = read_text(
        "Indicator | Latest | Target", "Visits on time | 91% | Target: 95%", "Reviews on time | 92% | 95%"
    )
    assert briefs(records)[0] == "91% actual | Visits on time"


def kpi_box(
    page: PdfPage, top: float, title: str, cells: tuple[str, str, str], rgb: tuple[float, float, float]
) -> None:
    """A box with a grey title, a cell of colour, a chart's place, and three cells whose rules stand aside of the title's."""
    page.fill(60, top, 480, top + 26, (0.85, 0.85, 0.85)).fill(480, top, 536, top + 26, rgb)
    for y in (top, top + 26, top + 90, top + 108):
        page.rule(60, y, 536, y)
    for x in (60, 536):
        page.rule(x, top, x, top + 108)
    page.rule(480, top, 480, top + 26)
    for x in (218, 376):
        page.rule(x, top + 90, x, top + 108)
    page.text(66, top + 16, title)
    for x, cell in zip((100, 240, 400), cells, strict=True):
        page.text(x, top + 103, cell)


def test_ruled_boxes_whose_colour_is_their_rating() -> None:
    page = PdfPage().text(60, 60, "Westhaven Borough Council", size=16).text(60, 90, "Performance report")
    kpi_box(
        page,
        120,
        "Visits to children made on time",
        ("Latest: 91%", "Target: 95%, Floor 90%", "Previous: 93%"),
        (1, 0.75, 0),
    )
    kpi_box(
        page,
        260,
        "Children with an up-to-date plan",
        ("Latest:88%", "Target:85% Floor: 80%", "Previous 84% (Red)"),
        (0, 0.8, 0.2),
    )
    assert briefs(read_pages(page)) == [
        "91% actual amber | Visits to children made on time",
        "95% target | Visits to children made on time",
        "90% target floor | Visits to children made on time",
        "93% actual | Visits to children made on time",
        "88% actual green | Children with an up-to-date plan",
        "85% target | Children with an up-to-date plan",
        "80% target floor | Children with an up-to-date plan",
        "84% actual red | Children with an up-to-date plan",
    ]


def test_a_box_over_a_page_break_keeps_its_title() -> None:
    first = PdfPage().text(60, 60, "Westhaven Borough Council", size=16)
    first.grid((60, 480, 536), (700, 726)).text(66, 716, "Visits to children made on time").text(490, 716, "RED")
    second = PdfPage().grid((60, 218, 376, 536), (60, 80))
    second.text(80, 74, "Latest: 71%").text(240, 74, "Target: 95%").text(400, 74, "Previous: 73%")
    assert briefs(read_pages(first, second)) == [
        "71% actual red | Visits to children made on time",
        "95% target | Visits to children made on time",
        "73% actual | Visits to children made on time",
    ]


def test_a_note_that_data_are_late_leaves_the_period_open() -> None:
    page = PdfPage().text(60, 60, "Westhaven Borough Council", size=16).text(60, 84, "Performance, Quarter 2 2023/24")
    kpi_box(page, 120, "Carers in good health", ("Latest: 91", "Target: 95", "Previous: 93"), (1, 0.75, 0))
    page.text(60, 242, "This indicator is reported a quarter in arrears.", size=9)
    kpi_box(page, 300, "Carers in work", ("Latest: 41", "Target: 45", "Previous: 43"), (1, 0.75, 0))
    figures = read_pages(page).figures
    assert [(f.evidence.text, str(f.period)) for f in figures if f.role == "actual"] == [
        ("91", "None"),
        ("93", "None"),
        ("41", "Q2 2023/24"),
        ("43", "Q1 2023/24"),
    ]


def tile(page: PdfPage, x: float, y: float, *lines: str) -> None:
    page.grid((x, x + 150), (y, y + 80))
    page.lines(x + 8, y + 18, *lines)


def test_tiles_of_a_dashboard_are_read_one_by_one() -> None:
    page = PdfPage().text(60, 60, "Westhaven Borough Council", size=16)
    tile(page, 60, 120, "Children in our care", "412", "Target: 400", "Previous: 405")
    tile(page, 225, 120, "Care leavers in work", "61%", "Target: 65%", "Previous: 58%")
    tile(page, 390, 120, "Adopters approved", "12", "Target: 20", "Previous: 9")
    assert briefs(read_pages(page)) == [
        f"{value} {role} | {title}"
        for title, values in (
            ("Children in our care", ("412", "400", "405")),
            ("Care leavers in work", ("61%", "65%", "58%")),
            ("Adopters approved", ("12", "20", "9")),
        )
        for value, role in zip(values, ("actual", "target", "actual"), strict=True)
    ]


def test_painted_tiles_with_a_bar_for_the_title() -> None:
    page = PdfPage().text(60, 60, "Westhaven Borough Council", size=16)
    for x, title, now, goal in ((60, "Visits made on time", "91%", "95%"), (310, "Reviews held on time", "88%", "92%")):
        page.fill(x, 120, x + 220, 144, (0.8, 0.8, 0.9)).fill(x, 144, x + 220, 210, (0.95, 0.95, 0.95))
        page.text(x + 8, 136, title).text(x + 8, 165, f"Actual: {now}").text(x + 8, 185, f"Target: {goal}")
    assert briefs(read_pages(page)) == [
        "91% actual | Visits made on time",
        "95% target | Visits made on time",
        "88% actual | Reviews held on time",
        "92% target | Reviews held on time",
    ]
