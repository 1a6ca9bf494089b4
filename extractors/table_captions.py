"""What a table is called: its caption, the lines that introduce it and its heading, and what they date and measure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.column_headings import Column, is_generic, is_year, normal, point_in, read_when, undated_text, wordings
from extractors.language import Context
from schema.paper import Block, BlockKind, Table
from schema.period import Period, PeriodKind, financial_year_of
from schema.period_words import PeriodWords, resolve

_MASTHEAD = re.compile(
    r"(?:(?:report|reporting|lead|contact|responsible|originating)\b[^:]{0,40}|author|date|meeting|title|subject|wards?|classification|key decision|cabinet member|portfolio)[^:.]{0,30}:",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r":\s*$|\b(?:tables?|charts?|below|following|as follows|set out|sets out|shown|shows|summarise[sd]?|appendix)\b",
    re.IGNORECASE,
)
_NAMED_TABLE = re.compile(
    r"\W*(?:table|figure|chart|appendix|annex)\s*[\dA-Z]{0,3}(?:\.\d+)?\s*(?:[:.)–—-]|$)", re.IGNORECASE
)


def captions_of(table: Table, context: Context, lead_in: str) -> tuple[str, ...]:
    """What the table is called, the nearest first: the lines just before it that caption or introduce it, and its heading."""
    before = _blocks_before(table, context)
    found = [table.caption] if table.caption else []
    for block in before if before is not None else ():
        text = block.text.strip()
        if _MASTHEAD.match(text) or len(text) > 300:
            break
        short = len(text.split()) <= 25 and not re.search(r"[.!?]$", text)
        if not (block.kind is BlockKind.HEADING or short or _INTRODUCES.search(text)):
            break
        found.append(text)
        if block.kind is BlockKind.HEADING or not re.fullmatch(r"[^\w]*[(£].{0,30}", text):
            break
    if before is None and lead_in:
        found.append(lead_in)
    under = [_heading_over(table, context)] if before is not None else []
    found += [heading for heading in (*under, *table.headings[-1:]) if heading and heading not in found]
    return tuple(text for text in found if not _names_meeting(text, context))


_RUN_IN_HEADING = re.compile(r"[A-Z][A-Za-z’'&,/()-]*(?:\s[A-Za-z’'&,/()-]+){0,6}")


def _heading_over(table: Table, context: Context) -> str | None:
    """The short line over the paragraphs before a table, where the paper prints its headings as lines of text: "Adoptions"."""
    at = next((i for i, part in enumerate(context.paper.body) if part is table), 0)
    for part in reversed(context.paper.body[max(0, at - 4) : at]):
        if not isinstance(part, Block) or part.kind is not BlockKind.PARAGRAPH or part.report != table.report:
            return None
        if len(part.text) < 70 and _RUN_IN_HEADING.fullmatch(part.text.strip()):
            return part.text.strip()
    return None


_MEETING = re.compile(
    r"(?:.*\b)?(?:committee|sub-committee|panel|board|cabinet|council|commission|forum)\W*", re.IGNORECASE
)


def _names_meeting(text: str, context: Context) -> bool:
    """Whether a line names the council or the meeting, as mastheads do, and so no measure."""
    masthead = context.paper.masthead
    return bool(_MEETING.fullmatch(text)) or text.strip() in (masthead.council, masthead.body)


def _blocks_before(table: Table, context: Context) -> list[Block] | None:
    """The blocks between this table and the one before, the nearest first; None for a table that is not in the paper's body."""
    at = next((i for i, part in enumerate(context.paper.body) if part is table), None)
    if at is None:
        return None
    blocks: list[Block] = []
    for part in reversed(context.paper.body[:at]):
        if not isinstance(part, Block) or part.report != table.report or len(blocks) == 3:
            break
        blocks.append(part)
    return blocks


