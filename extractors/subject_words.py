"""Words that name a measure: a clause cut down to its subject, without dates, places and what leads in or out of it."""

from __future__ import annotations

import re

# Words that carry a sentence about a figure and name no measure: "this figure was over", "we have now met our", "a further".
_CARRIER_WORDS = """ofsted little among amongst across a about above accounted accounts achieve achieved achieves again against ago agreed aim aims all also although ambition amounted amounts an and annual
annually any approximately are around as aspiration at authorities authority average averaged averages averaging back be become been before being
below benchmark best better between both bring brought but by came comes compare compared compares comparing comparison continue continued continues
council council's councils currently date dated day days decrease decreased decreases despite dipped doing done down drop dropped during each earlier
early end england equates equivalent especially estimated every exactly exceeded excess exceeding expect expected expects fall fallen falling falls
far fell fewer figure figures financial first floor following for forecast four fourth from fte full further given goal goes going group had half has
have having high higher highest hit hold how however identified if improve improved improvement improves improving in increase increased increases
increasing indicative inside intention is it its itself just keep last late later latest least less level levels limit line local low lower lowest
made mainly maintain maintained majority make many maximum may mean means meet meeting meets met mid midlands minimum miss missed misses missing month
monthly months more most much national nationally nearest nearly neighbour neighbours next no noted not now number numbered numbers october of on one
only or original other our out outturn over overall own particularly peaked per percent percentage performance period point points position
predecessor previous previously proportion published put quarter quarters quoted range ranged ranges ranging rate rates reach reached reaching
recorded recover recovered reduce reduced reduces reducing reduction region regional regionally remain remained remains report reported reporting
respective respectively result resulted results retain return returned revised rise risen rises rising rose same second seven share short shown shows
significant significantly since six slight slightly so some spring stands standard stat statistical stay stayed steady still stood summer target
targets than that the their them then there therefore these they third this those three threshold through throughout thus time to total towards twelve
two ten under unchanged until up upper us value very was way we we've week weekly weeks well were when where which while whilst who whom whole will
winter with within worse would year years yet autumn term terms january february march april june july august september november december q1 q2 q3 q4
calendar academic cohort level-pegging nine eight five"""
_CARRIERS = frozenset(_CARRIER_WORDS.split())
_WORD = re.compile(r"[A-Za-z][A-Za-z'’&-]*")
GAP = "\x00"  # stands for a date that was taken out of the words
OPENING_PHRASE = re.compile(
    r"^\s*(?:in|for|across|among|within|at|as at|as of|during|since|by|over|between|on|after|following|under|despite)\s[^,]{3,70},\s*",
    re.IGNORECASE,
)
OPENING_BEFORE_ANAPHOR = re.compile(
    r"^\s*(?:in|for|across|among|within|by)\s[^,]{3,50}?\s(?=(?:this|that|the|it)\s+(?:figure|rate|proportion|percentage|was|is|share|number|average|fell|rose|stood|remained)\b)",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\b(?:proportion|percentage|per cent|share|number|rate|%|volume)\s+(?:of|for)\s+(?!which\b)", re.IGNORECASE
)
_REPORTING = re.compile(
    r"^.*\b(?:noted|confirmed|advised|said|told|queried|explained|asked|heard|stated|informed|agreed|decided|approved|resolved|replied|responded|shows?|showed|reporting|added|highlighted|accepted)\b(?:\s+\w+){0,2}?\s+(?:that|why|whether|how|when)\s+",
    re.IGNORECASE | re.DOTALL,
)
_COMMENTED = re.compile(
    r"^.*\b(?:highlighted|identified|criticised|raised|flagged|noted|praised|commented on|drew attention to)\s+(?:the\s+|our\s+|its\s+)?(?:\w+\s+)?(?:performance|timeliness)\s+(?:of|in|on|for|around)\s+(?=\w)",
    re.IGNORECASE | re.DOTALL,
)
_WHICH_THEN = re.compile(
    r"\s+which\s+(?:at|by|on|in)\s+the\s+(?:\w+\s+){1,6}?(?:was|were|is|are|stood at)\s*$", re.IGNORECASE
)
_BOUNDARY = re.compile(
    r"[;.]\s|[;.]$|[()]|[\uf000-\uf0ff•]|,\s(?:identical|similar|equal|broadly|marginally|considerably|much|far|still|only|also|though|despite|due|because|reflecting|representing|accounting|including|followed|whereas|one|this|it|we|our|all)\b|,\s(?:and|but|the|to|in|with|compared|up|down|an?|which|significantly|against|slightly|well|at|from|of|for|below|above|better|worse|higher|lower|not|just|who|having|when|although|while|missing|so|or|exceeding|as|on|rising|falling|bringing|taking|making|more|less|fewer|than|thanks)\b"
    r"|\b(?:comprising|consisting of|made up of|compared|compares|which (?:is|was|has|had|are|were|compares|equates)|whilst|while|but|against|at the end|as at|up from|down from|and those|an increase|a decrease|a reduction|when)\b|\s[–—-]\s|,\s*\x00",
    re.IGNORECASE,
)
_TRIM_BEFORE = re.compile(
    r"^(?:\W|\b(?:therefore|additionally|furthermore|consequently|moreover|meanwhile)\s*,|\b(?:and|but|while|whilst|however|although|the|a|an|that|of|which|in|there|has|have|had|been|for example|overall|than|is|was|were|are|by|so|also|why|how|when|where|our|its|their|to|currently|at|with|from|on|over|as)\b)+",
    re.IGNORECASE,
)
_TRIM_AFTER = re.compile(
    r"(?:[^\w)%]|\b(?:of|at|to|is|was|were|are|has|have|had|been|by|from|in|and|the|a|an|which|currently|for|with|than|as|target|about|over|around|approximately|c|that|fell|rose|stood|reached|now|only|just|further|"
    r"dropped|reduced|increased|improved|maintained|slightly|expected|be|still|remains?|will|compared|compares|against|between|on|averaged|averages|peaked|ranged|ranges|risen|fallen|recovered|therefore|dipped|numbered|"
    r"up|down|above|below|or|under|nearly|almost|some|totalled|amounted|came|improves|increases|reduces|rises|falls|whom|who|its|their|our|during|since|until|end of|average of|started|an average|an estimated|it|this|there|reached|continued|decreased|declined|grown|grew|significantly|steadily|stands|also|through|equivalent|rate of|but|while|whilst|where|more than|less than)\b)+$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r",?\s(?:(?:has|have|had|was|were|is|are)\s+)?(?:(?:been|also|now|since|still|\w+ly|continued to|continues to)\s+)*(?:recovered|improved|improving|fallen|falling|fell|risen|rising|rose|increased|increasing|decreased|reduced|dropped|declined|grown|grew|dipped|peaked|worsened|deteriorated|moved|climbed|halved|doubled|improve|recover|fall|rise)\b(?!.*\b(?:who|that|which)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
LOOSENED = re.compile(
    r"(?:\b(?:c|ca|approx|est)\.|\b(?:about|around|approximately|circa|over|under|nearly|almost|some|just))\s*$",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:(?:at|by|in|on|to|since|from|until|for|during|over|between|of|as at|as of|up to|through)\s+)?(?:the\s+)?(?:(?:\d+|six|nine|twelve|three|first|second|last|full|whole|rolling|financial|calendar|academic|same|end|start|beginning|close|course|quarter|year|month|months|week|period|half|point|of|in|to|ending|ended|the|for|at|on|from)\s+)*\x00"
    r"(?:\s*(?:-|–|to|and|/)\s*\x00)*",
    re.IGNORECASE,
)
_UNDATED = re.compile(
    r"\b(?:(?:in|at|during|over|for|by)\s+)?(?:the\s+)?(?:(?:same|previous|last|current|following|preceding|full|reporting|whole)\s+)+(?:period|point|time|quarter|year|term|half[- ]year|half|month|report|week)(?:\s+(?:last year|in|of))?\b"
    r"|\b(?:in|at|during|over|for|by)\s+(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:half|quarter|\w+\s+months?|term)(?:\s+of\s+(?:the|this|last)\s+(?:\w+\s+)?year)?\b|\b(?:by|at)\s+(?:the\s+)?year[- ]end\b|\b(?:in|over|during|by)\s+the\s+(?:calendar|financial|academic)?\s*year(?=\s*$)"
    r"|\b(?:the\s+)?(?:year|month|quarter|week)\s+(?:before|earlier|ago)\b|\b(?:in|at)\s+(?:the|that|this)\s+(?:quarter|period|date|month|time)\b|\bso far this year\b|\bat that date\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:in|for|at|across|by)\s+(?:our\s+|the\s+)?(?:[A-Z][\w’'-]+(?:\s+(?:and|of|&|the|upon)\s+(?=[A-Z])|\s+(?=[A-Z]))?)+(?:\s+(?:as a whole|alone|locality|area|team|teams|service|office|localities|region))*"
    r"|\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*(?:['’]s)?\s+(?=(?:averages?|average|figures?|rates?|levels?|mean|median)\b)"
)
_GENERIC_WORDS = """subject subjects children child people young families family cases plans households episodes staff workers posts places days pupils visits referrals assessments
individuals"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_MAX_WORDS = 24


def content_words(words: str) -> list[str]:
    """The words that name something: without carriers, digits and dates."""
    return [w for w in _WORD.findall(words.casefold()) if w not in _CARRIERS and len(w) > 1]


def undated(words: str) -> str:
    """The words without dates and what leads to them."""
    return DATED.sub(" ", words) if GAP in words else words


def unplaced(words: str) -> str:
    """The words without places and times: what is left of them tells whether they name a measure."""
    return _UNDATED.sub(" ", _PLACED.sub(" ", undated(words)))


def is_bare(noun: str) -> bool:
    """'children', 'plans': a noun that alone names no measure."""
    return {w.casefold() for w in _WORD.findall(noun)} <= _GENERIC


def after_report(left: str) -> str:
    """What a sentence says that somebody said: without "Members noted that"."""
    return _REPORTING.sub("", left)


def subject_of(left: str) -> str:
    """The subject of the clause that leads up to the number."""
    left = re.sub(r":\s*[\uf000-\uf0ff•–-]\s*", ": ", LOOSENED.sub("", left))
    clause = re.split(r"[;]\s|\.\s|\n|[\uf000-\uf0ff•]", left)[-1]
    head, colon, rest = clause.rpartition(": ")
    if colon and content_words(unplaced(rest)):
        clause = f"{head} {rest}" if re.match(r"\W*(?:in|for|among|of)\b", rest) and content_words(head) else rest
    parts = re.split(r",\s(?:and|but|with|while|whilst|so|when|although)\s|\s(?:while|whilst|but)\s", clause)
    clause = parts[-1] if content_words(unplaced(parts[-1])) else clause
    clause = _WHICH_THEN.sub(
        "", _COMMENTED.sub("", clause) if "performance" in clause or "timeliness" in clause else clause
    )
    clause = OPENING_BEFORE_ANAPHOR.sub("", OPENING_PHRASE.sub("", undated(clause)))
    shares = [
        m for m in _SHARE_OF.finditer(clause) if not re.search(r"\bas an?\s+$", clause[: m.start()], re.IGNORECASE)
    ]
    if shares and content_words(clause[shares[-1].end() :]):
        head = clause[: shares[-1].end()]
        named = re.search(
            r"\b(vacancy|agency|turnover|absence|sickness|referral|re-referral|completion|response)\s+rates?\s+(?:of|for)\s+$",
            head,
            re.IGNORECASE,
        )
        return clean(clause[shares[-1].end() :] + (f" {named[1]} rate" if named else ""))
    clause = _unmoved(clause).rstrip()
    placed = re.search(
        rf"(?:{_PLACED.pattern})\s*(?:was|were|is|are|has|had|have|fell|rose|stood|at|of|to|from|\s)*$", clause
    )
    if placed and content_words(unplaced(clause[: placed.start()])):
        clause = clause[: placed.start()]
    return clean(clause)


def _unmoved(clause: str) -> str:
    """'Dental checks have recovered after the pandemic, from': the subject without what became of it."""
    m = _MOVED.search(clause)
    return clause[: m.start()] if m and content_words(clause[: m.start()]) else clause


def until_boundary(right: str) -> str:
    m = _BOUNDARY.search(right)
    return right[: m.start()] if m else right


def clean_end(words: str) -> str:
    return " ".join(_TRIM_AFTER.sub("", " ".join(_UNDATED.sub(" ", words).split())).split())


def clean(words: str) -> str:
    """The words without dates and without what leads in or out of them, at most two dozen."""
    words = _UNDATED.sub(" ", undated(words)).replace(GAP, " ")
    words = " ".join(words.split())
    words = _TRIM_AFTER.sub("", _TRIM_BEFORE.sub("", words))
    return " ".join(words.split()[-_MAX_WORDS:]).strip(" ,;:-–—'\"“”‘’")
