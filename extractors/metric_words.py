"""The words of a paper that name what a figure measures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractors.language import Passage, Sentence
from extractors.quantities import Quantity
from extractors.roles import Window, role_of
from schema.records import Role

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
_GAP = "\x00"  # stands for a date that was taken out of the words

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

_OPENING_PHRASE = re.compile(
    r"^\s*(?:in|for|across|among|within|at|as at|as of|during|since|by|over|between|on|after|following|under|despite)\s[^,]{3,70},\s*",
    re.IGNORECASE,
)
_OPENING_BEFORE_ANAPHOR = re.compile(
    r"^\s*(?:in|for|across|among|within|by)\s[^,]{3,50}?\s(?=(?:this|that|the|it)\s+(?:figure|rate|proportion|percentage|was|is|share|number|average|fell|rose|stood|remained)\b)",
    re.IGNORECASE,
)
_OPENING_OF = re.compile(r"^\W*of\s+([^,]{3,80}?),?\s*$|^\W*of\s+([^,]{3,80}?),\s", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"^\W*(?:(?:and|but|while|whilst|so|when|as|although|though|however|where|with)\s+)*(?:this|it|that|these|they|those|which|there|(?:the|its|our|their|these|those)\s+(?:\w+\s+)?(?:figure|rate|number|percentage|proportion|share|position|average|total|result|target)s?)\s+"
    rf"(?:{_VERB}|compares?|stands?|equates?|represents?|falls?|rose|fell|stood|peaked|means?|now)\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\b(?:proportion|percentage|per cent|share|number|rate|%|volume)\s+(?:of|for)\s+(?!which\b)", re.IGNORECASE
)
_REPORTING = re.compile(
    r"^.*\b(?:noted|confirmed|advised|said|told|queried|explained|asked|heard|stated|informed|agreed|decided|approved|resolved|replied|responded|shows?|showed|reporting|added|highlighted|accepted)\b(?:\s+\w+){0,2}?\s+(?:that|why|whether|how|when)\s+",
    re.IGNORECASE | re.DOTALL,
)
_OWN_TERM = re.compile(
    r"\b(?:an?|the|its|their|our)\s+((?:[\w’'/-]+\s+){0,5}?(?:rate|score|cost|spend|overspend|underspend|deficit|budget|caseload|grant|saving|savings|turnover|balance|surplus|fee|allowance|expenditure))\s+of\s+\W*(?:\w+\s+)?$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;.]\s|[;.]$|[()]|[\uf000-\uf0ff•]|,\s(?:identical|similar|equal|broadly|marginally|considerably|much|far|still|only|also|though|despite|due|because|reflecting|representing|accounting|including|followed|whereas|one|this|it|we|our|all)\b|,\s(?:and|but|the|to|in|with|compared|up|down|an?|which|significantly|against|slightly|well|at|from|of|for|below|above|better|worse|higher|lower|not|just|who|having|when|although|while|missing|so|or|exceeding|as|on|rising|falling|bringing|taking|making|more|less|fewer|than|thanks)\b"
    r"|\b(?:compared|compares|which (?:is|was|has|had|are|were|compares|equates)|whilst|while|but|against|at the end|as at|up from|down from|and those|an increase|a decrease|a reduction|when)\b|\s[–—-]\s|,\s*\x00",
    re.IGNORECASE,
)
_TRIM_BEFORE = re.compile(
    r"^(?:\W|\b(?:and|but|while|whilst|however|although|the|a|an|that|of|which|in|there|has|have|had|been|for example|overall|than|is|was|were|are|by|so|also|why|how|when|where|our|its|their|to|currently|at|with|from|on|over|as)\b)+",
    re.IGNORECASE,
)
_TRIM_AFTER = re.compile(
    r"(?:[^\w)%]|\b(?:of|at|to|is|was|were|are|has|have|had|been|by|from|in|and|the|a|an|which|currently|for|with|than|as|target|about|over|around|approximately|c|that|fell|rose|stood|reached|now|only|just|further|"
    r"dropped|reduced|increased|improved|maintained|slightly|expected|be|still|remains?|will|compared|compares|against|between|on|averaged|averages|peaked|ranged|ranges|risen|fallen|recovered|therefore|dipped|numbered|"
    r"up|down|above|below|or|under|nearly|almost|some|totalled|amounted|came|improves|increases|reduces|rises|falls|whom|who|its|their|our|during|since|until|end of|average of|started|an average|an estimated|it|this|there|reached|continued|decreased|declined|grown|grew|significantly|steadily|stands|also|through|equivalent|rate of|but|while|whilst|where|more than|less than)\b)+$",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    r"[\s,]*of\s+(?:these|those|which|whom|them|this number|that number)\b(?!\s+who\b|\s+aged\b)\s*", re.IGNORECASE
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
_MOVED = re.compile(
    r",?\s(?:(?:has|have|had|was|were|is|are)\s+)?(?:(?:been|also|now|since|still|\w+ly|continued to|continues to)\s+)*(?:recovered|improved|improving|fallen|falling|fell|risen|rising|rose|increased|increasing|decreased|reduced|dropped|declined|grown|grew|dipped|peaked|worsened|deteriorated|moved|climbed|halved|doubled|improve|recover|fall|rise)\b(?!.*\b(?:who|that|which)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_LOOSENED = re.compile(
    r"(?:\b(?:c|ca|approx|est)\.|\b(?:about|around|approximately|circa|over|under|nearly|almost|some|just))\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(
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
_WITHIN = re.compile(r"\b(?:within|under|over|more than|less than|at least|aged)\s+$", re.IGNORECASE)
_SPANNED = re.compile(r"[\w.]+[\s-]*(?:miles?|days?|weeks?|months?|hours?|years?|working)\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*[\uf000-\uf0ff•–-]")
_POINTS_BACK = re.compile(r"^\W*(?:this|it|that|these)\b", re.IGNORECASE)
_EACH = re.compile(r"\s*(?:a|per|each|every)\s+(?:month|week|day|night)\b", re.IGNORECASE)
_OUT_OF = re.compile(r"\bof\s+(?:the\s+|this\s+)?$", re.IGNORECASE)
_THRESHOLD = re.compile(r"\s*(?:or|and)\s+(?:more|over|fewer|less|above|older|under|subsequent)\b|\s*\+", re.IGNORECASE)
_GENERIC_WORDS = """subject subjects children child people young families family cases plans households episodes staff workers posts places days pupils visits referrals assessments
individuals"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_STOPS_NOUN = r"\b(?:were|was|are|is|have|has|had|to|at|in(?!\s+(?:care|need)\b)|by|for|who|which|that|with|from|on|and|as|where|will|completed|currently|undertaken|per|since|during|between|than|but|when|each|against|compared)\b"
_MAX_WORDS = 24
_FAMILIES = {"percentage_points": "percent"}


