"""The forms of locations, solutions, tiers and rates."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.partners.models import Entry
from partnerhub.web.fields import CountryField, DayField, NumberField, TextField, TickField, WebsiteField
from partnerhub.web.formats import decimal_of
from partnerhub.web.money import CurrencyField
from partnerhub.web.seen import SeenForm

AS_THE_QUEUE = _("Empty: as each queue says.")


class EntryForm(SeenForm):
    """A small record; a new one carries no version and is not retired."""

    name = TextField(
        label=pgettext_lazy("of an organisation", "Name"),
        max_length=100,
        error_messages={"required": _("Enter a name.")},
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["version"]
        else:
            self.fields["is_retired"] = TickField(label=_("Retired: offered no more"), required=False)

    @classmethod
    def of(cls, row: Entry) -> "EntryForm":
        """The form with what the row is now."""
        initial = {name: getattr(row, name) for name in (*row.EDITED, "version")}
        return cls(initial=initial, is_new=False)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class LocationForm(EntryForm):
    street = TextField(label=_("Street"), max_length=200, required=False)
    postcode = TextField(label=_("Postcode"), max_length=20, required=False)
    city = TextField(label=_("City"), max_length=100, required=False)
    country = CountryField(label=_("Country"), required=False)


class SolutionForm(EntryForm):
    description = TextField(
        label=_("Description"),
        lines=True,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = WebsiteField(label=_("Website"), max_length=200, required=False)


class TierForm(EntryForm):
    position = NumberField(
        label=_("Order"),
        help_text=_("The lowest tier first."),
        error_messages={"required": _("Enter the tier's place in the order, for example 1.")},
    )
    claim_limit = NumberField(label=_("Leads held at once"), required=False, help_text=AS_THE_QUEUE)
    claims_per_day = NumberField(label=_("Leads taken in a day"), required=False, help_text=AS_THE_QUEUE)
    claims_per_week = NumberField(label=_("Leads taken in a week"), required=False, help_text=AS_THE_QUEUE)
    protection_days = NumberField(label=_("Days of protection"), required=False, help_text=_("Empty: as anybody."))


class RateForm(SeenForm):
    """The rate of a day; there is one for each pair and day, so that a second one corrects it."""

    source = CurrencyField(label=_("One unit of"), error_messages={"required": _("Choose a currency.")})
    target = CurrencyField(label=_("Is so many of"), error_messages={"required": _("Choose a currency.")})
    day = DayField(label=_("Day"), is_past=True, error_messages={"required": _("Enter the day of the rate.")})
    rate = TextField(label=_("Rate"), max_length=30, error_messages={"required": _("Enter a rate above 0.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]

    def clean_rate(self) -> Any:
        try:
            return decimal_of(self.cleaned_data["rate"])
        except ValueError:
            raise ValidationError(_("Enter a rate above 0.")) from None
