"""The wordings of dates and periods in council papers, and what they mean.

Shared by the readers (a masthead's date) and the extractors (a figure's period). Libraries fail on these wordings
("1st and 2nd May 2018", "Q3 2017/18", "Aug 18"), so the grammar is our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from schema.period import (
    Period,
    PeriodKind,
    add_months,
    financial_year_of,
    last_day,
)

_WITHIN_YEAR = frozenset(
    ("months_in", "months_in_last", "same_in_year", "same_in_fy", "this_year", "this_quarter", "this_period")
)
_RELATIVE = _WITHIN_YEAR | {"month", "quarter", "year"}


class Lean(StrEnum):
    """Which way a date without a year is taken from the day it was said: figures look back, promises look ahead."""

    PAST = "past"
    FUTURE = "future"


class PartialDate(NamedTuple):
    """A date as far as the paper names it. Any part may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class PeriodWords(NamedTuple):
    """A wording of a period at `text[start:end]`. `first` and `last` are as printed; `resolve` supplies what they leave out."""

    start: int
    end: int
    kind: PeriodKind
    first: PartialDate
    last: PartialDate
    number: int | None = None  # of a quarter; of years back for "last year"
    name: str | None = None  # of a season; `relative` forms carry their unit here
    doubtful_year: bool = False  # "March 31": a day, or the year 2031

    @property
    def has_year(self) -> bool:
        return self.first.year is not None or self.last.year is not None

    @property
    def is_relative(self) -> bool:
        return self.name in _RELATIVE


class Resolved(NamedTuple):
    """A period with what had to be supplied: the year (`inferred`), or a day the month does not have (`impossible`)."""

    period: Period
    inferred: bool = False
    impossible: bool = False


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_TERMS = {"autumn": (9, 12), "spring": (1, 4), "summer": (4, 7)}

_M = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th)\b)?"
_Y = r"(?:19|20)\d\d"
_YY = r"(?:(?:19|20)\d\d|['’‘]\d\d|\d\d(?![\d%]|[.,]\d|\s?(?:%|per\b)))"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TO = r"\s*(?:-|–|—|\bto\b|\buntil\b|\bthrough to\b|\bthrough\b)\s*"
_AND = r"\s*(?:-|–|—|\bto\b|\band\b|&|,)\s*"
_FY = r"(?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)(?![\d/–-])"
_END = r"(?:\bthe\s+)?(?:\bend(?:\s+of)?|\byear[- ]end(?:\s+of)?)\s+(?:the\s+)?"


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w£/.])(?:" + pattern + r")(?![\w/])", re.IGNORECASE)


def _month(word: str) -> int:
    return _MONTHS[word.strip(" .").lower()]


def _day(word: str) -> int:
    return int(re.match(r"\d+", word.strip())[0])  # type: ignore[index]


def _year(word: str | None) -> int | None:
    if not word:
        return None
    digits = int(word.strip("'’‘ "))
    return digits if digits > 99 else 2000 + digits


def _fy(word: str) -> tuple[int, int]:
    """'2017/18' -> (2017, 2018); '2017-2020' -> (2017, 2020); '1999/00' -> (1999, 2000)."""
    first, second = re.findall(r"\d+", word)
    start = int(first)
    end = int(second) if len(second) == 4 else start // 100 * 100 + int(second)
    return start, end if end >= start else end + 100


Builder = Callable[[re.Match[str]], PeriodWords | None]


def _words(
    m: re.Match[str], kind: PeriodKind, first: PartialDate, last: PartialDate | None = None, **more: object
) -> PeriodWords:
    return PeriodWords(m.start(), m.end(), kind, first, last or first, **more)  # type: ignore[arg-type]


