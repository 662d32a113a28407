"""The form of a program's due times."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerhub.clocks.models import DUE_SETTINGS, DueTimes
from partnerhub.clocks.services.due_times import DUE_RANGES
from partnerhub.clocks.states import Escalation
from partnerhub.clocks.words import DUE_FIELDS
from partnerhub.web.fields import WordField
from partnerhub.web.seen import SeenForm


def _hours(name: str) -> forms.IntegerField:
    least, most = DUE_RANGES[name]
    wanted = format_lazy(_("Enter a number from {least} to {most}."), least=least, most=most)
    errors = {"required": wanted, "invalid": wanted}
    return forms.IntegerField(label=DUE_FIELDS[name], min_value=least, max_value=most, error_messages=errors)


class DueTimesForm(SeenForm):
    """What is due when, in hours of the calendar."""

    decision_hours = _hours("decision_hours")
    contact_hours = _hours("contact_hours")
    answer_hours = _hours("answer_hours")
    appeal_hours = _hours("appeal_hours")
    reminder_hours = _hours("reminder_hours")
    escalates_to = WordField(
        label=DUE_FIELDS["escalates_to"],
        choices=Escalation.choices,
        error_messages={"required": _("Choose a role.")},
    )

    @classmethod
    def of(cls, times: DueTimes) -> "DueTimesForm":
        return cls(initial={name: getattr(times, name) for name in (*DUE_SETTINGS, "version")})

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DUE_SETTINGS}
