"""The words of a paper for what is promised: the subject of a wording, its object, or what "it" stands for."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.deadline_sentences import RESOLVED, Cue, Lead, View, row_label_of
from extractors.language import Sentence
from extractors.promising import Status, one_of

CLAUSE_BREAK = re.compile(
    r"[;:]\s+|\s[–—-]\s+|[.!?]\s+|•\s*"
    r"|,\s+(?:and|but|so|with|while|whilst|although|as)\s+"
    r"|\b(?:and|but)\s+(?=(?:the|our|an?|this|these|it|we|that|all|new|its|work|there)\b)"
    r"|\bthat\s+(?=(?:the|this|these|our|an?|it|all|work)\b)"
    r"|\b(?:aims?|asked)\s+for\s+|^(?:however|therefore|meanwhile|additionally|alongside\s+this\s+work|in\s+addition|it\s+is\s+\w+\s+that),?\s+",
    re.IGNORECASE,
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

LONGEST_CLAUSE = 420


class Promise(NamedTuple):
    """A promise as found at `text[start:end]`: the words for what is promised, and how it was read."""

    start: int
    end: int
    subject: str
    status: Status
    confidence: float
    cue: Cue | None = None


def promised_by(view: View, cue: Cue, lead: Lead, previous: Promise | None) -> tuple[int, str]:
    """The words for what a wording promises, and where its clause starts."""
    start, subject = subject_before(view, cue)
    rest = tidied(view.text[cue.end : lead.start])
    rest = re.sub(r"\s+at\s+(?:its|the|their)\s+(?:next\s+)?meeting$", "", rest)
    if cue.rule.promised == "in":
        words = tidied(view.text[cue.start : lead.start])
        words = re.sub(r"^targets?\s+(?:is|are|was|remains?)\s+(?:to\s+)?", "", words)
        return (cue.start if len(words) > 30 else start), words
    if re.fullmatch(r"(?:\w+ed)?", subject) and not rest and (label := row_label_of(view)):
        return start, label.split(" | ")[-1]  # "Completed March 2023", in the row of what was completed
    if cue.rule.name == "for completion" and previous:
        return cue.start, previous.subject
    if cue.rule.promised == "after" or (is_active(cue.verb) and rest):
        to = "to " if re.match(r"\s*to\s", view.text[cue.end : lead.start]) and not rest.startswith("to ") else ""
        return start, tidied(f"{re.sub('^have ', '', cue.verb)} {to}{rest}")
    if cue.rule.name == "resolved" and (said := RESOLVED.search(view.text[view.sentence.start : cue.start])):
        return view.sentence.start + said.start("whose"), tidied(said["whose"])
    if not subject or PRONOUN.match(subject):
        return spoken_of(view, start, cue.end)
    if len(subject.split()) < 3 and len(rest.split()) > 1 and cue.rule.name != "moved to":
        # "work expected to start on site", "a report will be prepared for Council"
        return start, tidied(view.text[start : lead.start])
    return start, subject


_IN_TURN = re.compile(r"(?:\s+and\s+[\w\s]{3,30})?,?\s+respectively\b", re.IGNORECASE)


def in_turn(text: str, end: int, subject: str) -> str:
    """'Reviews of the policy and the charges will be completed in August and June respectively': the first has the first."""
    things = re.split(r"\s+and\s+", subject)
    return things[0] if len(things) == 2 and _IN_TURN.match(text, end) else subject


def next_in_turn(text: str, end: int, previous: Promise) -> str:
    """... and the second the second."""
    said = text[previous.start : previous.end]
    rest = said[said.find(previous.subject) + len(previous.subject) :]
    other = re.match(rf"\s+and\s+(.+?)\s+{FINITE.pattern}", rest, re.IGNORECASE | re.DOTALL)
    return tidied(other[1]) if other and _IN_TURN.match(text, end) else previous.subject


def is_active(verb: str) -> bool:
    """'Recruit 35 social workers' promises what follows; 'be completed', 'go live', 'start' what stands before."""
    passive = r"(?:be|go|come|start|begin|commence|launch|open|close|conclude|run|follow|take\s+(?:place|effect))\b"
    return bool(verb) and not re.match(passive, verb, re.IGNORECASE)


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


def tidied(words: str) -> str:
    """Words for a subject: one line, no loose conjunctions or brackets at the ends, the last thirty at most."""
    words = _LOOSE_END.sub("", _LOOSE_START.sub("", " ".join(words.split())))
    words = "" if _LOOSE_WORD.fullmatch(words) else words
    if words.count("(") > words.count(")"):
        words = words[: words.rfind("(")] or words
    return " ".join(words.split(" ")[-30:]).strip(' ,;:•“”"‘(')


def clause_start(text: str, sentence: Sentence, before: int) -> int:
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


def subject_before(view: View, cue: Cue) -> tuple[int, str]:
    """The subject of a wording, and where it starts.

    "Phase one has started and will be completed" is of phase one; "the new team which will go live" of the new team; "reviews
    were agreed, and policies are due to be completed" of the policies.
    """
    text = view.text
    start = clause_start(text, view.sentence, cue.start)
    if not tidied(text[start : cue.start]):
        start = clause_start(text, view.sentence, max(view.sentence.start, start - 6))
    words = text[start : cue.start]
    if re.search(r"\b(?:which|that|who)\s+$", words):
        found = list(re.finditer(r"\b(?:into|with|of|for|through|to|by|on|is|are)\s+(?=(?:the|a|an|our|new)\b)", words))
        low, high = (found[-1].end() if found else 0), len(words)
    else:
        low, high = _around_the_verb(words, has_auxiliary=bool(FINITE.match(text, cue.start)))
    subject = tidied(words[low:high])
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


def spoken_of(view: View, start: int, end: int) -> tuple[int, str]:
    """What "it", "this" or no subject at all stands for: the clause before, or the subject of the sentence before."""
    text = view.text
    clause = tidied(text[view.sentence.start : start])
    for previous in reversed(view.passage.sentences[max(0, view.at - 2) : view.at]):
        if len(clause.split()) < 3:
            clause = tidied(text[previous.start : previous.end].rstrip(". "))
    verb = FINITE.search(clause, 1)
    if verb and verb.start() > 16 and len(clause.split()) > 14:
        clause = tidied(clause[: verb.start()])
    return start, clause if len(clause.split()) > 2 else tidied(text[start:end])


def promise_of_clause(
    text: str, start: int, end: int, subject: str, status: Status, confidence: float, cue: Cue | None
) -> Promise:
    """The clause from its subject to its date; from the wording of promising on where that would be long."""
    loose = _LOOSE_START.match(text[start:end])
    start += loose.end() if loose else 0
    if end - start > LONGEST_CLAUSE:
        start = cue.start if cue and end - cue.start <= LONGEST_CLAUSE else text.find(" ", end - LONGEST_CLAUSE) + 1
    return Promise(start, end, subject or " ".join(text[start:end].split()), status, confidence, cue)
