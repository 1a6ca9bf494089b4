"""The history of one metric on a terminal and for programs: line by line, and one metric across councils."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from app.bases import AT_A_DATE, basis_in_words
from app.export import figure_row
from app.layout import Column, lay_out, lay_out_by, shorten
from app.listings import period_of, place_of, printed
from app.metric_series import MetricSeries, Point, series_of
from app.series import sparkline
from corpus.registries import bodies, indicator_by_key
from schema.records import Figure, Metric
from schema.rounding import figures_agree

if TYPE_CHECKING:
    from db.store import HistoryReport, HistoryRow

_BETTER: Final = {"higher": "higher is better", "lower": "lower is better", None: ""}
_TIMING: Final = {"at_date": "at a date", "in_year": "over the year", None: ""}
_SPARKS: Final = 24
_MOST_REASONS: Final = 3
_COLUMNS: Final = (
    Column("period", least=26),
    Column("printed", number=True),
    Column("", whole=True),
    Column("of which", number=True),
    Column("change", number=True),
    Column("on year", number=True),
    Column("target", number=True),
    Column("", whole=True),
    Column("in", middle=True, least=18),
    Column("par.", whole=True),
    Column("note", least=12),
)
_Cells = Sequence[str]


def lines_of(metric: Metric, rows: Sequence[HistoryRow]) -> list[MetricSeries]:
    """The lines of a metric's history, taken at a date or over the year as its definition or the papers have it."""
    known = indicator_by_key().get(metric.key)
    return series_of(rows, known.timing if known else None)


def history_lines(metric: Metric, rows: Sequence[HistoryRow], width: int) -> Iterator[str]:
    """What the metric is, then its lines, a row for each paper that reports a value."""
    yield from _heading(metric, width)
    yield from _linked_because(rows, width)
    lines = lines_of(metric, rows)
    known = indicator_by_key().get(metric.key)
    at_date = known.timing == "at_date" if known else any(line.basis == AT_A_DATE for line in lines)
    told = [(_title(line), cells) for line in lines for cells in _line_cells(line, lines, metric, at_date)]
    told += [
        ("targets, as papers say them", cells) for row in rows if row.role == "target" for cells in _said_cells(row)
    ]
    told += [("changes that papers state", cells) for row in rows if row.role == "change" for cells in _said_cells(row)]
    if told:
        yield from lay_out_by([title for title, _ in told], _COLUMNS, [cells for _, cells in told], width)


def _heading(metric: Metric, width: int) -> Iterator[str]:
    facts = [metric.name, metric.unit.replace("_", " "), _BETTER[metric.better], metric.council or ""]
    yield shorten(" · ".join(fact for fact in facts if fact), width)
    if known := indicator_by_key().get(metric.key):
        defined = [
            f"of {known.denominator}" if known.denominator else "",
            f"aged {known.age_band}" if known.age_band else "",
            _TIMING[known.timing],
            "defined by each council" if known.source == "local" else f"defined by {known.source}",
            f"look-alikes: {', '.join(known.look_alikes)}" if known.look_alikes else "",
        ]
        yield shorten("  " + "; ".join(fact for fact in defined if fact), width * 2)
    for reason in metric.apart[:3]:
        yield shorten(f"  kept apart: {reason}", width * 2)


def _linked_because(rows: Sequence[HistoryRow], width: int) -> Iterator[str]:
    """The commonest reasons for which figures are linked to the metric, with how many each has."""
    reasons = Counter(report.figure.metric_reason for row in rows for report in row.reports)
    told = [f"{reason} ({count})" for reason, count in reasons.most_common(_MOST_REASONS) if reason]
    if told:
        yield shorten(f"  linked because: {'; '.join(told)}", width * 2)


def _title(line: MetricSeries) -> str:
    """Whose line it is, of which part, on which basis, with its course."""
    whose = line.organisation or line.council or "the council"
    role = "" if line.role == "actual" else f" ({line.role})"
    values = [p.value for p in line.points if p.value is not None and p.period is not None]
    course = f"  {sparkline(values[-_SPARKS:])}" if len(values) > 1 else ""
    return f"{whose}{role}, " + (f"{line.part}, " if line.part else "") + basis_in_words(line.basis) + course


def _line_cells(line: MetricSeries, lines: Sequence[MetricSeries], metric: Metric, at_date: bool) -> Iterator[_Cells]:
    for point in line.points:
        if point.months_missing:
            months = "1 month" if point.months_missing == 1 else f"{point.months_missing} months"
            yield (f"… {months} without", *[""] * (len(_COLUMNS) - 1))
        yield from _point_cells(point, metric, _at_its_end(point, line, lines) if at_date else "")


