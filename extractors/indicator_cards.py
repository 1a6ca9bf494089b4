"""Cards: small boxes each of which is one indicator, with label and value in one cell ("Latest: 34%"), made rows of tables.

A card is a title and what is said under it or beside it: "Latest: 34%", "Target: 60%, Floor: 55%", "Previous 26% (Red)", in
any order and any number of cells, with a colour as a word, a letter or a fill, and a chart between. Every value keeps the
label that stands at it; one that belongs to no title, or to two, is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.registries import body_phrases
from extractors.cell_values import CellValue, read_cell, read_direction, read_rag
from extractors.column_headings import column_headed, is_generic, normal, read_basis, read_when, wordings
from extractors.fill_colours import rag_of_fill
from extractors.language import Context
from schema.evidence import Reading, cut_reading
from schema.paper import Block, Cell, Table

_Rows = tuple[tuple[Cell, ...], ...]


class Card(NamedTuple):
    """One indicator as a table of two rows: what its values are called, and its title with the values."""

    rows: _Rows


class Cards(NamedTuple):
    """The cards of a table, the cells with values that belong to none, and the cells that are prose."""

    cards: tuple[Card, ...]
    unplaced: tuple[Cell, ...]
    prose: tuple[Cell, ...]


class _Said(NamedTuple):
    """A label with its value: `text[start:end]` of a cell. `label` is empty for the card's one value without a label."""

    label: str
    start: int
    end: int


class _CellSays(NamedTuple):
    """What a cell of a card holds; `title` is the span of the words before its first label."""

    pairs: tuple[_Said, ...]
    title: tuple[int, int] | None = None


class _Spot(NamedTuple):
    """A cell that says something, and where it stands."""

    cell: Cell
    says: _CellSays


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


_LABEL = _label_pattern()
_BETWEEN = re.compile(r"\s*(?:[:=]|[-–—](?=\s)|\bis\b|\bwas\b)?\s*")
_OWN_WHEN = re.compile(r"\s*\(?(?P<when>[^():%]{2,24}?)\)?\s*(?:[:=]|[-–—](?=\s)|(?<=\))(?=\s))\s*(?=\S)")
_AFTER = " \t\n,;|/·•"
_COLON = re.compile(r"\s*(?P<label>[^:%|]{2,40}?)\s*:\s*(?P<value>\S.*)", re.DOTALL)


def cards_of(table: Table, context: Context, lead_in: str = "") -> Cards | None:
    """The cards that a table is made of; None for a table that is none.

    It is one where cells hold their own labels, of two kinds at least: a present value and what it is set against.
    """
    spots = [_Spot(cell, says) for row in table.rows for cell in row if (says := _read(cell, context))]
    kinds = {_kind(said.label, context) for spot in spots for said in spot.says.pairs}
    if len(kinds & {"now", "target", "previous", "benchmark"}) < 2:
        return None
    places = _Titles(table, spots)
    bare = [cell for row in table.rows for cell in row if _is_bare_value(cell)]
    if len(bare) > max(1, len(places.titles)):
        return None  # a table of values in which some cells repeat their headings
    spots += [_Spot(cell, _CellSays((_Said("", *_trimmed(cell.text)),))) for cell in bare]
    if not any(_kind(said.label, context) == "now" for spot in spots for said in spot.says.pairs):
        return None
    above = _title_above(table, context, lead_in)
    groups: dict[tuple[int, int], list[_Spot]] = {}
    unplaced: list[Cell] = []
    for spot in sorted(spots, key=lambda s: (s.cell.row, s.cell.column)):
        place = places.of(spot.cell)
        if place is None and above is not None and not places.over(spot.cell):
            place = (-1, -1)
        if place is None:
            unplaced.append(spot.cell)
        else:
            groups.setdefault(place, []).append(spot)
    cards: list[Card] = []
    for place, group in sorted(groups.items()):
        title = above if place == (-1, -1) else places.title(place)
        card = _card(title, group, places.signs(place), context) if title else None
        if card:
            cards.append(card)
        else:
            unplaced += [spot.cell for spot in group]
    used = {id(spot.cell) for spot in spots} | {id(cell) for cell in places.titles.values()}
    prose = tuple(
        c for row in table.rows for c in row if id(c) not in used and len(c.text.split()) > 5 and not _is_chart(c.text)
    )
    return Cards(tuple(cards), tuple(unplaced), prose)


