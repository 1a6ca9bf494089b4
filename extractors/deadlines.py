"""Deadlines in prose: what was promised for when, whether it was kept, and the grade where a grade is promised.

A date makes a deadline only where a promise governs it. In each sentence the wordings of promising are found first
(`extractors.promising`: "will be completed", "is due to", "aims to", "went live", "was not completed"), then for each date,
with the preposition that leads up to it, the nearest wording before it decides, or for a date that opens the sentence the
first after it. What stands between the two must be free of other verbs and dates, or the date belongs to those.

Not deadlines: the paper's own date, visits of inspectors and meetings on given days (events), forecasts of amounts
("is expected to cost"), contracts that run out, and things long done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from extractors.language import Passage, Sentence
from extractors.milestones import due_cells, row_label
from extractors.promising import (
    ACTION,
    AMOUNT,
    ANY,
    ASSIGNED,
    AT,
    BIDDEN,
    BLOCKS,
    BY,
    CHANGE,
    CLAUSE_BREAK,
    CLAUSE_VERB,
    COMPLETED,
    COUNT,
    DATED,
    DEED_OF_WOULD,
    DONE_NEXT,
    DONE_SINCE,
    DONE_SO_FAR,
    EVENT,
    FINITE,
    FORESEEN,
    GRADE,
    GRADE_BY,
    HAPPENS,
    INSPECTION,
    LAID_DOWN,
    LEAD,
    MISSED_AFTER,
    MISSED_NEXT,
    MISSED_SINCE,
    MODAL,
    NAMED_DATE,
    OFFICERS,
    ORIGINALLY,
    OUTCOME,
    PARTICIPLE_AT_END,
    PREPOSITIONS,
    PRONOUN,
    PURPOSE,
    REPORTABLE,
    RESOLVED,
    RULES,
    STARTING,
    STATE,
    SUPPOSED,
    TO_DO,
    TO_STAY,
    TOTAL_OF,
    Rule,
    Status,
)
from schema.evidence import Reading
from schema.paper import BlockKind, Table
from schema.period import Period, PeriodKind, add_months, financial_year_of
from schema.period_words import Lean, PartialDate, PeriodWords, Resolved, resolve
from schema.records import Deadline, Grade

_LONGEST_SENTENCE = 2000
_LONGEST_QUOTE = 1500
_LONGEST_CLAUSE = 420
_LONGEST_SPAN = 700
_DONE_WITHIN = timedelta(days=184)
"""What was finished longer before the meeting than half a year is history, and no report on a promise."""
_STALE_AFTER = timedelta(days=100)
"""A report may carry over a plan whose day has just passed; a date further back belongs to something else."""
_GRADES: dict[str, Grade] = {
    "good": "good",
    "outstanding": "outstanding",
    "requires improvement": "requires improvement",
}


class _Cue(NamedTuple):
    """A wording of promising at `text[start:end]`; `verb` is what is to be done, as far as the wording names it."""

    start: int
    end: int
    rule: Rule
    verb: str


class _Lead(NamedTuple):
    """The preposition that leads up to a date ("" where there is none), and where it starts."""

    word: str
    start: int


class _Promise(NamedTuple):
    """A promise as found at `text[start:end]`: the words for what is promised, and how it was read."""

    start: int
    end: int
    subject: str
    status: Status
    confidence: float
    cue: _Cue | None = None


class _View(NamedTuple):
    """A sentence of a passage, with its dates and its wordings of promising, and the words that lead in its list."""

    passage: Passage
    at: int  # which sentence of the passage
    sentence: Sentence
    periods: tuple[PeriodWords, ...]
    cues: tuple[_Cue, ...]
    lead_in: str = ""

    @property
    def text(self) -> str:
        return self.passage.text


def find_deadlines(passages: Sequence[Passage]) -> list[Deadline]:
    """Every deadline that the passages of one report promise, keep or miss, in reading order."""
    found: list[Deadline] = []
    due: dict[int, list[Reading]] = {}  # by table
    lead_in = ""
    for passage in passages:
        part = passage.context.part
        lead_in = _lead_in(passage, lead_in)
        if isinstance(part, Table):
            if id(part) not in due:
                due[id(part)] = due_cells(part, passage.context)
            if passage.reading in due[id(part)]:
                continue  # `extractors.milestones` reads it
        for at, whole in enumerate(passage.sentences):
            for sentence in _pieces(passage.text, whole):
                if periods := _dates(passage, sentence):
                    cues = tuple(_cues(passage.text, sentence))
                    found += _in_sentence(_View(passage, at, sentence, periods, cues, lead_in))
    return found


def _lead_in(passage: Passage, before: str) -> str:
    """What is said over a list: the sentence with a colon before it, else the heading that it stands under."""
    part = passage.context.part
    if isinstance(part, Table):
        return ""
    if part.kind is BlockKind.ITEM and before.endswith(":"):
        return before
    if part.kind is not BlockKind.ITEM and passage.text.rstrip().endswith(":"):
        last = passage.sentences[-1]
        return passage.text[last.start : last.end]
    return part.headings[-1] if part.headings else ""


def _pieces(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence; one too long to be a sentence (a list run together, a broken file) in pieces."""
    start = sentence.start
    while sentence.end - start > _LONGEST_SENTENCE:
        end = text.find(" ", start + _LONGEST_SENTENCE, sentence.end)
        if end < 0:
            break
        yield Sentence(start, end)
        start = end + 1
    if sentence.end - start <= 2 * _LONGEST_SENTENCE:
        yield Sentence(start, sentence.end)


