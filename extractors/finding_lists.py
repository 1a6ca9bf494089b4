"""Lists of findings: the lead-in or heading that says what the items are, and the items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.finding_words import LONGEST, OWN_LIST, end_of_item, kind_of, others_speak_last, speaks_of_inspection
from extractors.inspectorate_words import INSPECTORATE
from extractors.judged_areas import areas_of
from extractors.language import Passage
from schema.paper import Block, BlockKind
from schema.records import Finding, FindingKind

_TAIL = 40  # characters at a passage's end that show whether a list follows

_THEIR_VOICE = re.compile(
    r"^\W*(?:(?:in\s+(?:particular|addition|summary)|also|however|finally|specifically|for\s+example),?\s+)?(?:they|these|it|the\s+(?:\w+\s+){0,3}?(?:letter|report|visit|inspection|feedback|findings|team))\b"
    r"|\b(?:the|their|its)\s+(?:\w+\s+){0,2}(?:letter|report|feedback|inspection|visit)\b"
    r"|\b(?:it|they)\s+(?:also\s+)?(?:lists?|names?|describes?|sets?\s+out|identif\w+|contains?|includes?|made|makes|raised|saw|found|noted|gives?)\b",
    re.IGNORECASE,
)

_BARE_LABEL = re.compile(
    r"^\W*(?:(?:the|key|main|other|further|following|these|a\s+number\s+of|several|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|identified|overall|ofsted|our|areas?\s+of)\s+)*(?:strengths?(?:\s+(?:identified|noted|included?|were|are))*|what\s+(?:is|was)\s+working\s+well|what\s+needs\s+to\s+improve|areas?\s+for\s+(?:further\s+)?"
    r"(?:improvement|development|priority\s+action)(?:\s+(?:identified|highlighted|noted|raised|named|found|set\s+out|also|included?|were|was|are|have|had|been))*|priority\s+actions?(?:\s+(?:were|are|identified|made))*|recommendations?(?:\s+(?:were|are|made))*|weaknesses)(?:\s+(?:and|&)\s+[\w\s]{3,30}|\s+in\s+this\s+area[\w\s]*)?\W*$",
    re.IGNORECASE,
)

_SPEAKS = re.compile(
    rf"\b{INSPECTORATE}\s+(?:\w+\s+){{0,4}}?(?:noted|identified|found|highlighted|said|recommended|praised|made|set\s+out|raised|listed|asked|saw|recognised)\b",
    re.IGNORECASE,
)

_LISTS = re.compile(r"(?:[:;]\s*[-–]?|\b(?:were|are|include[ds]?|including|being|following))\s*$", re.IGNORECASE)

_SAME_AS_BEFORE = re.compile(r"^\W*(?:these|they)\s+(?:are|were|include[d]?)\W*$", re.IGNORECASE)

_ITEM_MARK = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+", re.IGNORECASE)

_GOES_ON = re.compile(r";(?:\s+and)?$")

_BULLET_BEFORE = re.compile(r"(?:[•●▪◦‣·∙○■◼◾]|<li[^<>]*>)\s*$", re.IGNORECASE)


class _Item(NamedTuple):
    """`passage.text[start:end]` is one item of a list."""

    passage: Passage
    start: int
    end: int


def kind_introduced(passage: Passage, near: bool) -> FindingKind | None:
    """What the items after this passage are, if it introduces an inspectorate's findings."""
    text = passage.text.rstrip()
    heading = isinstance(passage.context.part, Block) and passage.context.part.kind is BlockKind.HEADING
    if not passage.sentences or not (heading or _LISTS.search(text[-_TAIL:])):
        return None
    last = passage.sentences[-1]
    before = passage.text[passage.sentences[-2].start : passage.sentences[-2].end] if len(passage.sentences) > 1 else ""
    words = passage.text[last.start : last.end].split("\n")[-1]
    if _SAME_AS_BEFORE.match(words):
        words, before = before, ""
    return _kind_of_list(words, before, near)


def _kind_of_list(words: str, before: str, near: bool) -> FindingKind | None:
    kind = kind_of(words)
    if kind is None:
        return None
    if _SPEAKS.search(words):
        return kind
    if OWN_LIST.search(words):
        return None
    if speaks_of_inspection(words):
        return kind
    if others_speak_last(before):
        return None
    theirs = speaks_of_inspection(before) or near
    return kind if theirs and (_THEIR_VOICE.search(words) or _BARE_LABEL.match(words)) else None


