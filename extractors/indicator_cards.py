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

from extractors.card_cells import (
    ARROWS,
    LABEL,
    SIGN,
    CellSays,
    Said,
    is_bare_value,
    is_chart,
    is_sign,
    is_title_text,
    kind_of,
    read_labelled,
    trimmed,
)
from extractors.cell_values import read_cell
from extractors.column_headings import column_headed, read_basis, read_when
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


class _Spot(NamedTuple):
    """A cell that says something, and where it stands."""

    cell: Cell
    says: CellSays


_SET_BESIDE = frozenset(("now", "target", "previous", "benchmark"))


def cards_of(table: Table, context: Context, lead_in: str = "") -> Cards | None:
    """The cards that a table is made of; None for a table that is none.

    It is one where cells hold their own labels, of two kinds at least: a present value and what it is set against.
    """
    spots = [_Spot(cell, says) for row in table.rows for cell in row if (says := read_labelled(cell, context))]
    spots += [*_under_labels(table, context), *_beside_labels(table, context)]
    kinds = {kind_of(said.label, context) for spot in spots for said in spot.says.pairs} & _SET_BESIDE
    if not kinds:
        return None
    labelled = {id(spot.cell) for spot in spots}
    bare = [cell for row in table.rows for cell in row if id(cell) not in labelled and is_bare_value(cell)]
    if len(kinds | ({"now"} if bare else set())) < 2:
        return None
    places = _Titles(table, spots)
    if len(bare) > max(1, len(places.titles)):
        return None  # a table of values in which some cells repeat their headings
    spots += [_Spot(cell, CellSays((Said("", *trimmed(cell.text)),))) for cell in bare]
    if not any(kind_of(said.label, context) == "now" for spot in spots for said in spot.says.pairs):
        return None
    above, signs_above = _title_above(table, context, lead_in)
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
        signs = places.signs(place) or (signs_above if place == (-1, -1) else [])
        card = _card(title, group, signs, context) if title else None
        if card:
            cards.append(card)
        else:
            unplaced += [spot.cell for spot in group]
    used = {id(spot.cell) for spot in spots} | {id(cell) for cell in places.titles.values()}
    prose = tuple(
        c for row in table.rows for c in row if id(c) not in used and len(c.text.split()) > 5 and not is_chart(c.text)
    )
    return Cards(tuple(cards), tuple(unplaced), prose)


def _under_labels(table: Table, context: Context) -> Iterator[_Spot]:
    """Values with their labels in the row above: a row of labels alone, over one row of values and signs alone."""
    filled = [[cell for cell in row if cell.text] for row in table.rows]
    for above, row, below in zip(filled, filled[1:], [*filled[2:], []], strict=False):
        if len(above) < 2 or not all(_is_label(cell.text, context) for cell in above):
            continue
        if not row or not all(_says_value(cell) for cell in row) or (below and all(_says_value(c) for c in below)):
            continue
        labels = {cell.column: cell.text for cell in above}
        if all(cell.column in labels for cell in row):
            for cell in row:
                yield _Spot(cell, CellSays((Said(labels[cell.column], *trimmed(cell.text)),)))


def _beside_labels(table: Table, context: Context) -> Iterator[_Spot]:
    """Values with their labels in the cells before them, where the table opens with a title and has rows of nothing else."""
    filled = [[cell for cell in row if cell.text] for row in table.rows]
    if not filled or not is_title_text(" ".join(cell.text for cell in filled[0] if not is_sign(cell.text))):
        return
    if sum(not is_sign(cell.text) for cell in filled[0]) != 1:
        return
    for row in filled[1:]:
        labels, values = row[::2], row[1::2]
        if len(labels) != len(values) or not all(LABEL.fullmatch(cell.text.strip()) for cell in labels):
            continue
        if all(_says_value(cell) for cell in values):
            for label, cell in zip(labels, values, strict=True):
                yield _Spot(cell, CellSays((Said(label.text, *trimmed(cell.text)),)))


def _is_label(text: str, context: Context) -> bool:
    if LABEL.fullmatch(text.strip()):
        return True
    column = column_headed((text,), context.said_on, context.council)
    return column.meaning == "value" and not column.measure_words and not read_cell(text)


def _says_value(cell: Cell) -> bool:
    return (
        is_bare_value(cell) or is_sign(cell.text) or bool(read_cell(cell.text) and read_when(cell.text, None) is None)
    )


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
        for r, following in zip(rows, [*rows, len(self._table.rows)][1:], strict=True):
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
            if (is_sign(cell.text) or (not cell.text and rag_of_fill(cell.fill))) and self.of(cell) == place
        ]


