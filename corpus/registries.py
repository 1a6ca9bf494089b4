"""What papers speak of: English councils with children's services, bodies to compare with, indicators, acronyms.

The tables are the CSV files beside this module. They are read once a process, in a few milliseconds, and handed out as
tuples of frozen records, so that nobody can change them by accident. Codes of councils are the ONS' GSS codes in force
now (or at the council's end); where a boundary change renumbered a council, the present number stands.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

HERE: Final = Path(__file__).resolve().parent

CouncilKind = Literal["county", "unitary", "metropolitan", "london", "sui_generis"]
BodyKind = Literal["national", "neighbours", "regional", "other"]
Better = Literal["higher", "lower"]
Timing = Literal["at_date", "in_year"]

_WORDS: Final = frozenset({"barking", "brent", "bury", "hull", "reading", "redcar", "slough", "stoke", "york"})
_SURNAMES: Final = frozenset({"bedford", "bolton", "bradford", "derby", "kent", "kingston", "norfolk", "richmond"})
AMBIGUOUS_NAMES: Final = _WORDS | _SURNAMES | {"sutton", "telford", "westminster"}
"""Names of councils, case-folded, that are also words, surnames or towns: alone they name no council for sure."""

_COUNCIL_KINDS: Final[dict[str, CouncilKind]] = {
    "county": "county",
    "unitary": "unitary",
    "metropolitan": "metropolitan",
    "london": "london",
    "sui_generis": "sui_generis",
}
_BODY_KINDS: Final[dict[str, BodyKind]] = {
    "national": "national",
    "neighbours": "neighbours",
    "regional": "regional",
    "other": "other",
}
_BETTER: Final[dict[str, Better | None]] = {"higher": "higher", "lower": "lower", "": None}
_TIMINGS: Final[dict[str, Timing | None]] = {"at_date": "at_date", "in_year": "in_year", "": None}


@dataclass(frozen=True, slots=True)
class Council:
    """A local authority in England that has, or had since 2012, responsibility for children's services."""

    code: str
    """GSS code of the Office for National Statistics, empty where it is not known for sure."""
    short_name: str
    """What people say, and what records carry: ``Rutland``."""
    official_name: str
    kind: CouncilKind
    active_from: date | None
    """First day of the council in this form, where known."""
    active_to: date | None
    """Last day, for a council that was abolished; ``None`` for one that exists."""
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body other than a council, or an average, whose figure a paper sets beside its own.

    ``England`` is one, and ``statistical neighbours``.
    """

    short_name: str
    kind: BodyKind
    phrases: tuple[str, ...]
    """Plain words that name it, in the paper's spelling; compare without regard to case, the longest first."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure with a public or customary definition, and what tells it from measures in the same words."""

    key: str
    name: str
    aliases: tuple[str, ...]
    """Its names in papers."""
    shared_names: tuple[str, ...]
    """Those of its names that papers use of other measures too: alone they do not say which is meant."""
    wordings: tuple[str, ...]
    """What sentences and table rows say of it, in words of our own: good for knowing it, too long for a name."""
    unit: str
    """Unit as in the export: ``percent``, ``per_10k``, ``count``, ``days`` ..."""
    better: Better | None
    """Which way is better; ``None`` where neither is."""
    source: str
    """Where the definition stands (LAIT is the Department for Education's local authority tool), or ``local``."""
    denominator: str
    """What the share or rate is of, in plain words; empty for counts."""
    age_band: str
    timing: Timing | None
    """Taken at a date, or over the year (or the year to date)."""
    look_alikes: tuple[str, ...]
    """Keys of indicators that papers name in the same words."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form of the field. Where it has several meanings, the unit of the values beside it tells which."""

    short: str
    meaning: str
    units: frozenset[str]
    """Units of which it is said so; empty for any."""


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables, by column."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(cell: str) -> tuple[str, ...]:
    """The members of a cell that holds several, separated by ``|``."""
    return tuple(part for raw in cell.split("|") if (part := raw.strip()))


def _day(cell: str) -> date | None:
    """An ISO date, or nothing."""
    return date.fromisoformat(cell) if cell else None


