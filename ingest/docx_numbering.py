"""The numbers that Word sets before paragraphs by itself: 3.24, (a), •. They stand in no paragraph and are counted here."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ingest.docx_parts import Element, Parts, first, is_on, number, value, w
from ingest.docx_styles import Listed
from ingest.list_marks import number_in

_LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_LETTERS: Final = ("lowerLetter", "upperLetter", "lowerRoman", "upperRoman")


class _Level(NamedTuple):
    """One level of a list: how its number is written and where it starts. `restart` is the level (from 1) that starts it
    anew, 0 for none, None for any above it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str | None = None


class Mark(NamedTuple):
    """What stands before a paragraph, and its level as a list item: 0 where it numbers a paragraph."""

    text: str
    level: int


class Numbering:
    """A file's lists, and how far each has counted: paragraphs are to be asked for in their order."""

    def __init__(self, parts: Parts) -> None:
        root = parts.numbering
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._abstract_of: dict[int, str] = {}
        self._starts: dict[int, dict[int, int]] = {}
        self._levels: dict[int, dict[int, _Level]] = {}
        self._counts: dict[str, list[int]] = {}
        self._used: set[int] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        linked: dict[str, str] = {}  # lists that only name the style in which the list is defined
        defined: dict[str, str] = {}
        for abstract in root.iterchildren(w("abstractNum")):
            name = value(abstract, "abstractNumId") or ""
            self._abstract[name] = _levels_of(abstract)
            linked[name] = value(first(abstract, "numStyleLink")) or ""
            if style := value(first(abstract, "styleLink")):
                defined[style] = name
        for num in root.iterchildren(w("num")):
            list_id = _id_of(num)
            name = value(first(num, "abstractNumId")) or ""
            name = defined.get(linked.get(name, ""), name)
            self._abstract_of[list_id] = name
            self._starts[list_id], own = _overrides(num)
            self._levels[list_id] = {**self._abstract.get(name, {}), **own}

    def level_of_style(self, list_id: int, style_id: str) -> int | None:
        """The level of a list that is meant for paragraphs of a style."""
        levels = self._levels.get(list_id, {})
        return next((n for n, level in levels.items() if level.style and level.style == style_id), None)

    def next_mark(self, listed: Listed) -> Mark | None:
        """The mark of the next paragraph of a list; None where the list is none."""
        levels = self._levels.get(listed.list_id)
        if levels is None:
            return None
        level = levels.get(listed.level, _Level(form="none"))
        counts = self._count(listed, levels)
        if level.form == "bullet":
            return Mark("•", listed.level + 1 - _numbered_above(listed.level, levels))
        if level.form == "none" and not level.text:
            return None
        text = _PLACE.sub(lambda m: _written(int(m[1]) - 1, counts, levels, legal=level.legal), level.text).strip()
        lettered = level.form in _LETTERS and not any(c.isdecimal() for c in text)
        return Mark(text, listed.level + 1 - _numbered_above(listed.level, levels) if lettered else 0)

    def _count(self, listed: Listed, levels: dict[int, _Level]) -> list[int]:
        name = self._abstract_of[listed.list_id]
        counts = self._counts.setdefault(name, [-1] * _LEVELS)
        if listed.list_id not in self._used:
            self._used.add(listed.list_id)
            for level in self._starts[listed.list_id]:
                counts[level] = -1
        at = listed.level
        if counts[at] < 0:
            counts[at] = self._starts[listed.list_id].get(at, levels.get(at, _Level()).start)
        else:
            counts[at] += 1
        for below in range(at + 1, _LEVELS):
            restart = levels.get(below, _Level()).restart
            if restart is None or at + 1 <= restart:
                counts[below] = -1
        return counts


def _written(at: int, counts: list[int], levels: dict[int, _Level], *, legal: bool) -> str:
    level = levels.get(at, _Level())
    count = counts[at] if counts[at] >= 0 else level.start
    return str(count) if legal else number_in(level.form, count)


def _numbered_above(at: int, levels: dict[int, _Level]) -> int:
    """How many levels above one number paragraphs: (a) below 3.24 is a list's outermost level."""
    return sum(levels.get(above, _Level()).form in ("decimal", "decimalZero") for above in range(at))


def _levels_of(definition: Element) -> dict[int, _Level]:
    found = {}
    for level in definition.iterchildren(w("lvl")):
        at = value(level, "ilvl") or ""
        if at.isdecimal() and int(at) < _LEVELS:
            found[int(at)] = _level(level)
    return found


def _level(level: Element) -> _Level:
    restart = first(level, "lvlRestart")
    return _Level(
        number(first(level, "start"), 0),
        value(first(level, "numFmt")) or "decimal",
        value(first(level, "lvlText")) or "",
        bool(is_on(level, "isLgl")),
        number(restart) if restart is not None else None,
        value(first(level, "pStyle")),
    )


def _overrides(num: Element) -> tuple[dict[int, int], dict[int, _Level]]:
    """Where a list starts anew, and the levels that it writes its own way."""
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in num.iterchildren(w("lvlOverride")):
        at = value(override, "ilvl") or ""
        if not at.isdecimal() or int(at) >= _LEVELS:
            continue
        if (own := first(override, "lvl")) is not None:
            levels[int(at)] = _level(own)
        if (start := first(override, "startOverride")) is not None:
            starts[int(at)] = number(start)
    return starts, levels


def _id_of(num: Element) -> int:
    text = value(num, "numId") or ""
    return int(text) if text.isdecimal() else -1
