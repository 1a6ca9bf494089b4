"""From mentions to events: which places, over all papers of a council, speak of one inspection or visit.

Mentions of one sort with one number, or with dates that agree, contain one another or overlap ("March 2023", "1st and
2nd March 2023", "the week of 27 February"), are one event; a visit announced in one paper and held in another too; and an
inspection with the report that came out some weeks after. What is only expected in a window is no event. The result is a
function of the set of papers: mentions are taken by precision and place, never by the order of loading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from schema.period import Period, PeriodKind
from schema.records import EventType, Extraction, Finding, Inspection, Judgement, Mention, record_id

_AN_EVENT_LASTS = timedelta(days=31)  # a longer stretch is a window in which it may fall, or a year
_ANNOUNCED_ANEW = timedelta(days=183)  # a numbered visit put off stays the same visit
_REPORT_FOLLOWS: dict[EventType, timedelta] = {
    "inspection": timedelta(days=200),
    "monitoring_visit": timedelta(days=120),
    "focused_visit": timedelta(days=120),
}
_SERIES_STEP = timedelta(days=215)  # monitoring visits follow one another by some three months, at most by seven
_UNGRADED = frozenset(("JTAI", "SEND"))  # joint inspections of an area, which give no grades
_REPORT_NAMED_WITHIN = timedelta(days=75)  # the report is out by then; no second inspection comes so soon
_IN_PASSING = re.compile(
    r"\b(?:since|followed|compared)\b[^.;]{0,70}$|\b(?:raised|identified|found|made)\s+(?:at|in|during|by)\s+(?:(?:the|our|their)\s+)?$",
    re.IGNORECASE,
)
"""Words before an event that is spoken of only beside another: "since the inspection", "this followed a visit in May"."""
_A_FINDING_FOLLOWS = 4000  # characters: further on, the paper may speak of another event
_AFTER_EXPECTED = timedelta(days=120)  # a visit held so long after it was expected is that visit
_INFERRED = "inferred:event"  # an inspection that only its grade and month tell of
_OF_OWN_REPORT = "inspection_report."  # extractors of what an inspector's report says of its own event
_VISITS = frozenset(("monitoring_visit", "focused_visit"))


class _Place(NamedTuple):
    """A mention with the day of the paper that it stands in; sorts by paper and position."""

    said_on: date
    paper: str
    sha256: str
    page: int
    start: int
    end: int
    mention: Mention

    @property
    def order(self) -> tuple[date, str, str, int, int, int]:
        return self[:6]


@dataclass(eq=False)
class _Event:
    """An event in the making. `places` say something of it that tells it from others, `also` only point to it."""

    kind: EventType
    places: list[_Place] = field(default_factory=list)
    also: list[_Place] = field(default_factory=list)
    number: int | None = None
    report_taken_for_event: bool = False
    year: Period | None = None  # where the papers say no more of its date

    @property
    def when(self) -> Period | None:
        """The report's own date, else the finest said. Dates of a visit that was held win over what was announced before."""
        if self.own and self.own.date:
            return self.own.date
        if self.report_taken_for_event:
            return None
        said = [p.mention for p in self.places if p.mention.date and _is_short(p.mention.date)]
        held = [m.date for m in said if m.held and m.date]
        dates = [m.date for m in said if m.date and (not held or any(m.date.overlaps(h) for h in held))]
        if not dates:
            return None
        counts = Counter(dates)
        return min(counts, key=lambda p: (p.end - p.start, -counts[p], p.start))

    @property
    def own(self) -> Mention | None:
        """What the inspector's own report says of the event, where that is loaded."""
        return next((p.mention for p in self.places if p.mention.report_type), None)

    @property
    def published(self) -> Period | None:
        if self.own and self.own.published:
            return self.own.published
        said = [p.mention.published for p in self.places if p.mention.published]
        return min(said, key=lambda p: (p.end - p.start, p.start)) if said else None

    def overlaps(self, period: Period) -> bool:
        """Whether the event, or its report, is of that time."""
        return any(known is not None and known.overlaps(period) for known in (self.when, self.year, self.published))

    @property
    def known_day(self) -> date | None:
        """A day by which the event was: its last, or that of its report."""
        known = self.when or self.published or self.year
        return known.end if known else None

    def absorb(self, other: _Event) -> None:
        self.places += other.places
        self.also += other.also
        self.number = self.number or other.number


