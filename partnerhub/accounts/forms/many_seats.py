"""What is asked about many members at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import Role


class OneRoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *Role.choices],
        error_messages={"required": _("Choose a role.")},
    )
