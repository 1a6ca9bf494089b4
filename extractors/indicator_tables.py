"""Tables whose rows name a measure and whose columns are periods, values, parts, targets and signs: every cell a figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractors.cell_values import CellValue, is_band, read_cell, read_direction, read_rag
from extractors.column_headings import (
    Column,
    Meaning,
    body_named,
    column_headed,
    columns_of,
    date_columns,
    header_height,
    in_year,
    is_generic,
    is_own_name,
    is_section,
    is_title,
    is_year,
    normal,
    other_council,
    place_run,
    point_in,
    read_basis,
    read_when,
    undated_text,
    unit_of,
    wordings,
)
from extractors.language import Context
from schema.evidence import Evidence
from schema.paper import Block, BlockKind, Cell, Table
from schema.period import Period, PeriodKind, financial_year_of
from schema.period_words import PartialDate, PeriodWords, read_period, resolve
from schema.records import Basis, Direction, Figure, PeriodFrom, Rag, Refusal, Role, TargetDirection

EXTRACTOR = "figures.table"


class TableReading(NamedTuple):
    """What a table gave: figures, what was refused, and the cells whose words are prose for other extractors."""

    figures: tuple[Figure, ...]
    refusals: tuple[Refusal, ...]
    prose: tuple[Cell, ...]


class _Draft(NamedTuple):
    """A data row before it is read: its label and reference carried down over blank cells, and the section it stands in."""

    cells: tuple[Cell, ...]
    label: str
    reference: str | None
    section: str | None


class _Row(NamedTuple):
    """A data row with what all its cells share."""

    cells: tuple[Cell, ...]
    label: str
    breakdown: str | None
    reference: str | None
    organisation: str | None  # where the row is another body's
    section: str | None
    meaning: Meaning | None  # where the row, not the column, is a target, a change, the period before
    period: Period | None  # where the row, not the column, says when
    undated: PeriodWords | None  # its wording where that leaves out the year
    of_column: Period | None  # from a column of periods, for columns that have none
    point: PeriodWords | None  # "at 31 March", of whichever year the column is
    basis: Basis | None
    unit: str | None
    better: str | None  # "lower" or "higher", as the row prints it


class _Layout(NamedTuple):
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


_VALUED = frozenset(
    ("value", "current", "previous", "numerator", "denominator", "target", "benchmark", "change", "plan")
)
_TOTAL = re.compile(
    r"(?:grand |sub|over)?\W*totals?\b.{0,40}|.{1,40}\btotals?|overall|all|whole (?:service|council|authority)|(?:council|borough|county|city|authority|service|district)[\s-]*(?:wide|total|overall|average)?|all (?:services|teams|children|ages)",
    re.IGNORECASE,
)
_OWN_AVERAGE = re.compile(r"\b(?:council|corporate|authority|directorate)\b.{0,12}\baverage\b", re.IGNORECASE)
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
_LOWER = re.compile(
    r"\b(?:lower|smaller|low|less)\s+(?:is|the)\s+(?:better|good)\b|^(?:lower|low|smaller|decrease|minimi[sz]e|↓|▼|l)$",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\b(?:higher|bigger|high|more)\s+(?:is|the)\s+(?:better|good)\b|^(?:higher|high|bigger|increase|maximi[sz]e|↑|▲|h)$",
    re.IGNORECASE,
)


def read_table(table: Table, context: Context, lead_in: str = "") -> TableReading:
    """Read a table. `lead_in` is the paragraph before it, for a table that stands in no paper's body."""
    captions = _captions(table, context, lead_in)
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


def _read_grid(rows: _Rows, table: Table, captions: Sequence[str], context: Context) -> TableReading:
    grid = [[cell.text for cell in row] for row in rows]
    height = header_height(grid, table.header_rows if rows is table.rows else 1)
    while height > 1 and is_section(grid[:height]):
        height -= 1
    body = rows[height:]
    words = tuple(cell for row in rows for cell in row if cell.text and not _holds_value(cell.text))
    if not any(_holds_value(cell.text) for row in body for cell in row):
        return TableReading((), (), words)
    layout = _layout(grid, height, context, captions)
    if not any(c.meaning in _VALUED for c in layout.columns):
        return TableReading((), (), words)
    figures: list[Figure] = []
    refusals: list[Refusal] = []
    for row in _rows(body, grid[:height], layout, context):
        figures += _figures_of_row(row, layout, table, context)
        refusals += _refusals_of_row(row, layout, table, context)
    return TableReading(tuple(figures), tuple(refusals), tuple(_prose(body, layout)))


