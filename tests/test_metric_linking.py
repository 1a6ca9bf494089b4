"""Which figures measure the same thing: same for the same measure in other words, never for its look-alikes."""

from __future__ import annotations

import itertools

import pytest

from corpus.registries import indicator_by_key
from linking.measure_words import measure_words
from linking.metrics import link_metrics
from schema.records import Figure
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
# One measure as two councils write it.
ACROSS = [
    (
        "Re-referral rate (rolling 12 months)",
        "Percentage of referrals that were repeat referrals within 12 months",
        "percent",
    ),
    ("Referrals which are re-referrals within a year of a previous referral", "re-referrals", "percent"),
    (
        "C&F assessments completed within timescale (45 days)",
        "single assessments finalised in 45 working days",
        "percent",
    ),
    (
        "% of social work assessments completed in 45 working days",
        "Timeliness of child and family assessments",
        "percent",
    ),
    (
        "ICPCs held within 15 working days of strategy discussion",
        "Initial child protection conferences convened within 15 days of the s47 enquiry",
        "percent",
    ),
    (
        "% children becoming subject of a CP plan for a second or subsequent time",
        "Repeat child protection plans",
        "percent",
    ),
    (
        "Children on a child protection plan for a second or subsequent time",
        "CP plans that were second or subsequent plans",
        "percent",
    ),
    ("RCPCs completed in timescale", "Child protection plans reviewed within statutory timescales", "percent"),
    (
        "Looked after children with 3 or more placements in the last 12 months",
        "CLA with three or more placement moves during the year",
        "percent",
    ),
    ("Placement stability: 3+ placements", "children in care who had three or more placements in the year", "percent"),
    (
        "LAC in same placement for 2+ years",
        "Long-term placement stability: children in care for 2.5 years living in the same placement for two years or more",
        "percent",
    ),
    ("IHAs completed within 20 working days of coming into care", "% of initial health assessments on time", "percent"),
    (
        "Care leavers (19-21) in EET",
        "percentage of care leavers aged 19 to 21 in education, employment and training",
        "percent",
    ),
    (
        "% of 19-21 year old care leavers living in suitable accommodation",
        "Care leavers aged 19 - 21 in suitable accommodation",
        "percent",
    ),
    ("Care leavers NEET", "Proportion of care leavers not in education, employment or training", "percent"),
    ("Care leavers with an up to date Pathway Plan", "% care leavers whose pathway plan is up to date", "percent"),
    ("Social worker vacancy rate", "% of social worker posts vacant", "percent"),
    ("Agency rate", "Percentage of social worker posts filled by agency workers", "percent"),
    ("Average caseload per social worker", "Average number of cases held per social worker", "ratio"),
    ("CIN rate per 10,000", "Rate of children in need per 10,000 under 18 population", "per_10k"),
    ("Number of LAC", "Total children in care", "count"),
    ("Rate of children looked after per 10,000", "LAC per 10,000 of the population aged 0-17", "per_10k"),
    ("CPP rate per 10,000", "Children subject to a child protection plan, rate per 10,000", "per_10k"),
    (
        "First-time entrants (FTE) to the youth justice system per 100,000",
        "rate of first time entrants per 100,000 10-17 year olds",
        "per_100k",
    ),
    (
        "% new EHCPs issued within 20 weeks (excluding exceptions)",
        "EHC plans finalised within 20 weeks, excluding exception cases",
        "percent",
    ),
    ("Working days lost to sickness per FTE", "average days' sickness absence per full time equivalent", "days"),
    ("Contacts converting to referral", "% of contacts that progressed to a referral", "percent"),
    ("Contacts with a decision within 24 hours", "% contacts completed in one working day", "percent"),
    ("Return home interviews completed within 72 hours", "RHIs done in 3 days", "percent"),
    ("PEPs completed this term", "% of looked after children with an up-to-date PEP", "percent"),
    ("Children in care with up to date dental checks", "% LAC seen by a dentist in the last 12 months", "percent"),
    (
        "Health assessments up to date for children looked after 12 months or more",
        "annual health assessments for LAC",
        "percent",
    ),
    ("Statutory visits to children in care in timescale", "CLA visited within timescales", "percent"),
    ("Section 47 enquiries per 10,000", "rate of S47s per 10,000 children", "per_10k"),
    (
        "Average time between a child entering care and moving in with its adoptive family",
        "A10: days from entering care to placement with adopters",
        "days",
    ),
    ("% of CIN with an up to date plan", "children in need who have a current plan in place", "percent"),
    ("LAC reviews held within timescale", "% of children in care whose review was held on time", "percent"),
    ("% audits graded Good or Outstanding", "case audits rated good or better", "percent"),
    ("CP plans lasting two years or more (open)", "children currently on open CP plans for over 2 years", "percent"),
]
LOOK_ALIKES = [
    ("% of referrals that were re-referrals within 12 months", "% of children re-referred within 12 months", "percent"),
    ("Re-referrals within 12 months", "Re-referrals within 6 months", "percent"),
    ("CP plans open for two years or more", "CP plans ending after two years or more", "percent"),
    ("Repeat CP plans (ever)", "Repeat CP plans within two years", "percent"),
    ("second or subsequent CP plans", "second CP plan within 12 months", "percent"),
    ("three or more placements in the year", "three or more placements in the past two years", "percent"),
    ("care leavers aged 17-18 in EET", "care leavers aged 19-21 in EET", "percent"),
    ("care leavers in EET", "care leavers aged 19-21 in EET", "percent"),
    (
        "care leavers aged 17 to 18 in suitable accommodation",
        "care leavers aged 19 to 25 in suitable accommodation",
        "percent",
    ),
    ("care leavers EET", "care leavers NEET", "percent"),
    ("NEET 16-17 year olds", "care leavers NEET", "percent"),
    ("Agency rate (FTE)", "Agency rate (headcount)", "percent"),
    ("social worker posts filled by agency staff", "vacancies covered by agency staff", "percent"),
    ("agency rate", "agency cover", "percent"),
    ("turnover rate (FTE)", "turnover rate by headcount", "percent"),
    ("social worker turnover", "social worker vacancy rate", "percent"),
    ("EHCPs within 20 weeks excluding exceptions", "EHCPs within 20 weeks including exceptions", "percent"),
    ("EHCPs within 20 weeks", "EHCPs within 20 weeks excluding exceptions", "percent"),
    ("placed over 20 miles from home and outside the county", "placed over 20 miles from home", "percent"),
    ("assessments within 45 working days", "assessments within 35 working days", "percent"),
    ("assessments completed in 45 days", "ICPCs held in 15 days", "percent"),
    ("single assessments completed in timescale", "early help assessments completed in timescale", "percent"),
    ("initial health assessments in timescale", "review health assessments in timescale", "percent"),
    ("children in need with a plan", "children in need whose plan was reviewed in 6 months", "percent"),
    ("children in need visited in timescale", "children looked after visited in timescale", "percent"),
    ("CP visits in timescale", "CP reviews in timescale", "percent"),
    ("looked after children visited in timescale", "looked after children seen alone", "percent"),
    ("First time entrants (FTE)", "vacancies (FTE)", "percent"),
    ("children looked after", "children starting to be looked after", "per_10k"),
    ("children starting to be looked after", "children ceasing to be looked after", "per_10k"),
    ("children in care adopted", "children in care placed for adoption", "percent"),
    ("Contacts decided within one working day", "Contacts decided within three days", "percent"),
    ("Contacts decided within one working day", "Referrals decided within one working day", "percent"),
    ("fostering placements", "residential placements", "percent"),
    ("children in care with 3 or more placements", "children in care with 3 or more social workers", "percent"),
    ("average caseload of social workers", "maximum caseload of social workers", "count"),
    ("audits graded good or better", "audits graded inadequate", "percent"),
    ("RHIs offered within 72 hours", "RHIs completed within 72 hours", "percent"),
    ("in touch with care leavers", "not in touch with care leavers", "percent"),
    ("PEPs completed in term", "PEPs rated good", "percent"),
    ("overall absence of children in care", "persistent absence of children in care", "percent"),
    ("days from entry to care to moving in with adopters", "days from placement order to match", "days"),
]


