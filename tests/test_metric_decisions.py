"""What people decide of metrics: applied after linking, kept over new readings, undone, shared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import metric_decisions
from app.asking import metrics_alike
from app.load import LoadOptions, load
from app.refusing import CannotDoError
from db.filters import Filters
from db.store import Store
from linking.link import link
from schema.records import Extraction, Links, MetricDecision
from tests.paper_text import MASTHEAD, records_of

PAPER = (
    "- 3.1 84.5% of family hubs were inspected in the last 4 weeks.\n"
    "- 3.2 61.5% of hub sites passed their check.\n"
    "- 3.3 The rate of re-referrals was 22.4%.\n"
)
HUBS, SITES = "westhaven.family_hubs_inspected_last_4_weeks", "westhaven.hub_sites_passed_their_check"


def decided(kind: str, metric: str, minute: int = 0, **more: object) -> MetricDecision:
    made = datetime(2024, 5, 1, 9, minute, tzinfo=UTC)
    fields = {"decision": kind, "metric": metric, "unit": "percent", "author": "Ann", "made_at": made}
    return MetricDecision.model_validate(fields | more)


def measured(links: Links, extraction: Extraction) -> dict[str, str | None]:
    """What each printed figure measures."""
    return {f.evidence.text: links.figure_metrics.get(f.id) for f in extraction.figures}


@pytest.fixture(scope="module")
def paper() -> Extraction:
    return records_of(PAPER)


def test_nothing_decided_changes_nothing(paper: Extraction) -> None:
    assert measured(link([paper]), paper) == {"84.5%": HUBS, "61.5%": SITES, "22.4%": "re_referral_pct"}


def test_a_merge_moves_all_figures_and_says_who_decided(paper: Extraction) -> None:
    links = link([paper], [decided("merge", SITES, to=HUBS)])
    assert measured(links, paper)["61.5%"] == HUBS
    assert [metric.key for metric in links.metrics] == ["re_referral_pct", HUBS]
    assert "hub sites passed their check" in links.metrics[1].aliases
    figure = next(f for f in paper.figures if f.evidence.text == "61.5%")
    assert links.figure_links[figure.id].reason.startswith("decided by Ann on 2024-05-01")


def test_decisions_act_in_the_order_made(paper: Extraction) -> None:
    there, back = decided("merge", SITES, 1, to=HUBS), decided("merge", HUBS, 2, to=SITES)
    assert measured(link([paper], [back, there]), paper)["84.5%"] == SITES


def test_what_was_undone_does_not_act(paper: Extraction) -> None:
    undone = decided("merge", SITES, to=HUBS, undone_by="Bo", undone_at=datetime(2024, 6, 1, tzinfo=UTC))
    assert link([paper], [undone]) == link([paper])


def test_a_split_makes_a_metric_of_the_figures_that_are_named_so() -> None:
    paper = records_of("- 3.1 84.5% of re-referrals were by schools.\n- 3.2 The rate of re-referrals was 22.4%.\n")
    found = measured(link([paper]), paper)["84.5%"]
    assert found is not None
    links = link([paper], [decided("split", found, words="by schools", to="Referred by schools")])
    assert measured(links, paper)["84.5%"] == "westhaven.referred_schools"


def test_a_rename_keeps_the_key_and_the_old_name(paper: Extraction) -> None:
    links = link([paper], [decided("rename", HUBS, to="Hub checks")])
    (metric,) = [metric for metric in links.metrics if metric.key == HUBS]
    assert metric.name == "Hub checks"
    assert "family hubs were inspected in the last 4 weeks" in metric.aliases


def test_an_alias_holds_for_figures_to_come() -> None:
    alias = decided("alias", "re_referral_pct", words="boomerang share")
    paper = records_of("- 3.1 The boomerang share was 19.5% in May 2023.\n")
    links = link([paper], [alias])
    assert measured(links, paper)["19.5%"] == "re_referral_pct"
    assert links.metrics[0].name == "Re-referrals within 12 months, of referrals"


def test_another_councils_decision_stays_there(paper: Extraction) -> None:
    links = link([paper], [decided("rename", HUBS, to="Hub checks", council="Eastmoor")])
    assert links == link([paper])


def test_a_decision_finds_its_metric_again_by_the_words(paper: Extraction) -> None:
    moved = decided("rename", "westhaven.an_older_key", to="Hub checks", known_as=("hub sites passed their check",))
    links = link([paper], [moved])
    assert [metric.name for metric in links.metrics if metric.key == SITES] == ["Hub checks"]
    assert links.decisions_used == (moved.id,)


def test_a_decision_whose_metric_is_gone_is_not_used(paper: Extraction) -> None:
    gone = decided("merge", "westhaven.nothing_of_the_kind", to=HUBS)
    assert link([paper], [gone]).decisions_used == ()


# --- in the store and on the command line


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "june.txt").write_text(MASTHEAD.format(day="20 June 2023") + PAPER, encoding="utf-8")
    with Store.open(tmp_path / "tally.db") as opened:
        load(opened, [tmp_path / "june.txt"], LoadOptions())
        yield opened


def keys(store: Store) -> dict[str, str | None]:
    return {figure.evidence.text: figure.metric for figure in store.figures()}


def merge() -> None:
    metric_decisions.run_merge("tally.db", SITES, HUBS, None, "Ann")


def test_a_decision_survives_a_new_reading_and_is_undone(store: Store) -> None:
    merge()
    assert keys(store)["61.5%"] == HUBS
    load(store, [], LoadOptions(reread=True))
    assert keys(store)["61.5%"] == HUBS
    (decision,) = store.decisions()
    metric_decisions.run_undo("tally.db", decision.id, "Bo")
    assert keys(store)["61.5%"] == SITES
    (undone,) = store.decisions()
    assert (undone.author, undone.undone_by) == ("Ann", "Bo")


def test_a_metric_is_found_by_its_words_in_another_form(store: Store) -> None:
    assert [metric.key for (metric,) in metrics_alike(store, "sites passing checks")] == [SITES]


def test_figures_tell_why_they_are_linked(store: Store) -> None:
    (figure,) = store.figures(Filters(metric="re_referral_pct"))
    assert (figure.metric_score, figure.metric_reason) == (1.0, "known to the registry as 'repeat referrals'")


def test_a_team_shares_decisions_by_file(store: Store, tmp_path: Path) -> None:
    merge()
    metric_decisions.run_decisions("tally.db", "table", tmp_path / "team.json", None)
    with Store.open(tmp_path / "other.db") as other:
        load(other, [tmp_path / "june.txt"], LoadOptions())
    for _ in range(2):
        metric_decisions.run_decisions("other.db", "table", None, tmp_path / "team.json")
    with Store.open(tmp_path / "other.db") as other:
        assert keys(other) == keys(store)
        assert other.decisions() == store.decisions()


def test_a_file_that_is_none_of_ours_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "team.json").write_text(json.dumps([{"decision": "guess"}]), encoding="utf-8")
    with pytest.raises(CannotDoError, match=r"team\.json is not a file of decisions: 0\.decision"):
        metric_decisions.run_decisions("tally.db", "table", None, tmp_path / "team.json")
    assert store.decisions() == []


def test_two_units_are_not_merged(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match="two units make no one series"):
        metric_decisions.run_merge("tally.db", SITES, "sickness_days", None, "Ann")


def test_doctor_tells_of_a_decision_whose_metric_is_gone(store: Store) -> None:
    store.decide([decided("merge", "westhaven.no_such_metric", to=HUBS)])
    (problem,) = store.doctor()
    assert "westhaven.no_such_metric" in problem
    assert "It is kept" in problem
