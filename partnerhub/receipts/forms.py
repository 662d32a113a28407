"""The form of the public check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerhub.web.fields import TextField


class CheckForm(forms.Form):
    number = TextField(
        label=_("Number"),
        max_length=20,
        help_text=_("As it stands on the receipt, like R-87."),
        error_messages={"required": _("Enter the number of the receipt.")},
    )
    digest = TextField(
        label=_("Hash"),
        max_length=100,
        help_text=_("The 64 characters at the end of the receipt."),
        error_messages={"required": _("Enter the hash of the receipt.")},
    )

    def add_prefix(self, field_name: str) -> str:
        """In addresses and pages the digest is called by its label."""
        return {"digest": "hash"}.get(field_name, super().add_prefix(field_name))
