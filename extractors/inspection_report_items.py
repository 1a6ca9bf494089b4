"""What an inspector's report asks for: the items of its lists of recommendations, areas for improvement and priority actions.

A list stands under a heading of its own and ends with the next section; headings by theme or by time ("The quality of
plans", "Within three months:") part it and do not end it. One item is a numbered paragraph, or a bullet where nothing is
numbered; what stands beneath it belongs to it. Lines that say that there is nothing to ask for are no items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.inspection_report_texts import Text, page_of
from schema.paper import Block, BlockKind, Paper, Table
from schema.records import Finding, FindingKind

EXTRACTOR = "inspection_report.items"

_WHOSE = r"(?:(?:the\s+)?(?:local\s+authority|LSCB|(?:[\w’'&-]+\s+){0,5}?safeguarding\s+children(?:['’]s)?\s+board|board|council|partnership|area|local\s+partners\w*)\s+)?"
_HEADING_WORDS: tuple[tuple[FindingKind, str], ...] = (
    (
        "priority_action",
        r"(?:areas?\s+(?:for|of|requiring)\s+)?(?:priority|immediate)(?:\s+(?:and|or|/)\s+(?:immediate|priority))?\s+actions?(?:\s+required)?|priority\s+areas?\s+for\s+action|areas?\s+for\s+priority\s+action",
    ),
    (
        "area_for_improvement",
        rf"what\s+(?:does\s+{_WHOSE}needs?\s+to\s+(?:do\s+to\s+)?improve(?:\s+\w+){{0,3}}|(?:the\s+\w+\s+)?needs?\s+to\s+(?:be\s+)?improved?(?:\s+\w+){{0,3}})|(?:other\s+|further\s+|key\s+|main\s+)*areas?\s+(?:for|of|requiring)\s+(?:further\s+)?(?:improvement|development)",
    ),
    ("recommendation", r"(?:key\s+|main\s+|summary\s+of\s+|our\s+)*recommendations?"),
)
_HEADINGS = tuple(
    (
        kind,
        re.compile(
            rf"^\W*(?:\d{{1,2}}[.)]?\s+)?(?:{pattern})(?:\s+(?:for|in|of|across|at)\s+(?:the|this|their|our)\s+[\w\s’'-]{{3,80}})?\W*$",
            re.IGNORECASE,
        ),
    )
    for kind, pattern in _HEADING_WORDS
)
_SECTIONS = re.compile(
    r"^\W*(?:\d{1,2}[.)]?\s+)?(?:summary\b|executive\s+summary|contents\b|information\s+about|(?:main\s+|key\s+|inspection\s+)?findings|inspection\s+(?:findings|judge?ments?)|key\s+(?:strengths|judge?ments?)"
    r"|(?:the\s+)?(?:local\s+authority|LSCB|board)['’]?s?\s+strengths|strengths\b|progress\s+(?:since|made)|(?:the\s+)?experiences?\s+and\s+progress|(?:the\s+)?impact\s+of\s+leaders|what\s+the\s+inspection|section\s+\d"
    r"|(?:the\s+)?(?:effectiveness\s+of\s+)?(?:the\s+)?(?:local\s+safeguarding\s+children|LSCB\b)|overall\s+effectiveness|outcomes\s+for\s+(?:looked[\s-]after\s+)?children\s+and\s+young|quality\s+of\s+(?:provision|practice)\s*$|record\s+of\s+main"
    r"|the\s+graded\s+judge?ment|about\s+(?:this|the)\s+(?:inspection|visit|review)|next\s+steps|yours\s+(?:sincerely|faithfully)|annex\b|appendix\b|main\s+report|headline\s+findings|capacity\s+(?:for|to)\s+improve\w*|safeguarding\s+outcomes"
    r"|the\s+inspection\s+team|inspection\s+team|what\s+is\s+(?:it\s+like|working|the\s+area)|how\s+(?:well|effective)\b)",
    re.IGNORECASE,
)
"""Headings of the sections that follow a list."""
_BOARDS_SECTION = re.compile(
    r"^\W*(?:section\s+\d\s*[:–-]?\s*|\d\.\s*)?(?:the\s+)?(?:effectiveness\s+of\s+(?:the\s+)?)?(?:(?-i:[A-Z][\w’'&-]*|and|upon|of|on|with)\s+){0,6}?(?:safeguarding\s+children(?:\W?s)?\s+board|LSCB)"
    r"(?:\s*\(\w+\))?(?:\s*[:–-]|\s+(?:(?:is|are|requires?|was)\s+(?:judged\s+to\s+be\s+)?(?:good|outstanding|(?:in)?adequate|(?:requires?\s+)?improvement)\b.{0,25}|in\s+[\w\s’'&-]{2,40}))?\W*$"
    r"|^\W*what\s+does\s+the\s+(?:LSCB|board|(?:[\w’'&-]+\s+){0,4}safeguarding\s+children)|^\W*inspection\s+(?:judge?ments?|findings)\b.{0,30}(?:LSCB|safeguarding\s+children)",
    re.IGNORECASE,
)
_THE_BOARD = re.compile(r"\b(?:LSCB|safeguarding\s+children(?:['’]s)?\s+board|the\s+board)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"^\W*(?:none\b.{0,40}$|there\s+(?:are|were|is|was|have\s+been)\s+(?:currently\s+)?(?:no|none|not\s+any)\b|no\s+(?:areas?|priority|immediate|recommendations?|further)\b"
    r"|(?:the\s+inspection|this\s+inspection|inspectors?|ofsted|the\s+inspection\s+team)\s+(?:has|have|did|made|found|identified)?\s*(?:not\s+)?(?:find|found|identify|identified|made|make)?\s*(?:no|any|not)\b|not\s+applicable\b|n/?a\W*$)",
    re.IGNORECASE,
)
_IN_CONTENTS = re.compile(r"\s\.{3,}|\s\d{1,3}\s*$")
_ASKS = re.compile(
    r"^\W*(?:(?:urgently|significantly|further|fully|continue\s+to|with\s+(?:key\s+)?partners|in\s+partnership\s+with\s+\w+),?\s+)?(?:ensur|improv|strengthen|develop|review|take|work|implement|establish|provid|increas|reduc|mak|continue|accelerat"
    r"|rais|embed|evaluat|monitor|undertak|address|extend|consider|agree|build|expand|clarif|produc|put|use|revis|complet|prioritis|engag|progress|maintain|support|promot|enhanc|introduc|conduct|refresh|expedite|report|collat|hold)(?:e|s|y)?\b",
    re.IGNORECASE,
)
"""How a thing to be done begins where it has neither number nor bullet."""
_VERB_EARLY = re.compile(
    r"^(?:there\s+(?:is|are)\b|(?:\w+\s+){0,5}?(?:is|are|was|were|has|have|had|do|does|know|knows|recognise|found|saw|identified|continue)\b)",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"^\W*(?:the|an?|most|many|some|few|all|there|this|these|when|children|young\s+people|inspectors|partners?|social\s+workers|senior|elected|since|at\s+the\s+time)\b",
    re.IGNORECASE,
)
"""How a finding begins and a thing to be done does not: those who ask start with what is to be done ("Ensure that ...")."""
_SENTENCE_ENDS = re.compile(r"[.!?]\s+[A-Z]")
_LONGEST_ITEM = 900
_LONGEST_PART = (
    200  # characters of a line between two bullets that parts a list or ends a bullet; longer ones are prose
)
_LONGEST_HEADING = 140


class _Item(NamedTuple):
    text: Text
    kind: FindingKind
    board: bool


def read_items(body: Sequence[Block | Table], paper: Paper, council: str | None, board_alone: bool) -> list[Finding]:
    """One finding for each item of the report's lists, in reading order; those of the safeguarding board have its area."""
    found: list[_Item] = []
    board = board_alone
    first = page_of(body[0]) if body else None
    i = 0
    while i < len(body):
        part = body[i]
        i += 1
        if not isinstance(part, Block):
            continue
        if not board and _starts_board(part, first):
            board = True
        kind = _kind_of_heading(part)
        if kind is None:
            continue
        items, i = _list_after(body, i, kind)
        of_board = board or _is_of_board(items)
        found += [_Item(text, sort, of_board) for text, sort in items]
    return [_finding(item, paper, council) for item in found]


