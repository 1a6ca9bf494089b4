"""The spaCy pipeline, put together in this one place: `spacy.blank("en")` with our own components, no model.

Each component leaves what it found on the document as character spans, so that evidence stays exact:

* ``sentences``  sets sentence starts by the rules of committee papers ("Cllr. Jones" and "no. 1,043" end no sentence);
* ``periods``    the wordings of dates and periods (`schema.period_words`);
* ``bodies``     councils and other bodies whose figures papers quote;
* ``quantities`` numbers with their units (`extractors.quantities`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple, cast

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
    return starts


def _is_abbreviated(before: str, after: str) -> bool:
    word = _LAST_WORD.search(before[-20:])
    if word is None:
        return False
    last = word[1].casefold().strip(".")
    if last in ("etc", "al", "inc", "yrs", "yr"):
        return False  # these may well end a sentence before a capital
    return last in _ABBREVIATIONS or (bool(re.fullmatch(r"[A-Z]", word[1])) and after[:1].isupper())


@Language.component("papertally_sentences")
def _sentences(doc: Doc) -> Doc:
    starts = set(sentence_starts(doc.text))
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


@Language.component("papertally_periods")
def _periods(doc: Doc) -> Doc:
    doc.user_data["periods"] = tuple(find_periods(doc.text))
    return doc


@Language.component("papertally_quantities")
def _quantities(doc: Doc) -> Doc:
    doc.user_data["quantities"] = tuple(find_quantities(doc.text, doc.user_data["periods"]))
    return doc


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
        found = [BodyMention(m.start, m.end, m.council.short_name, "council") for m in find_councils(doc.text)]
        spans = spacy.util.filter_spans(self._matcher(doc, as_spans=True))
        for span in spans:
            if not any(m.start < span.end_char and span.start_char < m.end for m in found):
                found.append(BodyMention(span.start_char, span.end_char, span.label_, self._kinds[span.label_]))
        doc.user_data["bodies"] = tuple(sorted(found))
        return doc


@cache
def pipeline() -> Language:
    """The pipeline. Built once a process."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    for name in ("papertally_sentences", "papertally_periods", "papertally_bodies", "papertally_quantities"):
        nlp.add_pipe(name)
    return nlp


# A passage with none of these holds no record: the whole pipeline is spared.
WORTH_THE_PIPELINE = re.compile(
    r"\d|%|\bper\s?cent\b|\b(?:half|third|quarter|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred)\b"
    r"|ofsted|inspect|monitoring visit|focus+ed visit|inadequate|outstanding|requires improvement"
    r"|\bgood\b|judged|graded|rated|summer|autumn|winter|spring|january|february|march|april|\bmay\b|june|july|august|september|october|november|december",
    re.IGNORECASE,
)


def read_passages(parts: Iterable[tuple[Context, Reading]]) -> Iterator[Passage]:
    """The passages with what the pipeline finds in them. One not worth the pipeline has its sentences only."""
    for context, reading in _in_lengths(parts):
        if not WORTH_THE_PIPELINE.search(reading.text):
            starts = sentence_starts(reading.text)
            yield Passage(context, reading, _trimmed(reading.text, starts), (), (), ())
            continue
        doc = pipeline()(reading.text)
        starts = [sentence.start_char for sentence in doc.sents]
        data = cast(dict[str, tuple], doc.user_data)  # type: ignore[type-arg]
        yield Passage(
            context, reading, _trimmed(reading.text, starts), data["periods"], data["bodies"], data["quantities"]
        )


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