def _in_sentence(view: _View) -> Iterator[Deadline]:
    previous: _Promise | None = None
    for words in view.periods:
        promise = _promise_for(view, words, previous)
        deadline = _record(view, words, promise) if promise else None
        if promise and deadline:
            previous = promise
            yield deadline


# The dates of a sentence


def _dates(passage: Passage, sentence: Sentence) -> tuple[PeriodWords, ...]:
    said = [p for p in passage.periods if sentence.start <= p.start < sentence.end and not p.is_relative]
    return tuple(sorted([*(_moved(passage.text, p) for p in said), *_year_ends(passage, sentence)]))


_MOVED = re.compile(
    r"\b(?:slipped|delayed|put\s+back|pushed\s+back|deferred|postponed|rescheduled|extended|brought\s+forward|moved|revised|changed)\s+$",
    re.IGNORECASE,
)


def _moved(text: str, words: PeriodWords) -> PeriodWords:
    """'Slipped from May to July 2018' is no period from May to July: the second date is the new one."""
    m = re.match(r"from\s.*\s(?=to\s+)", text[words.start : words.end], re.IGNORECASE | re.DOTALL)
    if words.kind is not PeriodKind.RANGE or not m or not _MOVED.search(text[max(0, words.start - 20) : words.start]):
        return words
    start = words.start + m.end() + len("to ")
    year = words.last.year or words.first.year
    kind = PeriodKind.DAY if words.last.day else PeriodKind.MONTH
    last = words.last._replace(year=year)
    return words._replace(start=start, kind=kind, first=last, last=last)


_YEAR_END = re.compile(
    r"(?:by|before)\s+(?P<words>(?:the\s+)?end\s+of\s+(?P<which>this|the|the\s+current|next|the\s+next|the\s+coming)\s+"
    r"(?:(?P<kind>financial|calendar|academic|school)\s+)?year)\b(?!\s+(?:\d|of\b|ending|to\b))",
    re.IGNORECASE,
)


def _year_ends(passage: Passage, sentence: Sentence) -> Iterator[PeriodWords]:
    """'By the end of the financial year', 'before the end of the next academic year': counted from the meeting's day. A year
    of no kind is the calendar's."""
    said_on = passage.context.said_on
    if said_on is None:
        return
    for m in _YEAR_END.finditer(passage.text, sentence.start, sentence.end):
        ahead = 1 if re.search(r"next|coming", m["which"], re.IGNORECASE) else 0
        match (m["kind"] or "calendar").lower():
            case "financial":
                last = Period.financial_year(financial_year_of(said_on) + ahead).end
            case "calendar":
                last = Period.calendar_year(said_on.year + ahead).end
            case _:
                last = Period.academic_year(said_on.year - (said_on.month < 9) + ahead).end
        month = PartialDate(last.year, last.month)
        yield PeriodWords(m.start("words"), m.end("words"), PeriodKind.MONTH_END, month, month)


def _lead(view: _View, words: PeriodWords) -> _Lead:
    """The preposition before a date: its own ("between April and October") or the words before it ("by the end of")."""
    own = re.match(r"(between|from)\s", view.text[words.start : words.end], re.IGNORECASE)
    if own:
        return _Lead(own[1].lower(), words.start)
    m = LEAD.search(view.text[view.sentence.start : words.start])
    if m is None:
        return _Lead("", words.start)
    return _Lead(PREPOSITIONS[" ".join(m["prep"].lower().split())], view.sentence.start + m.start("prep"))


def _cues(text: str, sentence: Sentence) -> Iterator[_Cue]:
    """The wordings of promising in a sentence. "The aim is to open" is an aim, and not what "is to open"; a resolution's
    "be brought" and "report back" are wordings of promising in a resolution alone."""
    said = text[sentence.start : sentence.end]
    aims = [
        range(*m.span()) for rule in RULES if rule.name in ("aim is", "an aim") for m in rule.pattern.finditer(said)
    ]
    for rule in RULES:
        for m in rule.pattern.finditer(said):
            verb = m.groupdict().get("verb") or ""
            within_aim = rule.name == "is to" and not verb.startswith("be") and any(m.start() in aim for aim in aims)
            resolves = rule.name in ("resolved", "resolves")
            if within_aim or (resolves and not _is_resolved(said, m, rule.name)):
                continue
            yield _Cue(sentence.start + m.start(), sentence.start + m.end(), rule, verb)