def _read(cell: Cell, context: Context) -> _CellSays | None:
    """The labelled values that a cell holds and nothing else but a title before them; None for any other cell."""
    text = cell.text
    if len(text) > _MOST_IN_CELL or not re.search(r"[\d:]", text):
        return None
    labels = list(_LABEL.finditer(text))
    if not labels or (not labels[0]["valued"] and not any(m["valued"] for m in labels)):
        return _with_colon(text, context) or _value_first(text, labels)
    return _value_first(text, labels) or _label_first(text, labels, context)


def _label_first(text: str, labels: Sequence[re.Match[str]], context: Context) -> _CellSays | None:
    # A title may hold words that are labels elsewhere ("Number of target visits"): the values begin at one of them.
    for first in range(len(labels)):
        pairs = list(_pairs(text, labels[first:], context))
        if all(pair is not None for pair in pairs):
            said = tuple(pair for pair in pairs if pair is not None and pair.end > pair.start)
            if not any(_value_of(text[p.start : p.end]) for p in said):
                return None
            return _titled(text, labels[first].start(), said)
    return None


def _pairs(text: str, labels: Sequence[re.Match[str]], context: Context) -> Iterator[_Said | None]:
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
            yield _Said(label, value[0], value[0])
        else:
            yield _Said(label, *value)


def _titled(text: str, end: int, pairs: tuple[_Said, ...]) -> _CellSays | None:
    """The pairs with the words before them as their title; a value among those words is the card's own."""
    start, end = _span(text, 0, end)
    words = text[start:end].rstrip(" :–-")
    end = start + len(words)
    if not words:
        return _CellSays(pairs)
    for m in (
        re.match(r"(?P<value>\S+)\s+(?P<title>.+)", words),
        re.fullmatch(r"(?P<title>.+)\s(?P<value>\S+)", words),
    ):
        if m and re.search(r"\d", m["value"]) and _value_of(m["value"]) and is_title_text(m["title"]):
            own = _Said("", start + m.start("value"), start + m.end("value"))
            return _CellSays((own, *pairs), (start + m.start("title"), start + m.end("title")))
    return _CellSays(pairs, (start, end)) if is_title_text(words) else None


def _value_first(text: str, labels: Sequence[re.Match[str]]) -> _CellSays | None:
    """'34% Latest': one value over its label."""
    if len(labels) != 1 or not labels[0]["valued"] or text[labels[0].end() :].strip():
        return None
    start, end = _span(text, 0, labels[0].start())
    return _CellSays((_Said(labels[0][0], start, end),)) if _value_of(text[start:end]) else None


def _with_colon(text: str, context: Context) -> _CellSays | None:
    """'Q3 2024/25: 34%', 'Kent: 34%', 'Polarity: higher is better': a label of other words, told by its colon."""
    m = _COLON.fullmatch(text)
    if not m:
        return None
    column = column_headed((m["label"],), context.said_on, context.council)
    if column.meaning == "value" and not column.measure_words and _value_of(m["value"]):
        return _CellSays((_Said(m["label"], *_span(text, m.start("value"), m.end("value"))),))
    return None


def _value_of(text: str) -> list[CellValue]:
    text = text.strip(_AFTER)
    return read_cell(text) if text else []


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start += len(part) - len(part.lstrip(_AFTER))
    return start, max(start, start + len(part.strip(_AFTER)))


def _trimmed(text: str) -> tuple[int, int]:
    return _span(text, 0, len(text))


def _kind(label: str, context: Context) -> str:
    """What a label makes of its value: "now", "target", "previous", "benchmark", or another meaning."""
    if not label:
        return "now"
    column = column_headed((label,), context.said_on, context.council)
    return "now" if column.meaning in ("current", "value") else column.meaning


def _is_bare_value(cell: Cell) -> bool:
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
        read_cell(text) or _is_sign(text) or _LABEL.fullmatch(text.strip()) or is_generic(text) or _is_chart(text)
    )


def _is_chart(text: str) -> bool:
    """The words of a chart drawn inside a box: numbers along the axes, dates, the legend."""
    whens = sum(w.end - w.start > 0 for w in wordings(normal(text)))
    numbers = len(re.findall(r"(?<!\S)[-–£]?\d[\d,.]*[%kKm]?(?!\S)", text))
    if whens + numbers < 3:
        return False
    rest = _LEGEND.sub(" ", re.sub(r"\S*\d\S*|\b[A-Z][a-z]{2}[-’' ]", " ", text))
    return len(rest.split()) <= (whens + numbers)


