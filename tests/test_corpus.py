"""The registries hold together, and the sample papers say what their expected records say they say."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus import registries

SAMPLES = Path(registries.__file__).parent / "samples"
PAPERS = sorted(SAMPLES.glob("*.txt"))
Record = dict[str, Any]


@cache
def source(name: str) -> str:
    """The text of a sample paper, as offsets count it."""
    return (SAMPLES / name).read_text(encoding="utf-8")


@cache
def expected(name: str) -> tuple[Record, ...]:
    """What a person found in a sample paper."""
    lines = (SAMPLES / f"{name}.expected.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def figures(name: str) -> list[Record]:
    return [record for record in expected(name) if record["kind"] == "figure"]


# --- registries


def test_councils_load_without_duplicates() -> None:
    councils = registries.councils()
    assert sum(council.active_to is None for council in councils) == 153
    codes = [council.code for council in councils if council.code]
    assert len(codes) == len(set(codes))
    shorts = [council.short_name for council in councils]
    assert len(shorts) == len(set(shorts))


def test_every_written_name_belongs_to_one_council() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for council in registries.councils():
        for name in (council.short_name, council.official_name, *council.aliases):
            owners[name.casefold()].add(council.short_name)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("LBTH", "Tower Hamlets"),
        ("London Borough of Tower Hamlets", "Tower Hamlets"),
        ("LB Tower Hamlets", "Tower Hamlets"),
        ("Hull City Council", "Kingston upon Hull"),
        ("RBWM", "Windsor and Maidenhead"),
        ("Stoke on Trent City Council", "Stoke-on-Trent"),
        ("Barking & Dagenham", "Barking and Dagenham"),
        ("Bolton MBC", "Bolton"),
        ("Herefordshire Council", "Herefordshire"),
        ("Dorset Council", "Dorset"),
        ("Dorset County Council", "Dorset County"),
        ("Northamptonshire County Council", "Northamptonshire"),
    ],
)
def test_councils_are_known_by_their_names(said: str, meant: str) -> None:
    assert registries.council_names()[said.casefold()].short_name == meant


def test_marlford_is_in_no_registry() -> None:
    assert not [name for name in registries.council_names() if "marlford" in name]


def test_successors_follow_on_the_next_day() -> None:
    by_name = registries.council_by_short_name()
    for old, new in [
        ("Dorset County", "Dorset"),
        ("Cumbria", "Cumberland"),
        ("Northamptonshire", "West Northamptonshire"),
    ]:
        ended, began = by_name[old].active_to, by_name[new].active_from
        assert ended is not None
        assert began is not None
        assert (began - ended).days == 1


def test_bodies_are_told_apart() -> None:
    phrases = Counter(phrase.casefold() for body in registries.bodies() for phrase in body.phrases)
    assert [phrase for phrase, times in phrases.items() if times > 1] == []
    body = registries.body_phrases()
    assert body["inner london"].short_name == "Inner London" != body["london"].short_name
    assert body["statistical neighbour average"].kind == "neighbours"
    assert body["national average"].short_name == "England"


def test_indicators_load_and_their_look_alikes_exist_and_look_back() -> None:
    by_key = registries.indicator_by_key()
    assert len(by_key) == len(registries.indicators())
    for indicator in registries.indicators():
        for other in indicator.look_alikes:
            assert indicator.key in by_key[other].look_alikes, (indicator.key, other)


def test_every_alias_of_an_indicator_names_one_only() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for indicator in registries.indicators():
        for name in (indicator.name, *indicator.aliases):
            owners[name.casefold()].add(indicator.key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


# --- sample papers


def test_every_paper_has_its_expected_records() -> None:
    assert len(PAPERS) == 5
    assert {f"{paper.name}.expected.jsonl" for paper in PAPERS} | {"inspections.expected.jsonl"} == {
        path.name for path in SAMPLES.glob("*.jsonl")
    }


@pytest.mark.parametrize("name", [paper.name for paper in PAPERS])
def test_expected_records_quote_their_source(name: str) -> None:
    text = source(name)
    for record in expected(name):
        assert record["paper"] == name
        assert text[record["start"] : record["end"]] == record["text"], record
    starts = [record["start"] for record in expected(name)]
    assert starts == sorted(starts)
    spans = [(record["start"], record["end"]) for record in figures(name)]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize("name", [paper.name for paper in PAPERS])
def test_no_percentage_or_sum_of_money_is_left_out(name: str) -> None:
    text = source(name)
    inside = {at for record in figures(name) for at in range(record["start"], record["end"])}
    for at, character in enumerate(text):
        if character == "£" or (character == "%" and text[at - 1].isdigit()):
            assert at in inside, text[max(0, at - 60) : at + 20]


@pytest.mark.parametrize("name", [paper.name for paper in PAPERS])
def test_values_are_those_printed(name: str) -> None:
    scale = {"m": 1_000_000, "k": 1_000, "K": 1_000}
    for record in figures(name):
        text = record["text"]
        if record["value"] is None:
            assert record["missing"] in {"suppressed", "not_applicable", "not_available"}
        elif text[0] == "£":
            number, factor = text[1:].replace(",", ""), 1
            if number[-1] in scale:
                number, factor = number[:-1], scale[number[-1]]
            assert Decimal(record["value"]) == Decimal(number) * factor, record
        elif text[0].isdigit() and "value_high" not in record:
            assert record["value"] == text.rstrip("%").replace(",", ""), record


def quotients(name: str) -> dict[str, tuple[Decimal, Decimal]]:
    """For each row of a performance table: what numerator and denominator give, and what the row prints."""
    rows: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in figures(name):
        if record["basis"] is not None and record["value"] is not None:
            rows[record["paragraph"]][record["role"]] = record
    found = {}
    for paragraph, row in rows.items():
        if row.keys() >= {"numerator", "denominator", "actual"}:
            times = 100 if row["actual"]["unit"] == "percent" else 1
            computed = Decimal(row["numerator"]["value"]) * times / Decimal(row["denominator"]["value"])
            found[paragraph] = (computed, Decimal(row["actual"]["value"]))
    return found


def test_the_planted_row_does_not_compute_and_all_others_do() -> None:
    wrong, rows = {}, 0
    for paper in PAPERS:
        for paragraph, (computed, printed) in quotients(paper.name).items():
            rows += 1
            if abs(computed - printed) > Decimal("0.05"):
                wrong[paper.name, paragraph] = (round(computed, 1), printed)
    assert rows == 36
    assert wrong == {("marlford-scrutiny-2023-03-15.txt", "4.1"): (Decimal("70.6"), Decimal("76.5"))}


def test_the_planted_restatement_is_the_only_value_that_differs_between_places() -> None:
    """Actual figures of one metric, cohort and period agree wherever they stand."""
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for paper in PAPERS:
        for record in figures(paper.name):
            if record["role"] == "actual" and record["value"] is not None and record["qualifier"] == "exact":
                for period in [record["period"], *record.get("period_alt", [])]:
                    if period != "*":
                        key = (record["metric"], record["unit"], record["breakdown"] or "", period)
                        said[key].add(str(Decimal(record["value"]).normalize()))
    differ = {key: values for key, values in said.items() if len(values) > 1}
    assert differ == {("re_referral_pct", "percent", "", "FY2022"): {"22.6", "24.1"}}


def test_the_last_month_of_a_snapshot_is_the_current_value() -> None:
    for paper in PAPERS:
        current = {
            r["paragraph"]: r
            for r in figures(paper.name)
            if r["basis"] in {"snapshot", "rolling_year"} and r["role"] == "actual"
        }
        for paragraph, record in current.items():
            months = [
                r
                for r in figures(paper.name)
                if r["paragraph"] == paragraph and r["where"] == "table" and not r["basis"]
            ]
            latest = [r for r in months if r["role"] == "actual" and r["period"][:2] == "20"][-1]
            assert latest["value"] == record["value"], (paper.name, paragraph)


def test_the_system_slips_from_paper_to_paper_and_arrives() -> None:
    dues = [
        (record["due"], record["status"])
        for paper in sorted(PAPERS, key=lambda path: path.stem[-10:])
        for record in expected(paper.name)
        if record["kind"] == "deadline" and record["subject"] == "case_management_system"
    ]
    assert dues == [
        ("2023-04", "planned"),
        ("2023-04-30", "planned"),
        ("2023-09", "planned"),
        ("2024-01", "planned"),
        ("2024-01-31", "planned"),
        ("2024-01-22", "done"),
    ]


def test_the_inspections_are_three_and_name_papers_that_exist() -> None:
    lines = (SAMPLES / "inspections.expected.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    assert [event["type"] for event in events] == ["inspection", "focused_visit", "focused_visit"]
    names = {paper.name for paper in PAPERS}
    assert all(set(event["papers"]) <= names for event in events)
    judged = {(r["area"], r["grade"]) for r in expected("marlford-scrutiny-2022-09-14.txt") if r["kind"] == "judgement"}
    assert judged == {
        ("overall", "requires improvement"),
        ("leadership", "requires improvement"),
        ("help_and_protection", "requires improvement"),
        ("in_care", "good"),
        ("care_leavers", "requires improvement"),
    }
