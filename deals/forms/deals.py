"""The forms of deals: a new one, its values, what a won one came to, the day of a clone (rulings 20)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.states.deals import DealType, Help
from partnerhub.accounts.forms.naming import NamesWidget
from partnerhub.money import Money
from partnerhub.records.forms import NewForm, StepForm
from partnerhub.web.fields import DayField, MailField, TextField, TickField, WebsiteField, WordField
from partnerhub.web.formats import decimal_of
from partnerhub.web.money import CurrencyField

OfferedOnes = Sequence[tuple[str, str]]
CHOSEN_ONE = {"required": _("Choose at least one.")}


class MoneyFields(forms.Form):
    """An amount as a person writes it, and its currency; given to the verb in minor units."""

    value = TextField(label=_("Value"), max_length=30, error_messages={"required": _("Enter a value above 0.")})
    currency = CurrencyField(label=_("Currency"), error_messages={"required": _("Choose a currency.")})

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if {"value", "currency"} <= values.keys():
            try:
                values["value_minor"] = Money.of(decimal_of(values["value"]), values["currency"]).minor
            except (ValueError, ArithmeticError):
                words = {"currency": values["currency"]}
                self.add_error("value", _now("This is no amount in %(currency)s. Write one like 18,400.") % words)
        return values

    def arguments(self) -> dict[str, Any]:
        values: dict[str, Any] = super().arguments()  # type: ignore[misc]  # of the form beside this one
        del values["value"]
        return values


class WinForm(MoneyFields, StepForm):
    close_date = DayField(label=_("Won on"), error_messages={"required": _("Enter the day.")})


class CloneDealForm(StepForm):
    close_date = DayField(label=_("Close date"), error_messages={"required": _("Enter the day.")})


class DealFields(MoneyFields):
    """`solutions` and `team` are those to choose from: (id, name)."""

    name = TextField(label=_("Name"), max_length=200, error_messages={"required": _("Enter a name.")})
    close_date = DayField(label=_("Close date"), error_messages={"required": _("Enter the day.")})
    type = WordField(
        label=pgettext_lazy("of a deal", "Type"),
        choices=DealType.choices,
        help_text=_("A private deal is seen by your organisation alone. The type only moves up."),
        error_messages={"required": _("Choose a type.")},
    )
    help_needed = forms.MultipleChoiceField(
        label=_("Which help"), choices=Help.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    solutions = forms.MultipleChoiceField(
        label=_("Solutions"), widget=forms.CheckboxSelectMultiple, error_messages=CHOSEN_ONE
    )
    team = forms.MultipleChoiceField(label=_("Team"), widget=forms.CheckboxSelectMultiple, error_messages=CHOSEN_ONE)
    campaign = TextField(label=_("Campaign"), max_length=100, required=False)
    crm_id = TextField(label=_("CRM id"), max_length=100, required=False)
    notes = TextField(
        label=_("Notes"),
        lines=True,
        max_length=4000,
        required=False,
        help_text=_("Whoever sees the deal reads them."),
    )

    def __init__(self, *args: Any, solutions: OfferedOnes, team: OfferedOnes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = cast("dict[str, forms.ChoiceField]", self.fields)
        fields["solutions"].choices, fields["team"].choices = list(solutions), list(team)

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return values | {name: [UUID(key) for key in values[name]] for name in ("solutions", "team")}


class EditDealForm(DealFields, StepForm):
    field_order = ("name", "value", "currency")


class NewDealForm(DealFields, NewForm):
    field_order = (
        *("name", "company", "website", "first_name", "last_name", "email", "value", "currency", "close_date", "type"),
        *("help_needed", "solutions", "team", "campaign", "crm_id", "notes", "consent"),
    )

    company = TextField(
        label=_("Company"),
        max_length=200,
        help_text=_("One of yours, by its name, or a new one."),
        error_messages={"required": _("Enter the company.")},
    )
    website = WebsiteField(label=_("Website"), max_length=200, required=False)
    first_name = TextField(label=_("First name of the contact"), max_length=80, required=False)
    last_name = TextField(label=_("Last name of the contact"), max_length=80, required=False)
    email = MailField(label=_("Email of the contact"), max_length=254, required=False)
    consent = TickField(
        label=_("The customer agreed that we share this with those who are in the deal"),
        error_messages={"required": _("Tick this when the customer has agreed.")},
    )

    def __init__(self, *args: Any, companies: Callable[[], Iterable[str]], **kwargs: Any) -> None:
        """`companies` are the names that are offered as one types."""
        super().__init__(*args, **kwargs)
        box = self.fields["company"]
        box.widget, attributes = NamesWidget(companies), box.widget.attrs
        box.widget.attrs, box.widget.is_required = attributes, True