def _is_resolved(said: str, verb: re.Match[str], rule: str) -> bool:
    """Whether "be brought" or "report back" is a resolution's: "That a report be", "that officers report". In "that the
    service review be noted" no verb but the last is."""
    m = RESOLVED.search(said[: verb.start()])
    if m is None or MODAL.search(m["whose"]):
        return False
    return rule == "resolved" or bool(OFFICERS.search(m["whose"]) and not re.search(r"\bbe\b", said[verb.end() :]))


# Which promise a date belongs to


def _promise_for(view: _View, words: PeriodWords, previous: _Promise | None) -> _Promise | None:
    """The promise of a date: its name ("due date of"), else the nearest wording before it, else the one that it shares
    with the date before ("by the end of August and X by the end of September"), else the wording that follows a date at
    the head of its sentence, else the action of a list."""
    lead = _lead(view, words)
    end = words.start + len(view.text[words.start : words.end].rstrip(" ."))
    if named := _named_date(view, words, end):
        return named
    before = [c for c in view.cues if c.end <= lead.start]
    cue = max(before, key=lambda c: (c.end, -c.start), default=None)
    parted = cue is not None and any(p.start < lead.start and p.end > cue.end for p in view.periods)
    if cue and not parted and _governs(view, cue, lead, words):
        return _as_it_turned_out(view, words, _governed(view, cue, lead, end, previous))
    if previous and (joined := _joined(view.text, lead, end, previous)):
        return joined
    if lead.word and re.fullmatch(r"[\W_]*(?:and\s+)?", view.text[view.sentence.start : lead.start]):
        after = min((c for c in view.cues if c.start >= end), key=lambda c: (c.start, -c.end), default=None)
        if after and _opens(view.text, after, lead, end):
            return _opened(view, after, lead, end)
    return _without_a_verb(view, words, lead, end)


def _governs(view: _View, cue: _Cue, lead: _Lead, words: PeriodWords) -> bool:
    """Whether a wording before a date is what the date is of."""
    gap = view.text[cue.end : lead.start]
    if lead.word not in cue.rule.prepositions and not _at_meeting(view, lead, words, gap):
        return False
    if (
        len(gap) > cue.rule.reach
        or BLOCKS.search(gap)
        or PARTICIPLE_AT_END.search(gap)
        or _in_brackets(view.text, gap, words)
    ):
        return False
    if not _fits(view.text[cue.start : cue.end], cue, lead, gap, words):
        return False
    if cue.rule.name == "agreed to" and lead.word not in BY and not _lies_ahead(view, words):
        return False  # "in May the panel agreed to close it"
    return not _is_no_deed(view, cue, lead, gap) and not _is_event(view, cue, lead, words, gap)


_MEETING = re.compile(r"\bmeeting\s*$", re.IGNORECASE)
_MEETS = re.compile(r"^\s*(?:meeting|session|cabinet|committee|council|board|panel)\b", re.IGNORECASE)


def _at_meeting(view: _View, lead: _Lead, words: PeriodWords, gap: str) -> bool:
    """'At the meeting of 3 May', 'to the next meeting on 3 May', 'to the September meeting'."""
    if words.kind not in (PeriodKind.DAY, PeriodKind.MONTH):
        return False
    if lead.word == "of":
        return bool(_MEETING.search(gap))
    between = view.text[lead.start : words.start]
    return lead.word == "to" and bool(re.search(r"\bmeeting\b", between) or _MEETS.match(view.text[words.end :]))


def _in_brackets(text: str, gap: str, words: PeriodWords) -> bool:
    """Whether the date stands in brackets that open in between and hold more than the date: an aside of its own."""
    return gap.count("(") > gap.count(")") and not text[words.end :].lstrip().startswith(")")


def _fits(said: str, cue: _Cue, lead: _Lead, gap: str, words: PeriodWords) -> bool:
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


def _lies_ahead(view: _View, words: PeriodWords) -> bool:
    """Whether a date is still to come (or nobody knows what day it is)."""
    said_on = view.passage.context.said_on
    due = resolve(words, said_on, Lean.FUTURE)
    return said_on is None or (due is not None and due.period.end >= said_on)


def _is_no_deed(view: _View, cue: _Cue, lead: _Lead, gap: str) -> bool:
    """Whether what is said is no promise: a state, an amount, a forecast, something that runs out, a supposition."""
    verb = " ".join(cue.verb.split())
    said = view.text[cue.start : cue.end]
    before = view.text[view.sentence.start : cue.start]
    if cue.rule.name == "was reported":
        return not REPORTABLE.search(_subject_before(view, cue)[1])
    if cue.rule.status == "done":
        counted = re.match(r"\W*\d", _subject_before(view, cue)[1])  # "42 audits were completed": a figure
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
        return not DATED.search(_subject_before(view, cue)[1])  # a contract that is extended runs out then
    if cue.rule.name == "is to" and not verb.startswith("be "):
        return bool(_CONDITION.search(before) or PURPOSE.search(_subject_before(view, cue)[1]))
    return _is_forecast(said, cue, gap) or _is_state(cue, lead, verb, gap)


