"""What a table's cell says: values with their units, a withheld value with the reason, or words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from corpus.registries import body_phrases
from extractors.quantities import SCALES, decimal
from schema.period_words import read_period
from schema.records import Direction, Missing, Qualifier, Rag


class CellValue(NamedTuple):
    """A value at `text[start:end]` of a cell. `unit` is what the cell itself says, None where it is a bare number.

    `part` tells numerator and denominator where the cell holds them beside their share ("85% (51/60)"). `when` and `whose`
    are the words of a period or a body that the cell prints beside its value ("55% (2021/22)", "England 21.5%"). `bracketed`
    is a number in brackets, read as negative; `multiplied` one that prints its own scale ("£5.2m").
    """

    start: int
    end: int
    value: Decimal | None
    high: Decimal | None = None
    unit: str | None = None
    missing: Missing | None = None
    qualifier: Qualifier = "exact"
    part: str | None = None
    when: str | None = None
    whose: str | None = None
    bracketed: bool = False
    multiplied: bool = False


_PAIR = re.compile(
    r"(?<![\d/.,-])(?:(?<=FY)|(?<![A-Za-z]))['’‘]?(\d\d)\s?/\s?['’‘]?(\d\d)(?![\d/.,%]|\s?(?:year|yr|aged?\b|%))"
)
_PAIR_AFTER_WORD = re.compile(r"(?<=\bQ[1-4] )(\d\d)-(\d\d)\b|(?<=\bFY)\s?(\d\d)-(\d\d)\b")
_YEAR_WORDS = re.compile(
    r"^(?:as\s+(?:at|of)|at|in|for|during|calendar\s+year|financial\s+year|year|outturn)\s+|\s+(?:outturn|data|figures?)$",
    re.IGNORECASE,
)
_ANY_DAY = date(2020, 1, 1)


def normal_years(text: str) -> str:
    """Text with financial years in two digits written out: "Q3 21/22" is "Q3 2021/22". Other pairs of numbers stay."""

    def full(m: re.Match[str]) -> str:
        first, second = (int(g) for g in m.groups() if g)
        if second != first + 1 or not 5 <= first <= 39:
            return m[0]
        gap = " " if m.string[max(0, m.start() - 1) : m.start()].isalpha() else ""
        return f"{gap}{2000 + first}/{second:02d}"

    if not re.search(r"\d\d\s?[/-]\s?['’‘]?\d\d", text):
        return text
    return " ".join(_PAIR_AFTER_WORD.sub(full, _PAIR.sub(full, text)).split())


_MISSING: tuple[tuple[Missing, re.Pattern[str]], ...] = (
    ("not_applicable", re.compile(r"n\s?[/.\\]\s?a\.?|not\s+applicable", re.IGNORECASE)),
    ("suppressed", re.compile(r"\*{1,2}|[cx]|[<≤]\s?\d{1,2}|suppressed|redacted|\[[cx]\]", re.IGNORECASE)),
    (
        "not_available",
        re.compile(
            r"[-–—−]{1,3}|\.{2,3}|:|tb[cad]|t\.b\.c\.?|n\s?/\s?k|not\s+(?:yet\s+)?(?:available|known|reported|published|measured|collected)|no\s+data|unavailable|awaited|data\s+not\s+(?:yet\s+)?available|new(?:\s+measure)?|nil\s+return|\[[zu]\]",
            re.IGNORECASE,
        ),
    ),
)
_AMOUNT = r"(?P<sign{0}>[-–−+])?\s?(?P<currency{0}>£)?\s?(?P<minus{0}>[-–−])?(?P<number{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s?(?P<scale{0}>million|billion|thousand|bn|mn|[mkMK])?(?P<unit{0}>\.?\s?(?:%(?:\s?points?\b)?|(?i:per\s+1(?:00|0)?[,.]?000\b)|pps?\b|ppts?\b|(?i:per\s?cent\b|percentage points?\b|days?\b|weeks?\b|months?\b|years?\b|hours?\b)))?"
_QUALIFIER = r"(?P<qualifier>(?i:c\.|circa|approx\.?|about|around)|[<>~≥≤]|(?i:over|under|below|above|at least|up to|less than|more than|no more than|minimum|maximum|min\.?|max\.?))?\s?"
_TAIL = r"(?P<tail>\s*(?:(?i:p/?\.?w\.?|p/?\.?a\.?|(?:per|a)\s+(?:week|month|year|annum|night|hour|child|head|placement|FTE))(?![a-z])|\(?[\u2190-\u21ff\u25b2-\u25bf\u2b06\u2b07\u2b05\u27a1\U0001f534\U0001f7e0\U0001f7e1\U0001f7e2]\ufe0f?\)?|\(?(?:[RAGBrag]|Red|Amber|Green|Blue)\)?|\*|†|‡|[¹²³⁴]|\(?(?:p|r|e|prov(?:isional)?|est(?:imated)?)\)|(?:or|and)\s+(?:more|above|over|less|below|under|fewer)|\+|(?:FTE|fte|wte|WTE))\s*)*"
_ONE = re.compile(_QUALIFIER + _AMOUNT.format("") + _TAIL)
_RANGE = re.compile(_QUALIFIER + _AMOUNT.format("") + r"\s?(?:-|–|—|to)\s?" + _AMOUNT.format("2"))
_SHARE_WITH_PARTS = re.compile(
    r"(?P<share>\d+(?:\.\d+)?)\s?%\s*[(\[]?\s*(?P<top>\d[\d,]*)\s*(?:/|of|out of)\s*(?P<bottom>\d[\d,]*)\s*[)\]]?"
)
_PARTS_WITH_SHARE = re.compile(
    r"(?P<top>\d[\d,]*)\s*(?:/|of|out of)\s*(?P<bottom>\d[\d,]*)\s*(?:[(\[=]\s*(?P<share>\d+(?:\.\d+)?)\s?%\s*[)\]]?)?"
)
_COUNT_WITH_SHARE = re.compile(r"(?P<count>\d[\d,]*)\s*[(\[]\s*(?P<share>\d+(?:\.\d+)?)\s?%\s*[)\]]")
_SHARE_WITH_COUNT = re.compile(r"(?P<share>\d+(?:\.\d+)?)\s?%\s*[(\[]\s*(?P<count>\d[\d,]*)\s*[)\]]")
_QUALIFIERS: dict[str, Qualifier] = {
    **dict.fromkeys(("c.", "circa", "approx", "approx.", "about", "around", "~"), "about"),
    **dict.fromkeys((">", "over", "above", "more than"), "over"),
    **dict.fromkeys(("<", "under", "below", "less than"), "under"),
    **dict.fromkeys(("≥", "at least", "minimum", "min", "min."), "at_least"),
    **dict.fromkeys(("≤", "up to", "no more than", "maximum", "max", "max."), "up_to"),
}


_BRACKETED = re.compile(
    r"(?P<outer>£)?\s?\(\s*(?P<body>£?\s?(?:\d[\d,]*(?:\.\d+)?|\.\d+)\s?(?:million|thousand|bn|mn|[mkMK])?\s?(?:%|pps?)?)\s*\)(?P<scale>[mkMK](?![a-z]))?\s?%?"
)
_WITH_PERIOD = re.compile(
    r"(?P<value>[^()\[\]]*\d[^()\[\]]*?)\s*(?:[(\[]\s*(?P<in>[^()\[\]]*[^()\[\]%]{2})[)\]]|\s(?:as\s+at|at|in|for)\s(?P<at>[^()]*\d\d))"
)
_PERIOD_FIRST = re.compile(r"(?P<when>[^:%£]{2,24}?)\s*[:=]\s*(?P<value>\S.*)")
_BODY_FIRST = re.compile(r"(?P<who>[A-Za-z][A-Za-z&.'’ ]{1,40}?)\s*[:=-]?\s+(?P<value>[£\d.*][^()]*)")
_UNITS_ALONE = re.compile(r"[(\[]?£\s?['’]?0{3}['’]?s?[)\]]?")
_BAND = re.compile(
    r"(?:age[ds]?\s+)?(?:(?:under|over|below|less than|up to)\s+(?:\d{1,2}|one)|[<>]\s?1|\d{1,2}\s?(?:-|–|—|to)\s?(?:<\s?)?\d{1,2}|\d{1,2}\s?\+|\d{1,2}\s+(?:and|or|&|years and)\s+(?:over|above|older|under)|\d{1,2}\s+(?:plus)|\d{1,2}(?=\s*(?:years?|yrs?)))"
    r"\s*(?:years?|yrs?|months?|weeks?|days?|year[- ]olds?)?\s*(?:old|of age|and over|and under|olds?)?s?",
    re.IGNORECASE,
)


def is_band(text: str) -> bool:
    """Whether a text that reads as a value names an age or length of time: "Under 1", "5 to 9", "0-4 years", "16+"."""
    return bool(_BAND.fullmatch(text.strip()))


def read_cell(text: str) -> list[CellValue]:
    """The values of a cell that holds nothing but values; an empty list for words, an empty cell or a date."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    words = text[start:end]
    if not words or len(words) > 48 or _UNITS_ALONE.fullmatch(words):
        return []
    for reason, pattern in _MISSING:
        if pattern.fullmatch(words):
            return [CellValue(start, end, None, missing=reason)]
    for read in (_parts, _range, _one, _bracketed, _with_period, _with_body):
        if values := read(words):
            return [v._replace(start=v.start + start, end=v.end + start) for v in values]
    return []


