"""The tables of one paper as they were read, with the place of each, and those that were refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.asking import open_to_ask, paper_called
from app.export import WRITERS, Row
from app.layout import Column, lay_out, one_line, terminal_width
from app.refusing import CannotDoError
from schema.evidence import Box
from schema.paper import Table

if TYPE_CHECKING:
    from ingest.pdf_file import PdfContents
    from ingest.pdf_table_cells import FoundTable


class ListedTable(NamedTuple):
    """A table as it stands on one page, with its rows of cell texts, a merged cell's text in the first of its places;
    or why it was refused. `continues` says that it was read as the rest of a table on the page before."""

    page: int | None
    bbox: Box | None
    rows: tuple[tuple[str, ...], ...]
    refused: str | None = None
    continues: bool = False

    def as_row(self) -> Row:
        return {**self._asdict(), "rows": [list(row) for row in self.rows]}


def run_tables(database: str, name: str, form: str, password: str | None) -> None:
    """Prints the tables of a paper, read from its original."""
    from ingest.reading import UnreadableError

    with open_to_ask(database) as store:
        record = paper_called(store, name)
        content = store.original(record.sha256)
    try:
        listed = tables_of(record.paper, content, password)
    except UnreadableError as error:  # for want of its password: without one, the file was read before
        raise CannotDoError(f"{record.paper}: {error}") from error
    if form == "table":
        sys.stdout.writelines(_as_text(listed))
    elif form == "csv":
        sys.stdout.writelines(WRITERS["csv"](_csv_rows(listed)))
    else:
        sys.stdout.writelines(WRITERS[form](table.as_row() for table in listed))
    if not listed:
        print(f"No table was found in {record.paper}.", file=sys.stderr)


def tables_of(name: str, content: bytes, password: str | None = None) -> list[ListedTable]:
    """The tables of a file, those that were refused among them, in the order of its pages.

    Raises UnreadableError for a file that gives no paper.
    """
    from ingest import pdf_file
    from ingest.reading import UnreadableError, read_paper

    if not pdf_file.claims(content):
        return [_whole(table) for table in read_paper(name, content).body if isinstance(table, Table)]
    found: list[ListedTable] = []
    try:
        read = pdf_file.read_pdf(content, password, lambda table, bbox: found.append(_listed(table, bbox)))
    except pdf_file.PdfError as error:
        raise UnreadableError(str(error)) from error
    continued = _begun_on_page_before(read)
    firsts = {table.page: i for i, table in reversed(list(enumerate(found)))}
    return [
        table._replace(continues=not table.refused and table.page in continued and firsts[table.page] == i)
        for i, table in enumerate(found)
    ]


def _whole(table: Table) -> ListedTable:
    return ListedTable(None, None, tuple(tuple(_one_line(cell.text) for cell in row) for row in table.rows))


def _listed(table: FoundTable, bbox: Box) -> ListedTable:
    rows = tuple(tuple(cell.text for cell in row) for row in table.rows)
    return ListedTable(table.page, bbox, rows, table.refused)


def _begun_on_page_before(read: PdfContents) -> set[int | None]:
    """The pages whose first table goes on with one that begins before: those that a table reaches after its first."""
    pages = [
        sorted({piece.page or 0 for row in table.rows for cell in row for piece in cell.reading.pieces})
        for table in read.body
        if isinstance(table, Table)
    ]
    return {page for reached in pages for page in reached[1:]}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _csv_rows(tables: Sequence[ListedTable]) -> Iterator[Row]:
    """A row of a table a line, led by the table's number and page."""
    width = max((len(row) for table in tables for row in table.rows), default=0)
    for number, table in enumerate(tables, start=1):
        for row in table.rows or ((),):
            cells = {f"column_{i + 1}": row[i] if i < len(row) else None for i in range(width)}
            yield {
                "table": number,
                "page": table.page,
                "refused": table.refused,
                "continues": table.continues,
                **cells,
            }


def _as_text(tables: Sequence[ListedTable]) -> Iterator[str]:
    for number, table in enumerate(tables, start=1):
        where = "" if table.page is None else f", page {table.page}"
        yield f"Table {number}{where}{', goes on from the page before' if table.continues else ''}\n"
        if table.refused:
            yield f"  refused: {one_line(table.refused)}\n"
        yield from (line + "\n" for line in _grid(table.rows))
        yield "\n"


def _grid(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows in columns, the first where the columns have their titles."""
    if not rows:
        return
    width = max(map(len, rows))
    first, *others = ([*map(one_line, row), *[""] * (width - len(row))] for row in rows)
    yield from lay_out([Column(title) for title in first], others, terminal_width())
