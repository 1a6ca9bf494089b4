"""Figures in prose: each number with its role, whose it is, what it measures and the period it describes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from extractors.figure_periods import (
    NOT_SAID,
    DatedBy,
    budget_year,
    fall_back,
    is_comparator,
    is_now,
    latest_period,
    periods_of,
)
from extractors.language import Passage, Sentence
from extractors.metric_words import metric_words
from extractors.quantities import Quantity
from extractors.roles import Window, claim_of, is_target, role_of, shared_roles, target_direction
from extractors.subject_words import content_words, subject_of
from extractors.whose import other_bodies
from schema.paper import Block, BlockKind
from schema.period import Period, PeriodKind
from schema.period_words import Lean
from schema.records import Basis, Figure, Role

EXTRACTOR = "figures.prose"

_BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    (
        "ytd",
        re.compile(
            r"\b(?:year[- ]to[- ]date|ytd|so far this year|cumulative|(?:in|over|for) the year to (?:the end of )?(?:quarter|q)\s?[1-4])\b",
            re.IGNORECASE,
        ),
    ),
    (
        "rolling_year",
        re.compile(
            r"\b(?:rolling (?:12|twelve)|rolling year|12[- ]month rolling|in the (?:12|twelve) months to|annual turnover)\b",
            re.IGNORECASE,
        ),
    ),
    ("snapshot", re.compile(r"\bsnapshot\b", re.IGNORECASE)),
)
_NEAR = 12  # numbers: a sentence with more is a list, and none of them says how its target is kept
_BUDGETED = re.compile(
    r"\b(?:forecast\w*|project\w+|budget\w*|overspen\w+|underspen\w+|outturn|variance|pressures?|savings?)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:in|for|among|across|within)\s+((?:the\s+)?(?:majority\s+of|most|some|many|all|(?:\w+|\d+)\s+of)\s+(?:of\s+)?(?:the\s+|our\s+|its\s+)?[\w&\s-]{2,40}?(?:teams?|services?|localit(?:y|ies)|areas?|offices?|quadrants?))\b",
    re.IGNORECASE,
)
_CURRENTLY = re.compile(r"\b(?:currently|to date|now|achieved|actual|so far|latest)\b", re.IGNORECASE)


def find_figures(passages: Sequence[Passage]) -> list[Figure]:
    """The figures of the passages, in order."""
    figures: list[Figure] = []
    lead = NO_LEAD
    for passage in passages:
        item = isinstance(passage.context.part, Block) and passage.context.part.kind is BlockKind.ITEM
        found, dated = _of_passage(passage, lead if item else NO_LEAD)
        figures += found
        if not item or passage.text.rstrip().endswith(":"):
            lead = _Lead(passage, tuple(dated))
    return figures


_PLACED_ITEM = re.compile(r"\W*(in|for|among|of|aged)\s+(?!which\b|these\b|those\b|total\b|\d)[a-z]", re.IGNORECASE)


class _Lead(NamedTuple):
    """The paragraph that introduces a list: what it dates, its items are of that date too."""

    passage: Passage | None
    dated: tuple[dict[Quantity, DatedBy], ...]

    def names(self, item: str, words: str) -> str:
        """What an item's figure measures: "in primary schools is 12%" measures what the lead-in says, there."""
        if self.passage is None or not _PLACED_ITEM.match(item):
            return words
        said = self.passage.text.rstrip()
        sentence = self.passage.sentences[-1] if self.passage.sentences else None
        if (
            not said.endswith(":")
            or sentence is None
            or any(q.start >= sentence.start for q in self.passage.quantities)
        ):
            return words
        subject = subject_of(said[sentence.start :].rstrip(" :"))
        placed = _PLACED_ITEM.match(item)
        assert placed is not None
        if words.startswith(subject) or not content_words(subject) or not content_words(words):
            return words
        return f"{subject} {placed[1]} {words}"

    def period(self) -> DatedBy:
        if self.passage is None or not self.dated:
            return NOT_SAID
        return fall_back(self.passage, len(self.dated), self.dated, as_far_as_report=False)


NO_LEAD = _Lead(None, ())


