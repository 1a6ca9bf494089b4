"""Where a record was read: its words in their sentence, or a picture of the place on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.asking import open_to_ask
from app.commands import print_lines, say
from app.layout import one_line
from app.listings import place_in_words
from app.refusing import CannotDoError
from app.writing import write_bytes_whole

if TYPE_CHECKING:
    from db.places import Placed
    from db.store import Store
    from schema.evidence import Evidence

_MOST: Final = 12
"""Places in one picture; an inspection may be spoken of in a hundred."""
_FEWEST: Final = 4
"""Characters of an id that tell records apart in a store of some size."""


def run_evidence(database: str, record: str, output: Path | None, password: str | None) -> None:
    """Prints where the record was read, or draws it into a file."""
    with open_to_ask(database) as store:
        found = record_called(store, record)
        if output is None:
            print_lines(line for place in found.evidence for line in place_lines(place))
            say("With -o FILE.png the place is drawn, for a paper that is a PDF.")
            return
        _draw(store, found, output, password)


def record_called(store: Store, start: str) -> Placed:
    """The record whose id starts so. Raises CannotDoError where there is none, or more than one."""
    start = start.strip().lower()
    if len(start) < _FEWEST:
        raise CannotDoError(
            f"{start!r} is too short to tell records apart. Give at least {_FEWEST} characters of the id."
        )
    found = store.records_called(start)
    if not found:
        raise CannotDoError(
            f"No record that stands in a paper has an id starting with {start}. `tally show PAPER --format jsonl` "
            "prints those of one paper with their ids, `tally export` those of all."
        )
    if len(found) > 1:
        named = ", ".join(f"{one.id} ({one.kind} {one_line(one.evidence[0].text)[:30]})" for one in found[:6])
        raise CannotDoError(f"{len(found)} records have ids starting with {start}: {named}. Give more of the id.")
    return found[0]


def place_lines(place: Evidence) -> Iterator[str]:
    """The paper and the place in it, and the sentence or row with what was read between brackets."""
    yield f"{one_line(place.paper)} {place_in_words(place.paragraph, place.page)}".rstrip()
    yield f"    {marked_quote(place)}"


def marked_quote(place: Evidence) -> str:
    """The quote with what was read in it between `[[` and `]]`; as it stands where the words are not in it."""
    quote, text = one_line(place.quote), one_line(place.text)
    before, found, after = quote.partition(text) if text else (quote, "", "")
    return f"{before}[[{found}]]{after}" if found else quote


def _draw(store: Store, record: Placed, output: Path, password: str | None) -> None:
    from app.evidence_image import draw_place, stacked

    if output.suffix.lower() != ".png":
        raise CannotDoError(f"{output} does not end in .png. Pictures are written as PNG: name such a file.")
    shown = [place for place in record.evidence if place.page is not None and _is_pdf(store, place)]
    if not shown:
        raise CannotDoError(_no_picture(record.evidence))
    parts = [draw_place(place, store.original(place.sha256), password) for place in shown[:_MOST]]
    write_bytes_whole(output, stacked(parts))
    if len(shown) > _MOST:
        say(f"{record.id} was read in {len(shown)} places; the first {_MOST} are drawn.")


def _is_pdf(store: Store, place: Evidence) -> bool:
    return store.find_paper(place.sha256).reader == "pdf"


def _no_picture(places: Sequence[Evidence]) -> str:
    words = " / ".join(marked_quote(place) for place in places[:3])
    return (
        f"{places[0].paper} is no PDF: it has no pages that could be drawn. Leave out -o to print where the record was "
        f"read: {words}"
    )
