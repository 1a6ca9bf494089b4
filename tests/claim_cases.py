"""Labelled papers for the checks of claims, promises, Ofsted and what changes between papers: what each must ask, and what it
must not. All councils, people and figures are invented. `docs/accuracy.md` counts how many each check gets right.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tests.audited_papers import Said


class Labelled(NamedTuple):
    """Papers, and whether a check is to ask a question about them."""

    check: str
    asks: bool
    papers: tuple[Said, ...]


def _true(check: str, *papers: Said) -> Labelled:
    return Labelled(check, True, papers)


def _innocent(check: str, *papers: Said) -> Labelled:
    return Labelled(check, False, papers)


def _table(rows: str, head: str = "Ref\tMeasure\t2022/23\tMar 23\tApr 23\tMay 23\tTarget") -> str:
    return f"\n5. Performance\n\n{head}\n{rows}\n"


_ROWS: Final = (
    "1.1\t% of assessments completed within 45 working days\t82.4%\t83.0%\t84.1%\t84.9%\t88%\n"
    "1.2\t% of children in need with an up-to-date plan\t88.2%\t88.9%\t90.1%\t90.6%\t92%\n"
    "1.3\t% of care leavers in suitable accommodation\t89.4%\t90.0%\t90.1%\t90.8%\t92%\n"
    "1.4\t% of initial child protection conferences held within 15 working days\t82.9%\t84.0%\t86.7%\t88.2%\t90%\n"
    "1.5\t% of reviews of children looked after held on time\t93.3%\t94.0%\t94.4%\t93.8%\t95%\n"
    "1.6\t% of children looked after with three or more placements in the year\t10.7%\t10.6%\t10.5%\t10.4%\t9%\n"
)
_LATER: Final = (
    "1.1\t% of assessments completed within 45 working days\t82.4%\t85.0%\t85.6%\t86.1%\t88%\n"
    "1.2\t% of children in need with an up-to-date plan\t88.2%\t91.0%\t91.2%\t91.5%\t92%\n"
    "1.3\t% of care leavers in suitable accommodation\t89.4%\t91.0%\t91.1%\t91.3%\t92%\n"
    "1.4\t% of initial child protection conferences held within 15 working days\t82.9%\t88.9%\t89.0%\t89.3%\t90%\n"
    "1.5\t% of reviews of children looked after held on time\t93.3%\t94.1%\t94.2%\t94.5%\t95%\n"
    "1.6\t% of children looked after with three or more placements in the year\t10.7%\t10.3%\t10.2%\t10.1%\t9%\n"
)
_HEAD_LATER: Final = "Ref\tMeasure\t2022/23\tJun 23\tJul 23\tAug 23\tTarget"
_JUNE, _SEPT, _DEC, _MARCH = "20 June 2023", "19 September 2023", "12 December 2023", "19 March 2024"

_HEAD_RAG: Final = "Ref\tMeasure\tMay 23\tTarget\tRAG"


def _coloured(visits: str, assessments: str, value: str = "91%", month: str = "May 23") -> str:
    """A table in which visits stand at 71% against 90%, and assessments at a value against 88%, each with its colour."""
    return _table(
        f"1.1\t% of child protection visits on time\t71%\t90%\t{visits}\n"
        f"1.2\t% of assessments completed within 45 working days\t{value}\t88%\t{assessments}\n"
        "1.3\t% of reviews held on time\t84%\t90%\tAmber\n",
        _HEAD_RAG.replace("May 23", month),
    )


_REPORT: Final = """#Westhaven City Council

Inspection of local authority children's services

Inspection dates: 6 March 2023 to 17 March 2023

Report published: 28 April 2023

Lead inspector: Alma Trevithick
His Majesty's Inspector

Judgement	Grade
The impact of leaders on social work practice with children and families	Requires improvement to be good
The experiences and progress of children who need help and protection	Inadequate
The experiences and progress of children in care and care leavers	Good
Overall effectiveness	Inadequate

Services for children in Westhaven have not kept pace with demand. Too many children wait a long time before a social worker
visits them, and managers do not always see the delay. Children in care live in stable homes with carers who know them well,
and they speak warmly of the workers who visit them. Personal advisers keep in touch with care leavers patiently.
"""

_ASKED: Final = """
Recommendations

1. Improve the oversight of managers in supervision.