def _of_passage(passage: Passage, lead: _Lead) -> tuple[list[Figure], list[dict[Quantity, DatedBy]]]:
    figures: list[Figure] = []
    dated: list[dict[Quantity, DatedBy]] = []
    previous = ""
    for index, sentence in enumerate(passage.sentences):
        numbers = [q for q in passage.quantities if sentence.start <= q.start < sentence.end and q.aside is None]
        if not numbers:
            dated.append({})
            continue
        roles = _roles(passage, sentence, numbers)
        ahead = all(roles[q] == "plan" and q.unit != "gbp" for q in numbers)
        lean = Lean.FUTURE if ahead else Lean.PAST
        found = periods_of(passage, index, numbers, lean, lately=latest_period(dated))
        whose = other_bodies(passage, sentence, numbers)
        named: dict[Quantity, str] = {}
        for q in numbers:
            role: Role = "benchmark" if q in whose and roles[q] == "actual" else roles[q]
            named[q] = lead.names(passage.text, metric_words(passage, q, role, numbers, named, previous))
            when = _period(passage, index, q, role, found, dated, lead)
            if q.unit in ("gbp", "percent") and role in ("plan", "actual"):
                when = _when_of_money(passage, index, q, role, when)
            basis = _basis(_window(passage, sentence, q, numbers), alone=len(numbers) == 1)
            when = _on_basis(when, basis)
            last = next((f for f in reversed(figures) if f.role != "change"), None)
            figures.append(
                _figure(
                    passage, sentence, _in_unit_of(q, role, last), numbers, role, whose.get(q), named[q], when, basis
                )
            )
        previous = next((named[q] for q in reversed(numbers) if named[q] and not _in_bracket(passage.text, q)), "") or (
            named[numbers[-1]] or previous
        )
        main = [q for q in numbers if roles[q] != "target" and not is_comparator(passage.text, q.start)]
        dated.append({q: found.get(q, NOT_SAID) for q in main})
    return figures, dated


_CARRIED = ("previous_sentence", "paragraph")


def _when_of_money(passage: Passage, index: int, q: Quantity, role: Role, when: DatedBy) -> DatedBy:
    """What is budgeted is of the budget's year; of no amount of money does an earlier sentence's day or month of an event tell."""
    sentence = passage.sentences[index]
    budgeted = _BUDGETED.search(passage.text[sentence.start : sentence.end])
    if role == "plan" and (budgeted or (q.unit == "gbp" and _under_budget(passage))):
        return _budgeted(passage, index, when)
    if q.unit == "gbp" and when.source in _CARRIED and when.period and when.period.kind is PeriodKind.DAY:
        return NOT_SAID
    months = (PeriodKind.MONTH, PeriodKind.DAY)
    if role == "actual" and q.unit == "gbp" and budgeted and when.source in _CARRIED and when.period:
        return budget_year(passage, index, NOT_SAID) if when.period.kind in months else when
    return when


def _under_budget(passage: Passage) -> bool:
    return any(re.search(r"\bbudgets?\b", heading, re.IGNORECASE) for heading in passage.context.part.headings[-1:])


def _budgeted(passage: Passage, index: int, when: DatedBy) -> DatedBy:
    """A year said beside the amount itself ("£5m for 2018/19") stands; else the year of the budget."""
    years = (PeriodKind.FINANCIAL_YEAR, PeriodKind.RANGE, PeriodKind.CALENDAR_YEAR)
    return when if when.period and when.period.kind in years else budget_year(passage, index, when)


def _basis(window: Window, *, alone: bool) -> Basis | None:
    """The basis that the words beside a figure name; those of the whole sentence where it is the only one."""
    words = window.sentence if alone else f"{window.before[-60:]} | {window.after[:40]}"
    return next((basis for basis, pattern in _BASES if pattern.search(words)), None)


def _on_basis(when: DatedBy, basis: Basis | None) -> DatedBy:
    """A year to date or rolling year that the paper dates by its last month runs up to the end of it."""
    if when.period is None or basis not in ("ytd", "rolling_year") or (when.period.end - when.period.start).days > 100:
        return when
    to = Period.year_to_date if basis == "ytd" else Period.rolling_year
    return when._replace(period=to(when.period.end))


