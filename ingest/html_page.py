"""What of a web page people came for: its main content, without navigation, banners, forms and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

Element = etree._Element

_NEVER_SHOWN: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "button",
        "input",
        "select",
        "option",
        "textarea",
        "label",
        "datalist",
        "title",
        "meta",
        "link",
        "base",
    ]
)
_NOT_CONTENT: Final = frozenset(("nav", "aside", "footer"))
_ROLES: Final = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar")
)
_CHROME: Final = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "breadcrumb",
        "breadcrumbs",
        "cookie",
        "cookies",
        "banner",
        "footer",
        "sidebar",
        "skip",
        "skiplink",
        "skiplinks",
        "social",
        "share",
        "pagination",
        "toolbar",
        "search",
        "topbar",
    ]
)
_UNSEEN: Final = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "hidden"))
_MAIN_NAMES: Final = frozenset(
    ("content", "main", "main-content", "maincontent", "page-content", "modgov", "mgcontent", "article")
)
_HIDING: Final = ("display:none", "visibility:hidden", "mso-hide:all")
_SHARE: Final = 0.3  # of a page's words that its main content holds at least
_MOST_CHROME: Final = 0.5  # of the content's words: what holds more is content, whatever its name
_LINKS: Final = 0.8  # of a list's words that stand in links, where it is a menu
_FEWEST_LINKS: Final = 4


class MainContent(NamedTuple):
    """The element that holds a page's content, and the words of the page's own header that stands beside it."""

    element: Element
    beside: tuple[str, ...]


def style_of(element: Element) -> str:
    """An element's own style, in small letters and without spaces."""
    return re.sub(r"\s+", "", (element.get("style") or "").casefold())


def class_words(element: Element) -> Iterator[list[str]]:
    """The words of an element's id and of each of its classes: `mgBreadcrumb` and `site-nav` are two words each."""
    for name in (element.get("id") or "", *(element.get("class") or "").split()):
        words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
        if words:
            yield [word.casefold() for word in words]


def is_hidden(element: Element) -> bool:
    """Whether a browser would not show the element."""
    if element.tag in _NEVER_SHOWN or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = style_of(element)
    if any(hiding in style for hiding in _HIDING):
        return True
    return any(name.casefold() in _UNSEEN for name in (element.get("class") or "").split())


def is_chrome(element: Element) -> bool:
    """Whether an element is what every page of a site has: navigation, banners, a footer, a form's buttons."""
    if element.tag in _NOT_CONTENT or (element.get("role") or "") in _ROLES:
        return True
    if element.tag == "a":
        return (element.get("href") or "").startswith("#") and _text(element).casefold().startswith("skip to")
    return element.tag not in ("html", "body", "main", "article", "table") and any(
        words[-1] in _CHROME for words in class_words(element)
    )


def main_content(root: Element) -> MainContent:
    """The part of a page that holds its content: what the page itself marks as such, else its body without menus.

    What is on every page of the site is emptied.
    """
    etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
    body = next(root.iter("body"), root)
    lengths = _lengths(body)
    for element in _marked(body):
        if lengths[element] >= _SHARE * lengths[body] and not _within_chrome(element):
            _empty_chrome(element, lengths)
            return MainContent(element, tuple(_header_words(body)))
    for menu in [element for element in body.iter("ul", "ol") if _is_menu(element, lengths)]:
        _empty(menu)
    _empty_chrome(body, lengths)
    return MainContent(body, ())


def _empty(element: Element) -> None:
    """Takes out what an element holds; the text behind it, which lxml counts to it, stays."""
    del element[:]
    element.text = None


def _lengths(body: Element) -> dict[Element, int]:
    """How many characters of words each element holds, the elements within it included."""
    lengths: dict[Element, int] = {}
    for element in reversed(list(body.iter())):
        within = sum(lengths[child] + _length(child.tail) for child in element)
        lengths[element] = _length(element.text) + within
    return lengths


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _empty_chrome(content: Element, lengths: dict[Element, int]) -> None:
    for element in [one for one in content.iterdescendants() if is_chrome(one)]:
        if lengths[element] <= _MOST_CHROME * lengths[content]:
            _empty(element)


def _marked(body: Element) -> Iterator[Element]:
    yield from body.iter("main")
    yield from (element for element in body.iter("div", "section", "form", "td") if element.get("role") == "main")
    articles = list(body.iter("article"))
    if len(articles) == 1:
        yield articles[0]
    for element in body.iter("div", "section", "td"):
        names = {(element.get("id") or "").casefold(), *(element.get("class") or "").casefold().split()}
        if names & _MAIN_NAMES:
            yield element


def _within_chrome(element: Element) -> bool:
    return any(is_hidden(above) or is_chrome(above) for above in element.iterancestors())


def _header_words(body: Element) -> Iterator[str]:
    """What the page's banner says, for the name of the council."""
    for header in body.iter("header"):
        yield _text(header)[:300]


def _is_menu(element: Element, lengths: dict[Element, int]) -> bool:
    links = list(element.iter("a"))
    return len(links) >= _FEWEST_LINKS and sum(lengths[link] for link in links) >= _LINKS * lengths[element]


def _text(element: Element) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split())
