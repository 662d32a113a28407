"""A row of *Submitted leads*. Made by a plain function, because it is made most often; the serializer describes it."""

from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from rest_framework import serializers

from leads.models import Program
from leads.serializers.fields import moment, person
from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.roles import VENDOR
from partnerhub.web.api_lists import NamedSerializer
from partnerhub.web.lists import Order

COLUMNS = (
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
    "representative_id",
    "submitted_at",
    "updated_at",
)
_NAME = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=CharField())


def row_columns(side: str, order: Order) -> dict[str, Any]:
    """What a row is made of: columns (None), and names, which are looked up for the rows of the page alone.

    A join would be made for every row before the page is cut: behind row-level security the planner takes each table
    for nearly empty.
    """
    columns: dict[str, Any] = dict.fromkeys((*COLUMNS, order.column.sort))
    representative = Membership.objects.filter(pk=OuterRef("representative_id"))
    columns |= {
        "program_slug": Subquery(Program.objects.filter(pk=OuterRef("program_id")).order_by().values("slug")),
        "representative_name": Subquery(representative.values(name=_NAME)),
    }
    if side == VENDOR:
        name = Subquery(Partner.objects.filter(pk=OuterRef("partner_id")).values("name"))
        columns |= {"partner_id": None, "partner_name": name}
    return columns


def row_json(row: Any, side: str) -> dict[str, Any]:
    """One row as this side gets it."""
    shown = {
        "id": str(row.pk),
        "version": row.version,
        "number": f"L-{row.number}",
        "company": row.company,
        "website": row.website,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "program": row.program_slug,
        "status": row.status,
        "sales_support": row.sales_support,
        "representative": person(row.representative_id, row.representative_name),
        "submitted_at": moment(row.submitted_at),
        "updated_at": moment(row.updated_at),
    }
    if side == VENDOR:
        shown["partner"] = person(row.partner_id, row.partner_name)
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
    partner = NamedSerializer(required=False, help_text="For the vendor's side only.")


class LeadListSerializer(serializers.Serializer[Any]):
    """A page of leads. The pages before and after are links; there is no count."""

    results = LeadRowSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
