"""What a cell of a card says: labels with their values ("Target: 60%, Floor: 55%"), a title, a colour or an arrow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.registries import body_phrases
from extractors.cell_values import CellValue, read_cell, read_direction, read_rag
from extractors.column_headings import column_headed, is_generic, normal, read_when, undated_text, wordings
from extractors.language import Context
from schema.paper import Cell


class Said(NamedTuple):
    """A label with its value: `text[start:end]` of a cell. `label` is empty for the card's one value without a label."""

    label: str
    start: int
    end: int


class CellSays(NamedTuple):
    """What a cell of a card holds; `title` is the span of the words before its first label."""

    pairs: tuple[Said, ...]
    title: tuple[int, int] | None = None


_WHEN = r"(?:\s+(?:quarter|month|year|period|week))?"
_WHAT = r"(?:\s+(?:results?|values?|figures?|performance|outturn|position|data|actual|standard|level|score|rate|average|avg|ave|mean|rag|target))?"
_QUALIFIED = r"(?:(?:current|latest|previous|annual|year[- ]?end|full[- ]year|quarterly|monthly|local|national|corporate|council|service|stretch|interim|agreed|red|amber|green|lower|upper)\s+)?"
_VALUED_LABELS = (
    rf"{_QUALIFIED}(?:targets?|goal|floor|tolerance|threshold|minimum|maximum|min|max)(?:\s+(?:standard|level|value|target|threshold))?",
    rf"(?:same\s+(?:quarter|period|month)\s+)?(?:last|previous|prior|preceding)(?:\s+(?:reported|reporting))?{_WHEN}{_WHAT}",
    rf"(?:latest|current|this){_WHEN}{_WHAT}",
    rf"(?:actual|outturn|results?|performance|year[- ]to[- ]date|ytd){_WHAT}",
    r"(?:change|variance|forecast|numerator|denominator)(?:\s+(?:since|from|on|against)\s+(?:last|previous)\s+(?:quarter|month|year))?",
    r"(?:nat(?:ional)?|regional|stat(?:istical)?)\.?\s+(?:average|avg|ave|neighbours?|nbrs?|figure|rate|benchmark|comparator)s?\.?(?:\s+(?:average|avg|mean))?",
    r"(?:national|regional|benchmark|comparators?|sns?|family group)(?:\s+(?:average|avg|mean|figure))?",
)
_SIGN_LABELS = r"rag(?:\s+(?:rating|status))?|status|d\.?o\.?t\.?|direction(?:\s+of\s+travel)?|trend"
_TOLD_LABELS = r"good\s+(?:is|performance\s+is|to\s+be|looks\s+like)|polarity|owner|lead(?:\s+officer)?|frequency|units?|basis|(?:data\s+)?source|quartile|rank(?:ing)?|period|updated|reported"
_MOST_IN_CELL = 400  # characters: more are prose


def _label_pattern() -> re.Pattern[str]:
    bodies = sorted((re.escape(p) for p in body_phrases() if len(p) > 3), key=len, reverse=True)
    named = rf"(?:{'|'.join(bodies)})(?:\s+(?:average|avg|mean|figure|rate))?"
    valued = "|".join((*_VALUED_LABELS, named))
    return re.compile(
        rf"(?<![\w%’'-])(?:(?P<valued>{valued})|(?P<sign>{_SIGN_LABELS})|(?P<told>{_TOLD_LABELS})(?=\s*:))(?![\w’'-])",
        re.IGNORECASE,
    )


LABEL = _label_pattern()
_BETWEEN = re.compile(r"\s*(?:[:=]|[-–—](?=\s)|\bis\b|\bwas\b)?\s*")
_OWN_WHEN = re.compile(r"\s*\(?(?P<when>[^():%]{2,24}?)\)?\s*(?:[:=]|[-–—](?=\s)|(?<=\))(?=\s))\s*(?=\S)")
_AFTER = " \t\n,;|/·•"
_COLON = re.compile(r"\s*(?P<label>[^:%|]{2,40}?)\s*:\s*(?P<value>\S.*)", re.DOTALL)


def read_labelled(cell: Cell, context: Context) -> CellSays | None:
    """The labelled values that a cell holds and nothing else but a title before them; None for any other cell."""
    text = cell.text
    if len(text) > _MOST_IN_CELL or not re.search(r"[\d:]", text):
        return None
    labels = list(LABEL.finditer(text))
    if not labels or (labels[0].start() > 0 and not any(m["valued"] for m in labels)):
        return _with_colon(text, context) or _value_first(text, labels)
    return _value_first(text, labels) or _label_first(text, labels, context)


def _label_first(text: str, labels: Sequence[re.Match[str]], context: Context) -> CellSays | None:
    # A title may hold words that are labels elsewhere ("Number of target visits"): the values begin at one of them.
    for first in range(len(labels)):
        pairs = list(_pairs(text, labels[first:], context))
        if all(pair is not None for pair in pairs):
            said = tuple(pair for pair in pairs if pair is not None and pair.end > pair.start)
            if not said or (
                any(m["valued"] for m in labels) and not any(_value_of(text[p.start : p.end]) for p in said)
            ):
                return None
            return _titled(text, labels[first].start(), said)
    return None


