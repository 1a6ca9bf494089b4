"""The checks, in the order in which they are explained and in which they claim a cause.

Where an issue of an earlier check shows all the places of a later one's, the later one is the same cause and is left
out.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import resources
from typing import Final

from audit import (
    beyond_range,
    copied_row,
    counts_in_words,
    group_sizes,
    last_of_trend,
    points_as_per_cent,
    ratio_differs,
    stated_change,
    sums_in_words,
    table_totals,
    two_amounts,
    two_periods,
    two_values,
)
from audit.question import Check

CHECKS: Final[tuple[Check, ...]] = (
    ratio_differs.CHECK,
    beyond_range.CHECK,
    table_totals.CHECK,
    sums_in_words.CHECK,
    stated_change.CHECK,
    points_as_per_cent.CHECK,
    two_values.CHECK,
    two_periods.CHECK,
    two_amounts.CHECK,
    copied_row.CHECK,
    last_of_trend.CHECK,
    group_sizes.CHECK,
    counts_in_words.CHECK,
)


def explained(check: Check) -> str:
    """What a check means, when it may be wrong and an example, in Markdown: its module's docstring."""
    return (sys.modules[check.find.__module__].__doc__ or "").strip()


@cache
def edition() -> str:
    """A name for the checks as they are now: issues found by another edition are looked for anew."""
    sources = sorted(
        (one for one in resources.files("audit").iterdir() if one.name.endswith(".py")), key=lambda f: f.name
    )
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
