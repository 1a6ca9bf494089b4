"""Which files a load run reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.files import find_files, printable_name

TEXT = (".txt",)


def names(paths: list[Path], listed: list[str] | None = None) -> list[str]:
    return [path.name for path in find_files(paths, listed or [], TEXT).files]


def reasons(paths: list[Path]) -> dict[str, str]:
    return {Path(one.name).name: one.reason for one in find_files(paths, [], TEXT).refused}


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_a_folder_is_searched_with_its_folders(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "deep/er/a.TXT", "notes.md", ".hidden.txt", ".git/x.txt")
    assert names([tmp_path]) == ["a.TXT", "b.txt"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    put(tmp_path, "paper", ".hidden.txt")
    assert names([tmp_path / "paper", tmp_path / ".hidden.txt"]) == [".hidden.txt", "paper"]


def test_a_folder_may_be_called_txt(tmp_path: Path) -> None:
    put(tmp_path, "papers.txt/a.txt")
    assert names([tmp_path]) == names([tmp_path / "papers.txt"]) == ["a.txt"]


def test_each_file_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    assert names([tmp_path, tmp_path / "a.txt", tmp_path]) in (["a.txt"], ["again.txt"])


def test_a_list_of_paths_may_come_from_input(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b c.txt")
    assert names([Path("-")], [f"{tmp_path}/a.txt\n", "\n", f"{tmp_path}/b c.txt\r\n"]) == ["a.txt", "b c.txt"]


def test_what_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    assert "no such file" in reasons([tmp_path / "gone.txt"])["gone.txt"]
    assert "no file name" in reasons([tmp_path / "a\0b.txt"])["a\0b.txt"]


def test_a_folder_without_papers_is_said(tmp_path: Path) -> None:
    put(tmp_path, "empty/notes.md")
    assert "no file that can be read (.txt)" in reasons([tmp_path / "empty"])["empty"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_does_not_keep_the_run_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither a file nor a folder" in reasons([tmp_path])["pipe.txt"]


def test_the_originals_of_a_store_are_no_papers_to_load(tmp_path: Path) -> None:
    put(tmp_path, "tally.db", "tally.papers/ab/cd.txt", "march.papers/a.txt", "march.txt")
    assert names([tmp_path]) == ["a.txt", "march.txt"]


def test_a_link_to_nothing_is_left_for_the_reading_to_report(tmp_path: Path) -> None:
    (tmp_path / "lost.txt").symlink_to(tmp_path / "gone")
    assert names([tmp_path]) == ["lost.txt"]


def test_links_that_run_in_a_circle_are_left_for_the_reading_to_report(tmp_path: Path) -> None:
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    assert names([tmp_path]) == ["circle.txt"]
    assert "could not be read" in reasons([tmp_path / "circle.txt"])["circle.txt"]


def test_a_name_that_is_no_unicode_can_be_stored() -> None:
    assert printable_name(Path(os.fsdecode(b"caf\xe9.txt"))) == "caf\ufffd.txt"
