"""The shape of the Communication page; the verbs decide."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.states import Purpose, PurposeGroup
from partnerhub.web.fields import AddressField
from partnerhub.web.seen import PersonalSettings, SeenForm


class CommunicationForm(SeenForm):
    """Where mail goes, and a switch for each purpose; those that are always on are drawn and not read."""

    preferred_email = AddressField(
        label=_("Preferred email"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        purposes: Sequence[Purpose],
        saved: PersonalSettings | None = None,
    ) -> None:
        always = {purpose.key: True for purpose in purposes if not purpose.optional}
        initial = saved.values | {"version": saved.version} if saved else {}
        super().__init__(data, initial=always | initial)
        self.purposes = purposes
        for purpose in purposes:
            words: Any = {"label": purpose.label, "help_text": purpose.text}
            self.fields[purpose.key] = forms.BooleanField(required=False, disabled=not purpose.optional, **words)

    def wanted(self) -> dict[str, bool]:
        """The switches that a person may turn, as they were sent."""
        return {purpose.key: self.cleaned_data[purpose.key] for purpose in self.purposes if purpose.optional}

    def tables(self) -> list[tuple[PurposeGroup, list[tuple[Purpose, Any]]]]:
        """Each table with its rows, (purpose, field)."""
        rows: dict[str, list[tuple[Purpose, Any]]] = defaultdict(list)
        for purpose in self.purposes:
            rows[purpose.group.key].append((purpose, self[purpose.key]))
        return [(found[0][0].group, found) for found in rows.values()]
