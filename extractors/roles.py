"""What part a figure plays: actual, target, plan, change or another body's; and what is claimed of a target.

The words beside the number decide, at most `_REACH` characters of them on either side.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extractors.quantities import Quantity
from schema.records import Claim, Role, TargetDirection

_REACH = 200
"""Characters beside a figure that are looked at."""
_CLOSE = 60
"""Characters in which words stand that go with the number itself ("a rise of just over ...")."""


class Window(NamedTuple):
    """The words around a number up to the numbers beside it, and the whole sentence: cues of one figure are not another's."""

    before: str
    after: str
    sentence: str

    def near(self) -> Window:
        """The same in lower case, no longer than cues reach."""
        return Window(self.before[-_REACH:].lower(), self.after[:_REACH].lower(), self.sentence.lower())


def _pattern(*parts: str) -> re.Pattern[str]:
    """A pattern of words in lower case: what it is matched with is lowered once, which is quicker than ignoring case."""
    return re.compile("".join(parts))


# --- words that several roles share

_LOOSE = (
    r"(?:(?:a|an|the|its|just|only|over|under|above|below|about|around|approximately|nearly|almost|some|further|up to|at least|at most|more than|less than"
    r"|(?:no|not) (?:more|less|fewer|higher|lower|greater) than|fewer than|between|c\.|circa|within|at or (?:below|under|above|over))\s+)*"
)
"""Words that loosen a number; between a cue and the number they say nothing of its role."""
_TO_RAISE_OR_REDUCE = r"(?:increas|rais|improv|rais|grow|doubl|reduc|lower|decreas|cut|bring|get|halv|limit|keep|maintain|sustain|achiev|reach|hold|return|mov)(?:e|es|ing|ting|s)?"
_UP_TO_THE_NUMBER = r"\b(?:to|of|at|than|least|most|below|above|under|over|within|be|reach|reaching|exceed|exceeding|achieve|achieving)\s+"

# --- change: a difference between two values

_DIFFERENCE = (
    r"(?:(?:increas|decreas|reduc|ris|fall|drop|declin|improv|grow|chang|differen|varian|lower|rais|deteriorat|worsen)\w*"
    r"|rise|rose|fell|grew|growth|gap|swing|gain|loss|movement|shift|uplift|downturn|upturn|surge|dip)"
)
_CHANGE_BEFORE = _pattern(r"\b", _DIFFERENCE, r"\s+(?:of|by)\s+", _LOOSE, "$")
_MOVED_BEFORE = _pattern(
    r"\b(?:fell|rose|grew|dropped|declined|risen|fallen|(?:has|have|had|was|were|is|are)?\s*(?:increased|decreased|reduced)"
    r"|(?<!\bmake )(?<!\bmakes )(?<!\bmade )(?<!\bmaking )(?<!\btake )(?<!\btaken )(?<!\btook )(?<!\bsigned )(?<!\bset )up|down)\s+",
    _LOOSE,
    "$",
)
_DIFFERENCE_IS = _pattern(
    r"\b(?:increase|decrease|reduction|rise|fall|drop|decline|difference|gap)(?:\s+(?:in|between|for)\s+[^.,;:()]{1,40}?)?\s+(?:is|was|being)\s+",
    _LOOSE,
    "$",
)
_SIGNED_BEFORE = re.compile(r"\(\s*[+−-]\s*$")
_COUNTED = r"(?:(?:working |calendar )?(?:days?|weeks?|months?|hours?|years?|points?|children|people|families|cases|placements?|posts?|places|plans|referrals|contacts|staff|visits)\s+)?"
_CHANGE_AFTER = _pattern(
    r"\s*",
    _COUNTED,
    r"(?:overall\s+|net\s+|further\s+|relative\s+)?(?:increase|decrease|reduction|rise|fall|drop|decline|improvement|higher|lower|more than|fewer|less than"
    r"|better than|worse than|above|below|up on|down on|short of|behind|adrift of|off target|under (?:the |our |its )?target|(?:more|less)(?=\s*[.,;)]))\b",
)
_POINTS_AFTER = _pattern(r"\s*-?(?:percentage[\s-])?points?\b")
_POINTS_APART = _pattern(
    r"\s*-?(?:percentage[\s-])?points?\s+(?:below|above|behind|ahead|short|lower|higher|better|worse|adrift|off|under|over|more|less|up|down|difference|gap|improvement|increase|decrease|reduction|rise|fall|drop)\b"
)
_THAN_A_NUMBER = _pattern(
    r"\s*",
    _COUNTED,
    r"(?:more|less|fewer|higher|lower|above|below)(?:\s+than)?\s*(?:£?(?!(?:19|20)\d\d\b)\d|(?:one|two|three|four|five|six|ten|twelve|half)\b|$)",
)
_STOOD_AT = _pattern(r"\b(?:at|to)\s+", _LOOSE, "$")
_APART_OF_A_LEVEL = _pattern(r"\s*(?:above|below|behind|short of)\b")

