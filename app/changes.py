"""What a paper changes against the papers before it: targets missed or met, values moved or restated, what is new and
what has gone.

Papers are compared by meeting date. A near-identical report put to another meeting is not a paper before. Only figures
of one line (`app.bases`) are compared: one measure, organisation, part and basis.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from app.bases import UNDATED, Line, are_one, lines_of, moment
from app.report_series import Report, predecessors, reports_of
from app.target_states import TargetState, target_state
from schema.records import Figure, Metric, PaperRecord
from schema.rounding import figures_agree

ChangeKind = Literal[
    "newly_missed", "newly_met", "missed", "target_changed", "restated", "moved", "gone", "new", "not_compared"
]
Verdict = Literal["better", "worse"]

IN_PASSING: Final = "said in passing"
"""The note on a new metric that is no indicator."""
_PASSING: Final = ("count", "gbp", "days", "weeks", "months", "hours")
"""Units of much that a paper counts once, in prose."""


@dataclass(frozen=True)
class Change:
    """One thing that a paper changes. `now` is what the paper says and `before` what was said last; a metric that has
    gone has no `now`, a new one no `before`. `size` orders changes of a kind: points of a percentage, else per cent of
    the value before. `target` and `target_before` are what the values were to reach."""

    kind: ChangeKind
    line: Line
    now: Figure | None = None
    before: Figure | None = None
    verdict: Verdict | None = None
    size: Decimal = Decimal(0)
    target: Figure | None = None
    target_before: Figure | None = None
    note: str = ""

    @property
    def difference(self) -> Decimal | None:
        """How much higher the value is now, in the metric's unit; None where there are no two values."""
        if self.now is None or self.before is None or self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value


@dataclass(frozen=True)
class Comparison:
    """A paper against those before it, latest first. `series` are the reports whose next one the paper is or holds:
    indicators go missing against them. `unchanged` counts measures that moved no more than rounding can; `still_missed`
    are targets missed before and now."""

    paper: PaperRecord
    before: tuple[PaperRecord, ...] = ()
    same: tuple[PaperRecord, ...] = ()
    undated: tuple[PaperRecord, ...] = ()
    series: tuple[Report, ...] = ()
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    still_missed: tuple[TargetState, ...] = ()


@dataclass(frozen=True)
class _Said:
    """What the papers say of metrics, by paper, without what a near-identical paper only repeats."""

    paper: PaperRecord
    before: Sequence[PaperRecord]
    metrics: Mapping[str, Metric]
    now: Sequence[Figure]
    earlier: Mapping[str, Sequence[Figure]] = field(default_factory=dict)

    @property
    def all_earlier(self) -> list[Figure]:
        return [figure for paper in self.before for figure in self.earlier.get(paper.sha256, ())]

    def indicators(self, figures: Sequence[Figure]) -> set[str]:
        """The metrics among the figures that papers come back to, and that are of the council itself."""
        by_metric: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            if figure.metric is not None and figure.organisation in (None, self.paper.council):
                by_metric[figure.metric].append(figure)
        return {key for key, of_metric in by_metric.items() if self.is_indicator(key, of_metric)}

    def is_indicator(self, key: str, figures: Iterable[Figure]) -> bool:
        """Whether a metric is no passing count: one of the registry, one with a target or set out in a table of
        periods, or a share, rate or score that more than one paper gives."""
        if key in self.metrics and "." not in key:
            return True
        of_metric = list(figures)
        if any(figure.role == "target" or figure.basis is not None for figure in of_metric):
            return True
        told = {figure.evidence.sha256 for figure in (*self.all_earlier, *self.now) if figure.metric == key}
        return len(told) > 1 and any(figure.unit not in _PASSING for figure in of_metric)


