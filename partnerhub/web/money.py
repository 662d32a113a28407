"""Money in models, in the API and in forms: always a pair of columns or fields, minor units and a currency."""

from typing import Any

from babel.numbers import get_currency_name

from partnerhub.money import Money, digits_of_all
from partnerhub.web.fields import WordField
from partnerhub.web.formats import current_language, locale_of

CODES = sorted(digits_of_all())


class MoneyPair:
    """Two columns of a model as one value: `revenue = MoneyPair("revenue_minor", "currency")`.

    None where there is no amount. Set to None, the currency stays: another amount of the row may share it.
    """

    def __init__(self, minor: str, currency: str = "currency") -> None:
        self.minor = minor
        self.currency = currency

    def __get__(self, row: Any, model: type[Any] | None = None) -> Any:
        if row is None:
            return self
        minor = getattr(row, self.minor)
        return None if minor is None else Money(minor, getattr(row, self.currency))

    def __set__(self, row: Any, money: Money | None) -> None:
        setattr(row, self.minor, None if money is None else money.minor)
        if money is not None:
            setattr(row, self.currency, money.currency)


def money_columns(model: type[object]) -> dict[str, str]:
    """The columns of a model that hold amounts in the smallest unit → those with their currencies."""
    return {one.minor: one.currency for one in vars(model).values() if isinstance(one, MoneyPair)}


def currency_choices() -> list[tuple[str, str]]:
    """Every currency with its name in the reader's language, by code."""
    locale = locale_of(current_language())
    return [(code, f"{code} – {get_currency_name(code, locale=locale)}") for code in CODES]


class CurrencyField(WordField):
    """One of the currencies."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=currency_choices, **kwargs)
