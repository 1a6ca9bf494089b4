"""Keeps what the audit asked of the papers, and what people decided of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from db.filters import EVERYTHING, Filters
from db.queries import paper_records
from db.rows import evidence_of, place_columns
from db.stale import Stale, batches
from db.tables import audit_coverage, issue_decisions, issue_places, issues, papers, stale_metrics
from schema.evidence import Evidence
from schema.records import Issue

Status = Literal["open", "accepted", "dismissed"]
_ORDER: Final = ("error", "warning", "info")


class Decision(BaseModel):
    """What a person decided of an issue: `by` whom, when (`at`, ISO date and time) and why."""

    model_config = ConfigDict(frozen=True)

    issue: str
    check: str
    status: Status
    reason: str
    by: str
    at: str
    values: tuple[str, ...]
    places: tuple[str, ...]


class CheckCoverage(BaseModel):
    """How many things a check looked at in a paper, of a metric or in all of a council, and how many it could not, by
    reason. `paper` is a sha256."""

    model_config = ConfigDict(frozen=True)

    council: str | None
    paper: str | None = None
    metric: str | None = None
    check: str
    checked: int
    passed_over: dict[str, int]


class FoundIssue(BaseModel):
    """An issue with where it was found: in papers, in the figures of a metric, or over all of a council.

    `position` is that of its check in the catalogue; a decision on it holds as long as its `values` stay.
    """

    model_config = ConfigDict(frozen=True)

    issue: Issue
    scope: str
    metric: str | None = None
    position: int
    values: tuple[str, ...]


def keep(
    connection: Connection,
    looked_at: Stale,
    found: Sequence[FoundIssue],
    coverage: Sequence[CheckCoverage],
    edition: str,
    sift: Callable[[Sequence[Issue]], Sequence[Issue]],
) -> None:
    """Puts what was found in the place of what was known of the papers and metrics looked at.

    `sift` picks, of all issues of the council, those to show: of several with one cause, one.
    """
    _forget_looked_at(connection, looked_at)
    if found:
        connection.execute(insert(issues), [_issue_row(one, looked_at.council) for one in found])
        places = [(one.issue.id, i, place) for one in found for i, place in enumerate(one.issue.evidence)]
        rows = [{"issue": id_, "position": i, **place_columns(place)} for id_, i, place in places]
        connection.execute(insert(issue_places), rows)
    if coverage:
        connection.execute(insert(audit_coverage), [_coverage_row(one) for one in coverage])
    of_council = issues.c.papers_of.is_not_distinct_from(looked_at.council)
    all_of_council = [issue for _, issue in _issues(connection, of_council)]
    shown = {one.id for one in sift(all_of_council)}
    connection.execute(update(issues).where(of_council).values(left_out=False))
    for some in batches(sorted({one.id for one in all_of_council} - shown)):
        connection.execute(update(issues).where(issues.c.id.in_(some)).values(left_out=True))
    of_papers = papers.c.council.is_not_distinct_from(looked_at.council)
    connection.execute(update(papers).where(of_papers).values(audited_by=edition))


def _forget_looked_at(connection: Connection, looked_at: Stale) -> None:
    of_council = issues.c.papers_of.is_not_distinct_from(looked_at.council)
    connection.execute(delete(issues).where(of_council, issues.c.scope == "council"))
    for some in batches(looked_at.papers):
        asked = select(issue_places.c.issue).where(issue_places.c.sha256.in_(some))
        connection.execute(delete(issues).where(issues.c.scope == "paper", issues.c.id.in_(asked)))
        connection.execute(delete(audit_coverage).where(audit_coverage.c.sha256.in_(some)))
    for metrics in batches(looked_at.metrics):
        connection.execute(delete(issues).where(of_council, issues.c.metric.in_(metrics)))
    covered = audit_coverage.c.papers_of.is_not_distinct_from(looked_at.council)
    for metrics in batches(looked_at.metrics):
        connection.execute(delete(audit_coverage).where(covered, audit_coverage.c.metric.in_(metrics)))
    whole = audit_coverage.c.sha256.is_(None) & audit_coverage.c.metric.is_(None)
    connection.execute(delete(audit_coverage).where(covered, whole))
    marked = stale_metrics.c.papers_of.is_not_distinct_from(looked_at.council)
    connection.execute(delete(stale_metrics).where(marked))


def issue_records(connection: Connection, filters: Filters = EVERYTHING) -> list[Issue]:
    """The issues, gravest first, then by council and place. With a paper, those that ask about it; with a metric or
    dates, those that ask about a paper that has it or was met for then."""
    asked = _papers_asked_about(connection, filters)
    found = [
        (row, issue)
        for row, issue in _issues(connection, ~issues.c.left_out)
        if asked is None or any(place.sha256 in asked for place in issue.evidence)
    ]
    found.sort(key=lambda one: (_ORDER.index(one[1].severity), one[0]["papers_of"] or "\uffff"))
    return [issue for _, issue in found]


def _issues(connection: Connection, wanted: ColumnElement[bool]) -> list[tuple[RowMapping, Issue]]:
    """Issues with their rows, in the order of the checks and then of the places."""
    rows = connection.execute(select(issues).where(wanted)).mappings().all()
    places, decided = _places(connection, wanted), _last_decisions(connection)
    found = [(row, _issue_of(row, tuple(places[row["id"]]), decided)) for row in rows]
    return sorted(found, key=lambda one: (one[0]["position"], *_by_place(one[1])))


def _by_place(issue: Issue) -> tuple[object, ...]:
    first = issue.evidence[0] if issue.evidence else None
    return (first.paper, first.sha256, first.page or 0, first.start, issue.id) if first else ("", "", 0, 0, issue.id)


def find_issue(connection: Connection, id_: str) -> Issue:
    """The issue whose id starts so. Raises LookupError, with what to try, unless there is just one."""
    found = [one for one in issue_records(connection) if id_ and one.id.startswith(id_)]
    if len(found) == 1:
        return found[0]
    if found:
        raise LookupError(f"{len(found)} issues have an id that starts with {id_}. Write more of it.")
    raise LookupError(f"There is no issue {id_} in the store. `tally check` lists them with their ids.")


def decide(connection: Connection, id_: str, status: Status, reason: str, by: str, at: datetime) -> Issue:
    """Notes a person's decision on the issue whose id starts so. Raises LookupError as `find_issue` does."""
    issue = find_issue(connection, id_)
    values = connection.execute(select(issues.c["values"]).where(issues.c.id == issue.id)).scalar_one()
    connection.execute(
        insert(issue_decisions),
        {
            "issue": issue.id,
            "check": issue.check,
            "status": status,
            "reason": reason,
            "decided_by": by,
            "decided_at": at.isoformat(timespec="seconds"),
            "values": values,
            "places": [_spot(place) for place in issue.evidence],
        },
    )
    return issue.model_copy(update={"status": status})


