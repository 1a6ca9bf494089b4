"""Tables whose rows name a measure and whose columns are periods, values, parts, targets and signs: every cell a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.cell_values import read_cell
from extractors.column_headings import column_headed, header_height, is_section, is_title, normal
from extractors.indicator_cards import Cards, cards_of, says_data_are_late
from extractors.language import Context
from extractors.table_captions import captions_of
from extractors.table_figures import EXTRACTOR, cell_evidence, figures_of_row
from extractors.table_layout import VALUED, Layout, holds_value, read_layout
from extractors.table_rows import Row, read_rows
from schema.paper import Cell, Table
from schema.period_words import read_period
from schema.records import Figure, Refusal


class TableReading(NamedTuple):
    """What a table gave: figures, what was refused, and the cells whose words are prose for other extractors."""

    figures: tuple[Figure, ...]
    refusals: tuple[Refusal, ...]
    prose: tuple[Cell, ...]


_SAID_BESIDE = frozenset(
    (
        "target",
        "benchmark",
        "previous",
        "change",
        "plan",
        "rag",
        "direction",
        "polarity",
        "numerator",
        "denominator",
        "basis",
        "unit",
        "words",
    )
)


def read_table(table: Table, context: Context, lead_in: str = "") -> TableReading:
    """Read a table. `lead_in` is the paragraph before it, for a table that stands in no paper's body."""
    captions = captions_of(table, context, lead_in)
    if cards := cards_of(table, context, lead_in):
        return _read_cards(cards, table, context)
    blocks = _key_value_blocks(table.rows, context)
    if blocks:
        captions = (*(row[0].text for row in table.rows if is_title([cell.text for cell in row])), *captions)
    readings = [_read_grid(rows, table, captions, context) for rows in blocks or (table.rows,)]
    return TableReading(
        tuple(f for r in readings for f in r.figures),
        tuple(f for r in readings for f in r.refusals),
        tuple(f for r in readings for f in r.prose),
    )


_Rows = tuple[tuple[Cell, ...], ...]


def _read_cards(cards: Cards, table: Table, context: Context) -> TableReading:
    """The figures of cards, each read as a table of one row; a value whose card has no title, or two, is refused."""
    headings = tuple(table.headings[-1:])
    readings = [_read_grid(card.rows, table, headings, context) for card in cards.cards]
    if readings and says_data_are_late(table, context):
        readings[-1] = readings[-1]._replace(figures=tuple(_without_report_period(f) for f in readings[-1].figures))
    refused = tuple(
        Refusal(
            evidence=context.paper.evidence(table, cell.reading, 0, len(cell.text), cell.text),
            extractor=EXTRACTOR,
            reason="value without a measure",
            confidence=1.0,
        )
        for cell in cards.unplaced
    )
    return TableReading(
        tuple(f for r in readings for f in r.figures),
        refused + tuple(f for r in readings for f in r.refusals),
        cards.prose,
    )


def _without_report_period(figure: Figure) -> Figure:
    """The figure without the period of the report, where a note says that it is of an earlier one."""
    if figure.period_from not in ("report", "heading"):
        return figure
    doubts = tuple(doubt for doubt in figure.doubts if doubt != "inferred:period")
    return figure.model_copy(update={"period": None, "period_from": None, "doubts": doubts})


def _read_grid(rows: _Rows, table: Table, captions: Sequence[str], context: Context) -> TableReading:
    grid = [[cell.text for cell in row] for row in rows]
    height = header_height(grid, table.header_rows if rows is table.rows else 1)
    while height > 1 and is_section(grid[:height]):
        height -= 1
    body = rows[height:]
    words = tuple(cell for row in rows for cell in row if cell.text and not holds_value(cell.text))
    if not any(holds_value(cell.text) for row in body for cell in row):
        return TableReading((), (), words)
    layout = read_layout(grid, height, context, captions)
    if not any(c.meaning in VALUED for c in layout.columns):
        return TableReading((), (), words)
    figures: list[Figure] = []
    refusals: list[Refusal] = []
    for row in read_rows(body, grid[:height], layout, context):
        figures += figures_of_row(row, layout, table, context)
        refusals += _refusals_of_row(row, layout, table, context)
    return TableReading(tuple(figures), tuple(refusals), tuple(_prose(body, layout)))


def _key_value_blocks(rows: _Rows, context: Context) -> list[_Rows] | None:
    """A block of two columns without a header, "Target | 75%" under "Quarter 2 result | 71%", turned into rows of a table.

    Each block becomes a heading row of its keys over one row of its values. A row "Measure | ..." starts a block.
    """
    pairs = [tuple(cell for cell in row if cell.text) for row in rows]
    if len(rows) < 2 or any(len(pair) > 2 for pair in pairs) or sum(len(pair) == 2 for pair in pairs) < 2:
        return None
    full = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
    columns = [column_headed((key.text,), context.said_on, context.council) for key, _ in full]
    measures = [
        i for i, column in enumerate(columns) if column.meaning == "measure" and not holds_value(full[i][1].text)
    ]
    if (
        columns[0].meaning in ("measure", "label")
        and not read_cell(full[0][1].text)
        and not (measures and len(full[0][1].text.split()) > 1)
    ):
        return None
    if not any(holds_value(value.text) for _, value in full):
        return None
    telling = [
        c
        for i, c in enumerate(columns)
        if i not in measures
        and (c.meaning in _SAID_BESIDE or (c.meaning in ("current", "value") and (c.period or c.undated or c.heading)))
        and (not c.measure_words or c.meaning in ("target", "words", "rag"))
    ]
    roles = {c.meaning for c in telling if c.meaning in _SAID_BESIDE}
    if not roles & {"target", "benchmark", "previous", "rag", "change"} or 3 * len(telling) < 2 * (
        len(full) - len(measures)
    ):
        return None
    starts = measures if measures and measures[0] == 0 else [0]
    blocks = [full[start:end] for start, end in zip(starts, [*starts[1:], len(full)], strict=True)]
    return [(tuple(key for key, _ in block), tuple(value for _, value in block)) for block in blocks]


def _refusals_of_row(row: Row, layout: Layout, table: Table, context: Context) -> Iterator[Refusal]:
    """Cells with digits in a column of values that are neither a value nor a date: kept as what could not be read."""
    for c, cell in enumerate(row.cells):
        text = cell.text
        if layout.columns[c].meaning not in VALUED or c == layout.label_column or not re.search(r"\d", text):
            continue
        if read_cell(text) or read_period(normal(text)) or len(text) > 60:
            continue
        reason = "two metrics in one row" if len(re.findall(r"\d[\d.,]*", text)) > 1 else "unreadable cell"
        yield Refusal(
            evidence=cell_evidence(row, cell, 0, len(text), table, context),
            extractor=EXTRACTOR,
            reason=reason,
            confidence=1.0,
        )


def _prose(body: Sequence[tuple[Cell, ...]], layout: Layout) -> Iterator[Cell]:
    for row in body:
        for c, cell in enumerate(row):
            if (
                layout.columns[c].meaning in ("words", "label", "measure")
                and c != layout.label_column
                and len(cell.text.split()) > 5
            ) or (layout.columns[c].meaning in VALUED and len(cell.text) > 60):
                yield cell