_CONDITION = re.compile(r"\b(?:if|whether|how|what)\b[^,;]*$", re.IGNORECASE)


def _is_forecast(said: str, cue: _Cue, gap: str) -> bool:
    """'Is expected to reach £22m', 'is projected to reach 640': how an amount is thought to turn out. What will be saved
    is promised by "will", and only expected by "is expected to"."""
    if cue.rule.name not in ("expected to", "expects to", "will", "anticipates") or not FORESEEN.search(said):
        return False
    if TOTAL_OF.match(cue.verb):
        return bool(AMOUNT.match(gap) or (cue.rule.name != "will" and COUNT.match(gap)))
    return cue.rule.name != "will" and bool(OUTCOME.match(cue.verb) and AMOUNT.match(gap))


_TAKE = re.compile(r"take\b")


def _is_state(cue: _Cue, lead: _Lead, verb: str, gap: str) -> bool:
    if re.fullmatch(r"have (?:an?|the|no)|be (?:in|at|over|above|below|under|no|an?|the)", verb, re.IGNORECASE):
        return (
            lead.word not in BY and cue.rule.name != "expected to"
        )  # "will have a plan by", "is due to have an update"
    if CHANGE.match(verb):
        forecast = cue.rule.name in ("expected to", "expects to")
        return forecast or lead.word not in BY or not re.search(r"\bto\b", gap)
    return bool(STATE.match(verb))


def _is_event(view: _View, cue: _Cue, lead: _Lead, words: PeriodWords, gap: str) -> bool:
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
    subject = _subject_before(view, cue)[1]
    head = re.split(r"\s+(?:of|from|by|in|with|to|at|for|on|as)\s+", subject)[0]
    if re.search(r"\b(?:take\s+place|occur)$", said) and not window:
        return bool(re.match(r"(?:this|it|these|they)\b", head, re.IGNORECASE) or INSPECTION.search(subject))
    return bool(EVENT.search(head)) and not (window and INSPECTION.search(head))


def _governed(view: _View, cue: _Cue, lead: _Lead, end: int, previous: _Promise | None) -> _Promise:
    start, subject = _promised(view, cue, lead, previous)
    status, confidence = cue.rule.status, cue.rule.confidence
    if status == "planned" and ORIGINALLY.search(view.text[max(start, cue.start - 14) : cue.end]):
        status, confidence = "missed", 0.7
    elif status == "planned" and _DENIED.search(view.text[cue.start : cue.end]) and lead.word != "until":
        status = "missed"
    if lead.word in BY:
        confidence = min(0.97, confidence + 0.02)
    subject = _in_turn(view.text, end, subject or _tidy(view.text[start:end]))
    return _clause(view.text, start, end, subject, status, confidence, cue)


def _as_it_turned_out(view: _View, words: PeriodWords, promise: _Promise) -> _Promise:
    """A promise with what the clause or the sentence after it says became of it: "was due in May; this has slipped"."""
    if promise.status != "planned":
        return promise
    said_on = view.passage.context.said_on
    due = resolve(words, said_on, Lean.PAST)
    is_past = due is not None and said_on is not None and due.period.end < said_on
    is_told = promise.cue is not None and LAID_DOWN.search(view.text[promise.cue.start : promise.cue.end])
    if not is_past and not is_told:
        return promise
    rest = view.text[promise.end : view.sentence.end]
    is_last = not rest.strip(" .;,)")
    if is_last and view.at + 1 < len(view.passage.sentences):
        following = view.passage.sentences[view.at + 1]
        at, rest = following.start, view.text[following.start : following.end]
        missed, done = MISSED_NEXT.search(rest), DONE_NEXT.search(rest)
    else:
        at, missed, done = promise.end, MISSED_SINCE.search(rest), DONE_SINCE.search(rest)
    if m := missed or done:
        return promise._replace(end=at + m.end(), status="missed" if missed else "done")
    return promise


_DENIED = re.compile(r"\b(?:will|would|is|are|was|were)\s+not\b", re.IGNORECASE)


