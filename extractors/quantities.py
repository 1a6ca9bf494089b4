"""Numbers in prose with their units: percentages, money, rates, durations, scores and counts of a named thing.

Our own grammar: libraries read "£3.2m" as pound-metres and "from 78.2% to 84.7%" as their mean. Every number is either a
quantity or set aside with the reason, so that none is dropped without a word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from schema.period_words import PeriodWords
from schema.records import Qualifier


class Quantity(NamedTuple):
    """`text[start:end]` is a number. `aside` says why it is no figure (then `unit` means nothing), None where it is one.

    `value` is scaled to units of one; a range has its high end in `high`. A word that loosens the
    number ("over", "about") is its `qualifier` and not part of the span.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    qualifier: Qualifier
    aside: str | None = None
    words: bool = False  # written in words


_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mill": 6, "million": 6, "bn": 9, "billion": 9}
"""Powers of ten: a value is scaled by moving its point, so that it keeps how finely it was printed."""
_SCALE = r"(?:thousand|million|mill|billion|mn|bn|[mkMK])\b"
_PERCENT = r"(?:%|per\s?cent\b|percent\b|percentage\b)"
_POINTS = r"(?:\s?(?:percentage|%|per\s?cent)\s?(?:age\s)?(?:points?|pts?)\b|\s?(?:pp|ppts?|%pts?)\b)"
_UNIT_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SMALL = {w: n for n, w in enumerate(_UNIT_WORDS, start=1)}
_WORD_NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_UNIT_WORDS[:9])}))?|(?:{'|'.join(_UNIT_WORDS)})|(?:a|one)\s+hundred)"

_NUMBER = re.compile(
    rf"""
    (?<![\w£.,])                                   # not inside a word, a longer number or behind a currency sign
    (?P<sign>[-–−](?=£?\d))?
    (?P<currency>£\s?[-–−]?\s?)?
    (?P<low>{_NUM})
    (?P<lowscale>\s?{_SCALE}(?=\s?(?:[-–—]|to\b|and\b)\s?£))?
    (?P<lowpercent>\.?\s?%(?=\s?[-–—]\s?\d))?
    (?:(?P<dash>\s?[-–—]\s?|\s+to\s+|\s+and\s+)(?:£\s?)?(?P<high>{_NUM})(?=[^\d.,]|[.,](?!\d)|$))?
    (?:
        (?P<points>{_POINTS})
      | \.?\s?(?P<percent>{_PERCENT})
      | \s?(?P<scale>{_SCALE})
    )?
    """,
    re.VERBOSE,
)
_WORDS_PERCENT = re.compile(
    rf"\b(?P<words>{_WORD_NUMBER})\s+(?P<percent>per\s?cent|percent|percentage\s+points?)\b", re.IGNORECASE
)
_WORDS_COUNT = re.compile(rf"(?<![\w-])(?P<words>{_WORD_NUMBER})\s+(?=[a-z])", re.IGNORECASE)

_PEOPLE_AND_CASES = (
    r"(?:children|young people|babies|pupils|students|parents|carers|famil(?:y|ies)|care leavers|adults|residents|people|staff|workers?|officers?|managers?|"
    r"practitioners?|posts?|vacanc(?:y|ies)|cases?|referrals?|contacts?|assessments?|plans?|placements?|adopters?|foster(?:ing)? (?:carers?|households?|families)|households?|"
    r"inspections?|visits?|audits?|complaints?|incidents?|episodes?|schools?|academies|homes|settings|nurser(?:y|ies)|applications?|adoptions?|orders?|"
    r"enquiries|conferences?|reviews?|allegations?|exclusions?|offences?|responses?|respondents|councillors|members|apprentices|recommendations?|"
    r"actions?|milestones?|indicators?|targets?|measures?|kpis|leaders|constables|sergeants?|nurses?|beds?|units|sites|homes|cohorts?)"
)
_FOLLOWED = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:followers|views|visits|visitors|users|downloads|subscribers|members|people|residents|impressions|clicks|likes|calls|contacts|hits|tonnes|homes)\b"
)
"""'6.9k followers': thousands of what is counted, and no length."""
_COUNTED = re.compile(rf"(?:(?:[\w’'/&-]+|\([\w\s]+\))\s+){{0,3}}?{_PEOPLE_AND_CASES}\b", re.IGNORECASE)

