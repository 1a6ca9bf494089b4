"""Full text search over paragraphs and quotes: FTS5 where the database is SQLite, a plain comparison elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, and_, bindparam, delete, insert, select, text

from db.tables import papers, paragraphs

_WORD: Final = re.compile(r'"([^"]*)"|(\S+)')
_OPEN, _CLOSE = "\ue000", "\ue001"  # private characters, which no paper prints, around what was found
_SNIPPET_WORDS: Final = 24
_SNIPPET_LETTERS: Final = 160

_BEST: Final = text(
    "SELECT papers.name AS paper, papers.council, paragraphs.* "
    "FROM paragraph_words JOIN paragraphs ON paragraphs.id = paragraph_words.rowid "
    "JOIN papers ON papers.sha256 = paragraphs.sha256 "
    "WHERE paragraph_words MATCH :terms "
    "ORDER BY bm25(paragraph_words), papers.name, papers.sha256, paragraphs.page, paragraphs.text_start, "
    "paragraphs.kind "
    "LIMIT :limit"
)
_SNIPPETS: Final = text(
    f"SELECT rowid AS id, snippet(paragraph_words, 0, '{_OPEN}', '{_CLOSE}', '…', {_SNIPPET_WORDS}) AS snippet "
    "FROM paragraph_words WHERE paragraph_words MATCH :terms AND rowid IN :ids"
).bindparams(bindparam("ids", expanding=True))


class SearchHit(BaseModel):
    """A paragraph (or a quote that runs over several) that holds the words. `snippet` is the part of it around them,
    and `found` the spans of the words in the snippet. `start` and `end` are its place in the page's stored text."""

    model_config = ConfigDict(frozen=True)

    paper: str
    sha256: str
    council: str | None
    page: int | None
    paragraph: str | None
    start: int
    end: int
    kind: Literal["paragraph", "quote"]
    snippet: str
    found: tuple[tuple[int, int], ...]


def add(connection: Connection, sha256: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores a paper's paragraphs and indexes them."""
    if not rows:
        return
    connection.execute(insert(paragraphs), [{"sha256": sha256, **row} for row in rows])
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("INSERT INTO paragraph_words (rowid, text) SELECT id, text FROM paragraphs WHERE sha256 = :sha256"),
            {"sha256": sha256},
        )


def remove(connection: Connection, sha256: str) -> None:
    """Takes a paper's paragraphs out. The index must be told the old text, so before the paragraphs themselves go."""
    if connection.dialect.name == "sqlite":
        connection.execute(
            text(
                "INSERT INTO paragraph_words (paragraph_words, rowid, text) "
                "SELECT 'delete', id, text FROM paragraphs WHERE sha256 = :sha256"
            ),
            {"sha256": sha256},
        )
    connection.execute(delete(paragraphs).where(paragraphs.c.sha256 == sha256))


def find(connection: Connection, words: str, limit: int) -> list[SearchHit]:
    """The paragraphs that hold all the words, best first. Words in double quotes are a phrase; `visit*` finds
    `visits`."""
    terms = _terms(words)
    if not terms or limit <= 0:
        return []
    look = _find_indexed if connection.dialect.name == "sqlite" else _find_plainly
    return [_hit(row) for row in look(connection, terms, limit)]


def _terms(words: str) -> list[str]:
    """Words and phrases. What has neither letter nor digit would match nothing, so it is left out."""
    terms = (phrase or word for phrase, word in _WORD.findall(words.replace("\x00", " ")))
    return [term for term in terms if re.search(r"[^\W_]", term)]


def _find_indexed(connection: Connection, terms: Sequence[str], limit: int) -> list[dict[str, Any]]:
    quoted = ('"' + term.rstrip("*").replace('"', "") + '"' + ("*" if term.endswith("*") else "") for term in terms)
    asked = {"terms": " ".join(quoted), "limit": limit}
    rows = connection.execute(_BEST, asked).mappings().all()
    # Snippets are dear (0.2 ms), so only those that are shown are cut.
    cut = connection.execute(_SNIPPETS, {"terms": asked["terms"], "ids": [row["id"] for row in rows]})
    snippets = {row.id: row.snippet for row in cut}
    return [{**row, "snippet": snippets[row["id"]]} for row in rows]


def _find_plainly(connection: Connection, terms: Sequence[str], limit: int) -> list[dict[str, Any]]:
    terms = [term.rstrip("*") for term in terms]
    question = (
        select(papers.c.name.label("paper"), papers.c.council, *paragraphs.c)
        .join(papers, papers.c.sha256 == paragraphs.c.sha256)
        .where(and_(*(paragraphs.c.text.icontains(term, autoescape=True) for term in terms)))
        .order_by(papers.c.name, papers.c.sha256, paragraphs.c.page, paragraphs.c.text_start, paragraphs.c.kind)
        .limit(limit)
    )
    return [{**row, "snippet": _snippet(row["text"], terms)} for row in connection.execute(question).mappings()]


def _snippet(paragraph: str, terms: Sequence[str]) -> str:
    """The part of a paragraph around its first term, marked as FTS5's own snippet marks it."""
    wanted = re.compile("|".join(re.escape(term) for term in terms), re.IGNORECASE)
    first = wanted.search(paragraph)
    start = max(0, (first.start() if first else 0) - _SNIPPET_LETTERS // 2)
    cut = paragraph[start : start + _SNIPPET_LETTERS]
    marked = wanted.sub(lambda found: _OPEN + found.group() + _CLOSE, cut)
    return ("…" if start else "") + marked + ("…" if start + len(cut) < len(paragraph) else "")


def _hit(row: Mapping[Any, Any]) -> SearchHit:
    snippet, found = _unmark(row["snippet"])
    return SearchHit(
        paper=row["paper"],
        sha256=row["sha256"],
        council=row["council"],
        page=row["page"],
        paragraph=row["paragraph"],
        start=row["text_start"],
        end=row["text_end"],
        kind=row["kind"],
        snippet=snippet,
        found=found,
    )


def _unmark(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The snippet without the marks, and where they were."""
    plain, spans = "", []
    for i, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", snippet)):
        if i % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return plain, tuple(spans)
