"""What the columns of a table mean: by the words of their headings, never by their place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from corpus.council_mentions import find_councils
from corpus.registries import body_phrases
from extractors.cell_values import is_band, normal_years, read_cell, read_rag
from extractors.quantities import AVERAGE_OF_COUNTS
from schema.period import MONTH_NAMES, Period, PeriodKind, financial_year_of
from schema.period_words import PartialDate, PeriodWords, find_periods, read_period, resolve
from schema.records import Basis, Rag

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
    "rank",
    "words",
]


class Column(NamedTuple):
    """A column's meaning with what its heading adds: a period, a target band, whose figure, the unit, the words left over.

    `undated` is a quarter, month or day whose year the heading leaves out; `date_columns` supplies it. `relative` counts back
    from the current period ("same quarter last year").
    """

    meaning: Meaning
    heading: tuple[str, ...]
    period: Period | None = None
    band: str | None = None
    organisation: str | None = None
    unit: str | None = None
    basis: Basis | None = None
    measure_words: str = ""
    undated: PeriodWords | None = None
    relative: PeriodWords | None = None


def header_height(grid: Sequence[Sequence[str]], known: int = 0) -> int:
    """How many rows at the top are headings: those before the first that holds a value beside words.

    `known` is the number of rows that the paper itself repeats on later pages.
    """
    for r, row in enumerate(grid):
        if r < known:
            continue
        if _is_data(row):
            return r
    return _over_values_alone(grid)


def _over_values_alone(grid: Sequence[Sequence[str]]) -> int:
    """The rows of words above the first row that is values and nothing else; 0 where a value stands above it."""
    for r, row in enumerate(grid):
        filled = [cell for cell in row if cell.strip()]
        values = [cell for cell in filled if _is_value(cell) and not is_band(cell)]
        if len(filled) > 1 and len(values) == len(filled):
            return r
        if values:
            return 0
    return 0


def _is_data(row: Sequence[str]) -> bool:
    """A label and at least one value with a digit. Units ("£000"), periods and age bands over columns are headings."""
    values = [c for c, cell in enumerate(row) if _is_value(cell)]
    labels = [c for c, cell in enumerate(row) if cell.strip() and (not read_cell(cell) or not _is_value(cell))]
    if values and not labels and is_band(row[0]) and len(values) > 1:
        labels, values = [0], values[1:]  # "5 to 9" beside its numbers
    plain = [c for c in values if not is_band(row[c])]
    return bool(labels) and bool(plain or (values and len(values) < 2))


def _is_value(cell: str) -> bool:
    """A value with a digit; "2021" and "2021 %" are headings."""
    if re.fullmatch(r"\s*(?:19|20)\d\d\s+%\s*", cell):
        return False
    return bool(re.search(r"\d", cell)) and bool(read_cell(cell)) and not _is_date(cell)


def _is_date(cell: str) -> bool:
    return read_period(normal(cell)) is not None


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


def columns_of(
    header: Sequence[Sequence[str]], width: int, said_on: date | None, council: str | None = None
) -> list[Column]:
    """The columns, from the heading rows combined. `council` is the paper's own, whose name over a column adds nothing."""
    rows = spread(header)
    rows = [row for row in rows if not is_title(row)]
    numbered = {cell.strip() for row in rows for cell in row if re.fullmatch(r"\s*P\d{1,2}\s*", cell)}
    if numbered == {"P8"}:  # alone it is a school measure, and no accounting period
        rows = [["Progress 8" if cell.strip() == "P8" else cell for cell in row] for row in rows]
    columns = []
    for c in range(width):
        stack = [row[c].strip() for row in rows if c < len(row) and row[c].strip()]
        columns.append(column_headed(tuple(dict.fromkeys(stack)), said_on, council))
    return _named_beside(_counts_beside(columns), council)


