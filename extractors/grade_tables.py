"""Tables whose rows name a judged area and whose cells are grades."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.council_mentions import find_councils
from extractors.grade_words import GRADE_ALONE, JUDGING, NOT_GIVEN, grade_of
from extractors.inspectorate_words import INSPECTED
from extractors.judged_areas import Area, areas_of, named_areas
from extractors.language import Passage
from schema.evidence import Evidence
from schema.paper import Cell, Table
from schema.period import Period
from schema.period_words import Lean, find_periods, resolve
from schema.records import Judgement


def grades_in_tables(passages: Sequence[Passage]) -> Iterator[Judgement]:
    """Tables whose rows name a judged area and whose cells are grades, one or more inspections side by side."""
    if not passages:
        return
    context = passages[0].context
    report = context.part.report
    before = ""
    for part in context.paper.body:
        if isinstance(part, Table):
            if part.report == report and _is_of_judgements(part, before):
                for column in _grade_columns(part):
                    yield from _in_column(passages[0], part, column)
        else:
            before = part.text


def _is_of_judgements(table: Table, before: str) -> bool:
    """Whether the paragraph before the table, its headings or its header speak of judgements, and not of the council's own view."""
    head = " ".join(cell.text for cell in table.rows[0]) if table.rows else ""
    introduced = " ".join((before[-300:], *table.headings, table.caption or "", head))
    return bool(INSPECTED.search(introduced) or JUDGING.search(introduced)) and not NOT_GIVEN.search(introduced)


def _grade_columns(table: Table) -> list[int]:
    """Columns that hold grades and nothing else, in at least two rows, under no header that speaks of targets or self-assessment."""
    columns = []
    for column in range(1, len(table.rows[0]) if table.rows else 0):
        cells = [row[column] for row in table.rows if column < len(row) and row[column].text]
        grades = [c for c in cells if GRADE_ALONE.match(c.text)]
        heads = [c.text for c in cells if c not in grades and c.row < grades[0].row] if grades else []
        if len(grades) >= 2 and len(grades) + len(heads) == len(cells) and not any(NOT_GIVEN.search(h) for h in heads):
            columns.append(column)
    return columns


def _in_column(passage: Passage, table: Table, column: int) -> Iterator[Judgement]:
    context = passage.context
    head = " ".join(row[column].text for row in table.rows if not GRADE_ALONE.match(row[column].text))
    given = _period_of(head, passage)
    for row in table.rows:
        label, cell = row[0], row[column]
        m = GRADE_ALONE.match(cell.text)
        councils = find_councils(label.text)
        areas = named_areas(areas_of(label.text)) or ((Area("overall", label.text),) if councils else ())
        if m is None or not areas or NOT_GIVEN.search(label.text):
            continue
        yield Judgement(
            evidence=_cell_evidence(passage, table, row, cell, m),
            extractor="judgements.table",
            confidence=0.95,
            council=councils[0].council.short_name if councils else context.council,
            area=areas[0].key,
            area_text=" ".join(label.text.split()),
            grade=grade_of(m["grade"]),
            given=given,
        )


def _cell_evidence(passage: Passage, table: Table, row: Sequence[Cell], cell: Cell, m: re.Match[str]) -> Evidence:
    quote = " | ".join(" ".join(c.text.split()) for c in row if c.text)
    return passage.context.paper.evidence(table, cell.reading, m.start("grade"), m.end("grade"), quote)


def _period_of(head: str, passage: Passage) -> Period | None:
    """The date in a column's header: "June 2022", "2019 inspection"."""
    found = find_periods(head) or find_periods("in " + head)
    resolved = resolve(found[0], passage.context.said_on, Lean.PAST) if len(found) == 1 else None
    return resolved.period if resolved and not resolved.impossible else None
