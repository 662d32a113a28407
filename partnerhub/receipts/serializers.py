"""Receipts as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.receipts.models import Receipt
from partnerhub.web.bodies import Body, Text


class ReceiptSerializer(serializers.Serializer[Any]):
    """What a lead held when it was sent. `content` is what is hashed: its JSON with sorted keys, no blanks and in UTF-8
    has the SHA-256 `hash`. In it a personal answer is the SHA-256 of its salt followed by its JSON; `personal` has salt
    and value of each, until the person is erased.
    """

    number = serializers.CharField(source="reference")
    lead = serializers.UUIDField(source="lead_id")
    sent_at = serializers.DateTimeField(default_timezone=UTC)
    terms_version = serializers.CharField()
    content = serializers.DictField()
    personal = serializers.DictField()
    hash = serializers.CharField(source="digest")
    is_late = serializers.BooleanField()


class CheckedSerializer(serializers.Serializer[Any]):
    """Whether a receipt with this number and this hash was written here; unknown and wrong read alike."""

    is_genuine = serializers.BooleanField()


class CheckReceiptBody(Body):
    """What stands on the receipt."""

    number = Text(max_length=20)
    hash = Text(max_length=100)


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    return dict(ReceiptSerializer(receipt).data)
