"""Words in quotation marks that a paper ascribes to Ofsted, held against the report or letter where that is loaded.

A quotation is verbatim where the report has its words in their order, small and capital letters, line breaks and punctuation
aside; where it leaves words out and shows so ("...", "[the service]"), each piece must be in the report in its turn. Both are
counted, and nothing is asked. A question is asked where the report has nearly the same words (the difference is shown:
[-report's-] {+paper's+}), and where it has nothing like it though it is the very report that the paper speaks of.

- **It may be wrong** where the paper quotes another letter than those loaded (what no loaded report has anything like is passed
  over, unless the paper names the event), and where the text of a PDF is out of order.
- **Example**: the report has "too many children wait too long for help", the paper "children wait too long for help".
- **Severity**: warning; error where the difference turns the sense (not, no, few, a grade); information for a difference
  of small words, and for what was not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from audit.case import Case
from audit.inspectors_reports import event_of_report, is_inspectors_own
from audit.question import Check, Looked, Question
from audit.sentences import Found
from audit.wording import shortened, where
from schema.evidence import Evidence
from schema.paper import Page
from schema.records import Inspection, PaperRecord, Severity

_QUOTED = re.compile(r"“(?P<curly>[^“”]{25,1200})”|(?<![\w\d])\"(?P<straight>[^\"“”]{25,1200})\"(?!\w)")
_BY_OFSTED = re.compile(
    r"\bOfsted|\binspection\s+report|\binspectors?\b|\bHMIs?\b|\bH(?:er|is)\s+Majesty’?'?s\s+Inspector", re.IGNORECASE
)
_BY_OTHERS = re.compile(
    r"\b(?:framework|regulations?|Act\b|guidance|children\s+(?:said|told)|young\s+people\s+(?:said|told)|parents?\s+(?:said|told)|one\s+(?:child|parent)|DfE|Department\s+for\s+Education"
    r"|Commissioner|entitled|called|titled|known\s+as|peer\s+(?:review|challenge)|LGA)\b[^.]{0,60}$"
)
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys|ying)|stat(?:ed|es|ing)|not(?:ed|es|ing)|found|finds|report(?:ed|s)?|comment(?:ed|s|ing)|identif(?:ied|ies)|observ(?:ed|es)|conclud(?:ed|es)|wr(?:ote|ites|itten)"
    r"|according|letters?|feedback|highlight(?:ed|s)|describ(?:ed|es)|recogni[sz](?:ed|es)|acknowledg(?:ed|es)|confirm(?:ed|s)|quot\w+|praised|judged|as\s+follows)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\s*(?:Framework|Inspecting|Inspection\s+of|Single\s+inspection|Monitoring|Review)\b|\b(?:evaluation\s+(?:schedule|criteria)|inspector\s+guidance)\b"
)
_POSSESSIVE = re.compile(r"\bOfsted[’']s\s*[“\"]?$")
_LEFT_OUT = re.compile(r"\.\s?\.\s?\.+|…|\[[^\]]*\]")
_WORD = re.compile(r"[a-z0-9]+(?:[’'][a-z]+)?", re.IGNORECASE)
_FEWEST = 6
_NEAR = 78.0
_SOME = 55.0
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "and",
        "that",
        "this",
        "these",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "be",
        "been",
        "at",
        "on",
        "for",
        "by",
        "with",
        "as",
        "their",
        "our",
        "we",
        "they",
    ]
)
_TURNING = frozenset(
    ["not", "no", "never", "few", "fewer", "some", "most", "all", "many", "too", "inadequate", "good", "outstanding", "requires", "improvement", "poor", "poorly", "weak", "strong", "effective", "ineffective", "always", "consistently", "inconsistent", "inconsistently", "rarely", "significantly", "substantial", "limited", "insufficient", "sufficient", "widespread", "serious", "better", "worse"]
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of a text in small letters, with the place of each."""

    words: tuple[str, ...]
    spots: tuple[tuple[int, int, int], ...]  # which page of the paper, start and end on it

    @property
    def line(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Report:
    """An inspector's report or letter that is loaded."""

    paper: PaperRecord
    event: Inspection | None
    text: Words
    pages: Sequence[Page]


def find(case: Case) -> Iterator[Question | Looked]:
    own = [paper for paper in case.papers if is_inspectors_own(case, paper)]
    reports = [_report(case, paper) for paper in own]
    verbatim, elsewhere = 0, 0
    for paper in case.papers:
        if paper in own:
            continue
        for quote in quotations(case, paper):
            fitting = [one for one in reports if not _is_later(one.paper, paper)]
            answer = _held_against(case, quote, fitting)
            verbatim += answer == "verbatim"
            elsewhere += answer == "not loaded"
            if isinstance(answer, Question):
                verbatim += 1
                yield answer
    yield Looked(verbatim, {"the report or letter quoted is not loaded": elsewhere})


def quotations(case: Case, paper: PaperRecord) -> Iterator[Found]:
    """The passages in double quotation marks that the words before them ascribe to Ofsted; `match` is the passage."""
    for page in case.pages.get(paper.sha256, ()):
        for m in _QUOTED.finditer(page.text):
            before = page.text[max(0, m.start() - 300) : m.start()]
            before = re.split(r"\n\s*\n\s*\n|\n-\s\d|[”\"]\s*\.?\s*\n\s*\n(?=\S)", before)[-1]
            start, end = m.span("curly") if m["curly"] else m.span("straight")
            if _is_ascribed(before, page.text[start:end]) and len(_WORD.findall(page.text[start:end])) >= _FEWEST:
                yield Found(paper, page, start, end, m)


def _is_ascribed(before: str, passage: str) -> bool:
    """Whether the words before a passage say that Ofsted said it, and it is no title."""
    ofsted = _BY_OFSTED.search(before)
    says = ofsted and (
        _SAYS.search(before, ofsted.start()) or re.search(r"\b(?:letter|report|feedback)\b[^.]*$", before)
    )
    return (
        bool(says) and not _BY_OTHERS.search(before) and not _POSSESSIVE.search(before) and not _TITLE.search(passage)
    )


def _report(case: Case, paper: PaperRecord) -> Report:
    pages = list(case.pages.get(paper.sha256, ()))
    words, spots = list[str](), list[tuple[int, int, int]]()
    for at, page in enumerate(pages):
        for m in _WORD.finditer(page.text):
            words.append(_plain(m[0]))
            spots.append((at, m.start(), m.end()))
    return Report(paper, event_of_report(case, paper), Words(tuple(words), tuple(spots)), pages)


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _is_later(report: PaperRecord, paper: PaperRecord) -> bool:
    """Whether a report came out after the paper, so that the paper cannot quote it."""
    return (
        report.meeting_date is not None and paper.meeting_date is not None and report.meeting_date > paper.meeting_date
    )


def _held_against(case: Case, quote: Found, reports: Sequence[Report]) -> Question | str:
    """`verbatim`, `not loaded`, or the question that a quotation raises."""
    pieces = [
        piece
        for part in _LEFT_OUT.split(quote.page.text[quote.start : quote.end])
        if (piece := [_plain(w) for w in _WORD.findall(part)])
    ]
    for report in reports:
        if _has_in_turn(report.text.words, report.text.line, pieces):
            return "verbatim"
    longest = max(pieces, key=len)
    if len(longest) < _FEWEST:
        return "not loaded"
    best = max((_nearest(report, longest) for report in reports), key=lambda one: one[0], default=None)
    if best is not None and best[0] >= _NEAR:
        _, report, first, last = best
        return (
            "verbatim"
            if _is_broken_only(report, first, last, longest)
            else _altered(quote, longest, report, first, last)
        )
    named = _event_spoken_of(case, quote)
    loaded = [
        report for report in reports if report.event is not None and named is not None and report.event.id == named.id
    ]
    if loaded and (best is None or best[0] < _SOME):
        message = (
            f"{where(quote.place()).capitalize()} quotes Ofsted: “{shortened(quote.text, 120)}”. {loaded[0].paper.paper} has nothing like it. "
            "From which letter is it?"
        )
        return Question("info", message, (quote.place(),))
    return "not loaded"


def _has_in_turn(words: Sequence[str], line: str, pieces: Sequence[Sequence[str]]) -> bool:
    """Whether a text has all pieces, one after the other."""
    at = 0
    spaced = f" {line} "
    for piece in pieces:
        found = spaced.find(f" {' '.join(piece)} ", at)
        if found < 0:
            return False
        at = found + 1
    return bool(words)


def _nearest(report: Report, piece: Sequence[str]) -> tuple[float, Report, int, int]:
    """How like the likest stretch of the report is, and from which word to which it goes."""
    wanted = " ".join(piece)
    alignment = fuzz.partial_ratio_alignment(wanted, report.text.line, score_cutoff=_SOME)
    if alignment is None:
        return 0.0, report, 0, 0
    first = report.text.line.count(" ", 0, alignment.dest_start)
    last = report.text.line.count(" ", 0, alignment.dest_end) + 1
    return (alignment.score, report, *_tightened(report.text.words, first, last, piece))


def _tightened(words: Sequence[str], first: int, last: int, piece: Sequence[str]) -> tuple[int, int]:
    """The stretch from the first to the last word that the piece shares, looked for a little around it."""
    low, high = max(0, first - 6), min(len(words), last + 6)
    blocks = [
        b for b in SequenceMatcher(None, words[low:high], piece, autojunk=False).get_matching_blocks() if b.size > 1
    ]
    if not blocks:
        return first, last
    start, end = (
        low + blocks[0].a - blocks[0].b,
        low + blocks[-1].a + blocks[-1].size + len(piece) - blocks[-1].b - blocks[-1].size,
    )
    return max(low, start), min(high, end)


def _is_broken_only(report: Report, first: int, last: int, piece: Sequence[str]) -> bool:
    """Whether only line and page breaks part the two: a word broken in two, or a page's head and foot in between."""
    printed = report.text.words[first:last]
    if "".join(printed) == "".join(piece):
        return True
    changes = [op for op in SequenceMatcher(None, printed, piece, autojunk=False).get_opcodes() if op[0] != "equal"]
    over_pages = len({spot[0] for spot in report.text.spots[first:last]}) > 1
    return over_pages and len(changes) == 1 and changes[0][0] == "delete"


def _altered(quote: Found, piece: Sequence[str], report: Report, first: int, last: int) -> Question:
    printed = report.text.words[first:last]
    changes = [op for op in SequenceMatcher(None, printed, piece, autojunk=False).get_opcodes() if op[0] != "equal"]
    changed = {w for _, a, b, c, d in changes for w in (*printed[a:b], *piece[c:d])}
    severity: Severity = "error" if changed & _TURNING else "info" if changed <= _SMALL else "warning"
    message = (
        f"{where(quote.place()).capitalize()} quotes Ofsted, and {report.paper.paper} has it in other words: "
        f"{difference(printed, piece)}. Was it meant as a quotation?"
    )
    return Question(severity, message, (quote.place(), _place_in(report, first, last)))


def difference(printed: Sequence[str], quoted: Sequence[str]) -> str:
    """The words of both, those that only the report has as `[-so-]`, those that only the paper has as `{+so+}`."""
    said = list[str]()
    for kind, a, b, c, d in SequenceMatcher(None, printed, quoted, autojunk=False).get_opcodes():
        if kind == "equal":
            words = printed[a:b]
            said.append(" ".join(words) if len(words) <= 9 else f"{' '.join(words[:4])} … {' '.join(words[-4:])}")
        else:
            said += [f"[-{' '.join(printed[a:b])}-]"] if b > a else []
            said += [f"{{+{' '.join(quoted[c:d])}+}}"] if d > c else []
    return " ".join(said)


def _place_in(report: Report, first: int, last: int) -> Evidence:
    """The report's words as evidence; where they go over a page, those on the first."""
    page_at, start, _ = report.text.spots[first]
    end = max(spot[2] for spot in report.text.spots[first:last] if spot[0] == page_at)
    page = report.pages[page_at]
    m = re.compile("").match(page.text)
    assert m is not None
    return Found(report.paper, page, start, end, m).place()


def _event_spoken_of(case: Case, quote: Found) -> Inspection | None:
    """The event that the paper spoke of last before the quotation, within a page's length of text."""
    near = [
        (place.start, event)
        for event in case.inspections
        for place in event.evidence
        if place.sha256 == quote.paper.sha256
        and place.page == quote.page.number
        and 0 <= quote.start - place.start < 1500
    ]
    return max(near, key=lambda one: one[0])[1] if near else None


CHECK = Check("quotations", "Words ascribed to Ofsted against its own report", "council", find)
