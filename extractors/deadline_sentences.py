"""A sentence as deadlines are looked for in it: its dates with the prepositions that lead up to them, and its wordings of promising."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.language import Passage, Sentence
from extractors.milestones import row_label
from extractors.promising import PREPOSITIONS, RULES, Rule, one_of
from schema.paper import BlockKind, Table
from schema.period import Period, PeriodKind, financial_year_of
from schema.period_words import Lean, PartialDate, PeriodWords, resolve

LEAD = re.compile(
    r"(?:^|(?<=[\s(\[“\"'‘,:–—]))(?P<prep>"
    + "|".join(p.replace(" ", r"\s+") for p in sorted(PREPOSITIONS, key=len, reverse=True))
    + r")\s+(?:(?:(?:the|early|mid|late|later|latest|very|end|close|around|about|approximately|meeting|week\s+commencing|w/c)"
    r"|(?:start|beginning|middle|course|end|close|month|weeks?|(?:early|first|second|latter)\s+(?:part|half))\s+of"
    r"|(?<=later\s)in|(?<=meeting\s)(?:of|on)|by|in)[\s-]+)*$",
    re.IGNORECASE,
)
"""The words from a preposition to a date: "by the end of", "in early", "no later than the close of"."""

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

_LONGEST_SENTENCE = 2000


class Cue(NamedTuple):
    """A wording of promising at `text[start:end]`; `verb` is what is to be done, as far as the wording names it."""

    start: int
    end: int
    rule: Rule
    verb: str


class Lead(NamedTuple):
    """The preposition that leads up to a date ("" where there is none), and where it starts."""

    word: str
    start: int


class View(NamedTuple):
    """A sentence of a passage, with its dates and its wordings of promising, and the words that lead in its list."""

    passage: Passage
    at: int  # which sentence of the passage
    sentence: Sentence
    periods: tuple[PeriodWords, ...]
    cues: tuple[Cue, ...]
    lead_in: str = ""

    @property
    def text(self) -> str:
        return self.passage.text


def lead_in_of(passage: Passage, before: str) -> str:
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


def pieces_of(text: str, sentence: Sentence) -> Iterator[Sentence]:
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


def dates_in(passage: Passage, sentence: Sentence) -> tuple[PeriodWords, ...]:
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


def lead_of(view: View, words: PeriodWords) -> Lead:
    """The preposition before a date: its own ("between April and October") or the words before it ("by the end of")."""
    own = re.match(r"(between|from)\s", view.text[words.start : words.end], re.IGNORECASE)
    if own:
        return Lead(own[1].lower(), words.start)
    m = LEAD.search(view.text[view.sentence.start : words.start])
    if m is None:
        return Lead("", words.start)
    return Lead(PREPOSITIONS[" ".join(m["prep"].lower().split())], view.sentence.start + m.start("prep"))


def cues_in(text: str, sentence: Sentence) -> Iterator[Cue]:
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
            yield Cue(sentence.start + m.start(), sentence.start + m.end(), rule, verb)


def _is_resolved(said: str, verb: re.Match[str], rule: str) -> bool:
    """Whether "be brought" or "report back" is a resolution's: "That a report be", "that officers report". In "that the
    service review be noted" no verb but the last is."""
    m = RESOLVED.search(said[: verb.start()])
    if m is None or MODAL.search(m["whose"]):
        return False
    return rule == "resolved" or bool(OFFICERS.search(m["whose"]) and not re.search(r"\bbe\b", said[verb.end() :]))


def in_brackets(text: str, gap: str, words: PeriodWords) -> bool:
    """Whether the date stands in brackets that open in between and hold more than the date: an aside of its own."""
    return gap.count("(") > gap.count(")") and not text[words.end :].lstrip().startswith(")")


def lies_ahead(view: View, words: PeriodWords) -> bool:
    """Whether a date is still to come (or nobody knows what day it is)."""
    said_on = view.passage.context.said_on
    due = resolve(words, said_on, Lean.FUTURE)
    return said_on is None or (due is not None and due.period.end >= said_on)


def row_label_of(view: View) -> str | None:
    """In a table, the words that head the row."""
    passage = view.passage
    part = passage.context.part
    return row_label(part, passage.reading, passage.context) if isinstance(part, Table) else None
