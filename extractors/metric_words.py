"""The words of a paper that name what a figure measures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.language import Passage
from extractors.quantities import Quantity
from schema.records import Role

# Words that carry a sentence about a figure and name no measure: "this figure was over", "we have now met our", "a further".
_CARRIERS = frozenset(
    [
        "a",
        "about",
        "above",
        "again",
        "all",
        "also",
        "although",
        "an",
        "and",
        "approximately",
        "are",
        "around",
        "as",
        "at",
        "back",
        "be",
        "been",
        "being",
        "below",
        "but",
        "by",
        "came",
        "comes",
        "compared",
        "comparison",
        "currently",
        "down",
        "each",
        "end",
        "equivalent",
        "especially",
        "every",
        "exactly",
        "fall",
        "fallen",
        "falls",
        "fell",
        "figure",
        "figures",
        "following",
        "for",
        "from",
        "further",
        "goes",
        "going",
        "had",
        "has",
        "have",
        "high",
        "higher",
        "however",
        "if",
        "in",
        "increase",
        "increased",
        "increases",
        "indicative",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "last",
        "latest",
        "least",
        "less",
        "level",
        "levels",
        "low",
        "lower",
        "made",
        "mainly",
        "majority",
        "maintained",
        "make",
        "many",
        "meet",
        "meets",
        "met",
        "month",
        "months",
        "more",
        "most",
        "much",
        "nearly",
        "no",
        "not",
        "noted",
        "now",
        "of",
        "on",
        "only",
        "or",
        "our",
        "out",
        "outturn",
        "over",
        "overall",
        "particularly",
        "percent",
        "percentage",
        "performance",
        "period",
        "point",
        "points",
        "position",
        "previous",
        "previously",
        "proportion",
        "quarter",
        "rate",
        "reached",
        "reduced",
        "reduces",
        "reducing",
        "reduction",
        "recorded",
        "remain",
        "remained",
        "remains",
        "report",
        "reported",
        "respectively",
        "rise",
        "risen",
        "rises",
        "rose",
        "same",
        "shown",
        "shows",
        "significant",
        "significantly",
        "since",
        "slight",
        "slightly",
        "so",
        "some",
        "stands",
        "stay",
        "stayed",
        "still",
        "stood",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "total",
        "under",
        "until",
        "up",
        "upper",
        "us",
        "value",
        "very",
        "was",
        "way",
        "we",
        "well",
        "were",
        "when",
        "where",
        "which",
        "while",
        "whilst",
        "who",
        "whom",
        "will",
        "with",
        "within",
        "worse",
        "year",
        "years",
        "yet",
        "improvement",
        "improved",
        "improve",
        "improves",
        "improving",
        "better",
        "decrease",
        "decreased",
        "dropped",
        "drop",
        "change",
        "changed",
        "met",
        "target",
        "targets",
        "exceeded",
        "achieved",
        "hit",
        "steady",
        "continued",
        "continues",
        "continue",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "q1",
        "q2",
        "q3",
        "q4",
        "spring",
        "summer",
        "autumn",
        "winter",
        "early",
        "late",
        "mid",
        "having",
        "done",
        "result",
        "results",
        "resulted",
        "mean",
        "means",
        "equates",
        "average",
        "rates",
        "numbers",
        "number",
        "share",
        "fewer",
        "first",
        "second",
        "third",
        "fourth",
        "half",
        "date",
        "dated",
        "time",
        "number",
        "overall",
        "council's",
        "we've",
        "one",
        "two",
        "three",
        "day",
        "days",
        "week",
        "weeks",
        "per",
        "fte",
        "identified",
        "thus",
        "far",
        "put",
    ]
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’&-]*")
_OPENING_PHRASE = re.compile(
    r"^\s*(?:in|for|across|among|within|at|as at|as of|during|since|by|over|between|on)\s[^,]{3,70},\s*", re.IGNORECASE
)
_OPENING_PHRASE_BEFORE_ANAPHOR = re.compile(
    r"^\s*(?:in|for|across|among|within)\s[^,]{3,50}?\s(?=(?:this|that|the|it)\s+(?:figure|rate|proportion|percentage|was|is|share|number)\b)", re.IGNORECASE
)
_SHARE_OF = re.compile(
    r"\b(?:proportion|percentage|per cent|share|number|rate|%|volume)\s+(?:of|for)\s+(?!which\b)", re.IGNORECASE
)
_AFTER_END = re.compile(
    r"[;.]\s|[;.]$|[()]|,\s(?:and|but|the|to|in|with|compared|up|down|an?|which|significantly|against|slightly|well)\b|\b(?:compared|which is|whilst|while|but|against|at the end|as at|up from|down from|and those)\b|\s[–—-]\s",
    re.IGNORECASE,
)
_TRIM_BEFORE = re.compile(
    r"^(?:\W|\b(?:and|but|while|whilst|however|although|the|a|an|that|of|which|in|there|has|have|had|been|for example|overall|than|is|was|were|are|by)\b)+",
    re.IGNORECASE,
)
_TRIM_AFTER = re.compile(
    r"(?:[^\w)%]|\b(?:of|at|to|is|was|were|are|has|have|had|been|by|from|in|and|the|a|an|which|currently|for|with|than|as|target|about|over|around|approximately|c|that|fell|rose|stood|reached|now|only|just|further|"
    r"dropped|reduced|increased|improved|maintained|slightly|expected|be|still|remains?|will)\b)+$",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"[\s,]*of\s+(?:these|those|which|whom|them)\b\s*", re.IGNORECASE)
_OF = re.compile(r"[\s,]*of\s+(?!target\b)", re.IGNORECASE)
_VERB_FIRST = re.compile(r"\s*(?:has|have|had|was|were|is|are|will)\s+(?:been\s+|be\s+)?", re.IGNORECASE)
_TARGET_OF = re.compile(r"\btargets?\s+(?:for|on)\s+(.+)", re.IGNORECASE)
_NAMED_TARGET = re.compile(
    r"^\W*(?:the|our|a|an|its)?\s*([\w%&/' -]+?)\s+(?:target|limit|threshold|minimum|floor)\b", re.IGNORECASE
)
_LOOSENED = re.compile(
    r"(?:\b(?:c|ca|approx|est)\.|\b(?:about|around|approximately|circa|over|under|nearly|almost|some|just))\s*$",
    re.IGNORECASE,
)
_MAX_WORDS = 24


def content_words(words: str) -> list[str]:
    """The words that name something: without carriers, digits and dates."""
    return [w for w in _WORD.findall(words.casefold()) if w not in _CARRIERS and len(w) > 1]


def metric_words(
    passage: Passage, q: Quantity, role: Role, figures: Sequence[Quantity], named: Mapping[Quantity, str], previous: str
) -> str:
    """The words that name what `q` measures.

    The noun that a count counts; what follows "of" ("87.9% of cases had management oversight"); the subject before the
    number ("the turnover rate fell to"). Where the sentence only points back ("this figure was", "to 78.1%", "our 95%
    target"), what the figure before it measured. `named` has what was found for the figures before in the sentence,
    `previous` what the last figure before the sentence measured.
    """
    text = passage.text
    sentence = passage.sentences[passage.sentence_at(q.start)]
    last = max((f for f in figures if f.end <= q.start), default=None)
    later = min((f for f in figures if f.start >= q.end), default=None)
    left = _without_aside(
        text[(last.end if last else sentence.start) : q.start], text[sentence.start : q.start] if last is None else ""
    )
    right = text[q.end : (later.start if later else sentence.end)]
    before = named.get(last, previous) if last else previous
    if (
        re.search(r"(?:^|,|\band|\bbut)\s*$", left, re.IGNORECASE)
        and _VERB_FIRST.match(right)
        and content_words(_until_boundary(right))
    ):
        return _clean(_until_boundary(_VERB_FIRST.sub("", right, count=1)))
    if counted := _counted(right, q):
        return counted
    if role == "target":
        return _of_target(left, right) or before
    if _OF_THESE.match(right):
        tail = _clean(_until_boundary(_OF_THESE.sub("", right)))
        return f"{before} {tail}".strip()
    if last and last.unit == q.unit and not content_words(left):
        own = _clean(_until_boundary(_OF.sub("", right, count=1))) if _OF.match(right) else ""
        return own if len(content_words(own)) > 1 else before
    subject = _subject(_last_segment(left) if last else left)
    if _OF.match(right):
        followed = _clean(_until_boundary(_OF.sub("", right, count=1)))
        if len(content_words(followed)) > 1 or not content_words(subject):
            return followed
    if content_words(subject):
        return (
            subject
            if len(content_words(subject)) > 1 or q.unit != "gbp"
            else _clean(f"{subject} {_until_boundary(right)}")
        )
    if _VERB_FIRST.match(right) and content_words(right):
        return _clean(_until_boundary(_VERB_FIRST.sub("", right, count=1)))
    if q.unit == "gbp" and last is None and content_words(_until_boundary(right)):
        return _clean(_until_boundary(right))
    return before


def _without_aside(left: str, whole: str) -> str:
    """'contacts decided within a day (the figure for May was': the words before the bracket name the measure."""
    opened = left.rfind("(")
    if opened < 0 or ")" in left[opened:]:
        return left
    inside = left[opened + 1 :]
    return inside if content_words(inside) and not whole else left[:opened] if not content_words(inside) else inside


def _counted(right: str, q: Quantity) -> str:
    """For a count, the noun that it counts: "42 case audits were undertaken"."""
    if q.unit != "count":
        return ""
    words = re.match(r"\s+(?:of\s+(?:the|these|those|our)\s+|of\s+)?((?:[A-Za-z][\w’'&/-]*\s*){1,6})", right)
    if not words:
        return ""
    noun = re.split(
        r"\b(?:were|was|are|is|have|has|had|to|at|in|by|for|who|which|that|with|from|on|and|as|where|will|completed|currently|undertaken|per|since|during|between|than|but|when)\b",
        words[1],
    )[0].strip()
    return _clean(noun) if content_words(noun) else ""


def _of_target(left: str, right: str) -> str:
    """'the target for visits', 'Turnover target of': what the target is for, where its own words say."""
    if m := _TARGET_OF.search(_until_boundary(right)) or _TARGET_OF.search(left):
        words = _clean(_until_boundary(m[1]))
        if content_words(words):
            return words
    clause = re.split(r"[;:,]\s|\n|\s[–—-]\s", left)[-1]
    if (m := _NAMED_TARGET.match(clause)) and content_words(m[1]):
        return _clean(m[1])
    return (
        _clean(clause)
        if content_words(clause)
        and not re.search(r"\b(?:we|our|this|that|it|they|their|which)\b", clause, re.IGNORECASE)
        else ""
    )


def _last_segment(left: str) -> str:
    """Behind another figure the new subject starts at the last comma: "46% of cases in May, the risk of gangs in a further"."""
    segment = left.rpartition(", ")[2]
    return segment if len(content_words(segment)) > 1 else left


def _subject(left: str) -> str:
    """The subject of the clause that leads up to the number."""
    left = _LOOSENED.sub("", left)
    clause = re.split(r"[;:]\s|\.\s|\n", left)[-1]
    parts = re.split(r",\s(?:and|but|with|while|whilst|so)\s|\s(?:while|whilst|but)\s", clause)
    clause = parts[-1] if content_words(parts[-1]) else clause
    clause = _OPENING_PHRASE_BEFORE_ANAPHOR.sub("", _OPENING_PHRASE.sub("", clause))
    shares = [
        m for m in _SHARE_OF.finditer(clause) if not re.search(r"\bas an?\s+$", clause[: m.start()], re.IGNORECASE)
    ]
    if shares and content_words(clause[shares[-1].end() :]):
        return _clean(clause[shares[-1].end() :])
    return _clean(clause)


def _until_boundary(right: str) -> str:
    m = _AFTER_END.search(right)
    return right[: m.start()] if m else right


def _clean(words: str) -> str:
    """The words without what leads in or out of them, at most two dozen."""
    words = " ".join(words.split())
    words = _TRIM_AFTER.sub("", _TRIM_BEFORE.sub("", words))
    return " ".join(words.split()[-_MAX_WORDS:]).strip(" ,;:-–—'\"“”‘’")
