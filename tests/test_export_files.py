"""Excel and Parquet: what is written can be read back, each value with its type, and nothing is run."""

from __future__ import annotations

import io
import json
import shutil
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from hypothesis import Phase, given, settings
from python_calamine import CalamineWorkbook

from app.export import KINDS, Row, export_rows
from app.export_columns import columns_of, type_of, typed
from app.export_excel import SHEETS, as_excel, links_to_files
from app.export_parquet import as_parquet
from app.refusing import CannotDoError
from db.filters import EVERYTHING
from db.store import Store
from tests.store_samples import Sample, several_samples

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Papers take minutes to shrink, and a failure names the column."""


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "tally.db"
    Store.open(path).close()
    return path


def rows_of(empty_store: Path, papers: list[Sample]) -> list[Row]:
    with TemporaryDirectory() as folder:
        shutil.copy(empty_store, folder)
        with Store.open(Path(folder) / empty_store.name) as store:
            for paper in papers:
                paper.into(store)
            return list(export_rows(store, EVERYTHING))


def a_figure(**fields: Any) -> Row:
    """The row of a figure of which only these fields matter."""
    empty: Row = dict.fromkeys(columns_of("figure"))
    return {**empty, "kind": "figure", "paper": "a.txt", "sha256": "0" * 64, "text": "1", "doubts": [], **fields}


def workbook(rows: list[Row], **places: str) -> bytes:
    papers = [row for row in rows if row["kind"] == "paper"]
    return b"".join(as_excel(rows, papers, KINDS, places))


def sheet(book: bytes, kind: str) -> list[dict[str, Any]]:
    header, *lines = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(SHEETS[kind]).to_python()
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


# Excel


@given(several_samples())
@settings(max_examples=10, deadline=None, phases=NO_SHRINKING)
def test_a_workbook_read_back_says_the_same(empty_store: Path, papers: list[Sample]) -> None:
    rows = rows_of(empty_store, papers)
    book = workbook(rows)
    for kind in KINDS:
        expected = [row for row in rows if row["kind"] == kind]
        # Calamine leaves out rows at the end that have nothing in them; every row here has an id.
        read = sheet(book, kind)
        assert len(read) == len(expected)
        for row, cells in zip(expected, read, strict=True):
            for column, cell in cells.items():
                assert_same(typed(column, row[column]), cell, column)


def assert_same(value: Any, cell: Any, column: str) -> None:
    match value:
        case None | [] | ():
            assert cell == "", column
        case Decimal():
            assert Decimal(str(cell)) == value, column
        case float():
            assert cell == pytest.approx(value, rel=1e-14), column  # of a confidence Excel keeps 16 digits
        case date() if value < date(1900, 3, 1):
            assert cell == value.isoformat(), column
        case list() | tuple():
            assert json.loads(cell) == json.loads(json.dumps(value)), column
        case _:
            assert cell == value, column


def test_a_workbook_is_typed_and_a_precision_is_shown() -> None:
    [row] = sheet(workbook([a_figure(value="94.0", period_end="2018-03-31", page=3)]), "figure")
    assert (row["value"], row["period_end"], row["page"]) == (94.0, date(2018, 3, 31), 3)
    styles = zipfile.ZipFile(io.BytesIO(workbook([a_figure(value="94.0")]))).read("xl/styles.xml").decode()
    assert "#,##0.0" in styles


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "{=1}", "http://example.org", "-"])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link_by_its_words(text: str) -> None:
    book = workbook([a_figure(text=text, quote=text)])
    assert sheet(book, "figure")[0]["quote"] == text
    xml = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<hyperlink" not in xml


def test_a_number_that_excel_would_round_stands_as_text() -> None:
    [row] = sheet(workbook([a_figure(value="1234567890123456789")]), "figure")
    assert row["value"] == "1234567890123456789"


def test_a_text_longer_than_a_cell_is_cut_where_it_shows() -> None:
    [row] = sheet(workbook([a_figure(quote="x" * 40_000)]), "figure")
    assert (len(row["quote"]) < 32_768, row["quote"][-1]) == (True, "…")


def test_a_figure_leads_to_its_paper_and_a_paper_to_its_file(tmp_path: Path) -> None:
    paper: Row = {**dict.fromkeys(columns_of("paper")), "kind": "paper", "paper": "a.txt", "sha256": "0" * 64}
    links = links_to_files({"0" * 64: tmp_path / "tally.papers" / "00" / "0.txt"}, tmp_path / "out" / "book.xlsx")
    archive = zipfile.ZipFile(io.BytesIO(workbook([a_figure(), paper], **links)))
    figures = archive.read("xl/worksheets/sheet1.xml").decode()
    targets = archive.read("xl/worksheets/_rels/sheet6.xml.rels").decode()
    assert "'Papers'!A2" in figures.replace("&apos;", "'") or "Papers!A2" in figures
    assert 'Target="../tally.papers/00/0.txt"' in targets.replace("\\", "/").replace("%5C", "/")


def test_the_header_stays_in_sight_and_can_be_filtered() -> None:
    xml = zipfile.ZipFile(io.BytesIO(workbook([a_figure(), a_figure()]))).read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:' in xml


def test_the_same_rows_make_the_same_bytes() -> None:
    assert workbook([a_figure(value="1")]) == workbook([a_figure(value="1")])
    assert parquet([a_figure(value="1")]) == parquet([a_figure(value="1")])


# Parquet


def parquet(rows: list[Row], kind: str = "figure") -> bytes:
    return b"".join(as_parquet([row for row in rows if row["kind"] == kind], kind))


@given(several_samples())
@settings(max_examples=10, deadline=None, phases=NO_SHRINKING)
def test_a_parquet_file_read_back_says_the_same(empty_store: Path, papers: list[Sample]) -> None:
    rows = rows_of(empty_store, papers)
    for kind in KINDS:
        read = pyarrow.parquet.read_table(io.BytesIO(parquet(rows, kind))).to_pylist()
        expected = [row for row in rows if row["kind"] == kind]
        assert [plain(row) for row in read] == [
            {column: plain(typed(column, value)) for column, value in row.items()} for row in expected
        ]


def plain(value: Any) -> Any:
    """Lists for tuples, that they can be compared."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def test_an_empty_export_has_its_columns() -> None:
    assert pyarrow.parquet.read_table(io.BytesIO(parquet([]))).column_names == list(columns_of("figure"))
    assert CalamineWorkbook.from_filelike(io.BytesIO(workbook([]))).sheet_names == list(SHEETS.values())


def test_duckdb_reads_decimals_and_dates(tmp_path: Path) -> None:
    (tmp_path / "f.parquet").write_bytes(parquet([a_figure(value="94.0", period_end="2018-03-31")]))
    found = duckdb.execute(f"SELECT value, period_end FROM '{tmp_path / 'f.parquet'}'").fetchall()
    assert found == [(Decimal("94.000000000000"), date(2018, 3, 31))]


def test_a_number_too_long_for_parquet_is_named() -> None:
    with pytest.raises(CannotDoError, match=r"a\.txt prints '1'"):
        parquet([a_figure(value="0.0000000000001")])


def test_without_pyarrow_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CannotDoError, match=r"pip install 'papertally\[parquet\]'"):
        parquet([])


# Types


@given(several_samples())
@settings(max_examples=10, deadline=None)
def test_every_field_has_the_type_of_its_column(empty_store: Path, papers: list[Sample]) -> None:
    python = {"text": str, "integer": int, "number": float, "boolean": bool}
    for row in rows_of(empty_store, papers):
        assert columns_of(row["kind"]) == tuple(row)
        for column, value in row.items():
            if value is not None and (expected := python.get(type_of(column))):
                assert isinstance(value, expected), column
