"""What a Word file's styles say of a paragraph: heading, list, bold, hidden. A style has what the style it is based on has."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, TypeVar

from ingest.docx_parts import Element, Parts, first, is_on, number, value, w

_LEVELS: Final = 9
_DEEPEST: Final = 30  # styles based on each other
_HEADING: Final = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_CONTENTS: Final = re.compile(
    r"(?:toc|table of figures|table of authorities|index)\b ?\d?(?!\w*heading)", re.IGNORECASE
)

_Said = TypeVar("_Said")


class Listed(NamedTuple):
    """The list that a paragraph belongs to; 0 is none. `level` counts from 0."""

    list_id: int
    level: int


class Style(NamedTuple):
    """What a style says; None where it says nothing. `outline` is a heading's depth, 1 outermost, and 0 for no heading."""

    name: str = ""
    outline: int | None = None
    listed: Listed | None = None
    bold: bool | None = None
    hidden: bool | None = None

    @property
    def is_contents(self) -> bool:
        """Whether a style is that of a line in a list of contents."""
        return _CONTENTS.match(self.name) is not None


def read_styles(parts: Parts) -> dict[str, Style]:
    """The styles by their ids; the default style of paragraphs is named by the empty id."""
    raw: dict[str, Element] = {}
    default = ""
    for style in parts.styles.iterchildren(w("style")) if parts.styles is not None else ():
        style_id = value(style, "styleId") or ""
        raw[style_id] = style
        if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
            default = style_id
    styles = {style_id: _style(style_id, raw, 0) for style_id in raw}
    return {**styles, "": styles.get(default, Style())}


def _style(style_id: str, raw: dict[str, Element], depth: int) -> Style:
    style = raw.get(style_id)
    if style is None or depth > _DEEPEST:
        return Style()
    base = _style(value(first(style, "basedOn")) or "", raw, depth + 1)
    name = value(first(style, "name")) or style_id
    paragraph, words = first(style, "pPr"), first(style, "rPr")
    return Style(
        name,
        _first(_outline(name, paragraph), base.outline),
        _first(listed_in(paragraph), base.listed),
        _first(is_on(words, "b"), base.bold),
        _first(is_on(words, "vanish"), base.hidden),
    )


def _first(own: _Said | None, inherited: _Said | None) -> _Said | None:
    return inherited if own is None else own


def _outline(name: str, properties: Element | None) -> int | None:
    if heading := _HEADING.fullmatch(name):
        return int(heading[1])
    if name.casefold() == "title":
        return 1
    return outline_of(properties)


def outline_of(properties: Element | None) -> int | None:
    """The heading's depth that a paragraph's properties state; Word's tenth level is body text."""
    stated = first(properties, "outlineLvl")
    if stated is None:
        return None
    level = number(stated, _LEVELS)
    return level + 1 if level < _LEVELS else 0


def listed_in(properties: Element | None) -> Listed | None:
    """The list that a paragraph's properties put it in. A level alone is one of the style's list, whose id is then -1."""
    stated = first(properties, "numPr")
    if stated is None:
        return None
    list_id = first(stated, "numId")
    return Listed(number(list_id) if list_id is not None else -1, min(_LEVELS - 1, number(first(stated, "ilvl"))))
