"""Labelled papers for the checks within a figure and within a paper: what each must ask, and what it must not. All
councils and figures are invented. `docs/accuracy.md` counts how many each check gets right.
"""

from __future__ import annotations

from typing import Final

from tests.claim_cases import Labelled


def _true(check: str, *papers: str) -> Labelled:
    return Labelled(check, True, papers)


def _innocent(check: str, *papers: str) -> Labelled:
    return Labelled(check, False, papers)


_HEAD: Final = "Ref\tMeasure\tOutturn 2021/22\tNum\tDenom\tApr 2022 to Mar 2023\tJan 23\tFeb 23\tMar 23\tTarget"


def _rows(*rows: str) -> str:
    return "5. Performance\n\n" + "\n".join((_HEAD, *rows)) + "\n"


_YEAR_TO_DATE: Final = (
    "5. Performance\n\nRef\tMeasure\t2021/22\t2022/23 YTD\tJan 23\tFeb 23\tMar 23\tTarget\n"
    "1.1\t% of children in need with an up to date plan\t84.1%\t{}\t85.0%\t86.2%\t84.8%\t90%\n"
    "1.2\t% of children in need visited within four weeks\t80.3%\t81.9%\t81.7%\t82.9%\t81.9%\t90%\n"
    "1.3\t% of child protection reviews held on time\t92.0%\t96.2%\t93.1%\t94.6%\t96.2%\t95%\n"
    "1.4\t% of care leavers in suitable accommodation\t88.0%\t90.3%\t89.1%\t89.6%\t90.3%\t92%\n"
)


def _rag(prose: str, colours: str) -> str:
    names = ("Calls answered in time", "Books lent", "Visits to libraries", "Repairs done in time", "Voids", "Arrears")
    rows = "\n".join(f"{name}\t{colour}" for name, colour in zip(names, colours.split(), strict=False))
    return f"{prose}\n\nHousing\tRAG\n{rows}\n"


_PLAN: Final = "1.1\t% of children in need with an up to date plan\t84.1%\t{}\t{}\t{}\t85.0%\t86.2%\t{}\t90%"
_VISIT: Final = "1.2\t% of children in need visited within four weeks\t80.3%\t{}\t{}\t{}\t81.7%\t82.9%\t{}\t90%"
_REVIEW: Final = "1.3\t% of child protection reviews held on time\t92.0%\t{}\t{}\t{}\t93.1%\t94.6%\t{}\t95%"
_SUPERVISION: Final = "1.4\tAverage number of supervisions for each social worker\t2.4\t{}\t{}\t{}\t2.5\t2.6\t{}\t3"

_FULL: Final = _rows(
    _PLAN.format("412", "486", "84.8%", "84.8%"),
    _VISIT.format("398", "486", "81.9%", "81.9%"),
    _REVIEW.format("204", "212", "96.2%", "96.2%"),
    _SUPERVISION.format("93", "31", "3.0", "3.0"),
)

_SPENDING: Final = (
    "Service\t2021/22\t2022/23\t2023/24\n{}\nFostering\t310\t322\t341\nResidential\t122\t131\t128\n"
    "Adoption\t41\t39\t44\nTotal\t{}\n"
)


_MEASURES: Final = (
    "% of referrals that are repeat referrals",
    "% of assessments completed in 45 working days",
    "% of child protection reviews held on time",
    "% of care leavers in suitable accommodation",
)


def two_tables(one: str, other: str) -> str:
    """Two tables with the same rows and columns, with the values given for March 2023."""
    row = "{}\t81.0%\t{}%\n"
    tables = [
        "".join(row.format(name, value) for name, value in zip(_MEASURES, values.split(), strict=True))
        for values in (one, other)
    ]
    return "\n\n".join(f"{i}. Part\n\nMeasure\tMarch 2022\tMarch 2023\n{table}" for i, table in enumerate(tables, 4))


def _held(north: str) -> str:
    """Reviews held, in time, and the share; the row of the north as given."""
    return (
        f"Area\tHeld\tIn time\t% in time\nNorth\t{north}\nSouth\t151\t140\t92.7%\nEast\t98\t90\t91.8%\n"
        "West\t163\t149\t91.4%\nCentre\t120\t113\t94.2%\n"
    )


def _budget(fostering: str) -> str:
    """Budget, forecast and variance; the row of fostering as given."""
    return (
        f"Service\tBudget £000\tForecast £000\tVariance £000\nFostering\t{fostering}\nResidential\t1,210\t1,388\t178\n"
        "Adoption\t264\t259\t-5\nTransport\t733\t790\t57\nLegal\t95\t120\t25\n"
    )