def _in_unit_of(q: Quantity, role: Role, last: Figure | None) -> Quantity:
    """'156 per 100,000. The average of our family group was 161': another body's bare number is of the unit before it."""
    bare = role == "benchmark" and q.unit == "count" and last is not None and last.unit not in ("count", "gbp")
    return q._replace(unit=last.unit) if bare and last else q


def _roles(passage: Passage, sentence: Sentence, numbers: Sequence[Quantity]) -> dict[Quantity, Role]:
    roles: dict[Quantity, Role] = {q: role_of(_window(passage, sentence, q, numbers), q.unit) for q in numbers}
    words = passage.text[sentence.start : sentence.end]
    pair = [q for q in numbers if not is_target(_window(passage, sentence, q, numbers))]
    if len(numbers) == 2 and len(pair) == 2 and claim_of(words) and _is_currently(passage.text, pair[1]):
        # "Vacancies of 35% - currently 26% (target met)": what is set against the current value is the target.
        roles[pair[0]], roles[pair[1]] = "target", "actual"
    return shared_roles(passage.text, numbers, roles) | _parts_of_share(passage.text, numbers, roles)


def _in_bracket(text: str, q: Quantity) -> bool:
    """Whether a remark in brackets holds the number: what the sentence after points back to stands outside it."""
    opened, closed = text.rfind("(", 0, q.start), text.rfind(")", 0, q.start)
    return opened > closed and ")" in text[q.end :]


def _is_currently(text: str, q: Quantity) -> bool:
    return bool(
        _CURRENTLY.search(text[max(0, q.start - 14) : q.start])
        or re.match(r"\s*(?:to date|currently|so far|achieved)\b", text[q.end : q.end + 14], re.IGNORECASE)
    )


def _parts_of_share(text: str, numbers: Sequence[Quantity], roles: dict[Quantity, Role]) -> dict[Quantity, Role]:
    """'85% (51 of 60)', '51 of the 60 children (85%)': numerator and denominator of the percentage beside them."""
    parts: dict[Quantity, Role] = {}
    for i, (top, bottom) in enumerate(itertools.pairwise(numbers)):
        if (top.unit, bottom.unit) != ("count", "count") or roles[top] != "actual":
            continue
        if not re.fullmatch(
            r"\s*(?:out\s+of|of|from|/)\s*(?:the\s+|a\s+total\s+of\s+|a\s+possible\s+)?",
            text[top.end : bottom.start],
            re.IGNORECASE,
        ):
            continue
        beside = [
            q
            for q in (numbers[i - 1] if i else None, numbers[i + 2] if i + 2 < len(numbers) else None)
            if q and q.unit == "percent"
        ]
        gaps = [text[q.end : top.start] if q.end <= top.start else text[bottom.end : q.start] for q in beside]
        if any(re.fullmatch(r"[^().;]{0,60}[(\[,–-]\s*(?:i\.e\.\s*|or\s+)?", gap) for gap in gaps):
            parts |= {top: "numerator", bottom: "denominator"}
    return parts


def _window(passage: Passage, sentence: Sentence, q: Quantity, numbers: Sequence[Quantity]) -> Window:
    text = passage.text
    left = max([f.end for f in numbers if f.end <= q.start] + [sentence.start])
    right = min([f.start for f in numbers if f.start >= q.end] + [sentence.end])
    return Window(text[left : q.start], text[q.end : right], text[sentence.start : sentence.end])


def _period(
    passage: Passage,
    index: int,
    q: Quantity,
    role: Role,
    found: dict[Quantity, DatedBy],
    dated: list[dict[Quantity, DatedBy]],
    lead: _Lead,
) -> DatedBy:
    if q in found and (role != "target" or _belongs_closely(passage, q, found[q])):
        return found[q]
    if role == "change":
        return _period_of_change(passage, index, found, dated)
    if role in ("target", "plan", "benchmark") or _is_going_rate(passage, q) or is_comparator(passage.text, q.start):
        return NOT_SAID
    if is_now(passage.text, q.start) and q in found:
        return found[q]
    own = (
        NOT_SAID
        if is_now(passage.text, q.start) and found
        else fall_back(passage, index, dated, as_far_as_report=False)
    )
    if own.period is None and (led := lead.period()).period:
        return led._replace(source="paragraph")
    return own if own.period or q.unit == "count" else fall_back(passage, index, (), as_far_as_report=True)


