"""What two tables of one paper show of each other: one cell that differs is asked about, two tables of two things are not."""

from __future__ import annotations

import pytest

from audit import two_values
from tests.arithmetic_cases import two_tables
from tests.audited_papers import issues_of

ONE = "84.1 79.4 91.7 66.0"


@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ("84.1 79.4 91.7 66.0", []),
        ("84.1 79.4 93.2 66.0", ["error"]),
        ("61.0 58.3 70.2 44.9", ["info"]),
        ("61.0 58.3 91.7 44.9", ["info"]),
    ],
)
def test_tables_that_differ_throughout_are_of_two_things(other: str, asked: list[str]) -> None:
    found = issues_of(two_values.CHECK, (two_tables(ONE, other),))
    assert [issue.severity for issue in found] == asked
