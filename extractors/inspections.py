"""Where a paper speaks of an inspection, a monitoring visit or a focused visit.

Each place becomes a `Mention` with what is said there and no more; `linking.inspections` gathers mentions into events. The
grammar is small: event words ("monitoring visit", "re-inspected"), the words by which papers call the inspectorate, and
the few ways in which English ties a date to an event ("inspected in January", "the June 2022 inspection", "On 7 July
Ofsted carried out a focused visit"). What others do is left out: peer reviews, reviews by the Department for Education,
visits to other councils, inspections of schools and homes, and sentences on what the law says of authorities in general.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from extractors.language import Passage
from schema.period import Period, PeriodKind
from schema.period_words import Lean, PartialDate, PeriodWords, resolve
from schema.records import EventType, Mention

INSPECTORATE = (
    r"(?:Ofsted|HMIs?|H(?:is|er)\s+Majesty['’]s\s+(?:Chief\s+)?Inspect(?:ors?|orate)"
    r"|(?:the\s+|lead\s+)?inspectors?|(?:the\s+)?inspectorate|(?:the\s+)?inspection\s+team)(?:['’]s?)?"
)
"""How papers call who inspects children's services: "Ofsted", "HMI", "inspectors", "the lead inspector", "the inspectorate"."""

INSPECTORATE_WORDS = re.compile(rf"\b{INSPECTORATE}(?!\w)", re.IGNORECASE)

_STEMS_OF_INSPECTION = ("inspect", "ofsted", "hmi", "majesty", "monitoring", "focus", "ilacs", "jtai", "sif")
_STEMS_OF_OTHERS = ("inspectorate", "hm inspection", "hmi", "cqc", "care quality", "estyn", "regulator")

OTHER_INSPECTORATE = (
    r"(?:(?:HM|H(?:is|er)\s+Majesty['’]s)\s+)?Inspectorate\s+of\s+(?:Probation|Constabulary|Prisons|Courts)|HM(?:\s+Inspect(?:ion|orate)|I)\s+(?:of\s+)?(?:Probation|Constabulary|Prisons)"
    r"|HMI(?:P|CFRS|C|Prisons)\b|\bCQC\b|Care\s+Quality\s+Commission|Care\s+Inspectorate|Estyn\b|Regulator\s+of\s+Social\s+Housing"
)
"""Who else inspects: probation, police, health and social care of adults, Wales, Scotland, housing."""

_OTHER_INSPECTORATE = re.compile(rf"\b(?:{OTHER_INSPECTORATE})", re.IGNORECASE)
_OFSTED = re.compile(r"\bOfsted\b|\bHMCI\b|\bHMIs?\b|\bILACS\b|\bSIF\b|\bJTAI\b|\bjoint\s+targeted", re.IGNORECASE)

_WORTH_A_LOOK = ("ofsted", "inspect", "visit", "hmi", "jtai")

_HEAD = re.compile(
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
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))"
_CARDINAL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_NEW = (
    r"(?:most\s+recent|latest|last|final|next|previous|recent|upcoming|forthcoming|current|earlier|further|subsequent)"
)
_QUALIFIER = rf"(?:{INSPECTORATE}|{_ORDINAL}|{_NEW}|quarterly|full|planned|announced|unannounced|short|standard|ILACS|SIF|single|joint|statutory|such|and|children['’]s\s+services)"
_QUALIFIERS_BEFORE = re.compile(rf"(?:\b{_QUALIFIER}\s+)+$", re.IGNORECASE)
_ONE_OF = re.compile(
    rf"\b(?P<n>{_ORDINAL}|{_NEW})\s+of\s+(?:(?:these|those|the|our|its|their|{_CARDINAL}|{_QUALIFIER})\s+)+$",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    rf"\b(?P<n>{_ORDINAL})\s+(?:and\s+final\s+)?(?:(?:{INSPECTORATE}|quarterly|such|ILACS)\s+)*$",
    re.IGNORECASE,
)
_THEIR_NTH = re.compile(rf"\b(?:{INSPECTORATE}|their|its)\s+{_ORDINAL}\s+$", re.IGNORECASE)
_NUMBER_AFTER = re.compile(
    rf"\s+(?:number|no\.?)?\s*(?P<n>{_CARDINAL})\b(?!\s*(?:st|nd|rd|th|%|days?|weeks?|months?|[A-Z]))", re.IGNORECASE
)
_ON_SITE_BEFORE = re.compile(
    rf"\b{INSPECTORATE}\s+(?:(?:had|has|have|having|will|to|also|then|again)\s+)*(?:were|was|are|is|be|been|arrived|came|spent\s+(?:\w+\s+){{1,3}}(?:days?|weeks?))\s+$",
    re.IGNORECASE,
)
_AREA_BEFORE = re.compile(
    r"\b(?:local\s+area(?:\s+partnership)?|area|SEND|special\s+educational\s+needs(?:\s+and(?:/or)?\s+disabilit(?:y|ies))?)(?:\s+\(?SEND\)?)?\s+(?:re-?\s?)?$",
    re.IGNORECASE,
)
"""Words before "inspection" for that of an area's services for children with special needs."""
_YEAR_BEFORE = re.compile(
    rf"\b(?:the|our|its|their|a|that|this|last|previous)\s+(?P<year>(?:19|20)\d\d)\s+(?:(?:{_QUALIFIER})\s+)*$",
    re.IGNORECASE,
)
_FOUND_THEN = re.compile(
    rf"^\s*,?\s*(?P<who>(?:{INSPECTORATE}))\s+(?:(?:had|has|have|also|first|again|last)\s+)*(?:found|judged|rated|graded|declared|deemed|concluded)\b(?P<what>[^;]{{4,}})",
    re.IGNORECASE,
)
_GRADED_SERVICES = re.compile(r"\b(?:inadequate|outstanding|good|requir(?:es?|ed|ing)\s+improvement)\b", re.IGNORECASE)
_SERVICES = re.compile(
    r"\b(?:services\s+for\s+children|children['’]s\s+(?:social\s+care\s+)?services?|children['’]s\s+social\s+care|overall\s+effectiveness|(?:the|our)\s+(?:council|authority|services)|us)\b",
    re.IGNORECASE,
)
_FINAL_BEFORE = re.compile(rf"\bfinal\s+(?:(?:{INSPECTORATE}|quarterly)\s+)*$", re.IGNORECASE)
_TOTAL = re.compile(
    rf"\b{_CARDINAL}\s+(?:out\s+)?of\s+(?:the|our|its|a\s+total\s+of)\s+(?P<n>{_CARDINAL})\s+(?:\w+\s+){{0,2}}monitoring\s+visits",
    re.IGNORECASE,
)

