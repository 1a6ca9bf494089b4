"""Measures of the registry in a paper's own words: which indicator a wording names, where no look-alike could be meant.

The words must name all that one of the indicator's wordings names, and nothing that the indicator does not speak of; the
unit must fit; numbers, ages and the words that tell look-alikes apart must agree. In doubt there is no match.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.registries import Indicator, indicators
from linking.measure_words import MeasureWords, measure_words

# Wordings of the registry that name several measures, or none for sure: "NEET" may be of 16 year olds, "agency cover" of posts
# or of vacancies, "EHC plans in 20 weeks" with or without exceptions.
_DOUBTFUL = frozenset(
    """EET|EET 17-18|EET 19-21|NEET|leavers|vacancies|A1|A2|A10|D35|D78|FTE|FTEs|NTS|KIT|dentist|university|attendance|CIN|20 miles|20+ miles|in touch|UASC|SGO
    |agency cover|distance placements|OOA placements|placed over 20 miles from home|CP plans 2 years+|CP 24 months+|CLA seen alone|IHA|caseload|A1 scorecard|A2 scorecard|absence rate
    |sickness rate|EHCP timeliness|EHC plans within 20 weeks|EHCPs in 20 weeks|in foster care|special guardianship orders|adoption orders|cases per social worker|persistent absence
    |staff supervised in month|case supervision recorded|immunisations|placement moves|pathway plans|locums|interim social workers|percentage adopted|three or more social workers|supervisions completed
    |contacts|Referrals|suitable accommodation 17-18|suitable accommodation 19-21|children in care|looked after children|children looked after|Children in need|CP numbers|children adopted|s31 applications
    |family-based placements|placement cost|long-running CP plans|CP plans that ended after two years or more|emotional health score|IRO reviews|children on CP plans|children on a child protection plan
    |Children subject of a child protection plan|Section 47 enquiries|S47s started|child protection enquiries|Children looked after|referrals received|contacts to the front door|open CIN cases""".replace(
        "\n    ", ""
    ).split("|")
)

# Further wordings of councils, in our own words.
_FURTHER: Mapping[str, tuple[str, ...]] = {
    "contacts_1d_pct": (
        "contacts with a decision in 1 day",
        "contacts processed in one day",
        "contacts screened within 24 hours",
        "contacts actioned within one day",
        "decisions on contacts made within 1 day",
        "contacts responded to within one day",
        "contacts dealt with in one day",
        "front door contacts triaged within one day at the MASH",
    ),
    "contacts_to_referral_pct": (
        "contacts to the front door that became a referral",
        "contacts to the MASH accepted as a referral",
        "contacts to referral conversion",
        "contacts taken to referral",
    ),
    "referrals_n": ("total referrals", "total referrals to social care"),
    "referral_rate": ("referrals to social care", "rate of referrals to children's social care"),
    "re_referral_pct": (
        "referrals that were re-referrals",
        "re-referrals to social care",
        "repeat referrals to children's social care within 12 months of a referral",
    ),
    "re_referral_child_pct": (
        "children re-referred within a year",
        "referred children who were re-referred in 12 months",
    ),
    "assess_45d_pct": (
        "assessments in timescale within 45 days",
        "assessments authorised within 45 days",
        "assessments done in 45 days",
        "children's social care assessments finished in 45 days",
        "assessments completed in timescale",
        "social care assessments closed in timescale",
    ),
    "mgmt_oversight_pct": ("cases with management oversight", "open cases showing management oversight on file"),
    "supervision_pct": (
        "staff supervised in timescale",
        "staff receiving supervision in timescale",
        "social workers supervised in timescale",
    ),
    "cin_plan_pct": (
        "children in need with an up to date plan",
        "children in need with an up to date CIN plan in place",
        "open CIN cases with a plan on file",
    ),
    "cin_visits_pct": ("children in need seen in timescale", "CIN visited and seen in timescale"),
    "cin_review_pct": ("CIN reviewed in timescale", "CIN reviews on time"),
    "s47_rate": ("section 47 investigations started",),
    "icpc_15d_pct": (
        "ICPC within 15 days of strategy discussion",
        "ICPC in timescale within 15 days of a section 47 start",
        "children with an ICPC within 15 days of the strategy meeting",
        "ICPC convened within 15 days from section 47",
    ),
    "cpp_repeat_pct": (
        "children starting a repeat CP plan who previously had a plan",
        "new child protection plans that were repeat plans",
        "plans that were second or subsequent for the child ever",
    ),
    "cpp_repeat_2y_pct": (
        "new repeat plans within two years of an earlier plan ending",
        "repeat plans started within two years of the previous plan",
    ),
    "cpp_2y_open_pct": (
        "children currently on an open child protection plan for two years or more",
        "open child protection plans of two years or more duration",
        "open plans lasting over two years",
    ),
    "cpp_2y_ceased_pct": (
        "child protection plans ceasing after two years or more",
        "child protection plans ending after two years or more duration",
        "child protection plans closed lasting two years or more",
        "plans that ended having lasted two years or more",
    ),
    "cpp_reviewed_pct": (
        "child protection plans reviewed on time",
        "children on a child protection plan whose case was reviewed in timescale",
        "RCPC held in timescale",
    ),
    "cp_visits_pct": (
        "children subject to a child protection plan visited in timescale",
        "children on a child protection plan seen in timescale",
        "child protection visits within 10 days in timescale",
        "children on child protection plans visited within 10 days",
        "children on child protection plans seen within 10 days",
    ),
    "cla_n": ("total children looked after", "total number of looked after children"),
    "cla_3plus_pct": (
        "children in care who had three or more placements",
        "looked after children with three or more placement moves",
        "placement stability three or more placements short term",
        "short term stability of placements three or more moves",
        "children who moved home three or more times placements",
    ),
    "cla_3plus_2y_pct": ("children in care with three or more placement moves in two years",),
    "cla_long_stable_pct": (
        "children looked after for 2.5 years or more in the same placement for two years or more",
        "looked after children under 16 in care for 2.5 years or more who lived in the same placement for over two years",
        "stability long term same placement for at least two years",
        "same placement for at least two years",
        "looked after children living with the same carer or placement for two years or more",
        "children in care for 2.5 years living in the same placement for two years",
        "long term stability of placement",
        "long term placement stability same home two years",
    ),
    "cla_20miles_pct": (
        "children in care placed more than 20 miles from home and outside the boundary",
        "children looked after living over 20 miles away outside the area",
        "children in care placed outside the local authority boundary and 20 miles or more from home",
    ),
    "cla_20miles_any_pct": (
        "children in care living more than 20 miles from home",
        "looked after children placed 20 miles or more away from their home address",
        "children in care living over 20 miles away",
    ),
    "cla_foster_pct": (
        "children looked after living in foster care",
        "children in care placed in foster placements",
        "children in care living with foster carers",
    ),
    "cla_reviews_pct": (
        "looked after children reviewed in timescale",
        "statutory reviews of looked after children on time",
        "children in care whose case was reviewed in timescale",
    ),
    "cla_visits_pct": (
        "children in care seen in timescale",
        "children in care with a visit on time",
        "children looked after visited and seen in timescale",
    ),
    "cla_health_pct": (
        "children looked after for 12 months or more with an up to date health assessment",
        "RHA completed in timescale",
        "looked after children with an RHA",
        "children in care with an annual health assessment up to date",
        "looked after children health assessment up to date",
    ),
    "cla_iha_20wd_pct": (
        "IHA within 20 days of entering care",
        "IHA in timescale within 20 days of coming into care",
        "children in care with an IHA in timescale",
        "IHA in 20 days of becoming looked after",
        "initial health assessments",
        "IHA within 20 days of start of care cla",
    ),
    "cla_dental_pct": (
        "children in care who had seen a dentist",
        "looked after children with an up to date dental check",
        "children looked after seen by a dentist",
        "children in care teeth checked by a dentist",
        "dental checks in last year",
    ),
    "cla_imms_pct": (
        "children in care up to date with immunisations",
        "looked after children with up to date immunisations",
        "children in care fully immunised vaccinations up to date",
    ),
    "cla_sdq_avg": ("average SDQ", "SDQ score average for looked after children"),
    "cla_pep_pct": (
        "PEPs completed each term",
        "looked after children with an up to date PEP",
        "school age children in care with a PEP",
        "PEPs completed in timescale",
    ),
    "cla_missing_pct": ("children in care who had a missing episode",),
    "rhi_72h_pct": (
        "RHI held within 72 hours of return",
        "return home interviews completed in 72 hours after the child returned",
        "children with a return home interview within 72 hours of being found",
    ),
    "cl_touch_pct": (
        "care leavers with whom the authority is in touch",
        "care leavers we keep in touch with",
        "care leavers where contact is maintained in touch",
    ),
    "cl_accom_pct": (
        "care leavers living in suitable accommodation",
        "care leavers deemed to be in suitable accommodation",
        "care leavers housed in accommodation judged suitable",
    ),
    "cl_accom_17_18_pct": ("care leavers aged 17 and 18 living in suitable accommodation",),
    "cl_accom_19_21_pct": ("care leavers aged 19 to 21 living in suitable accommodation",),
    "cl_eet_pct": ("care leavers who are in EET", "care leavers EET engaged"),
    "cl_eet_19_21_pct": ("care leavers aged 19-21 in EET",),
    "cl_eet_17_18_pct": ("care leavers aged 17-18 in EET",),
    "cl_neet_pct": ("care leavers who are NEET",),
    "cl_he_pct": ("care leavers attending university", "care leavers in university education"),
    "cl_pathway_pct": (
        "care leavers whose pathway plan is up to date",
        "care leavers who have an up-to-date pathway plan",
    ),
    "sw_vacancy_pct": (
        "vacancy rate for social workers",
        "social worker posts that are vacant",
        "vacant social worker posts",
        "social worker FTE vacancy rate posts",
    ),
    "sw_agency_pct": (
        "social worker posts filled by agency staff",
        "social worker posts covered by agency workers",
        "case holding posts filled by agency staff",
        "social worker workforce that are agency workers",
        "agency staff as a share of the workforce",
        "posts held by agency social workers",
        "posts occupied by agency workers",
        "workforce agency staff",
        "agency staff covered social worker posts",
        "agency rate social work workforce",
    ),
    "sw_agency_hc_pct": ("headcount agency rate social workers",),
    "sw_turnover_pct": ("turnover of social workers", "social worker turnover", "turnover rate for social workers FTE"),
    "sw_turnover_hc_pct": ("headcount turnover of social workers",),
    "sw_caseload_avg": (
        "average caseload per social worker",
        "average number of children held per social worker caseload",
        "average caseload of social workers FTE",
    ),
    "sickness_days": (
        "sickness",
        "sickness days lost per FTE",
        "working days lost per employee to sickness absence FTE",
        "days of sickness absence per FTE",
        "average days lost to sickness absence per FTE",
        "sickness absence days per FTE employee",
    ),
    "audit_good_pct": (
        "case audits graded good or better",
        "audits judged good or outstanding",
        "audited cases rated good or better",
        "case file audits found to be good or outstanding",
        "audits good or outstanding",
    ),
    "ehcp_20w_pct": (
        "EHC plans completed in 20 weeks excluding exceptions",
        "EHC plans issued on time in 20 weeks excluding exception cases",
        "final EHC plans within 20 weeks excluding exceptions",
    ),
    "ehcp_20w_all_pct": (
        "EHC plans completed in 20 weeks including exceptions",
        "EHC plans issued on time in 20 weeks including exception cases",
        "final EHC plans within 20 weeks including exceptions",
    ),
    "fte_yjs_rate": (
        "first time entrants to youth justice aged 10 to 17",
        "first time entrants (FTE) to the youth justice system",
        "first time entrants to the criminal justice system",
        "young people first time entrants",
    ),
    "adoption_a10_days": (
        "average time between a child entering care and moving in with its adoptive family",
        "days between entering care and placement with adopters",
        "average time from entering care to moving in with adopters",
    ),
    "adoption_a2_days": (
        "average time between placement order and match to an adoptive family",
        "days between receiving the placement order and matching with adopters",
        "average time from placement order to matching",
    ),
    "cla_start_rate": ("rate of children entering care",),
}
_UNITS: Mapping[str, frozenset[str]] = {
    "ratio": frozenset(("ratio", "count", "score", "cases")),
    "score": frozenset(("score", "count", "ratio")),
}
_COUNTED = re.compile(r"\b(?:numbers?|no\.|total|average|caseloads?)(?!\w)", re.IGNORECASE)
_NOT_MATCHED = frozenset(("grade",))
# A single word is enough only with these beside it: "agency rate (social workers)".
_BESIDE_ONE_WORD = frozenset(("socialworker", "fte"))


class _Wording(NamedTuple):
    words: MeasureWords
    key: str


class _Known(NamedTuple):
    """The indicators' wordings by one of their words, and what each indicator may speak of."""

    by_word: Mapping[str, tuple[_Wording, ...]]
    vocabulary: Mapping[str, frozenset[str]]
    tells: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]


