"""Upgrade invitations and their terms as JSON."""

from datetime import UTC
from typing import Any

from django.conf import settings
from rest_framework import serializers

from notifications.models import Endpoint
from notifications.serializers.webhooks import WebhookSerializer, webhook_json
from partnerhub.upgrades.models import (
    ANSWER_DAYS,
    LONGEST_TERMS,
    MOST_ANSWER_DAYS,
    UpgradeInvitation,
    UpgradeTerms,
)
from partnerhub.web.bodies import Body, Number, Text, Word
from partnerhub.web.shapes import shape_of

UpgradeInvitationSerializer = shape_of(
    *(UpgradeInvitation, "company", "store_url", "owner_email", "language", "partner"),
    *("agreed_at", "agreed_name", "expires_at"),
    about="An invitation to the owner of a store to upgrade it. `due_at`: when the store has to be upgraded.",
    terms_version=serializers.IntegerField(source="terms.number"),
    lead=serializers.UUIDField(source="lead_id"),
    due_at=serializers.DateTimeField(default_timezone=UTC, allow_null=True),
    is_delayed=serializers.BooleanField(),
)


class TermsSerializer(serializers.Serializer[Any]):
    """One version of the terms of an upgrade, by language."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    texts = serializers.DictField(child=serializers.CharField())
    answer_days = serializers.IntegerField(help_text="So long an invitation with them waits for its answer.")
    published_at = serializers.DateTimeField(default_timezone=UTC)


def terms_json(terms: UpgradeTerms) -> dict[str, Any]:
    return dict(TermsSerializer(terms).data)


class UpgradeActivationSerializer(serializers.Serializer[Any]):
    """Who upgrades stores. Secret and test of the webhook: at its own addresses."""

    by = serializers.ChoiceField(choices=("people", "webhook"))
    webhook = WebhookSerializer(allow_null=True)


class PointedActivationSerializer(UpgradeActivationSerializer):
    secret = serializers.CharField(help_text="Of a new webhook, this once; empty where the address alone has changed.")


class PointActivationBody(Body):
    """The system that is told of each agreement."""

    url = Text(max_length=500, help_text="https://, in the internet. Redirects are not followed.")


def activation_json(endpoint: Endpoint | None) -> dict[str, Any]:
    """Who upgrades stores: an endpoint, or people."""
    webhook = webhook_json(endpoint) if endpoint else None
    return {"by": "webhook" if endpoint else "people", "webhook": webhook}


class SendUpgradeBody(Body):
    """The language in which the owner is written to."""

    language = Word(choices=settings.LANGUAGES)


class TermsBody(Body):
    """The terms by language; the portal's own language is required."""

    answer_days = Number(
        min_value=1,
        max_value=MOST_ANSWER_DAYS,
        required=False,
        default=ANSWER_DAYS,
        help_text="So long the owner of a store has to answer an invitation.",
    )


PublishTermsBody: Any = type(
    "PublishTermsBody",
    (TermsBody,),
    {
        code.replace("-", "_"): Text(max_length=LONGEST_TERMS, required=False, allow_blank=True, default="")
        for code, _name in settings.LANGUAGES
    },
)