def compare(
    paper: PaperRecord,
    papers: Iterable[PaperRecord],
    figures: Iterable[Figure],
    metrics: Iterable[Metric],
    repeats: Mapping[str, str],
) -> Comparison:
    """The paper against the other papers of its council, with the figures of them all. `repeats` are figures said again
    in a near-identical report, with the figure each repeats.

    Raises ValueError for a paper without a meeting date: nothing is known to be before it.
    """
    if paper.meeting_date is None:
        raise ValueError(f"{paper.paper} has no meeting date")
    others = [one for one in papers if one.council == paper.council and one.sha256 != paper.sha256]
    same = tuple(one for one in others if one.paper in paper.same_as_all)
    dated = [one for one in others if one not in same and one.meeting_date and one.meeting_date < paper.meeting_date]
    before = tuple(sorted(dated, key=_by_meeting, reverse=True))
    said = _what_is_said(paper, before, figures, metrics, repeats)
    series = predecessors(reports_of(paper, said.now), before, said.earlier, said.indicators)
    missing = _gone(said, series)
    moved, unchanged, uncompared = _moved(said)
    judged, still_missed = _judged(said)
    found = [*judged, *_restated(said), *moved, *missing, *_new(said), *uncompared]
    return Comparison(
        paper=paper,
        before=before,
        same=same,
        undated=tuple(one for one in others if one.meeting_date is None and one not in same),
        series=tuple(series),
        changes=tuple(found),
        unchanged=unchanged,
        still_missed=tuple(still_missed),
    )


def _by_meeting(paper: PaperRecord) -> tuple[date, str, str]:
    return paper.meeting_date or date.max, paper.paper, paper.sha256


def _what_is_said(
    paper: PaperRecord,
    before: Sequence[PaperRecord],
    figures: Iterable[Figure],
    metrics: Iterable[Metric],
    repeats: Mapping[str, str],
) -> _Said:
    by_paper: dict[str, list[Figure]] = defaultdict(list)
    measuring = [figure for figure in figures if figure.metric is not None]
    paper_of = {figure.id: figure.evidence.sha256 for figure in measuring}
    known = {one.sha256 for one in before}
    for figure in measuring:
        sha256 = figure.evidence.sha256
        # A repetition is left out where the paper that said it first is compared with, too.
        if sha256 == paper.sha256 or (sha256 in known and paper_of.get(repeats.get(figure.id, "")) not in known):
            by_paper[sha256].append(figure)
    return _Said(
        paper=paper,
        before=before,
        metrics={metric.key: metric for metric in metrics if metric.council == paper.council},
        now=by_paper.pop(paper.sha256, []),
        earlier=by_paper,
    )


# Values of a later period


def _moved(said: _Said) -> tuple[list[Change], int, list[Change]]:
    """The values that moved; how many did not; and those that could not be compared."""
    everything = [*said.all_earlier, *said.now]
    lines = lines_of((figure for figure in everything if is_own(figure, said.paper, "actual")), said.paper.council)
    found: list[Change] = []
    unsure: list[Change] = []
    unchanged: set[tuple[object, ...]] = set()
    for line, figures in lines.items():
        now, before = _latest_of_both(figures, said)
        if now is None or before is None or not _is_later(now, before):
            continue
        if not (_is_only_value(now, figures) and _is_only_value(before, figures)):
            unsure.append(Change("not_compared", line, now, before, note="several values"))
            continue
        if figures_agree(now, before):
            unchanged.add(line[:4])
        elif not _only_accumulates(line, now, before):
            found.append(_change_of(line, now, before, said.metrics))
    moved = _one_a_measure(found)
    compared = {change.line[:4] for change in moved} | unchanged
    told = [change for change in unsure if change.line[:4] not in compared]
    compared |= {change.line[:4] for change in told}
    uncompared = [*told, *_not_compared(lines, compared, said)]
    return (
        sorted(moved, key=lambda change: _in_passing_last(change, said)),
        len(unchanged - {change.line[:4] for change in moved}),
        uncompared,
    )


def is_own(figure: Figure, paper: PaperRecord, role: str) -> bool:
    """Whether a figure is one that the paper's council gives of itself, in that role."""
    return figure.role == role and figure.organisation in (None, paper.council)


