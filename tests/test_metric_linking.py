"""Which figures measure the same thing: same for the same measure in other words, never for its look-alikes."""

from __future__ import annotations

import itertools

import pytest

from linking.measure_words import measure_words
from linking.metrics import link_metrics
from tests.paper_text import figures_of

SAME = [
    ("cases with supervision recorded in the last 6 weeks", "% cases with Supervision recorded in past six weeks"),
    ("children in need that have a plan in place", "% of CIN with a plan"),
    ("children looked after seen in the past four weeks", "% of LAC seen within last 4 weeks"),
    ("initial health assessments completed on time", "IHAs within timescale"),
    ("care leavers in education, employment or training", "% care leavers EET"),
    ("staff turnover", "Annual staff turnover rate"),
    ("child protection plans reviewed within statutory timescales", "% of CP Plans reviewed in required timescales"),
]
DIFFERENT = [
    ("conferences held within 15 working days", "assessments completed within 45 working days"),
    ("CLA visited within 6 weeks (CLA <12 months)", "CLA visited within 13 weeks (CLA > 12 months)"),
    ("children in need with a plan", "children in need with a plan reviewed within 6 months"),
    ("care leavers aged 17-18 in suitable accommodation", "care leavers aged 19-21 in suitable accommodation"),
    ("repeat child protection plans", "child protection plans"),
    ("permanent social workers", "agency social workers"),
    ("plans issued within 20 weeks excluding exceptions", "plans issued within 20 weeks including exceptions"),
    ("children seen", "children not seen"),
    ("first-time entrants (FTE)", "vacancies (FTE)"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_other_words_for_the_same_measure(a: str, b: str) -> None:
    assert measure_words(a) == measure_words(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_look_alikes_stay_apart(a: str, b: str) -> None:
    assert len(keys(f"The share of {a} was 71%.\n\nThe share of {b} was 72%.")) == 2


def keys(text: str) -> set[str]:
    return set(link_metrics(figures_of(text), "Westhaven")[1].values())


def test_text_target_and_table_row_are_one_metric() -> None:
    text = (
        "In May, 81.2% of cases had supervision recorded in the last 6 weeks. We have not yet met our 90% target.\n\n"
        "Ref\tMeasure\tApr 2023\tMay 2023\tTarget\n1.1\t% cases with Supervision recorded in past 6 weeks\t79%\t81.2%\t90%\n"
    )
    assert keys(text) == {"westhaven.cases_supervision_recorded_last_6_weeks"}


def test_numerator_and_denominator_go_with_their_share() -> None:
    assert len(keys("Measure\tNum\tDenom\tCurrent\nVisits on time\t45\t50\t90%\n")) == 1


def test_a_count_and_a_share_in_the_same_words_are_two_metrics() -> None:
    assert len(keys("Measure\tMay 2023\nNumber of agency posts\t45\n% of agency posts\t12%\n")) == 2


def test_a_bare_noun_names_no_metric() -> None:
    assert keys("In May, 50 children were seen.") == set()


def test_the_order_of_figures_does_not_change_who_belongs_together() -> None:
    figures = figures_of("In May, 80% of cases had supervision. In June 2023, 81% of cases had received supervision. Turnover was 11%. Turnover fell to 9%.")
    groups = set()
    for order in itertools.permutations(figures):
        linked = link_metrics(order, "Westhaven")[1]
        groups.add(frozenset(frozenset(i for i in linked if linked[i] == key) for key in set(linked.values())))
    assert len(groups) == 1


def test_lower_is_better_where_the_paper_says_so() -> None:
    (metric,) = link_metrics(figures_of("Measure\tMay 2023\nAudit score (lower is better)\t2.4\n"), "Westhaven")[0]
    assert metric.better == "lower"