# --- target: what somebody set out to reach

_TARGET_WORD = r"(?:targets?|target range|goal|ambition|aspiration|threshold|floor|ceiling|limit|cap|minimum standard|expected standard|trajectory)"
_NOT_OF_A_TARGET = r"\b(?:currently|now|achieved|actual|against|met|exceeded|to|but|although|though|while|with an?|fell|rose|dropped|stood|reached)\b"
_TARGET_BEFORE = _pattern(
    rf"\b{_TARGET_WORD}\b(?:(?!{_NOT_OF_A_TARGET})[^.;]){{0,120}}"
    r"(?:\bof|\bis|\bwas|\bat|\bbeing|\bto|\bfrom|:|=|\(|\[|–|-|\bset at|\bremains?|\bfor [\w\s/]{1,30})\s*(?:(?:at least|no more than|over|under|below|above|a|the|of)\s*){0,3}$"
)
_TARGET_DIRECT = _pattern(rf"\b{_TARGET_WORD}\s*[:=(,–-]?\s*(?:(?:was|is|are|were|of|being|remains)\s+)?$")
_TARGET_MINIMUM = _pattern(
    r"\b(?:the|our|its|agreed|corporate|expected|required)\s+(?:agreed\s+|lower\s+|upper\s+)?(?:minimum|maximum|limit|cap)\s+(?:of|is|was)\s+$"
)
_TARGET_IS_TO = _pattern(
    rf"\b(?:{_TARGET_WORD}|aim|plan)\s+(?:is|was|remains|being)\s+to\b[^.;]{{0,80}}\b(?:to|of|at|below|under|above|than|by)\s+(?:at least\s+|no more than\s+)?$"
)
_TARGET_OF_CHANGE = _pattern(
    rf"\b{_TARGET_WORD}(?:\s+(?:for|in)\s+[\w\s/-]{{1,40}}?)?\s+(?:is|was|of|for|remains)\s+(?:to\s+)?(?:(?:a|an|the)\s+)?(?:\w+\s+){{0,3}}?{_DIFFERENCE}\s+(?:\w+\s+){{0,3}}?(?:of|by)\s+",
    _LOOSE,
    "$",
)
"""'the target is a net gain of 20': set out for, though a difference."""
_WANTED_BEFORE = _pattern(
    r"\b(?:wants?|wish(?:es)?|needs?|expects? (?=at least|no more)|requires?|should|must|has to|have to|ought to)\b[^.;]{0,60}"
    r"\b(?:reach|be|achieve|fall to|rise to|at least|no more than|not exceed|remain|stay|below|above|than)\s+(?:at least\s+|no more than\s+|below\s+|above\s+|under\s+|over\s+)?$"
)
_AIM_BEFORE = _pattern(
    r"\b(?:aim(?:s|ed|ing)?|seek(?:s|ing)?|striv\w+|work(?:s|ed|ing)?\s+towards|hop(?:e|es|ed|ing))\b[^.;]{0,60}"
    r"\b(?:of|for|reach|achieve|at|to|be|have|see|secure|than|recruit|approve|attract|appoint|train)\s+(?:at least\s+|no more than\s+|over\s+|under\s+|below\s+)?(?:a\s+|the\s+)?$"
)
_NUMBERED_TARGET = _pattern(r"\W{0,5}target\s+(?:\d{1,2}|[a-z])\s*[-–—:.]")
_TARGET_AFTER = _pattern(
    r"\s*(?:(?!(?:of|for|in|against|and|to|is|was|with|on|at|the|by|as|from|than|has|have)\b)[\w-]+\s+){0,2}?"
    rf"(?:{_TARGET_WORD}|minimum|maximum|standard(?!\s+(?:deviation|rate|of|size|practice)))\b(?!\s*\d)"
)
_KEPT_TARGET = _pattern(
    r"\s*(?:(?:of\s+(?:these|them|the)|kpis|indicators|measures|teams|services|have|had|has)\s+){0,2}(?:achieved|met|exceeded|missed|hit|reached)\s+(?:(?:or|and)\s+\w+\s+)?(?:the\s+|their\s+|its\s+)?targets?\b"
)
"""'Of 30 indicators, 14 met target': a count of what met it."""
_SET_AFTER = _pattern(
    r"\s*(?:that\s+|which\s+)?(?:we|the (?:council|committee|board|panel|government|department)|members|cabinet|ministers)\s+(?:had\s+|have\s+|has\s+)?"
    r"(?:set|expect|want|require|aim|agree|ask)(?:s|ed|ing)?\b"
)
"""'the 95% that members expect'."""
_REPORTED = _pattern(r"\b(?:currently|to date|now|at present|achieved|actual(?:ly)?|so far|latest|performance)\b")

