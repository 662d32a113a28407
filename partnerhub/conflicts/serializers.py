"""Cases of the conflict desk as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from leads.states import Conflict
from partnerhub.conflicts.models import ConflictCase, CreditShare
from partnerhub.conflicts.selectors import RIVALS_KEPT
from partnerhub.conflicts.states import Flag, Status
from partnerhub.states.asked import LONGEST_TEXT
from partnerhub.web.bodies import Body, Id, Number, Text
from partnerhub.web.schema import NamedSerializer


class CreditShareSerializer(serializers.ModelSerializer[Any]):
    """How much of the credit is one lead's, in whole percents."""

    lead = serializers.UUIDField(source="lead_id")
    partner = NamedSerializer()

    class Meta:
        model = CreditShare
        fields = ("lead", "partner", "percent")


class CaseSerializer(serializers.Serializer[Any]):
    """A lead in review, and the leads of others for the same business (`rivals`). `shares`: how the credit is split."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Status.choices)
    version = serializers.IntegerField()
    company = serializers.CharField()
    lead = serializers.UUIDField(source="lead_id")
    partner = NamedSerializer(source="lead.partner")
    verdict = serializers.ChoiceField(choices=Conflict.choices, allow_blank=True)
    rivals = serializers.ListField(child=serializers.UUIDField())
    flags = serializers.ListField(child=serializers.ChoiceField(choices=Flag.choices))
    flags_note = serializers.CharField()
    has_open_flags = serializers.BooleanField()
    winner = serializers.UUIDField(source="winner_id", allow_null=True)
    reason = serializers.CharField()
    decided_by = serializers.CharField(source="decider")
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class CaseWithSharesSerializer(CaseSerializer):
    """The same with its shares, where one is read alone."""

    shares = serializers.SerializerMethodField()

    def get_shares(self, case: ConflictCase) -> list[dict[str, Any]]:
        rows = CreditShare.objects.filter(case=case).select_related("partner").order_by("-percent", "id")
        return [dict(CreditShareSerializer(row).data) for row in rows]


class ShareBody(Body):
    """The share of a lead."""

    lead = Id(help_text="The lead in review, or one of `rivals`.")
    percent = Number(min_value=1, max_value=99)


class SplitBody(Body):
    """Shares that are 100 together, for the leads of at least two partners; and why, which the partners read."""

    shares = serializers.ListField(child=ShareBody(), min_length=2, max_length=RIVALS_KEPT + 1)
    text = Text(max_length=LONGEST_TEXT)


class DecideBody(Body):
    """The lead that goes on, and why; the partners read it."""

    winner = Id(help_text="The lead in review, or one of `rivals`.")
    text = Text(max_length=LONGEST_TEXT)
