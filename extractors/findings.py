"""What an inspectorate found, as a paper tells it: strengths, areas for improvement, priority actions, recommendations.

Lists are the surest source: a lead-in that has the inspectorate say what the items are ("They found that these areas need
more work:", "What needs to improve:" under a heading on the inspection), then one finding for each
item of the top level. Sentences give the rest: "Inspectors praised ...", "Ofsted recommended that ...", "areas for improvement
identified were ...". The council's own lists (its plan, vision, next steps, what the committee is asked to do) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.inspectorate_words import INSPECTORATE, INSPECTORATE_WORDS, may_speak_of_inspection
from extractors.judged_areas import areas_of
from extractors.language import Passage
from schema.paper import Block, BlockKind
from schema.records import Finding, FindingKind

_LONGEST = 690
_TAIL = 40  # characters at a passage's end that show whether a list follows
_CONTEXT_LASTS = 3  # passages after the inspectorate was last named, for a lead-in that does not name it
_NAMED_LASTS = 8  # the same for a sentence that names what was identified
_ABOUT_INSPECTION = re.compile(
    rf"{INSPECTORATE_WORDS.pattern}|\b(?:re-?\s?)?inspect(?:ed|ions?)\b|\bmonitoring\s+visit|\bfocus\w*\s+visit|\bILACS\b|\bJTAI\b",
    re.IGNORECASE,
)

_KIND_WORDS: tuple[tuple[FindingKind, str], ...] = (
    (
        "priority_action",
        r"\bpriority\s+actions?\b|\bareas?\s+(?:for|of)\s+priority\s+action\b|\bpriority\s+areas?\s+for\s+action\b",
    ),
    ("recommendation", r"\brecommend(?:ed|s|ations?)?\b"),
    (
        "area_for_improvement",
        (
            r"\b(?:areas?|aspects?|points?)\s+(?:for|of|requiring|needing|in\s+need\s+of)\s+(?:further\s+|significant\s+|continued\s+)?(?:improvement|development|concern|weakness|focus|challenge|attention)\b"
            r"|\bneed(?:s|ed|ing)?\s+to\s+(?:be\s+)?(?:further\s+)?(?:improved?|developed?|strengthen(?:ed)?|addressed)\b|\bmust\s+(?:be\s+)?improved?\b|\b(?:should|could)\s+(?:be\s+)?(?:improved?|better|stronger)\b"
            r"|\bfurther\s+(?:progress|improvement|work|development)\s+(?:is|was|were|are)\s+(?:still\s+)?(?:needed|required|necessary)\b|\bimprovements?\s+(?:is|was|are|were)\s+(?:still\s+)?(?:needed|required)\b"
            r"|\b(?:weaknesses|shortfalls|shortcomings|deficits|deficiencies|concerns)\b|\bneed(?:s|ed|ing)?\s+(?:further\s+|more\s+)?(?:attention|improvement|development|work)\b"
            r"|\brequir(?:es|ed|ing)\s+(?:further\s+)?improvement\b|\bnot\s+(?:yet\s+)?good\s+enough\b|\bchallenges\b"
        ),
    ),
    (
        "strength",
        (
            r"\bstrengths?\b|\bprogress\s+(?:(?:that|which)\s+)?(?:(?:had|has|have|was|were)\s+)?(?:been\s+)?(?:made|seen|noted)\b|\bimprovements?\s+(?:(?:that|which)\s+)?(?:(?:had|has|have|was|were)\s+)?(?:been\s+)?"
            r"(?:made|seen|noted|in)\b|\bimproved\b|\bprais\w+|\bcommend\w+|\bpositives?\b|\bpositively\b|\bwork(?:s|ing|ed)?\s+well\b|\bgood\s+practice\b|\bwelcomed\b|\bpleased\b"
        ),
    ),
)
"""The words that say what a list holds, the most telling first."""
_KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _KIND_WORDS)

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
_OWN_LIST = re.compile(
    r"\b(?:we|the\s+(?:council|board|plan|service|improvement\s+plan|committee|authority|directorate|team))\s+(?:will|has|have|is|are|aims?|plans?|had|intends?|need(?:s)?\s+to\s+(?:focus|ensure)|took|undertook|identified|made)\b"
    r"|\b(?:committee|board|cabinet|council|members?|panel|executive)\s+(?:is|are)\s+(?:\w+\s+)?(?:asked|recommended|invited|requested)|\brecommended\s+(?:to|that\s+(?:the\s+)?(?:committee|board|cabinet|council|members?|panel))\b"
    r"|\bself[\s-](?:assess|eval)|\bpeer\s+(?:review|challenge)|\b(?:our|next)\s+(?:next\s+)?(?:steps|vision|priorities|objectives|aims)\b|\baudit(?:s|ors?)?\b|\bLGA\b|\bprogress\s+against\b|\b(?:in\s+)?response\s+to\b[^:]*\b(?:we|council|board)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    rf"\b{INSPECTORATE}\s+(?:\w+\s+){{0,4}}?(?:noted|identified|found|highlighted|said|recommended|praised|made|set\s+out|raised|listed|asked|saw|recognised)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(r"(?:[:;]\s*[-–]?|\b(?:were|are|include[ds]?|including|being|following))\s*$", re.IGNORECASE)
_SAME_AS_BEFORE = re.compile(r"^\W*(?:these|they)\s+(?:are|were|include[d]?)\W*$", re.IGNORECASE)

_ITEM_MARK = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+", re.IGNORECASE)
_ITEM_END = re.compile(r"(?:[\s;,.:]+(?:and|or)?)+$", re.IGNORECASE)
_GOES_ON = re.compile(r";(?:\s+and)?$")
_BULLET_BEFORE = re.compile(r"(?:[•●▪◦‣·∙○■◼◾]|<li[^<>]*>)\s*$", re.IGNORECASE)

_SAYS = (
    r"(?:noted|found|said|stated|commented|reported|felt|confirmed|acknowledged|recogni[sz]ed|highlighted|observed|identified|considered|concluded|saw|fed\s+back|advised|raised|told\s+us"
    r"|notes|states|says|comments|reports|confirms|acknowledges|recogni[sz]es|highlights|identifies|concludes|finds)"
)
_PRAISES = r"(?:praised|commended|complimented|welcomed|commented\s+(?:very\s+|particularly\s+)?positively\s+on|(?:was|were|felt)\s+(?:also\s+)?(?:very\s+|particularly\s+|extremely\s+)?(?:positive|impressed|complimentary|pleased|happy)\s+(?:about|by|with|at|on))"
_CRITICISES = r"(?:criticised|questioned|challenged\s+(?:us|the\s+council)\s+(?:to|on)|raised\s+concerns?\s+(?:about|over|that|with|regarding)|expressed\s+concerns?\s+(?:about|over|that|at)|(?:was|were)\s+(?:critical\s+of|concerned\s+(?:about|that|by)))"
_SUBJECT = rf"(?P<subject>{INSPECTORATE}(?:\s+(?:(?!{_SAYS}|{_PRAISES}|recommended|will\b|may\b|would\b|that\b)[\w’'-]+)){{0,4}}?|\b(?:they|the\s+(?:\w+\s+){{0,3}}?(?:letter|visit|inspection(?:\s+report)?|feedback(?:\s+letter)?)))"
_ASIDE = (
    r"(?:\s*,?\s*(?:in|at|during|following|after)\s+(?:their|its|the|this|that)\s+[^,;:]{3,60}?(?:,|(?=\s+that\b)))?"
)
_PRAISED = re.compile(
    rf"{_SUBJECT}\s+(?:(?:also|particularly|have|had|has|very)\s+)*{_PRAISES}{_ASIDE}\s+(?P<what>[^;]{{12,}})",
    re.IGNORECASE,
)
_CRITICISED = re.compile(
    rf"{_SUBJECT}\s+(?:(?:also|however|have|had|has)\s+)*{_CRITICISES}\s+(?P<what>[^;]{{8,}})", re.IGNORECASE
)
_RECOMMENDED = re.compile(
    rf"{_SUBJECT}\s+(?:(?:also|further|have|had|has)\s+)*recommended{_ASIDE}\s+(?:that\s+)?(?P<what>[^;]{{12,}})",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"{_SUBJECT}\s+(?:(?:also|further|however|have|had|has|they|rightly|particularly)\s+)*{_SAYS}{_ASIDE}\s+(?:(?:that|how)\s+)?(?P<what>[^;:]{{12,}})",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf",?\s+(?:(?:which|that)\s+)?\b(?:(?:was|were|has\s+been|have\s+been|had\s+been)\s+)(?:also\s+)?(?:highlighted|identified|noted|praised|commended|recogni[sz]ed|raised|described|seen)"
    rf"(?P<as>\s+as\s+[^;:.]{{3,60}}?)?\s+by\s+(?:the\s+)?{INSPECTORATE}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?P<name>(?:areas?\s+(?:for|of)\s+(?:further\s+)?(?:improvement|development|concern)|strengths?|weaknesses|challenges|priority\s+actions?|recommendations?))\s+"
    rf"(?:(?:that|which)\s+)?(?:{INSPECTORATE}\s+)?(?:(?:were|was|had\s+been|have\s+been)\s+)?(?:identified|highlighted|noted|raised|found|made|listed|named)?(?:\s+(?:by|at|in|during)\s+[^,;:]{{3,40}}?)?"
    rf"\s*(?:(?:were|was|are|is|include[ds]?|including|being)\b\s*[;:]?|:)\s+(?P<what>[^:]{{12,}})",
    re.IGNORECASE,
)
_IDENTIFIED = re.compile(
    r"\b(?:areas?|strengths?|weaknesses)\b[^.;:]{0,40}\b(?:identified|highlighted|noted)\b", re.IGNORECASE
)
_GOOD_WORD = re.compile(
    r"\b(?:improve(?:d|s|ments?)|progress|good|strong(?:er)?|strengths?|effective(?:ly)?|embedded|better|sustained|increased|increasingly|high[\s-]quality|well|positive|robust|timely|clear|committed|"
    r"outstanding|excellent|child-cent\w+|stable|confident|benefits|much\s+more|impressive|thorough|skilled|valued|child-focused)\b",
    re.IGNORECASE,
)
_BAD_WORD = re.compile(
    r"\b(?:need(?:s|ed)?|weak(?:ness(?:es)?)?|variab\w+|poor(?:er)?|inconsisten\w+|delay\w*|drift|not|concerns?|lack\w*|too\s+\w+|insufficient\w*|fragile|challenges?|shortfalls?|"
    r"high\s+caseloads|inadequate|limited|underdeveloped|failings?|slow|requires?|required|harmful|escalated|areas?\s+for\s+(?:improvement|development)|areas?\s+of\s+(?:concern|weakness))\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r",?\s+(?:although|but|however|though|while|whilst|yet|despite|whereas)\s+(?:(?:they|inspectors|it|that)\s+(?:also\s+)?(?:felt|noted|found|said)\s+(?:that\s+)?)?",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?<=[\w)’'”])\.(?=\s|$)|,\s+for\s+example\b|\s+and\s+this\b|,\s+and\s+the\s+(?:\w+\s+){0,3}letter\b|,\s+(?:and\s+)?(?:we|this\s+(?:is|has|was|will)|so\s+that|meaning|which\s+(?:we|the\s+council))\b",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"^\W*(?:(?:some|a\s+number\s+of|several|many|numerous|\d+|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)|these|those|the)\s+)?(?:key\s+)?(?:areas?|strengths?|recommendations?|(?:priority\s+)?actions?|points?|issues?|things|following(?:\s+\w+){0,4}|it|them|this|us)\b(?:\s+(?:needing|for|of|where|in\s+which|that|to)\b.{0,60})?\W*$",
    re.IGNORECASE,
)
_PACE_ALONE = re.compile(
    r"^\W*(?:the\s+)?(?:overall\s+)?(?:progress|improvement|(?:pace|rate)\s+of\s+(?:progress|improvement|change))\s+(?:(?:had|has|have|was|is|been|remain(?:s|ed)|still)\s+)+"
    r"(?:(?:too|very|rather|quite|not|been)\s+)*(?:slow|limited|insufficient|fast\s+enough|quick\s+enough|rapid\s+enough|steady|good)\W*$",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"\bstrengths\s+and\s+(?:areas\s+of\s+)?weakness(?:es)?|\b(?:tackl|reduc|prevent|avoid|address|identif|manag|respond|minimis)\w*\s+(?:to\s+)?(?:\w+\s+){0,2}(?:drift|delay\w*|concerns?|risks?|challenges?)(?:\s+and\s+\w+)?"
    r"|\b(?:no|without|less|fewer|little)\s+(?:\w+\s+)?(?:drift|delay\w*|concerns?)(?:\s+(?:or|and)\s+\w+)?|\b(?:in|of)\s+need\b|\bneed(?:s|ed)?\s+of\b|\bchildren(?:['’]s)?\s+needs\b|\btheir\s+needs\b|\bnot\s+only\b",
    re.IGNORECASE,
)
"""Words for trouble that tell of none: "aware of strengths and weaknesses", "prevent drift", "without delay"."""
_CONCESSION = re.compile(r"^(?:while|whilst|although|though|despite)\s+[^,]{10,}?,\s+", re.IGNORECASE)
_GRADED = re.compile(
    r"^\W*(?P<area>[^;:.]{2,140}?),?\s+(?:(?:to\s+be|to\s+have\s+been|is|are|was|were|as|remain(?:s|ed)?|still|overall)\s+)*(?:to\s+)?"
    r"[\"'‘“]?(?:inadequate|outstanding|good|requir(?:es?|ed|ing)\s+improvement(?:\s+to\s+be\s+good)?)[\"'’”]?(?:\s+overall)?\W*$",
    re.IGNORECASE,
)
_PRACTICE = re.compile(
    r"\b(?:quality|timeliness|practice|supervision|recording|oversight|work|planning|assessments?|plans?|visits?|decisions?|thresholds?|responses?|management\s+oversight|progress|support|arrangements?)\b",
    re.IGNORECASE,
)
"""What the work is made of: said to be good or inadequate, it is a finding and no grade of a judged area."""
_NOT_NOW = re.compile(r"^\W*(?:previously|historically|in\s+the\s+past|formerly)\b", re.IGNORECASE)
_LOOSE_START = re.compile(
    r"^(?:(?:on|about|particularly|especially|positive|in\s+(?=our\b))\s*)+(?=our|the|their|its|how)", re.IGNORECASE
)
_AMONG_THEM = re.compile(
    r"^(?:(?:a\s+number\s+of|several|some|many|numerous|a\s+range\s+of|key|clear|further|other)\s+)+(?:strengths|improvements|weaknesses|areas\b[^,;:]{0,40}),?\s+(?:including|such\s+as|notably|in\s+particular)\s+",
    re.IGNORECASE,
)
_PART_MARK = re.compile(r"^\s*(?:and\s+)?(?:\((?:[a-z]|[ivx]+|\d)\)\s*)?", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:DfE|Department\s+for\s+Education|LGA|Local\s+Government\s+Association|peer\s+(?:review|challenge)\w*|self[\s-](?:assess|eval)\w*|improvement\s+(?:partner|adviser)s?|auditors?)\b",
    re.IGNORECASE,
)
_STEMS_OF_OTHERS = ("dfe", "department", "lga", "local government", "peer", "self", "partner", "adviser", "audit")
_STEMS_OF_NAMES = ("area", "strength", "weakness", "challenge", "priority", "recommendation")
_STEMS_OF_SAYING = (
    *(
        "noted",
        "notes",
        "found",
        "find",
        "said",
        "say",
        "stat",
        "comment",
        "report",
        "felt",
        "confirm",
        "acknowledg",
        "recogni",
    ),
    *("highlight", "observ", "identif", "consider", "conclud", "saw", "fed ", "advis", "rais", "told"),
)
_OF_AREAS = re.compile(r"\b(?:where|in\s+which|areas?\s+that|which)\s*$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|would|(?-i:may)|might|should|if)\s+(?:be\s+)?$", re.IGNORECASE)


class _Item(NamedTuple):
    """`passage.text[start:end]` is one item of a list."""

    passage: Passage
    start: int
    end: int


def find_findings(passages: Sequence[Passage]) -> list[Finding]:
    """The findings in the passages of one report, in reading order."""
    found: list[Finding] = []
    in_lists: set[int] = set()
    last_named = -_CONTEXT_LASTS - 1
    for i, passage in enumerate(passages):
        near = i - last_named <= _CONTEXT_LASTS or _under_inspection_heading(passage)
        if _speaks_of_inspection(passage.text):
            last_named = i
        if i in in_lists:
            continue
        if kind := _introduced(passage, near):
            items, used = _items_after(passages, i)
            in_lists.update(used)
            last_named = max(used, default=last_named)
            found += [_listed(item, kind, _last_sentence(passage)) for item in items]
            if items:
                continue
        found += _in_passage(passage, near, within_reach=near or i - last_named <= _NAMED_LASTS)
    return _distinct(found)


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Each stretch of text once, the list's reading before a sentence's."""
    kept: list[Finding] = []
    for finding in findings:
        e = finding.evidence
        if not any(k.evidence.page == e.page and k.evidence.start < e.end and e.start < k.evidence.end for k in kept):
            kept.append(finding)
    return kept