_MASTHEAD = re.compile(
    r"(?:(?:report|reporting|lead|contact|responsible|originating)\b[^:]{0,40}|author|date|meeting|title|subject|wards?|classification|key decision|cabinet member|portfolio)[^:.]{0,30}:",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r":\s*$|\b(?:tables?|charts?|below|following|as follows|set out|sets out|shown|shows|summarise[sd]?|appendix)\b",
    re.IGNORECASE,
)
_NAMED_TABLE = re.compile(
    r"\W*(?:table|figure|chart|appendix|annex)\s*[\dA-Z]{0,3}(?:\.\d+)?\s*(?:[:.)–—-]|$)", re.IGNORECASE
)


def _captions(table: Table, context: Context, lead_in: str) -> tuple[str, ...]:
    """What the table is called, the nearest first: the lines just before it that caption or introduce it, and its heading."""
    before = _blocks_before(table, context)
    found = [table.caption] if table.caption else []
    for block in before if before is not None else ():
        text = block.text.strip()
        if _MASTHEAD.match(text) or len(text) > 300:
            break
        short = len(text.split()) <= 25 and not re.search(r"[.!?]$", text)
        if not (block.kind is BlockKind.HEADING or short or _INTRODUCES.search(text)):
            break
        found.append(text)
        if block.kind is BlockKind.HEADING or not re.fullmatch(r"[^\w]*[(£].{0,30}", text):
            break
    if before is None and lead_in:
        found.append(lead_in)
    found += [heading for heading in table.headings[-1:] if heading not in found]
    return tuple(text for text in found if not _names_meeting(text, context))


_MEETING = re.compile(
    r"(?:.*\b)?(?:committee|sub-committee|panel|board|cabinet|council|commission|forum)\W*", re.IGNORECASE
)


def _names_meeting(text: str, context: Context) -> bool:
    """Whether a line names the council or the meeting, as mastheads do, and so no measure."""
    masthead = context.paper.masthead
    return bool(_MEETING.fullmatch(text)) or text.strip() in (masthead.council, masthead.body)


def _blocks_before(table: Table, context: Context) -> list[Block] | None:
    """The blocks between this table and the one before, the nearest first; None for a table that is not in the paper's body."""
    at = next((i for i, part in enumerate(context.paper.body) if part is table), None)
    if at is None:
        return None
    blocks: list[Block] = []
    for part in reversed(context.paper.body[:at]):
        if not isinstance(part, Block) or part.report != table.report or len(blocks) == 3:
            break
        blocks.append(part)
    return blocks


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
        i for i, column in enumerate(columns) if column.meaning == "measure" and not _holds_value(full[i][1].text)
    ]
    if (
        columns[0].meaning in ("measure", "label")
        and not read_cell(full[0][1].text)
        and not (measures and len(full[0][1].text.split()) > 1)
    ):
        return None
    if not any(_holds_value(value.text) for _, value in full):
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


def _holds_value(text: str) -> bool:
    return bool(re.search(r"\d", text)) and bool(read_cell(text)) and read_period(normal(text)) is None