def content_words(words: str) -> list[str]:
    """The words that name something: without carriers, digits and dates."""
    return [w for w in _WORD.findall(words.casefold()) if w not in _CARRIERS and len(w) > 1]


class _Spot(NamedTuple):
    """A figure with the words about it, dates and other bodies' names taken out.

    `left` runs from the figure before it or the start of the sentence, `right` to the next one or the end.
    """

    left: str
    right: str
    last: Quantity | None
    later: Quantity | None
    opening: str  # the words of the sentence before its first figure
    bracketed: bool  # stands in a bracket that names nothing of its own
    counted_before: Quantity | None  # the count that the bracket gives the share of: "76 (55%)"


def metric_words(
    passage: Passage, q: Quantity, role: Role, figures: Sequence[Quantity], named: Mapping[Quantity, str], previous: str
) -> str:
    """The words that name what `q` measures.

    The noun that a count counts; what follows "of" ("87.9% of cases had management oversight") or the verb that a share
    leads ("84% said they were proud"), with the people it is a share of; the subject before the number ("the turnover rate
    fell to"). Where the sentence only points back ("this figure was", "compared with 78.1%", "our 95% target"), what the
    figure before it measured. `named` has what was found for the figures before in the sentence, `previous` what the
    last figure before the sentence measured.
    """
    words = _words(passage, q, role, figures, named, previous)
    each = _EACH.match(passage.text[q.end : q.end + 20]) if q.unit in ("count", "gbp") else None
    if each and words and not re.search(r"(?:month|week|dai|night)(?:ly)?\b", words, re.IGNORECASE):
        return f"{words} {' '.join(each[0].split())}"
    return "" if q.unit == "count" and len(words) > 4 and words.isupper() else words