@cache
def _known() -> _Known:
    by_word: dict[str, list[_Wording]] = defaultdict(list)
    vocabulary: dict[str, frozenset[str]] = {}
    tells: dict[str, frozenset[str]] = {}
    units: dict[str, frozenset[str]] = {}
    for indicator in indicators():
        if indicator.unit in _NOT_MATCHED:
            continue
        read = [measure_words(w) for w in _wordings(indicator)]
        of = measure_words(f"{indicator.denominator} {indicator.age_band}")
        vocabulary[indicator.key] = frozenset().union(*(w.names for w in read), of.names - {"start", "end"})
        tells[indicator.key] = frozenset().union(*(w.tells for w in read), _ages(indicator))
        units[indicator.key] = _UNITS.get(indicator.unit, frozenset((indicator.unit,)))
        for words in dict.fromkeys(read):
            if words.names:
                by_word[min(words.names)].append(_Wording(words, indicator.key))
    return _Known({w: tuple(found) for w, found in by_word.items()}, vocabulary, tells, units)


def _wordings(indicator: Indicator) -> list[str]:
    """The indicator's names that can be meant for nothing else."""
    said = (indicator.name, *indicator.aliases, *_FURTHER.get(indicator.key, ()))
    return [w for w in said if w not in _DOUBTFUL]


