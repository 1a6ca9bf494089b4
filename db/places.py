"""Where a record was read, whatever its kind, found by its id or the start of it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from db.rows import evidence_of
from db.tables import TABLE_OF, inspection_places, inspections, issue_places, papers
from schema.evidence import Evidence


class Placed(NamedTuple):
    """A record's kind and id, and the places that it was read at: one, or all that speak of an inspection or
    that an issue asks about."""

    kind: str
    id: str
    evidence: tuple[Evidence, ...]


def records_called(connection: Connection, start: str) -> list[Placed]:
    """The records whose id starts so, or is just that, by kind and id."""
    found = [*_said(connection, start), *_inspections(connection, start), *_issues(connection, start)]
    whole = [one for one in found if one.id == start]
    return whole or sorted(found)


def _said(connection: Connection, start: str) -> list[Placed]:
    found = []
    for kind, table in TABLE_OF.items():
        question = select(table, papers.c.name.label("paper_name")).join(papers, papers.c.sha256 == table.c.sha256)
        rows = connection.execute(question.where(table.c.id.startswith(start, autoescape=True))).mappings()
        found += [Placed(kind.kind, row["id"], (evidence_of(row, row["paper_name"]),)) for row in rows]
    return found


def _inspections(connection: Connection, start: str) -> list[Placed]:
    """Inspections, each once, with the places that the papers of all councils speak of it in."""
    question = (
        select(inspection_places, papers.c.name.label("paper_name"), inspections.c.id.label("inspection"))
        .join(papers, papers.c.sha256 == inspection_places.c.sha256)
        .join(inspections, inspections.c.number_in_store == inspection_places.c.number_in_store)
        .where(inspections.c.id.startswith(start, autoescape=True))
        .order_by(inspection_places.c.number_in_store, inspection_places.c.position)
    )
    places: dict[str, list[Evidence]] = {}
    for row in connection.execute(question).mappings():
        places.setdefault(row["inspection"], []).append(evidence_of(row, row["paper_name"]))
    return [Placed("inspection", id_, tuple(evidence)) for id_, evidence in places.items()]


def _issues(connection: Connection, start: str) -> list[Placed]:
    """Issues, as last asked, with the places to look at."""
    question = (
        select(issue_places, papers.c.name.label("paper_name"))
        .join(papers, papers.c.sha256 == issue_places.c.sha256)
        .where(issue_places.c.issue.startswith(start, autoescape=True))
        .order_by(issue_places.c.issue, issue_places.c.position)
    )
    places: dict[str, list[Evidence]] = {}
    for row in connection.execute(question).mappings():
        places.setdefault(row["issue"], []).append(evidence_of(row, row["paper_name"]))
    return [Placed("issue", id_, tuple(evidence)) for id_, evidence in places.items()]
