"""A target that is another in a later paper.

- **It may be wrong** where targets are set anew each year as a matter of course: the question then is only whether it was reported.
- **Example**: re-referrals had a target of 20% in September and have one of 24% in March.
- **Severity**: information; a warning where the latest value meets the new target and would have missed the old one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from audit.case import Case, grouped
from audit.good_direction import better_of
from audit.question import Check, Looked, Question
from audit.wording import paper_said, shortened
from schema.records import Figure, Severity
from schema.rounding import figure_interval, figures_agree

_DECLARED = re.compile(
    r"\b(?:revised|new|raised|lowered|changed|previous(?:ly)?|was|were|from|increased|reduced|reset|instead|now)\b[^.;|]{0,60}\btargets?\b|\btargets?\b[^.;|]{0,60}\b(?:revised|raised"
    r"|lowered|changed|previously|increased|reduced|reset|now)\b",
    re.IGNORECASE,
)


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    targets = [
        f
        for f in case.said_first
        if f.role == "target" and f.value is not None and case.is_own(f) and case.meeting_of(f.evidence)
    ]
    for same in grouped(targets, lambda f: (f.breakdown, f.unit, f.extractor)).values():
        papers = [of_paper for of_paper in _by_meeting(case, same) if len({f.value for f in of_paper}) == 1]
        checked += max(0, len(papers) - 1)
        for earlier, later in itertools.pairwise(papers):
            if figures_agree(earlier[0], later[0]) or _of_other_years(earlier[0], later[0]):
                continue
            if not _is_another_band(targets, earlier[0], later[0]):
                yield _asked(case, earlier[0], later[0])
    yield Looked(checked)


def _by_meeting(case: Case, targets: Sequence[Figure]) -> list[list[Figure]]:
    papers = grouped(targets, lambda f: f.evidence.sha256).values()
    return sorted(papers, key=lambda of_paper: (str(case.meeting_of(of_paper[0].evidence)), of_paper[0].evidence.paper))


def _of_other_years(one: Figure, other: Figure) -> bool:
    """Whether both targets say the year they are for, and it is another."""
    return one.period is not None and other.period is not None and not one.period.overlaps(other.period)


def _is_another_band(targets: Sequence[Figure], one: Figure, other: Figure) -> bool:
    """Whether one of the two values is a target in the other's paper too: a minimum and an upper target, and none moved."""
    said = {(f.evidence.sha256, f.value) for f in targets}
    return (one.evidence.sha256, other.value) in said or (other.evidence.sha256, one.value) in said


def _asked(case: Case, earlier: Figure, later: Figure) -> Question:
    message = (
        f"The target for “{shortened(later.metric_text, 70)}” was {earlier.evidence.text} in {paper_said(case, earlier.evidence)} and is "
        f"{later.evidence.text} in {paper_said(case, later.evidence)}. Who changed it, and was that reported?"
    )
    return Question(_severity(case, earlier, later), message, (earlier.evidence, later.evidence))


def _severity(case: Case, earlier: Figure, later: Figure) -> Severity:
    """A warning where the later paper's own value, in the target's row, lies between the two."""
    if _DECLARED.search(later.evidence.quote) or later.metric is None:
        return "info"
    better = better_of(case, later)
    row = [
        f
        for f in case.figures
        if f.role == "actual"
        and f.evidence.quote == later.evidence.quote
        and f.evidence.sha256 == later.evidence.sha256
    ]
    now = max(
        (f for f in row if f.period and f.unit == later.unit),
        key=lambda f: (f.period.end if f.period else None, f.evidence.start),
        default=None,
    )
    stands_for = figure_interval(now) if now else None
    if better is None or stands_for is None or earlier.value is None or later.value is None:
        return "info"
    if better == "higher":
        return "warning" if later.value <= stands_for.low and stands_for.high < earlier.value else "info"
    return "warning" if stands_for.high <= later.value and earlier.value < stands_for.low else "info"


CHECK = Check("moving-targets", "A target that is another in a later paper", "metric", find)
