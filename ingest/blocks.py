"""Lines into headings, paragraphs, list items and tables: in reading order, whole again where a page break split them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ingest.lines import Line, Opening, bare, is_furniture, is_unfinished, looks_like_heading, opening
from ingest.marks import unmark
from ingest.tab_tables import Row, cells_of, continued, goes_on, is_row, pad, read_row
from schema.evidence import join_readings
from schema.paper import Block, BlockKind, Table

PageText = Callable[[int | None], str]

_WRAPPED_WIDTH = 55  # a line at least this long that breaks off within a sentence was wrapped, not ended


@dataclass
class _Draft:
    """A block in the making: the lines it is made of, the first from its words on."""

    kind: BlockKind
    number: str | None
    level: int
    spans: list[tuple[int | None, int, int]]
    text: str  # of the last line, to see whether it breaks off


@dataclass
class _TableDraft:
    rows: list[Row]
    header_rows: int = 0


@dataclass
class _Standing:
    """Where in the paper a block stands: the headings above it and the numbered paragraph it belongs to."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    paragraph: str | None = None
    titled: bool = False

    def enter_section(self, words: str) -> None:
        self.headings, self.paragraph = [(1, words)], None

    def enter_part(self, words: str, number: str | None) -> None:
        """A smaller heading: a paragraph of its own where it has a number, else within the paragraph it stands in."""
        self.headings = [h for h in self.headings if h[0] < 2] + [(2, words)]
        self.paragraph = number or self.paragraph
        self.titled = number is not None

    def enter_paragraph(self, number: str) -> None:
        """A new numbered paragraph ends the one that was a title ("3.8 Staff Recruitment"), and its heading with it."""
        if self.titled:
            self.headings, self.titled = [h for h in self.headings if h[0] < 2], False
        self.paragraph = number

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(words for _, words in self.headings)


def build_blocks(
    lines: Sequence[Line], page_text: PageText, *, wrapped: bool | None = None
) -> tuple[Block | Table, ...]:
    """The paper's body. `page_text` gives the stored text of a page, which the lines' offsets count in.

    `wrapped` says whether a line end may stand within a paragraph; where it is not known, the lines' lengths tell.
    """
    drafts = _draft(lines, page_text, _is_hard_wrapped(lines) if wrapped is None else wrapped)
    decimal = any(isinstance(d, _Draft) and d.number and "." in d.number for d in drafts)
    standing = _Standing()
    return tuple(_finish(draft, standing, decimal, page_text) for draft in drafts)


def _draft(lines: Sequence[Line], page_text: PageText, wrapped: bool) -> list[_Draft | _TableDraft]:
    drafts: list[_Draft | _TableDraft] = []
    rows: list[Row] = []
    for i, line in enumerate(lines):
        within = bool(rows) and not line.gap and i + 1 < len(lines) and is_row(lines[i + 1]) and not lines[i + 1].gap
        if (is_row(line) and not (rows and line.gap)) or within:
            rows.append(read_row(line, page_text(line.page)))
            continue
        if rows:
            _add_table(drafts, rows)
            rows = []
        if is_row(line):
            rows.append(read_row(line, page_text(line.page)))
        elif not is_furniture(line.text):
            alone = line.gap and (i + 1 == len(lines) or lines[i + 1].gap)
            _add_line(drafts, line, alone=alone, wrapped=wrapped)
    if rows:
        _add_table(drafts, rows)
    return drafts


