"""Deadlines in tables: each row's action with its due date, and whether the table says that it is done.

A milestone table has a column headed by words for a due date ("Due Date", "By when", "Timescale") beside one headed by words
for what is to be done ("Milestone", "Action", "Recommendation"). What a column means is told by its header, which may stand
under title rows and over two rows; never by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.language import Context
from schema.evidence import Reading
from schema.paper import Cell, Table
from schema.period import PeriodKind
from schema.period_words import Lean, PeriodWords, Resolved, find_periods, resolve
from schema.records import Deadline

_HEADER_WITHIN = 6  # rows
_LONGEST_DATE_CELL = 12  # words: a longer cell is prose and is read as such

_REVISED_HEADER = re.compile(
    r"\b(?:revised|new|updated|current|extended|forecast)\b.*\b(?:date|deadline|timescale|target|due)\b", re.IGNORECASE
)
_DUE_HEADER = re.compile(
    r"\bdue\b|\bdeadlines?\b|\btarget\s+(?:completion|date)|\bby\s+when\b|^when\b|\btime[\s-]?(?:scales?|frames?|lines?|table)\b"
    r"|\b(?:completion|complete\s+by|completed\s+by|to\s+be\s+completed|planned|delivery|implementation|end|finish|milestone|expected|agreed)"
    r"\s*(?:completion\s+|end\s+)?(?:date|by)\b|\bcomplete\s+by\b|\bdate\s+(?:for|of)\s+completion\b|\bcompletion\s+target\b",
    re.IGNORECASE,
)
_DATE_HEADER = re.compile(r"^(?:planned\s+|target\s+)?(?:date|completion|target|by)s?$", re.IGNORECASE)
_NOT_DUE = re.compile(
    r"\bactual\b|\bdate\s+(?:completed|closed|achieved|raised|opened|added|reported|agreed)\b|\b(?:completed|closed|start|review|last)\s+date\b"
    r"|\breported?\b|\bnumber\b|\b%|\bperformance\b",
    re.IGNORECASE,
)
_SUBJECT_HEADERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bmilestones?\b(?!\s+date)|\bdeliverables?\b",
        r"\bactions?\b(?!\s+(?:by|owner|lead|date))|\btasks?\b|\bactivit(?:y|ies)\b|\bsteps?\b|\bwhat\b|\bstages?\b",
        r"\brecommendations?\b|\brequirements?\b|\bcommitments?\b|\boutputs?\b|\bprojects?\b|\binitiatives?\b",
        r"\bobjectives?\b|\bpriorit(?:y|ies)\b|\bareas?\s+for\b|\baims?\b|\bimprovements?\b|\bworkstreams?\b|\bissues?\b",
    )
)
_DONE_HEADER = re.compile(
    r"^(?:complete[d]?|done|achieved|delivered|met|closed|implemented)\b|\bcompleted?\s*\?|\bcomplete\s*\(?y/?n",
    re.IGNORECASE,
)
_STATUS_HEADER = re.compile(r"\b(?:status|b?rag|brag|progress|state|on\s+track|position)\b", re.IGNORECASE)
_COMPLETED_ON_HEADER = re.compile(
    r"\bactual\b|\bdate\s+(?:completed|closed|achieved)\b|\b(?:completed|closed|completion)\s+date\b", re.IGNORECASE
)
_REFERENCE_HEADER = re.compile(r"^(?:ref(?:erence)?(?:\s+no)?|no|number|#|id|item)\.?$", re.IGNORECASE)

_DONE = re.compile(
    r"^(?:yes|y|completed?|done|achieved|closed|implemented|delivered|finished|actioned|met|blue|b|100\s?%|[✓✔☑]|fully\s+(?:completed?|implemented|met)"
    r"|(?:action\s+|milestone\s+)?completed?)\b[^a-z]*(?:$|[-–—:(,.;]|\s(?:on|in|by|and|blue|\d))|^[✓✔☑]",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"^(?:no|n|not\s+(?:yet\s+)?(?:started|completed?|achieved|done|met|implemented|delivered)|in\s+progress|ongoing|on-going|under\s?way|started|partial(?:ly)?"
    r"|overdue|late|missed|delayed|behind|slipp(?:ed|ing|age)|off\s+track|outstanding|incomplete|red|amber|r|a|[✗✘x])\b|^[✗✘]",
    re.IGNORECASE,
)
_MISSED = re.compile(r"\b(?:overdue|missed|not\s+(?:achieved|met)|deadline\s+passed)\b", re.IGNORECASE)
_REVISION = re.compile(
    r"\b(?:revised|now|extended|moved|slipped|changed|new|re-?scheduled|deferred|delayed|amended|updated)\b|→|->",
    re.IGNORECASE,
)
_CELL_DONE = re.compile(r"^\W*(?:completed?|done|achieved|closed|implemented|delivered)\b", re.IGNORECASE)


class _Layout(NamedTuple):
    """What the columns of a milestone table mean. `body` is the index of the first row under the header."""

    body: int
    due: int
    subject: int
    revised: int | None
    status: tuple[int, ...]
    completed_on: int | None
    reference: int | None


def find_milestones(table: Table, context: Context) -> list[Deadline]:
    """The deadlines of a milestone table, row by row; an empty list for a table of another kind."""
    layout = _layout(table, context)
    if layout is None:
        return []
    return [deadline for row in _carried(table, layout) for deadline in _of_row(row, layout, table, context)]


def due_cells(table: Table, context: Context) -> list[Reading]:
    """The readings of the cells whose due dates `find_milestones` reads: nobody need read them again as prose."""
    layout = _layout(table, context)
    if layout is None:
        return []
    columns = {layout.due, layout.revised}
    cells = [cell for row in table.rows[layout.body :] for cell in row if cell.column in columns]
    return [cell.reading for cell in cells if cell.text and len(cell.text.split()) <= _LONGEST_DATE_CELL]


def row_label(table: Table, reading: Reading, context: Context) -> str | None:
    """The words that head the row of a cell: in a milestone table its action and milestone, else the first words of the row
    or, where that cell is blank, of the rows above. None for a cell that heads its row itself."""
    layout = _layout(table, context)
    if layout is not None:
        for row in _carried(table, layout):
            if any(cell.reading == reading and column > layout.subject for column, cell in row.cells.items()):
                columns = [c for c in row.words if c <= layout.subject and c not in layout.status]
                return " | ".join(row.words[c] for c in columns if re.search(r"[A-Za-z]{3}", row.words[c])) or None
    for r, cells in enumerate(table.rows):
        at = next((i for i, cell in enumerate(cells) if cell.reading == reading), None)
        if at is not None:
            return next((words for column in range(at) if (words := _heading_cell(table, r, column))), None)
    return None


def _heading_cell(table: Table, row: int, column: int) -> str | None:
    """The words of a cell, or of the nearest cell with words above it; None where they are too long to head a row."""
    for cells in reversed(table.rows[max(0, row - 40) : row + 1]):
        text = " ".join(cells[column].text.split()) if column < len(cells) else ""
        if len(text) > 160:
            return None
        if re.search(r"[A-Za-z]{3}", text):
            return text
    return None


# Which column is which


def _layout(table: Table, context: Context) -> _Layout | None:
    for r in range(min(_HEADER_WITHIN, len(table.rows) - 1)):
        for depth in (1, 2):
            headers = _headers(table.rows[r : r + depth])
            layout = _read_headers(headers, r + depth)
            if layout and _has_dates(table, layout, headers[layout.due], context):
                return layout
    return None


def _headers(rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The header words over each column: a spanning cell heads all of its columns."""
    words: dict[int, str] = {}
    for row in rows:
        for cell in row:
            for column in range(cell.column, cell.column + cell.colspan):
                words[column] = " ".join(f"{words.get(column, '')} {cell.text}".split())
    return words


