"""The name of a saved view, and who has it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.accounts.forms.people import OnceForm
from partnerhub.accounts.services.saved_views import NAME_LENGTH
from partnerhub.tenancy.models import new_id
from partnerhub.web.fields import VisibleField
from partnerhub.web.seen import SeenForm


def name_field() -> VisibleField:
    return VisibleField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Enter a name for the view.")},
    )


def share_field() -> forms.BooleanField:
    return forms.BooleanField(label=_("Share this view"), required=False)


def say_with_whom(form: forms.Form, organisation: str) -> None:
    """What sharing means is said beside the box."""
    text = _now(
        "Everybody at %(name)s who may open this list can open the view. What they see in it is what they may see."
    )
    form.fields["is_shared"].help_text = text % {"name": organisation}


class NewViewForm(OnceForm):
    """A new view."""

    name = name_field()
    is_shared = share_field()
    is_default = forms.BooleanField(label=_("Open the list with this view"), required=False)

    def __init__(self, *args: Any, organisation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("id", new_id())
        say_with_whom(self, organisation)


class ViewForm(SeenForm):
    """Name and sharing of a view, and the version that was read."""

    name = name_field()
    is_shared = share_field()

    def __init__(self, *args: Any, organisation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_with_whom(self, organisation)
