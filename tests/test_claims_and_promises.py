"""Each check of claims, promises, Ofsted and changes between papers on its labelled papers."""

from __future__ import annotations

import pytest

from audit.catalogue import CHECKS
from tests.audited_papers import issues_of
from tests.claim_cases import CASES, Labelled

_BY_CODE = {check.code: check for check in CHECKS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{'asks' if case.asks else 'quiet'}")
def test_a_check_asks_where_it_must_and_nowhere_else(case: Labelled) -> None:
    assert bool(issues_of(_BY_CODE[case.check], case.papers)) is case.asks
