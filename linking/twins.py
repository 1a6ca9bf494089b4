"""Reports that are one report: put to two meetings, or alone and within a pack."""

from __future__ import annotations

import heapq
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

from schema.paper import Block, Paper, ReportKind
from schema.records import Extraction, Figure, PaperRecord

_SHINGLE = 5  # words in a row
_SKETCH = 256  # hashes kept of a report
_FEWEST_WORDS = 40
_WORD = re.compile(r"[a-z0-9£%.]+")
_ABOVE_ALL = 1 << 32
SAME_REPORT = 0.55
"""Share of five-word runs that two reports have in common from which they are one report with edits. Next quarter's report,
which keeps the standing paragraphs of the last, stays below it."""


def sketches(paper: Paper) -> tuple[tuple[int, ...], ...]:
    """For each report of a paper a sketch of its words: the smallest hashes of its five-word runs (bottom-k sketch; Broder
    1997, "On the resemblance and containment of documents"). Front sheets and short reports have an empty one."""
    return tuple(
        _sketch(_texts(paper, index)) if report.kind is not ReportKind.FRONT_SHEET else ()
        for index, report in enumerate(paper.reports)
    )


def _texts(paper: Paper, index: int) -> Iterator[str]:
    for part in paper.body:
        if part.report == index:
            yield from [part.text] if isinstance(part, Block) else (cell.text for row in part.rows for cell in row)


def _sketch(texts: Iterable[str]) -> tuple[int, ...]:
    """The smallest hashes, kept as they come: of a pack of 500 pages not all runs need be in memory."""
    last: list[bytes] = []
    smallest: set[int] = set()
    bound, count = _ABOVE_ALL, 0
    for text in texts:
        words = _WORD.findall(text.casefold())
        count += len(words)
        last += map(str.encode, words)
        runs = zip(*(last[i:] for i in range(_SHINGLE)), strict=False)
        smallest.update(run for run in map(zlib.crc32, map(b" ".join, runs)) if run < bound)
        last = last[1 - _SHINGLE :]
        if len(smallest) > 4 * _SKETCH:
            smallest = set(heapq.nsmallest(_SKETCH, smallest))
            bound = max(smallest)
    return tuple(heapq.nsmallest(_SKETCH, smallest)) if count >= _FEWEST_WORDS else ()


def resemblance(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimated share of five-word runs that two sketched reports have in common, 0 to 1."""
    if not a or not b:
        return 0.0
    smallest = sorted(set(a) | set(b))[: min(_SKETCH, max(len(a), len(b)))]
    both = set(a) & set(b)
    return sum(h in both for h in smallest) / len(smallest)


def same_papers(papers: Sequence[PaperRecord]) -> dict[str, tuple[str, ...]]:
    """Which papers hold the same report: sha256 to those of all that do, its own included, in the order of `papers`."""
    groups: dict[str, set[str]] = {}
    for i, first in enumerate(papers):
        for second in papers[i + 1 :]:
            if any(resemblance(a, b) >= SAME_REPORT for a in first.sketches for b in second.sketches):
                groups.setdefault(first.sha256, {first.sha256}).add(second.sha256)
                groups.setdefault(second.sha256, {second.sha256}).add(first.sha256)
    order = {p.sha256: n for n, p in enumerate(papers)}
    return {sha: tuple(sorted(others, key=lambda s: order[s])) for sha, others in groups.items()}


def repeated_statements(extractions: Sequence[Extraction], same: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Figures of a twin that only repeat the first paper's: figure id to the id of the figure it repeats.

    A figure repeats another where the same sentence or row states the same value of the same thing.
    """
    first_said: dict[tuple[object, ...], Figure] = {}
    repeats: dict[str, str] = {}
    by_sha = {e.paper.sha256: e for e in extractions}
    for extraction in extractions:
        sha = extraction.paper.sha256
        earlier = [s for s in same.get(sha, ()) if s in by_sha]
        if len(earlier) < 2:
            continue
        for figure, key in _keyed(extraction.figures, earlier[0]):
            known = first_said.setdefault(key, figure)
            if known.evidence.sha256 != sha:
                repeats[figure.id] = known.id
    return repeats


def _keyed(figures: Sequence[Figure], group: str) -> Iterator[tuple[Figure, tuple[object, ...]]]:
    """Figures with what makes a repetition: the sentence's words, the value and which occurrence of both it is."""
    seen: dict[tuple[object, ...], int] = {}
    for f in figures:
        key = (group, re.sub(r"\W+", " ", f.evidence.quote.casefold()).strip(), f.evidence.text, f.unit, f.role)
        seen[key] = seen.get(key, 0) + 1
        yield f, (*key, seen[key])