def _counts_beside(columns: Sequence[Column]) -> list[Column]:
    """ "No." is a reference over the first column; under a group heading or beside "%" it is a count."""
    shares = any(
        column.heading[-1:] and re.fullmatch(r"\W*(?:%|percent(?:age)?|rate)\W*", column.heading[-1], re.IGNORECASE)
        for column in columns
    )
    return [
        column._replace(meaning="value", unit="count")
        if column.meaning == "reference"
        and re.fullmatch(r"no\.?", column.heading[-1], re.IGNORECASE)
        and (len(column.heading) > 1 or (c and shares))
        else column
        for c, column in enumerate(columns)
    ]


def _named_beside(columns: Sequence[Column], council: str | None) -> list[Column]:
    """Where columns carry the council's own name and other bodies', a further name of the same form is a body's too."""
    own = [column for column in columns if any(is_own_name(undated_text(t), council) for t in column.heading)]
    others = [column for column in columns if column.organisation]
    if not own or not others or len(own[0].heading) != 1:
        return list(columns)
    return [
        column._replace(meaning="benchmark", organisation=column.measure_words, measure_words="")
        if column.meaning in ("value", "label")
        and (column.period or column.undated)
        and len(column.heading) == 1
        and column.measure_words.istitle()
        else column
        for column in columns
    ]


def is_title(row: Sequence[str]) -> bool:
    """A row that names the table or a section of it: one text, at the left or repeated over the width."""
    texts = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    return len(texts) == 1 and bool(row[0].strip()) and (not read_cell(texts[0]) or _is_date(texts[0]))


def is_section(header: Sequence[Sequence[str]]) -> bool:
    """Whether the last heading row names a section of the rows below it rather than the stub column."""
    above = [row for row in header[:-1] if not is_title(row)]
    return bool(above) and is_title(header[-1]) and any(row[0].strip() for row in above)


def normal(text: str) -> str:
    """A heading with its years and accounting periods written out: "P9 21/22" is "December 2021/22"."""
    text = _TWELVE_MONTHS.sub("12 months to", normal_years(" ".join(text.split())))
    text = _ACCOUNTING.sub(lambda m: MONTH_NAMES[(int(m["n"] or m["short"]) + 2) % 12], text)
    return _HALF.sub(lambda m: "April to September" if m["n"] == "1" else "October to March", text)


