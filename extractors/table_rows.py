"""The data rows of a table of indicators: each with its label, its section, whose it is and the period it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.cell_values import is_band
from extractors.column_headings import (
    Meaning,
    body_named,
    column_headed,
    in_year,
    is_generic,
    is_own_name,
    is_title,
    is_year,
    place_run,
    point_in,
    read_basis,
    read_when,
    undated_text,
    unit_of,
)
from extractors.language import Context
from extractors.table_layout import TOTAL, Layout, body_of, holds_value, is_body
from schema.paper import Cell
from schema.period import Period, PeriodKind, financial_year_of
from schema.period_words import PartialDate, PeriodWords
from schema.records import Basis


class _Draft(NamedTuple):
    """A data row before it is read: its label and reference carried down over blank cells, and the section it stands in."""

    cells: tuple[Cell, ...]
    label: str
    reference: str | None
    section: str | None


class Row(NamedTuple):
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


_LOWER = re.compile(
    r"\b(?:lower|smaller|low|less)\s+(?:is|the)\s+(?:better|good)\b|^(?:lower|low|smaller|decrease|minimi[sz]e|↓|▼|l)$",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\b(?:higher|bigger|high|more)\s+(?:is|the)\s+(?:better|good)\b|^(?:higher|high|bigger|increase|maximi[sz]e|↑|▲|h)$",
    re.IGNORECASE,
)


def read_rows(
    body: Sequence[tuple[Cell, ...]], header: Sequence[Sequence[str]], layout: Layout, context: Context
) -> Iterator[Row]:
    """The data rows, each with its label (carried down over blank cells), its section, and its period where it has one."""
    drafts = list(_drafts(body, header, layout))
    dates = _row_dates(drafts, layout, context)
    in_columns = _column_dates(drafts, dates, layout, context)
    for draft, (undated, period), of_column in zip(drafts, dates, in_columns, strict=True):
        yield _row(draft, undated, period, of_column, layout, context)


def _drafts(body: Sequence[tuple[Cell, ...]], header: Sequence[Sequence[str]], layout: Layout) -> Iterator[_Draft]:
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


def _row_dates(drafts: Sequence[_Draft], layout: Layout, context: Context) -> list[_When]:
    """The period that each row's label is, those without a year dated by the year above them or as one run."""
    whens = [_label_when(d.label, layout, context) for d in drafts]
    if not any(whens) and len({undated_text(d.label).casefold() for d in drafts}) == 1 < len(drafts):
        whens = [
            read_when(d.label, context.said_on) for d in drafts
        ]  # "Open risks June 2023" over "Open risks May 2023"
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
        filled = [any(holds_value(cell.text) for cell in drafts[i].cells[1:]) for i in run]
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
        elif not period and not undated and len(summed) > 1 and (TOTAL.fullmatch(label) or _YTD.fullmatch(label)):
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


def _label_when(label: str, layout: Layout, context: Context) -> Period | PeriodWords | None:
    """The period that a row's label is, where it says no more than that ("2021/22 total", "England 2021/22")."""
    words = undated_text(label)
    if not label or not (is_generic(words) or body_named(words) or TOTAL.fullmatch(words)):
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
    drafts: Sequence[_Draft], dates: Sequence[_When], layout: Layout, context: Context
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
    layout: Layout,
    context: Context,
) -> Row:
    label, texts = draft.label, [cell.text for cell in draft.cells]
    beside = [
        (c, t)
        for c, t in enumerate(texts)
        if layout.columns[c].meaning == "label" and c != layout.label_column and c not in layout.period_columns and t
    ]
    others = [t for c, t in beside if layout.columns[c].heading]
    whose = undated_text(label) if period or undated else label
    organisation = next((name for t in (whose, *others) if (name := body_of(t, context.council))), None)
    kinds = {t: _row_meaning(t, context) for _, t in beside}
    meaning = next((kind for kind in kinds.values() if kind), None)
    if not meaning and not layout.label_is_measure:
        meaning = _row_meaning(label, context)
    others = [
        t for t in others if not kinds[t] and not re.fullmatch(r"actuals?|performance|outturn|result", t, re.IGNORECASE)
    ]
    if layout.authorities and label and not organisation and not meaning and not _is_ours(whose, context.council):
        organisation = " ".join(whose.split()) or None
    narrowed = [t for t in others if not is_body(t) and not is_own_name(t, context.council) and not TOTAL.fullmatch(t)]
    said = period or undated or organisation or _row_meaning(label, context)
    is_part = not layout.label_is_measure and not said
    if is_part and label and not _is_ours(label, context.council):
        narrowed = [label, *narrowed]
    told = {
        kind: next((t for c, t in enumerate(texts) if layout.columns[c].meaning == kind and t), "")
        for kind in ("basis", "polarity", "unit")
    }
    return Row(
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
        unit=unit_of(told["unit"]) or (None if is_band(label) or TOTAL.fullmatch(label) else unit_of(label)),
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
        bool(TOTAL.fullmatch(label.strip()))
        or is_own_name(label, council)
        or is_own_name(re.sub(r"\btotals?\b|\baverage\b", "", label, flags=re.IGNORECASE), council)
    )


def _at(texts: Sequence[str], column: int | None) -> str:
    return texts[column].strip() if column is not None and column < len(texts) else ""
