"""Alembic runs this to migrate the connection that `db.migrating` hands it, inside that connection's transaction."""

from __future__ import annotations

from alembic import context
from alembic.runtime.environment import NameFilterParentNames, NameFilterType

from db.tables import WORDS_TABLE, metadata


def _is_ours(name: str | None, kind: NameFilterType, _: NameFilterParentNames) -> bool:
    """Hides the FTS5 index and the tables that SQLite keeps it in, which are made by hand and not by `db.tables`."""
    return not (kind == "table" and name is not None and name.startswith(WORDS_TABLE))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=_is_ours,
    render_as_batch=True,  # SQLite can alter a table only by rebuilding it
)
with context.begin_transaction():
    context.run_migrations()
