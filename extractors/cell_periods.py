"""When the value in a cell was so: by its row, its column, the caption or the report, and on which basis."""

from __future__ import annotations

import re

from extractors.column_headings import Column, column_headed, in_year, is_year, read_basis
from extractors.language import Context
from extractors.table_captions import captioned_period
from extractors.table_layout import Layout
from extractors.table_rows import Row
from schema.period import Period, PeriodKind, financial_year_of
from schema.period_words import resolve
from schema.records import Basis, PeriodFrom, Role


def when_of_cell(
    row: Row, column: Column, role: Role, layout: Layout, context: Context, unit: str
) -> tuple[Period | None, PeriodFrom | None, Basis | None]:
    """The period of a cell's value, what told it, and the basis it is counted on."""
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
        if before is None and _is_last_report(column, layout):
            before = _on_basis(layout.now.step(-1), basis) if layout.now else None
        return before, layout.now_from if before else None, basis
    if role in ("change", "plan") and basis != "ytd" and (over := _table_period(role, unit, layout, context)):
        return over, "heading", basis
    if layout.now is None:
        return None, None, basis
    if unit == "gbp" and basis is None and _TO_DATE.search(" ".join(column.heading)):
        basis = "ytd"
    return _on_basis(layout.now, basis), layout.now_from, basis


_BARELY_PREVIOUS = re.compile(
    r"previous(?:ly)?(?:\s+(?:reported|result|value|performance|outturn|figure|position|actual))?\W*", re.IGNORECASE
)


def _is_last_report(column: Column, layout: Layout) -> bool:
    """Whether "previous", without more, is what a report on a quarter gave the last time."""
    now = layout.now if layout.now_from in ("report", "heading") else None
    return (
        now is not None
        and now.kind is PeriodKind.QUARTER
        and bool(_BARELY_PREVIOUS.fullmatch(" ".join(column.heading)))
    )


def _names_basis(column: Column) -> bool:
    """Whether a heading of its own says year to date or rolling year ("YTD" over "Dec 22"), not a sentence in passing."""
    return column.basis in ("ytd", "rolling_year") and any(
        len(text.split()) <= 6 and read_basis(text) == column.basis for text in column.heading
    )


_TO_DATE = re.compile(r"\b(?:actuals?|spend|spent|expenditure|income|delivered|achieved)\b.{0,20}\bto\b", re.IGNORECASE)


def _own_period(row: Row, column: Column, layout: Layout) -> Period | None:
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


def _before(row: Row, column: Column, layout: Layout, context: Context) -> Period | None:
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


def _table_period(role: Role, unit: str, layout: Layout, context: Context) -> Period | None:
    """What an undated change, forecast or budget is of: the year that budgets run for, else the end of the trend, else the caption's."""
    budgets = [c for c in layout.columns if c.meaning == "plan"]
    years = [c.period for c in budgets if is_year(c.period) and c.period]
    if role == "change" and all(c.meaning in ("plan", "change", "label", "measure") for c in layout.columns):
        years = sorted(years, key=lambda p: p.end, reverse=True)  # from one year's budget to the next
    current = next(iter(years), None) or layout.now or layout.anchor
    if budgets and current and (role == "plan" or unit in ("gbp", "percent")):
        return Period.financial_year(financial_year_of(current.end))
    if layout.trend and layout.point and is_year(layout.trend):
        return in_year(layout.point, layout.trend) or layout.trend
    return layout.trend or captioned_period(layout.captions, context) or context.covers


def _on_basis(now: Period, basis: Basis | None) -> Period:
    """The stretch that "current" covers: a snapshot its date, a year to date from April, a rolling year twelve months."""
    if basis == "ytd":
        return Period.year_to_date(now.end)
    if basis == "rolling_year":
        return Period.rolling_year(now.end)
    if basis == "snapshot" and now.kind in (PeriodKind.MONTH, PeriodKind.RANGE):
        return Period.month_end(now.end.year, now.end.month)
    return now
