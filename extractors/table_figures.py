"""From a cell of a table to figures: role, unit, measure, colour and arrow, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.cell_periods import when_of_cell
from extractors.cell_values import CellValue, is_band, read_cell, read_direction, read_rag
from extractors.column_headings import (
    Column,
    Meaning,
    body_named,
    is_generic,
    is_year,
    rated,
    read_when,
    undated_text,
    unit_of,
)
from extractors.language import Context
from extractors.table_captions import caption_measure
from extractors.table_layout import VALUED, Layout
from extractors.table_rows import Row
from schema.evidence import Evidence
from schema.paper import Cell, Table
from schema.period import Period
from schema.records import Direction, Figure, Rag, Role, TargetDirection

EXTRACTOR = "figures.table"


def figures_of_row(row: Row, layout: Layout, table: Table, context: Context) -> Iterator[Figure]:
    """A figure for each value in the row's cells, those under colours, words and labels left out."""
    row_unit = row.unit or _shared_unit(row, layout)
    for c, cell in enumerate(row.cells):
        column = layout.columns[c]
        if column.meaning not in VALUED or c == layout.label_column:
            continue
        for value in read_cell(cell.text):
            if (
                value.missing == "not_available"
                and not value.unit
                and column.meaning in ("change", "previous")
                and cell.text.strip() in ("-", "–", "—")
            ):
                continue
            yield _figure(row, cell, value, column, c, row_unit, layout, table, context)


def _shared_unit(row: Row, layout: Layout) -> str | None:
    """The one unit that the row's own values print: a target without its % sign stands beside values with it."""
    units = Counter(
        v.unit
        for c, cell in enumerate(row.cells)
        if layout.columns[c].meaning in VALUED
        for v in read_cell(cell.text)
        if v.unit and not v.part
    )
    units.pop("percentage_points", None)
    return next(iter(units)) if len(units) == 1 else None


def _figure(
    row: Row,
    cell: Cell,
    value: CellValue,
    column: Column,
    c: int,
    row_unit: str | None,
    layout: Layout,
    table: Table,
    context: Context,
) -> Figure:
    role = _role(row, value, column, context)
    unit, power = _unit(value, column, role, row, row_unit, layout)
    period, source, basis = when_of_cell(row, column, role, layout, context, unit)
    if value.when and isinstance(own := read_when(value.when, context.said_on), Period):
        period, source, basis = own, "column", None
    if role == "actual" and source in ("heading", "report") and unit == "gbp" and period and _is_draft(period, context):
        role = "plan"
    amount = _scaled(value.value, power)
    if value.bracketed and unit != "gbp" and role != "change" and amount is not None:
        amount = abs(amount)  # "(65)" beside a share is a number of cases, no loss
    doubts: tuple[str, ...] = ("inferred:period",) if source in ("heading", "report") else ()
    if (
        unit == "percent"
        and role in ("actual", "target", "benchmark")
        and amount is not None
        and not 0 <= amount <= 100
    ):
        doubts += ("impossible",)
    signs = _signs(row, c, layout) if role == "actual" else (None, None)
    metric_text, breakdown = _measure(row, column, layout, unit)
    return Figure(
        evidence=cell_evidence(row, cell, value.start, value.end, table, context),
        extractor=EXTRACTOR,
        confidence=0.95 if source in ("column", None) else 0.85,
        doubts=doubts,
        value=amount,
        value_high=_scaled(value.high, power),
        unit=unit,
        missing=value.missing,
        qualifier=value.qualifier,
        role=role,
        metric_text=metric_text,
        breakdown=column.band if role == "target" and column.band else breakdown,
        rag=signs[0],
        direction=signs[1],
        organisation=_whose(value) or row.organisation or column.organisation or context.council,
        council=context.council,
        period=period,
        period_from=source,
        basis=basis,
        target_direction=_target_direction(row, layout, value) if role == "target" else None,
    )


def _scaled(value: Decimal | None, power: int) -> Decimal | None:
    return value.scaleb(power) if value is not None and power else value


_ROLES: dict[Meaning | None, Role] = {
    "target": "target",
    "change": "change",
    "plan": "plan",
}


def _whose(value: CellValue) -> str | None:
    return body_named(value.whose) if value.whose else None