def _promised(view: _View, cue: _Cue, lead: _Lead, previous: _Promise | None) -> tuple[int, str]:
    """The words for what a wording promises, and where its clause starts."""
    start, subject = _subject_before(view, cue)
    rest = _tidy(view.text[cue.end : lead.start])
    rest = re.sub(r"\s+at\s+(?:its|the|their)\s+(?:next\s+)?meeting$", "", rest)
    if cue.rule.promised == "in":
        words = _tidy(view.text[cue.start : lead.start])
        words = re.sub(r"^targets?\s+(?:is|are|was|remains?)\s+(?:to\s+)?", "", words)
        return (cue.start if len(words) > 30 else start), words
    if re.fullmatch(r"(?:\w+ed)?", subject) and not rest and (label := _label(view)):
        return start, label.split(" | ")[-1]  # "Completed March 2023", in the row of what was completed
    if cue.rule.name == "for completion" and previous:
        return cue.start, previous.subject
    if cue.rule.promised == "after" or (_is_active(cue.verb) and rest):
        to = "to " if re.match(r"\s*to\s", view.text[cue.end : lead.start]) and not rest.startswith("to ") else ""
        return start, _tidy(f"{re.sub('^have ', '', cue.verb)} {to}{rest}")
    if cue.rule.name == "resolved" and (said := RESOLVED.search(view.text[view.sentence.start : cue.start])):
        return view.sentence.start + said.start("whose"), _tidy(said["whose"])
    if not subject or PRONOUN.match(subject):
        return _spoken_of(view, start, cue.end)
    if len(subject.split()) < 3 and len(rest.split()) > 1 and cue.rule.name != "moved to":
        # "work expected to start on site", "a report will be prepared for Council"
        return start, _tidy(view.text[start : lead.start])
    return start, subject


_IN_TURN = re.compile(r"(?:\s+and\s+[\w\s]{3,30})?,?\s+respectively\b", re.IGNORECASE)


def _in_turn(text: str, end: int, subject: str) -> str:
    """'Reviews of the policy and the charges will be completed in August and June respectively': the first has the first."""
    things = re.split(r"\s+and\s+", subject)
    return things[0] if len(things) == 2 and _IN_TURN.match(text, end) else subject


def _next_in_turn(text: str, end: int, previous: _Promise) -> str:
    """... and the second the second."""
    said = text[previous.start : previous.end]
    rest = said[said.find(previous.subject) + len(previous.subject) :]
    other = re.match(rf"\s+and\s+(.+?)\s+{FINITE.pattern}", rest, re.IGNORECASE | re.DOTALL)
    return _tidy(other[1]) if other and _IN_TURN.match(text, end) else previous.subject


def _is_active(verb: str) -> bool:
    """'Recruit 35 social workers' promises what follows; 'be completed', 'go live', 'start' what stands before."""
    passive = r"(?:be|go|come|start|begin|commence|launch|open|close|conclude|run|follow|take\s+(?:place|effect))\b"
    return bool(verb) and not re.match(passive, verb, re.IGNORECASE)


def _opens(text: str, cue: _Cue, lead: _Lead, end: int) -> bool:
    """'By April 2019 we will have ...', 'Between April and June the team will ...'."""
    gap = text[end : cue.start]
    if cue.rule.name not in ("will", "expected to", "aims", "is to", "anticipates", "must"):
        return False
    if lead.word not in BY | AT | {"from"} or len(gap) > 120 or BLOCKS.search(gap):
        return False
    return not STATE.match(cue.verb) and not CHANGE.match(cue.verb) and not HAPPENS.search(cue.verb)


def _opened(view: _View, cue: _Cue, lead: _Lead, end: int) -> _Promise:
    tail = view.text[cue.end : view.sentence.end]
    finish = re.search(r"[;:•]|,\s+(?:which|and|but|so)\b|[.!?]?$", tail)
    stop = cue.end + (finish.start() if finish else len(tail))
    stop = min(stop, lead.start + _LONGEST_CLAUSE)
    subject = _tidy(view.text[end : cue.start])
    if _is_active(cue.verb) or not cue.verb or PRONOUN.match(subject):
        subject = _tidy(view.text[cue.end - len(cue.verb) : stop])
    return _Promise(lead.start, max(end, stop), subject, "planned", 0.8, cue)


def _joined(text: str, lead: _Lead, end: int, previous: _Promise) -> _Promise | None:
    """A second date of one promise: "by the end of August and full implementation by the end of September"."""
    between = text[previous.end : lead.start]
    if re.fullmatch(r"\s*,?\s*(?:and|or|/|&)\s*", between):
        if lead.word not in ANY | {""}:
            return None
        return previous._replace(
            end=end, subject=_next_in_turn(text, end, previous), confidence=min(previous.confidence, 0.8)
        )
    if previous.status != "planned" or lead.word not in BY | {"in", "from", "on"} or len(between) > 110:
        return None
    further = re.match(r"\s*,?\s*(?:and|with|then|followed\s+by)\s+(?P<subject>[^.;]{3,})$", between, re.DOTALL)
    if further is None or BLOCKS.search(between):
        return None
    if PARTICIPLE_AT_END.search(between) and not re.search(rf"\b{COMPLETED}\s*$", between):
        return None
    start = previous.end + further.start("subject")
    return _Promise(start, end, _tidy(further["subject"]), "planned", 0.8, previous.cue)


