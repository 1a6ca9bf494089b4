"""What a measure's words come to: the tokens that name it, and those that tell it from its look-alikes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

# The field's short forms and its several names for one thing. Each becomes one token; later rows read what earlier ones made.
_CPP = r"(?:cpps?|child protection plans?|cp plans?)"
_TERMS = tuple(
    (re.compile(rf"\b(?:{pattern})(?!\w)"), token)
    for pattern, token in (
        (r"initial child protection (?:case )?conferences?|initial conferences?|icpcs?", "icpc"),
        (
            r"(?:child protection )?review child protection (?:case )?conferences?|review conferences?|rcpcs?|child protection reviews?|cp reviews?",
            "rcpc",
        ),
        (
            (
                rf"child(?:ren)?(?: and young people)? (?:who )?(?:(?:is|are|were|was|became|become|becoming) )?(?:the )?(?:subjects? (?:to|of)|on|with) (?:an? )?{_CPP}"
                rf"|child(?:ren)? (?:who )?(?:were |was |are )?(?:the )?subjects? (?:to|of) (?:an? )?plan|(?:the )?subjects? (?:to|of) (?:an? )?{_CPP}|{_CPP}"
            ),
            "cpp",
        ),
        (
            (
                r"(?:second(?:ary)?|2nd) (?:or|and) (?:subsequent|more)(?: cpp| plans?)?(?: cpp)?|cpp (?:starting )?(?:that (?:are|were) )?(?:for )?(?:a )?(?:second|2nd) (?:or subsequent )?(?:time)?|second cpp|second plans?|repeat (?:cpp|plans?)|re-?plans?|re-?registrations?"
                r"|cpp (?:had|have|has|who had|who have) (?:previously )?(?:been|had)(?: (?:subject to|on))? (?:one|a plan|cpp) (?:before|previously)|(?:previous|previously) cpp|cpp (?:for )?a second time"
            ),
            "repeatplan",
        ),
        (
            r"repeatplan(?: time)?(?: cpp| plans?)?|cpp (?:starting )?(?:that (?:are|were) )?(?:for )?(?:a |the )?repeatplan(?: time)?",
            "repeatplan",
        ),
        (
            r"child(?:ren)? (?:who (?:are|were) )?looked after|looked after child(?:ren)?(?: and young people)?|child(?:ren)?(?: and young people)? in (?:our |local authority |council )?care(?! leavers?)|looking after child(?:ren)?|clas?|lacs?|cics?|cyp in care|care population",
            "cla",
        ),
        (r"child(?:ren)? in need|cins?", "cin"),
        (r"initial health assessments?|ihas?", "iha"),
        (r"review health assessments?|rhas?|annual health (?:assessments?|checks?)", "rha"),
        (r"return home interviews?|return interviews?|rhis?", "rhi"),
        (
            r"not in (?:education,? employment,? (?:or|and|nor) training|education,? training,? (?:or|and|nor) employment|eet)|neets?",
            "neet",
        ),
        (r"education,? (?:employment|training),? (?:or|and) (?:employment|training)|eet", "eet"),
        (r"education,? health (?:and|&) care plans?|ehc plans?|ehcps?", "ehcp"),
        (r"newly qualified social workers?|nqsws?", "nqsw"),
        (r"case[- ]holding social workers?|social workers?|social work|sws?", "socialworker"),
        (
            r"care[- ]leavers?|care[- ]experienced young (?:people|adults)|(?:young people|young adults) (?:who are |who have )?(?:leaving|left) care|former relevant young people",
            "careleaver",
        ),
        (r"personal education plans?|peps?", "pep"),
        (r"(?:section|s\.?|s) ?47s?(?: enquir(?:y|ies)| investigations?)?|child protection enquir(?:y|ies)", "s47"),
        (
            r"first[- ]time entrants?|new entrants? to (?:the )?youth justice(?: system)?|entered the youth justice system for the first time|entering the youth justice system for the first time",
            "firsttimeentrant",
        ),
        (r"full[- ]time[- ]equivalents?|wte", "fte"),
        (r"head ?counts?", "headcount"),
        (
            r"unaccompanied (?:asylum[- ]seeking|migrant) (?:children|minors)|unaccompanied asylum[- ]seekers?|uascs?",
            "uasc",
        ),
        (r"special guardianship(?: orders?)?|sgos?", "sgo"),
        (r"strengths and difficulties(?: questionnaires?)?|sdqs?", "sdq"),
        (r"management oversight", "managementoversight"),
        (r"up[- ]to[- ]date", "uptodate"),
        (r"no further action|nfa", "nfa"),
        (
            r"(?:within |in |on )?(?:statutory|required|prescribed|agreed|expected|target|the)? ?time[- ]?(?:scale|frame|limit)s?|on time|in time|timely|timeliness",
            "timescale",
        ),
        (
            r"child(?:ren)? (?:who (?:were|are|had been) |with )?(?:re[- ]?referred|a re[- ]?referral|a repeat referral)",
            "childrereferred",
        ),
        (
            r"re[- ]?referr(?:al|als|ed)|repeat referrals?|referrals? (?:received )?(?:that )?(?:were |was |are |came |made |coming |received )*(?:re[- ]?referrals?|repeat referrals?|within \d+ months of (?:an? |the )?(?:earlier|previous|prior|last|first)(?: referral|(?! ?\w)))",
            "rereferral",
        ),
        (
            r"(?:(?:progress|convert|lead|turn|result)\w*|led|went on|going on|go on|goes on|became|become|becoming)\s+(?:(?:to|in|into|as|on|a|an|become|be|being|taken|accepted)\s+)*referrals?|(?:to )?referral conversion|conversion (?:rate )?(?:to|into) (?:a )?referrals?|contacts? to referrals?|contact conversion",
            "contact toreferral",
        ),
        (
            r"(?:child(?:ren)? and family|c ?and ?f|c/f|caf|single|socialworker|statutory socialworker) assessments?|swas?",
            "assessment",
        ),
        (
            r"initial decisions?|decisions? on (?:how to respond|the response|next steps)|decided upon|on how to respond",
            "decision",
        ),
        (r"child protection|cp", "cp"),
        (
            r"(?:child(?:ren)? (?:who )?)?(?:start|began|begin|enter)(?:s|ed|ing)? (?:to be looked after|care)|(?:new )?admissions? (?:to|into) care|entr(?:y|ies) (?:to|into) care|came into care",
            "start cla",
        ),
        (r"(?:child(?:ren)? (?:who )?)?ceas(?:e|es|ed|ing) to be looked after", "cease cla"),
        (r"stat visits?", "visit"),
        (
            r"(?:that |which )?(?:ceased?|ceasing|ended|ending|closed|closing) (?:after|having lasted|(?:that|which) (?:had )?lasted)|(?:at|on) (?:closure|closing|ending)",
            "cease",
        ),
        (r"(?:currently|still) (?:on |subject to |open |an? |the )*cpp|current cpp", "open cpp"),
        (r"(?:per|a|each|every) (month|week|day|night)", r"each\1"),
        (
            r"(?:out of|outside)(?: of)? (?:the |our |its |their )?(?:local |city |county |borough |council |authority |la )*(?:area|boundar(?:y|ies)|authority|borough|county|city|council)(?:'s)?(?: area| boundar(?:y|ies))?",
            "outside",
        ),
        (
            r"(?:placed|placement) (?:for adoption|with (?:their )?(?:adopters|adoptive (?:family|families|parents)))|adoptive placements?|adoption placements?",
            "adoptiveplacement",
        ),
        (r"placement orders?", "placementorder"),
    )
)
_SPELLINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\bwithin (?:a|one) year\b", "within 12 months"),
        (r"\blooked-after\b", "looked after"),
        (r"\bexcl?\b\.?", "excluding"),
        (r"\bincl?\b\.?", "including"),
        (r"\b(?:due|owing) to\b", "to"),
        (r"\btime taken\b", "time"),
        (r"\b(?:national )?non-? ?domestic rates?(?: \(?nn?dr\b\)?)?|\bnndr\b", "business rates"),
        (r"\bexclusions?\b", "excluded"),
        (r"\bre-(?=[a-z]{3})(?!refer|plan|regist)", "re"),
    )
)
_CHILDREN = re.compile(r"\b(?:child(?:ren)?|young (?:people|persons?)|cyp|pupils?)\b", re.IGNORECASE)
_PEOPLE = re.compile(r"(?<!young )\b(?:people|persons?|adults|residents)\b", re.IGNORECASE)
_NUMBER_WORDS = {
    w: str(n)
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_POINTING_ONE = re.compile(
    r"\b((?:an? |the )?(?:earlier|previous|last|first|prior|other|this|that|each|new|old)) one\b"
)
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b")
_BASIS = re.compile(
    r"\b(?:(?:in|over|during|for|within) )?(?:the |a )?(?:last|past|previous|preceding|latest) (?:12 months?|1 years?|year)\b|\b(?:rolling|moving) (?:12[- ]months?|year)(?: (?:to|average))?|\b12[- ]month (?:rolling|moving)(?: average)?"
    r"|\b(?:in|over|during|for) (?:the |a )?(?:12 months?|year)(?! or | ?\+)(?: (?:to|ending|ended)(?: the end of)?)?(?! of)\b|\bover 12 months\b|\byear[- ]to[- ]date\b|\bytd\b|\b(?:lower|higher|smaller|bigger|low|high) (?:is|the) (?:better|good)\b|\(?\b(?:snapshot|cumulative)\b\)?"
)
_MORE = (
    r"(?P<compare>[<>≤≥]|\b(?:under|over|less than|fewer than|more than|at least|longer than|no more than|up to)\b)?\s*"
)
_OR_MORE = r"(?P<after>\s*(?:\+|or (?:more|over|longer|above|further)\b|and (?:over|above)\b|plus\b))?"
_SPAN = re.compile(
    rf"{_MORE}\b(?P<n>\d+(?:\.\d+)?)\s*(?P<plus>\+)?\s*[- ]?(?P<unit>working[- ]day|wd|day|week|month|year|yr|hour|hr|mile)s?\b\.?(?![- ]olds?){_OR_MORE}"
)
_AGE = re.compile(
    r"\b(?:aged?|ages)?\s*(?:between\s+)?\b(?P<low>\d{1,2})\s*(?:-|–|to|and|/)\s*(?P<high>\d{1,2})\b(?!\s*(?:%|working|days?|weeks?|months?|hours?|miles?|placements?))(?:[- ]?(?:years?|yrs?)[- ]?olds?|\s+years)?"
    r"|\b(?:(?:aged|ages?)\s+)?(?P<side>under|over)[- ]?(?P<limit>\d{1,2})(?:s\b|(?:[- ]?years?)?[- ]olds?\b|\b(?=\s*(?:years?\b)?\s*(?:$|[,;)])))"
    r"|\b(?:aged|age)\s+(?P<word>under|over)?\s*(?P<one>\d{1,2})\b(?P<up>\+| and over| or over)?|\b(?P<olds>\d{1,2})[- ]?years?[- ]olds?\b"
)
_THRESHOLD = re.compile(r"\b(?:(?:at least|more than|over)\s+(?P<over>\d+)|(?P<n>\d+)\s*(?:\+|or more\b|plus\b))")
_PER = re.compile(
    r"\bper\s+(?:1,?000|10,?000|100,?000|10k|1k|100k)\b(?:\s+(?:of (?:the )?)?(?:child(?:ren)?|young people|population|under[- ]?18s?|aged? (?:under )?[\d -]+|0-17|10-17|years|the|child population|local)\b)*"
)
_BARE_NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
_PERIOD_WORDS = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may(?= (?:19|20)\d\d)|june|july|august|september|october|november|december)\b(?: (?:19|20)\d\d)?|\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b|\b(?:quarter|q) ?[1-4]\b"
)
_SPLIT_BY = re.compile(
    r",?\s*\bby (?:locality|area|team|age|service|district|ward|month|quarter|region|source|gender|ethnicity)\b(?: (?:team|group|area)s?)?"
)
_REFERENCE = re.compile(r"^\s*\d+(?:\.\d+)+\s+|\b(?:ni|pi|kpi)\s?\d+[a-z]?\b")

# Words that change what is measured: two measures that differ in one of them are two measures.
_DISCRIMINATOR_WORDS = """not no without never under over repeat second subsequent new initial review visit start open close cease end agency vacancy turnover
    permanent interim female male boy girl primary secondary fostering residential adopt adoption missing absent cost overspend underspend saving
    average excluding including seen alone reject refuse allocate unallocated overdue outside inside internal external"""
_WEAK_WORDS = """the a an of in on at to for with within and or by from that which who whose were was is are be been being have has had having do did their its our your this these
    those it as per into than all each any child children young people person percentage percent proportion share number total count case record recorded receive
    received receiving receives determine determined carry carried undertake undertaken held hold made make give given last past previous recent latest current currently annual figure service
    services council borough across place during when where how there other also yr old overall quality% % no. number value level performance
    measure indicator required statutory work working complete set out decide decision rate end date time period month months quarter year years subject some but we say so
    now more most half stat report reported show provided provide compare against average% cumulative therefore then while they them may be came come result achieve target ensure had got
    identified being get per cent undertaken been actual outturn following plus such wide authority local england national nationally approximately around just only very still do done finalise finalised finish finished ever live living"""
_STEMS = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"(?<=[^s])s$"), ""),
    (re.compile(r"(?<=[a-z]{3}[ct])ion$"), ""),
    (re.compile(r"(?:ed|ing|e)$"), ""),
    (re.compile(r"(?<=[a-z]{4}nt)ly$"), ""),
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
    words = text.casefold().replace("’", "'").replace("&", " and ").replace("–", "-")
    words = re.sub(r"'s\b", "", " ".join(words.split()))
    for pattern, plain in _SPELLINGS:
        words = pattern.sub(plain, words)
    words = _POINTING_ONE.sub(r"\1", words)
    words = _NUMBER.sub(lambda m: _NUMBER_WORDS[m[0]], words)
    words = _BASIS.sub(" ", _PERIOD_WORDS.sub(" ", _PER.sub(" ", _SPLIT_BY.sub(" ", _REFERENCE.sub(" ", words)))))
    words = " ".join(words.split())
    for pattern, token in _TERMS:
        words, found = pattern.subn(f" {token} ", words)
        words = " ".join(words.split()) if found else words
    tells = {_span(m) for m in _SPAN.finditer(words)}
    words = _SPAN.sub(" ", words)
    tells |= {_age(m) for m in _AGE.finditer(words)}
    words = _AGE.sub(" ", words)
    tells |= {f"over:{m['over'] or m['n']}" for m in _THRESHOLD.finditer(words)}
    words = _THRESHOLD.sub(" ", words)
    tells |= {m[0] for m in _BARE_NUMBER.finditer(words)}
    names = set()
    for word in re.findall(r"[a-z][a-z']+|s47", words):
        stem = _stem(word)
        if stem in _WEAK:
            continue
        names.add(stem)
        if stem in _DISCRIMINATORS:
            tells.add(stem)
    if "rereferral" in names:
        names.discard("referral")  # a share of referrals, said or not
    return MeasureWords(frozenset(names), frozenset(tells))


def people_meant(text: str) -> str:
    """Whom a wording speaks of in so many words: `children`, `people` of any age, or empty where neither or both."""
    children, people = bool(_CHILDREN.search(text)), bool(_PEOPLE.search(text))
    return "" if children == people else "children" if children else "people"


_COMPARED = {
    "<": "under",
    "≤": "under",
    "less than": "under",
    "fewer than": "under",
    "no more than": "under",
    "under": "under",
    ">": "over",
    "≥": "over",
    "more than": "over",
    "longer than": "over",
    "over": "over",
    "at least": "over",
}
_SPAN_UNITS = {
    "working-day": "d",
    "wd": "d",
    "day": "d",
    "hour": "h",
    "hr": "h",
    "year": "y",
    "yr": "y",
    "mile": "mile",
}


def _span(m: re.Match[str]) -> str:
    """A span of time or distance: "45 working days" and "45 days" are `45d`, two years `24m`, 24 hours `1d`."""
    unit = _SPAN_UNITS.get(m["unit"].replace(" ", "-"), m["unit"][:1])
    number = Decimal(m["n"])
    if unit == "y":
        number, unit = number * 12, "m"
    if unit == "h" and number % 24 == 0:
        number, unit = number / 24, "d"
    prefix = _COMPARED.get((m["compare"] or "").strip(), "over" if m["plus"] or m["after"] else "")
    shown = f"{number.normalize():f}{unit}"
    return f"{prefix}:{shown}" if prefix else shown


def _age(m: re.Match[str]) -> str:
    if m["low"]:
        return f"age:{m['low']}-{m['high']}"
    if m["limit"]:
        return f"age:-{m['limit']}" if m["side"] == "under" else f"age:{m['limit']}-"
    if m["olds"]:
        return f"age:{m['olds']}"
    if m["word"] == "under":
        return f"age:-{m['one']}"
    return f"age:{m['one']}-" if m["up"] or m["word"] == "over" else f"age:{m['one']}"


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


def as_written(text: str, names: Iterable[str]) -> list[str]:
    """The words of `text` that came to these names, in its order; a name that stands for several words as it is."""
    wanted = set(names)
    words = [word for word in re.findall(r"[a-z][a-z'-]+", text.casefold()) if _stem(word) in wanted]
    return list(dict.fromkeys([*words, *sorted(wanted - {_stem(word) for word in words})]))


_TELL_UNITS = {"d": "days", "w": "weeks", "m": "months", "h": "hours", "mile": "miles"}
_TELL = re.compile(r"(?:(under|over):)?(?:([\d.]+)(mile|[dwmh])|([\d.]+))")


def tells_in_words(tells: Iterable[str]) -> str:
    """What tells look-alikes apart, as people say it: `over:24m` is "over 24 months"."""
    return " and ".join(sorted(map(_tell_in_words, tells)))


def _tell_in_words(tell: str) -> str:
    if tell.startswith("age:"):
        low, _, high = tell.removeprefix("age:").partition("-")
        if not low:
            return f"aged under {high}"
        return f"aged {low} to {high}" if high else f"aged {low}"
    if found := _TELL.fullmatch(tell):
        number = f"{found[2]} {_TELL_UNITS[found[3]]}" if found[2] else found[4]
        return f"{found[1]} {number}" if found[1] else number
    return f"'{tell}'"
