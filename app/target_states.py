"""How a paper's figures stand against the target that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schema.evidence import Evidence
from schema.records import Figure, Metric

_MUST_BE_REACHED: Final = ("min", "floor")
"""Target bands that a value has to reach; `upper` is what one hopes for."""
_CLAIMS: Final = {"met": True, "exceeded": True, "not_met": False}


@dataclass(frozen=True)
class TargetState:
    """A target with the value that it is judged by, and whether the value reaches it. Where the paper gives no value,
    its word decides. `note` says where the paper's own word is another."""

    target: Figure
    value: Figure | None
    met: bool
    note: str = ""


def target_state(figures: Sequence[Figure], metric: Metric | None) -> TargetState | None:
    """How one metric's target stands by one paper's figures of the council itself. None where there is no target, no
    value, no telling which side is the right one, or where the target is for a later time than the value."""
    targets = [figure for figure in figures if figure.role == "target" and figure.value is not None]
    lowest = [target for target in targets if target.breakdown in _MUST_BE_REACHED]
    states = [
        state
        for target in lowest or [target for target in targets if target.breakdown is None]
        if (state := _state(target, figures, metric)) is not None
    ]
    # Two targets of one time, one met and one not, are not known to be one target: nothing is said of them.
    return states[0] if states and len({state.met for state in states}) == 1 else None


def standing(
    target: Figure, figures: Sequence[Figure], latest: Figure | None, metric: Metric | None
) -> TargetState | None:
    """How a target stands by the newest value: `figures` are its metric's in its own paper, `latest` that of any paper.

    Of two as new, the value that the target's own paper judges by. None where there is no value, no telling which side
    is the right one, or where the target is hoped for, of a part, or for a later time than the value.
    """
    if target.value is None or target.breakdown not in (None, *_MUST_BE_REACHED):
        return None
    said = _CLAIMS.get(target.claim or "")
    own = _judged_by(target, figures)
    value = own if own is not None and (latest is None or not _is_older(own, latest)) else latest
    if value is None:
        return None if said is None else TargetState(target, None, said)
    if _is_for_later(target, value):
        return None
    reached = is_reached(target, value, metric)
    if reached is None:
        return None if said is None else TargetState(target, value, said)
    return TargetState(target, value, reached)


def _is_older(value: Figure, other: Figure) -> bool:
    if value.period is None or other.period is None:
        return value.period is None and other.period is not None
    return value.period.end < other.period.end


def is_reached(target: Figure, value: Figure, metric: Metric | None) -> bool | None:
    """Whether the value is on the right side of the target, as printed; None where the side or the unit is unknown."""
    if target.value is None or value.value is None or target.unit != value.unit:
        return None
    better = metric.better if metric else None
    direction = target.target_direction or {"higher": "at_least", "lower": "at_most", None: None}[better]
    if direction is None:
        return None
    return value.value >= target.value if direction == "at_least" else value.value <= target.value


def _state(target: Figure, figures: Sequence[Figure], metric: Metric | None) -> TargetState | None:
    value = _judged_by(target, figures)
    said = _CLAIMS.get(target.claim or "")
    if value is None or _is_for_later(target, value):
        return None if said is None or value is not None else TargetState(target, None, said)
    reached = is_reached(target, value, metric)
    if reached is None:
        return None if said is None else TargetState(target, value, said)
    note = "" if said in (None, reached) else f"the paper says {'met' if said else 'not met'}"
    return TargetState(target, value, reached, note)


def _judged_by(target: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The value of the whole by which a target is judged: the latest of its row or paragraph, else of the paper; of
    several the one that the paper sets out as its figure."""
    values = [
        figure
        for figure in figures
        if figure.role == "actual"
        and figure.value is not None
        and figure.breakdown is None
        and figure.unit == target.unit
    ]
    place = target.evidence

    def nearest(figure: Figure) -> tuple[object, ...]:
        here = figure.evidence
        return (
            here.quote == place.quote or (here.paragraph, here.report) == _paragraph(place),
            figure.period.end if figure.period else date.min,
            figure.basis is not None,
            -here.start,
        )

    return max(values, key=nearest, default=None)


def _paragraph(place: Evidence) -> tuple[str, str | None] | None:
    """The paragraph as its report numbers it, which may run over a page."""
    return (place.paragraph, place.report) if place.paragraph else None


def _is_for_later(target: Figure, value: Figure) -> bool:
    if target.period is None:
        return False
    return value.period is None or value.period.end < target.period.end
