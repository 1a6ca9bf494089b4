"""The ways in which a clause names what its figure measures: target, bracket, noun counted, verb, list, subject."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.figure_spots import SPANNED, Spot
from extractors.quantities import Quantity
from extractors.subject_words import (
    DATED,
    GAP,
    LOOSENED,
    OPENING_BEFORE_ANAPHOR,
    OPENING_PHRASE,
    after_report,
    clean,
    clean_end,
    content_words,
    is_bare,
    subject_of,
    unplaced,
    until_boundary,
)

_AUXILIARY = r"has|have|had|was|were|is|are|will|would|can|could|did|do|does"
_VERB = (
    rf"(?:{_AUXILIARY}|said|say|felt|feel|told|thought|think|know|knew|live|lives|lived|went|go|came|come|led|lead|left|made|took|take|held|met|set|spent|paid|kept|put|lost|sent|"
    r"became|become|attend|attends|receive|receives|agree|agreed|wait|waited|use|used|work|worked|remain(?:s|ed)?|rate|rated|want|wanted|progress(?:es|ed)?|"
    r"(?!(?:need|exceed|compared|aged|looked|disabled|unaccompanied|based|related|dedicated|qualified|detailed|indeed|speed|hundred|allocated|unallocated|mixed|proposed|combined|named|advanced|registered|funded|maintained)\b)\w{3,}ed)"
)
_ADVERBS = r"(?:(?:subsequently|also|still|now|only|already|currently|then|again|therefore|later|not|\w+ly)\s+)*"
_VERB_FIRST = re.compile(rf"\s*{_ADVERBS}{_VERB}\b(?!\s+(?:to|from|by|at)\s*$)", re.IGNORECASE)
_NO_VERB_OF_ITS_OWN = re.compile(
    rf"\s*{_ADVERBS}(?:compar\w+|reported|recorded|published|quoted|expected|required|agreed|based|needed|achieved|due|set(?!\s+aside)|"
    r"(?:is|was|are|were|has been|had been|have been|will be)\s+(?:(?:now|also|still|not|yet|only|just)\s+)*(?:reported|recorded|published|quoted|achieved|met|missed|reached|exceeded|agreed|set|to be (?:reached|met|achieved)))\b",
    re.IGNORECASE,
)
_LINKING = re.compile(r"^\s*(?:has|have|had|was|were|is|are|will)\s+(?:been\s+|be\s+)?", re.IGNORECASE)
_PEOPLE_END = re.compile(rf"\s+(?:who\s+|that\s+|which\s+)?{_ADVERBS}{_VERB}\b", re.IGNORECASE)
_AMOUNT = r"(?:(?:over|under|about|around|approximately|nearly|almost|some|just|only|at least|more than|less than|a further|another|circa|c\.|up to|exactly|fewer than)\s+)*"
_CLAUSE_STARTS = re.compile(
    rf"(?:^|[,;:(]|[\uf000-\uf0ff•]|\s[–—-]\s|\b(?:and|but|while|whilst|with|where|whom|which)\b)\s*{_AMOUNT}$",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"\s*(?:,|;|,?\s*\b(?:and|but|while|whilst|plus)\b)\s*{_AMOUNT}", re.IGNORECASE)
_OPENING_OF = re.compile(r"^\W*of\s+([^,]{3,80}?),?\s*$|^\W*of\s+([^,]{3,80}?),\s", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"^\W*(?:(?:and|but|while|whilst|so|when|as|although|though|however|where|with)\s+)*(?:this|it|that|these|they|those|which|there|(?:the|its|our|their|these|those)\s+(?:\w+\s+)?(?:figure|rate|number|percentage|proportion|share|position|average|total|result|target)s?)\s+"
    rf"(?:{_VERB}|compares?|stands?|equates?|represents?|falls?|rose|fell|stood|peaked|means?|now)\b",
    re.IGNORECASE,
)
_OWN_TERM = re.compile(
    r"\b(?:an?|the|its|their|our)\s+((?:[\w’'/-]+\s+){0,5}?(?:rate|score|cost|spend|overspend|underspend|deficit|budget|caseload|grant|saving|savings|turnover|balance|surplus|fee|allowance|expenditure))\s+of\s+\W*(?:\w+\s+)?$",
    re.IGNORECASE,
)
_OF = re.compile(r"[\s,]*of\s+(?!target\b)", re.IGNORECASE)
_TARGET_OF = re.compile(r"\b(?:targets?|goal)\s+(?:for|on)\s+(.+)", re.IGNORECASE)
_NAMED_TARGET = re.compile(
    r"^\W*(?:(?:the|our|a|an|its)\b)?\s*([\w%&/' -]+?)\s+(?:target|limit|threshold|minimum|floor|standard)\b",
    re.IGNORECASE,
)
_AIMING = re.compile(
    r"\b(?:(?:we|the council|the service|the board|the plan|the director|officers|members)\s+)?(?:(?:want|wants|aim|aims|expect|expects|plan|plans|hope|hopes|need|needs|intend|intends|should|must)\s+)?(?:to\s+)?"
    r"(?:be\s+able\s+to\s+)?(?:bring|bringing|reduce|reducing|increase|increasing|raise|raising|improve|improving|reach|reaching|achieve|achieving|keep|keeping|maintain|get|cut|lower|move|have|take)\b\s*(?:the\s+)?",
    re.IGNORECASE,
)
_AIM_NOUN = re.compile(
    r"^.*?\b(?:ambition|aim|goal|intention|target|plan|aspiration|objective|commitment|expectation|standard)\s+(?:is|was|remains|aims|expects|being|set)\s*(?:that|to|for|at)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_BREAKDOWN = re.compile(
    r"^\W*(?:in|by|across|at)\s.*\b(?:team|teams|service|localit\w+|area|areas|region|district|office|borough|county|city|ward|quadrant)\b",
    re.IGNORECASE,
)
_NARROWING = re.compile(
    r"^\W*(?:and\s+|while\s+|whilst\s+|but\s+|\W)*((?:for|in|among|amongst)\s+[^,;]{3,60}?)(?:\s+(?:it|this|the figure|the rate))?\s*(?:was|is|were|are|at|,|:)?\s*$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;()\uf000-\uf0ff•]|\s[–—-]\s|\b(?:but|while|whilst|against|compared\s+(?:to|with)|compares\s+(?:to|with)|up\s+from|down\s+from|which\s+(?:is|was|are|were)|lower\s+than|higher\s+than|better\s+than|worse\s+than|more\s+than|less\s+than|rising\s+to|falling\s+to)\b",
    re.IGNORECASE,
)
_CONNECTED = re.compile(r"^\W*(?:(?:and|but|while|whilst|although|though|however|so|whereas)\b\s*)+", re.IGNORECASE)
_AIMED_AT = re.compile(
    r"[;:,(]\s?|\n|\s[–—-]\s|\b(?:against|short of|missing|missed|below|above|meet|meeting|met|within|inside|exceeding|towards?|that)\b"
)
_BULLET = re.compile(r"\s*[\uf000-\uf0ff•–-]")
_STOPS_NOUN = r"\b(?:were|was|are|is|have|has|had|to|at|in(?!\s+(?:care|need)\b)|by|for|who|which|that|with|from|on|and|as|where|will|completed|currently|undertaken|per|since|during|between|than|but|when|each|against|compared)\b"


def own_clause(left: str) -> str:
    """Of the words since the figure before, those that lead up to this one: the rest is said of the figure before."""
    ends = [m.end() for m in _CLAUSE_END.finditer(left)] or [m.end() for m in re.finditer(r"\band\b", left)]
    if ends:
        return left[ends[-1] :]
    return "" if re.search(r"\b(?:to|from|than|through|and)\s*$", left.rstrip()) else left


def of_target(spot: Spot, q: Quantity, before: str) -> str:
    """'the target for visits', 'Turnover target of', 'the aim is to bring agency cover down to': what the target is for,
    where its own words say."""
    if m := _TARGET_OF.search(until_boundary(spot.right)) or _TARGET_OF.search(spot.left):
        words = clean(until_boundary(m[1]))
        if content_words(unplaced(words)):
            return words
    clause = _AIMED_AT.split(spot.left)[-1]
    if (m := _NAMED_TARGET.match(clause)) and content_words(unplaced(_without_aims(m[1]))):
        words = clean(_without_aims(after_report(m[1])))
        if content_words(words) and _is_own(clause):
            return words
    counted = noun_counted(spot, q)
    if counted and not re.search(r"\b(?:number|total|average|caseloads?)\b", spot.left, re.IGNORECASE):
        return before if is_bare(counted) and before else counted
    aimed = clean(subject_of(_without_aims(after_report(spot.left))))
    pointed = _ANAPHOR.match(spot.left) or re.search(
        r"\b(?:against|short of|missing|target|standard|minimum|threshold)\b", spot.left, re.IGNORECASE
    )
    if content_words(unplaced(aimed)) and not (pointed and before) and _is_own(aimed):
        return aimed
    if not before and _OF.match(spot.right):
        return clean(until_boundary(_OF.sub("", spot.right, count=1)))
    if re.match(r"\s*of\s+(?!the\b)", spot.right) and content_words(until_boundary(spot.right)) and not pointed:
        own = clean(until_boundary(_OF.sub("", spot.right, count=1)))
        return f"{aimed} {own}".strip() if content_words(own) else ""
    return counted


def _is_own(words: str) -> bool:
    return not re.search(r"\b(?:we|our|this|that|it|they|their|which)\b", words, re.IGNORECASE)


def _without_aims(words: str) -> str:
    return _AIMING.sub(" ", _AIM_NOUN.sub("", words))


def by_bracket(spot: Spot, q: Quantity, named: Mapping[Quantity, str], before: str) -> str:
    """'76 (55%) were completed on time' is a share of what is counted; '73% live with carers (2017: 70%)' the same at
    another time; 'contacts decided within a day (the figure for May was 84%)' has its words before the bracket."""
    if spot.counted_before and leads_verb(spot.right):
        people = _opening_people(spot.opening, before) or people_in(named.get(spot.counted_before, ""))
        return clean(f"{people} {until_boundary(spot.right)}")
    if spot.counted_before:
        tail = until_boundary(spot.right)
        people = named.get(spot.counted_before, "")
        return clean(f"{people} {tail}") if content_words(tail) else people or before
    if spot.last:
        return before if spot.last.unit != "gbp" or q.unit == "gbp" else named.get(spot.last, before)
    words = by_subject(spot._replace(last=None, bracketed=False), q, before)
    tail = until_boundary(spot.right)
    return clean(f"{words} {tail}") if leads_verb(spot.right) and len(content_words(tail)) > 0 else words


def starts_clause(spot: Spot) -> bool:
    """Whether the number opens its clause: no subject or verb leads up to it."""
    left = unplaced(spot.left)
    if _CLAUSE_STARTS.search(left):
        return True
    return not content_words(left) and not re.search(
        r"\b(?:was|were|is|are|at|to|of|from|than|with|by|been|stood|fell|rose|be|reached|against)\s*$",
        left.strip(),
        re.IGNORECASE,
    )


def leads_verb(right: str) -> bool:
    words = until_boundary(right)
    return (
        bool(_VERB_FIRST.match(right))
        and not _NO_VERB_OF_ITS_OWN.match(right)
        and bool(content_words(unplaced(words)) or SPANNED.search(words))
    )


def of_verb(spot: Spot, before: str) -> str:
    """The verb phrase that a share leads, with the people it is a share of: those of the opening "of", the subject that
    `whom` points to, or those of the figure before."""
    said = clean(_LINKING.sub("", until_boundary(spot.right), count=1))
    people = _opening_people(spot.opening, before)
    if not people and re.search(r"\b(?:whom|which)\s*\w*\s*$", spot.left, re.IGNORECASE):
        people = (
            clean(re.sub(r"[\s,]*\b(?:of\s+)?(?:whom|which)\s*\w*\s*$", "", spot.left, flags=re.IGNORECASE)) or before
        )
    if not people and spot.last:
        people = people_in(before)
    return clean(f"{people} {said}") if said else before


def _opening_people(opening: str, before: str) -> str:
    """'Of those aged 19 to 21,': whom the shares of the sentence are shares of."""
    m = _OPENING_OF.match(opening)
    if not m:
        return ""
    words = m[1] or m[2]
    if not re.match(r"these\b|those\b|them\b|this\b", words, re.IGNORECASE):
        return clean(words)
    own = clean(re.sub(r"^(?:these|those|them|this)(?:\s+number)?\b", "", words, flags=re.IGNORECASE))
    return f"{people_in(before)} {own}".strip()


def people_in(name: str) -> str:
    """Of a name such as 'children in foster care live with in-house carers' whom it is about, else nothing."""
    m = _PEOPLE_END.search(name)
    return name[: m.start()] if m else name if len(name.split()) <= 5 else ""


_MADE_UP_OF = re.compile(
    r"\b(?:comprising|consisting of|made up of|including|split between)\s*$|^\W*and\s*$", re.IGNORECASE
)
_PART_FOR = re.compile(
    r"\s*(?:for|on|of|from)\s+(?!the\s+(?:year|quarter|period)\b)[a-z][\w’'/-]*(?:\s+(?!and\b|but\b)[a-z][\w’'/-]*){0,4}"
)
_OPENS_AMOUNT = re.compile(
    r"\b(?:the|an?|this|that|our|its|further|additional|remaining|required|projected|forecast)\s+$", re.IGNORECASE
)
_MONEY_NOUN = (
    r"(?:shortfall|gap|deficit|surplus|overspend|underspend|pressures?|savings?|efficienc(?:y|ies)|demand|reserves?|debts?|grants?|investment|funding|income|reductions?"
    r"|rephasing|slippage|variance|contributions?|uplifts?|growth|borrowing|contract|programme|package|repayment)"
)
_AMOUNT_NOUN = re.compile(
    rf"\s+(?:(?!in\b|of\b|to\b|from\b|by\b|for\b|and\b|on\b|at\b|is\b|was\b)[a-z-]+\s+){{0,3}}?{_MONEY_NOUN}\b",
    re.IGNORECASE,
)
_AMOUNT_IN = re.compile(rf"\s+in\s+(?:(?:\w+\s+){{0,2}}?){_MONEY_NOUN}\b[^.;,()]*", re.IGNORECASE)


def noun_of_amount(spot: Spot, q: Quantity) -> str:
    """What an amount is of, where the noun stands behind it: "the £2m shortfall", "deliver £4m in savings and fees"."""
    if q.unit != "gbp":
        return ""
    if m := _AMOUNT_IN.match(until_boundary(spot.right)):
        return clean(re.sub(r"^\s+in\s+", "", m[0]))
    if _OPENS_AMOUNT.search(spot.left) and (m := _AMOUNT_NOUN.match(until_boundary(spot.right))):
        return clean(until_boundary(spot.right))
    return ""


def by_continuation(spot: Spot, q: Quantity, before: str) -> str:
    """A further figure whose own words before it name nothing: what it is "of", what follows it in a list, else the same
    as the figure before."""
    if _OF.match(spot.right) and not re.match(r"[\s,]*of\s+(?:the|all)?\s*(?:total|\x00)", spot.right):
        own = clean(until_boundary(_OF.sub("", spot.right, count=1)))
        if len(content_words(own)) > 1 or (content_words(own) and not _LISTED.fullmatch(spot.left)):
            return own
    listed = re.search(rf"(?:{_LISTED.pattern})$", unplaced(spot.left), re.IGNORECASE)
    if q.unit == "gbp" and (part := _PART_FOR.match(spot.right)) and _MADE_UP_OF.search(spot.left):
        return clean(f"{before} {part[0]}")
    if listed or re.fullmatch(r"[^\w]*of (?:which|whom)\s*", spot.left):
        phrase = until_boundary(spot.right)
        phrase = re.split(r",|\band\b", phrase)[0] if spot.later else phrase
        own = clean_end(DATED.sub(" ", phrase))
        if (
            content_words(unplaced(own))
            and not _BREAKDOWN.match(own)
            and not re.match(r"\s*(?:for|in|at)\s+\x00?\s*$", phrase)
        ):
            if (
                re.match(r"\W*(?:up|down|points?|higher|lower|more than|less than|better|worse)\b", own)
                and q.unit != "percent"
            ):
                return before
            return clean(f"{people_in(before)} {own}")
    starts = re.match(r"\s*(?:[,;:()\uf000-\uf0ff•]|[–—-]\s|and\b|while\b|whilst\b|but\b)", spot.left)
    narrowed = _NARROWING.match(spot.left) if starts else None
    if narrowed and content_words(unplaced(narrowed[1])) and not _BREAKDOWN.match(narrowed[1]):
        return _narrowed(before, narrowed[1])
    return before


def _is_narrowing(phrase: str) -> bool:
    """'For those above school age', and not 'in the Northern team' or 'for March'."""
    m = re.match(r"\s*(?:for|among|amongst)\b(.*)", phrase, re.IGNORECASE | re.DOTALL)
    named = content_words(unplaced(phrase)) or re.search(r"\b(?:aged|under|over)\s+\d", phrase)
    return bool(m and named and not _BREAKDOWN.match(f"in {m[1].strip()}"))


def _narrowed(before: str, phrase: str) -> str:
    """'in primary schools ... in secondary schools': the name before with its last such phrase exchanged."""
    preposition = phrase.split()[0].casefold()
    m = re.search(rf"^(.*\S)\s+{preposition}\s", before, re.IGNORECASE)
    return clean(f"{m[1] if m and content_words(m[1]) else before} {clean_end(phrase)}")


_ON_TIME = re.compile(
    r"\s*(?:(?:were|was|being)\s+)?(?:(?:completed|held|done|carried out|undertaken)\s+)?((?:with)?in\s+(?:the\s+)?(?:statutory\s+|required\s+)?time[- ]?(?:scales?|frames?|limits?)|on time|in time)\b",
    re.IGNORECASE,
)


def by_subject(spot: Spot, q: Quantity, before: str, heading: str = "") -> str:
    """By the subject of the clause that leads up to the number, and what follows "of"."""
    left = after_report(spot.left)
    if spot.last:
        left = _CONNECTED.sub("", left)
    anaphor = _ANAPHOR.match(OPENING_BEFORE_ANAPHOR.sub("", OPENING_PHRASE.sub("", unplaced(left))))
    if (m := _OWN_TERM.search(LOOSENED.sub("", left))) and content_words(unplaced(m[1])):
        if len(content_words(unplaced(m[1]))) > 1 or q.unit != "gbp":
            return clean(m[1])
        subject = subject_of(own_clause(left[: m.start()]) if spot.last else left[: m.start()])
        return clean(f"{subject} {m[1]}") if content_words(unplaced(subject)) else clean(f"{before} {m[1]}")
    followed = clean(until_boundary(_OF.sub("", spot.right, count=1))) if _OF.match(spot.right) else ""
    opened = OPENING_BEFORE_ANAPHOR.match(left) or OPENING_PHRASE.match(left)
    if anaphor and before and opened and _is_narrowing(opened[0]):
        return _narrowed(before, opened[0].strip(" ,"))
    if anaphor and before and leads_verb(spot.right):
        return of_verb(spot._replace(last=spot.last or q), before)
    if anaphor and before and len(content_words(followed)) < 2:
        return before
    narrowed = _NARROWING.match(left)
    if narrowed and _BULLET.match(left) and not followed and heading:
        return clean(f"{heading} {narrowed[1]}")
    if narrowed and before and content_words(narrowed[1]) and not followed and (spot.last or _BULLET.match(left)):
        return before if _BREAKDOWN.match(narrowed[1]) else _narrowed(before, narrowed[1])
    if before and re.search(r"[:;]\s", left) and not content_words(unplaced(re.split(r"[:;]\s", left)[-1])):
        return before
    subject = subject_of(own_clause(left) if spot.last and content_words(unplaced(own_clause(left))) else left)
    owned = bool(content_words(unplaced(subject)))
    if content_words(followed) and (_PEOPLE_END.search(followed) or not owned):
        return followed
    if followed and owned and content_words(followed):
        return (
            clean(f"{subject} {followed}")
            if re.search(r"\b(?:on|in|for|covered|to|cover|filled|within|of|after|with)\s*\W*(?:\w+\s+){0,1}$", left)
            else followed
        )
    if owned and re.match(r"\s*lost\b", spot.right):
        return clean(f"{subject} days {until_boundary(spot.right)}")
    if owned and (kept := _ON_TIME.match(spot.right)):
        return clean(f"{subject} {kept[1]}")
    if owned:
        if q.unit == "gbp" and len(content_words(subject)) == 1:
            return clean(f"{subject} {until_boundary(spot.right)}")
        return subject
    if leads_verb(spot.right) and not before:
        return clean(_LINKING.sub("", until_boundary(spot.right), count=1))
    if q.unit == "gbp" and spot.last is None and content_words(until_boundary(spot.right)):
        return clean(until_boundary(spot.right))
    if not before and q.unit not in ("gbp", "count"):
        return (
            clean(until_boundary(spot.right)) if content_words(until_boundary(spot.right)) else _after_comma(spot.right)
        )
    return before


def _after_comma(right: str) -> str:
    """'At 33%, the re-referral rate remains high': the subject follows."""
    m = re.match(r"\s*,\s*(?:the|our)\s+([^,;.]+)", right, re.IGNORECASE)
    if not m:
        return ""
    subject = re.split(rf"\s{_ADVERBS}(?:{_AUXILIARY}|remain(?:s|ed)?|stands?|stood|continues?)\b", m[1])[0]
    return clean(subject)


def noun_counted(spot: Spot, q: Quantity) -> str:
    """For a count, the noun that it counts: "42 case audits were undertaken"; a bare "children" with what is said of them."""
    if q.unit != "count":
        return ""
    words = re.match(
        r"\s+(?:of\s+(?:the|these|those|our)\s+|of\s+)?((?:[A-Za-z][\w’'&/-]*\s*){1,6})", spot.right.split(GAP)[0]
    )
    if not words or spot.right[:1] in "\n\t":
        return ""
    noun = re.split(_STOPS_NOUN, words[1])[0].strip()
    if not content_words(noun) or (noun.isupper() and len(noun) > 5):
        return ""
    subject = subject_of(spot.left)
    linked = re.search(r"\b(?:is|are|was|were|at|to|from|of|than|below|above)\s+(?:\w+\s+)?$", spot.left, re.IGNORECASE)
    if (
        linked
        and content_words(unplaced(subject))
        and not _ANAPHOR.match(spot.left)
        and re.search(r"\b(?:average|caseloads?|number|total|rate|score)\b", spot.left, re.IGNORECASE)
    ):
        each = re.match(r"\s*(?:\w+\s+){1,2}per\s+(?!\d|cent)[\w\s-]+", until_boundary(spot.right))
        return f"{subject} {clean(each[0])}" if each else subject
    if is_bare(noun):
        whole = clean(until_boundary(spot.right))
        if len(content_words(whole)) > len(content_words(noun)):
            return whole
        if re.search(r"\blook(?:s|ing|ed)? after\s+\w*\s*$", spot.left):
            return clean(f"{subject} {noun}")
    return clean(noun)
