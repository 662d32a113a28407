"""The form that asks for an export: which kind of file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerhub.exports.states import Format


class FormatForm(forms.Form):
    """Which kind of file."""

    format = forms.ChoiceField(
        label=_("Kind of file"),
        choices=Format.choices,
        initial=Format.CSV,
        error_messages={"required": _("Choose from the list."), "invalid_choice": _("Choose from the list.")},
    )
