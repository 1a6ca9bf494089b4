"""`tally metric`: what people decide of the identity of metrics, with author and date: made, undone, listed, shared."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.asking import council_called, metrics_called, open_to_ask
from app.commands import print_lines, say
from app.export import WRITERS
from app.layout import Column, lay_out, terminal_width
from app.refusing import CannotDoError
from app.writing import write_whole
from corpus.registries import indicator_by_key
from db.filters import Filters
from db.store import Store
from linking.link import link
from linking.metrics import registered_metric
from schema.records import Metric, MetricDecision

_FILE = TypeAdapter(tuple[MetricDecision, ...])


def run_merge(database: str, metric: str, into: str, council: str | None, author: str | None) -> None:
    """All figures of one metric measure another from now on."""
    with open_to_ask(database) as store:
        a, b = _called(store, metric, council), _called(store, into, council)
        if a[0].key == b[0].key:
            raise CannotDoError(f"{metric!r} and {into!r} are one metric already: {a[0].key}.")
        if a[0].unit != b[0].unit:
            raise CannotDoError(
                f"{a[0].key} is in {_unit(a[0])} and {b[0].key} in {_unit(b[0])}: two units make no one series. "
                "Split off the figures that are misread, or leave the two apart."
            )
        known = indicator_by_key().get(a[0].key)
        if known and b[0].key in known.look_alikes:
            say(f"The registry keeps {a[0].key} and {b[0].key} apart: they look alike and are defined otherwise.")
        decision = _made("merge", a, council, author, to=b[0].key, to_known_as=_names(b))
        _carry_out(store, decision, {m.council for m in (*a, *b)})


def run_split(database: str, metric: str, words: str, name: str, council: str | None, author: str | None) -> None:
    """The figures of a metric whose words contain `words` are a metric of their own."""
    with open_to_ask(database) as store:
        found = _called(store, metric, council)
        texts = {figure.metric_text for figure in store.figures(Filters(metric=found[0].key, council=council))}
        if not any(_flat(words) in _flat(text) for text in texts):
            said = "; ".join(sorted(texts)[:6]) or "nothing"
            raise CannotDoError(f"No figure of {found[0].key} is named with {words!r}. Papers say: {said}.")
        _carry_out(store, _made("split", found, council, author, to=name, words=words), {m.council for m in found})


def run_rename(database: str, metric: str, name: str, council: str | None, author: str | None) -> None:
    """A metric goes by another name; its key stays."""
    with open_to_ask(database) as store:
        found = _called(store, metric, council)
        _carry_out(store, _made("rename", found, council, author, to=name), {m.council for m in found})


def run_alias(database: str, metric: str, words: str, council: str | None, author: str | None) -> None:
    """Figures that papers name so, now or later, measure the metric."""
    with open_to_ask(database) as store:
        found = _called(store, metric, council)
        councils = set(store.councils()) if "." not in found[0].key else {m.council for m in found}
        _carry_out(store, _made("alias", found, council, author, words=words), councils)


def run_undo(database: str, decision: str, author: str | None) -> None:
    """Takes a decision back. It stays in the list, with who undid it."""
    with open_to_ask(database) as store:
        found = [one for one in store.decisions() if one.id.startswith(decision)]
        if len(found) != 1:
            raise CannotDoError(f"There is no one decision {decision!r}. `tally metric decisions` lists them.")
        (one,) = found
        if one.undone_at is not None:
            raise CannotDoError(
                f"{one.id} was undone by {one.undone_by} on {one.undone_at.date().isoformat()} already."
            )
        store.decide([one.model_copy(update={"undone_by": _author(author), "undone_at": _now()})])
        _relink(store, {one.council} if one.council else set(store.councils()))
        say(f"Undone: {_in_words(one)}.")


def run_decisions(database: str, form: str, output: Path | None, source: Path | None) -> None:
    """Lists the decisions; or writes them to a file, or takes over those of a file."""
    with open_to_ask(database) as store:
        if source is not None:
            news = store.decide(_read(source))
            _relink(store, set(store.councils()) if news else set())
            say(f"{source}: {len(news)} decisions that were not here yet.")
            return
        made = store.decisions()
        if output is not None:
            write_whole(output, [_as_file(made)])
            say(f"{len(made)} decisions written to {output}.")
        elif form == "table":
            print_lines(_lines(made, {one.id for one in store.idle_decisions()}, terminal_width()))
            if not made:
                say("Nobody has decided anything yet: tally metric merge, split, rename and alias do.")
        else:
            rows = ({"id": one.id, **one.model_dump(mode="json")} for one in made)
            print("".join(WRITERS[form](rows)), end="")


def _called(store: Store, name: str, council: str | None) -> list[Metric]:
    """The metrics that a person means: of the store, else the registry's of that key or name."""
    try:
        return metrics_called(store, name, None if council is None else council_called(council))
    except CannotDoError:
        wanted = name.casefold().strip()
        keys = [key for key, one in indicator_by_key().items() if wanted in (key, one.name.casefold())]
        if len(keys) != 1 or (found := registered_metric(keys[0], None)) is None:
            raise
        return [found]