_REFERENCE_WORDS = (
    r"sections?|s\.|ss\.|paragraphs?|paras?\.?|pages?|pp?\.|appendi(?:x|ces)|annex(?:es)?|schedules?|parts?|articles?|regulations?|regs?\.?|clauses?|chapters?|"
    r"items?|agenda item|minute|themes?|phases?|stages?|tiers?|levels?|steps?|priorit(?:y|ies)|objectives?|outcomes?|goals?|questions?|tables?|figures?|figs?\.?|"
    r"charts?|graphs?|forms?|rooms?|floors?|routes?|bus(?:es)?|grades?|bands?|scales?|key stages?|ks|years?|class|zones?|options?|versions?|refs?\.?|nos?\.?|"
    r"months?|attainment|progress|numbers?|iso|act|together|code|order|rules|directions?|ni|qs?|quarters?|weeks?|days?|modules?|rounds?|waves?|tranches?|scenarios?|groups?|principles?|standards?|"
    r"pillars?|domains?|strands?|works?treams?|volumes?|vol\.?|issue|tel(?:ephone)?:?|fax:?|phone:?|ext\.?|domains?|windows|framework|recommendations?|targets?|actions?|kpis?|measures?|indicators?"
)
_REFERENCE = re.compile(rf"(?:^|[\s(“\"'])(?:{_REFERENCE_WORDS})\s*(?:\(\w\))?\s*[:#]?\s*$", re.IGNORECASE)
_WEAK_REFERENCE = re.compile(
    r"(?:months?|progress|recommendations?|targets?|actions?|kpis?|measures?|indicators?|numbers?|standards?|groups?|orders?|weeks?|days?|years?|grades?|scales?)\s*:?\s*$",
    re.IGNORECASE,
)
_POINTED_AT = re.compile(
    r"\b(?:see|below|above|outlined|set out|detailed|described|shown|referred to|paragraph)\s+(?:at|in|on|under)?\s*$",
    re.IGNORECASE,
)
_OF_REPORT = re.compile(r"\s+(?:of|in) (?:the|this) (?:report|document|paper|constitution|code|act)\b", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:Act|Regulations?|Order|Rules|Code|Directive|Together|Schedule|Constitution)\s*\(?[^.;]{0,40}?$"
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?(?:\s+(?:between|under|over|from))?|ages(?:\s+of)?|under[- ]?|over the age of|under the age of|turn(?:ed|ing)?|age of)\s*$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"\s?(?:\+|[-–]?\s?(?:yrs?\.?|years?)[-\s]?(?:olds?\b|upwards|of age|and (?:over|under|above))|plus\b|(?:year|yr)s?['’]?\s+olds?|-?\s+(?:and|or|to|&)\s+\d{1,2}[-\s]?(?:year|yr)s?[-\s]olds?\b)",
    re.IGNORECASE,
)
_NO_AGE = 120  # years: "2,000+ members" are no age
_TIME_AFTER = re.compile(r"\s?(?:[ap]\.?m\b\.?|hrs\b|o['’]clock|noon|midnight)|:\d\d", re.IGNORECASE)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_DURATION_AFTER = re.compile(
    r"[\s-]?(?:(?:working|calendar|school|full|consecutive|additional|whole|FTE)[\s-]+)*(?P<unit>days?|weeks?|months?|years?|yrs?|hours?|minutes?)\b(?P<hyphenated>[-\s]?(?:olds?|long))?",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:average|mean|median|per (?:fte|employee|head|person|full)|lost|worked|took|taken|taking|days? (?:between|from|to)|wait(?:ing|s|ed)?|duration|absence|sickness|caseload)\b",
    re.IGNORECASE,
)
_STOOD_AT = re.compile(
    r"\b(?:was|were|stood at|stands at|averag(?:ed|ing)|average of|(?:threshold|target|limit|standard|total) (?:of|is|was)|reached|took|(?:rose|fell|reduced|increased|down|up|improved) to)\s+(?:just\s+|over\s+|about\s+|around\s+|an average of\s+)?$",
    re.IGNORECASE,
)
_RATE_AFTER = re.compile(
    r"\s*(?:children\s+|(?:young\s+)?people\s+)?(?:per|in every|for every)\s+(?P<base>10,?000|1,?000|100,?000|ten thousand|thousand|hundred thousand)\b",
    re.IGNORECASE,
)
_RATE_BASE_BEFORE = re.compile(r"\b(?:per|in every|for every)\s*$", re.IGNORECASE)
_RATE_BEFORE = re.compile(
    r"(?:\brates?\b(?:(?!\d).){0,60}\bper\s+(?P<base>10,?000|1,?000|100,?000)(?:(?!\d).){0,60}"
    r"|\bper\s+(?P<base2>10,?000|1,?000|100,?000)(?:(?!\d)[^.;,]){0,40}\b(?:was|is|were|are|of|at|to)\s+)$",
    re.IGNORECASE,
)
AVERAGE_OF_COUNTS = re.compile(
    r"\b(?:average|mean|median)\s+(?:number\s+of|caseloads?|cases|class|size|children|placements)|\bcaseloads?\b(?:(?!\d)[^.;]){0,20}\b(?:average|per)\b|\bcases\s+per\b",
    re.IGNORECASE,
)
"""An average of things counted: neither a count nor a share."""
_SCORE_BEFORE = re.compile(r"\bscor(?:e|es|ed|ing)\b(?:(?!\d)[^.;]){0,40}$", re.IGNORECASE)
_SCORE_AFTER = re.compile(r"\s+(?:is\s+the\s+)?(?:average|mean|median)\s+(?:[\w-]+\s+){0,3}scores?\b", re.IGNORECASE)
_MONEY_CONTEXT = re.compile(
    r"£|\b(?:budgets?|growth|costs?|spend(?:ing)?|spent|funding|savings?|overspend|underspend|grants?|investments?|allocation|pressures?)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\d£])(?:\+44\s?|0)\d{2,4}[\s-]?\d{3,4}(?:[\s-]?\d{3,4})?(?!\d)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S{1,64}@\S{1,80}|\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b")