def _layout(grid: Sequence[Sequence[str]], height: int, context: Context, captions: Sequence[str]) -> _Layout:
    header, body = grid[:height], [row for row in grid[height:] if not is_title(row)]
    width = max(len(row) for row in grid)
    cells = [[row[c] if c < len(row) else "" for row in body] for c in range(width)]
    headed = columns_of(header, width, context.said_on, context.council)
    columns = [_by_cells(column, cells[c], first=c == 0) for c, column in enumerate(headed)]
    captions = (*(row[0] for row in header if is_title(row)), *captions)
    anchor = _anchor(captions, columns, context)
    filled = [any(_holds_value(cell) for cell in cells[c]) for c in range(width)]
    columns = date_columns(columns, filled, anchor, context.said_on)
    label = _label_column(columns, body)
    names = [row[label] for row in body if label is not None and label < len(row) and row[label].strip()]
    stub = " ".join(columns[label].heading) if label is not None else ""
    authorities = _are_authorities(stub, names, context.council)
    reference = next((c for c, column in enumerate(columns) if column.meaning == "reference" and c != label), None)
    if reference is None:
        codes = [c for c, column in enumerate(columns) if column.meaning == "measure" and c != label]
        reference = next((c for c in codes if all(len(cell) <= 10 for cell in cells[c])), None)
    basis: Basis | None = "snapshot" if re.search(r"\bsnapshot\b", " ".join(captions), re.IGNORECASE) else None
    now, now_from = _now(columns, captions, context)
    return _Layout(
        columns=tuple(columns),
        label_column=label,
        label_is_measure=not authorities and _label_is_measure(columns, label, names),
        authorities=authorities,
        reference_column=reference,
        period_columns=tuple(c for c in range(width) if c != label and _is_period_column(columns[c], cells[c])),
        captions=captions,
        anchor=anchor,
        point=_point(captions, stub, columns),
        basis=basis,
        now=now,
        now_from=now_from,
        trend=_trend(columns),
        printed_units={
            c.heading: u for c, column_cells in zip(columns, cells, strict=True) if (u := _printed(column_cells))
        },
    )


def _printed(cells: Sequence[str]) -> str | None:
    """The unit that most values of a column print: a change without its % sign stands under values with it."""
    found = [v for cell in cells for v in read_cell(cell) if v.value is not None and not v.part]
    units = Counter(v.unit for v in found if v.unit)
    unit, count = units.most_common(1)[0] if units else (None, 0)
    return unit if 2 * count > len(found) and unit != "gbp" else None


def _anchor(captions: Sequence[str], columns: Sequence[Column], context: Context) -> Period | None:
    """The one period that the captions name, the nearest first; else the year that the report covers."""
    for caption in captions:
        read = [resolve(w, context.said_on) for w in wordings(normal(caption)) if w.has_year]
        found = {r.period for r in read if r}
        years = {financial_year_of(p.end) for p in found}
        if len(found) == 1 or (found and len(years) == 1):
            return max(found, key=lambda p: (is_year(p), p.end))
    if (
        context.covers
        and is_year(context.covers)
        and (context.said_on is None or context.covers.end <= context.said_on)
    ):
        return context.covers
    return None


def _point(captions: Sequence[str], stub: str, columns: Sequence[Column]) -> PeriodWords | None:
    """The day of the year that the caption or the stub column's heading counts at, for columns that are years."""
    for text in (stub, *captions):
        if words := point_in(text):
            return words
    bare_years = [c for c in columns if c.period and c.period.kind is PeriodKind.CALENDAR_YEAR]
    if len(bare_years) < 2:
        return None
    for text in captions:
        found = [w for w in wordings(normal(text)) if w.has_year]
        if len(found) == 1 and found[0].kind is PeriodKind.DAY:
            return found[0]._replace(first=found[0].first._replace(year=None), last=found[0].last._replace(year=None))
    return None


_PERIOD_HEADING = re.compile(
    r"(?:(?:reporting|data|latest|time|current)?\s*(?:period|date|month|quarter|year)|(?:position |data )?as at|as of|period covered|date of data|latest data|timeframe|timescale|when)\W*",
    re.IGNORECASE,
)


def _is_period_column(column: Column, cells: Sequence[str]) -> bool:
    """Whether a column says, row by row, when the row's values were so."""
    if column.meaning in _VALUED or not column.heading or not _PERIOD_HEADING.fullmatch(column.heading[-1]):
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
    return own and not stub and any(_is_body(name) for name in names) and not any(unit_of(name) for name in names)


def _by_cells(column: Column, cells: Sequence[str], *, first: bool = False) -> Column:
    """A column's meaning, corrected by what stands in it: values make a value of it, words take a value away."""
    filled = [cell for cell in cells if cell.strip()]
    valued = [cell for cell in filled if read_cell(cell) and read_period(normal(cell)) is None]
    numbers = [cell for cell in valued if re.search(r"\d", cell)]
    if column.meaning in ("reference", "rag", "direction", "rank"):
        return column
    if first and any(is_band(cell) for cell in numbers) and all(is_band(cell) for cell in numbers):
        return column._replace(meaning="label", unit=None)
    if column.meaning in _VALUED:
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
            if column.meaning == wanted and any(c < len(row) and row[c].strip() for row in body):
                return c
    return next((c for c, column in enumerate(columns) if column.meaning in ("reference", "basis")), None)