# Targets without the word: not of money, where an aim is a plan.
_AIM_IS = _pattern(
    r"\b(?:ambition|aim|intention|objective|aspiration|expectation|commitment|requirement|pledge|promise|goal)s?\s+(?:is|was|are|were|remains?|being)\s+(?:that\s+|(?:for|to|that)\b[^.;]{0,110}",
    _UP_TO_THE_NUMBER,
    ")",
    _LOOSE,
    "$",
)
_MEANT_TO = _pattern(
    r"\b(?:intention|intend(?:s|ed|ing)?|plans?|ambition|aim(?:s|ed|ing)?|committed|commitment|pledge[ds]?|objective|determined|want(?:s|ed)?|seek(?:s|ing)?|hop(?:e|es|ing)"
    r"|agreed|asked|challenged?)\s+(?:\w+\s+){0,2}?to\s+",
    _TO_RAISE_OR_REDUCE,
    r"\b[^.;]{0,90}\b(?:to|below|above|under|over|at|than|least|(?:level|rate|average|minimum|maximum) of)\s+",
    _LOOSE,
    "$",
)
_UNDERTAKING = _pattern(
    r"(?:^|[;:•]\s)[\W_]{0,5}(?:\(?(?:[ivx]{1,4}|[a-z]|\d{1,2})[.)]\s+)?(?:to\s+)?"
    r"(?:increase|reduce|raise|improve|cut|lower|bring|achieve|maintain|ensure|secure|keep|get|limit|decrease|sustain|hold)\b(?!\s+(?:in|of|from|was|were|is|has|have)\b)"
    r"(?:(?!\b(?:was|were|has|have|had|rose|fell)\b)[^.;]){0,120}\b(?:to|below|above|under|over|at|than|least|reach|exceed)\s+",
    _LOOSE,
    "$",
)
"""'Reduce re-referrals to below 20%' as an item of a list of actions."""
_BOUNDED = _pattern(
    r"\b(?:to|should|must|will|shall|for)\b(?:(?!\b(?:was|were|is|are|had|has|have been)\b)[^.;]){0,90}"
    r"\b(?:at or (?:below|under|above|over)|no (?:more|fewer|less|higher|lower|greater) than|not (?:to )?exceed|no (?:\w+\s+){1,4}to (?:\w+\s+){1,3}more than)\s+$"
)
_SHOULD_BE_IN = _pattern(
    r"\b(?:should|must|needs? to|ha(?:s|ve) to|ought to|(?:is|are) required to)\s+(?:be|have|take place|happen|occur)\b(?!\s+(?:noted|aware|remembered|recognised|borne|read|seen))"
    r"[^.;]{0,60}\b(?:in|for|on|to)\s+",
    _LOOSE,
    "$",
)
_TOWARDS = _pattern(
    r"\b(?:(?:work(?:s|ed|ing)?|on (?:course|track))\s+(?:towards|for|to reach)|against\s+(?:a|an|the|our|its)\s+(?:[\w-]+\s+)?(?:kpi|standard|expectation|requirement)\s+of)\s+",
    _LOOSE,
    "$",
)
_STANDARD_IS = _pattern(
    r"\b(?:a|the|our|its|service|performance|practice|national|statutory|agreed|corporate|local|council|expected|minimum|quality)\s+standard\s*"
    r"(?:(?:for|on)\s+[^.;:]{1,50}?\s)?(?:is|was|of|remains|:|being|at)\s*",
    _LOOSE,
    "$",
)
_DEMANDED = _pattern(
    r"\b(?:ofsted|dfe|department|government|council|committee|board|law|regulations?|guidance|contract|policy|framework|plan|strategy|notice) (?:requires?|expects?|stipulates?)\s+",
    _LOOSE,
    r"$|^\W{0,4}to (?:achieve|reach|secure|meet|hit)\s+",
    _LOOSE,
    r"$|\b(?:the|our)\s+(?:required|desired|expected|stipulated|statutory)\s+(?:(?:level|standard|rate)\s+of\s+)?$",
)
_TARGET_CUES = (_TARGET_DIRECT, _TARGET_BEFORE, _TARGET_MINIMUM, _TARGET_IS_TO, _AIM_BEFORE, _WANTED_BEFORE)
_AIMS_WITHOUT_THE_WORD = (_AIM_IS, _MEANT_TO, _UNDERTAKING, _BOUNDED, _SHOULD_BE_IN, _TOWARDS, _STANDARD_IS, _DEMANDED)

