"""Which period each figure of a sentence describes, and where that was read.

In this order: the sentence itself, the sentence before, the paragraph, the heading, the report's period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from extractors.language import Passage
from extractors.quantities import Quantity
from schema.period import Period, PeriodKind, financial_year_of
from schema.period_words import Lean, PartialDate, PeriodWords, find_periods, resolve
from schema.records import PeriodFrom


class DatedBy(NamedTuple):
    """A figure's period, where it was read, and what had to be supplied."""

    period: Period | None
    source: PeriodFrom | None
    doubts: tuple[str, ...] = ()


NOT_SAID = DatedBy(None, None)

_BREAKS_CLAUSE = re.compile(
    r"[;:]|\.\s|,\s*with\b|\b(?:and|but|while|whilst|whereas|although|compared|than|which|against|from|versus|where|when|of which|of whom)\b|[–—]\s",
    re.IGNORECASE,
)
_COMPARATOR = re.compile(
    r"(?:\bfrom|\bcompared\s+(?:to|with|against)|\bcomparison\s+(?:to|with)|\bthan|(?<!looked )(?<!looking )\bafter|\bagainst|\bversus|\bvs\.?|\bprevious(?:ly)?(?:\s+figure\s+of)?|\bprior|\bearlier)"
    r"[\s,]*(?:the\s+|a\s+|an\s+|just\s+|only\s+|figure\s+of\s+|level\s+of\s+|rate\s+of\s+)*(?:over|about|around|approximately|c\.)?\s*$",
    re.IGNORECASE,
)
_LABELS_NEXT = re.compile(r"\s*(?::|=)\s*(?:£|about|around|c\.)?\s*")  # "(August 2021: 9%)"
_OPENS_BRACKET = re.compile(r"\s*\(\s*")
# "lower than in Quarter 1", "a rise since 2020", "until March": a date that the figure is not of.
_BASE_OF_COMPARISON = re.compile(
    r"\b(?:since|than(?:\s+(?:in|at|for))?|compared\s+(?:with|to)|against|versus|vs\.?|until|before|prior\s+to|up\s+on|down\s+on|(?:increase|decrease|rise|fall|reduction|change|improvement|drop)\s+(?:on|from|over))\s+(?:the\s+)?(?:(?:end|start)\s+of\s+(?:the\s+)?)?$"
    r"|\b(?:more|less|higher|lower|fewer|better|worse)\s+than\s+(?:the|our|its)\b[^.;,\d]*$",
    re.IGNORECASE,
)
_YEARS = (PeriodKind.CALENDAR_YEAR, PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR)
_BOTH = re.compile(r"\b(?:both|all)\s+(?:at\s+|in\s+|for\s+)?$", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|currently|at present|latest)\b[^,;.]{0,24}$", re.IGNORECASE)
_NOT_SHARED = re.compile(r"\b(?:after|from|compared|than|up|down|against|versus|was|were|is|to)\b", re.IGNORECASE)
_DATES_A_STATE = re.compile(
    r"\b(?:as\s+)?(?:at|of|to|ending|ended|until)\s+(?:the\s+)?$|\b(?:survey|census|audit|sample|count|check|snapshot|exercise)\b[^.;]{0,50}\b(?:in|on|during)\s+$",
    re.IGNORECASE,
)
_SHARED_BETWEEN = re.compile(r"\s*(?:and|&|,)\s*")


def is_comparator(text: str, start: int) -> bool:
    """Whether the number at `start` is the one that another is set against: "up from 87.9%", "compared to 49%"."""
    return bool(_COMPARATOR.search(text[max(0, start - 60) : start]))


def is_now(text: str, start: int) -> bool:
    """'and now stands at 16.7%': the number at `start` is of the paper's own time, not of the date named before it."""
    return bool(_NOW.search(text[max(0, start - 40) : start]))