2. Ensure that plans are specific and have timescales.

3. Strengthen the quality of assessments.
"""

CASES: Final[tuple[Labelled, ...]] = (
    # A promise whose date moves
    _true("promise-slips", (_JUNE, "- 3.1 The new sufficiency strategy will be published by the end of September 2023.\n"),
          (_DEC, "- 3.1 The sufficiency strategy will be published in February 2024.\n")),
    _true("promise-slips", (_JUNE, "- 3.1 The family hub in Quay Street is due to open in September 2023.\n"),
          (_MARCH, "- 4.2 The family hub in Quay Street opened on 8 January 2024.\n")),
    _true("promise-slips", (_JUNE, "Action\tMilestone\tDue Date\tCompleted?\nA1\tSupervision policy agreed\t31-Jul-2023\tNo\n"),
          (_DEC, "Action\tMilestone\tDue Date\tCompleted?\nA1\tSupervision policy agreed\t31-Jan-2024\tNo\n")),
    _innocent("promise-slips", (_JUNE, "- 3.1 The new sufficiency strategy will be published by the end of September 2023.\n"),
              (_DEC, "- 3.1 The sufficiency strategy was published on 28 September 2023.\n")),
    _innocent("promise-slips", (_JUNE, "- 3.1 The family hub in Quay Street is due to open in September 2023.\n"),
              (_SEPT, "- 3.1 The family hub in Quay Street will open on 29 September 2023.\n")),
    _innocent("promise-slips", (_JUNE, "- 3.1 The first cohort of apprentices will start in September 2023.\n"),
              (_DEC, "- 3.1 The second cohort of apprentices will start in February 2024.\n")),
    _innocent("promise-slips", (_JUNE, "- 3.1 The quarterly update on audits will be presented in September 2023.\n"),
              (_SEPT, "- 3.1 The quarterly update on audits will be presented in December 2023.\n")),
    _innocent("promise-slips", (_JUNE, "- 3.1 A review of foster carer allowances will be completed by October 2023.\n"),
              (_SEPT, "- 3.1 A review of the school transport contracts will be completed by February 2024.\n")),
    # A grade promised for a date that moves
    _true("grade-promise-moves", (_JUNE, "- 1.1 The plan aims for services to be rated 'good' by March 2025.\n"),
          (_MARCH, "- 1.1 The plan aims for services to be rated 'good' by the autumn of 2025.\n")),
    _true("grade-promise-moves", (_JUNE, "- 1.1 We aim to achieve a judgement of 'good' by December 2024.\n"),
          (_MARCH, "- 2.4 The Council aims to achieve at least a 'good' rating by summer 2025.\n")),
    _innocent("grade-promise-moves", (_JUNE, "- 1.1 The plan aims for services to be rated 'good' by March 2025.\n"),
              (_MARCH, "- 1.1 We still aim for services to be rated 'good' by March 2025.\n")),
    _innocent("grade-promise-moves", (_JUNE, "- 1.1 The plan aims for services to be rated 'good' by March 2025.\n"),
              (_MARCH, "- 1.1 The plan aims for services to be rated 'outstanding' by March 2027.\n")),
    # Two dates in one paper
    _true("two-dates", "- 3.1 The case management system will go live in September 2023.\n\n- 6.2 The new case management system will go "
          "live by the end of November 2023.\n"),
    _true("two-dates", "- 3.1 Phase 1 of the family hub programme will be completed in July 2023.\n\n- 7.4 The first phase of the family hub "
          "programme will be completed by October 2023.\n"),
    _true("two-dates", "- 2.1 We expect the re-inspection between September 2023 and January 2024.\n\n- 5.1 Our inspection window is November 2023 "
          "to March 2024.\n"),
    _innocent("two-dates", "- 3.1 The case management system will go live in September 2023.\n\n- 6.2 The new case management system will go "
              "live on 18 September 2023.\n"),
    _innocent("two-dates", "- 3.1 Work on the new children's home will start in September 2023.\n\n- 6.2 Work on the new children's home will be "
              "completed by May 2024.\n"),
    _innocent("two-dates", "- 3.1 The case management system will go live in November 2023. It was originally due to go live in July 2023.\n"),
    _innocent("two-dates", "Action\tMilestone\tDue Date\tCompleted?\nA1\tReview progress\t31-Jul-2023\tNo\nA2\tReview progress\t31-Oct-2023\tNo\n"),
    # A promise in the future tense whose date is past
    _true("past-promises", "- 3.1 The quality assurance framework will be presented to the Board on 4 May 2023.\n"),
    _true("past-promises", "- 3.1 Recruitment of twelve social workers is due to be completed by the end of April 2023.\n"),
    _true("past-promises", (_SEPT, "- 3.1 The next monitoring visit will take place on 5 and 6 July 2023.\n")),
    _innocent("past-promises", "- 3.1 The quality assurance framework will be presented to the Board on 4 July 2023.\n"),
    _innocent("past-promises", "- 3.1 The quality assurance framework was presented to the Board on 4 May 2023.\n"),
    _innocent("past-promises", "- 3.1 In March we said that the hub would open by the end of April 2023, and it did.\n"),
    _innocent("past-promises", "- 3.1 It was due to be completed by April 2023 and has now been completed.\n"),
    # Milestones past due
    _true("overdue-milestones", "Action\tMilestone\tDue Date\tCompleted?\nA1\tNew policy agreed\t30-Apr-2023\tNo\nA2\tHub open\t30-Sep-2023\tNo\n"),
    _innocent("overdue-milestones", "Action\tMilestone\tDue Date\tCompleted?\nA1\tNew policy agreed\t30-Apr-2023\tYes\nA2\tHub open\t30-Sep-2023\tNo\n"),
    _innocent("overdue-milestones", "Action\tMilestone\tDue Date\tCompleted?\nA1\tNew policy agreed\t30-Jun-2023\tNo\n"),
    # Complete, and when?
    _true("undated-completion", "Action\tMilestone\tDue Date\tCompleted?\nA1\tPolicy agreed\t30-Apr-2023\tYes\nA2\tHub open\t31-May-2023\tYes\nA3\tManagers trained\t31-Mar-2023\tYes\n"),
    _innocent("undated-completion", "Action\tMilestone\tDue Date\tCompleted?\tNote\nA1\tPolicy agreed\t30-Apr-2023\tYes\tAgreed on 3 April 2023\nA2\tHub open\t31-May-2023\tYes\tOpened on 2 May 2023\nA3\tManagers trained\t31-Mar-2023\tYes\tDone on 28 March 2023\n"),
    # In progress, and its results presented
    _true("still-in-progress", "- 3.1 A review of home to school transport is currently under way. The findings of this review were presented to Cabinet in "
          "May 2023.\n"),
    _innocent("still-in-progress", "- 3.1 A review of home to school transport took place. The findings of this review were presented to Cabinet in May 2023.\n"),
    _innocent("still-in-progress", "- 3.1 A review of transport is now in progress. The results of the survey were presented to Cabinet in May 2023.\n"),
    # Targets met and missed
    _true("target-claims", "- 4.1 In May 2023, 91.4% of child protection visits were in timescale, so that the target of 95% was met.\n"),
    _true("target-claims", "- 4.1 Child protection visits in timescale stood at 91.4% in May 2023, above the target of 95%.\n"),
    _true("target-claims", "- 4.1 In May 2023, 96.2% of child protection visits were in timescale, and the target of 95% was not met.\n"),
    _true("target-claims", "- 4.1 Re-referrals within 12 months stood at 18.2% in May 2023, and the target of 20% was missed.\n"),
    _innocent("target-claims", "- 4.1 In May 2023, 96.2% of child protection visits were in timescale, so that the target of 95% was met.\n"),
    _innocent("target-claims", "- 4.1 Child protection visits in timescale stood at 91.4% in May 2023, below the target of 95%.\n"),
    _innocent("target-claims", "- 4.1 Re-referrals within 12 months stood at 18.2% in May 2023, so that the target of 20% was met.\n"),
    _innocent("target-claims", "- 4.1 Visits in timescale improved from 88.0% in March to 95.3% in May 2023, and we have now met our target of 95%.\n"),
    _innocent("target-claims", "- 4.1 In May 2023, 95% of child protection visits were in timescale and the target of 95.0% was met.\n"),
    _innocent("target-claims", "- 4.1 At 91.4% child protection visits in timescale are expected to exceed the target of 95% by March 2024.\n"),
    # Movements
    _true("movement-claims", "- 4.1 Assessments completed within 45 working days rose from 91.2% in March 2023 to 87.4% in May 2023.\n"),
    _true("movement-claims", "- 4.1 The number of children looked after fell from 338 at the end of March 2023 to 353 at the end of May 2023.\n"),
    _true("movement-claims", "- 4.1 Re-referrals within 12 months improved from 18.1% in March 2023 to 22.6% in May 2023.\n"),
    _true("movement-claims", "- 4.1 Agency staff covered 31.4% of social worker posts in May 2023, down from 28.2% in March 2023.\n"),
    _innocent("movement-claims", "- 4.1 Assessments completed within 45 working days fell from 91.2% in March 2023 to 87.4% in May 2023.\n"),
    _innocent("movement-claims", "- 4.1 Re-referrals within 12 months improved from 22.6% in March 2023 to 18.1% in May 2023.\n"),
    _innocent("movement-claims", "- 4.1 Agency staff covered 28.2% of social worker posts in May 2023, down from 31.4% in March 2023.\n"),
    _innocent("movement-claims", "- 4.1 Performance declined, with the average time increasing from 388 days in 2021/22 to 412 days in 2022/23.\n"),
    _innocent("movement-claims", "- 4.1 Visits did not improve: they went from 91.2% in March 2023 to 87.4% in May 2023.\n"),
    # Steady
    _true("steady-claims", "- 3.1 The number of children in care remains stable.\n" + _table(
        "1.1\tNumber of children looked after\t290\t303\t322\t338\t\n")),
    _innocent("steady-claims", "- 3.1 The number of children in care remains stable.\n" + _table(
        "1.1\tNumber of children looked after\t330\t333\t335\t338\t\n")),
    _innocent("steady-claims", "- 3.1 The number of children on child protection plans remains stable.\n" + _table(
        "1.1\tNumber of children looked after\t290\t303\t322\t338\t\n")),
    # All
    _true("universal-claims", "- 3.1 All care leavers now have an up-to-date pathway plan.\n" + _table(
        "1.1\t% of care leavers with an up-to-date pathway plan\t88.0%\t90.1%\t91.4%\t93.0%\t95%\n")),
    _innocent("universal-claims", "- 3.1 All care leavers now have an up-to-date pathway plan.\n" + _table(
        "1.1\t% of care leavers with an up-to-date pathway plan\t88.0%\t90.1%\t98.4%\t100%\t95%\n")),
    _innocent("universal-claims", "- 3.1 Managers are working to ensure that all care leavers have an up-to-date pathway plan.\n" + _table(
        "1.1\t% of care leavers with an up-to-date pathway plan\t88.0%\t90.1%\t91.4%\t93.0%\t95%\n")),
    _innocent("universal-claims", "- 3.1 All care leavers now have a personal adviser.\n" + _table(
        "1.1\t% of care leavers with an up-to-date pathway plan\t88.0%\t90.1%\t91.4%\t93.0%\t95%\n")),
    # The highest since
    _true("record-claims", "- 4.1 In May 2023 87.2% of assessments were completed within 45 working days, the highest since January 2023.\n\n"
          "- 4.2 In March 2023 90.4% of assessments were completed within 45 working days.\n"),
    _innocent("record-claims", "- 4.1 In May 2023 91.2% of assessments were completed within 45 working days, the highest since January 2023.\n\n"
              "- 4.2 In March 2023 90.4% of assessments were completed within 45 working days.\n"),
    _innocent("record-claims", "- 4.1 In May 2023 87.2% of assessments were completed within 45 working days, the highest since January 2023.\n\n"
              "- 4.2 In December 2022 90.4% of assessments were completed within 45 working days.\n"),
    # On track after its date
    _true("targets-short-of", "- 3.1 Target 1: recruit 35 social workers - 29 to date (on target)\n\n- 5.2 We will have recruited 35 social workers by the end of "
          "April 2023.\n"),
    _innocent("targets-short-of", "- 3.1 Target 1: recruit 35 social workers - 29 to date (on target)\n\n- 5.2 We will have recruited 35 social workers by the "
              "end of October 2023.\n"),
    # Another value in a later paper
    _true("restated", (_JUNE, "- 4.1 In 2022/23, 78.6% of assessments were completed within 45 working days.\n"),
          (_DEC, "- 4.1 In 2022/23, 74.1% of assessments were completed within 45 working days.\n")),
    _true("restated", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER.replace("89.4%", "86.2%"), _HEAD_LATER))),
    _innocent("restated", (_JUNE, "- 4.1 In 2022/23, 78.6% of assessments were completed within 45 working days.\n"),
              (_DEC, "- 4.1 In 2022/23, 79% of assessments were completed within 45 working days.\n")),
    _innocent("restated", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER, _HEAD_LATER))),
    _innocent("restated", (_JUNE, "- 4.1 In 2022/23, 78.6% of assessments were completed within 45 working days.\n"),
              (_DEC, "- 4.1 In 2021/22, 74.1% of assessments were completed within 45 working days.\n")),
    # Targets that move
    _true("moving-targets", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER.replace("\t88%", "\t86%"), _HEAD_LATER))),
    _innocent("moving-targets", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER, _HEAD_LATER))),
    # Colours
    _true("rag-against-target", (_JUNE, _coloured("Green", "Green"))),
    _true("rag-against-target", (_JUNE, _coloured("Red", "Red"))),
    _innocent("rag-against-target", (_JUNE, _coloured("Red", "Green"))),
    _innocent("rag-against-target", (_JUNE, _coloured("Red", "Green", value="88%"))),
    _true("rag-rules", (_JUNE, _coloured("Red", "Red", "84%")), (_SEPT, _coloured("Red", "Green", "83%", "Aug 23"))),
    _innocent("rag-rules", (_JUNE, _coloured("Red", "Red", "84%")), (_SEPT, _coloured("Red", "Green", "89%", "Aug 23"))),
    # Labels
    _true("turned-labels", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER.replace("three or more", "three or less"), _HEAD_LATER))),
    _true("turned-labels", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER.replace("45 working", "35 working"), _HEAD_LATER))),
    _innocent("turned-labels", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER, _HEAD_LATER))),
    _innocent("turned-labels", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER.replace("three or more", "3 or more"), _HEAD_LATER))),
    # Indicators that vanish
    _true("vanished-indicators", (_JUNE, _table(_ROWS)), (_SEPT, _table("\n".join(_LATER.splitlines()[:5]), _HEAD_LATER))),
    _innocent("vanished-indicators", (_JUNE, _table(_ROWS)), (_SEPT, _table(_LATER, _HEAD_LATER))),
    _innocent("vanished-indicators", (_JUNE, _table(_ROWS)), (_SEPT, _table("9.1\tNumber of library visits\t1,200\t100\t110\t120\t130\n", _HEAD_LATER))),
    # Weekdays and years
    _true("wrong-weekdays", "- 3.1 The Panel will meet again on Tuesday, 20 September 2023.\n"),
    _innocent("wrong-weekdays", "- 3.1 The Panel will meet again on Wednesday, 20 September 2023.\n"),
    _true("year-slips", "- 3.1 At the Scrutiny Panel held on 17 January 2023 members asked for a plan.\n\n- 6.4 The Scrutiny Panel held on 17 January 2022 noted "
          "the same.\n"),
    _innocent("year-slips", "- 3.1 At the Scrutiny Panel held on 17 January 2023 members asked for a plan.\n\n- 6.4 The Scrutiny Panel held on 18 January 2022 noted "
              "the same.\n"),
    # Visits
    _true("visit-counts", "- 3.1 The Council has now had two monitoring visits from Ofsted.\n\n- 3.7 The third monitoring visit took place on 12 and 13 April 2023.\n"),
    _innocent("visit-counts", "- 3.1 The Council has now had three monitoring visits from Ofsted.\n\n- 3.7 The third monitoring visit took place on 12 and 13 April 2023.\n"),
    _innocent("visit-counts", "- 3.1 The Council has now had two monitoring visits from Ofsted.\n\n- 3.7 The third monitoring visit will take place on 12 and 13 July 2023.\n"),
    _true("visit-dates", (_JUNE, "- 3.1 Ofsted's third monitoring visit took place on 12 and 13 April 2023.\n"),
          (_SEPT, "- 3.1 Ofsted's third monitoring visit took place on 19 and 20 April 2023.\n")),
    _innocent("visit-dates", (_JUNE, "- 3.1 Ofsted's third monitoring visit took place on 12 and 13 April 2023.\n"),
              (_SEPT, "- 3.1 Ofsted's third monitoring visit took place in April 2023.\n")),
    _innocent("visit-dates", (_JUNE, "- 3.1 Ofsted's third monitoring visit took place on 12 and 13 April 2023.\n"),
              (_SEPT, "- 3.1 Ofsted's fourth monitoring visit took place on 16 and 17 August 2023.\n")),
    # Grades
    _true("stated-recommendations", _REPORT + _ASKED, "- 3.1 Ofsted's report of April 2023 made five recommendations.\n"),
    _innocent("stated-recommendations", _REPORT + _ASKED, "- 3.1 Ofsted's report of April 2023 made three recommendations.\n"),
    _true("stated-grades", _REPORT, "- 3.1 Ofsted inspected our services in March 2023 and rated them 'requires improvement to be good' overall.\n"),
    _innocent("stated-grades", _REPORT, "- 3.1 Ofsted inspected our services in March 2023 and rated them 'inadequate' overall.\n"),
    # Quotations
    _true("quotations", _REPORT, "- 3.1 In its report of April 2023 Ofsted said that \"children wait a long time before a social worker visits them, and managers "
          "always see the delay\".\n"),
    _true("quotations", _REPORT, "- 3.1 Inspectors found that \"children in care live in stable families with carers who know them very well\".\n"),
    _innocent("quotations", _REPORT, "- 3.1 Inspectors found that \"children in care live in stable homes with carers who know them well\".\n"),
    _innocent("quotations", _REPORT, "- 3.1 The report of April 2023 says that \"Children in care live in stable homes … and they speak warmly of the workers who visit "
              "them\".\n"),
    _innocent("quotations", _REPORT, "- 3.1 Ofsted inspects under its \"Framework, evaluation criteria and inspector guidance for the inspections of services\".\n"),
    _innocent("quotations", "- 3.1 Inspectors found that \"children in care live in stable homes with carers who know them well\".\n"),
    # Months that stand out
    _true("outliers", _table("1.1\t% of single assessments out of date\t3.1%\t0.4%\t41.3%\t3.9%\t2.8%\t3.3%\t5%\n",
                             "Ref\tMeasure\t2022/23\tJan 23\tFeb 23\tMar 23\tApr 23\tMay 23\tTarget")),
    _innocent("outliers", _table("1.1\t% of single assessments out of date\t3.1%\t0.4%\t11.3%\t3.9%\t2.8%\t3.3%\t5%\n",
                                 "Ref\tMeasure\t2022/23\tJan 23\tFeb 23\tMar 23\tApr 23\tMay 23\tTarget")),
    _innocent("outliers", _table("1.1\t% of care leavers in suitable accommodation\t60.1%\t41.0%\t52.3%\t63.9%\t77.8%\t89.3%\t95%\n",
                                 "Ref\tMeasure\t2022/23\tJan 23\tFeb 23\tMar 23\tApr 23\tMay 23\tTarget")),
    # A second round, in other words
    _true("promise-slips",(_JUNE,"- 2.4 Cabinet will consider the placement sufficiency strategy in October 2023.\n"),(_DEC,"- 2.4 The placement sufficiency strategy will now go to Cabinet in March 2024.\n")),
    _true("promise-slips",(_JUNE,"- 2.4 Recruitment to the new edge of care team will be complete by August 2023.\n"),(_DEC,"- 3.2 The edge of care team will be fully recruited by the end of February 2024.\n")),
    _true("promise-slips",(_JUNE,"- 2.4 We will implement the new practice model across all teams by September 2023.\n"),(_MARCH,"- 3.2 The practice model was implemented across all teams in February 2024.\n")),
    _innocent("promise-slips",(_JUNE,"- 2.4 The recruitment campaign for foster carers will be launched in July 2023.\n"),(_SEPT,"- 2.4 A recruitment campaign for personal advisers will be launched in November 2023.\n")),
    _innocent("promise-slips",(_JUNE,"- 2.4 An audit of supervision will be completed by July 2023.\n"),(_SEPT,"- 2.4 An audit of pathway plans will be completed by December 2023.\n")),
    _innocent("promise-slips",(_JUNE,"- 2.4 Training on the new recording standards will start in July 2023.\n"),(_SEPT,"- 2.4 Training on the new recording standards will be completed by December 2023.\n")),
    _innocent("promise-slips",(_JUNE,"- 2.4 The Board will receive an update on workforce in September 2023.\n"),(_SEPT,"- 2.4 The Board will receive an update on workforce in December 2023.\n")),
    _true("two-dates","- 2.2 The children's home at Mill Lane will open in October 2023.\n\n- 8.3 Capital works end in the winter and the children's home at Mill Lane is expected to open in January 2024.\n"),
    _true("two-dates","- 2.2 The neglect strategy will be published in September 2023.\n\n- 8.3 The neglect strategy is due to be published by the end of July 2023.\n"),
    _innocent("two-dates","- 2.2 The neglect strategy will be consulted on until the end of July 2023.\n\n- 8.3 The neglect strategy will be published in October 2023.\n"),
    _innocent("two-dates","- 2.2 The first residential home will open in October 2023.\n\n- 8.3 The second residential home will open in May 2024.\n"),
    _innocent("two-dates","- 2.2 A draft neglect strategy will be presented in July 2023.\n\n- 8.3 The final neglect strategy will be presented in October 2023.\n"),
    _true("past-promises","- 5.2 The recruitment of a new head of service is expected to conclude in April 2023.\n"),
    _true("past-promises",(_SEPT,"- 5.2 A full report will be taken to Cabinet in July 2023.\n")),
    _innocent("past-promises","- 5.2 At its last meeting the Panel was told that a report would be taken to Cabinet in April 2023.\n"),
    _innocent("past-promises","- 5.2 By the end of May 2023 we had recruited twelve social workers.\n"),
    _innocent("past-promises","- 5.2 The contract will run from April 2023 for three years.\n"),
    _innocent("past-promises","- 5.2 Since the strategy was agreed in April 2023 work will continue.\n"),
    _true("target-claims","- 4.2 88.1% of care leavers were in suitable accommodation at the end of May 2023 (target 90%: achieved).\n"),
    _innocent("target-claims","- 4.2 Care leavers in suitable accommodation stood at 91.0% in May 2023, above the England average of 88% but below our target of 95%.\n"),
    _innocent("target-claims","- 4.2 At 91.0% in May 2023 care leavers in suitable accommodation exceeded last year's 88% and are moving towards the target of 95%.\n"),
    _innocent("target-claims","- 4.2 In May 2023 the rate of re-referrals was 17.8%, which is below the target of 20% and therefore better.\n"),
    _innocent("target-claims","- 4.2 The target of 95% was not met in May 2023, when 93.4% of visits were in time.\n"),
    _innocent("target-claims","- 4.2 In May 2023 vacancies were 12.5%, lower than the 15% target.\n"),
    _innocent("target-claims","- 4.2 Two of the five localities met the target of 90% in May 2023; overall 86.3% of plans were up to date.\n"),
    _true("movement-claims","- 4.3 The number of children on a child protection plan has increased from 224 in March 2023 to 206 in May 2023.\n"),
    _true("movement-claims","- 4.3 Turnover of social workers has reduced to 17.9%, from 16.2% a year ago.\n"),
    _true("movement-claims","- 4.3 Caseloads averaged 17.4 in May 2023, a reduction from 16.9 in March 2023.\n"),
    _innocent("movement-claims","- 4.3 The number of children on a child protection plan has reduced from 224 in March 2023 to 206 in May 2023.\n"),
    _innocent("movement-claims","- 4.3 The increase in referrals slowed, from 12% in March 2023 to 4% in May 2023.\n"),
    _innocent("movement-claims","- 4.3 Turnover rose in the spring, but over the year it moved from 16.2% to 14.9%.\n"),
    _innocent("movement-claims","- 4.3 Waiting times fell; the number of families helped went up from 112 in March 2023 to 140 in May 2023.\n"),
    _innocent("movement-claims","- 4.3 The rate dropped from first to third in the region.\n"),
    _innocent("restated",(_JUNE,"- 4.1 At the end of March 2023 there were 353 children looked after.\n"),(_DEC,"- 4.1 At the end of March 2023 there were 353 children looked after; 41 of them had three or more placements.\n")),
    _innocent("restated",(_JUNE,"- 4.1 About 80% of assessments were completed within 45 working days in 2022/23.\n"),(_DEC,"- 4.1 In 2022/23, 81.3% of assessments were completed within 45 working days.\n")),
    _innocent("universal-claims","- 3.1 Nearly all care leavers have an up-to-date pathway plan.\n"+_table("1.1\t% of care leavers with an up-to-date pathway plan\t88.0%\t90.1%\t91.4%\t93.0%\t95%\n")),
    _true("steady-claims","- 3.1 Numbers of children subject to child protection plans have been stable.\n"+_table("1.1\tNumber of children subject to a child protection plan\t180\t196\t204\t221\t\n")),
    _true("visit-counts", "- 3.1 There have been two monitoring visits so far.\n\n- 3.7 Ofsted's third monitoring visit was on 12 and 13 April 2023.\n"),
    _innocent("visit-counts", "- 3.1 There have been three monitoring visits so far.\n\n- 3.7 Ofsted's third monitoring visit was on 12 and 13 April 2023.\n"),
    _innocent("visit-counts", "- 3.1 There have been two monitoring visits in 2022.\n\n- 3.7 Ofsted's third monitoring visit was on 12 and 13 April 2023.\n"),
    _true("visit-counts","- 3.1 We have had four monitoring visits so far.\n\n- 3.7 Ofsted's third monitoring visit was on 12 and 13 April 2023.\n"),
    _innocent("visit-counts","- 3.1 In 2022 we had two monitoring visits.\n\n- 3.7 Ofsted's third monitoring visit was on 12 and 13 April 2023.\n"),
    _true("quotations",_REPORT,"- 3.1 Ofsted reported that \"many children wait for a long time before a social worker visits them\".\n"),
    _true("quotations",_REPORT,"- 3.1 The inspection report says: “Services for children in Westhaven have kept pace with demand”.\n"),
    _innocent("quotations",_REPORT,"- 3.1 The inspection report says: “Services for children in Westhaven have not kept pace with demand”.\n"),
    _innocent("quotations",_REPORT,"- 3.1 A peer review in May found that “the front door works well and partners know the thresholds of help”.\n"),
    _true("stated-grades",_REPORT,"- 3.1 In April 2023 Ofsted published its report, in which children in care and care leavers were judged 'outstanding'.\n"),
    _true("year-slips","- 1.1 Cabinet on 12 January 2023 agreed the plan.\n\n- 4.4 As Cabinet on 12 January 2022 asked, the plan has a timetable.\n"),
    _true("wrong-weekdays","- 1.1 The visit took place on Monday 11th and Tuesday 13th April 2023.\n"),
    _true("overdue-milestones","Action\tLead\tDue date\tStatus\nAgree the neglect strategy\tHead of Service\t31/03/2023\tIn progress\nOpen the hub\tDirector\t30/09/2023\tOn track\n"),
    _true("moving-targets",(_JUNE,"- 4.1 Re-referrals stood at 22.0% in May 2023 against a target of 20%.\n"),(_DEC,"- 4.1 Re-referrals stood at 23.1% in November 2023 against a target of 24%.\n")),
)  # fmt: skip

MISSED: Final[tuple[Labelled, ...]] = (
    _true("promise-slips",(_JUNE,"- 2.4 It is intended that the neglect toolkit be launched in September 2023.\n"),(_DEC,"- 3.2 The neglect toolkit is to be launched in January 2024.\n")),
    _true("target-claims","- 4.2 With 79.8% of reviews on time in May 2023 we met our target of 85%.\n"),
    _true("target-claims","- 4.2 Visits within timescale were at 88.0% at the end of May 2023, exceeding the 92% target.\n"),
    _true("target-claims","- 4.2 The number of children in care placed out of area was 48 in May 2023, meeting the target of no more than 40.\n"),
    _true("movement-claims","- 4.3 There was an improvement in care leavers in education, employment or training from 56.9% in March 2023 to 54.0% in May 2023.\n"),
    _true("restated",(_JUNE,"- 4.1 At the end of March 2023 there were 353 children looked after.\n"),(_DEC,"- 4.1 At the end of March 2023 there were 341 children looked after and there are 366 now.\n")),
    _true("universal-claims","- 3.1 Every child on a child protection plan has been seen in the last ten working days.\n"+_table("1.1\t% of children on a child protection plan seen in the last 10 working days\t88.0%\t90.1%\t91.4%\t93.0%\t95%\n")),
)  # fmt: skip
"""What the checks are known to miss: the measure's good direction is not known, the words are too far from the figures, or the
records do not link. Counted in the table like the others."""
