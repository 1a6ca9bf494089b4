"""Where the items of an agenda pack begin, by what a PDF says beside its words: bookmarks, stamps, page numbers.

Bookmarks alone prove nothing: those of one report are its sections, those of a merged file its pages or file names. They are
believed where they name the agenda, or where what they point to looks like the head of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final, NamedTuple


class Bookmark(NamedTuple):
    """A line of a PDF's outline: `level` 0 is outermost, `page` counts from 1."""

    title: str
    page: int
    level: int


class PackSigns(NamedTuple):
    """What a PDF says of its parts: its outline; by page the agenda item that is stamped on it; the number printed on it."""

    outline: tuple[Bookmark, ...] = ()
    stamps: Mapping[int, str] = {}
    printed: Mapping[int, int] = {}


NO_SIGNS: Final = PackSigns()


class Item(NamedTuple):
    """A document of a pack: the page it begins on, the agenda item's title where that is known, and whether it is only
    appended to the item before it."""

    page: int
    title: str | None
    appended: bool = False


class Listed(NamedTuple):
    """An item as the agenda's front sheet lists it, with the printed number of its first page."""

    number: str
    title: str
    first_page: int | None


_AGENDA: Final = re.compile(
    r"(?:public\s+|supplementary\s+|main\s+)*(?:agenda|summons)(?:\s+(?:front\s*sheet|document|pack|page|papers?|\d.*|[-–:].*))?|(?:agenda\s+)?front\s*sheet|public\s+document\s+pack",
    re.IGNORECASE,
)
_APPENDED: Final = re.compile(
    r"\b(?:app(?:endix|endices|x)?\b|annex(?:es)?\b|enc(?:losure)?s?\b|schedule\b|attachment\b|supplement(?:ary)?\b|eq(?:ia|uality\b))",
    re.IGNORECASE,
)
_JUNK: Final = re.compile(
    r"\W*|untitled.*|blank page|(?:page|p\.?|seite|bookmark|slide|sheet|section|_?toc)\W*[\dA-F_-]*|microsoft (?:word|excel|powerpoint) ?-.*|.*\.(?:docx?|pdf|xlsx?|pptx?|rtf|odt|html?)\W*|[\d\W]+|\w*\d{5,}\w*",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:agenda\s+)?(?:item\s*)?(?:no\.?\s*)?(?P<n>\d{1,3}\s?[a-z]?)\s*(?:[.):–-]\s*|\s+)(?=\S)", re.IGNORECASE
)
_SIZE: Final = re.compile(r"\W*\b(?:PDF|DOCX?)\s+[\d.,]+\s*[KM]B\b.*$", re.IGNORECASE)
_PAGES: Final = re.compile(
    r"\s*[(\[]?\s*(?:\b(?:pages?|pp?\.)\s*)?(?<!\S)[(\[]?(?:pages?\s+|pp?\.\s*)?(?P<first>\d{1,4})(?:\s*(?:[-–]|to)\s*\d{1,4})?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_FEWEST: Final = 2  # items that make a pack
_EVIDENT: Final = 0.5  # of the pages that bookmarks point to look like heads of reports


class Pages(NamedTuple):
    """What is known of the pages: the number of the last; near whose tops the words look like a report's masthead; the words near
    the top of each."""

    last: int
    heads: Set[int]
    tops: Mapping[int, str]


def items_of(signs: PackSigns, pages: Pages, listed: Sequence[Listed]) -> list[Item]:
    """The items of a pack from the top; none where nothing but a report's own parts is told. `listed` is what the front
    sheet lists."""
    found = _of_outline(signs, pages) or _of_page_numbers(signs, pages, listed)
    known = {item.page for item in found}
    stamped = [item for item in _of_stamps(signs) if item.page not in known]
    by_number = {one.number: one.title for one in listed}
    return sorted(_named(item, signs, by_number) for item in (*found, *stamped))


def _of_stamps(signs: PackSigns) -> Iterator[Item]:
    """The items by their stamps. One stamped on every page begins once; a number that comes again later is an appendix's."""
    seen: set[str] = set()
    for page, number in sorted(signs.stamps.items()):
        if signs.stamps.get(page - 1) != number:
            yield Item(page, None, appended=number in seen)
        seen.add(number)


def _named(item: Item, signs: PackSigns, by_number: Mapping[str, str]) -> Item:
    if item.title is None and not item.appended and (number := signs.stamps.get(item.page)):
        return item._replace(title=by_number.get(number))
    if item.title is not None and not item.appended:
        return item._replace(title=fuller(item.title, by_number.values()))
    return item


def _of_outline(signs: PackSigns, pages: Pages) -> list[Item]:
    outline = [one for one in signs.outline if 1 <= one.page <= pages.last]
    named = [one for one in outline if not _JUNK.fullmatch(one.title.strip())]
    top = _top_level(named)
    items = [one for one in named if one.level == top]
    agenda = [one for one in items if _AGENDA.fullmatch(one.title.strip())]
    front = {one.page for one in agenda} or {1}
    starts = {one.page for one in items if not _APPENDED.search(one.title)} - front
    evident = pages.heads | signs.stamps.keys()
    for_each_page = pages.last > _FEWEST and len({one.page for one in outline}) == pages.last
    likely = not for_each_page and len(starts & evident) >= max(_FEWEST, _EVIDENT * len(starts))
    if not starts or not (agenda or likely):
        return []
    return _starts_of(named, top, front)


def _top_level(outline: Sequence[Bookmark]) -> int:
    """The level of the items: the outermost with several, for one bookmark around all is the whole file's."""
    levels = [one.level for one in outline]
    return next((level for level in sorted(set(levels)) if levels.count(level) >= _FEWEST), 0)


def _starts_of(outline: Iterable[Bookmark], top: int, front: Set[int]) -> list[Item]:
    """The items and what is appended to them, one a page; items that have no paper point to the agenda's own page."""
    found: dict[int, Item] = {}
    title: str | None = None
    for one in outline:
        appended = _APPENDED.search(one.title) is not None
        if one.page in front or one.page in found or one.level > top + 1 or (one.level == top + 1 and not appended):
            continue
        appended = appended and title is not None
        title = title if appended else item_title(one.title)
        found[one.page] = Item(one.page, title, appended)
    return list(found.values())


def _of_page_numbers(signs: PackSigns, pages: Pages, listed: Sequence[Listed]) -> list[Item]:
    """The items whose first pages the front sheet gives, where most of the pages with those numbers on them begin as the items do."""
    page_of: dict[int, int] = {}
    for page, number in signs.printed.items():
        page_of.setdefault(number, page)
    pointed = [(page_of[one.first_page], one) for one in listed if one.first_page in page_of]
    evident = [
        (page, one) for page, one in pointed if page in pages.heads | signs.stamps.keys() or _opens(page, one, pages)
    ]
    if len(evident) < max(_FEWEST, _EVIDENT * len(pointed)):
        return []
    found: dict[int, Item] = {}
    for page, one in evident:
        if page > max(found, default=1):
            found[page] = Item(page, one.title)
    return list(found.values())


def _opens(page: int, one: Listed, pages: Pages) -> bool:
    """Whether the item's title stands near the top of the page."""
    return squashed(one.title) in squashed(pages.tops.get(page, ""))


def item_title(written: str) -> str:
    """An item's title without its number and what a site sets behind it: "Item 5 - Fostering PDF 233 KB" is "Fostering"."""
    words = _SIZE.sub("", " ".join(written.split()))
    return words[m.end() :] if (m := _NUMBER.match(words)) and m.end() < len(words) else words


def listed_items(lines: Iterable[str]) -> list[Listed]:
    """The items that an agenda's lines list: "7. Fostering update (Pages 5 - 20)", "4 Minutes 3 - 6"."""
    found = []
    for line in lines:
        words = " ".join(line.split())
        number = _NUMBER.match(words)
        if number is None or len(words) > 400:
            continue
        title = words[number.end() :]
        pages = _PAGES.search(title)
        if pages is not None:
            title = title[: pages.start()]
        if len(title.split()) >= 1 and title[:1].isalnum():
            first = int(pages["first"]) if pages is not None else None
            found.append(Listed(number["n"].replace(" ", "").casefold(), title.rstrip(" .,;:-–"), first))
    return found


def fuller(title: str, others: Iterable[str | None]) -> str:
    """The title, whole where a bookmark cut it short and another place has all of it."""
    begun = squashed(title)
    for other in others:
        if (
            other
            and len(begun) >= 20
            and (squashed(other).startswith(begun) or squashed(item_title(other)).startswith(begun))
        ):
            return item_title(other) if len(squashed(other)) > len(begun) else title
    return title


def squashed(title: str) -> str:
    """The letters and digits of a title alone, so that dashes and line ends make no difference."""
    return re.sub(r"[^a-z0-9]", "", title.casefold())
