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
    derived_columns,
    grade_promise_moves,
    group_sizes,
    last_of_trend,
    movement_claims,
    moving_targets,
    outliers,
    overdue_milestones,
    past_promises,
    points_as_per_cent,
    promise_slips,
    quotations,
    rag_against_target,
    rag_rules,
    ratio_differs,
    record_claims,
    restated,
    stated_change,
    stated_grades,
    stated_recommendations,
    steady_claims,
    still_in_progress,
    sums_in_words,
    table_totals,
    target_claims,
    targets_short_of,
    turned_labels,
    two_amounts,
    two_dates,
    two_periods,
    two_values,
    undated_completion,
    universal_claims,
    vanished_indicators,
    visit_counts,
    visit_dates,
    wrong_weekdays,
    year_slips,
)
from audit.question import Check

CHECKS: Final[tuple[Check, ...]] = (
    ratio_differs.CHECK,
    beyond_range.CHECK,
    table_totals.CHECK,
    derived_columns.CHECK,
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
    restated.CHECK,
    moving_targets.CHECK,
    rag_rules.CHECK,
    turned_labels.CHECK,
    vanished_indicators.CHECK,
    target_claims.CHECK,
    rag_against_target.CHECK,
    movement_claims.CHECK,
    record_claims.CHECK,
    outliers.CHECK,
    steady_claims.CHECK,
    universal_claims.CHECK,
    targets_short_of.CHECK,
    two_dates.CHECK,
    promise_slips.CHECK,
    grade_promise_moves.CHECK,
    past_promises.CHECK,
    overdue_milestones.CHECK,
    undated_completion.CHECK,
    still_in_progress.CHECK,
    year_slips.CHECK,
    wrong_weekdays.CHECK,
    visit_counts.CHECK,
    visit_dates.CHECK,
    stated_grades.CHECK,
    stated_recommendations.CHECK,
    quotations.CHECK,
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
