"""Sentences that tell a finding: "inspectors praised", "identified as an area for improvement", "said that X, but Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.finding_words import LONGEST, OWN_LIST, end_of_item, kind_of
from extractors.inspectorate_words import INSPECTORATE
from extractors.judged_areas import areas_of
from schema.records import FindingKind

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

IDENTIFIED = re.compile(
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

# A sentence without one of these tells of no such finding: a quick look before the patterns.
_STEMS: dict[FindingKind, tuple[str, ...]] = {
    "recommendation": ("recommend",),
    "strength": ("prais", "commend", "compliment", "welcom", "positive", "impress", "pleased", "happy"),
    "area_for_improvement": ("critici", "question", "challeng", "concern"),
}


def findings_told(text: str) -> Iterator[tuple[FindingKind, int, int, float]]:
    """Kind and span of each finding that the sentence tells."""
    said = text.casefold()
    if any(stem in said for stem in _STEMS_OF_NAMES) and (m := _NAMED.search(text)):
        kind = kind_of(m["name"])
        if kind and not OWN_LIST.search(text[: m.start()]) and not _says_nothing(m["what"]):
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
    words = words[: len(words) - len(end_of_item(words))]
    return start + len(words) - len(words.lstrip()), start + min(len(words), LONGEST)


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
