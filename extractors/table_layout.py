"""How a table of indicators is laid out: what each column means, which one names the rows, and when "current" is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractors.cell_values import is_band, read_cell, read_rag
from extractors.column_headings import (
    Column,
    body_named,
    columns_of,
    date_columns,
    in_year,
    is_generic,
    is_own_name,
    is_title,
    is_year,
    normal,
    other_council,
    rated,
    read_when,
    undated_text,
    unit_of,
)
from extractors.language import Context
from extractors.table_captions import caption_anchor, caption_point, captioned_period, defined_point
from schema.period import Period, PeriodKind
from schema.period_words import PeriodWords, read_period
from schema.records import Basis, PeriodFrom


class Layout(NamedTuple):
    """How the table is read: the columns' meanings, which column names the row, and when "current" is."""

    columns: tuple[Column, ...]
    label_column: int | None
    label_is_measure: bool
    authorities: bool  # rows are councils
    reference_column: int | None
    period_columns: tuple[int, ...]
    captions: tuple[str, ...]  # what the table is called, the nearest first
    anchor: Period | None  # the caption's period, which supplies years
    point: PeriodWords | None
    basis: Basis | None
    now: Period | None
    now_from: PeriodFrom | None
    trend: Period | None  # the last of two or more dated columns
    printed_units: Mapping[tuple[str, ...], str]  # of columns whose values mostly print one unit

    @property
    def caption(self) -> str:
        return " ".join(self.captions)


VALUED = frozenset(
    ("value", "current", "previous", "numerator", "denominator", "target", "benchmark", "change", "plan")
)
TOTAL = re.compile(
    r"(?:grand |sub|over)?\W*totals?\b.{0,40}|.{1,40}\btotals?|overall|all|whole (?:service|council|authority)|(?:council|borough|county|city|authority|service|district)[\s-]*(?:wide|total|overall|average)?|all (?:services|teams|children|ages)",
    re.IGNORECASE,
)
_OWN_AVERAGE = re.compile(r"\b(?:council|corporate|authority|directorate)\b.{0,12}\baverage\b", re.IGNORECASE)


def holds_value(text: str) -> bool:
    return bool(re.search(r"\d", text)) and bool(read_cell(text)) and read_period(normal(text)) is None


def read_layout(grid: Sequence[Sequence[str]], height: int, context: Context, captions: Sequence[str]) -> Layout:
    """What each column of a grid means, with `height` rows of headings, and what the captions say of them all."""
    header, body = grid[:height], [row for row in grid[height:] if not is_title(row)]
    width = max(len(row) for row in grid)
    cells = [[row[c] if c < len(row) else "" for row in body] for c in range(width)]
    headed = columns_of(header, width, context.said_on, context.council)
    columns = [_by_cells(column, cells[c], first=c == 0) for c, column in enumerate(headed)]
    if (
        sum(rated(column) is not None for column in columns) > 1
    ):  # what no colour stands over is counted by another sign
        columns = [c if c.heading or not at else c._replace(meaning="words") for at, c in enumerate(columns)]
    captions = (*(row[0] for row in header if is_title(row)), *captions)
    anchor = caption_anchor(captions, columns, context)
    filled = [any(holds_value(cell) for cell in cells[c]) for c in range(width)]
    columns = date_columns(_parts_of_years(columns, header), filled, anchor, context.said_on)
    label = _label_column(columns, body)
    names = [row[label] for row in body if label is not None and label < len(row) and row[label].strip()]
    stub = " ".join(columns[label].heading) if label is not None else ""
    authorities = _are_authorities(stub, names, context.council)
    if authorities and label is not None:
        columns = [_without_codes(column, cells[c]) if c < label else column for c, column in enumerate(columns)]
    reference = next((c for c, column in enumerate(columns) if column.meaning == "reference" and c != label), None)
    if reference is None:
        codes = [c for c, column in enumerate(columns) if column.meaning == "measure" and c != label]
        reference = next((c for c in codes if all(len(cell) <= 10 for cell in cells[c])), None)
    basis: Basis | None = "snapshot" if re.search(r"\bsnapshot\b", " ".join(captions), re.IGNORECASE) else None
    now, now_from = _now(columns, captions, context)
    return Layout(
        columns=tuple(columns),
        label_column=label,
        label_is_measure=not authorities and _label_is_measure(columns, label, names),
        authorities=authorities,
        reference_column=reference,
        period_columns=tuple(c for c in range(width) if c != label and _is_period_column(columns[c], cells[c])),
        captions=captions,
        anchor=anchor,
        point=caption_point(captions, stub, columns) or defined_point(captions, columns, context),
        basis=basis,
        now=now,
        now_from=now_from,
        trend=_trend(columns),
        printed_units={
            c.heading: u for c, column_cells in zip(columns, cells, strict=True) if (u := _printed(column_cells))
        },
    )


