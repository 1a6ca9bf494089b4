"""`python -m docs.make_reference`: writes docs/reference.md from what `--help` says of each command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import typer

from app.cli import app
from docs.tour import ROOT

FILE: Final = ROOT / "docs" / "reference.md"
_HEAD: Final = """\
# Reference

Every command with its options, as `tally COMMAND --help` prints them. `make reference` makes this page; do not edit it.

- Results go to stdout, everything else to stderr.
- **Exit status**: 0 done; 1 done, and something needs a person (a paper was refused); 2 it could not be done.
- **Dates** in filters are `2018-03-19`, `2018-03`, `2018` or `2017/18` (April to March). They ask for what was so in
  those days: figures whose period overlaps them, deadlines due in them, papers of meetings in them. A figure without a
  period is never found by date.
- **The store** is `tally.db` in the current folder, or what `--db` or the variable `TALLY_DB` names.
"""
_WIDTH: Final = 100


def reference() -> str:
    """The page: the program, then its commands in the order of `tally --help`."""
    group = typer.main.get_command(app)
    whole = typer.Context(group, info_name="tally", terminal_width=_WIDTH)
    parts = [_HEAD, f"## tally\n\n```text\n{group.get_help(whole)}\n```\n"]
    parts += _commands(group, whole, "tally")
    return "\n".join(parts)


def _commands(group: object, parent: typer.Context, called: str) -> Iterator[str]:
    """A part for each command of a group; for a group in it, one for each of its commands too."""
    for name, command in getattr(group, "commands", {}).items():
        context = typer.Context(command, info_name=name, parent=parent, terminal_width=_WIDTH)
        yield f"## {called} {name}\n\n```text\n{command.get_help(context)}\n```\n"
        yield from _commands(command, context, f"{called} {name}")


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