_QUALIFIERS: tuple[tuple[Qualifier, str], ...] = (
    (
        "at_least",
        r"(?:at\s+least|at\s+or\s+(?:above|over)|at\s+a\s+minimum|(?<!the\s)(?<!our\s)minimum\s+of|no\s+(?:less|fewer|lower)\s+than|not\s+less\s+than|≥)",
    ),
    (
        "up_to",
        r"(?:up\s+to|at\s+or\s+(?:below|under)|at\s+most|(?<!the\s)(?<!our\s)maximum\s+of|no\s+(?:more|greater|higher)\s+than|not\s+(?:more\s+than|exceed(?:ing)?)|≤)",
    ),
    (
        "over",
        r"(?:(?:just|slightly|well|marginally|significantly)\s+(?:over|above)|over|more\s+than|above|in\s+excess\s+of|exceed(?:ing|ed|s)?|greater\s+than|higher\s+than|upwards\s+of|>)",
    ),
    (
        "under",
        r"(?:(?:just|slightly|well|marginally)\s+(?:under|below)|under|less\s+than|fewer\s+than|lower\s+than|below|<)",
    ),
    (
        "about",
        r"(?:about|around|approximately|approx\.?|circa|c\.?|ca\.|roughly|nearly|almost|some|close\s+to|in\s+the\s+region\s+of|~|≈)",
    ),
)
_QUALIFIED = tuple(
    (name, re.compile(rf"(?:^|[\s(“\"‘'/]){words}\s*(?:a\s+|an\s+)?$", re.IGNORECASE)) for name, words in _QUALIFIERS
)
_AT_LEAST_AFTER = re.compile(r"\s*(?:or|and)\s+(?:more|above|higher|over|greater|better)\b|\s?\+(?!\d)", re.IGNORECASE)
_UP_TO_AFTER = re.compile(r"\s*or\s+(?:less|fewer|below|lower|under)\b", re.IGNORECASE)


def decimal(digits: str) -> Decimal:
    """The number as printed, without the commas of thousands: `94.0` keeps its nought."""
    return Decimal(digits.replace(",", ""))


def find_quantities(text: str, periods: Sequence[PeriodWords] = ()) -> list[Quantity]:
    """Every number in the text in order, figure or set aside. `periods` are the dates in it, whose digits are theirs."""
    closed = [(p.start, p.end) for p in periods]
    closed += [m.span() for pattern in (_PHONE, _ADDRESS) for m in pattern.finditer(text)]
    found: list[Quantity] = []
    found += _in_words(text, closed)
    taken = closed + [(q.start, q.end) for q in found]
    at = 0
    while m := _NUMBER.search(text, at):
        at = max(m.start() + 1, m.end())
        if any(m.start() < e and s < m.end("low") for s, e in taken):
            at = m.end("low")
            continue
        reading = _read(m, text, closed)
        at = max(reading.end, m.start() + 1)
        found.append(reading)
    found = _without_item_numbers(_set_aside_lists(sorted(found), text), text)
    return _share_units(_keep_compared_durations(found, text), text)


