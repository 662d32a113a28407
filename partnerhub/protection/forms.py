"""The forms of protection that ask for more than texts: a meeting, with a document about it."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerhub.notes.forms import MultipleFileField
from partnerhub.protection.services.rules import MOST_RULE, least_of
from partnerhub.protection.words import RULE_FIELDS
from partnerhub.records.forms import RulesForm, StepForm
from partnerhub.web.fields import DayField


def _days(name: str) -> forms.IntegerField:
    wanted = format_lazy(_("Enter a number of days from {least} to {most}."), least=least_of(name), most=MOST_RULE)
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wanted)
    return forms.IntegerField(
        label=RULE_FIELDS[name], min_value=least_of(name), max_value=MOST_RULE, error_messages=wrong
    )


class ProtectionRulesForm(RulesForm):
    """What earns how many days."""

    base_days = _days("base_days")
    meeting_days = _days("meeting_days")
    contact_days = _days("contact_days")
    activity_days = _days("activity_days")
    extension_days = _days("extension_days")
    most_days = _days("most_days")


class MeetingForm(StepForm):
    met_on = DayField(label=_("Day of the meeting"), is_past=True, error_messages={"required": _("Enter the day.")})
    files = MultipleFileField(  # type: ignore[assignment]  # Django takes declared fields off the class
        label=_("Document"), required=True, error_messages={"required": _("Attach a document about the meeting.")}
    )

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        uploads = values.pop("files")
        return {**values, "uploads": uploads}
