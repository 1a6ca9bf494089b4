"""A paper as read: pages of text, blocks in reading order, tables, mastheads. Neutral as to the file's format."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from schema.evidence import Box, Evidence, Reading
from schema.page_boxes import around, boxes_of
from schema.period import Period

_FROZEN = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Recognised(NamedTuple):
    """`text[start:end]` of a page is a word that was recognised in a picture, and how sure that is, 0 to 1."""

    start: int
    end: int
    sure: float


class Page(BaseModel):
    """The stored text that offsets count in. `number` is None for a file without pages, which is then one `Page`.

    `boxes` says where on the page the text stands, as `schema.page_boxes` packs it; empty where it stands nowhere.
    `recognised` has the words of a scan, in the order of the text; it is empty where the file itself holds the text.
    """

    model_config = _FROZEN

    number: int | None
    text: str
    boxes: bytes = b""
    recognised: tuple[Recognised, ...] = ()


PAGE_WITHOUT_TEXT: Final = "page without text"
UNREADABLE_TABLE: Final = "unreadable table"


class Unread(BaseModel):
    """A part of a page that could not be read: `text[start:end]` of its stored text, or none where it has no text.

    `reason` is what a refusal says (PAGE_WITHOUT_TEXT, UNREADABLE_TABLE), `why` what people are told.
    """

    model_config = _FROZEN

    page: int
    start: int = 0
    end: int = 0
    bbox: Box | None = None
    reason: str
    why: str


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list, numbered with letters or bulleted


class Block(BaseModel):
    """A heading, paragraph or list item, in reading order.

    `number` is the number that the paper gives the block itself; `paragraph` that of the numbered paragraph it stands
    in or under. `report` is the index of the report it belongs to. `level` is the depth of a list item (1 is outermost)
    or of a heading (1 is a section). `headings` are the headings it stands under, outermost first.
    """

    model_config = _FROZEN

    kind: BlockKind
    reading: Reading
    number: str | None = None
    paragraph: str | None = None
    level: int = 1
    report: int = 0
    headings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.reading.text


class Cell(BaseModel):
    """One cell. A merged cell is one `Cell` with a `colspan` or `rowspan`; an empty one has an empty reading."""

    model_config = _FROZEN

    reading: Reading
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1
    fill: str | None = None

    @property
    def text(self) -> str:
        return self.reading.text


class Table(BaseModel):
    """A table as ruled or tabbed in the paper, joined again where it was broken over pages.

    `rows` are lists of cells by place; `header_rows` counts the rows at the top that the paper repeats on later pages,
    where it does (0 where nothing is known: which rows are the header is then for the reader of the table to find).
    """

    model_config = _FROZEN

    rows: tuple[tuple[Cell, ...], ...]
    paragraph: str | None = None
    report: int = 0
    headings: tuple[str, ...] = ()
    header_rows: int = 0
    caption: str | None = None


class ReportKind(StrEnum):
    FRONT_SHEET = "front_sheet"
    MINUTES = "minutes"
    REPORT = "report"


class Masthead(BaseModel):
    """What a report says of itself at its head; None where it does not say."""

    model_config = _FROZEN

    council: str | None = None
    council_from: Literal["masthead", "text", "given"] | None = None
    body: str | None = None
    meeting_date: date | None = None
    date_given: bool = False  # by a person at loading, instead of what the paper says
    title: str | None = None
    author: str | None = None
    classification: str | None = None
    period_covered: Period | None = None


class Report(BaseModel):
    """One report of a paper: the whole paper, or an agenda item of a pack. `masthead.meeting_date` of minutes is the
    meeting they record, against which their dates resolve."""

    model_config = _FROZEN

    kind: ReportKind
    masthead: Masthead


class Paper(BaseModel):
    """A file as read. `reports` has at least one; `unread` says, for people, what of the file could not be read, and
    `unread_places` where on its pages that stands."""

    model_config = _FROZEN

    name: str
    sha256: str
    reader: str
    encoding: str | None = None
    pages: tuple[Page, ...]
    body: tuple[Block | Table, ...]
    masthead: Masthead
    reports: tuple[Report, ...]
    unread: tuple[str, ...] = ()
    unread_places: tuple[Unread, ...] = ()

    def page(self, number: int | None) -> Page:
        """Raises KeyError for a page that the paper does not have."""
        likely = 0 if number is None else number - 1
        if 0 <= likely < len(self.pages) and self.pages[likely].number == number:
            return self.pages[likely]
        for page in self.pages:
            if page.number == number:
                return page
        raise KeyError(f"{self.name} has no page {number}")

    def page_text(self, number: int | None) -> str:
        """The stored text of a page. Raises KeyError for a page that the paper does not have."""
        return self.page(number).text

    @property
    def is_pack(self) -> bool:
        return len(self.reports) > 1

    def evidence(self, part: Block | Table, reading: Reading, start: int, end: int, quote: str) -> Evidence:
        """Evidence for `reading.text[start:end]` of a block or a cell. `quote` is the sentence or row it stands in."""
        place = reading.locate(start, end)
        page = self.page(place.page)
        boxes = boxes_of(page.boxes, place.start, place.end)
        return Evidence(
            paper=self.name,
            sha256=self.sha256,
            report=self.reports[part.report].masthead.title if self.is_pack else None,
            page=place.page,
            paragraph=part.paragraph,
            start=place.start,
            end=place.end,
            bbox=around(boxes),
            boxes=boxes if len(boxes) > 1 else (),
            text=page.text[place.start : place.end],
            quote=quote,
        )
