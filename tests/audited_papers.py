"""Papers written in a test, loaded into a store of their own and put to one check."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.auditing import bring_issues_up_to_date
from app.load import LoadOptions, load
from audit.question import Check
from db.store import Store
from schema.records import Issue
from tests.paper_text import MASTHEAD

Said = str | tuple[str, str]
"""A report put to Westhaven's meeting of 20 June 2023, or of the day that stands before it; a text with a masthead of its own
begins with `#`."""


def issues_of(check: Check, papers: Sequence[Said]) -> list[Issue]:
    """The issues that one check finds in papers of one council."""
    with tempfile.TemporaryDirectory() as folder:
        for number, said in enumerate(papers, start=1):
            (Path(folder) / f"paper-{number}.txt").write_text(_text(said), encoding="utf-8")
        with Store.open(Path(folder) / "store.db") as store:
            load(store, sorted(Path(folder).glob("*.txt")), LoadOptions())
            bring_issues_up_to_date(store, [check])
            return store.issues()


def _text(said: Said) -> str:
    day, text = said if isinstance(said, tuple) else ("20 June 2023", said)
    return text.removeprefix("#") if text.startswith("#") else MASTHEAD.format(day=day) + text