def _one(words: str) -> list[CellValue]:
    m = _ONE.fullmatch(words)
    if not m:
        return []
    negative = bool(m["minus"]) or m["sign"] in ("-", "–", "−")
    end = m.end("unit") if m["unit"] else m.end("scale") if m["scale"] else m.end("number")
    first = next(name for name in ("sign", "currency", "minus", "number") if m[name])
    tail = (m["tail"] or "").strip().casefold()
    qualifier = _QUALIFIERS.get((m["qualifier"] or "").casefold(), "exact")
    if tail.startswith(("+", "or more", "or above", "or over", "and over", "and above")):
        qualifier = "at_least"
    elif tail.startswith(("or less", "or below", "or under", "or fewer")):
        qualifier = "up_to"
    return [
        CellValue(
            m.start(first),
            end,
            _scaled(m["number"], m["scale"], negative=negative),
            None,
            _unit(m["currency"], m["unit"], m["scale"]),
            None,
            qualifier,
            multiplied=bool(m["scale"]),
        )
    ]


def _bracketed(words: str) -> list[CellValue]:
    """'(540)', '(4.7%)', '(£540)', '£(0.5)m': as accounts print what is negative."""
    m = _BRACKETED.fullmatch(words)
    if not m:
        return []
    inner = (m["outer"] or "") + m["body"].strip() + (m["scale"] or "") + ("%" if words.endswith("%") else "")
    return [
        v._replace(start=0, end=len(words), value=-v.value if v.value else v.value, bracketed=True) for v in _one(inner)
    ]


