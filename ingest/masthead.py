"""What a report says of itself at its head: council, body, meeting date, title, author, classification, period covered."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.council_mentions import find_councils
from corpus.registries import councils
from schema.paper import Block, BlockKind, Masthead, Table
from schema.period import Period, PeriodKind
from schema.period_words import find_periods, read_date, resolve

_HEAD_PARTS = 25  # a masthead is over within so many blocks and tables
_LABELS = {
    "title": ("title of report", "report title", "title", "subject", "report subject", "item title", "report"),
    "author": (
        "author",
        "report by",
        "report of",
        "report author",
        "originating officer",
        "originating officer(s)",
        "lead officer",
        "officer",
        "from",
        "by",
    ),
    "meeting_date": ("meeting date", "date of meeting", "date", "meeting date and time", "committee date"),
    "body": (
        "meeting",
        "committee",
        "report to",
        "to",
        "board",
        "decision maker",
        "name of committee",
        "meeting of",
        "cabinet",
    ),
    "classification": ("classification", "status", "exempt status", "part", "public or private"),
}
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels}
_LABELLED = re.compile(r"^\s*(?P<label>[A-Za-z][A-Za-z /()-]{1,30}?)\s*:\s*(?P<value>\S.*)?$", re.DOTALL)
_BODY = re.compile(
    r"\b(?:committee|sub-?committee|board|cabinet|panel|executive|full council|forum|commission|partnership|assembly|working group|scrutiny)\b",
    re.IGNORECASE,
)
_COUNCIL_FORM = re.compile(
    r"\b(?P<of>(?:London|Royal|Metropolitan)\s+Borough\s+of\s+(?P<borough>[A-Z][\w'-]+(?:\s+(?:and|upon|&)?\s*[A-Z][\w'-]+)*)"
    r"|(?P<place>[A-Z][\w'-]+(?:\s+(?:and|upon|on|of|the|&|[A-Z][\w'-]+))*?)\s+(?:(?:Metropolitan|London|City|County|Borough|District|Unitary|Town)\s+)*(?:Council|CC|MBC))\b"
)
_NOT_A_PLACE = frozenset(
    [
        "the",
        "our",
        "this",
        "full",
        "each",
        "every",
        "a",
        "an",
        "lead",
        "your",
        "parish",
        "town",
        "city",
        "county",
        "borough",
        "district",
        "local",
        "that",
    ]
)
_COVERS = re.compile(
    r"\b(?:reports?|covers?|covering|details?|sets? out|relat\w+ to|summari[sz]es?|progress made|performance|update|period)\b",
    re.IGNORECASE,
)
_CLASSIFICATIONS = re.compile(
    r"^(?:unrestricted|open|public$|public report|part\s+[1I]|restricted|exempt|not for publication|confidential)\b",
    re.IGNORECASE,
)


def read_masthead(parts: Sequence[Block | Table]) -> Masthead:
    """The masthead of the report that `parts` are; a field that the report does not state is None.

    Labelled fields come first ("Meeting date: ...", a table of "TITLE | Author | DATE"), then what stands alone at the head:
    a line that names a body, a full date, a title.
    """
    head = list(_head(parts))
    fields = _labelled(head)
    lines = [line for part in head for line in _lines(part)]
    council = _council(lines)
    meeting_date = _first_date(_date_lines(fields.get("meeting_date", ""), lines))
    title = fields.get("title") or _standing_title(head)
    return Masthead(
        council=council,
        council_from="masthead" if council else None,
        body=_body(fields.get("body"), [line for part in head if not _is_item(part) for line in _lines(part)]),
        meeting_date=meeting_date,
        title=title,
        author=fields.get("author"),
        classification=fields.get("classification") or _classification(lines),
        period_covered=_period_covered(_dated_title(title, lines), parts, meeting_date),
    )


def names_body(line: str) -> bool:
    """Whether a line names a body that meets: a committee, a board, a cabinet."""
    return _BODY.search(line) is not None


def council_of_lines(lines: Sequence[str]) -> str | None:
    """The council that the lines of a page's head name, for a masthead that names none."""
    return _council(lines)


