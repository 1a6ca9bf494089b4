"""The store: everything that was read of the papers, in one database, with the papers beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from db import decisions, history, links, places, queries, saving, search, upkeep
from db.connecting import Database, connect
from db.errors import EvidenceError, NoStoreError, StoreError
from db.filters import EVERYTHING, Filters
from db.history import HistoryReport, HistoryRow
from db.migrating import bring_up_to_date
from db.originals import Originals, folder_beside
from db.places import Placed
from db.queries import Record
from db.search import SearchHit
from schema.paper import Page
from schema.records import (
    Deadline,
    Extraction,
    Figure,
    Finding,
    Inspection,
    Judgement,
    Links,
    Mention,
    Metric,
    MetricDecision,
    PaperRecord,
    Refusal,
)

__all__ = [
    "EvidenceError",
    "Filters",
    "HistoryReport",
    "HistoryRow",
    "NoStoreError",
    "Record",
    "SearchHit",
    "Store",
    "StoreError",
]


Link = Callable[[Sequence[Extraction], Sequence[MetricDecision]], Links]
"""How papers of one council are linked, with what people decided."""


class Store:
    """An open store. Close it, or use it in a `with` statement.

    Every method is one transaction: it happens as a whole or not at all, and sees one state of the store. All raise
    StoreError where the database or the folder of originals cannot do what is asked.
    """

    def __init__(self, database: Database, originals: Originals) -> None:
        self._database = database
        self._originals = originals

    @classmethod
    def open(cls, url_or_path: str | Path, *, create: bool = True) -> Self:
        """Opens a path, a `file:` URI (`file:tally.db?mode=ro` reads only) or an SQLAlchemy URL, and upgrades its
        tables.

        Originals are kept beside a file; for a server, in a folder named after the database in the current folder.
        Raises NoStoreError where there is nothing to open, unless `create`, and StoreError for files and databases
        that are not papertally's.
        """
        database = connect(url_or_path, create)
        try:
            bring_up_to_date(database)
        except BaseException:
            database.engine.dispose()
            raise
        beside = database.path or Path(database.engine.url.database or "tally")
        return cls(database, Originals(folder_beside(beside)))

    def close(self) -> None:
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Papers in and out

    def has(self, sha256: str) -> bool:
        """Whether a paper of this content is stored."""
        with self._database.reading() as connection:
            return saving.has(connection, sha256)

    def save(self, extraction: Extraction, pages: Sequence[Page], original: bytes) -> None:
        """Saves a paper whole or not at all; of one that is stored already, only new names.

        Raises EvidenceError, naming the record, where a record's evidence is not what the page says.
        """
        saving.save(self._database, self._originals, extraction, pages, original)

    def replace(self, extraction: Extraction, pages: Sequence[Page]) -> None:
        """Puts a new reading of a stored paper in the place of the old one. Raises LookupError for one not stored."""
        saving.replace(self._database, extraction, pages)

    def add_name(self, sha256: str, name: str) -> bool:
        """Notes that a stored paper came under this name too. True where that is new. Raises LookupError."""
        return saving.add_name(self._database, sha256, name)

    def restore_original(self, content: bytes) -> bool:
        """Keeps a stored paper's file again where it has been lost. True where it had been. Raises LookupError."""
        return saving.restore_original(self._database, self._originals, content)

    def forget(self, sha256: str) -> None:
        """Removes a paper, its records and its original. Raises LookupError for one that is not stored."""
        saving.forget(self._database, self._originals, sha256)

    # Linking

    def extractions(self, council: str | None) -> list[Extraction]:
        """All papers of one council, whole, as extracted, by meeting date (unknown last), name and sha256."""
        with self._database.reading() as connection:
            return queries.extractions(connection, council)

    def unlinked(self) -> list[str | None]:
        """The councils whose papers changed since they were last linked, also by a load that was cut short."""
        with self._database.reading() as connection:
            return links.unlinked(connection)

    def apply_links(self, found: Links) -> None:
        """Makes these the council's links. Where others may be loading at the same time, use `relink`."""
        with self._database.writing() as connection:
            links.apply(connection, found)

    def relink(self, council: str | None, link: Link) -> Links:
        """Links a council's papers anew with `link`, which is given the papers and people's decisions, keeping others
        from writing meanwhile, so that no paper is missed."""
        with self._database.writing() as connection:
            found = link(queries.extractions(connection, council), decisions.decisions(connection))
            links.apply(connection, found)
        return found

    # People's decisions on metrics

    def decisions(self) -> list[MetricDecision]:
        """People's decisions on the identity of metrics in the order made, those undone included."""
        with self._database.reading() as connection:
            return decisions.decisions(connection)

    def decide(self, made: Sequence[MetricDecision]) -> list[MetricDecision]:
        """Keeps decisions and gives those that are news here. They act when their councils are linked again."""
        with self._database.writing() as connection:
            return decisions.keep(connection, made)

    def idle_decisions(self) -> list[MetricDecision]:
        """Standing decisions that find nothing to act on, for the metric that they name is in no paper now."""
        with self._database.reading() as connection:
            return decisions.idle(connection)

    # Questions

    def councils(self) -> list[str | None]:
        """The councils whose papers are stored; None, for papers that name no council, last."""
        with self._database.reading() as connection:
            return queries.councils(connection)

    def papers(self, filters: Filters = EVERYTHING) -> list[PaperRecord]:
        """The papers, by meeting date (unknown last), name and sha256."""
        with self._database.reading() as connection:
            return queries.paper_records(connection, filters)

    def find_paper(self, name_or_sha256: str) -> PaperRecord:
        """The paper of that name, or whose sha256 starts so. Raises LookupError, with what to try, unless there is
        just one."""
        with self._database.reading() as connection:
            return queries.find_paper(connection, name_or_sha256)

    def figures(self, filters: Filters = EVERYTHING) -> list[Figure]:
        """Figures, by paper and place, with the metric that linking found; so the other kinds below."""
        with self._database.reading() as connection:
            return queries.said(connection, Figure, filters)

    def deadlines(self, filters: Filters = EVERYTHING) -> list[Deadline]:
        with self._database.reading() as connection:
            return queries.said(connection, Deadline, filters)

    def mentions(self, filters: Filters = EVERYTHING) -> list[Mention]:
        with self._database.reading() as connection:
            return queries.said(connection, Mention, filters)

    def judgements(self, filters: Filters = EVERYTHING) -> list[Judgement]:
        with self._database.reading() as connection:
            return queries.said(connection, Judgement, filters)

    def findings(self, filters: Filters = EVERYTHING) -> list[Finding]:
        with self._database.reading() as connection:
            return queries.said(connection, Finding, filters)

    def refusals(self, filters: Filters = EVERYTHING) -> list[Refusal]:
        with self._database.reading() as connection:
            return queries.said(connection, Refusal, filters)

    def inspections(self, filters: Filters = EVERYTHING) -> list[Inspection]:
        """The inspections and visits, by id, each with every place that speaks of it."""
        with self._database.reading() as connection:
            return queries.inspection_records(connection, filters)

    def metrics(self, filters: Filters = EVERYTHING) -> list[Metric]:
        """The metrics, by key and council."""
        with self._database.reading() as connection:
            return queries.metric_records(connection, filters)

    def records(self, filters: Filters = EVERYTHING, kinds: Collection[str] | None = None) -> Iterator[Record]:
        """Every record in the order of the export (CONTRACT.md), of one state of the store, one paper in memory at a
        time.

        Those said in a place come by paper and position; then papers, metrics by key, inspections by id.
        """
        with self._database.reading() as connection:
            yield from queries.records(connection, filters, kinds)

    def history(self, metric: str, council: str | None = None) -> list[HistoryRow]:
        """One metric's values by period, each with every paper that reports it; restatements are marked."""
        with self._database.reading() as connection:
            return history.history(connection, metric, council)

    def statements(self) -> dict[str, str]:
        """Ids of figures said again in a near-identical report, each with the id of the figure that it repeats."""
        with self._database.reading() as connection:
            return queries.statements(connection)

    def search(self, words: str, limit: int = 20) -> list[SearchHit]:
        """The paragraphs and quotes that hold all the words, best first. `"in quotes"` is a phrase, `visit*` any
        ending."""
        with self._database.reading() as connection:
            return search.find(connection, words, limit)

    def text(self, sha256: str, page: int | None = None) -> str:
        """The stored text that offsets count in: of a page, or of all with a form feed between. Raises LookupError."""
        with self._database.reading() as connection:
            return queries.page_text(connection, sha256, page)

    def records_called(self, start: str) -> list[Placed]:
        """The records that were read in a paper and whose id starts so, each with its places."""
        with self._database.reading() as connection:
            return places.records_called(connection, start)

    def original(self, sha256: str) -> bytes:
        """The file as it was loaded. Raises StoreError where it is gone or has been changed."""
        return self._originals.read(sha256)

    # Upkeep

    def doctor(self) -> list[str]:
        """What is wrong with the store, in words for people; nothing where all is well."""
        return upkeep.problems(self._database, self._originals)

    def backup(self, path: Path) -> None:
        """Copies the store, originals included, while others use it. Raises StoreError where something is at the
        path."""
        upkeep.back_up(self._database, self._originals, path)