def _named_date(view: _View, words: PeriodWords, end: int) -> _Promise | None:
    """'With a revised due date of September 2018', 'the deadline for responses is 3 May', 'our inspection window is May
    to September', 'the milestone of 30 November was missed'."""
    m = NAMED_DATE.search(view.text[view.sentence.start : words.start])
    if m is None:
        return None
    name_at = view.sentence.start + m.start("name")
    start = _clause_start(view.text, view.sentence, name_at)
    subject = re.sub(r"^(?:for|to)\s+", "", _tidy(m["of"] or "")) or _tidy(view.text[start:name_at])
    if "window" in m["name"].lower():
        subject = _tidy(view.text[start : name_at + len(m["name"])])
    elif len(re.sub(r"^(?:the|a|an|our|its|this)\b", "", subject).strip()) < 4:
        of = re.match(
            r"\s+for\s+(\w[^.;:,]{2,80}?)(?=\s+(?:was|were|is|are|has|have|will)\b|[.,;]|$)",
            view.text[end : view.sentence.end],
        )
        subject = _tidy(of[1]) if of else _spoken_of(view, start, name_at)[1]
    if missed := MISSED_AFTER.search(view.text[end : view.sentence.end]):
        return _clause(view.text, start, end + missed.end(), subject, "missed", 0.85, None)
    status: Status = "missed" if re.search(r"original", m["name"], re.IGNORECASE) else "planned"
    return _clause(view.text, start, end, subject, status, 0.85, None)


def _without_a_verb(view: _View, words: PeriodWords, lead: _Lead, end: int) -> _Promise | None:
    """A grade ("the requirements for 'good' by April 2019"), or an action of a list ("Publish the strategy by June")."""
    if lead.word in BY and (grade := _grade_without_a_verb(view, lead, end)):
        return grade
    before = view.text[view.sentence.start : lead.start]
    if not _is_action(view, words, lead, before):
        return None
    promise = _clause(view.text, view.sentence.start, end, _tidy(before), "planned", 0.8, None)
    return _as_it_turned_out(view, words, promise)


def _grade_without_a_verb(view: _View, lead: _Lead, end: int) -> _Promise | None:
    start = _clause_start(view.text, view.sentence, lead.start)
    if grade := GRADE_BY.search(view.text[start : lead.start]):
        finite = list(FINITE.finditer(view.text[start : start + grade.start()]))
        start += finite[-1].end() if finite else 0
        return _clause(view.text, start, end, _tidy(view.text[start : lead.start]), "planned", 0.75, None)
    return None


def _is_action(view: _View, words: PeriodWords, lead: _Lead, before: str) -> bool:
    """Whether the words before a date are an action of a list. Under "Next steps" or "We will:" it may be for a date ("in
    October") or of somebody ("all teams to have"); in any list it opens with what to do and is by a date."""
    if BLOCKS.search(before) or len(before) >= 250:
        return False
    part = view.passage.context.part
    if lead.word in BY and (isinstance(part, Table) or part.kind is BlockKind.ITEM) and ACTION.match(before):
        return True
    opens = view.sentence.start == view.passage.sentences[0].start
    if isinstance(part, Table) or not opens or part.kind is BlockKind.HEADING or not _is_to_do(view.lead_in):
        return False
    at = lead.word in ("in", "on", "from", "during") and _lies_ahead(view, words)
    if _in_brackets(view.text, before, words) or not (lead.word in BY or (at and not PARTICIPLE_AT_END.search(before))):
        return False
    bidden = (
        part.kind is BlockKind.ITEM and BIDDEN.search(view.lead_in) and re.match(r"[a-z]+\s", before, re.IGNORECASE)
    )
    is_deed = bool(bidden or ACTION.match(before) or ASSIGNED.match(before))
    return is_deed and not FINITE.search(re.sub(r"\bto\s+have\b", "", before))


def _is_to_do(lead_in: str) -> bool:
    return bool(TO_DO.search(lead_in)) and not DONE_SO_FAR.search(lead_in)


# The words for what is promised

_LOOSE_END = re.compile(
    r"(?:[\s,;:(–—-]|(?<=[\s,(])(?:and|or|but|which|that|who|then|also|so|to|with|of|for|by|in|on|at|from|it|is|are|was|were|has|have|had"
    r"|been|be|being|will|a|an|the|now|still|formally|fully|currently|finally|recently|initially|originally|successfully|officially)"
    r"(?=[\s,;:(–—-]|$))+$",
    re.IGNORECASE,
)
_LOOSE_START = re.compile(
    r"^(?:[\s,;:–—•“”\"‘()*-]|(?:and|but|that|with|so|as|however|therefore|to)\b(?=\s))+", re.IGNORECASE
)


