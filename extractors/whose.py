"""Whose figure it is: the council's own, another council's, England's, the statistical neighbours'.

The words between a body and a figure decide, as a set of words each: no pattern looks further than `_REACH` characters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extractors.language import BodyMention, Passage, Sentence
from extractors.quantities import Quantity

_REACH = 120
"""Characters over which a body speaks for a figure."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_SMALL_WORDS = _words(
    "the a an and of for at in on by with it that this which where there as all both same such its overall also only"
)
_MEASURES = _words(
    "average averages mean means median medians figure figures rate rates level levels performance benchmark benchmarks",
    "comparator comparators comparable comparative equivalent corresponding position picture outturn value values result statistics evidence",
    "results percentage percentages proportion proportions share data whole",
)
_STATES = _words(
    "is was are were be been being has have had stands stood averaged averages averaging range ranges ranged ranging remains remained",
    "recorded reported published show shows showed suggest suggests indicate indicates seen achieved reaches reached",
)
_LOOSELY = _words(
    "about around approximately roughly circa c nearly almost just over under only some slightly well between"
)
_WHEN = _words(
    "year years quarter period time date month end term half currently latest now then previous last most recent recently since",
    "financial academic calendar respectively january february march april may june july august september october november december",
    "q1 q2 q3 q4",
)
_GROUPS = _words(
    "authority authorities council councils councils' councils’ borough boroughs county counties region regions group neighbours"
)
_LEADS_TO = _SMALL_WORDS | _MEASURES | _STATES | _LOOSELY | _WHEN | _GROUPS
_MOVES = _words(
    "rose fell grew dropped declined increased decreased reduced improved moved went changed rising falling from to"
)
"""Words of a way between two values: they lead to a figure in company only ("ranges from", "fell to")."""

_COMES_AFTER = _words(
    "for in across among amongst by from the all our of is was were its similar average averages both on as at figure rate per",
    "children child population under recorded reported published seen achieved experienced quoted that which other same",
    "days weeks months hours working fte points ten eleven nearest closest comparable equivalent rates figures levels level group a an and",
)
_BASES = _words("10000 1000 100000 18s 10 11")

_TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?")
_FIGURE_OF_SPEECH = re.compile(r"\bin\s+the\s+$", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:compar\w+\s+(?:with|to)|unlike|than|above|below|against|beyond)\s+(?:the\s+)?$", re.IGNORECASE
)

