"""Places that a check finds in the stored text itself, as evidence like that of any record."""

from __future__ import annotations

from audit.case import Case
from schema.evidence import Evidence
from schema.page_boxes import around, boxes_of
from schema.paper import Page


def page_of(case: Case, place: Evidence) -> Page | None:
    """The page that a place stands on, where its text is known."""
    return next((page for page in case.pages.get(place.sha256, ()) if page.number == place.page), None)


def place_in_page(case: Case, beside: Evidence, start: int, end: int) -> Evidence:
    """`page.text[start:end]` of the page that `beside` stands on, in its paragraph. Raises ValueError for a page that is
    not known."""
    page = page_of(case, beside)
    if page is None:
        raise ValueError(f"the text of {beside.paper} is not at hand")
    boxes = boxes_of(page.boxes, start, end)
    return beside.model_copy(
        update={
            "start": start,
            "end": end,
            "text": page.text[start:end],
            "bbox": around(boxes),
            "boxes": boxes if len(boxes) > 1 else (),
        }
    )
