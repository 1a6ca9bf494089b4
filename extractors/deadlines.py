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

from extractors.deadline_sentences import View, cues_in, dates_in, lead_in_of, lead_of, pieces_of, row_label_of
from extractors.language import Passage
from extractors.milestones import due_cells
from extractors.promise_of_date import promise_for
from extractors.promised_words import Promise
from extractors.promising import BY, GRADE_WORDS, one_of
from schema.evidence import Reading
from schema.paper import Table
from schema.period import Period, PeriodKind, add_months
from schema.period_words import Lean, PeriodWords, Resolved, resolve
from schema.records import Deadline, Grade

GRADE = re.compile(
    rf"['‘’\"“](?P<quoted>{GRADE_WORDS})['’\"”]"
    r"|\b"
    + one_of("""rated, judged, graded, judgement of, rating of, grade of, standard of, at least, become, becoming, be, an?, to, achieve,
        achieving, reach""")
    + rf"\s+(?:(?:at\s+least|as)\s+)?(?:an?\s+)?(?P<plain>{GRADE_WORDS})"
    r"(?=\s+(?:or\s+(?:better|outstanding)|overall|rating|judgement|grade|standard|(?:children['’]s\s+)?services?|by|in|within|before"
    r"|between|at\s+the\s+next)\b|,|\s*$)",
    re.IGNORECASE,
)
"""A grade that is promised: "a standard of at least 'good'", "rated good by". Not "good progress by"."""

_LONGEST_QUOTE = 1500

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


def find_deadlines(passages: Sequence[Passage]) -> list[Deadline]:
    """Every deadline that the passages of one report promise, keep or miss, in reading order."""
    found: list[Deadline] = []
    due: dict[int, list[Reading]] = {}  # by table
    lead_in = ""
    for passage in passages:
        part = passage.context.part
        lead_in = lead_in_of(passage, lead_in)
        if isinstance(part, Table):
            if id(part) not in due:
                due[id(part)] = due_cells(part, passage.context)
            if passage.reading in due[id(part)]:
                continue  # `extractors.milestones` reads it
        for at, whole in enumerate(passage.sentences):
            for sentence in pieces_of(passage.text, whole):
                if periods := dates_in(passage, sentence):
                    cues = tuple(cues_in(passage.text, sentence))
                    found += _in_sentence(View(passage, at, sentence, periods, cues, lead_in))
    return found


def _in_sentence(view: View) -> Iterator[Deadline]:
    previous: Promise | None = None
    for words in view.periods:
        promise = promise_for(view, words, previous)
        deadline = _record(view, words, promise) if promise else None
        if promise and deadline:
            previous = promise
            yield deadline


def _record(view: View, words: PeriodWords, promise: Promise) -> Deadline | None:
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


def _due(view: View, words: PeriodWords, promise: Promise) -> Resolved | None:
    """What the date means. Without a year it lies ahead unless the month has only just passed; what is done lies behind."""
    said_on = view.passage.context.said_on
    behind = resolve(words, said_on, Lean.PAST)
    if promise.status != "planned":
        return behind
    ahead = resolve(words, said_on, Lean.FUTURE)
    if ahead is None or behind is None or said_on is None or not ahead.inferred:
        return ahead
    lead = lead_of(view, words).word
    patience = 0 if lead == "until" else 31 if lead in BY else 62
    if (ahead.period.start - said_on).days <= 200:
        return ahead
    if 0 < (said_on - behind.period.end).days <= patience:
        return behind
    return None if view.text[promise.start : promise.end].count(" would ") else ahead


def _is_out_of_time(due: Period, said_on: date | None, promise: Promise) -> bool:
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


def _quote(view: View, promise: Promise) -> str:
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
    label = row_label_of(view)
    return f"{label} | {words}" if label else words