def decisions(connection: Connection) -> list[Decision]:
    """What people decided, in the order in which they did."""
    rows = connection.execute(select(issue_decisions).order_by(issue_decisions.c.number_in_store)).mappings()
    return [
        Decision(
            issue=row["issue"],
            check=row["check"],
            status=row["status"],
            reason=row["reason"],
            by=row["decided_by"],
            at=row["decided_at"],
            values=tuple(row["values"]),
            places=tuple(row["places"]),
        )
        for row in rows
    ]


def coverage(connection: Connection, filters: Filters = EVERYTHING) -> list[CheckCoverage]:
    """What each check could look at; of one council, or in one paper, where that is named."""
    asked = _papers_asked_about(connection, filters)
    rows = connection.execute(select(audit_coverage).order_by(audit_coverage.c.number_in_store)).mappings()
    found = [
        CheckCoverage(
            council=row["papers_of"],
            paper=row["sha256"],
            metric=row["metric"],
            check=row["check"],
            checked=row["checked"],
            passed_over=row["passed_over"],
        )
        for row in rows
    ]
    council = None if filters.council is None else filters.council.lower()
    return [
        one
        for one in found
        if (asked is None or one.paper in asked or (filters.paper is None and one.paper is None))
        and (council is None or (one.council or "").lower() == council)
    ]


def _issue_row(one: FoundIssue, council: str | None) -> dict[str, Any]:
    issue = one.issue
    row = {"id": issue.id, "papers_of": council, "scope": one.scope, "metric": one.metric, "position": one.position}
    row |= {"check": issue.check, "severity": issue.severity, "message": issue.message}
    return row | {"values": list(one.values), "left_out": False}


def _coverage_row(one: CheckCoverage) -> dict[str, Any]:
    row = {"papers_of": one.council, "sha256": one.paper, "metric": one.metric, "check": one.check}
    return row | {"checked": one.checked, "passed_over": one.passed_over}


def _places(connection: Connection, wanted: ColumnElement[bool]) -> dict[str, list[Evidence]]:
    question = select(issue_places, papers.c.name.label("paper_name")).join(papers).join(issues).where(wanted)
    rows = connection.execute(question.order_by(issue_places.c.issue, issue_places.c.position)).mappings()
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        found[row["issue"]].append(evidence_of(row, row["paper_name"]))
    return found


def _papers_asked_about(connection: Connection, filters: Filters) -> set[str] | None:
    """The papers that the filters let through; None where they let all through."""
    if filters == EVERYTHING:
        return None

    return {paper.sha256 for paper in paper_records(connection, filters)}


def _last_decisions(connection: Connection) -> dict[str, list[Decision]]:
    """By check, what was decided, the latest first."""
    by_check: dict[str, list[Decision]] = defaultdict(list)
    for decision in reversed(decisions(connection)):
        by_check[decision.check].append(decision)
    return by_check


def _issue_of(
    row: Mapping[Any, Any], evidence: tuple[Evidence, ...], decided: Mapping[str, Sequence[Decision]]
) -> Issue:
    return Issue(
        id=row["id"],
        check=row["check"],
        severity=row["severity"],
        message=row["message"],
        evidence=evidence,
        status=_status(row, evidence, decided.get(row["check"], ())),
    )


def _status(row: Mapping[Any, Any], evidence: Iterable[Evidence], decided: Sequence[Decision]) -> Status:
    """What was decided last of the issue, or of one of its check that shares a place with it, as long as the values are
    the same: a copy of a paper that is loaded later adds places, and changes nothing of what was decided."""
    spots = {_spot(place) for place in evidence}
    for decision in decided:
        same = decision.issue == row["id"] or not spots.isdisjoint(decision.places)
        if same and list(decision.values) == list(row["values"]):
            return decision.status
    return "open"


def _spot(place: Evidence) -> str:
    return f"{place.sha256}:{place.page or 0}:{place.start}:{place.end}"
