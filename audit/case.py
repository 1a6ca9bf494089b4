"""What a check is given: the records of some papers of one council, and the words around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from schema.evidence import Evidence
from schema.paper import Page
from schema.records import Deadline, Figure, Finding, Inspection, Judgement, Metric, PaperRecord

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Case:
    """Records of papers of one council: of one report and its near-identical copies, or of all that the council has.

    Papers come by meeting date (unknown last), name and sha256; records by paper and place. `metrics` are by key.
    `repeats` maps the id of a figure that a near-identical report says again to the id of the figure it repeats.
    `pages` has the stored text of each paper by sha256; offsets of evidence count in it.
    """

    council: str | None
    papers: tuple[PaperRecord, ...]
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    repeats: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Sequence[Page]] = field(default_factory=dict)

    @cached_property
    def paper_of(self) -> dict[str, PaperRecord]:
        """The papers by sha256."""
        return {paper.sha256: paper for paper in self.papers}

    @cached_property
    def figures_of(self) -> dict[str, list[Figure]]:
        """The figures by their paper's sha256, in the order of the paper."""
        return grouped(self.figures, lambda figure: figure.evidence.sha256)

    @cached_property
    def said_first(self) -> tuple[Figure, ...]:
        """The figures, without those that a near-identical report only says again."""
        return tuple(figure for figure in self.figures if figure.id not in self.repeats)

    @cached_property
    def repeated_at(self) -> dict[tuple[object, ...], list[Evidence]]:
        """For the place (sha256, page, start, end) of a figure, the places where near-identical reports repeat it."""
        by_id = {figure.id: figure.evidence for figure in self.figures} if self.repeats else {}
        again: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
        for later, place in by_id.items():
            if first := by_id.get(self.repeats.get(later, "")):
                again[first.sha256, first.page, first.start, first.end].append(place)
        return dict(again)

    def meeting_of(self, evidence: Evidence) -> date | None:
        """The date of the meeting that the paper of a place was put to."""
        paper = self.paper_of.get(evidence.sha256)
        return paper.meeting_date if paper else None

    def is_own(self, figure: Figure) -> bool:
        """Whether a figure is of the papers' own council, as far as the paper says."""
        return figure.organisation is None or figure.organisation == self.council

    def text_around(self, place: Evidence, before: int = 0, after: int = 0) -> str:
        """The stored characters around a place, from `before` its start to `after` its end; empty where unknown."""
        for page in self.pages.get(place.sha256, ()):
            if page.number == place.page:
                return page.text[max(0, place.start - before) : place.end + after]
        return ""


def grouped(records: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Records by what `key` says of them, in the order given. Linear: checks group and never compare all with all."""
    groups: dict[K, list[T]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return dict(groups)