# --- plan: budgeted, forecast, estimated, expected

_BUDGETING = (
    r"budget(?:s|ed|ary)?|growth|approved|allocat\w+|committed|earmark\w+|requirements?|required|propos\w+|provision|bid|set aside|funding|grants?|investment|additional"
    r"|savings? (?:target|plan)|contingency|reserves?|provides?|identified|needed|award(?:ed|s)?|virements?|approve|contract (?:value|sum|price)|out of"
)
_EXPECTING = (
    r"estimat\w+|indicative|profiled|notional|forecast\w*|project(?:ed|ing|ion|ions)|anticipat\w+|expect(?:s|ed)|planned|will|would|could|may|if|(?:is|are) to (?!the\b|an?\b)\w+"
    r"|(?:is|are|was|were) (?:set|scheduled) to|due to (?:be|receive|open|start|begin|complete|cost|rise|fall|reach|end|close|transfer|deliver|save|come|take|go)"
)
_PLAN_MONEY = _pattern(rf"\b(?:{_BUDGETING}|{_EXPECTING})\b")
_YET_TO_BE = r"(?<!\bto be )(?<!\bbe )"
_SPENT = _pattern(
    rf"\b(?:{_YET_TO_BE}(?:spent|paid|saved|incurred|received|delivered|realised|(?:over|under)spent(?=\s+(?:by|on|the|its)\b))|(?<!to )spend|spends|outturn|out-turn|actual"
    r"|cost(?:s|ing)? (?:us|the council)|spending|expenditure|came to|amounted to|totalled|has cost|(?:has|have|was|were) (?:been )?achieved)\b"
)
_BALANCE = _pattern(r"\bbalances?\s*(?:of|is|was|stands at|stood at|:)?\s*$|[,(]\s*currently\s+", _LOOSE, "$")
_EXPECTED_BALANCE = _pattern(
    r"\b(?:forecast|projected|estimated|expected|planned|anticipated|budgeted|target|minimum)\s+(?:[\w-]+\s+){0,3}balances?\W*(?:\w+\W+){0,2}$"
)
_STANDING_AFTER = _pattern(
    r"\s*(?:\([^()]{0,20}\)\s*)?(?:is|are|was|were|remains?|has been|have been)\s+(?:now\s+|currently\s+|still\s+|also\s+)?"
    r"(?:on (?:track|target|course)|considered|rated|judged|deemed|at risk|expected|unachievable|undeliverable|yet to be|still to be|to be|not (?:deliverable|achievable)|assessed as|forecast|planned|in progress|red\b|amber)"
    r"|\s*(?:still\s+|yet\s+)?to be (?:found|identified|made|delivered|saved|spent|met|agreed|confirmed)\b"
)
"""'£0.75m is considered unachievable': savings not made (yet)."""
_NOT_MADE_AFTER = _pattern(
    r"\s*(?:\([^()]{0,20}\)\s*)?(?:has|have|had|was|were|is|are)\s+not\s+(?:yet\s+)?(?:been\s+)?(?:achieved|delivered|realised|spent|made|found|identified|received)\b"
)
_MADE_AFTER = _pattern(
    r"\s*(?:\([^()]{0,20}\)\s*)?(?:has|have|had|was|were|is)\s+(?:now\s+|already\s+|all\s+|fully\s+)?(?:been\s+)?(?:fully\s+|already\s+)?"
    r"(?:achieved|delivered|realised|spent|made|found|received|paid|saved|incurred|claimed|drawn down)\b"
)
_FORECAST = _pattern(
    r"\b(?:will|forecast\w*|project(?:ed|ion|ions)|anticipat\w+|is expected|are expected|expected to|estimated to (?:be|reach|rise|fall)|expects?|would (?:be|rise|fall|reach|need|cost|mean|bring|take|require|increase|reduce|save|release|add)|planned|predict\w+|equates? to an additional|set to)\b"
)
_WILL_AFTER = re.compile(
    r"[^.;,()]{0,70}\b(?:will|(?:is|are) (?:expected|forecast|projected|predicted|set)) (?:to )?(?:be|have|live|need|rise|fall|reach|grow)\b"
)
_ALLOWED_AFTER = _pattern(
    r"\s*(?:(?:that |which )?(?:was|is|were|had been|has been)\s+)?(?:allowed for|(?:we|officers|managers) (?:gave|forecast|predicted|expected|projected|estimated|planned)|assumed|budgeted|provided for|provided in|built into|factored in(?:to)?|planned|forecast|anticipated|projected)\b"
)
_ALLOWED_BEFORE = _pattern(
    r"\b(?:budget(?:ed|s)?|assum(?:es?|ed|ing|ption)|allow(?:s|ed|ing|ance)?)\s+(?:for|at|of|to be)\s+", _LOOSE, "$"
)
_CONDITIONAL = _pattern(r"\W{0,5}(?:if|should|were)\b")
_FUTURE_PERFECT_OF_PAST = _pattern(r"\bwill (?:have )?(?:note|see|recall|be aware)\b")
_NEXT_CLAUSE = _pattern(
    r"[;:(]|,\s(?:and|but|which|with|while|whereas|compared)\b|\bbut\b|\bwhich\b|\bagainst\b|\bcompared\b|\band\s+(?:(?:the|its|this|that|it|we|a|an)\b|(?:is|are|was|were|will|has|have|had)\b)"
)


