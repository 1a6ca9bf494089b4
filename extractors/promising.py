"""The wordings of promising: how council papers say that something will be, should have been or was done by a date.

`extractors.deadline_sentences` finds them and `extractors.promise_of_date` reads them together with the dates. Each rule is a
wording found in papers of several councils; which prepositions may lead from it to a date, and how far it reaches, is part of
the rule.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Status = Literal["planned", "done", "missed"]

BY = frozenset({"by", "before", "latest"})

AT = frozenset({"in", "on", "during", "at", "between", "around"})

ADJACENT = frozenset({""})

ANY = BY | AT | {"from", "for", "until"}

PREPOSITIONS = {
    "by": "by",
    "before": "before",
    "on or before": "before",
    "prior to": "before",
    "ahead of": "before",
    "in advance of": "before",
    "no later than": "latest",
    "not later than": "latest",
    "until": "until",
    "till": "until",
    "in": "in",
    "within": "in",
    "on": "on",
    "during": "during",
    "over": "during",
    "at": "at",
    "around": "around",
    "from": "from",
    "as from": "from",
    "as of": "from",
    "with effect from": "from",
    "starting from": "from",
    "for": "for",
    "of": "of",
    "to": "to",
}
"""Prepositions that lead up to a date, and the one of their kind that the rules name."""


def one_of(words: str) -> str:
    """A group that matches any of the words, which stand with commas between them; a space matches any white space."""
    return "(?:" + "|".join(word.strip().replace(" ", r"\s+") for word in " ".join(words.split()).split(",")) + ")"


ADVERBS = r"(?:(?:[a-z]+ly|now|also|then|all|both|still|not|once|again|therefore|however|first|soon|next|either|instead)\s+){0,3}"

_ADVERBS_YET = r"(?:(?:[a-z]+ly|now|also|then|all|both|since)\s+){0,3}"

_BE = r"\b(?:is|are|was|were|be|been|being|remains?|(?:had|has|have)\s+been)\s+" + ADVERBS

COMPLETED = one_of(
    """completed?, concluded, finali[sz]ed, finished, implemented, (?:re-?)?launched, rolled[\\s-]out, (?:re-?)?opened, delivered,
    introduced, put in place, established, set up, (?:re)?issued, published, presented, submitted, reported, brought, taken,
    considered, agreed, approved, adopted, signed off, signed, filled, recruited, appointed, commissioned, produced, developed,
    drafted, circulated, embedded, reviewed, refreshed, updated, revised, achieved, reached, met, held, undertaken, carried out,
    conducted, started, commenced, begun, moved, transferred, replaced, installed, upgraded, closed, cleared, resolved,
    addressed, trained, offered, provided, made, shared, sent, piloted, tested, procured, awarded, mobili[sz]ed, built, created,
    confirmed, discussed, audited, evaluated, actioned, in place, in post, live, operational, open, available, online, ready,
    up and running"""
)

_FINISHED = one_of(
    """completed, concluded, finali[sz]ed, finished, implemented, (?:re-?)?launched, rolled[\\s-]out, (?:re-?)?opened, introduced,
    put in place, reissued, signed off, mobili[sz]ed, brought into use"""
)

_EXPECTED = one_of(
    """due, expected, planned, scheduled, projected, anticipated, intended, timetabled, targeted, programmed, hoped, aimed,
    proposed, poised, on (?:target|track|course|schedule), in line"""
)

_COMPLETION = one_of(
    """completion, delivery, launch, implementation, introduction, roll[\\s-]?out, adoption, publication, submission,
    go[\\s-]live, sign[\\s-]off, opening, mobili[sz]ation, finali[sz]ation, conclusion, approval"""
)

_AIM = one_of(
    "aim, ambition, aspiration, intention, plan, goal, objective, commitment, target, priority, proposal, next step"
)

DEEDS = one_of(
    """agree, achieve, appoint, approve, audit, build, carry out, circulate, close, commence, commission, complete, conduct,
        consult, convert, create, deliver, design, develop, draft, embed, ensure, establish, evaluate, expand, finali[sz]e, fill,
        identify, implement, improve, increase, introduce, launch, move, open, pilot, prepare, present, procure, produce,
        publish, put, recruit, reduce, refresh, relaunch, replace, report, review, revise, roll out, scope, set up, sign off,
        strengthen, submit, test, train, transfer, undertake, update, upgrade"""
)
"""What there is to do, as the verb that opens an action of a list."""

_PARTICLE = r"(?:\s+(?:out|off|up|back)\b)?"

VERB = (
    r"(?P<verb>be\s+" + ADVERBS + one_of("in place, in post, in force, put in place, up and running") + r"\b"
    r"|be\s+"
    + ADVERBS
    + r"(?:able\s+to\s+)?[\w£’'-]+"
    + _PARTICLE
    + r"|have\s+"
    + ADVERBS
    + r"(?:been\s+)?"
    + ADVERBS
    + r"[\w-]+"
    r"|(?:start|begin|commence)\s+to\s+(?:be\s+)?\w+|go\s+live|go\s+to|come\s+into\s+\w+|take\s+\w+|set\s+up|roll\s+out|[\w-]+)"
)


class Rule(NamedTuple):
    """A wording of promising. `promised` says where the thing promised is named: before the wording, after it, or in it.
    `reach` is how many characters may stand between it and the date's preposition."""

    name: str
    pattern: re.Pattern[str]
    prepositions: frozenset[str]
    status: Status
    promised: Literal["before", "after", "in"]
    reach: int
    confidence: float