def _with_period(words: str) -> list[CellValue]:
    """'55% (2021/22)', '312 (Mar 2022)', 'Q2: 71%': a value with a period of its own."""
    for pattern in (_WITH_PERIOD, _PERIOD_FIRST):
        m = pattern.fullmatch(words)
        if not m:
            continue
        when = next(m[name] for name in ("in", "at", "when") if m.groupdict().get(name))
        if read_period(_YEAR_WORDS.sub("", normal_years(when)), _ANY_DAY) is None:
            continue
        found = _one(m["value"].strip()) or _bracketed(m["value"].strip())
        shift = m.start("value") + len(m["value"]) - len(m["value"].lstrip())
        return [v._replace(start=v.start + shift, end=v.end + shift, when=when) for v in found]
    return []


def _with_body(words: str) -> list[CellValue]:
    """'England 21.5%', 'Stat neighbours: 19%': a value with whose it is."""
    m = _BODY_FIRST.fullmatch(words)
    if not m or " ".join(m["who"].casefold().replace(".", "").split()) not in body_phrases():
        return []
    shift = m.start("value")
    return [v._replace(start=v.start + shift, end=v.end + shift, whose=m["who"]) for v in _one(m["value"])]


def _range(words: str) -> list[CellValue]:
    m = _RANGE.fullmatch(words)
    if not m or re.fullmatch(r"(?:19|20)\d\d\s?[-–]\s?\d{2,4}", words):
        return []
    low = _scaled(m["number"], m["scale"] or m["scale2"], negative=False)
    high = _scaled(m["number2"], m["scale2"], negative=False)
    if high <= low:
        return []
    unit = _unit(m["currency"] or m["currency2"], m["unit"] or m["unit2"], m["scale2"])
    return [
        CellValue(
            m.start("number") if not m["currency"] else m.start("currency"),
            len(words),
            low,
            high,
            unit,
            None,
            _QUALIFIERS.get((m["qualifier"] or "").casefold(), "exact"),
            multiplied=bool(m["scale"] or m["scale2"]),
        )
    ]


