"""What the audit has to look at again, because a paper came, changed or went, or is linked otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, delete, insert, or_, select, update

from db.tables import figures, issue_places, issues, papers, stale_metrics, twins

T = TypeVar("T")
_AT_ONCE: Final = 500  # values in one statement: databases have limits


class Stale(BaseModel):
    """A council whose papers changed since they were audited: the papers (by sha256, near-identical ones included) and
    the metrics to look at again."""

    model_config = ConfigDict(frozen=True)

    council: str | None
    papers: tuple[str, ...]
    metrics: tuple[str, ...]


def mark_papers(connection: Connection, shas: Collection[str]) -> None:
    """Notes that these papers, or what they are linked with, changed."""
    for some in batches(sorted(shas)):
        connection.execute(update(papers).where(papers.c.sha256.in_(some)).values(audited_by=None))


def mark_metrics(connection: Connection, council: str | None, metrics: Collection[str | None]) -> None:
    """Notes that the figures of these metrics changed."""
    rows = [{"papers_of": council, "metric": metric} for metric in sorted(one for one in metrics if one is not None)]
    if rows:
        connection.execute(insert(stale_metrics), rows)


def mark_forgotten(connection: Connection, council: str | None, sha256: str) -> None:
    """Notes what a paper that goes leaves behind: its metrics, its copies and the issues that ask about it."""
    measured = connection.execute(select(figures.c.metric).where(figures.c.sha256 == sha256).distinct()).scalars()
    # With the empty metric, so that the council is audited even where the paper had no figure.
    mark_metrics(connection, council, {"", *measured})
    mark_papers(connection, set(connection.execute(select(twins.c.twin).where(twins.c.sha256 == sha256)).scalars()))
    asked = select(issue_places.c.issue).where(issue_places.c.sha256 == sha256)
    connection.execute(delete(issues).where(issues.c.id.in_(asked)))


def stale(connection: Connection, edition: str) -> list[Stale]:
    """The councils to audit, each with what to look at again; everything, where another edition of the checks did."""
    of = papers.c.council
    waiting = connection.execute(select(of).where(papers.c.audited_by.is_distinct_from(edition)).distinct()).scalars()
    with_metrics = connection.execute(select(stale_metrics.c.papers_of).distinct()).scalars()
    found = sorted({*waiting, *with_metrics}, key=lambda council: (council is None, council or ""))
    return [_of_council(connection, council, edition) for council in found]


def _of_council(connection: Connection, council: str | None, edition: str) -> Stale:
    of_council = papers.c.council.is_not_distinct_from(council)
    rows = connection.execute(select(papers.c.sha256, papers.c.audited_by).where(of_council))
    known = {row.sha256: row.audited_by for row in rows}
    if any(by not in (None, edition) for by in known.values()):
        measured = select(figures.c.metric).join(papers).where(of_council).distinct()
        metrics = {one for one in connection.execute(measured).scalars() if one is not None}
        return Stale(council=council, papers=tuple(sorted(known)), metrics=tuple(sorted(metrics)))
    changed = {sha256 for sha256, by in known.items() if by is None}
    marked = select(stale_metrics.c.metric).where(stale_metrics.c.papers_of.is_not_distinct_from(council))
    metrics = set(connection.execute(marked).scalars()) - {""}
    return Stale(
        council=council, papers=tuple(sorted(_with_copies(connection, changed))), metrics=tuple(sorted(metrics))
    )


def _with_copies(connection: Connection, shas: set[str]) -> set[str]:
    """The papers and all that are near-identical with one of them, and with those."""
    found, new = set(shas), set(shas)
    while new:
        copies: set[str] = set()
        for some in batches(sorted(new)):
            either = or_(twins.c.sha256.in_(some), twins.c.twin.in_(some))
            for row in connection.execute(select(twins.c.sha256, twins.c.twin).where(either)):
                copies |= {row.sha256, row.twin}
        new = copies - found
        found |= new
    return found


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values, so many at a time as a statement may hold."""
    for i in range(0, len(values), _AT_ONCE):
        yield values[i : i + _AT_ONCE]
