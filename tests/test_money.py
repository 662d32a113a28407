"""Money: exact, in one currency, with the currency's own digits; every rule of `partnerhub.money`."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerhub.money import LARGEST_AMOUNT, MixedCurrencies, Money, digits_of
from partnerhub.web.money import MoneyPair

MINORS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("currency", "digits"), [("JPY", 0), ("EUR", 2), ("KWD", 3), ("CLF", 4), ("LBP", 2), ("RSD", 2), ("IQD", 3)]
)
def test_digits_are_those_of_the_standard(currency: str, digits: int) -> None:
    """CLDR says 0 for the last three, which no bank takes."""
    assert digits_of(currency) == digits
    assert Money(12345, currency).amount == Decimal(12345).scaleb(-digits)


@pytest.mark.parametrize("wrong", ["", "eur", "EURO", "XAU", "ZZZ"])
def test_what_is_no_currency_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="no currency"):
        Money(1, wrong)


@pytest.mark.parametrize("wrong", [1.5, True, "1", Decimal(1)])
def test_it_is_counted_in_whole_units(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong, "EUR")  # type: ignore[arg-type]  # what is tested


def test_more_than_a_column_keeps_is_refused() -> None:
    with pytest.raises(ValueError, match="more money"):
        Money(LARGEST_AMOUNT, "EUR") + Money(1, "EUR")


def test_two_currencies_never_meet() -> None:
    euros, dollars = Money(1, "EUR"), Money(1, "USD")
    for meet in (lambda: euros + dollars, lambda: euros - dollars, lambda: euros < dollars, lambda: euros >= dollars):
        with pytest.raises(MixedCurrencies):
            meet()
    with pytest.raises(MixedCurrencies):
        Money.total([euros, dollars], "EUR")
    assert euros != dollars


def test_sums() -> None:
    assert Money(250, "EUR") + Money(-100, "EUR") == Money(150, "EUR")
    assert -Money(5, "EUR") - Money(5, "EUR") == Money(-10, "EUR")
    assert Money.total([], "JPY") == Money(0, "JPY")
    assert Money.total([Money(1, "JPY"), Money(2, "JPY")], "JPY") == Money(3, "JPY")


def test_an_amount_with_too_many_digits_is_refused_unless_it_is_to_be_rounded() -> None:
    assert Money.of(Decimal("18400.50"), "EUR") == Money(1_840_050, "EUR")
    for amount, currency in (("0.005", "EUR"), ("1.5", "JPY")):
        with pytest.raises(ValueError, match="more digits"):
            Money.of(Decimal(amount), currency)
    halves = [Money.rounded(Decimal(text), "EUR").minor for text in ("0.005", "0.015", "-0.005", "-0.015")]
    assert halves == [0, 2, 0, -2]


def test_a_share_is_rounded_once_half_to_even() -> None:
    assert Money(1_240_000, "EUR").times(Decimal("0.08")) == Money(99_200, "EUR")
    assert [Money(minor, "EUR").times(Decimal("0.5")).minor for minor in (1, 3, 5)] == [0, 2, 2]
    assert Money(10_000, "EUR").at(Decimal("160.12345"), "JPY") == Money(16_012, "JPY")
    with pytest.raises(TypeError):
        Money(1, "EUR").times(0.5)  # type: ignore[arg-type]  # what is tested


def test_a_split_gives_what_is_left_to_the_largest_remainders() -> None:
    assert [one.minor for one in Money(100, "EUR").split([1, 1, 1])] == [34, 33, 33]
    assert [one.minor for one in Money(-100, "EUR").split([1, 1, 1])] == [-34, -33, -33]
    assert [one.minor for one in Money(10, "JPY").split([70, 30, 0])] == [7, 3, 0]
    for wrong in ([0, 0], [-1, 2]):
        with pytest.raises(ValueError, match="Weights"):
            Money(1, "EUR").split(wrong)


@given(MINORS, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_parts_sum_to_the_whole(minor: int, weights: list[int]) -> None:
    whole = Money(minor, "KWD")
    parts = whole.split(weights)
    assert Money.total(parts, "KWD") == whole
    exact = [Decimal(minor) * weight / sum(weights) for weight in weights]
    assert all(abs(part.minor - share) < 1 for part, share in zip(parts, exact, strict=True))


class Row:
    value_minor: int | None = None
    currency = ""
    value = MoneyPair("value_minor")


def test_two_columns_are_one_value() -> None:
    row = Row()
    assert row.value is None
    row.value = Money(5, "JPY")
    assert (row.value_minor, row.currency, row.value) == (5, "JPY", Money(5, "JPY"))
    row.value = None
    assert (row.value_minor, row.currency) == (None, "JPY")


def test_a_part_may_weigh_nothing_and_one_alone_weighs_all() -> None:
    assert Money(7, "EUR").split([0, 1]) == [Money(0, "EUR"), Money(7, "EUR")]
