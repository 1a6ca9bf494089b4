"""What a printed number stands for: all numbers that round to it, so that 95.7 and 96 agree, and 93.8 and 94.0 do
not."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Final, NamedTuple

from schema.records import Figure

_HALF: Final = Decimal("0.5")
_INFINITY: Final = Decimal("Infinity")


class Interval(NamedTuple):
    """The numbers from `low` to `high`. To which side an exact half rounds differs between authors, so the ends count
    as shared: what matters is more than a single common number."""

    low: Decimal
    high: Decimal

    def overlaps(self, other: Interval) -> bool:
        return max(self.low, other.low) < min(self.high, other.high)


def interval(printed: Decimal) -> Interval:
    """The numbers that a printed decimal stands for, by its last digit: 94.0 is 93.95 to 94.05, 94 is 93.5 to 94.5.

    A decimal that keeps its scale apart, as `Decimal("5.2E+6")` does for £5.2m, stands for 5.15 to 5.25 million;
    written out as 5200000 it claims to be known to the pound. Raises ValueError for what is not a number.
    """
    _, digits, exponent = printed.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"{printed} is not a number and stands for none")
    with localcontext() as context:
        context.prec = len(digits) + 2  # one digit for the half, and one that may be carried
        half = _HALF.scaleb(exponent)
        return Interval(printed - half, printed + half)


def agree(one: Decimal, other: Decimal) -> bool:
    """Whether two printed decimals can be one number, rounded differently. Not transitive: 95.7 and 95.6 both agree
    with 96."""
    return interval(one).overlaps(interval(other))


def figure_interval(figure: Figure) -> Interval | None:
    """The numbers that a figure leaves possible, its qualifier and range included; None for a withheld value."""
    if figure.value is None:
        return None
    low, high = interval(figure.value)
    if figure.qualifier == "about":
        low, high = interval(_without_trailing_zeros(figure.value))
    if figure.value_high is not None:
        high = interval(figure.value_high).high
    if figure.qualifier in ("over", "at_least"):
        return Interval(low, _INFINITY)
    if figure.qualifier in ("under", "up_to"):
        return Interval(-_INFINITY, high)
    return Interval(low, high)


def figures_agree(one: Figure, other: Figure) -> bool:
    """Whether two figures of one thing can both be right. Withheld values and other units contradict nothing; two
    ranges agree where both their ends do."""
    here, there = figure_interval(one), figure_interval(other)
    if here is None or there is None or one.unit != other.unit:
        return True
    range_, other_range = _ends(one), _ends(other)
    if range_ and other_range:
        return agree(range_[0], other_range[0]) and agree(range_[1], other_range[1])
    return here.overlaps(there)


def _ends(figure: Figure) -> tuple[Decimal, Decimal] | None:
    if figure.value is None or figure.value_high is None:
        return None
    return figure.value, figure.value_high


def _without_trailing_zeros(printed: Decimal) -> Decimal:
    """`about 50` is said of 48.7: its noughts are no claim."""
    return printed.normalize() if printed else printed
