"""The export keeps CONTRACT.md's promises: its fields, its order, the same bytes for the same papers; nothing half-written."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.export import KINDS, as_csv, as_json, as_jsonl, export_rows, figure_row, inspection_row, text_of_cell
from app.refusing import CannotDoError
from app.writing import write_whole
from db.filters import EVERYTHING, Filters
from db.store import Store
from schema.period import Period
from schema.records import Deadline, Inspection, Links, Mention, Metric, PaperRecord
from tests.store_samples import Sample, evidence, percentage, sample, sample_saying, several_samples

SAID = {
    *("kind", "id", "paper", "sha256", "report", "page", "paragraph", "start", "end", "bbox", "text", "quote"),
    *("extractor", "confidence", "doubts"),
}
FIELDS = {
    "figure": SAID
    | {
        *("value", "value_high", "unit", "missing", "qualifier", "role", "metric", "metric_text", "breakdown", "rag"),
        *("direction", "organisation", "council", "period_start", "period_end", "period_from", "basis"),
        *("target_direction", "claim"),
    },
    "deadline": SAID | {"subject", "promise", "due_start", "due_end", "due_precision", "status", "grade"},
    "judgement": SAID | {"council", "area", "area_text", "grade", "inspection"},
    "finding": SAID | {"finding", "council", "inspection", "area"},
    "refusal": SAID | {"reason"},
    "paper": {
        *("kind", "id", "paper", "sha256", "council", "body", "meeting_date", "title", "pages", "also_named"),
        *("same_as", "same_as_all"),
    },
    "metric": {"kind", "id", "key", "name", "unit", "better", "aliases"},
    "inspection": {
        *("kind", "id", "paper", "council", "inspectorate", "type", "framework", "report_type", "number"),
        *("start_date", "end_date", "date_precision", "published", "lead_inspector", "evidence"),
    },
}
"""The fields of CONTRACT.md. Some may be added; none may go."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tally.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without papers, to copy: making its tables anew for each example would take most of the time."""
    path = tmp_path_factory.mktemp("empty") / "tally.db"
    Store.open(path).close()
    return path


def exported(empty_store: Path, papers: list[Sample]) -> str:
    with TemporaryDirectory() as folder:
        shutil.copy(empty_store, folder)
        with Store.open(Path(folder) / empty_store.name) as store:
            for paper in papers:
                paper.into(store)
            return "".join(as_jsonl(export_rows(store, EVERYTHING)))


@given(several_samples(), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_loading_changes_no_byte(empty_store: Path, papers: list[Sample], shuffler: random.Random) -> None:
    shuffled = papers.copy()
    shuffler.shuffle(shuffled)
    assert exported(empty_store, papers) == exported(empty_store, shuffled)


@given(several_samples())
@settings(max_examples=10, deadline=None)
def test_every_line_has_the_fields_of_the_contract_in_the_order_of_the_contract(
    empty_store: Path, papers: list[Sample]
) -> None:
    rows = [json.loads(line) for line in exported(empty_store, papers).splitlines()]
    texts = {(one.sha256, page.number): page.text for one in papers for page in one.pages}
    for row in rows:
        assert FIELDS[row["kind"]] <= row.keys()
        if FIELDS[row["kind"]] >= SAID:
            assert texts[row["sha256"], row["page"]][row["start"] : row["end"]] == row["text"]
    said = [row for row in rows if FIELDS[row["kind"]] >= SAID]
    assert rows[: len(said)] == said
    assert said == sorted(said, key=lambda r: (r["paper"], r["sha256"], r["page"] or 0, r["start"], r["end"]))
    assert {row["kind"] for row in rows} <= set(KINDS)


def test_a_value_is_a_plain_decimal_with_the_digits_as_printed() -> None:
    figure = percentage("It was 94.0% then.", "94.0%", Period.month_end(2018, 3))
    assert figure_row(figure)["value"] == "94.0"
    assert figure_row(figure.model_copy(update={"value": Decimal("5.2E+6")}))["value"] == "5200000"
    assert figure_row(figure.model_copy(update={"value": None, "missing": "suppressed"}))["value"] is None


def test_periods_are_days_and_unknown_is_null() -> None:
    row = figure_row(percentage("It was 94.0% then.", "94.0%", Period.month_end(2018, 3)))
    assert (row["period_start"], row["period_end"]) == ("2018-03-01", "2018-03-31")
    row = figure_row(percentage("It was 94.0% then.", "94.0%"))
    assert (row["period_start"], row["period_end"], row["basis"], row["organisation"]) == (None, None, None, None)


def test_an_event_goes_by_the_paper_that_met_first() -> None:
    late, early = "Ofsted came in May.", "Ofsted will come in May."
    papers = {
        one.sha256: one.extraction.paper
        for one in (sample(late, "a.txt", met=date(2018, 9, 1)), sample(early, "b.txt", met=date(2018, 3, 1)))
    }
    event = Inspection(
        id="1",
        council=None,
        type="inspection",
        evidence=(evidence(late, "Ofsted", "a.txt"), evidence(early, "Ofsted", "b.txt")),
    )
    row = inspection_row(event, papers)
    assert (row["paper"], [place["paper"] for place in row["evidence"]]) == ("b.txt", ["b.txt", "a.txt"])
    assert (row["start_date"], row["date_precision"], row["published"]) == (None, None, None)


def test_mentions_are_exported_as_the_evidence_of_events_only(store: Store) -> None:
    text = "The visit took place on 12 May 2018."
    mention = Mention(evidence=evidence(text, "visit"), extractor="visits", type="monitoring_visit")
    paper = sample(text, mentions=[mention])
    paper.into(store)
    event = Inspection(id="e", council="Casterbridge", type="monitoring_visit", evidence=(mention.evidence,))
    store.apply_links(Links(council="Casterbridge", inspections=(event,)))
    rows = list(export_rows(store, EVERYTHING))
    assert [row["kind"] for row in rows] == ["paper", "inspection"]
    assert rows[1]["evidence"][0]["text"] == "visit"


def test_kinds_and_filters_choose(store: Store) -> None:
    march, april = Period.month_end(2018, 3), Period.month_end(2018, 4)
    first = sample_saying("90%", "a.txt", date(2018, 4, 1), march)
    second = sample_saying("91%", "b.txt", date(2018, 5, 1), april)
    first.into(store)
    second.into(store)
    assert [row["kind"] for row in export_rows(store, EVERYTHING, ("paper",))] == ["paper", "paper"]
    assert [row["text"] for row in export_rows(store, Filters(paper="b.txt"), ("figure",))] == ["91%"]
    assert [row["text"] for row in export_rows(store, Filters(date_to=march.end), ("figure",))] == ["90%"]


def test_json_is_one_list_with_a_record_a_line() -> None:
    rows: list[dict[str, Any]] = [{"a": 1}, {"a": "é"}]
    assert "".join(as_json(rows)) == '[\n{"a": 1},\n{"a": "é"}\n]\n'
    assert json.loads("".join(as_json([]))) == []


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://x")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\tx",
        "\rx",
        " =1",
        "＝1",
        "- 3.24 Reviews",
        "'=1",
        "-£5.2m",
    ],
)
def test_no_cell_of_a_csv_is_run_as_a_formula(cell: str) -> None:
    read = list(csv.DictReader(io.StringIO("".join(as_csv([{"text": cell}])), newline="")))
    assert read == [{"text": f"'{cell}"}]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *(("-3.5", "-3.5"), (None, ""), (True, "true"), (["a"], '["a"]'), ("87.9%", "87.9%")),
        *(("-", "-"), ("+5%", "+5%"), ("-3.5%", "-3.5%"), ("'good'", "'good'"), ("11.%", "11.%")),
    ],
)
def test_other_cells_of_a_csv_are_as_they_are(value: object, cell: str) -> None:
    assert (
        "".join(as_csv([{"x": 1, "y": value}]))
        == f"x,y\n1,{cell if ',' not in cell and chr(34) not in cell else json.dumps(cell).replace(chr(92), chr(34))}\n"
    )


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'=+-@ \t1%"), max_size=8))
def test_what_a_csv_says_can_be_read_back_to_the_letter(text: str) -> None:
    [row] = csv.DictReader(io.StringIO("".join(as_csv([{"n": 1, "text": text}])), newline=""))
    assert text_of_cell(row["text"]) == text


