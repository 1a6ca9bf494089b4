"""What to list: the filters that commands share."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict


class Filters(BaseModel):
    """Which records are wanted; None leaves a filter out.

    `council` is the council whose papers these are, in any case. `paper` is one of a paper's names or the start of
    its sha256. `metric` is a metric's key: kinds that measure nothing then give nothing, and papers are those that
    report it. `date_from` and `date_to`, both included, ask for what was so in those days: a figure whose period
    overlaps them, a deadline due in them, a paper of a meeting in them. What has no date of its own goes by its
    paper's meeting; a figure without a period is not found by date, since nobody knows when it was so.
    """

    model_config = ConfigDict(frozen=True)

    council: str | None = None
    paper: str | None = None
    metric: str | None = None
    date_from: date | None = None
    date_to: date | None = None


EVERYTHING = Filters()
