"""A bar: how much of another tool's cost is ours at most. What it prints as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Bar:
    """Our cost (CPU seconds, if nothing else is said) for `what` against that of `against`, measured in the same run; a
    ratio, for machines differ."""

    what: str
    against: str
    ours: float
    theirs: float
    at_most: Fraction
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        return self.ratio <= self.at_most


def bars_table(bars: Iterable[Bar]) -> str:
    """The bars as a table in plain text, a line each under a heading."""
    heading = ("measured", "ours", "against", "theirs", "ratio", "bar", "")
    return _aligned([heading, *(_row(bar) for bar in bars)])


def _row(bar: Bar) -> tuple[str, ...]:
    return (
        bar.what,
        f"{bar.ours:.2f} {bar.unit}",
        bar.against,
        f"{bar.theirs:.2f} {bar.unit}",
        f"{bar.ratio:.3f}",
        f"at most {bar.at_most}",
        "holds" if bar.holds else "MISSED",
    )


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
