"""The edges that rule a page: strokes, thin filled rectangles and the sides of rectangles, snapped and joined."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ingest.pdf_characters import PageObjects
from ingest.pdf_shapes import Rect
from schema.evidence import Box

SNAP: Final = 2.5  # points within which parallel edges are one
TOUCH: Final = 3.0  # points by which edges that meet may miss each other
_THIN: Final = 3.0  # a rectangle no thicker than this is a line
_SHORT: Final = 4.0  # no edge of a table is shorter


class Edge(NamedTuple):
    """An edge at `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass
class Ruling:
    """Edges that hang together: levels (`at` is y) and uprights (`at` is x)."""

    levels: list[Edge] = field(default_factory=list)
    uprights: list[Edge] = field(default_factory=list)

    @property
    def bbox(self) -> Box:
        xs = [u.at for u in self.uprights] + [e for edge in self.levels for e in edge[1:]]
        ys = [e.at for e in self.levels] + [e for edge in self.uprights for e in edge[1:]]
        return min(xs), min(ys), max(xs), max(ys)


def rulings(page: PageObjects) -> list[Ruling]:
    """The page's edges, those that touch each other together."""
    levels, uprights = _raw_edges(page)
    return _parts(_joined(levels), _joined(uprights))


def rulings_of(painted: Iterable[Rect]) -> list[Ruling]:
    """The sides of rectangles as edges, those of rectangles that touch each other together."""
    levels: list[Edge] = []
    uprights: list[Edge] = []
    for rect in painted:
        _add_sides(rect, levels, uprights)
    return _parts(_joined(levels), _joined(uprights))


def _raw_edges(page: PageObjects) -> tuple[list[Edge], list[Edge]]:
    levels: list[Edge] = []
    uprights: list[Edge] = []
    for rule in page.lines:
        wide, high = rule.x1 - rule.x0, rule.bottom - rule.top
        if wide >= high:
            levels.append(Edge((rule.top + rule.bottom) / 2, rule.x0, rule.x1))
        else:
            uprights.append(Edge((rule.x0 + rule.x1) / 2, rule.top, rule.bottom))
    for rect in page.rects:
        wide, high = rect.x1 - rect.x0, rect.bottom - rect.top
        if high <= _THIN:
            levels.append(Edge((rect.top + rect.bottom) / 2, rect.x0, rect.x1))
        if wide <= _THIN:
            uprights.append(Edge((rect.x0 + rect.x1) / 2, rect.top, rect.bottom))
        if rect.stroked and high > _THIN and wide > _THIN:
            _add_sides(rect, levels, uprights)
    return _on_page(levels, page.height), _on_page(uprights, page.width)


def _add_sides(rect: Rect, levels: list[Edge], uprights: list[Edge]) -> None:
    levels += (Edge(rect.top, rect.x0, rect.x1), Edge(rect.bottom, rect.x0, rect.x1))
    uprights += (Edge(rect.x0, rect.top, rect.bottom), Edge(rect.x1, rect.top, rect.bottom))


def _on_page(edges: list[Edge], limit: float) -> list[Edge]:
    return [edge for edge in edges if -1 <= edge.at <= limit + 1]


def _joined(edges: list[Edge]) -> list[Edge]:
    """Edges at nearly one place snapped to it, joined where they overlap or nearly meet, without the short ones."""
    found: list[Edge] = []
    for group in _snapped(sorted(set(edges))):
        at = (group[0].at + group[-1].at) / 2
        group.sort(key=lambda edge: edge.start)
        start, end = group[0].start, group[0].end
        for edge in group[1:]:
            if edge.start <= end + TOUCH:
                end = max(end, edge.end)
                continue
            found.append(Edge(at, start, end))
            start, end = edge.start, edge.end
        found.append(Edge(at, start, end))
    return [edge for edge in found if edge.end - edge.start >= _SHORT]


def _snapped(edges: Sequence[Edge]) -> list[list[Edge]]:
    groups: list[list[Edge]] = []
    for edge in edges:
        if groups and edge.at - groups[-1][0].at <= SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def _parts(levels: list[Edge], uprights: list[Edge]) -> list[Ruling]:
    """The edges in groups that touch: each level edge with the uprights that it meets."""
    parents = list(range(len(levels) + len(uprights)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    places = [upright.at for upright in uprights]  # sorted, as `_joined` leaves them
    for i, (y, start, end) in enumerate(levels):
        for j in range(bisect_left(places, start - TOUCH), bisect_right(places, end + TOUCH)):
            if uprights[j].start - TOUCH <= y <= uprights[j].end + TOUCH:
                parents[root(len(levels) + j)] = root(i)
    groups: dict[int, Ruling] = {}
    for i, edge in enumerate(levels):
        groups.setdefault(root(i), Ruling()).levels.append(edge)
    for j, edge in enumerate(uprights):
        groups.setdefault(root(len(levels) + j), Ruling()).uprights.append(edge)
    return list(groups.values())


def clustered(values: Iterable[float], tolerance: float = SNAP) -> list[float]:
    """The values in order, those within the tolerance of each other's first as one, at their middle."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]