_OWN_AVERAGE = re.compile(
    r"\b(?:council|corporate|authority|directorate)(?:['’]s|[- ]wide)?\s+average\b", re.IGNORECASE
)
_WHOLE_COUNCIL = re.compile(
    r"\b(?:for|across|in)\s+the\s+(?:whole\s+(?:council|authority|organisation)\b|(?:council|authority|organisation)\s+(?:as\s+a\s+whole|overall)\b)"
    r"|\b(?:council|authority)[- ]wide\s+(?:figure|rate)\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"\b(?P<which>national|regional)(?:ly)?(?=\s*[:(]|\s+(?=\d)|\s+(?:and|or)\s+\w+|\s+(?:equivalent|comparator|benchmark|average|figure|rate|level|mean|median|data|statistics|evidence|picture|position)s?\b)",
    re.IGNORECASE,
)
_SHARED_NOUN = re.compile(
    r"\s+(?:and|or)\s+(?:the\s+)?(?:[\w-]+\s+){1,3}?(?:equivalents?|comparators?|benchmarks?|averages?|figures?|rates?|levels?)\b",
    re.IGNORECASE,
)
_NEIGHBOURS = re.compile(r"\s+(?:statistical\s+)?neighbours?\b", re.IGNORECASE)
_COUNTY = re.compile(r"\s+(?:county|city|borough)$", re.IGNORECASE)


def other_bodies(passage: Passage, sentence: Sentence, figures: Sequence[Quantity]) -> dict[Quantity, str]:
    """The figures of a sentence that are another body's, with its short name.

    A body speaks for the figure that its words lead up to ("the England average of 22%"), else for the one directly before
    ("22% nationally"); and for those listed with it.
    """
    council = passage.context.council
    mentions = _mentions(passage, sentence, council, figures)
    if not mentions:
        return {}
    between = _Between(passage, sentence)
    whose = _respectively(between, mentions, figures)
    listed_from = set(whose)
    for mention in mentions:
        after = next((q for q in figures if q.start >= mention.end), None)
        before = next((q for q in reversed(figures) if q.end <= mention.start), None)
        follows = before is not None and before not in whose and between.follows(before.end, mention.start)
        leads = (
            after is not None
            and after not in whose
            and (between.leads(mention, after.start) or between.is_subject(mention, after.start))
        )
        if leads and after and not (follows and _STARTS_ANOTHER.match(passage.text, mention.end)):
            whose[after] = mention.name
            listed_from.add(after)
        elif follows and before:
            whose[before] = mention.name
    return _with_lists(between, figures, whose, listed_from, council)


_STARTS_ANOTHER = re.compile(r"\s*(?:,|;|\)|\band\b|\bwith\b)", re.IGNORECASE)


def _mentions(
    passage: Passage, sentence: Sentence, council: str | None, figures: Sequence[Quantity]
) -> list[BodyMention]:
    """The bodies other than the council that a sentence names, in order."""
    text, span = passage.text, (sentence.start, sentence.end)
    found = [
        _with_neighbours(text, m)
        for m in passage.bodies
        if sentence.start <= m.start < sentence.end and not _is_own(m, council) and not _is_figure_of_speech(text, m)
    ]
    name = f"{council} council average" if council else "council average"
    found += [BodyMention(m.start(), m.end(), name, "other") for m in _OWN_AVERAGE.finditer(text, *span)]
    if len(figures) > 1 and all(q.unit != "gbp" for q in figures):
        found += [BodyMention(m.start(), m.end(), name, "other") for m in _WHOLE_COUNCIL.finditer(text, *span)]
    found += [m for m in _adjectives(text, sentence) if not any(m.start < f.end and f.start < m.end for f in found)]
    return sorted(found)


def _is_own(mention: BodyMention, council: str | None) -> bool:
    """'Somerset' is the council itself in a paper of the former 'Somerset County'."""
    return (
        council is not None
        and mention.kind == "council"
        and _COUNTY.sub("", mention.name).casefold() == _COUNTY.sub("", council).casefold()
    )


def _is_figure_of_speech(text: str, mention: BodyMention) -> bool:
    """'in the region of £226,000' names no region."""
    before, after = text[max(0, mention.start - 10) : mention.start], text[mention.end : mention.end + 5]
    return mention.name == "region" and bool(_FIGURE_OF_SPEECH.search(before)) and after.split()[:1] == ["of"]


def _with_neighbours(text: str, mention: BodyMention) -> BodyMention:
    """'our West London neighbours' are not West London."""
    m = _NEIGHBOURS.match(text, mention.end) if mention.kind == "regional" and mention.name != "region" else None
    return BodyMention(mention.start, m.end(), f"{mention.name} neighbours", "neighbours") if m else mention


def _adjectives(text: str, sentence: Sentence) -> Iterator[BodyMention]:
    """'South West (51%) and national (52%)', 'national and regional averages of ...': England and the region as adjectives."""
    for m in _ADJECTIVE.finditer(text, sentence.start, sentence.end):
        joined = re.match(r"\s+(?:and|or)\b", text[m.end() : m.end() + 6])
        if joined and not _SHARED_NOUN.match(text[m.end() : m.end() + _REACH]):
            continue
        bare = text[m.end() : m.end() + 2].strip().isdigit()
        if bare and text[: m.start()].rstrip()[-1:] not in ("(", ",", ";", ":"):
            continue  # "a national 3% pay award"
        name, kind = ("England", "national") if m["which"].casefold() == "national" else ("region", "regional")
        yield BodyMention(m.start(), m.end(), name, kind)


class _Between:
    """The words between a body and a figure of one sentence, dates left out."""

    def __init__(self, passage: Passage, sentence: Sentence) -> None:
        self.text = passage.text
        self._start = sentence.start
        self._dates = [(p.start, p.end) for p in passage.periods if p.end > sentence.start and p.start < sentence.end]

    def words(self, start: int, end: int) -> str:
        """`text[start:end]` with its dates blanked out."""
        out, at = [], start
        for s, e in self._dates:
            if at <= s and e <= end:
                out.append(self.text[at:s])
                at = e
        return " ".join([*out, self.text[at:end]]) if out else self.text[at:end]

    def leads(self, mention: BodyMention, figure: int) -> bool:
        """Whether nothing but "average at ... was just" stands between a body and the figure behind it."""
        if figure - mention.end > _REACH:
            return False
        raw = self.words(mention.end, figure)
        tokens = _tokens(re.sub(r"\(\s*\)", " ", raw))
        if tokens == [","] and _COMPARES.search(self.text[max(0, mention.start - 30) : mention.start]):
            return False  # "unlike England, 54% of ours ..."
        moves = [t for t in tokens if t in _MOVES]
        if len(moves) == 1 and moves[0] in ("from", "to") and not any(t.startswith("rang") for t in tokens):
            return False
        return all(t in _LEADS_TO or t in _MOVES or t in _PUNCTUATION or _YEAR.fullmatch(t) for t in tokens)

    def is_subject(self, mention: BodyMention, figure: int) -> bool:
        """Whether a body opens the sentence or clause, and the figure is the value of what the clause speaks of: "Across
        England the share of plans reviewed on time is 84%"."""
        if figure - mention.end > _REACH or mention.start - self._start > _REACH:
            return False
        if not _OPENS.search(self.text[self._start : mention.start]):
            return False
        words = self.words(mention.end, figure)
        return bool(_IS_VALUE.fullmatch(words)) and not _OWN_WORD.search(words)

    def follows(self, figure: int, mention: int) -> bool:
        """Whether nothing but "reported by our" stands between a figure and the body behind it."""
        if mention - figure > _REACH:
            return False
        tokens = _tokens(self.words(figure, mention))
        if tokens[:1] in ([","], ["("]):
            tokens = tokens[1:]
        return all(t in _COMES_AFTER or t.replace(",", "") in _BASES or t == "," for t in tokens)


_OPENS = re.compile(
    r"(?:^|;\s|,\s+(?:and|but)\s+|\b(?:while|whereas|whilst)\s+)\W{0,4}(?:(?:in|across|among|amongst|for)\s+)?(?:(?:the|our|all|other)\s+){0,2}"
    r"(?:[\w-]+\s+(?:authorities|councils|boroughs)\s+(?:of|in)\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_IS_VALUE = re.compile(
    r"(?:\s+(?:region|authorities|councils|boroughs|area))?,?\s[^.,;:()£%]{1,90}\b(?:is|was|are|were|stood at|stands at|averaged|averages|totalled|reached|(?:rose|fell|risen|fallen) to|rang(?:e|es|ed|ing) (?:from|between)|var(?:y|ies|ied) (?:from|between))\s+"
    r"(?:(?:just|about|around|approximately|nearly|over|under|between|only|currently|now|at|a|an)\s+){0,3}",
    re.IGNORECASE,
)
_OWN_WORD = re.compile(
    r"\b(?:our|ours|we|us|here|local|locally|the (?:council|borough|county|city|authority|service|target|threshold|standard))\b",
    re.IGNORECASE,
)
_PUNCTUATION = frozenset(",(:=-–—")


def _tokens(words: str) -> list[str]:
    """The words and marks, in lower case and without the genitive."""
    return [token for t in _TOKEN.findall(words.casefold()) if (token := re.sub(r"['’]s?$", "", t))]


_JOINED = re.compile(
    r"['’]?\s*(?:,(?:\s*(?:and|or)\b)?|(?:(?:averages?|figures?|rates?),?\s+)?(?:and|or)\b)\s+(?:the\s+|our\s+)?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s*(?:,(?:\s*(?:and|or|to)\b)?|(?:and|or|to)\b|&|[-–])\s*(?:(?:just|about|around|over|under|nearly)\s+){0,2}",
    re.IGNORECASE,
)


def _respectively(
    between: _Between, mentions: Sequence[BodyMention], figures: Sequence[Quantity]
) -> dict[Quantity, str]:
    """'above statistical neighbours and England averages (52% and 49%, respectively)': the first body has the first figure."""
    text = between.text
    for first, second in itertools.pairwise(mentions):
        if second.start - first.end > 40 or not _JOINED.fullmatch(text, first.end, second.start):
            continue
        chain = [m for m in mentions if m.end <= second.end][-3:]
        chain = chain if len(chain) == 3 and _JOINED.fullmatch(text, chain[0].end, first.start) else [first, second]
        following = [q for q in figures if q.start >= second.end][: len(chain)]
        listed = all(_LISTED.fullmatch(text, a.end, b.start) for a, b in itertools.pairwise(following))
        if listed and len(following) == len(chain) and between.leads(second, following[0].start):
            return {q: m.name for q, m in zip(following, chain, strict=True)}
    return {}


_OF_ANOTHER_TIME = re.compile(r"\s*\(\s*(?:in\s+|was\s+|:\s*)?$|\s*\(\s*:\s*", re.IGNORECASE)
_SAME_PREPOSITION = re.compile(
    r"\s+(?P<word>for|in|among|at)\s+[^.;:()]{1,40}?(?:,|,?\s+and)\s+(?:about\s+|around\s+|just\s+)?", re.IGNORECASE
)


def _with_lists(
    between: _Between,
    figures: Sequence[Quantity],
    whose: dict[Quantity, str],
    listed_from: set[Quantity],
    council: str | None,
) -> dict[Quantity, str]:
    """'the national figures are 88%, 85% and 84%', 'from 3.4% to 4.6%', '21.5% (20.9% in 2020/21)': a list after a body is the
    body's until another, or the council itself, is named."""
    out = dict(whose)
    for first, second in itertools.pairwise(figures):
        if first not in listed_from or second in out or second.unit not in (first.unit, "count"):
            continue
        if second.start - first.end > _REACH or _is_ours(between.text, second.end, council):
            continue
        words = between.words(first.end, second.start)
        after = between.text[second.end : second.end + 12]
        if (
            (_LISTED.fullmatch(words) and not re.match(r"\s+of\b", after))
            or (_OF_ANOTHER_TIME.fullmatch(words) and not re.match(r"\s*target\b", after))
            or _same_preposition(words, after)
        ):
            out[second] = out[first]
            listed_from.add(second)
    return out


def _same_preposition(words: str, after: str) -> bool:
    """'18% for primary and 15% for secondary schools'."""
    m = _SAME_PREPOSITION.fullmatch(words)
    return m is not None and after.split()[:1] == [m["word"]]


def _is_ours(text: str, at: int, council: str | None) -> bool:
    """Whether the words behind a figure call it the council's own: "here", "locally", "in Leeds"."""
    own = rf"|(?:the\s+)?{re.escape(council)}" if council else ""
    return bool(
        re.match(
            rf"\s*\(?(?:in|for|at|across|among)?\s*(?:locally|here\b|our\b|ours\b|us\b|this\s+(?:council|authority)|the\s+(?:council|borough|county|city|authority|service)\b{own})",
            text[at : at + 60],
            re.IGNORECASE,
        )
    )
