"""People's decisions on the identity of metrics: rows that no reload or new reading touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from db.tables import decisions_used, metric_decisions
from schema.records import MetricDecision


def decisions(connection: Connection) -> list[MetricDecision]:
    """All decisions in the order in which they were made, those undone included."""
    found = [_decision_of(row) for row in connection.execute(select(metric_decisions)).mappings()]
    return sorted(found, key=lambda one: (one.made_at, one.id))


def keep(connection: Connection, made: Iterable[MetricDecision]) -> list[MetricDecision]:
    """Adds decisions and gives those that are news: one that is stored already is so only if it has now been undone."""
    known = {one.id: one for one in decisions(connection)}
    news = []
    for one in made:
        before = known.get(one.id)
        if before is None:
            connection.execute(insert(metric_decisions), _row(one))
        elif one.undone_at is not None and before.undone_at is None:
            undone = {"undone_by": one.undone_by, "undone_at": one.undone_at.isoformat()}
            connection.execute(update(metric_decisions).where(metric_decisions.c.id == one.id).values(**undone))
        else:
            continue
        known[one.id] = one
        news.append(one)
    return news


def note_used(connection: Connection, council: str | None, used: Sequence[str]) -> None:
    """Keeps which decisions found something to act on in a council's papers."""
    connection.execute(delete(decisions_used).where(decisions_used.c.papers_of.is_not_distinct_from(council)))
    known = set(connection.execute(select(metric_decisions.c.id)).scalars())
    rows = [{"decision": one, "papers_of": council} for one in used if one in known]
    if rows:
        connection.execute(insert(decisions_used), rows)


def idle(connection: Connection) -> list[MetricDecision]:
    """Standing decisions that find nothing to act on in any council's papers."""
    used = set(connection.execute(select(decisions_used.c.decision)).scalars())
    return [one for one in decisions(connection) if one.undone_at is None and one.id not in used]


def _row(one: MetricDecision) -> dict[str, Any]:
    times = {"made_at": one.made_at.isoformat(), "undone_at": one.undone_at.isoformat() if one.undone_at else None}
    return {"id": one.id, **one.model_dump(), **times}


def _decision_of(row: Mapping[Any, Any]) -> MetricDecision:
    fields = {name: row[name] for name in MetricDecision.model_fields}
    undone_at = row["undone_at"]
    fields |= {
        "made_at": datetime.fromisoformat(row["made_at"]),
        "undone_at": datetime.fromisoformat(undone_at) if undone_at else None,
    }
    return MetricDecision.model_validate(fields)
