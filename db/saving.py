"""One paper in, replaced or out: a transaction each, and no record without its evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Table, delete, insert, select, update

from db import search, stale
from db.connecting import Database
from db.errors import EvidenceError
from db.originals import Originals
from db.paragraphs import paragraph_rows
from db.rows import paper_row, row_of
from db.tables import (
    TABLE_OF,
    audit_coverage,
    inspections,
    issues,
    metrics,
    other_names,
    pages,
    papers,
    stale_metrics,
)
from schema.paper import Page
from schema.records import Extraction, PaperRecord, Refusal, Said


def save(
    database: Database, originals: Originals, extraction: Extraction, text: Sequence[Page], original: bytes
) -> None:
    """Saves a paper whole, or, where something is wrong with it, not at all. One that is stored already only gets its
    names.

    Raises EvidenceError for a record that its paper does not bear out, StoreError where the store cannot take it.
    """
    if hashlib.sha256(original).hexdigest() != extraction.paper.sha256:
        raise EvidenceError(f"{extraction.paper.paper}: the bytes to keep are not those that were read")
    check_evidence(extraction, text)
    paper = extraction.paper
    with database.writing() as connection:
        names = {paper.paper, *paper.also_named}
        if has(connection, paper.sha256):
            _add_names(connection, paper.sha256, names)
            return
        _insert(connection, extraction, text, names)
        # Before the commit, so that the database never speaks of a file that is not there.
        originals.keep(paper.sha256, min(names), original)


def replace(database: Database, extraction: Extraction, text: Sequence[Page]) -> None:
    """Puts what a later reading found in the place of what is stored; names and original stay, links are to be made
    anew.

    Raises EvidenceError as `save` does, and LookupError for a paper that is not stored.
    """
    check_evidence(extraction, text)
    sha256 = extraction.paper.sha256
    with database.writing() as connection:
        stored = _names(connection, sha256)
        if not stored:
            raise LookupError(f"{extraction.paper.paper} is not in the store, so there is nothing to replace")
        _delete(connection, sha256)
        _insert(connection, extraction, text, stored)
        _sweep(connection)


def forget(database: Database, originals: Originals, sha256: str) -> None:
    """Takes a paper out, with all that it says. Raises LookupError for one that is not stored."""
    with database.writing() as connection:
        if not has(connection, sha256):
            raise LookupError(f"There is no paper {sha256[:12]} in the store")
        _delete(connection, sha256)
        _sweep(connection)
    # Only now is it certain that nobody refers to the file, unless the paper was loaded again in between.
    with database.writing() as connection:
        if not has(connection, sha256):
            originals.forget(sha256)


def add_name(database: Database, sha256: str, name: str) -> bool:
    """Notes that the same content came under this name. True where the name is new to the paper. Raises LookupError."""
    with database.writing() as connection:
        if not has(connection, sha256):
            raise LookupError(f"There is no paper {sha256[:12]} in the store")
        return _add_names(connection, sha256, {name})


def restore_original(database: Database, originals: Originals, content: bytes) -> bool:
    """Keeps the file of a stored paper again where it is lost. True where it was. Raises LookupError."""
    sha256 = hashlib.sha256(content).hexdigest()
    if originals.has(sha256):
        return False
    with database.writing() as connection:  # so that nobody forgets the paper meanwhile
        names = _names(connection, sha256)
        if not names:
            raise LookupError(f"There is no paper {sha256[:12]} in the store")
        originals.keep(sha256, min(names), content)
    return True


def has(connection: Connection, sha256: str) -> bool:
    return connection.execute(select(papers.c.sha256).where(papers.c.sha256 == sha256)).first() is not None


def said(extraction: Extraction) -> Iterator[tuple[type[Said], Sequence[Said]]]:
    """The records of a paper, kind by kind."""
    for kind in TABLE_OF:
        yield kind, getattr(extraction, kind.__name__.lower() + "s")


def check_evidence(extraction: Extraction, text: Sequence[Page]) -> None:
    """Raises EvidenceError for the first record whose place does not hold the text that it quotes, or whose id
    another has."""
    texts = {page.number: page.text for page in text}
    for number, stored in texts.items():
        if not _can_be_stored(stored):
            where = "its text" if number is None else f"page {number}"
            raise EvidenceError(f"{extraction.paper.paper}: {where} holds half a character (a lone surrogate)")
    for kind, records in said(extraction):
        seen: dict[str, Said] = {}
        for record in records:
            trouble = _evidence_trouble(record, extraction.paper, texts)
            if seen.setdefault(record.id, record) != record:
                trouble = f"another {kind.kind} of {record.extractor} was read at the very same place"
            if trouble:
                raise EvidenceError(f"{extraction.paper.paper}: {_name(record)}: {trouble}")


def _evidence_trouble(record: Said, paper: PaperRecord, texts: Mapping[int | None, str]) -> str | None:
    evidence = record.evidence
    if evidence.sha256 != paper.sha256:
        return f"its evidence is from another file ({evidence.paper})"
    if evidence.page not in texts:
        return f"the paper has no page {evidence.page}"
    text = texts[evidence.page]
    if not 0 <= evidence.start <= evidence.end <= len(text):
        return f"characters {evidence.start} to {evidence.end} are not in a text of {len(text)}"
    if text[evidence.start : evidence.end] != evidence.text:
        return f"characters {evidence.start} to {evidence.end} are {text[evidence.start : evidence.end]!r}"
    # Only what could not be read may point at no character at all (a page without text).
    if not evidence.text and not isinstance(record, Refusal):
        return "its evidence is empty"
    return None


def _can_be_stored(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _name(record: Said) -> str:
    return f"{record.kind} {record.id} {record.evidence.text!r} by {record.extractor}"


def _insert(connection: Connection, extraction: Extraction, text: Sequence[Page], names: set[str]) -> None:
    sha256, name = extraction.paper.sha256, min(names)
    connection.execute(insert(papers), paper_row(extraction.paper, name))
    _insert_rows(connection, other_names, [{"sha256": sha256, "name": other} for other in sorted(names - {name})])
    _insert_rows(
        connection,
        pages,
        [
            {"sha256": sha256, "position": i, "page": page.number, "text": page.text, "boxes": page.boxes}
            for i, page in enumerate(text)
        ],
    )
    places = []
    for kind, records in said(extraction):
        # Two equal records are one; different ones with one id were refused above.
        rows = {row["id"]: row for row in map(row_of, records)}
        _insert_rows(connection, TABLE_OF[kind], list(rows.values()))
        places += [record.evidence for record in records]
    search.add(connection, sha256, paragraph_rows(text, places))
    _mark_unlinked(connection, extraction.paper.council)


def _insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    # An empty list would insert one row of defaults.
    if rows:
        connection.execute(insert(table), rows)


def _delete(connection: Connection, sha256: str) -> None:
    """Everything else of the paper goes with its row, by ON DELETE CASCADE."""
    council = connection.execute(select(papers.c.council).where(papers.c.sha256 == sha256)).scalar_one()
    search.remove(connection, sha256)
    stale.mark_forgotten(connection, council, sha256)
    connection.execute(delete(papers).where(papers.c.sha256 == sha256))
    _mark_unlinked(connection, council)


def _sweep(connection: Connection) -> None:
    """Removes what was linked for councils that have no paper left."""
    for table in (metrics, inspections, issues, audit_coverage, stale_metrics):
        left = select(papers.c.sha256).where(papers.c.council.is_not_distinct_from(table.c.papers_of))
        connection.execute(delete(table).where(~left.exists()))


def _mark_unlinked(connection: Connection, council: str | None) -> None:
    same = papers.c.council.is_not_distinct_from(council)
    connection.execute(update(papers).where(same, papers.c.linked).values(linked=False))


def _names(connection: Connection, sha256: str) -> set[str]:
    first = connection.execute(select(papers.c.name).where(papers.c.sha256 == sha256)).scalars()
    others = connection.execute(select(other_names.c.name).where(other_names.c.sha256 == sha256)).scalars()
    return {*first, *others}


def _add_names(connection: Connection, sha256: str, names: set[str]) -> bool:
    before = _names(connection, sha256)
    after = before | names
    if after == before:
        return False
    connection.execute(update(papers).where(papers.c.sha256 == sha256).values(name=min(after)))
    connection.execute(delete(other_names).where(other_names.c.sha256 == sha256))
    _insert_rows(connection, other_names, [{"sha256": sha256, "name": n} for n in sorted(after - {min(after)})])
    if min(after) != min(before):
        # Papers of one meeting go by name, so which of two twins leads may have changed.
        council = connection.execute(select(papers.c.council).where(papers.c.sha256 == sha256)).scalar_one()
        _mark_unlinked(connection, council)
    return True