_LOOSE_WORD = re.compile(r"and|or|but|which|that|who|the|a|an|our|its|is|are|was|were|has|have|had|will", re.IGNORECASE)


def _tidy(words: str) -> str:
    """Words for a subject: one line, no loose conjunctions or brackets at the ends, the last thirty at most."""
    words = _LOOSE_END.sub("", _LOOSE_START.sub("", " ".join(words.split())))
    words = "" if _LOOSE_WORD.fullmatch(words) else words
    if words.count("(") > words.count(")"):
        words = words[: words.rfind("(")] or words
    return " ".join(words.split(" ")[-30:]).strip(' ,;:•“”"‘(')


def _clause_start(text: str, sentence: Sentence, before: int) -> int:
    """Where the clause before an offset starts. "The policy and the toolkit", "a hub where care
    leavers can get advice and a meal" are no two clauses."""
    start = sentence.start
    for m in CLAUSE_BREAK.finditer(text[sentence.start : before]):
        clause = text[start : sentence.start + m.start()]
        relative = bool(_RELATIVE.search(clause)) and not _main_verbs(clause)
        if m[0].startswith(("and", "but")) and (relative or not CLAUSE_VERB.search(clause)):
            continue
        start = sentence.start + m.end()
    return start


_RELATIVE = re.compile(r"\b(?:where|which|who|that)\b", re.IGNORECASE)
_IN_RELATIVE = re.compile(r"\b(?:where|which|who|that)\b(?:\s+[\w’'-]+){0,4}\s+$", re.IGNORECASE)


def _main_verbs(words: str) -> list[re.Match[str]]:
    """The finite verbs that are of no relative clause ("a hub where care leavers can get advice" has none)."""
    found = [m for m in FINITE.finditer(words) if m.start() > 0]
    return [m for m in found if not _IN_RELATIVE.search(words[: m.start()])]


def _subject_before(view: _View, cue: _Cue) -> tuple[int, str]:
    """The subject of a wording, and where it starts.

    "Phase one has started and will be completed" is of phase one; "the new team which will go live" of the new team; "reviews
    were agreed, and policies are due to be completed" of the policies.
    """
    text = view.text
    start = _clause_start(text, view.sentence, cue.start)
    if not _tidy(text[start : cue.start]):
        start = _clause_start(text, view.sentence, max(view.sentence.start, start - 6))
    words = text[start : cue.start]
    if re.search(r"\b(?:which|that|who)\s+$", words):
        found = list(re.finditer(r"\b(?:into|with|of|for|through|to|by|on|is|are)\s+(?=(?:the|a|an|our|new)\b)", words))
        low, high = (found[-1].end() if found else 0), len(words)
    else:
        low, high = _around_the_verb(words, has_auxiliary=bool(FINITE.match(text, cue.start)))
    subject = _tidy(words[low:high])
    skipped = len(words[low:high]) - len(_LOOSE_START.sub("", words[low:high]))
    return start + low + skipped, subject


def _around_the_verb(words: str, *, has_auxiliary: bool) -> tuple[int, int]:
    """Which part of the words before a wording is its subject, where another verb stands among them."""
    verbs = _main_verbs(words)
    if not verbs:
        return 0, len(words)
    after = words[verbs[-1].end() :]
    added = re.search(r"\b(?:and|but)\s+(?=\w+\s+\w)", after)
    if has_auxiliary and added:
        return verbs[-1].end() + added.end(), len(words)
    if has_auxiliary or not after.strip() or after.rstrip().endswith((",", "and", "but")):
        return 0, verbs[0].start()
    nearer = re.search(r"\bwith\s+(?=\w)", after)
    return verbs[-1].end() + (nearer.end() if nearer else 0), len(words)


def _spoken_of(view: _View, start: int, end: int) -> tuple[int, str]:
    """What "it", "this" or no subject at all stands for: the clause before, or the subject of the sentence before."""
    text = view.text
    clause = _tidy(text[view.sentence.start : start])
    for previous in reversed(view.passage.sentences[max(0, view.at - 2) : view.at]):
        if len(clause.split()) < 3:
            clause = _tidy(text[previous.start : previous.end].rstrip(". "))
    verb = FINITE.search(clause, 1)
    if verb and verb.start() > 16 and len(clause.split()) > 14:
        clause = _tidy(clause[: verb.start()])
    return start, clause if len(clause.split()) > 2 else _tidy(text[start:end])


def _clause(
    text: str, start: int, end: int, subject: str, status: Status, confidence: float, cue: _Cue | None
) -> _Promise:
    """The clause from its subject to its date; from the wording of promising on where that would be long."""
    loose = _LOOSE_START.match(text[start:end])
    start += loose.end() if loose else 0
    if end - start > _LONGEST_CLAUSE:
        start = cue.start if cue and end - cue.start <= _LONGEST_CLAUSE else text.find(" ", end - _LONGEST_CLAUSE) + 1
    return _Promise(start, end, subject or " ".join(text[start:end].split()), status, confidence, cue)


