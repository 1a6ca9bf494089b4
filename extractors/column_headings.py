"""What the columns of a table mean: by the words of their headings, never by their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from corpus.registries import body_phrases
from extractors.cell_values import read_cell
from extractors.quantities import AVERAGE_OF_COUNTS
from schema.period import Period
from schema.period_words import find_periods, read_period, resolve
from schema.records import Basis

Meaning = Literal[
    "reference",
    "measure",
    "label",  # a service, team, area: what narrows the row's measure
    "value",  # a value whose period, role or measure the rest of the heading tells
    "current",
    "previous",
    "numerator",
    "denominator",
    "target",
    "benchmark",
    "change",
    "plan",
    "rag",
    "direction",
    "basis",
    "unit",
    "polarity",
    "words",
]


class Column(NamedTuple):
    """A column's meaning with what its heading adds: a period, a target band, whose figure, the unit, the words left over."""

    meaning: Meaning
    heading: tuple[str, ...]
    period: Period | None = None
    band: str | None = None
    organisation: str | None = None
    unit: str | None = None
    basis: Basis | None = None
    measure_words: str = ""


def header_height(grid: Sequence[Sequence[str]], known: int = 0) -> int:
    """How many rows at the top are headings: those before the first that holds a value beside words.

    `known` is the number of rows that the paper itself repeats on later pages.
    """
    for r, row in enumerate(grid):
        if r < known:
            continue
        if _is_data(row):
            return r
    return 0


def _is_data(row: Sequence[str]) -> bool:
    values = [cell for cell in row if read_cell(cell) and not read_period(cell)]
    words = [cell for cell in row if cell.strip() and not read_cell(cell)]
    return bool(values) and bool(words) and any(re.search(r"\d", v) for v in values)


def spread(header: Sequence[Sequence[str]]) -> list[list[str]]:
    """Heading rows with blank spanning cells filled in.

    A blank cell takes the heading to its left, unless a row above starts another group between the two. The lowest row does
    not spread: a blank there is a column without a sub-heading.
    """
    filled = [list(row) for row in header]
    for r, row in enumerate(header[:-1]):
        for c, cell in enumerate(row):
            if cell.strip() or not c or not filled[r][c - 1].strip():
                continue
            starts_above = any(header[above][c].strip() for above in range(r))
            has_below = any(header[below][c].strip() for below in range(r + 1, len(header)))
            if not starts_above and has_below:
                filled[r][c] = filled[r][c - 1]
    return filled


def columns_of(header: Sequence[Sequence[str]], width: int, said_on: date | None) -> list[Column]:
    """The columns, from the heading rows combined."""
    rows = spread(header)
    rows = [row for row in rows if not is_title(row)]
    columns = []
    for c in range(width):
        stack = [row[c].strip() for row in rows if c < len(row) and row[c].strip()]
        columns.append(_column(tuple(dict.fromkeys(stack)), said_on))
    return columns


def is_title(row: Sequence[str]) -> bool:
    """A row that names the table or a section of it: one text, at the left or repeated over the width."""
    texts = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    return len(texts) == 1 and bool(row[0].strip()) and not read_cell(texts[0])