_ELSEWHERE = (
    r"schools?|academ(?:y|ies)|nurser(?:y|ies)|early\s+years|children['’]s\s+homes?|childminders?|colleges?|residential|care\s+homes?|sixth\s+form"
    r"|providers?|settings?|adult\s+learning|fostering\s+agenc(?:y|ies)|fire|food|health\s+and\s+safety|building|vehicle|licensing"
)
_ELSEWHERE_SAID = re.compile(rf"\b(?:{_ELSEWHERE})\b", re.IGNORECASE)
_ELSEWHERE_BEFORE = re.compile(rf"\b(?:{_ELSEWHERE})(?:['’]s?)?\s+(?:{INSPECTORATE}\s+)?$", re.IGNORECASE)
_ELSEWHERE_AFTER = re.compile(rf"^\s+(?:of|at|in|to)\s+(?:[\w'’]+\s+){{0,3}}?(?:{_ELSEWHERE})\b", re.IGNORECASE)
_NO_EVENT_AFTER = re.compile(
    r"^\s+(?:[\w'’]+\s+)?(?:plans?|frameworks?|standards?|regimes?|readiness|preparations?|handbook|guidance|programme|criteria|fees?|cycle|powers?|copies)\b",
    re.IGNORECASE,
)
_NO_EVENT_BEFORE = re.compile(r"(?:\b(?:for|public|post|pre|site|self|peer|copies\s+for)[\s-]+)$", re.IGNORECASE)
_FRAMEWORK_NAME_BEFORE = re.compile(
    r"\b(?:frameworks?|guidance|schedule|regulations|line\s+with|accordance\s+with)\b[^.;]{0,80}$", re.IGNORECASE
)
_FRAMEWORK_NAME_AFTER = re.compile(r"^\s+of\s+(?:local\s+authorit|services\s+for\s+children)", re.IGNORECASE)

_OTHERS = (
    r"(?:(?:the\s+)?(?:DfE|Department|LGA|Local\s+Government\s+Association|Minister|Secretary\s+of\s+State|Commissioner|adviser|advisor"
    r"|improvement\s+partners?|peers?|CQC|Care\s+Quality\s+Commission|Estyn|HMIC\w*|HMIP))\b"
)
_OTHER_VISIT_BEFORE = re.compile(
    rf"\b(?:evaluation|evaluative|practice|home|learning|improvement|social\s+work(?:er)?s?|statutory|peer|{_OTHERS}|reciprocal|site|study|member|councillors?['’]?"
    r"|regulation\s+44|health|child(?:ren)?['’]?s?|school|family|welfare|supervis\w+|contact|review|assurance|exchange|independent\s+\w+)\s+$",
    re.IGNORECASE,
)
_OTHER_VISIT_AFTER = re.compile(rf"^\s+(?:\w+\s+){{0,3}}?(?:from|by|of|with)\s+{_OTHERS}", re.IGNORECASE)
_OTHER_EVENT = re.compile(
    rf"\b(?:review|visit|challenge|diagnostic|evaluation)\s+(?:\w+\s+){{0,2}}?(?:by|from|of|with|undertaken\s+by)\s+{_OTHERS}",
    re.IGNORECASE,
)
_VISIT_TO = re.compile(
    r"^\s+to\s+(?!(?:the\s+|our\s+)?(?:council|authority|local\s+authority|service|front\s+door|borough|county|city|children['’]s|us\b))",
    re.IGNORECASE,
)
_BY_INSPECTORATE_AFTER = re.compile(rf"^[^.;:]{{0,60}}?\b(?:by|from)\s+{INSPECTORATE}", re.IGNORECASE)
_INSPECTORATE_BEFORE = re.compile(rf"\b{INSPECTORATE}\s+(?:(?:{_QUALIFIER}|progress)\s+)*$", re.IGNORECASE)
_INSPECTORATE_MAKES = re.compile(
    rf"\b{INSPECTORATE}\s+(?:(?:has|have|had|also|recently|then|will|would|is|are|to|be)\s+)*(?:made|make|paid|pay|carr(?:y|ied|ying)\s+out|conduct(?:ed)?|undert(?:ake|ook|aken)|"
    rf"complet(?:e|ed))\s+(?:(?:a|an|its|their|the|{_QUALIFIER})\s+)*$",
    re.IGNORECASE,
)
_INSPECTORATE_ACTS = re.compile(
    rf"\b{INSPECTORATE}\s+(?:(?:has|have|had|also|recently|last|first|then|will|would|may|next|to|again|usually|they)\s+)*$",
    re.IGNORECASE,
)
_POINTING = re.compile(
    rf"\b(?:the|this|that|our|its|their|since|{_NEW}|{_ORDINAL}|January|February|March|April|May|June|July|August|September|October|November|December|20\d\d|a)(?:\s+(?:{_QUALIFIER}))*\s+$",
    re.IGNORECASE,
)
_CHILDRENS_SERVICES = re.compile(
    r"children['’]s\s+(?:services|social\s+care)|local\s+authority|\bILACS\b|\bSIF\b", re.IGNORECASE
)

