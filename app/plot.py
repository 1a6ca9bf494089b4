"""A metric's history as a drawing for a committee paper. The same papers give the same bytes."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.layout import one_line, shorten
from app.listings import place_of, printed
from app.plot_courses import Course, Panel, Point, panels_of, sources_of
from app.refusing import CannotDoError
from schema.period import MONTH_NAMES, financial_year_of
from schema.records import Metric, PaperRecord

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from db.store import Store

ENDINGS: Final = ("svg", "png")
_MOST_PANELS: Final = 8
_MOST_SOURCES: Final = 12
_WIDTH: Final = 9.6  # inches, as are all lengths
_AXES_HEIGHT: Final = 3.0
_LEGEND_ROW: Final = 0.17
_LEGEND_COLUMNS: Final = 4
_LINE_HEIGHT: Final = 0.155
_CAPTION_CHARACTERS: Final = 172
_LONGEST_NAME: Final = 34
_GAP_DAYS: Final = 100
"""From here on the way from one value to the next is dotted: of the months between no paper says anything."""
_YEARLY: Final = ("year", "academic year", "calendar year", "12 months")
_MOST_LABELS: Final = 12
_MOST_LABELLED: Final = 4
_COLOURS: Final = ("#0b4f8a", "#d55e00", "#009e73", "#cc79a7", "#8c6d1f", "#56b4e9", "#333333")
"""Told apart by people who do not see all colours (after Okabe and Ito, 2008)."""
_MARKERS: Final = "osD^vPX"
_TARGET: Final = "#2e7d32"
_GREY: Final = "#666666"
_STYLE: Final[Mapping[str, Any]] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine draws the same
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _GREY,
    "svg.hashsalt": "papertally",
    "svg.fonttype": "path",
}


def draw_history(store: Store, metrics: Sequence[Metric], target: Path) -> Iterator[bytes]:
    """The drawing of one metric in the format of the file's ending: a panel for each council, unit, and its parts.

    Raises CannotDoError where matplotlib is not installed, where there is nothing to draw, and for another ending.
    """
    ending = target.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise CannotDoError(
            f"--plot draws {' and '.join(ENDINGS)}. Name the file so: --plot {target.stem or 'plot'}.svg"
        )
    papers = {paper.sha256: paper for paper in store.papers()}
    panels = _panels(store, metrics, papers)
    if not panels:
        raise CannotDoError(
            f"Nothing of {metrics[0].name!r} can be drawn: no value has a period, or papers give several for one time. "
            f"tally history {metrics[0].key} lists them."
        )
    if len(panels) > _MOST_PANELS:
        raise CannotDoError(f"That would be {len(panels)} panels, too many for a page. Choose with --council.")
    yield draw(metrics[0], panels, papers, ending)


def _panels(store: Store, metrics: Sequence[Metric], papers: Mapping[str, PaperRecord]) -> list[Panel]:
    from db.filters import Filters

    repeats = store.statements()
    several = len(metrics) > 1
    found = []
    for metric in metrics:
        said = store.figures(Filters(metric=metric.key, council=metric.council))
        for panel in panels_of(metric, said, papers, repeats):
            names = [metric.council or "" if several else "", panel.title]
            found.append(replace(panel, title=" · ".join(filter(None, names))))
    return found


def draw(metric: Metric, panels: Sequence[Panel], papers: Mapping[str, PaperRecord], ending: str) -> bytes:
    """The bytes of an SVG or PNG. Raises CannotDoError where matplotlib is not installed."""
    try:
        import matplotlib
        from matplotlib.figure import Figure as Drawing
    except ImportError as error:
        raise CannotDoError(
            "Drawing needs matplotlib, which is not installed. Install it with: pip install 'papertally[plot]'"
        ) from error
    caption = _caption(panels, papers)
    heights = [_height_above(panel) + _AXES_HEIGHT + 0.45 for panel in panels]
    height = 0.62 + sum(heights) + _LINE_HEIGHT * len(caption) + 0.12
    with matplotlib.rc_context(dict(_STYLE)):  # type: ignore[arg-type]  # its keys are names of settings
        drawing = Drawing(figsize=(_WIDTH, height), dpi=160)
        drawing.text(0.015, 1 - 0.1 / height, _title(metric), fontsize=13, fontweight="bold", va="top")
        drawing.text(0.015, 1 - 0.38 / height, _subtitle(metric, panels), fontsize=9, color=_GREY, va="top")
        drawing.text(0.015, 0.08 / height, "\n".join(caption), fontsize=7, color=_GREY, va="bottom", linespacing=1.35)
        top, first = height - 0.62, None
        for panel, own in zip(panels, heights, strict=True):
            bottom = top - _height_above(panel) - _AXES_HEIGHT
            axes = drawing.add_axes((0.07, bottom / height, 0.91, _AXES_HEIGHT / height), sharex=first)
            _draw_panel(axes, panel)
            top, first = top - own, first or axes
        file = io.BytesIO()
        drawing.savefig(file, format=ending, metadata=_metadata(metric, caption, ending))
    return file.getvalue()


def _height_above(panel: Panel) -> float:
    """Room for a panel's title and legend."""
    names = len(panel.courses) + len(panel.benchmarks) + 3
    return (0.25 if panel.title else 0.0) + _LEGEND_ROW * -(-names // _LEGEND_COLUMNS) + 0.08


def _metadata(metric: Metric, caption: Sequence[str], ending: str) -> dict[str, Any]:
    """What the file says of itself, and never when it was made."""
    if ending == "svg":
        return {"Date": None, "Creator": "papertally", "Title": _title(metric), "Description": " ".join(caption)}
    return {"Software": "papertally", "Title": _title(metric), "Description": " ".join(caption)}


def _title(metric: Metric) -> str:
    name = one_line(metric.name)
    return "\n".join(textwrap.wrap(name[:1].upper() + name[1:], 88)[:1]) + ("…" if len(name) > 88 else "")


_UNITS: Final[Mapping[str, str]] = {
    "percent": "per cent",
    "gbp": "pounds",
    "per_10k": "per 10,000",
    "per_1k": "per 1,000",
    "per_100k": "per 100,000",
    "count": "number",
}


def _subtitle(metric: Metric, panels: Sequence[Panel]) -> str:
    council = metric.council or ""
    if any(council and panel.title.startswith(council) for panel in panels):
        council = ""
    units = dict.fromkeys(_UNITS.get(panel.unit, panel.unit.replace("_", " ")) for panel in panels)
    better = {"higher": "higher is better", "lower": "lower is better", None: ""}[metric.better]
    return " · ".join(filter(None, (council, ", ".join(units), better)))


def _draw_panel(axes: Axes, panel: Panel) -> None:
    labelled: set[tuple[date, str]] = set()
    for number, course in enumerate(panel.courses):
        _draw_course(axes, course, number)
        if len(panel.courses) <= _MOST_LABELLED:
            _label_course(axes, course, number, labelled, label_all=len(panel.courses) == 1)
    for number, course in enumerate(panel.benchmarks):
        _draw_benchmark(axes, course, number)
    _draw_targets(axes, panel)
    _draw_axes(axes, panel)
    _, names = axes.get_legend_handles_labels()
    rows = -(-len(names) // _LEGEND_COLUMNS)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.01, 1.0),
        ncols=min(_LEGEND_COLUMNS, len(names)),
        frameon=False,
        fontsize=7.5,
        borderpad=0.2,
    )
    if panel.title:
        above = (rows * _LEGEND_ROW + 0.12) / _AXES_HEIGHT
        axes.text(0, 1 + above, panel.title, transform=axes.transAxes, fontsize=10, fontweight="bold", va="bottom")


def _draw_course(axes: Axes, course: Course, number: int) -> None:
    colour = _COLOURS[number % len(_COLOURS)]
    marker = _MARKERS[number % len(_MARKERS)]
    for first, second in zip(course.points, course.points[1:], strict=False):
        if _begins_again(course, first, second):
            continue
        gap = _is_gap(course, first, second)
        axes.plot(
            [_day(first.when), _day(second.when)],
            [float(first.value), float(second.value)],
            color=colour,
            linewidth=0.9 if gap else 1.7,
            linestyle=":" if gap else "-",
        )
    axes.plot(
        [_day(point.when) for point in course.points],
        [float(point.value) for point in course.points],
        color=colour,
        marker=marker,
        markersize=4.5,
        linestyle="",
        label=shorten(course.name, _LONGEST_NAME),
    )
    _draw_restated(axes, course, colour, marker)


def _begins_again(course: Course, first: Point, second: Point) -> bool:
    """Whether a year to date begins again between two values: there is no way from one to the other."""
    return course.basis == "ytd" and financial_year_of(first.when) != financial_year_of(second.when)


def _is_gap(course: Course, first: Point, second: Point) -> bool:
    return course.basis not in _YEARLY and (second.when - first.when).days > _GAP_DAYS


def _label_course(axes: Axes, course: Course, number: int, labelled: set[tuple[date, str]], *, label_all: bool) -> None:
    """The values of a lone, short course; of others the first and the last. What stands there is not said again."""
    every = label_all and len(course.points) <= _MOST_LABELS
    for point in course.points if every else dict.fromkeys((course.points[0], course.points[-1])):
        text = printed(point.figure)
        if (point.when, text) not in labelled:
            labelled.add((point.when, text))
            _label(axes, point, text, _COLOURS[number % len(_COLOURS)], below=number % 2 == 1)


def _draw_restated(axes: Axes, course: Course, colour: str, marker: str) -> None:
    """An earlier value of a period: hollow, on a thin line to the value that stands, with what it was."""
    for point in course.points:
        for before in point.before:
            value, is_last = float(before.value or 0), point is course.points[-1]
            axes.plot([_day(point.when)] * 2, [value, float(point.value)], color=colour, linewidth=0.8)
            axes.plot(
                [_day(point.when)],
                [value],
                marker=marker,
                markersize=6,
                markerfacecolor="white",
                markeredgecolor=colour,
            )
            axes.annotate(
                f"restated from {printed(before)}",
                (_day(point.when), value),
                xytext=(-6 if is_last else 6, -3 if value < float(point.value) else 3),
                textcoords="offset points",
                fontsize=7,
                color=colour,
                ha="right" if is_last else "left",
                va="top" if value < float(point.value) else "bottom",
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1},
            )