_MEANINGS: tuple[tuple[Meaning, str], ...] = (
    (
        "reference",
        r"^(?:ref(?:erence)?\.?|no\.?|id|code|#|(?:kpi|pi|ni|indicator)\s+(?:ref(?:erence)?|no\.?|code|id|number)|ref\.?\s*(?:no\.?|number)|measure\s+(?:ref|id|no\.?))$",
    ),
    ("rag", r"\b(?:b?rag|r\.a\.g|traffic light)\b|^status$|^(?:rag\s+)?rating$|^performance status$"),
    (
        "direction",
        r"\b(?:d\.?o\.?t\.?|direction(?: of travel)?|travel|arrow|movement indicator)\b|^trend(?:\s?line)?\b(?!.*\d)|^trend\b",
    ),
    (
        "polarity",
        r"\b(?:polarity|good (?:performance )?(?:is|to be)|(?:what is )?good looks? like|aim to|bigger is better|better to be|desired direction)\b",
    ),
    (
        "measure",
        r"\b(?:measures?|indicators?|kpis?|metrics?|performance (?:measure|indicator)|indicator name)\b(?!.*\bdepending\b)|^(?:description|title)$",
    ),
    ("numerator", r"\bnum(?:\.|erator)?\b|^n(?:um)?$"),
    ("denominator", r"\bden(?:om)?(?:\.|inator)?\b|^d(?:en)?$|^out of$|^cohort(?: size)?$"),
    ("change", r"\b(?:change|variance|difference|var\.?|\+/-|±|increase|decrease|movement|gap)\b"),
    (
        "target",
        r"\b(?:targets?|goal|tolerances?|ambition|floor|threshold|standard)\b|^(?:min(?:imum)?|max(?:imum)?|upper|lower|stretch)$",
    ),
    ("plan", r"\b(?:forecast|projected|projection|budget(?:ed)?|plan(?:ned)?|estimated?|expected|profile[d]?)\b"),
    (
        "basis",
        r"^(?:(?:reporting\s+)?period|basis|frequency|type|measure type|period type|reporting (?:basis|frequency)|snapshot/ytd.*)$",
    ),
    ("unit", r"^(?:units?|unit of measure(?:ment)?|measure unit|format|%\s*/\s*no\.?)$"),
    ("previous", r"\b(?:previous|prior|last (?:year|month|quarter|period|reported)|preceding|previously)\b"),
    (
        "words",
        r"\b(?:comments?|commentary|narrative|notes?|owner|lead|officer|explanation|action|responsible|source|definition|description of|rationale|analysis|mitigation|service area|directorate)\b",
    ),
    (
        "current",
        r"\b(?:current|latest|actual|outturn|result|performance|this (?:month|quarter|year|period)|year[- ]to[- ]date|ytd|position|value|to date)\b",
    ),
    (
        "label",
        r"\b(?:service|team|area|ward|school|locality|category|age(?: group| band)?|ethnicity|gender|level|group|type|district|borough|authority|council|directorate|quadrant|reason|placement|cohort|provider|region|name)\b",
    ),
)
_WORDS = tuple((meaning, re.compile(pattern, re.IGNORECASE)) for meaning, pattern in _MEANINGS)
_BANDS = (
    ("min", re.compile(r"\bmin(?:imum)?\b", re.IGNORECASE)),
    ("upper", re.compile(r"\bupper\b", re.IGNORECASE)),
    ("lower", re.compile(r"\blower\b", re.IGNORECASE)),
    ("max", re.compile(r"\bmax(?:imum)?\b", re.IGNORECASE)),
    ("floor", re.compile(r"\bfloor\b", re.IGNORECASE)),
    ("stretch", re.compile(r"\bstretch\b", re.IGNORECASE)),
    ("tolerance", re.compile(r"\btoleranc", re.IGNORECASE)),
)
_COUNT_UNIT = re.compile(r"^(?:no\.?|number|count|n|#|total)$", re.IGNORECASE)


def read_basis(text: str) -> Basis | None:
    """The basis that a cell or heading names: "Snapshot", "YTD", "Rolling Year", "R12M"."""
    words = text.strip().casefold()
    for basis, pattern in _BASES:
        if pattern.search(words):
            return basis
    return None


_BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    ("ytd", re.compile(r"\by(?:ear)?[- ]?t(?:o)?[- ]?d(?:ate)?\b|\bcumulative\b")),
    ("rolling_year", re.compile(r"\brolling\b|\br12m?\b|\b12[- ]months?\b|\btwelve[- ]months?\b")),
    ("snapshot", re.compile(r"\bsnap\s?shot\b|\bms\b|\bpoint in time\b|\bmonth[- ]end\b|\bas at\b")),
    ("quarter", re.compile(r"^quarter(?:ly)?$|\bin[- ]quarter\b|\bqtr\b")),
    ("month", re.compile(r"^month(?:ly)?$|\bin[- ]month\b")),
    ("year", re.compile(r"^annual(?:ly)?$|^year(?:ly)?$|^full[- ]year$")),
)


def _column(stack: tuple[str, ...], said_on: date | None) -> Column:
    """From the headings over a column, the lowest and most particular first to speak."""
    joined = " ".join(stack)
    period = next((p for text in reversed(stack) if (p := _period_in(text, said_on))), None)
    unit = next((u for text in reversed(stack) if (u := unit_of(text))), None)
    organisation = next((o for text in reversed(stack) if (o := body_named(text))), None)
    band = next((name for name, pattern in _BANDS if pattern.search(joined)), None)
    meaning: Meaning | None = None
    for text in reversed(stack):
        bare = _without_period(text, said_on)
        if not bare:
            continue
        meaning = next((m for m, pattern in _WORDS if pattern.search(bare)), None)
        if meaning:
            break
    if meaning in ("measure", "label", "words", None) and organisation and meaning != "words":
        meaning = "benchmark"
    if meaning is None:
        meaning = "value" if period or not stack or unit else "label"
    elif period and meaning in ("current", "measure", "label", "previous", "direction"):
        meaning = "value"
    return Column(
        meaning,
        stack,
        period,
        band if meaning == "target" else None,
        organisation,
        unit,
        read_basis(joined),
        _own_words(stack, said_on),
    )


