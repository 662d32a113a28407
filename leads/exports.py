"""The list as CSV: exactly what is filtered, in the list's order, streamed."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.filters import LeadFilter
from leads.models import Lead, OwnField, Program
from leads.selectors import UNLISTED, all_programs, own_fields, with_people, with_vendor_answers
from leads.states import FieldKind, Status
from partnerhub.roles import VENDOR
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.web.exports import Row, csv_response
from partnerhub.web.lists import Order
from partnerhub.web.phones import phone_cell

ALL = 10_000_000
WITHOUT = [name for name in UNLISTED if name != "own_answers"]
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
    offered = all_programs()
    names = {program.pk: program.name for program in offered}
    own = own_columns(found, offered, member.side)
    labels = {status.value: str(status.label) for status in Status}
    support = {True: _("Yes"), False: _("No")}

    def row_of(lead: Lead) -> Row:
        row = _row(lead, names, labels, support)
        partner = [lead.partner.name] if member.side == VENDOR else []
        return [*row, *partner, *_own_cells(lead, own, support)]

    return csv_response(
        f"leads-{tenant.slug}-{localdate().isoformat()}.csv",
        [*HEADS, *([gettext_lazy("Partner")] if member.side == VENDOR else []), *own.values()],
        exported(found, order, own),
        row_of,
        inside=lambda: tenant_scope(tenant, side=member.side, partner_id=member.partner_id, user_id=member.user_id),
    )


def own_columns(found: LeadFilter, offered: list[Program], side: str) -> dict[OwnField, str]:
    """The own fields of the filtered programs (all where none is chosen) that this side knows of, with their heads."""
    chosen = found.narrowed.get("program")
    narrowed = [program for program in offered if chosen is None or str(program.pk) in chosen]
    return {
        field: field.label if len(narrowed) == 1 else f"{field.label} ({program.name})"
        for program in narrowed
        for field in own_fields(program, side)
    }


def exported(found: LeadFilter, order: Order, own: Iterable[OwnField] = ()) -> QuerySet[Lead]:
    """All leads that the list shows over its pages, in its order, with what these own fields need."""
    rows = found.qs
    if found.is_searched:
        rows = found.search(order)(rows, None, order.descending, ALL)
    sign = "-" if order.descending else ""
    rows = with_people(rows).order_by(f"{sign}{order.column.sort}", f"{sign}id")
    if any(field.vendor_only for field in own):
        rows = with_vendor_answers(rows)
    return rows.defer(None).defer(*WITHOUT) if own else rows


def _own_cells(lead: Lead, own: Collection[OwnField], words: dict[bool, str]) -> list[Any]:
    """The answers as a spreadsheet takes them: numbers and days as such. Without fields the answers were not read."""
    if not own:
        return []
    answers = lead.own_answers
    if any(field.vendor_only for field in own):
        answers = answers | (lead.vendor_answers or {}).get("answers", {})
    return [_cell(field, answers.get(field.key), words) for field in own]


def _cell(field: OwnField, answer: Any, words: dict[bool, str]) -> Any:
    match field.kind:
        case _ if answer is None:
            return None
        case FieldKind.NUMBER:
            return Decimal(answer)
        case FieldKind.DATE:
            return date.fromisoformat(answer)
        case FieldKind.CHECKBOX:
            return words[answer]
    return answer


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
        phone_cell(lead.phone),
        names.get(lead.program_id, ""),
        labels[lead.status],
        lead.representative.name if lead.representative else "",
        support[lead.sales_support],
        lead.submitted_at,
        lead.updated_at,
    ]