def _finding(item: _Item, paper: Paper, council: str | None) -> Finding:
    return Finding(
        evidence=item.text.evidence(paper, 0, len(item.text.words)),
        extractor=EXTRACTOR,
        confidence=0.95,
        finding=item.kind,
        council=council,
        area="lscb" if item.board else None,
    )


def _starts_board(part: Block, first: int | None) -> bool:
    """Whether the part begins the section on the safeguarding board, not on the cover and not in the contents."""
    words = " ".join(part.text.split())
    if len(words) > _LONGEST_HEADING or _IN_CONTENTS.search(words):
        return False
    on_cover = first is not None and page_of(part) == first
    return (
        not on_cover and part.kind is not BlockKind.ITEM and part.number is None and bool(_BOARDS_SECTION.match(words))
    )


def _is_of_board(items: Sequence[tuple[Text, FindingKind]]) -> bool:
    """Whether most items speak of the board: a list of its own in a report whose sections are not headed."""
    named = sum(bool(_THE_BOARD.search(text.words[:120])) for text, _ in items)
    return len(items) > 1 and named * 3 > len(items) * 2


def _kind_of_heading(part: Block) -> FindingKind | None:
    words = " ".join(part.text.split())
    if len(words) > _LONGEST_HEADING or _IN_CONTENTS.search(words) or part.kind is BlockKind.ITEM:
        return None
    return next((kind for kind, pattern in _HEADINGS if pattern.match(words)), None)


