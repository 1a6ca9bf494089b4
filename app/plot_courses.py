"""What a plot of a metric shows, before anything is drawn: lines that never mix bases, targets as they stood, earlier
values that were restated, and where each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from app.bases import UNDATED, Line, are_one, basis_in_words, lines_of, moment
from schema.period import last_day
from schema.records import Figure, Metric, PaperRecord
from schema.rounding import figures_agree

_BANDS: Final = (None, "min", "floor", "upper")
_MOST_PARTS: Final = 7


@dataclass(frozen=True)
class Point:
    """The value of a period as it was said last. `when` is where it stands on the axis: the month that the period ends
    in. `before` are values that earlier papers gave it and that no rounding makes equal."""

    when: date
    figure: Figure
    before: tuple[Figure, ...] = ()

    @property
    def value(self) -> Decimal:
        assert self.figure.value is not None
        return self.figure.value


@dataclass(frozen=True)
class Course:
    """One line: its name and its points in the order of time."""

    name: str
    basis: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class TargetStep:
    """A target as one paper gives it, for the time until the next paper that gives one. `high` is the upper end of a
    band, where it gives two."""

    start: date
    end: date
    low: Figure
    high: Figure | None = None


@dataclass(frozen=True)
class Panel:
    """What is drawn over one pair of axes: values of one unit. `due` are targets for a time that the paper names."""

    title: str
    unit: str
    courses: tuple[Course, ...]
    benchmarks: tuple[Course, ...] = ()
    targets: tuple[TargetStep, ...] = ()
    due: tuple[Point, ...] = ()
    left_out: tuple[str, ...] = ()


def panels_of(
    metric: Metric, figures: Iterable[Figure], papers: Mapping[str, PaperRecord], repeats: Iterable[str] = ()
) -> list[Panel]:
    """The panels of one council's metric: the whole, and its parts where papers give them. `repeats` are the ids of
    figures that a near-identical report says again."""
    again = set(repeats)
    said = [one for one in figures if one.id not in again and one.value is not None and one.value_high is None]
    said.sort(key=lambda one: _when_said(one, papers))
    own = [one for one in said if one.organisation in (None, metric.council)]
    units = dict.fromkeys(one.unit for one in own if one.role == "actual")
    panels = []
    for unit in units:
        of_unit = [one for one in own if one.unit == unit]
        others = [one for one in said if one.unit == unit and one.organisation not in (None, metric.council)]
        panels += _panels_of_unit(metric, unit, of_unit, others, papers)
    return panels


def _panels_of_unit(
    metric: Metric, unit: str, own: Sequence[Figure], others: Sequence[Figure], papers: Mapping[str, PaperRecord]
) -> list[Panel]:
    actuals = [one for one in own if one.role == "actual"]
    whole = _courses([one for one in actuals if one.breakdown is None], metric.council)
    parts = _courses([one for one in actuals if one.breakdown is not None], metric.council)
    panels = []
    if whole:
        targets = [one for one in own if one.role == "target" and one.breakdown in _BANDS]
        panels.append(
            Panel(
                title="",
                unit=unit,
                courses=tuple(whole),
                benchmarks=tuple(_benchmarks(others)),
                targets=tuple(_steps([one for one in targets if one.period is None], whole, papers)),
                due=tuple(_due(targets)),
                left_out=(*_undated(actuals), *_ambiguous([one for one in actuals if one.breakdown is None], metric)),
            )
        )
    drawn = sorted(parts, key=lambda course: (-len(course.points), course.name))[:_MOST_PARTS]
    if any(len(course.points) > 1 for course in drawn):
        names = [course.name for course in parts if course not in drawn]
        left_out = (f"{len(names)} further parts",) if names else ()
        panels.append(Panel("By part", unit, tuple(sorted(drawn, key=lambda one: one.name)), left_out=left_out))
    return panels


def _courses(figures: Sequence[Figure], council: str | None) -> list[Course]:
    """A course a line, the longest first. What has no period stands nowhere on the axis of time."""
    lines = {line: said for line, said in lines_of(figures, council).items() if line.basis != UNDATED}
    several = len({line.basis for line in lines}) > 1
    courses = [Course(_name(line, several), line.basis, _points(said)) for line, said in lines.items()]
    drawn = [course for course in courses if course.points]
    return sorted(drawn, key=lambda course: (-len(course.points), course.name))


def _name(line: Line, several: bool) -> str:
    if line.breakdown is None:
        return basis_in_words(line.basis)
    return f"{line.breakdown} ({basis_in_words(line.basis)})" if several else line.breakdown


def _points(figures: Iterable[Figure]) -> tuple[Point, ...]:
    """A point a period. The figures come in the order in which they were said."""
    by_period = _by_period(figures)
    ordered = sorted(by_period, key=lambda one: (one[1], one[0]))
    points = (_point(when[1], by_period[when]) for when in ordered)
    return tuple(point for point in points if point is not None)


def _by_period(figures: Iterable[Figure]) -> dict[tuple[date, date], list[Figure]]:
    found: dict[tuple[date, date], list[Figure]] = defaultdict(list)
    for figure in figures:
        when = moment(figure)
        if when is not None:
            found[when].append(figure)
    return found


def _point(when: date, said: Sequence[Figure]) -> Point | None:
    """The point of a period, None where no paper gives one value alone."""
    by_paper: dict[str, list[Figure]] = defaultdict(list)
    for figure in said:
        by_paper[figure.evidence.sha256].append(figure)
    values = [of_paper[-1] for of_paper in by_paper.values() if are_one(of_paper)]
    if not values:
        return None
    *earlier, last = values
    before = {one.value: one for one in earlier if not figures_agree(one, last)}
    return Point(_on_axis(when), last, tuple(before.values()))


def _on_axis(end: date) -> date:
    """The first of the month for what ends with it: the value of March stands over March and not over April."""
    return end.replace(day=1) if end == last_day(end.year, end.month) else end


def _benchmarks(figures: Iterable[Figure]) -> list[Course]:
    """Values of others, a course each: only of the whole, and with a period."""
    told = [one for one in figures if one.breakdown is None and one.role in ("benchmark", "actual")]
    lines = {line: said for line, said in lines_of(told, None).items() if line.basis != UNDATED}
    courses = [Course(line.organisation or "", line.basis, _points(said)) for line, said in lines.items()]
    return sorted((course for course in courses if course.points), key=lambda course: course.name)


def _steps(targets: Sequence[Figure], courses: Sequence[Course], papers: Mapping[str, PaperRecord]) -> list[TargetStep]:
    """Targets without a date, by the papers that give them: each stands from the last value before its paper's to its
    paper's last value."""
    by_paper: dict[str, list[Figure]] = defaultdict(list)
    for target in targets:
        by_paper[target.evidence.sha256].append(target)
    points = [point for course in courses for point in course.points]
    first = min(point.when for point in points)
    steps: list[TargetStep] = []
    for sha256, given in by_paper.items():
        low, high = _band(given)
        reported = [point.when for point in points if point.figure.evidence.sha256 == sha256]
        meeting = papers[sha256].meeting_date if sha256 in papers else None
        end = max(reported, default=meeting)
        start = steps[-1].end if steps else min(reported, default=first)
        if end is None or end < start:
            continue
        steps.append(TargetStep(start, end if end > start else start + timedelta(days=28), low, high))
    return steps