def _without_item_numbers(found: list[Quantity], text: str) -> list[Quantity]:
    """'Introduction 1 Background 2 Finance 3 Risks 4': four or more numbers that count up by one, each before or behind a title,
    number the titles and count nothing."""
    bare = [i for i, q in enumerate(found) if q.unit == "count" and text[q.start : q.end].isdigit()]
    runs: list[list[int]] = [[]]
    for i in bare:
        follows = runs[-1] and found[i].value == found[runs[-1][-1]].value + 1
        if not follows:
            runs.append([])
        runs[-1].append(i)
    out = list(found)
    for run in runs:
        titled = len(run) >= 4 and all(_BESIDE_TITLE.match(text, found[i].end) for i in run)
        if titled or (len(run) >= 2 and all(_WITH_FULL_STOP.match(text, found[i].end) for i in run)):
            for i in run:
                out[i] = found[i]._replace(aside=found[i].aside or "the number of an item")
    return out


_WITH_FULL_STOP = re.compile(r"\.\s*(?:$|[A-Z])")
_BESIDE_TITLE = re.compile(r"[.):]?\s*(?:$|[A-Z])")


def _in_words(text: str, closed: Iterable[tuple[int, int]]) -> list[Quantity]:
    """'ninety-five per cent' and 'six social workers': in words only where what is counted is a person, case or the like."""
    found = []
    spans = list(closed)
    for m in _WORDS_PERCENT.finditer(text):
        unit = "percentage_points" if "point" in m["percent"].lower() else "percent"
        found.append(
            Quantity(
                m.start(),
                m.end(),
                _word_value(m["words"]),
                None,
                unit,
                _qualifier(text, m.start(), m.end()),
                words=True,
            )
        )
        spans.append(m.span())
    for m in _WORDS_COUNT.finditer(text):
        if any(m.start() < e and s < m.end() for s, e in spans):
            continue
        value = _word_value(m["words"])
        if (
            value == 1
            or not _COUNTED.match(text, m.end())
            or re.search(r"\b(?:these|those|the|last|next|first|all|of)\s+$", text[: m.start()], re.IGNORECASE)
        ):
            continue
        found.append(
            Quantity(
                m.start("words"),
                m.end("words"),
                value,
                None,
                "count",
                _qualifier(text, m.start(), m.end("words")),
                words=True,
            )
        )
    return found


def _word_value(words: str) -> Decimal:
    total = 0
    for word in re.split(r"[-\s]+", words.casefold()):
        total += 100 - total if word == "hundred" else _TENS.get(word, _SMALL.get(word, 0))
    return Decimal(total)


def _read(m: re.Match[str], text: str, closed: Sequence[tuple[int, int]]) -> Quantity:
    low, high, end = decimal(m["low"]), m["high"], m.end()
    if high and not _is_range(m, text, closed):
        m2 = _NUMBER.match(text[: m.start("dash")], m.start()) or m
        return _read_one(m2, text, low, None, m2.end())
    if high and not (m["percent"] or m["points"] or m["scale"] or m["currency"]):
        end = m.end("high")
    return _read_one(m, text, low, decimal(high) if high else None, end)


def _is_range(m: re.Match[str], text: str, closed: Sequence[tuple[int, int]]) -> bool:
    """'35-45 cases' and 'between 70 and 80%' are ranges; 'from 51 to 78', '5 and 6', and the first half of a date are none."""
    if any(m.start("high") < e and s < m.end("high") for s, e in closed):
        return False
    before, dash = text[max(0, m.start() - 30) : m.start()], m["dash"].strip()
    if decimal(m["high"]) <= decimal(m["low"]):
        return False
    if dash == "and":
        return bool(re.search(r"\bbetween\s+$", before, re.IGNORECASE)) and bool(
            m["percent"] or m["currency"] or m["scale"] or not m["lowpercent"]
        )
    if dash == "to":
        return not re.search(
            r"\b(?:from|ris\w+|rose|increas\w+|decreas\w+|fell|fall\w*|reduc\w+|improv\w+|drop\w*|declin\w+|up|down|mov\w+|went)\s+(?:\w+\s+)?$",
            before,
            re.IGNORECASE,
        )
    spaced = m["dash"].startswith(" ") and m["dash"].endswith(" ")
    return not spaced or bool(m["percent"] or m["currency"])