CASES: Final[tuple[Labelled, ...]] = (
    # A ratio against its parts
    _true("ratio-differs", _rows(_PLAN.format("412", "486", "87.4%", "87.4%"))),
    _true("ratio-differs", _rows(_SUPERVISION.format("93", "31", "3.4", "3.4"))),
    _true("ratio-differs", "4.1 In March 2023 plans were up to date for 412 of the 486 children in need (94.8%)."),
    _true("ratio-differs", "4.1 In May 2023, 77% (61 of 88) of care leavers were in suitable accommodation."),
    _innocent("ratio-differs", _FULL),
    _innocent("ratio-differs", "4.1 In March 2023 plans were up to date for 412 of the 486 children in need (84.8%)."),
    _innocent("ratio-differs", "4.1 In May 2023, 85% (412 out of 486) of children in need had a plan."),
    _innocent("ratio-differs", "4.1 Of 486 children in need, 412 had a plan; the target is 90%."),
    _true("ratio-differs", "4.1 Of the 130 young people in touch with the service, 91 (76%) are in work or training."),
    _true("ratio-differs", "4.1 Of 84 plans, 63 were reviewed (71%)."),
    _innocent("ratio-differs", "4.1 Of the 130 young people in touch with the service, 91 (70%) are in work or training."),
    _innocent("ratio-differs", "4.1 Of the 130 young people, among them 65 aged 16 to 18, 13 (20%) were out of work."),
    _innocent("ratio-differs", "4.1 Of the 84 plans of the year, 63 (71% in 2021/22) were reviewed."),
    # Columns that are worked out from others
    _true("column-differs", _held("140\t126\t80.0%")),
    _true("column-differs", _held("155\t126\t81.9%")),
    _true("column-differs", _budget("410\t395\t15")),
    _innocent("column-differs", _held("140\t126\t90.0%")),
    _innocent("column-differs", _held("-\t126\t90.0%")),
    _innocent("column-differs", _held("140\t126\tn/a")),
    _innocent("column-differs", _budget("410\t395\t-15")),
    _innocent("column-differs", _budget("410\t395\t-16")),
    _innocent(  # numbers that happen to differ alike
        "column-differs", "Team\tMay\tJune\tJuly\nA\t4\t2\t2\nB\t9\t5\t4\nC\t7\t7\t1\nD\t8\t3\t6\nE\t6\t2\t4\n"
    ),
    # A value that cannot be
    _true("beyond-range", "4.1 In May 2023, 104% of care leavers were in touch with the service."),
    _true("beyond-range", "4.1 The proportion of assessments completed in time was 118% in May 2023."),
    _innocent("beyond-range", "4.1 The number of referrals grew by 104% between May 2022 and May 2023."),
    _innocent("beyond-range", "4.1 In May 2023, 104% of the budget for placements was spent."),
    _innocent("beyond-range", "4.1 In May 2023, 94% of care leavers were in touch with the service."),
    # Totals of tables
    _true("total-differs", _SPENDING.format("In-house\t57\t60\t66", "530\t552\t597")),
    _true("total-differs", _SPENDING.format("In-house\t57\t60\t66", "530\t525\t579")),
    _true(
        "total-differs",
        "Team\tBoys\tGirls\tTotal\nNorth\t31\t27\t58\nSouth\t24\t29\t53\nEast\t40\t38\t87\nWest\t22\t19\t41\n",
    ),
    _innocent("total-differs", _SPENDING.format("In-house\t57\t60\t66", "530\t552\t579")),
    _innocent(
        "total-differs",
        "Team\tBoys\tGirls\tTotal\nNorth\t31\t27\t58\nSouth\t24\t29\t53\nEast\t40\t38\t78\nWest\t22\t19\t41\n",
    ),
    _innocent(
        "total-differs",
        "£m\t2021/22\t2022/23\t2023/24\nStaff\t12.4\t13.1\t13.8\nPlacements\t21.3\t22.7\t24.4\nLegal\t1.4\t1.6\t1.5\n"
        "Total\t35.2\t37.4\t39.7\n",
    ),
    _innocent(  # subtotals counted once
        "total-differs",
        "Item\tQ1\tQ2\tQ3\nA\t10\t12\t9\nB\t7\t8\t6\nTotal day care\t17\t20\t15\nC\t4\t5\t3\nD\t6\t6\t8\n"
        "Total night care\t10\t11\t11\nTotal\t27\t31\t26\n",
    ),
    _innocent(  # percentages do not add up
        "total-differs", "Area\tVisits\tIn time\nNorth\t40\t90%\nSouth\t30\t80%\nTotal\t70\t86%\n"
    ),
    # Sums in sentences
    _true("sum-in-words", "4.1 Of the 40 files, 17 were good, 14 were adequate and 8 were inadequate."),
    _true("sum-in-words", "4.1 In all, 62% were good, 30% were adequate and 11% were inadequate."),
    _innocent("sum-in-words", "4.1 Of the 40 files, 17 were good, 14 were adequate and nine were inadequate."),
    _innocent("sum-in-words", "4.1 In all, 62% were good, 30% were adequate and 9% were inadequate."),
    _innocent("sum-in-words", "4.1 Of the 40 children, 12 were seen within a day and 20 within a week."),
    _innocent("sum-in-words", "4.1 Of 1,250 referrals, 31 were repeat, 20 were anonymous and 12 were withdrawn."),
    # Changes against their ends
    _true("change-differs", "4.1 Sickness fell from 9.84 days in March 2023 to 9.31 days in May 2023, a reduction of 0.73 days."),
    _true("change-differs", "4.1 There were 231 children in care in May 2023, a fall of 14 on the previous month (254)."),
    _true("change-differs", "4.1 There were 612 referrals in May 2023, a 12% increase when compared to April 2023 (580)."),
    _true("change-differs", "4.1 There were 231 children in care in May 2023, an increase of 23 on the previous month (254)."),
    _innocent("change-differs", "4.1 Sickness fell from 9.84 days in March 2023 to 9.31 days in May 2023, a reduction of 0.53 days."),
    _innocent("change-differs", "4.1 There were 231 children in care in May 2023, a fall of 23 on the previous month (254)."),
    _innocent("change-differs", "4.1 There were 612 referrals in May 2023, a 5.5% increase when compared to April 2023 (580)."),
    _innocent("change-differs", "4.1 Plans rose by 14 in May 2023; 231 children are in care and 254 are in need."),
    _innocent("change-differs", "4.1 The share was 84.1% in May 2023, a rise of 2.4% when compared to April 2023 (82.1%)."),
    _innocent(
        "change-differs",
        "4.1 The wait for a placement was 512 days on average in the three years to March 2023. This is 48 days fewer than in "
        "England, and better than among neighbours, but 23 days away from the national target.",
    ),
    # Points called per cent
    _true("points-as-per-cent", "4.1 Timeliness was 84.9% in May 2023, a reduction of 1.3% from the previous month (86.2%)."),
    _innocent("points-as-per-cent", "4.1 Timeliness was 84.9% in May 2023, a reduction of 1.5% from the previous month (86.2%)."),
    _innocent(
        "points-as-per-cent",
        "4.1 Timeliness was 84.9% in May 2023, a reduction of 1.3 percentage points from the previous month (86.2%).",
    ),
    # One measure with two values
    _true("two-values", "2.1 In March 2023, 79.4% of children in need had an up to date plan.\n\n" + _FULL),
    _true(
        "two-values",
        "2.1 Re-referrals within 12 months were 21.4% in March 2023.\n\n4.6 In March 2023, re-referrals within 12 months were 24.1%.",
    ),
    _innocent("two-values", "2.1 In March 2023, 85% of children in need had an up to date plan.\n\n" + _FULL),
    _innocent(
        "two-values",
        "2.1 Re-referrals within 12 months were 21.4% in March 2023.\n\n4.6 In April 2023, re-referrals within 12 months were 24.1%.",
    ),
    _innocent(
        "two-values",
        "2.1 Re-referrals within 12 months were 21.4% in March 2023 (previously reported as 24.1% in March 2023).",
    ),
    _true("two-values", two_tables("84.1 79.4 91.7 66.0", "84.1 79.4 93.2 66.0")),
    _innocent("two-values", two_tables("84.1 79.4 91.7 66.0", "84.1 79.4 91.7 66.0")),
    _innocent(  # the years of two halves of a table, whose headings are gone
        "two-values",
        "2.1 The share of spending met from own income was 41.2% in 2023/24.\n\nShare\t2022/23\t2023/24\t2022/23\t2023/24\n"
        "Share of spending met from own income\t40.6%\t41.2%\t55.9%\t52.3%\nShare of spending met from grants\t31.0%\t33.8%\t30.1%\t29.7%\n",
    ),
    # One value with two periods
    _true(
        "two-periods",
        "2.1 Sickness absence stood at 11.37 days per FTE in May 2022.\n\nSickness absence\tAverage days lost per FTE\t"
        "Average days lost per FTE\n\tEnd April 2022\tEnd March 2023\nCare\t9.81\t8.12\nTOTALS\t11.37\t10.02\n",
    ),
    _innocent(
        "two-periods",
        "2.1 Sickness absence stood at 11.37 days per FTE in April 2022.\n\nSickness absence\tAverage days lost per FTE\t"
        "Average days lost per FTE\n\tEnd April 2022\tEnd March 2023\nCare\t9.81\t8.12\nTOTALS\t11.37\t10.02\n",
    ),
    _innocent(  # a day and the quarter that ends on it
        "two-periods",
        "2.1 At 30 September 2022 the vacancy rate was 21.37%.\n\nMeasure\tQ1 2022/23\tQ2 2022/23\tQ3 2022/23\n"
        "Vacancy rate\t20.91%\t21.37%\t22.04%\n",
    ),
    # Two amounts for one thing
    _true(
        "two-amounts",
        "3.1 The recovery plan is estimated to cost £3.1m over two years.\n\n4.2 The requirement for the recovery plan over the "
        "next two years is expected to be £2.8m.",
    ),
    _true(
        "two-amounts",
        "3.1 £6.4m is needed for the fostering strategy.\n\n7.2 The cost of the fostering strategy is expected to be £7.1m.",
    ),
    _innocent(
        "two-amounts",
        "3.1 The recovery plan is estimated to cost £3.1m over two years.\n\n4.2 The requirement for the recovery plan over the "
        "next two years is expected to be £3.1m.",
    ),
    _innocent(
        "two-amounts",
        "3.1 £6.4m is needed for the fostering strategy in 2023/24.\n\n7.2 The fostering strategy is expected to cost £7.1m in "
        "2024/25.",
    ),
    _innocent(
        "two-amounts",
        "3.1 £6.4m is needed for the fostering strategy.\n\n7.2 The cost of the leisure centre is expected to be £7.1m.",
    ),
    # A copied row
    _true(
        "copied-row",
        _rows(_PLAN.format("412", "486", "84.8%", "84.8%"), _VISIT.format("412", "486", "84.8%", "84.8%")),
    ),
    _innocent("copied-row", _FULL),
    _innocent(
        "copied-row",
        _rows(_PLAN.format("486", "486", "100%", "100%"), _VISIT.format("486", "486", "100%", "100%")),
    ),
    # The last month of a trend
    _true("last-of-trend", _YEAR_TO_DATE.format("81.3%")),
    _true("last-of-trend", _YEAR_TO_DATE.format("84.3%")),
    _innocent("last-of-trend", _YEAR_TO_DATE.format("84.8%")),
    _innocent("last-of-trend", _YEAR_TO_DATE.format("85%")),
    # Sizes of groups
    _true(
        "group-size-differs",
        _rows(
            "1.0\tNumber of children in need\t471\tn/a\tn/a\t491\t480\t485\t491\t",
            _PLAN.format("412", "486", "84.8%", "84.8%"),
        ),
    ),
    _innocent(
        "group-size-differs",
        _rows(
            "1.0\tNumber of children in need\t471\tn/a\tn/a\t486\t480\t485\t486\t",
            _PLAN.format("412", "486", "84.8%", "84.8%"),
        ),
    ),
    # Counts in words
    _true("counts-in-words", _rag("Housing – Two of the six indicators met target. The four Red KPIs are being looked at.", "Green Green Green Amber Red Red")),
    _true("counts-in-words", _rag("Housing: three KPIs are rated Green, one is Amber and two are Red.", "Green Green Amber Amber Red Red")),
    _true("counts-in-words", _rag("Housing – Three out of five indicators are above target.", "Green Green Green Amber Amber Red")),
    _innocent("counts-in-words", _rag("Housing – Three of the six indicators met target. The two Red KPIs are being looked at.", "Green Green Green Amber Red Red")),
    _innocent("counts-in-words", _rag("Housing: two KPIs are rated Green, two are Amber and two are Red.", "Green Green Amber Amber Red Red")),
    _innocent("counts-in-words", _rag("Housing – One indicator moved from Red to Amber; four were Red in the previous quarter.", "Green Green Green Amber Red Red")),
    _innocent("counts-in-words", _rag("Leisure – Four indicators are Red.", "Green Green Green Amber Red Red")),
)  # fmt: skip