def _under_inspection_heading(passage: Passage) -> bool:
    return any(_speaks_of_inspection(heading) for heading in passage.context.part.headings)


@lru_cache(maxsize=4096)
def _speaks_of_inspection(words: str) -> bool:
    return may_speak_of_inspection(words) and bool(_ABOUT_INSPECTION.search(words))


def kind_of(words: str) -> FindingKind | None:
    """What the words say a list holds."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def _introduced(passage: Passage, near: bool) -> FindingKind | None:
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
    if _OWN_LIST.search(words):
        return None
    if _speaks_of_inspection(words):
        return kind
    if _others_speak_last(before):
        return None
    theirs = _speaks_of_inspection(before) or near
    return kind if theirs and (_THEIR_VOICE.search(words) or _BARE_LABEL.match(words)) else None


def _items_after(passages: Sequence[Passage], i: int) -> tuple[list[_Item], set[int]]:
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
    words = words[: len(words) - len(_tail(words))]
    if len(words) - lead < 4:
        return None
    if len(words) - lead > _LONGEST:
        words = _shortened(words, lead)
    return _Item(passage, start + lead, start + len(words))


def _tail(words: str) -> str:
    m = _ITEM_END.search(words)
    return m[0] if m else ""


def _shortened(words: str, lead: int) -> str:
    """As many whole sentences as the span may hold, or else as many whole words."""
    head = words[: lead + _LONGEST]
    stop = head.rfind(". ")
    return head[:stop] if stop > lead + 40 else head[: head.rfind(" ")]


def _last_sentence(passage: Passage) -> str:
    last = passage.sentences[-1]
    return passage.text[last.start : last.end]


def _listed(item: _Item, kind: FindingKind, lead_in: str) -> Finding:
    return _finding(item.passage, item.start, item.end, kind, "findings.list", 0.95, _area(lead_in))


def _area(words: str) -> str | None:
    """The one area that a lead-in names: "for the safeguarding board", "in respect of care leavers"."""
    keys = {a.key for a in areas_of(words) if a.key != "overall"}
    return keys.pop() if len(keys) == 1 else None


def _finding(
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


def _in_passage(passage: Passage, near: bool, within_reach: bool) -> Iterator[Finding]:
    """Lists that stand within one passage (a table's cell), then sentences."""
    if "\n" in passage.text:
        yield from _lists_within(passage, near)
    if not (near or within_reach or _speaks_of_inspection(passage.text)):
        return
    named_before = near and isinstance(passage.context.part, Block)
    others = False
    for sentence in passage.sentences:
        text = passage.text[sentence.start : sentence.end]
        named = _speaks_of_inspection(text)
        if named or named_before or (within_reach and not others and _IDENTIFIED.search(text)):
            yield from _in_sentence(passage, sentence.start, text)
        others = _others_speak_last(text) or (others and not named)
        named_before = named and not others


def _may_name_others(text: str) -> bool:
    said = text.casefold()
    return any(stem in said for stem in _STEMS_OF_OTHERS)


def _others_speak_last(text: str) -> bool:
    """Whether the sentence names a peer review, the Department or the like after it last names the inspectorate."""
    if not _may_name_others(text):
        return False
    last = max((m.end() for m in _OTHERS.finditer(text)), default=-1)
    return last > max((m.end() for m in _ABOUT_INSPECTION.finditer(text)), default=-1)


def _lists_within(passage: Passage, near: bool) -> Iterator[Finding]:
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
            yield _listed(item, kind, lead_in)


def _is_bulleted(passage: Passage, offset: int) -> bool:
    place = passage.reading.locate(offset, offset + 1)
    source = passage.context.paper.page_text(place.page)
    return bool(_BULLET_BEFORE.search(source[max(0, place.start - 12) : place.start]))


def _in_sentence(passage: Passage, at: int, text: str) -> Iterator[Finding]:
    if _is_anothers(passage, at, text):
        return
    for kind, start, end, sure in _told(text):
        yield _finding(passage, at + start, at + end, kind, "findings.sentence", sure)


def _is_anothers(passage: Passage, at: int, text: str) -> bool:
    """Whether the sentence is on another council, or on what a peer review or the council itself found."""
    others = [
        b
        for b in passage.bodies
        if b.kind == "council" and at <= b.start < at + len(text) and b.name != passage.context.council
    ]
    return bool(others) or (_may_name_others(text) and bool(_OTHERS.search(text)))


# A sentence without one of these tells of no such finding: a quick look before the patterns.
_STEMS: dict[FindingKind, tuple[str, ...]] = {
    "recommendation": ("recommend",),
    "strength": ("prais", "commend", "compliment", "welcom", "positive", "impress", "pleased", "happy"),
    "area_for_improvement": ("critici", "question", "challeng", "concern"),
}


def _told(text: str) -> Iterator[tuple[FindingKind, int, int, float]]:
    """Kind and span of each finding that the sentence tells."""
    said = text.casefold()
    if any(stem in said for stem in _STEMS_OF_NAMES) and (m := _NAMED.search(text)):
        kind = kind_of(m["name"])
        if kind and not _OWN_LIST.search(text[: m.start()]) and not _says_nothing(m["what"]):
            yield from ((kind, *span, 0.8) for span in _parts(text, m.start("what"), m.end("what")))
            return
    plain: tuple[tuple[re.Pattern[str], FindingKind], ...] = (
        (_RECOMMENDED, "recommendation"),
        (_PRAISED, "strength"),
        (_CRITICISED, "area_for_improvement"),
    )
    for pattern, kind in plain:
        m = pattern.search(text) if any(stem in said for stem in _STEMS[kind]) else None
        if m and _is_subject(m) and not _says_nothing(m["what"]):
            turn = _TURN.search(text, *m.span("what"))
            yield (kind, *_trimmed(text, m.start("what"), turn.start() if turn else m.end("what")), 0.8)
            if turn and kind != "recommendation":
                yield from _by_tone(text, turn.end(), m.end("what"))
            return
    if "by" in said and (m := _PASSIVE.search(text)) and (kind := _kind_of_passive(m)):
        start, end = _subject_span(text[: m.start()])
        if end - start >= 8:
            yield kind, start, end, 0.7
            return
    if any(stem in said for stem in _STEMS_OF_SAYING) and (m := _SAID.search(text)) and _is_subject(m):
        yield from _by_tone(text, m.start("what"), m.end("what"))


def _is_subject(m: re.Match[str]) -> bool:
    """ "They" and "the letter" stand for the inspectorate where the sentence before named it; what it will do is no finding."""
    before = m.string[: m.start("subject")]
    return not _AHEAD.search(before) and not _OF_AREAS.search(before)


def _says_nothing(what: str) -> bool:
    """ "some areas needing further improvement", "progress had been slow": that there are findings, and not which."""
    return bool(_SAYS_NOTHING.match(what) or _PACE_ALONE.match(what))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a list within a sentence, where semicolons part them; else the whole."""
    at = start
    for part in text[start:end].split(";"):
        if len(part.strip()) > 5:
            yield _trimmed(text, at, at + len(part))
        at += len(part) + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span up to where the sentence goes on to what the council made of it."""
    stop = _STOPS.search(text, start, end)
    end = stop.start() if stop and stop.start() - start > 8 else end
    for opening in (_AMONG_THEM, _LOOSE_START, _PART_MARK):
        if loose := opening.match(text[start:end]):
            start += loose.end()
    words = text[start:end]
    words = words[: len(words) - len(_tail(words))]
    return start + len(words) - len(words.lstrip()), start + min(len(words), _LONGEST)


def _kind_of_passive(m: re.Match[str]) -> FindingKind | None:
    if m["as"]:
        return kind_of(m["as"]) or _tone(m["as"])
    verb = m[0].casefold()
    return "strength" if "praised" in verb or "commended" in verb else None


def _subject_span(before: str) -> tuple[int, int]:
    """The last clause of the subject: "foster carers' reviews" in "..., and in the timing of foster carers' reviews which were"."""
    cut = max((c.end() for c in re.finditer(r"[,;:]\s+(?:and\s+)?|\band\s+in\s+", before)), default=0)
    return _trimmed(before, cut, len(before))


def _tone(words: str) -> FindingKind | None:
    words = _NEUTRAL.sub(" ", words)
    if _BAD_WORD.search(words):
        return "area_for_improvement"
    return "strength" if _GOOD_WORD.search(words) else None


def _is_grade(words: str) -> bool:
    """ "our services to be good", "leadership was inadequate": the grade of a judged area, which is a judgement and no finding."""
    m = _GRADED.match(words)
    return bool(m and areas_of(m["area"]) and len(m["area"].split()) <= 14 and not _PRACTICE.search(m["area"]))


def _by_tone(text: str, start: int, end: int) -> Iterator[tuple[FindingKind, int, int, float]]:
    """What the inspectorate said, parted at "although" or "but", each part by its tone; a part without one is left out."""
    cuts = [t.span() for t in _TURN.finditer(text, start, end)]
    if concession := _CONCESSION.match(text[start:end]):
        cuts.insert(0, (start + len(concession[0].rstrip(" ,")), start + concession.end()))
        start += text[start:].index(" ") + 1
    for low, high in zip([start, *(after for _, after in cuts)], [*(before for before, _ in cuts), end], strict=True):
        words = text[low:high]
        kind = _tone(words)
        if _is_grade(words):
            continue
        if kind and len(words.split()) >= 3 and not _says_nothing(words) and not _NOT_NOW.match(words):
            yield (kind, *_trimmed(text, low, high), 0.7)