def _parts_of_years(columns: Sequence[Column], header: Sequence[Sequence[str]]) -> list[Column]:
    """Years under a heading over all of them that is a quarter or month of a year: "Quarter 3" over 2023/24 and 2024/25."""
    over = [read_when(row[0], None) for row in header if is_title(row)]
    part = next((w for w in over if isinstance(w, PeriodWords) and not w.is_relative), None)
    if part is None:
        return list(columns)
    return [
        column._replace(period=in_year(part, column.period) or column.period)
        if column.period and is_year(column.period)
        else column
        for column in columns
    ]


def _printed(cells: Sequence[str]) -> str | None:
    """The unit that most values of a column print: a change without its % sign stands under values with it."""
    found = [v for cell in cells for v in read_cell(cell) if v.value is not None and not v.part]
    units = Counter(v.unit for v in found if v.unit)
    unit, count = units.most_common(1)[0] if units else (None, 0)
    return unit if 2 * count > len(found) and unit != "gbp" else None


_PERIOD_HEADING = re.compile(
    r"(?:(?:reporting|data|latest|time|current)?\s*(?:period|date|month|quarter|year)|(?:position |data )?as at|as of|period covered|date of data|latest data|timeframe|timescale|when)\W*",
    re.IGNORECASE,
)


def _is_period_column(column: Column, cells: Sequence[str]) -> bool:
    """Whether a column says, row by row, when the row's values were so."""
    if column.meaning in VALUED or not column.heading or not _PERIOD_HEADING.fullmatch(column.heading[-1]):
        return False
    filled = [cell for cell in cells if cell.strip()]
    return 2 * sum(read_when(cell, None) is not None for cell in filled) > len(filled)


_AUTHORITY_STUB = re.compile(
    r"\W*(?:local\s+|comparator\s+|neighbouring\s+)?(?:authorit(?:y|ies)|councils?|las?|local authorit(?:y|ies)\s+name|la name|boroughs?)\W*",
    re.IGNORECASE,
)


def _are_authorities(stub: str, names: Sequence[str], council: str | None) -> bool:
    """Whether rows are councils: by the stub's heading, or because the own council stands among other bodies."""
    if _AUTHORITY_STUB.fullmatch(stub):
        return True
    own = any(is_own_name(undated_text(name), council) for name in names)
    if own and 2 * sum(is_body(undated_text(name)) for name in names) >= len(names) > 2:
        return True
    return own and not stub and any(is_body(name) for name in names) and not any(unit_of(name) for name in names)


_AREA_CODE = re.compile(r"\d{3}|[EWNS]\d{8}")


def _without_codes(column: Column, cells: Sequence[str]) -> Column:
    """A column of the numbers that areas go by ("938", "E10000032") before their names holds no values."""
    filled = [cell for cell in cells if cell.strip()]
    coded = all(_AREA_CODE.fullmatch(cell.strip()) for cell in filled) and len(set(filled)) == len(filled)
    return column._replace(meaning="rank", organisation=None) if filled and coded else column


def _by_cells(column: Column, cells: Sequence[str], *, first: bool = False) -> Column:
    """A column's meaning, corrected by what stands in it: values make a value of it, words take a value away."""
    filled = [cell for cell in cells if cell.strip()]
    valued = [cell for cell in filled if read_cell(cell) and read_period(normal(cell)) is None]
    numbers = [cell for cell in valued if re.search(r"\d", cell)]
    coloured = any(read_rag(cell.split()[0]) for cell in filled)
    if column.meaning == "rag" and filled and not coloured and 2 * len(numbers) < len(filled):
        return column._replace(meaning="label")  # "Status" over kinds of cases, not over colours
    if column.meaning in ("reference", "rag", "direction", "rank"):
        return column
    if first and any(is_band(cell) for cell in numbers) and all(is_band(cell) for cell in numbers):
        return column._replace(meaning="label", unit=None)
    if column.meaning in VALUED:
        return (
            column
            if 2 * len(valued) >= len(filled) and numbers
            else column._replace(meaning="label" if not column.heading else "words")
        )
    if numbers and 2 * len(valued) >= len(filled):
        words = " ".join(column.heading)
        return column._replace(
            meaning="value", measure_words=column.measure_words or ("" if is_generic(words) else words)
        )
    return column