def _read_headers(headers: dict[int, str], body: int) -> _Layout | None:
    short = {column: words for column, words in headers.items() if words and len(words.split()) <= 8}
    revised = _first(short, _REVISED_HEADER)
    due = _first(short, _DUE_HEADER, but=_NOT_DUE, other_than={revised})
    if due is None:
        due = _first(short, _DATE_HEADER, but=_NOT_DUE, other_than={revised})
    if due is None:
        due, revised = revised, None
    if due is None:
        return None
    subject = next(
        (c for p in _SUBJECT_HEADERS if (c := _first(short, p, other_than={due, revised})) is not None), None
    )
    if subject is None:
        return None
    taken = {due, revised, subject}
    done = [
        c
        for c, words in short.items()
        if _DONE_HEADER.search(words) and not re.search(r"\bdate\b|\bby\b", words, re.IGNORECASE)
    ]
    status = [c for c, words in short.items() if _STATUS_HEADER.search(words)]
    return _Layout(
        body,
        due,
        subject,
        revised,
        tuple(c for c in dict.fromkeys([*done, *status]) if c not in taken),
        _first(short, _COMPLETED_ON_HEADER, other_than=taken),
        _first(short, _REFERENCE_HEADER, other_than=taken),
    )


def _first(
    headers: dict[int, str],
    pattern: re.Pattern[str],
    but: re.Pattern[str] | None = None,
    other_than: set[int | None] | None = None,
) -> int | None:
    for column, words in sorted(headers.items()):
        if column not in (other_than or set()) and pattern.search(words) and not (but and but.search(words)):
            return column
    return None


