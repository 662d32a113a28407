"""Webhooks as JSON."""

from datetime import UTC
from typing import Any

from django.utils.timezone import now
from rest_framework import serializers

from notifications.models import Endpoint, Hook
from notifications.selectors.webhooks import may_send, signing
from notifications.states import Hold, Off, Status
from partnerhub.web.bodies import Body, Text, Tick
from partnerhub.web.schema import NamedSerializer

MOST_TYPES = 200
DELIVERY_COLUMNS = (
    *("id", "status", "hold", "tries", "due_at", "last_answer", "response_status", "response_body"),
    *("created_at", "sent_at"),
)


class WebhookSerializer(serializers.Serializer[Any]):
    """An endpoint that is told of events. Its secret is shown when it is made, and never again."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    description = serializers.CharField()
    event_types = serializers.ListField(child=serializers.CharField(), help_text="Empty: every kind of event.")
    owner = NamedSerializer(help_text="What they may read is what is sent; without them nothing is.")
    is_active = serializers.BooleanField()
    off_because = serializers.ChoiceField(choices=Off.values, allow_blank=True, help_text="Why it is off; or empty.")
    is_sending = serializers.BooleanField(help_text="Whether it is on, and its owner may still have it.")
    failing_since = serializers.DateTimeField(
        default_timezone=UTC, allow_null=True, help_text="Nothing has been taken since; null: it takes what it is sent."
    )
    secrets = serializers.IntegerField(help_text="How many sign: more than one for a day after a new one.")
    created_at = serializers.DateTimeField(default_timezone=UTC)
    version = serializers.IntegerField()


class NewWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(help_text="`whsec_…`: signs each delivery as Standard Webhooks has it. Keep it now.")


class WebhookListSerializer(serializers.Serializer[Any]):
    results = WebhookSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class WebhookDeliverySerializer(serializers.Serializer[Any]):
    """One event on its way to the endpoint."""

    id = serializers.UUIDField(help_text="The `webhook-id`, the same for every try.")
    event = serializers.UUIDField()
    type = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.values)
    hold = serializers.ChoiceField(choices=Hold.values, allow_blank=True, help_text="Why it was not sent; or empty.")
    tries = serializers.IntegerField()
    due_at = serializers.DateTimeField(default_timezone=UTC, help_text="When the next try is due.")
    last_answer = serializers.CharField(help_text="The status that came back, or why none did.")
    response_status = serializers.IntegerField(allow_null=True)
    response_body = serializers.CharField(help_text="Its beginning.")
    created_at = serializers.DateTimeField(default_timezone=UTC)
    sent_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)


class WebhookDeliveryListSerializer(serializers.Serializer[Any]):
    results = WebhookDeliverySerializer(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class TriedSerializer(serializers.Serializer[Any]):
    event = serializers.UUIDField(help_text="The id of the test event.")


class WebhookBody(Body):
    url = Text(max_length=500, help_text="https://, in the internet. Redirects are not followed.")
    description = Text(max_length=100, required=False, allow_blank=True)
    event_types = serializers.ListField(
        child=Text(max_length=60), max_length=MOST_TYPES, required=False, help_text="Left out or empty: every kind."
    )


class WebhookChangeBody(WebhookBody):
    """What is left out stays as it is."""

    url = Text(max_length=500, required=False)
    is_active = Tick(required=False, help_text="Off, nothing is sent; what waits is not sent later.")


def webhook_json(endpoint: Endpoint) -> dict[str, Any]:
    """One endpoint, without its secrets."""
    columns = {name: getattr(endpoint, name) for name in ("id", "url", "description", "event_types", "off_because")}
    more = {
        "owner": {"id": endpoint.owner_id, "name": endpoint.owner.name},
        "is_active": not endpoint.off_because,
        "is_sending": may_send(endpoint),
        "failing_since": endpoint.failing_since,
        "secrets": len(signing(endpoint, at=now())),
        "created_at": endpoint.created_at,
        "version": endpoint.version,
    }
    return dict(WebhookSerializer(columns | more).data)


def delivery_json(hook: Hook) -> dict[str, Any]:
    """One delivery, with what came back last."""
    columns = {name: getattr(hook, name) for name in DELIVERY_COLUMNS}
    return dict(WebhookDeliverySerializer(columns | {"event": hook.event_id, "type": hook.kind}).data)