def _made(
    kind: str, metrics: Sequence[Metric], council: str | None, author: str | None, **more: object
) -> MetricDecision:
    return MetricDecision.model_validate(
        {
            "decision": kind,
            "metric": metrics[0].key,
            "council": None if council is None else council_called(council),
            "unit": metrics[0].unit,
            "known_as": _names(metrics),
            "author": _author(author),
            "made_at": _now(),
            **more,
        }
    )


def _names(metrics: Sequence[Metric]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for metric in metrics for name in (metric.name, *metric.aliases)))


def _carry_out(store: Store, decision: MetricDecision, councils: set[str | None]) -> None:
    store.decide([decision])
    changed = _relink(store, {decision.council} if decision.council else councils, decision.id)
    say(
        f"{decision.id}: {_in_words(decision)}. {changed} figures are linked by it. "
        f"Undo: tally metric undo {decision.id}"
    )
    if any(one.id == decision.id for one in store.idle_decisions()):
        say("It found nothing to act on in the papers so far, and is kept for those to come.")


def _relink(store: Store, councils: set[str | None], decision: str = "") -> int:
    """Links the councils' papers anew. How many figures are linked by the decision."""
    changed = 0
    for council in sorted(councils & set(store.councils()), key=lambda one: one or ""):
        links = store.relink(council, link)
        changed += sum(f"({decision})" in found.reason for found in links.figure_links.values()) if decision else 0
    return changed


def _in_words(one: MetricDecision) -> str:
    where = f" in papers of {one.council}" if one.council else ""
    told = {
        "merge": f"{one.metric} is merged into {one.to}",
        "split": f"what {one.metric} calls '{one.words}' is a metric of its own, '{one.to}'",
        "rename": f"{one.metric} is called '{one.to}'",
        "alias": f"'{one.words}' means {one.metric}",
    }
    return told[one.decision] + where


def _lines(made: Sequence[MetricDecision], idle: set[str], width: int) -> Iterator[str]:
    columns = (
        Column("id", whole=True),
        Column("on", whole=True),
        Column("by"),
        Column("decision", least=30),
        Column("note"),
    )
    rows = []
    for one in made:
        note = f"undone by {one.undone_by} on {one.undone_at.date().isoformat()}" if one.undone_at else ""
        rows.append((one.id, one.made_at.date().isoformat(), one.author, _in_words(one), note or _idle_note(one, idle)))
    if rows:
        yield from lay_out(columns, rows, width)


def _idle_note(one: MetricDecision, idle: set[str]) -> str:
    return "finds nothing in the papers now" if one.id in idle else ""


def _as_file(made: Sequence[MetricDecision]) -> str:
    return json.dumps([one.model_dump(mode="json") for one in made], indent=1, ensure_ascii=False) + "\n"


def _read(source: Path) -> tuple[MetricDecision, ...]:
    try:
        return _FILE.validate_json(source.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise CannotDoError(
            f"{source} is not a file of decisions: {place}: {first['msg']}. "
            "`tally metric decisions --export` writes one."
        ) from error


def _author(given: str | None) -> str:
    """Who decides: as given, else TALLY_AUTHOR, else the name that the computer knows the user by."""
    return given or os.environ.get("TALLY_AUTHOR") or getpass.getuser()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _unit(metric: Metric) -> str:
    return metric.unit.replace("_", " ")


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())
