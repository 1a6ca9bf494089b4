"""Drawing a history: what is drawn never mixes bases, shows what was restated and where all stands; the same bytes."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from app.plot import draw, draw_history
from app.plot_courses import Panel, panels_of, sources_of
from app.refusing import CannotDoError
from db.store import Store
from schema.period import Period
from schema.records import Figure, Links, Metric, PaperRecord
from tests.store_samples import percentage, sample
from tests.test_changes import MET, Said, paper, target

VISITS = Metric(key="visits_pct", name="visits on time", unit="percent", better="higher", council="Barchester")
MAY, JUNE, DECEMBER = (Period.month_end(2021, month) for month in (5, 6, 12))


def courses(*said: list[Said]) -> tuple[list[Panel], dict[str, PaperRecord]]:
    """The panels that papers, a quarter apart, make."""
    papers = [paper(f"{i}.txt", MET[i], *one) for i, one in enumerate(said)]
    figures: list[Figure] = [figure for _, told in papers for figure in told]
    known = {one.sha256: one for one, _ in papers}
    return panels_of(VISITS, figures, known), known


def shown(panel: Panel) -> dict[str, list[str]]:
    return {
        course.name: [point.figure.evidence.text for point in course.points]
        for course in (*panel.courses, *panel.benchmarks)
    }


def test_a_basis_has_a_line_of_its_own_and_a_period_one_value_as_last_said() -> None:
    so_far = {"basis": "ytd"}
    [panel], _ = courses(
        [Said("visits_pct", "80%", MAY), Said("visits_pct", "70%", JUNE, so_far)],
        [Said("visits_pct", "80.1%", MAY), Said("visits_pct", "82%", JUNE)],
    )
    assert shown(panel) == {"at a date": ["80.1%", "82%"], "year to date": ["70%"]}


def test_what_a_later_paper_says_otherwise_is_marked_and_rounding_is_not() -> None:
    [panel], _ = courses(
        [Said("visits_pct", "80.4%", MAY), Said("visits_pct", "85%", JUNE)],
        [Said("visits_pct", "80%", MAY), Said("visits_pct", "88%", JUNE)],
    )
    points = panel.courses[0].points
    assert [[before.evidence.text for before in point.before] for point in points] == [[], ["85%"]]


def test_of_several_values_that_a_paper_gives_for_one_time_none_is_drawn() -> None:
    [panel], _ = courses(
        [Said("visits_pct", "80%", MAY), Said("visits_pct", "60%", JUNE), Said("visits_pct", "95%", JUNE)]
    )
    assert shown(panel) == {"at a date": ["80%"]}
    assert panel.left_out == ("1 period for which a paper gives several values",)


def test_others_are_dashed_beside_and_parts_below() -> None:
    panels, _ = courses(
        [
            *(Said("visits_pct", "80%", MAY), Said("visits_pct", "82%", JUNE)),
            *(Said("visits_pct", "70%", JUNE, {"organisation": "England", "role": "benchmark"}),),
            *(
                Said("visits_pct", printed, when, {"breakdown": "North"})
                for printed, when in (("60%", MAY), ("61%", JUNE))
            ),
        ]
    )
    assert [shown(panel) for panel in panels] == [
        {"at a date": ["80%", "82%"], "England": ["70%"]},
        {"North": ["60%", "61%"]},
    ]


def test_targets_stand_as_each_paper_gave_them() -> None:
    band = [target("85%", breakdown="min"), target("95%", breakdown="upper")]
    [panel], _ = courses(
        [Said("visits_pct", "80%", MAY), Said("visits_pct", "81%", JUNE), target("90%")],
        [Said("visits_pct", "82%", DECEMBER), *band, target("99%", period=Period.month_end(2022, 3))],
    )
    steps = [
        (step.start, step.end, step.low.evidence.text, step.high.evidence.text if step.high else None)
        for step in panel.targets
    ]
    assert steps == [
        (date(2021, 5, 1), date(2021, 6, 1), "90%", None),
        (date(2021, 6, 1), date(2021, 12, 1), "85%", "95%"),
    ]
    assert [(point.when, point.figure.evidence.text) for point in panel.due] == [(date(2022, 3, 1), "99%")]


def test_what_has_no_period_or_is_a_range_is_not_drawn() -> None:
    [panel], _ = courses(
        [
            Said("visits_pct", "80%", MAY),
            Said("visits_pct", "70%"),
            Said("visits_pct", "60%", JUNE, {"value_high": 65}),
        ]
    )
    assert (shown(panel), panel.left_out) == ({"at a date": ["80%"]}, ("1 without a period",))


def test_every_value_that_is_drawn_has_its_source() -> None:
    panels, _ = courses(
        [Said("visits_pct", "85%", JUNE), target("90%")],
        [Said("visits_pct", "88%", JUNE), Said("visits_pct", "70%", JUNE, {"organisation": "England"})],
    )
    assert sorted(figure.evidence.text for figure in sources_of(panels)) == ["70%", "85%", "88%", "90%"]


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_same_papers_give_the_same_bytes(ending: str) -> None:
    panels, papers = courses([Said("visits_pct", "80%", MAY), Said("visits_pct", "81%", DECEMBER), target("90%")])
    assert draw(VISITS, panels, papers, ending) == draw(VISITS, panels, papers, ending)


def test_a_drawing_says_what_it_is_where_it_comes_from_and_not_when_it_was_made() -> None:
    panels, papers = courses([Said("visits_pct", "80%", MAY), Said("visits_pct", "81%", DECEMBER)])
    svg = draw(VISITS, panels, papers, "svg").decode()
    assert "<dc:title>Visits on time</dc:title>" in svg
    assert re.search(r"Sources: 0\.txt \(20 July 2021\)", svg)
    assert "Dotted: no paper here gives the months between." in svg
    assert "<dc:date>" not in svg


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Two councils with one metric."""
    path = tmp_path / "tally.db"
    with Store.open(path) as store:
        for council in ("Barchester", "Casterbridge"):
            text = f"{council}: visits on time were 88% in May."
            figure = percentage(text, "88%", MAY, f"{council}.txt")
            sample(text, f"{council}.txt", council=council, met=date(2021, 7, 1), figures=[figure]).into(store)
            metric = VISITS.model_copy(update={"council": council})
            store.apply_links(Links(council=council, metrics=(metric,), figure_metrics={figure.id: metric.key}))
    return path


def test_each_council_has_a_panel(filled: Path, tmp_path: Path) -> None:
    with Store.open(filled) as store:
        [both] = draw_history(store, store.metrics(), tmp_path / "p.svg")
        [one] = draw_history(store, store.metrics()[:1], tmp_path / "p.svg")
    assert b"Casterbridge.txt" in both
    assert b"Casterbridge.txt" not in one


def test_another_ending_and_a_missing_matplotlib_are_told_with_a_way_out(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(filled) as store:
        with pytest.raises(CannotDoError, match=r"svg and png.*--plot p\.svg"):
            list(draw_history(store, store.metrics(), tmp_path / "p.pdf"))
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(CannotDoError, match=r"pip install 'papertally\[plot\]'"):
            list(draw_history(store, store.metrics(), tmp_path / "p.png"))
