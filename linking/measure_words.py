"""What a measure's words come to: the tokens that name it, and those that tell it from its look-alikes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# The field's short forms and its several names for one thing, longest first. Each becomes one token.
_TERMS = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), token)
    for pattern, token in (
        (
            r"child(?:ren)?(?: and young people)? (?:subject to|on|with) an? (?:child protection plan|cp plan|cpp)|cpps?|child protection plans?|cp plans?",
            "cpp",
        ),
        (
            r"child(?:ren)? (?:who are )?looked after|looked after child(?:ren)?(?: and young people)?|child(?:ren)? in (?:our )?care|clas?|lacs?|cics?|cyp in care",
            "cla",
        ),
        (r"child(?:ren)? in need|cins?", "cin"),
        (r"initial child protection conferences?|icpcs?", "icpc"),
        (r"review child protection conferences?|rcpcs?", "rcpc"),
        (r"initial health assessments?|ihas?", "iha"),
        (r"review health assessments?|rhas?", "rha"),
        (r"return home interviews?|rhis?", "rhi"),
        (r"education,? (?:employment|training),? (?:or|and) (?:employment|training)|eet", "eet"),
        (r"not in education,? employment or training|neet", "neet"),
        (r"education,? health and care plans?|ehc plans?|ehcps?", "ehcp"),
        (r"newly qualified social workers?|nqsws?", "nqsw"),
        (r"social workers?|sws?", "socialworker"),
        (r"care leavers?", "careleaver"),
        (r"personal education plans?|peps?", "pep"),
        (r"section 47(?: enquir(?:y|ies))?|s\.?47s?(?: enquir(?:y|ies))?", "s47"),
        (r"first[- ]time entrants?", "firsttimeentrant"),
        (r"full[- ]time equivalents?", "fte"),
        (r"unaccompanied asylum[- ]seeking children|uascs?", "uasc"),
        (r"special guardianship orders?|sgos?", "sgo"),
        (r"management oversight", "managementoversight"),
        (r"up[- ]to[- ]date", "uptodate"),
        (
            r"(?:statutory|required|prescribed|agreed|expected|target)? ?time[- ]?(?:scale|frame|limit)s?|on time|in time",
            "timescale",
        ),
        (r"re[- ]referr(?:al|als|ed)|repeat referrals?", "rereferral"),
    )
)
_NUMBER_WORDS = {
    w: str(n)
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_SPAN = re.compile(
    r"(?P<compare>[<>≤≥]|\b(?:under|over|less than|more than|at least)\b)?\s*\b(?P<n>\d+(?:\.\d+)?)\s*[- ]?(?P<unit>working day|day|week|month|year|yr|hour|mile)s?\b\.?"
)
_AGE = re.compile(r"\b(?:aged?|ages)\s+(?P<low>\d+)(?:\s*(?:-|–|to|and)\s*(?P<high>\d+))?")
_BARE_NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
_PERIOD_WORDS = re.compile(
    r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
)

# Words that change what is measured: two measures that differ in one of them are two measures.
_DISCRIMINATOR_WORDS = """not no without never under over repeat second subsequent new initial review visit start open close cease end agency vacancy turnover
    permanent interim female male boy girl primary secondary fostering residential adopt adoption missing absent cost overspend underspend saving
    average excluding including seen alone reject refuse allocate unallocated overdue outside inside internal external"""
_WEAK_WORDS = """the a an of in on at to for with within and or by from that which who were was is are be been being have has had having do did their its our your this these
    those it as per into than all each any child children young people person percentage percent proportion share number total count case record recorded receive
    received receiving carry carried undertake undertaken held hold made make give given last past previous recent latest current currently annual figure service
    services council borough across place during when where how there other also incl inc exc excl yr old overall quality% % no. number value level performance
    measure indicator required statutory work working complete set out decide decision rate"""
_STEMS = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"(?<=[^s])s$"), ""),
    (re.compile(r"(?:ed|ing|e)$"), ""),
)
_KEEP = frozenset(
    ["fostering", "housing", "missing", "process", "timescale", "absence", "access", "less", "status", "need", "speed"]
)


class MeasureWords(NamedTuple):
    """Tokens that name the measure, and the numbers, ages and words that tell look-alikes apart (`45d`, `under:12m`, `not`)."""

    names: frozenset[str]
    tells: frozenset[str]

    @property
    def empty(self) -> bool:
        return not self.names


@lru_cache(maxsize=50_000)
def measure_words(text: str) -> MeasureWords:
    """The words of a measure, normalised.

    "cases with management oversight recorded in the last 8 weeks" and "% cases with Management Oversight recorded in past
    eight weeks" come to the same; "visited within 6 weeks" and "within 13 weeks" do not.
    """
    words = text.casefold().replace("’", "'").replace("&", " and ")
    words = re.sub(r"'s\b", "", words)
    for word, digit in _NUMBER_WORDS.items():
        words = re.sub(rf"\b{word}\b", digit, words)
    words = _PERIOD_WORDS.sub(" ", words)
    for pattern, token in _TERMS:
        words = pattern.sub(f" {token} ", words)
    tells = {_span(m) for m in _SPAN.finditer(words)} | {
        f"age:{m['low']}-{m['high'] or ''}" for m in _AGE.finditer(words)
    }
    words = _AGE.sub(" ", _SPAN.sub(" ", words))
    tells |= {m[0] for m in _BARE_NUMBER.finditer(words)}
    names = set()
    for word in re.findall(r"[a-z][a-z'-]+|s47", words):
        stem = _stem(word)
        if stem in _WEAK:
            continue
        names.add(stem)
        if stem in _DISCRIMINATORS:
            tells.add(stem)
    return MeasureWords(frozenset(names), frozenset(tells))


def _span(m: re.Match[str]) -> str:
    compare = {
        "<": "under",
        "≤": "under",
        "less than": "under",
        "under": "under",
        ">": "over",
        "≥": "over",
        "more than": "over",
        "over": "over",
        "at least": "over",
    }
    unit = {"working day": "wd", "yr": "y"}.get(m["unit"], m["unit"][:1] if m["unit"] != "mile" else "mile")
    number, unit = ("12", "m") if (m["n"], unit) == ("1", "y") else (m["n"], unit)
    prefix = compare.get((m["compare"] or "").strip(), "")
    return f"{prefix}:{number}{unit}" if prefix else f"{number}{unit}"


def _stem(word: str) -> str:
    word = word.strip("'-")
    if word in _KEEP or len(word) < 4:
        return word
    for pattern, ending in _STEMS:
        shorter = pattern.sub(ending, word)
        if shorter != word and len(shorter) >= 3:
            word = shorter
    return _DOUBLED.sub(r"\1", word) if not word.endswith(("ss", "ll")) else word


_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_DISCRIMINATORS = frozenset(_stem(word) for word in _DISCRIMINATOR_WORDS.split())
_WEAK = frozenset(_stem(word) for word in _WEAK_WORDS.split())