def _ages(indicator: Indicator) -> frozenset[str]:
    """The ages that the definition itself speaks of: a paper may print them or not."""
    band = indicator.age_band
    return measure_words(f"aged {band}").tells if band else frozenset()


@lru_cache(maxsize=50_000)
def known_measure(text: str, unit: str) -> str | None:
    """The registry's key for the measure that `text` names in values of `unit`, None where none is meant for sure."""
    known = _known()
    words = measure_words(text)
    if unit == "count" and not _COUNTED.search(text):
        return None  # "eight children in care": which of them, the words do not say
    best: dict[str, tuple[int, int]] = {}
    for name in words.names:
        for wording in known.by_word.get(name, ()):
            if unit in known.units[wording.key] and _means(words, wording, known):
                fit = (len(wording.words.names), len(wording.words.tells))
                best[wording.key] = max(best.get(wording.key, (0, 0)), fit)
    if not best:
        return None
    nearest = max(best.values())
    keys = [key for key, fit in best.items() if fit == nearest]
    return keys[0] if len(keys) == 1 else None


def _means(words: MeasureWords, wording: _Wording, known: _Known) -> bool:
    """Whether the words name what the wording names, and nothing foreign to its indicator."""
    if not wording.words.names <= words.names or not wording.words.tells <= words.tells:
        return False
    allowed = known.vocabulary[wording.key] if len(wording.words.names) > 1 else _BESIDE_ONE_WORD
    extra = words.names - wording.words.names
    if len(wording.words.names) == 1 and wording.words.tells - wording.words.names:
        allowed = known.vocabulary[wording.key]  # "assessments ... 45 days": the number makes up for the second word
    return extra <= allowed and words.tells <= known.tells[wording.key]
