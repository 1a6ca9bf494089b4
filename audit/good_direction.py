"""Which way a measure gets better, as far as it is known."""

from __future__ import annotations

from typing import Literal

from audit.case import Case
from schema.records import Figure

Better = Literal["higher", "lower"]


def better_of(case: Case, figure: Figure) -> Better | None:
    """The good direction of what a figure measures; None where it is not known."""
    metric = case.metrics.get(figure.metric or "")
    return metric.better if metric else None