def _numeric_date(m: re.Match[str]) -> PeriodWords | None:
    """'19/03/2018', '5.2.18', '31-05-2018': day first, as in Britain."""
    day, month, year = int(m["d"]), int(m["m"]), _year(m["y"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return _words(m, PeriodKind.DAY, PartialDate(year, month, day))


def _iso_date(m: re.Match[str]) -> PeriodWords | None:
    """'2018-05-01'."""
    if not 1 <= int(m["m"]) <= 12 or not 1 <= int(m["d"]) <= 31:
        return None
    return _words(m, PeriodKind.DAY, PartialDate(int(m["y"]), int(m["m"]), int(m["d"])))


def _two_days_of_two_months(m: re.Match[str]) -> PeriodWords:
    """'29 January to 2 February 2024', 'between 4 March 2019 and 8 April 2019'."""
    last = PartialDate(_year(m["y2"]), _month(m["m2"]), _day(m["d2"]))
    first = PartialDate(_year(m["y1"]), _month(m["m1"]), _day(m["d1"]))
    return _words(m, PeriodKind.RANGE, first, last)


def _days_of_one_month(m: re.Match[str]) -> PeriodWords:
    """'12th and 13th December 2017', '1-2 May 2018', '10th – 16th April'."""
    month, year = _month(m["m"]), _year(m["y"])
    return _words(m, PeriodKind.RANGE, PartialDate(year, month, _day(m["d1"])), PartialDate(year, month, _day(m["d2"])))


def _week(m: re.Match[str]) -> PeriodWords:
    """'week commencing Monday 19th November 2018', 'the week of 11 December 2017'."""
    day = PartialDate(_year(m["y"]), _month(m["m"]), _day(m["d"]))
    return _words(m, PeriodKind.RANGE, day, day, name="week")


def _one_day(m: re.Match[str]) -> PeriodWords:
    """'5 February 2018', '26th of March 2019', '31-May-2018', '7 July'."""
    return _words(m, PeriodKind.DAY, PartialDate(_year(m["y"]), _month(m["m"]), _day(m["d"])))


def _day_after_month(m: re.Match[str]) -> PeriodWords | None:
    """'May 3', 'April 30th', 'March 31, 2018'."""
    if m["m"] in ("may", "march"):
        return None
    return _words(m, PeriodKind.DAY, PartialDate(_year(m["y"]), _month(m["m"]), _day(m["d"])))


def _months(m: re.Match[str]) -> PeriodWords:
    """'January to March 2019', 'between October 2017 and the end of December 2017', 'May – September'."""
    return _words(
        m, PeriodKind.RANGE, PartialDate(_year(m["y1"]), _month(m["m1"])), PartialDate(_year(m["y2"]), _month(m["m2"]))
    )


def _twelve_months(m: re.Match[str]) -> PeriodWords:
    """'12 months to December 2018', 'year ending 31 March 2023', 'rolling year to Sept 22'."""
    last = PartialDate(_year(m["y"]), _month(m["m"]), _day(m["d"]) if m["d"] else None)
    return _words(m, PeriodKind.ROLLING_YEAR, last)


def _one_month(m: re.Match[str]) -> PeriodWords | None:
    """'December 2017', 'Dec-17', "Sept '22", 'end of March', 'Mid July 2018'. 'may' and 'march' in small letters are verbs."""
    bare, year = m["m"].strip("."), m["y"]
    if bare in ("may", "march", "mar", "jan", "sep", "dec") and not (year and len(year) >= 4):
        return None
    kind = PeriodKind.MONTH_END if m["end"] else PeriodKind.MONTH
    doubtful = bool(year) and len(year) == 2 and "-" not in m[0]
    return _words(m, kind, PartialDate(_year(year), _month(bare)), doubtful_year=doubtful)


def _quarter(m: re.Match[str]) -> PeriodWords | None:
    """'Q3 2017/18', 'quarter 3', 'third quarter of 2018-19', '2017/18 Q3', 'Q3'."""
    groups = m.groupdict()
    word = groups.get("n") or groups.get("o")
    number = int(word) if word and word.isdigit() else _ORDINALS[(word or "").lower()]
    year_words = groups.get("fy")
    if year_words and re.search(r"[/–-]", year_words):
        first, second = _fy(year_words)
        if second - first != 1:
            return None
        year: int | None = first
    else:
        year = _year(year_words)
    return _words(m, PeriodKind.QUARTER, PartialDate(year), number=number)


def _year_pair(m: re.Match[str]) -> PeriodWords | None:
    """'2017/18', 'academic year 2022-23', 'the end of 2018/19', '2017-2020' (several financial years)."""
    first, second = _fy(m["fy"])
    if second - first > 15 or second == first:
        return None
    if m["end"]:
        return _words(m, PeriodKind.MONTH_END, PartialDate(second, 3))
    if m["ac1"] or m["ac2"]:
        return _words(m, PeriodKind.ACADEMIC_YEAR, PartialDate(first))
    if second - first > 1:
        return _words(m, PeriodKind.RANGE, PartialDate(first, 4), PartialDate(second, 3))
    return _words(m, PeriodKind.FINANCIAL_YEAR, PartialDate(first))


_COUNTS = {
    w: n
    for n, w in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"], start=2)
} | {"half": 6}


def _months_into_year(m: re.Match[str]) -> PeriodWords | None:
    """'the first seven months of 2022/23', 'the first half of 2018-19': from April."""
    first, second = _fy(m["fy"])
    count = _COUNTS.get(m["n"].lower()) or int(m["n"])
    if second - first != 1 or not 1 <= count <= 12:
        return None
    end = add_months(date(first, 4, 1), count - 1)
    return _words(m, PeriodKind.RANGE, PartialDate(first, 4), PartialDate(end.year, end.month))


def _months_into_this_year(m: re.Match[str]) -> PeriodWords:
    """'the first half of the year', 'the first six months of last year': of the year under report."""
    count = _COUNTS.get(m["n"].lower()) or int(m["n"])
    return _words(
        m, PeriodKind.RANGE, PartialDate(), number=count, name="months_in" if m["of"] != "last" else "months_in_last"
    )


def _same_stretch(m: re.Match[str]) -> PeriodWords:
    """'the same period of 2021/22', 'the same point in 2018': the stretch under report, in that year."""
    year = _fy(m["fy"])[0] if re.search(r"[/–-]", m["fy"]) else int(m["fy"])
    return _words(
        m, PeriodKind.RANGE, PartialDate(), number=year, name="same_in_year" if m["fy"].isdigit() else "same_in_fy"
    )


def _this_stretch(m: re.Match[str]) -> PeriodWords:
    """'during the year', 'in the quarter', 'during the period': the stretch under report, where it is of that kind."""
    return _words(m, PeriodKind.RANGE, PartialDate(), name=f"this_{m['unit'].lower()}")


def _season(m: re.Match[str]) -> PeriodWords | None:
    """'summer 2019', 'the autumn of 2017', 'spring term 2023', 'in the autumn'."""
    name = m["s"].lower()
    if m["term"]:
        start, end = _TERMS.get(name, (0, 0))
        if not start:
            return None
        year = _year(m["y"])
        return _words(m, PeriodKind.RANGE, PartialDate(year, start), PartialDate(year, end))
    return _words(m, PeriodKind.SEASON, PartialDate(_year(m["y"])), name=name)


def _bare_year(m: re.Match[str]) -> PeriodWords:
    """'in 2018', 'by 2030', 'the end of 2023'."""
    year = int(m["y"] or m.groupdict().get("y2") or 0)
    if m["end"]:
        return _words(m, PeriodKind.MONTH_END, PartialDate(year, 12))
    return _words(m, PeriodKind.CALENDAR_YEAR, PartialDate(year))


def _relative(m: re.Match[str]) -> PeriodWords:
    """'last year', 'the previous quarter', 'this time last year': counted back from the period under report."""
    unit = (m["unit"] or "year").lower()
    return _words(m, PeriodKind.RANGE, PartialDate(), number=1, name="year" if unit in ("year", "12 months") else unit)


_GRAMMAR: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (
        _rx(
            r"(?:the\s+)?first\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2}|half)(?:\s+months)?\s+of\s+(?P<of>the|this|last)\s+(?:financial\s+)?year"
        ),
        _months_into_this_year,
    ),
    (
        _rx(
            r"(?:the\s+)?same\s+(?:period|months|quarter|point|time|date|stage)\s+(?:of|in|for)\s+(?P<fy>"
            + _FY
            + r"|"
            + _Y
            + r")"
        ),
        _same_stretch,
    ),
    (_rx(r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"), _iso_date),
    (_rx(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:19|20)?\d\d)"), _numeric_date),
    (
        _rx(
            rf"(?:between\s+|from\s+)?{_WEEKDAY}(?P<d1>{_D})\s+(?:of\s+)?(?P<m1>{_M})(?:,?\s+(?P<y1>{_Y}))?"
            rf"(?:{_TO}|(?<=\w)\s+and\s+)(?:the\s+)?{_WEEKDAY}(?P<d2>{_D})\s+(?:of\s+)?(?P<m2>{_M})(?:,?\s+(?P<y2>{_Y}))?"
        ),
        _two_days_of_two_months,
    ),
    (
        _rx(
            rf"week\s+(?:commencing|beginning|starting|of|w/c)\s+(?:the\s+)?{_WEEKDAY}(?P<d>{_D})\s+(?:of\s+)?(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?"
        ),
        _week,
    ),
    (
        _rx(
            rf"(?:between\s+)?{_WEEKDAY}(?P<d1>{_D}){_AND}(?:the\s+)?{_WEEKDAY}(?P<d2>{_D})[\s-]+(?:of\s+)?(?P<m>{_M})(?:,?[\s-]+(?P<y>{_Y}))?"
        ),
        _days_of_one_month,
    ),
    (
        _rx(
            rf"(?:(?:the\s+)?(?:rolling\s+)?(?:12|twelve)[\s-]months?\s+(?:rolling\s+)?|(?:rolling\s+|the\s+)?(?:full\s+)?year\s+)"
            rf"(?:ended|ending|ending\s+in|up\s+to|to)\s+(?:the\s+)?(?:end\s+of\s+)?(?:(?P<d>{_D})\s+)?(?P<m>{_M})(?:\s*(?P<y>{_YY}))?"
        ),
        _twelve_months,
    ),
    (
        _rx(
            rf"{_WEEKDAY}(?P<d>{_D})(?:\s+of)?[\s-]+(?P<m>{_M})(?:,?[\s-]+(?P<y>{_Y}|['’‘]\d\d|(?<=-)\d\d|\d\d(?=\s*(?:$|[\n\t.,;)]))))?"
        ),
        _one_day,
    ),
    (_rx(rf"(?P<m>{_M})\s+(?P<d>{_D}),\s+(?P<y>{_Y})"), _day_after_month),
    (_rx(rf"(?P<m>{_M})\s+(?P<d>{_D})\s+(?P<y>(?:19|20)\d\d)"), _day_after_month),
    (
        _rx(
            rf"(?:between\s+(?:the\s+end\s+of\s+)?(?P<m1>{_M})(?:\s+(?P<y1>{_Y}))?\s+and\s+(?:the\s+)?(?:end\s+(?:of\s+)?)?(?P<m2>{_M})(?:\s+(?P<y2>{_Y}))?)"
        ),
        _months,
    ),
    (
        _rx(
            rf"(?:from\s+)?(?P<m1>{_M})(?:\s*(?P<y1>{_YY}))?{_TO}(?:the\s+)?(?:end\s+(?:of\s+)?)?(?P<m2>{_M})(?:\s*(?P<y2>{_YY}))?"
        ),
        _months,
    ),
    (
        _rx(
            rf"(?P<m>{_M})\s+(?P<d>(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)|[1-9])(?:,?\s+(?P<y>{_Y}))?(?!\s*%|\.\d|,\d|\s?per\b)"
        ),
        _day_after_month,
    ),
    (
        _rx(
            rf"(?P<end>{_END})?(?:(?:early|mid|late)[\s-]+)?(?P<m>{_M})(?:[\s-]+(?:of\s+)?|\s*,\s*(?=20))?(?P<y>(?<![a-z]){_YY})?"
        ),
        _one_month,
    ),
    (
        _rx(rf"(?:(?:financial\s+year\s+)?(?P<fy>{_FY})[,:\s-]*(?:Q|qtr\.?\s*|quarter\s+)(?P<n>[1-4]))"),
        _quarter,
    ),
    (
        _rx(
            rf"(?:Q|qtr\.?\s*|quarter\s+)(?P<n>[1-4])(?:\s*(?:of|,|\(|-|–)?\s*(?:the\s+)?(?:financial\s+year\s+|FY\s*)?(?P<fy>{_FY}|{_Y}))?"
        ),
        _quarter,
    ),
    (
        _rx(
            rf"(?P<o>first|second|third|fourth|final|1st|2nd|3rd|4th)\s+quarter(?:\s+of\s+(?:the\s+)?(?:financial\s+year\s+)?(?P<fy>{_FY}|{_Y}))?"
        ),
        _quarter,
    ),
    (
        _rx(
            rf"(?:the\s+)?first\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|\d{{1,2}}|half)(?:\s+months)?\s+of\s+(?:the\s+)?(?:financial\s+year\s+)?(?P<fy>{_FY})"
        ),
        _months_into_year,
    ),
    (
        _rx(
            rf"(?P<end>{_END})?(?:(?P<ac1>academic\s+year|school\s+year)\s+)?(?:FY\s?)?(?P<fy>{_FY})(?P<ac2>\s+(?:academic|school)\s+year)?"
        ),
        _year_pair,
    ),
    (_rx(rf"(?:the\s+)?(?P<s>spring|summer|autumn|winter)(?P<term>\s+term)?(?:\s+(?:of\s+)?(?P<y>{_Y}))"), _season),
    (
        _rx(
            r"(?<=in )(?:the\s+)?(?:early\s+|late\s+)?(?P<s>spring|summer|autumn|winter)(?P<term>\s+term)?(?P<y>(?!))?"
        ),
        _season,
    ),
    (
        _rx(
            rf"(?:(?<=\bin )|(?<=\bby )|(?<=\bof )|(?<=\bfor )|(?<=\bsince )|(?<=\bduring )|(?<=\buntil )|(?<=\bthroughout )|(?P<end>{_END}))(?:early\s+|late\s+|mid-?)?(?P<y>{_Y})"
        ),
        _bare_year,
    ),
    (_rx(rf"(?P<end>(?!))?(?:calendar\s+year\s+(?P<y>{_Y})|(?P<y2>{_Y})\s+calendar\s+year)"), _bare_year),
    (
        _rx(r"(?<=during )(?:the|this)\s+(?:financial\s+|reporting\s+)?(?P<unit>year|quarter|period)(?!\s+(?:to|end))"),
        _this_stretch,
    ),
    (_rx(r"(?<=in )(?:the|this)\s+(?P<unit>quarter)(?!\s+\d)"), _this_stretch),
    (
        _rx(
            r"(?:the\s+|a\s+)?(?P<unit>year)\s+(?:before|earlier|previously|ago)|(?:12|twelve)\s+(?P<unit2>months)\s+(?:before|earlier|previously|ago)"
        ),
        _relative,
    ),
    (
        _rx(
            r"(?:(?:the\s+)?same\s+(?:period|time|point|month|quarter)\s+|this\s+time\s+)?(?:the\s+)?(?:last|previous|prior|preceding)\s+(?P<unit>month|quarter|year)(?!['’]s|\s+(?:end|group))"
        ),
        _relative,
    ),
)

_A_MONTH = re.compile(_M, re.IGNORECASE)
_A_YEAR = re.compile(r"\d{4}")
_A_PAIR = re.compile(r"\d\s?[/.–-]\s?\d")
_A_QUARTER = re.compile(r"quarter|qtr|Q[1-4]", re.IGNORECASE)
_A_SEASON = re.compile(r"spring|summer|autumn|winter", re.IGNORECASE)
_A_STRETCH = re.compile(r"year|quarter|months?|period|same", re.IGNORECASE)
_KEY_WORDS: dict[Builder, re.Pattern[str]] = {
    **dict.fromkeys(
        (
            _two_days_of_two_months,
            _week,
            _days_of_one_month,
            _twelve_months,
            _one_day,
            _day_after_month,
            _months,
            _one_month,
        ),
        _A_MONTH,
    ),
    **dict.fromkeys((_iso_date, _numeric_date, _year_pair), _A_PAIR),
    **dict.fromkeys((_months_into_this_year, _months_into_year, _same_stretch, _this_stretch, _relative), _A_STRETCH),
    _quarter: _A_QUARTER,
    _season: _A_SEASON,
    _bare_year: _A_YEAR,
}

# For a text in small letters, which is quick.
_WORTH_A_LOOK = re.compile(
    r"\d{4}|\d[/.]\d|"
    + _M
    + r"|quarter|q[1-4]|spring|summer|autumn|winter|(?:last|previous|prior|preceding)\s+(?:month|year)|(?:year|months)\s+(?:before|earlier|ago|previously)|half\s+of|months\s+of|same\s+(?:period|point|time|date|stage)|(?:during|in)\s+th(?:e|is)\s+",
)


def find_periods(text: str) -> list[PeriodWords]:
    """Every wording of a date or period in the text, in order, none overlapping; where two could be read, the fuller one."""
    if not _WORTH_A_LOOK.search(text.lower()):
        return []
    found: list[PeriodWords] = []
    for words in _candidates(text):
        if not any(words.start < other.end and other.start < words.end for other in found):
            found.append(words)
    return sorted(found)


def _candidates(text: str) -> Iterator[PeriodWords]:
    """Readings by every pattern, each looked for only around its key words: most texts have few of them."""
    around: dict[re.Pattern[str], list[tuple[int, int]]] = {}
    for pattern, build in _GRAMMAR:
        key = _KEY_WORDS[build]
        if key not in around:
            around[key] = list(_windows(key, text))
        for low, high in around[key]:
            for match in pattern.finditer(text, low, high):
                if words := build(match):
                    yield words


_REACH = 80  # characters: no wording of a date goes on for longer on either side of its key word


def _windows(key: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text around a key word, ending between words; those that touch are one."""
    low = high = -1
    for m in key.finditer(text):
        first, last = m.span()
        if first >= low and high == len(text):
            break  # the stretch ends with the text: whatever else is in it cannot make it longer
        start, end = text.rfind(" ", 0, max(0, first - _REACH)) + 1, text.find(" ", last + _REACH)
        end = len(text) if end < 0 else end
        if start > high >= 0:
            yield low, high
            low = start
        low, high = (start if low < 0 else low), end
    if high >= 0:
        yield low, high


def read_period(text: str, anchor: date | None = None, lean: Lean = Lean.PAST) -> Resolved | None:
    """The period that the whole of a short text names ("Dec-17", "2017/18", "End Nov 2018"), else None."""
    stripped = text.strip().strip("()[]:*")
    # A year alone is a period only after a preposition; a short text that is a year needs none.
    found = find_periods(stripped) or find_periods("in " + stripped)
    if len(found) != 1 or found[0].end - found[0].start < len(stripped) - 1:
        return None
    return resolve(found[0], anchor, lean)


def read_date(text: str) -> date | None:
    """The first full date (day, month and year) in the text, else None. "Monday, 11 June 2018 at 6.00 p.m." is 2018-06-11."""
    for words in find_periods(text):
        if words.kind is PeriodKind.DAY and words.first.year:
            resolved = resolve(words, None)
            if resolved and not resolved.impossible:
                return resolved.period.start
    return None


def resolve(
    words: PeriodWords, anchor: date | None, lean: Lean = Lean.PAST, under_report: Period | None = None
) -> Resolved | None:
    """What the wording means, said on `anchor`. None where it cannot be told (a month without a year, and no anchor).

    `under_report` is the period that "last year" and "the previous quarter" count back from.
    """
    if words.is_relative:
        return _resolve_relative(words, anchor, under_report)
    words = _settle_doubtful_year(words, anchor)
    missing_year = not words.has_year
    if missing_year:
        if anchor is None:
            return None
        words = _supply_year(words, anchor, lean)
    try:
        return Resolved(_period(words), inferred=missing_year)
    except ValueError:
        month = words.last.month or words.first.month
        year = words.last.year or words.first.year
        if month is None or year is None:
            return None
        return Resolved(Period.month(year, month), inferred=missing_year, impossible=True)


def _settle_doubtful_year(words: PeriodWords, anchor: date | None) -> PeriodWords:
    """'Dec 17' is December 2017 unless that lies far from the paper's own date: 'March 31' said in 2018 is the day."""
    if not words.doubtful_year or words.first.year is None:
        return words
    short = words.first.year - 2000
    near = abs(words.first.year - anchor.year) <= 6 if anchor else 5 <= short <= 35
    if near or not 1 <= short <= 31:
        return words
    day = PartialDate(None, words.first.month, short)
    return words._replace(kind=PeriodKind.DAY, first=day, last=day, doubtful_year=False)


def _supply_year(words: PeriodWords, anchor: date, lean: Lean) -> PeriodWords:
    """The latest year that does not put the period after the anchor, or looking ahead the earliest that does not put it before."""
    years = range(anchor.year - 2, anchor.year + 3)
    dated = [words._replace(first=words.first._replace(year=y), last=words.last._replace(year=y)) for y in years]
    if lean is Lean.PAST:
        # A quarter is reported on when it is over, a month as soon as it has begun.
        by_end = words.kind is PeriodKind.QUARTER
        return [w for w in dated if _rough(w, start=not by_end) <= anchor][-1]
    return next(w for w in dated if _rough(w, start=False) >= anchor)


def _rough(words: PeriodWords, *, start: bool) -> date:
    try:
        period = _period(words)
    except ValueError:
        last = words.last
        return last_day(last.year or 1, last.month or 1)
    return period.start if start else period.end


def _period(words: PeriodWords) -> Period:
    """Raises ValueError for a day that its month does not have."""
    first, last = words.first, words.last
    if words.kind is PeriodKind.RANGE:
        return _range(words)
    year = first.year or last.year
    assert year is not None
    match words.kind:
        case PeriodKind.DAY:
            return Period.day(date(year, first.month or 1, first.day or 1))
        case PeriodKind.MONTH:
            return Period.month(year, first.month or 1)
        case PeriodKind.MONTH_END:
            return Period.month_end(year, first.month or 1)
        case PeriodKind.QUARTER:
            return Period.quarter(year, words.number or 1)
        case PeriodKind.FINANCIAL_YEAR:
            return Period.financial_year(year)
        case PeriodKind.ACADEMIC_YEAR:
            return Period.academic_year(year)
        case PeriodKind.SEASON:
            return Period.season(year, words.name or "")
        case PeriodKind.ROLLING_YEAR:
            month = first.month or 1
            return Period.rolling_year(date(year, month, first.day) if first.day else last_day(year, month))
        case _:
            return Period.calendar_year(year)


def _range(words: PeriodWords) -> Period:
    first, last = words.first, words.last
    last_year = last.year or first.year
    assert last_year is not None
    assert first.month
    assert last.month
    wraps = (last.month, last.day or 31) < (first.month, first.day or 1)
    first_year = first.year or (last_year - 1 if wraps else last_year)
    if last.year is None and wraps:
        last_year += 1
    if first.year and last.year and first.year == last.year and wraps:
        first_year -= 1
    start = date(first_year, first.month, first.day or 1)
    if words.name == "week":
        return Period.range(start, start + timedelta(days=6))
    end = date(last_year, last.month, last.day) if last.day else last_day(last_year, last.month)
    if end < start:
        raise ValueError("a range that ends before it starts")
    return Period.range(start, end)


def _resolve_relative(words: PeriodWords, anchor: date | None, under_report: Period | None) -> Resolved | None:
    if words.name in _WITHIN_YEAR:
        return _resolve_within_year(words, anchor, under_report)
    if under_report is not None and words.name == "year":
        return Resolved(under_report.a_year_before(), inferred=True)
    if under_report is not None and words.name == "quarter" and under_report.kind is PeriodKind.QUARTER:
        return Resolved(under_report.step(-1), inferred=True)
    day = under_report.end if under_report else anchor
    if day is None:
        return None
    if words.name == "month":
        before = add_months(day, -1)
        return Resolved(Period.month(before.year, before.month), inferred=True)
    if words.name == "quarter":
        quarter = Period.quarter(financial_year_of(day), (day.month - 4) % 12 // 3 + 1)
        return Resolved(quarter.step(-1), inferred=True)
    return Resolved(Period.financial_year(financial_year_of(day) - 1), inferred=True)


def _resolve_within_year(words: PeriodWords, anchor: date | None, under_report: Period | None) -> Resolved | None:
    """Stretches that lean on the period under report; None where the paper reports on none of that kind."""
    if words.name in ("months_in", "months_in_last"):
        day = under_report.start if under_report else anchor
        if day is None or words.number is None:
            return None
        start = date(financial_year_of(day) - (words.name == "months_in_last"), 4, 1)
        end = add_months(start, words.number - 1)
        return Resolved(Period.range(start, last_day(end.year, end.month)), inferred=True)
    if under_report is None:
        return None
    if words.name in ("same_in_year", "same_in_fy"):
        first = financial_year_of(under_report.start) if words.name == "same_in_fy" else under_report.end.year
        moved = under_report
        for _ in range(abs(first - (words.number or first))):
            moved = moved.a_year_before()
        return Resolved(moved, inferred=True) if (words.number or 0) <= first else None
    whole_year = (under_report.end - under_report.start).days > 360
    kinds = {
        "this_year": whole_year,
        "this_quarter": under_report.kind is PeriodKind.QUARTER,
        "this_period": not under_report.is_point,
    }
    return Resolved(under_report, inferred=True) if kinds[words.name or ""] else None