def _list_after(
    body: Sequence[Block | Table], start: int, kind: FindingKind
) -> tuple[list[tuple[Text, FindingKind]], int]:
    """The items of the list that begins at `start`, each with the kind of the heading it stands under, and where it ends."""
    end = start
    blocks: list[tuple[Block, FindingKind]] = []
    while end < len(body):
        part = body[end]
        if not isinstance(part, Block) or _ends_list(body, end, [block for block, _ in blocks]):
            break
        if another := _kind_of_heading(part):
            kind = another
        else:
            blocks.append((part, kind))
        end += 1
    return list(_items(blocks)), end


def _ends_list(body: Sequence[Block | Table], at: int, so_far: Sequence[Block]) -> bool:
    """Whether a new section begins: by its heading, or by a heading under which the list does not go on as it was."""
    part = body[at]
    assert isinstance(part, Block)
    words = " ".join(part.text.split())
    if part.kind is BlockKind.ITEM or _kind_of_heading(part):
        return False
    if _SECTIONS.match(words) and len(words) <= _LONGEST_HEADING and part.number is None:
        return True
    if part.kind is not BlockKind.HEADING or (so_far and part.number):
        return False
    following = next((other for other in body[at + 1 : at + 3] if not _is_heading(other)), None)
    if not isinstance(following, Block) or any(
        _GRADE_LINE.match(o.text) for o in body[at + 1 : at + 2] if isinstance(o, Block)
    ):
        return True
    if not so_far:
        return False
    if following.kind is BlockKind.ITEM:
        return False
    items = [block for block in so_far if block.kind is BlockKind.ITEM or _is_numbered(block)]
    bulleted = bool(items) and not any(_is_numbered(block) for block in items)
    turns_to_findings = _STATES.match(following.text) and not (items and _STATES.match(items[-1].text))
    return following.number is None or bulleted or bool(turns_to_findings)


def _is_heading(part: Block | Table) -> bool:
    return isinstance(part, Block) and part.kind is BlockKind.HEADING