def _band(targets: Sequence[Figure]) -> tuple[Figure, Figure | None]:
    """What must be reached and what one hopes for; the same value twice is one target."""
    must = next((one for one in targets if one.breakdown in ("min", "floor")), None)
    upper = next((one for one in targets if one.breakdown == "upper"), None)
    plain = next((one for one in targets if one.breakdown is None), None)
    low = must or plain or upper
    assert low is not None
    return low, upper if upper is not None and upper.value != low.value else None


def _due(targets: Iterable[Figure]) -> list[Point]:
    """Targets for a time that the paper names, each once."""
    points = {
        (one.period.end, one.value): Point(_on_axis(one.period.end), one) for one in targets if one.period is not None
    }
    return [points[key] for key in sorted(points, key=str)]


def _undated(actuals: Iterable[Figure]) -> list[str]:
    undated = sum(one.period is None for one in actuals)
    return [f"{undated} without a period"] if undated else []


def _ambiguous(actuals: Sequence[Figure], metric: Metric) -> list[str]:
    """How many periods have no value of their own, for papers give several that differ."""
    of_periods = [
        said for figures in lines_of(actuals, metric.council).values() for said in _by_period(figures).values()
    ]
    unsure = sum(_point(date.min, said) is None for said in of_periods)
    periods = "1 period" if unsure == 1 else f"{unsure} periods"
    return [f"{periods} for which a paper gives several values"] if unsure else []


def _when_said(figure: Figure, papers: Mapping[str, PaperRecord]) -> tuple[object, ...]:
    paper = papers.get(figure.evidence.sha256)
    meeting = (paper.meeting_date if paper else None) or date.max
    place = figure.evidence
    return meeting, place.paper, place.sha256, figure.basis is not None, place.page or 0, place.start


def sources_of(panels: Iterable[Panel]) -> list[Figure]:
    """Every figure that a plot shows, in the order of the panels."""
    return [figure for panel in panels for figure in _shown(panel)]


def _shown(panel: Panel) -> list[Figure]:
    points = [point for course in (*panel.courses, *panel.benchmarks) for point in course.points]
    shown = [figure for point in points for figure in (point.figure, *point.before)]
    steps = [figure for step in panel.targets for figure in (step.low, step.high) if figure is not None]
    return [*shown, *steps, *(point.figure for point in panel.due)]