def _label_column(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> int | None:
    """The column that names the rows: the one headed as a measure, else the first of words."""
    measures = [c for c, column in enumerate(columns) if column.meaning == "measure"]
    if len(measures) > 1:  # "KPI" over codes beside "Description" over names
        return max(measures, key=lambda c: (sum(len(row[c]) for row in body if c < len(row)), -c))
    for wanted in ("measure", "label", "words"):
        for c, column in enumerate(columns):
            named = [row[c] for row in body if c < len(row) and row[c].strip()] if column.meaning == wanted else []
            if named and not (wanted == "words" and all(holds_value(cell) for cell in named)):
                return c
    return next((c for c, column in enumerate(columns) if column.meaning in ("reference", "basis")), None)


_NUMBERED_TABLE = re.compile(r"(?:table|figure|appendix|annex)\s*[\dA-Z.]{1,5}\W*", re.IGNORECASE)


def _label_is_measure(columns: Sequence[Column], label: int | None, names: Sequence[str]) -> bool:
    """Whether rows are measures, or services, bodies and dates under a measure that the columns or the caption name."""
    if label is None:
        return False
    column = columns[label]
    if column.meaning == "measure":
        return True
    if any(is_band(name) for name in names):
        return False
    measured = any(c.measure_words for c in columns if c.meaning in VALUED) and not _are_departments(columns)
    if any(unit_of(name) for name in names if not TOTAL.fullmatch(name)) and not measured:
        return True
    if column.heading and not _NUMBERED_TABLE.fullmatch(column.heading[-1]):
        return bool(unit_of(column.heading[-1])) and not measured
    return not measured and not all(is_body(n) or read_when(n, None) for n in names)


def _are_departments(columns: Sequence[Column]) -> bool:
    """Whether two or more columns of values are headed by initials, with a total at most beside them: "ASC", "CYP", "Total"."""
    words = [c.measure_words for c in columns if c.meaning in VALUED and c.measure_words]
    initials = [w for w in words if re.fullmatch(r"[A-Z&]{2,6}", w)]
    return len(set(initials)) >= 2 and all(w in initials or TOTAL.fullmatch(w) for w in words)


def _now(
    columns: Sequence[Column], captions: Sequence[str], context: Context
) -> tuple[Period | None, PeriodFrom | None]:
    """When "current" is: the last month of the columns' own trend, else the caption's date, else the report's period."""
    months = [
        c.period
        for c in columns
        if c.period
        and c.meaning == "value"
        and not c.organisation
        and c.period.kind in (PeriodKind.MONTH, PeriodKind.MONTH_END, PeriodKind.QUARTER, PeriodKind.DAY)
    ]
    if months:
        return max(months, key=lambda p: p.end), "column"
    caption = captioned_period(captions, context)
    if caption:
        return caption, "heading"
    return (context.covers, "report") if context.covers else (None, None)


def _trend(columns: Sequence[Column]) -> Period | None:
    """The last of two or more dated columns of one kind: what a change between them is of."""
    periods = [c.period for c in columns if c.period and c.meaning == "value" and not c.organisation]
    kinds = Counter(p.kind for p in set(periods))
    alike = [p for p in periods if kinds[p.kind] > 1]
    return max(alike, key=lambda p: p.end) if alike else None


def is_body(text: str) -> bool:
    return body_of(text, None) is not None


def body_of(text: str, council: str | None) -> str | None:
    """The other body that a row is of: "England", "Statistical neighbours", another council; None for the council's own."""
    if _OWN_AVERAGE.search(text):
        return f"{council} council average" if council else "council average"
    return body_named(text) or other_council(text, council)