@cache
def councils() -> tuple[Council, ...]:
    """All councils, in the order of their codes."""
    return tuple(
        Council(
            code=row["code"],
            short_name=row["short_name"],
            official_name=row["official_name"],
            kind=_COUNCIL_KINDS[row["kind"]],
            active_from=_day(row["active_from"]),
            active_to=_day(row["active_to"]),
            aliases=_split(row["aliases"]),
        )
        for row in _rows("councils.csv")
    )


@cache
def bodies() -> tuple[Body, ...]:
    """All other bodies whose figures papers quote."""
    return tuple(
        Body(row["short_name"], _BODY_KINDS[row["kind"]], _split(row["phrases"])) for row in _rows("bodies.csv")
    )


@cache
def indicators() -> tuple[Indicator, ...]:
    """The indicator table, in its own order."""
    return tuple(
        Indicator(
            key=row["key"],
            name=row["name"],
            aliases=_split(row["aliases"]),
            shared_names=_split(row["shared_names"]),
            wordings=_split(row["wordings"]),
            unit=row["unit"],
            better=_BETTER[row["better"]],
            source=row["source"],
            denominator=row["denominator"],
            age_band=row["age_band"],
            timing=_TIMINGS[row["timing"]],
            look_alikes=_split(row["look_alikes"]),
        )
        for row in _rows("indicators.csv")
    )


@cache
def acronyms() -> tuple[Acronym, ...]:
    """The field's short forms."""
    return tuple(
        Acronym(row["acronym"], row["meaning"], frozenset(_split(row["units"]))) for row in _rows("acronyms.csv")
    )


_FORMS: Final[dict[CouncilKind, tuple[str, ...]]] = {
    "county": ("{} County Council", "{} Council", "{} CC"),
    "unitary": ("{} Council", "{} Borough Council", "{} City Council", "{} BC", "Borough of {}"),
    "metropolitan": (
        "{} Council",
        "{} Metropolitan Borough Council",
        "{} MBC",
        "{} Borough Council",
        "{} City Council",
    ),
    "london": (
        "{} Council",
        "London Borough of {}",
        "London Borough {}",
        "LB {}",
        "LB of {}",
        "{} London Borough",
        "{} London Borough Council",
        "Royal Borough of {}",
        "{} Borough Council",
    ),
    "sui_generis": ("{} Council",),
}
"""How a council's name is built from its short name; which form is right in law a reader of papers need not know."""


def _spellings(name: str) -> tuple[str, ...]:
    """A name with ``and`` or ``&``, with hyphens or blanks: ``Stoke-on-Trent``, ``Stoke on Trent``."""
    variants = [
        name,
        name.replace(" and ", " & "),
        name.replace("-on-", " on "),
        name.replace(" upon ", "-upon-"),
        name.replace("'", "’"),
    ]
    return tuple(dict.fromkeys(variants))


def _surface_names(council: Council) -> Iterator[str]:
    """Every name a council goes by, the surest first."""
    said = (council.short_name, council.official_name, *council.aliases)
    for name in said:
        yield from _spellings(name)
    if not council.short_name.endswith(" County"):  # the predecessor of a unitary that kept the county's name
        for form in _FORMS[council.kind]:
            yield from _spellings(form.format(council.short_name))


@cache
def council_names() -> MappingProxyType[str, Council]:
    """Case-folded surface name to council.

    Names that are written in the table win over names that are built by rule, so that "Dorset County Council" is the
    county that ended in 2019 and "Dorset Council" its successor.
    """
    names: dict[str, Council] = {}
    for council in councils():
        for name in (council.short_name, council.official_name, *council.aliases):
            for spelling in _spellings(name):
                names.setdefault(spelling.casefold(), council)
    for council in councils():
        for name in _surface_names(council):
            names.setdefault(name.casefold(), council)
    return MappingProxyType(names)


@cache
def council_by_short_name() -> MappingProxyType[str, Council]:
    """Short name, as records carry it, to council."""
    return MappingProxyType({council.short_name: council for council in councils()})


@cache
def body_phrases() -> MappingProxyType[str, Body]:
    """Case-folded phrase to body."""
    return MappingProxyType({phrase.casefold(): body for body in bodies() for phrase in body.phrases})


@cache
def indicator_by_key() -> MappingProxyType[str, Indicator]:
    """Key to indicator."""
    return MappingProxyType({indicator.key: indicator for indicator in indicators()})