def _point_cells(point: Point, metric: Metric, note: str) -> Iterator[_Cells]:
    also: dict[str, list[str]] = defaultdict(list)
    for report in point.reports:
        if report.repeats is not None:
            also[report.repeats].append(report.figure.evidence.paper)
    here = {report.figure.id for report in point.reports}
    first = (
        period_of(point.period),
        _parts(point),
        _moved(point, point.change, metric),
        _moved(point, point.on_year, metric),
        point.target.printed if point.target else "",
        _against(point, metric),
    )
    shown = _as_said(report for report in point.reports if report.repeats not in here)
    standing = max((i for i, (report, _) in enumerate(shown) if report.restates), default=0)
    for i, (report, places) in enumerate(shown):
        _, of, change, on_year, target, against = first if i == standing else ("",) * 6
        notes = [note] if note and i == 0 else []
        if report.figure.role == "benchmark" and report.meeting_date:
            notes.append(f"as known on {report.meeting_date.isoformat()}")
        if i:
            notes.append("restated" if report.restates else "said again")
        if again := also[report.figure.id]:
            notes.append(f"also in {', '.join(dict.fromkeys(again))}")
        yield (
            "" if i else first[0],
            printed(report.figure),
            "≠" if report.restates else "",
            of,
            change,
            on_year,
            target,
            against,
            report.figure.evidence.paper,
            places,
            "; ".join(notes),
        )


def _as_said(reports: Iterable[HistoryReport]) -> list[tuple[HistoryReport, str]]:
    """The reports with their places; what one paper prints alike in several places is one line with all of them."""
    told: dict[tuple[str, str, bool], list[HistoryReport]] = defaultdict(list)
    for report in reports:
        evidence = report.figure.evidence
        told[evidence.sha256, evidence.text, report.restates].append(report)
    return [
        (alike[0], ", ".join(dict.fromkeys(filter(None, (place_of(one.figure.evidence) for one in alike)))))
        for alike in told.values()
    ]


def _said_cells(row: HistoryRow) -> Iterator[_Cells]:
    """What is said of no line, such as a target: a row for each value, with the paper that says it first."""
    said: dict[str, list[Figure]] = defaultdict(list)
    for report in row.reports:
        if report.repeats is None:
            said[report.figure.evidence.text].append(report.figure)
    for figures in said.values():
        first, papers = figures[0], list(dict.fromkeys(figure.evidence.paper for figure in figures))
        asks = {"at_least": "at least", "at_most": "at most", None: ""}
        claims = list(dict.fromkeys(figure.claim.replace("_", " ") for figure in figures if figure.claim))
        facts = (
            row.breakdown or "",
            asks[next((figure.target_direction for figure in figures if figure.target_direction), None)],
            f"papers say {' and '.join(claims)}" if claims else "",
            f"also in {', '.join(papers[1:])}" if len(papers) > 1 else "",
        )
        place = (first.evidence.paper, place_of(first.evidence), "; ".join(fact for fact in facts if fact))
        yield (period_of(row.period), printed(first), *[""] * 6, *place)


def _parts(point: Point) -> str:
    by_role = {figure.role: figure.evidence.text for figure in point.parts}
    if {"numerator", "denominator"} <= by_role.keys():
        return f"{by_role['numerator']} of {by_role['denominator']}"
    return ""


def _moved(point: Point, difference: Decimal | None, metric: Metric) -> str:
    if difference is None:
        return ""
    return f"{_signed(difference)} {point.reads(difference, metric.better)}".rstrip()


def _signed(difference: Decimal) -> str:
    return f"{difference:+,f}" if difference else "0"


def _against(point: Point, metric: Metric) -> str:
    if point.target is None or point.to_target is None:
        return ""
    met = point.meets(metric.better)
    if met is None:
        return _signed(point.to_target)
    if not met:
        return f"missed by {abs(point.to_target):,f}"
    upper = point.target.upper.value if point.target.upper else None
    if upper is not None and point.value is not None and _short_of(point.value, upper, point.target.figure.value):
        return "within band"
    return "met"


def _short_of(value: Decimal, upper: Decimal, least: Decimal | None) -> bool:
    return value < upper if least is None or upper >= least else value > upper


def _at_its_end(point: Point, line: MetricSeries, lines: Sequence[MetricSeries]) -> str:
    """For a year's outturn of a measure taken at a date: whether it is what papers say of the year's last day."""
    if line.basis != "year" or point.period is None or line.role != "actual":
        return ""
    for other in lines:
        if (other.basis, other.part, other.organisation, other.unit) != (
            AT_A_DATE,
            line.part,
            line.organisation,
            line.unit,
        ):
            continue
        for end in other.points:
            if end.period and end.period.end == point.period.end:
                same = figures_agree(point.latest, end.latest)
                return f"{'as' if same else '≠'} {printed(end.latest)} at its end"
    return ""


