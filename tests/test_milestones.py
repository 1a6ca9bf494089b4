"""Deadlines in tables. Westhaven's report is put to the meeting of 20 June 2023."""

from __future__ import annotations

import pytest

from schema.records import Deadline
from tests.paper_text import records_of


def rows_of(*rows: str) -> list[Deadline]:
    """The deadlines of a table whose cells are parted by bars here."""
    table = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)
    found = records_of(f"3.1 The plan stands as follows.\n\n{table}\n").deadlines
    return [d for d in found if d.extractor == "deadlines.table"]


def briefs(*rows: str) -> list[str]:
    return [f"{d.subject}: {d.due} {d.status}" for d in rows_of(*rows)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Milestone | Due Date | Completed?", ["Rota agreed: 31 July 2023 planned"]),
        ("Action | By when | Status", ["Rota agreed: 31 July 2023 planned"]),
        ("Recommendation | Target completion date | RAG", ["Rota agreed: 31 July 2023 planned"]),
        ("Task | Timescale | Progress", ["Rota agreed: 31 July 2023 planned"]),
        ("Key activity | Timeline | Lead", ["Rota agreed: 31 July 2023 planned"]),
        ("What we will do | When | Who", ["Rota agreed: 31 July 2023 planned"]),
        ("Deliverable | Deadline | Notes", ["Rota agreed: 31 July 2023 planned"]),
        ("Stage | Date | Lead", ["Rota agreed: 31 July 2023 planned"]),
        ("Action | Date completed | Lead", []),
        ("Title | Date | Author", []),
        ("Measure | Reported by | Status", []),
    ],
)
def test_a_column_is_told_by_its_header(header: str, expected: list[str]) -> None:
    assert briefs(header, "Rota agreed | 31-Jul-2023 | -") == expected


@pytest.mark.parametrize(
    ("said", "due", "expected"),
    [
        ("Yes", "31-May-2023", "done"),
        ("Complete - signed off in May", "31-May-2023", "done"),
        ("Blue", "31-May-2023", "done"),
        ("No", "31-Jul-2023", "planned"),
        ("No", "31-May-2023", "missed"),
        ("In progress", "31-May-2023", "missed"),
        ("Overdue", "31-May-2023", "missed"),
        ("Not yet complete", "31-Jul-2023", "planned"),
        ("Not started", "31-Jul-2023", "planned"),
        ("On track", "31-Jul-2023", "planned"),
        ("Green", "31-Jul-2023", "planned"),
        ("", "31-May-2023", "planned"),
    ],
)
def test_status_is_what_the_row_says(said: str, due: str, expected: str) -> None:
    assert [d.status for d in rows_of("Action | Due date | Status", f"Rota agreed | {due} | {said}")] == [expected]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("End of Sept 2023", ["end of September 2023"]),
        ("Mid July 2023", ["July 2023"]),
        ("Q2 2023/24", ["Q2 2023/24"]),
        ("Aug-Oct 2023", ["August 2023 to October 2023"]),
        ("Summer 2023", ["summer 2023"]),
        ("2024", ["2024"]),
        ("31/07/2023", ["31 July 2023"]),
        ("by December", ["December 2023"]),
        ("March 2023 (revised: September 2023)", ["September 2023"]),
        ("July 2023 and January 2024", ["July 2023", "January 2024"]),
        ("Ongoing", []),
        ("TBC", []),
    ],
)
def test_due_cells(cell: str, expected: list[str]) -> None:
    found = rows_of("Action | Due | Done?", "A first step | 1 August 2023 | No", f"Rota agreed | {cell} | No")
    assert [str(d.due) for d in found[1:]] == expected


def test_an_impossible_date_is_kept_and_said_to_be_so() -> None:
    [found] = rows_of("Action | Due date", "Rota agreed | 31 February 2024")
    assert (found.evidence.text, str(found.due), found.doubts) == ("31 February 2024", "February 2024", ("impossible",))


def test_a_revised_date_has_its_own_column() -> None:
    rows = (
        "Action | Original due date | Revised due date",
        "Recruit | 31 March 2023 | 31 July 2023",
        "Publish | 31 August 2023 |",
    )
    assert briefs(*rows) == ["Recruit: 31 July 2023 planned", "Publish: 31 August 2023 planned"]


def test_a_date_of_completion_means_done() -> None:
    rows = ("Action | Due date | Date completed", "Recruit | 31 May 2023 | 26 May 2023", "Publish | 31 August 2023 |")
    assert briefs(*rows) == ["Recruit: 31 May 2023 done", "Publish: 31 August 2023 planned"]


def test_blank_cells_are_of_the_row_above_and_bands_head_what_follows() -> None:
    rows = (
        "Ref | Theme | Action | Milestone | Due date | Status | Note",
        "1 | Front door | Set up one team | Manager in post | 31 July 2023 | No | Interviews held",
        " | | | Rota agreed | 31 August 2023 | No | ",
        "Care leavers | | | | | | ",
        "2 | Housing | Agree a protocol | Draft shared | 30 June 2023 | Yes | ",
    )
    found = rows_of(*rows)
    assert [d.evidence.quote for d in found] == [
        "1 | Front door | Set up one team | Manager in post | 31 July 2023 | No | Interviews held",
        "1 | Front door | Set up one team | Rota agreed | 31 August 2023 | No",
        "Care leavers | 2 | Housing | Agree a protocol | Draft shared | 30 June 2023 | Yes",
    ]
    assert [d.evidence.paragraph for d in found] == ["1", "1", "2"]


def test_the_header_may_stand_under_title_rows_and_over_two_rows() -> None:
    rows = ("Improvement tracker | | ", " | Due | ", "Action | date | Status", "Rota agreed | 31 July 2023 | On track")
    assert briefs(*rows) == ["Rota agreed: 31 July 2023 planned"]


def test_a_chronology_is_no_plan() -> None:
    assert briefs("Activity | Date", "Inspection | June 2019", "Letter received | 18 July 2019") == []


def test_prose_beside_a_due_date_is_read_as_prose() -> None:
    text = "Action\tDue date\tNote\nRefresh the protocol\t31 July 2023\tThe draft will be signed off by 3 July 2023.\n"
    found = records_of(f"3.1 The plan stands as follows.\n\n{text}").deadlines
    assert [(d.extractor, str(d.due)) for d in found] == [
        ("deadlines.table", "31 July 2023"),
        ("deadlines.prose", "3 July 2023"),
    ]


def test_a_due_cell_with_words_is_read_once() -> None:
    [found] = rows_of("Action | Due date", "Refresh the protocol | To be completed by 31 July 2023")
    assert (found.subject, found.evidence.text) == ("Refresh the protocol", "To be completed by 31 July 2023")
