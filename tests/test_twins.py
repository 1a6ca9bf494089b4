"""One report put to two meetings, alone or within a pack."""

from __future__ import annotations

from extractors.pipeline import extract
from linking.link import link
from linking.twins import resemblance, sketches
from schema.records import Extraction
from tests.paper_text import paper_of

BODY = "\n\n".join(
    f"1.{n} The {word} team saw {40 + n}% of families at home in May 2023, and its manager told the panel how visits to {word} families are planned and recorded."
    for n, word in enumerate(
        [
            "fostering",
            "adoption",
            "leaving-care",
            "duty",
            "assessment",
            "court",
            "missing",
            "exploitation",
            "disability",
            "early-help",
        ],
        start=1,
    )
)
OTHER = "\n\n".join(
    f"2.{n} Members asked about {word} and were told that a further note on {word} would follow before the next meeting of the panel in the autumn."
    for n, word in enumerate(
        [
            "budgets",
            "buildings",
            "buses",
            "parking",
            "libraries",
            "parks",
            "waste",
            "planning",
            "licensing",
            "elections",
        ],
        start=1,
    )
)


def extraction(name: str, head: str, body: str) -> Extraction:
    paper = paper_of(f"{head}\n\nTitle of report: Home visits\n\nReport by: Jo Ash\n\n1. SUMMARY\n\n{body}\n", name)
    found = extract(paper)
    return found.model_copy(update={"paper": found.paper.model_copy(update={"sketches": sketches(paper)})})


BOARD = extraction("board.txt", "Westhaven City Council\n\nImprovement Board\n\nMeeting date: 19 June 2023", BODY)
CABINET = extraction(
    "cabinet.txt",
    "Westhaven City Council\n\nCabinet\n\nMeeting date: 20 June 2023",
    BODY + "\n\n1.11 There are no other options.",
)
ELSE = extraction("else.txt", "Westhaven City Council\n\nCabinet\n\nMeeting date: 21 June 2023", OTHER)


def test_a_report_put_to_two_meetings_is_two_papers_and_one_statement() -> None:
    links = link([CABINET, ELSE, BOARD])
    board, cabinet = BOARD.paper.sha256, CABINET.paper.sha256
    assert links.same_as == {board: (board, cabinet), cabinet: (board, cabinet)}
    assert len(links.statements) == len(BOARD.figures)
    assert set(links.statements.values()) == {f.id for f in BOARD.figures}


def test_links_do_not_depend_on_the_order_of_loading() -> None:
    assert link([BOARD, CABINET, ELSE]) == link([ELSE, CABINET, BOARD])


def test_other_reports_are_no_twins() -> None:
    (board,), (other,) = BOARD.paper.sketches, ELSE.paper.sketches
    assert resemblance(board, board) == 1
    assert resemblance(board, other) < 0.2


def test_a_few_lines_are_too_few_to_tell() -> None:
    assert sketches(paper_of("Westhaven City Council\n\nNothing to report.")) == ((),)
