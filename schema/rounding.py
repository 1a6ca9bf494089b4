"""What a printed number stands for: all numbers that round to it, so that 95.7 and 96 agree, and 93.8 and 94.0 do
not."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Final, NamedTuple, Protocol

_HALF: Final = Decimal("0.5")
_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_INFINITY: Final = Decimal("Infinity")


class Printed(Protocol):
    """What a figure, or its row in a store, says of its value (`schema.records.Figure`)."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def value_high(self) -> Decimal | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def qualifier(self) -> str: ...


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
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{printed} is not a number and stands for none")
    half = _HALF.scaleb(exponent, _EXACT)
    return Interval(_EXACT.subtract(printed, half), _EXACT.add(printed, half))


def agree(one: Decimal, other: Decimal) -> bool:
    """Whether two printed decimals can be one number, rounded differently. Not transitive: 95.7 and 95.6 both agree
    with 96."""
    return interval(one).overlaps(interval(other))


def figure_interval(figure: Printed) -> Interval | None:
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


def figures_agree(one: Printed, other: Printed) -> bool:
    """Whether two figures of one thing can both be right. Withheld values and other units contradict nothing; two
    ranges agree where both their ends do."""
    if (one.value, one.value_high, one.qualifier) == (other.value, other.value_high, other.qualifier):
        return True
    here, there = figure_interval(one), figure_interval(other)
    if here is None or there is None or one.unit != other.unit:
        return True
    range_, other_range = _ends(one), _ends(other)
    if range_ and other_range:
        return agree(range_[0], other_range[0]) and agree(range_[1], other_range[1])
    return here.overlaps(there)


def _ends(figure: Printed) -> tuple[Decimal, Decimal] | None:
    if figure.value is None or figure.value_high is None:
        return None
    return figure.value, figure.value_high


def _without_trailing_zeros(printed: Decimal) -> Decimal:
    """`about 50` is said of 48.7: its noughts are no claim."""
    return printed.normalize() if printed else printed
