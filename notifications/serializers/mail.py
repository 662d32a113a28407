"""Messages and preferences as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from notifications.models import Message
from notifications.selectors import why
from notifications.selectors.circles import CIRCLES
from notifications.states import PURPOSES, Hold, Purpose, Status
from partnerhub.accounts.models import Membership
from partnerhub.web.bodies import Address, Body, Tick

LOG_COLUMNS = (
    *("id", "version", "purpose", "kind", "name", "address", "circle", "status", "hold", "tries", "due_at"),
    *("subject", "last_answer", "message_id", "language", "created_at", "sent_at", "heard_at"),
)


class MessageSerializer(serializers.Serializer[Any]):
    """One mail to one person about one event."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Counts the changes of its status.")
    purpose = serializers.ChoiceField(choices=list(PURPOSES))
    kind = serializers.CharField(help_text="The kind of the event.")
    event = serializers.UUIDField(help_text="The id of the event.")
    recipient = serializers.UUIDField(allow_null=True, help_text="The member; null for an address without a seat.")
    name = serializers.CharField()
    address = serializers.CharField()
    circle = serializers.ChoiceField(choices=list(CIRCLES), help_text="How they belong to the event.")
    why = serializers.CharField(help_text="Why they get it, as the mail says it.")
    status = serializers.ChoiceField(choices=Status.values)
    hold = serializers.ChoiceField(choices=Hold.values, allow_blank=True, help_text="Why it was not sent; or empty.")
    tries = serializers.IntegerField()
    due_at = serializers.DateTimeField(default_timezone=UTC, help_text="When the next try is due.")
    subject = serializers.CharField(help_text="Empty until the first try.")
    last_answer = serializers.CharField(help_text="What the mail server said last.")
    message_id = serializers.CharField()
    language = serializers.CharField()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    sent_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)
    heard_at = serializers.DateTimeField(
        default_timezone=UTC, allow_null=True, help_text="When it was delivered, came back or was complained about."
    )


class PurposeSerializer(serializers.Serializer[Any]):
    """A kind of mail, and whether the member gets it."""

    purpose = serializers.ChoiceField(choices=list(PURPOSES))
    label = serializers.CharField()  # type: ignore[assignment]  # the name of the JSON field, not of DRF's attribute
    text = serializers.CharField()
    wants = serializers.BooleanField()
    optional = serializers.BooleanField(help_text="Whether it may be switched off.")
    why_fixed = serializers.CharField(help_text="Why it is always on; or empty.")


class PreferencesSerializer(serializers.Serializer[Any]):
    """Where one's mail goes, and which kinds of it."""

    address = serializers.CharField(help_text="Where mail goes now.")
    preferred_email = serializers.CharField(help_text="Empty: mail goes to the address of the sign-in.")
    waiting_for = serializers.CharField(help_text="An address that has not been confirmed yet; or empty.")
    purposes = PurposeSerializer(many=True)


class PreferencesBody(Body):
    """What is left out stays as it is."""

    preferred_email = Address(required=False, allow_blank=True, max_length=254)
    purposes = serializers.DictField(
        child=Tick(), required=False, help_text='By purpose, those to be switched: `{"‹purpose›": false}`.'
    )


def message_json(message: Message, tenant_name: str) -> dict[str, Any]:
    """One message, as the log shows it."""
    columns = {name: getattr(message, name) for name in LOG_COLUMNS}
    more = {"event": message.event_id, "recipient": message.recipient_id, "why": why(message, tenant_name)}
    return dict(MessageSerializer(columns | more).data)


def preferences_json(
    membership: Membership, purposes: list[Purpose], chosen: dict[str, bool], *, address: str
) -> dict[str, Any]:
    """The member's settings as they are now."""
    shown = {
        "address": address,
        "preferred_email": membership.preferences.get("preferred_email", ""),
        "waiting_for": membership.preferences.get("proposed_email", ""),
        "purposes": [
            {
                "purpose": purpose.key,
                "label": purpose.label,
                "text": purpose.text,
                "wants": chosen.get(purpose.key, True),
                "optional": purpose.optional,
                "why_fixed": purpose.why_fixed,
            }
            for purpose in purposes
        ],
    }
    return dict(PreferencesSerializer(shown).data)
