"""What of a PDF could not be read, and how that is told: pages that say the same are told together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schema.evidence import Box
from schema.paper import PAGE_WITHOUT_TEXT, Unread


@dataclass
class ReadingReport:
    """What becomes of a PDF's pages while they are read. `notes` are said of the whole file."""

    places: list[Unread] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def lose(self, page: int, why: str, bbox: Box | None = None) -> None:
        """A page gave no text."""
        self.places.append(Unread(page=page, bbox=bbox, reason=PAGE_WITHOUT_TEXT, why=why))

    def hide(self, page: int, words: int) -> None:
        """Words of a page were left out because no reader sees them."""
        self.notes.append(f"page {page}: {words} words that no reader sees (hidden text) were left out")

    def in_words(self, tables: Iterable[Unread]) -> tuple[str, ...]:
        """The report for people, a line for each thing that is wrong, with the pages where it is."""
        reasons: dict[str, list[int]] = defaultdict(list)
        for place in [*self.places, *tables]:
            reasons[place.why].append(place.page)
        said = [f"{pages_in_words(sorted(set(pages)))}: {why}" for why, pages in reasons.items()]
        if self.blank:
            said.append(f"{pages_in_words(self.blank)}: blank, no text and no picture")
        return (*said, *self.notes)


def pages_in_words(pages: Sequence[int]) -> str:
    """ "page 3", "pages 2, 4 to 7 and 9": page numbers in order, without repetition."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    parts = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    last = parts.pop()
    before = f"{', '.join(parts)} and " if parts else ""
    return f"{'page' if len(pages) == 1 else 'pages'} {before}{last}"
