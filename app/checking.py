"""What `tally check` and `tally issue` do: bring the issues up to date, print them, note what people decide."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.asking import Asked, filters_of, open_to_ask
from app.auditing import bring_issues_up_to_date
from app.commands import print_lines, say
from app.export import WRITERS, issue_row
from app.layout import one_line, shorten, terminal_width
from app.listings import place_of
from app.refusing import CannotDoError
from db.issues import Status
from schema.evidence import Evidence
from schema.records import Issue

_GRAVER: Final = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "info": ("error", "warning", "info"),
    "never": (),
}
_SHORT_ID: Final = 8


@dataclass(frozen=True)
class CheckRequest:
    """The options of `tally check` as people write them."""

    asked: Asked
    form: str
    fail_on: str
    sheet: Path | None
    coverage: bool
    every: bool


def run_check(database: str, request: CheckRequest) -> int:
    """Prints the issues. Gives the exit status: 1 where an open one is as grave as asked, or graver."""
    with open_to_ask(database) as store:
        bring_issues_up_to_date(store)
        found = store.issues(filters_of(store, request.asked))
        shown = [one for one in found if request.every or one.status != "dismissed"]
        if request.form == "table":
            print_lines(issue_lines(shown, terminal_width()))
        else:
            print("".join(WRITERS[request.form](map(issue_row, shown))), end="")
    if not found:
        say("No questions: what could be checked tallies. `tally check --coverage` says what could be.")
    loud = [one for one in found if one.status == "open" and one.severity in _GRAVER[request.fail_on]]
    return 1 if loud else 0


def run_decision(database: str, issue: str, status: Status, reason: str, by: str | None) -> None:
    """Notes a decision and prints what it is of."""
    if not reason.strip():
        raise CannotDoError("Give a reason, so that others can follow the decision: --reason TEXT")
    with open_to_ask(database) as store:
        bring_issues_up_to_date(store)
        try:
            decided = store.decide(issue, status, reason, by or getpass.getuser(), datetime.now(UTC))
        except LookupError as error:
            raise CannotDoError(str(error.args[0])) from error
    print(f"{decided.id[:_SHORT_ID]} is {status}: {one_line(decided.message)}")


def issue_lines(issues: Sequence[Issue], width: int) -> Iterator[str]:
    """Each issue as a question, with its places and their quotes beneath."""
    for issue in issues:
        status = "" if issue.status == "open" else f" ({issue.status})"
        yield f"{issue.severity:<8}{issue.id[:_SHORT_ID]}  {issue.check}{status}"
        yield f"  {one_line(issue.message)}"
        for place in issue.evidence:
            yield shorten(f"    {_where(place)}: {one_line(place.quote)}", width)


def _where(place: Evidence) -> str:
    return f"{one_line(place.paper)} {place_of(place)}".strip()
