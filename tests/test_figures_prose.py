"""Figures in prose: role, period, whose, and what they measure. Westhaven's report is put to the meeting of 20 June 2023."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.period import Period
from schema.period_words import read_period
from tests.paper_text import MASTHEAD, brief, briefs, figures_of, month, paper_of, records_of

MAY, APRIL, MARCH, DECEMBER = month(2023, 5), month(2023, 4), month(2023, 3), month(2022, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Up-to-date plans rose from 58% in July 2022 to 71.3% at the end of December, and on to 84.9% at the end of March.",
            [f"58% actual {month(2022, 7)}", f"71.3% actual {DECEMBER}", f"84.9% actual {MARCH}"],
        ),
        (
            "In May, 88.4% of families had been seen, up from 81% in April.",
            [f"88.4% actual {MAY}", f"81% actual {APRIL}"],
        ),
        (
            "The share for May 2023 was 74% compared to 49% in December.",
            [f"74% actual {MAY}", f"49% actual {DECEMBER}"],
        ),
        (
            "Vacancies have fallen to 12.4% (14.1% in December 2022).",
            ["12.4% actual undated", f"14.1% actual {DECEMBER}"],
        ),
        ("As at the end of May 2023, 31% of posts were held by agency staff.", [f"31% actual {MAY}"]),
        (
            "Re-referrals fell to 21.5% in 2022/23 from 24% the year before.",
            ["21.5% actual 2022-04-01..2023-03-31", "24% actual 2021-04-01..2022-03-31"],
        ),
        ("The outturn for 2022/23 was £1.4m.", ["£1.4m actual 2022-04-01..2023-03-31"]),
    ],
)
def test_each_figure_has_its_own_period(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("In May, 80% of visits were on time.", "sentence"),
        ("In May, 80% of visits were on time. For the youngest it was 85%.", "previous_sentence"),
        ("In May, 80% of visits were on time. Managers were pleased. The review rate was 85%.", "paragraph"),
        ("Performance in May 2023\n\nVisits were on time in 85% of cases.", "heading"),
        (
            "This report covers progress made between January 2023 and the end of March 2023.\n\n1.1 Reviews were on time in 85% of cases.",
            "report",
        ),
    ],
)
def test_where_the_period_was_read(text: str, source: str) -> None:
    assert figures_of(text)[-1].period_from == source


def test_a_period_carried_over_is_said_to_be_so() -> None:
    assert figures_of("In May, 80% were on time. For the youngest it was 85%.")[-1].doubts == ("inferred:period",)


def test_a_list_is_of_the_date_that_introduces_it() -> None:
    text = "At 31 March 2023 the council looked after 410 children. Of these:\n\n- 41% lived outside the borough\n- 12% lived in children's homes"
    assert [b for b in briefs(text) if "%" in b] == [
        "41% actual 2023-03-31..2023-03-31",
        "12% actual 2023-03-31..2023-03-31",
    ]


def test_an_earlier_value_without_a_date_is_not_given_the_later_one() -> None:
    assert briefs("In May 2023 it was 88%, up from 71%.") == [f"88% actual {MAY}", "71% actual undated"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("We have not yet met our 90% target.", ["target"]),
        ("Turnover stood at 14% against a target of 12%.", ["actual", "target"]),
        ("It remains below the minimum of 85%.", ["target"]),
        ("The target is to bring vacancies down to 10%.", ["target"]),
        ("Target 2 – recruit 18 foster carers – 11 to date (on target)", ["target", "actual"]),
        ("Vacancy rate of 20% - currently 17% (target met)", ["target", "actual"]),
        ("The caseload limit of 18 was kept.", ["target"]),
        ("Sickness rose by 0.4 days per FTE.", ["change"]),
        ("There was a 6% increase in contacts.", ["change"]),
        ("The gap widened to 4 percentage points.", ["change"]),
        ("The budget for fostering is £7.2m.", ["plan"]),
        ("Placements are forecast to overspend by £2.1m.", ["plan"]),
        ("The plan is estimated to cost £3m, of which £0.8m was spent in 2022/23.", ["plan", "actual"]),
        ("Growth of £4m was agreed.", ["plan"]),
        ("We spent £410,000 on training.", ["actual"]),
        ("By 2031, more than 40% of residents will be under 30.", ["plan"]),
        ("If absence fell by a day, this would release 190 days worked per annum.", ["plan"]),
        ("In 85% of cases (51 of 60) the plan was current.", ["actual", "numerator", "denominator"]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    assert [f.role for f in figures_of(text)] == roles


@pytest.mark.parametrize(
    ("text", "claim", "direction"),
    [
        (
            "Visits are at 96.4%, above the target of 95%; a year ago they had not reached nine in ten, at 88%.",
            "exceeded",
            None,
        ),
        ("Turnover target of 15% - currently 12% (target met and exceeded)", "exceeded", "at_most"),
        ("Recruitment target of 20 – currently 26 (target met)", "met", "at_least"),
        ("We have not yet met our 95% target.", "not_met", None),
        ("Recruitment is on track for the target of 40 carers.", "on_track", None),
        ("The target of no more than 10% was missed.", "not_met", "at_most"),
    ],
)
def test_what_is_claimed_of_a_target(text: str, claim: str, direction: str | None) -> None:
    (target,) = [f for f in figures_of(text) if f.role == "target"]
    assert (target.claim, target.target_direction) == (claim, direction)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Our rate was 22%, above the England average of 19%.",
            ["22% actual undated", "19% benchmark undated of England"],
        ),
        (
            "It was 22% here, with statistical neighbours at 9.5 per cent.",
            ["22% actual undated", "9.5 per cent benchmark undated of statistical neighbours"],
        ),
        ("The rate was 61% (54% nationally).", ["61% actual undated", "54% benchmark undated of England"]),
        (
            "Above statistical neighbours and England (52% and 49% respectively).",
            ["52% benchmark undated of statistical neighbours", "49% benchmark undated of England"],
        ),
        (
            "8% for statistical neighbours and 5% nationally.",
            ["8% benchmark undated of statistical neighbours", "5% benchmark undated of England"],
        ),
        (
            "Absence is 8.1 days, lower than the Council average of 9.6 days.",
            ["8.1 actual undated", "9.6 benchmark undated of Westhaven council average"],
        ),
        ("In Leeds the figure was 30%.", ["30% benchmark undated of Leeds"]),
    ],
)
def test_whose_figure_it_is(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "81.2% of cases had supervision recorded in the last 6 weeks.",
            "cases had supervision recorded in the last 6 weeks",
        ),
        ("The proportion of care leavers with a pathway plan stood at 96%.", "care leavers with a pathway plan"),
        ("The share of contacts decided in a day (the figure for May was 74%) rose.", "contacts decided in a day"),
        ("In May, 42 case audits were undertaken.", "case audits"),
        ("Staff turnover fell to 11%.", "Staff turnover"),
    ],
)
def test_the_words_that_name_the_measure(text: str, words: str) -> None:
    assert figures_of(text)[0].metric_text == words


def test_a_sentence_that_points_back_measures_what_the_one_before_did() -> None:
    first, second, third = figures_of(
        "81% of cases had supervision in May. In most teams this figure was over 90%. We have now met our 80% target."
    )
    assert first.metric_text == second.metric_text == third.metric_text


def test_a_share_above_all_is_kept_and_marked() -> None:
    (figure,) = figures_of("It was reported that 150% of plans were reviewed.")
    assert (str(figure.value), figure.doubts[-1]) == ("150", "impossible")


def test_dates_in_the_minutes_of_an_earlier_meeting_are_of_that_meeting() -> None:
    text = (
        "WESTHAVEN CITY COUNCIL\n\nAGENDA\n\nMonday, 11 June 2018\n\n1. APOLOGIES FOR ABSENCE\n\n2. MINUTES\n\n"
        "MINUTES OF THE CHILDREN'S SCRUTINY PANEL\n\nHELD AT 6.00 P.M. ON MONDAY, 18 DECEMBER 2017\n\nThe Panel noted that 64% of audits in May were good.\n"
    )
    (figure,) = records_of_pack(text)
    assert brief(figure) == f"64% actual {month(2017, 5)}"


def records_of_pack(text: str) -> list:  # type: ignore[type-arg]
    from extractors.pipeline import extract

    return list(extract(paper_of(text)).figures)


WORDS = st.sampled_from(
    [
        "rose to",
        "from",
        "in May 2023",
        "87.9%",
        "£5.2m",
        "of cases",
        "**bold**",
        "<p>",
        "</p>",
        "•",
        "England",
        "target of",
        "\n",
        "\n\n",
        "- 3.1",
        "45 working days",
        "(",
        ")",
        "12",
        ".",
        ",",
        "\t",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_every_record_quotes_its_source(words: list[str]) -> None:
    source = MASTHEAD.format(day="20 June 2023") + " ".join(words)
    records = records_of(" ".join(words))
    for record in (
        *records.figures,
        *records.deadlines,
        *records.mentions,
        *records.judgements,
        *records.findings,
        *records.refusals,
    ):
        assert source[record.evidence.start : record.evidence.end] == record.evidence.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the date a figure is set against is not its own
        ("Requests have risen by 52.7% since 2020.", ["52.7% change undated"]),
        ("The vacancy rate is 13% (August 2022: 9%).", ["13% actual undated", f"9% actual {month(2022, 8)}"]),
        ("It fell to 15.5% in March 2023 and now stands at 16.7%.", [f"15.5% actual {MARCH}", "16.7% actual undated"]),
        # lists that go in step
        (
            "Visits on time were 55%, 61% and 68% in March, April and May respectively.",
            [f"55% actual {MARCH}", f"61% actual {APRIL}", f"68% actual {MAY}"],
        ),
        # the dates that an annual sentence leaves to its year
        ("The outturn for 2022-23 included £0.4m at Quarter 3.", ["£0.4m actual 2022-10-01..2022-12-31"]),
        # a cost that goes on is of no date
        (
            "In May 2023 we had 12 agency workers. An agency worker costs £19,500 a year more.",
            [f"12 actual {MAY}", "£19,500 actual undated"],
        ),
        # a year that is not over has no outturn
        ("Year to date performance in May stands at 87.5%.", ["87.5% actual 2023-04-01..2023-05-31"]),
        (
            "The national rate is 14%. The rate in May was 12%.",
            ["14% benchmark undated of England", f"12% actual {MAY}"],
        ),
    ],
)
def test_dates_that_belong_to_something_else(text: str, expected: list[str]) -> None:
    assert briefs(text) == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("We placed 40 children in the first half of the year, 71% of them at home.", "April 2022 to September 2022"),
        ("In the same period of 2021/22 it was 71%.", "2021/22"),
        ("During the year 71% were placed at home.", "2022/23"),
        ("It was 71% in the first six months of last year.", "April 2021 to September 2021"),
    ],
)
def test_stretches_of_the_year_under_report(text: str, period: str) -> None:
    report = "This report covers the year ending 31 March 2023, that is 2022/23.\n\n"
    figure = next(
        f for f in figures_of("Annual fostering report 2022/23\n\n" + report + text) if f.evidence.text == "71%"
    )
    assert figure.period is not None
    assert figure.period.same_days(_named(period))


def _named(text: str) -> Period:
    found = read_period(text)
    assert found is not None
    return found.period


def test_a_forecast_is_of_the_budget_year_whenever_it_was_made() -> None:
    text = "2022/23 budget monitoring\n\nPlacements are forecast to overspend by £2.1m at the end of October."
    assert str(figures_of(text)[-1].period) == "2022/23"


def test_a_line_that_never_ends_is_read_in_lengths_and_nothing_in_it_is_lost() -> None:
    text = (
        "visits took place in all parts of the city, " * 200 + "and 81% of them were on time, " + "as planned, " * 300
    )
    figures = figures_of(text)
    assert [f.evidence.text for f in figures] == ["81%"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In May 2023 turnover was 15.8, from 18.1 in June 2022. For new starters it was 11%.", f"11% actual {MAY}"),
        (
            "The vacancy rate was 21% at 31 March 2023. A year earlier it was 27.3%.",
            "27.3% actual 2022-03-31..2022-03-31",
        ),
        (
            "This note sets out the position at 31 March 2023.\n\nThe vacancy rate was 21%.",
            "21% actual 2023-03-31..2023-03-31",
        ),
        ("The service plans to bring vacancies down to 15% by September 2024.", "15% target 2024-09-01..2024-09-30"),
        ("Absence averaged 9.7 days per FTE. The corporate target is 8 days.", "8 target undated"),
    ],
)
def test_wordings_of_blind_papers(text: str, expected: str) -> None:
    assert briefs(text)[-1] == expected


def test_nobody_with_more_than_is_a_limit() -> None:
    (limit,) = figures_of("Our standard is that nobody should hold more than 18 children.")
    assert limit.qualifier == "up_to"


def test_a_figure_of_some_teams_narrows_the_measure() -> None:
    assert (
        figures_of("80% of visits were on time in May. In three of the seven teams the figure was over 95%.")[
            -1
        ].breakdown
        == "three of the seven teams"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27.4% of pupils in Year 6 were measured as being overweight (2018/19).", "2018-04-01..2019-03-31"),
        (
            "88% of five-year-olds reached the level that is expected of them in reading (2019).",
            "2019-01-01..2019-12-31",
        ),
        (
            "24% of our schools are judged by inspectors to need improvement (as at 31 December 2022)",
            "2022-12-31..2022-12-31",
        ),
        ("60% of staff have been trained in what is asked by the Care Act (2014).", "undated"),
        ("Calls have risen by 4% against Quarter 3, 2022/23.", "undated"),
    ],
)
def test_a_date_alone_in_brackets_at_the_end_dates_the_sentence(text: str, expected: str) -> None:
    (figure,) = figures_of(text)
    assert brief(figure).split(" ", 2)[2] == expected


def test_a_rate_s_base_may_stand_before_it() -> None:
    (figure,) = figures_of("The number of first-time entrants per 100,000 in May was 175.")
    assert (figure.evidence.text, figure.unit) == ("175", "per_100k")


def test_england_after_a_rate_in_brackets() -> None:
    figures = figures_of("29.7 per 10,000 children have a protection plan (2014/15 - England rate = 42.90)")
    assert [brief(f) for f in figures] == [
        "29.7 actual 2014-04-01..2015-03-31",
        "42.90 benchmark 2014-04-01..2015-03-31 of England",
    ]


def test_items_that_say_only_where_measure_what_their_lead_in_says() -> None:
    text = (
        "The proportion of pupils who walk to school:\n\n"
        "- in infant schools is 41.5% (the national average is 52%)\n\n"
        "- in junior schools is 37.2%.\n\n"
        "Of the 40 plans that we looked at:\n\n- 61.3% had a photograph.\n"
    )
    assert [f.metric_text for f in figures_of(text) if f.unit == "percent"] == [
        "pupils who walk to school in infant schools",
        "pupils who walk to school in infant schools",
        "pupils who walk to school in junior schools",
        "photograph",
    ]


def test_a_comment_on_performance_is_no_part_of_the_measure() -> None:
    text = "- 3.1 The last peer review criticised the weak timeliness of strategy meetings which at the time of the review were 41% on time."
    assert [f.metric_text for f in figures_of(text)] == ["strategy meetings on time"]