def _words(
    passage: Passage, q: Quantity, role: Role, figures: Sequence[Quantity], named: Mapping[Quantity, str], previous: str
) -> str:
    spot = _spot(passage, q, figures)
    before = _antecedent(passage, q, role, figures, named, previous)
    if role == "target":
        return _of_target(spot, q, before) or before or _of_later(passage, q, spot, figures, previous)
    if listed := _respectively(passage, q, figures, spot):
        return listed
    if spot.bracketed:
        return _bracketed(spot, q, named, before)
    if _OF_THESE.match(spot.right):
        tail = _clean(_until_boundary(_OF_THESE.sub("", spot.right)))
        return f"{_people(before)} {tail}".strip() if content_words(tail) else before
    if q.unit == "gbp" and _OUT_OF.search(spot.left) and _leads_verb(spot.right):
        return _clean(_until_boundary(spot.right))
    if _starts_clause(spot) and _leads_verb(spot.right):
        return _of_verb(spot, before)
    if counted := _counted(spot, q):
        return before if before and _is_bare(counted) and _POINTS_BACK.match(spot.left) else counted
    if spot.last and not content_words(_unplaced(_own_clause(spot.left))):
        return _continued(spot, q, before)
    return _by_subject(spot, q, before, _heading(passage, q))


def _heading(passage: Passage, q: Quantity) -> str:
    """'The share of children entitled to free meals:', the sentence that introduces the one `q` stands in."""
    index = passage.sentence_at(q.start)
    if not index:
        return ""
    sentence = passage.sentences[index - 1]
    words = _said(passage, sentence).words
    return _subject(words.rstrip(" :")) if words.rstrip().endswith(":") else ""


class _Said(NamedTuple):
    """The sentence with its dates and the names of councils and other bodies blanked out, every character in its place."""

    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    def cut(self, start: int, end: int) -> str:
        return self.words[start - self.start : max(start, end) - self.start]


def _said(passage: Passage, sentence: Sentence) -> _Said:
    words = list(passage.text[sentence.start : sentence.end])

    def blank(start: int, end: int, mark: str) -> None:
        if sentence.start <= start and end <= sentence.end:
            words[start - sentence.start : end - sentence.start] = [" "] * (end - start - 1) + [mark]

    for period in passage.periods:
        blank(period.start, period.end, _GAP)
    for body in passage.bodies:
        blank(body.start, body.end, " ")
    return _Said("".join(words), sentence.start)


def _spot(passage: Passage, q: Quantity, figures: Sequence[Quantity]) -> _Spot:
    said = _said(passage, passage.sentences[passage.sentence_at(q.start)])
    beside = [f for f in figures if f is not q and not _is_threshold(passage.text, f)]
    last = max((f for f in beside if f.end <= q.start), default=None)
    after = q.end
    parts = re.match(r"\s*\([^()]*\)", said.cut(q.end, said.end))
    if parts and any(q.end <= f.start < q.end + parts.end() for f in beside):
        after += parts.end()  # "89% (195 of 220) of children"
    later = min((f for f in beside if f.start >= after), default=None)
    spot = _Spot(
        left=said.cut(last.end if last else said.start, q.start),
        right=said.cut(after, later.start if later else said.end),
        last=last,
        later=later,
        opening=said.cut(said.start, min((f.start for f in beside if f.end <= q.start), default=q.start)),
        bracketed=False,
        counted_before=None,
    )
    opened = _opened(said.cut(said.start, q.start))
    return spot if opened is None else _in_bracket(spot, said, q, said.start + opened)


def _in_bracket(spot: _Spot, said: _Said, q: Quantity, opened: int) -> _Spot:
    """The spot of a figure that stands in a bracket, which has words of its own or points to those before it."""
    last = spot.last
    inside = said.cut(max(opened + 1, last.end if last else 0), q.start)
    if content_words(_unplaced(inside)) or not (last or content_words(said.cut(said.start, opened))):
        return spot._replace(left=inside)
    counts = last is not None and last.end <= opened and last.unit == "count" != q.unit
    closed = re.match(r"[^()]*\)", spot.right)
    return spot._replace(
        left=spot.left if last else said.cut(said.start, opened),
        right=spot.right[closed.end() :] if closed and not content_words(_unplaced(closed[0])) else spot.right,
        bracketed=True,
        counted_before=last if counts and last and not content_words(said.cut(last.end, opened)) else None,
    )