def _latest_of_both(figures: Sequence[Figure], said: _Said) -> tuple[Figure | None, Figure | None]:
    """The value of the latest period that the paper gives, and that the papers before it gave last."""
    values = [figure for figure in figures if figure.value is not None]
    now = [figure for figure in values if figure.evidence.sha256 == said.paper.sha256]
    before = [figure for figure in values if figure.evidence.sha256 != said.paper.sha256]
    meetings = {paper.sha256: _by_meeting(paper) for paper in said.before}
    latest_now = max(now, key=lambda figure: (_end(figure), figure.basis is not None), default=None)
    latest_before = max(
        before,
        key=lambda figure: (_end(figure), meetings[figure.evidence.sha256], figure.basis is not None),
        default=None,
    )
    return latest_now, latest_before


def _end(figure: Figure) -> date:
    when = moment(figure)
    return when[1] if when else date.min


def _is_only_value(figure: Figure, of_line: Sequence[Figure]) -> bool:
    """Whether the paper that gives the figure gives its line no other value of that time."""
    place, when = figure.evidence.sha256, moment(figure)
    return are_one(one for one in of_line if one.evidence.sha256 == place and moment(one) == when)


def _is_later(now: Figure, before: Figure) -> bool:
    """Values without a period are compared with one another only, as what a paper says when it meets."""
    return (now.period is None and before.period is None) or _end(now) > _end(before)


def _only_accumulates(line: Line, now: Figure, before: Figure) -> bool:
    """Whether a count or sum of the year so far is set against another stretch of a year: it must have grown or begun
    again, which is no news."""
    if line.basis != "ytd" or line.unit not in ("count", "gbp", "days", "hours"):
        return False
    assert now.period is not None
    assert before.period is not None
    return (now.period.end.month, now.period.start.month) != (before.period.end.month, before.period.start.month)


def _change_of(line: Line, now: Figure, before: Figure, metrics: Mapping[str, Metric]) -> Change:
    change = Change("moved", line, now, before, size=_size(now, before))
    metric = metrics.get(line.metric or "")
    difference = change.difference
    if metric is None or metric.better is None or not difference:
        return change
    better = (difference > 0) == (metric.better == "higher")
    return Change("moved", line, now, before, "better" if better else "worse", change.size)


def _size(now: Figure, before: Figure) -> Decimal:
    """How big a move is, so that moves in several units can be put in one order."""
    assert now.value is not None
    assert before.value is not None
    difference = abs(now.value - before.value)
    if now.unit == "percent":
        return difference
    return difference / abs(before.value) * 100 if before.value else Decimal(100)


def _biggest_first(change: Change) -> tuple[object, ...]:
    return -change.size, change.line.metric or "", change.line.breakdown or "", change.line.basis


def _in_passing_last(change: Change, said: _Said) -> tuple[object, ...]:
    """What got worse, what got better, the rest, each biggest first; but what has no period or is counted in passing
    after all else: one more visit may be half as many again."""
    assert change.now is not None
    passing = change.line.basis == UNDATED or not said.is_indicator(change.line.metric or "", [change.now])
    return passing, ("worse", "better", None).index(change.verdict), *_biggest_first(change)


_PREFERRED: Final = ("rolling_year", "ytd", "month", "snapshot", "quarter", "year")


def _one_a_measure(changes: Iterable[Change]) -> list[Change]:
    """Of a measure that moved on several bases, the move that is told: of the latest period, and of those the one that
    the paper itself sets out as its figure."""
    by_measure: dict[tuple[object, ...], list[Change]] = defaultdict(list)
    for change in changes:
        by_measure[change.line[:4]].append(change)
    return [min(of_measure, key=_less_telling) for of_measure in by_measure.values()]


def _less_telling(change: Change) -> tuple[object, ...]:
    assert change.now is not None
    order = _PREFERRED.index(change.line.basis) if change.line.basis in _PREFERRED else len(_PREFERRED)
    return -_end(change.now).toordinal(), change.now.basis is None, order, change.line.basis


