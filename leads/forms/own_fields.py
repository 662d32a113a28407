"""The fields that a tenant added to a program, as form fields: for the partner's form, the vendor's and the API."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leads.forms import words
from leads.models import OwnField
from leads.states import FieldKind
from leads.states.own_fields import ANSWER_LENGTH, is_answered, plain_answer
from partnerhub.web.fields import DayField, TextField, TickField, WordField
from partnerhub.web.formats import decimal_of, decimal_text

FIRST_YEAR, LAST_YEAR = 1900, 2199
DIGITS, DECIMALS = 15, 6


def own_form_fields(fields: Iterable[OwnField]) -> dict[str, forms.Field]:
    """The form's fields by name, in the order of the tenant's."""
    return {field.name: _MAKERS[FieldKind(field.kind)](field) for field in fields}


def kept_answers(fields: Iterable[OwnField], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The checked answers as the lead keeps them, by the field's key."""
    values = {field.key: cleaned.get(field.name) for field in fields}
    return {key: plain_answer(value) for key, value in values.items() if is_answered(value)}


def former_answers(fields: Iterable[OwnField], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to fields that are asked no more, by the field's key; none where one cannot be read as its kind."""
    answers = {}
    for field in fields:
        made = _MAKERS[FieldKind(field.kind)](field)
        made.required = False
        try:
            value = made.clean(typed.get(field.name))
        except ValidationError:
            continue
        if is_answered(value):
            answers[field.key] = plain_answer(value)
    return answers


def typed_again(field: OwnField, answer: Any) -> Any:
    """A kept answer as somebody would type it now."""
    if field.kind == FieldKind.NUMBER and answer is not None:
        return decimal_text(Decimal(answer), grouped=False)
    return answer


class DecimalField(forms.CharField):
    """Any number, written as the person's language writes it. Typed into a plain field, as `NumberField` is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **options)

    def to_python(self, value: Any) -> Any:
        if not str(value or "").strip():
            return None
        try:
            number = decimal_of(str(value))
        except ValueError:
            example = {"example": decimal_text(Decimal("1250.5"))}
            raise ValidationError(words.NOT_DECIMAL, code="invalid", params=example) from None
        if abs(number) >= 10**DIGITS or number != round(number, DECIMALS):
            limits = {"digits": DIGITS, "decimals": DECIMALS}
            raise ValidationError(words.TOO_PRECISE, code="digits", params=limits)
        return number.normalize() + 0 if number else Decimal(0)


class AnyDayField(DayField):
    """A day of the past or to come: nobody but the tenant knows what it is the date of."""

    def validate(self, value: date | None) -> None:
        forms.DateField.validate(self, value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(words.DAY_OUT_OF_REACH, code="year", params=years)


def _options(field: OwnField) -> dict[str, Any]:
    missing = words.TICK_MISSING if field.kind == FieldKind.CHECKBOX else words.MISSING_ANSWER
    return {
        "label": field.label,
        "required": field.is_required,
        "help_text": field.help_text,
        "error_messages": {"required": missing},
    }


def _text(field: OwnField) -> forms.Field:
    made = TextField(max_length=ANSWER_LENGTH, **_options(field))
    made.widget.attrs |= {"dir": "auto", "autocomplete": "off"}
    return made


def _number(field: OwnField) -> forms.Field:
    return DecimalField(**_options(field))


def _choice(field: OwnField) -> forms.Field:
    nothing = _("Choose an answer") if field.is_required else _("No answer")
    return WordField(choices=[("", nothing), *((choice, choice) for choice in field.choices)], **_options(field))


def _day(field: OwnField) -> forms.Field:
    return AnyDayField(**_options(field))


def _tick(field: OwnField) -> forms.Field:
    options = _options(field)
    if field.is_required:  # a box has no mark of its own: see components/field.html
        options["help_text"] = f"{words.TICK_REQUIRED} {field.help_text}".strip()
    return TickField(**options)


_MAKERS = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.CHOICE: _choice,
    FieldKind.DATE: _day,
    FieldKind.CHECKBOX: _tick,
}
