"""The parts of a Word file as trees of XML, and the names in them (ECMA-376, Part 1, WordprocessingML)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

Element = etree._Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF: Final = ("0", "false", "off", "none")


class PartError(ValueError):
    """A part that is no XML."""


class Parts(NamedTuple):
    """What a Word file's words are read from. `margins` are the headers and then the footers of its pages."""

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None
    margins: tuple[Element, ...]


def parse_part(content: bytes) -> Element:
    """The tree of a part. Nothing that it names elsewhere is fetched, no entity put in its place. Raises PartError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PartError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PartError("a part of a Word file declares no document type")
    return root


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return _W + name


def value(element: Element | None, attribute: str = "val") -> str | None:
    return None if element is None else element.get(_W + attribute)


def number(element: Element | None, otherwise: int = 0) -> int:
    """An element's value as a whole number; a small one, as levels and spans are."""
    text = value(element) or ""
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def first(element: Element | None, *path: str) -> Element | None:
    """The first element at a path of names below an element."""
    for name in path:
        if element is None:
            return None
        element = element.find(_W + name)
    return element


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None where nothing is said of it."""
    found = first(properties, name)
    return None if found is None else value(found) not in _OFF


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """The elements of WordprocessingML within an element, by their short names; others by their full ones."""
    for child in element:
        yield child.tag.removeprefix(_W), child