# The record


def _record(view: _View, words: PeriodWords, promise: _Promise) -> Deadline | None:
    passage = view.passage
    resolved = _due(view, words, promise)
    if resolved is None or _is_out_of_time(resolved.period, passage.context.said_on, promise):
        return None
    c = passage.context
    quote = _quote(view, promise)
    evidence = c.paper.evidence(c.part, passage.reading, promise.start, promise.end, quote)
    if evidence.end - evidence.start >= _LONGEST_SPAN:  # the reading left out much that stands in the source
        evidence = c.paper.evidence(c.part, passage.reading, words.start, words.end, quote)
    doubts = [
        name for name, holds in (("impossible", resolved.impossible), ("inferred:year", resolved.inferred)) if holds
    ]
    return Deadline(
        evidence=evidence,
        extractor="deadlines.prose",
        confidence=round(promise.confidence - (0.1 if resolved.inferred else 0), 2),
        doubts=tuple(doubts),
        subject=promise.subject,
        due=resolved.period,
        status=promise.status,
        grade=None if promise.status == "done" else _grade(view.text[promise.start : promise.end]),
        council=passage.context.council,
    )


def _due(view: _View, words: PeriodWords, promise: _Promise) -> Resolved | None:
    """What the date means. Without a year it lies ahead unless the month has only just passed; what is done lies behind."""
    said_on = view.passage.context.said_on
    behind = resolve(words, said_on, Lean.PAST)
    if promise.status != "planned":
        return behind
    ahead = resolve(words, said_on, Lean.FUTURE)
    if ahead is None or behind is None or said_on is None or not ahead.inferred:
        return ahead
    lead = _lead(view, words).word
    patience = 0 if lead == "until" else 31 if lead in BY else 62
    if (ahead.period.start - said_on).days <= 200:
        return ahead
    if 0 < (said_on - behind.period.end).days <= patience:
        return behind
    return None if view.text[promise.start : promise.end].count(" would ") else ahead


def _is_out_of_time(due: Period, said_on: date | None, promise: _Promise) -> bool:
    """Whether the date is the paper's own, or lies too far from it for what is said."""
    if promise.status == "done" and due.precision == "year":
        return True
    if said_on is None:
        return False
    if due.kind is PeriodKind.DAY and due.start == said_on:
        return True
    rule = promise.cue.rule.name if promise.cue else ""
    match promise.status:
        case "done" if rule not in ("was done", "went live", "done", "was reported"):
            return due.end < said_on - _DONE_WITHIN
        case "done":
            return due.start > said_on or due.end < said_on - _DONE_WITHIN
        case "missed":
            return due.start > add_months(said_on, 12)
        case _ if rule == "starts":
            return due.end < said_on
        case _ if rule in ("completion", "for completion", "target"):
            return due.end < said_on - timedelta(days=31)
        case _:
            return due.end < said_on - _STALE_AFTER


def _grade(clause: str) -> Grade | None:
    m = GRADE.search(" ".join(clause.split()))
    return _GRADES[" ".join((m["quoted"] or m["plain"]).lower().split())] if m else None


_POINTS_BACK = re.compile(r"\b(?:this|these|those|such|above|it|they|therefore|hence)\b", re.IGNORECASE)
_DEFINITE = re.compile(
    r"^(?:(?:delivery|completion|(?:full\s+)?implementation|launch|roll-?out|introduction)\s+of\s+)?(?:the|this|these|those|that|such)\b",
    re.IGNORECASE,
)


def _quote(view: _View, promise: _Promise) -> str:
    """The sentence, with up to three before it that it points back to ("Phase 1 of these changes will be implemented"), the
    one after it that says what became of the promise and, in a table, the words that head its row."""
    passage = view.passage
    clause = passage.text[promise.start : promise.end]
    definite = bool(_DEFINITE.match(promise.subject)) and len(promise.subject.split()) <= 6
    pointing = definite or bool(_POINTS_BACK.search(clause))
    first = view.at
    while pointing and first > 0 and view.at - first < 3:
        earlier = passage.sentences[first - 1]
        if view.sentence.end - earlier.start > _LONGEST_QUOTE:
            break
        first -= 1
        pointing = bool(_POINTS_BACK.search(passage.text[earlier.start : earlier.end]))
    start = view.sentence.start if first == view.at else passage.sentences[first].start
    end = max([view.sentence.end, *(s.end for s in passage.sentences if s.start < promise.end)])
    words = " ".join(passage.text[start:end].split())
    label = _label(view)
    return f"{label} | {words}" if label else words


def _label(view: _View) -> str | None:
    """In a table, the words that head the row."""
    passage = view.passage
    part = passage.context.part
    return row_label(part, passage.reading, passage.context) if isinstance(part, Table) else None