def link_inspections(extractions: Iterable[Extraction]) -> tuple[list[Inspection], dict[str, str]]:
    """The events of all papers given, by council and date, and the event's id for each mention, judgement and finding."""
    papers = sorted(extractions, key=lambda x: (x.paper.meeting_date or date.max, x.paper.paper, x.paper.sha256))
    mentions: defaultdict[str | None, list[_Place]] = defaultdict(list)
    for extraction in papers:
        for mention in extraction.mentions:
            mentions[mention.council].append(_place(mention, extraction))
    inspections: list[Inspection] = []
    of_record: dict[str, str] = {}
    for council in sorted(mentions, key=lambda name: name or ""):
        for event in _gather(mentions[council]):
            inspection = _inspection(council, event)
            inspections.append(inspection)
            of_record.update({p.mention.id: inspection.id for p in (*event.places, *event.also)})
    for extraction in papers:
        of_record.update(_events_of_records(extraction, inspections, of_record))
    return inspections, of_record


def _place(mention: Mention, extraction: Extraction) -> _Place:
    e = mention.evidence
    return _Place(_said_on(extraction), e.paper, e.sha256, e.page or 0, e.start, e.end, mention)


def _said_on(extraction: Extraction) -> date:
    """The paper's day; of an inspector's report that gives none the visit's last, since it speaks of what was before."""
    if extraction.paper.meeting_date:
        return extraction.paper.meeting_date
    visits = [m.date.end for m in extraction.mentions if m.report_type and m.date]
    return max(visits, default=date.max)


def _is_short(period: Period) -> bool:
    return period.end - period.start <= _AN_EVENT_LASTS


def _fixes_event(mention: Mention) -> bool:
    """Whether the mention says enough to be an event by itself: a date that is no mere expectation."""
    if mention.date is None or not _is_short(mention.date) or _INFERRED in mention.doubts:
        return False
    by_day = mention.date.end - mention.date.start < timedelta(days=20)
    return by_day or "expected" not in mention.doubts


def _gather(places: Sequence[_Place]) -> list[_Event]:
    """The events of one council."""
    ordered = sorted(places, key=lambda p: p.order)
    events: list[_Event] = []
    for place in ordered:
        if place.mention.report_type:
            _add_own(events, place)
    ordered = [p for p in ordered if not p.mention.report_type and not _joined_to_own(events, p)]
    dated = [p for p in ordered if _fixes_event(p.mention)]
    numbered = [p for p in ordered if not _fixes_event(p.mention) and p.mention.number is not None]
    published = [p for p in ordered if not _fixes_event(p.mention) and p.mention.number is None and p.mention.published]
    done = {id(p) for p in (*dated, *numbered, *published)}
    for place in sorted(dated, key=_by_precision):
        _add_dated(events, place)
    for place in numbered:
        _add_numbered(events, place)
    for place in published:
        _add_published(events, place)
    events = _with_reports(events)
    events = _numbered_in_turn(events)
    for place in ordered:
        if id(place) not in done:
            _add_pointing(events, place)
    return sorted(events, key=_by_date)


def _add_own(events: list[_Event], place: _Place) -> None:
    """An inspector's own report is an event; a second copy of the report is the same one."""
    mention = place.mention
    for event in events:
        same_days = mention.date is not None and event.when == mention.date
        if event.kind == mention.type and same_days and event.own and event.own.report_type == mention.report_type:
            event.places.append(place)
            return
    events.append(_Event(mention.type, [place], number=mention.number))