_GENERAL = re.compile(
    r"\b(?:local\s+authorities|an?\s+(?:\w+\s+)?(?:local\s+)?authority|those\s+authorities|that\s+authority|authorities|usually|normally|typically|councils\s+(?:that|which))\b"
    r"|^\W*If\b",
    re.IGNORECASE,
)
"""Words of sentences on what the framework says of authorities in general. An event without a date in such a sentence is none."""

_FRAMEWORKS = (
    (
        "SIF",
        re.compile(
            r"\bSIF\b|single\s+inspection\s+framework|inspections?\s+of\s+services\s+for\s+children\s+in\s+need\s+of\s+help\s+and\s+protection",
            re.IGNORECASE,
        ),
    ),
    ("ILACS", re.compile(r"\bILACS\b|inspections?\s+of\s+local\s+authority\s+children['’]s\s+services", re.IGNORECASE)),
    ("JTAI", re.compile(r"\bJTAI\b|joint\s+targeted\s+area\s+inspection", re.IGNORECASE)),
    ("SEND", re.compile(r"\bSEND\b|special\s+educational\s+needs", re.IGNORECASE)),
)

_HELD = re.compile(
    rf"\b(?:took\s+place|(?:was|were|been)\s+(?:carried\s+out|conducted|held|undertaken|completed|made)|{INSPECTORATE}\s+(?:\w+\s+)?(?:visited|inspected|made|conducted|carried\s+out)"
    r"|there\s+(?:was|had\s+been|has\s+been))\b",
    re.IGNORECASE,
)
_HELD_BEFORE = re.compile(
    rf"\b(?:last|previous|recent|latest|earlier|since\s+(?:the|our|its)|(?:had|have|has|was|were|been)(?:\s+\w+ly)?|carried\s+out\s+an?|conducted\s+an?|made\s+an?)\s+(?:{_QUALIFIER}\s+)*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|due\s+to|is\s+due|planned\s+for|planned\s+to|(?:is|are|was|were|been)\s+(?:planned|scheduled)|scheduled\s+(?:for|to)|likely|expect\w*|anticipat\w*|to\s+take\s+place"
    r"|would\s+(?:be|take)|going\s+to|window)\b",
    re.IGNORECASE,
)
_AHEAD_BEFORE = re.compile(
    rf"\b(?:next|upcoming|forthcoming|will|to|would|(?-i:may))\s+(?:(?:be|again|{_QUALIFIER})\s+)*$", re.IGNORECASE
)
_GUESSED = re.compile(r"\b(?:likely|window|might|could|may\s+be|probably|any\s+time)\b", re.IGNORECASE)
_HEDGED = re.compile(r"\b(?:likely|expect\w*|anticipat\w*|window|might|could|may\s+be|probably)\b", re.IGNORECASE)

