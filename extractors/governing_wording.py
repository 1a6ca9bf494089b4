"""Whether a wording of promising governs a date, and not a state, an amount, a forecast, an event or a supposition instead."""

from __future__ import annotations

import re

from extractors.deadline_sentences import BLOCKS, PARTICIPLE_AT_END, Cue, Lead, View, in_brackets, lies_ahead
from extractors.promised_words import subject_before
from extractors.promising import ACTION, BY, one_of
from schema.period import PeriodKind
from schema.period_words import PeriodWords

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

SUPPOSED = re.compile(r"\b(?:if|when|once|unless|until|since|after|before|following)\b", re.IGNORECASE)
"""What is said of another event, before "work starts in March" or "the trust launched in October"."""

TO_STAY = re.compile(
    r"\bto\s+(?:stay|remain|exceed|rise|fall|increase|grow|cost|continue|be\s+(?:£|\d))", re.IGNORECASE
)


def governs(view: View, cue: Cue, lead: Lead, words: PeriodWords) -> bool:
    """Whether a wording before a date is what the date is of."""
    gap = view.text[cue.end : lead.start]
    if lead.word not in cue.rule.prepositions and not _at_meeting(view, lead, words, gap):
        return False
    if (
        len(gap) > cue.rule.reach
        or BLOCKS.search(gap)
        or PARTICIPLE_AT_END.search(gap)
        or in_brackets(view.text, gap, words)
    ):
        return False
    if not _fits(view.text[cue.start : cue.end], cue, lead, gap, words):
        return False
    if cue.rule.name == "agreed to" and lead.word not in BY and not lies_ahead(view, words):
        return False  # "in May the panel agreed to close it"
    return not _is_no_deed(view, cue, lead, gap) and not _is_event(view, cue, lead, words, gap)


_MEETING = re.compile(r"\bmeeting\s*$", re.IGNORECASE)

_MEETS = re.compile(r"^\s*(?:meeting|session|cabinet|committee|council|board|panel)\b", re.IGNORECASE)


def _at_meeting(view: View, lead: Lead, words: PeriodWords, gap: str) -> bool:
    """'At the meeting of 3 May', 'to the next meeting on 3 May', 'to the September meeting'."""
    if words.kind not in (PeriodKind.DAY, PeriodKind.MONTH):
        return False
    if lead.word == "of":
        return bool(_MEETING.search(gap))
    between = view.text[lead.start : words.start]
    return lead.word == "to" and bool(re.search(r"\bmeeting\b", between) or _MEETS.match(view.text[words.end :]))


def _fits(said: str, cue: Cue, lead: Lead, gap: str, words: PeriodWords) -> bool:
    """Whether preposition and wording go together."""
    whole_year = words.kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.QUARTER)  # "planned spending for 2024-25"
    match lead.word:
        case "":
            return (
                not gap.strip(" :–-(") and not whole_year
            )  # "scheduled to commence 30 Sept 19": right behind the verb
        case "until":
            return cue.rule.name in ("moved to", "has until") or bool(re.search(r"\bnot\b", said))
        case "for":
            return cue.rule.name == "target" or (not gap.strip() and not whole_year)
        case "from":
            return bool(STARTING.search(cue.verb or said))
        case _:
            return True


def _is_no_deed(view: View, cue: Cue, lead: Lead, gap: str) -> bool:
    """Whether what is said is no promise: a state, an amount, a forecast, something that runs out, a supposition."""
    verb = " ".join(cue.verb.split())
    said = view.text[cue.start : cue.end]
    before = view.text[view.sentence.start : cue.start]
    if cue.rule.name == "was reported":
        return not REPORTABLE.search(subject_before(view, cue)[1])
    if cue.rule.status == "done":
        counted = re.match(r"\W*\d", subject_before(view, cue)[1])  # "42 audits were completed": a figure
        return bool(re.search(r"[\d,]|\band\b", gap) or counted or SUPPOSED.search(before[-60:]))
    if re.search(r"\bas\s+$", before) or (cue.rule.name == "starts" and SUPPOSED.search(before[-60:])):
        return True  # "will end as planned on 31 March", "if work starts in March"
    if cue.rule.name == "anticipates":
        return bool(TO_STAY.search(gap))
    if cue.rule.name == "will" and said.lower().startswith("would"):
        return not DEED_OF_WOULD.match(verb)
    if re.search(r"\bdue\s+to\s", said) and not any(p.match(verb) for p in (DEED_OF_WOULD, ACTION, _TAKE)):
        return True  # "due to the closure", "due to lower demand"
    if cue.rule.name == "moved to" and re.match("extended", said, re.IGNORECASE):
        return not DATED.search(subject_before(view, cue)[1])  # a contract that is extended runs out then
    if cue.rule.name == "is to" and not verb.startswith("be "):
        return bool(_CONDITION.search(before) or PURPOSE.search(subject_before(view, cue)[1]))
    return _is_forecast(said, cue, gap) or _is_state(cue, lead, verb, gap)


_CONDITION = re.compile(r"\b(?:if|whether|how|what)\b[^,;]*$", re.IGNORECASE)


def _is_forecast(said: str, cue: Cue, gap: str) -> bool:
    """'Is expected to reach £22m', 'is projected to reach 640': how an amount is thought to turn out. What will be saved
    is promised by "will", and only expected by "is expected to"."""
    if cue.rule.name not in ("expected to", "expects to", "will", "anticipates") or not FORESEEN.search(said):
        return False
    if TOTAL_OF.match(cue.verb):
        return bool(AMOUNT.match(gap) or (cue.rule.name != "will" and COUNT.match(gap)))
    return cue.rule.name != "will" and bool(OUTCOME.match(cue.verb) and AMOUNT.match(gap))


_TAKE = re.compile(r"take\b")


def _is_state(cue: Cue, lead: Lead, verb: str, gap: str) -> bool:
    if re.fullmatch(r"have (?:an?|the|no)|be (?:in|at|over|above|below|under|no|an?|the)", verb, re.IGNORECASE):
        return (
            lead.word not in BY and cue.rule.name != "expected to"
        )  # "will have a plan by", "is due to have an update"
    if CHANGE.match(verb):
        forecast = cue.rule.name in ("expected to", "expects to")
        return forecast or lead.word not in BY or not re.search(r"\bto\b", gap)
    return bool(STATE.match(verb))


def _is_event(view: View, cue: Cue, lead: Lead, words: PeriodWords, gap: str) -> bool:
    """A visit, inspection or meeting on given days is an event. A window of months for an inspection is a deadline, and
    so is what must have happened by a date."""
    window = words.kind in (PeriodKind.SEASON, PeriodKind.QUARTER, PeriodKind.CALENDAR_YEAR, PeriodKind.FINANCIAL_YEAR)
    window |= words.kind is PeriodKind.RANGE and words.first.month != words.last.month and not words.first.day
    said = view.text[cue.start : cue.end]
    if cue.rule.name == "anticipates":
        return bool(INSPECTION.search(gap)) and not window and lead.word not in BY
    if not HAPPENS.search(said) or lead.word in BY:
        return False
    if re.search(r"\bbe\s+held$", said):
        return True
    subject = subject_before(view, cue)[1]
    head = re.split(r"\s+(?:of|from|by|in|with|to|at|for|on|as)\s+", subject)[0]
    if re.search(r"\b(?:take\s+place|occur)$", said) and not window:
        return bool(re.match(r"(?:this|it|these|they)\b", head, re.IGNORECASE) or INSPECTION.search(subject))
    return bool(EVENT.search(head)) and not (window and INSPECTION.search(head))