def _read_one(m: re.Match[str], text: str, low: Decimal, high: Decimal | None, end: int) -> Quantity:
    start = m.start("currency") if m["currency"] else m.start("low")
    negative = bool(m["currency"] and re.search(r"[-–−]", m["currency"])) or bool(
        m["sign"] and (m["currency"] or m["percent"]) and _free_minus(m, text)
    )
    scale = SCALES.get((m["scale"] or "").casefold(), 0)
    qualifier = _qualifier(text, start, end)

    def quantity(unit: str, end: int, power: int = 0, aside: str | None = None) -> Quantity:
        value = low.scaleb(power) if power else low
        top = high.scaleb(power) if high is not None and power else high
        return Quantity(start, end, -value if negative else value, top, unit, qualifier, aside)

    if m["currency"]:
        return quantity("gbp", end, scale)
    if m["points"]:
        return quantity("percentage_points", end)
    if m["percent"]:
        return quantity("percent", end)
    if m["scale"]:
        word = m["scale"].casefold()
        if word == "k" and _FOLLOWED.match(text, m.end()):
            return quantity("count", end, scale)
        if word in ("m", "k", "bn", "mn") and not _MONEY_CONTEXT.search(text[max(0, start - 120) : end + 120]):
            return quantity("count", m.end("high") if high is not None else m.end("low"), aside="a code or length")
        return quantity("gbp" if _MONEY_CONTEXT.search(text[max(0, start - 60) : end + 40]) else "count", end, scale)
    number_end = m.end("high") if high is not None else m.end("low")
    if reason := _why_aside(text, start, number_end, m, high):
        return quantity("count", number_end, aside=reason)
    return quantity(_unit(text, start, number_end), number_end)


def _free_minus(m: re.Match[str], text: str) -> bool:
    """A dash before a number is a minus only where it is no dash of the sentence: "(-2.3%)", "change of -2.3%"."""
    return (
        m.start() == 0 or text[m.start() - 1] in "(\t" or bool(re.search(r"\b(?:of|by|is|was)\s$", text[: m.start()]))
    )


def _why_aside(text: str, start: int, end: int, m: re.Match[str], high: Decimal | None) -> str | None:
    """Why a bare number is no figure, or None where it is one."""
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    digits = text[start:end]
    if _ORDINAL_AFTER.match(after):
        return "an ordinal"
    if (
        re.match(r"[A-Za-z_/]|-[A-Za-z]|\.\d", after)
        and not re.match(r"-(?:\d|year|month|week|day)", after)
        and not re.match(r"[A-Za-z]{3,}", after)
    ):
        return "a code"
    if re.search(r"[A-Za-z0-9_/#]-?$|\d[.:]$", before) and not before.endswith(("–", "—")):
        return "a code"
    if re.search(r"\b[A-Z]{1,2}\d{1,4},\s+(?:and\s+)?$", before):
        return "a code"
    if _TIME_AFTER.match(after) and not _DURATION_AFTER.match(after):
        return "a time of day"
    if _AGE_BEFORE.search(before) or (_AGE_AFTER.match(after) and decimal(m["low"]) < _NO_AGE):
        return "an age"
    if re.fullmatch(r"(?:19|20)\d\d", digits) or (
        high is not None and re.fullmatch(r"(?:19|20)\d\d\s?[-–/]\s?\d{2,4}", digits)
    ):
        return "a year"
    if digits.startswith("0") and len(digits) > 1 and digits[1].isdigit():
        return "a telephone number or code"
    if _RATE_BASE_BEFORE.search(before) and decimal(m["low"]) >= 100:
        return "the base of a rate"
    if _OF_REPORT.match(after) or re.match(r"\(\w\)", after):
        return "a reference"
    if re.fullmatch(r"\d{1,2}\.\d{1,3}", digits) and _POINTED_AT.search(before) and not re.match(r"\s+[a-z]", after):
        return "a reference"
    if _REFERENCE.search(before) and not _is_counted_after(before, after):
        return "a reference"
    if re.match(r"\s?(?:miles?|km|kilometres?|metres?|sq\.?\s?m)\b", after):
        return "a distance"
    if re.search(r"\b(?:one|1)\s+in\s+(?:every\s+)?$", before, re.IGNORECASE):
        return "a fraction in words"
    if high is not None and (
        re.match(r"\s+(?:population|cohort|age|age group)\b", after) or _is_age_band(high, m, before, after)
    ):
        return "an age"
    if re.match(r"\s+seconds?\b", after) and re.search(r"\bminutes?\s+(?:and\s+)?$", before):
        return "part of a length of time"
    if not text[:start].strip() and re.match(r"\.[A-Z]", after):
        return "the number of an item"
    if duration := _DURATION_AFTER.match(after):
        return _why_duration_aside(text, start, end, duration)
    return None