def _label_is_measure(columns: Sequence[Column], label: int | None, names: Sequence[str]) -> bool:
    """Whether rows are measures, or services, bodies and dates under a measure that the columns or the caption name."""
    if label is None:
        return False
    column = columns[label]
    if column.meaning == "measure":
        return True
    if any(is_band(name) for name in names):
        return False
    measured = any(c.measure_words for c in columns if c.meaning in _VALUED)
    if any(unit_of(name) for name in names if not _TOTAL.fullmatch(name)) and not measured:
        return True
    if column.heading:
        return bool(unit_of(column.heading[-1])) and not measured
    return not measured and not all(_is_body(n) or read_when(n, None) for n in names)


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
    caption = _captioned(captions, context)
    if caption:
        return caption, "heading"
    return (context.covers, "report") if context.covers else (None, None)


def _captioned(captions: Sequence[str], context: Context) -> Period | None:
    """The period of the nearest caption that names one; its last, where it names several."""
    for caption in captions:
        if isinstance(whole := read_when(caption, context.said_on), Period):
            return whole
        for words in reversed(wordings(normal(caption))):
            if read := resolve(words, context.said_on):
                return read.period
    return None


def _trend(columns: Sequence[Column]) -> Period | None:
    """The last of two or more dated columns of one kind: what a change between them is of."""
    periods = [c.period for c in columns if c.period and c.meaning == "value" and not c.organisation]
    kinds = Counter(p.kind for p in set(periods))
    alike = [p for p in periods if kinds[p.kind] > 1]
    return max(alike, key=lambda p: p.end) if alike else None


def _rows(
    body: Sequence[tuple[Cell, ...]], header: Sequence[Sequence[str]], layout: _Layout, context: Context
) -> Iterator[_Row]:
    """The data rows, each with its label (carried down over blank cells), its section, and its period where it has one."""
    drafts = list(_drafts(body, header, layout))
    dates = _row_dates(drafts, layout, context)
    in_columns = _column_dates(drafts, dates, layout, context)
    for draft, (undated, period), of_column in zip(drafts, dates, in_columns, strict=True):
        yield _row(draft, undated, period, of_column, layout, context)


def _drafts(body: Sequence[tuple[Cell, ...]], header: Sequence[Sequence[str]], layout: _Layout) -> Iterator[_Draft]:
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
        yield _Draft(cells, label, reference, section)


_When = tuple[PeriodWords | None, Period | None]


def _row_dates(drafts: Sequence[_Draft], layout: _Layout, context: Context) -> list[_When]:
    """The period that each row's label is, those without a year dated by the year above them or as one run."""
    whens = [_label_when(d.label, layout, context) for d in drafts]
    years = _years_over(drafts, whens, context)
    dates: list[_When] = []
    for when, year in zip(whens, years, strict=True):
        if isinstance(when, PeriodWords):
            dates.append((when, in_year(when, year) if year else None))
        else:
            dates.append((None, when))
    run = [
        i
        for i, (undated, period) in enumerate(dates)
        if (undated and not period)
        or (period and not undated and not is_year(period) and period.kind is not PeriodKind.RANGE)
    ]
    if any(dates[i][0] for i in run):  # of rows wholly dated there is nothing to supply
        words = [w for i in run if (w := dates[i][1] or dates[i][0])]
        filled = [any(_holds_value(cell.text) for cell in drafts[i].cells[1:]) for i in run]
        for i, period in zip(run, place_run(words, filled, layout.anchor, context.said_on), strict=True):
            dates[i] = (dates[i][0], period)
    return _totals_dated(drafts, dates)


