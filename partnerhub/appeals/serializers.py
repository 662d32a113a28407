"""Appeals and clones as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from leads.states import ReasonCode
from partnerhub.appeals.states import Status
from partnerhub.web.schema import NamedSerializer


class AppealSerializer(serializers.Serializer[Any]):
    """A partner's appeal against a refusal. `refused_*` is what is appealed, `code` and `answer` what was decided."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Status.choices)
    version = serializers.IntegerField()
    company = serializers.CharField()
    lead = serializers.UUIDField(source="lead_id")
    partner = NamedSerializer()
    text = serializers.CharField()
    refused_code = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True)
    refused_text = serializers.CharField()
    code = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True)
    answer = serializers.CharField()
    decided_by = serializers.CharField(source="decider")
    due_at = serializers.DateTimeField(default_timezone=UTC)
    is_overdue = serializers.BooleanField()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class ClonesSerializer(serializers.Serializer[Any]):
    """The leads that were begun with this one's answers, and the one with whose it was begun, where there is one."""

    cloned_from = serializers.UUIDField(allow_null=True)
    clones = serializers.ListField(child=serializers.UUIDField())
