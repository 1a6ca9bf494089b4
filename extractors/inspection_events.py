"""The words of a sentence that name an inspection or visit: "monitoring visit", "re-inspected", "on site"; their number
("the third of these visits"); and the same words where they name no event ("inspection framework").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.inspectorate_words import INSPECTORATE
from extractors.language import Passage
from schema.records import EventType

EVENT_WORDS = re.compile(
    r"\b(?:(?P<monitoring>monitoring\s+(?:inspection\s+)?visits?)|(?P<focused>focus(?:s?ed)?\s+(?:inspection\s+)?visits?)"
    r"|(?P<inspection>(?:re-?\s?)?inspections?|JTAI|joint\s+targeted\s+area\s+inspection(?:\s+\(JTAI\))?)|(?P<verb>(?:re-?\s?)?inspect(?:ed)?)|(?P<visited>visited)|(?P<visit>visits?)|(?P<on_site>on[\s-]site))\b",
    re.IGNORECASE,
)
"""The words that an event is named by: "monitoring visit", "focused visit" ("focussed"), "(re-)inspection", "(re-)inspected", "visit"."""

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            *(("first", "1st", "one"), ("second", "2nd", "two"), ("third", "3rd", "three"), ("fourth", "4th", "four")),
            *(
                ("fifth", "5th", "five"),
                ("sixth", "6th", "six"),
                ("seventh", "7th", "seven"),
                ("eighth", "8th", "eight"),
            ),
            *(("ninth", "9th", "nine"), ("tenth", "10th", "ten")),
        ),
        start=1,
    )
    for word in words
}

ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))"

_CARDINAL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"

NEW = (
    r"(?:most\s+recent|latest|last|final|next|previous|recent|upcoming|forthcoming|current|earlier|further|subsequent)"
)

QUALIFIER = rf"(?:{INSPECTORATE}|{ORDINAL}|{NEW}|quarterly|full|planned|announced|unannounced|short|standard|ILACS|SIF|single|joint|statutory|such|and|children['’]s\s+services)"

QUALIFIERS_BEFORE = re.compile(rf"(?:\b{QUALIFIER}\s+)+$", re.IGNORECASE)

ONE_OF = re.compile(
    rf"\b(?P<n>{ORDINAL}|{NEW})\s+of\s+(?:(?:these|those|the|our|its|their|{_CARDINAL}|{QUALIFIER})\s+)+$",
    re.IGNORECASE,
)

NUMBER_BEFORE = re.compile(
    rf"\b(?P<n>{ORDINAL})\s+(?:and\s+final\s+)?(?:(?:{INSPECTORATE}|quarterly|such|ILACS)\s+)*$",
    re.IGNORECASE,
)

_THEIR_NTH = re.compile(rf"\b(?:{INSPECTORATE}|their|its)\s+{ORDINAL}\s+$", re.IGNORECASE)

_NUMBER_AFTER = re.compile(
    rf"\s+(?:number|no\.?)?\s*(?P<n>{_CARDINAL})\b(?!\s*(?:st|nd|rd|th|%|days?|weeks?|months?|[A-Z]))", re.IGNORECASE
)

FINAL_BEFORE = re.compile(rf"\bfinal\s+(?:(?:{INSPECTORATE}|quarterly)\s+)*$", re.IGNORECASE)

_TOTAL = re.compile(
    rf"\b{_CARDINAL}\s+(?:out\s+)?of\s+(?:the|our|its|a\s+total\s+of)\s+(?P<n>{_CARDINAL})\s+(?:\w+\s+){{0,2}}monitoring\s+visits",
    re.IGNORECASE,
)

ELSEWHERE = (
    r"schools?|academ(?:y|ies)|nurser(?:y|ies)|early\s+years|children['’]s\s+homes?|childminders?|colleges?|residential|care\s+homes?|sixth\s+form"
    r"|providers?|settings?|adult\s+learning|fostering\s+agenc(?:y|ies)|fire|food|health\s+and\s+safety|building|vehicle|licensing"
)

_ELSEWHERE_BEFORE = re.compile(rf"\b(?:{ELSEWHERE})(?:['’]s?)?\s+(?:{INSPECTORATE}\s+)?$", re.IGNORECASE)

_ELSEWHERE_AFTER = re.compile(rf"^\s+(?:of|at|in|to)\s+(?:[\w'’]+\s+){{0,3}}?(?:{ELSEWHERE})\b", re.IGNORECASE)

_NO_EVENT_AFTER = re.compile(
    r"^\s+(?:[\w'’]+\s+)?(?:plans?|frameworks?|standards?|regimes?|readiness|preparations?|handbook|guidance|programme|criteria|fees?|cycle|powers?|copies)\b",
    re.IGNORECASE,
)

_NO_EVENT_BEFORE = re.compile(r"(?:\b(?:for|public|post|pre|site|self|peer|copies\s+for)[\s-]+)$", re.IGNORECASE)

_FRAMEWORK_NAME_BEFORE = re.compile(
    r"\b(?:frameworks?|guidance|schedule|regulations|line\s+with|accordance\s+with)\b[^.;]{0,80}$", re.IGNORECASE
)

_FRAMEWORK_NAME_AFTER = re.compile(r"^\s+of\s+(?:local\s+authorit|services\s+for\s+children)", re.IGNORECASE)

INSPECTORATE_MAKES = re.compile(
    rf"\b{INSPECTORATE}\s+(?:(?:has|have|had|also|recently|then|will|would|is|are|to|be)\s+)*(?:made|make|paid|pay|carr(?:y|ied|ying)\s+out|conduct(?:ed)?|undert(?:ake|ook|aken)|"
    rf"complet(?:e|ed))\s+(?:(?:a|an|its|their|the|{QUALIFIER})\s+)*$",
    re.IGNORECASE,
)


class Head(NamedTuple):
    """An event word in a passage's text, with the sort of event; `kind` None is a visit of a sort not said."""

    start: int
    end: int
    kind: EventType | None
    plural: bool
    verb: bool
    on_site: bool = False


