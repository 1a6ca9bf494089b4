"""What a table's cell says: values with their units, a withheld value with the reason, or words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extractors.quantities import SCALES, decimal
from schema.records import Direction, Missing, Qualifier, Rag


class CellValue(NamedTuple):
    """A value at `text[start:end]` of a cell. `unit` is what the cell itself says, None where it is a bare number.

    `part` tells numerator and denominator where the cell holds them beside their share ("85% (51/60)").
    """

    start: int
    end: int
    value: Decimal | None
    high: Decimal | None = None
    unit: str | None = None
    missing: Missing | None = None
    qualifier: Qualifier = "exact"
    part: str | None = None


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
_AMOUNT = r"(?P<sign{0}>[-–−+])?\s?(?P<currency{0}>£)?\s?(?P<minus{0}>[-–−])?(?P<number{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s?(?P<scale{0}>million|billion|thousand|bn|mn|[mkMK])?(?P<unit{0}>\.?\s?(?:%|pps?\b|ppts?\b|(?i:per\s?cent\b|percentage points?\b|days?\b|weeks?\b|months?\b|years?\b|hours?\b)))?"
_QUALIFIER = r"(?P<qualifier>(?i:c\.|circa|approx\.?|about|around)|[<>~≥≤]|(?i:over|under|below|above|at least|up to|less than|more than|no more than|minimum|maximum|min\.?|max\.?))?\s?"
_TAIL = r"(?P<tail>\s*(?:[\u2190-\u21ff\u25b2-\u25bf\u2b06\u2b07\u2b05\u27a1\U0001f534\U0001f7e0\U0001f7e1\U0001f7e2]\ufe0f?|\(?(?:[RAGBrag]|Red|Amber|Green|Blue)\)?|\*|†|‡|[¹²³⁴]|\(?(?:p|r|e|prov(?:isional)?|est(?:imated)?)\)|(?:or|and)\s+(?:more|above|over|less|below|under|fewer)|\+|(?:FTE|fte|wte|WTE))\s*)*"
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


def read_cell(text: str) -> list[CellValue]:
    """The values of a cell that holds nothing but values; an empty list for words, an empty cell or a date."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    words = text[start:end]
    if not words or len(words) > 48:
        return []
    for reason, pattern in _MISSING:
        if pattern.fullmatch(words):
            return [CellValue(start, end, None, missing=reason)]
    for read in (_parts, _range, _one):
        if values := read(words):
            return [v._replace(start=v.start + start, end=v.end + start) for v in values]
    return []


def _one(words: str) -> list[CellValue]:
    m = _ONE.fullmatch(words)
    if not m:
        return []
    negative = bool(m["minus"]) or m["sign"] in ("-", "–", "−")
    end = m.end("unit") if m["unit"] else m.end("scale") if m["scale"] else m.end("number")
    start = m.start("currency") if m["currency"] else m.start("number")
    tail = (m["tail"] or "").strip().casefold()
    qualifier = _QUALIFIERS.get((m["qualifier"] or "").casefold(), "exact")
    if tail.startswith(("+", "or more", "or above", "or over", "and over", "and above")):
        qualifier = "at_least"
    elif tail.startswith(("or less", "or below", "or under", "or fewer")):
        qualifier = "up_to"
    return [
        CellValue(
            start,
            end,
            _scaled(m["number"], m["scale"], negative=negative),
            None,
            _unit(m["currency"], m["unit"], m["scale"]),
            None,
            qualifier,
        )
    ]


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
        )
    ]


def _parts(words: str) -> list[CellValue]:
    """'85% (51/60)', '51/60 (85%)', '51 of 60', '34 (12%)', '12% (34)'."""
    if re.fullmatch(r"(?:19|20)\d\d\s?/\s?\d{2,4}", words):
        return []
    for pattern in (_SHARE_WITH_PARTS, _PARTS_WITH_SHARE, _COUNT_WITH_SHARE, _SHARE_WITH_COUNT):
        m = pattern.fullmatch(words)
        if not m:
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


def _scaled(number: str, scale: str | None, *, negative: bool) -> Decimal:
    value = decimal(number if not number.startswith(".") else "0" + number)
    if scale:
        value = value.scaleb(SCALES[scale.casefold()])
    return -value if negative else value


def _unit(currency: str | None, unit: str | None, scale: str | None) -> str | None:
    if currency:
        return "gbp"
    word = (unit or "").strip(" .").casefold()
    if word.startswith(("percentage", "pp")):
        return "percentage_points"
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