def _own_words(stack: tuple[str, ...], said_on: date | None) -> str:
    """The lowest heading that is more than a date, where it names a measure: "Average days lost" over "End March 2023"."""
    lowest = next((words for text in reversed(stack) if (words := _without_period(text, said_on))), "")
    return "" if _generic(lowest) else lowest


def _period_in(text: str, said_on: date | None) -> Period | None:
    """The period that a heading is of. In a sentence of a heading ("snapshot, YTD or rolling year") there is none."""
    if whole := read_period(text, said_on):
        return whole.period
    found = [w for w in find_periods(text) if not w.is_relative]
    if len(found) == 1 and (read := resolve(found[0], said_on)):
        return read.period
    return None


def _without_period(text: str, said_on: date | None) -> str:
    if read_period(text, said_on):
        return ""
    for w in reversed(find_periods(text)):
        if not w.is_relative:
            text = text[: w.start] + " " + text[w.end :]
    return " ".join(text.split()).strip(" -–:()")


def _generic(words: str) -> bool:
    """Words of a heading that name no measure: "Actual", "Number", "%", "Current Performance"."""
    return bool(
        re.fullmatch(
            r"(?:\W|\b(?:current|latest|actuals?|outturn|performance|previous|last|this|year|month|quarter|period|reporting|to date|ytd|value|position|results?|number|no|count|total|percentage|per cent|targets?|min|minimum|max|maximum|"
            r"upper|lower|floor|trends?|six|three|twelve|monthly|quarterly|annual|end|of|for|the|at|and|in|num|denom|numerator|denominator|agreed|range|financial|from|snapshot|rolling|status|rag|england|average|benchmark|national|comparator|months?|"
            r"q[1-4]|data|figures?|month end|months|five|last six|months'?|change|variance|forecast|budget)\b)*",
            words,
            re.IGNORECASE,
        )
    )


def unit_of(text: str) -> str | None:
    """The unit that a heading or a row's label names: "% of cases", "Number of", "rate per 10,000", "(£000)", "average days"."""
    words = " ".join(text.split())
    if re.search(r"\bper\s+10[,.]?000\b|/\s?10,?000", words):
        return "per_10k"
    if re.search(r"\bper\s+100[,.]?000\b", words):
        return "per_100k"
    if re.search(r"\bper\s+1[,.]?000\b", words):
        return "per_1k"
    if re.search(r"£\s?(?:000s?|k)\b|\(£k\)", words, re.IGNORECASE):
        return "gbp_thousand"
    if re.search(r"£\s?m(?:illion)?\b", words, re.IGNORECASE):
        return "gbp_million"
    if "£" in words:
        return "gbp"
    if re.search(r"\bpercentage points?\b", words, re.IGNORECASE):
        return "percentage_points"
    if AVERAGE_OF_COUNTS.search(words):
        return "ratio"
    if re.search(r"%|\b(?:percentage|per cent|percent|proportion)\b", words, re.IGNORECASE):
        return "percent"
    if _COUNT_UNIT.match(words.strip()) or re.match(
        r"(?:total\s+)?(?:number|no\.?|count|volume)\s+(?:of|in)\b", words, re.IGNORECASE
    ):
        return "count"
    if re.search(r"\b(?:score|rating out of)\b", words, re.IGNORECASE) and not re.search(
        r"\bscorecard\b", words, re.IGNORECASE
    ):
        return "score"
    if m := re.search(
        r"\b(?:average|mean|median|fte|working|total)\b.{0,30}\b(days|weeks|months|hours)\b|\b(days|weeks|months|hours)\s+(?:lost|taken|per|between|from)\b|\((days|weeks|months)\)|^(days|weeks|months)$",
        words,
        re.IGNORECASE,
    ):
        return next(g for g in m.groups() if g).casefold()
    return None


def body_named(text: str) -> str | None:
    """The other body that a heading names: "England", "Stat. neighbours", "London average"."""
    words = re.sub(r"\s+", " ", re.sub(r"[^\w&' ]|\d", " ", text)).strip().casefold()
    words = re.sub(
        r"\b(?:latest|average|avg|mean|benchmark|figure|rate|value|outturn|the|latest available)\b", " ", words
    )
    words = " ".join(words.split())
    if not words:
        return None
    phrases = body_phrases()
    if words in phrases:
        return phrases[words].short_name
    if re.fullmatch(r"stat(?:istical)?\.? ?(?:neigh(?:bour)?s?|nbrs?)\.?|sn|sns", words):
        return "statistical neighbours"
    if words in ("national", "nat", "eng"):
        return "England"
    return "benchmark" if words in ("comparator", "comparators", "benchmark", "benchmarking") else None
