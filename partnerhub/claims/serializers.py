"""Queues, waiting leads and claims as JSON, and what may be sent about them."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from leads.states import ReasonCode
from leads.states.choices import Industry
from partnerhub.claims.models import Claim, Queue, QueuedLead
from partnerhub.claims.services import WhereTo
from partnerhub.claims.services.queues import RANGES
from partnerhub.claims.states import Progress, Status
from partnerhub.web.bodies import Address, Body, Id, Number, Text, Tick, Word


class WaitingLeadSerializer(serializers.Serializer[Any]):
    """What a partner may know of a lead before it takes it."""

    id = serializers.UUIDField()
    lead = serializers.UUIDField(source="lead_id", help_text="Take it at `leads/{id}/claim/`.")
    number = serializers.CharField(source="__str__")
    program = serializers.CharField(source="program.slug")
    country = serializers.CharField(source="country.code")
    postcode = serializers.CharField(help_text="The first two characters.")
    industry = serializers.CharField()
    size = serializers.CharField()
    need = serializers.CharField()
    is_offered = serializers.SerializerMethodField(help_text="Offered to your organisation alone, until `due_at`.")
    due_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)
    since = serializers.DateTimeField(default_timezone=UTC)

    def get_is_offered(self, row: QueuedLead) -> bool:
        return row.due_at is not None


class QueueSerializer(serializers.Serializer[Any]):
    """A queue: which leads wait there, and on what terms partners take them."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    programs = serializers.ListField(child=serializers.UUIDField(), help_text="Empty: all.")
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1, two letters. Empty: all.")
    tiers = serializers.ListField(child=serializers.UUIDField(), help_text="Whose partners see it. Empty: all.")
    position = serializers.IntegerField(help_text="The lowest that fits takes a lead.")
    lease_days = serializers.IntegerField(help_text="Days without an act until the holder is warned.")
    recall_days = serializers.IntegerField(help_text="Days after the warning until the lead goes back.")
    offer_hours = serializers.IntegerField(help_text="Hours of the calendar that an offer to one partner stands.")
    held_at_most = serializers.IntegerField()
    per_day = serializers.IntegerField()
    per_week = serializers.IntegerField()
    is_active = serializers.BooleanField()
    is_fallback = serializers.BooleanField()


class ClaimSerializer(serializers.Serializer[Any]):
    """Who holds a lead, or is offered it."""

    id = serializers.UUIDField()
    lead = serializers.UUIDField(source="lead_id")
    status = serializers.ChoiceField(choices=Status.choices)
    progress = serializers.ChoiceField(choices=Progress.choices)
    dead_text = serializers.CharField(help_text="Why the holder finds the lead dead, until somebody has decided.")
    lease_until = serializers.DateTimeField(default_timezone=UTC, allow_null=True)


class PlacedSerializer(serializers.Serializer[Any]):
    """Where a lead of the vendor's is now."""

    lead = serializers.UUIDField()
    number = serializers.CharField()
    status = serializers.CharField()


def _ranged(name: str) -> Number:
    least, most = RANGES[name]
    return Number(min_value=least, max_value=most, required=False)


class QueueBody(Body):
    """What is not sent stays, or is as in a new queue."""

    name = Text(max_length=80, required=False)
    programs = serializers.ListField(child=Id(), required=False, max_length=200)
    countries = serializers.ListField(child=Text(min_length=2, max_length=2), required=False, max_length=250)
    tiers = serializers.ListField(child=Id(), required=False, max_length=200)
    position = _ranged("position")
    lease_days = _ranged("lease_days")
    recall_days = _ranged("recall_days")
    offer_hours = _ranged("offer_hours")
    held_at_most = _ranged("held_at_most")
    per_day = _ranged("per_day")
    per_week = _ranged("per_week")
    is_active = Tick(required=False)


class GiveBackBody(Body):
    """Why; the other side reads it."""

    text = Text(max_length=1000)


class DeadBody(Body):
    """Why the lead is not eligible; the partner reads it."""

    code = Word(choices=ReasonCode.choices)
    text = Text(max_length=1000)


class ProgressBody(Body):
    progress = Word(choices=Progress.choices)
    text = Text(max_length=1000, required=False, allow_blank=True, default="")


class HandOutBody(Body):
    """Where the lead goes: with the queue (null: the first that fits), or the partner."""

    way = Word(choices=[choice for choice in WhereTo.choices if choice[0] != WhereTo.SUBMIT])
    queue = Id(required=False, allow_null=True)
    partner = Id(required=False, allow_null=True)


class VendorLeadBody(Body):
    """A lead of the vendor's, and where it goes. Industry, size and need are seen before it is taken."""

    way = Word(choices=WhereTo.choices)
    queue = Id(required=False, allow_null=True)
    partner = Id(required=False, allow_null=True)
    program = Text(max_length=40, help_text="The program's `slug`.")
    company = Text(max_length=200)
    website = Text(max_length=300)
    country = Text(max_length=2, help_text="ISO 3166-1, two letters.")
    postcode = Text(max_length=20, required=False, allow_blank=True)
    first_name = Text(max_length=80, required=False, allow_blank=True)
    last_name = Text(max_length=80)
    email = Address(max_length=254)
    phone = Text(max_length=40, required=False, allow_blank=True)
    job_title = Text(max_length=100, required=False, allow_blank=True)
    notes = Text(max_length=4000, required=False, allow_blank=True)
    industry = Word(choices=Industry.choices, required=False, allow_blank=True)
    size = Text(max_length=60, required=False, allow_blank=True)
    need = Text(max_length=300, required=False, allow_blank=True)


def queue_json(queue: Queue) -> dict[str, Any]:
    return dict(QueueSerializer(queue).data)


def waiting_json(row: QueuedLead) -> dict[str, Any]:
    return dict(WaitingLeadSerializer(row).data)


def claim_json(claim: Claim) -> dict[str, Any]:
    return dict(ClaimSerializer(claim).data)
