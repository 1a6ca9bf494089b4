"""The catalogue of checks and the page that is made of it."""

from __future__ import annotations

import re

import pytest

from audit.catalogue import CHECKS, edition, explained
from audit.question import Check
from docs.make_checks import FILE, checks_page


def test_the_page_is_what_the_checks_say() -> None:
    assert FILE.read_text(encoding="utf-8") == checks_page(), "renew it: make reference"


def test_each_code_is_used_once() -> None:
    codes = [check.code for check in CHECKS]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_each_check_says_what_it_means_when_it_may_be_wrong_and_gives_an_example(check: Check) -> None:
    said = explained(check)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.code)
    assert len(said.split("\n\n")[0]) > 20
    assert all(f"- **{part}**" in said for part in ("It may be wrong", "Example", "Severity"))


def test_the_edition_is_the_same_until_a_check_changes() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", edition())
