"""What an inspector's report says of itself: council, days of the visit, publication, lead inspector, number of the visit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from corpus.council_titles import council_of_title, own_name
from extractors.inspection_report_kinds import Kind
from extractors.inspection_report_texts import Text
from extractors.visit_dates import Stretch, read_visit_dates
from schema.paper import Paper
from schema.period import Period

_SHORT_LASTS = (
    7  # days on site: a short ILACS inspection takes one week (and may add two days), a standard one two weeks
)
_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TITLE_TEXTS, _LONGEST_TITLE = 14, 220  # texts that may hold the title, and characters of one; the rest is prose
_OPENING = 60  # texts from the start on that may give the number of a visit

_DATES_LABEL = re.compile(
    r"\b(?:(?:inspection|visit|review|fieldwork)\s+dates?|dates?\s+of\s+(?:the\s+)?(?:inspection|visit|review)|inspected\s+(?:on|between|from))\b\s*[:–-]?\s*",
    re.IGNORECASE,
)
_DATES_IN_SENTENCE = re.compile(
    r"\b(?:visit|inspect(?:ion|ed))\b[^.;]{0,160}?\b(?=(?:on|between|from|during)\s+(?:\w+day,?\s+)?\d)|^(?=(?:on|between|from)\s+\d)",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:last|previous|since|following|judged|found\s+to\s+be)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:\b(?:to|and|until)|[–—&,-])\s*$|\b\d{1,2}\s*$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"^\W*(?:(?:this\s+)?report\s+)?(?:(?:was\s+)?published(?:\s+(?:on|date))?|publication\s+date|date\s+(?:of\s+publication|published))\s*:?\s*(?=(?:\w+day\s+)?\d)",
    re.IGNORECASE | re.MULTILINE,
)
_LEAD = re.compile(
    r"\b(?<!deputy )(?:lead|reporting)\s+inspectors?\b(?:\s*\([^()]{0,30}\))?\s*[:–—-]?\s*", re.IGNORECASE
)
_VISITED_BY = re.compile(
    r"\b(?:Her|His)\s+Majesty['’]s\s+Inspectors?\s*(?:\(HMI\)\s*)?(?:for\s+this\s+visit\s+(?:was|were)\s*:?|,)\s+(?=[A-Z])",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"\bYours\s+(?:sincerely|faithfully)\W*", re.IGNORECASE)
_RANK = re.compile(
    r",?\s*\(?\b(?:(?:Senior\s+)?(?:(?:Her|His)\s+Majesty['’]s\s+Inspectors?|S?HMI\b))(?:,?\s*Ofsted\b)?\)?(?:,\s*(?=and\b|&))?",
    re.IGNORECASE,
)
_NAMES_END = re.compile(
    r"[;()\n|]|\b(?:Deputy|Assistant|Team|Regulatory|Ofsted|Social\s+Care|Schools?|Age\s+group|Published|Inspection|Inspectors?|Associate|Additional|Quality|Shadow|Data|Senior|National|Regional|Seconded|Contracted)\b"
)
_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss)\.?\s+)?[A-Z][\w'’-]*\.?(?:\s+(?:(?:de|da|del|van|von|der|den|la|le|al|bin|ap|ab)\s+)*[A-Z][\w'’.-]*){1,3}"
)
_NTH = "|".join(_NUMBERS)
_NUMBER = re.compile(
    rf"\b(?P<nth>{_NTH}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:and\s+final\s+)?(?:(?:Ofsted|of\s+the|quarterly|such|ILACS)\s+)*(?:monitoring\s+visit\b(?!s)|visit\s+since)",
    re.IGNORECASE,
)
_A_COUNCIL = re.compile(r"\b(?:council|borough|trust|corporation)\b", re.IGNORECASE)
_SAYS_WHAT = re.compile(r"\b(?:inspection|review|visit)\s+(?:of|to|at|in)\b", re.IGNORECASE)
_TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:inspection|visit|review)\s+(?:of|to|at|in)\s+(?:the\s+)?(?P<name>[^:;]{2,80}?)(?:['’]s?)?\s+(?:local\s+authority(?:['’]s)?\s+)?(?:council(?:['’]s)?\s+)?(?:local\s+authority(?:['’]s)?\s+)?children\W?s\s+(?:social\s+care\s+)?services\b",
        r"\binspection\s+of\s+(?:the\s+)?(?P<name>[^:;]{2,80}?)\s+local\s+area\b",
        r"\b(?:visit|inspection)\s+(?:of|to|in|at)\s+(?:the\s+)?(?P<name>[^:;.]{2,60})$",
        r"\b(?:inspection|(?:re-?)?visit)\b[^:;.]{0,160}\sin\s+(?:the\s+)?(?P<name>[^:;.]{2,60})$",
        r"\bservices\s+(?:for\s+children\s+)?in\s+(?:the\s+)?(?P<name>[^:;.]{2,60}?)\s+(?:is|are|require|requires)\b",
    )
)


class Head(NamedTuple):
    """The head of a report. `place` is the text and span that give the days of the visit, else the title's."""

    council: str | None
    title: str | None
    visited: tuple[Stretch, ...]
    published: date | None
    lead_inspector: str | None
    number: int | None
    place: tuple[Text, int, int]

    @property
    def visit(self) -> Period | None:
        """From the first day to the last, also of a visit in parts."""
        if not self.visited:
            return None
        first, last = self.visited[0].start, self.visited[-1].end
        return Period.day(first) if first == last else Period.range(first, last)


