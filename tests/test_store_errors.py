"""What goes wrong with files and disks, and that people are told so with the database left as it was. Nothing is simulated in
Python: the files, folders, file systems and locks are real ones."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from db import errors
from db.store import Store, StoreError
from tests.store_samples import Sample, percentage, sample

NOBODY = 65534
TEXT = "In March it was 94.0% again."


def a_paper(text: str = TEXT) -> Sample:
    return sample(text, figures=[percentage(text, "94.0%")])


def a_large_paper() -> Sample:
    return a_paper(TEXT + " And so on. " * 200_000)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A store with one paper."""
    path = tmp_path / "tally.db"
    with Store.open(path) as store:
        a_paper().into(store)
    return path


@contextmanager
def refused(*words: str | Path) -> Iterator[None]:
    """A StoreError whose message holds the words, and is one or more sentences for people."""
    with pytest.raises(StoreError) as caught:
        yield
    message = str(caught.value)
    for word in words:
        assert str(word) in message
    assert re.search(r"[.:] [A-Z]|, and ", message), f"says nothing to try: {message}"
    assert "sqlalchemy" not in message.lower()
    assert "Traceback" not in message


# Where there is no store


def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    with refused(tmp_path, "is a folder"):
        Store.open(tmp_path)


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with refused(tmp_path / "nowhere", "There is no folder"):
        Store.open(tmp_path / "nowhere" / "tally.db")
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_does_not_exist_is_not_made_for_those_who_only_ask(tmp_path: Path) -> None:
    with refused(tmp_path / "tally.db", "There is no store"):
        Store.open(tmp_path / "tally.db", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 a paper", b"SQLite format 3\x00 and then rubbish" * 40], ids=["pdf", "header only"]
)
def test_a_file_that_is_not_a_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tally.db"
    path.write_bytes(content)
    with refused(path, "is not a papertally database"):
        Store.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE visits (url TEXT)")
    other.close()
    before = path.read_bytes()
    with refused(path, "another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_damaged_database(saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    content[100:4096] = bytes(3996)
    saved.write_bytes(content)
    with refused(saved, "is damaged", "backup"):
        Store.open(saved)


def test_a_newer_version(saved: Path) -> None:
    newer = sqlite3.connect(saved)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    with refused(saved, "newer papertally", "9999", "Update papertally"):
        Store.open(saved)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nosuchdatabase://host/tally", "There is no database of the kind nosuchdatabase"),
        ("://", "is not a database URL"),
        ("sqlite://", "needs a file"),
        (":memory:", "needs a file"),
    ],
)
def test_urls_that_lead_nowhere(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        Store.open(url)


# Reading only


def test_a_store_opened_for_reading_answers_and_refuses_to_change(saved: Path) -> None:
    with Store.open(f"file:{saved}?mode=ro") as store:
        assert len(store.figures()) == 1
        with refused(saved, "is read-only"):
            a_paper("Then it was 94.0%, later.").into(store)
        with refused(saved, "is read-only"):
            store.forget(a_paper().sha256)
        assert [p.paper for p in store.papers()] == ["paper.txt"]
        assert store.doctor() == ["Papers of Casterbridge wait to be linked: the next load does so"]
    assert not list((saved.parent / "tally.papers").rglob("*.part"))


@contextmanager
def without_privileges(folder: Path) -> Iterator[None]:
    """Runs the block as a user who owns nothing and to whom permissions apply, as they do not to root."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(folder, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder_for_anyone() -> Iterator[Path]:
    """A folder that nobody in particular can reach, which pytest's own temporary folders are not for other users."""
    folder = Path(tempfile.mkdtemp(prefix="papertally-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_store_in_a_read_only_folder_answers_and_refuses_to_change(folder_for_anyone: Path) -> None:
    path = folder_for_anyone / "tally.db"
    with Store.open(path) as store:
        a_paper().into(store)
    path.chmod(0o444)
    folder_for_anyone.chmod(0o555)
    with without_privileges(folder_for_anyone), Store.open(path) as store:
        assert len(store.figures()) == 1
        assert store.original(a_paper().sha256) == TEXT.encode()
        with refused(path, "is read-only"):
            a_paper("Then it was 94.0%, later.").into(store)


def test_a_store_that_may_not_be_read(folder_for_anyone: Path) -> None:
    path = folder_for_anyone / "tally.db"
    Store.open(path).close()
    path.chmod(0)
    with without_privileges(folder_for_anyone), refused(path, "cannot be read"):
        Store.open(path)


def test_a_new_store_in_a_read_only_folder(folder_for_anyone: Path) -> None:
    folder_for_anyone.chmod(0o555)
    with without_privileges(folder_for_anyone), refused(folder_for_anyone / "tally.db", "cannot be opened"):
        Store.open(folder_for_anyone / "tally.db")


def test_originals_that_cannot_be_kept_leave_no_paper(folder_for_anyone: Path) -> None:
    path = folder_for_anyone / "tally.db"
    with without_privileges(folder_for_anyone), Store.open(path) as store:
        originals = folder_for_anyone / "tally.papers"
        originals.mkdir(mode=0o555)
        with refused(originals, "could not be kept"):
            a_paper().into(store)
        assert (store.papers(), store.figures(), store.search("March")) == ([], [], [])
        originals.chmod(0o755)
        a_paper().into(store)
        assert len(store.papers()) == 1


# A full disk


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 1.5 MB in memory. Only root may mount one: elsewhere the test of SQLite's own limit must do."""
    folder = Path(tempfile.mkdtemp(prefix="papertally-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "papertally", str(folder)], capture_output=True, check=False
    )
    try:
        if mounted.returncode:
            pytest.skip("no right to mount a small disk")
        yield folder
        subprocess.run(["umount", str(folder)], check=True)
    finally:
        folder.rmdir()


def test_a_full_disk_keeps_what_was_there(small_disk: Path) -> None:
    path = small_disk / "tally.db"
    with Store.open(path) as store:
        a_paper().into(store)
        with refused("Free some space" if (small_disk / "tally.papers").exists() else path):
            a_large_paper().into(store)
        assert [p.sha256 for p in store.papers()] == [a_paper().sha256]
        assert not list(small_disk.rglob("*.part"))
        another = a_paper("Then it was 94.0%, later.")
        another.into(store)
        assert store.has(another.sha256)
        assert all("linked" in problem for problem in store.doctor())


def test_a_database_that_cannot_grow_keeps_what_was_there(saved: Path) -> None:
    """SQLite reports a full disk by the same error when a database reaches a limit set on it."""

    def stop_growing(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    event.listen(Engine, "begin", stop_growing)
    try:
        with Store.open(saved) as store, refused(saved, "is full", "Free some space"):
            a_large_paper().into(store)
    finally:
        event.remove(Engine, "begin", stop_growing)
    with Store.open(saved) as store:
        assert [p.sha256 for p in store.papers()] == [a_paper().sha256]
        assert store.original(a_paper().sha256) == TEXT.encode()


def test_an_original_that_does_not_fit_leaves_no_paper(saved: Path) -> None:
    """A limit on the size of files stands for the disk: the operating system refuses to write the original on."""
    content = os.urandom(8_000_000)
    text = content.hex()[:100]
    limits, action = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    one = sample(text)
    with Store.open(saved) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, limits[1]))
        try:
            with refused("could not be kept", "tally.papers"):
                _with_original(one, content).into(store)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, action)
        assert len(store.papers()) == 1
    assert not list((saved.parent / "tally.papers").rglob("*.part"))


def _with_original(one: Sample, content: bytes) -> Sample:
    paper = one.extraction.paper.model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
    return Sample(one.extraction.model_copy(update={"paper": paper}), one.pages, content)


# Others at work


def test_a_store_that_another_program_holds(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.connecting.BUSY_SECONDS", 0)
    other = sqlite3.connect(saved, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(saved) as store:
        assert len(store.papers()) == 1
        with refused(saved, "is in use", str(errors.BUSY_SECONDS)):
            a_paper("Then it was 94.0%, later.").into(store)
    other.execute("ROLLBACK")
    other.close()


# Originals


def test_an_original_that_is_gone_or_changed(saved: Path) -> None:
    one = a_paper()
    kept = saved.parent / "tally.papers" / one.sha256[:2] / f"{one.sha256[2:]}.txt"
    with Store.open(saved) as store:
        assert kept.read_bytes() == one.original
        kept.write_bytes(b"changed")
        with refused(kept, "has been changed"):
            store.original(one.sha256)
        kept.unlink()
        with refused("is no longer in"):
            store.original(one.sha256)
        assert any("is no longer in" in problem for problem in store.doctor())


@pytest.mark.parametrize("name", ["paper", "paper.PDF", "paper.a-b", "no/../../such.txt", "paper." + "x" * 300])
def test_an_originals_name_lends_no_more_than_a_plain_ending(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / "tally.db") as store:
        sample("text", name).into(store)
        assert store.original(sample("text").sha256) == b"text"
    (kept,) = [path for path in (tmp_path / "tally.papers").rglob("*") if path.is_file()]
    assert kept.suffix in ("", ".pdf", ".txt")