_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:as\s+at|as\s+of|by|until|end(?:ed|ing)|since|up\s+to|before|after|published|updated|printed)\s+(?:on\s+)?(?:the\s+)?(?:[a-z]+day,?\s+)?\d",
    re.IGNORECASE,
)
_LETTER = re.compile(r"dear\s+(?:members?|councillors?|colleagues?|sir|all)\b", re.IGNORECASE)


def _date_lines(labelled: str, lines: Sequence[str]) -> list[str]:
    """Where the meeting's date may stand, the likeliest first. A letter's own "Date:" comes after the line that names the
    meeting with its date; "as at 31 December" and the like are dates of something else."""
    short = [line for line in lines if len(line) < 140 and not _OF_SOMETHING_ELSE.search(line)]
    if any(_LETTER.match(line) for line in lines):
        return [*(line for line in short if _BODY.search(line) and read_date(line)), labelled, *short]
    return [labelled, *short]


def council_of_text(parts: Sequence[Block | Table]) -> str | None:
    """The council that a paper names most, in words and web addresses, for a masthead that names none; None where two tie."""
    counts: Counter[str] = Counter()
    for part in parts:
        for line in _lines(part):
            counts.update(m.council.short_name for m in find_councils(line))
            counts.update(_councils_in_addresses(line))
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


_ADDRESS = re.compile(r"(?:https?://|www\.|(?<![\w.])[\w.]{1,64}@)\S{1,200}", re.IGNORECASE)


def _councils_in_addresses(line: str) -> Iterator[str]:
    """'www.towerhamlets.gov.uk/committees' names a council as surely as its name does."""
    for address in _ADDRESS.findall(line):
        squashed = re.sub(r"[-_]", "", address.casefold())
        for council in councils():
            name = re.sub(r"[^a-z]", "", council.short_name.casefold())
            if len(name) > 5 and name in squashed:
                yield council.short_name


def _head(parts: Sequence[Block | Table]) -> Iterator[Block | Table]:
    """The parts before the report's first sentence or numbered section."""
    for i, part in enumerate(parts[:_HEAD_PARTS]):
        if isinstance(part, Block) and i > 2:
            if part.number and part.kind is BlockKind.HEADING:
                return
            if len(part.text) > 160 or part.text.casefold().strip(" :") in (
                "executive summary",
                "purpose",
                "summary",
                "recommendations",
                "recommendation(s)",
            ):
                return
        yield part


def _lines(part: Block | Table) -> list[str]:
    if isinstance(part, Block):
        return [part.text]
    return [line for row in part.rows for cell in row for line in cell.text.split("\n") if line.strip()]