def history_rows(metric: Metric, rows: Sequence[HistoryRow]) -> Iterator[dict[str, Any]]:
    """The history for programs: the export's fields of each figure, with what the history adds.

    `series` names the line a value stands in; `change`, `on_year`, `target_then`, `to_target` and `meets_target` are of
    its point, and null for targets, parts and changes, which are in no line.
    """
    told: set[str] = set()
    for line in lines_of(metric, rows):
        for point in line.points:
            for report in point.reports:
                told.add(report.figure.id)
                yield _report_row(report) | {
                    "series": _title(line).partition("  ")[0],
                    "months_missing": point.months_missing,
                    "change": _text(point.change),
                    "on_year": _text(point.on_year),
                    "target_then": point.target.printed if point.target else None,
                    "to_target": _text(point.to_target),
                    "meets_target": point.meets(metric.better),
                }
    nothing = dict.fromkeys(
        ("series", "months_missing", "change", "on_year", "target_then", "to_target", "meets_target")
    )
    for row in rows:
        yield from (_report_row(report) | nothing for report in row.reports if report.figure.id not in told)


def _report_row(report: HistoryReport) -> dict[str, Any]:
    return figure_row(report.figure) | {
        "meeting_date": None if report.meeting_date is None else report.meeting_date.isoformat(),
        "repeats": report.repeats,
        "restates": report.restates,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


# --- across councils


def across_lines(histories: Sequence[tuple[Metric, Sequence[HistoryRow]]], width: int) -> Iterator[str]:
    """One metric of many councils by period, a column for each; England and neighbours in columns of their own.

    Only lines on one basis, the one that most councils report, stand side by side. England is one column, whichever
    papers quote it, and ≠ marks a value that another paper has otherwise.
    """
    metric = histories[0][0]
    yield from _heading(metric.model_copy(update={"council": None, "apart": ()}), width)
    table = aligned(histories)
    if table is None:
        return
    basis, columns, periods = table
    yield f"  {basis_in_words(basis)}, as each council's papers last said it"
    heads = (Column("period", least=20), *(Column(name, number=True) for name in columns))
    yield from lay_out(heads, [(label, *[cells.get(name, "") for name in columns]) for label, cells in periods], width)


def aligned(
    histories: Iterable[tuple[Metric, Sequence[HistoryRow]]],
) -> tuple[str, list[str], list[tuple[str, dict[str, str]]]] | None:
    """The basis, the columns, and for each period what is printed in which column; None where no line has a period."""
    whole = [line for metric, rows in histories for line in lines_of(metric, rows) if line.part is None]
    own = [line for line in whole if line.own and line.points and line.points[0].period]
    if not own:
        return None
    counts = Counter(line.basis for line in own)
    sizes = Counter({basis: sum(len(line.points) for line in own if line.basis == basis) for basis in counts})
    basis = max(counts, key=lambda one: (counts[one], sizes[one], one))
    shown = [line for line in whole if line.basis == basis and (line.own or line.role == "benchmark")]
    told: dict[str, dict[Any, list[HistoryReport]]] = defaultdict(lambda: defaultdict(list))
    labels: dict[Any, str] = {}
    for line in sorted(shown, key=lambda line: not line.own):
        for point in line.points:
            if point.period is not None:
                told[_column(line)][point.period.end] += point.reports
                labels.setdefault(point.period.end, period_of(point.period))
    cells = {name: {end: _last_said(reports) for end, reports in ends.items()} for name, ends in told.items()}
    return basis, list(told), [(labels[end], _row_of(cells, end)) for end in sorted(labels)]


def _column(line: MetricSeries) -> str:
    """England is one, whichever council's papers quote it; neighbours are each council's own."""
    if line.own:
        return line.council or "no council"
    body = line.organisation or "others"
    return body if body in _NATIONAL else f"{body} ({line.council})"


_NATIONAL: Final = frozenset(body.short_name for body in bodies() if body.kind == "national")


def _last_said(reports: Sequence[HistoryReport]) -> str:
    """What the last paper to speak of it prints, marked where that is not what another paper prints."""
    anew = [report for report in reports if report.repeats is None] or list(reports)
    last = max(anew, key=lambda r: (r.meeting_date or date.min, r.figure.evidence.paper, r.figure.evidence.start))
    differs = any(not figures_agree(last.figure, one.figure) for one in anew)
    return printed(last.figure) + (" ≠" if differs else "")


def _row_of(cells: Mapping[str, Mapping[Any, str]], end: Any) -> dict[str, str]:
    return {name: ends[end] for name, ends in cells.items() if end in ends}


def across_rows(histories: Iterable[tuple[Metric, Sequence[HistoryRow]]]) -> Iterator[dict[str, Any]]:
    """The aligned table for programs: a row a period, a field a council or benchmark."""
    table = aligned(histories)
    if table is not None:
        basis, columns, periods = table
        for label, cells in periods:
            yield {"period": label, "basis": basis_in_words(basis)} | {name: cells.get(name) for name in columns}