def _totals_dated(drafts: Sequence[_Draft], dates: list[_When]) -> list[_When]:
    """A total or year to date under months or quarters is of the stretch that they make up."""
    summed: list[_When] = []
    section = None
    for i, (draft, (undated, period)) in enumerate(zip(drafts, dates, strict=True)):
        if draft.section != section:
            section, summed = draft.section, []
        label = draft.label.strip()
        if period and period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
            summed.append((undated, period))
        elif not period and not undated and len(summed) > 1 and (_TOTAL.fullmatch(label) or _YTD.fullmatch(label)):
            dates[i] = _stretch(summed)
            summed = []
    return dates


_YTD = re.compile(r"(?:ytd|year[- ]to[- ]date|cumulative)(?:\s+total)?", re.IGNORECASE)


def _stretch(dates: Sequence[_When]) -> _When:
    """From the first to the last of some months or quarters; in words without a year where none of them has one."""
    periods = [period for _, period in dates if period]
    first, last = min(periods, key=lambda p: p.start), max(periods, key=lambda p: p.end)
    year = Period.financial_year(financial_year_of(last.end))
    whole = (year.start, year.end) == (first.start, last.end)
    words = None
    if all(undated for undated, _ in dates):
        ends = (PartialDate(None, first.start.month), PartialDate(None, last.end.month))
        words = PeriodWords(0, 0, PeriodKind.RANGE, *ends)
    return words, year if whole else Period.range(first.start, last.end)


def _label_when(label: str, layout: _Layout, context: Context) -> Period | PeriodWords | None:
    """The period that a row's label is, where it says no more than that ("2021/22 total", "England 2021/22")."""
    words = undated_text(label)
    if not label or not (is_generic(words) or body_named(words) or _TOTAL.fullmatch(words)):
        return None
    when = read_when(label, context.said_on)
    stub = " ".join(layout.columns[layout.label_column].heading) if layout.label_column is not None else ""
    if (
        isinstance(when, Period)
        and when.kind is PeriodKind.FINANCIAL_YEAR
        and re.search(r"\b(?:academic|school)\s+year", stub, re.IGNORECASE)
    ):
        return Period.academic_year(when.start.year)
    return when


def _years_over(
    drafts: Sequence[_Draft], whens: Sequence[Period | PeriodWords | None], context: Context
) -> list[Period | None]:
    """For each row the year that stands over it: as a section, as a row above, or as the total of the rows up to it."""
    years: list[Period | None] = []
    over: Period | None = None
    section = None
    for draft, when in zip(drafts, whens, strict=True):
        if draft.section != section:
            section, read = draft.section, read_when(draft.section or "", context.said_on)
            over = read if isinstance(read, Period) and is_year(read) else None
        if isinstance(when, Period) and is_year(when):
            over = when
            if re.search(r"\b(?:total|full year|outturn|annual|average)\b", draft.label, re.IGNORECASE):
                years = [
                    when if y is None and isinstance(w, PeriodWords) else y for y, w in zip(years, whens, strict=False)
                ]
                over = None
        years.append(over)
    return years


def _column_dates(
    drafts: Sequence[_Draft], dates: Sequence[_When], layout: _Layout, context: Context
) -> list[Period | None]:
    """The period that each row's cell in a column of periods names, dated by the row's own year or the caption's."""
    found: list[Period | None] = []
    for draft, (_, own) in zip(drafts, dates, strict=True):
        whens = [
            read_when(draft.cells[c].text, context.said_on)
            for c in layout.period_columns
            if draft.cells[c].text.strip()
        ]
        dated = next((w for w in whens if isinstance(w, Period)), None)
        undated = next((w for w in whens if isinstance(w, PeriodWords)), None)
        if undated:
            year = next((p for p in (dated, own, layout.anchor) if is_year(p)), None)
            placed = in_year(undated, year) if year else place_run([undated], [True], layout.anchor, context.said_on)[0]
            found.append(placed)
        else:
            found.append(dated)
    return found