def _parts(words: str) -> list[CellValue]:
    """'85% (51/60)', '51/60 (85%)', '51 of 60', '34 (12%)', '12% (34)'."""
    if re.fullmatch(r"(?:19|20)\d\d\s?/\s?\d{2,4}", words):
        return []
    for pattern in (_SHARE_WITH_PARTS, _PARTS_WITH_SHARE, _COUNT_WITH_SHARE, _SHARE_WITH_COUNT):
        m = pattern.fullmatch(words)
        if not m or _is_year_beside(m):
            continue
        values = []
        for name, start, end in sorted(((n, *m.span(n)) for n in m.groupdict() if m[n]), key=lambda v: v[1]):
            percent = name == "share"
            part = {"top": "numerator", "bottom": "denominator"}.get(name)
            if percent:
                end += len(re.match(r"\s?%", words[end:])[0])  # type: ignore[index]
            values.append(
                CellValue(start, end, decimal(m[name]), None, "percent" if percent else "count", None, "exact", part)
            )
        return values
    return []


def _is_year_beside(m: re.Match[str]) -> bool:
    """'71% (18/19)', '55% (2021/22)': a pair of numbers that is a financial year, and no parts of the share beside it."""
    parts = m.groupdict()
    if not (parts.get("share") and parts.get("top")):
        return False
    top, bottom = (int(parts[name].replace(",", "")) for name in ("top", "bottom"))
    is_year = (bottom % 100 == (top + 1) % 100) and (5 <= top <= 39 or 1990 <= top <= 2039)
    return is_year and (bottom < top or abs(float(parts["share"]) - 100 * top / bottom) > 1.5)


def _scaled(number: str, scale: str | None, *, negative: bool) -> Decimal:
    value = decimal(number if not number.startswith(".") else "0" + number)
    if scale:
        value = value.scaleb(SCALES[scale.casefold()])
    return -value if negative else value


def _unit(currency: str | None, unit: str | None, scale: str | None) -> str | None:
    if currency:
        return "gbp"
    word = (unit or "").strip(" .").casefold()
    if word.startswith(("percentage", "pp")) or "point" in word:
        return "percentage_points"
    if m := re.match(r"per\s+(1|10|100)[,.]?000", word):
        return f"per_{m[1]}k"
    if word.startswith(("%", "per")):
        return "percent"
    return word.rstrip("s") + "s" if word else None


_RAGS: dict[str, Rag] = {
    **dict.fromkeys(("r", "red", "🔴"), "red"),
    **dict.fromkeys(("a", "amber", "yellow", "🟠", "🟡", "orange"), "amber"),
    **dict.fromkeys(("g", "green", "🟢"), "green"),
}
_DIRECTIONS: dict[str, Direction] = {
    **dict.fromkeys(("↑", "▲", "⬆", "↗", "△", "up", "increase", "increasing", "increased", "higher", "rising"), "up"),
    **dict.fromkeys(
        ("↓", "▼", "⬇", "↘", "▽", "down", "decrease", "decreasing", "decreased", "lower", "falling"), "down"
    ),
    **dict.fromkeys(
        ("→", "↔", "➡", "►", "▶", "=", "↔️", "level", "same", "stable", "static", "no change", "steady", "unchanged"),
        "level",
    ),
}


def read_rag(text: str) -> Rag | None:
    """The colour that a cell prints as a word, a letter or a sign."""
    return _RAGS.get(text.strip(" ()[].*").casefold())


def read_direction(text: str) -> Direction | None:
    """The direction of travel that a cell prints as an arrow or a word."""
    return _DIRECTIONS.get(text.strip(" ()\ufe0f").casefold())