def _not_compared(
    lines: Mapping[Line, Sequence[Figure]], compared: set[tuple[object, ...]], said: _Said
) -> Iterator[Change]:
    """Measures that the paper and one before it give, and that stand on no common basis."""
    now, before = _by_measure(lines, said, of_paper=True), _by_measure(lines, said, of_paper=False)
    for measure in sorted(now.keys() & before.keys() - compared, key=str):
        latest, last = max(now[measure], key=_when_of), max(before[measure], key=_when_of)
        line, figure = latest
        line_before, figure_before = last
        if figure.value is None:
            yield Change("not_compared", line, figure, figure_before, note="withheld now")
        elif line.basis not in {line.basis for line, _ in before[measure]}:
            yield Change("not_compared", line, figure, figure_before, note=_why(line, line_before))


def _by_measure(
    lines: Mapping[Line, Sequence[Figure]], said: _Said, *, of_paper: bool
) -> dict[tuple[object, ...], list[tuple[Line, Figure]]]:
    found: dict[tuple[object, ...], list[tuple[Line, Figure]]] = defaultdict(list)
    for line, figures in lines.items():
        for figure in figures:
            if (figure.evidence.sha256 == said.paper.sha256) == of_paper and (of_paper or figure.value is not None):
                found[line[:4]].append((line, figure))
    return found


def _when_of(said: tuple[Line, Figure]) -> tuple[object, ...]:
    line, figure = said
    return _end(figure), figure.basis is not None, line.basis


def _why(now: Line, before: Line) -> str:
    if now.basis == UNDATED:
        return "no period given now"
    if before.basis == UNDATED:
        return "no period given before"
    return "on another basis"


# Values of an earlier period, given otherwise


def _restated(said: _Said) -> list[Change]:
    """Values that no rounding of the paper makes equal to what was said last of the same period."""
    found: list[Change] = []
    for role in ("actual", "plan", "benchmark"):
        everything = [figure for figure in (*said.all_earlier, *said.now) if figure.role == role]
        for line, figures in lines_of(everything, said.paper.council).items():
            by_moment: dict[object, list[Figure]] = defaultdict(list)
            for figure in figures:
                if figure.period is not None and figure.value is not None:
                    by_moment[moment(figure)].append(figure)
            for one_time in by_moment.values():
                found += _restatement(line, one_time, said)
    return sorted(found, key=_biggest_first)


def _restatement(line: Line, one_time: Sequence[Figure], said: _Said) -> Iterator[Change]:
    now = [figure for figure in one_time if figure.evidence.sha256 == said.paper.sha256]
    for paper in said.before:
        last = [figure for figure in one_time if figure.evidence.sha256 == paper.sha256]
        if now and last:
            # One agreement is enough: a paper that says two things of one time is not known to have restated either.
            if not any(figures_agree(figure, earlier) for figure in now for earlier in last):
                moved = _change_of(line, now[0], last[-1], said.metrics)
                yield Change("restated", line, now[0], last[-1], size=moved.size)
            return


# Targets


_OF_TARGETS: Final[tuple[ChangeKind, ...]] = ("newly_missed", "missed", "newly_met", "target_changed")


def _judged(said: _Said) -> tuple[list[Change], list[TargetState]]:
    """What became of targets; and those missed before and still."""
    before = _states_before(said)
    now = _states_by_earlier_targets(said, before) | _states(said.now, said)
    found: list[Change] = []
    still: list[TargetState] = []
    for key, state in now.items():
        was = before.get(key)
        line = _line_of(state, said.paper)
        both = (state.value, was.value if was else None)
        if was is not None and _is_changed(state.target, was.target):
            found.append(Change("target_changed", line, *both, target=state.target, target_before=was.target))
        if not state.met and was is not None and not was.met:
            still.append(state)
        elif not state.met:
            kind: ChangeKind = "missed" if was is None else "newly_missed"
            before_target = was.target if was else None
            found.append(Change(kind, line, *both, "worse", _gap(state), state.target, before_target, state.note))
        elif was is not None and not was.met:
            found.append(Change("newly_met", line, *both, "better", _gap(state), state.target, was.target, state.note))
    found.sort(key=lambda change: (_OF_TARGETS.index(change.kind), *_biggest_first(change)))
    return found, sorted(still, key=lambda state: (-_gap(state), state.target.metric or ""))


