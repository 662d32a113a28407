"""Which messages the delivery log shows; the same for the page and the API."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from notifications.models import Message
from notifications.selectors import messages_for
from notifications.states import Status
from partnerhub.web.fields import VisibleField

ADDRESS_LENGTH = 254


class MessageFilter(forms.Form):
    """The parameters of an address. The page leaves out what is not valid; the API refuses it."""

    status = forms.ChoiceField(label=_("State"), choices=Status.choices, required=False)
    address = VisibleField(label=_("Address"), max_length=ADDRESS_LENGTH, required=False)

    def __init__(self, query: Mapping[str, Any]) -> None:
        super().__init__(query)
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    def rows(self, membership: Any) -> QuerySet[Message]:
        """The member's messages, narrowed by what was chosen."""
        return messages_for(membership, **self.chosen)
