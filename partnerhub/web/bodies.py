"""What the API takes: bodies that say no to what they do not know, and fields that take their own JSON type only."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from partnerhub.money import LARGEST_AMOUNT
from partnerhub.web.folding import visible

UUID_SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Body(serializers.Serializer[Any]):
    """A JSON object. A name that it does not take, known elsewhere or not, is refused and never silently left out."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        left_out = self.parent is not None and (data is None or data is serializers.empty)
        if not left_out and not isinstance(data, Mapping):
            raise serializers.ValidationError({"body": [ErrorDetail(_("Send a JSON object."), "not_a_dict")]})
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> Any:
        unknown = {
            name: [ErrorDetail(_("This is not a field that can be written here."), "unknown")]
            for name in data
            if name not in self.fields
        }
        if unknown:
            raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)

    @classmethod
    def read(cls, data: Any) -> dict[str, Any]:
        """The checked values. Raises ValidationError with every field that is wrong."""
        body = cls(data=data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)


class NoBody(Body):
    """Nothing needs to be said."""


class Text(serializers.CharField):
    """A JSON string, trimmed, without what cannot be seen. As long as the schema says: counted as it was sent."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return str(super().to_internal_value(visible(data)))


class Address(serializers.EmailField):
    """A JSON string with an email address in it, without what cannot be seen."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(visible(data, address=True)))


class Number(serializers.IntegerField):
    """A JSON number without a fraction."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return int(data)


class Amount(Number):
    """Money above 0."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            min_value=1,
            max_value=LARGEST_AMOUNT,
            help_text="In minor units of the currency: cents of a euro.",
            required=required,
        )


class CurrencyCode(Text):
    """The currency of an amount."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(max_length=3, help_text="ISO 4217.", required=required)


class Tick(serializers.BooleanField):
    """true or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Id(serializers.UUIDField):
    """A UUID, written with hyphens."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not UUID_SHAPE.fullmatch(data):
            self.fail("invalid", value=data)
        return UUID(data)


class Day(serializers.DateField):
    """A date as RFC 3339 has it. Kept as it was written."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not DAY.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)


class Word(serializers.ChoiceField):
    """One of a few words."""

    default_error_messages = {"invalid_choice": gettext_lazy("Choose from the list.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return str(super().to_internal_value(data))


class WordList(serializers.ListField):
    """Some of a few words."""

    def __init__(self, *, choices: Sequence[tuple[str, str | Promise]], **options: Any) -> None:
        super().__init__(child=Word(choices=choices), max_length=len(choices), **options)


class IdList(serializers.ListField):
    """UUIDs, written with hyphens."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=Id(), **options)