def _items(blocks: Sequence[tuple[Block, FindingKind]]) -> Iterator[tuple[Text, FindingKind]]:
    """The items of the top level among the blocks of a list."""
    numbered = any(_is_numbered(block) and not _is_heading(block) for block, _ in blocks)
    plain = [(block, kind) for block, kind in blocks if not _is_heading(block) or (numbered and block.number)]
    if numbered:
        chosen = _numbered(plain)
    elif any(block.kind is BlockKind.ITEM for block, _ in plain):
        chosen = _bulleted(plain)
    else:
        chosen = _unmarked(plain)
    for block, kind in chosen:
        if not _NOTHING.match(block.text):
            yield Text(block, block.reading), kind


def _is_numbered(block: Block) -> bool:
    return block.number is not None and block.number.strip(".()").isdigit() and not _LEADS_IN_ALONE.search(block.text)


_GRADE_LINE = re.compile(
    r"^\W*(?:grade\s*:?\s*\d|outstanding\W*$|good\W*$|(?:in)?adequate\W*$|requires\s+improvement\W*$)", re.IGNORECASE
)
_LEADS_IN_ALONE = re.compile(
    r"\b(?:should|must)\s+(?:take|consider|ensure|do|address)\b[^.]{0,60}(?:actions?|steps|following|:)\W*$|\bthe\s+following\b[^.]{0,60}:\s*$|^In\s+order\s+to\s+improve\b.{0,250}(?:actions?|:)\W*$",
    re.IGNORECASE,
)
"""A numbered paragraph that only leads in to a list: "In order to improve ..., the authority should take these actions:"."""


def _numbered(blocks: Sequence[tuple[Block, FindingKind]]) -> Iterator[tuple[Block, FindingKind]]:
    """Numbered paragraphs in turn, and a paragraph whose number was lost between two of them."""
    last: int | None = None
    unnumbered: list[tuple[Block, FindingKind]] = []
    for block, kind in blocks:
        if not _is_numbered(block):
            if block.kind is not BlockKind.ITEM and block.text[:1].isupper() and len(block.text) < _LONGEST_ITEM:
                unnumbered.append((block, kind))
            continue
        number = int((block.number or "").strip(".()"))
        if last is not None and number == last + 2 and len(unnumbered) == 1:
            yield unnumbered[0]
        yield block, kind
        last, unnumbered = number, []


def _bulleted(blocks: Sequence[tuple[Block, FindingKind]]) -> Iterator[tuple[Block, FindingKind]]:
    """Bullets of the outermost level, up to the first paragraph that is neither a bullet's end nor leads in to more."""
    top = min(block.level for block, _ in blocks if block.kind is BlockKind.ITEM)
    under: str | None = None  # the item above, where it opens a list of its own
    begun = False
    for i, (block, kind) in enumerate(blocks):
        if block.kind is not BlockKind.ITEM:
            goes_on = any(following.kind is BlockKind.ITEM for following, _ in blocks[i + 1 : i + 2])
            if begun and not (goes_on and len(block.text) < _LONGEST_PART) and not block.text[:1].islower():
                return
            continue
        begun = True
        if block.level > top or (under is not None and _opens_small(block.text) and not _opens_small(under)):
            continue
        yield block, kind
        under = block.text if block.text.rstrip().endswith(":") else None


def _opens_small(words: str) -> bool:
    return words.lstrip("-–—− ")[:1].islower()


def _unmarked(blocks: Sequence[tuple[Block, FindingKind]]) -> Iterator[tuple[Block, FindingKind]]:
    """Lines of a list whose bullets or numbers were lost: things to be done, or phrases of one sentence each. Prose is none."""
    lines = [(block, kind) for block, kind in blocks if not block.text.rstrip().endswith(":")]
    asking = [(block, kind) for block, kind in lines if _ASKS.match(block.text)]
    if len(asking) > 1 and len(asking) * 4 >= len(lines) * 3:
        yield from asking
        return
    if any(_VERB_EARLY.match(b.text) or _SENTENCE_ENDS.search(b.text) or len(b.text) > 400 for b, _ in lines):
        return
    yield from lines
