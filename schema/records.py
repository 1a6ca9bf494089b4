"""The records that papertally keeps, named as CONTRACT.md exports them. Frozen; unknown is None, never a guess."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from schema.evidence import Evidence
from schema.period import Period

Role = Literal["actual", "target", "plan", "change", "benchmark", "numerator", "denominator"]
Qualifier = Literal["exact", "about", "over", "under", "at_least", "up_to"]
Missing = Literal["suppressed", "not_applicable", "not_available"]
PeriodFrom = Literal["sentence", "previous_sentence", "paragraph", "heading", "column", "report"]
Basis = Literal["snapshot", "month", "quarter", "year", "ytd", "rolling_year"]
TargetDirection = Literal["at_least", "at_most"]
Claim = Literal["met", "exceeded", "on_track", "not_met"]
Rag = Literal["green", "amber", "red"]
Direction = Literal["up", "down", "level"]
Grade = Literal["outstanding", "good", "requires improvement", "inadequate", "adequate"]
EventType = Literal["inspection", "monitoring_visit", "focused_visit"]
FindingKind = Literal["strength", "area_for_improvement", "priority_action", "recommendation"]
Severity = Literal["error", "warning", "info"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Said(_Record):
    """What every record said in one place of one paper has."""

    kind: ClassVar[str]

    evidence: Evidence
    extractor: str
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stable over reloads and re-extraction: made from kind, file, place and extractor."""
        e = self.evidence
        return record_id(self.kind, e.sha256, e.page, e.start, e.end, self.extractor, *self._more_identity())

    def _more_identity(self) -> tuple[object, ...]:
        return ()


def record_id(*parts: object) -> str:
    """A short stable name for what the parts identify: 16 hexadecimal digits of their SHA-256."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()[:16]


class Figure(Said):
    """A number that a paper states of something, with whose it is and when it was so.

    `value` is scaled to units of one (`£5.2m` is 5200000) with the digits as printed (`94.0%` is 94.0); a range has its
    high end in `value_high`; a withheld value is None with the reason in `missing`. `metric_score`, from 0 to 1, and
    `metric_reason` say how surely and why it is linked to its metric.
    """

    kind: ClassVar[str] = "figure"

    value: Decimal | None
    value_high: Decimal | None = None
    unit: str
    missing: Missing | None = None
    qualifier: Qualifier = "exact"
    role: Role = "actual"
    metric: str | None = None
    metric_score: float | None = None
    metric_reason: str | None = None
    metric_text: str = ""
    breakdown: str | None = None
    rag: Rag | None = None
    direction: Direction | None = None
    organisation: str | None = None
    council: str | None = None
    period: Period | None = None
    period_from: PeriodFrom | None = None
    basis: Basis | None = None
    target_direction: TargetDirection | None = None
    claim: Claim | None = None


class Deadline(Said):
    """Something promised for a date. `due` is the day, month, season or window named; never the paper's own date."""

    kind: ClassVar[str] = "deadline"

    subject: str
    promise: str | None = None
    due: Period
    status: Literal["planned", "done", "missed"] = "planned"
    grade: Grade | None = None
    council: str | None = None


class Mention(Said):
    """A place where a paper speaks of an inspection or visit; `linking.inspections` gathers mentions into events."""

    kind: ClassVar[str] = "mention"

    council: str | None = None
    inspectorate: str = "Ofsted"
    type: EventType
    framework: str | None = None
    number: int | None = None
    date: Period | None = None
    published: Period | None = None
    held: bool | None = None


class Inspection(_Record):
    """An inspection or visit, with every place that speaks of it. Unknown dates are None."""

    kind: ClassVar[str] = "inspection"

    id: str
    council: str | None
    inspectorate: str = "Ofsted"
    type: EventType
    framework: str | None = None
    report_type: str | None = None
    number: int | None = None
    date: Period | None = None
    published: Period | None = None
    lead_inspector: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Judgement(Said):
    """A grade that a paper states an inspectorate gave: to whom, for which area, at which inspection."""

    kind: ClassVar[str] = "judgement"

    council: str | None
    area: str
    area_text: str
    grade: Grade
    given: Period | None = None  # the date of the inspection or its report, where the sentence says it
    inspection: str | None = None

    def _more_identity(self) -> tuple[object, ...]:
        return (self.council, self.area, self.grade)


class Finding(Said):
    """A strength, area for improvement, priority action or recommendation of an inspectorate, as a paper tells it."""

    kind: ClassVar[str] = "finding"

    finding: FindingKind
    council: str | None = None
    area: str | None = None
    inspection: str | None = None


