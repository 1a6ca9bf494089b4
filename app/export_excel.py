"""The export as an Excel workbook: a sheet a kind, typed cells, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from app.export import KINDS, Row
from app.export_columns import columns_of, typed
from app.refusing import CannotDoError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEETS: Final[Mapping[str, str]] = {
    "figure": "Figures",
    "deadline": "Deadlines",
    "judgement": "Judgements",
    "finding": "Findings",
    "refusal": "Not read",
    "paper": "Papers",
    "metric": "Metrics",
    "inspection": "Inspections",
    "issue": "Questions",
}
_MOST_ROWS: Final = 1_048_576
_LONGEST_TEXT: Final = 32_767
_MOST_LINKS: Final = 65_000  # Excel opens no sheet with more than 65,530
_FIRST_DAY: Final = date(1900, 3, 1)  # before it, Excel counts a 29 February 1900 that never was
_EXACT_DIGITS: Final = 15
_WIDTHS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("quote", "evidence", "coverage"), 60),
    **dict.fromkeys(("metric_text", "subject", "name", "title", "aliases", "reason", "report", "message"), 40),
    **dict.fromkeys(("paper", "metric", "key", "body", "breakdown"), 30),
    **dict.fromkeys(("id", "inspection", "promise", "organisation", "council"), 18),
}
_WIDTH: Final = 12


class _Book:
    """A workbook being written, a row at a time."""

    def __init__(self, workbook: Workbook, kinds: Collection[str], places: Mapping[str, str]) -> None:
        self._workbook = workbook
        self._places = places
        self._header = workbook.add_format({"bold": True, "bottom": 1})
        self._date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._link = workbook.get_default_url_format()
        self._decimals: dict[int, Format] = {}
        self._rows: dict[str, int] = {}
        self._links: dict[str, int] = {}
        self._row_of_paper: dict[str, int] = {}
        self._sheets = {kind: self._new_sheet(kind) for kind in KINDS if kind in kinds}

    def _columns(self, kind: str) -> list[str]:
        columns = [column for column in columns_of(kind) if column != "kind"]
        return [*columns, "file"] if kind == "paper" and self._places else columns

    def _new_sheet(self, kind: str) -> Worksheet:
        sheet = self._workbook.add_worksheet(SHEETS[kind])
        for number, column in enumerate(self._columns(kind)):
            sheet.set_column(number, number, _WIDTHS.get(column, _WIDTH))
            sheet.write_string(0, number, column, self._header)
        sheet.freeze_panes(1, 0)
        self._rows[kind], self._links[kind] = 1, 0
        return sheet

    def will_list(self, papers: Iterable[Row]) -> None:
        """Says in which order papers will come, so that the sheets before can link to them."""
        if "paper" in self._sheets:
            self._row_of_paper = {row["sha256"]: number for number, row in enumerate(papers, 2)}

    def add(self, row: Row) -> None:
        kind = row["kind"]
        number = self._rows[kind]
        if number == _MOST_ROWS:
            raise CannotDoError(
                f"There are more {SHEETS[kind].lower()} than a sheet of Excel holds ({_MOST_ROWS:,} rows). "
                "Filter them, or export to csv or parquet."
            )
        self._rows[kind] += 1
        for place, column in enumerate(self._columns(kind)):
            self._write(kind, number, place, column, row)

    def finish(self) -> None:
        for kind, sheet in self._sheets.items():
            sheet.autofilter(0, 0, max(1, self._rows[kind] - 1), len(self._columns(kind)) - 1)

    def _write(self, kind: str, number: int, place: int, column: str, row: Row) -> None:
        sheet = self._sheets[kind]
        if column == "file":
            self._write_link(kind, number, place, self._places.get(row["sha256"]), "open")
        elif column == "paper" and kind != "paper" and row["sha256"] in self._row_of_paper:
            target = f"internal:'{SHEETS['paper']}'!A{self._row_of_paper[row['sha256']]}"
            self._write_link(kind, number, place, target, row["paper"])
        else:
            self._write_value(sheet, number, place, typed(column, row.get(column)))

    def _write_link(self, kind: str, number: int, place: int, target: str | None, text: str) -> None:
        if target is None:
            return
        if self._links[kind] >= _MOST_LINKS:
            self._sheets[kind].write_string(number, place, text)
            return
        self._links[kind] += 1
        self._sheets[kind].write_url(number, place, target, self._link, text)

    def _write_value(self, sheet: Worksheet, number: int, place: int, value: Any) -> None:
        match value:
            case None:
                return
            case bool():
                sheet.write_boolean(number, place, value)
            case int() | float():
                sheet.write_number(number, place, value)
            case Decimal() if _is_exact(value):
                sheet.write_number(number, place, float(value), self._number_format(value))
            case date() if value >= _FIRST_DAY:
                sheet.write_datetime(number, place, datetime(value.year, value.month, value.day), self._date)  # noqa: DTZ001  # a day has no time zone
            case list() | tuple():
                self._write_text(sheet, number, place, json.dumps(value, ensure_ascii=False) if value else "")
            case _:
                self._write_text(sheet, number, place, str(value))

    def _write_text(self, sheet: Worksheet, number: int, place: int, text: str) -> None:
        if len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT // 2] + "…"
        # A text is a text, whatever it starts with: nothing here is ever written as a formula.
        sheet.write_string(number, place, text)

    def _number_format(self, value: Decimal) -> Format:
        """As many decimals as were printed: 94.0 is shown as 94.0."""
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        if decimals not in self._decimals:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._decimals[decimals] = self._workbook.add_format({"num_format": pattern})
        return self._decimals[decimals]


def _is_exact(value: Decimal) -> bool:
    """Whether Excel, which keeps 15 digits, holds the very number; otherwise the digits stand as text."""
    return len(value.normalize().as_tuple().digits) <= _EXACT_DIGITS


def as_excel(
    rows: Iterable[Row], papers: Iterable[Row], kinds: Collection[str], places: Mapping[str, str]
) -> Iterator[bytes]:
    """The workbook's bytes: the same for the same rows. `papers` are the rows of papers that will come; `places` says
    by sha256 where a paper's file is, for a link to it."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(file, options)
    workbook.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  # no moment: the same bytes for the same papers
    book = _Book(workbook, kinds, places)
    book.will_list(papers)
    for row in rows:
        book.add(row)
    book.finish()
    workbook.close()
    yield file.getvalue()


def links_to_files(files: Mapping[str, Path], workbook: Path | None) -> dict[str, str]:
    """Links from a workbook to files, by what they are keyed by, relative where that is possible."""
    folder = workbook.resolve().parent if workbook else None
    return {key: f"external:{_relative(path, folder)}" for key, path in files.items()}


def _relative(path: Path, folder: Path | None) -> str:
    import os

    try:
        return os.path.relpath(path, folder) if folder else str(path)
    except ValueError:  # on another drive
        return str(path)