def _is_hard_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the file breaks its lines at a fixed width, so that a line end does not end a paragraph."""
    long = sum(len(line.text) > 120 for line in lines)
    full = sum(_WRAPPED_WIDTH <= len(line.text) <= 120 for line in lines)
    return full > 10 and full > 8 * long


def _add_table(drafts: list[_Draft | _TableDraft], rows: list[Row]) -> None:
    last = drafts[-1] if drafts else None
    if isinstance(last, _TableDraft):
        repeated = goes_on(last.rows, rows)
        if repeated is not None:
            last.rows = continued(last.rows, rows[repeated:])
            last.header_rows = max(last.header_rows, repeated)
            return
    drafts.append(_TableDraft(rows))


def _add_line(drafts: list[_Draft | _TableDraft], line: Line, *, alone: bool, wrapped: bool) -> None:
    start = Opening(None, item=False, level=1, words_at=0) if line.caption else opening(line.text)
    words = line.text[start.words_at :]
    span = (line.page, line.start + start.words_at, line.end)
    item = start.item or line.level > 0
    plain = not start.item and start.number is None
    last = drafts[-1] if drafts else None
    goes_on = line.continues or (
        not (item or line.caption) and isinstance(last, _Draft) and _belongs_to(last, line, words, wrapped=wrapped)
    )
    if plain and goes_on and isinstance(last, _Draft):
        if last.kind is BlockKind.HEADING and not wrapped:
            last.kind = BlockKind.PARAGRAPH
        last.spans.append(span)
        last.text = words
        return
    heading = not (item or line.caption) and looks_like_heading(words) and (alone or start.number is not None)
    if start.number and "." in start.number and not bare(words).isupper():
        heading = heading and len(bare(words).split()) <= 8
    if heading:
        level = 1 if start.number or bare(words).isupper() else 2
        drafts.append(_Draft(BlockKind.HEADING, start.number, level, [span], words))
    else:
        kind = BlockKind.ITEM if item else BlockKind.PARAGRAPH
        drafts.append(_Draft(kind, start.number, line.level or start.level, [span], words))


def _belongs_to(last: _Draft, line: Line, words: str, *, wrapped: bool) -> bool:
    """Whether a line without a number or bullet goes on with the block before it.

    Over a blank line (a page break) only a sentence broken off, taken up in small letters; within a group of lines also a
    line of a hard-wrapped paragraph.
    """
    taken_up = bare(words)[:1].islower()
    if last.kind is BlockKind.HEADING and last.number and "." in last.number and taken_up:
        return True  # "3.4 Work with families who go" was no title, but broken off
    if last.kind is BlockKind.HEADING and (line.gap or not wrapped):
        return False
    if taken_up and is_unfinished(last.text) and last.kind is not BlockKind.HEADING:
        return True
    return wrapped and not line.gap and len(last.text) >= _WRAPPED_WIDTH


def _finish(draft: _Draft | _TableDraft, standing: _Standing, decimal: bool, page_text: PageText) -> Block | Table:
    if isinstance(draft, _TableDraft):
        rows = cells_of(pad(draft.rows))
        return Table(rows=rows, paragraph=standing.paragraph, headings=standing.path, header_rows=draft.header_rows)
    reading = join_readings(unmark(page_text(page), start, end, page) for page, start, end in draft.spans)
    if draft.kind is BlockKind.HEADING:
        numbered_paragraph = draft.number is not None and "." in draft.number
        if draft.level == 1 and not numbered_paragraph:
            standing.enter_section(reading.text)
        else:
            standing.enter_part(reading.text, draft.number if numbered_paragraph else None)
        return Block(
            kind=draft.kind,
            reading=reading,
            number=draft.number,
            paragraph=standing.paragraph,
            level=draft.level,
            headings=standing.path,
        )
    # "1. Endorse the progress" in a paper whose paragraphs are 3.1, 3.2 is an item of a list, not paragraph 1.
    own = draft.number if draft.number and ("." in draft.number or not decimal) else None
    kind = BlockKind.ITEM if draft.number and own is None else draft.kind
    if own:
        standing.enter_paragraph(own)
    return Block(
        kind=kind,
        reading=reading,
        number=draft.number,
        paragraph=standing.paragraph,
        level=draft.level,
        headings=standing.path,
    )


def texts(body: Iterable[Block | Table]) -> list[str]:
    """The words of each part, a table's rows one a line: for a look at what a paper says of itself."""
    return [
        part.text if isinstance(part, Block) else "\n".join("\t".join(c.text for c in row) for row in part.rows)
        for part in body
    ]
