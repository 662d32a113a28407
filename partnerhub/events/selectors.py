"""Reading events: those that a member may see, and a record's timeline."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from partnerhub.actors import Seat
from partnerhub.events.models import Audience, Event
from partnerhub.roles import VENDOR
from partnerhub.web.rows import columns, read

TIMELINE_READ = f"""
    SELECT {columns(Event, "event")} FROM events_event event
    WHERE tenant_id = %s AND subject_id = ANY (%s::uuid[]) AND audience <> %s AND (%s::uuid IS NULL OR partner_id = %s)
    ORDER BY id DESC LIMIT 200
"""  # noqa: S608 - names of columns, written by the model


def events_for(membership: Seat) -> QuerySet[Event]:
    """The events that this member's side may read: all partners' on the vendor side, else the own partner's."""
    if membership.side == VENDOR:
        return Event.objects.exclude(audience=Audience.PARTNER)
    return Event.objects.filter(partner_id=membership.partner_id).exclude(audience=Audience.VENDOR)


def timeline_of(subject_id: UUID, membership: Seat, *, also: Sequence[UUID] = ()) -> list[Event]:
    """What happened to one record, newest first; `also` to what belongs to it. The member may see all of them."""
    hidden = Audience.PARTNER if membership.side == VENDOR else Audience.VENDOR
    asked = [membership.tenant_id, [subject_id, *also], hidden.value, membership.partner_id, membership.partner_id]
    return [event for (event,) in read(TIMELINE_READ, asked, Event)]
