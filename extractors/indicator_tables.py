"""Tables whose rows name a measure and whose columns are periods, values, parts, targets and signs: every cell a figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from corpus.council_mentions import find_councils
from extractors.cell_values import CellValue, read_cell, read_direction, read_rag
from extractors.column_headings import Column, body_named, columns_of, header_height, is_title, read_basis, unit_of
from extractors.language import Context
from schema.evidence import Evidence
from schema.paper import Cell, Table
from schema.period import Period, PeriodKind
from schema.period_words import find_periods, read_period, resolve
from schema.records import Basis, Direction, Figure, PeriodFrom, Rag, Refusal, Role, TargetDirection

EXTRACTOR = "figures.table"


class TableReading(NamedTuple):
    """What a table gave: figures, what was refused, and the cells whose words are prose for other extractors."""

    figures: tuple[Figure, ...]
    refusals: tuple[Refusal, ...]
    prose: tuple[Cell, ...]


class _Row(NamedTuple):
    """A data row with what all its cells share."""

    cells: tuple[Cell, ...]
    label: str
    breakdown: str | None
    reference: str | None
    organisation: str | None  # where the row is another body's
    section: str | None
    period: Period | None  # where the row, not the column, says when
    basis: Basis | None
    unit: str | None
    better: str | None  # "lower" or "higher", as the row prints it


class _Layout(NamedTuple):
    """How the table is read: the columns' meanings, which column names the row, and when "current" is."""

    columns: tuple[Column, ...]
    label_column: int | None
    label_is_measure: bool
    reference_column: int | None
    caption: str
    now: Period | None
    now_from: PeriodFrom | None


_VALUED = frozenset(
    ("value", "current", "previous", "numerator", "denominator", "target", "benchmark", "change", "plan")
)
_TOTAL = re.compile(
    r"(?:grand |sub|over)?\W*totals?|overall|all|whole (?:service|council|authority)|(?:council|borough|county|city|authority|service)\s*(?:wide|total|overall)|all (?:services|teams|children|ages)",
    re.IGNORECASE,
)
_OWN_AVERAGE = re.compile(r"\b(?:council|corporate|authority|directorate)\b.{0,12}\baverage\b", re.IGNORECASE)
_LOWER = re.compile(
    r"\b(?:lower|smaller|low|less)\s+(?:is|the)\s+(?:better|good)\b|^(?:lower|low|smaller|decrease|minimi[sz]e|↓|▼|l)$",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\b(?:higher|bigger|high|more)\s+(?:is|the)\s+(?:better|good)\b|^(?:higher|high|bigger|increase|maximi[sz]e|↑|▲|h)$",
    re.IGNORECASE,
)


def read_table(table: Table, context: Context, lead_in: str = "") -> TableReading:
    """Read a table. `lead_in` is the paragraph that introduces it, which may name its measure and its date."""
    grid = [[cell.text for cell in row] for row in table.rows]
    height = header_height(grid, table.header_rows)
    body = table.rows[height:]
    if not any(_holds_value(cell.text) for row in body for cell in row):
        return TableReading((), (), tuple(cell for row in table.rows for cell in row if cell.text))
    layout = _layout(grid, height, context, table, lead_in)
    if not any(c.meaning in _VALUED for c in layout.columns):
        return TableReading((), (), tuple(cell for row in table.rows for cell in row if cell.text))
    figures: list[Figure] = []
    refusals: list[Refusal] = []
    for row in _rows(body, grid[:height], layout, context):
        figures += _figures_of_row(row, layout, table, context)
        refusals += _refusals_of_row(row, layout, table, context)
    return TableReading(tuple(figures), tuple(refusals), tuple(_prose(body, layout)))


def _holds_value(text: str) -> bool:
    return bool(re.search(r"\d", text)) and bool(read_cell(text)) and read_period(text) is None


def _layout(grid: Sequence[Sequence[str]], height: int, context: Context, table: Table, lead_in: str) -> _Layout:
    header, body = grid[:height], [row for row in grid[height:] if not is_title(row)]
    width = max(len(row) for row in grid)
    columns = [
        _by_cells(column, [row[c] for row in body])
        for c, column in enumerate(columns_of(header, width, context.said_on))
    ]
    titles = " ".join(cell for row in header if is_title(row) for cell in row[:1])
    caption = " ".join(t for t in (titles, *table.headings[-1:], table.caption or "", lead_in) if t)
    label = _label_column(columns, body)
    reference = next((c for c, column in enumerate(columns) if column.meaning == "reference" and c != label), None)
    now, now_from = _now(columns, caption, context)
    return _Layout(
        columns=tuple(columns),
        label_column=label,
        label_is_measure=_label_is_measure(columns, label, body),
        reference_column=reference,
        caption=caption,
        now=now,
        now_from=now_from,
    )


