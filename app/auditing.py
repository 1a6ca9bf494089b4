"""Brings the issues up to date: cases out of the store, checks asked of them, issues back into it.

Only what changed since is looked at: papers that came, changed or are linked otherwise (with their near-identical
copies), the metrics that their figures measure, and what a council says as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from audit.auditing import audit, values_of, without_same_cause
from audit.case import Case, grouped
from audit.catalogue import CHECKS, edition
from audit.question import Check
from db.issues import CheckCoverage, FoundIssue
from schema.paper import Page
from schema.records import Extraction, Figure, Metric, PaperRecord

if TYPE_CHECKING:
    from db.stale import Stale
    from db.store import Store

T = TypeVar("T")
_AT_ONCE: Final = 100
"""Papers, and metrics, in memory at a time."""
_POSITION: Final = {check.code: i for i, check in enumerate(CHECKS)}


def bring_issues_up_to_date(store: Store, checks: Sequence[Check] = CHECKS) -> None:
    """Asks the checks of all that changed since they were last asked. Changes nothing where nothing did."""
    stale = store.stale(edition())
    if not stale:
        return
    papers = grouped(store.papers(), lambda paper: paper.council)
    statements = store.statements()
    for of_council in stale:
        council = _Council(store, of_council.council, papers.get(of_council.council, []), statements)
        found, coverage = _ask(council, of_council, checks)
        store.keep_issues(of_council, found, coverage, edition(), without_same_cause)


def _ask(council: _Council, stale: Stale, checks: Sequence[Check]) -> tuple[list[FoundIssue], list[CheckCoverage]]:
    found: dict[str, FoundIssue] = {}
    coverage: list[CheckCoverage] = []
    for scope, cases in (
        ("paper", council.reports(stale.papers)),
        ("metric", council.metrics(stale.metrics)),
        ("council", council.whole()),
    ):
        asked = [check for check in checks if check.scope == scope]
        for case in cases if asked else ():
            audited = audit(case, asked)
            metric = next(iter({one.metric for one in case.figures}), None) if scope == "metric" else None
            paper = case.papers[0].sha256 if scope == "paper" else None
            for issue in audited.issues:
                position, values = _POSITION.get(issue.check, 0), values_of(issue)
                found[issue.id] = FoundIssue(issue=issue, scope=scope, metric=metric, position=position, values=values)
            coverage += [
                CheckCoverage(
                    council=council.name,
                    paper=paper,
                    metric=metric,
                    check=code,
                    checked=one.checked,
                    passed_over=dict(one.passed_over),
                )
                for code, one in audited.looked.items()
                if one.checked or one.passed_over
            ]
    return list(found.values()), coverage


class _Council:
    """A council's papers, from which the cases of each scope are made, some in memory at a time."""

    def __init__(
        self, store: Store, name: str | None, papers: Sequence[PaperRecord], statements: Mapping[str, str]
    ) -> None:
        self.name = name
        self._store = store
        self._papers = papers
        self._statements = statements
        self._order = {paper.sha256: i for i, paper in enumerate(papers)}
        self._by_sha = {paper.sha256: paper for paper in papers}
        self._metrics: dict[str, Metric] = {one.key: one for one in store.metrics() if one.council == name}
        self._inspections = [
            one for one in store.inspections() if any(place.sha256 in self._by_sha for place in one.evidence)
        ]

    def reports(self, shas: Iterable[str]) -> Iterator[Case]:
        """Each of these reports with its near-identical copies."""
        wanted = set(shas)
        asked = [paper for paper in self._papers if paper.sha256 in wanted]
        alike = list(grouped(asked, lambda paper: min((paper.paper, *paper.same_as_all))).values())
        for groups in _some(alike):
            extractions = {one.paper.sha256: one for one in self._store.linked([p for group in groups for p in group])}
            pages = StoredPages(self._store, list(extractions))
            for group in groups:
                yield self._case([extractions[paper.sha256] for paper in group], pages)

    def metrics(self, keys: Sequence[str]) -> Iterator[Case]:
        """The figures of each of these metrics in all papers."""
        for some in _some(keys):
            by_metric = grouped(self._store.figures_of_metrics(self.name, some), lambda figure: figure.metric)
            for figures in by_metric.values():
                shas = dict.fromkeys(figure.evidence.sha256 for figure in figures)
                papers = sorted((self._by_sha[sha] for sha in shas), key=lambda paper: self._order[paper.sha256])
                yield self._of(papers, figures, StoredPages(self._store, list(shas)))

    def whole(self) -> Iterator[Case]:
        """Everything, where there is anything."""
        if self._papers:
            extractions = self._store.linked(self._papers)
            yield self._case(extractions, StoredPages(self._store, list(self._by_sha)))

    def _of(
        self, papers: Sequence[PaperRecord], figures: Sequence[Figure], pages: Mapping[str, Sequence[Page]]
    ) -> Case:
        return Case(
            council=self.name,
            papers=tuple(papers),
            figures=tuple(figures),
            inspections=tuple(self._inspections),
            metrics=self._metrics,
            repeats=self._statements,
            pages=pages,
        )

    def _case(self, extractions: Sequence[Extraction], pages: Mapping[str, Sequence[Page]]) -> Case:
        return Case(
            council=self.name,
            papers=tuple(one.paper for one in extractions),
            figures=tuple(figure for one in extractions for figure in one.figures),
            deadlines=tuple(deadline for one in extractions for deadline in one.deadlines),
            judgements=tuple(judgement for one in extractions for judgement in one.judgements),
            findings=tuple(finding for one in extractions for finding in one.findings),
            inspections=tuple(self._inspections),
            metrics=self._metrics,
            repeats=self._statements,
            pages=pages,
        )


class StoredPages(Mapping[str, Sequence[Page]]):
    """The text of papers by sha256, read from the store when it is asked for; the last paper's is kept."""

    def __init__(self, store: Store, papers: Sequence[str]) -> None:
        self._store = store
        self._papers = dict.fromkeys(papers)
        self._last: tuple[str, Sequence[Page]] | None = None

    def __getitem__(self, sha256: str) -> Sequence[Page]:
        if sha256 not in self._papers:
            raise KeyError(sha256)
        if self._last is None or self._last[0] != sha256:
            self._last = sha256, self._store.pages(sha256)
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for i in range(0, len(values), _AT_ONCE):
        yield values[i : i + _AT_ONCE]