def periods_of(
    passage: Passage, index: int, figures: Sequence[Quantity], lean: Lean = Lean.PAST, lately: Period | None = None
) -> dict[Quantity, DatedBy]:
    """For the figures of one sentence: the period that the sentence itself gives each, where it does.

    `lately` is the period that the sentences before were of: "a year earlier" counts back from it.
    """
    sentence = passage.sentences[index]
    words = _joined_years([p for p in passage.periods if sentence.start <= p.start < sentence.end], passage.text)
    words = sorted([*words, *_years_in_brackets(passage.text, sentence.start, sentence.end, words)])
    own = _respectively(passage.text, sentence.end, words, figures) or _attached(passage.text, words, figures)
    dated = _of_source_brackets(passage, sentence.start, sentence.end, figures)
    for q in figures:
        if q in dated:
            continue
        mention = own.get(q) or _governing(passage.text, q, words, own, figures)
        if mention is None:
            continue
        if mention.is_relative and mention.name == "year" and lately and not any(w.has_year for w in words):
            dated[q] = DatedBy(lately.a_year_before(), "sentence", ("inferred:year",))
        elif read := _read(passage, mention, words, lean, comparator=is_comparator(passage.text, q.start)):
            dated[q] = read
    return dated


def fall_back(
    passage: Passage, index: int, earlier: Sequence[dict[Quantity, DatedBy]], *, as_far_as_report: bool
) -> DatedBy:
    """The period of a figure whose sentence gives none: from what stands before it, said to be so.

    `earlier` holds what was found for each sentence before, in order. With `as_far_as_report` false (plain counts) the
    heading and the report's period do not speak for it.
    """
    for back, found in enumerate(reversed(earlier), start=1):
        period = _latest(found) or _dated_state(passage, index - back)
        if period:
            return DatedBy(period, "previous_sentence" if back == 1 else "paragraph", ("inferred:period",))
    if not as_far_as_report:
        return NOT_SAID
    for heading in reversed(passage.context.part.headings):
        for words in find_periods(heading):
            if words.kind is not PeriodKind.DAY and (found_one := resolve(words, passage.context.said_on)):
                return DatedBy(found_one.period, "heading", ("inferred:period",))
    covers, said_on = passage.context.covers, passage.context.said_on
    if covers and (said_on is None or covers.end <= said_on + timedelta(days=31)):
        return DatedBy(covers, "report", ("inferred:period",))
    return NOT_SAID  # a year that is not over has no outturn yet


def latest_period(dated: Sequence[dict[Quantity, DatedBy]]) -> Period | None:
    """The period that the nearest sentence with a dated figure is of."""
    return next((period for found in reversed(dated) if (period := _latest(found))), None)


def _latest(found: dict[Quantity, DatedBy]) -> Period | None:
    periods = [d.period for d in found.values() if d.period and d.source == "sentence"]
    return max(periods, key=lambda p: (p.end, p.start)) if periods else None


def _dated_state(passage: Passage, index: int) -> Period | None:
    """The date of a sentence without figures that says when things stood so: "The position at 31 March 2023 is as follows"."""
    if index < 0:
        return None
    sentence = passage.sentences[index]
    for words in passage.periods:
        if sentence.start <= words.start < sentence.end and _DATES_A_STATE.search(
            passage.text[max(0, words.start - 80) : words.start]
        ):
            read = resolve(words, passage.context.said_on)
            return read.period if read else None
    return None


def _respectively(
    text: str, end: int, words: Sequence[PeriodWords], figures: Sequence[Quantity]
) -> dict[Quantity, PeriodWords]:
    """'55%, 61% and 68% in July, August and September respectively': the first figure is of the first date."""
    if len(words) < 2 or "respectively" not in text[words[-1].end : end]:
        return {}
    alike = [q for q in figures if q.unit == figures[0].unit]
    return dict(zip(alike, words, strict=True)) if len(alike) == len(words) else {}


def _attached(text: str, words: Sequence[PeriodWords], figures: Sequence[Quantity]) -> dict[Quantity, PeriodWords]:
    """Each wording with the figure it directly belongs to: the one before it ("49% in July"), else the one after it."""
    own: dict[Quantity, PeriodWords] = {}
    leading: list[tuple[PeriodWords, Quantity | None]] = []
    for w in words:
        before = max((q for q in figures if q.end <= w.start), default=None)
        after = min((q for q in figures if q.start >= w.end), default=None)
        if _BOTH.search(text[max(0, w.start - 8) : w.start]):
            own |= {q: w for q in figures if q.end <= w.start and q not in own}
        elif before and before not in own and _belongs_to_figure_before(text, w, before, after):
            own[before] = w
        elif before and not own and before == figures[0] and _stands_in_bracket(text, w, before):
            own[before] = w
            if after and text[w.end : after.start].count(")") == 0:
                leading.append((w, after))
        else:
            leading.append((w, after))
    for w, after in leading:
        if after and after not in own and _belongs_to_figure_after(text, w, after):
            own[after] = w
    return own


