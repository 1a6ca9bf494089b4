"""Which promise of its sentence a date belongs to, and what the sentence or the next says became of it."""

from __future__ import annotations

import re

from extractors.deadline_sentences import BLOCKS, PARTICIPLE_AT_END, Cue, Lead, View, in_brackets, lead_of, lies_ahead
from extractors.governing_wording import CHANGE, HAPPENS, STATE, governs
from extractors.promised_words import (
    FINITE,
    LONGEST_CLAUSE,
    PRONOUN,
    Promise,
    clause_start,
    in_turn,
    is_active,
    next_in_turn,
    promise_of_clause,
    promised_by,
    spoken_of,
    tidied,
)
from extractors.promising import ACTION, ADVERBS, ANY, AT, BY, COMPLETED, DEEDS, GRADE_WORDS, Status, one_of
from schema.paper import BlockKind, Table
from schema.period_words import Lean, PeriodWords, resolve

NAMED_DATE = re.compile(
    r"(?P<name>\b(?:"
    + one_of("""due, target, completion, delivery, launch, implementation, go[\\s-]live, start, closing, submission, review, planned,
        expected, anticipated, revised, agreed, original, new, proposed""")
    + r"\s+){1,3}dates?\b|\b(?:(?:revised|original|new|statutory)\s+)?(?:deadlines?|timescales?|timeframe|milestone)\b"
    + r"|\b" + one_of("re-?\\s?inspection, inspection, delivery, implementation, submission") + r"\s+window\b|\bcut-off(?:\s+date)?\b)"
    r"(?P<of>\s+(?:for|to)\s+[^.;:]{3,90}?)?"
    r"\s*(?:\b(?:is|are|was|were|has\s+been|will\s+be|remains?)\s+" + ADVERBS
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

GRADE_BY = re.compile(rf"['‘’\"“]{GRADE_WORDS}['’\"”][^.;]{{0,60}}$", re.IGNORECASE)
"""A grade in quotation marks right before "by" and a date: "the requirements for 'good'"."""

ASSIGNED = re.compile(
    rf"^[\W\d]*[^.;:,()]{{3,90}}?\sto\s+{ADVERBS}(?:{DEEDS}|be|have|hold|start|begin|bring|return|meet|provide|attend|join)\b",
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


def promise_for(view: View, words: PeriodWords, previous: Promise | None) -> Promise | None:
    """The promise of a date: its name ("due date of"), else the nearest wording before it, else the one that it shares
    with the date before ("by the end of August and X by the end of September"), else the wording that follows a date at
    the head of its sentence, else the action of a list."""
    lead = lead_of(view, words)
    end = words.start + len(view.text[words.start : words.end].rstrip(" ."))
    if named := _named_date(view, words, end):
        return named
    before = [c for c in view.cues if c.end <= lead.start]
    cue = max(before, key=lambda c: (c.end, -c.start), default=None)
    parted = cue is not None and any(p.start < lead.start and p.end > cue.end for p in view.periods)
    if cue and not parted and governs(view, cue, lead, words):
        return _as_it_turned_out(view, words, _governed(view, cue, lead, end, previous))
    if previous and (joined := _joined(view.text, lead, end, previous)):
        return joined
    if lead.word and re.fullmatch(r"[\W_]*(?:and\s+)?", view.text[view.sentence.start : lead.start]):
        after = min((c for c in view.cues if c.start >= end), key=lambda c: (c.start, -c.end), default=None)
        if after and _opens(view.text, after, lead, end):
            return _opened(view, after, lead, end)
    return _without_a_verb(view, words, lead, end)


def _governed(view: View, cue: Cue, lead: Lead, end: int, previous: Promise | None) -> Promise:
    start, subject = promised_by(view, cue, lead, previous)
    status, confidence = cue.rule.status, cue.rule.confidence
    if status == "planned" and ORIGINALLY.search(view.text[max(start, cue.start - 14) : cue.end]):
        status, confidence = "missed", 0.7
    elif status == "planned" and _DENIED.search(view.text[cue.start : cue.end]) and lead.word != "until":
        status = "missed"
    if lead.word in BY:
        confidence = min(0.97, confidence + 0.02)
    subject = in_turn(view.text, end, subject or tidied(view.text[start:end]))
    return promise_of_clause(view.text, start, end, subject, status, confidence, cue)


def _as_it_turned_out(view: View, words: PeriodWords, promise: Promise) -> Promise:
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


def _opens(text: str, cue: Cue, lead: Lead, end: int) -> bool:
    """'By April 2019 we will have ...', 'Between April and June the team will ...'."""
    gap = text[end : cue.start]
    if cue.rule.name not in ("will", "expected to", "aims", "is to", "anticipates", "must"):
        return False
    if lead.word not in BY | AT | {"from"} or len(gap) > 120 or BLOCKS.search(gap):
        return False
    return not STATE.match(cue.verb) and not CHANGE.match(cue.verb) and not HAPPENS.search(cue.verb)


def _opened(view: View, cue: Cue, lead: Lead, end: int) -> Promise:
    tail = view.text[cue.end : view.sentence.end]
    finish = re.search(r"[;:•]|,\s+(?:which|and|but|so)\b|[.!?]?$", tail)
    stop = cue.end + (finish.start() if finish else len(tail))
    stop = min(stop, lead.start + LONGEST_CLAUSE)
    subject = tidied(view.text[end : cue.start])
    if is_active(cue.verb) or not cue.verb or PRONOUN.match(subject):
        subject = tidied(view.text[cue.end - len(cue.verb) : stop])
    return Promise(lead.start, max(end, stop), subject, "planned", 0.8, cue)


def _joined(text: str, lead: Lead, end: int, previous: Promise) -> Promise | None:
    """A second date of one promise: "by the end of August and full implementation by the end of September"."""
    between = text[previous.end : lead.start]
    if re.fullmatch(r"\s*,?\s*(?:and|or|/|&)\s*", between):
        if lead.word not in ANY | {""}:
            return None
        return previous._replace(
            end=end, subject=next_in_turn(text, end, previous), confidence=min(previous.confidence, 0.8)
        )
    if previous.status != "planned" or lead.word not in BY | {"in", "from", "on"} or len(between) > 110:
        return None
    further = re.match(r"\s*,?\s*(?:and|with|then|followed\s+by)\s+(?P<subject>[^.;]{3,})$", between, re.DOTALL)
    if further is None or BLOCKS.search(between):
        return None
    if PARTICIPLE_AT_END.search(between) and not re.search(rf"\b{COMPLETED}\s*$", between):
        return None
    start = previous.end + further.start("subject")
    return Promise(start, end, tidied(further["subject"]), "planned", 0.8, previous.cue)


def _named_date(view: View, words: PeriodWords, end: int) -> Promise | None:
    """'With a revised due date of September 2018', 'the deadline for responses is 3 May', 'our inspection window is May
    to September', 'the milestone of 30 November was missed'."""
    m = NAMED_DATE.search(view.text[view.sentence.start : words.start])
    if m is None:
        return None
    name_at = view.sentence.start + m.start("name")
    start = clause_start(view.text, view.sentence, name_at)
    subject = re.sub(r"^(?:for|to)\s+", "", tidied(m["of"] or "")) or tidied(view.text[start:name_at])
    if "window" in m["name"].lower():
        subject = tidied(view.text[start : name_at + len(m["name"])])
    elif len(re.sub(r"^(?:the|a|an|our|its|this)\b", "", subject).strip()) < 4:
        of = re.match(
            r"\s+for\s+(\w[^.;:,]{2,80}?)(?=\s+(?:was|were|is|are|has|have|will)\b|[.,;]|$)",
            view.text[end : view.sentence.end],
        )
        subject = tidied(of[1]) if of else spoken_of(view, start, name_at)[1]
    if missed := MISSED_AFTER.search(view.text[end : view.sentence.end]):
        return promise_of_clause(view.text, start, end + missed.end(), subject, "missed", 0.85, None)
    status: Status = "missed" if re.search(r"original", m["name"], re.IGNORECASE) else "planned"
    return promise_of_clause(view.text, start, end, subject, status, 0.85, None)


def _without_a_verb(view: View, words: PeriodWords, lead: Lead, end: int) -> Promise | None:
    """A grade ("the requirements for 'good' by April 2019"), or an action of a list ("Publish the strategy by June")."""
    if lead.word in BY and (grade := _grade_without_a_verb(view, lead, end)):
        return grade
    before = view.text[view.sentence.start : lead.start]
    if not _is_action(view, words, lead, before):
        return None
    promise = promise_of_clause(view.text, view.sentence.start, end, tidied(before), "planned", 0.8, None)
    return _as_it_turned_out(view, words, promise)


def _grade_without_a_verb(view: View, lead: Lead, end: int) -> Promise | None:
    start = clause_start(view.text, view.sentence, lead.start)
    if grade := GRADE_BY.search(view.text[start : lead.start]):
        finite = list(FINITE.finditer(view.text[start : start + grade.start()]))
        start += finite[-1].end() if finite else 0
        return promise_of_clause(view.text, start, end, tidied(view.text[start : lead.start]), "planned", 0.75, None)
    return None


def _is_action(view: View, words: PeriodWords, lead: Lead, before: str) -> bool:
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
    at = lead.word in ("in", "on", "from", "during") and lies_ahead(view, words)
    if in_brackets(view.text, before, words) or not (lead.word in BY or (at and not PARTICIPLE_AT_END.search(before))):
        return False
    bidden = (
        part.kind is BlockKind.ITEM and BIDDEN.search(view.lead_in) and re.match(r"[a-z]+\s", before, re.IGNORECASE)
    )
    is_deed = bool(bidden or ACTION.match(before) or ASSIGNED.match(before))
    return is_deed and not FINITE.search(re.sub(r"\bto\s+have\b", "", before))


def _is_to_do(lead_in: str) -> bool:
    return bool(TO_DO.search(lead_in)) and not DONE_SO_FAR.search(lead_in)
