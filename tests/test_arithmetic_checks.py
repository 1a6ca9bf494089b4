"""Each check within a figure and within a paper on its labelled papers, and on generated tables."""

from __future__ import annotations

import pytest

from audit.auditing import audit
from audit.catalogue import CHECKS
from tests.arithmetic_cases import CASES
from tests.audited_papers import issues_of, whole_case
from tests.claim_cases import Labelled
from tests.generated_tables import as_case, as_text, generated_table, with_one_digit_changed

BY_CODE = {check.code: check for check in CHECKS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{'asks' if case.asks else 'quiet'}")
def test_a_check_asks_where_it_must_and_nowhere_else(case: Labelled) -> None:
    assert bool(issues_of(BY_CODE[case.check], case.papers)) is case.asks


WITHIN_A_PAPER = [check for check in CHECKS if check.scope == "paper"]
TABLES = [generated_table(seed) for seed in range(1000)]


def test_rows_with_correct_rounding_are_not_asked_about() -> None:
    asked = [issue.message for table in TABLES for issue in audit(as_case(table), WITHIN_A_PAPER).issues]
    assert asked == []


def test_one_digit_changed_beyond_rounding_is_asked_about() -> None:
    changed = [with_one_digit_changed(table, seed) for seed, table in enumerate(TABLES)]
    asked = sum(bool(audit(as_case(table), WITHIN_A_PAPER).issues) for table in changed)
    assert asked >= 0.95 * len(changed)


@pytest.mark.parametrize("seed", range(8))
def test_generated_tables_are_read_as_they_are_built(seed: int) -> None:
    right, wrong = generated_table(seed), with_one_digit_changed(generated_table(seed), seed)
    assert audit(whole_case([as_text(right)]), WITHIN_A_PAPER).issues == ()
    assert [issue.check for issue in audit(whole_case([as_text(wrong)]), WITHIN_A_PAPER).issues] == ["ratio-differs"]