def _opened(before: str) -> int | None:
    opened = before.rfind("(")
    return opened if opened >= 0 and ")" not in before[opened:] else None


def _is_threshold(text: str, q: Quantity) -> bool:
    """'three or more placements': part of a measure's name and no neighbour of the figures about it."""
    if q.unit in ("percent", "gbp", "percentage_points"):
        return False
    return bool(
        _THRESHOLD.match(text[q.end : q.end + 20])
        or (_WITHIN.search(text[max(0, q.start - 14) : q.start]) and _SPANNED.match(text[q.start : q.end + 16]))
    )


def _own_clause(left: str) -> str:
    """Of the words since the figure before, those that lead up to this one: the rest is said of the figure before."""
    ends = [m.end() for m in _CLAUSE_END.finditer(left)] or [m.end() for m in re.finditer(r"\band\b", left)]
    if ends:
        return left[ends[-1] :]
    return "" if re.search(r"\b(?:to|from|than|through|and)\s*$", left.rstrip()) else left


def _unplaced(words: str) -> str:
    """The words without places and times: what is left of them tells whether they name a measure."""
    return _UNDATED.sub(" ", _PLACED.sub(" ", _DATED.sub(" ", words)))


def _family(unit: str) -> str:
    return _FAMILIES.get(unit, unit)


def _antecedent(
    passage: Passage,
    q: Quantity,
    role: Role,
    figures: Sequence[Quantity],
    named: Mapping[Quantity, str],
    previous: str,
) -> str:
    """What the sentence points back to: the nearest figure before of the same unit, for a change the nearest of all."""
    earlier = [f for f in figures if f.end <= q.start and named.get(f)]
    alike = [f for f in earlier if role == "change" or _family(f.unit) == _family(q.unit)]
    if alike:
        return named[alike[-1]]
    if earlier and q.unit not in ("percent", "percentage_points", "gbp"):
        return named[earlier[-1]]
    said = _said_before(passage, q)
    return said or previous or (named[earlier[-1]] if earlier else "")


def _said_before(passage: Passage, q: Quantity) -> str:
    """What the last figure of the same unit measured, one or two sentences back, where another unit stands between."""
    index = passage.sentence_at(q.start)
    for back in range(index - 1, max(-1, index - 4), -1):
        numbers = _numbers(passage, back)
        if not numbers:
            continue
        if _family(numbers[-1].unit) == _family(q.unit):
            return ""  # the caller's `previous`
        if any(_family(f.unit) == _family(q.unit) for f in numbers):
            names = _names(passage, back, numbers)
            return next((names[f] for f in reversed(numbers) if _family(f.unit) == _family(q.unit) and names[f]), "")
    return ""


def _numbers(passage: Passage, index: int) -> list[Quantity]:
    sentence = passage.sentences[index]
    return [f for f in passage.quantities if sentence.start <= f.start < sentence.end and f.aside is None]


def _names(passage: Passage, index: int, numbers: Sequence[Quantity], previous: str = "") -> dict[Quantity, str]:
    """What the figures of an earlier sentence measure."""
    sentence = passage.sentences[index]
    names: dict[Quantity, str] = {}
    for q in numbers:
        names[q] = metric_words(passage, q, _role(passage, sentence, q, numbers), numbers, names, previous)
    return names


def _role(passage: Passage, sentence: Sentence, q: Quantity, numbers: Sequence[Quantity]) -> Role:
    left = max([f.end for f in numbers if f.end <= q.start] + [sentence.start])
    right = min([f.start for f in numbers if f.start >= q.end] + [sentence.end])
    text = passage.text
    return role_of(Window(text[left : q.start], text[q.end : right], text[sentence.start : sentence.end]), q.unit)


