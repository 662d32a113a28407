"""The forms of protection that ask for more than texts: a meeting, with a document about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerhub.notes.forms import MultipleFileField
from partnerhub.records.forms import StepForm
from partnerhub.web.fields import DayField


class MeetingForm(StepForm):
    met_on = DayField(label=_("Day of the meeting"), is_past=True, error_messages={"required": _("Enter the day.")})
    files = MultipleFileField(  # type: ignore[assignment]  # Django takes declared fields off the class
        label=_("Document"), required=True, error_messages={"required": _("Attach a document about the meeting.")}
    )

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        uploads = values.pop("files")
        return {**values, "uploads": uploads}