def role_of(window: Window, unit: str) -> Role:
    """The role that the words beside a figure give it; `actual` where they give none. Another body's figure is for
    `extractors.whose` to tell."""
    window = window.near()
    if _TARGET_OF_CHANGE.search(window.before):
        return "target"
    if _is_change(window, unit):
        return "change"
    if unit == "count" and _KEPT_TARGET.match(window.after):
        return "actual"
    if is_target(window) or (unit != "gbp" and _is_aim(window)):
        return "target"
    if _CONDITIONAL.match(window.sentence):
        return "plan"
    if unit == "gbp":
        return _money_role(window)
    if _WILL_AFTER.match(window.after) or _ALLOWED_AFTER.match(window.after) or _ALLOWED_BEFORE.search(window.before):
        return "plan"
    if _FORECAST.search(_last_clause(window.before)) and not _FUTURE_PERFECT_OF_PAST.search(window.before):
        return "plan"
    return "actual"


def _is_change(window: Window, unit: str) -> bool:
    before, after = window.before, window.after
    if unit == "gbp" and re.search(r"\bgrowth\s+of\s+$", before[-20:]):
        return False  # growth in a budget is an amount, not a difference between two
    if _CHANGE_BEFORE.search(before[-_CLOSE:]) or _MOVED_BEFORE.search(before[-_CLOSE:]):
        return True
    if _DIFFERENCE_IS.search(before):
        return True
    if unit == "percentage_points" or (
        unit == "percent" and (_POINTS_AFTER.match(after) or _SIGNED_BEFORE.search(before))
    ):
        return True
    if _POINTS_APART.match(after):
        return True
    if _STOOD_AT.search(before) and _APART_OF_A_LEVEL.match(after):
        return False  # "stood at 88% above the average"
    return bool(_CHANGE_AFTER.match(after)) and not _is_bound(window)


def _is_bound(window: Window) -> bool:
    """'16% live more than 20 miles away': the next number is a bound of what is counted."""
    bound = _THAN_A_NUMBER.match(window.after)
    return bound is not None and (bound.end() < len(window.after) or not window.sentence.endswith(window.after))


def is_target(window: Window) -> bool:
    """'a target of 15%', 'our 95% target', '(target 90%)', 'Target 3 – recruit 14 ...', 'aiming for 90%'."""
    before, after, _ = window.near()
    if (
        _NUMBERED_TARGET.match(window.before[:_CLOSE].lower())
        and not _REPORTED.search(before)
        and not re.match(r"\s*to date\b", after)
    ):
        return True
    if _SET_AFTER.match(after):
        return True
    if _TARGET_AFTER.match(after) and not re.match(r"\s*(?:against|above|below|of|on|over|under)\b", after):
        return True
    return _is_called(_TARGET_CUES, before)


def _is_called(cues: Sequence[re.Pattern[str]], before: str) -> bool:
    """Whether one of the cues stands before the number, and no word in it tells of what was reached ("target for visits:
    currently 81%")."""
    for cue in cues:
        m = cue.search(before)
        if m and (not _REPORTED.search(m[0]) or _TARGET_CLOSE.search(before[-_CLOSE:])):
            return True
    return False