def _respectively(passage: Passage, q: Quantity, figures: Sequence[Quantity], spot: _Spot) -> str:
    """'This compares with 22%, 19% and 59%': as many figures as the sentence before it names, in its order."""
    alike = [f for f in figures if _family(f.unit) == _family(q.unit)]
    if len(alike) < 2 or len(alike) != len(figures) or content_words(_unplaced(spot.opening)):
        return ""
    text = passage.text
    if any(not re.fullmatch(r"\s*(?:,|,?\s*and)\s*", text[a.end : b.start]) for a, b in itertools.pairwise(alike)):
        return ""
    index = passage.sentence_at(q.start)
    found: list[str] = []
    for back in range(index - 1, max(-1, index - 3), -1):
        numbers = _numbers(passage, back)
        names = _names(passage, back, numbers)
        found = [*dict.fromkeys(names[f] for f in numbers if f.unit == q.unit and names[f]), *found]
        if len(found) >= len(alike):
            break
    return found[alike.index(q)] if len(found) == len(alike) else ""


def _of_target(spot: _Spot, q: Quantity, before: str) -> str:
    """'the target for visits', 'Turnover target of', 'the aim is to bring agency cover down to': what the target is for,
    where its own words say."""
    if m := _TARGET_OF.search(_until_boundary(spot.right)) or _TARGET_OF.search(spot.left):
        words = _clean(_until_boundary(m[1]))
        if content_words(_unplaced(words)):
            return words
    clause = _AIMED_AT.split(spot.left)[-1]
    if (m := _NAMED_TARGET.match(clause)) and content_words(_unplaced(_without_aims(m[1]))):
        words = _clean(_without_aims(_after_report(m[1])))
        if content_words(words) and _is_own(clause):
            return words
    counted = _counted(spot, q)
    if counted and not re.search(r"\b(?:number|total|average|caseloads?)\b", spot.left, re.IGNORECASE):
        return before if _is_bare(counted) and before else counted
    aimed = _clean(_subject(_without_aims(_after_report(spot.left))))
    pointed = _ANAPHOR.match(spot.left) or re.search(
        r"\b(?:against|short of|missing|target|standard|minimum|threshold)\b", spot.left, re.IGNORECASE
    )
    if content_words(_unplaced(aimed)) and not (pointed and before) and _is_own(aimed):
        return aimed
    if not before and _OF.match(spot.right):
        return _clean(_until_boundary(_OF.sub("", spot.right, count=1)))
    if re.match(r"\s*of\s+(?!the\b)", spot.right) and content_words(_until_boundary(spot.right)) and not pointed:
        own = _clean(_until_boundary(_OF.sub("", spot.right, count=1)))
        return f"{aimed} {own}".strip() if content_words(own) else ""
    return counted


def _is_own(words: str) -> bool:
    return not re.search(r"\b(?:we|our|this|that|it|they|their|which)\b", words, re.IGNORECASE)


def _without_aims(words: str) -> str:
    return _AIMING.sub(" ", _AIM_NOUN.sub("", words))


def _of_later(passage: Passage, q: Quantity, spot: _Spot, figures: Sequence[Quantity], previous: str) -> str:
    """'Against a target of 90%, 84% of visits were on time': a target that names nothing is that of the figure after it."""
    later = next((f for f in figures if f.start >= q.end and _family(f.unit) == _family(q.unit)), None)
    if later is None or spot.last is not None:
        return ""
    return metric_words(passage, later, "actual", [f for f in figures if f is not q], {}, previous)


def _bracketed(spot: _Spot, q: Quantity, named: Mapping[Quantity, str], before: str) -> str:
    """'76 (55%) were completed on time' is a share of what is counted; '73% live with carers (2017: 70%)' the same at
    another time; 'contacts decided within a day (the figure for May was 84%)' has its words before the bracket."""
    if spot.counted_before and _leads_verb(spot.right):
        people = _opening_people(spot.opening, before) or _people(named.get(spot.counted_before, ""))
        return _clean(f"{people} {_until_boundary(spot.right)}")
    if spot.counted_before:
        tail = _until_boundary(spot.right)
        people = named.get(spot.counted_before, "")
        return _clean(f"{people} {tail}") if content_words(tail) else people or before
    if spot.last:
        return before if spot.last.unit != "gbp" or q.unit == "gbp" else named.get(spot.last, before)
    words = _by_subject(spot._replace(last=None, bracketed=False), q, before)
    tail = _until_boundary(spot.right)
    return _clean(f"{words} {tail}") if _leads_verb(spot.right) and len(content_words(tail)) > 0 else words