def _row(
    draft: _Draft,
    undated: PeriodWords | None,
    period: Period | None,
    of_column: Period | None,
    layout: _Layout,
    context: Context,
) -> _Row:
    label, texts = draft.label, [cell.text for cell in draft.cells]
    beside = [
        (c, t)
        for c, t in enumerate(texts)
        if layout.columns[c].meaning == "label" and c != layout.label_column and c not in layout.period_columns and t
    ]
    others = [t for c, t in beside if layout.columns[c].heading]
    whose = undated_text(label) if period or undated else label
    organisation = next((name for t in (whose, *others) if (name := _body_of(t, context.council))), None)
    kinds = {t: _row_meaning(t, context) for _, t in beside}
    meaning = next((kind for kind in kinds.values() if kind), None)
    if not meaning and not layout.label_is_measure:
        meaning = _row_meaning(label, context)
    others = [
        t for t in others if not kinds[t] and not re.fullmatch(r"actuals?|performance|outturn|result", t, re.IGNORECASE)
    ]
    if layout.authorities and label and not organisation and not meaning and not _is_ours(whose, context.council):
        organisation = " ".join(whose.split()) or None
    narrowed = [
        t for t in others if not _is_body(t) and not is_own_name(t, context.council) and not _TOTAL.fullmatch(t)
    ]
    said = period or undated or organisation or _row_meaning(label, context)
    is_part = not layout.label_is_measure and not said
    if is_part and label and not _is_ours(label, context.council):
        narrowed = [label, *narrowed]
    told = {
        kind: next((t for c, t in enumerate(texts) if layout.columns[c].meaning == kind and t), "")
        for kind in ("basis", "polarity", "unit")
    }
    return _Row(
        cells=draft.cells,
        label=" ".join(label.split()),
        breakdown=" / ".join(" ".join(t.split()) for t in narrowed) or None,
        reference=draft.reference,
        organisation=organisation,
        section=draft.section,
        meaning=meaning,
        period=period,
        undated=undated,
        of_column=of_column if of_column != period else None,
        point=point_in(label),
        basis=read_basis(told["basis"]),
        unit=unit_of(told["unit"]) or (None if is_band(label) or _TOTAL.fullmatch(label) else unit_of(label)),
        better=_better(label, told["polarity"]),
    )


def _better(label: str, polarity: str) -> str | None:
    """Which way is better, as the row prints it."""
    if _LOWER.search(label) or _LOWER.search(polarity):
        return "lower"
    return "higher" if _HIGHER.search(label) or _HIGHER.search(polarity) else None


def _row_meaning(label: str, context: Context) -> Meaning | None:
    """What a row's label says of its values where it names no measure: "Target", "Change", "Same quarter last year"."""
    column = column_headed((label,), context.said_on, context.council)
    if column.measure_words or column.organisation:
        return None
    return column.meaning if column.meaning in ("target", "change", "plan", "previous") else None


def _is_ours(label: str, council: str | None) -> bool:
    """Whether a row is the whole council's own: by name, or as the total."""
    return (
        bool(_TOTAL.fullmatch(label.strip()))
        or is_own_name(label, council)
        or is_own_name(re.sub(r"\btotals?\b|\baverage\b", "", label, flags=re.IGNORECASE), council)
    )


def _at(texts: Sequence[str], column: int | None) -> str:
    return texts[column].strip() if column is not None and column < len(texts) else ""


def _is_body(text: str) -> bool:
    return _body_of(text, None) is not None


def _body_of(text: str, council: str | None) -> str | None:
    """The other body that a row is of: "England", "Statistical neighbours", another council; None for the council's own."""
    if _OWN_AVERAGE.search(text):
        return f"{council} council average" if council else "council average"
    return body_named(text) or other_council(text, council)


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
    role = _role(row, value, column, context)
    unit, power = _unit(value, column, role, row, row_unit, layout)
    period, source, basis = _when(row, column, role, layout, context, unit)
    if value.when and isinstance(own := read_when(value.when, context.said_on), Period):
        period, source, basis = own, "column", None
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


def _role(row: _Row, value: CellValue, column: Column, context: Context) -> Role:
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
    ahead = column.period and context.said_on and is_year(column.period) and column.period.start > context.said_on
    return "plan" if ahead else "actual"


_POWERS = {"gbp_thousand": ("gbp", 3), "gbp_million": ("gbp", 6)}
_COUNTED = re.compile(
    r"\b(?:placements?|posts?|fte|wte|children|young people|families|cases?|head\s?count|number|clients?|beds?|nights?|weeks?|days?|staff)\b",
    re.IGNORECASE,
)


