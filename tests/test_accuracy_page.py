"""The page on accuracy: its tables are written by the program, and nothing else of it is touched."""

from __future__ import annotations

from datetime import date

import pytest

from docs.measure_accuracy import FILE, table, with_table

FIGURES = dict.fromkeys(("recall", "precision", "role", "period", "unit", "qualifier", "exact"), 0.98765)
SCORES: dict[str, dict[str, float]] = {
    "figures": {**FIGURES, "core": 321, "unlisted_counts": 4},
    "findings": {"found": 18, "of": 19, "exported": 30},
    "judgements": {"found": 11, "of": 12, "unlisted": 3},
    "issues": {"must": 12, "found": 0},
}


def test_the_table_has_date_shares_and_counts() -> None:
    lines = table(SCORES, date(2026, 11, 23)).splitlines()
    assert lines[0] == "Measured on 2026-11-23."
    assert f"| 321 | {' | '.join(['0.988'] * 7)} |" in lines
    assert "| findings | 18 | 19 | 30 |" in lines
    assert "| judgements | 11 | 12 | 14 |" in lines
    assert not any("issues" in line for line in lines)


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    page = "Before\n<!-- samples -->\nold\n<!-- /samples -->\nAfter <!-- blind -->\n"
    assert with_table(page, "samples", "new\n1") == page.replace("old", "new\n1")
    with pytest.raises(ValueError, match="not one pair of markers"):
        with_table("no markers", "samples", "new")


def test_the_page_has_its_markers_and_its_figures() -> None:
    page = FILE.read_text(encoding="utf-8")
    for name in ("real papers", "samples", "real PDFs", "council PDFs", "inspection reports", "checks"):
        assert page.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0].startswith("\nMeasured on 2")