def _starts_clause(spot: _Spot) -> bool:
    """Whether the number opens its clause: no subject or verb leads up to it."""
    left = _unplaced(spot.left)
    if _CLAUSE_STARTS.search(left):
        return True
    return not content_words(left) and not re.search(
        r"\b(?:was|were|is|are|at|to|of|from|than|with|by|been|stood|fell|rose|be|reached|against)\s*$",
        left.strip(),
        re.IGNORECASE,
    )


def _leads_verb(right: str) -> bool:
    words = _until_boundary(right)
    return (
        bool(_VERB_FIRST.match(right))
        and not _NO_VERB_OF_ITS_OWN.match(right)
        and bool(content_words(_unplaced(words)) or _SPANNED.search(words))
    )


def _of_verb(spot: _Spot, before: str) -> str:
    """The verb phrase that a share leads, with the people it is a share of: those of the opening "of", the subject that
    `whom` points to, or those of the figure before."""
    said = _clean(_LINKING.sub("", _until_boundary(spot.right), count=1))
    people = _opening_people(spot.opening, before)
    if not people and re.search(r"\b(?:whom|which)\s*\w*\s*$", spot.left, re.IGNORECASE):
        people = (
            _clean(re.sub(r"[\s,]*\b(?:of\s+)?(?:whom|which)\s*\w*\s*$", "", spot.left, flags=re.IGNORECASE)) or before
        )
    if not people and spot.last:
        people = _people(before)
    return _clean(f"{people} {said}") if said else before


def _opening_people(opening: str, before: str) -> str:
    """'Of those aged 19 to 21,': whom the shares of the sentence are shares of."""
    m = _OPENING_OF.match(opening)
    if not m:
        return ""
    words = m[1] or m[2]
    if not re.match(r"these\b|those\b|them\b|this\b", words, re.IGNORECASE):
        return _clean(words)
    own = _clean(re.sub(r"^(?:these|those|them|this)(?:\s+number)?\b", "", words, flags=re.IGNORECASE))
    return f"{_people(before)} {own}".strip()


def _people(name: str) -> str:
    """Of a name such as 'children in foster care live with in-house carers' whom it is about, else nothing."""
    m = _PEOPLE_END.search(name)
    return name[: m.start()] if m else name if len(name.split()) <= 5 else ""


def _continued(spot: _Spot, q: Quantity, before: str) -> str:
    """A further figure whose own words before it name nothing: what it is "of", what follows it in a list, else the same
    as the figure before."""
    if _OF.match(spot.right) and not re.match(r"[\s,]*of\s+(?:the|all)?\s*(?:total|\x00)", spot.right):
        own = _clean(_until_boundary(_OF.sub("", spot.right, count=1)))
        if len(content_words(own)) > 1 or (content_words(own) and not _LISTED.fullmatch(spot.left)):
            return own
    listed = re.search(rf"(?:{_LISTED.pattern})$", _unplaced(spot.left), re.IGNORECASE)
    if listed or re.fullmatch(r"[^\w]*of (?:which|whom)\s*", spot.left):
        phrase = _until_boundary(spot.right)
        phrase = re.split(r",|\band\b", phrase)[0] if spot.later else phrase
        own = _clean_end(_DATED.sub(" ", phrase))
        if (
            content_words(_unplaced(own))
            and not _BREAKDOWN.match(own)
            and not re.match(r"\s*(?:for|in|at)\s+\x00?\s*$", phrase)
        ):
            if (
                re.match(r"\W*(?:up|down|points?|higher|lower|more than|less than|better|worse)\b", own)
                and q.unit != "percent"
            ):
                return before
            return _clean(f"{_people(before)} {own}")
    starts = re.match(r"\s*(?:[,;:()\uf000-\uf0ff•]|[–—-]\s|and\b|while\b|whilst\b|but\b)", spot.left)
    narrowed = _NARROWING.match(spot.left) if starts else None
    if narrowed and content_words(_unplaced(narrowed[1])) and not _BREAKDOWN.match(narrowed[1]):
        return _narrowed(before, narrowed[1])
    return before


def _is_narrowing(phrase: str) -> bool:
    """'For those above school age', and not 'in the Northern team' or 'for March'."""
    m = re.match(r"\s*(?:for|among|amongst)\b(.*)", phrase, re.IGNORECASE | re.DOTALL)
    named = content_words(_unplaced(phrase)) or re.search(r"\b(?:aged|under|over)\s+\d", phrase)
    return bool(m and named and not _BREAKDOWN.match(f"in {m[1].strip()}"))


