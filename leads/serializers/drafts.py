"""Drafts of leads in their list, as JSON."""

from typing import Any

from rest_framework import serializers

from leads.models import Lead
from partnerhub.records.serializers import moment
from partnerhub.web.schema import NamedSerializer


class DraftRowSerializer(serializers.Serializer[Any]):
    """A draft in its list. `leads/<id>/` has all that was typed."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="For `If-Match`.")
    program = serializers.CharField(help_text="The program's slug.")
    company = serializers.CharField(allow_blank=True, help_text="As it was typed so far.")
    begun_by = NamedSerializer()
    updated_at = serializers.DateTimeField(help_text="When it was saved last.")


def draft_json(draft: Lead) -> dict[str, Any]:
    return {
        "id": str(draft.pk),
        "version": draft.version,
        "program": draft.program.slug,
        "company": str(draft.draft.get("company", "")),
        "begun_by": {"id": str(draft.submitted_by_id), "name": draft.submitted_by.name},
        "updated_at": moment(draft.updated_at),
    }
