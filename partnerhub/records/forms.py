"""The short forms of steps, made of what a step asks for."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast
from uuid import UUID

from django import forms

from partnerhub.states import AskedDay, AskedMember, Asks, Choice
from partnerhub.states.steps import AskedField
from partnerhub.web.fields import DayField, VisibleField
from partnerhub.web.seen import SeenForm


class StepForm(SeenForm):
    """Every step carries the version of the record that the person decided on."""

    def arguments(self) -> dict[str, Any]:
        """The verb's arguments beside record and actor."""
        values = dict(self.cleaned_data)
        return {"seen": values.pop("version"), **values}


class NewForm(SeenForm):
    """Of a record that is not there yet: it has no version."""

    version = None  # type: ignore[assignment]  # Django's way to leave a field of the base out

    def arguments(self) -> dict[str, Any]:
        """The verb's arguments beside the actor."""
        return dict(self.cleaned_data)


class ChoosingForm(forms.Form):
    """`choices` are the members to choose from, by field; one that need not be chosen stays only where several are."""

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = cast("dict[str, forms.ChoiceField]", self.fields)
        for name, members in choices.items():
            fields[name].choices = [*cast("list[tuple[str, str]]", fields[name].choices), *members]
            if not fields[name].required and len(members) < 2:
                del fields[name]


@cache
def form_of(asks: Asks | None, base: type[SeenForm] = StepForm) -> Any:
    """The form with these fields: a type of `base`. Kept for each declaration, of which there are as many as steps."""
    if asks is None:
        return base
    bases = (ChoosingForm, base) if members_in(asks) else (base,)
    return type("AskedForm", bases, {field.name: form_field(field) for field in asks.fields})


@cache
def bulk_form_of(asks: Asks) -> type[forms.Form]:
    """The same fields for an act on many records, whose versions come with their rows."""
    return type("AskedOfMany", (forms.Form,), {field.name: form_field(field) for field in asks.fields})


def members_in(asks: Asks | None) -> list[str]:
    """The names of the fields in which a member is chosen."""
    return [field.name for field in asks.fields if isinstance(field, AskedMember)] if asks else []


def form_field(field: AskedField) -> forms.Field:
    """One field of a form."""
    label: Any = field.label
    errors: Any = {"required": field.missing} if field.missing else None
    if isinstance(field, AskedDay):
        return DayField(label=label, error_messages=errors)
    if isinstance(field, AskedMember):
        return forms.TypedChoiceField(
            coerce=UUID,
            empty_value=None,
            label=label,
            help_text=cast(str, field.help),
            choices=[("", cast(str, field.first))] if field.first else [],
            required=field.required,
            error_messages=errors,
        )
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
