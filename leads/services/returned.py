"""What a deputy got for a representative who was away, and what of it comes back with them (E28).

Whatever gives a lead to the deputy says so in its event (`covers`). On return a lead comes back that the deputy has not
begun: it is submitted still, nobody else got it since, and no act of the deputy's is in its timeline.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from leads.models import Lead
from leads.selectors import representative_kept
from leads.services.handover import hand_over_leads
from leads.states import OPEN, Status
from partnerhub.absences.cover import CameBack
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.models import Event

COVERS = "covers_id"
LEAD_GOT = ("lead.assigned", "lead.handed_over")


def covers(wanted: UUID, given: Membership | None) -> dict[str, str]:
    """What the event of an assignment says besides, where the lead went to a deputy: whose it would have been."""
    if given is None or given.pk == wanted:
        return {}
    absent = Membership.objects.select_related("user").get(pk=wanted)
    return {COVERS: str(wanted), "covers_name": absent.name}


def give_back(absent: Membership, deputies: Collection[UUID], since: datetime, by: Actor) -> CameBack:
    """Give a representative who is back what these deputies got for them since then and have not begun.

    The rest of what they got for them, and what is open still, stays where it is. Without the role any more, nobody
    gets anything.
    """
    leads = _got_for(absent, deputies, since)
    taker = representative_kept(absent.pk)
    back = [lead for lead, is_begun in leads if not is_begun and taker is not None]
    for deputy in {lead.representative for lead in back if lead.representative}:
        rows = Lead.objects.filter(pk__in=[lead.pk for lead in back], representative=deputy)
        hand_over_leads(rows, deputy, taker, by=by)
    numbers = {lead.pk: lead.reference for lead in back}
    return CameBack([*numbers.values()], [lead.reference for lead, _begun in leads if lead.pk not in numbers])


def _got_for(absent: Membership, deputies: Collection[UUID], since: datetime) -> list[tuple[Lead, bool]]:
    """The open leads that deputies have because the member was away, the oldest first, and whether they have begun."""
    rows = Lead.objects.filter(representative__in=deputies, status__in=OPEN, submitted_at__isnull=False)
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    leads = {lead.pk: lead for lead in locked.select_related("representative__user")}
    found = []
    for key, events in _events_of([*leads], since).items():
        lead = leads[key]
        given = [number for number, event in enumerate(events) if event.kind in LEAD_GOT]
        if given and events[given[-1]].data.get(COVERS) == str(absent.pk):
            later = events[given[-1] + 1 :]
            acted = any(event.actor_id == lead.representative_id for event in later)
            found.append((lead, acted or lead.status != Status.SUBMITTED))
    return found


def _events_of(leads: Collection[UUID], since: datetime) -> dict[UUID, list[Event]]:
    """What happened to each lead since then, in order."""
    found: dict[UUID, list[Event]] = {key: [] for key in leads}
    for event in Event.objects.filter(subject_id__in=leads, occurred_at__gte=since).order_by("id"):
        found[event.subject_id].append(event)
    return found
