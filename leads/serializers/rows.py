"""A row of *Submitted leads*. Made by a plain function, because it is made most often; the serializer describes it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from leads.models import NEVER
from leads.serializers.fields import person
from leads.states import Status
from partnerhub.records.serializers import moment
from partnerhub.roles import VENDOR
from partnerhub.web.schema import NamedSerializer

LEAD_COLUMNS = (
    "pk",
    "version",
    "number",
    "company",
    "website",
    "first_name",
    "last_name",
    "email",
    "program_id",
    "status",
    "sales_support",
    "partner_id",
    "representative_id",
    "submitted_at",
    "updated_at",
    "due_at",
)


def row_json(row: Any, names: Mapping[UUID, str], side: str) -> dict[str, Any]:
    """One row as this side gets it. `names` has the people by id, and the program's slug."""
    shown = {
        "id": str(row.pk),
        "version": row.version,
        "number": f"L-{row.number}",
        "company": row.company,
        "website": row.website,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "program": names[row.program_id],
        "status": row.status,
        "sales_support": row.sales_support,
        "representative": person(row.representative_id, names.get(row.representative_id)),
        "submitted_at": moment(row.submitted_at),
        "updated_at": moment(row.updated_at),
        "due_at": None if row.due_at == NEVER else moment(row.due_at),
    }
    if side == VENDOR:
        shown["partner"] = person(row.partner_id, names.get(row.partner_id))
    return shown


class LeadRowSerializer(serializers.Serializer[Any]):
    """A lead as the list shows it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="For `If-Match`, and for the version seen in a bulk act.")
    number = serializers.CharField(help_text="As people read it: `L-20418`.")
    company = serializers.CharField()
    website = serializers.CharField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.CharField()
    program = serializers.CharField(help_text="The program's slug.")
    status = serializers.ChoiceField(choices=Status.choices)
    sales_support = serializers.BooleanField()
    representative = NamedSerializer(allow_null=True)
    submitted_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="By when somebody has to answer, while a clock runs.")
    partner = NamedSerializer(
        required=False, allow_null=True, help_text="For the vendor's side only. None while the lead is no partner's."
    )


class TriageRowSerializer(LeadRowSerializer):
    """A lead that waits in triage, as the list of leads shows it."""
