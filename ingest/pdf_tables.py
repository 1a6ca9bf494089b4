"""Finds the tables of a PDF page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ingest.pdf_characters import PageObjects, Word
from ingest.pdf_framed_tables import framed_rows
from ingest.pdf_label_tables import label_tables
from ingest.pdf_rule_parted_tables import rule_parted_tables
from ingest.pdf_ruled_tables import PageWords, read_ruling
from ingest.pdf_shapes import Rect
from ingest.pdf_stacked_rows import part_stacked_rows
from ingest.pdf_table_cells import FoundCell, FoundTable, box_around, is_painted
from ingest.pdf_table_edges import Edge, Ruling, rulings, rulings_of
from ingest.pdf_table_grids import Grid, table_of
from ingest.pdf_text_tiles import tile_rows
from ingest.pdf_unruled_tables import Separators, unruled_tables
from schema.evidence import Box

__all__ = ["FoundCell", "FoundTable", "find_tables"]

_FEWEST_PAINTED: Final = 4
_RULE: Final = 3.0  # points: a painted rectangle no higher is a rule


def find_tables(page: PageObjects) -> list[FoundTable]:
    """The page's tables, from the top, the refused ones too."""
    finder = _Finder(page)
    finder.find_ruled(rulings(page))
    finder.find_painted()
    finder.find_tiles()
    finder.find_unruled()
    return sorted(finder.found, key=lambda table: (table.bbox[1], table.bbox[0]))


class _Finder:
    """Finds one kind of table after the other; the words of each are not there for the next."""

    def __init__(self, page: PageObjects) -> None:
        self.page = page
        self.words = PageWords(page.words)
        self.found: list[FoundTable] = []
        self.loose: list[Edge] = []  # level rules that belong to no table as yet
        self.boxes: list[Box] = []  # what rules enclose without parting it into cells

    def find_ruled(self, groups: Sequence[Ruling]) -> None:
        """Tables with rules, inner ones before those that they stand in."""
        for ruling in sorted(groups, key=_area):
            read = read_ruling(ruling, self.words)
            if not read:
                self.loose += ruling.levels
                if len(ruling.uprights) > 1 and len(ruling.levels) > 1:
                    self.boxes.append(ruling.bbox)
            elif isinstance(read, str):
                self._refuse(read, self.words.within(ruling.bbox), ruling.bbox)
            else:
                for grid in read:
                    part_stacked_rows(grid)
                    self._add(grid)

    def find_painted(self) -> None:
        """Tables that are cells of colour side by side, and nothing else."""
        painted = [rect for rect in self.page.rects if self._may_be_cell(rect)]
        if len(painted) < _FEWEST_PAINTED:
            return
        for ruling in sorted(rulings_of(painted), key=_area):
            read = read_ruling(ruling, self.words)
            if not isinstance(read, str):
                for grid in read:
                    if grid.rows > 1 and _is_full(grid):
                        self._add(grid)

    def _may_be_cell(self, rect: Rect) -> bool:
        if not is_painted(rect) or rect.stroked or min(rect.x1 - rect.x0, rect.bottom - rect.top) <= _RULE:
            return False
        return bool(self.words.within((rect.x0, rect.top, rect.x1, rect.bottom)))

    def find_tiles(self) -> None:
        """Tiles: boxes side by side, drawn or painted, of a few lines each; or large numbers with a few lines each."""
        painted = [rect[:4] for rect in self.page.rects if is_painted(rect) and rect.bottom - rect.top > 4 * _RULE]
        for grid in framed_rows([*self.boxes, *painted], self.words, self.page.width):
            self._add(grid)
        for grid in tile_rows(self.words, self.page.width):
            self._add(grid)

    def find_unruled(self) -> None:
        """Tables by white space: a masthead's labels, then those that hold values, then those of text whose rows are ruled."""
        left = self.words.left()
        for grid in label_tables(left):
            self._add(grid)
            left = self.words.left()
        for table in unruled_tables(left, self._separators()):
            if isinstance(table, Grid):
                self._add(table)
            else:
                reason, words = table
                self._refuse(reason, words, box_around(words))
        for grid in rule_parted_tables(self.loose, self.words):
            self._add(grid)

    def _separators(self) -> Separators:
        """What parts rows outside ruled tables: rules, and the upper and lower sides of bands of colour."""
        painted = [rect for rect in self.page.rects if is_painted(rect) and rect.bottom - rect.top > _RULE]
        sides = [(y, rect.x0, rect.x1) for rect in painted for y in (rect.top, rect.bottom)]
        return Separators([(edge.at, edge.start, edge.end) for edge in self.loose], sides)

    def _add(self, grid: Grid) -> None:
        self.words.take(grid.words())
        self.found.append(table_of(grid, self.page.number, self.page.rects))

    def _refuse(self, reason: str, words: Sequence[Word], bbox: Box) -> None:
        self.words.take(words)
        self.found.append(FoundTable(self.page.number, bbox, (), reason))


def _area(ruling: Ruling) -> float:
    x0, top, x1, bottom = ruling.bbox
    return (x1 - x0) * (bottom - top)


def _is_full(grid: Grid) -> bool:
    """Whether most cells hold text, as bars of a chart and bands of colour do not."""
    return 2 * sum(bool(region.words) for region in grid.regions) > grid.rows * grid.columns