def read_head(kind: Kind, head: Sequence[Text], everything: Sequence[Text], paper: Paper) -> Head:
    """The head of a report of that kind; what it does not say, or what cannot be read with confidence, is None."""
    dated = _visit_dates(head)
    visited, place = dated or ((), (head[0], 0, len(head[0].words)))
    is_letter = kind.event != "inspection"
    return Head(
        council=_council(head, is_letter) or (None if is_letter else own_name(paper.masthead.council or "") or None),
        title=_title(head),
        visited=visited,
        published=_published(head) or (_date_of_letter(head) if is_letter else None),
        lead_inspector=_lead_inspector(head, everything),
        number=_number(everything[:_OPENING]) if kind.event == "monitoring_visit" else None,
        place=place,
    )


def is_short(visited: Sequence[Stretch]) -> bool:
    """Whether the days are those of a short inspection under ILACS; for no days that of neither, so no."""
    return 0 < sum(stretch.days for stretch in visited) <= _SHORT_LASTS


def _council(head: Sequence[Text], is_letter: bool) -> str | None:
    """The council of the title, or of the first line that is nothing but a council's name; in a letter, where towns stand in
    addresses, it must call itself a council."""
    lines = [line for text in head[:_TITLE_TEXTS] if len(line := " ".join(text.words.split())) < _LONGEST_TITLE]
    flat = " ".join(lines[:8])
    for pattern in _TITLES:
        for line in (*lines, flat):
            for m in pattern.finditer(line):
                if found := _nearest_council(m["name"]):
                    return found
    names = [line for line in lines if len(line) < 90 and (not is_letter or _A_COUNCIL.search(line))]
    return next((found for line in names if (found := council_of_title(line))), None)


def _title(head: Sequence[Text]) -> str | None:
    """The line that says what was inspected or visited."""
    lines = [" ".join(text.words.split()) for text in head[:_TITLE_TEXTS]]
    return next((line for line in lines if len(line) < _LONGEST_TITLE and _SAYS_WHAT.search(line)), None)


def _nearest_council(words: str) -> str | None:
    """The council of the words, less what may stand before it: "neglect in Rutland", "early help at the London Borough of Ealing"."""
    while words:
        if found := council_of_title(words):
            return found
        shorter = re.split(r"\s(?:in|of|to|at|across)\s(?:the\s)?", words, maxsplit=1)
        words = shorter[1] if len(shorter) == 2 else ""
    return None


def _visit_dates(head: Sequence[Text]) -> tuple[tuple[Stretch, ...], tuple[Text, int, int]] | None:
    """The days behind their label, else those that a sentence on this visit names."""
    for i, text in enumerate(head):
        for label in _DATES_LABEL.finditer(text.words):
            if found := _dates_at(head, i, label.end()):
                stretches, end = found
                start = label.start() if end > label.end() else 0
                return stretches, (text, start, max(end, label.end()))
    for i, text in enumerate(head):
        for m in _DATES_IN_SENTENCE.finditer(text.words):
            if not _EARLIER.search(m[0]) and (found := _dates_at(head, i, m.end())):
                stretches, end = found
                return stretches, (text, m.start(), max(end, m.end()))
    return None


