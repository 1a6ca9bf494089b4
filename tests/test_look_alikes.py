"""One measure in two wordings, and two measures in nearly one: what linking makes of a hundred pairs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from linking.metrics import link_metrics
from schema.evidence import Evidence
from schema.records import Figure
from tests.look_alike_pairs import DIFFERENT, SAME, Pair
from tests.wider_look_alikes import WIDER_DIFFERENT, WIDER_SAME


def keys(pair: Pair) -> tuple[str | None, str | None]:
    """What each of the two wordings, said in one paper, is linked to."""
    one, other = figure(pair[0], pair[1], "41.5", 0), figure(pair[2], pair[3], "47.3", 100)
    linked = link_metrics([one, other], "Westhaven").figure_metrics
    return linked.get(one.id), linked.get(other.id)


def figure(words: str, unit: str, value: str, start: int) -> Figure:
    place = Evidence(
        paper="p.txt", sha256="a" * 64, page=None, start=start, end=start + len(value), text=value, quote=value
    )
    return Figure(evidence=place, extractor="figures.prose", value=Decimal(value), unit=unit, metric_text=words)


@pytest.mark.parametrize("pair", [*DIFFERENT, *WIDER_DIFFERENT], ids=lambda pair: f"{pair[0]} | {pair[2]}")
def test_look_alikes_stay_apart(pair: Pair) -> None:
    one, other = keys(pair)
    assert one is None or one != other


def test_most_wordings_of_one_measure_are_found() -> None:
    missed = [pair for pair in SAME if len({*keys(pair)}) > 1 or None in keys(pair)]
    assert len(missed) <= 4, missed


def test_most_wordings_of_one_measure_are_found_in_other_services() -> None:
    missed = [pair for pair in WIDER_SAME if len({*keys(pair)}) > 1 or None in keys(pair)]
    assert len(missed) <= 4, missed


def test_what_is_said_of_people_and_of_children_in_one_paper_is_two_measures() -> None:
    people, children = "Number of people in fuel poverty", "Number of children in fuel poverty"
    one, other = keys((people, "count", children, "count"))
    assert None not in (one, other)
    assert one != other


def test_children_are_a_small_word_where_nobody_else_is_spoken_of() -> None:
    one, other = keys(("Fuel poverty", "percent", "Children in fuel poverty", "percent"))
    assert one == other