def _unit(
    value: CellValue, column: Column, role: Role, row: _Row, row_unit: str | None, layout: _Layout
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


def _money_scale(column: Column, row: _Row, layout: _Layout) -> str | None:
    """Thousands or millions of pounds, where the column, the row or the caption prints them over the cell."""
    for unit in (column.unit, row.unit):
        if unit:
            return unit if unit in _POWERS else None
    words = column.measure_words
    if _COUNTED.search(words) or _COUNTED.search(row.label if layout.label_is_measure else ""):
        return None
    return next((u for text in (_stub(layout), *layout.captions) if (u := unit_of(text)) in _POWERS), None)


def _stub(layout: _Layout) -> str:
    return " ".join(layout.columns[layout.label_column].heading) if layout.label_column is not None else ""


def _stub_unit(layout: _Layout) -> str | None:
    """The unit that the heading over the rows' labels names: "Rate per 10,000"."""
    heading = layout.columns[layout.label_column].heading if layout.label_column is not None else ()
    return unit_of(heading[-1]) if heading else None


def _when(
    row: _Row, column: Column, role: Role, layout: _Layout, context: Context, unit: str
) -> tuple[Period | None, PeriodFrom | None, Basis | None]:
    basis = row.basis or column.basis or layout.basis
    own = _own_period(row, column, layout)
    if role == "target":
        own = column.period or (row.period if row.meaning == "target" else None)
        return own, "column" if own else None, None
    if own and own in (row.period, row.of_column):
        return own, "column", basis
    if own and row.basis and own.kind is PeriodKind.RANGE:
        return _on_basis(own, row.basis), "column", row.basis
    if own:
        if unit == "gbp" and _TO_DATE.search(" ".join(column.heading)):
            return Period.year_to_date(own.end), "column", "ytd"
        basis = column.basis or (layout.basis if own.is_point else None)
        spread_out = _names_basis(column) and not is_year(own)
        return (_on_basis(own, basis) if spread_out else own), "column", basis
    if column.meaning == "previous" or row.meaning == "previous":
        before = _before(row, column, layout, context)
        return before, layout.now_from if before else None, basis
    if role in ("change", "plan") and basis != "ytd" and (over := _table_period(role, unit, layout, context)):
        return over, "heading", basis
    if layout.now is None:
        return None, None, basis
    if unit == "gbp" and basis is None and _TO_DATE.search(" ".join(column.heading)):
        basis = "ytd"
    return _on_basis(layout.now, basis), layout.now_from, basis


def _names_basis(column: Column) -> bool:
    """Whether a heading of its own says year to date or rolling year ("YTD" over "Dec 22"), not a sentence in passing."""
    return column.basis in ("ytd", "rolling_year") and any(
        len(text.split()) <= 6 and read_basis(text) == column.basis for text in column.heading
    )


_TO_DATE = re.compile(r"\b(?:actuals?|spend|spent|expenditure|income|delivered|achieved)\b.{0,20}\bto\b", re.IGNORECASE)


def _own_period(row: _Row, column: Column, layout: _Layout) -> Period | None:
    """The period that row and column name together: "30 June" beside 2019/20, "Q3" over the row 2020/21, "at 31 March"."""
    if row.undated and column.period and is_year(column.period):
        return in_year(row.undated, column.period)
    if column.undated and row.period and is_year(row.period):
        return in_year(column.undated, row.period)
    if row.of_column and row.period and row.period.contains(row.of_column):
        return row.of_column
    if row.period and not (column.period and column.organisation):
        point = layout.point if is_year(row.period) else None
        return (in_year(point, row.period) if point else None) or row.period
    if column.period is None:
        return None if column.meaning == "previous" else row.of_column
    point = row.point or layout.point
    return (in_year(point, column.period) if point and is_year(column.period) else None) or column.period


def _before(row: _Row, column: Column, layout: _Layout, context: Context) -> Period | None:
    """The period that "previous" means: a year before for "same quarter last year", else one step of the row's frequency."""
    words = " ".join(column.heading) if column.meaning == "previous" else row.label
    now = row.of_column or layout.now
    relative = column.relative or column_headed((row.label,), None).relative
    if relative and now is None and (relative.name != "year" or re.search(r"\bsame\b", words, re.IGNORECASE)):
        return None
    if relative:
        if (
            relative.name == "year"
            and now
            and re.search(r"\b(?:same|this)\b|\byear (?:ago|before|earlier)|12 months", words, re.IGNORECASE)
        ):
            return now.a_year_before()
        if relative.name == "year" and now:
            return Period.financial_year(financial_year_of(now.end) - 1)
        read = resolve(relative, context.said_on, under_report=now)
        return read.period if read else None
    if now and row.basis == "quarter" and now.kind is PeriodKind.QUARTER:
        return now.step(-1)
    return (
        now.step(-1) if now and row.basis == "month" and now.kind in (PeriodKind.MONTH, PeriodKind.MONTH_END) else None
    )


def _table_period(role: Role, unit: str, layout: _Layout, context: Context) -> Period | None:
    """What an undated change, forecast or budget is of: the year that budgets run for, else the end of the trend, else the caption's."""
    budgets = [c for c in layout.columns if c.meaning == "plan"]
    current = next((c.period for c in budgets if is_year(c.period)), None) or layout.now or layout.anchor
    if budgets and current and (role == "plan" or unit in ("gbp", "percent")):
        return Period.financial_year(financial_year_of(current.end))
    return layout.trend or _captioned(layout.captions, context) or context.covers


def _on_basis(now: Period, basis: Basis | None) -> Period:
    """The stretch that "current" covers: a snapshot its date, a year to date from April, a rolling year twelve months."""
    if basis == "ytd":
        return Period.year_to_date(now.end)
    if basis == "rolling_year":
        return Period.rolling_year(now.end)
    if basis == "snapshot" and now.kind in (PeriodKind.MONTH, PeriodKind.RANGE):
        return Period.month_end(now.end.year, now.end.month)
    return now


def _measure(row: _Row, column: Column, layout: _Layout, unit: str) -> tuple[str, str | None]:
    """The words that name the measure, and what narrows it."""
    words = "" if is_band(column.measure_words) else column.measure_words
    band = column.measure_words if not words else ""
    if layout.label_is_measure:
        named = _without_units(row.label) or row.section or _caption_measure(layout.captions)
        extra = words if column.meaning == "value" and not column.organisation else ""
        return named, " / ".join(t for t in (row.breakdown, extra, band) if t) or None
    named = words or row.section or _caption_measure(layout.captions)
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


def _caption_measure(captions: Sequence[str]) -> str:
    """What the nearest caption says the table measures, without "Table 2:", units and dates."""
    for caption in captions:
        words = re.sub(
            r"\b(?:the\s+)?(?:table|chart|figure)\s*\d*\s*(?:below|above)?\s*(?:shows?|sets? out|gives|summarises)?|\bis as follows|\bthe breakdown of\b|\bbelow\b|\(?£\s?['’]?(?:0{3}s?|k|m)\b\)?",
            " ",
            _NAMED_TABLE.sub("", caption, count=1),
            flags=re.IGNORECASE,
        )
        words = " ".join(words.split()).strip(" :.-–,")[-120:]
        if words and not is_generic(undated_text(words)):
            return words
    return ""


def _signs(row: _Row, c: int, layout: _Layout) -> tuple[Rag | None, Direction | None]:
    """The colour and arrow beside a value: those of the sign columns that belong to it, or in its own cell."""
    if layout.columns[c].meaning not in ("current", "value"):
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
    cells = table.rows[cell.row] if cell.row < len(table.rows) else row.cells
    quote = " | ".join(" ".join(c.text.split()) for c in cells if c.text)
    evidence = context.paper.evidence(table, cell.reading, start, end, quote)
    return evidence.model_copy(update={"paragraph": row.reference or table.paragraph})


def _refusals_of_row(row: _Row, layout: _Layout, table: Table, context: Context) -> Iterator[Refusal]:
    """Cells with digits in a column of values that are neither a value nor a date: kept as what could not be read."""
    for c, cell in enumerate(row.cells):
        text = cell.text
        if layout.columns[c].meaning not in _VALUED or c == layout.label_column or not re.search(r"\d", text):
            continue
        if read_cell(text) or read_period(normal(text)) or len(text) > 60:
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
