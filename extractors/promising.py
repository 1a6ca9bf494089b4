"""The wordings of promising: how council papers say that something will be, should have been or was done by a date.

`extractors.deadlines` reads them together with the dates. Each rule is a wording found in papers of several councils; which
prepositions may lead from it to a date, and how far it reaches, is part of the rule.
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


LEAD = re.compile(
    r"(?:^|(?<=[\s(\[“\"'‘,:–—]))(?P<prep>"
    + "|".join(p.replace(" ", r"\s+") for p in sorted(PREPOSITIONS, key=len, reverse=True))
    + r")\s+(?:(?:(?:the|early|mid|late|later|latest|very|end|close|around|about|approximately|meeting|week\s+commencing|w/c)"
    r"|(?:start|beginning|middle|course|end|close|month|weeks?|(?:early|first|second|latter)\s+(?:part|half))\s+of"
    r"|(?<=later\s)in|(?<=meeting\s)(?:of|on)|by|in)[\s-]+)*$",
    re.IGNORECASE,
)
"""The words from a preposition to a date: "by the end of", "in early", "no later than the close of"."""

_ADVERBS = r"(?:(?:[a-z]+ly|now|also|then|all|both|still|not|once|again|therefore|however|first|soon|next|either|instead)\s+){0,3}"
_ADVERBS_YET = r"(?:(?:[a-z]+ly|now|also|then|all|both|since)\s+){0,3}"
_BE = r"\b(?:is|are|was|were|be|been|being|remains?|(?:had|has|have)\s+been)\s+" + _ADVERBS
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
_ACTION = one_of(
    """agree, achieve, appoint, approve, audit, build, carry out, circulate, close, commence, commission, complete, conduct,
        consult, convert, create, deliver, design, develop, draft, embed, ensure, establish, evaluate, expand, finali[sz]e, fill,
        identify, implement, improve, increase, introduce, launch, move, open, pilot, prepare, present, procure, produce,
        publish, put, recruit, reduce, refresh, relaunch, replace, report, review, revise, roll out, scope, set up, sign off,
        strengthen, submit, test, train, transfer, undertake, update, upgrade"""
)
"""What there is to do, as the verb that opens an action of a list."""
_PARTICLE = r"(?:\s+(?:out|off|up|back)\b)?"
VERB = (
    r"(?P<verb>be\s+" + _ADVERBS + one_of("in place, in post, in force, put in place, up and running") + r"\b"
    r"|be\s+"
    + _ADVERBS
    + r"(?:able\s+to\s+)?[\w£’'-]+"
    + _PARTICLE
    + r"|have\s+"
    + _ADVERBS
    + r"(?:been\s+)?"
    + _ADVERBS
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
    _rule("will", r"(?:\b(?:will|shall|would)|['’]ll)\s+" + _ADVERBS + VERB, ANY | ADJACENT, confidence=0.95),
    # "is due to open", "are expected to be filled", "scheduled to commence", "on track to deliver", "set to begin"
    _rule(
        "expected to",
        rf"(?:{_BE})?{_ADVERBS}\b(?:{_EXPECTED}|set|aiming|hoping|planning|looking)\s+to\s+{_ADVERBS}{VERB}",
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
        r"\b(?:is|are|was|were)\s+" + _ADVERBS + r"to\s+" + _ADVERBS + r"(?P<verb>be\s+" + _ADVERBS + r"[\w-]+" + _PARTICLE
        + rf"|(?:{_ACTION}|go\s+live|take\s+(?:effect|over|up)|start|begin|return|join|receive|bring|provide|hold)\b)",
        confidence=0.95,
    ),
    # "a review, to be completed in", "actions to be delivered by"
    _rule("to be", r"\bto\s+" + _ADVERBS + r"be\s+" + _ADVERBS + COMPLETED + r"\b"),
    # "aims to achieve", "aims for services to be", "we plan to open", "hopes to", "wants this figure to reach"
    _rule(
        "aims",
        r"\b(?:(?:aim|intend|plan|hope|aspire)(?:s|ed|ned|ing|ning)?\s+to|(?:aim|hope)(?:s|ed|ing)?\s+for"
        r"|wants?\s+(?:[\w’']+\s+){0,6}?to)\b",
        promised="after",
    ),
    # "the ambition is to", "our target remains for"
    _rule("aim is", rf"\b{_AIM}s?\s+(?:is|are|was|remains?)\s+{_ADVERBS}(?:to|for|that)\b", promised="after"),
    # "it is our intention to reduce", "with the aim of opening"
    _rule(
        "an aim",
        rf"\bit\s+(?:is|was|remains)\s+(?:[\w’']+\s+){{1,4}}?{_AIM}\s+(?:to|that)\b"
        rf"|\bwith\s+(?:the|an?)\s+{_AIM}\s+of\b|\bwith\s+a\s+view\s+to\b",
        promised="after",
    ),
    # in a resolution (`extractors.deadlines` sees to it): "That a report be brought to the meeting in June"
    _rule("resolved", r"\bbe\s+" + _ADVERBS + COMPLETED + r"\b", BY | AT | {"from"}, reach=110),
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
        + _ADVERBS + VERB,
        BY,
        confidence=0.85,
    ),
    # "has agreed to fund a clinic from", "pledged to open three hubs in"
    _rule(
        "agreed to",
        rf"\b(?:committed|undertaken|agreed|pledged|promised)\s+to\s+{_ADVERBS}{VERB}",
        BY | {"from", "in", "during"},
        confidence=0.85,
    ),
    # "we anticipate the inspection between", "the plan expects at least 75% by", "expects to open"
    _rule("anticipates", r"\b(?:anticipate|expect|envisage)s?\b(?!\s+to\b)(?:\s+that)?", promised="after", reach=120, confidence=0.85),
    _rule("expects to", rf"\b(?:anticipate|expect|envisage)s?\s+to\s+{_ADVERBS}{VERB}", promised="after", reach=120, confidence=0.85),
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
        r"\b(?:did\s+not|didn['’]t|failed\s+to|unable\s+to|should(?=\s+have)|could\s+not)\s+" + _ADVERBS + VERB,
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

NAMED_DATE = re.compile(
    r"(?P<name>\b(?:"
    + one_of("""due, target, completion, delivery, launch, implementation, go[\\s-]live, start, closing, submission, review, planned,
        expected, anticipated, revised, agreed, original, new, proposed""")
    + r"\s+){1,3}dates?\b|\b(?:(?:revised|original|new|statutory)\s+)?(?:deadlines?|timescales?|timeframe|milestone)\b"
    + r"|\b" + one_of("re-?\\s?inspection, inspection, delivery, implementation, submission") + r"\s+window\b|\bcut-off(?:\s+date)?\b)"
    r"(?P<of>\s+(?:for|to)\s+[^.;:]{3,90}?)?"
    r"\s*(?:\b(?:is|are|was|were|has\s+been|will\s+be|remains?)\s+" + _ADVERBS
    + r"(?:set\s+(?:for|at|as|to)|moved\s+to|revised\s+to|extended\s+to|agreed\s+as)?|\bof\b|\bset\s+(?:for|at|as)\b|[:–—-])"
    r"\s*(?:by|in|on|for|between|the)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)  # fmt: skip
"""A date that has a name: "a revised due date of", "the deadline for responses is", "our inspection window is therefore"."""

MISSED_AFTER = re.compile(
    r"^[^.;]{0,40}?\b(?:(?:was|were|has\s+been|have\s+been)\s+(?:\w+ly\s+)?(?:missed|not\s+(?:been\s+)?(?:met|achieved|kept))"
    r"|has\s+(?:not\s+been\s+met|passed))",
    re.IGNORECASE,
)
_NOT_DONE = (
    r"(?:(?:has|have|had|was|were|is|are|did|does|do)\s*(?:still\s+|yet\s+)?(?:not|n['’]t)\s+(?:yet\s+|all\s+|now\s+|fully\s+)*(?:been\s+|be\s+)?(?:fully\s+)?"
    r"(?:"
    + COMPLETED
    + r"|complete|happen(?:ed)?|occur(?:red)?|take\s+place|kept|done|possible|begin|start|open|materiali[sz]ed?|proceed(?:ed)?)\b"
    r"|(?:has|have|had|is|are)\s+(?:still\s+)?(?:yet|still)\s+to\s+(?:be\s+)?\w+"
    r"|(?:(?:has|have|had|was|were|is|are)\s+)?(?:now\s+|since\s+|again\s+|also\s+|subsequently\s+|unfortunately\s+)*(?:been\s+)?"
    r"(?:slipped|delayed|missed|put\s+back|pushed\s+back|postponed|overdue|behind\s+schedule)\b"
    r"|(?:remains?|(?:is|are)\s+still)\s+(?:outstanding|incomplete|overdue|to\s+be\s+\w+))"
)
_HAS_DONE = (
    r"(?:(?:has|have|had)\s+(?:now\s+|since\s+|already\s+|all\s+|duly\s+|both\s+|fully\s+|successfully\s+)*(?:been\s+(?:fully\s+|successfully\s+)?)?"
    r"(?:completed|achieved|met|delivered|done|concluded|finished|implemented|(?:re-?)?launched|(?:re-?)?opened|introduced|published"
    r"|submitted|signed\s+off|started|commenced|begun|gone\s+live|rolled\s+out|filled|recruited|appointed)\b"
    r"|(?:was|were)\s+(?:duly\s+|fully\s+|successfully\s+)*(?:achieved|met|completed|kept)\b"
    r"|(?:is|are)\s+now\s+(?:all\s+|fully\s+)?(?:complete|completed|open|in\s+place|in\s+post|live|operational|up\s+and\s+running))"
    r"(?=\s*(?:[.,;:()–]|$)|\s+(?:and|but|on|in|at|as|ahead|within|following|after)\b)"  # "has completed two of four" is not all
)
_NEXT_CLAUSE = (
    r"^(?:\s+at\s+the\s+latest)?[\s,;:()–—-]*(?:(?:and|but|however|though|although|yet|unfortunately),?\s+)*"
    r"(?:(?:this|that|it|these|they|which|none|all|both|the)\s+)?(?:(?:work|date|target|deadline|milestone|timescale)\s+)?"
)
_NEXT_SENTENCE = (
    r"^(?:(?:however|unfortunately|but|sadly|regrettably),?\s+)?(?:this|that|it|these|they|both|none|all"
    r"|the\s+" + one_of("work, deadline, target, date, milestone, timescale, move, launch, opening, project, action, task")
    + r")\s+(?:(?:date|target|deadline|work|action|milestone|timescale|too)\s+)?"
)  # fmt: skip
MISSED_SINCE = re.compile(_NEXT_CLAUSE + _NOT_DONE, re.IGNORECASE)
"""What follows a date that was not kept: "; this has not been achieved", "but has slipped"."""
MISSED_NEXT = re.compile(_NEXT_SENTENCE + _NOT_DONE, re.IGNORECASE)
"""... and the sentence after it: "This has been delayed"."""
DONE_SINCE = re.compile(_NEXT_CLAUSE + _HAS_DONE, re.IGNORECASE)
"""What follows a date that was kept: "and has now opened"."""
DONE_NEXT = re.compile(_NEXT_SENTENCE + _HAS_DONE, re.IGNORECASE)
LAID_DOWN = re.compile(r"\b(?:was|were|had|been|should\s+have|promised|originally|previously)\b", re.IGNORECASE)
"""A promise told of as past: "was due to open"."""
ORIGINALLY = re.compile(r"\b(?:originally|previously|initially)\b", re.IGNORECASE)

_GRADE_WORDS = r"(?:good|outstanding|requires\s+improvement)"
GRADE = re.compile(
    rf"['‘’\"“](?P<quoted>{_GRADE_WORDS})['’\"”]"
    r"|\b"
    + one_of("""rated, judged, graded, judgement of, rating of, grade of, standard of, at least, become, becoming, be, an?, to, achieve,
        achieving, reach""")
    + rf"\s+(?:(?:at\s+least|as)\s+)?(?:an?\s+)?(?P<plain>{_GRADE_WORDS})"
    r"(?=\s+(?:or\s+(?:better|outstanding)|overall|rating|judgement|grade|standard|(?:children['’]s\s+)?services?|by|in|within|before"
    r"|between|at\s+the\s+next)\b|,|\s*$)",
    re.IGNORECASE,
)
"""A grade that is promised: "a standard of at least 'good'", "rated good by". Not "good progress by"."""
GRADE_BY = re.compile(rf"['‘’\"“]{_GRADE_WORDS}['’\"”][^.;]{{0,60}}$", re.IGNORECASE)
"""A grade in quotation marks right before "by" and a date: "the requirements for 'good'"."""

BLOCKS = re.compile(
    r"[;:•]|\b"
    + one_of("""which, who, whose, whom, where, when, whilst, while, because, since, following, after, as a result, if, unless, than,
        despite, although, was, were, is, are, has, had, now that, received, took, taking, takes, published, issued, dated,
        inspected, visited, identified, compared, due to the, came, went, became, ended, ran, runs""")
    + r"\b",
    re.IGNORECASE,
)
"""What parts a date from the wording before it: the date is then of another verb."""
PARTICIPLE_AT_END = re.compile(
    r"(?<!and\s)(?<!or\s)(?<!,\s)\b(?!speed|indeed|unaccompanied)(?:\w{3,}ed|held|made|taken|given|written|begun|known|seen|brought)\s*$"
)
"""The date is of a participle: "the plan agreed in March"."""

STATE = re.compile(
    "^(?:be\\s+(?:\\w+ly\\s+)?"
    + one_of("""aged, subject, responsible, in force, based, about, approximately, unable, more, less, higher, lower, aware, affected,
        needed, an?, the, no, those, one, £\\S*, \\d\\S*, of, due, expected, anticipated, planned, scheduled, required, over, under, above,
        below, between, in, at, on, to, overspent, underspent, onsite, followed, possible, likely""")
    + "|"
    + one_of("""remains?, stays?, continue, expire, lapse, end, cease, cost, need, depend, exceed, require, include, cover, apply, affect,
        mean, result, focus, overspend, underspend, spend, total, amount, know, equate, generate, feature, be, have""")
    + ")$",
    re.IGNORECASE,
)
"""What is no deed: states, amounts, what runs out."""
CHANGE = re.compile(
    "^(?:be\\s+)?" + one_of("""rise, rising, grow, growing, increas(?:e|ing|ed), fall, falling, decreas(?:e|ing), reduc(?:e|ing|ed), recover,
        improve, drop, double, save""") + "$",
    re.IGNORECASE,
)  # fmt: skip
"""A measure that moves: a promise only with where it goes to ("will rise to 95% by")."""
DEED_OF_WOULD = re.compile(
    "^(?:(?:be|have|go|come\\s+into)\\s+.*|take\\s+(?:up|effect|over)|(?:start|begin|commence).*|"
    + one_of("open, launch, report, return, complete, finish, publish, present, submit, implement, introduce, receive")
    + ")$",
    re.IGNORECASE,
)
"""What "would" promises in reported speech; other uses of it suppose ("would be a risk")."""
RESOLVED = re.compile(
    r"(?:^[\W\d]*(?:\(?[ivxa-e\d]{1,4}[.)]\s*)?(?:(?:it\s+was\s+)?(?:resolved|agreed|recommended)\b[^.;]{0,40}?)?"
    r"|[.:;]\s+(?:\(?[ivxa-e\d]{1,4}[.)]\s*)?"
    r"|\band\s+(?=that\b)|\b(?:resolve[sd]?|agree[sd]?|recommend(?:s|ed)?|request(?:s|ed)?|ask(?:s|ed)?|propose[sd]?|suggest(?:s|ed)?|direct(?:s|ed)?|instruct(?:s|ed)?)\s+)"
    r"that\s+(?P<whose>(?:(?!\bthat\b)[^.;:])*)$",
    re.IGNORECASE,
)
"""The words of a resolution before its verb: "RESOLVED: That a report" (be brought)."""
MODAL = re.compile(  # with one of these it is no resolution: "that a report will be brought", "that a plan to be brought"
    r"\b(?:will|would|shall|should|can|could|may|might|must|cannot|to|not|is|are|was|were|has|have|had|which|who)\b",
    re.IGNORECASE,
)
OFFICERS = re.compile(
    r"\b" + one_of("officers?, director, head of [\\w\\s]+, service, council, cabinet, board, team, partnership, trust, chair, member, manager")
    + r"s?\s*$",
    re.IGNORECASE,
)  # fmt: skip
"""Whom a resolution tells to do something."""
FORESEEN = re.compile(  # what is thought to come, against what is meant to be
    r"\b(?:expect(?:s|ed)?|project(?:s|ed)|anticipate[sd]?|forecast|envisages?|hoped|estimated|in\s+line|poised|will|['’]ll)\b",
    re.IGNORECASE,
)
OUTCOME = re.compile(
    "^"
    + one_of(
        "reach, hit, peak, stand, total, avoid, save, generate, yield, release, reali[sz]e, achieve, deliver, bring, cut, secure, produce"
    )
    + "$",
    re.IGNORECASE,
)
"""Verbs that a forecast has with an amount of money ..."""
TOTAL_OF = re.compile("^" + one_of("reach, hit, peak, stand, total") + "$", re.IGNORECASE)
"""... and with any amount."""
AMOUNT = re.compile(
    r"^\W*(?:in\s+|at\s+|an?\s+|the\s+)?(?:(?:annual|net|gross|total|cumulative|further|additional|recurring|recurrent|cashable|ongoing|placement|revenue|full\s+year)\s+)*"
    r"(?:(?:savings?|costs?|benefits?|income|efficiencies|reductions?|deficit|expenditure|pressures?|overspend|spend(?:ing)?|surplus)\s+"
    r"(?:of|worth|by|to|totalling)?\s*)?"
    r"(?:(?:up\s+to|around|about|approximately|some|over|nearly|almost|more\s+than|at\s+least|between|an?\s+estimated|a\s+further|as\s+much\s+as)\s+)*£",
    re.IGNORECASE,
)
"""How much, after "is expected to reach", "to avoid costs of up to": a forecast, and no promise."""
COUNT = re.compile(
    r"^\W*(?:(?:up\s+to|around|about|approximately|some|over|nearly|almost|more\s+than|between)\s+)*\d", re.IGNORECASE
)
DATED = re.compile(
    r"\b(?:deadline|date|timescale|timetable|target|completion|launch|opening|implementation|delivery|submission|go[\s-]live|roll[\s-]?out)s?\b",
    re.IGNORECASE,
)
"""What has a date that may be put off; other things that are extended to a date run out then."""
PURPOSE = re.compile(r"\b(?:purpose|role|task|function|duty|remit|challenge|question|issue)s?\b", re.IGNORECASE)
"""What "is to reduce" without a promise."""
STARTING = re.compile(
    "start|begin|commence|launch|open|live|place|in\\s+post|available|operational|effect|force|deliver|introduc|implement|offer|extend|roll|adopt|"
    "transfer|inherit|use|mov|fund|provid|run|\\bpay\\b",
    re.IGNORECASE,
)
"""What may be promised "from" a date."""
REPORTABLE = re.compile(r"\b(?:review|strategy|plan|policy|framework)s?\b", re.IGNORECASE)

EVENT = re.compile(
    r"\b"
    + one_of("""visits?, inspections?, re-?\\s?inspections?, meetings?, board, committee, cabinet, council, conference, summit, hearing,
        appeal, elections?, referendum, sessions?, ofsted, inspectors, cqc""")
    + "$",
    re.IGNORECASE,
)
HAPPENS = re.compile(
    r"\b"
    + one_of("""take place, occur, be held, be on, meet, sit, visit, inspect, scheduled, planned, due, set, expected, anticipated,
        timetabled, happen""")
    + r"\s*$",
    re.IGNORECASE,
)
INSPECTION = re.compile(r"\b(?:(?:re-?\s?)?inspect(?:ions?)?|(?:monitoring|focused)\s+visits?)\b", re.IGNORECASE)

ACTION = re.compile(rf"^[\W\d]*(?:to\s+)?(?!increase\s+(?:in|of)\b){_ACTION}\b", re.IGNORECASE)
"""An action of a list opens with what to do: "Publish the strategy by June". Not "Increase in referrals"."""
ASSIGNED = re.compile(
    rf"^[\W\d]*[^.;:,()]{{3,90}}?\sto\s+{_ADVERBS}(?:{_ACTION}|be|have|hold|start|begin|bring|return|meet|provide|attend|join)\b",
    re.IGNORECASE,
)
"""... or with who or what is to do it: "All teams to have a plan by June"."""
TO_DO = re.compile(
    r"\b(?:will|shall|must|should|to)\s*:\s*$|\bwhat\s+(?:we|will|the\s+\w+\s+will|happens\s+next)\b|\bplan(?:s|ned)?\s+for\b|\b"
    + one_of("""priority, priorities, next steps?, recommendations?, recommended, recommends?, actions?, action plan, milestones?,
        commitments?, pledges, resolved, agreed""")
    + r"\b",
    re.IGNORECASE,
)
"""What is said over a list of things to do: "Priorities for 2024/25", "We will:"."""
DONE_SO_FAR = re.compile(
    r"\b(?:achiev\w+|completed?|completion|progress|delivered|undertaken|taken|carried\s+out|so\s+far|to\s+date|last|previous(?:ly)?"
    r"|past|found|identified|have\s+(?!agreed))\b",
    re.IGNORECASE,
)
"""... and over a list of what was done: "Actions taken since the inspection"."""
BIDDEN = re.compile(r"\b(?:will|shall|must|to)\s*:\s*$", re.IGNORECASE)
"""A lead-in that each item completes with a verb."""

CLAUSE_BREAK = re.compile(
    r"[;:]\s+|\s[–—-]\s+|[.!?]\s+|•\s*"
    r"|,\s+(?:and|but|so|with|while|whilst|although|as)\s+"
    r"|\b(?:and|but)\s+(?=(?:the|our|an?|this|these|it|we|that|all|new|its|work|there)\b)"
    r"|\bthat\s+(?=(?:the|this|these|our|an?|it|all|work)\b)"
    r"|\b(?:aims?|asked)\s+for\s+|^(?:however|therefore|meanwhile|additionally|alongside\s+this\s+work|in\s+addition|it\s+is\s+\w+\s+that),?\s+",
    re.IGNORECASE,
)
SUPPOSED = re.compile(r"\b(?:if|when|once|unless|until|since|after|before|following)\b", re.IGNORECASE)
"""What is said of another event, before "work starts in March" or "the trust launched in October"."""
TO_STAY = re.compile(
    r"\bto\s+(?:stay|remain|exceed|rise|fall|increase|grow|cost|continue|be\s+(?:£|\d))", re.IGNORECASE
)
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|should|must)\b", re.IGNORECASE)
CLAUSE_VERB = re.compile(
    FINITE.pattern
    + r"|\b\w{3,}ed\b|\b"
    + one_of("continues?, remains?, includes?, provides?, supports?, shows?, sets out")
    + r"\b",
    re.IGNORECASE,
)
"""What makes the words before "and the ..." a clause, and not one of two things that share a verb."""
PRONOUN = re.compile(r"^(?:this|these|it|they|that|those|which|we|all|both|there)$", re.IGNORECASE)