def _labelled(head: Sequence[Block | Table]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for i, part in enumerate(head):
        pairs = _pairs_of_table(part) if isinstance(part, Table) else _pairs_of_line(head, i)
        for label, value in pairs:
            field = _FIELD_OF.get(" ".join(label.casefold().split()).strip(" :."))
            value = " ".join(value.split()).strip()
            if field and value and field not in fields:
                fields[field] = value
    return fields


_IN_TABLES = ("item no", "item", "agenda item", "agenda item no", "report no", "wards affected", "lead member", "ward")


def is_label(words: str) -> bool:
    """Whether words are a label of a masthead, as they head a table's column: "TITLE", "Item No."."""
    label = " ".join(words.casefold().split()).strip(" :.")
    return label in _FIELD_OF or label in _IN_TABLES


def _known_label(line: str) -> bool:
    """Whether a line is a label of a masthead with its value; "Fostering: a progress report" is a title."""
    m = _LABELLED.match(line)
    return m is not None and " ".join(m["label"].casefold().split()) in _FIELD_OF


def _pairs_of_line(head: Sequence[Block | Table], i: int) -> Iterator[tuple[str, str]]:
    """'Meeting date: 7 September 2021', or the label as a heading with its value on the next line."""
    part = head[i]
    assert isinstance(part, Block)
    if m := _LABELLED.match(part.text):
        if m["value"]:
            yield m["label"], m["value"]
        return
    following = head[i + 1] if i + 1 < len(head) else None
    if (
        isinstance(following, Block)
        and len(following.text) < 120
        and part.text.casefold() in ("classification", "title", "author", "date", "meeting date")
    ):
        yield part.text, following.text


def _pairs_of_table(table: Table) -> Iterator[tuple[str, str]]:
    """'Report of: X' within a cell, a label with its value in the next cell, or a row of labels over a row of values."""
    grid = [[cell.text for cell in row] for row in table.rows]
    for r, row in enumerate(grid):
        known = [c for c, text in enumerate(row) if " ".join(text.casefold().split()).strip(" :.") in _FIELD_OF]
        if len(known) >= 2 and r + 1 < len(grid):
            yield from ((row[c], grid[r + 1][c]) for c in known)
            continue
        for c, text in enumerate(row):
            if (m := _LABELLED.match(text)) and m["value"]:
                yield m["label"], m["value"]
            elif c in known and c + 1 < len(row):
                yield text, row[c + 1]


def _council(lines: Sequence[str]) -> str | None:
    """The council that the first line of the head to name one names. A sentence may speak of another."""
    for line in lines:
        if line.rstrip().endswith("."):
            continue
        for mention in find_councils(line):
            return mention.council.short_name
        for m in _COUNCIL_FORM.finditer(line if not line.isupper() else line.title()):
            place = m["borough"] or m["place"]
            if place and _may_be_place(place):
                return str(place)
    return None


_OFFICES = re.compile(
    r"\b(?:leader|member|members|chair|chairman|chairwoman|director|officer|executive|head|secretary|clerk|mayor|cabinet|committee|minutes|agenda|report|meeting|councillors?|extraordinary|annual|from|to|by)\b",
    re.IGNORECASE,
)


def _may_be_place(place: str) -> bool:
    """Whether the words before "Council" can be a place's name: not "Leader of the", "Annual Meeting of"."""
    words = place.casefold().split()
    return words[0] not in _NOT_A_PLACE and words[-1] not in _SMALL_WORDS and not _OFFICES.search(place)


_ITEM = re.compile(r"\d{1,5}\.?\s+\w")  # "2565. Public forum: nobody present" is an item, no body


def _is_item(part: Block | Table) -> bool:
    """Whether a part is a numbered item: "214. Public forum: nobody present" names no body."""
    return isinstance(part, Block) and part.number is not None


def _body(labelled: str | None, lines: Sequence[str]) -> str | None:
    candidates = [labelled] if labelled and _BODY.search(labelled) else []
    candidates += [
        line
        for line in lines
        if len(line) < 100
        and _BODY.search(line)
        and not _known_label(line)
        and "(" not in line
        and not _ITEM.match(line)
    ]
    for line in candidates:
        name = _without_date(line)
        if name and len(name.split()) <= 12:
            return _in_title_case(name) if name.isupper() else name
    return labelled


_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"])


def _in_title_case(capitals: str) -> str:
    """'CHILDREN'S AND FAMILIES BOARD' -> "Children's and Families Board"."""
    words = capitals.lower().split()
    return " ".join(w if w in _SMALL_WORDS and i else w.capitalize() for i, w in enumerate(words))


def _without_date(line: str) -> str:
    periods = [p for p in find_periods(line) if p.kind is PeriodKind.DAY]
    for words in reversed(periods):
        line = line[: words.start] + line[words.end :]
    return re.sub(r"\s+", " ", re.sub(r"\b(?:held )?(?:on|at)\s*$", "", line.strip(" ,-–:"))).strip(" ,-–:")


def _first_date(lines: Sequence[str]) -> date | None:
    return next((day for line in lines if (day := read_date(line))), None)


_LINE_OF_DATE = re.compile(
    r"\W*(?:(?:quarter|qtr)\s*(?:[1-4]|one|two|three|four)|q[1-4]|20\d\d\s*[/–-]\s*(?:20)?\d\d|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+20\d\d|\W)+",
    re.IGNORECASE,
)


def _dated_title(title: str | None, lines: Sequence[str]) -> str | None:
    """The title with the lines below it on a cover page that are a quarter or a year and nothing else."""
    if title is None or title not in lines:
        return title
    below = itertools.takewhile(lambda line: _LINE_OF_DATE.fullmatch(line), lines[lines.index(title) + 1 :])
    return " ".join((title, *below))


def _standing_title(head: Sequence[Block | Table]) -> str | None:
    """The line at the head that is neither body, council, date, label nor section."""
    for part in head:
        for line in _lines(part):
            words = line.strip()
            plain = len(words.split()) >= 3 and len(words) < 160 and not words.endswith((".", ";"))
            if not plain or _known_label(words) or read_date(words) or _CLASSIFICATIONS.match(words):
                continue
            if _BODY.search(words) and len(words.split()) <= 8:
                continue
            if isinstance(part, Block) and part.number:
                continue
            if re.match(r"(?:london|royal|metropolitan)\s+borough|.*\bcouncil$|minutes of\b", words, re.IGNORECASE):
                continue
            return words
    return None


def _classification(lines: Sequence[str]) -> str | None:
    return next((line.strip() for line in lines if len(line) < 40 and _CLASSIFICATIONS.match(line.strip())), None)


def _period_covered(title: str | None, parts: Sequence[Block | Table], said_on: date | None) -> Period | None:
    """The period that a sentence says the report is about, or the title names ("Quarter 4 2017/18").

    Of a title's year and a stretch within it that a sentence names, the stretch.
    """
    titled = next(
        (r.period for w in find_periods(title or "") if w.kind in _COVERABLE and (r := resolve(w, said_on))), None
    )
    stated = _period_stated(parts, said_on)
    if titled is None or (stated and titled.kind is PeriodKind.FINANCIAL_YEAR and titled.contains(stated)):
        return stated
    return titled


_COVERABLE = (
    PeriodKind.QUARTER,
    PeriodKind.RANGE,
    PeriodKind.MONTH,
    PeriodKind.FINANCIAL_YEAR,
    PeriodKind.MONTH_END,
    PeriodKind.ACADEMIC_YEAR,
    PeriodKind.ROLLING_YEAR,
)
_STRETCHES = (PeriodKind.RANGE, PeriodKind.QUARTER, PeriodKind.ROLLING_YEAR)
_UP_TO = re.compile(
    r"\b(?:as at|as of|position at|to the end of|up to|ending|ended|at)\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE
)


def _period_stated(parts: Sequence[Block | Table], said_on: date | None) -> Period | None:
    """'This report covers performance from April to December 2023', 'sets out the position as at 30 September 2021'."""
    for block in [p for p in parts if isinstance(p, Block)][:60]:
        for sentence in re.split(r"(?<=[.!?])\s+", block.text[:2000]):
            if not re.search(
                r"\b(?:this|the)\b.{0,40}\b(?:report|note|paper|update|briefing|dashboard|scorecard)\b",
                sentence,
                re.IGNORECASE,
            ) or not _COVERS.search(sentence):
                continue
            for words in find_periods(sentence):
                stretch = words.kind in _STRETCHES and not words.is_relative
                dated = words.kind in (PeriodKind.DAY, PeriodKind.MONTH_END) and _UP_TO.search(sentence[: words.start])
                found = resolve(words, said_on) if stretch or dated else None
                if found and (dated or (found.period.end - found.period.start).days > 20):
                    return found.period
    return None