REACH = 200  # characters on either side of an event's words that may say what it is

_VISITED_FOR = re.compile(
    r"[^.;]{0,80}?\s(?:for|as|as\s+part\s+of|to\s+(?:carry\s+out|undertake|conduct|complete))\s+(?:(?:an?|their|its|the|our)\s+)?(?:[\w-]+\s+){0,4}(?:visits?|inspections?)\b",
    re.IGNORECASE,
)

SORT_SAID = re.compile(r"monitoring|focus", re.IGNORECASE)


def words_around(text: str, head: Head) -> tuple[str, str]:
    """The words before and after an event's, as far as they may belong to it."""
    return text[max(0, head.start - REACH) : head.start], text[head.end : head.end + REACH]


def heads_in(text: str) -> Iterator[Head]:
    for m in EVENT_WORDS.finditer(text):
        if m["visited"] and _VISITED_FOR.match(text[m.end() :]):
            continue
        kind: EventType | None = None
        if m["monitoring"]:
            kind = "monitoring_visit"
        elif m["focused"]:
            kind = "focused_visit"
        elif m["inspection"] or m["verb"]:
            kind = "inspection"
        verb, on_site = bool(m["verb"] or m["visited"]), bool(m["on_site"])
        plural = not verb and not on_site and m[0].casefold().endswith("s")
        yield Head(m.start(), m.end(), kind, plural, verb, on_site)


def is_no_event(text: str, head: Head) -> bool:
    """Whether the words name none: "open to public inspection", "inspection framework", "inspection of a school"."""
    before, after = words_around(text, head)
    if _ELSEWHERE_BEFORE.search(before) or _ELSEWHERE_AFTER.match(after):
        return True
    if head.kind != "inspection" or head.verb:
        return False
    if _NO_EVENT_AFTER.match(after) or _NO_EVENT_BEFORE.search(before):
        return True
    if not _FRAMEWORK_NAME_AFTER.match(after):
        return False
    carried_out = INSPECTORATE_MAKES.search(before) or re.search(r"\b(?:took|was|were)\b", after)
    return bool(_FRAMEWORK_NAME_BEFORE.search(before)) or not carried_out


def number_of_visit(text: str, head: Head, total: int | None) -> int | None:
    """ "second monitoring visit", "the third of these visits", "monitoring visit 4"; "final" where the paper says of how many."""
    before, _ = words_around(text, head)
    if head.kind == "inspection" or head.verb:
        return None
    if m := ONE_OF.search(before):
        return number_of(m["n"])
    if head.plural:
        return None
    said = SORT_SAID.search(text[head.start : head.end]) or _THEIR_NTH.search(before)
    if not said:
        return None
    if m := NUMBER_BEFORE.search(before):
        return number_of(m["n"])
    if FINAL_BEFORE.search(before) and head.kind == "monitoring_visit":
        return total
    m = _NUMBER_AFTER.match(text[head.end :])
    return number_of(m["n"]) if m else None


def usual_visit(passages: Sequence[Passage]) -> EventType | None:
    """The sort of visit that the report speaks of most, for a visit whose sort it does not say."""
    counts: Counter[EventType] = Counter()
    for passage in passages:
        said = passage.text.casefold()
        if "visit" in said and ("monitoring" in said or "focus" in said):
            counts.update(h.kind for h in heads_in(passage.text) if h.kind and h.kind != "inspection")
    return counts.most_common(1)[0][0] if counts else None


def total_of_visits(passages: Sequence[Passage]) -> int | None:
    """How many monitoring visits there are to be: "three of the five monitoring visits"."""
    for passage in passages:
        if "monitoring" in passage.text.casefold() and (m := _TOTAL.search(passage.text)):
            return number_of(m["n"])
    return None


def number_of(word: str) -> int | None:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _NUMBERS.get(word.casefold())
