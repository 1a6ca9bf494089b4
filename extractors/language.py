"""The spaCy pipeline, put together in this one place: `spacy.blank("en")` with our own components, no model.

A passage is looked at in three steps, the cheap ones first, and all that is found is kept as character spans, so that
evidence stays exact: sentences, by the rules of committee papers ("Cllr. Jones" and "no. 1,043" end no sentence); dates
and numbers, by our own grammars (`schema.period_words`, `extractors.quantities`); and, in the passages that state a figure
or tell of an inspectorate, councils and other bodies, by spaCy's tokens and phrase matcher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from corpus.council_mentions import find_councils
from corpus.registries import bodies
from extractors.quantities import Quantity, find_quantities
from schema.evidence import Evidence, Reading, cut_reading
from schema.paper import Block, Paper, Table
from schema.period import Period
from schema.period_words import PeriodWords, find_periods


class Sentence(NamedTuple):
    """`passage.text[start:end]`, without white space at its ends."""

    start: int
    end: int


class BodyMention(NamedTuple):
    """`text[start:end]` names a body: a council or another ("statistical neighbours"), by its short name."""

    start: int
    end: int
    name: str
    kind: str  # council, national, neighbours, regional, other


class Context(NamedTuple):
    """What a passage inherits from where it stands: the paper, its report's meeting date, period and council, headings."""

    paper: Paper
    part: Block | Table
    said_on: date | None
    covers: Period | None
    council: str | None


class Passage(NamedTuple):
    """A run of prose (a paragraph, list item, heading, or a table cell) with what the pipeline found in it, by offset."""

    context: Context
    reading: Reading
    sentences: tuple[Sentence, ...]
    periods: tuple[PeriodWords, ...]
    bodies: tuple[BodyMention, ...]
    quantities: tuple[Quantity, ...]

    @property
    def text(self) -> str:
        return self.reading.text

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that an offset stands in."""
        for i, sentence in enumerate(self.sentences):
            if offset < sentence.end:
                return i
        return len(self.sentences) - 1

    def quote(self, offset: int) -> str:
        """The sentence that an offset stands in, on one line."""
        sentence = self.sentences[self.sentence_at(offset)]
        return " ".join(self.text[sentence.start : sentence.end].split())

    def evidence(self, start: int, end: int) -> Evidence:
        c = self.context
        return c.paper.evidence(c.part, self.reading, start, end, self.quote(start))


_ABBREVIATIONS = [
    "no",
    "nos",
    "cllr",
    "cllrs",
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "st",
    "sir",
    "rev",
    "hon",
    "rt",
    "para",
    "paras",
    "sec",
    "approx",
    "est",
    "incl",
    "exc",
    "excl",
    "inc",
    "dept",
    "vs",
    "fig",
    "figs",
    "ref",
    "p",
    "pp",
    "c",
    "ca",
    "cf",
    "i.e",
    "e.g",
    "etc",
    "viz",
    "al",
    "ed",
    "vol",
    "art",
    "reg",
    "regs",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "yr",
    "yrs",
]
_SENTENCE_END = re.compile(r"(?P<stop>[.!?]+[\"'’”)\]]*)\s+(?=[\"'‘“(\[]?[A-Z0-9£•])|\n+")
_LAST_WORD = re.compile(r"([\w.]+)$")


def sentence_starts(text: str) -> list[int]:
    """Offsets at which sentences start. A full stop after an abbreviation, an initial or a list number ends none."""
    starts = [0]
    for m in _SENTENCE_END.finditer(text):
        if m["stop"] and m["stop"].startswith(".") and _is_abbreviated(text[: m.start()], text[m.end() :]):
            continue
        if m.end() < len(text):
            starts.append(m.end())
    return _not_too_long(starts, text)


_LONGEST_SENTENCE = 1_500


def _not_too_long(starts: list[int], text: str) -> list[int]:
    """A run of words without a full stop (a list set as one line) is cut at commas or spaces, so that patterns stay quick."""
    out: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        out.append(start)
        while end - out[-1] > _LONGEST_SENTENCE:
            limit = out[-1] + _LONGEST_SENTENCE
            cut = max(text.rfind(mark, out[-1] + 1, limit) + len(mark) for mark in ("; ", ", ", " "))
            out.append(cut if cut > out[-1] + len("; ") else limit)
    return out


def _is_abbreviated(before: str, after: str) -> bool:
    word = _LAST_WORD.search(before[-20:])
    if word is None:
        return False
    last = word[1].casefold().strip(".")
    if last in ("etc", "al", "inc", "yrs", "yr"):
        return False  # these may well end a sentence before a capital
    return last in _ABBREVIATIONS or (bool(re.fullmatch(r"[A-Z]", word[1])) and after[:1].isupper())


def councils_in(text: str) -> tuple[BodyMention, ...]:
    """The councils that a text names, by the registry."""
    return tuple(BodyMention(m.start, m.end, m.council.short_name, "council") for m in find_councils(text))


@Language.factory("papertally_bodies")
class _Bodies:
    """Names councils by the registry and other bodies by their phrases, the longest phrase first."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._kinds = {}
        for body in bodies():
            self._matcher.add(body.short_name, [nlp.make_doc(p) for p in body.phrases])
            self._kinds[body.short_name] = body.kind

    def __call__(self, doc: Doc) -> Doc:
        found = list(councils_in(doc.user_data["text"]))
        for span in spacy.util.filter_spans(self._matcher(doc, as_spans=True)):
            mention = BodyMention(span.start_char, span.end_char, span.label_, self._kinds[span.label_])
            within = [m for m in found if m.start < mention.end and mention.start < m.end]
            # "Greater Manchester" is not Manchester: the longer name counts.
            if all(m.end - m.start < mention.end - mention.start for m in within):
                found = [m for m in found if m not in within] + [mention]
        doc.user_data["bodies"] = tuple(sorted(found))
        return doc


