"""Referrals as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.web.schema import NamedSerializer
from referrals.states import Status


class ReferralSerializer(serializers.Serializer[Any]):
    """A successful lead. Amounts are in minor units of the currency (cents of a euro), null while not reported."""

    id = serializers.UUIDField()
    date = serializers.DateField(source="happened_on")
    merchant = serializers.CharField()
    plan = serializers.CharField()
    revenue_minor = serializers.IntegerField(allow_null=True)
    earned_minor = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField(help_text="ISO 4217; empty while no amount is reported.")
    terms_version = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    lead = serializers.UUIDField(source="lead_id", help_text="The lead that was awarded, or whose deal was won.")
    partner = NamedSerializer()
    updated_at = serializers.DateTimeField(default_timezone=UTC)