def _joined_to_own(events: Sequence[_Event], place: _Place) -> bool:
    """Joins a place to the event whose own report tells of those days, whatever sort or number the place gives it.

    An inspection that a paper puts into the month in which its report came out, or soon after, is that inspection too.
    """
    mention = place.mention
    if mention.date is None or not _is_short(mention.date):
        return False
    for event in events:
        if event.when is None or {event.kind, mention.type} == {"inspection", "focused_visit"}:
            continue
        by_day = mention.date.end - mention.date.start < timedelta(days=20)
        agree = event.kind == mention.type and _numbers_agree(event, mention) and _may_be_framework(event, mention)
        if event.when.overlaps(mention.date) and (agree or (by_day and _are_visits(event, mention))):
            event.places.append(place)
            return True
        after = mention.date.start - event.when.end
        of_report = mention.date.kind is PeriodKind.MONTH and event.kind == mention.type == "inspection"
        if of_report and timedelta(0) < after <= _REPORT_NAMED_WITHIN and _may_be_framework(event, mention):
            event.also.append(place)
            return True
    return False


def _are_visits(event: _Event, mention: Mention) -> bool:
    return event.kind in _VISITS and mention.type in (*_VISITS, "inspection")


def _may_be_framework(event: _Event, mention: Mention) -> bool:
    return (
        event.own is None
        or None in (event.own.framework, mention.framework)
        or event.own.framework == mention.framework
    )


def _by_precision(place: _Place) -> tuple[timedelta, bool, tuple[date, str, str, int, int, int]]:
    period = place.mention.date
    assert period is not None
    return period.end - period.start, place.mention.type == "inspection", place.order


def _by_date(event: _Event) -> tuple[date, str, int]:
    known = event.when or event.published or event.year
    return known.start if known else date.min, event.kind, event.number or 0


def _same_sort(event: _Event, mention: Mention) -> bool:
    """One sort, or two sorts of visit where the paper did not say which, or a visit called an inspection."""
    if event.kind == mention.type:
        return mention.framework is None or all(p.mention.framework in (None, mention.framework) for p in event.places)
    doubtful = "inferred:type" in mention.doubts or all("inferred:type" in p.mention.doubts for p in event.places)
    if {event.kind, mention.type} <= _VISITS:
        return doubtful
    loosely_said = mention.type == "inspection" and not mention.framework and not mention.published
    month_only = mention.date is not None and mention.date.kind is PeriodKind.MONTH
    return loosely_said and month_only and event.kind in _VISITS


def _add_dated(events: list[_Event], place: _Place) -> None:
    mention = place.mention
    assert mention.date is not None
    fitting = [
        e
        for e in events
        if _same_sort(e, mention) and _numbers_agree(e, mention) and any(_overlaps(p, mention.date) for p in e.places)
    ]
    if not fitting:
        fitting = [e for e in events if _is_announced_anew(e, mention)]
    if fitting:
        # The same number first, then the same sort, then the earliest.
        chosen = min(fitting, key=lambda e: (e.number != mention.number, e.kind != mention.type, _by_date(e)))
    else:
        chosen = _Event(mention.type)
        events.append(chosen)
    _join(chosen, place)


def _join(event: _Event, place: _Place) -> None:
    event.places.append(place)
    event.number = event.number or place.mention.number
    if event.kind != place.mention.type and all("inferred:type" in p.mention.doubts for p in event.places[:-1]):
        event.kind = place.mention.type


def _overlaps(place: _Place, period: Period) -> bool:
    return place.mention.date is not None and place.mention.date.overlaps(period)


def _numbers_agree(event: _Event, mention: Mention) -> bool:
    return event.number is None or mention.number is None or event.number == mention.number


def _is_announced_anew(event: _Event, mention: Mention) -> bool:
    """The same numbered visit, announced for other days than those on which it was held."""
    if event.kind != mention.type or mention.number is None or event.number != mention.number or mention.date is None:
        return False
    known = event.when
    if known is None or abs(known.start - mention.date.start) > _ANNOUNCED_ANEW:
        return False
    return mention.held is False or any(p.mention.held is False for p in event.places)


def _add_numbered(events: list[_Event], place: _Place) -> None:
    """ "In their second monitoring visit": the visit of that number last held or soonest due when it was said."""
    mention = place.mention
    same = [e for e in events if e.number == mention.number and (e.kind == mention.type or _same_sort(e, mention))]
    if same:
        _join(min(same, key=lambda e: _distance(e, place.said_on)), place)
    else:
        events.append(_Event(mention.type, [place], number=mention.number))


