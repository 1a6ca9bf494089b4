"""One promise across papers: deadlines of the same thing, however it is worded, under one key.

"Phase one redesign will be completed in May", "Implementation of this first phase" and "Phase 1 of these changes will be
implemented by April" are one promise. Deadlines belong together where the words of what is promised agree, or where a
wording that points back ("these changes", "the system") stands in words that agree. Numbers that tell things apart (phase
1 and phase 2, 25% and 20%, a second and a third hub) never meet under one key. In doubt two promises stay two: a slip that is missed
is better than one that never was.

The result depends on the deadlines alone and not on their order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from schema.evidence import Evidence
from schema.records import Deadline

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_CARDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERED = r"(phase|stage|year|tranche|wave|cohort|part|step|round|theme|target|version|strand|workstream|pillar|hub|home|site)"
_LABELLED = (
    re.compile(rf"\b{_NUMBERED}s?\s+(?:no\.?\s+)?(\d{{1,2}}|{'|'.join(_CARDINALS)}|{'|'.join(_ROMAN)})\b"),
    re.compile(rf"\b({'|'.join(_ORDINALS)}|\d(?:st|nd|rd|th))\s+(?:\w+\s+){{0,2}}?{_NUMBERED}\b"),
)
_VALUE = re.compile(r"(?<![\w£.,])(\d[\d.,]*)\s?(%|per\s?cent\b)")
_COUNT = re.compile(r"(?<![\w£.,/-])(\d{1,4})(?![\w%,/-]|\.\d|\s?per\s?cent)")
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?[\s-]+)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter)[\s-]*(?:(?:19|20)\d\d)?\b|\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?\b|\bq[1-4]\b"
)  # fmt: skip

_COMPOUNDS = tuple(
    (re.compile(rf"\b{first}\w*[\s-]+{second}(?:s|['’]s|s['’])?(?=\W|$)"), f"{first}{second}")
    for first, second in (
        ("early", "help"), ("care", "leaver"), ("case", "management"), ("front", "door"), ("personal", "adviser"), ("foster", "carer"),
        ("pathway", "plan"), ("web", "based"), ("peer", "challenge"), ("peer", "review"), ("through", "care"), ("third", "sector"),
        ("quality", "assurance"), ("practice", "standard"), ("practice", "model"), ("family", "hub"), ("sufficiency", "strategy"),
    )
)  # fmt: skip
_SPELLINGS = (
    (re.compile(r"\bre-?\s?inspect"), "inspect"),
    (re.compile(r"\broll(?:ed|ing)?[\s-]+out\b"), "rollout"),
    (re.compile(r"\bon[\s-]site\b"), " "),
)

_PHASES = frozenset({"phase", "stage", "tranche", "wave", "%"})
_ANAPHOR = re.compile(r"\b(?:this|these|those|such|it|they)\b", re.IGNORECASE)


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FUNCTION = _set_of(
    "a an the this that these those it its our their his her all both each every any and or but of to in on at by for from with within "
    "without into across through over under between during until before after as is are was were be been being has have had having will "
    "would shall should must can may might do does did not no which who whose what when where we they us also now then than so such at "
    "least most more further next latest first second third last other least up out off back there here still yet only fully full very "
    "am pm per via including include included includes according therefore however likely aim work down one two three four five six"
)
_GENERIC = _set_of(
    "new revise revised final draft initial current future key main overall whole formal agree agreed approve approved implement "
    "implementation complete completed completion deliver delivery delivered launch launched introduce introduction start begin commence "
    "open opening go live develop development establish create produce publish publication present presented prepare put place report "
    "reported review reviewed update refresh achieve reach receive take make ensure support improve improvement recruit recruitment provide "
    "set bring undertake carry conduct consider plan programme project process structure system service team group board committee "
    "council cabinet member officer staff manager director department directorate partner agency-wide arrangement change action activity "
    "milestone target objective priority recommendation outcome result step stage phase child children young people person family social "
    "care worker local authority borough county city district corporate strategic strategy policy framework document scheme model approach "
    "standard training post role meeting visit window date deadline end due expected planned progress rating rate number level "
    "use need issue area part"
)
"""Words that many promises share: alone they are no sign that two are one."""


class _Said(NamedTuple):
    """A deadline with the words that it is compared by. `plain` are the subject's content words, `core` those that tell
    promises apart, `context` and `phrases` those of the quote around it."""

    order: tuple[object, ...]
    deadline: Deadline
    plain: frozenset[str]
    core: frozenset[str]
    context: frozenset[str]
    phrases: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    nearby: frozenset[tuple[str, str]]  # numbers of the quote, where it has one of their kind

    @property
    def weak(self) -> bool:
        """'Phase one redesign', 'the new structure': hardly a word that tells it from other promises."""
        return len(self.core) < 2

    @property
    def points_back(self) -> bool:
        """'This work', 'the system': what is promised is named in the sentences before."""
        return not self.core or (self.weak and bool(_ANAPHOR.search(self.deadline.subject)))

    @property
    def from_table(self) -> bool:
        return self.deadline.extractor.endswith("table")


def link_promises(said: Iterable[tuple[Deadline, date | None]]) -> dict[str, str]:
    """The key of the promise that each deadline (by id) belongs to. Deadlines come with the meeting date of their paper, and
    are those of one council. Keys are made of the words of the earliest deadline."""
    items = sorted((_read(deadline, day) for deadline, day in said), key=lambda s: s.order)
    groups = _gather(items)
    keys: dict[str, str] = {}
    used: dict[str, int] = defaultdict(int)
    for group in groups:
        slug = _slug(items[group[0]])
        used[slug] += 1
        key = slug if used[slug] == 1 else f"{slug}-{used[slug]}"
        keys |= {items[i].deadline.id: key for i in group}
    return keys


def _gather(items: list[_Said]) -> list[list[int]]:
    """Groups of items, each in order and by their first. The surest pairs are joined first; a group that has a member which must not be under
    one key with a member of the other is not joined to it."""
    likeness = sorted(
        ((-score, a, b) for a, b in _candidates(items) if (score := _likeness(items[a], items[b])) > 0),
    )
    group_of = list(range(len(items)))
    members = {i: [i] for i in range(len(items))}
    for _, a, b in likeness:
        one, other = sorted((group_of[a], group_of[b]))
        if one == other or any(_apart(items[i], items[j]) for i in members[one] for j in members[other]):
            continue
        for i in members[other]:
            group_of[i] = one
        members[one] += members.pop(other)
    return [sorted(group) for _, group in sorted(members.items())]


def _candidates(items: list[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs worth a comparison: those that share a word that tells promises apart, a number or a grade."""
    index: dict[object, list[int]] = defaultdict(list)
    pairs = set()
    for i, item in enumerate(items):
        marks: set[object] = {
            *item.core,
            *item.numbers,
            *(item.nearby if item.weak else ()),
            " ".join(sorted(item.plain)),
        }
        if item.points_back:
            marks |= item.context
        if item.deadline.grade:
            marks.add(("grade", item.deadline.grade))
        for mark in marks:
            pairs |= {(j, i) for j in index[mark]}
            index[mark].append(i)
    yield from sorted(pairs)


