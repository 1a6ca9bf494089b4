"""What printed numbers stand for."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.records import Figure
from schema.rounding import agree, figures_agree, interval
from tests.store_samples import PRINTED_DECIMALS, percentage

ROUNDINGS = st.sampled_from((ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("95.7", "96", True),
        ("93.8", "94.0", False),
        ("94", "94.0", True),
        ("93", "94", False),  # they share 93.5 alone
        ("94.5", "94", True),  # an exact half goes up or down
        ("94.5", "95", True),
        ("94.49", "95", False),
        ("0", "0.4", True),
        ("-1.2", "-1", True),
        ("-1.2", "1", False),
        ("5.2E+6", "5190000", True),
        ("5200000", "5190000", False),
        ("12345678901234567890.1", "12345678901234567890", True),
    ],
)
def test_values_agree_when_one_number_can_round_to_both(one: str, other: str, expected: bool) -> None:
    assert agree(Decimal(one), Decimal(other)) is expected
    assert agree(Decimal(other), Decimal(one)) is expected


@given(PRINTED_DECIMALS)
def test_a_value_agrees_with_itself_and_stands_in_the_middle_of_its_interval(value: Decimal) -> None:
    low, high = interval(value)
    assert agree(value, value)
    assert (low + high) / 2 == value
    assert high - low == Decimal((0, (1,), int(value.as_tuple().exponent)))


@given(PRINTED_DECIMALS, PRINTED_DECIMALS)
def test_agreement_is_mutual(one: Decimal, other: Decimal) -> None:
    assert agree(one, other) == agree(other, one)


@given(PRINTED_DECIMALS, PRINTED_DECIMALS)
def test_of_one_precision_only_equal_values_agree(one: Decimal, other: Decimal) -> None:
    with localcontext() as context:
        context.prec = 60
        same = other.quantize(one)
    assert agree(one, same) == (one == same)


@given(st.decimals(-10_000, 10_000, places=8), st.integers(-4, 3), st.integers(-4, 3), ROUNDINGS)
def test_two_roundings_of_one_number_agree(number: Decimal, one: int, other: int, rounding: str) -> None:
    def rounded(exponent: int) -> Decimal:
        return number.quantize(Decimal((0, (1,), exponent)), rounding)

    assert agree(rounded(one), rounded(other))


@given(PRINTED_DECIMALS, st.integers(1, 4))
def test_more_digits_stand_for_less(value: Decimal, digits: int) -> None:
    finer = Decimal(
        (value.is_signed(), value.as_tuple().digits + (0,) * digits, int(value.as_tuple().exponent) - digits)
    )
    assert interval(value).low < interval(finer).low < interval(finer).high < interval(value).high


def test_what_is_not_a_number_stands_for_none() -> None:
    with pytest.raises(ValueError, match="not a number"):
        interval(Decimal("NaN"))


def figure(printed: str, **more: object) -> Figure:
    return percentage(f"{printed}%", f"{printed}%").model_copy(update=more)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (figure("95"), figure("95.3"), True),
        (figure("95", qualifier="over"), figure("97.2"), True),
        (figure("95", qualifier="over"), figure("93.1"), False),
        (figure("95", qualifier="at_least"), figure("95.0"), True),
        (figure("95", qualifier="under"), figure("93.1"), True),
        (figure("95", qualifier="up_to"), figure("97.2"), False),
        (figure("50", qualifier="about"), figure("48.7"), True),
        (figure("50"), figure("48.7"), False),
        (figure("0", qualifier="about"), figure("0.2"), True),
        (figure("35", value_high=Decimal(45)), figure("40"), True),
        (figure("35", value_high=Decimal(45)), figure("50"), False),
        (figure("35", value_high=Decimal(45)), figure("35", value_high=Decimal(45)), True),
        (figure("35", value_high=Decimal(45)), figure("40", value_high=Decimal(50)), False),
        (figure("0", value_high=Decimal(5)), figure("0", value_high=Decimal(6)), False),
        (figure("95"), figure("12", unit="count"), True),
        (figure("95"), figure("12", value=None), True),
    ],
)
def test_figures_agree_with_their_qualifiers_and_ranges(one: Figure, other: Figure, expected: bool) -> None:
    assert figures_agree(one, other) is expected
    assert figures_agree(other, one) is expected
