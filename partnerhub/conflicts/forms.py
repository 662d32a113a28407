"""The forms of the desk's steps that ask for leads: the one that goes on, and how much of the credit is whose."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from partnerhub.conflicts.states import WHY_BOTH
from partnerhub.records.forms import StepForm, form_field
from partnerhub.web.fields import WordField

NOT_PERCENT = _("Enter a whole number from 0 to 99.")


class DecideForm(StepForm):
    """`leads` are those of the case that still count."""

    winner = WordField(label=_("Lead"), error_messages={"required": _("Choose the lead that goes on.")})
    text = form_field(WHY_BOTH)

    def __init__(self, *args: Any, leads: Sequence[Lead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("Choose a lead")), *((str(lead.pk), lead_called(lead)) for lead in leads)]
        cast(WordField, self.fields["winner"]).choices = chosen

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return values | {"winner": UUID(values["winner"])}


class SplitForm(StepForm):
    """A field for the share of each of `leads`; empty or 0: none."""

    text = form_field(WHY_BOTH)

    def __init__(self, *args: Any, leads: Sequence[Lead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = {"invalid": NOT_PERCENT, "min_value": NOT_PERCENT, "max_value": NOT_PERCENT}
        for lead in leads:
            self.fields[f"share_{lead.pk.hex}"] = forms.IntegerField(
                label=_now("Share of %(lead)s, in percent") % {"lead": lead_called(lead)},
                required=False,
                min_value=0,
                max_value=99,
                error_messages=wrong,
            )
        self.keys = {f"share_{lead.pk.hex}": lead.pk for lead in leads}
        self.order_fields([*self.keys, "text"])

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        typed = {key: values.pop(name) for name, key in self.keys.items()}
        return values | {"shares": [{"lead": key, "percent": percent} for key, percent in typed.items() if percent]}


def lead_called(lead: Lead) -> str:
    """A lead of a case, for who decides: its number, and whose it is."""
    return f"{lead.reference}, {lead.partner.name if lead.partner else ''}"
