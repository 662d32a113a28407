"""Own fields as JSON: what a program asks of its own, and the answers, by the field's id."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from leads.models import Lead, OwnField
from leads.selectors import asked_fields
from leads.states import UNSENT_STATUSES, FieldKind
from partnerhub.roles import PARTNER

TICK = "on"
NUMBER_TEXT = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
BY_ID = (
    "By the field's id, as its program names it: a string for text, choice and date (YYYY-MM-DD), a decimal in a string"
    " for a number, a boolean for a checkbox."
)
ANSWERS_SCHEMA = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}


@extend_schema_field(ANSWERS_SCHEMA)
class OwnAnswers(serializers.JSONField):
    """Answers by the field's id. Which fields there are, and what they take, is the program's matter."""

    default_error_messages = {"object": _("Send a JSON object with an answer for each field's id.")}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fail("object")
        return data


def as_typed(value: Any, kind: str) -> str | None:
    """An answer as somebody would type it; empty for null, None where the field's kind takes another type of JSON."""
    if value is None:
        return ""
    if kind == FieldKind.CHECKBOX:
        return (TICK if value else "") if isinstance(value, bool) else None
    if kind == FieldKind.NUMBER and isinstance(value, int | float) and not isinstance(value, bool):
        value = format(Decimal(str(value)), "f")
    if not isinstance(value, str):
        return None
    return value if kind != FieldKind.NUMBER or not value or NUMBER_TEXT.fullmatch(value) else None


def own_json(lead: Lead) -> dict[str, Any]:
    """The answers that both sides read; a draft's as they were typed."""
    if lead.status in UNSENT_STATUSES:
        typed = {field: lead.draft.get(field.name, "") for field in asked_fields(lead.program, PARTNER)}
        return {field.key: _untyped(text, field) for field, text in typed.items() if text}
    return dict(lead.own_answers)


def vendor_json(lead: Lead) -> dict[str, Any]:
    """The answers that the vendor keeps to itself."""
    return dict((lead.vendor_answers or {}).get("answers", {}))


def own_field_json(field: OwnField) -> dict[str, Any]:
    return {
        "id": field.key,
        "label": field.label,
        "help": field.help_text,
        "kind": field.kind,
        "choices": field.choices,
        "required": field.is_required,
        "seen_by": "vendor" if field.vendor_only else "both",
        "retired": field.is_retired,
    }


def _untyped(text: str, field: OwnField) -> Any:
    return text == TICK if field.kind == FieldKind.CHECKBOX else text


def own_described(words: str, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
    """The answers in a lead, for the API's description."""
    return _Answers(help_text=f"{words} {BY_ID}", **options)


@extend_schema_field(ANSWERS_SCHEMA)
class _Answers(serializers.JSONField):
    """Answers by the field's id."""


class OwnFieldSerializer(serializers.Serializer[Any]):
    """A field that the vendor added to a program's leads."""

    id = serializers.UUIDField(help_text="The name of its answer in a lead's `own_fields` or `vendor_fields`.")
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own attribute has this name
    help = serializers.CharField()
    kind = serializers.ChoiceField(choices=FieldKind.choices)
    choices = serializers.ListField(child=serializers.CharField(), help_text="For a choice: what may be answered.")
    required = serializers.BooleanField(help_text="Required to submit.")  # type: ignore[assignment]  # a field's own attribute has this name
    seen_by = serializers.ChoiceField(
        choices=["both", "vendor"], help_text="The partner answers those seen by both; the vendor the others."
    )
    retired = serializers.BooleanField(help_text="Asked no more; leads keep the answers they have.")
