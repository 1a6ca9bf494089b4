"""The command `tally`: one thin function a command. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.asking import Asked
from app.refusing import CannotDoError

app = typer.Typer(
    name="tally",
    help=(
        "Reads committee papers on children's services and keeps every figure with the place it was read.\n\n"
        "Example: tally demo"
    ),
    no_args_is_help=True,
    add_completion=False,
    # Rich's markup would make --help three times as slow, and its tracebacks are for no user.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class ExportFormat(StrEnum):
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Kind(StrEnum):
    FIGURE = "figure"
    DEADLINE = "deadline"
    JUDGEMENT = "judgement"
    FINDING = "finding"
    REFUSAL = "refusal"
    PAPER = "paper"
    METRIC = "metric"
    INSPECTION = "inspection"
    ISSUE = "issue"


class CheckFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"


class FailOn(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


DEFAULT_DB = "tally.db"
Database = Annotated[
    str, typer.Option("--db", envvar="TALLY_DB", metavar="DB", help="The store: a file, or an SQLAlchemy URL.")
]
Council = Annotated[str | None, typer.Option("--council", metavar="NAME", help="Only papers of this council.")]
OfPaper = Annotated[
    str | None,
    typer.Option(
        "--paper", metavar="PAPER", help="Only this paper: its file name, a part of it, or the start of its sha256."
    ),
]
OfMetric = Annotated[
    str | None, typer.Option("--metric", metavar="METRIC", help="Only this metric: its key, its name or a part of it.")
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Only from then on: 2018-03-19, 2018-03, 2018 or 2017/18."),
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only up to then, the day or month included.")]
Form = Annotated[
    Format, typer.Option("--format", help="A table for people (also when piped), or one of the others for programs.")
]
Paper = Annotated[
    str, typer.Argument(metavar="PAPER", help="Its file name or a part of it, or the start of its sha256.")
]
Password = Annotated[
    str | None,
    typer.Option("--password", metavar="WORD", help="Opens encrypted PDFs; it is kept nowhere."),
]


def main() -> None:
    """Runs the command. What goes wrong outside the program is said on stderr, with exit status 2 and no traceback."""
    _write_utf8()
    try:
        if not _print_help(sys.argv[1:]):
            app(prog_name="tally")
    except CannotDoError as error:
        _fail(str(error))
    except OSError as error:
        _fail(
            f"{error.filename or 'A file'}: {error.strerror or error}. Check its name, your rights and the free space."
        )
    except Exception as error:
        if not _is_of_the_store(error):
            raise
        _fail(str(error))
    finally:
        _flush_quietly()


def _print_help(arguments: list[str]) -> bool:
    """Prints `tally COMMAND --help`, if that was asked. Typer would import pydantic to read the `--help`, for 0.2 s."""
    group = typer.main.get_command(app)
    commands = getattr(group, "commands", {})
    if len(arguments) != 2 or arguments[1] != "--help" or arguments[0] not in commands:
        return False
    command = commands[arguments[0]]
    print(
        command.get_help(typer.Context(command, info_name=arguments[0], parent=typer.Context(group, info_name="tally")))
    )
    return True


def _is_of_the_store(error: Exception) -> bool:
    """Whether the error is a StoreError, asked without importing the store: it was imported if it is one."""
    errors = sys.modules.get("db.errors")
    return errors is not None and isinstance(error, errors.StoreError)


def _fail(message: str) -> NoReturn:
    print(f"tally: {message}", file=sys.stderr)
    sys.exit(2)


def _write_utf8() -> None:
    """Papers print more than a C locale or a Windows code page can, so output is UTF-8, line ends as they are."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="")