_ARROWS = r"[\u2190-\u21ff\u25b2-\u25bf\u2b06\u2b07\u2b05\u27a1]\ufe0f?"
_SIGN = re.compile(
    rf"\(?(?P<rag>red|amber|green)?\)?\s*[,/–-]?\s*(?P<arrow>{_ARROWS}|\b(?:up|down|stable|no change|unchanged))?|(?P<letter>[RAG])",
    re.IGNORECASE,
)


def _is_sign(text: str) -> bool:
    return bool(text.strip()) and _SIGN.fullmatch(text.strip()) is not None


class _Titles:
    """The cells of a table that name indicators, and which of them each other cell stands under or beside."""

    def __init__(self, table: Table, spots: Sequence[_Spot]) -> None:
        self._table = table
        self._own = {(s.cell.row, s.cell.column): s.says.title for s in spots}
        self.titles: dict[tuple[int, int], Cell] = {}
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                own = self._own.get((r, c))
                if own or ((r, c) not in self._own and cell.text and is_title_text(cell.text)):
                    self.titles[r, c] = cell
        self._by_row: dict[int, list[int]] = {}
        for r, c in self.titles:
            self._by_row.setdefault(r, []).append(c)
        self._without_headings()

    def _without_headings(self) -> None:
        """Takes out rows of titles that nothing stands under before the next: a heading of several cards."""
        said = {r for r, _ in self._own}
        rows = sorted(self._by_row)
        for r, following in zip(rows, [*rows[1:], len(self._table.rows)], strict=True):
            if len(self._by_row[r]) == 1 and not any(r <= at < following for at in said):
                for c in self._by_row.pop(r):
                    del self.titles[r, c]

    def title(self, place: tuple[int, int]) -> Reading:
        cell = self.titles[place]
        own = self._own.get(place)
        return cut_reading(cell.reading, *own) if own else cell.reading

    def over(self, cell: Cell) -> bool:
        """Whether any title stands above a cell."""
        return any(r <= cell.row for r in self._by_row)

    def of(self, cell: Cell) -> tuple[int, int] | None:
        """The title that a cell belongs to: the last to its left in the nearest row, from its own upwards, that has titles."""
        for r in range(cell.row, -1, -1):
            columns = self._by_row.get(r)
            if not columns:
                continue
            left = [c for c in columns if c <= cell.column]
            if len(columns) == 1 and (left or not self._starts_above(r, cell.column)):
                return r, columns[0]
            if not left:
                return None
            following = next((c for c in columns if c > cell.column), None)
            if following is not None and r < cell.row and cell.column + cell.colspan > following:
                return None
            return r, left[-1]
        return None

    def _starts_above(self, row: int, column: int) -> bool:
        return any(r < row and any(c <= column for c in columns) for r, columns in self._by_row.items())

    def signs(self, place: tuple[int, int]) -> list[Cell]:
        """The cells of a card that are a colour or an arrow and nothing else, or are empty and painted."""
        return [
            cell
            for row in self._table.rows
            for cell in row
            if (_is_sign(cell.text) or (not cell.text and rag_of_fill(cell.fill))) and self.of(cell) == place
        ]


def _card(title: Reading, spots: Sequence[_Spot], signs: Sequence[Cell], context: Context) -> Card | None:
    """A card as rows; None where a label stands in it twice, or nothing in it is a present value."""
    pairs = [(spot.cell, said) for spot in spots for said in spot.says.pairs]
    counted = Counter(_plain(said.label) for _, said in pairs)
    if any(n > 1 for n in counted.values()):
        return None
    if "" in counted and sum(_kind(said.label, context) == "now" for _, said in pairs) > 1:
        return None  # a value without a label beside one that says it is the latest
    head = [_supplied("Indicator", 0)]
    row = spots[0].cell.row
    values = [Cell(reading=title, row=row, column=0)]
    for cell, said in pairs:
        head.append(_supplied(said.label or "Latest", len(head)))
        values.append(Cell(reading=cut_reading(cell.reading, said.start, said.end), row=cell.row, column=len(values)))
    now = next((cell for cell, said in pairs if _kind(said.label, context) == "now"), None)
    for label, text in _signs_of(signs, now, any(_kind(s.label, context) == "rag" for _, s in pairs)):
        head.append(_supplied(label, len(head)))
        values.append(_supplied(text, len(values)))
    basis = read_basis_in_title(title.text)
    if basis:
        head.append(_supplied("Basis", len(head)))
        values.append(_supplied(basis, len(values)))
    return Card((tuple(head), tuple(values)))


