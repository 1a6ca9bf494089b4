"""Keeps what the audit asked of the papers, and what people decided of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, delete, insert, select, update

from db.filters import EVERYTHING, Filters
from db.queries import paper_records
from db.rows import evidence_of, place_columns
from db.tables import audit_coverage, issue_decisions, issue_places, issues, papers
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
    """How many things a check looked at in a council's papers, and how many it could not, by reason."""

    model_config = ConfigDict(frozen=True)

    council: str | None
    check: str
    checked: int
    passed_over: dict[str, int]


def unaudited(connection: Connection, edition: str) -> list[str | None]:
    """The councils with papers that this edition of the checks has not seen as they are now linked."""
    new = papers.c.audited_by.is_distinct_from(edition)
    found = connection.execute(select(papers.c.council).where(new).distinct()).scalars()
    return sorted(found, key=lambda council: (council is None, council or ""))


def keep(
    connection: Connection,
    council: str | None,
    found: Sequence[Issue],
    values: Mapping[str, Sequence[str]],
    coverage: Sequence[CheckCoverage],
    edition: str,
) -> None:
    """Makes these the council's issues. `values` are, by issue, what a decision on it holds for."""
    connection.execute(delete(issues).where(issues.c.papers_of.is_not_distinct_from(council)))
    connection.execute(delete(audit_coverage).where(audit_coverage.c.papers_of.is_not_distinct_from(council)))
    if found:
        connection.execute(insert(issues), [_issue_row(one, i, council, values[one.id]) for i, one in enumerate(found)])
        connection.execute(
            insert(issue_places),
            [
                {"issue": one.id, "position": i, **place_columns(place)}
                for one in found
                for i, place in enumerate(one.evidence)
            ],
        )
    if coverage:
        connection.execute(insert(audit_coverage), [_coverage_row(one) for one in coverage])
    of_council = papers.c.council.is_not_distinct_from(council)
    connection.execute(update(papers).where(of_council).values(audited_by=edition))


def issue_records(connection: Connection, filters: Filters = EVERYTHING) -> list[Issue]:
    """The issues, gravest first, then by council and place. With a paper, those that ask about it; with a metric or
    dates, those that ask about a paper that has it or was met for then."""
    rows = connection.execute(select(issues)).mappings().all()
    places = _places(connection)
    asked = _papers_asked_about(connection, filters)
    decided = _last_decisions(connection)
    found = []
    for row in sorted(
        rows, key=lambda row: (_ORDER.index(row["severity"]), row["papers_of"] or "\uffff", row["position"])
    ):
        evidence = tuple(places[row["id"]])
        if asked is None or any(place.sha256 in asked for place in evidence):
            found.append(_issue_of(row, evidence, decided))
    return found


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


def coverage(connection: Connection, council: str | None = None) -> list[CheckCoverage]:
    """What each check could look at; of one council where that is named."""
    rows = connection.execute(select(audit_coverage).order_by(audit_coverage.c.number_in_store)).mappings()
    return [
        CheckCoverage(
            council=row["papers_of"], check=row["check"], checked=row["checked"], passed_over=row["passed_over"]
        )
        for row in rows
        if council is None or (row["papers_of"] or "").lower() == council.lower()
    ]


def _issue_row(issue: Issue, position: int, council: str | None, values: Sequence[str]) -> dict[str, Any]:
    row = {"id": issue.id, "papers_of": council, "position": position, "check": issue.check}
    return row | {"severity": issue.severity, "message": issue.message, "values": list(values)}


def _coverage_row(one: CheckCoverage) -> dict[str, Any]:
    row = {"papers_of": one.council, "check": one.check, "checked": one.checked}
    return row | {"passed_over": one.passed_over}


def _places(connection: Connection) -> dict[str, list[Evidence]]:
    question = select(issue_places, papers.c.name.label("paper_name")).join(papers)
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