def _label(axes: Axes, point: Point, text: str, colour: str, *, below: bool = False) -> None:
    axes.annotate(
        text,
        (_day(point.when), float(point.value)),
        xytext=(0, -7 if below else 6),
        textcoords="offset points",
        fontsize=7,
        color=colour,
        ha="center",
        va="top" if below else "bottom",
    )


def _draw_benchmark(axes: Axes, course: Course, number: int) -> None:
    """Others' values are dashed, and grey, for they are not the subject."""
    axes.plot(
        [_day(point.when) for point in course.points],
        [float(point.value) for point in course.points],
        color=_GREY,
        linestyle="--",
        linewidth=1.1,
        marker="_x+1234"[number % 7],
        markersize=6,
        label=shorten(course.name, _LONGEST_NAME),
    )


def _draw_targets(axes: Axes, panel: Panel) -> None:
    label = {"target": "target", "target band": "target band"}
    for step in panel.targets:
        low, days = float(step.low.value or 0), [_day(step.start), _day(step.end)]
        if step.high is None:
            axes.plot(days, [low, low], color=_TARGET, linewidth=1.4, label=label.pop("target", "_nolegend_"))
        else:
            high = float(step.high.value or 0)
            name = label.pop("target band", "_nolegend_")
            axes.fill_between(days, [low] * 2, [high] * 2, color=_TARGET, alpha=0.15, linewidth=0, label=name)
            for edge in (low, high):
                axes.plot(days, [edge, edge], color=_TARGET, linewidth=0.9)
    for number, point in enumerate(panel.due):
        axes.plot(
            [_day(point.when)],
            [float(point.value)],
            marker="D",
            markersize=5,
            markerfacecolor="white",
            markeredgecolor=_TARGET,
            linestyle="",
            label="_nolegend_" if number else "target for that time",
        )
        _label(axes, point, printed(point.figure), _TARGET)