def _pairs(text: str, labels: Sequence[re.Match[str]], context: Context) -> Iterator[Said | None]:
    """For each label its value, None where it has none; an empty span for a sign that says nothing readable."""
    for i, m in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        start, label = m.end(), m[0]
        between = _BETWEEN.match(text, start)
        assert between is not None  # it matches the empty text
        value = _span(text, between.end(), end)
        if m["valued"] and not _value_of(text[slice(*value)]):
            own = _OWN_WHEN.match(text, start, end)
            if own and read_when(own["when"], context.said_on):
                label, value = f"{label} {own['when']}", _span(text, own.end(), end)
        if m["valued"] and not _value_of(text[slice(*value)]):
            yield None
        elif m["sign"] and not (read_rag(text[slice(*value)]) or read_direction(text[slice(*value)])):
            yield Said(label, value[0], value[0])
        else:
            yield Said(label, *value)


def _titled(text: str, end: int, pairs: tuple[Said, ...]) -> CellSays | None:
    """The pairs with the words before them as their title; a value among those words is the card's own."""
    start, end = _span(text, 0, end)
    words = text[start:end].rstrip(" :–-")
    end = start + len(words)
    if not words:
        return CellSays(pairs)
    for m in (
        re.match(r"(?P<value>\S+)\s+(?P<title>.+)", words),
        re.fullmatch(r"(?P<title>.+)\s(?P<value>\S+)", words),
    ):
        if m and re.search(r"\d", m["value"]) and _value_of(m["value"]) and is_title_text(m["title"]):
            own = Said("", start + m.start("value"), start + m.end("value"))
            return CellSays((own, *pairs), (start + m.start("title"), start + m.end("title")))
    return CellSays(pairs, (start, end)) if is_title_text(words) else None


def _value_first(text: str, labels: Sequence[re.Match[str]]) -> CellSays | None:
    """'34% Latest': one value over its label."""
    if len(labels) != 1 or not labels[0]["valued"] or text[labels[0].end() :].strip():
        return None
    start, end = _span(text, 0, labels[0].start())
    return CellSays((Said(labels[0][0], start, end),)) if _value_of(text[start:end]) else None


def _with_colon(text: str, context: Context) -> CellSays | None:
    """'Q3 2024/25: 34%', 'Rutland: 34%', 'Polarity: higher is better': a label of other words, told by its colon."""
    m = _COLON.fullmatch(text)
    if not m:
        return None
    column = column_headed((m["label"],), context.said_on, context.council)
    if column.meaning == "value" and not column.measure_words and _value_of(m["value"]):
        return CellSays((Said(m["label"], *_span(text, m.start("value"), m.end("value"))),))
    return None


def _value_of(text: str) -> list[CellValue]:
    text = text.strip(_AFTER)
    return read_cell(text) if text else []


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start += len(part) - len(part.lstrip(_AFTER))
    return start, max(start, start + len(part.strip(_AFTER)))


def trimmed(text: str) -> tuple[int, int]:
    return _span(text, 0, len(text))


def kind_of(label: str, context: Context) -> str:
    """What a label makes of its value: "now", "target", "previous", "benchmark", or another meaning."""
    if not label:
        return "now"
    column = column_headed((label,), context.said_on, context.council)
    return "now" if column.meaning in ("current", "value") else column.meaning


def is_bare_value(cell: Cell) -> bool:
    return bool(re.search(r"\d", cell.text)) and bool(read_cell(cell.text)) and read_when(cell.text, None) is None


_LEGEND = re.compile(
    r"\b(?:actuals?|targets?|floor|nat\.?|ave?\.?|average|national|england|upper|lower|thresholds?|benchmark|trend|previous|year)\b",
    re.IGNORECASE,
)


def is_title_text(text: str) -> bool:
    """Whether words can be an indicator's name: no sentence, no colour, no lone label, no axis or legend of a chart."""
    words = text.split()
    if not 1 <= len(words) <= 45 or not re.search(r"[^\W\d_]{4}", text) or read_rag(text) or read_direction(text):
        return False
    if text.rstrip().endswith((".", ":")) and len(words) > 8:
        return False
    return not (
        read_cell(text)
        or is_sign(text)
        or LABEL.fullmatch(text.strip())
        or is_generic(undated_text(text))
        or is_chart(text)
    )


def is_chart(text: str) -> bool:
    """The words of a chart drawn inside a box: numbers along the axes, dates, the legend."""
    whens = sum(w.end - w.start > 0 for w in wordings(normal(text)))
    numbers = len(re.findall(r"(?<!\S)[-–£]?\d[\d,.]*[%kKm]?(?!\S)", text))
    if whens + numbers < 3:
        return False
    rest = _LEGEND.sub(" ", re.sub(r"\S*\d\S*|\b[A-Z][a-z]{2}[-’' ]", " ", text))
    return len(rest.split()) <= (whens + numbers)


ARROWS = r"[\u2190-\u21ff\u25b2-\u25bf\u2b06\u2b07\u2b05\u27a1]\ufe0f?"
SIGN = re.compile(
    rf"\(?(?P<rag>red|amber|green)?\)?\s*[,/–-]?\s*(?P<arrow>{ARROWS}|\b(?:up|down|stable|no change|unchanged))?|(?P<letter>[RAG])",
    re.IGNORECASE,
)


def is_sign(text: str) -> bool:
    return bool(text.strip()) and SIGN.fullmatch(text.strip()) is not None