def _is_changed(now: Figure, before: Figure) -> bool:
    """Whether one target, of one band and time, was given another height."""
    alike = (now.breakdown, now.unit, now.period) == (before.breakdown, before.unit, before.period)
    return alike and now.value != before.value


def _states(figures: Iterable[Figure], said: _Said) -> dict[str, TargetState]:
    by_metric: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.metric is not None and figure.organisation in (None, said.paper.council):
            by_metric[figure.metric].append(figure)
    states = {key: target_state(of_metric, said.metrics.get(key)) for key, of_metric in by_metric.items()}
    return {key: state for key, state in states.items() if state is not None}


def _states_by_earlier_targets(said: _Said, before: Mapping[str, TargetState]) -> dict[str, TargetState]:
    """How the paper's values stand against targets that it leaves out: a target holds until another is named."""
    states = {}
    for key, was in before.items():
        # What an earlier paper claimed of its target says nothing of this paper's value.
        standing = was.target.model_copy(update={"claim": None})
        own = [one for one in said.now if one.metric == key and one.organisation in (None, said.paper.council)]
        state = target_state([*own, standing], said.metrics.get(key))
        if state is not None and state.value is not None and not any(one.role == "target" for one in own):
            states[key] = replace(state, target=was.target, note="target not named here")
    return states


def _states_before(said: _Said) -> dict[str, TargetState]:
    """For each metric how its target stood in the last paper that gives one."""
    states: dict[str, TargetState] = {}
    for paper in reversed(said.before):
        states |= _states(said.earlier.get(paper.sha256, ()), said)
    return states


def _line_of(state: TargetState, paper: PaperRecord) -> Line:
    shown = state.value or state.target
    (line,) = lines_of([shown], paper.council)
    return line


def _gap(state: TargetState) -> Decimal:
    if state.value is None or state.value.value is None or state.target.value is None:
        return Decimal(0)
    return _size(state.value, state.target)


# What comes and goes


def _gone(said: _Said, series: Sequence[Report]) -> list[Change]:
    """The indicators of the last reports of the series of which the paper has no figure at all."""
    here = {figure.metric for figure in said.now}
    found: dict[str, Change] = {}
    for report in series:
        for key in sorted(said.indicators(report.figures) - here):
            values = [one for one in report.figures if one.metric == key and is_own(one, said.paper, "actual")]
            dated = [figure for figure in values if figure.value is not None]
            if dated:
                latest = max(dated, key=_telling)
                (line,) = lines_of([latest], said.paper.council)
                found.setdefault(key, Change("gone", line, before=latest))
    return sorted(found.values(), key=lambda change: _in_order(change.before))


def _telling(figure: Figure) -> tuple[object, ...]:
    """Orders the values of a metric: the one to show is of the whole, of the latest period, set out as the figure."""
    return figure.breakdown is None, _end(figure), figure.basis is not None


def _in_order(figure: Figure | None) -> tuple[object, ...]:
    assert figure is not None
    return figure.evidence.page or 0, figure.evidence.start


def _new(said: _Said) -> list[Change]:
    """Metrics that no paper before gives: those of the registry, other indicators, and what is counted in passing."""
    known = {figure.metric for figure in said.all_earlier}
    by_metric: dict[str, list[Figure]] = defaultdict(list)
    for figure in said.now:
        if figure.metric is not None and figure.metric not in known and is_own(figure, said.paper, "actual"):
            by_metric[figure.metric].append(figure)
    indicators = said.indicators(said.now)
    found = []
    for key, figures in by_metric.items():
        latest = max(figures, key=_telling)
        (line,) = lines_of([latest], said.paper.council)
        found.append(Change("new", line, now=latest, note="" if key in indicators else IN_PASSING))
    return sorted(found, key=lambda one: (bool(one.note), "." in (one.line.metric or ""), one.line.unit in _PASSING))
