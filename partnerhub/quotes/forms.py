"""The forms of quotes: a new one, its lines, and the customer's answer."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerhub.money import Money
from partnerhub.quotes.models import Product, QuoteLine
from partnerhub.quotes.states import MOST_LINES
from partnerhub.records.forms import StepForm
from partnerhub.web.fields import DayField, NumberField, TextField, TickField
from partnerhub.web.formats import amount_text, decimal_of, decimal_text
from partnerhub.web.money import CurrencyField

SPARE_LINES = 3
CODES_OFFERED = "quote-products"
"""The id of the list that the fields for codes offer."""


class NewQuoteForm(StepForm):
    currency = CurrencyField(label=_("Currency"), error_messages={"required": _("Choose a currency.")})
    valid_until = DayField(label=_("Valid until"), error_messages={"required": _("Enter the last day.")})
    note = TextField(label=_("Note to the customer"), lines=True, required=False, max_length=2000)


class LineForm(forms.Form):
    """One line: a product by its code, or words; all empty, it is none."""

    sku = TextField(
        label=_("Product code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"list": CODES_OFFERED, "autocomplete": "off"}),
    )
    text = TextField(label=_("In words"), required=False, max_length=300)
    quantity = NumberField(label=_("Quantity"), required=False)
    price = TextField(label=_("Price of one"), required=False, max_length=30)
    discount = TextField(label=_("Discount, %"), required=False, max_length=10)

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self.fields)

    def line(self, currency: str) -> dict[str, Any]:
        """What the verb takes. Raises ValueError with a sentence."""
        typed, former = dict(self.cleaned_data), self.initial.get("sku", "")
        if former and typed["sku"] and typed["sku"].upper() != former:
            # Another product: words and price of the former one, left in their fields, are not said of it.
            typed |= dict.fromkeys({"text", "price"} - {*self.changed_data}, "")
        return {
            "sku": typed["sku"],
            "text": typed["text"],
            "quantity": typed["quantity"] or 1,
            "unit_minor": _minor(typed["price"], currency) if typed["price"] else None,
            "discount": _hundredths(typed["discount"]) if typed["discount"] else 0,
        }


def _minor(text: str, currency: str) -> int:
    try:
        return Money.of(decimal_of(text), currency).minor
    except (ValueError, ArithmeticError):
        raise ValueError(_now("This is no price in %(currency)s.") % {"currency": currency}) from None


def _hundredths(text: str) -> int:
    try:
        found = decimal_of(text.removesuffix("%")) * 100
    except (ValueError, ArithmeticError):
        found = Decimal("0.5")
    if found != found.to_integral_value():
        raise ValueError(_now("Enter a discount like 12.5."))
    return int(found)


class QuoteForm(NewQuoteForm):
    """A draft with all its lines, and some empty ones. `rows` draws them, `products` are what the codes can be."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        products: Sequence[Product],
        initial: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial=dict(initial), **kwargs)
        self.products, lines = products, initial.get("lines", [])
        count = len(lines) + SPARE_LINES
        if data is not None:
            count = max((_place(name) for name in data), default=0) + 1
        self.rows = [
            LineForm(data, prefix=f"line-{place}", initial=_typed(lines[place], initial) if place < len(lines) else {})
            for place in range(min(count, MOST_LINES))
        ]
        self.lines: list[dict[str, Any]] = []

    def clean(self) -> dict[str, Any]:
        values, currency = super().clean() or self.cleaned_data, self.cleaned_data.get("currency", "")
        for number, row in enumerate(self.rows, 1):
            why = "" if row.is_valid() else " ".join(str(one) for errors in row.errors.values() for one in errors)
            try:
                if not why and currency and not row.is_empty:
                    self.lines.append(row.line(currency))
            except ValueError as error:
                why = str(error)
            if why:
                self.add_error(None, _now("Line %(number)s: %(why)s") % {"number": number, "why": why})
        return values

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "lines": self.lines}


def _place(name: str) -> int:
    """Which line a field is of; -1 for what is of none."""
    _line, _dash, rest = name.partition("line-")
    place = rest.partition("-")[0]
    return int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1


def _typed(line: QuoteLine, quote: Mapping[str, Any]) -> dict[str, Any]:
    """A line as it is typed."""
    return {
        "sku": line["sku"],
        "text": line["text"],
        "quantity": line["quantity"],
        "price": amount_text(line["unit_minor"], quote["currency"], cents=True),
        "discount": decimal_text(Decimal(line["discount"]) / 100, grouped=False) if line["discount"] else "",
    }


class AcceptForm(forms.Form):
    name = TextField(label=_("Your name"), max_length=150, error_messages={"required": _("Enter your name.")})
    agree = TickField(
        label=_("I accept this quote for the customer"),
        error_messages={"required": _("Tick this to accept, or decline below.")},
    )


class DeclineForm(forms.Form):
    text = TextField(label=_("Why not"), lines=True, required=False, max_length=1000)
