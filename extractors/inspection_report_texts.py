"""The texts of an inspector's report, block by block and cell by cell, and which of them stand at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schema.evidence import Evidence, Reading
from schema.paper import Block, Paper, Table

_HEAD_PARTS = 25  # where the source has no pages, the head is over within so many blocks and tables
_FEWEST_CHARACTERS = 120  # a first page with fewer is a cover without a word on what follows
_AFTER_HEAD = re.compile(
    r"^\W*(?:contents|executive\s+summary|summary\s+of\s+(?:key\s+)?findings|what\s+needs\s+to\s+improve\b.*)\W*$",
    re.IGNORECASE,
)


class Text(NamedTuple):
    """The text of a block, or of one cell of a table."""

    part: Block | Table
    reading: Reading

    @property
    def words(self) -> str:
        return self.reading.text

    @property
    def page(self) -> int | None:
        return self.reading.pieces[0].page if self.reading.pieces else None

    def evidence(self, paper: Paper, start: int, end: int, quote: str | None = None) -> Evidence:
        """Evidence for `words[start:end]`; the quote is the whole text unless another is given."""
        said = " ".join((quote if quote is not None else self.words).split())
        return paper.evidence(self.part, self.reading, start, end, said)


def texts_of(parts: Sequence[Block | Table]) -> Iterator[Text]:
    """The texts of blocks and filled cells, in reading order."""
    for part in parts:
        if isinstance(part, Block):
            yield Text(part, part.reading)
        else:
            yield from (Text(part, cell.reading) for row in part.rows for cell in row if cell.text.strip())


def head_of(paper: Paper) -> list[Block | Table]:
    """The parts of the first page (of the first two, where that is a bare cover), and a table that begins there; of a
    text without pages, those before its first section."""
    if paper.pages[0].number is None:
        head: list[Block | Table] = []
        for part in paper.body[:_HEAD_PARTS]:
            if isinstance(part, Block) and _AFTER_HEAD.match(part.text):
                break
            head.append(part)
        return head
    for pages in (1, 2):
        head = _on_first_pages(paper, pages)
        if sum(len(text.words) for text in texts_of(head)) >= _FEWEST_CHARACTERS:
            break
    return head


def _on_first_pages(paper: Paper, pages: int) -> list[Block | Table]:
    """The parts on so many pages with text from the first on."""
    seen: list[int] = []
    head: list[Block | Table] = []
    for part in paper.body:
        page = page_of(part)
        if page is not None and page not in seen:
            seen.append(page)
        if len(seen) > pages:
            break
        head.append(part)
    return head


def page_of(part: Block | Table) -> int | None:
    """The page that a part starts on."""
    return next((text.page for text in texts_of([part])), None)
