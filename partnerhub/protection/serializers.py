"""Protections as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.protection.services.rules import MOST_RULE
from partnerhub.protection.states import Status
from partnerhub.states.lasting import Extension
from partnerhub.web.bodies import Body, Day, Id, Number
from partnerhub.web.schema import NamedSerializer


class ProtectionSerializer(serializers.Serializer[Any]):
    """How long a lead is protected, and by what. `days` is the sum of the granted ones, as far as the rules allow."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Status.choices)
    version = serializers.IntegerField()
    company = serializers.CharField()
    lead = serializers.UUIDField(source="lead_id")
    partner = NamedSerializer()
    starts_at = serializers.DateTimeField(default_timezone=UTC)
    until = serializers.DateTimeField(default_timezone=UTC)
    days = serializers.IntegerField()
    days_left = serializers.IntegerField()
    base_days = serializers.IntegerField()
    meeting_days = serializers.IntegerField()
    contact_days = serializers.IntegerField()
    activity_days = serializers.IntegerField()
    extension_days = serializers.IntegerField()
    met_on = serializers.DateField(allow_null=True)
    contact_asked_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)
    contact_confirmed_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)
    extension = serializers.ChoiceField(choices=Extension.choices, allow_blank=True)
    extension_text = serializers.CharField()
    extension_answer = serializers.CharField()
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class RatioSerializer(serializers.Serializer[Any]):
    """What became of protected leads that are over."""

    kept = serializers.IntegerField()
    lapsed = serializers.IntegerField()


class MeetingBody(Body):
    """A meeting, and the file on the lead that tells of it."""

    met_on = Day(help_text="The day, not one to come.")
    file = Id(help_text="The id of an attachment of the lead: `leads/{id}/attachments/`.")


class RulesSerializer(serializers.Serializer[Any]):
    """What earns how many days of protection: acceptance, a meeting, a confirmed contact, a month with activity, an
    extension; and the most that a lead may have."""

    version = serializers.IntegerField(help_text="The same as in the `ETag`.")
    base_days = serializers.IntegerField()
    meeting_days = serializers.IntegerField()
    contact_days = serializers.IntegerField()
    activity_days = serializers.IntegerField()
    extension_days = serializers.IntegerField()
    most_days = serializers.IntegerField()


class RulesBody(Body):
    """Those of the rules that change."""

    base_days = Number(min_value=1, max_value=MOST_RULE, required=False)
    meeting_days = Number(min_value=0, max_value=MOST_RULE, required=False)
    contact_days = Number(min_value=0, max_value=MOST_RULE, required=False)
    activity_days = Number(min_value=0, max_value=MOST_RULE, required=False)
    extension_days = Number(min_value=0, max_value=MOST_RULE, required=False)
    most_days = Number(min_value=1, max_value=MOST_RULE, required=False)
