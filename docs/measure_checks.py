"""`python -m docs.measure_checks`: how often each check asks where it must, and asks nothing where it must not.

Prints a table in Markdown for docs/accuracy.md: the labelled papers of the tests, check by check, and the generated
tables. Never asking is the baseline: it is right about every paper in which there is nothing to ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from audit.auditing import audit
from audit.catalogue import CHECKS
from audit.question import Check
from tests.arithmetic_cases import CASES as ARITHMETIC
from tests.audited_papers import issues_of
from tests.claim_cases import CASES as CLAIMS
from tests.claim_cases import MISSED, Labelled
from tests.generated_tables import as_case, generated_table, with_one_digit_changed

_TABLES: Final = 1000


class Score(NamedTuple):
    """Labelled papers: asked rightly, asked wrongly, missed, and rightly left alone."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    quiet: int = 0

    @property
    def cases(self) -> int:
        return sum(self)

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def with_case(self, must: bool, asks: bool) -> Score:
        right, wrong = self.right + (must and asks), self.wrong + (asks and not must)
        return Score(right, wrong, self.missed + (must and not asks), self.quiet + (not must and not asks))


def scores(cases: Sequence[Labelled]) -> dict[str, Score]:
    """By the check's code."""
    checks: Mapping[str, Check] = {check.code: check for check in CHECKS}
    found: dict[str, Score] = defaultdict(Score)
    for case in cases:
        found[case.check] = found[case.check].with_case(case.asks, bool(issues_of(checks[case.check], case.papers)))
    return dict(found)


def generated() -> Score:
    """All checks of one paper on generated tables: correctly rounded, and with one digit changed beyond rounding."""
    checks = [check for check in CHECKS if check.scope == "paper"]
    score = Score()
    for seed in range(_TABLES):
        table = generated_table(seed)
        score = score.with_case(False, bool(audit(as_case(table), checks).issues))
        changed = with_one_digit_changed(table, seed)
        score = score.with_case(True, bool(audit(as_case(changed), checks).issues))
    return score


def lines(found: Mapping[str, Score], tables: Score) -> Iterator[str]:
    """The table: checks in the order of the catalogue."""
    yield "| check | cases | precision | recall | right | never asking is right |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for check in CHECKS:
        if check.code in found:
            yield _line(f"`{check.code}`", found[check.code])
    whole = Score(*(sum(score[i] for score in found.values()) for i in range(4)))
    yield _line("all labelled papers", whole)
    yield _line("generated tables, all checks", tables)


def _line(name: str, score: Score) -> str:
    right = (score.right + score.quiet) / score.cases
    never = (score.wrong + score.quiet) / score.cases
    return (
        f"| {name} | {score.cases} | {_share(score.precision)} | {_share(score.recall)} | {right:.2f} | {never:.2f} |"
    )


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def check_lines() -> list[str]:
    """The table as it is measured now."""
    return list(lines(scores([*ARITHMETIC, *CLAIMS, *MISSED]), generated()))


if __name__ == "__main__":
    print("\n".join(check_lines()))
