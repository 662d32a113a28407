"""A form on a record that others may change too: it carries the version that the person saw."""

from django import forms

from partnerhub.errors import Refused


class SeenForm(forms.Form):
    """`version` is the record's as it was when the form was drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def refuse(self, refusal: Refused) -> None:
        """Say beside the fields what a verb refused, and over the form what belongs to none."""
        for reason in refusal.reasons:
            self.add_error(reason.field if reason.field in self.fields else None, str(reason.text))

    def go_on_from(self, version: int) -> None:
        """Carry the version that is current now: whoever sends the form again has seen it."""
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(version)}
