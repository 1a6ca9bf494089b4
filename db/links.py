"""Keeps what linking found for a council: which figures measure what, which promises, events, statements and twins
are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select, update

from db.decisions import note_used
from db.rows import inspection_row, metric_row, place_columns
from db.tables import (
    deadlines,
    figures,
    findings,
    inspection_places,
    inspections,
    judgements,
    metrics,
    papers,
    twins,
)
from schema.records import Inspection, Links, Metric


def apply(connection: Connection, links: Links) -> None:
    """Makes the links the council's only ones. Ids that no stored record has are passed over: its paper was
    forgotten."""
    council = links.council
    for table, column, linked in (
        (figures, figures.c.metric, links.figure_metrics),
        (figures, figures.c.metric_score, {id_: link.score for id_, link in links.figure_links.items()}),
        (figures, figures.c.metric_reason, {id_: link.reason for id_, link in links.figure_links.items()}),
        (figures, figures.c.repeats, _stored_statements(connection, links)),
        (deadlines, deadlines.c.promise, links.promises),
        (judgements, judgements.c.inspection, links.events),
        (findings, findings.c.inspection, links.events),
    ):
        _set(connection, council, table, column, linked)
    _set_metrics(connection, council, links.metrics)
    note_used(connection, council, links.decisions_used)
    _set_inspections(connection, council, links.inspections)
    _set_twins(connection, council, links.same_as)
    of_council = papers.c.council.is_not_distinct_from(council)
    connection.execute(update(papers).where(of_council, ~papers.c.linked).values(linked=True))


def unlinked(connection: Connection) -> list[str | None]:
    """The councils whose papers changed since they were last linked."""
    found = connection.execute(select(papers.c.council).where(~papers.c.linked).distinct()).scalars()
    return sorted(found, key=lambda council: (council is None, council or ""))


def _set(
    connection: Connection, council: str | None, table: Table, column: Column[Any], linked: Mapping[str, object]
) -> None:
    """Writes a column where it changed. Most of a council's links stay as they are when a paper comes in."""
    rows = connection.execute(
        select(table.c.id, column).join(papers).where(papers.c.council.is_not_distinct_from(council))
    )
    changed = [{"row": id_, "link": linked.get(id_)} for id_, now in rows if now != linked.get(id_)]
    if changed:
        change = update(table).where(table.c.id == bindparam("row")).values({column: bindparam("link")})
        connection.execute(change, changed)


def _stored_statements(connection: Connection, links: Links) -> dict[str, str]:
    """The statements whose first figure is stored: a figure cannot repeat what is no longer there."""
    known = set(connection.execute(select(figures.c.id)).scalars()) if links.statements else set()
    return {figure: first for figure, first in links.statements.items() if first in known}


def _set_metrics(connection: Connection, council: str | None, found: Sequence[Metric]) -> None:
    connection.execute(delete(metrics).where(metrics.c.papers_of.is_not_distinct_from(council)))
    if found:
        connection.execute(insert(metrics), [metric_row(metric, council) for metric in found])


def _set_inspections(connection: Connection, council: str | None, found: Sequence[Inspection]) -> None:
    connection.execute(delete(inspections).where(inspections.c.papers_of.is_not_distinct_from(council)))
    stored = set(connection.execute(select(papers.c.sha256)).scalars())
    places = []
    for inspection in found:
        made = insert(inspections).returning(inspections.c.number_in_store)
        number = connection.execute(made, inspection_row(inspection, council)).scalar_one()
        places += [
            {"number_in_store": number, "position": i, **place_columns(evidence)}
            for i, evidence in enumerate(inspection.evidence)
            if evidence.sha256 in stored
        ]
    if places:
        connection.execute(insert(inspection_places), places)


def _set_twins(connection: Connection, council: str | None, same_as: Mapping[str, Sequence[str]]) -> None:
    stored = set(connection.execute(select(papers.c.sha256)).scalars())
    of_council = select(papers.c.sha256).where(papers.c.council.is_not_distinct_from(council))
    connection.execute(delete(twins).where(twins.c.sha256.in_(of_council)))
    rows = [
        {"sha256": sha256, "twin": twin, "position": i}
        for sha256, others in same_as.items()
        for i, twin in enumerate(dict.fromkeys(others))
        if twin != sha256 and {sha256, twin} <= stored
    ]
    if rows:
        connection.execute(insert(twins), rows)
