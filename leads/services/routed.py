"""The portal itself gives leads to representatives, in sets (E9). As the system, inside the tenant."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import now

from leads.selectors import representative_kept
from leads.services.returned import covers
from leads.services.seen import OF_MANY, came_together
from leads.services.steps import LEADS
from leads.states import LEAD, OPEN
from partnerhub.absences.cover import working_for
from partnerhub.accounts.models import Membership
from partnerhub.events.services import SYSTEM, Changed, record_each
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold
from partnerhub.web.rows import send

GIVE_LEADS = """
UPDATE leads_lead AS lead SET representative_id = given.member, representative_key = given.name,
    version = lead.version + 1, updated_at = asked.moment
FROM (SELECT %s::timestamptz AS moment, %s::uuid AS tenant) AS asked,
    unnest(%s::uuid[], %s::uuid[], %s::text[]) AS given (id, member, name)
WHERE lead.tenant_id = asked.tenant AND lead.id = given.id
"""


def stand_in(member_id: UUID) -> Membership | None:
    """Who does this member's new work now: they, or their deputy (E28); a representative until the transaction ends.

    None where nobody of them is here, or can represent leads. The seats come before the leads: whoever takes a seat
    away locks so, too.
    """
    here = working_for(member_id)
    return representative_kept(here) if here else None


@transaction.atomic
def route_leads(given: Mapping[UUID, Membership], wanted: Mapping[UUID, UUID]) -> set[UUID]:
    """Give leads (id → representative, from `stand_in`, who was asked for the one that was `wanted`); which were given.

    Left out is whoever has somebody meanwhile, is decided or set aside. Three statements for all, and the events. Of
    each lead that came in with many there is no letter.
    """
    rows = LEADS.joined().filter(pk__in=list(given)).order_by("pk").select_for_update(of=("self",))
    free = [lead for lead in rows if not lead.representative_id and not lead.is_set_aside and lead.status in OPEN]
    told = list[Changed]()
    together = came_together(given)
    pairs = {(wanted[lead.pk], given[lead.pk].pk): given[lead.pk] for lead in free}
    covered = {pair: covers(pair[0], member) for pair, member in pairs.items()}
    for lead in free:
        LEAD.check("route", lead, SYSTEM)
        lead.representative, lead.version = given[lead.pk], lead.version + 1
        data = LEADS.event_data(lead) | {"assigned_to": given[lead.pk].name}
        data |= {OF_MANY: True} if lead.pk in together else {}
        data |= covered.get((wanted[lead.pk], given[lead.pk].pk), {})
        told.append(Changed(lead, {"representative": None}, {"representative": str(given[lead.pk].pk)}, data))
    _write([lead.pk for lead in free], [given[lead.pk] for lead in free])
    record_each("lead.assigned", told, actor=SYSTEM)
    return {lead.pk for lead in free}


def _write(leads: Sequence[UUID], members: Sequence[Membership]) -> None:
    """Each of these leads has the representative at its place; one statement."""
    if not leads:
        return
    people, names = [member.pk for member in members], [fold(member.name)[:200] for member in members]
    with connection.cursor() as cursor:
        send(cursor, GIVE_LEADS, [now(), current_tenant().pk, list(leads), people, names])