def _plain(label: str) -> str:
    return " ".join(label.casefold().split()).strip(" :.")


def _supplied(text: str, column: int) -> Cell:
    """A cell with words that stand nowhere in the paper: the heading of a column that we set."""
    return Cell(reading=Reading(text, ()), row=0, column=column)


def _signs_of(signs: Sequence[Cell], now: Cell | None, labelled: bool) -> Iterator[tuple[str, str]]:
    """The colour and the arrow of a card: as words where it prints one, else as what its sign's or value's cell is painted."""
    read = [m for cell in signs if cell.text and (m := _SIGN.fullmatch(cell.text.strip()))]
    words = [m["rag"] or m["letter"] for m in read if m["rag"] or m["letter"]]
    arrows = [m["arrow"] for m in read if m["arrow"]]
    if not words and not labelled:
        painted = {rag for cell in signs if (rag := rag_of_fill(cell.fill))}
        own = rag_of_fill(now.fill) if now else None
        words = list(painted) if len(painted) == 1 else [own] if own and not painted else []
    if len(words) == 1:
        yield "RAG", words[0]
    if len(arrows) == 1:
        yield "DoT", arrows[0]


_BASIS_WORDS = re.compile(
    r"\b(?:rolling\s+(?:12|twelve)[- ]months?|(?:12|twelve)[- ]months?\s+rolling|rolling\s+year|year[- ]to[- ]date|ytd|cumulative)\b",
    re.IGNORECASE,
)


def read_basis_in_title(title: str) -> str | None:
    """The words of an indicator's title that say what it is counted over: "rolling 12 months", "(YTD)"."""
    m = _BASIS_WORDS.search(title)
    return m[0] if m and read_basis(m[0]) else None


_NO_MEASURE = re.compile(
    r"(?:key\s+)?(?:performance|activity|outcome|headline|contextual)?\s*(?:indicators?|kpis?|measures?|results?)(?:\s+\w+){0,2}|.*\b(?:summary|dashboard|scorecard|overview|introduction|appendix|commentary)\b.*",
    re.IGNORECASE,
)


def _title_above(table: Table, context: Context, lead_in: str) -> Reading | None:
    """The title of a card that stands above the table, or in a table on the page before that says nothing below it."""
    body = context.paper.body
    at = next((i for i, part in enumerate(body) if part is table), None)
    before = body[at - 1] if at else None
    if isinstance(before, Table):
        return _open_title(before, context) if _follows_page(before, table) else None
    if isinstance(before, Block) and before.report == table.report:
        return before.reading if _may_title(before.text) else None
    return Reading(lead_in, ()) if at is None and lead_in and _may_title(lead_in) else None


def _may_title(text: str) -> bool:
    return is_title_text(text) and len(text.split()) > 1 and not _NO_MEASURE.fullmatch(text.strip(" :"))


def _follows_page(before: Table, table: Table) -> bool:
    last = [p.page for row in before.rows for cell in row for p in cell.reading.pieces]
    first = [p.page for row in table.rows for cell in row for p in cell.reading.pieces]
    ends, begins = last[-1] if last else None, first[0] if first else None
    return ends is not None and begins == ends + 1


def _open_title(table: Table, context: Context) -> Reading | None:
    """The last title of a table, where no value stands under it."""
    cells = [cell for row in table.rows for cell in row if cell.text]
    for cell in reversed(cells):
        if _read(cell, context) or _is_bare_value(cell):
            return None
        if is_title_text(cell.text):
            return cell.reading
    return None


_LATE = re.compile(
    r"\bno\s+(?:new\s+|further\s+|updated\s+)?data\b|\bin\s+arrears\b|\bdata\s+(?:is|are|was|were)?\s*not\s+(?:yet\s+)?available\b|\bnot\s+(?:yet\s+)?available\s+at\b|\b(?:a|one)\s+(?:quarter|month)(?:'s)?\s+(?:behind|lag|delay)\b|\bdata\s+lag\b",
    re.IGNORECASE,
)


def says_data_are_late(table: Table, context: Context) -> bool:
    """Whether the note under a table says that its latest value is of an earlier period than the report."""
    body = context.paper.body
    at = next((i for i, part in enumerate(body) if part is table), None)
    after = body[at + 1] if at is not None and at + 1 < len(body) else None
    return isinstance(after, Block) and len(after.text) < 300 and _LATE.search(after.text) is not None