def _has_dates(table: Table, layout: _Layout, header: str, context: Context) -> bool:
    """Whether dates stand under the header. Under a plain "Date" most cells must be dates, and not all of them past: a list
    of what happened when is a chronology."""
    texts = [cell.text for row in table.rows[layout.body :] for cell in row if cell.column == layout.due and cell.text]
    dated = [text for text in texts if len(text.split()) <= _LONGEST_DATE_CELL and _dates_in(text)]
    if not dated:
        return False
    if not _DATE_HEADER.match(header):
        return True
    said_on = context.said_on
    ends = [r.period.end for text in dated for words in _dates_in(text) if (r := resolve(words, said_on, Lean.FUTURE))]
    ahead = said_on is None or bool(layout.status) or any(end >= said_on for end in ends)
    return 5 * len(dated) >= 3 * len(texts) and ahead


# The rows


class _Row(NamedTuple):
    """A row with its cells by column; `words` are their texts, where a blank one left of the milestone has that of above."""

    cells: dict[int, Cell]
    words: dict[int, str]


def _carried(table: Table, layout: _Layout) -> Iterator[_Row]:
    """The rows with blank spanning cells filled from above. A row of one cell is a band: it heads what follows."""
    header = [cell.text for cell in table.rows[layout.body - 1]]
    above: dict[int, str] = {}
    band = ""
    for row in table.rows[layout.body :]:
        if [cell.text for cell in row] == header:
            continue
        texts = {cell.column: " ".join(cell.text.split()) for cell in row}
        filled = [column for column, text in texts.items() if text]
        if len(filled) == 1 and filled[0] != layout.due and len(row) > 2:
            band, above = texts[filled[0]], {}
            continue
        words = dict(texts)
        for column in range(layout.subject + 1):
            if texts.get(column):
                above = {c: text for c, text in above.items() if c < column}
                above[column] = texts[column]
            elif column not in layout.status:
                words[column] = above.get(column, "")
        if band:
            words[-1] = band
        yield _Row({cell.column: cell for cell in row}, words)