def _role(row: Row, value: CellValue, column: Column, context: Context) -> Role:
    if value.part == "numerator" or column.meaning == "numerator":
        return "numerator"
    if value.part == "denominator" or column.meaning == "denominator":
        return "denominator"
    if role := _ROLES.get(column.meaning) or _ROLES.get(row.meaning):
        return role
    if re.match(r"\s*(?:targets?|goal)\b", row.label, re.IGNORECASE):
        return "target"
    other = row.organisation or column.organisation or value.whose
    if other or column.meaning == "benchmark":
        return "benchmark"
    return "plan" if column.period and is_year(column.period) and _lies_ahead(column.period, context) else "actual"


_OF_A_BUDGET = re.compile(
    r"\b(?:draft|proposed)\b.{0,30}\bbudget|\bbudget\b.{0,40}\b(?:setting|proposals?)\b", re.IGNORECASE
)


def _lies_ahead(year: Period, context: Context) -> bool:
    """Whether a year had not begun when the paper was written: by its date, else as a draft budget for that year or an earlier."""
    return year.start > context.said_on if context.said_on else _is_draft(year, context)


def _is_draft(period: Period, context: Context) -> bool:
    """Whether a period is the year that a draft budget is for, or a later one."""
    covers = context.covers
    if covers is None or not is_year(covers) or not is_year(period) or period.start < covers.start:
        return False
    return bool(_OF_A_BUDGET.search(context.paper.masthead.title or ""))


_MONEY = {"gbp_thousand": ("gbp", 3), "gbp_million": ("gbp", 6)}
_POWERS = {**_MONEY, "count_thousand": ("count", 3)}
_COUNTED = re.compile(
    r"\b(?:placements?|posts?|fte|wte|children|young people|families|cases?|head\s?count|number|clients?|beds?|nights?|weeks?|days?|staff)\b",
    re.IGNORECASE,
)


def _unit(
    value: CellValue, column: Column, role: Role, row: Row, row_unit: str | None, layout: Layout
) -> tuple[str, int]:
    """The unit and the power of ten that a printed number is scaled by ("£000" over a column)."""
    scale = _money_scale(column, row, layout)
    if value.unit == "gbp" and scale and not value.multiplied:
        return _POWERS[scale]
    if value.unit:
        return value.unit, 0
    if role in ("numerator", "denominator"):
        return "count", 0
    own = unit_of(column.measure_words) if column.measure_words else None
    if scale and column.unit in (None, scale) and row.unit in (None, scale):
        return _POWERS[scale]
    stub = _stub_unit(layout) or (None if layout.label_is_measure else layout.printed_units.get(column.heading))
    if (
        not column.unit
        and column.heading
        and re.fullmatch(r"\W*rates?\W*", undated_text(column.heading[-1]), re.IGNORECASE)
    ):
        rate = unit_of(layout.caption) or ""
        return (rate if rate.startswith("per_") else row_unit or "per_10k"), 0
    if column.measure_words and not (own or column.unit or row.unit or stub) and not layout.label_is_measure:
        return "count", 0  # "Interviews held" beside a column of percentages counts interviews
    unit = column.unit or own or row.unit or stub or row_unit or unit_of(layout.caption) or "count"
    return _POWERS.get(unit, (unit, 0))


def _money_scale(column: Column, row: Row, layout: Layout) -> str | None:
    """Thousands or millions of pounds, where the column, the row or the caption prints them over the cell."""
    for unit in (column.unit, row.unit):
        if unit:
            return unit if unit in _MONEY else None
    words = column.measure_words
    if _COUNTED.search(words) or _COUNTED.search(row.label if layout.label_is_measure else ""):
        return None
    return next((u for text in (_stub(layout), *layout.captions) if (u := unit_of(text)) in _MONEY), None)


def _stub(layout: Layout) -> str:
    return " ".join(layout.columns[layout.label_column].heading) if layout.label_column is not None else ""


def _stub_unit(layout: Layout) -> str | None:
    """The unit that the heading over the rows' labels names: "Rate per 10,000"."""
    heading = layout.columns[layout.label_column].heading if layout.label_column is not None else ()
    return unit_of(heading[-1]) if heading else None


_DIMENSION = re.compile(
    r"(?:by\s+)?(?:gender|sex|age(?:\s+(?:group|band|range))?s?|ethnicity|ethnic\s+(?:group|origin|background)|(?:legal\s+)?status|disability|religion|faith|district|area|ward|locality|placement\s+type|primary\s+need|sexual\s+orientation)",
    re.IGNORECASE,
)
"""A section that says by what its rows narrow the table's measure, and names none itself."""