_SERVED_BY = re.compile(
    r"\s+(?:(?!in\b|of\b|from\b|for\b|at\b|to\b|by\b|across\b|who\b)[\w’'&-]+\s+){0,3}(?:services?|teams?|offer|provision|pathways?|programme|sections?|cohorts?|caseloads?)\b",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(r"\b[A-Z]{2,}\s+$")


def _is_age_band(high: Decimal, m: re.Match[str], before: str, after: str) -> bool:
    """'the 0-19 health visiting service', 'the LDT 18-25 group': whom a service is for, and no number of them."""
    if not m["dash"].strip() or m["dash"].strip().isalpha() or high > 26 or m["low"].startswith("0."):
        return False
    if _SERVED_BY.match(after):
        return True
    return not _COUNTED.match(after.lstrip()) and bool(
        re.match(r"\s+(?:group\b|[A-Z][A-Za-z]+)", after) or _NAMED_BEFORE.search(before)
    )


def _is_counted_after(before: str, after: str) -> bool:
    """'a target 35 newly qualified workers', 'recommendations: 15 actions': a number counts what follows it all the same."""
    return bool(_WEAK_REFERENCE.search(before)) and bool(_COUNTED.match(after.lstrip()))


def _why_duration_aside(text: str, start: int, end: int, duration: re.Match[str]) -> str | None:
    """A length of time is a figure where it was measured ("10.26 days per FTE", "took 31 days"), not where it defines one."""
    if duration["hyphenated"] or text[end : end + 1] == "-":
        return "a duration that describes"
    before = text[max(0, start - 40) : start]
    around = text[max(0, start - 80) : end + 60]
    measured = _MEASURED.search(around)
    if "." in text[start:end]:
        return None
    if (
        duration["unit"].casefold().startswith("day")
        and _STOOD_AT.search(before)
        and decimal(text[start:end].split("-")[0]) >= 3
    ):
        return None
    if measured and not re.search(
        r"\b(?:within|last|past|next|every|previous|first|in|over|than)\s+(?:the\s+)?$", before, re.IGNORECASE
    ):
        return None
    return DEFINING


def _unit(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 130) : start], text[end : end + 60]
    if rate := _RATE_AFTER.match(after):
        return rate_unit(rate["base"])
    if rate := _RATE_BEFORE.search(before):
        return rate_unit(rate["base"] or rate["base2"])
    if duration := _DURATION_AFTER.match(after):
        return _duration_unit(duration)
    if _SCORE_BEFORE.search(before) or _SCORE_AFTER.match(after):
        return "score"
    if re.search(AVERAGE_OF_COUNTS.pattern + r"(?:(?!\d)[^.;]){0,60}$", before, re.IGNORECASE) and not re.match(
        r"\s+[a-z]+s\b", after
    ):
        return "ratio"
    return "count"


def rate_unit(base: str) -> str:
    """'10,000' -> 'per_10k'."""
    return {
        "1000": "per_1k",
        "10000": "per_10k",
        "100000": "per_100k",
        "thousand": "per_1k",
        "ten thousand": "per_10k",
    }.get(base.replace(",", "").casefold(), "per_100k")


_NOBODY = re.compile(r"\b(?:no|nobody|none|never|not)\b[^.;]{0,60}\bmore\s+than\s+$", re.IGNORECASE)