def _narrowed(before: str, phrase: str) -> str:
    """'in primary schools ... in secondary schools': the name before with its last such phrase exchanged."""
    preposition = phrase.split()[0].casefold()
    m = re.search(rf"^(.*\S)\s+{preposition}\s", before, re.IGNORECASE)
    return _clean(f"{m[1] if m and content_words(m[1]) else before} {_clean_end(phrase)}")


def _by_subject(spot: _Spot, q: Quantity, before: str, heading: str = "") -> str:
    """By the subject of the clause that leads up to the number, and what follows "of"."""
    left = _after_report(spot.left)
    if spot.last:
        left = _CONNECTED.sub("", left)
    anaphor = _ANAPHOR.match(_OPENING_BEFORE_ANAPHOR.sub("", _OPENING_PHRASE.sub("", _unplaced(left))))
    if (m := _OWN_TERM.search(_LOOSENED.sub("", left))) and content_words(_unplaced(m[1])):
        if len(content_words(_unplaced(m[1]))) > 1 or q.unit != "gbp":
            return _clean(m[1])
        subject = _subject(_own_clause(left[: m.start()]) if spot.last else left[: m.start()])
        return _clean(f"{subject} {m[1]}") if content_words(_unplaced(subject)) else _clean(f"{before} {m[1]}")
    followed = _clean(_until_boundary(_OF.sub("", spot.right, count=1))) if _OF.match(spot.right) else ""
    opened = _OPENING_BEFORE_ANAPHOR.match(left) or _OPENING_PHRASE.match(left)
    if anaphor and before and opened and _is_narrowing(opened[0]):
        return _narrowed(before, opened[0].strip(" ,"))
    if anaphor and before and _leads_verb(spot.right):
        return _of_verb(spot._replace(last=spot.last or q), before)
    if anaphor and before and len(content_words(followed)) < 2:
        return before
    narrowed = _NARROWING.match(left)
    if narrowed and _BULLET.match(left) and not followed and heading:
        return _clean(f"{heading} {narrowed[1]}")
    if narrowed and before and content_words(narrowed[1]) and not followed and (spot.last or _BULLET.match(left)):
        return before if _BREAKDOWN.match(narrowed[1]) else _narrowed(before, narrowed[1])
    if before and re.search(r"[:;]\s", left) and not content_words(_unplaced(re.split(r"[:;]\s", left)[-1])):
        return before
    subject = _subject(_own_clause(left) if spot.last and content_words(_unplaced(_own_clause(left))) else left)
    owned = bool(content_words(_unplaced(subject)))
    if content_words(followed) and (_PEOPLE_END.search(followed) or not owned):
        return followed
    if followed and owned and content_words(followed):
        return (
            _clean(f"{subject} {followed}")
            if re.search(r"\b(?:on|in|for|covered|to|cover|filled|within|of|after|with)\s*\W*(?:\w+\s+){0,1}$", left)
            else followed
        )
    if owned and re.match(r"\s*lost\b", spot.right):
        return _clean(f"{subject} days {_until_boundary(spot.right)}")
    if owned:
        if q.unit == "gbp" and len(content_words(subject)) == 1:
            return _clean(f"{subject} {_until_boundary(spot.right)}")
        return subject
    if _leads_verb(spot.right) and not before:
        return _clean(_LINKING.sub("", _until_boundary(spot.right), count=1))
    if q.unit == "gbp" and spot.last is None and content_words(_until_boundary(spot.right)):
        return _clean(_until_boundary(spot.right))
    if not before and q.unit not in ("gbp", "count"):
        return (
            _clean(_until_boundary(spot.right))
            if content_words(_until_boundary(spot.right))
            else _after_comma(spot.right)
        )
    return before


def _after_comma(right: str) -> str:
    """'At 33%, the re-referral rate remains high': the subject follows."""
    m = re.match(r"\s*,\s*(?:the|our)\s+([^,;.]+)", right, re.IGNORECASE)
    if not m:
        return ""
    subject = re.split(rf"\s{_ADVERBS}(?:{_AUXILIARY}|remain(?:s|ed)?|stands?|stood|continues?)\b", m[1])[0]
    return _clean(subject)