def test_a_csv_has_a_row_a_figure(store: Store) -> None:
    sample_saying("90%", "a.txt", date(2018, 4, 1), Period.month_end(2018, 3)).into(store)
    [row] = csv.DictReader(io.StringIO("".join(as_csv(export_rows(store, EVERYTHING, ("figure",)))), newline=""))
    assert (row["paper"], row["value"], row["period_end"], row["missing"]) == ("a.txt", "90", "2018-03-31", "")


def test_metrics_and_promises_come_out_as_linked(store: Store) -> None:
    text = "Visits were 90% and will be good by April 2019."
    figure = percentage(text, "90%")
    promise = Deadline(
        evidence=evidence(text, "April 2019"), extractor="p", subject="visits", due=Period.month(2019, 4)
    )
    sample(text, figures=[figure], deadlines=[promise]).into(store)
    metric = Metric(key="visits", name="Visits", unit="percent", council="Casterbridge")
    links = Links(
        council="Casterbridge", metrics=(metric,), figure_metrics={figure.id: "visits"}, promises={promise.id: "p1"}
    )
    store.apply_links(links)
    rows = {row["kind"]: row for row in export_rows(store, EVERYTHING)}
    assert (rows["figure"]["metric"], rows["deadline"]["promise"], rows["metric"]["key"]) == ("visits", "p1", "visits")
    assert (rows["deadline"]["due_start"], rows["deadline"]["due_precision"]) == ("2019-04-01", "month")


def test_other_names_of_a_paper_are_sorted() -> None:
    paper = PaperRecord(
        paper="a", sha256="0", council=None, body=None, meeting_date=None, title=None, also_named=("c", "b")
    )
    from app.export import paper_row

    assert paper_row(paper)["also_named"] == ["b", "c"]


# Writing


def broken_off() -> Iterator[str]:
    yield "half"
    raise RuntimeError("the store went away")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    write_whole(target, ["one\n"])
    write_whole(target, ["two\n", "é\r\n"])
    assert target.read_bytes() == "two\né\r\n".encode()
    with pytest.raises(RuntimeError):
        write_whole(target, broken_off())
    assert target.read_bytes() == "two\né\r\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link_and_a_mode_stays_a_mode(tmp_path: Path) -> None:
    target, link = tmp_path / "real", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_whole(link, ["new"])
    assert link.is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_folder_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match=r"is a folder.*Name a file in it"):
        write_whole(tmp_path, ["x"])
    with pytest.raises(CannotDoError, match=r"No such file.*Check the folder"):
        write_whole(tmp_path / "nowhere" / "out", ["x"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_is_said() -> None:
    with pytest.raises(CannotDoError, match="No space left"):
        write_whole(Path("/dev/full"), ["x" * 100_000])
