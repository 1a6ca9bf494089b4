"""Brings the issues up to date: cases out of the store, checks asked of them, issues back into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from audit.auditing import audit, values_of, without_same_cause
from audit.case import Case, grouped
from audit.catalogue import CHECKS, edition
from audit.question import Looked, Scope
from db.filters import Filters
from db.issues import CheckCoverage
from schema.paper import Page
from schema.records import Issue, Said

if TYPE_CHECKING:
    from db.store import Store

_SCOPES: Final[tuple[Scope, ...]] = ("paper", "metric", "council")


def bring_issues_up_to_date(store: Store) -> None:
    """Asks the checks of every council whose papers changed since they were last asked. Changes nothing otherwise."""
    for council in store.unaudited(edition()):
        case = case_of(store, council)
        issues: list[Issue] = []
        looked: dict[str, list[Looked]] = {}
        for scope in _SCOPES:
            checks = [check for check in CHECKS if check.scope == scope]
            for part in _parts(case, scope) if checks else ():
                found = audit(part, checks)
                issues += found.issues
                for code, one in found.looked.items():
                    looked.setdefault(code, []).append(one)
        order = [check.code for check in CHECKS]
        issues.sort(key=lambda issue: order.index(issue.check))
        kept = without_same_cause(issues)
        coverage = [_coverage(council, code, looked[code]) for code in order if code in looked]
        store.keep_issues(council, kept, {one.id: values_of(one) for one in kept}, coverage, edition())


def case_of(store: Store, council: str | None) -> Case:
    """All papers of a council as a case."""
    extractions = store.linked_extractions(council)
    shas = {one.paper.sha256 for one in extractions}
    return Case(
        council=council,
        papers=tuple(one.paper for one in extractions),
        figures=tuple(figure for one in extractions for figure in one.figures),
        deadlines=tuple(deadline for one in extractions for deadline in one.deadlines),
        judgements=tuple(judgement for one in extractions for judgement in one.judgements),
        findings=tuple(finding for one in extractions for finding in one.findings),
        inspections=tuple(one for one in store.inspections() if any(place.sha256 in shas for place in one.evidence)),
        metrics={one.key: one for one in store.metrics(Filters(council=council))},
        repeats=store.statements(),
        pages=StoredPages(store, [one.paper.sha256 for one in extractions]),
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


def _parts(case: Case, scope: Scope) -> Iterator[Case]:
    """The cases that checks of a scope are given one at a time."""
    match scope:
        case "paper":
            yield from _reports(case)
        case "metric":
            for metric, figures in grouped(case.figures, lambda figure: figure.metric).items():
                if metric is not None:
                    yield replace(case, figures=tuple(figures), deadlines=(), judgements=(), findings=())
        case "council":
            yield case


def _reports(case: Case) -> Iterator[Case]:
    """Each report with its near-identical copies."""
    figures, deadlines = grouped(case.figures, _paper), grouped(case.deadlines, _paper)
    judgements, findings = grouped(case.judgements, _paper), grouped(case.findings, _paper)
    for papers in grouped(case.papers, lambda paper: min((paper.paper, *paper.same_as_all))).values():
        shas = [paper.sha256 for paper in papers]
        yield replace(
            case,
            papers=tuple(papers),
            figures=tuple(one for sha in shas for one in figures.get(sha, ())),
            deadlines=tuple(one for sha in shas for one in deadlines.get(sha, ())),
            judgements=tuple(one for sha in shas for one in judgements.get(sha, ())),
            findings=tuple(one for sha in shas for one in findings.get(sha, ())),
        )


def _paper(record: Said) -> str:
    return record.evidence.sha256


def _coverage(council: str | None, code: str, looks: Sequence[Looked]) -> CheckCoverage:
    passed = Counter[str]()
    for one in looks:
        passed.update(one.passed_over)
    return CheckCoverage(
        council=council, check=code, checked=sum(one.checked for one in looks), passed_over=dict(sorted(passed.items()))
    )
