"""Finds the tables of a PDF page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ingest.pdf_characters import PageObjects
from ingest.pdf_ruled_tables import PageWords, read_ruling
from ingest.pdf_table_cells import FoundCell, FoundTable, box_around, is_painted
from ingest.pdf_table_edges import Ruling, rulings
from ingest.pdf_table_grids import Grid, table_of
from ingest.pdf_unruled_tables import Separators, unruled_tables
from schema.evidence import Box

__all__ = ["FoundCell", "FoundTable", "find_tables"]

_RULE: Final = 3.0  # points: a painted rectangle no higher is a rule


def find_tables(page: PageObjects) -> list[FoundTable]:
    """The page's tables, from the top, the refused ones too."""
    words = PageWords(page.words)
    found: list[FoundTable] = []
    loose: list[Ruling] = []
    for ruling in sorted(rulings(page), key=_area):
        read = read_ruling(ruling, words)
        if read is None:
            loose.append(ruling)
            continue
        words.take(words.within(ruling.bbox))
        found.append(_as_table(page, read, ruling.bbox))
    for table in unruled_tables(words.left(), _separators(page, loose)):
        if isinstance(table, Grid):
            found.append(table_of(table, page.number, page.rects))
        else:
            reason, refused = table
            found.append(FoundTable(page.number, box_around(refused), (), reason))
    return sorted(found, key=lambda table: (table.bbox[1], table.bbox[0]))


def _area(ruling: Ruling) -> float:
    x0, top, x1, bottom = ruling.bbox
    return (x1 - x0) * (bottom - top)


def _as_table(page: PageObjects, read: Grid | str, bbox: Box) -> FoundTable:
    if isinstance(read, str):
        return FoundTable(page.number, bbox, (), read)
    return table_of(read, page.number, page.rects)


def _separators(page: PageObjects, loose: Sequence[Ruling]) -> Separators:
    """What parts rows outside ruled tables: rules, and the upper and lower sides of bands of colour."""
    levels = [(edge.at, edge.start, edge.end) for ruling in loose for edge in ruling.levels]
    for rect in page.rects:
        if is_painted(rect) and rect.bottom - rect.top > _RULE:
            levels += ((rect.top, rect.x0, rect.x1), (rect.bottom, rect.x0, rect.x1))
    return Separators(levels)