def _qualifier(text: str, start: int, end: int) -> Qualifier:
    """The word that loosens the number: directly before it ("over 95%"), or behind it ("95% or more")."""
    before = text[max(0, start - 32) : start]
    for name, pattern in _QUALIFIED:
        if pattern.search(before):
            denied = name == "over" and _NOBODY.search(text[max(0, start - 80) : start])
            return "up_to" if denied else name
    after = text[end : end + 16]
    if _AT_LEAST_AFTER.match(after):
        return "at_least"
    if _UP_TO_AFTER.match(after):
        return "up_to"
    return "exact"


_ON_TO = re.compile(r"\bto\s+(?:just\s+|over\s+)?$", re.IGNORECASE)
_ENDS_OF_A_MOVE = re.compile(r"\s+(?:to|and)\s+(?:a\s+|an\s+|just\s+|over\s+|around\s+)?")


def _share_units(found: list[Quantity], text: str) -> list[Quantity]:
    """'rose from 70 to 80 per cent', 'between 7 and 9 days': the first number is of the second's unit."""
    out = list(found)
    kept = [i for i, q in enumerate(out) if q.aside is None]
    for i, j in itertools.pairwise(kept):
        first, second = out[i], out[j]
        between = text[first.end : second.start]
        if first.unit.startswith("per_") and second.unit == "count" and _goes_on_with_rate(text, first, second):
            out[j] = second._replace(unit=first.unit)
            continue
        bare = first.unit == "count" and text[first.start : first.end].replace(".", "").isdigit()
        opened = re.search(r"\b(?:from|between)\s+$", text[max(0, first.start - 10) : first.start], re.IGNORECASE)
        if bare and opened and second.unit != "count" and _ENDS_OF_A_MOVE.fullmatch(between):
            out[i] = first._replace(unit=second.unit)
    return out


def _goes_on_with_rate(text: str, first: Quantity, second: Quantity) -> bool:
    """'from 38 per 10,000 to 41', '81.7 per 10,000, compared with 78.7 in June': bare, and no count of a thing."""
    between = text[first.end : second.start].replace("10,000", "")
    counted = re.match(r"\s+[a-z]+s\b", text[second.end : second.end + 40])
    near = len(between) < 90 and not re.search(r"[.;]\s", between)
    return not counted and (bool(_ON_TO.search(between)) or (near and "." in text[second.start : second.end]))


_COMPARED_AFTER = re.compile(
    r"[\s-]?\w+\s+(?:less|more|fewer|longer|shorter|quicker|slower|better|worse|of|in|for)\b", re.IGNORECASE
)
_COMPARED_BEFORE = re.compile(r"\b(?:than|from|to|against|with)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
DEFINING = "a duration that defines a measure"


def _keep_compared_durations(found: list[Quantity], text: str) -> list[Quantity]:
    """'388 days, 24 days less than the 412 days of 2021/22': beside a measured length of time, one compared with it is measured."""
    out: list[Quantity] = []
    for q in found:
        duration = _DURATION_AFTER.match(text, q.end) if q.aside == DEFINING else None
        measured = (
            next((f for f in reversed(out) if f.aside is None and f.unit == _duration_unit(duration)), None)
            if duration
            else None
        )
        compared = _COMPARED_AFTER.match(text, q.end) or _COMPARED_BEFORE.search(text[max(0, q.start - 20) : q.start])
        if measured and compared and not re.search(r"[.;]\s", text[measured.end : q.start]):
            q = q._replace(aside=None, unit=measured.unit)
        out.append(q)
    return out


def _duration_unit(duration: re.Match[str] | None) -> str:
    word = duration["unit"].casefold().rstrip("s") if duration else ""
    return "years" if word == "yr" else word + "s"


_LIST_BETWEEN = re.compile(r"\s*(?:,|,?\s*(?:and|or|&|to)|/|[-–])\s*")


def _set_aside_lists(found: list[Quantity], text: str) -> list[Quantity]:
    """'paragraphs 3.2 and 3.5', 'routes 15, 108 and 115': what is set aside takes the bare numbers listed with it along."""
    out: list[Quantity] = []
    for q in found:
        last = out[-1] if out else None
        listed = (
            last is not None
            and last.aside in ("a reference", "an age", "a code")
            and _LIST_BETWEEN.fullmatch(text[last.end : q.start])
        )
        bare = q.unit == "count" and q.aside is None and text[q.start : q.end].replace(".", "").isdigit()
        out.append(
            q._replace(aside=last.aside)
            if listed and bare and last and not _COUNTED.match(text[q.end :].lstrip())
            else q
        )
    return out