def items_after(passages: Sequence[Passage], i: int) -> tuple[list[_Item], set[int]]:
    """The items of the top level that follow a lead-in, and the indices of all passages that are part of the list."""
    items: list[_Item] = []
    used: set[int] = set()
    top: int | None = None
    for j in range(i + 1, len(passages)):
        part = passages[j].context.part
        if not isinstance(part, Block) or not _is_item(passages, i, j):
            break
        used.add(j)
        top = part.level if top is None else min(top, part.level)
        if part.level <= top and (item := _item(passages[j], 0, len(passages[j].text))):
            items.append(item)
    return items, used


def _is_item(passages: Sequence[Passage], lead_in: int, j: int) -> bool:
    """A bulleted, lettered or numbered item, or a paragraph of a list whose bullets were lost (items end with semicolons)."""
    part, text = passages[j].context.part, passages[j].text.rstrip()
    if not isinstance(part, Block) or part.kind is BlockKind.HEADING:
        return False
    if part.kind is BlockKind.ITEM:
        return True
    if part.number is not None:
        return part.number.rstrip(".)") == str(j - lead_in) and "." not in part.number.rstrip(".")
    previous = passages[j - 1].text.rstrip()
    return bool(_GOES_ON.search(text)) or (j - 1 > lead_in and bool(_GOES_ON.search(previous)))


def _item(passage: Passage, start: int, end: int) -> _Item | None:
    """The words of an item, without its letter and without the semicolon that ends it."""
    words = passage.text[start:end]
    lead = len(words) - len(words.lstrip())
    if mark := _ITEM_MARK.match(words[lead:]):
        lead += mark.end()
    words = words[: len(words) - len(end_of_item(words))]
    if len(words) - lead < 4:
        return None
    if len(words) - lead > LONGEST:
        words = _shortened(words, lead)
    return _Item(passage, start + lead, start + len(words))


def _shortened(words: str, lead: int) -> str:
    """As many whole sentences as the span may hold, or else as many whole words."""
    head = words[: lead + LONGEST]
    stop = head.rfind(". ")
    return head[:stop] if stop > lead + 40 else head[: head.rfind(" ")]


def last_sentence(passage: Passage) -> str:
    last = passage.sentences[-1]
    return passage.text[last.start : last.end]


def listed(item: _Item, kind: FindingKind, lead_in: str) -> Finding:
    return finding_at(item.passage, item.start, item.end, kind, "findings.list", 0.95, area_named(lead_in))


def area_named(words: str) -> str | None:
    """The one area that a lead-in names: "for the safeguarding board", "in respect of care leavers"."""
    keys = {a.key for a in areas_of(words) if a.key != "overall"}
    return keys.pop() if len(keys) == 1 else None


def finding_at(
    passage: Passage, start: int, end: int, kind: FindingKind, extractor: str, sure: float, area: str | None = None
) -> Finding:
    return Finding(
        evidence=passage.evidence(start, end),
        extractor=extractor,
        confidence=sure,
        finding=kind,
        council=passage.context.council,
        area=area,
    )


def lists_within(passage: Passage, near: bool) -> Iterator[Finding]:
    """Lines with bullets of their own in the source, after a line that introduces them."""
    lines = list(re.finditer(r"[^\n]+", passage.text))
    kind: FindingKind | None = None
    lead_in = ""
    for line in lines:
        bulleted = _is_bulleted(passage, line.start())
        if not bulleted:
            sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", line[0])
            lead_in, before = sentences[-1], sentences[-2] if len(sentences) > 1 else ""
            kind = _kind_of_list(lead_in, before, near) if _LISTS.search(line[0].rstrip()[-_TAIL:]) else None
        elif kind and (item := _item(passage, line.start(), line.end())):
            yield listed(item, kind, lead_in)


def _is_bulleted(passage: Passage, offset: int) -> bool:
    place = passage.reading.locate(offset, offset + 1)
    source = passage.context.paper.page_text(place.page)
    return bool(_BULLET_BEFORE.search(source[max(0, place.start - 12) : place.start]))