def _distance(event: _Event, said_on: date) -> tuple[bool, timedelta]:
    known = event.known_day
    if known is None:
        return True, timedelta(0)
    ahead = known > said_on + timedelta(days=120)
    return ahead, abs(said_on - known)


def _add_published(events: list[_Event], place: _Place) -> None:
    """A report with a date of its own joins the event whose report has that date; else it is an event without a date."""
    published = place.mention.published
    assert published is not None
    for event in events:
        if event.kind == place.mention.type and event.published and event.published.overlaps(published):
            event.places.append(place)
            return
    events.append(_Event(place.mention.type, [place]))


def _with_reports(events: list[_Event]) -> list[_Event]:
    """Events known by their report alone become one with the inspection or visit that the report followed."""
    reports = [e for e in events if e.when is None and e.published and e.number is None]
    others = [e for e in events if e not in reports]
    alone = []
    for report in reports:
        said = [e for e in others if e.kind == report.kind and _is_said_of_report(e, report)]
        before = [e for e in others if e not in said and e.kind == report.kind and _was_followed_by(e, report)]
        if before:
            event = max(before, key=_by_date)
        elif said:
            event = said[0]
            event.report_taken_for_event = event.kind == "inspection"
        else:
            alone.append(report)
            continue
        event.absorb(report)
        for other in said:
            if other is not event:
                _absorb_loosely(event, other)
                others.remove(other)
    return others + alone


def _absorb_loosely(event: _Event, other: _Event) -> None:
    """ "The inspection in April", said of the one whose report came out in April: a place that speaks of it, but no date."""
    event.also += [*other.places, *other.also]


def _is_said_of_report(event: _Event, report: _Event) -> bool:
    known, published = event.when, report.published
    return known is not None and published is not None and known.kind is PeriodKind.MONTH and known.overlaps(published)


def _was_followed_by(event: _Event, report: _Event) -> bool:
    known, published = event.when, report.published
    if known is None or published is None or (event.published and not event.published.overlaps(published)):
        return False
    return known.start <= published.end and published.end - known.end <= _REPORT_FOLLOWS[event.kind]


def _numbered_in_turn(events: list[_Event]) -> list[_Event]:
    """Numbers of monitoring visits that follow from their neighbours', and the one visit that a series implies.

    Only where one series is known: a visit without a number between the third and the fifth is the fourth; "the second",
    without a date, is the visit shortly before the third. Where one number alone is missing, that visit is an event without a date.
    """
    visits = sorted((e for e in events if e.kind == "monitoring_visit"), key=_by_date)
    dated = [e for e in visits if e.when]
    numbers = [e.number for e in dated if e.number]
    if numbers != sorted(set(numbers)):
        return events
    events = _place_undated(events, visits, dated)
    _number_between(dated)
    implied = _implied(events)
    return [*events, implied] if implied else events


def _place_undated(events: list[_Event], visits: Sequence[_Event], dated: Sequence[_Event]) -> list[_Event]:
    gone: list[_Event] = []
    for event in visits:
        if event.when or event.number is None:
            continue
        for earlier, later in pairwise(dated):
            if earlier.number is None and later.number == event.number + 1 and _is_a_step(earlier, later):
                earlier.absorb(event)
                gone.append(event)
                break
            if later.number is None and earlier.number == event.number - 1 and _is_a_step(earlier, later):
                later.absorb(event)
                gone.append(event)
                break
    return [e for e in events if e not in gone]


def _is_a_step(earlier: _Event, later: _Event) -> bool:
    return earlier.when is not None and later.when is not None and later.when.start - earlier.when.end <= _SERIES_STEP


def _number_between(dated: Sequence[_Event]) -> None:
    """Visits between two numbered ones (or before the first) get the numbers between, where they are as many."""
    last, between = 0, list[_Event]()
    for event in dated:
        if event.number is None:
            between.append(event)
            continue
        if len(between) == event.number - last - 1:
            for number, unnumbered in enumerate(between, start=last + 1):
                unnumbered.number = number
        last, between = event.number, []


