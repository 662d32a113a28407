"""The list as CSV: exactly what is filtered, in the list's order, streamed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.filters import LeadFilter
from leads.models import Lead
from leads.selectors import programs
from leads.states import Status
from leads.tables import DEFAULT_ORDER, columns_for
from partnerhub.roles import LEADS_VIEW, VENDOR
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.exports import csv_response
from partnerhub.web.lists import Order, order_of
from partnerhub.web.views import PortalView

ALL = 10_000_000
FETCHED_AT_ONCE = 2000
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


class LeadExportView(PortalView):
    permission = LEADS_VIEW

    def get(self, request: Any) -> HttpResponseBase:
        member, tenant = request.membership, request.tenant
        order = order_of(request.GET.get("sort", ""), columns_for(member.side), DEFAULT_ORDER)
        heads = [*HEADS, gettext_lazy("Partner")] if member.side == VENDOR else HEADS
        name = f"leads-{tenant.slug}-{localdate().isoformat()}.csv"
        zone, language = timezone.get_current_timezone(), translation.get_language()

        def rows() -> Iterator[Sequence[Any]]:
            with timezone.override(zone), translation.override(language):
                yield from exported(LeadFilter(request.GET, member), order, member)

        return csv_response(
            name,
            heads,
            rows,
            scope=lambda: tenant_scope(
                tenant, side=member.side, partner_id=member.partner_id, user_id=member.user_id
            ),
        )


def exported(found: LeadFilter, order: Order, member: Any) -> Iterator[Sequence[Any]]:
    """The rows of the file, read from the database as they are written."""
    rows = found.qs
    if found.text:
        rows = found.search(order)(rows, None, order.descending, ALL)
    sign = "-" if order.descending else ""
    names = {program.pk: program.name for program in programs()}
    labels = {status.value: str(status.label) for status in Status}
    yes, no = _("Yes"), _("No")
    for lead in rows.order_by(f"{sign}{order.column.sort}", f"{sign}id").iterator(chunk_size=FETCHED_AT_ONCE):
        row = _row(lead, names, labels, yes if lead.sales_support else no)
        yield [*row, lead.partner.name] if member.side == VENDOR else row


def _row(lead: Lead, names: dict[Any, str], labels: dict[str, str], support: str) -> list[Any]:
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
        support,
        lead.submitted_at,
        lead.updated_at,
    ]