def _flush_quietly() -> None:
    """Whoever reads our output may have gone, as `head` does; Python would complain about it on its way out."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@app.command()
def load(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", help="Files, folders (with all in them), or - for a list on stdin."),
    ] = None,
    db: Database = DEFAULT_DB,
    council: Annotated[
        str | None, typer.Option("--council", metavar="NAME", help="The papers' council, whatever they say.")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="The meeting's date, whatever they say.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", min=1, metavar="N", help="Processes that read; 1 reads in this one. [default: 2 to 4, as CPUs go]"
        ),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0.1, metavar="SECONDS", help="How long one paper may take (not with --jobs 1)."),
    ] = 600,
    password: Password = None,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read stored papers again: those named, or without PATH all.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Print the traceback where the program failed.")] = False,
) -> None:
    """Reads papers into the store. One that is stored already changes nothing.

    Example: tally load papers/
    """
    from app.commands import LoadRequest, run_load

    raise typer.Exit(run_load(db, paths or [], LoadRequest(council, day, jobs, timeout, reread, debug, password)))


@app.command()
def papers(
    db: Database = DEFAULT_DB,
    council: Council = None,
    metric: OfMetric = None,
    date_from: From = None,
    date_to: To = None,
    form: Form = Format.TABLE,
) -> None:
    """Lists the papers that are loaded, by meeting date.

    Example: tally papers --from 2018
    """
    _list(db, "papers", Asked(council, None, metric, date_from, date_to), form)


@app.command()
def show(paper: Paper, db: Database = DEFAULT_DB, form: Form = Format.TABLE) -> None:
    """Shows one paper, whole. What matters first, then every record with its quote.

    Example: tally show marlford-pack-2023-09-13.txt
    """
    from app.commands import run_show

    run_show(db, paper, form.value)


@app.command()
def figures(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    metric: OfMetric = None,
    date_from: From = None,
    date_to: To = None,
    form: Form = Format.TABLE,
) -> None:
    """Lists figures as printed: what they measure, and when.

    Example: tally figures --metric "agency" --from 2023
    """
    _list(db, "figures", Asked(council, paper, metric, date_from, date_to), form)


@app.command()
def targets(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    metric: OfMetric = None,
    date_from: From = None,
    date_to: To = None,
    missed: Annotated[bool, typer.Option("--missed", help="Only those that the newest value misses.")] = False,
    form: Form = Format.TABLE,
) -> None:
    """Lists targets, and whether the newest value meets them.

    Example: tally targets --paper marlford-scrutiny-2024-02-07.txt --missed
    """
    _list(db, "missed targets" if missed else "targets", Asked(council, paper, metric, date_from, date_to), form)


@app.command()
def deadlines(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    date_from: From = None,
    date_to: To = None,
    overdue: Annotated[
        bool,
        typer.Option("--overdue", help="Only what was due by the council's newest paper and no paper says is done."),
    ] = False,
    form: Form = Format.TABLE,
) -> None:
    """Lists what was promised for when. Beneath each: what later papers made of it.

    Example: tally deadlines --to 2023-12
    """
    _list(db, "overdue deadlines" if overdue else "deadlines", Asked(council, paper, None, date_from, date_to), form)


@app.command()
def inspections(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    date_from: From = None,
    date_to: To = None,
    form: Form = Format.TABLE,
) -> None:
    """Lists inspections and visits. Each with the papers that speak of it; of one council with the grades.

    Example: tally inspections --from 2022
    """
    _list(db, "inspections", Asked(council, paper, None, date_from, date_to), form)


@app.command()
def judgements(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    date_from: From = None,
    date_to: To = None,
    form: Form = Format.TABLE,
) -> None:
    """Lists the grades that inspectorates gave.

    Example: tally judgements --from 2022
    """
    _list(db, "judgements", Asked(council, paper, None, date_from, date_to), form)


@app.command()
def findings(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    date_from: From = None,
    date_to: To = None,
    form: Form = Format.TABLE,
) -> None:
    """Lists what inspectorates praised and asked for.

    Example: tally findings --paper marlford-scrutiny-2022-09-14.txt
    """
    _list(db, "findings", Asked(council, paper, None, date_from, date_to), form)


@app.command()
def metrics(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    metric: OfMetric = None,
    date_from: From = None,
    date_to: To = None,
    form: Form = Format.TABLE,
) -> None:
    """Lists metrics with latest value, target and course.

    Example: tally metrics --paper marlford-scrutiny-2024-02-07.txt
    """
    _list(db, "metrics", Asked(council, paper, metric, date_from, date_to), form)


@app.command()
def history(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="Its key, its name or a part of it.")],
    db: Database = DEFAULT_DB,
    council: Council = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw it instead, as FILE.svg or FILE.png.")
    ] = None,
    across: Annotated[bool, typer.Option("--across", help="Councils side by side, by period.")] = False,
    form: Form = Format.TABLE,
) -> None:
    """Shows one metric over all papers. By period, with change, target and every paper that reports it.

    Example: tally history "re-referrals"
    """
    if plot is not None:
        from app.commands import run_plot

        run_plot(db, metric, council, plot)
        return
    from app.commands import run_history

    run_history(db, metric, council, across, form.value)


metric_app = typer.Typer(help="Merges, splits and renames metrics, as you decide.", rich_markup_mode=None)
app.add_typer(metric_app, name="metric")
Named = Annotated[str, typer.Argument(metavar="METRIC", help="Its key, its name or a part of it.")]
Author = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides. [default: TALLY_AUTHOR, else the user's name]")
]


@metric_app.command("merge")
def merge_metrics(
    metric: Named,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The metric that it is the same as.")],
    db: Database = DEFAULT_DB,
    council: Council = None,
    by: Author = None,
) -> None:
    """Makes two metrics one: all figures of METRIC measure INTO.

    Example: tally metric merge "posts held by agency staff" sw_agency_pct
    """
    from app.metric_decisions import run_merge

    run_merge(db, metric, into, council, by)


@metric_app.command("split")
def split_metric(
    metric: Named,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What the papers call the part that is not the same.")],
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="What the new metric is called.")],
    db: Database = DEFAULT_DB,
    council: Council = None,
    by: Author = None,
) -> None:
    """Makes the figures of METRIC that are named with WORDS a metric of their own.

    Example: tally metric split "agency rate" "of managers" --as "Agency managers"
    """
    from app.metric_decisions import run_split

    run_split(db, metric, words, name, council, by)


@metric_app.command("rename")
def rename_metric(
    metric: Named,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called from now on.")],
    db: Database = DEFAULT_DB,
    council: Council = None,
    by: Author = None,
) -> None:
    """Calls a metric otherwise; its key stays.

    Example: tally metric rename "cases had management oversight" "Management oversight"
    """
    from app.metric_decisions import run_rename

    run_rename(db, metric, name, council, by)


@metric_app.command("alias")
def alias_metric(
    metric: Named,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What papers call it too, now or later.")],
    db: Database = DEFAULT_DB,
    council: Council = None,
    by: Author = None,
) -> None:
    """Tells that papers mean METRIC by WORDS.

    Example: tally metric alias sw_agency_pct "locum share"
    """
    from app.metric_decisions import run_alias

    run_alias(db, metric, words, council, by)


@metric_app.command("undo")
def undo_decision(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Its id, as `tally metric decisions` lists it.")],
    db: Database = DEFAULT_DB,
    by: Author = None,
) -> None:
    """Takes a decision back; who made it and who undid it stays on record.

    Example: tally metric undo 3f9a01bc
    """
    from app.metric_decisions import run_undo

    run_undo(db, decision, by)


@metric_app.command("decisions")
def list_decisions(
    db: Database = DEFAULT_DB,
    output: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write all decisions to a JSON file for others.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take over the decisions of such a file.")
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    """Lists the decisions in the order made; or writes them to a file, or takes over a file's.

    Example: tally metric decisions --export team.json
    """
    from app.metric_decisions import run_decisions

    run_decisions(db, form.value, output, source)


@app.command()
def changes(
    paper: Annotated[
        str | None, typer.Argument(metavar="[PAPER]", help="Its file name or a part of it; without, the newest.")
    ] = None,
    db: Database = DEFAULT_DB,
    council: Annotated[str | None, typer.Option("--council", metavar="NAME", help="Whose newest paper.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every change, and not the first of each kind.")] = False,
    form: Form = Format.TABLE,
) -> None:
    """Shows what a paper changes against the papers before it. Without PAPER, the newest of its council.

    Example: tally changes marlford-scrutiny-2024-02-07.txt
    """
    from app.commands import run_changes

    run_changes(db, paper, council, form.value, everything=everything)


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="All must occur; visit* and '\"a phrase\"' work.")
    ],
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    date_from: From = None,
    date_to: To = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = 20,
    form: Form = Format.TABLE,
) -> None:
    """Finds the paragraphs that hold all the words, best first.

    Example: tally search agency social workers
    """
    from app.commands import run_search

    run_search(db, " ".join(words), Asked(council, paper, None, date_from, date_to), limit, form.value)


@app.command()
def text(
    paper: Paper,
    db: Database = DEFAULT_DB,
    page: Annotated[
        int | None, typer.Option("--page", min=1, metavar="N", help="Only this page, for a paper that has pages.")
    ] = None,
) -> None:
    """Prints a paper's stored text. The offsets of records count in it.

    Example: tally text marlford-scrutiny-2022-09-14.txt
    """
    from app.commands import run_text

    run_text(db, paper, page)


@app.command()
def tables(paper: Paper, db: Database = DEFAULT_DB, password: Password = None, form: Form = Format.TABLE) -> None:
    """Shows a paper's tables as read, and which were refused.

    Example: tally tables marlford-scrutiny-2022-09-14.txt
    """
    from app.table_listing import run_tables

    run_tables(db, paper, form.value, password)


@app.command()
def evidence(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The id of a record, or the start of one.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.png", help="Draw the place into this file.")
    ] = None,
    db: Database = DEFAULT_DB,
    password: Password = None,
) -> None:
    """Draws the place on the page that a record was read from.

    Example: tally evidence 3f2a91 -o crop.png
    """
    from app.evidence_page import run_evidence

    run_evidence(db, record, output, password)


@app.command()
def export(
    db: Database = DEFAULT_DB,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write this file, whole or not at all.")
    ] = None,
    form: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format",
            help="By default what FILE ends in, else jsonl. csv and parquet hold the figures, or one --kind.",
        ),
    ] = None,
    kind: Annotated[
        list[Kind] | None, typer.Option("--kind", help="Only this kind; may be given more than once.")
    ] = None,
    council: Council = None,
    paper: OfPaper = None,
    metric: OfMetric = None,
    date_from: From = None,
    date_to: To = None,
) -> None:
    """Writes all records for a spreadsheet or a program. The same bytes for the same papers.

    Example: tally export --format jsonl -o records.jsonl
    """
    from app.commands import run_export

    asked = Asked(council, paper, metric, date_from, date_to)
    run_export(db, output, form.value if form else None, [one.value for one in kind or ()], asked)


@app.command()
def demo(
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="DB", help="Keep the sample papers in this store. [default: a temporary one]"),
    ] = None,
) -> None:
    """Shows on sample papers what can be asked. They go into a store of their own.

    Example: tally demo
    """
    from app.demo import run_demo

    raise typer.Exit(run_demo(db))


@app.command()
def doctor(db: Database = DEFAULT_DB) -> None:
    """Checks that the store is whole and still quotes its papers.

    Example: tally doctor
    """
    from app.commands import run_doctor

    raise typer.Exit(run_doctor(db))


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; nothing may be there yet.")],
    db: Database = DEFAULT_DB,
) -> None:
    """Copies the store with its papers, also while it is in use.

    Example: tally backup tally-copy.db
    """
    from app.commands import run_backup

    run_backup(db, target)


@app.command()
def check(
    db: Database = DEFAULT_DB,
    council: Council = None,
    paper: OfPaper = None,
    metric: OfMetric = None,
    date_from: From = None,
    date_to: To = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", help="A list for people, Markdown, or one of the others for programs.")
    ] = CheckFormat.TABLE,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Exit with 1 where there is an open issue as grave as this, or graver.")
    ] = FailOn.ERROR,
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE", help="Write a question sheet to print for a meeting (PDF)."),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show what each check could look at and what not, instead of the issues.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show dismissed issues too.")] = False,
) -> None:
    """Asks whether the papers tally. Questions worth asking, each with the places to look at.

    Example: tally check --paper marlford-scrutiny-2023-03-15.txt
    """
    from app.checking import CheckRequest, run_check

    asked = Asked(council, paper, metric, date_from, date_to)
    request = CheckRequest(asked, form.value, fail_on.value, sheet, coverage, every)
    raise typer.Exit(run_check(db, request))


issue = typer.Typer(help="Notes what you decide of an issue that `tally check` lists.", no_args_is_help=True)
app.add_typer(issue, name="issue")
IssueId = Annotated[
    str, typer.Argument(metavar="ISSUE", help="Its id, or the start of it, as `tally check` prints it.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why. It is kept with the decision.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decided. [default: the user's login name]")]


@issue.command()
def accept(issue: IssueId, reason: Reason, by: By = None, db: Database = DEFAULT_DB) -> None:
    """Accepts an issue: the question was worth asking.

    Example: tally issue accept 3f2a --reason "the service corrects the row"
    """
    from app.checking import run_decision

    run_decision(db, issue, "accepted", reason, by)


@issue.command()
def dismiss(issue: IssueId, reason: Reason, by: By = None, db: Database = DEFAULT_DB) -> None:
    """Dismisses an issue, until one of the values at its places changes.

    Example: tally issue dismiss 3f2a --reason "the two are of different months"
    """
    from app.checking import run_decision

    run_decision(db, issue, "dismissed", reason, by)


@issue.command()
def reopen(issue: IssueId, reason: Reason, by: By = None, db: Database = DEFAULT_DB) -> None:
    """Opens an issue again that was accepted or dismissed.

    Example: tally issue reopen 3f2a --reason "the next paper has it again"
    """
    from app.checking import run_decision

    run_decision(db, issue, "open", reason, by)


def _list(database: str, what: str, asked: Asked, form: Format) -> None:
    from app.commands import run_list

    run_list(database, what, asked, form.value)


if __name__ == "__main__":
    main()
