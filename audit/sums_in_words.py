"""Parts in a sentence that do not make up the whole that it names.

"Of the 40 files, 17 were good, 14 required improvement and 8 were inadequate": the parts make 39. Lists of at least
three parts with a whole before them are added up, and lists of percentages that come near 100.

- **It may be wrong** where the list leaves some out on purpose or counts some twice. So only sums are asked about that
  miss the whole by no more than a tenth: a list that is far from complete is no sum.
- **Example**: see above; "62% were good, 30% required improvement and 11% were inadequate".
- **Severity**: warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from audit.case import Case
from audit.page_words import COUNT, Paragraph, Spot, count_of, evidence_at, parts
from audit.question import Check, Looked, Question
from schema.paper import Page
from schema.rounding import interval

_AMOUNT: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{COUNT})"
_WHOLE: Final = re.compile(
    rf"\bof (?:the |these |those |all |a total of )?({_AMOUNT})\s+(?!of\b|per\b|out\b)[a-z][\w’'-]*"
    r"(?![^,:(]*\b(?:only|just)\b)",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    rf"(?<![\d.,/£-])({_AMOUNT})(?![\d,.]*\d|\s?%|\s?(?:per ?cent|(?:year|month|week|day|hour)s?|to\b|or\b|of\b)|[/–-])"
    r"\s+(?:\([\d.]+%\)\s+)?(?:were|was|are|is|had|have|has|met|did|did not|required|needed|remained?|judged|graded"
    r"|rated|as\b|good|inadequate|outstanding|red|amber|green|boys|girls|male|female)\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"(?<![\d.,/])(\d{1,2}(?:\.\d+)?)\s?%\s+(?:were|was|are|is|as|judged|graded|rated|good|inadequate|outstanding|require\w*|"
    r"boys|girls|male|female)\b",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(
    r"\b(?:increas\w*|decreas\w*|compared|previous|rose|fell|from|target|above|below)\b", re.IGNORECASE
)
_LAST: Final = re.compile(r"\band\b[^,]*$", re.IGNORECASE)


class _List(NamedTuple):
    """A whole and the parts that a sentence lists of it; `rounding` is what their sum may miss by."""

    whole: Decimal
    printed: str
    numbers: tuple[Decimal, ...]
    rounding: Decimal

    @property
    def off(self) -> Decimal:
        return abs(sum(self.numbers, Decimal(0)) - self.whole)

    @property
    def question(self) -> str:
        made = " + ".join(format(number, "f") for number in self.numbers)
        total = format(sum(self.numbers, Decimal(0)), "f")
        return f"{made} makes {total}, and the whole is {self.printed}. Are parts missing, or counted twice?"


def find(case: Case) -> Iterator[Question | Looked]:
    checked = 0
    for paper in case.papers:
        for page in case.pages.get(paper.sha256, ()):
            for sentence in _sentences(page):
                for found in _lists(sentence.text):
                    checked += 1
                    if found.rounding < found.off <= max(Decimal(1), found.whole / 10):
                        yield Question("warning", found.question, (evidence_at(paper, page, sentence),))
    yield Looked(checked)


def _sentences(page: Page) -> Iterator[Spot]:
    """The sentences that may list parts; a page without `of`, or without a per cent sign, is passed over fast."""
    for part in parts(page):
        if isinstance(part, Paragraph) and (part.text.count("%") >= 3 or re.search(r"(?i)\bof\b", part.text)):
            yield from (sentence for sentence in part.sentences() if _LAST.search(sentence.text))


def _lists(sentence: str) -> Iterator[_List]:
    if _CHANGE.search(sentence):
        return
    shares = tuple(Decimal(match[1]) for match in _SHARE.finditer(sentence))
    if len(shares) >= 3 and sentence.count("%") == len(shares):
        may_miss = sum((interval(share).high - share for share in shares), Decimal(0))
        yield _List(Decimal(100), "100%", shares, may_miss)
    wholes = list(_WHOLE.finditer(sentence))
    if len(wholes) != 1:
        return
    whole = wholes[0]
    numbers = tuple(_value(match[1]) for match in _PART.finditer(sentence, whole.end(1)))
    if len(numbers) >= 3 and all(number < _value(whole[1]) for number in numbers):
        yield _List(_value(whole[1]), whole[1], numbers, Decimal(0))


def _value(printed: str) -> Decimal:
    digits = printed.replace(",", "")
    return Decimal(digits) if digits.isdigit() else Decimal(count_of(printed))


CHECK = Check("sum-in-words", "Parts in a sentence that do not make up their whole", "paper", find)
