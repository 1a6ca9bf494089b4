"""Agenda packs as PDFs: into their reports by bookmarks, stamps and page numbers, and not where those mean something else."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.pipeline import extract
from ingest.pack_items import item_title, listed_items
from ingest.reading import read_paper
from linking.twins import resemblance, sketches
from schema.paper import Paper, ReportKind
from tests.pdf_maker import PdfPage, make_pdf

Outline = list[tuple[str, int, int]]

AGENDA = (
    "WESTHAVEN CITY COUNCIL",
    "Children's Scrutiny Panel",
    "Tuesday, 14 March 2023 at 5.30 pm",
    "AGENDA",
)
FOSTERING = "Fostering: how many carers the city has"
ADOPTION = "Adoption in the first three quarters"


def front(*listed: str) -> PdfPage:
    page = PdfPage().lines(60, 80, *AGENDA, step=30)
    return page.lines(60, 220, *listed, step=30)


def report(title: str, share: str, *, masthead: bool = True, stamp: str = "") -> PdfPage:
    page = PdfPage()
    if stamp:
        page.text(470, 30, stamp, 12, "F2")
    if masthead:
        page.lines(60, 90, f"Title of report: {title}", "Report by: Head of Service", step=24)
    else:
        page.text(60, 90, title, 13, "F2")
    page.text(60, 170, "1. SUMMARY", font="F2")
    return page.lines(
        60,
        200,
        f"1.1 {share} of the reviews were held in time in December 2022, and more than",
        "in any month before it in the whole of the year.",
    )


def more(share: str) -> PdfPage:
    return PdfPage().lines(
        60,
        100,
        f"2.1 {share} of visits were made within ten days, which the service thinks is a good",
        "result, given how few people it has.",
    )


def numbered(*pages: PdfPage, start: int = 1) -> list[PdfPage]:
    return [page.text(270, 822, f"Page {start + i}", 9) for i, page in enumerate(pages)]


def read(pages: list[PdfPage], outline: Outline = []) -> Paper:  # noqa: B006
    return read_paper("pack.pdf", make_pdf(*pages, outline=outline))


def reports(paper: Paper) -> list[tuple[str, str | None]]:
    return [(one.kind.value, one.masthead.title) for one in paper.reports]


def said_in(paper: Paper) -> dict[str, str | None]:
    return {f.evidence.text: f.evidence.report for f in extract(paper).figures if f.unit == "percent"}


FRONT = ("front_sheet", "Agenda of the Children's Scrutiny Panel")


@pytest.mark.parametrize(
    "outline",
    [
        [("Agenda", 1, 0), ("5 " + FOSTERING, 2, 0), ("6 " + ADOPTION, 4, 0)],
        [("Public Document Pack", 1, 0), ("Agenda", 1, 1), (f"Item 5 - {FOSTERING}", 2, 1), (f"Item 6: {ADOPTION}", 4, 1)],
        [("Agenda", 1, 0), ("1 Apologies for absence", 1, 0), (f"5. {FOSTERING[:30]}", 2, 0), ("1.1 Summary of it", 3, 1), (ADOPTION, 4, 0)],
    ],
)  # fmt: skip
def test_bookmarks_part_a_pack_and_name_its_items(outline: Outline) -> None:
    pages = [
        front("5. " + FOSTERING, "6. " + ADOPTION),
        report(FOSTERING, "81%", masthead=False),
        more("62%"),
        report(ADOPTION, "73%", masthead=False),
    ]
    paper = read(pages, outline)
    assert reports(paper) == [FRONT, ("report", FOSTERING), ("report", ADOPTION)]
    assert said_in(paper) == {"81%": FOSTERING, "62%": FOSTERING, "73%": ADOPTION}
    assert {one.masthead.meeting_date for one in paper.reports} == {date(2023, 3, 14)}


def test_an_appendix_stands_in_its_item_and_is_put_to_the_item_s_meeting() -> None:
    appendix = (
        PdfPage()
        .lines(60, 80, "Inspection of fostering", "Date: 6 January 2022", step=24)
        .lines(60, 200, "Inspectors saw 44% of the carers at their homes, with the children, and talked to them.")
    )
    outline = [("Agenda", 1, 0), ("5 " + FOSTERING, 2, 0), ("Appendix A for Fostering", 3, 1), ("6 " + ADOPTION, 4, 0)]
    paper = read([front(), report(FOSTERING, "81%"), appendix, report(ADOPTION, "73%")], outline)
    assert said_in(paper) == {"81%": FOSTERING, "44%": FOSTERING, "73%": ADOPTION}
    assert [one.masthead.meeting_date for one in paper.reports] == [date(2023, 3, 14)] * 4


def test_minutes_in_a_pack_have_their_own_date() -> None:
    minutes = PdfPage().lines(
        60,
        80,
        "MINUTES OF THE CHILDREN'S SCRUTINY PANEL",
        "HELD ON 17 JANUARY 2023",
        "Present: Councillors Reed and Ash",
        step=24,
    )
    minutes.lines(60, 220, "The Panel heard that 55% of carers had been visited.")
    outline = [("Agenda", 1, 0), ("2 Minutes of the Last Meeting", 2, 0), ("5 " + FOSTERING, 3, 0)]
    paper = read([front(), minutes, report(FOSTERING, "81%")], outline)
    assert [(one.kind, one.masthead.meeting_date) for one in paper.reports][1:] == [
        (ReportKind.MINUTES, date(2023, 1, 17)),
        (ReportKind.REPORT, date(2023, 3, 14)),
    ]


@pytest.mark.parametrize(
    "outline",
    [
        [(f"Page {n}", n, 0) for n in range(1, 5)],
        [("Untitled", 1, 0), ("Untitled", 3, 0)],
        [("Microsoft Word - Fostering v3.docx", 1, 0), ("Fostering app A FINAL.xlsx", 3, 0)],
        [("Executive summary", 1, 0), ("Carers", 2, 0), ("Reviews", 3, 0), ("Conclusion", 4, 0)],
        [("1 SUMMARY", 1, 0), ("2 DETAILS", 2, 0), ("3 FINANCE", 3, 0)],
        [("_Toc98765", 2, 0), ("_Toc98766", 3, 0)],
        [("Slide 1", 1, 0), ("Slide 2", 3, 0)],
    ],
)  # fmt: skip
def test_bookmarks_of_one_report_do_not_part_it(outline: Outline) -> None:
    pages = [report(FOSTERING, "81%"), more("62%"), more("63%"), more("64%")]
    assert reports(read(pages, outline)) == [("report", FOSTERING)]


def test_bookmarks_without_an_agenda_are_believed_where_they_point_to_mastheads() -> None:
    outline = [("Fostering", 2, 0), ("Adoption", 4, 0)]
    paper = read([front(), report(FOSTERING, "81%"), more("62%"), report(ADOPTION, "73%")], outline)
    assert said_in(paper) == {"81%": "Fostering", "62%": "Fostering", "73%": "Adoption"}


@pytest.mark.parametrize("stamp", ["Agenda Item {}", "AGENDA ITEM NO. {}", "Agenda item: {}"])
def test_stamps_part_a_pack_whose_front_sheet_names_the_items(stamp: str) -> None:
    pages = [
        front(f"5. {FOSTERING} (Pages 3 - 4)", f"6. {ADOPTION} (Pages 5 - 6)"),
        report(FOSTERING, "81%", masthead=False, stamp=stamp.format(5)),
        more("62%"),
        report(ADOPTION, "73%", masthead=False, stamp=stamp.format(6)),
    ]
    paper = read(pages)
    assert said_in(paper) == {"81%": FOSTERING, "62%": FOSTERING, "73%": ADOPTION}
    assert not any("genda" in part.text for part in paper.body[6:] if hasattr(part, "text"))
    assert stamp.format(5) in paper.pages[1].text


def test_an_item_s_number_stamped_again_is_on_its_appendix() -> None:
    pages = [
        report(FOSTERING, "81%", stamp="Agenda Item 5"),
        more("62%"),
        report("Carers' own words", "44%", masthead=False, stamp="Agenda Item 5"),
        report(ADOPTION, "73%", stamp="Agenda Item 6"),
    ]
    assert said_in(read(pages)) == {"81%": FOSTERING, "62%": FOSTERING, "44%": FOSTERING, "73%": ADOPTION}


def test_an_item_stamped_on_all_its_pages_is_one_report() -> None:
    pages = [report(FOSTERING, "81%", stamp="Agenda Item 5"), more("62%").text(470, 30, "Agenda Item 5", 12, "F2")]
    assert reports(read(pages)) == [("report", FOSTERING)]


@pytest.mark.parametrize("listed", ["{}. {}  {} - {}", "{} {} (Pages {} - {})", "Item {} - {} pp. {}-{}"])
def test_a_front_sheet_s_page_numbers_part_a_pack_without_bookmarks(listed: str) -> None:
    sheet = front(listed.format(5, FOSTERING, 11, 12), listed.format(6, ADOPTION, 13, 14))
    pages = [
        sheet,
        *numbered(
            report(FOSTERING, "81%", masthead=False), more("62%"), report(ADOPTION, "73%", masthead=False), start=11
        ),
    ]
    paper = read(pages)
    assert said_in(paper) == {"81%": FOSTERING, "62%": FOSTERING, "73%": ADOPTION}


def test_page_numbers_that_lead_elsewhere_part_nothing() -> None:
    sheet = front(f"5. {FOSTERING} 2 - 3", f"6. {ADOPTION} 4 - 5")
    pages = [sheet, *numbered(report("Placements", "81%"), more("62%"), more("63%"), more("64%"), start=1)]
    assert [title for _, title in reports(read(pages))] == [FRONT[1], "Placements"]


def test_a_supplementary_pack_s_letter_has_a_date_of_its_own() -> None:
    letter = PdfPage().lines(60, 80, "Date: 9 March 2023", "Dear Councillor", "CHILDREN'S SCRUTINY PANEL - TUESDAY, 14 MARCH 2023", "The following report was not ready when the agenda went out.", "Agenda Item No", f"5 {FOSTERING} (Pages 1 - 2)", step=26)  # fmt: skip
    blank = PdfPage().text(200, 400, "This page is intentionally left blank")
    paper = read(
        [letter, blank, report(FOSTERING, "81%", stamp="Agenda Item 5")], [("Agenda", 1, 0), (f"5 {FOSTERING}", 3, 0)]
    )
    assert [one.masthead.meeting_date for one in paper.reports] == [date(2023, 3, 14)] * 2


def test_a_paper_alone_and_in_a_pack_is_one() -> None:
    own = [report(FOSTERING, "81%", masthead=False), more("62%")]
    for page in own:
        page.lines(
            60,
            300,
            *(
                f"{n} carers of the {street} ward were seen at home in the week of {n} May by the team."
                for n, street in enumerate(("north", "south", "east", "west", "river", "castle"), 21)
            ),
        )
    alone = read_paper("fostering.pdf", make_pdf(*own))
    stamped = [page.text(280, 822 - 14, f"Page {n}", 9) for n, page in enumerate(own, 3)]
    pack = read(
        [front(), *stamped, report(ADOPTION, "73%", masthead=False)],
        [("Agenda", 1, 0), (FOSTERING, 2, 0), (ADOPTION, 4, 0)],
    )
    assert resemblance(sketches(alone)[0], sketches(pack)[1]) > 0.9


def test_a_report_in_a_pack_is_under_no_heading_or_number_of_the_one_before() -> None:
    second = PdfPage().lines(60, 90, "Title of report: Adoption", "Report by: Head of Service", step=24).text(60, 200, "The service placed 73% of children within a year, as the law and the council's own plan ask for.")  # fmt: skip
    paper = read([front(), report(FOSTERING, "81%"), second], [("Agenda", 1, 0), (FOSTERING, 2, 0), (ADOPTION, 3, 0)])
    assert [(part.paragraph, part.headings) for part in paper.body if part.report == 2] == [(None, ())] * 3


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("7 24/00109 - Move of a service", "24/00109 - Move of a service"),
        ("Item 5 - Fostering update PDF 233 KB", "Fostering update"),
        ("12a. School places", "School places"),
        ("Agenda item no. 4: Budget", "Budget"),
        ("2030 vision", "2030 vision"),
    ],
)
def test_the_title_of_an_item(written: str, title: str) -> None:
    assert item_title(written) == title


def test_what_an_agenda_lists() -> None:
    lines = [
        "1. Apologies",
        "3  MINUTES  3 - 6",
        "4 Budget 2023/24 (Pages 7 - 20)",
        "This meeting is open to the public",
        "5. Ofsted: 10 findings p. 21",
    ]
    assert listed_items(lines) == [
        ("1", "Apologies", None),
        ("3", "MINUTES", 3),
        ("4", "Budget 2023/24", 7),
        ("5", "Ofsted: 10 findings", 21),
    ]
