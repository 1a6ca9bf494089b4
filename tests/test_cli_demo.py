"""The tour: one screen, told by the store and not by heart."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.demo import is_missed, run_demo
from app.refusing import CannotDoError
from db.store import Store
from schema.period import Period
from schema.records import Figure
from tests.store_samples import percentage, sample

JUNE = Period.month_end(2018, 6)


def test_the_tour_is_one_screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert run_demo(None) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert len(out.splitlines()) <= 45
    assert max(len(line) for line in out.splitlines()) <= 105
    for part in ("papers of Marlford", "One metric over the papers", "misses", "slipped", "Inspections and visits"):
        assert part in out


def test_the_tour_keeps_its_store_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "demo.db"
    assert run_demo(str(path)) == 0
    first = capsys.readouterr().out
    assert run_demo(str(path)) == 0
    assert re.sub(r"\s", "", capsys.readouterr().out) == re.sub(r"\s", "", first)
    with Store.open(path) as store:
        assert {paper.council for paper in store.papers()} == {"Marlford"}


def test_the_tour_is_not_given_in_a_store_of_other_papers(tmp_path: Path) -> None:
    path = tmp_path / "tally.db"
    with Store.open(path) as store:
        sample("Our own paper.", "ours.txt", met=date(2018, 5, 1)).into(store)
    with pytest.raises(CannotDoError, match=r"ours\.txt.*a store of its own"):
        run_demo(str(path))


@pytest.mark.parametrize(
    ("target", "direction", "band", "missed"),
    [
        ("90", "at_least", None, True),
        ("80", "at_least", None, False),
        ("80", "at_most", "min", True),
        ("90", "at_least", "upper", False),
        ("90", None, None, False),
        ("85", "at_least", None, False),
    ],
)
def test_a_target_is_missed_on_the_wrong_side_only(
    target: str, direction: str | None, band: str | None, missed: bool
) -> None:
    actual = percentage("It is 85% now.", "85%", JUNE)
    wanted: Figure = actual.model_copy(
        update={"role": "target", "value": Decimal(target), "target_direction": direction, "breakdown": band}
    )
    assert is_missed(wanted, actual) is missed
