"""A printed percentage, average or rate that its own numerator and denominator do not give.

The numerator divided by the denominator is set against every percentage or average that the paper prints with them, as
intervals: a printed value stands for all numbers that round to it, so 87.5% stands for 87.45 to 87.55. The question
says what the two numbers give, and which denominator the printed value would need.

- **It may be wrong** where the percentage is of another period or group than the two numbers beside it, and where the
  paper cuts digits off instead of rounding (the question then is whether it should).
- **Example**: a row has 51 supervisions of 17 workers and an average of 2.5. 51 of 17 is 3.0; 2.5 would need a
  denominator of 20 or 21.
- **Severity**: error; a warning where cutting off digits would explain it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import chain
from typing import Final

from audit.case import Case, grouped
from audit.page_words import Spot, evidence_at
from audit.question import Check, Looked, Question
from audit.sentences import sentence_around
from schema.paper import Page
from schema.records import Figure, PaperRecord
from schema.rounding import Interval, figure_interval, interval

_SCALE = {"percent": 100, "per_1k": 1_000, "per_10k": 10_000, "per_100k": 100_000}
_A_NUMBER: Final = r"(?<![\d.,£/-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d,.]*\d)"
_OUT_OF: Final = re.compile(
    rf"(?P<part>{_A_NUMBER})\s+(?:out\s+)?of\s+(?:the\s+|all\s+|a\s+total\s+of\s+)?(?P<whole>{_A_NUMBER})"
    r"(?:\s+[a-z][a-z’'-]*){0,5}\s*\((?P<share>\d{1,3}(?:\.\d+)?)%\)"
    rf"|(?<![\d.,])(?P<share_>\d{{1,3}}(?:\.\d+)?)%\s*\((?P<part_>{_A_NUMBER})\s*(?:(?:out\s+)?of(?:\s+the)?|/)\s*"
    rf"(?P<whole_>{_A_NUMBER})(?:\s+[a-z][a-z’'-]*){{0,3}}\)"
)
_OF_THE: Final = re.compile(
    rf"\b[Oo]f (?:the |these |those |our |all |a total of )?(?P<whole>{_A_NUMBER})(?P<group>[^.;()%£]{{0,120}}?),\s+"
    rf"(?P<part>{_A_NUMBER})(?:\s+[a-z][a-z’'-]*){{0,4}}\s*\((?P<share>\d{{1,3}}(?:\.\d+)?)%\)"
)
"""`Of the 112 children, 79 (70.5%)`; the words between may have numbers of their own."""
_RATIOS = {*_SCALE, "score", "ratio", "days", "weeks", "months", "hours", "gbp"}


def find(case: Case) -> Iterator[Question | Looked]:
    checked, alone = 0, 0
    for row in grouped(case.said_first, _row).values():
        for numerator, denominator, printed in _ratios(row):
            checked += 1
            if question := _asked(numerator, denominator, printed):
                yield question
        alone += sum(one.unit == "percent" and one.role == "actual" for one in row) if not _has_parts(row) else 0
    for paper in case.papers:
        for page in case.pages.get(paper.sha256, ()):
            for match in chain(_OUT_OF.finditer(page.text), _OF_THE.finditer(page.text)):
                checked += 1
                if question := _asked_of_words(paper, page, match):
                    yield question
    yield Looked(checked, {"percentage without numerator and denominator beside it": alone})


def _asked_of_words(paper: PaperRecord, page: Page, match: re.Match[str]) -> Question | None:
    """Of `412 of the 486 children in need (84.8%)` or `84.8% (412 of 486)` in a text."""
    said = {name: words for name, words in match.groupdict().items() if words}
    part, whole = (_number(said.get(name) or said[name + "_"]) for name in ("part", "whole"))
    share = Decimal(said.get("share") or said["share_"])
    wholes = [whole, *map(_number, re.findall(_A_NUMBER, said.get("group", "")))]
    if not 0 < part < whole or any(_gives(part, one, share) for one in wholes):
        return None
    given = _shown(part * 100 / whole, share)
    cut = (part * 100 / whole).quantize(Decimal(1).scaleb(int(share.as_tuple().exponent)), ROUND_FLOOR) == share
    message = f"{part:,} of {whole:,} gives {given}%, and {share}% is printed. Is one of the three misprinted?"
    first, last = sentence_around(page.text, match.start(), match.end())
    place = evidence_at(paper, page, Spot(match[0], match.start(), match.end()), page.text[first:last])
    return Question("warning" if cut else "error", message, (place,))


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _gives(part: Decimal, whole: Decimal, share: Decimal) -> bool:
    stands_for = interval(share)
    return whole > 0 and stands_for.low <= part * 100 / whole <= stands_for.high


def _row(figure: Figure) -> tuple[object, ...]:
    """What figures share that are of one row or sentence and of one time."""
    place, period = figure.evidence, figure.period
    days = (period.start, period.end) if period else None
    return place.sha256, place.page, place.quote, figure.metric, figure.breakdown, figure.organisation, days


def _has_parts(row: Sequence[Figure]) -> bool:
    return {"numerator", "denominator"} <= {one.role for one in row}


def _ratios(row: Sequence[Figure]) -> Iterator[tuple[Figure, Figure, list[Figure]]]:
    """A numerator, its denominator and all that the row prints of the two. Two numerators in a row are not paired."""
    numerators = [one for one in row if one.role == "numerator" and one.value is not None]
    denominators = [one for one in row if one.role == "denominator" and one.value is not None]
    printed = [one for one in row if one.role == "actual" and one.value is not None and one.unit in _RATIOS]
    if len(numerators) == len(denominators) == 1 and printed:
        yield numerators[0], denominators[0], printed


def _asked(numerator: Figure, denominator: Figure, printed: Sequence[Figure]) -> Question | None:
    assert numerator.value is not None
    assert denominator.value is not None
    if denominator.value <= 0 or "exact" not in (numerator.qualifier, denominator.qualifier):
        return None
    wrong = [one for one in printed if not _agrees(numerator, denominator, one)]
    if not wrong:
        return None
    first, scale = wrong[0], _SCALE.get(wrong[0].unit, 1)
    assert first.value is not None
    given = numerator.value * scale / denominator.value
    cut = given.quantize(Decimal(1).scaleb(int(first.value.as_tuple().exponent)), ROUND_FLOOR) == first.value
    sign = "%" if first.unit == "percent" else ""
    message = (
        f"{numerator.evidence.text} of {denominator.evidence.text} gives {_shown(given, first.value)}{sign}, and "
        f"{first.evidence.text} is printed{_denominator_needed(numerator.value, first, scale)}. Is one "
        "of the three misprinted?"
    )
    return Question(
        "warning" if cut else "error", message, tuple(one.evidence for one in (numerator, denominator, *wrong))
    )


def _agrees(numerator: Figure, denominator: Figure, printed: Figure) -> bool:
    stands_for, scale = figure_interval(printed), _SCALE.get(printed.unit, 1)
    above, below = figure_interval(numerator), figure_interval(denominator)
    if stands_for is None or above is None or below is None or below.low <= 0:
        return True
    assert numerator.value is not None
    assert denominator.value is not None
    if (
        numerator.value == numerator.value.to_integral_value()
        and denominator.value == denominator.value.to_integral_value()
    ):
        given = numerator.value * scale / denominator.value
        return stands_for.low <= given <= stands_for.high
    return stands_for.overlaps(Interval(above.low * scale / below.high, above.high * scale / below.low))


def _shown(given: Decimal, printed: Decimal) -> str:
    """The quotient with the digits that the paper prints, or one more where these would hide the difference."""
    exponent = int(printed.as_tuple().exponent)
    shown = given.quantize(Decimal(1).scaleb(min(0, exponent)))
    return format(shown if shown != printed else given.quantize(Decimal(1).scaleb(min(0, exponent) - 1)), "f")


def _denominator_needed(numerator: Decimal, printed: Figure, scale: int) -> str:
    """The whole denominators with which the printed value would be right, in words; nothing where there is none."""
    assert printed.value is not None
    low, high = interval(printed.value)
    if low <= 0 or numerator <= 0:
        return ""
    least = int((numerator * scale / high).to_integral_value(ROUND_CEILING))
    most = int((numerator * scale / low).to_integral_value(ROUND_FLOOR))
    if least > most:
        return " (no whole denominator gives that)"
    needed = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return f" (which would need a denominator of {needed})"


CHECK = Check("ratio-differs", "A percentage or average that its numerator and denominator do not give", "paper", find)