_ENDS_IN_PREPOSITION = re.compile(
    r"(?:\b(?:in|on|of|during|for|from|at|between|over|early|late|mid|the|dated|commencing)|[,(–-])\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_WINDOW_IS = re.compile(r"^\s+window\s+(?:is|was|opens|runs)(?:\s+[\w,]+){0,2}\s*$", re.IGNORECASE)
_HAS_ITS_OWN = re.compile(r"(?:between|from|week|the\s+week)\b", re.IGNORECASE)
_CUTS_OFF = re.compile(
    r"[.;:!?]|\b(?:since|until|after|before|following|(?:(?<=was\s)|(?<=were\s)|(?<=been\s)|(?<=is\s))followed|followed(?!\s+(?:(?:early|late|later|again|soon)\s+)?(?:on|in|during|from|over|between)\s)"
    r"|reports?|letters?|publish\w*|rated|judged|graded|plans?|board|committee|cabinet|target|agreed|approved|introduced"
    r"|appointed|meetings?|met|meet|update\w*|which(?!\s+(?:took\s+place|ran|began|started|(?:was|were)\s+(?:held|conducted|carried\s+out|undertaken))\b)|who|where|but|while|when|because)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_JOINTLY = re.compile(
    r"\b(?:Ofsted|CQC)(?:,\s*\w+)*\s+and\s+(?:the\s+)?(?:CQC|Ofsted|Care\s+Quality|HMI\w*)|\bneed\s+(?:of\s+)?help\s+and\s+protection|\bchildren\s+and\s+\w+|\bcare\s+and\s+\w+",
    re.IGNORECASE,
)
_AND_PUBLISHED = re.compile(
    r"\b(?:and|which)\s+(?:(?:was|were|then|subsequently|its\s+report|the\s+report)\s+)*(?P<verb>published)\s+(?:(?:on|in|during|early|late|the)\s+)*$",
    re.IGNORECASE,
)
_NTH_ALONE = re.compile(
    rf"\b(?:the|a|its|our|their)\s+(?P<n>{_ORDINAL})(?:\s+(?:of\s+(?:these|which|them)|one))?,?\s+(?:(?:was|took|place|held|is|due|will|be|planned|for|on|in|during|happened|completed|carried|out|occurred|follow(?:ed|ing)|to|scheduled)\s+)*$",
    re.IGNORECASE,
)
_ORDINALS = re.compile(rf"\bthe\s+{_ORDINAL}\b", re.IGNORECASE)
_VISITED_TO = re.compile(r"\bvisited\b[^.;]{0,80}$", re.IGNORECASE)
_FOR_THE_VISIT = re.compile(
    rf"^,?\s*(?:for|to\s+(?:carry\s+out|undertake|conduct|complete)|as(?:\s+part\s+of)?)\s+(?:(?:its|their|the|our|an?|{_QUALIFIER})\s+)*$",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(
    r"(?:^|[,;(]\s*|\b(?:and|but|when|that)\s+)\W*(?:in|on|during|between|over|from)?\s*(?:the\s+)?(?:early\s+|late\s+)?$",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    rf"^,?\s*(?:(?:{_QUALIFIER}|we|the|council|there|an?|its|their|our|was|were|had|has|have|been|made|carried|out|conducted|undertook|undertaken|completed|by|subject|to|received|services?"
    rf"|visited|came|returned|for|children['’]s|authority|as|part|of)\s+)*$",
    re.IGNORECASE,
)
_MODIFIES = re.compile(rf"^\s*(?:(?:{_QUALIFIER})\s+)*$", re.IGNORECASE)

_DOCUMENT = re.compile(r"\b(?P<doc>reports?|letters?|findings|outcome)\b", re.IGNORECASE)
_OWN_PAPER = re.compile(
    r"\b(?:this|quarterly|progress|update|director['’]?s?(?:\s+update)?|annual|committee|cabinet|covering|next|further)\s+$",
    re.IGNORECASE,
)
_ANOTHERS_PAPER = re.compile(
    r"^\s+(?:to|for)\s+(?:the\s+)?(?:\w+\s+)?(?:committee|cabinet|board|council|panel)\b", re.IGNORECASE
)
_PUBLISHED_AFTER = re.compile(
    rf"^\]?(?:\([^()\s]*\))?(?:(?:\s+(?:of|on|from|for|confirming|about|following|setting\s+out|summarising|detailing|with)\s+[^.;,]{{0,60}}?)?,?\s+(?:(?:which|that)\s+)?(?:(?:was|were|has|have|had|been|first|formally|subsequently|then)\s+)*(?:published|issued|released)\s+(?:by\s+{INSPECTORATE}\s+|online\s+|on\s+(?:the|its|their)\s+(?:{INSPECTORATE}\s+)?website\s+)?"
    r"|(?:\s+of|\s+dated|\s+in|\s+from|,)\s+)(?:(?:on|in|of|dated|during|at|early|late|the)\s+)*$",
    re.IGNORECASE,
)
_LETTER_FROM = re.compile(rf"^\s+from\s+{INSPECTORATE},?\s+(?:(?:of|dated|on|in)\s+)?$", re.IGNORECASE)
_PUBLISHED_LATER = re.compile(
    r"\b(?:will|would|to|due|expected)\s+(?:be\s+)?(?:published|issued|released)\b", re.IGNORECASE
)
_PUBLISHED_FRONTED = re.compile(
    rf"^,?\s*{INSPECTORATE}\s+(?:has\s+|have\s+|had\s+)?(?:published|issued|released)\s+(?:(?:its|the|their|an?|{_QUALIFIER}|inspection|outcome|feedback|visit)\s+)*$",
    re.IGNORECASE,
)
_PUBLISHED_BEFORE = re.compile(
    r"^[^.;]{0,60}?\b(?:published|issued|released)\s+(?:(?:on|in|during|at|early|late|the)\s+)*$", re.IGNORECASE
)


class _Head(NamedTuple):
    """An event word in a passage's text, with the sort of event; `kind` None is a visit of a sort not said."""

    start: int
    end: int
    kind: EventType | None
    plural: bool
    verb: bool
    on_site: bool = False


class _Topic(NamedTuple):
    """What the inspectorate's event last spoken of in the report was, for "these visits" and "the visit in May"."""

    kind: EventType
    passage: int


class _Publication(NamedTuple):
    """A report or letter of the inspectorate with the date it was published; `words` is None where that lies ahead."""

    start: int
    end: int
    kind: EventType | None
    words: PeriodWords
    ahead: bool


_SORTS_OF_LETTER = frozenset(("monitoring_visit", "focused_visit"))
_SORTS_OF_REPORT = frozenset(("inspection",))
_ALL_SORTS = _SORTS_OF_LETTER | _SORTS_OF_REPORT
_A_MONTH = timedelta(days=31)
_REACH = 200  # characters on either side of an event's words that may say what it is
_TOPIC_LASTS = 8  # passages: "the visit" in the ninth paragraph after speaks of something else


def find_mentions(passages: Sequence[Passage]) -> list[Mention]:
    """The mentions in the passages of one report, in reading order."""
    reader = _Reader(passages)
    found: list[Mention] = []
    for i, passage in enumerate(passages):
        found += reader.read(i, passage)
    return _distinct(found)


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    return list({(m.evidence.page, m.evidence.start, m.evidence.end): m for m in reversed(mentions)}.values())[::-1]


class _Reader:
    """Goes through a report's passages and keeps what a later sentence may point back to."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._topic: _Topic | None = None
        self._visits: _Topic | None = None
        self._usual = _usual_visit(passages)
        self._total = _total_of_visits(passages)
        self._foreign: str | None = None

    def read(self, index: int, passage: Passage) -> Iterator[Mention]:
        self._foreign = None
        if self._topic and index - self._topic.passage > _TOPIC_LASTS:
            self._topic = None
        for sentence in passage.sentences:
            text = passage.text[sentence.start : sentence.end]
            if _is_worth_a_look(text) or (self._topic and (_DOCUMENT.search(text) or _ORDINALS.search(text))):
                yield from self._sentence(index, passage, sentence.start, text)
            self._foreign = _other_council(passage, sentence.start, sentence.end)

    def _sentence(self, index: int, passage: Passage, at: int, text: str) -> Iterator[Mention]:
        periods = [p for p in passage.periods if at <= p.start < at + len(text) and not p.is_relative]
        local = [p._replace(start=p.start - at, end=p.end - at) for p in periods]
        publications = list(self._publications(text, local))
        taken = {p.words.start for p in publications}
        free = [p for p in local if p.start not in taken]
        heads = []
        for head in _heads(text):
            if _is_no_event(text, head):
                continue
            if not self._is_inspectorates(text, head):
                self._note_others(text, head)
                continue
            if head.kind is None:
                head = head._replace(kind=self._sort_on_site() if head.on_site else self._sort_of_visit())
            assert head.kind is not None
            self._topic = _Topic(head.kind, index)
            if head.kind != "inspection":
                self._visits = self._topic
            if not head.plural or _ONE_OF.search(_around(text, head)[0]):
                heads.append(head)
        self._forget_topic_after_others(text)
        paired = _pair_publications(text, publications, heads)
        for head in heads:
            mention = self._mention(passage, at, text, head, heads, free, paired.get(head.start))
            if mention:
                yield mention
        for publication in publications:
            if publication not in paired.values() and not publication.ahead:
                yield from self._published(passage, at, publication)
        if not heads:
            yield from self._graded_then(passage, at, text, free)
        if self._visits and index - self._visits.passage <= 1 and not heads:
            yield from self._counted(passage, at, text, free, self._visits.kind)

    def _graded_then(self, passage: Passage, at: int, text: str, free: Sequence[PeriodWords]) -> Iterator[Mention]:
        """ "In May 2017 Ofsted found our services to be good": an inspection that only its grade and month tell of."""
        if not free or not _GRADED_SERVICES.search(text) or _ELSEWHERE_SAID.search(text) or _is_anothers(text):
            return
        for words in free:
            m = _FOUND_THEN.match(text[words.end :])
            if m is None or not _CLAUSE_START.search(text[: words.start]) or not _SERVICES.search(m["what"]):
                continue
            said_on = passage.context.said_on
            resolved = resolve(words, said_on, Lean.PAST)
            if resolved and not resolved.impossible and (said_on is None or resolved.period.start <= said_on):
                yield Mention(
                    evidence=passage.evidence(at + words.start, at + words.end + m.end("who")),
                    extractor="inspections.prose",
                    confidence=0.6,
                    doubts=("inferred:event", *["inferred:year"] * resolved.inferred),
                    council=passage.context.council,
                    type="inspection",
                    date=resolved.period,
                    held=True,
                )
                return

    def _counted(
        self, passage: Passage, at: int, text: str, free: Sequence[PeriodWords], kind: EventType
    ) -> Iterator[Mention]:
        """ "The first was in May, the second in August", said of visits that the sentence before spoke of."""
        for words in free:
            m = _NTH_ALONE.search(text[: words.start])
            resolved = resolve(words, passage.context.said_on, Lean.PAST) if m else None
            if m and resolved and not resolved.impossible:
                said_on = passage.context.said_on
                yield Mention(
                    evidence=passage.evidence(at + m.start("n"), at + words.end),
                    extractor="inspections.prose",
                    confidence=0.8,
                    doubts=("inferred:year",) if resolved.inferred else (),
                    council=passage.context.council,
                    type=kind,
                    number=_number_of(m["n"]),
                    date=resolved.period,
                    held=resolved.period.end <= said_on if said_on else None,
                )

    def _is_inspectorates(self, text: str, head: _Head) -> bool:
        before, after = _around(text, head)
        if head.on_site:
            return bool(_ON_SITE_BEFORE.search(before)) and not _is_anothers(text)
        if head.kind in ("monitoring_visit", "focused_visit"):
            return not _OTHER_VISIT_BEFORE.search(before) and not _OTHER_VISIT_AFTER.match(after)
        named = bool(
            _INSPECTORATE_BEFORE.search(before)
            or _BY_INSPECTORATE_AFTER.match(after)
            or _INSPECTORATE_MAKES.search(before)
        )
        if head.kind == "inspection":
            if _is_anothers(text):
                return False
            return named or self._is_known_inspection(text, head)
        if head.verb:
            return named or bool(_INSPECTORATE_ACTS.search(before))
        if named or (_POSSESSED.search(before) and INSPECTORATE_WORDS.search(before)):
            return True
        if _OTHER_VISIT_BEFORE.search(before) or _OTHER_VISIT_AFTER.match(after) or _VISIT_TO.match(after):
            return False
        if _ONE_OF.search(before):
            return self._topic is not None
        return self._topic is not None and bool(_POINTING.search(before))

    def _is_known_inspection(self, text: str, head: _Head) -> bool:
        before, after = _around(text, head)
        again = text[head.start : head.end].casefold().startswith(("re", "jtai", "joint"))
        about = bool(INSPECTORATE_WORDS.search(text) or _CHILDRENS_SERVICES.search(text) or _AREA_BEFORE.search(before))
        if head.verb:
            return (
                again
                or about
                or (
                    bool(re.search(r"\b(?:was|were|been|be)\s+(?:\w+ly\s+|next\s+)?$", before))
                    and self._topic is not None
                )
            )
        return (
            again
            or about
            or (self._topic is not None and bool(_POINTING.search(before)) and not _OTHER_VISIT_AFTER.match(after))
        )

    def _note_others(self, text: str, head: _Head) -> None:
        """Another body's visit takes the place of the inspectorate's as what "the visit" speaks of."""
        if head.kind is not None or head.on_site:
            return
        before, after = _around(text, head)
        if head.verb or _OTHER_VISIT_BEFORE.search(before) or _OTHER_VISIT_AFTER.match(after) or _VISIT_TO.match(after):
            self._topic = None

    def _forget_topic_after_others(self, text: str) -> None:
        """A review by another body, named after the inspectorate's last, is what "the visit" speaks of from then on."""
        if self._topic is None:
            return
        other = _OTHER_EVENT.search(text)
        if other is None:
            return
        last = max((m.end() for m in _INSPECTORATES_EVENT.finditer(text)), default=0)
        if other.end() > last:
            self._topic = None

    def _sort_on_site(self) -> EventType:
        """What inspectors were on site for: the event last spoken of, else the sort of visit the report tells of, else an inspection."""
        return self._topic.kind if self._topic else self._usual or "inspection"

    def _sort_of_visit(self) -> EventType | None:
        if self._topic and self._topic.kind != "inspection":
            return self._topic.kind
        return self._usual or "monitoring_visit"

    def _mention(
        self,
        passage: Passage,
        at: int,
        text: str,
        head: _Head,
        heads: Sequence[_Head],
        free: Sequence[PeriodWords],
        publication: _Publication | None,
    ) -> Mention | None:
        words = _date_words(text, head, free) or _bare_year(text, head)
        if words is None and publication is None and _GENERAL.search(text):
            return None
        held, hedged = _is_held(text, head)
        said_on = passage.context.said_on
        resolved = resolve(words, said_on, Lean.FUTURE if held is False else Lean.PAST) if words else None
        date = resolved.period if resolved and not resolved.impossible else None
        published, supplied = _published_period(passage, publication)
        if held is None and date and said_on:
            held = True if date.end <= said_on else False if date.start > said_on else None
        start, end = _span(text, head, words, publication)
        doubts = ["impossible"] * bool(resolved and resolved.impossible)
        doubts += ["inferred:year"] * bool(supplied or (resolved and resolved.inferred))
        doubts += ["expected"] * bool(held is False and hedged)
        doubts += ["guessed"] * bool(held is False and hedged and _GUESSED.search(_clause_around(text, head)))
        number = self._number(text, head)
        if (
            number is not None
            and _FINAL_BEFORE.search(_around(text, head)[0])
            and not _NUMBER_BEFORE.search(_around(text, head)[0])
        ):
            doubts.append("inferred:number")
        typed = bool(_SORT_SAID.search(text[head.start : head.end])) or head.kind == "inspection"
        if not typed and self._usual is None:
            doubts.append("inferred:type")
        assert head.kind is not None
        return Mention(
            evidence=passage.evidence(at + start, at + end),
            extractor="inspections.prose",
            confidence=0.95 if typed and (date or published or number) else 0.7,
            doubts=tuple(doubts),
            council=self._whose(passage, at, text, head),
            inspectorate=_inspectorate(text),
            type=head.kind,
            framework=_framework(text, heads),
            number=number,
            date=date,
            published=published,
            held=held,
        )

    def _published(self, passage: Passage, at: int, publication: _Publication) -> Iterator[Mention]:
        period, supplied = _published_period(passage, publication)
        letter = passage.text[at + publication.start :].casefold().startswith("letter")
        span = range(at + publication.start, at + publication.end)
        others = [b.name for b in passage.bodies if b.kind == "council" and b.start in span]
        said_of = self._topic.kind if self._topic and not letter else None
        vague = period is None or period.end - period.start > _A_MONTH
        if not (letter or publication.kind or said_of or self._usual) and vague:
            return  # "published their findings in the summer", in a report that tells of no visit
        kind = publication.kind or said_of or self._usual or ("monitoring_visit" if letter else "inspection")
        yield Mention(
            evidence=passage.evidence(at + publication.start, at + publication.end),
            extractor="inspections.prose",
            confidence=0.8,
            doubts=("inferred:year",) if supplied else (),
            council=others[0] if others else passage.context.council,
            type=kind,
            published=period,
            held=True,
        )

    def _number(self, text: str, head: _Head) -> int | None:
        """ "second monitoring visit", "the third of these visits", "monitoring visit 4"; "final" where the paper says of how many."""
        before, _ = _around(text, head)
        if head.kind == "inspection" or head.verb:
            return None
        if m := _ONE_OF.search(before):
            return _number_of(m["n"])
        if head.plural:
            return None
        said = _SORT_SAID.search(text[head.start : head.end]) or _THEIR_NTH.search(before)
        if not said:
            return None
        if m := _NUMBER_BEFORE.search(before):
            return _number_of(m["n"])
        if _FINAL_BEFORE.search(before) and head.kind == "monitoring_visit":
            return self._total
        m = _NUMBER_AFTER.match(text[head.end :])
        return _number_of(m["n"]) if m else None

    def _whose(self, passage: Passage, at: int, text: str, head: _Head) -> str | None:
        """The council that was visited: the paper's own, unless another is named as the one inspected, or "they" are one just named."""
        own = passage.context.council
        for body in passage.bodies:
            if body.kind != "council" or not at <= body.start < at + len(text):
                continue
            if body.end - at <= head.start and _IS_INSPECTED.match(text[body.end - at : head.start]):
                return body.name
            if body.start - at >= head.end and _INSPECTION_OF.match(text[head.end : body.start - at]):
                return body.name
        pronouns = list(_PRONOUN.finditer(text[: head.start]))
        if self._foreign and pronouns and pronouns[-1][0].casefold() in ("they", "their", "it", "its"):
            return self._foreign
        return own

    def _publications(self, text: str, periods: Sequence[PeriodWords]) -> Iterator[_Publication]:
        """Reports and letters with their dates: "the report published by Ofsted in April", "In May, Ofsted published its report"."""
        for document in _DOCUMENT.finditer(text):
            if _OWN_PAPER.search(text[: document.start()]) or _ANOTHERS_PAPER.match(text[document.end() :]):
                continue
            if not (INSPECTORATE_WORDS.search(text) or _HEAD.search(text) or self._topic):
                continue
            if publication := self._publication(text, document, periods):
                yield publication
                return
        for words in periods:
            if (m := _AND_PUBLISHED.search(text[: words.start])) and _HEAD.search(text[: m.start()]):
                yield _Publication(m.start("verb"), words.end, "inspection", words, ahead=False)
                return

    def _publication(self, text: str, document: re.Match[str], periods: Sequence[PeriodWords]) -> _Publication | None:
        kind: EventType | None = "inspection" if document[0].casefold().startswith("report") else None
        for words in periods:
            after, before = text[document.end() : words.start], text[words.end : document.start()]
            if words.start > document.end():
                ahead = bool(_PUBLISHED_LATER.search(after)) and len(after) < 120
                plain = _PUBLISHED_AFTER.match(after) or _LETTER_FROM.match(after)
                if document[0].casefold() in ("findings", "outcome"):
                    plain = plain if "publish" in text[: words.start].casefold() else None
                if ahead or (plain and self._is_theirs(text, document, after)):
                    return _Publication(document.start(), words.end, kind, words, ahead)
            elif words.end <= document.start() and _PUBLISHED_FRONTED.match(before):
                return _Publication(words.start, document.end(), kind, words, ahead=False)
        return None

    def _is_theirs(self, text: str, document: re.Match[str], after: str) -> bool:
        """Whether the document is the inspectorate's: it says so near by, or it was just spoken of."""
        near = text[max(0, document.start() - 120) : document.start()] + " " + after
        named = INSPECTORATE_WORDS.search(near) or _HEAD.search(near)
        return bool(named) or (self._topic is not None and "publish" in after.casefold())


_VISITED_FOR = re.compile(
    r"[^.;]{0,80}?\s(?:for|as|as\s+part\s+of|to\s+(?:carry\s+out|undertake|conduct|complete))\s+(?:(?:an?|their|its|the|our)\s+)?(?:[\w-]+\s+){0,4}(?:visits?|inspections?)\b",
    re.IGNORECASE,
)
_POSSESSED = re.compile(rf"\b(?:its|their)\s+(?:{_QUALIFIER}\s+)*$", re.IGNORECASE)
_SORT_SAID = re.compile(r"monitoring|focus", re.IGNORECASE)
_INSPECTORATES_EVENT = re.compile(r"\b(?:monitoring|focus\w*)\s+visits?|\bofsted\s+visits?", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:they|their|it|its|we|us|our|the\s+council)\b", re.IGNORECASE)
_IS_INSPECTED = re.compile(
    rf"^(?:['’]s?)?\s*,?\s*(?:(?:who|which|that|had|has|have|was|were|is|been|being|also|just|own|\w+ly|in|20\d\d|{_QUALIFIER})\s+)*$",
    re.IGNORECASE,
)
_INSPECTION_OF = re.compile(r"^\s+(?:(?:of|at|in|to)\s+)(?:the\s+)?(?:services\s+in\s+)?$", re.IGNORECASE)


def _around(text: str, head: _Head) -> tuple[str, str]:
    """The words before and after an event's, as far as they may belong to it."""
    return text[max(0, head.start - _REACH) : head.start], text[head.end : head.end + _REACH]


def _is_worth_a_look(text: str) -> bool:
    said = text.casefold()
    return any(word in said for word in _WORTH_A_LOOK)


def may_speak_of_inspection(text: str) -> bool:
    """A quick look, before any pattern: whether the text may name an inspectorate, an inspection or a visit."""
    said = text.casefold()
    return any(word in said for word in _STEMS_OF_INSPECTION)


def may_name_others(text: str) -> bool:
    """A quick look: whether the text may name another inspectorate than Ofsted."""
    said = text.casefold()
    return any(word in said for word in _STEMS_OF_OTHERS)


def _is_anothers(text: str) -> bool:
    """Whether the sentence names another inspectorate and not Ofsted."""
    others = _OTHER_INSPECTORATE.search(text) if may_name_others(text) else None
    return others is not None and not _OFSTED.search(_OTHER_INSPECTORATE.sub(" ", text))


def _clause_around(text: str, head: _Head) -> str:
    before, after = text[max(0, head.start - 60) : head.start], text[head.end : head.end + 70]
    return re.split(r"[;.]", before)[-1] + " " + re.split(r"[;.]", after)[0]


def _bare_year(text: str, head: _Head) -> PeriodWords | None:
    """The year of "the 2014 inspection", which is no period elsewhere."""
    if head.kind != "inspection" or head.verb or head.on_site:
        return None
    m = _YEAR_BEFORE.search(text, max(0, head.start - _REACH), head.start)
    if m is None:
        return None
    year = PartialDate(int(m["year"]))
    return PeriodWords(*m.span("year"), PeriodKind.CALENDAR_YEAR, year, year)


def _heads(text: str) -> Iterator[_Head]:
    for m in _HEAD.finditer(text):
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
        yield _Head(m.start(), m.end(), kind, plural, verb, on_site)


def _is_no_event(text: str, head: _Head) -> bool:
    """Whether the words name none: "open to public inspection", "inspection framework", "inspection of a school"."""
    before, after = _around(text, head)
    if _ELSEWHERE_BEFORE.search(before) or _ELSEWHERE_AFTER.match(after):
        return True
    if head.kind != "inspection" or head.verb:
        return False
    if _NO_EVENT_AFTER.match(after) or _NO_EVENT_BEFORE.search(before):
        return True
    if not _FRAMEWORK_NAME_AFTER.match(after):
        return False
    carried_out = _INSPECTORATE_MAKES.search(before) or re.search(r"\b(?:took|was|were)\b", after)
    return bool(_FRAMEWORK_NAME_BEFORE.search(before)) or not carried_out


def _usual_visit(passages: Sequence[Passage]) -> EventType | None:
    """The sort of visit that the report speaks of most, for a visit whose sort it does not say."""
    counts: Counter[EventType] = Counter()
    for passage in passages:
        said = passage.text.casefold()
        if "visit" in said and ("monitoring" in said or "focus" in said):
            counts.update(h.kind for h in _heads(passage.text) if h.kind and h.kind != "inspection")
    return counts.most_common(1)[0][0] if counts else None


def _total_of_visits(passages: Sequence[Passage]) -> int | None:
    """How many monitoring visits there are to be: "three of the five monitoring visits"."""
    for passage in passages:
        if "monitoring" in passage.text.casefold() and (m := _TOTAL.search(passage.text)):
            return _number_of(m["n"])
    return None


def _number_of(word: str) -> int | None:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _NUMBERS.get(word.casefold())


def _other_council(passage: Passage, start: int, end: int) -> str | None:
    """The last council named in a sentence that is not the paper's own."""
    named = [b.name for b in passage.bodies if b.kind == "council" and start <= b.start < end]
    others = [name for name in named if name != passage.context.council]
    return others[-1] if others else None


def _date_words(text: str, head: _Head, periods: Sequence[PeriodWords]) -> PeriodWords | None:
    """The date that English ties to the event: as its modifier, after it with a preposition, or at the head of the clause."""
    for words in periods:
        gap = text[words.end : head.start]
        if words.end <= head.start and len(gap) <= 60 and _MODIFIES.match(gap):
            return words
    for words in periods:
        if words.start >= head.end:
            if _follows(text, head, words):
                return words
            break
    for words in reversed(periods):
        if words.end <= head.start:
            gap = text[words.end : head.start]
            if len(gap) > 110:
                return None
            if _FOR_THE_VISIT.match(gap) and _VISITED_TO.search(text[: words.start]):
                return words
            fronted = _FRONTED.match(gap) and _CLAUSE_START.search(text[: words.start])
            return words if fronted else None
    return None


def _follows(text: str, head: _Head, words: PeriodWords) -> bool:
    gap = text[head.end : words.start]
    if len(gap) > 110 or _CUTS_OFF.search(gap) or _HEAD.search(gap):
        return False
    if _AND.search(_JOINTLY.sub(" ", gap)) and not head.verb:
        return False
    return bool(_ENDS_IN_PREPOSITION.search(gap) or _WINDOW_IS.match(gap) or _HAS_ITS_OWN.match(text[words.start :]))


def _is_held(text: str, head: _Head) -> tuple[bool | None, bool]:
    """Whether the words say that the event took place (or lies ahead), and whether they hedge."""
    before, after = text[max(0, head.start - 60) : head.start], text[head.end : head.end + 70]
    before, after = re.split(r"[;.]", before)[-1], re.split(r"[;.]", after)[0]
    hedged = bool(_HEDGED.search(before) or _HEDGED.search(after))
    if _AHEAD_BEFORE.search(before):
        return False, hedged
    held = bool(
        _HELD_BEFORE.search(before) or _HELD.search(after[:50]) or _HELD.search(before + text[head.start : head.end])
    )
    ahead = bool(_AHEAD.search(after)) or bool(_AHEAD.search(before))
    if held:
        return True, hedged
    return (False, hedged) if ahead else (None, hedged)


def _span(text: str, head: _Head, words: PeriodWords | None, publication: _Publication | None) -> tuple[int, int]:
    """From the event's qualifiers to its date, or the event's words alone where the date is far off."""
    before, _ = _around(text, head)
    qualifiers = _ONE_OF.search(before) or _QUALIFIERS_BEFORE.search(before)
    start, end = head.start - (len(before) - qualifiers.start() if qualifiers else 0), head.end
    start += 4 * text[start:].casefold().startswith("and ")
    for other in (words, publication):
        if other:
            low, high = min(start, other.start), max(end, other.end)
            if high - low <= 200:
                start, end = low, high
    return start, end


def _pair_publications(
    text: str, publications: Sequence[_Publication], heads: Sequence[_Head]
) -> dict[int, _Publication]:
    """Which event of the sentence a report or letter is on: the nearest of its sort, by the start of the event's words."""
    paired: dict[int, _Publication] = {}
    for publication in publications:
        if publication.ahead:
            continue
        letter = text[publication.start : publication.end].casefold().startswith("letter")
        sorts = _SORTS_OF_LETTER if letter else _SORTS_OF_REPORT if publication.kind else _ALL_SORTS
        fitting = [h for h in heads if h.kind in sorts and h.start not in paired]
        near = [h for h in fitting if -60 <= h.start - publication.end <= 60 or publication.start - h.end <= 60]
        if near:
            nearest = min(near, key=lambda h: abs(h.start - publication.start))
            paired[nearest.start] = publication
    return paired


def _published_period(passage: Passage, publication: _Publication | None) -> tuple[Period | None, bool]:
    if publication is None:
        return None, False
    resolved = resolve(publication.words, passage.context.said_on, Lean.PAST)
    if resolved is None or resolved.impossible:
        return None, False
    return resolved.period, resolved.inferred


def _framework(text: str, heads: Sequence[_Head]) -> str | None:
    """The framework that the sentence names, where it speaks of one event only."""
    named = [name for name, pattern in _FRAMEWORKS if pattern.search(text)]
    return named[0] if len(named) == 1 and len(heads) == 1 else None


def _inspectorate(text: str) -> str:
    return "Ofsted and CQC" if re.search(r"\bCQC\b|Care\s+Quality\s+Commission", text) and "fsted" in text else "Ofsted"