def figure(words: str, unit: str, place: int = 0) -> Figure:
    """A figure of a paper that measures what the words say."""
    found = figures_of("Turnover was 11%.")[0]
    evidence = found.evidence.model_copy(update={"start": place, "end": place + 3})
    return found.model_copy(update={"metric_text": words, "unit": unit, "evidence": evidence})


def key(words: str, unit: str, council: str = "Westhaven") -> str | None:
    linked = figure(words, unit)
    return link_metrics([linked], council)[1].get(linked.id)


def keys(text: str) -> set[str]:
    return set(link_metrics(figures_of(text), "Westhaven")[1].values())


@pytest.mark.parametrize(("a", "b"), SAME)
def test_other_words_for_the_same_measure(a: str, b: str) -> None:
    assert measure_words(a) == measure_words(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_look_alikes_stay_apart(a: str, b: str) -> None:
    assert len(keys(f"The share of {a} was 71%.\n\nThe share of {b} was 72%.")) == 2


@pytest.mark.parametrize(("a", "b", "unit"), ACROSS)
def test_two_councils_share_the_key_of_the_registry(a: str, b: str, unit: str) -> None:
    assert key(a, unit, "Westhaven") == key(b, unit, "Eastmoor")


@pytest.mark.parametrize(("a", "b", "unit"), LOOK_ALIKES)
def test_look_alikes_of_the_registry_are_never_one(a: str, b: str, unit: str) -> None:
    pair = [figure(a, unit), figure(b, unit, place=10)]
    linked = link_metrics(pair, "Westhaven")[1]
    assert linked[pair[0].id] != linked[pair[1].id]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("NEET", "percent"),
        ("EHCPs issued in 20 weeks", "percent"),
        ("CP plans of two years or more", "percent"),
        ("agency cover", "percent"),
        ("children in care", "count"),
        ("Re-referrals within 12 months", "count"),
        ("First time entrants", "per_10k"),
    ],
)
def test_in_doubt_a_measure_is_the_councils_own(words: str, unit: str) -> None:
    assert (key(words, unit) or "").startswith("westhaven.")


