"""The vendor's own fields on a lead's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from leads.forms.own_fields import kept_answers, own_form_fields, typed_again
from leads.models import Lead, OwnField
from partnerhub.web.seen import SeenForm


class VendorFieldsForm(SeenForm):
    """The fields of the lead's program that only the vendor sees, with what was noted so far and its version."""

    def __init__(self, lead: Lead, fields: Sequence[OwnField], data: Mapping[str, Any] | None = None) -> None:
        noted = lead.vendor_answers or {"answers": {}, "version": 0}
        start = {field.name: typed_again(field, noted["answers"].get(field.key)) for field in fields}
        super().__init__(data, initial={**start, "version": noted["version"]})
        self.asked = fields
        self.fields |= own_form_fields(fields)

    def answers(self) -> dict[str, Any]:
        """The checked answers, as `leads.services.note_vendor_answers` takes them."""
        return kept_answers(self.asked, self.cleaned_data)