def _by_cells(column: Column, cells: Sequence[str]) -> Column:
    """A column's meaning, corrected by what stands in it: values make a value of it, words take a value away."""
    filled = [cell for cell in cells if cell.strip()]
    valued = [cell for cell in filled if read_cell(cell) and read_period(cell) is None]
    numbers = [cell for cell in valued if re.search(r"\d", cell)]
    if column.meaning in ("reference", "rag", "direction"):
        return column
    if column.meaning in _VALUED:
        return (
            column
            if 2 * len(valued) >= len(filled) and numbers
            else column._replace(meaning="label" if not column.heading else "words")
        )
    if numbers and 2 * len(valued) >= len(filled):
        return column._replace(meaning="value", measure_words=column.measure_words or " ".join(column.heading))
    return column


def _label_column(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> int | None:
    """The column that names the rows: the one headed as a measure, else the first of words."""
    for wanted in ("measure", "label", "words"):
        for c, column in enumerate(columns):
            if column.meaning == wanted and any(c < len(row) and row[c].strip() for row in body):
                return c
    return next((c for c, column in enumerate(columns) if column.meaning == "reference"), None)


def _label_is_measure(columns: Sequence[Column], label: int | None, body: Sequence[Sequence[str]]) -> bool:
    """Whether rows are measures, or services, bodies and dates under a measure that the columns or the caption name."""
    if label is None:
        return False
    if columns[label].meaning == "measure":
        return True
    names = [row[label] for row in body if label < len(row) and row[label].strip()]
    if any(unit_of(name) for name in names) and not any(c.measure_words for c in columns if c.meaning in _VALUED):
        return True
    if columns[label].heading:
        return False
    return not any(c.measure_words for c in columns if c.meaning in _VALUED) and not all(
        _is_body(n) or read_period(n) for n in names
    )


def _now(columns: Sequence[Column], caption: str, context: Context) -> tuple[Period | None, PeriodFrom | None]:
    """When "current" is: the last month of the columns' own trend, else the caption's date, else the report's period."""
    months = [
        c.period
        for c in columns
        if c.period
        and c.meaning == "value"
        and c.period.kind in (PeriodKind.MONTH, PeriodKind.MONTH_END, PeriodKind.QUARTER, PeriodKind.DAY)
    ]
    if months:
        return max(months, key=lambda p: p.end), "column"
    for words in reversed(find_periods(caption)):
        if (read := resolve(words, context.said_on)) and not words.is_relative:
            return read.period, "heading"
    return (context.covers, "report") if context.covers else (None, None)


def _rows(
    body: Sequence[tuple[Cell, ...]], header: Sequence[Sequence[str]], layout: _Layout, context: Context
) -> Iterator[_Row]:
    """The data rows, each with its label (carried down over blank cells) and the section it stands in."""
    section, label, reference = None, "", None
    headings = [tuple(row) for row in header]
    for cells in body:
        texts = [cell.text for cell in cells]
        if tuple(texts) in headings:
            continue
        if is_title(texts):
            section, label, reference = texts[0], "", None
            continue
        own = _at(texts, layout.label_column)
        if own:
            label, reference = own, None
        reference = _at(texts, layout.reference_column) or reference
        yield _row(cells, texts, label, reference, section, layout, context)


def _row(
    cells: tuple[Cell, ...],
    texts: Sequence[str],
    label: str,
    reference: str | None,
    section: str | None,
    layout: _Layout,
    context: Context,
) -> _Row:
    others = [
        t
        for c, t in enumerate(texts)
        if layout.columns[c].meaning == "label" and c != layout.label_column and t and layout.columns[c].heading
    ]
    organisation = next((name for t in (label, *others) if (name := _body_of(t, context.council))), None)
    when = read_period(label, context.said_on) if label else None
    narrowed = [t for t in others if not _is_body(t)]
    if (
        not layout.label_is_measure
        and label
        and not _TOTAL.fullmatch(label.strip())
        and not organisation
        and not _is_own(label, context.council)
        and not when
    ):
        narrowed = [label, *narrowed]
    basis_cell = next((t for c, t in enumerate(texts) if layout.columns[c].meaning == "basis" and t), "")
    polarity = next((t for c, t in enumerate(texts) if layout.columns[c].meaning == "polarity" and t), "")
    unit_cell = next((t for c, t in enumerate(texts) if layout.columns[c].meaning == "unit" and t), "")
    better = (
        "lower"
        if _LOWER.search(label) or _LOWER.search(polarity)
        else "higher"
        if _HIGHER.search(label) or _HIGHER.search(polarity)
        else None
    )
    return _Row(
        cells=cells,
        label=" ".join(label.split()),
        breakdown=" / ".join(" ".join(t.split()) for t in narrowed) or None,
        reference=reference,
        organisation=organisation,
        section=section,
        period=when.period if when else None,
        basis=read_basis(basis_cell),
        unit=unit_of(unit_cell) or unit_of(label),
        better=better,
    )


def _at(texts: Sequence[str], column: int | None) -> str:
    return texts[column].strip() if column is not None and column < len(texts) else ""


def _is_body(text: str) -> bool:
    return _body_of(text, None) is not None


def _body_of(text: str, council: str | None) -> str | None:
    """The other body that a row is of: "England", "Statistical neighbours", another council; None for the council's own."""
    if _OWN_AVERAGE.search(text):
        return f"{council} council average" if council else "council average"
    if name := body_named(text):
        return name
    mentions = find_councils(text)
    if (
        len(mentions) == 1
        and mentions[0].end - mentions[0].start >= len(text.strip()) - 8
        and mentions[0].council.short_name != council
    ):
        return mentions[0].council.short_name
    return None


def _is_own(label: str, council: str | None) -> bool:
    return bool(council) and (
        label.casefold() == (council or "").casefold()
        or any(m.council.short_name == council for m in find_councils(label))
    )


def _figures_of_row(row: _Row, layout: _Layout, table: Table, context: Context) -> Iterator[Figure]:
    row_unit = row.unit or _shared_unit(row, layout)
    for c, cell in enumerate(row.cells):
        column = layout.columns[c]
        if column.meaning not in _VALUED or c == layout.label_column:
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


def _shared_unit(row: _Row, layout: _Layout) -> str | None:
    """The one unit that the row's own values print: a target without its % sign stands beside values with it."""
    units = Counter(
        v.unit
        for c, cell in enumerate(row.cells)
        if layout.columns[c].meaning in _VALUED
        for v in read_cell(cell.text)
        if v.unit and not v.part
    )
    units.pop("percentage_points", None)
    return next(iter(units)) if len(units) == 1 else None


def _figure(
    row: _Row,
    cell: Cell,
    value: CellValue,
    column: Column,
    c: int,
    row_unit: str | None,
    layout: _Layout,
    table: Table,
    context: Context,
) -> Figure:
    role = _role(row, value, column)
    unit, power = _unit(value, column, role, row, row_unit, layout)
    period, source, basis = _when(row, column, role, layout)
    amount = _scaled(value.value, power)
    doubts: tuple[str, ...] = ("inferred:period",) if source in ("heading", "report") else ()
    if (
        unit == "percent"
        and role in ("actual", "target", "benchmark")
        and amount is not None
        and not 0 <= amount <= 100
    ):
        doubts += ("impossible",)
    signs = _signs(row, c, layout) if role == "actual" else (None, None)
    metric_text, breakdown = _measure(row, column, layout)
    return Figure(
        evidence=_evidence(row, cell, value.start, value.end, table, context),
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
        organisation=row.organisation or column.organisation or context.council,
        council=context.council,
        period=period,
        period_from=source,
        basis=basis,
        target_direction=_target_direction(row, layout, value) if role == "target" else None,
    )


def _scaled(value: Decimal | None, power: int) -> Decimal | None:
    return value.scaleb(power) if value is not None and power else value


def _role(row: _Row, value: CellValue, column: Column) -> Role:
    if value.part == "numerator" or column.meaning == "numerator":
        return "numerator"
    if value.part == "denominator" or column.meaning == "denominator":
        return "denominator"
    if column.meaning in ("target", "change", "plan"):
        return "target" if column.meaning == "target" else "change" if column.meaning == "change" else "plan"
    if re.match(r"\s*(?:targets?|goal)\b", row.label, re.IGNORECASE):
        return "target"
    return "benchmark" if row.organisation or column.organisation or column.meaning == "benchmark" else "actual"


_POWERS = {"gbp_thousand": ("gbp", 3), "gbp_million": ("gbp", 6)}


def _unit(
    value: CellValue, column: Column, role: Role, row: _Row, row_unit: str | None, layout: _Layout
) -> tuple[str, int]:
    """The unit and the power of ten that a printed number is scaled by ("£000" over a column)."""
    if value.unit:
        return value.unit, 0
    if role in ("numerator", "denominator"):
        return "count", 0
    own = unit_of(column.measure_words) if column.measure_words else None
    if column.measure_words and not own and not column.unit and row.unit is None and not layout.label_is_measure:
        return "count", 0  # "Interviews held" beside a column of percentages counts interviews
    unit = column.unit or own or row_unit or unit_of(column.measure_words) or unit_of(layout.caption) or "count"
    return _POWERS.get(unit, (unit, 0))


def _when(
    row: _Row, column: Column, role: Role, layout: _Layout
) -> tuple[Period | None, PeriodFrom | None, Basis | None]:
    basis = row.basis or column.basis
    if role == "target":
        return column.period, "column" if column.period else None, None
    if row.period:
        return row.period, "column", basis
    if column.period and row.basis and column.period.kind is PeriodKind.RANGE:
        return _on_basis(column.period, row.basis), "column", row.basis
    if column.period:
        return column.period, "column", column.basis
    if column.meaning == "previous" or layout.now is None:
        return None, None, basis
    return _on_basis(layout.now, basis), layout.now_from, basis


def _on_basis(now: Period, basis: Basis | None) -> Period:
    """The stretch that "current" covers: a snapshot its date, a year to date from April, a rolling year twelve months."""
    if basis == "ytd":
        return Period.year_to_date(now.end)
    if basis == "rolling_year":
        return Period.rolling_year(now.end)
    if basis == "snapshot" and now.kind in (PeriodKind.MONTH, PeriodKind.RANGE):
        return Period.month_end(now.end.year, now.end.month)
    return now


def _measure(row: _Row, column: Column, layout: _Layout) -> tuple[str, str | None]:
    """The words that name the measure, and what narrows it."""
    if layout.label_is_measure:
        words = row.label or row.section or layout.caption
        extra = column.measure_words if column.meaning == "value" and not column.organisation else ""
        return words, " / ".join(t for t in (row.breakdown, extra) if t) or None
    named = column.measure_words or row.section or _caption_measure(layout.caption)
    if not named:
        return row.label, None
    return " ".join(named.split()), row.breakdown


def _caption_measure(caption: str) -> str:
    words = re.sub(
        r"\b(?:the\s+)?(?:table|chart|figure)\s*\d*\s*(?:below|above)?\s*(?:shows?|sets? out|gives|summarises)?|\bis as follows|\bthe breakdown of\b|\bbelow\b",
        " ",
        caption,
        flags=re.IGNORECASE,
    )
    return " ".join(words.split()).strip(" :.-–")[-120:]


def _signs(row: _Row, c: int, layout: _Layout) -> tuple[Rag | None, Direction | None]:
    """The colour and arrow beside a value: those of the sign columns between it and the next value, or in its own cell."""
    if layout.columns[c].meaning not in ("current", "value"):
        return None, None
    rag = direction = None
    if layout.columns[c].meaning == "current" or not any(col.meaning == "current" for col in layout.columns):
        following = range(c + 1, len(row.cells))
        for d in following:
            if layout.columns[d].meaning in ("current", "value"):
                break
            rag = rag or (read_rag(row.cells[d].text) if layout.columns[d].meaning == "rag" else None)
            direction = direction or (
                read_direction(row.cells[d].text) if layout.columns[d].meaning == "direction" else None
            )
    tail = row.cells[c].text.split()[-1:]
    return rag or (read_rag(tail[0]) if tail and not tail[0][0].isdigit() else None), direction or (
        read_direction(tail[0]) if tail and not tail[0][0].isdigit() else None
    )


def _target_direction(row: _Row, layout: _Layout, value: CellValue) -> TargetDirection | None:
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


def _evidence(row: _Row, cell: Cell, start: int, end: int, table: Table, context: Context) -> Evidence:
    quote = " | ".join(" ".join(c.text.split()) for c in row.cells if c.text)
    evidence = context.paper.evidence(table, cell.reading, start, end, quote)
    return evidence.model_copy(update={"paragraph": row.reference or table.paragraph})


def _refusals_of_row(row: _Row, layout: _Layout, table: Table, context: Context) -> Iterator[Refusal]:
    """Cells with digits in a column of values that are neither a value nor a date: kept as what could not be read."""
    for c, cell in enumerate(row.cells):
        text = cell.text
        if layout.columns[c].meaning not in _VALUED or c == layout.label_column or not re.search(r"\d", text):
            continue
        if read_cell(text) or read_period(text) or len(text) > 60:
            continue
        reason = "two metrics in one row" if len(re.findall(r"\d[\d.,]*", text)) > 1 else "unreadable cell"
        yield Refusal(
            evidence=_evidence(row, cell, 0, len(text), table, context),
            extractor=EXTRACTOR,
            reason=reason,
            confidence=1.0,
        )


def _prose(body: Sequence[tuple[Cell, ...]], layout: _Layout) -> Iterator[Cell]:
    for row in body:
        for c, cell in enumerate(row):
            if (
                layout.columns[c].meaning in ("words", "label", "measure")
                and c != layout.label_column
                and len(cell.text.split()) > 5
            ) or (layout.columns[c].meaning in _VALUED and len(cell.text) > 60):
                yield cell