def _period_of_change(
    passage: Passage, index: int, found: dict[Quantity, DatedBy], earlier: Sequence[dict[Quantity, DatedBy]]
) -> DatedBy:
    """A change is of the time it came to: the latest that its sentence dates a value with."""
    dated = [d for other, d in found.items() if d.period and not is_comparator(passage.text, other.start)]
    if dated:
        return max(dated, key=lambda d: d.period.end if d.period else date.min)
    return fall_back(passage, index, earlier, as_far_as_report=False)


def _is_going_rate(passage: Passage, q: Quantity) -> bool:
    """'£57,400 a year', '£800 per family': what a thing costs is of no date unless its own words give one."""
    return q.unit == "gbp" and bool(
        re.match(
            r"\s*(?:a|an|per|each|every)\s+(?:year|annum|week|month|day|family|child|place|placement|head|person|hour|worker|case)\b",
            passage.text[q.end : q.end + 30],
        )
    )


def _belongs_closely(passage: Passage, q: Quantity, when: DatedBy) -> bool:
    """A target is for no period unless its own words say so: "a target of 90% for 2018/19"."""
    return bool(
        re.match(
            r"[^.;,()]{0,25}\b(?:for|by|in)\s+(?:the\s+)?(?:end\s+of\s+)?(?:20\d\d|january|february|march|april|may|june|july|august|september|october|november|december)",
            passage.text[q.end : q.end + 60],
            re.IGNORECASE,
        )
    )


def _own_part(text: str, at: int) -> str:
    """The part of a sentence between semicolons that the number at `at` stands in, where another part has a number too:
    "above the target of 95%; last year it had not reached 90%" says of 95% what stands before the semicolon."""
    start, end = text.rfind("; ", 0, at) + 1, text.find("; ", at)
    end = len(text) if end < 0 else end
    others = text[:start] + text[end:]
    return text[start:end] if any(character.isdigit() for character in others) else text


def _figure(
    passage: Passage,
    sentence: Sentence,
    q: Quantity,
    numbers: Sequence[Quantity],
    role: Role,
    whose: str | None,
    words: str,
    when: DatedBy,
    basis: Basis | None,
) -> Figure:
    text = passage.text[sentence.start : sentence.end]
    window = _window(passage, sentence, q, numbers)
    claim = claim_of(_own_part(text, q.start - sentence.start)) if role == "target" else None
    beside = [f for f in numbers if f is not q][:_NEAR] if role == "target" else []
    actuals = [f for f in beside if not is_comparator(passage.text, f.start)]
    doubts = when.doubts + (("impossible",) if _is_impossible(q, role) else ())
    return Figure(
        evidence=passage.evidence(q.start, q.end),
        extractor=EXTRACTOR,
        confidence=_confidence(when, words),
        doubts=doubts,
        value=q.value,
        value_high=q.high,
        unit=q.unit,
        qualifier=q.qualifier,
        role=role,
        metric_text=words,
        breakdown=_team(text),
        organisation=whose or passage.context.council,
        council=passage.context.council,
        period=when.period,
        period_from=when.source,
        basis=basis,
        target_direction=target_direction(window, q, claim, actuals) if role == "target" else None,
        claim=claim,
    )


def _is_impossible(q: Quantity, role: Role) -> bool:
    """More than all: a share above 100% that is no change and no part of "150% of the usual number"."""
    return q.unit == "percent" and role in ("actual", "target", "benchmark") and (q.value > 100 or q.value < 0)


def _team(sentence: str) -> str | None:
    m = _TEAM.search(sentence)
    return " ".join(re.sub(r"^the\s+", "", m[1], flags=re.IGNORECASE).split()) if m else None


def _confidence(when: DatedBy, words: str) -> float:
    """How sure: less where the period was carried over from elsewhere or nothing names the measure."""
    by_source = {
        "sentence": 0.95,
        "previous_sentence": 0.8,
        "paragraph": 0.7,
        "heading": 0.7,
        "report": 0.6,
        None: 0.85,
    }
    return round(by_source[when.source] - (0 if words else 0.2), 2)