class Refusal(Said):
    """What could not be read with confidence, and why."""

    kind: ClassVar[str] = "refusal"

    reason: str


class Metric(_Record):
    """What figures measure: one series for one council."""

    kind: ClassVar[str] = "metric"

    key: str
    name: str
    unit: str
    better: Literal["higher", "lower"] | None = None
    council: str | None = None
    aliases: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()  # which look-alikes it was kept apart from, and why


class MetricLink(_Record):
    """Why a figure measures its metric: `score` from 0 to 1 orders the reasons and is no probability."""

    score: float
    reason: str


class MetricDecision(_Record):
    """What a person decided of the identity of metrics.

    `merge`: all figures of `metric` measure `to`. `split`: those of `metric` whose words contain `words` are a metric
    of their own, named `to`. `rename`: `metric` is called `to`. `alias`: figures whose words are `words` measure
    `metric`. `council` limits it to that council's papers. `known_as` are the words of the papers that named `metric`
    when it was decided, and `to_known_as` those of the metric it was merged with: by them it is found again if its key
    changes.
    """

    kind: ClassVar[str] = "decision"

    decision: Literal["merge", "split", "rename", "alias"]
    metric: str
    to: str = ""
    words: str = ""
    council: str | None = None
    unit: str = ""
    known_as: tuple[str, ...] = ()
    to_known_as: tuple[str, ...] = ()
    author: str
    made_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None

    @property
    def id(self) -> str:
        """Made from what was decided, by whom and when: the same decision from two files is one."""
        made = self.made_at.isoformat()
        return record_id(self.kind, self.decision, self.metric, self.to, self.words, self.council, self.author, made)[
            :8
        ]


class Issue(_Record):
    """A question that the audit puts about papers, with the places to look at."""

    kind: ClassVar[str] = "issue"

    id: str
    check: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...]
    status: Literal["open", "accepted", "dismissed"] = "open"


class Coverage(_Record):
    """What was read of a paper and what became of it: counts of pages, tables and numbers. `pages_recognised` are the
    numbers of the pages that are pictures, whose words were recognised (OCR)."""

    pages: int = 0
    pages_unread: int = 0
    pages_recognised: tuple[int, ...] = ()
    tables: int = 0
    tables_refused: int = 0
    numbers: int = 0
    numbers_kept: int = 0
    numbers_set_aside: int = (
        0  # dates, paragraph and law numbers, durations that define a measure: known, and not figures
    )


class PaperRecord(_Record):
    """What the store says of a paper as a whole."""

    kind: ClassVar[str] = "paper"

    paper: str
    sha256: str
    council: str | None
    council_from: Literal["masthead", "text", "given"] | None = (
        None  # `text`: not in the masthead, most named in the body
    )
    body: str | None
    meeting_date: date | None
    date_given: bool = False  # by a person at loading, as `council_from` says of the council
    title: str | None
    author: str | None = None
    classification: str | None = None
    period_covered: Period | None = None
    pages: int | None = None
    reader: str = "text"
    also_named: tuple[str, ...] = ()
    same_as: str | None = None
    same_as_all: tuple[str, ...] = ()
    coverage: Coverage = Coverage()
    glossary: tuple[tuple[str, str], ...] = ()  # short forms that the paper itself explains, with what they stand for
    unread: tuple[str, ...] = ()
    sketches: tuple[tuple[int, ...], ...] = ()  # one a report: linking.twins compares reports by them


class Extraction(_Record):
    """All records of one paper, as the extractors hand them over, before anything is linked across papers."""

    paper: PaperRecord
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    mentions: tuple[Mention, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()


class Links(_Record):
    """What belongs together over all papers of one council: a function of the set of its papers.

    `figure_metrics`, `promises` and `events` map record ids to a metric's key, a promise's key and an inspection's id
    (judgements and findings). `figure_links` says why each figure measures its metric, and `decisions_used` which of
    people's decisions found something to act on. `statements` maps a figure said again in a near-identical report to
    the figure it repeats, so that both count as one statement. `same_as` maps a paper's sha256 to those of the papers
    that hold the same report, the first by meeting date, name and sha256 leading.
    """

    council: str | None
    metrics: tuple[Metric, ...] = ()
    figure_metrics: dict[str, str] = {}
    figure_links: dict[str, MetricLink] = {}
    decisions_used: tuple[str, ...] = ()
    promises: dict[str, str] = {}
    inspections: tuple[Inspection, ...] = ()
    events: dict[str, str] = {}
    statements: dict[str, str] = {}
    same_as: dict[str, tuple[str, ...]] = {}