_TWELVE_MONTHS = re.compile(r"\b12\s?(?:m|mths?|mnths?)\.?\s+to\b", re.IGNORECASE)
_ACCOUNTING = re.compile(
    r"\b(?:accounting\s+)?(?:period|month|mth)\s?0?(?P<n>1[0-2]|[1-9])(?![\w%.,-]|\s(?:months?|weeks?|days?|years?|to|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b|\s(?:january|february|march|april|june|july|august|september|october|november|december)\b)"
    r"|^[PM]0?(?P<short>1[0-2]|[1-9])(?=$|[\s:(-]+(?:20\d\d|\d\d/|forecast|actual|outturn|variance|budget|spend|position|ytd|target|projection|£|%))",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bH(?P<n>[12])\b")
_YEAR_ALONE = re.compile(r"(?<![\w£/.,-])(?P<y>(?:19[89]|20[0-4])\d)(?![\w/,%-]|\.\d)")
_TERM = re.compile(r"\b(?P<term>autumn|spring|summer)\s+term\b", re.IGNORECASE)
_TERM_MONTHS = {"autumn": (9, 12), "spring": (1, 4), "summer": (4, 7)}
_YEARS = frozenset((PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.ACADEMIC_YEAR))


def is_year(period: Period | None) -> bool:
    return period is not None and period.kind in _YEARS


def wordings(text: str) -> list[PeriodWords]:
    """The periods that a heading or caption names (its text already `normal`), a bare year among them where no other is."""
    found = [w for w in find_periods(text) if not w.is_relative]
    if found:
        return found
    if m := _TERM.search(text):
        first, last = _TERM_MONTHS[m["term"].casefold()]
        return [
            PeriodWords(
                m.start(), m.end(), PeriodKind.RANGE, PartialDate(None, first), PartialDate(None, last), name="term"
            )
        ]
    return [
        PeriodWords(m.start(), m.end(), PeriodKind.CALENDAR_YEAR, PartialDate(int(m["y"])), PartialDate(int(m["y"])))
        for m in _YEAR_ALONE.finditer(text)
    ]


def read_when(text: str, said_on: date | None) -> Period | PeriodWords | None:
    """The one period of a heading or label: wording without a year where the text gives none. In a sentence there is none."""
    found = wordings(normal(text))
    if len(found) == 1:
        return _dated(found[0], said_on)
    if len(found) != 2:
        return None
    first, second = (_dated(w, said_on) for w in found)
    if isinstance(first, Period) and isinstance(second, Period):
        return first if first.end == second.end else None
    if isinstance(first, PeriodWords) and isinstance(second, PeriodWords):
        return first
    words, dated = (first, second) if isinstance(first, PeriodWords) else (second, first)
    assert isinstance(words, PeriodWords)
    return in_year(words, dated if is_year(dated) else _year_around(dated)) if isinstance(dated, Period) else None


def _dated(words: PeriodWords, said_on: date | None) -> Period | PeriodWords | None:
    if not words.has_year:
        return words
    read = resolve(words, said_on)
    return read.period if read else None


def _year_around(period: Period) -> Period:
    return Period.financial_year(financial_year_of(period.end))


def in_year(words: PeriodWords, year: Period) -> Period | None:
    """A quarter, month, day, term or range without a year, placed in a year: "30 June" in 2019/20."""
    if words.name == "term" and year.kind is PeriodKind.FINANCIAL_YEAR:
        year = Period.academic_year(year.start.year)

    def placed(part: PartialDate) -> PartialDate:
        if part.month is None:
            return part._replace(year=year.start.year)
        return part._replace(year=year.start.year if part.month >= year.start.month else year.end.year)

    first, last = placed(words.first), placed(words.last)
    if words.kind is PeriodKind.RANGE and first.year and first.month and last.month:
        last = last._replace(year=first.year if last.month >= first.month else first.year + 1)
    read = resolve(words._replace(first=first, last=last), None)
    return read.period if read and not read.impossible else None


def point_in(text: str) -> PeriodWords | None:
    """The day of every year that a caption or label counts at: "at 31 March", "year ending 31 March"."""
    text = normal(text)
    for words in find_periods(text):
        stands_at = words.kind is PeriodKind.DAY and re.search(
            r"\b(?:at|on|of|to)\s+$", text[: words.start], re.IGNORECASE
        )
        if (
            not words.has_year
            and not words.is_relative
            and (stands_at or words.kind in (PeriodKind.ROLLING_YEAR, PeriodKind.MONTH_END))
        ):
            return words
    return None


def place_run(
    words: Sequence[Period | PeriodWords], filled: Sequence[bool], anchor: Period | None, said_on: date | None
) -> list[Period | None]:
    """Months, quarters or days in a row, those without a year supplied.

    In the anchor (the caption's financial year) where they run through it; else they are consecutive, and the last that is
    `filled` ends at or before the anchor's end, or the day of the meeting.
    """
    if anchor is not None and is_year(anchor) and not any(isinstance(w, Period) for w in words):
        inside = [in_year(w, anchor) for w in words if isinstance(w, PeriodWords)]
        if _runs_one_way([p for p in inside if p]):
            return list(inside)
    ends = _consecutive([_end_month(w) for w in words], [isinstance(w, Period) for w in words])
    if not any(isinstance(w, Period) for w in words):
        limits = [d for d in (said_on, anchor.end if anchor else None) if d]
        if not limits:
            return [None] * len(words)
        latest = max((i for i, f in enumerate(filled) if f), key=lambda i: ends[i], default=len(ends) - 1)
        for year in range(min(limits).year + 1, min(limits).year - 6, -1):
            shift = 12 * (year - ends[latest] // 12)
            period = _ending_in(words[latest], ends[latest] + shift)
            if period and period.end <= min(limits):
                ends = [end + shift for end in ends]
                break
        else:
            return [None] * len(words)
    return [_ending_in(w, end) for w, end in zip(words, ends, strict=True)]


def _runs_one_way(periods: Sequence[Period]) -> bool:
    starts = [p.start for p in periods]
    return starts in (sorted(starts), sorted(starts, reverse=True))


def _end_month(words: Period | PeriodWords) -> int:
    """Months since year 0 of the end; of words without a year the month alone, from 0."""
    if isinstance(words, Period):
        return words.end.year * 12 + words.end.month - 1
    if words.kind is PeriodKind.QUARTER:
        return (3 * (words.number or 1) + 2) % 12
    return (words.last.month or words.first.month or 1) - 1


def _consecutive(ends: Sequence[int], known: Sequence[bool]) -> list[int]:
    """Ends of a run, each the next month of its name after the one before (or before it, where the run goes backwards)."""
    pairs = list(itertools.pairwise(ends))
    forwards = sum((b - a) % 12 for a, b in pairs) <= sum((a - b) % 12 for a, b in pairs)
    sign = 1 if forwards else -1
    placed = list(ends)
    start = next((i for i, k in enumerate(known) if k), 0)
    for i in range(start + 1, len(ends)):
        if not known[i]:
            placed[i] = placed[i - 1] + sign * ((sign * (ends[i] - placed[i - 1])) % 12)
    for i in range(start - 1, -1, -1):
        placed[i] = placed[i + 1] - sign * ((sign * (placed[i + 1] - ends[i])) % 12)
    return placed


def _ending_in(words: Period | PeriodWords, end: int) -> Period | None:
    if isinstance(words, Period):
        return words
    year, month = divmod(end, 12)
    if words.kind is PeriodKind.QUARTER:
        first = last = words.first._replace(year=year if month + 1 >= 4 else year - 1)
    elif words.kind is PeriodKind.RANGE:
        first, last = words.first, words.last._replace(year=year)
    else:
        first = last = words.last._replace(year=year)
    read = resolve(words._replace(first=first, last=last), None)
    return read.period if read and not read.impossible else None


_RUN = frozenset((PeriodKind.MONTH, PeriodKind.MONTH_END, PeriodKind.QUARTER, PeriodKind.DAY))


def date_columns(
    columns: Sequence[Column], filled: Sequence[bool], anchor: Period | None, said_on: date | None
) -> list[Column]:
    """The columns with the years that their headings leave out, each group of columns a run of its own.

    Targets and plans may lie ahead of the meeting: they take the year of the columns that have values already.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for c, column in enumerate(columns):
        in_run = column.period is not None and column.period.kind in _RUN and not column.organisation
        if column.undated or (in_run and column.meaning in ("value", "current", "target", "plan")):
            key = tuple(t for t in column.heading[:-1] if undated_text(t))
            groups.setdefault(key, []).append(c)
    dated = list(columns)
    ahead = [g for g in groups.values() if all(columns[c].meaning in ("target", "plan") for c in g)]
    for group in groups.values():
        if group not in ahead:
            words = [columns[c].undated or columns[c].period for c in group]
            full = [filled[c] and columns[c].meaning not in ("target", "plan") for c in group]
            for c, period in zip(group, place_run([w for w in words if w], full, anchor, said_on), strict=True):
                dated[c] = columns[c]._replace(period=period)
    years = [_year_around(column.period) for column in dated if column.undated and column.period]
    for c in (c for group in ahead for c in group):
        words_ahead = columns[c].undated
        year = max(years, key=lambda y: y.end) if years else anchor if is_year(anchor) else None
        if words_ahead:
            fallback = resolve(words_ahead, said_on)
            period = in_year(words_ahead, year) if year else fallback.period if fallback else None
            dated[c] = columns[c]._replace(period=period)
    return dated


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
        "rank",
        r"\brank(?:ed|ing)?\b|(?<!top )(?<!upper )(?<!best )(?<!lower )(?<!bottom )\b(?:quartile|decile)\b(?!\s+(?:average|threshold|value|figure|boundary))",
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
    (
        "change",
        (
            r"\b(?:changes?|variances?|variations?|difference|diff|var|increase|decrease|movement|gap|shortfall)\b|\+\s?/\s?[-–−]|±"
            r"|\bover\W{0,3}(?:spend\W{0,3})?under\W?\s?spend|\bunder\W{0,3}over\W?\s?spend|^\W*(?:projected |forecast )?(?:over|under)[\s-]?spends?\b|^\W*over\W+under\W*$|^\W*under\W+over\W*$"
        ),
    ),
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
    """The basis that a cell or heading names: "Snapshot", "YTD", "Rolling Year", "R12M".

    One that names several ("snapshot, YTD or rolling year depending on the measure") names none.
    """
    words = text.strip().casefold()
    named = [basis for basis, pattern in _BASES if pattern.search(words)]
    several = {"ytd", "rolling_year"}.issubset(named) or {"snapshot", "ytd"}.issubset(named)
    return named[0] if named and not several else None


def _band(text: str) -> str | None:
    """The band of a target that a heading names: "Upper", "Minimum". "Minimum/upper model" names both, and so none."""
    named = [name for name, pattern in _BANDS if pattern.search(text)]
    return named[0] if len(named) == 1 else None


_BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    ("ytd", re.compile(r"\by(?:ear)?[- ]?t(?:o)?[- ]?d(?:ate)?\b|\bcumulative\b")),
    (
        "rolling_year",
        re.compile(
            r"\brolling\b|\br12m?\b|^(?:(?:last|past|previous)\s+)?(?:12|twelve)[- ]months?$|\b(?:12|twelve)[- ]months?\s+(?:to|ending|ended|rolling)\b"
        ),
    ),
    ("snapshot", re.compile(r"\bsnap\s?shot\b|\bms\b|\bpoint in time\b|\bmonth[- ]end\b|\bas at\b")),
    ("quarter", re.compile(r"^quarter(?:ly)?$|\bin[- ]quarter\b|\bqtr\b")),
    ("month", re.compile(r"^month(?:ly)?$|\bin[- ]month\b")),
    ("year", re.compile(r"^annual(?:ly)?$|^year(?:ly)?$|^full[- ]year$")),
)


_SINCE = re.compile(r"\b(?:since|from|on|against|compared|over|vs\.?|versus|than)\b", re.IGNORECASE)


def column_headed(stack: tuple[str, ...], said_on: date | None, council: str | None = None) -> Column:
    """From the headings over a column, the lowest and most particular first to speak."""
    joined = " ".join(stack)
    words = [own_words(text, council) for text in stack]
    when = _when_of(stack, said_on)
    unit = next((u for text in reversed(stack) if (u := unit_of(text) or unit_of(undated_text(text)))), None)
    organisation = next(
        (o for text in reversed(words) if (o := body_named(text) or other_council(text, council))), None
    )
    band = next((b for text in reversed(stack) if (b := _band(text))), None)
    meaning: Meaning | None = None
    for text in reversed(words):
        meaning = next((m for m, pattern in _WORDS if text and pattern.search(text)), None)
        if meaning:
            break
    if meaning == "change" and _SINCE.search(joined):
        when = None  # "change since 2020/21" is of the current period
    relative = next((w for t in reversed(stack) for w in find_periods(t) if w.is_relative), None)
    if relative and when is None and meaning in (None, "current", "value"):
        meaning = "previous"
    if meaning in ("measure", "label", "words", None) and organisation and meaning != "words":
        meaning = "benchmark"
    if meaning is None:
        meaning = "value" if when or not stack or unit or not any(words) else "label"
    elif when and meaning in ("current", "measure", "label", "previous", "direction"):
        meaning = "value"
    period = when if isinstance(when, Period) else None
    basis = read_basis(joined)
    if (
        period
        and re.search(r"\b(?:academic|school)\s+year\b", joined, re.IGNORECASE)
        and period.kind is PeriodKind.FINANCIAL_YEAR
    ):
        period = Period.academic_year(period.start.year)
    return Column(
        meaning,
        stack,
        period,
        band if meaning == "target" else None,
        organisation,
        unit,
        basis,
        _measure_named([text for text in words if not (body_named(text) or other_council(text, council))]),
        when if isinstance(when, PeriodWords) else None,
        relative if when is None else None,
    )


def _when_of(stack: Sequence[str], said_on: date | None) -> Period | PeriodWords | None:
    """The period of a column: the lowest heading's, dated by a year above or below it."""
    found = [w for text in reversed(stack) if (w := read_when(text, said_on))]
    undated = next((w for w in found if isinstance(w, PeriodWords)), None)
    dated = next((w for w in found if isinstance(w, Period)), None)
    if undated is None or dated is None:
        return undated or dated
    if is_year(dated):
        return in_year(undated, dated)
    return in_year(undated, _year_around(dated)) if found[0] is undated else dated


# "Performance (snapshot, year to date or rolling year)" stands over values of every measure and names none.
_OF_PERFORMANCE = re.compile(r"(?:current |latest |recent )?performance\b(?!\s+(?:of|against|in))", re.IGNORECASE)


_REMARK = re.compile(
    r"\(?(?:incl(?:uding|\.)?|excl(?:uding|\.)?|net of|before|after|with|without)\b[^()]*\)\W*(?:£\s?\w{0,3})?\W*",
    re.IGNORECASE,
)
"""What is left of "2023-24 (incl. fees) £p" without its date: a remark on the amounts, which names no measure."""


def _measure_named(words: Sequence[str]) -> str:
    """The headings that name a measure, without dates: "Average days lost" over "End March 2023"; of two the lower too."""
    words = [text for text in words if not (_OF_PERFORMANCE.match(text) or _REMARK.fullmatch(text))]
    lowest = next((text for text in reversed(words) if text), "")
    if lowest and not _generic(lowest):
        return lowest
    above = [text for text in reversed(words) if text and not _generic(text) and len(text.split()) <= 14]
    return next((t for t in above if not any(p.search(t) for m, p in _WORDS if m not in ("label", "measure"))), "")


def undated_text(text: str) -> str:
    """A heading or label without its dates."""
    text = normal(text)
    for w in reversed(wordings(text)):
        text = text[: w.start] + " " + text[w.end :]
    return " ".join(text.split()).strip(" -–:()[],")


def own_words(text: str, council: str | None) -> str:
    """A heading without its dates and the council's own name: what it says besides."""
    words = undated_text(text)
    if is_own_name(_MONEY_UNIT.sub(" ", words), council):
        return ""
    if (
        council
        and (m := re.match(rf"{re.escape(council)}(?:'s)?\s+(?=\S)", words, re.IGNORECASE))
        and _generic(words[m.end() :])
    ):
        return words[m.end() :]
    return words


def is_own_name(words: str, council: str | None) -> bool:
    """Whether words are the council's own name, by any of its forms: "Borough of Westhaven", "Westhaven (LA)"."""
    if not council or not words:
        return False

    def bare(name: str) -> str:
        name = re.sub(r"[^\w\s]", " ", name.casefold())
        return " ".join(
            re.sub(
                r"\b(?:london|royal|metropolitan|borough|city|county|district|council|mbc|cc|bc|la|lb|of|the)\b",
                " ",
                name,
            ).split()
        )

    return bare(words) == bare(council) != ""


def other_council(text: str, council: str | None) -> str | None:
    """The registered council, not the paper's own, that the whole of a text names."""
    text = _MONEY_UNIT.sub(" ", text) if "£" in text else text
    mentions = find_councils(text)
    if (
        len(mentions) == 1
        and mentions[0].end - mentions[0].start >= len(text.strip()) - 8
        and mentions[0].council.short_name != council
    ):
        return mentions[0].council.short_name
    return None


def is_generic(words: str) -> bool:
    """Words that name no measure, body or service: what is left of "2021/22 total" and "End of Q1" without the date."""
    return _generic(words)


def _generic(words: str) -> bool:
    """Words of a heading that name no measure: "Actual", "Number", "%", "Current Performance"."""
    return bool(
        re.fullmatch(
            r"(?:\W|£\s?['’]?(?:0{3}s?|k|m)\b|\b(?:same|time|point|since|delivered|achieved|prev|diff|difference|shortfall|to|rate|per 10,?000|year[- ]to[- ]date|full|average|annual|academic|school|as|fy|overall|current|latest|actuals?|outturn|performance|previous|last|this|year|month|quarter|period|reporting|to date|ytd|value|position|results?|number|no|count|total|percentage|per cent|targets?|min|minimum|max|maximum|"
            r"upper|lower|floor|trends?|six|three|twelve|monthly|quarterly|annual|end|of|for|the|at|and|in|num|denom|numerator|denominator|agreed|range|financial|from|snapshot|rolling|status|rag|england|average|benchmark|national|comparator|months?|"
            r"q[1-4]|data|figures?|month end|months|five|last six|months'?|change|variance|forecast|budget|provisional|final|draft|initial|revised|original|updated|approved|proposed|indicative|mtfp)\b)*",
            words,
            re.IGNORECASE,
        )
    )


_TIME_LIMIT = re.compile(
    r"\b(?:with)?in\s+(?:\d+|[a-z]+)\s+(?:working\s+|school\s+|calendar\s+)?(?:days|weeks|months|hours)\b|\b\d+\s+(?:working\s+)?(?:days|weeks|months|hours)\b",
    re.IGNORECASE,
)
"""A time limit that defines a measure: "within 45 working days" makes no measure of days."""


def unit_of(text: str) -> str | None:
    """The unit that a heading or a row's label names: "% of cases", "Number of", "rate per 10,000", "(£000)", "average days"."""
    words = _TIME_LIMIT.sub(" ", " ".join(text.split()))
    if re.search(r"\bper\s+10[,.]?000\b|/\s?10,?000", words):
        return "per_10k"
    if re.search(r"\bper\s+100[,.]?000\b", words):
        return "per_100k"
    if re.search(r"\bper\s+1[,.]?000\b", words):
        return "per_1k"
    if re.search(r"£\s?['’]?\s?000['’]?s?\b|£\s?k\b|\bin thousands\b", words, re.IGNORECASE):
        return "gbp_thousand"
    if re.search(r"£\s?['’‘]?\s?m(?:illion)?\b", words, re.IGNORECASE):
        return "gbp_million"
    if "£" in words:
        return "gbp"
    if re.search(r"\((?:in\s+)?thousands\)|(?<![\d,])\(?['’]?000s\b", words, re.IGNORECASE):
        return "count_thousand"
    if re.search(r"(?:\bpercentage|%|\bper\s?cent)[\s-]?points?\b|\bppts?\b|\bpp\b", words, re.IGNORECASE):
        return "percentage_points"
    if m := re.search(
        r"\b(?:average|mean|median)\s+number\s+of\s+(?:working\s+|calendar\s+|school\s+)?(days|weeks|months|hours)\b",
        words,
        re.IGNORECASE,
    ):
        return m[1].casefold()
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


def rated(column: Column) -> Rag | None:
    """The colour that a column of counts is headed with: "Green", "R"."""
    return read_rag(column.heading[-1]) if column.heading and column.meaning == "value" else None


_MONEY_UNIT = re.compile(r"\(?\s?£\s?['’‘]?(?:0{3}['’]?s?|k|m|million)?\b\s?\)?", re.IGNORECASE)
"""The unit of money that a heading prints beside a name: "England £m"."""


def body_named(text: str) -> str | None:
    """The other body that a heading names: "England", "Stat. neighbours", "London average"."""
    text = _MONEY_UNIT.sub(" ", text)
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
    if words in ("national", "nat", "eng", "all england"):
        return "England"
    if words in ("regional", "our region"):
        return "region"
    if m := re.fullmatch(r"(ne|nw|se|sw|em|wm)(?: region| las| authorities)?", words):
        return _REGIONS[m[1]]
    if _GOOD_AUTHORITIES.fullmatch(words):
        return "good and outstanding authorities"
    return "benchmark" if words in ("comparator", "comparators", "benchmark", "benchmarking") else None


_REGIONS = {
    "ne": "North East",
    "nw": "North West",
    "se": "South East",
    "sw": "South West",
    "em": "East Midlands",
    "wm": "West Midlands",
}
_GOOD_AUTHORITIES = re.compile(
    r"(?:ofsted )?(?:rated |judged )?(?:good|outstanding)(?: (?:and|or|&) (?:good|outstanding|better))?(?: (?:rated|judged))?(?: by ofsted)? "
    r"(?:las?'?|authorit(?:y|ies)'?|councils?'?|local authorit(?:y|ies)'?)"
)