_TARGET_CLOSE = _pattern(rf"{_TARGET_WORD}\W{{0,4}}(?:\w+\W+){{0,3}}$")


def _is_aim(window: Window) -> bool:
    """'our ambition is for no worker to hold more than 16 cases', 'Reduce re-referrals to 18%', 'The service standard is 95%'."""
    return _is_called(_AIMS_WITHOUT_THE_WORD, window.before)


def _money_role(window: Window) -> Role:
    """What was spent is actual; what was budgeted, estimated, approved or asked for is planned. The nearer cue decides."""
    if _STANDING_AFTER.match(window.after) or _NOT_MADE_AFTER.match(window.after):
        return "plan"
    if _MADE_AFTER.match(window.after):
        return "actual"
    if _BALANCE.search(window.before):
        return "plan" if _EXPECTED_BALANCE.search(window.before) else "actual"
    clause = window._replace(after=_NEXT_CLAUSE.split(window.after, maxsplit=1)[0])
    spent = _nearest(_SPENT, clause)
    planned = _nearest(_PLAN_MONEY, clause)
    if planned is None:
        return "actual"
    return "actual" if spent is not None and spent <= planned else "plan"


def _nearest(cue: re.Pattern[str], window: Window) -> int | None:
    """Characters between the figure and the cue nearest to it, None where there is none."""
    distances = [len(window.before) - m.end() for m in cue.finditer(window.before)] + [
        m.start() for m in cue.finditer(window.after)
    ]
    return min(distances, default=None)


_CLAUSES = _pattern(r"[;:(]|,\s(?:and|but|which)\b|\bbut\b|\band\b")


def _last_clause(words: str) -> str:
    return _CLAUSES.split(words)[-1]


# --- roles that figures of a sentence share

_PART_OF = _pattern(r"[^.;]{0,60}\bof which\s+(?:[\w'’-]+\s+){0,4}$|[^.;()]{0,40}\(\s*(?:[\w /]{1,30}[:–-]\s*)?$")
_AND_ANOTHER_BY = _pattern(r"[^.;:()]{0,50}?(?:,|\band\b|\bwith\b)[^.;:()]{1,60}\b(?:by|of|at)\s+", _LOOSE, "$")
_SAME_PREPOSITION = _pattern(
    r"\s+(?P<word>in|over|since|on|from|for|at|by|among|during|against)\s[^.;:()]{1,50}?(?:,|,?\s+and)\s+(?:to\s+)?",
    _LOOSE,
    "$",
)
_PREPOSITION_AFTER = _pattern(r"\s*(?P<word>in|over|since|on|from|for|at|by|among|during|against)\b")
_OF_TIME = frozenset({"in", "over", "since", "during", "on", "from", "against"})
_IN_OTHER_WORDS = _pattern(
    r"\s*(?:,\s*(?:or|i\.e\.?|equivalent to|equating to|representing|which is|which represents)\s+|\(\s*(?:or\s+|i\.e\.?\s+|equivalent to\s+)?)",
    _LOOSE,
    "$",
)
_ENDS_THERE = _pattern(r"\s*(?:[).,;]|$|of\b)")
_ON_TO = _pattern(r"[^.;:()]{0,40}\bto\s+", _LOOSE, "$")
_FROM = _pattern(r"\bfrom\s+(?=", _LOOSE, "$)")


_OR_TO = _pattern(r"\s*(?:[-–]|\b(?:to|or)\b)\s*")
"""A range of targets: '85% to 90%'."""
_JOINED_ROLES: tuple[Role, ...] = ("plan", "target", "change")


def shared_roles(text: str, numbers: Sequence[Quantity], roles: dict[Quantity, Role]) -> dict[Quantity, Role]:
    """The roles of a sentence's figures, where one that has no cue of its own plays the part of the one it is joined to."""
    shared = dict(roles)
    for i, second in enumerate(numbers):
        if shared[second] == "actual" and _is_relative_change(text, numbers, i, shared):
            shared[second] = "change"
        first = _joined_to(text, numbers, i)
        if first is None or second.start - first.end > _REACH or shared[second] != "actual":
            continue
        words = _ASIDE.sub("", text[first.end : second.start]).lower()
        after = text[second.end : second.end + _CLOSE].lower()
        if shared[first] == "plan" and _is_planned_too(first, second, words, after):
            shared[second] = "plan"
        elif shared[first] == "target" and _OR_TO.fullmatch(words):
            shared[second] = "target"
        elif first.unit == second.unit and shared[first] in _JOINED_ROLES and _has_same_preposition(words, after):
            shared[second] = shared[first]
    return _ends_of_moves(text, numbers, shared)


