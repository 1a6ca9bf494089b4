"""Full text search: what it finds, where it says that it stands, and that no words break it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from db import search
from db.paragraphs import spans
from db.search import SearchHit
from db.store import Store
from schema.paper import Page
from tests.store_samples import Sample, percentage, sample

TEXT = """Performance report

3.1 Monitoring visits to children took place in March.
They were on time in 94.0% of cases.

3.2 The café's fire-safety inspection:
- all exits were free
- one alarm was missing

Theme\tProgress
Visits\tOn time: 94.0%
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "tally.db") as opened:
        sample(TEXT, "report.txt", figures=[percentage(TEXT, "94.0%", name="report.txt")]).into(opened)
        yield opened


def places(hits: list[SearchHit]) -> list[str | None]:
    return [hit.paragraph for hit in hits]


@pytest.mark.parametrize(
    ("words", "paragraphs"),
    [
        ("monitoring", ["3.1"]),
        ("MARCH cases", ["3.1"]),  # every word, in any case and order
        ("visit", ["3.1", None]),  # and with another ending
        ("inspected", ["3.2"]),
        ("cafe", ["3.2"]),
        ("94.0%", ["3.1", None]),
        ("94", ["3.1", None]),
        ('"on time"', ["3.1", None]),
        ('"time on"', []),
        ("monit*", ["3.1"]),
        ("march alarm", []),
        ("fire-safety", ["3.2"]),
        ("", []),
        ("- *", []),
    ],
)
def test_words_are_found_in_paragraphs(store: Store, words: str, paragraphs: list[str | None]) -> None:
    assert sorted(places(store.search(words)), key=str) == sorted(paragraphs, key=str)


def test_a_hit_says_where_it_stands(store: Store) -> None:
    (hit,) = store.search("monitoring")
    assert (hit.paper, hit.page, hit.paragraph, hit.kind) == ("report.txt", None, "3.1", "paragraph")
    stored = store.text(hit.sha256)
    assert stored[hit.start : hit.end].startswith("3.1 Monitoring")
    assert stored[hit.start : hit.end].endswith("of cases.")
    assert [hit.snippet[start:end] for start, end in hit.found] == ["Monitoring"]


def test_no_more_hits_than_asked_for(store: Store) -> None:
    assert len(store.search("94.0%", limit=1)) == 1
    assert store.search("94.0%", limit=0) == []


def test_a_phrase_across_a_page_is_found_by_its_quote(store: Store) -> None:
    text = "Of all visits"
    figure = percentage("Of 94.0% visits", "94.0%")
    quote = "Of all visits 94.0% were on time"
    place = figure.evidence.model_copy(
        update={"sha256": sample(text).sha256, "page": 2, "quote": quote, "start": 0, "end": 5}
    )
    one = sample(text, "pack.pdf", figures=[figure.model_copy(update={"evidence": place})])
    pages = (Page(number=1, text=text), Page(number=2, text="94.0% were on time"))
    one._replace(pages=pages).into(store)
    (hit,) = store.search('"visits 94.0%"')
    assert (hit.paper, hit.page, hit.kind, hit.snippet) == ("pack.pdf", 2, "quote", quote)


def test_hits_of_equal_rank_come_by_paper_whatever_the_order_of_loading(tmp_path: Path) -> None:
    found = []
    for order in ("abc", "cab"):
        with Store.open(tmp_path / f"{order}.db") as store:
            for name in order:
                sample(f"visits {name}", f"{name}.txt").into(store)
            found.append(store.search("visits"))
    assert found[0] == found[1]
    assert [hit.paper for hit in found[0]] == ["a.txt", "b.txt", "c.txt"]


def test_a_forgotten_paper_is_no_longer_found(store: Store) -> None:
    store.forget(sample(TEXT).sha256)
    assert store.search("monitoring") == []
    assert store.doctor() == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30) | st.text('"*()^-+:AND OR NOT NEAR {}', max_size=20))
def test_no_words_break_the_search(one_store: Store, words: str) -> None:
    assert isinstance(one_store.search(words), list)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(set(TEXT.split()))))
def test_every_word_of_a_paper_is_found(one_store: Store, word: str) -> None:
    hits = one_store.search(word)
    assert bool(hits) == any(letter.isalnum() for letter in word)


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("search") / "tally.db") as opened:
        one = sample(TEXT, "report.txt")
        one.into(opened)
        yield opened


def test_without_an_index_the_same_paragraphs_are_found_by_comparing(store: Store) -> None:
    """What PostgreSQL gets. It knows nothing of endings, so whole words are asked for."""
    with store._database.reading() as connection:
        for words in ("Monitoring", '"on time"', "march cases", "94.0%", "monit*", "100%_"):
            plainly = _find_plainly(connection, words)
            assert sorted(places(plainly), key=str) == sorted(places(store.search(words)), key=str)
            for hit in plainly:
                assert hit.found
                terms = words.strip('"*').lower().split()
                assert {hit.snippet[start:end].lower() for start, end in hit.found} <= {
                    *terms,
                    words.strip('"').lower(),
                }


def _find_plainly(connection: Connection, words: str) -> list[SearchHit]:
    return [search._hit(row) for row in search._find_plainly(connection, search._terms(words), limit=20)]


# Paragraphs


@given(st.text(st.sampled_from("ab 1.\t\n\r\f-•"), max_size=80))
def test_paragraphs_hold_all_that_is_printed_once_and_in_order(text: str) -> None:
    end = 0
    for span in spans(text):
        assert end <= span.start < span.end
        assert not text[end : span.start].strip()
        assert text[span.start : span.end].strip()
        end = span.end
    assert not text[end:].strip()


@given(st.text(st.sampled_from("ab\t \n"), min_size=1, max_size=20), st.integers(500, 2000))
def test_a_paragraph_without_end_is_cut_between_words(piece: str, times: int) -> None:
    text = piece * times
    pieces = [text[span.start : span.end] for span in spans(text)]
    assert all(0 < len(piece) <= 5000 for piece in pieces)
    if any(space in piece for space in " \t\n"):
        assert "".join(pieces).split() == [] or " ".join(pieces).split() == text.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line\nand its next\n\nAnother", ["One line\nand its next", "Another"]),
        ("One\r\n \r\nTwo\rstill two", ["One", "Two\rstill two"]),
        ("3.1 One\n3.2 Two\nstill two", ["3.1 One", "3.2 Two\nstill two"]),
        ("List:\n- one\n• two", ["List:", "- one", "• two"]),
        ("Theme\tProgress\nVisits\t94.0%", ["Theme\tProgress", "Visits\t94.0%"]),
        ("Unwrapped " * 20 + "\nnext", [("Unwrapped " * 20), "next"]),
        ("of 94.0% and\n94.0% of", ["of 94.0% and\n94.0% of"]),
        ("page\fpage", ["page", "page"]),
        (" \n\n ", []),
    ],
)
def test_where_a_paragraph_begins(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in spans(text)] == expected


def test_the_number_of_a_paragraph_is_that_of_its_records_or_the_printed_one(tmp_path: Path) -> None:
    text = "4. First\n\n12.3.1 Second\n\nThird says 94.0%"
    figure = percentage(text, "94.0%")
    placed = figure.model_copy(update={"evidence": figure.evidence.model_copy(update={"paragraph": "7"})})
    one: Sample = sample(text, figures=[placed])
    with Store.open(tmp_path / "tally.db") as store:
        one.into(store)
        assert [places(store.search(word)) for word in ("first", "second", "third")] == [["4"], ["12.3.1"], ["7"]]
