"""What part a figure plays: actual, target, plan, change or another body's; and what is claimed of a target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.quantities import Quantity
from schema.records import Claim, Role, TargetDirection


class Window(NamedTuple):
    """The words around a number up to the numbers beside it, and the whole sentence: cues of one figure are not another's."""

    before: str
    after: str
    sentence: str


_AMOUNT_WORDS = r"(?:(?:a|an|the|just|only|over|under|about|around|approximately|nearly|almost|some|further|up to|at least|more than|less than|c\.|circa)\s+)*"
_CHANGE_BEFORE = re.compile(
    r"\b(?:(?:increas|decreas|reduc|ris|fall|drop|declin|improv|grow|chang|differen|varian|lower|rais)\w*|rise|rose|fell|grew|growth|gap|swing|gain|loss)\s+(?:of|by)\s+"
    + _AMOUNT_WORDS
    + r"$",
    re.IGNORECASE,
)
_MOVED_BEFORE = re.compile(
    r"\b(?:fell|rose|grew|dropped|declined|risen|fallen|(?:has|have|had|was|were|is|are)?\s*(?:increased|decreased|reduced)|up|down)\s+"
    + _AMOUNT_WORDS
    + r"$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"^\s*(?:overall\s+|net\s+|further\s+|relative\s+)?(?:increase|decrease|reduction|rise|fall|drop|decline|improvement|higher|lower|more than|fewer|less than|better than|worse than|above|below|up on|down on)\b",
    re.IGNORECASE,
)
_TARGET_WORD = r"(?:targets?|target range|goal|ambition|aspiration|threshold|floor|ceiling|limit|cap|minimum standard|expected standard|trajectory)"
_TARGET_BEFORE = re.compile(
    rf"\b(?:{_TARGET_WORD}\b(?:(?!\b(?:currently|now|achieved|actual|against|met|exceeded|to)\b)[^.;])*(?:\bof|\bis|\bwas|\bat|\bbeing|\bto|\bfrom|:|=|\(|\[|–|-|\bset at|\bremains?|\bfor [\w\s/]{{1,30}}))\s*(?:at least|no more than|over|under|below|above|a|the|of)*\s*$",
    re.IGNORECASE,
)
_TARGET_MINIMUM = re.compile(
    r"\b(?:the|our|its|agreed|corporate|expected|required)\s+(?:agreed\s+|lower\s+|upper\s+)?(?:minimum|maximum|limit|cap)\s+(?:of|is|was)\s+$",
    re.IGNORECASE,
)
_TARGET_IS_TO = re.compile(
    rf"\b(?:{_TARGET_WORD}|aim|plan)\s+(?:is|was|remains|being)\s+to\b[^.;]{{0,80}}\b(?:to|of|at|below|under|above|than|by)\s+(?:at least\s+|no more than\s+)?$",
    re.IGNORECASE,
)
_WANTED_BEFORE = re.compile(
    r"\b(?:wants?|wish(?:es)?|needs?|expects?|requires?|should|must|has to|have to|ought to)\b[^.;]{0,60}\b(?:reach|be|achieve|fall to|rise to|at least|no more than|remain|stay|below|above|than)\s+(?:at least\s+|no more than\s+|below\s+|above\s+|under\s+|over\s+)?$",
    re.IGNORECASE,
)
_TARGET_DIRECT = re.compile(rf"\b{_TARGET_WORD}\s*[:=(,–-]?\s*(?:(?:was|is|of|being|remains)\s+)?$", re.IGNORECASE)
_NUMBERED_TARGET = re.compile(r"^\W*target\s+(?:\d{1,2}|[a-z])\s*[-–—:.]", re.IGNORECASE)
_TARGET_AFTER = re.compile(
    rf"^\s*(?:(?!(?:of|for|in|against|and|to|is|was|with|on|at|the|by|as|from|than|has|have)\b)[\w-]+\s+){{0,2}}?(?:{_TARGET_WORD}|minimum|maximum)\b(?!\s*\d)",
    re.IGNORECASE,
)
_AIM_BEFORE = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|seek(?:s|ing)?|striv\w+|work(?:ing)?\s+towards|hop(?:e|es|ing))\b[^.;]{0,60}\b(?:of|for|reach|achieve|at|to|be|secure|than)\s+(?:at least\s+|no more than\s+|over\s+|under\s+|below\s+)?(?:a\s+|the\s+)?$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:currently|to date|now|at present|achieved|actual(?:ly)?|so far|latest|performance)\b", re.IGNORECASE
)
_PLAN_MONEY = re.compile(
    r"\b(?:budget(?:s|ed|ary)?|growth|approved|allocat\w+|committed|earmark\w+|requirements?|required|propos\w+|provision|bid|set aside|estimat\w+|forecast\w*|project(?:ed|ion|ions)|"
    r"anticipat\w+|expect(?:s|ed)|planned|identified|funding|grants?|investment|additional|savings? (?:target|plan)|will|would|could|may|if|needed|contingency|reserves?|provides?|out of)\b",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"\b(?:spent|(?<!to )spend|spends|outturn|out-turn|paid|actual|cost(?:s|ing)? (?:us|the council)|saved|incurred|spending|expenditure|came to|amounted to|totalled|overspent|underspent|has cost|received)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:will|forecast\w*|project(?:ed|ion|ions)|anticipat\w+|is expected|are expected|expected to|estimated to (?:be|reach|rise|fall)|would|planned|predict\w+|equates? to an additional|set to)\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"^\W*(?:if|should|were)\b", re.IGNORECASE)
_FUTURE_PERFECT_OF_PAST = re.compile(r"\bwill (?:have )?(?:note|see|recall|be aware)\b", re.IGNORECASE)


def role_of(window: Window, unit: str) -> Role:
    """The role that the words beside a figure give it; `actual` where they give none. Another body's figure is for
    `extractors.whose` to tell."""
    if _is_change(window, unit):
        return "change"
    if is_target(window):
        return "target"
    if _CONDITIONAL.match(window.sentence):
        return "plan"
    if unit == "gbp":
        return _money_role(window)
    if re.match(
        r"[^.;,()]{0,70}\b(?:will|(?:is|are) (?:expected|forecast|projected|predicted|set)) (?:to )?(?:be|have|live|need|rise|fall|reach|grow)\b",
        window.after,
    ):
        return "plan"
    if _FORECAST.search(_last_clause(window.before)) and not _FUTURE_PERFECT_OF_PAST.search(window.before):
        return "plan"
    return "actual"


def _is_change(window: Window, unit: str) -> bool:
    if unit == "gbp" and re.search(r"\bgrowth\s+of\s+$", window.before, re.IGNORECASE):
        return False  # growth in a budget is an amount, not a difference between two
    if _CHANGE_BEFORE.search(window.before) or _MOVED_BEFORE.search(window.before):
        return True
    if unit == "percentage_points" or (unit == "percent" and re.match(r"\s*-?points?\b", window.after)):
        return True
    return bool(_CHANGE_AFTER.match(window.after))


def is_target(window: Window) -> bool:
    """'a target of 15%', 'our 95% target', '(target 90%)', 'Target 3 – recruit 14 ...', 'aiming for 90%'."""
    if (
        _NUMBERED_TARGET.match(window.before)
        and not _REPORTED.search(window.before)
        and not re.match(r"\s*to date\b", window.after)
    ):
        return True
    if _TARGET_AFTER.match(window.after) and not re.match(
        r"\s*(?:against|above|below|of|on|over|under)\b", window.after
    ):
        return True
    before = window.before
    if _REPORTED.search(before[-40:]) and not re.search(rf"{_TARGET_WORD}\W*(?:\w+\W+){{0,3}}$", before, re.IGNORECASE):
        return False
    patterns = (_TARGET_DIRECT, _TARGET_BEFORE, _TARGET_MINIMUM, _TARGET_IS_TO, _AIM_BEFORE, _WANTED_BEFORE)
    return any(pattern.search(before) for pattern in patterns)


def _money_role(window: Window) -> Role:
    """What was spent is actual; what was budgeted, estimated, approved or asked for is planned. The nearer cue decides."""
    spent = _nearest(_SPENT, window)
    planned = _nearest(_PLAN_MONEY, window)
    if planned is None:
        return "actual"
    return "actual" if spent is not None and spent <= planned else "plan"


def _nearest(cue: re.Pattern[str], window: Window) -> int | None:
    """Characters between the figure and the cue nearest to it, None where there is none."""
    distances = [len(window.before) - m.end() for m in cue.finditer(window.before)] + [
        m.start() for m in cue.finditer(window.after)
    ]
    return min(distances, default=None)


def _last_clause(words: str) -> str:
    return re.split(r"[;:(]|,\s(?:and|but|which)\b|\bbut\b|\band\b", words)[-1]


_CLAIMS: tuple[tuple[Claim, re.Pattern[str]], ...] = (
    (
        "not_met",
        re.compile(
            r"\b(?:not\s+(?:yet\s+|been\s+|quite\s+)*(?:met|achiev\w+|reach\w+|meeting|hit|on\s+(?:target|track))|(?:target\s+)?(?:was|is|were)?\s*missed|miss(?:ed|es|ing)?\s+(?:the|our|its|this)|"
            r"fail(?:ed|s|ing)?\s+to\s+(?:meet|reach|achieve)|(?:did|does|do)\s+not\s+(?:meet|reach|achieve)|short\s+of|below\s+(?:the\s+|our\s+|its\s+)?(?:[\w%.]+\s+)?target|off\s+(?:target|track)|"
            r"behind\s+target|outside\s+(?:the\s+)?target|unmet|under\s+target|worse\s+than\s+(?:the\s+)?target)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "exceeded",
        re.compile(
            r"\b(?:exceed(?:ed|s|ing)?|surpass\w+|above\s+(?:the\s+|our\s+|its\s+)?(?:\w+\s+)?(?:[\d.]+%\s+)?target|better\s+than\s+(?:the\s+|our\s+)?target|ahead\s+of\s+(?:the\s+|our\s+)?target|over\s+target|outperform\w+)",
            re.IGNORECASE,
        ),
    ),
    (
        "on_track",
        re.compile(
            r"\bon[\s-](?:target|track|course)\b|\bwithin\s+(?:the\s+)?(?:target\s+range|tolerance)\b", re.IGNORECASE
        ),
    ),
    (
        "met",
        re.compile(
            r"\b(?:target\s+(?:has\s+been\s+|was\s+|is\s+|now\s+|being\s+)*(?:met|achieved|reached|hit)|(?:met|meets|meeting|achiev(?:ed|es|ing)|hit|reached)\s+(?:the|our|its|this|that|a)\b[^.;]{0,40}\btarget|"
            r"(?:met|achieved|reached)\s+(?:the|our|its|this)\s+[\d.]+\s?%|in\s+line\s+with\s+(?:the\s+|our\s+)?target|at\s+target|meets?\s+target|target\s+met)\b",
            re.IGNORECASE,
        ),
    ),
)


def claim_of(sentence: str) -> Claim | None:
    """What a sentence claims of its target: "target met and exceeded" is exceeded, "not yet met our 95% target" is not met."""
    return next((claim for claim, pattern in _CLAIMS if pattern.search(sentence)), None)


_AT_MOST = re.compile(
    r"\b(?:no\s+more\s+than|not\s+more\s+than|maximum|at\s+most|less\s+than|fewer\s+than|below|under|ceiling|upper\s+limit|reduc\w+\s+to|lower\s+is\s+better|or\s+(?:less|fewer|below|lower))\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:at\s+least|minimum|no\s+(?:less|fewer)\s+than|or\s+(?:more|above|higher|over)|floor|higher\s+is\s+better|more\s+than)\b",
    re.IGNORECASE,
)


def target_direction(
    window: Window, target: Quantity, claim: Claim | None, actuals: Sequence[Quantity]
) -> TargetDirection | None:
    """Which way a target is kept: as its words say, else as the claim and the actual beside it imply, else not known."""
    near = window.before[-40:] + window.after[:30]
    if _AT_MOST.search(near):
        return "at_most"
    if _AT_LEAST.search(near):
        return "at_least"
    comparable = [q for q in actuals if q.unit == target.unit and q.value != target.value]
    if len(comparable) == 1 and claim in ("met", "exceeded", "not_met"):
        above = comparable[0].value > target.value
        kept = claim != "not_met"
        return "at_least" if above == kept else "at_most"
    return None
