"""What `tally check` and `tally issue` do: bring the issues up to date, print them, note what people decide."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.asking import Asked, filters_of, open_to_ask
from app.auditing import bring_issues_up_to_date
from app.commands import print_lines, say
from app.export import WRITERS, issue_row
from app.issue_text import SHORT_ID, as_markdown, coverage_lines, issue_lines
from app.layout import one_line, terminal_width
from app.refusing import CannotDoError
from db.issues import Status
from schema.records import Issue

if TYPE_CHECKING:
    from db.store import Store

_GRAVER: Final = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "info": ("error", "warning", "info"),
    "never": (),
}


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
        filters = filters_of(store, request.asked)
        bring_issues_up_to_date(store)
        found = store.issues(filters)
        shown = [one for one in found if request.every or one.status != "dismissed"]
        if request.coverage:
            print_lines(coverage_lines(store.audit_coverage(filters), terminal_width()))
        else:
            _print_issues(shown, request.form)
        if request.sheet is not None:
            _write_sheet(store, shown, request.sheet)
    if not request.coverage:
        _say_what_is_not_shown(found, shown)
    loud = [one for one in found if one.status == "open" and one.severity in _GRAVER[request.fail_on]]
    return 1 if loud else 0


def _print_issues(issues: list[Issue], form: str) -> None:
    match form:
        case "table":
            print_lines(issue_lines(issues, terminal_width()))
        case "md":
            print("".join(as_markdown(issues)), end="")
        case _:
            print("".join(WRITERS[form](map(issue_row, issues))), end="")


def _say_what_is_not_shown(found: list[Issue], shown: list[Issue]) -> None:
    hidden = len(found) - len(shown)
    if hidden:
        say(f"{hidden} dismissed {'question is' if hidden == 1 else 'questions are'} not shown; --all shows them.")
    elif not found:
        say("No questions: what could be checked tallies. `tally check --coverage` says what could be checked.")


def _write_sheet(store: Store, issues: list[Issue], target: Path) -> None:
    from app.question_sheet import question_sheet
    from app.writing import write_bytes_whole

    papers = {paper.sha256: paper for paper in store.papers()}
    write_bytes_whole(target, question_sheet(issues, papers))
    say(f"Wrote {len(issues)} {'question' if len(issues) == 1 else 'questions'} to {target}.")


def run_decision(database: str, issue: str, status: Status, reason: str, by: str | None) -> None:
    """Notes a decision and prints what it is of."""
    if not reason.strip():
        raise CannotDoError("Give a reason, so that others can follow the decision: --reason TEXT")
    with open_to_ask(database) as store:
        bring_issues_up_to_date(store)
        try:
            decided = store.decide_on_issue(issue, status, reason.strip(), by or _login_name(), datetime.now(UTC))
        except LookupError as error:
            raise CannotDoError(str(error.args[0])) from error
    print(f"{decided.id[:SHORT_ID]} is {status}: {one_line(decided.message)}")


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # a container's user may have no name
        raise CannotDoError("Who decides? Your login has no name here, so give one: --by NAME") from error
