"""Money in models, in the API and in forms: always a pair of columns or fields, minor units and a currency."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.money import LARGEST_AMOUNT, Money, digits_of, digits_of_all
from partnerhub.web.bodies import Body, Number, Word
from partnerhub.web.fields import TextField, WordField
from partnerhub.web.formats import current_language, decimal_of, locale_of

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


class MoneyBody(Body):
    """An amount that is sent."""

    minor = Number(
        min_value=-LARGEST_AMOUNT, max_value=LARGEST_AMOUNT, help_text="In minor units: cents of a euro, yen of a yen."
    )
    currency = Word(choices=[(code, code) for code in CODES], help_text="ISO 4217.")

    def to_internal_value(self, data: Any) -> Any:
        return Money(**super().to_internal_value(data))


def money_json(money: Money | None) -> dict[str, Any] | None:
    return None if money is None else {"minor": money.minor, "currency": money.currency}


def currency_choices() -> list[tuple[str, str]]:
    """Every currency with its name in the reader's language, by code."""
    locale = locale_of(current_language())
    return [(code, f"{code} – {get_currency_name(code, locale=locale)}") for code in CODES]


class CurrencyField(WordField):
    """One of the currencies."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=currency_choices, **kwargs)


class AmountField(TextField):
    """An amount as a person writes it in their language; `money_of` puts it together with its currency."""

    default_error_messages = {"invalid": gettext_lazy("Enter an amount, like %(example)s.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return decimal_of(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"] % {"example": "1840"}, code="invalid") from None


def money_of(form: forms.Form, amount: str, currency: str = "currency") -> Money | None:
    """The two fields of a form as one value; what is wrong with them together is said beside the amount."""
    data: Mapping[str, Any] = form.cleaned_data
    value: Decimal | None = data.get(amount)
    code = data.get(currency)
    if value is None or not code:
        return None
    try:
        return Money.of(value, code)
    except ValueError:
        digits = digits_of(code)
        text = _("Enter an amount in %(currency)s, with at most %(digits)s digits after the point.")
        form.add_error(amount, text % {"currency": code, "digits": digits})
        return None
