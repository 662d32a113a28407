"""The list as CSV: exactly what is filtered, in the list's order, streamed."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.filters import LeadFilter
from leads.models import Lead
from leads.selectors import programs, with_people
from leads.states import Status
from partnerhub.roles import VENDOR
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.web.exports import Row, csv_response
from partnerhub.web.lists import Order

ALL = 10_000_000
HEADS = (
    gettext_lazy("Number"),
    gettext_lazy("Company"),
    gettext_lazy("Website"),
    gettext_lazy("Country"),
    gettext_lazy("Postcode"),
    gettext_lazy("First name"),
    gettext_lazy("Last name"),
    gettext_lazy("Email"),
    gettext_lazy("Phone"),
    gettext_lazy("Program"),
    gettext_lazy("Status"),
    gettext_lazy("Representative"),
    gettext_lazy("Sales support"),
    gettext_lazy("Submitted"),
    gettext_lazy("Updated"),
)


def leads_csv(found: LeadFilter, order: Order, member: Any) -> StreamingHttpResponse:
    """A download of all leads that the list shows over its pages, in its order."""
    tenant = current_tenant()
    names = {program.pk: program.name for program in programs()}
    labels = {status.value: str(status.label) for status in Status}
    support = {True: _("Yes"), False: _("No")}

    def row_of(lead: Lead) -> Row:
        row = _row(lead, names, labels, support)
        return [*row, lead.partner.name] if member.side == VENDOR else row

    return csv_response(
        f"leads-{tenant.slug}-{localdate().isoformat()}.csv",
        [*HEADS, gettext_lazy("Partner")] if member.side == VENDOR else HEADS,
        exported(found, order),
        row_of,
        inside=lambda: tenant_scope(tenant, side=member.side, partner_id=member.partner_id, user_id=member.user_id),
    )


def exported(found: LeadFilter, order: Order) -> QuerySet[Lead]:
    """All leads that the list shows over its pages, in its order."""
    rows = found.qs
    if found.text:
        rows = found.search(order)(rows, None, order.descending, ALL)
    sign = "-" if order.descending else ""
    return with_people(rows).order_by(f"{sign}{order.column.sort}", f"{sign}id")


def _row(lead: Lead, names: dict[Any, str], labels: dict[str, str], support: dict[bool, str]) -> list[Any]:
    return [
        lead.reference,
        lead.company,
        lead.website,
        str(lead.country),
        lead.postcode,
        lead.first_name,
        lead.last_name,
        lead.email,
        lead.phone,
        names.get(lead.program_id, ""),
        labels[lead.status],
        lead.representative.name if lead.representative else "",
        support[lead.sales_support],
        lead.submitted_at,
        lead.updated_at,
    ]