def _card(title: Reading, spots: Sequence[_Spot], signs: Sequence[Cell], context: Context) -> Card | None:
    """A card as rows; None where a label stands in it twice, or nothing in it is a present value."""
    title, arrow = _without_arrow(title)
    pairs = [(spot.cell, said) for spot in spots for said in spot.says.pairs]
    counted = Counter(_plain(said.label) for _, said in pairs)
    if any(n > 1 for n in counted.values()):
        return None
    if "" in counted and sum(kind_of(said.label, context) == "now" for _, said in pairs) > 1:
        return None  # a value without a label beside one that says it is the latest
    head = [_supplied("Indicator", 0)]
    row = spots[0].cell.row
    values = [Cell(reading=title, row=row, column=0)]
    for cell, said in pairs:
        head.append(_supplied(said.label or "Latest", len(head)))
        values.append(Cell(reading=cut_reading(cell.reading, said.start, said.end), row=cell.row, column=len(values)))
    now = next((cell for cell, said in pairs if kind_of(said.label, context) == "now"), None)
    for label, text in _signs_of(signs, now, any(kind_of(s.label, context) == "rag" for _, s in pairs)):
        head.append(_supplied(label, len(head)))
        values.append(_supplied(text, len(values)))
    if arrow and not any(cell.text == "DoT" for cell in head):
        head.append(_supplied("DoT", len(head)))
        values.append(_supplied(arrow, len(values)))
    basis = read_basis_in_title(title.text)
    if basis:
        head.append(_supplied("Basis", len(head)))
        values.append(_supplied(basis, len(values)))
    return Card((tuple(head), tuple(values)))


def _without_arrow(title: Reading) -> tuple[Reading, str | None]:
    """A title without the arrow that stands at its end."""
    m = re.search(rf"\s*\(?(?P<arrow>{ARROWS})\)?\s*$", title.text)
    return (cut_reading(title, 0, m.start()), m["arrow"]) if m else (title, None)


def _plain(label: str) -> str:
    return " ".join(label.casefold().split()).strip(" :.")


def _supplied(text: str, column: int) -> Cell:
    """A cell with words that stand nowhere in the paper: the heading of a column that we set."""
    return Cell(reading=Reading(text, ()), row=0, column=column)


def _signs_of(signs: Sequence[Cell], now: Cell | None, labelled: bool) -> Iterator[tuple[str, str]]:
    """The colour and the arrow of a card: as words where it prints one, else as what its sign's or value's cell is painted."""
    read = [m for cell in signs if cell.text and (m := SIGN.fullmatch(cell.text.strip()))]
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


def _title_above(table: Table, context: Context, lead_in: str) -> tuple[Reading | None, list[Cell]]:
    """The title of a card that stands above the table, and its signs: a line, or a table that says no value, on the page or
    at the end of the one before."""
    body = context.paper.body
    at = next((i for i, part in enumerate(body) if part is table), None)
    before = body[at - 1] if at else None
    if isinstance(before, Table):
        cells = [cell for row in before.rows for cell in row]
        signs = [cell for cell in cells if is_sign(cell.text) or (not cell.text and rag_of_fill(cell.fill))]
        return (_open_title(before, context), signs) if _follows(before, table) else (None, [])
    if isinstance(before, Block) and before.report == table.report:
        return (before.reading if _may_title(before.text) else None), []
    return (Reading(lead_in, ()) if at is None and lead_in and _may_title(lead_in) else None), []


def _may_title(text: str) -> bool:
    return is_title_text(text) and len(text.split()) > 1 and not _NO_MEASURE.fullmatch(text.strip(" :"))


def _follows(before: Table, table: Table) -> bool:
    """Whether one table stands on the page of the other or on the next."""
    last = [p.page for row in before.rows for cell in row for p in cell.reading.pieces]
    first = [p.page for row in table.rows for cell in row for p in cell.reading.pieces]
    ends, begins = last[-1] if last else None, first[0] if first else None
    return ends == begins or (ends is not None and begins == ends + 1)


def _open_title(table: Table, context: Context) -> Reading | None:
    """The last title of a table, where no value stands under it."""
    cells = [cell for row in table.rows for cell in row if cell.text]
    for cell in reversed(cells):
        if read_labelled(cell, context) or is_bare_value(cell):
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