def _rule(
    name: str,
    pattern: str,
    prepositions: frozenset[str] = ANY,
    *,
    status: Status = "planned",
    promised: Literal["before", "after", "in"] = "before",
    reach: int = 170,
    confidence: float = 0.9,
) -> Rule:
    return Rule(name, re.compile(pattern, re.IGNORECASE), prepositions, status, promised, reach, confidence)


RULES = (
    # "will be completed", "will have recruited", "will now go live"; in minutes "would be published"
    _rule("will", r"(?:\b(?:will|shall|would)|['’]ll)\s+" + ADVERBS + VERB, ANY | ADJACENT, confidence=0.95),
    # "is due to open", "are expected to be filled", "scheduled to commence", "on track to deliver", "set to begin"
    _rule(
        "expected to",
        rf"(?:{_BE})?{ADVERBS}\b(?:{_EXPECTED}|set|aiming|hoping|planning|looking)\s+to\s+{ADVERBS}{VERB}",
        ANY | ADJACENT,
        confidence=0.95,
    ),
    # "is planned for", "due in", "on target for", "expected by", "set for"
    _rule("expected", rf"(?:{_BE})?\b(?:{_EXPECTED}|set(?=\s+for\b)|promised(?=\s+(?:for|by)\b))\b(?!\s+to\b)(?:\s+back)?", ANY | ADJACENT, reach=4),
    # "scheduled for completion in", "timetabled for approval by"
    _rule("expected for", rf"(?:{_BE})?\b{_EXPECTED}\s+for\s+(?:\w+\s+)?(?:{_COMPLETION}|review|consideration)\b", reach=60),
    # "is to be delivered", "are to be reached", "are to open"
    _rule(
        "is to",
        r"\b(?:is|are|was|were)\s+" + ADVERBS + r"to\s+" + ADVERBS + r"(?P<verb>be\s+" + ADVERBS + r"[\w-]+" + _PARTICLE
        + rf"|(?:{DEEDS}|go\s+live|take\s+(?:effect|over|up)|start|begin|return|join|receive|bring|provide|hold)\b)",
        confidence=0.95,
    ),
    # "a review, to be completed in", "actions to be delivered by"
    _rule("to be", r"\bto\s+" + ADVERBS + r"be\s+" + ADVERBS + COMPLETED + r"\b"),
    # "aims to achieve", "aims for services to be", "we plan to open", "hopes to", "wants this figure to reach"
    _rule(
        "aims",
        r"\b(?:(?:aim|intend|plan|hope|aspire)(?:s|ed|ned|ing|ning)?\s+to|(?:aim|hope)(?:s|ed|ing)?\s+for"
        r"|wants?\s+(?:[\w’']+\s+){0,6}?to)\b",
        promised="after",
    ),
    # "the ambition is to", "our target remains for"
    _rule("aim is", rf"\b{_AIM}s?\s+(?:is|are|was|remains?)\s+{ADVERBS}(?:to|for|that)\b", promised="after"),
    # "it is our intention to reduce", "with the aim of opening"
    _rule(
        "an aim",
        rf"\bit\s+(?:is|was|remains)\s+(?:[\w’']+\s+){{1,4}}?{_AIM}\s+(?:to|that)\b"
        rf"|\bwith\s+(?:the|an?)\s+{_AIM}\s+of\b|\bwith\s+a\s+view\s+to\b",
        promised="after",
    ),
    # in a resolution (`extractors.deadlines` sees to it): "That a report be brought to the meeting in June"
    _rule("resolved", r"\bbe\s+" + ADVERBS + COMPLETED + r"\b", BY | AT | {"from"}, reach=110),
    # "That the Director report back in March"
    _rule(
        "resolves",
        r"(?<=\s)(?P<verb>(?:bring|circulate|complete|develop|prepare|present|produce|provide|publish|report|return|review|submit|undertake|write)"
        r"(?:\s+back)?)\b",
        BY | AT,
        reach=110,
        confidence=0.8,
    ),
    # "must be completed by", "has to report by", "is required to submit ... by", "requires the council to submit ... by"
    _rule(
        "must",
        r"\b(?:must|should(?!\s+have\b)|"
        + one_of("has, have, had, needs?, needed, required, asked, directed")
        + r"\s+to|(?:proposes?|seeks?|working)\s+to|(?:requires?|asked|directed|instructed)\s+(?:[\w’']+\s+){1,5}?to)\s+"
        + ADVERBS + VERB,
        BY,
        confidence=0.85,
    ),
    # "has agreed to fund a clinic from", "pledged to open three hubs in"
    _rule(
        "agreed to",
        rf"\b(?:committed|undertaken|agreed|pledged|promised)\s+to\s+{ADVERBS}{VERB}",
        BY | {"from", "in", "during"},
        confidence=0.85,
    ),
    # "we anticipate the inspection between", "the plan expects at least 75% by", "expects to open"
    _rule("anticipates", r"\b(?:anticipate|expect|envisage)s?\b(?!\s+to\b)(?:\s+that)?", promised="after", reach=120, confidence=0.85),
    _rule("expects to", rf"\b(?:anticipate|expect|envisage)s?\s+to\s+{ADVERBS}{VERB}", promised="after", reach=120, confidence=0.85),
    # the present tense for what is arranged: "goes live on", "opens in", "comes into force on"
    _rule(
        "starts",
        r"\b" + one_of("starts, begins, commences, opens, launches, goes live, comes into (?:force|effect|use), takes effect") + r"\b",
        AT | {"from"},
        reach=25,
        confidence=0.7,
    ),
    # "has slipped to", "has been put back until", "was deferred from May to July", "extended to"
    _rule(
        "moved to",
        r"\b"
        + one_of("slipped, delayed, put back, pushed back, deferred, postponed, rescheduled, re-?profiled, extended, brought forward")
        + r"\b",
        frozenset({"to", "until"}),
        reach=45,
        confidence=0.85,
    ),
    _rule("has until", r"\b(?:has|have|had|given)(?=\s+until\b)", frozenset({"until"}), reach=3, confidence=0.85),
    # "target of 25% by", "trajectory to 80% by"
    _rule(
        "target",
        r"\b(?:target|trajectory|goal)s?\b[^.;]{0,60}?\b\d[\d.,]*\s?(?:%|per\s?cent\b)?(?=\s+(?:\w+\s+){0,3}(?:by|for)\b)",
        frozenset({"by", "before", "for"}),
        promised="in",
        reach=30,
        confidence=0.8,
    ),
    # "14 actions carried forward for completion in", "with delivery by"
    _rule("for completion", rf"\b(?:for|with)\s+(?:\w+\s+)?{_COMPLETION}\b", reach=60, confidence=0.8),
    # "full implementation of the new team by", "roll-out to all schools before"
    _rule("completion", rf"\b(?:(?:full|final|formal|the|phased)\s+)*{_COMPLETION}\b", BY, promised="in", reach=80, confidence=0.75),
    # "was launched on", "were implemented in", "had been completed by"
    _rule(
        "was done",
        r"\b(?:was|were|has\s+been|have\s+been|had\s+been)\s+" + _ADVERBS_YET + _FINISHED
        + r"\b(?:\s+(?:and\s+\w+ed|as\s+planned|on\s+time|on\s+schedule))?",
        AT | BY | {"from"},
        status="done",
        reach=40,
        confidence=0.85,
    ),
    # "went live on", "came into force on", "the hub opened in"
    _rule(
        "went live",
        r"(?:\b" + one_of("went live, has gone live, came into (?:force|effect|use|operation), took effect, became operational")
        + r"|(?<=\w\s)(?:re-?)?(?:launched|opened))\b",
        AT | {"from"},
        status="done",
        reach=45,
        confidence=0.85,
    ),
    # "Completed March 2019", "In place from June"
    _rule(
        "done",
        r"^\W*" + one_of("completed?, done, launched, implemented, in place, achieved, delivered, opened, published") + r"\b",
        AT | {"from", "by", ""},
        status="done",
        reach=4,
        confidence=0.8,
    ),
    # "the results of the review were presented to ... in": kept only for reviews, strategies, plans
    _rule(
        "was reported",
        r"\b(?:was|were)\s+" + _ADVERBS_YET + r"(?:presented|submitted|reported|taken)(?:\s+back)?\s+to\b",
        AT,
        status="done",
        reach=60,
        confidence=0.75,
    ),
    # "was not completed by", "had not been met by"
    _rule(
        "not done",
        r"\b(?:(?:was|were|has|have|had|is|are)\s+(?:still\s+)?not|(?:was|were|has|have|had)n['’]t)\s+(?:yet\s+|all\s+)?(?:been\s+)?"
        r"(?:fully\s+)?" + COMPLETED + r"\b",
        BY,
        status="missed",
        reach=60,
        confidence=0.85,
    ),
    # "failed to complete ... by", "should have been in place by"
    _rule(
        "failed",
        r"\b(?:did\s+not|didn['’]t|failed\s+to|unable\s+to|should(?=\s+have)|could\s+not)\s+" + ADVERBS + VERB,
        BY,
        status="missed",
        reach=90,
        confidence=0.8,
    ),
    # "overdue since", "missed its deadline of"
    _rule(
        "overdue",
        r"\boverdue(?:\s+since)?|\bmissed\s+(?:its|the|our|their|a)\s+(?:\w+\s+)?(?:deadline|target\s+date|due\s+date|milestone)",
        frozenset({"of", "from", "", "by"}),
        status="missed",
        reach=4,
        confidence=0.85,
    ),
)  # fmt: skip

GRADE_WORDS = r"(?:good|outstanding|requires\s+improvement)"

ACTION = re.compile(rf"^[\W\d]*(?:to\s+)?(?!increase\s+(?:in|of)\b){DEEDS}\b", re.IGNORECASE)
"""An action of a list opens with what to do: "Publish the strategy by June". Not "Increase in referrals"."""
