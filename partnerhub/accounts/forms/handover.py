"""Who takes over what a member holds."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from partnerhub.accounts.forms.people import VerbForm
from partnerhub.accounts.holdings import HandOver, Held
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.handover import TAKER_PREFIX, TO_NOBODY
from partnerhub.web.seen import SeenForm

FOR_ALL = "to_all"


class SuccessorField(forms.ChoiceField):
    """Somebody out of a list. Left open it is no mistake yet: one person may be named for all."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class HandOverForm(VerbForm):
    """Who takes over what a member holds: a field for each kind, and one for all where there are several."""

    def __init__(self, *args: Any, held: Sequence[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        several = len(held) > 1
        if several:
            everybody = {row.pk: row for one in held for row in one.successors}
            people = sorted(everybody.values(), key=lambda row: row.name_key)
            self._offer(FOR_ALL, _("Everything goes to"), [("", _("Choose for each")), *_names(people)])
        for one in held:
            first = _("As above") if several else _("Choose who takes over")
            nobody = [(TO_NOBODY, str(one.kind.nobody))] if one.kind.nobody else []
            self._offer(f"{TAKER_PREFIX}{one.key}", one.label, [("", first), *_names(one.successors), *nobody])

    def _offer(self, name: str, label: str, choices: Sequence[tuple[str, str]]) -> None:
        # Whether somebody has to be chosen, the verb says: it knows what is held when it is done.
        self.fields[name] = SuccessorField(label=label, choices=choices, required=name != FOR_ALL)

    def chosen(self) -> HandOver:
        """Who was chosen for each kind; the one for all where they can take it over."""
        data, chosen = self.cleaned_data, {}
        for one in self.held:
            able = {str(row.pk) for row in one.successors}
            value = data[f"{TAKER_PREFIX}{one.key}"] or (data.get(FOR_ALL) if data.get(FOR_ALL) in able else "")
            if value:
                chosen[one.key] = None if value == TO_NOBODY else UUID(value)
        return chosen


class RemovalForm(HandOverForm, SeenForm):
    """What is asked before a seat is taken away, with the version of it that was shown."""


def _names(people: Sequence[Membership]) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in people]