_ASIDE = re.compile(r"\([^()]{0,80}\)")


def _joined_to(text: str, numbers: Sequence[Quantity], i: int) -> Quantity | None:
    """The figure before that one may share its role with: of its unit or, for a percentage, money; not one in brackets past."""
    unit, at = numbers[i].unit, numbers[i].start
    units = (unit, "gbp") if unit == "percent" else (unit,)
    asides = [m.span() for m in _ASIDE.finditer(text, max(0, at - _REACH), at)]
    past = (q for q in reversed(numbers[:i]) if not any(s < q.start < e for s, e in asides))
    return next((q for q in past if q.unit in units), None)


def _is_planned_too(first: Quantity, second: Quantity, words: str, after: str) -> bool:
    """'will cost £2.4m, of which £0.4m is for training', 'forecast to overspend by £4.1m (£3.6m in May)', '£0.7m and adoption by
    £0.2m', 'an overspend of £4.1m, or 12%': a part, or the same amount at another time or in other words, is planned as the whole is."""
    if _SPENT.search(words) or _SPENT.search(_NEXT_CLAUSE.split(after, maxsplit=1)[0][:40]):
        return False
    if first.unit == second.unit == "gbp":
        return bool(_PART_OF.fullmatch(words) or _AND_ANOTHER_BY.fullmatch(words))
    return second.unit == "percent" and bool(_IN_OTHER_WORDS.fullmatch(words) and _ENDS_THERE.match(after))


def _has_same_preposition(words: str, after: str) -> bool:
    """'a rise of 5% in the year and 12% since 2020', 'targets of 90% for visits and 85% for reviews'."""
    first, second = _SAME_PREPOSITION.fullmatch(words), _PREPOSITION_AFTER.match(after)
    if first is None or second is None or _SPENT.search(words):
        return False
    a, b = first["word"].casefold(), second["word"].casefold()
    return a == b or (a in _OF_TIME and b in _OF_TIME)


def _is_relative_change(text: str, numbers: Sequence[Quantity], i: int, roles: dict[Quantity, Role]) -> bool:
    """'from £4,000 to £5,000 (25%)', 'an increase of 14 (3.8%)': the same change as a share."""
    q = numbers[i]
    if q.unit != "percent" or not i or not re.match(r"\s*\)", text[q.end : q.end + 5]):
        return False
    previous = numbers[i - 1]
    if not re.fullmatch(r"[^.;:()]{0,40}\(\s*(?:or\s+|by\s+)?", text[previous.end : q.start][:_REACH].lower()):
        return False
    if roles[previous] == "change" and previous.unit not in ("percent", "percentage_points"):
        return q.start - previous.end < 30
    if i < 2 or numbers[i - 2].unit != previous.unit or not numbers[i - 2].value:
        return False
    start = numbers[i - 2].value
    return abs(abs(previous.value - start) / abs(start) * 100 - q.value) < Decimal("0.6")


def _ends_of_moves(text: str, numbers: Sequence[Quantity], roles: dict[Quantity, Role]) -> dict[Quantity, Role]:
    """'increase it from 52% to 60%', 'forecast to rise from 410 to 450': what is aimed at or forecast is where the move ends."""
    out = dict(roles)
    for i, (first, second) in enumerate(itertools.pairwise(numbers)):
        words = text[first.end : second.start][: _REACH + 1].lower()
        if out[second] != "actual" or len(words) > _REACH or not _ON_TO.fullmatch(words) or first.unit == "gbp":
            continue
        before = text[max(0, first.start - _REACH, numbers[i - 1].end if i else 0) : first.start].lower()
        if not _FROM.search(before):
            continue
        as_end = role_of(Window(_FROM.sub("to ", before), "", ""), second.unit)
        if as_end in ("target", "plan"):
            out[first], out[second] = "actual", as_end
    return out


# --- what is claimed of a target

