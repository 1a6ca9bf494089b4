"""What people ask of a store: which store, and which of its records."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.layout import shorten
from app.refusing import CannotDoError

if TYPE_CHECKING:
    from db.filters import Filters
    from db.store import Store
    from schema.records import Metric, PaperRecord


@dataclass(frozen=True)
class Asked:
    """The filters of a command as people write them; None where they left one out."""

    council: str | None = None
    paper: str | None = None
    metric: str | None = None
    date_from: str | None = None
    date_to: str | None = None


def open_to_ask(database: str) -> Store:
    """The store, which must be there. Raises StoreError or CannotDoError otherwise; makes nothing."""
    from db.errors import StoreError
    from db.store import Store

    try:
        return Store.open(database, create=False)
    except StoreError as error:
        if "://" not in database and not _file_of(database).exists():
            raise CannotDoError(
                f"There is no store at {database}. Load papers into it first (tally load FOLDER --db {database}), "
                "or name the right one with --db or TALLY_DB."
            ) from error
        raise


def _file_of(database: str) -> Path:
    return Path(database.removeprefix("file:").partition("?")[0])


def filters_of(store: Store, asked: Asked) -> Filters:
    """The filters as the store takes them. Papers and metrics are looked up: a slip is told, not answered with nothing.

    Raises CannotDoError for an unknown paper or metric, for what is no date, and for dates the wrong way round.
    """
    from db.filters import Filters

    first = days_of(asked.date_from)[0] if asked.date_from else None
    last = days_of(asked.date_to)[1] if asked.date_to else None
    if first and last and last < first:
        raise CannotDoError(f"--from {asked.date_from} is after --to {asked.date_to}. Swap them.")
    return Filters(
        council=None if asked.council is None else council_called(asked.council),
        paper=None if asked.paper is None else paper_called(store, asked.paper).sha256,
        metric=None if asked.metric is None else metrics_called(store, asked.metric)[0].key,
        date_from=first,
        date_to=last,
    )


def council_called(name: str) -> str:
    """The council's short name, where the registry knows it under this one; else the name as given."""
    from corpus.registries import councils

    wanted = name.casefold()
    for council in councils():
        if wanted in {known.casefold() for known in (council.short_name, council.official_name, *council.aliases)}:
            return council.short_name
    return name


def paper_called(store: Store, name: str) -> PaperRecord:
    """The paper of that name, or whose sha256 starts so, or the only one whose name has that in it; of a path, the
    last part counts. Raises CannotDoError, naming the nearest."""
    wanted = Path(name).name or name
    try:
        return store.find_paper(wanted)
    except LookupError as error:
        papers = store.papers()
        alike = [paper for paper in papers if wanted.casefold() in paper.paper.casefold()]
        if len(alike) == 1 and len(wanted) >= _SURE_PART:
            return alike[0]
        near = [] if alike else _nearest_papers(wanted, [paper.paper for paper in papers])
        if near:
            raise CannotDoError(
                f"There is no paper {wanted} in the store. Did you mean {' or '.join(near)}?"
            ) from error
        raise CannotDoError(str(error.args[0])) from error


_SURE_PART = 4
"""A part of a file name that is shorter may be a slip of the finger, and is not taken for a paper."""


_AS_NEAR = 8
"""How much less alike, of 100, another name may be and still be meant."""