def _of_row(row: _Row, layout: _Layout, table: Table, context: Context) -> Iterator[Deadline]:
    revised = layout.revised if layout.revised is not None and _dates_in(row.words.get(layout.revised, "")) else None
    cell = row.cells.get(layout.due if revised is None else revised)
    subject = row.words.get(layout.subject, "")
    if cell is None or not subject or len(cell.text.split()) > _LONGEST_DATE_CELL:
        return
    dates = _due_dates(cell.text)
    for words in dates:
        status = _status(row, layout, cell.text)
        resolved = resolve(words, context.said_on, Lean.PAST if status == "done" else Lean.FUTURE)
        if resolved is None:
            continue
        whole = len(dates) == 1
        yield _record(row, layout, table, context, cell, words, resolved, subject, status, whole=whole)


def _dates_in(text: str) -> list[PeriodWords]:
    return [words for words in (find_periods(text) or _year_alone(text)) if not words.is_relative]


def _year_alone(text: str) -> list[PeriodWords]:
    """'2019', 'Summer': a year or season that needs a preposition in prose and none in a cell."""
    if not re.fullmatch(r"\W*(?:20\d\d|spring|summer|autumn|winter)\W*", text, re.IGNORECASE):
        return []
    lead = len(text) - len(text.lstrip(" ([*"))
    return [
        w._replace(start=w.start - 3 + lead, end=w.end - 3 + lead) for w in find_periods("in " + text.strip(" ()[]*."))
    ]


def _due_dates(text: str) -> list[PeriodWords]:
    """The dates that a due cell sets: of "March 2018 (revised: June 2018)" the revised one, of several without a word each."""
    dates = _dates_in(text)
    if len(dates) < 2:
        return dates
    if _REVISION.search(text):
        original = re.search(r"\b(?:originally|previously|was|from)\b", text[dates[0].end :], re.IGNORECASE)
        return dates[:1] if original and original.start() < dates[-1].start - dates[0].end else dates[-1:]
    return dates


def _status(row: _Row, layout: _Layout, due_text: str) -> str:
    """`done`, `missed`, `open` (said not to be done) or `planned` (nothing said), by the first column that says."""
    if _CELL_DONE.search(due_text):
        return "done"
    if _MISSED.search(due_text):
        return "missed"
    if layout.completed_on is not None and _dates_in(row.words.get(layout.completed_on, "")):
        return "done"
    for column in layout.status:
        said = row.words.get(column, "").strip(" *()[]")
        if _MISSED.search(said[:40]):
            return "missed"
        if _NOT_DONE.search(said):
            return "open"
        if _DONE.search(said):
            return "done"
    return "planned"


def _record(
    row: _Row,
    layout: _Layout,
    table: Table,
    context: Context,
    cell: Cell,
    words: PeriodWords,
    resolved: Resolved,
    subject: str,
    status: str,
    *,
    whole: bool,
) -> Deadline:
    start, end = (0, len(cell.text)) if whole else (words.start, words.end)
    start += len(cell.text[start:end]) - len(cell.text[start:end].lstrip())
    end -= len(cell.text[start:end]) - len(cell.text[start:end].rstrip())
    quote = " | ".join(text for _, text in sorted(row.words.items()) if text)
    evidence = context.paper.evidence(table, cell.reading, start, end, quote)
    reference = row.words.get(layout.reference, "") if layout.reference is not None else ""
    if reference and len(reference) <= 20:
        evidence = evidence.model_copy(update={"paragraph": reference})
    passed = context.said_on is not None and resolved.period.end < context.said_on
    if status == "open":
        status = "missed" if passed else "planned"
    doubts = [
        name for name, holds in (("impossible", resolved.impossible), ("inferred:year", resolved.inferred)) if holds
    ]
    return Deadline(
        evidence=evidence,
        extractor="deadlines.table",
        confidence=0.97 if resolved.period.kind is PeriodKind.DAY and not doubts else 0.9,
        doubts=tuple(doubts),
        subject=subject,
        due=resolved.period,
        status="done" if status == "done" else "missed" if status == "missed" else "planned",
        council=context.council,
    )