_SET = r"(?:the\s+|our\s+|its\s+)?"
_NOT_MET = (
    rf"not\s+(?:yet\s+|been\s+|quite\s+){{0,3}}(?:met|achiev\w+|reach\w+|meeting|hit|on\s+(?:target|track))|(?:target\s+)?(?:(?:was|is|were)\s+)?missed|miss(?:ed|es|ing)?\s+(?:the|our|its|this)"
    rf"|fail(?:ed|s|ing)?\s+to\s+(?:meet|reach|achieve)|(?:did|does|do)\s+not\s+(?:meet|reach|achieve)|short\s+of|below\s+{_SET}(?:[\w%.]+\s+)?target|off\s+(?:target|track)"
    r"|behind\s+target|outside\s+(?:the\s+)?target|unmet|under\s+target|worse\s+than\s+(?:the\s+)?target"
)
_EXCEEDED = (
    rf"exceed(?:ed|s|ing)?|surpass\w+|above\s+{_SET}(?:\w+\s+)?(?:[\d.]+%\s+)?target|better\s+than\s+{_SET}target|ahead\s+of\s+{_SET}target"
    r"|over\s+target|outperform\w+"
)
_ON_TRACK = r"on[\s-](?:target|track|course)\b|within\s+(?:the\s+)?(?:target\s+range|tolerance)"
_MET = (
    r"target\s+(?:has\s+been\s+|was\s+|is\s+|now\s+|being\s+){0,3}(?:met|achieved|reached|hit)"
    r"|(?:met|meets|meeting|achiev(?:ed|es|ing)|hit|reached)\s+(?:the|our|its|this|that|a)\b[^.;]{0,40}\btarget"
    rf"|(?:met|achieved|reached)\s+(?:the|our|its|this)\s+[\d.]+\s?%|in\s+line\s+with\s+{_SET}target|at\s+target|meets?\s+target"
)
_CLAIMS: tuple[tuple[Claim, re.Pattern[str]], ...] = (
    ("not_met", _pattern(rf"\b(?:{_NOT_MET})\b")),
    ("exceeded", _pattern(rf"\b(?:{_EXCEEDED})")),
    ("on_track", _pattern(rf"\b(?:{_ON_TRACK})\b")),
    ("met", _pattern(rf"\b(?:{_MET})\b")),
)


def claim_of(sentence: str) -> Claim | None:
    """What a sentence claims of its target: "target met and exceeded" is exceeded, "not yet met our 95% target" is not met."""
    sentence = sentence.lower()
    return next((claim for claim, pattern in _CLAIMS if pattern.search(sentence)), None)


_AT_MOST = _pattern(
    r"\b(?:no\s+(?:more|higher|greater)\s+than|not\s+(?:more\s+than|exceed)|maximum|at\s+most|less\s+than|fewer\s+than|below|under|ceiling|upper\s+limit|reduc\w+\s+to"
    r"|lower\s+is\s+better|or\s+(?:less|fewer|below|lower))\b"
)
_AT_LEAST = _pattern(
    r"\b(?:at\s+least|minimum|no\s+(?:less|fewer)\s+than|or\s+(?:more|above|higher|over)|floor|higher\s+is\s+better|more\s+than|at\s+or\s+(?:above|over))\b"
)
_NONE_MORE_THAN = _pattern(r"\bno\s+(?!more\b)[^.;]{1,50}\bmore\s+than\s+$")
_BROUGHT_DOWN = _pattern(
    r"\b(?:reduc|lower|cut|decreas|bring\w*\s+(?:\w+\s+){1,5}down)\w*\b[^.;]{0,80}\bto\s+", _LOOSE, "$"
)
_BROUGHT_UP = _pattern(r"\b(?:increas|rais|improv|grow)\w*\b[^.;]{0,80}\bto\s+", _LOOSE, "$")


def target_direction(
    window: Window, target: Quantity, claim: Claim | None, actuals: Sequence[Quantity]
) -> TargetDirection | None:
    """Which way a target is kept: as its words say, else as the claim and the actual beside it imply, else not known."""
    before, after, _ = window.near()
    near = before[-40:] + after[:30]
    if _AT_MOST.search(near) or _NONE_MORE_THAN.search(before[-80:]):
        return "at_most"
    if _AT_LEAST.search(near):
        return "at_least"
    for pattern, direction in _MOVED_TO:
        if pattern.search(before):
            return direction
    comparable = [q for q in actuals if q.unit == target.unit and q.value != target.value]
    if len(comparable) == 1 and claim in ("met", "exceeded", "not_met"):
        above = comparable[0].value > target.value
        kept = claim != "not_met"
        return "at_least" if above == kept else "at_most"
    return None


_MOVED_TO: tuple[tuple[re.Pattern[str], TargetDirection], ...] = (
    (_BROUGHT_DOWN, "at_most"),
    (_BROUGHT_UP, "at_least"),
)
