"""The short forms of steps, made of what a step asks for."""

from functools import cache
from typing import Any

from django import forms

from partnerhub.states import Asks, Choice, Text
from partnerhub.web.fields import VisibleField
from partnerhub.web.seen import SeenForm


class StepForm(SeenForm):
    """Every step carries the version of the record that the person decided on."""

    def arguments(self) -> dict[str, Any]:
        """The verb's arguments beside record and actor."""
        values = dict(self.cleaned_data)
        return {"seen": values.pop("version"), **values}


@cache
def form_of(asks: Asks | None) -> type[StepForm]:
    """The form with these fields. Kept for each declaration, of which there are as many as steps."""
    if asks is None:
        return StepForm
    return type("AskedForm", (StepForm,), {field.name: form_field(field) for field in asks.fields})


@cache
def bulk_form_of(asks: Asks) -> type[forms.Form]:
    """The same fields for an act on many records, whose versions come with their rows."""
    return type("AskedOfMany", (forms.Form,), {field.name: form_field(field) for field in asks.fields})


def form_field(field: Text | Choice) -> forms.Field:
    """One field of a form."""
    label: Any = field.label
    errors: Any = {"required": field.missing} if field.missing else None
    if isinstance(field, Choice):
        choices: Any = [("", field.first), *field.choices]
        return forms.ChoiceField(label=label, choices=choices, error_messages=errors)
    help_text: Any = field.help
    return VisibleField(
        label=label,
        help_text=help_text,
        required=field.required,
        max_length=field.most,
        widget=forms.Textarea(attrs={"rows": field.rows}),
        error_messages=errors,
    )