def _draw_axes(axes: Axes, panel: Panel) -> None:
    from matplotlib.dates import AutoDateLocator, DateFormatter
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.margins(x=0.04, y=0.16)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, panel.unit)))
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=4, maxticks=9))  # type: ignore[no-untyped-call]  # so it is in matplotlib
    axes.xaxis.set_major_formatter(DateFormatter("%b %Y"))  # type: ignore[no-untyped-call]
    axes.tick_params(colors=_GREY, labelsize=8, labelbottom=True)


def _tick(value: float, unit: str) -> str:
    if unit == "percent":
        return f"{value:g}%"
    if unit == "gbp":
        return f"£{value / 1e6:g}m" if abs(value) >= 1e6 else f"£{value:,.0f}"
    return f"{value:,g}" if value != int(value) else f"{value:,.0f}"


def _day(day: date) -> float:
    """Matplotlib's number of a day."""
    return float(day.toordinal() - date(1970, 1, 1).toordinal())


# The caption


def _caption(panels: Sequence[Panel], papers: Mapping[str, PaperRecord]) -> list[str]:
    """Where every value stands, paper by paper, and what is not drawn."""
    places: dict[str, dict[str, None]] = {}
    for figure in sources_of(panels):
        places.setdefault(figure.evidence.sha256, {})[place_of(figure.evidence)] = None
    ordered = sorted(places, key=lambda sha256: _by_meeting(papers[sha256]))
    sources = [_source(papers[sha256], list(places[sha256])) for sha256 in ordered]
    if len(sources) > _MOST_SOURCES:
        sources = [*sources[:_MOST_SOURCES], f"and {len(sources) - _MOST_SOURCES} more papers"]
    lines = textwrap.wrap(f"Sources: {'; '.join(sources)}.", _CAPTION_CHARACTERS)
    notes = ["Each period's value as the last paper to report it prints it."]
    if any(point.before for panel in panels for course in panel.courses for point in course.points):
        notes.append("Hollow: what an earlier paper said of the same period.")
    if _has_gap(panels):
        notes.append("Dotted: no paper here gives the months between.")
    if any(panel.targets for panel in panels):
        notes.append("Targets as each paper gave them.")
    left_out = [what for panel in panels for what in panel.left_out]
    if left_out:
        notes.append(f"Not drawn: {', '.join(left_out)}.")
    return [*lines, *textwrap.wrap(" ".join(notes), _CAPTION_CHARACTERS)]


def _has_gap(panels: Sequence[Panel]) -> bool:
    return any(
        _is_gap(course, first, second) and not _begins_again(course, first, second)
        for panel in panels
        for course in panel.courses
        for first, second in zip(course.points, course.points[1:], strict=False)
    )


def _source(paper: PaperRecord, places: Sequence[str]) -> str:
    day = paper.meeting_date
    when = f" ({day.day} {MONTH_NAMES[day.month - 1]} {day.year})" if day else ""
    where = ", ".join(place for place in places if place)
    return f"{one_line(paper.paper)}{when}{f' {where}' if where else ''}"


def _by_meeting(paper: PaperRecord) -> tuple[date, str, str]:
    return paper.meeting_date or date.max, paper.paper, paper.sha256