def _measure(row: Row, column: Column, layout: Layout, unit: str) -> tuple[str, str | None]:
    """The words that name the measure, and what narrows it."""
    words = "" if is_band(column.measure_words) else column.measure_words
    band = column.measure_words if not words else ""
    if colour := rated(column):
        words, band = "", colour
    section = None if row.section and _DIMENSION.fullmatch(row.section.strip(" :")) else row.section
    if layout.label_is_measure:
        named = _without_units(row.label) or section or caption_measure(layout.captions)
        extra = words if column.meaning == "value" and not column.organisation else ""
        return named, " / ".join(t for t in (row.breakdown, extra, band) if t) or None
    stub = _without_units(_stub(layout)) if rated(column) and not is_generic(_stub(layout)) else ""
    named = words or section or stub or caption_measure(layout.captions)
    if (unit == "gbp" or column.meaning == "change") and any(
        _BUDGET.search(" ".join(c.heading)) for c in layout.columns
    ):
        named = next((w for t in column.heading if (w := _without_units(undated_text(t)))), named)
    breakdown = " / ".join(t for t in (row.breakdown, band) if t) or None
    if not named:
        return (row.label if row.breakdown else ""), None
    return _without_units(named), breakdown


def _without_units(words: str) -> str:
    """A heading or label without the units printed in it: "Spend £000", "Grants (£m)"."""
    bare = re.sub(r"\(?\s?£\s?['’]?(?:0{3}['’]?s?|k|m)\b\s?\)?", " ", words, flags=re.IGNORECASE)
    return " ".join(bare.split()).strip(" -–:,")


_BUDGET = re.compile(r"\bbudget\b", re.IGNORECASE)


def _signs(row: Row, c: int, layout: Layout) -> tuple[Rag | None, Direction | None]:
    """The colour and arrow beside a value: those of the sign columns that belong to it, or in its own cell."""
    if layout.columns[c].meaning not in ("current", "value", "previous"):
        return None, None
    rag = direction = None
    for d in _sign_columns(c, layout.columns):
        rag = rag or (read_rag(row.cells[d].text) if layout.columns[d].meaning == "rag" else None)
        direction = direction or (
            read_direction(row.cells[d].text) if layout.columns[d].meaning == "direction" else None
        )
    tail = row.cells[c].text.split()[-1:]
    return rag or (read_rag(tail[0]) if tail and not tail[0][0].isdigit() else None), direction or (
        read_direction(tail[0]) if tail and not tail[0][0].isdigit() else None
    )


def _sign_columns(c: int, columns: Sequence[Column]) -> list[int]:
    """The colours and arrows that follow a run of values belong to one of them: the current, else the latest, else the last."""
    values: list[int] = []
    signs: list[int] = []
    for d, column in enumerate(columns):
        if column.meaning in ("rag", "direction"):
            signs.append(d)
        elif column.meaning in ("current", "value") and not column.organisation:
            if signs and values and c in values:
                break
            values, signs = ([*values, d], []) if not signs else ([d], [])
    if c not in values or not signs:
        return []
    if any(column.meaning == "current" for column in columns):
        return signs if columns[c].meaning == "current" else []
    dated = [(p.end, d) for d in values if (p := columns[d].period)]
    owner = max(dated)[1] if len(dated) == len(values) else values[-1]
    return signs if c == owner else []


def _target_direction(row: Row, layout: Layout, value: CellValue) -> TargetDirection | None:
    """As the row says what is better, else as its bands run: an upper target below the minimum means lower is better."""
    if row.better:
        return "at_most" if row.better == "lower" else "at_least"
    bands = {
        layout.columns[c].band: found[0].value
        for c, cell in enumerate(row.cells)
        if layout.columns[c].meaning == "target"
        and layout.columns[c].band
        and (found := read_cell(cell.text))
        and found[0].value is not None
    }
    low, high = bands.get("min", bands.get("floor")), bands.get("upper", bands.get("stretch"))
    if low is None or high is None or low == high:
        return None
    return "at_least" if high > low else "at_most"


def cell_evidence(row: Row, cell: Cell, start: int, end: int, table: Table, context: Context) -> Evidence:
    cells = table.rows[cell.row] if cell.row < len(table.rows) else row.cells
    quote = " | ".join(" ".join(c.text.split()) for c in cells if c.text)
    evidence = context.paper.evidence(table, cell.reading, start, end, quote)
    return evidence.model_copy(update={"paragraph": row.reference or table.paragraph})