def _apart(a: _Said, b: _Said) -> bool:
    """Whether two deadlines cannot be of one promise: other numbers or grades, a start and a later end, two rows of one
    table, two dates of one sentence."""
    one, other = a.deadline, b.deadline
    if one.grade != other.grade:
        return True
    kinds = {kind for kind, _ in a.numbers} & {kind for kind, _ in b.numbers}
    if any({n for k, n in a.numbers if k == kind} != {n for k, n in b.numbers if k == kind} for kind in kinds):
        return True
    if _begins_before(one, other) or _begins_before(other, one):
        return True
    if one.evidence.sha256 != other.evidence.sha256:
        return False
    if a.from_table and b.from_table and a.plain != b.plain:
        return True
    if one.due.end == other.due.end:
        return False
    told_together = _within(one.evidence, other.evidence) or _within(other.evidence, one.evidence)
    in_prose = not a.from_table and not b.from_table
    return one.evidence.quote == other.evidence.quote or (in_prose and told_together and a.plain != b.plain)


_BEGINS = re.compile(
    r"\b(?:to|will|would|now)\s+(?:\w+\s+)?(?:start|begin|commence)\b|\b(?:starts|begins|commences)\b", re.IGNORECASE
)


def _begins_before(one: Deadline, other: Deadline) -> bool:
    """Whether one promises a start, and the other an end that lies no earlier: both may be kept."""
    begins = [bool(_BEGINS.search(d.evidence.text)) for d in (one, other)]
    return begins == [True, False] and one.due.end <= other.due.end


def _likeness(a: _Said, b: _Said) -> float:
    """How surely two deadlines are one promise, 0 where they are taken for two."""
    if _apart(a, b):
        return 0.0
    if a.deadline.grade:
        return 1.0
    if same := _same_words(a, b):
        return same
    shared = a.core & b.core
    smaller, larger = sorted((a.core, b.core), key=len)
    if len(shared) >= 2 and 3 * len(shared) >= 2 * len(smaller) and 5 * len(shared) >= 2 * len(larger):
        return 0.6 + 0.2 * len(shared) / len(a.core | b.core)
    if len(smaller) == 1 and smaller <= larger and len(larger) <= 3:
        near = len(larger) == 1 or len(a.plain & b.plain) >= 2 or bool(a.phrases & b.phrases)
        return 0.55 if near else 0.0
    return _by_context(a, b)


def _same_words(a: _Said, b: _Said) -> float:
    """The same subject: enough alone where it has words that tell promises apart, else with the same date."""
    if not a.plain or not b.plain:
        return 0.0
    if a.plain == b.plain and len(a.core) >= 2:
        return 0.95
    alike = fuzz.token_sort_ratio(" ".join(sorted(a.plain)), " ".join(sorted(b.plain)))
    if alike >= 90 and a.deadline.due == b.deadline.due:
        return 0.9
    if len(a.plain) >= 2 and len(b.plain) >= 2 and alike >= 85 and a.phrases & b.phrases:
        return 0.8
    return 0.0


