"""Money: whole minor units of one currency. Never a float, and two currencies never meet in one sum.

The rules, said once for the whole house:

* A currency has its digits by ISO 4217 (JPY 0, EUR 2, KWD 3), from the agency's own list (package `iso4217`). Babel's
  are CLDR's, which leave out what nobody pays in coins (LBP, RSD) and so do not fit banks' files and statements.
* What does not fit the digits is rounded once, at the end, half to even (`times`, `at`, `rounded`).
* A split is exact: the parts sum to the whole, and what is left over goes to the largest remainders, the first first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Self

from iso4217 import Currency

LARGEST_AMOUNT = 2**63 - 1
"""As a column keeps it, and its negative."""


class MixedCurrencies(TypeError):
    """Amounts of two currencies were added or compared."""


@cache
def digits_of_all() -> dict[str, int]:
    """The currencies that money is paid in, each with its number of digits; no metals, no test codes."""
    return {one.code: one.exponent for one in Currency if one.exponent is not None}


def digits_of(currency: str) -> int:
    """How many digits the currency has after the point. Raises ValueError for what is none."""
    try:
        return digits_of_all()[currency]
    except KeyError:
        raise ValueError(f"{currency!r} is no currency of ISO 4217") from None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units. Raises ValueError for an unknown currency and what no column holds, TypeError for what
    is no whole number."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise TypeError("Money is counted in whole minor units.")
        digits_of(self.currency)
        if abs(self.minor) > LARGEST_AMOUNT:
            raise ValueError("This is more money than can be kept.")

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> Self:
        """The amount as people write it: 18400.50. Raises ValueError where it has more digits than the currency."""
        minor = amount.scaleb(digits_of(currency))
        if minor != minor.to_integral_value():
            raise ValueError(f"{amount} has more digits than {currency}")
        return cls(int(minor), currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Self:
        """The amount in the currency's digits, half to even."""
        minor = amount.scaleb(digits_of(currency)).to_integral_value(rounding=ROUND_HALF_EVEN)
        return cls(int(minor), currency)

    @classmethod
    def total(cls, amounts: Iterable["Money"], currency: str) -> "Money":
        """The sum; nothing in the currency where there are none. Raises MixedCurrencies."""
        return sum(amounts, start=Money(0, currency))

    @property
    def amount(self) -> Decimal:
        """As people write it: 18400.50."""
        return Decimal(self.minor).scaleb(-digits_of(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def times(self, factor: Decimal | int) -> "Money":
        """A share or a multiple, rounded once, half to even."""
        return Money.rounded(self.amount * _exact(factor), self.currency)

    def at(self, rate: Decimal, currency: str) -> "Money":
        """The same in another currency, one unit of this one being `rate` of it; rounded once, half to even."""
        return Money.rounded(self.amount * _exact(rate), currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Parts in these proportions, which sum to the whole. Raises ValueError for weights that give no proportion."""
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("Weights are not below zero, and one of them is above it.")
        sign, minor = (-1, -self.minor) if self.minor < 0 else (1, self.minor)
        parts = [minor * weight // whole for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda place: -(minor * weights[place] % whole))
        for place in by_remainder[: minor - sum(parts)]:
            parts[place] += 1
        return [Money(sign * part, self.currency) for part in parts]

    def _same(self, other: "Money") -> int:
        """The other's minor units. Raises MixedCurrencies."""
        if not isinstance(other, Money) or other.currency != self.currency:
            raise MixedCurrencies(f"{self!r} and {other!r}")
        return other.minor


def _exact(factor: Decimal | int) -> Decimal:
    if isinstance(factor, float):
        raise TypeError("Money is never multiplied by a float.")
    return Decimal(factor)