def _is_bare(noun: str) -> bool:
    """'children', 'plans': a noun that alone names no measure."""
    return {w.casefold() for w in _WORD.findall(noun)} <= _GENERIC


def _counted(spot: _Spot, q: Quantity) -> str:
    """For a count, the noun that it counts: "42 case audits were undertaken"; a bare "children" with what is said of them."""
    if q.unit != "count":
        return ""
    words = re.match(
        r"\s+(?:of\s+(?:the|these|those|our)\s+|of\s+)?((?:[A-Za-z][\w’'&/-]*\s*){1,6})", spot.right.split(_GAP)[0]
    )
    if not words or spot.right[:1] in "\n\t":
        return ""
    noun = re.split(_STOPS_NOUN, words[1])[0].strip()
    if not content_words(noun) or (noun.isupper() and len(noun) > 5):
        return ""
    subject = _subject(spot.left)
    linked = re.search(r"\b(?:is|are|was|were|at|to|from|of|than|below|above)\s+(?:\w+\s+)?$", spot.left, re.IGNORECASE)
    if (
        linked
        and content_words(_unplaced(subject))
        and not _ANAPHOR.match(spot.left)
        and re.search(r"\b(?:average|caseloads?|number|total|rate|score)\b", spot.left, re.IGNORECASE)
    ):
        each = re.match(r"\s*(?:\w+\s+){1,2}per\s+(?!\d|cent)[\w\s-]+", _until_boundary(spot.right))
        return f"{subject} {_clean(each[0])}" if each else subject
    if _is_bare(noun):
        whole = _clean(_until_boundary(spot.right))
        if len(content_words(whole)) > len(content_words(noun)):
            return whole
        if re.search(r"\blook(?:s|ing|ed)? after\s+\w*\s*$", spot.left):
            return _clean(f"{subject} {noun}")
    return _clean(noun)


def _after_report(left: str) -> str:
    """What a sentence says that somebody said: without "Members noted that"."""
    return _REPORTING.sub("", left)


def _subject(left: str) -> str:
    """The subject of the clause that leads up to the number."""
    left = re.sub(r":\s*[\uf000-\uf0ff•–-]\s*", ": ", _LOOSENED.sub("", left))
    clause = re.split(r"[;]\s|\.\s|\n|[\uf000-\uf0ff•]", left)[-1]
    head, colon, rest = clause.rpartition(": ")
    if colon and content_words(_unplaced(rest)):
        clause = f"{head} {rest}" if re.match(r"\W*(?:in|for|among|of)\b", rest) and content_words(head) else rest
    parts = re.split(r",\s(?:and|but|with|while|whilst|so|when|although)\s|\s(?:while|whilst|but)\s", clause)
    clause = parts[-1] if content_words(_unplaced(parts[-1])) else clause
    clause = _OPENING_BEFORE_ANAPHOR.sub("", _OPENING_PHRASE.sub("", _DATED.sub(" ", clause)))
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
        return _clean(clause[shares[-1].end() :] + (f" {named[1]} rate" if named else ""))
    clause = _unmoved(clause).rstrip()
    placed = re.search(
        rf"(?:{_PLACED.pattern})\s*(?:was|were|is|are|has|had|have|fell|rose|stood|at|of|to|from|\s)*$", clause
    )
    if placed and content_words(_unplaced(clause[: placed.start()])):
        clause = clause[: placed.start()]
    return _clean(clause)


def _unmoved(clause: str) -> str:
    """'Dental checks have recovered after the pandemic, from': the subject without what became of it."""
    m = _MOVED.search(clause)
    return clause[: m.start()] if m and content_words(clause[: m.start()]) else clause


def _until_boundary(right: str) -> str:
    m = _BOUNDARY.search(right)
    return right[: m.start()] if m else right


def _clean_end(words: str) -> str:
    return " ".join(_TRIM_AFTER.sub("", " ".join(_UNDATED.sub(" ", words).split())).split())


def _clean(words: str) -> str:
    """The words without dates and without what leads in or out of them, at most two dozen."""
    words = _UNDATED.sub(" ", _DATED.sub(" ", words)).replace(_GAP, " ")
    words = " ".join(words.split())
    words = _TRIM_AFTER.sub("", _TRIM_BEFORE.sub("", words))
    return " ".join(words.split()[-_MAX_WORDS:]).strip(" ,;:-–—'\"“”‘’")