@cache
def pipeline() -> Language:
    """The pipeline. Built once a process."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("papertally_bodies")
    return nlp


def bodies_in(text: str) -> tuple[BodyMention, ...]:
    """The councils and other bodies that a text names, by spaCy's matcher."""
    nlp = pipeline()
    doc = nlp.make_doc(text)
    doc.user_data["text"] = text  # `doc.text` would put it together from its tokens again
    named: tuple[BodyMention, ...] = nlp(doc).user_data["bodies"]
    return named


# Looked for in small letters, which is quick. A passage with none of these holds no number and no date.
_WORTH_A_LOOK = re.compile(
    r"\d|%|\bper\s?cent\b|\b(?:half|third|quarter|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
    r"forty|fifty|hundred|year|period|summer|autumn|winter|spring|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b",
)
# Words that an inspectorate's doings and grades are told in: whom they are of, the pipeline finds.
_INSPECTORATE = re.compile(
    r"ofsted|inspect|monitoring visit|focus+ed visit|inadequate|outstanding|requires? improvement|judged?|graded|rated|\bgood\b",
)
_PARTS_OF_THESE = (
    "ofsted",
    "inspect",
    "d visit",
    "g visit",
    "inadequate",
    "outstanding",
    "require",
    "judge",
    "rated",
    "graded",
    "good",
)


def _tells_of_inspectorate(small: str) -> bool:
    """For a text in small letters. Most texts hold none of the parts, which are quicker to look for than the pattern."""
    return any(part in small for part in _PARTS_OF_THESE) and _INSPECTORATE.search(small) is not None


@cache
def _words_of_bodies() -> frozenset[str]:
    """The longest word of each phrase that names a body: the one that fewest other texts have."""
    names = [phrase for body in bodies() for phrase in body.phrases]
    return frozenset(max(_WORD.findall(name.casefold()), key=len) for name in names)


@cache
def _closed_up_phrases() -> tuple[str, ...]:
    """The phrases that name bodies, without their spaces: spaCy parts words at more than those."""
    return tuple({"".join(phrase.casefold().split()) for body in bodies() for phrase in body.phrases})


_WORD = re.compile(r"[^\W_]+")


def may_name_a_body(text: str) -> bool:
    """For a text in small letters: whether some body's name may stand in it: its longest word does, and then all of it."""
    if _words_of_bodies().isdisjoint(_WORD.findall(text)):
        return False
    closed_up = "".join(text.split())
    return any(phrase in closed_up for phrase in _closed_up_phrases())


def read_passages(parts: Iterable[tuple[Context, Reading]]) -> Iterator[Passage]:
    """The passages with what stands in them.

    Dates and numbers are found by patterns, quickly. Only a passage that states a figure or tells of an inspectorate is
    worth spaCy's tokens, by which the bodies are named that it is about; the others have no `bodies`.
    """
    for context, reading in _in_lengths(parts):
        text = reading.text
        sentences = _trimmed(text, sentence_starts(text))
        small = text.casefold()
        look = bool(_WORTH_A_LOOK.search(small))
        periods = tuple(find_periods(text)) if look else ()
        quantities = tuple(find_quantities(text, periods)) if look else ()
        named: tuple[BodyMention, ...] = ()
        if any(q.aside is None for q in quantities) or _tells_of_inspectorate(small):
            named = bodies_in(text) if may_name_a_body(small) else councils_in(text)
            named = _with_abbreviation(text, named) if "Eng" in text else named
        yield Passage(context, reading, sentences, periods, named, quantities)


_ENG = re.compile(r"\([^()]{0,30}?\b(?P<name>Eng)\b\.?(?=\s+(?:(?:rate|average|av|avg|mean)\b\.?\s*)?[=:]?\s*\d)")


def _with_abbreviation(text: str, named: tuple[BodyMention, ...]) -> tuple[BodyMention, ...]:
    """'(2021/22, Eng 9.1%)': England in short, in a bracket beside a value only, for it can be a school subject."""
    found = [BodyMention(*m.span("name"), "England", "national") for m in _ENG.finditer(text)]
    return tuple(sorted([*named, *found]))


_LONGEST = 6_000  # characters: no paragraph of a paper comes near, and patterns stay quick
_CUT_AT = re.compile(r".*(?:[.!?]\s|\n)|.*\s", re.DOTALL)


def _in_lengths(parts: Iterable[tuple[Context, Reading]]) -> Iterator[tuple[Context, Reading]]:
    """The readings, an over-long one (a file without line ends) cut at the end of a sentence or word."""
    for context, whole in parts:
        at = 0
        while len(whole.text) - at > _LONGEST:
            m = _CUT_AT.match(whole.text, at, at + _LONGEST)
            end = m.end() if m else at + _LONGEST
            yield context, cut_reading(whole, at, end)
            at = end
        yield context, cut_reading(whole, at, len(whole.text)) if at else whole


def _trimmed(text: str, starts: list[int]) -> tuple[Sentence, ...]:
    ends = [*starts[1:], len(text)]
    spans = []
    for start, end in zip(starts, ends, strict=True):
        words = text[start:end]
        lead = len(words) - len(words.lstrip())
        spans.append(Sentence(start + lead, start + max(lead, len(words.rstrip()))))
    return tuple(spans)