def _implied(events: Sequence[_Event]) -> _Event | None:
    """The one monitoring visit whose number is missing from the series; the places that count the next speak of it."""
    visits = [e for e in events if e.kind == "monitoring_visit"]
    by_number = {e.number: e for e in visits if e.number}
    missing = [n for n in range(1, max(by_number, default=0)) if n not in by_number]
    if len(missing) != 1:
        return None
    following = by_number[missing[0] + 1]
    if any(
        e.number is None and (e.when is None or following.when is None or e.when.start < following.when.start)
        for e in visits
    ):
        return None
    said = [p for p in following.places if p.mention.number]
    return _Event("monitoring_visit", also=said, number=missing[0]) if said else None


def _add_pointing(events: list[_Event], place: _Place) -> None:
    """A place that says neither date nor number joins the event it points to, where that can be told."""
    mention = place.mention
    if _INFERRED in mention.doubts:
        event = _graded_event(events, mention)
    else:
        event = _expected_event(events, place) if mention.held is False else _past_event(events, place)
    if event is not None:
        event.also.append(place)
    elif _INFERRED in mention.doubts or (mention.held and not mention.date) or _is_announced(events, mention):
        events.append(_Event(mention.type, [place]))
    elif mention.held and mention.date and mention.date.kind is PeriodKind.CALENDAR_YEAR:
        events.append(_Event(mention.type, [place], year=mention.date))


def _graded_event(events: Sequence[_Event], mention: Mention) -> _Event | None:
    """ "In May Ofsted found ...": the inspection of that month, or the one whose report may have come out in it."""
    assert mention.date is not None
    period = mention.date
    own = [e for e in events if e.kind == mention.type]
    of_then = [e for e in own if e.overlaps(period)]
    if not of_then:
        before = [e for e in own if e.known_day and e.known_day <= period.end]
        of_then = [e for e in before if e.known_day and period.end - e.known_day <= _REPORT_FOLLOWS[mention.type]]
    return max(of_then, key=_by_date) if of_then else None


def _is_announced(events: Sequence[_Event], mention: Mention) -> bool:
    """Whether a visit is expected in a month that is named, and no visit of the sort is known in that month or soon after."""
    period = mention.date
    if mention.held is not False or period is None or period.kind is not PeriodKind.MONTH:
        return False
    if mention.type not in _VISITS or "guessed" in mention.doubts:
        return False
    known = [e.when for e in events if e.kind == mention.type and e.when]
    return not any(when.end >= period.start and when.start - period.end <= _AFTER_EXPECTED for when in known)


def _expected_event(events: Sequence[_Event], place: _Place) -> _Event | None:
    """The next event of the sort after the paper, within the window where one is named."""
    window = place.mention.date
    ahead = [e for e in events if e.kind == place.mention.type and e.when and e.when.end >= place.said_on]
    if window:
        ahead = [e for e in ahead if e.when and e.when.overlaps(window)]
    elif place.mention.type == "inspection":
        ahead = [e for e in ahead if e.when and e.when.start - place.said_on <= timedelta(days=730)]
    return min(ahead, key=_by_date) if ahead else None


def _past_event(events: Sequence[_Event], place: _Place) -> _Event | None:
    """The event last spoken of in the paper before this place, else the last of its sort before the paper."""
    sorts = _VISITS if place.mention.type in _VISITS else frozenset((place.mention.type,))
    fitting = [e for e in events if e.kind in sorts]
    if place.mention.date and not _is_short(place.mention.date):
        fitting = [e for e in fitting if e.overlaps(place.mention.date)]
    spoken_of = [
        (p.order, e)
        for e in fitting
        for p in (*e.places, *e.also)
        if p.sha256 == place.sha256
        and p.order < place.order
        and p.mention.held is not False
        and not _is_in_passing(p.mention)
    ]
    if spoken_of:
        return max(spoken_of, key=lambda pair: pair[0])[1]
    over = [e for e in fitting if e.known_day and e.known_day <= place.said_on]
    if over:
        return max(over, key=_by_date)
    undated = [e for e in fitting if e.known_day is None and e.number is None]
    return undated[0] if undated else None