def caption_anchor(captions: Sequence[str], columns: Sequence[Column], context: Context) -> Period | None:
    """The one period that the captions name, the nearest first; else the year that the report covers."""
    for caption in captions:
        read = [resolve(w, context.said_on) for w in wordings(normal(caption)) if w.has_year]
        found = {r.period for r in read if r}
        years = {financial_year_of(p.end) for p in found}
        if len(found) == 1 or (found and len(years) == 1):
            return max(found, key=lambda p: (is_year(p), p.end))
    if (
        context.covers
        and is_year(context.covers)
        and (context.said_on is None or context.covers.end <= context.said_on)
    ):
        return context.covers
    return None


def caption_point(captions: Sequence[str], stub: str, columns: Sequence[Column]) -> PeriodWords | None:
    """The day of the year that the caption or the stub column's heading counts at, for columns that are years."""
    for text in (stub, *captions):
        if words := point_in(text):
            return words
    bare_years = [c for c in columns if c.period and c.period.kind is PeriodKind.CALENDAR_YEAR]
    if len(bare_years) < 2:
        return None
    for text in captions:
        found = [w for w in wordings(normal(text)) if w.has_year]
        if len(found) == 1 and found[0].kind is PeriodKind.DAY:
            return found[0]._replace(first=found[0].first._replace(year=None), last=found[0].last._replace(year=None))
    return None


_DEFINES = re.compile(
    r"\W*(?:(?:indicator |measure )?(?:description|definition|rationale)|technical notes?|methodology|notes?|what is (?:this|measured))\b",
    re.IGNORECASE,
)
_SMALL = frozenset(("the", "and", "who", "are", "were", "for", "per", "rate", "number", "with", "aged", "under", "000"))


def defined_point(captions: Sequence[str], columns: Sequence[Column], context: Context) -> PeriodWords | None:
    """The day of the year that the measure's definition, elsewhere in the report, counts at: "Description: children looked
    after on 31 March". For columns that are bare years; the definition shares the caption's words."""
    years = [c for c in columns if c.period and c.period.kind is PeriodKind.CALENDAR_YEAR]
    named = _telling(caption_measure(captions))
    if len(years) < 2 or len(named) < 2:
        return None
    found = set()
    heading = ""
    for part in context.paper.body:
        if not isinstance(part, Block) or part.report != context.part.report:
            heading = ""
            continue
        defines = _DEFINES.match(part.text) or _DEFINES.match(heading)
        if defines and len(named & _telling(part.text)) >= min(3, len(named)) and (point := point_in(part.text)):
            found.add(point._replace(start=0, end=0))
        heading = part.text if len(part.text.split()) <= 4 else heading
    return found.pop() if len(found) == 1 else None


def _telling(text: str) -> set[str]:
    """The words of a text that can tell its subject, without their endings."""
    return {word[:5] for word in re.findall(r"[a-z]{3,}", text.casefold()) if word not in _SMALL}


def captioned_period(captions: Sequence[str], context: Context) -> Period | None:
    """The period of the nearest caption that names one; its last, where it names several."""
    for caption in captions:
        if isinstance(whole := read_when(caption, context.said_on), Period):
            return whole
        for words in reversed(wordings(normal(caption))):
            if read := resolve(words, context.said_on):
                return read.period
    return None


def caption_measure(captions: Sequence[str]) -> str:
    """What the nearest caption says the table measures, without "Table 2:", units and dates."""
    for caption in captions:
        words = re.sub(
            r"\b(?:the\s+)?(?:table|chart|figure)\s*\d*\s*(?:below|above)?\s*(?:shows?|sets? out|gives|summarises)?|\bis as follows|\bthe breakdown of\b|\bbelow\b|\(?£\s?['’]?(?:0{3}s?|k|m)\b\)?",
            " ",
            _NAMED_TABLE.sub("", caption, count=1),
            flags=re.IGNORECASE,
        )
        words = " ".join(words.split()).strip(" :.-–,")[-120:]
        if words and not is_generic(undated_text(words)):
            return words
    return ""