def _by_context(a: _Said, b: _Said) -> float:
    """What the quotes add: a number and a phrase ("phase 1" of "early help"), or the words that a wording points back to ("a
    review of support to care leavers is in progress. The results of this review ...")."""
    if _beside(a, b):
        return 0.0
    if a.weak and b.weak and _of_phases(a) & _of_phases(b) and a.phrases & b.phrases:
        return 0.5
    for named, pointing in ((a, b), (b, a)):
        if pointing.points_back and not named.points_back and named.core <= pointing.context:
            telling = bool(named.plain & pointing.plain) or len(named.core) >= 2
            if telling and pointing.phrases & _phrases(_words(named.deadline.subject)):
                return 0.45
    return 0.0


def _beside(a: _Said, b: _Said) -> bool:
    """Whether one stands in the other's quote, or both in one paragraph: a paragraph that speaks of two steps has two."""
    one, other = a.deadline.evidence, b.deadline.evidence
    paragraph = (one.sha256, one.report, one.paragraph) if one.paragraph is not None else None
    same_paragraph = paragraph == (other.sha256, other.report, other.paragraph) and a.deadline.due != b.deadline.due
    return same_paragraph or _within(one, other) or _within(other, one)


def _within(one: Evidence, other: Evidence) -> bool:
    return " ".join(one.text.split()) in other.quote


def _of_phases(item: _Said) -> set[tuple[str, str]]:
    """The phase or value that a deadline is of, from its subject, else from its quote."""
    return {n for n in item.numbers if n[0] in _PHASES} or {n for n in item.nearby if n[0] in _PHASES}


# The words of a deadline


def _read(deadline: Deadline, day: date | None) -> _Said:
    e = deadline.evidence
    order = (day or date.max, e.paper, e.sha256, e.page or 0, e.start, e.end, deadline.extractor)
    subject, quote = _words(deadline.subject), _words(e.quote)
    plain = frozenset(w for w in subject if w not in _FUNCTION)
    numbers = _numbers(deadline.subject, counts=True)
    nearby = _numbers(e.quote, counts=False)
    single = {kind for kind, _ in nearby if sum(k == kind for k, _ in nearby) == 1}
    return _Said(
        order,
        deadline,
        plain,
        frozenset(plain - _GENERIC),
        frozenset(w for w in quote if w not in _FUNCTION and w not in _GENERIC),
        frozenset(_phrases(quote)),
        numbers,
        frozenset(n for n in nearby if n[0] in single),
    )


def _words(text: str) -> list[str]:
    """The words in small letters without dates and numbers, endings taken off, compounds ("early help") as one."""
    text = _DATE.sub(" ", text.casefold().replace("’", "'").replace("‘", "'"))
    for pattern, plain in (*_SPELLINGS, *_COMPOUNDS):
        text = pattern.sub(plain, text)
    return [_stem(word) for word in re.findall(r"[a-z][a-z]+", re.sub(r"'s\b", "", text))]


def _stem(word: str) -> str:
    """A plain stem: plural and verbal endings off, so that "thresholds" and "threshold" are one."""
    if word in _FUNCTION or word in _GENERIC:
        return word
    for ending, plain in (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("s", ""), ("ing", ""), ("ed", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + plain
    return word


def _phrases(words: list[str]) -> set[str]:
    """Two words in a row of which neither is a function word and one tells things apart, and compounds."""
    compounds = {plain for _, plain in _COMPOUNDS}
    pairs = {
        f"{one} {two}" for one, two in pairwise(words) if not {one, two} & _FUNCTION and not {one, two} <= _GENERIC
    }
    return pairs | (set(words) & compounds)


def _numbers(text: str, *, counts: bool) -> frozenset[tuple[str, str]]:
    """The numbers that tell promises apart, with their kind: ("phase", "1"), ("%", "25"), and plain counts of a subject."""
    text = _DATE.sub(" ", " ".join(text.casefold().split()))
    found = {(m[1], _number(m[2])) for m in _LABELLED[0].finditer(text)}
    found |= {(m[2], _number(m[1])) for m in _LABELLED[1].finditer(text)}
    found |= {("%", m[1].rstrip(".,")) for m in _VALUE.finditer(text)}
    if counts:
        rest = _LABELLED[0].sub(" ", text)
        found |= {("", m[1]) for m in _COUNT.finditer(rest)}
    return frozenset(found)


def _number(word: str) -> str:
    named = {**_ORDINALS, **_CARDINALS, **_ROMAN}
    return str(named.get(word) or re.sub(r"\D", "", word))


def _slug(item: _Said) -> str:
    """A readable key: the first words of the subject, or the grade that is promised."""
    if item.deadline.grade:
        return "rated-" + item.deadline.grade.replace(" ", "-")
    words = re.findall(r"[a-z0-9]+", item.deadline.subject.casefold().replace("'", "").replace("’", ""))
    telling = [word for word in words if word not in _FUNCTION or word in _ORDINALS] or words
    return "-".join(telling[:6]) or "promise"