_YEAR_IN_BRACKETS = re.compile(r"\(\s*(?:in\s+|at\s+|for\s+)?(?P<year>(?:19[89]|20[0-4])\d)\s*\)(?=\s*(?:[.;(]|$))")
_TITLES = re.compile(
    r"\b(?:act|regulations?|guidance|order|bill|framework|reports?|reviews?|strategy|plan|policy|together|et\s+al\.?|code|charter|white paper)\W*$",
    re.IGNORECASE,
)


def _years_in_brackets(text: str, start: int, end: int, words: Sequence[PeriodWords]) -> list[PeriodWords]:
    """'88% of pupils reached the standard (2015).': a year alone in brackets that end a sentence without another date; not
    that of an Act or a strategy."""
    if words:
        return []
    return [
        PeriodWords(*m.span("year"), PeriodKind.CALENDAR_YEAR, PartialDate(int(m["year"])), PartialDate(int(m["year"])))
        for m in _YEAR_IN_BRACKETS.finditer(text, start, end)
        if not _TITLES.search(text[start : m.start()])
    ]


_SOURCE_BRACKET = re.compile(
    r"\(\s*(?:in\s+|for\s+)?(?P<when>(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+)?(?:19[89]|20[0-4])\d(?:\s?[-–/]\s?(?:\d{2})?\d{2}(?:/\d\d)?){0,2})"
    r"\s*[,;:]?\s+(?=(?:the\s+)?(?:Eng(?:land)?|national|regional|UK|statistical|stat|SN|South|North|East|West|London)\b[^()\d]{0,40}\d)",
    re.IGNORECASE,
)


def _of_source_brackets(passage: Passage, start: int, end: int, figures: Sequence[Quantity]) -> dict[Quantity, DatedBy]:
    """'8.1% of mothers smoke (2021/22, England 9.1%)': a bracket of a date and another body's value dates that value and those
    before it, back to the bracket before."""
    dated: dict[Quantity, DatedBy] = {}
    at = start
    for m in _SOURCE_BRACKET.finditer(passage.text, start, end):
        closed = passage.text.find(")", m.end())
        period = _of_source(m["when"], passage.text[at : m.start()])
        if period:
            stop = closed if 0 <= closed < end else end
            dated |= {q: DatedBy(period, "sentence") for q in figures if at <= q.start < stop}
        at = m.end()
    return dated


_YEARS_POOLED = re.compile(r"(\d{4})\s?[-–]\s?(\d{4})")
_FINANCIAL_YEARS_POOLED = re.compile(r"(\d{4})/\d\d\s?[-–]\s?(\d{4})/\d\d")
_OF_SCHOOL_YEARS = re.compile(
    r"\b(?:GCSEs?|key stage|EYFS|early years foundation stage|good level of development|phonics|attainment 8|progress 8|reception|year (?:R|[1-9]|1[0-3]) (?:pupils|children)|A[- ]levels?)\b",
    re.IGNORECASE,
)


def _of_source(when: str, said: str) -> Period | None:
    """The period that a source's date names: pooled years from the first to the last, a school year for school results."""
    if m := _FINANCIAL_YEARS_POOLED.fullmatch(when):
        return Period.range(Period.financial_year(int(m[1])).start, Period.financial_year(int(m[2])).end)
    if (m := _YEARS_POOLED.fullmatch(when)) and int(m[2]) > int(m[1]) + 1:
        return Period.range(date(int(m[1]), 1, 1), date(int(m[2]), 12, 31))
    if re.fullmatch(r"\d{4}", when):
        return Period.calendar_year(int(when))
    found = find_periods(re.sub(r"(\d{4})/20(\d\d)$", r"\1/\2", when))
    read = resolve(found[0], None) if len(found) == 1 else None
    if read and read.period.kind is PeriodKind.FINANCIAL_YEAR and _OF_SCHOOL_YEARS.search(said):
        return Period.academic_year(read.period.start.year)
    return read.period if read else None


_ONLY_IN_BRACKET = re.compile(r"\(\s*(?:as\s+at\s+|at\s+|in\s+|for\s+|to\s+)?(?:the\s+)?$", re.IGNORECASE)
_ENDS_BRACKET = re.compile(r"\s*(?:\)\s*(?:[.;(]|$)|[-–,;]\s)")