def _nearest_papers(name: str, names: list[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(name.casefold(), names, processor=str.casefold, scorer=fuzz.ratio, score_cutoff=70, limit=3)
    return [near for near, close, _ in found if close >= found[0][1] - _AS_NEAR]


def newest_paper(store: Store, council: str | None) -> PaperRecord:
    """The paper of the latest meeting; an inspectorate's own report is none. Raises CannotDoError where there is none,
    or where the store has papers of several councils and none is named."""
    from db.filters import Filters

    reports = {one.evidence[0].sha256 for one in store.inspections() if one.report_type and one.evidence}
    papers = [one for one in store.papers(Filters(council=council)) if one.meeting_date and one.sha256 not in reports]
    councils = sorted({one.council for one in papers if one.council})
    if not papers:
        raise CannotDoError("No paper with a meeting date fits. `tally papers` lists what there is.")
    if len(councils) > 1:
        raise CannotDoError(f"Which paper? Name one, or a --council for its newest: {_some(councils)}.")
    return max(papers, key=lambda one: (one.meeting_date or date.min, one.paper))


def metrics_called(store: Store, name: str, council: str | None = None) -> list[Metric]:
    """The metric that goes by a key, a name or an unmistakable part of one: one of each council that has it.

    Raises CannotDoError, naming the nearest, where there is none or more than one.
    """
    groups = metrics_alike(store, name, council)
    if len(groups) > 1:
        raise CannotDoError(f"{name!r} may be any of: {_some(_told_apart(groups))}. Say which.")
    return groups[0]


def metrics_alike(store: Store, name: str, council: str | None = None) -> list[list[Metric]]:
    """The metrics that go by a key or a name, else by a part of one: for each key, one of each council that has it.

    Raises CannotDoError, naming the nearest, where there is none.
    """
    from db.filters import Filters

    metrics = store.metrics(Filters(council=council))
    wanted = name.casefold().strip()
    for matches in (_is_called, _is_partly_called, _means_all_words):
        found = [metric for metric in metrics if matches(metric, wanted)]
        keys = sorted({metric.key for metric in found})
        if keys:
            return [[metric for metric in found if metric.key == key] for key in keys]
    near = _nearest(name, metrics)
    hint = f"Did you mean {_some(near)}?" if near else "`tally metrics` lists what there is."
    raise CannotDoError(f"There is no metric {name!r} in the store. {hint}")


def _names(metric: Metric) -> list[str]:
    key = metric.key.casefold()
    # A council's own metric is `barchester.visits`; the council may be left out.
    return [key, metric.name.casefold(), key.rpartition(".")[2], *(alias.casefold() for alias in metric.aliases)]


def _is_called(metric: Metric, name: str) -> bool:
    return name in _names(metric)


def _is_partly_called(metric: Metric, name: str) -> bool:
    return bool(name) and any(name in known for known in _names(metric))


def _means_all_words(metric: Metric, name: str) -> bool:
    """Whether a name of the metric says all that is asked for, in whatever form: "CIN visited" is "visits to CIN"."""
    from linking.measure_words import measure_words

    wanted = measure_words(name.replace("_", " "))
    if wanted.empty:
        return False
    read = (measure_words(known.replace("_", " ")) for known in _names(metric))
    return any(wanted.names <= known.names and wanted.tells <= known.tells for known in read)


def _told_apart(groups: list[list[Metric]]) -> list[str]:
    """The metrics' names as people write them; the key where two have one name."""
    names = [group[0].name for group in groups]
    return [
        _quoted(group[0].name) + ("" if names.count(group[0].name) == 1 else f" ({group[0].key})") for group in groups
    ]


def _quoted(name: str) -> str:
    return f"'{shorten(name, 60)}'"


def _nearest(name: str, metrics: list[Metric]) -> list[str]:
    """The metrics each word of the name is, or nearly is, a word of; best first."""
    from rapidfuzz import fuzz

    wanted = _words(name)

    def nearness(metric: Metric) -> float:
        known = [word for text in _names(metric) for word in _words(text)]
        best = [max((fuzz.ratio(word, other) for other in known), default=0.0) for word in wanted]
        return min(best, default=0.0)

    near = sorted(((nearness(metric), metric.name) for metric in metrics), key=lambda pair: (-pair[0], pair[1]))
    return list(dict.fromkeys(_quoted(called) for close, called in near if close >= _NEAR))[:4]


_NEAR = 70
"""How alike two words are, of 100, of which one may be a misspelling of the other."""


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def _some(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def days_of(text: str) -> tuple[date, date]:
    """The first and the last day of what people write for a time: `2018-03-19`, `2018-03`, `2018` or `2017/18`.

    Raises CannotDoError for anything else.
    """
    try:
        return _days(text.strip())
    except ValueError as error:
        raise CannotDoError(
            f"{text!r} is not a date that exists. Write a day (2018-03-19), a month (2018-03), a year (2018) "
            "or a financial year (2017/18)."
        ) from error


def _days(text: str) -> tuple[date, date]:
    if match := re.fullmatch(r"([0-9]{4})/([0-9]{2})", text):
        return _financial_year(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
        year, month = int(match[1]), int(match[2])
        first = date(year, month, 1)
        return first, date(year, month, calendar.monthrange(year, month)[1])
    if re.fullmatch(r"[0-9]{4}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    return day, day


def _financial_year(year: int, second: int) -> tuple[date, date]:
    if (year + 1) % 100 != second:
        raise ValueError(f"{year}/{second:02d} is no financial year")
    return date(year, 4, 1), date(year + 1, 3, 31)
