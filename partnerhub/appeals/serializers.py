"""Appeals and clones as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.appeals.models import Appeal
from partnerhub.web.shapes import shape_of

AppealSerializer = shape_of(
    *(Appeal, "company", "partner", "text", "refused_code", "refused_text", "code", "answer"),
    about="A partner's appeal against a refusal. `refused_*` is what is appealed, `code` and `answer` the decision.",
    lead=serializers.UUIDField(source="lead_id"),
    due_at=serializers.DateTimeField(
        source="due", default_timezone=UTC, allow_null=True, help_text="Null while an answer of the partner is awaited."
    ),
    decided_by=serializers.CharField(source="decider"),
    is_overdue=serializers.BooleanField(),
)


class ClonesSerializer(serializers.Serializer[Any]):
    """The leads that were begun with this one's answers, and the one with whose it was begun, where there is one."""

    cloned_from = serializers.UUIDField(allow_null=True)
    clones = serializers.ListField(child=serializers.UUIDField())