def _dates_at(head: Sequence[Text], i: int, start: int) -> tuple[tuple[Stretch, ...], int] | None:
    """The dates in a text from `start` on, with the next text where they run on into it; and where they end in the first."""
    text = head[i].words
    following = head[i + 1].words if i + 1 < len(head) else ""
    if following and (not text[start:].strip() or _GOES_ON.search(text)):
        stretches, end = read_visit_dates(f"{text} {following}", start)
        if stretches and end > len(text):
            return tuple(stretches), len(text)
    stretches, end = read_visit_dates(text, start)
    if stretches:
        return tuple(stretches), end
    stretches, end = read_visit_dates(f"{text} {following}", start)  # the year stands on the next line
    return (tuple(stretches), len(text)) if stretches and end > len(text) else None


def _published(head: Sequence[Text]) -> date | None:
    for i, text in enumerate(head):
        following = head[i + 1].words if i + 1 < len(head) else ""
        for words in (text.words, f"{text.words} {following}"):
            if (m := _PUBLISHED.search(words)) and (stretches := read_visit_dates(words, m.end())[0]):
                return stretches[0].start
    return None


def _date_of_letter(head: Sequence[Text]) -> date | None:
    """The date that stands alone before "Dear"."""
    for text in head:
        words = text.words.strip()
        if words.casefold().startswith("dear"):
            return None
        stretches, end = read_visit_dates(words)
        if stretches and end == len(words) and len(stretches) == 1 and stretches[0].days == 1:
            return stretches[0].start
    return None


def _lead_inspector(head: Sequence[Text], everything: Sequence[Text]) -> str | None:
    """Behind the label, at the head or in the list of the team; else who a letter says made the visit, or who signed it."""
    for texts in (head, everything):
        if names := next(_named_behind(_LEAD, texts), None):
            return names
    if names := next(_named_behind(_VISITED_BY, head), None):
        return names
    return _signed(everything)


def _named_behind(label: re.Pattern[str], texts: Sequence[Text]) -> Iterator[str]:
    for i, text in enumerate(texts):
        for m in label.finditer(text.words):
            said = text.words[m.end() :]
            if i + 1 < len(texts) and (not said.strip() or re.search(r"(?:\band|&|,)\s*$", said)):
                said = f"{said} {texts[i + 1].words}"
            if names := _names(said):
                yield " and ".join(names)


def _names(said: str) -> list[str]:
    """The people's names at the start of the words: "Ann Roe, His Majesty's Inspector, and Tom Lee HMI" gives two."""
    without_rank = _RANK.sub(" ", " ".join(said[:220].split()))
    listed = _NAMES_END.split(without_rank, maxsplit=1)[0]
    names: list[str] = []
    for part in re.split(r"\s+(?:and|&)\s+|,\s*", listed):
        plain = part.strip(" ,.:–—-")
        if not _NAME.fullmatch(plain):
            break
        names.append(re.sub(r"^(?:Dr|Mr|Mrs|Ms|Miss)\.?\s+", "", plain))
    return names


def _signed(texts: Sequence[Text]) -> str | None:
    """Who signed the letter, where rank and name stand under "Yours sincerely"."""
    for i, text in enumerate(texts):
        if m := _CLOSING.search(text.words):
            below = " | ".join([text.words[m.end() :], *(t.words for t in islice(texts, i + 1, i + 4))])
            names = _names(below.lstrip(" |"))
            return names[0] if names and re.search(r"Inspector|HMI", below) else None
    return None


def _number(texts: Iterable[Text]) -> int | None:
    """The number of a monitoring visit, where the letter gives one and no other."""
    said = {_number_of(m["nth"]) for text in texts for m in _NUMBER.finditer(text.words)}
    return said.pop() if len(said) == 1 else None


def _number_of(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _NUMBERS.index(word.casefold()) + 1