def _stands_in_bracket(text: str, w: PeriodWords, figure: Quantity) -> bool:
    """'24% of schools were judged as needing to improve (as at 31 December 2015).': a date that opens a bracket at the end of
    a sentence, or is followed by a comparator there, dates what the sentence says, whatever stands between."""
    between = text[figure.end : w.start]
    bracket = _ONLY_IN_BRACKET.search(between)
    if bracket is None or len(between) > 200 or re.search(r"[;:]\s|\.\s+[A-Z]", between):
        return False
    return _ENDS_BRACKET.match(text, w.end) is not None


def _belongs_to_figure_before(text: str, w: PeriodWords, before: Quantity, after: Quantity | None) -> bool:
    labels_next = after is not None and bool(_LABELS_NEXT.fullmatch(text[w.end : after.start]))
    return not labels_next and not _is_base(text, w) and _follows(text[before.end : w.start])


def _belongs_to_figure_after(text: str, w: PeriodWords, after: Quantity) -> bool:
    """A date that another is set against leads only to a figure of its own: "lower than in Quarter 1 (89%)"."""
    between = text[w.end : after.start]
    if _is_base(text, w) and not (_LABELS_NEXT.fullmatch(between) or _OPENS_BRACKET.fullmatch(between)):
        return False
    return _precedes(between) and not _in_brackets_before(text, w, after)


def _follows(between: str) -> bool:
    """'87.9% of cases in December': nothing between figure and date that starts another clause or leaves a bracket."""
    if len(between) > 130 or ")" in between.replace(_balanced(between), ""):
        return False
    opened = between.count("(") - between.count(")")
    if opened > 0 and not re.fullmatch(r"[^()]{0,40}\(\s*(?:as\s+at\s+|at\s+|in\s+|to\s+|for\s+)?(?:the\s+)?", between):
        return False
    return not _BREAKS_CLAUSE.search(between)


def _balanced(between: str) -> str:
    m = re.search(r"\([^()]*\)", between)
    return m[0] if m else "\0"


def _precedes(between: str) -> bool:
    """'at the end of December, 87.9%', 'for December 2018 is 91%': no other clause starts between date and figure."""
    return len(between) < 160 and not re.search(r"[;:]\s|\.\s|\b(?:but|while|whilst|whereas|although)\b", between)


def _in_brackets_before(text: str, w: PeriodWords, q: Quantity) -> bool:
    """A date inside brackets belongs to what stands inside them: "(33.5% in December 2018) against 34%"."""
    between = text[w.end : q.start]
    return between.count(")") > between.count("(") and bool(re.search(r"\d[^()]*$", text[: w.start].rpartition("(")[2]))


def _governing(
    text: str, q: Quantity, words: Sequence[PeriodWords], own: dict[Quantity, PeriodWords], figures: Sequence[Quantity]
) -> PeriodWords | None:
    """The sentence's date for a figure that has none of its own: the last before it that no comparator holds, else the next
    after it. A figure that others are set against ("up from 71.4%") is of another time and gets none."""
    if is_comparator(text, q.start):
        return None
    holders = {id(w): f for f, w in own.items()}
    before = [
        w for w in words if w.end <= q.start and not (id(w) in holders and is_comparator(text, holders[id(w)].start))
    ]
    before = [w for w in before if not _in_brackets_before(text, w, q) and not _is_base(text, w)]
    if before and not (is_now(text, q.start) and id(before[-1]) in holders):
        return before[-1]
    if before:
        return None
    if any(f.end <= q.start and f in own for f in figures):
        return None
    after = [w for w in words if w.start >= q.end]
    if after and not _is_base(text, after[0]):
        holder = holders.get(id(after[0]))
        between = text[q.end : after[0].start]
        if holder and (is_comparator(text, holder.start) or _NOT_SHARED.search(text[q.end : holder.start])):
            return None
        return after[0] if between.count("(") <= between.count(")") and not re.search(r"[;:]", between) else None
    return None


def _is_base(text: str, w: PeriodWords) -> bool:
    """Whether the date is what another is set against: "52% more since 2020", "a fall of 11% on 2021"."""
    before = text[max(0, w.start - 80) : w.start]
    return bool(_BASE_OF_COMPARISON.search(before)) or (w.kind in _YEARS and bool(re.search(r"\bon\s+$", before)))


