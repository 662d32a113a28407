"""Locations, solutions, tiers and rates as JSON, and what may be sent about them."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.accounts.serializers.partners import COUNTRY
from partnerhub.partners.entries import plain_entry
from partnerhub.partners.models import Entry, Rate
from partnerhub.web.bodies import Body, Day, Number, Text, Tick


class EntryBody(Body):
    """What is not sent stays."""

    name = Text(max_length=100, required=False)
    is_retired = Tick(required=False, help_text="Retired ones are offered no more.")


class LocationBody(EntryBody):
    street = Text(max_length=200, required=False, allow_blank=True)
    postcode = Text(max_length=20, required=False, allow_blank=True)
    city = Text(max_length=100, required=False, allow_blank=True)
    country = Text(max_length=2, required=False, allow_blank=True, help_text=COUNTRY)


class SolutionBody(EntryBody):
    description = Text(max_length=2000, required=False, allow_blank=True)
    website = Text(max_length=200, required=False, allow_blank=True, help_text="`shop.example` will do.")


class TierBody(EntryBody):
    position = Number(min_value=1, max_value=1000, required=False, help_text="The lowest tier first.")
    claim_limit = Number(
        min_value=1,
        max_value=1000,
        required=False,
        allow_null=True,
        help_text="Leads held at once; null: as each queue says.",
    )
    claims_per_day = Number(
        min_value=1, max_value=1000, required=False, allow_null=True, help_text="Null: as each queue says."
    )
    claims_per_week = Number(
        min_value=1, max_value=1000, required=False, allow_null=True, help_text="Null: as each queue says."
    )
    protection_days = Number(
        min_value=1, max_value=1000, required=False, allow_null=True, help_text="Null: as many as anybody."
    )


class RateBody(Body):
    """One unit of `source` was `rate` of `target` on this day."""

    source = Text(max_length=3, help_text="ISO 4217.")  # type: ignore[assignment]  # the JSON's name, not DRF's
    target = Text(max_length=3, help_text="ISO 4217.")
    day = Day()
    rate = serializers.DecimalField(max_digits=20, decimal_places=10, help_text="As a string, so that it stays exact.")


class EntrySerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    is_retired = serializers.BooleanField(help_text="Retired ones are offered no more.")
    updated_at = serializers.DateTimeField()


class LocationSerializer(EntrySerializer):
    """Where a partner has people."""

    street = serializers.CharField()
    postcode = serializers.CharField()
    city = serializers.CharField()
    country = serializers.CharField(help_text=f"{COUNTRY} May be empty.")


class SolutionSerializer(EntrySerializer):
    """What a partner sells."""

    description = serializers.CharField()
    website = serializers.CharField()


class TierSerializer(EntrySerializer):
    """A level of the programme."""

    position = serializers.IntegerField(help_text="The lowest tier first.")
    claim_limit = serializers.IntegerField(allow_null=True, help_text="Leads held at once; null: as each queue says.")
    claims_per_day = serializers.IntegerField(allow_null=True, help_text="Null: as each queue says.")
    claims_per_week = serializers.IntegerField(allow_null=True, help_text="Null: as each queue says.")
    protection_days = serializers.IntegerField(allow_null=True, help_text="Null: as many as anybody.")


class RateSerializer(serializers.Serializer[Any]):
    """A rate of exchange of one day."""

    id = serializers.UUIDField()
    source = serializers.CharField(help_text="ISO 4217.")  # type: ignore[assignment]  # the same
    target = serializers.CharField(help_text="ISO 4217.")
    day = serializers.DateField()
    rate = serializers.CharField(help_text="So many of `target` for one of `source`.")


def partner_entry_json(row: Entry) -> dict[str, Any]:
    moment = row.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {"id": str(row.pk), "version": row.version, **plain_entry(row, row.EDITED), "updated_at": moment}


def rate_json(row: Rate) -> dict[str, Any]:
    rate = f"{row.rate.normalize():f}"
    return {"id": str(row.pk), "source": row.source, "target": row.target, "day": row.day.isoformat(), "rate": rate}