def test_a_metric_of_the_registry_is_described_as_there() -> None:
    (metric,) = link_metrics([figure("repeat referrals", "percent")], "Westhaven")[0]
    known = indicator_by_key()["re_referral_pct"]
    assert (metric.key, metric.name, metric.unit, metric.better) == (known.key, known.name, "percent", "lower")
    assert metric.aliases == ("repeat referrals",)
    assert metric.council == "Westhaven"


def test_text_target_and_table_row_are_one_metric() -> None:
    text = (
        "In May, 81.2% of cases had supervision recorded in the last 6 weeks. We have not yet met our 90% target.\n\n"
        "Ref\tMeasure\tApr 2023\tMay 2023\tTarget\n1.1\t% cases with Supervision recorded in past 6 weeks\t79%\t81.2%\t90%\n"
    )
    assert keys(text) == {"westhaven.cases_supervision_recorded_last_6_weeks"}


def test_a_sentence_and_a_row_with_one_value_for_one_time_are_one_metric() -> None:
    text = "Take-up of the dinner scheme was 61.7% in May 2023.\n\nRef\tMeasure\tApr 2023\tMay 2023\n{}\t79.2%\t{}\n"
    assert len(keys(text.format("1.1\tEligible pupils enrolled in the dinner programme", "61.7%"))) == 1
    assert len(keys(text.format("1.1\tEligible pupils enrolled in the dinner programme", "61.8%"))) == 2
    assert len(keys(text.format("1.1\tEligible pupils not enrolled in the dinner programme", "61.7%"))) == 2


def test_wordings_of_an_outturn_are_one_metric_so_that_a_restatement_shows() -> None:
    text = (
        "Re-referrals fell to 21.4% in 2021/22.\n\n"
        "Ref\tMeasure\t2021/22\n2.2\t% of referrals within 12 months of an earlier referral (lower is better)\t22.9%\n"
    )
    assert keys(text) == {"re_referral_pct"}


def test_numerator_and_denominator_go_with_their_share() -> None:
    assert len(keys("Measure\tNum\tDenom\tCurrent\nVisits on time\t45\t50\t90%\n")) == 1


def test_a_change_in_percent_goes_with_the_count_that_changed() -> None:
    assert len(keys("The helpline took 1,742 calls in May 2023, an increase of 9%.")) == 1


def test_a_count_and_a_share_in_the_same_words_are_two_metrics() -> None:
    assert len(keys("Measure\tMay 2023\nNumber of agency posts\t45\n% of agency posts\t12%\n")) == 2


def test_a_bare_noun_names_no_metric() -> None:
    assert keys("In May, 50 children came.") == set()


def test_the_order_of_figures_does_not_change_who_belongs_together() -> None:
    figures = figures_of(
        "In May, 80% of cases had supervision. In June 2023, 81% of cases had received supervision. Turnover was 11%. Turnover fell to 9%."
    )
    groups = set()
    for order in itertools.permutations(figures):
        linked = link_metrics(order, "Westhaven")[1]
        groups.add(frozenset(frozenset(i for i in linked if linked[i] == key) for key in set(linked.values())))
    assert len(groups) == 1


def test_lower_is_better_where_the_paper_says_so() -> None:
    (metric,) = link_metrics(figures_of("Measure\tMay 2023\nQueue score (lower is better)\t2.4\n"), "Westhaven")[0]
    assert metric.better == "lower"