def _joined_years(words: Sequence[PeriodWords], text: str) -> list[PeriodWords]:
    """'over two years (2017/18 and 2018/19)' is one stretch of two years."""
    joined: list[PeriodWords] = []
    for w in words:
        last = joined[-1] if joined else None
        years = last is not None and w.kind is PeriodKind.FINANCIAL_YEAR and last.kind is PeriodKind.FINANCIAL_YEAR
        if (
            years
            and last
            and last.first.year
            and w.first.year == last.first.year + 1
            and _SHARED_BETWEEN.fullmatch(text[last.end : w.start])
        ):
            first, final = last.first._replace(month=4), w.first._replace(year=w.first.year + 1, month=3)
            joined[-1] = last._replace(end=w.end, kind=PeriodKind.RANGE, first=first, last=final)
        else:
            joined.append(w)
    return joined


def _read(
    passage: Passage, w: PeriodWords, words: Sequence[PeriodWords], lean: Lean, *, comparator: bool
) -> DatedBy | None:
    """What the wording means here. A month without a year that is compared with a dated one lies before that one."""
    anchor = passage.context.said_on
    dated = [other for other in words if other.has_year and other is not w]
    if w.is_relative and w.name == "year" and dated and (beside := resolve(dated[-1], anchor)):
        return DatedBy(beside.period.a_year_before(), "sentence", ("inferred:year",))
    if comparator and not w.has_year and not w.is_relative and dated:
        main = resolve(dated[-1], anchor)
        if main and (anchor is None or main.period.end <= anchor + timedelta(days=62)):
            anchor = main.period.end
    year = next((o for o in words if o.kind is PeriodKind.FINANCIAL_YEAR), None)
    if year and not w.has_year and not w.is_relative and (in_year := _within(w, year)):
        return DatedBy(in_year, "sentence", ("inferred:year",))
    if source := _source_behind(passage, w):
        return DatedBy(source, "sentence")
    covers = passage.context.covers
    found = resolve(w, anchor, lean, under_report=covers)
    if found is None and anchor is None and covers:
        found = resolve(w, covers.end, Lean.PAST, under_report=covers)
    if found is None:
        return None
    doubts = ("inferred:year",) if found.inferred else ()
    return DatedBy(found.period, "sentence", doubts + (("impossible",) if found.impossible else ()))


def _source_behind(passage: Passage, w: PeriodWords) -> Period | None:
    """A date that stands alone in brackets behind the words it dates, where it names pooled years or a school year."""
    text = passage.text
    if w.kind not in (PeriodKind.RANGE, PeriodKind.FINANCIAL_YEAR) or not (
        re.search(r"\(\s*$", text[: w.start]) and re.match(r"\s*\)", text[w.end :])
    ):
        return None
    sentence = passage.sentences[passage.sentence_at(w.start)]
    said = text[sentence.start : w.start]
    if w.kind is PeriodKind.FINANCIAL_YEAR and not _OF_SCHOOL_YEARS.search(said):
        return None
    return None if "£" in said else _of_source(" ".join(text[w.start : w.end].split()), said)


def _within(w: PeriodWords, year: PeriodWords) -> Period | None:
    """A month or quarter without a year, beside a financial year in the sentence: "at Quarter 3 ... for 2021-22"."""
    found = resolve(year, None)
    if found is None:
        return None
    inside = resolve(w, found.period.end, Lean.PAST)
    return inside.period if inside and found.period.contains(inside.period) else None


def budget_year(passage: Passage, index: int, when: DatedBy) -> DatedBy:
    """The year that a budget, forecast or variance is for, whatever day the forecast was made: as its sentence names it, else
    the heading or title. Where none is named, `when` as it was."""
    sentence = passage.sentences[index]
    for words in passage.periods:
        if sentence.start <= words.start < sentence.end and words.kind is PeriodKind.FINANCIAL_YEAR:
            read = resolve(words, None)
            return DatedBy(read.period, "sentence") if read else when
    for heading in reversed(passage.context.part.headings):
        for words in find_periods(heading):
            if words.kind is PeriodKind.FINANCIAL_YEAR and (read := resolve(words, None)):
                return DatedBy(read.period, "heading", ("inferred:period",))
    covers = passage.context.covers
    if covers and covers.kind is PeriodKind.FINANCIAL_YEAR:
        return DatedBy(covers, "report", ("inferred:period",))
    if when.period and not covers and (when.period.end - when.period.start).days < 100:
        year = Period.financial_year(financial_year_of(when.period.end))
        return DatedBy(year, when.source, ("inferred:period",))
    return when
