"""What a paper changes: each kind of change, and what is no change though it looks like one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

import pytest

from app.changes import Comparison, compare
from schema.period import Period
from schema.records import Figure, Metric, PaperRecord
from tests.store_samples import evidence, sha256_of

VISITS = Metric(key="visits_pct", name="Visits on time", unit="percent", better="higher", council="Barchester")
AGENCY = Metric(key="agency_pct", name="Agency staff", unit="percent", better="lower", council="Barchester")
CARE = Metric(key="care_n", name="Children in care", unit="count", council="Barchester")
METRICS = (VISITS, AGENCY, CARE)
JUNE, SEPTEMBER, DECEMBER = Period.month_end(2021, 6), Period.month_end(2021, 9), Period.month_end(2021, 12)


class Said(NamedTuple):
    """A figure as a test writes it."""

    metric: str
    printed: str
    period: Period | None = None
    more: Mapping[str, object] = MappingProxyType({})


def paper(name: str, met: date | None, *said: Said, **more: object) -> tuple[PaperRecord, list[Figure]]:
    """A paper that says one thing a line."""
    lines = [f"{one.metric} {dict(one.more)} of {one.period}: {one.printed}" for one in said]
    text = "\n".join([name, *lines])
    record = PaperRecord(
        paper=name,
        sha256=sha256_of(text),
        council="Barchester",
        body="Scrutiny Board",
        meeting_date=met,
        title="Performance of children's services",
    )
    figures = [_figure(text, name, line, one) for line, one in zip(lines, said, strict=True)]
    return record.model_copy(update=more), figures


def _figure(text: str, name: str, line: str, said: Said) -> Figure:
    place = evidence(text, line, name)
    start = place.end - len(said.printed)
    return Figure(
        evidence=place.model_copy(update={"start": start, "text": said.printed}),
        extractor="test",
        value=Decimal(said.printed.strip("%£").replace(",", "")),
        unit="percent" if said.printed.endswith("%") else "gbp" if said.printed.startswith("£") else "count",
        metric=said.metric,
        period=said.period,
    ).model_copy(update=said.more)


def compared(*papers: tuple[PaperRecord, list[Figure]], repeats: dict[str, str] | None = None) -> Comparison:
    """The last of the papers against the others."""
    figures = [figure for _, said in papers for figure in said]
    return compare(papers[-1][0], [one for one, _ in papers], figures, METRICS, repeats or {})


def told(found: Comparison, *kinds: str) -> list[tuple[object, ...]]:
    """The changes in short: kind, metric, value before, value now, verdict."""
    return [
        (
            change.kind,
            change.line.metric,
            change.before.evidence.text if change.before else None,
            change.now.evidence.text if change.now else None,
            change.verdict,
        )
        for change in found.changes
        if not kinds or change.kind in kinds
    ]


MET = [date(2021, 7, 20), date(2021, 10, 19), date(2022, 1, 18)]


def series(*said: Sequence[Said]) -> Comparison:
    """Papers of one series, a quarter apart."""
    return compared(*(paper(f"{i}.txt", MET[i], *one) for i, one in enumerate(said)))


def test_a_move_is_told_in_the_direction_that_is_good() -> None:
    found = series(
        [Said("visits_pct", "80%", JUNE), Said("agency_pct", "20%", JUNE), Said("care_n", "200", JUNE)],
        [Said("visits_pct", "84%", SEPTEMBER), Said("agency_pct", "21%", SEPTEMBER), Said("care_n", "300", SEPTEMBER)],
    )
    assert told(found) == [
        ("moved", "agency_pct", "20%", "21%", "worse"),
        ("moved", "visits_pct", "80%", "84%", "better"),
        ("moved", "care_n", "200", "300", None),
    ]
    assert [change.difference for change in found.changes] == [1, 4, 100]
    assert [change.size for change in found.changes] == [1, 4, 50]


def test_the_last_value_before_is_of_the_latest_period_and_from_whichever_paper_gave_it() -> None:
    found = series(
        [Said("visits_pct", "80%", JUNE), Said("agency_pct", "20%", JUNE)],
        [Said("agency_pct", "18%", SEPTEMBER), Said("agency_pct", "20%", JUNE)],
        [Said("visits_pct", "70%", DECEMBER), Said("agency_pct", "17%", DECEMBER)],
    )
    assert told(found, "moved") == [
        ("moved", "visits_pct", "80%", "70%", "worse"),
        ("moved", "agency_pct", "18%", "17%", "better"),
    ]


@pytest.mark.parametrize("printed", ["88%", "87.9%", "88.4%"])
def test_what_rounding_explains_has_not_moved(printed: str) -> None:
    found = series([Said("visits_pct", "88%", JUNE)], [Said("visits_pct", printed, SEPTEMBER)])
    assert (told(found), found.unchanged) == ([], 1)


def test_an_older_period_quoted_again_is_no_move() -> None:
    found = series(
        [Said("visits_pct", "80%", JUNE), Said("visits_pct", "85%", SEPTEMBER)], [Said("visits_pct", "80%", JUNE)]
    )
    assert (told(found), found.unchanged) == ([], 0)


@pytest.mark.parametrize(
    "other",
    [
        {"basis": "ytd"},
        {"basis": "rolling_year"},
        {"breakdown": "North team"},
        {"organisation": "England"},
        {"role": "plan"},
        {"unit": "ratio"},
    ],
)
def test_bases_parts_organisations_roles_and_units_are_never_mixed(other: dict[str, object]) -> None:
    found = series([Said("visits_pct", "80%", JUNE)], [Said("visits_pct", "60%", SEPTEMBER, other)])
    assert told(found, "moved", "restated") == []


def test_a_measure_on_another_basis_is_said_not_to_be_compared() -> None:
    found = series([Said("visits_pct", "80%", JUNE)], [Said("visits_pct", "60%", SEPTEMBER, {"basis": "ytd"})])
    assert [(change.kind, change.note) for change in found.changes] == [("not_compared", "on another basis")]


def test_of_several_values_for_one_time_none_is_taken() -> None:
    found = series(
        [Said("visits_pct", "80%", JUNE)], [Said("visits_pct", "60%", SEPTEMBER), Said("visits_pct", "95%", SEPTEMBER)]
    )
    assert [(change.kind, change.note) for change in found.changes] == [("not_compared", "several values")]


def test_a_value_withheld_now_is_said() -> None:
    withheld = {"value": None, "missing": "suppressed"}
    found = series([Said("care_n", "12", JUNE)], [Said("care_n", "5", SEPTEMBER, withheld)])
    assert [(change.kind, change.note) for change in found.changes] == [("not_compared", "withheld now")]


def test_a_measure_that_moved_on_two_bases_is_told_once() -> None:
    both = [Said("visits_pct", "80%", JUNE), Said("visits_pct", "70%", JUNE, {"basis": "rolling_year"})]
    later = [Said("visits_pct", "81%", SEPTEMBER), Said("visits_pct", "72%", SEPTEMBER, {"basis": "rolling_year"})]
    assert told(series(both, later)) == [("moved", "visits_pct", "70%", "72%", "better")]


def test_a_count_of_the_year_so_far_grows_and_that_is_no_news() -> None:
    to_june, to_september = Period.year_to_date(JUNE.end), Period.year_to_date(SEPTEMBER.end)
    assert told(series([Said("care_n", "20", to_june)], [Said("care_n", "45", to_september)])) == []
    share = series([Said("visits_pct", "80%", to_june)], [Said("visits_pct", "85%", to_september)])
    assert told(share) == [("moved", "visits_pct", "80%", "85%", "better")]


# Restated


def test_another_value_for_the_same_period_is_restated() -> None:
    found = series(
        [Said("visits_pct", "80.4%", JUNE)],
        [Said("visits_pct", "82%", Period.month(2021, 6)), Said("visits_pct", "85%", SEPTEMBER)],
    )
    assert told(found, "restated") == [("restated", "visits_pct", "80.4%", "82%", None)]


@pytest.mark.parametrize("now", [["80%"], ["80.4%"], ["80%", "95%"]])
def test_a_value_that_agrees_once_is_not_restated(now: list[str]) -> None:
    found = series([Said("visits_pct", "80.4%", JUNE)], [Said("visits_pct", printed, JUNE) for printed in now])
    assert told(found, "restated") == []


def test_what_the_last_paper_had_restated_already_is_not_told_again() -> None:
    found = series(*([Said("visits_pct", printed, JUNE)] for printed in ("80%", "82%", "82%")))
    assert told(found) == []


def test_a_benchmark_can_be_restated_too() -> None:
    england = {"role": "benchmark", "organisation": "England"}
    found = series([Said("visits_pct", "70%", JUNE, england)], [Said("visits_pct", "75%", JUNE, england)])
    assert told(found) == [("restated", "visits_pct", "70%", "75%", None)]


# Targets


def target(printed: str, metric: str = "visits_pct", **more: object) -> Said:
    return Said(metric, printed, None, {"role": "target", **more})


def test_a_target_missed_that_was_met_comes_first() -> None:
    found = series(
        [Said("visits_pct", "91%", JUNE), target("90%")], [Said("visits_pct", "89%", SEPTEMBER), target("90%")]
    )
    assert told(found) == [
        ("newly_missed", "visits_pct", "91%", "89%", "worse"),
        ("moved", "visits_pct", "91%", "89%", "worse"),
    ]


def test_a_target_met_that_was_missed() -> None:
    found = series(
        [Said("agency_pct", "25%", JUNE), target("20%", "agency_pct")],
        [Said("agency_pct", "20%", SEPTEMBER), target("20%", "agency_pct")],
    )
    assert told(found, "newly_met") == [("newly_met", "agency_pct", "25%", "20%", "better")]


def test_a_target_of_which_nothing_was_said_before() -> None:
    found = series([Said("visits_pct", "80%", JUNE)], [Said("visits_pct", "89%", SEPTEMBER), target("90%")])
    assert told(found, "missed") == [("missed", "visits_pct", None, "89%", "worse")]
    met = series([Said("visits_pct", "80%", JUNE)], [Said("visits_pct", "91%", SEPTEMBER), target("90%")])
    assert told(met, "missed", "newly_met") == []


def test_a_target_that_the_paper_leaves_out_still_holds() -> None:
    found = series(
        [Said("visits_pct", "91%", JUNE), target("90%", claim="met")], [Said("visits_pct", "84%", SEPTEMBER)]
    )
    assert [(change.kind, change.note) for change in found.changes] == [
        ("newly_missed", "target not named here"),
        ("moved", ""),
    ]


def test_a_target_still_missed_is_no_change() -> None:
    found = series(
        [Said("visits_pct", "80%", JUNE), target("90%")], [Said("visits_pct", "80%", SEPTEMBER), target("90%")]
    )
    assert told(found) == []
    assert [state.value.evidence.text for state in found.still_missed if state.value] == ["80%"]


def test_a_target_that_was_lowered_is_told() -> None:
    found = series(
        [Said("visits_pct", "80%", JUNE), target("90%")], [Said("visits_pct", "80%", SEPTEMBER), target("75%")]
    )
    assert [change.kind for change in found.changes] == ["newly_met", "target_changed"]


def test_the_lowest_of_a_band_is_what_must_be_reached() -> None:
    band = [target("85%", breakdown="min"), target("95%", breakdown="upper")]
    found = series([Said("visits_pct", "90%", JUNE), *band], [Said("visits_pct", "86%", SEPTEMBER), *band])
    assert told(found, "newly_missed", "missed") == []


def test_a_target_for_later_is_not_missed_yet() -> None:
    later = target("90%", period=DECEMBER)
    found = series([Said("visits_pct", "80%", JUNE)], [Said("visits_pct", "82%", SEPTEMBER), later])
    assert told(found, "missed", "newly_missed") == []


def test_without_a_direction_the_papers_word_decides_and_without_that_nothing() -> None:
    silent, said = target("210", "care_n"), target("210", "care_n", claim="not_met")
    before = [Said("care_n", "200", JUNE)]
    assert told(series(before, [Said("care_n", "200", SEPTEMBER), silent])) == []
    assert told(series(before, [Said("care_n", "200", SEPTEMBER), said])) == [
        ("missed", "care_n", None, "200", "worse")
    ]


def test_a_paper_that_says_otherwise_than_its_figures_is_quoted() -> None:
    found = series(
        [Said("visits_pct", "91%", JUNE), target("90%")],
        [Said("visits_pct", "89%", SEPTEMBER), target("90%", claim="met")],
    )
    assert [change.note for change in found.changes if change.kind == "newly_missed"] == ["the paper says met"]


# What comes and goes


def test_new_and_gone() -> None:
    found = series(
        [Said("visits_pct", "80%", JUNE), Said("agency_pct", "20%", JUNE), Said("barchester.rooms", "4")],
        [Said("visits_pct", "80%", SEPTEMBER), Said("care_n", "300", SEPTEMBER), Said("barchester.stalls", "2")],
    )
    assert told(found) == [
        ("gone", "agency_pct", "20%", None, None),
        ("new", "care_n", None, "300", None),
        ("new", "barchester.stalls", None, "2", None),
    ]


def test_only_the_last_report_of_the_series_is_missed_from() -> None:
    budget = {"title": "Budget monitoring", "body": "Cabinet"}
    first = paper("1.txt", MET[0], Said("visits_pct", "80%", JUNE), Said("care_n", "300", JUNE))
    between = paper("2.txt", MET[1], Said("agency_pct", "20%", JUNE), **budget)
    last = paper("3.txt", MET[2], Said("care_n", "300", DECEMBER))
    found = compared(first, between, last)
    assert told(found, "gone") == [("gone", "visits_pct", "80%", None, None)]
    assert [report.paper.paper for report in found.series] == ["1.txt"]


def test_a_report_that_follows_the_same_indicators_is_of_the_series_whatever_its_title() -> None:
    said = [Said(key, "20%", JUNE) for key in ("visits_pct", "agency_pct", "reviews_pct", "health_pct")]
    metrics = [VISITS.model_copy(update={"key": one.metric}) for one in said]
    first = paper("1.txt", MET[0], *said, title="Outturn")
    last = paper("2.txt", MET[1], *said[:3], title="How are we doing?")
    found = compare(last[0], [first[0], last[0]], first[1] + last[1], metrics, {})
    assert told(found, "gone") == [("gone", "health_pct", "20%", None, None)]
    alone = paper("2.txt", MET[1], said[0], title="How are we doing?")
    assert compare(alone[0], [first[0], alone[0]], first[1] + alone[1], metrics, {}).series == ()


def test_a_pack_goes_on_with_the_series_of_its_items() -> None:
    first = paper("1.txt", MET[0], Said("visits_pct", "80%", JUNE), title="Performance report, quarter 1")
    pack, figures = paper("2.txt", MET[1], Said("care_n", "300", JUNE), title="Agenda")
    item = [
        figure.model_copy(update={"evidence": figure.evidence.model_copy(update={"report": "Performance report Q2"})})
        for figure in figures
    ]
    assert told(compared(first, (pack, item)), "gone") == [("gone", "visits_pct", "80%", None, None)]


# Which papers are before


def test_a_near_identical_paper_is_not_before() -> None:
    first = paper("board.txt", MET[0], Said("visits_pct", "80%", JUNE))
    again = paper("cabinet.txt", MET[1], Said("visits_pct", "81%", JUNE), same_as_all=("board.txt",))
    found = compared(first, again)
    assert (found.before, [one.paper for one in found.same], told(found, "restated")) == ((), ["board.txt"], [])


def test_what_a_near_identical_paper_repeats_is_cited_from_where_it_was_said_first() -> None:
    first = paper("board.txt", MET[0], Said("visits_pct", "80%", JUNE), same_as_all=("cabinet.txt",))
    again = paper("cabinet.txt", MET[1], Said("visits_pct", "80%", JUNE), same_as_all=("board.txt",))
    last = paper("next.txt", MET[2], Said("visits_pct", "85%", SEPTEMBER))
    found = compared(first, again, last, repeats={again[1][0].id: first[1][0].id})
    assert [change.before.evidence.paper for change in found.changes if change.before] == ["board.txt"]


def test_papers_of_later_of_the_same_day_of_no_date_or_of_others_are_not_before() -> None:
    said = Said("visits_pct", "80%", JUNE)
    others = [
        paper("later.txt", MET[2], said),
        paper("same-day.txt", MET[1], said),
        paper("undated.txt", None, said),
        paper("other.txt", MET[0], said, council="Casterbridge"),
    ]
    found = compared(*others, paper("this.txt", MET[1], Said("visits_pct", "90%", SEPTEMBER)))
    assert (found.before, [one.paper for one in found.undated]) == ((), ["undated.txt"])
    assert [change.kind for change in found.changes] == ["new"]


def test_without_a_meeting_date_nothing_is_before() -> None:
    with pytest.raises(ValueError, match=r"draft\.txt has no meeting date"):
        compared(paper("draft.txt", None, Said("visits_pct", "80%", JUNE)))


def test_a_target_is_judged_by_the_latest_value_of_its_paragraph_whatever_page_it_runs_on_to() -> None:
    before = [Said("visits_pct", "80%", JUNE), target("90%")]
    record, figures = paper(
        "1.txt",
        MET[1],
        Said("visits_pct", "92%", SEPTEMBER),
        Said("visits_pct", "70%", Period.month_end(2020, 6)),
        target("90%"),
    )
    sentences = [(4, "Now 92% are."), *[(5, "A year ago 70% were, and the target is 90%.")] * 2]
    moved = [
        figure.model_copy(
            update={"evidence": figure.evidence.model_copy(update={"page": page, "quote": quote, "paragraph": "3.4"})}
        )
        for figure, (page, quote) in zip(figures, sentences, strict=True)
    ]
    found = compared(paper("0.txt", MET[0], *before), (record, moved))
    assert told(found, "newly_met") == [("newly_met", "visits_pct", "80%", "92%", "better")]