def _is_in_passing(mention: Mention) -> bool:
    before, found, _ = mention.evidence.quote.partition(" ".join(mention.evidence.text.split()))
    return bool(found and _IN_PASSING.search(before))


def _inspection(council: str | None, event: _Event) -> Inspection:
    places = sorted((*event.places, *event.also), key=lambda p: (p.mention.report_type is None, p.order))
    mentions = [p.mention for p in event.places]
    own = event.own
    known, published = event.when or event.year, event.published
    anchor = known or published
    name = anchor.start.isoformat() if anchor else f"no {event.number}" if event.number else "undated"
    frameworks = Counter(m.framework for m in mentions if m.framework)
    inspectorates = Counter(m.inspectorate for m in mentions)
    return Inspection(
        id=record_id("inspection", council, event.kind, name),
        council=council,
        inspectorate=min(inspectorates, key=lambda n: (-inspectorates[n], n)) if inspectorates else "Ofsted",
        type=event.kind,
        framework=own.framework if own else min(frameworks, key=lambda f: (-frameworks[f], f), default=None),
        report_type=own.report_type if own else None,
        lead_inspector=own.lead_inspector if own else None,
        number=event.number if event.kind in _VISITS else None,
        date=known,
        published=published,
        evidence=tuple(dict.fromkeys(p.mention.evidence for p in places)),
    )


def _events_of_records(
    extraction: Extraction, inspections: Sequence[Inspection], of_record: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """For each judgement and finding of a paper, the event that gave it, where that can be told."""
    said_on = _said_on(extraction)
    own = next((of_record[m.id] for m in extraction.mentions if m.report_type), None)
    for judgement in extraction.judgements:
        if own and judgement.extractor.startswith(_OF_OWN_REPORT):
            yield judgement.id, own
        elif event := _giver(judgement, [i for i in inspections if i.id != own], said_on):
            yield judgement.id, event
    for finding in extraction.findings:
        if own:
            yield finding.id, own
        elif event := _maker(finding, extraction.mentions, of_record):
            yield finding.id, event


def _giver(judgement: Judgement, inspections: Sequence[Inspection], said_on: date) -> str | None:
    """The inspection in the year or month that the paper says, else the last before it; for an earlier grade the one before that."""
    own = [
        i
        for i in inspections
        if i.council == judgement.council
        and i.type == "inspection"
        and i.framework not in _UNGRADED
        and (i.report_type != "other" or judgement.area == "lscb")
    ]
    if given := judgement.given:
        dated = [i for i in own if any(p and p.overlaps(given) for p in (i.date, i.published))]
        return dated[-1].id if dated else None
    over = [i for i in own if (i.date or i.published) is None or _start(i) <= said_on]
    back = 2 if "earlier" in judgement.doubts else 1
    return over[-back].id if len(over) >= back else None


def _start(inspection: Inspection) -> date:
    known = inspection.date or inspection.published
    return known.start if known else date.min


def _maker(finding: Finding, mentions: Sequence[Mention], of_record: dict[str, str]) -> str | None:
    """The event that the same report spoke of last before the finding, and not in passing or long before."""
    at = finding.evidence
    place = (at.page or 0, at.end)
    before = [
        m
        for m in mentions
        if m.id in of_record
        and m.council == finding.council
        and m.held is not False
        and m.evidence.report == at.report
        and (m.evidence.page or 0, m.evidence.start) <= place
        and not _is_in_passing(m)
    ]
    if finding.finding == "recommendation" and finding.extractor == "findings.sentence":
        before = [m for m in before if m.evidence.paragraph == at.paragraph]  # any event may have led to it
    if not before:
        return None
    last = max(before, key=lambda m: (m.evidence.page or 0, m.evidence.start))
    far = last.evidence.page == at.page and at.start - last.evidence.end > _A_FINDING_FOLLOWS
    return None if far else of_record[last.id]
