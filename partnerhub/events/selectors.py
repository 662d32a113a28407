"""Reading events: those that a member may see, and a record's timeline."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerhub.actors import Seat
from partnerhub.events.models import Audience, Event
from partnerhub.roles import VENDOR
from partnerhub.tenancy.models import TenantModel
from partnerhub.web.rows import columns, read

TIMELINE_READ = f"""
    SELECT {columns(Event, "event")} FROM events_event event
    WHERE tenant_id = %s AND subject_id = ANY (%s::uuid[]) AND audience <> %s AND (%s::uuid IS NULL OR partner_id = %s)
    ORDER BY id DESC LIMIT 200
"""  # noqa: S608 - names of columns, written by the model


_forgotten: dict[str, Collection[str]] = {}


def register_forgotten(kind: str, names: Collection[str]) -> None:
    """Once this has happened to a record, its timeline holds none of these values any more (E14)."""
    _forgotten[kind] = names


UNSAID = "unsaid"
"""In the data of an event: earlier ones of the same record, whose words were deleted since."""
IN_WORDS = ("body", "answer")


_lent: dict[str, type[TenantModel]] = {}


def register_lent(*models: type[TenantModel]) -> None:
    """Records of these kinds may be taken from a partner again: what happened to them is read no more then (E31)."""
    _lent.update({model._meta.model_name or "": model for model in models})


def events_for(membership: Seat) -> QuerySet[Event]:
    """The events that this member's side may read: all partners' on the vendor side, else the own partner's.

    None of a record that was lent to the partner, and that its wall does not let through any more.
    """
    if membership.side == VENDOR:
        return Event.objects.exclude(audience=Audience.PARTNER)
    rows = Event.objects.filter(partner_id=membership.partner_id).exclude(audience=Audience.VENDOR)
    for name, model in _lent.items():
        seen = model.objects.filter(pk=OuterRef("subject_id"))
        rows = rows.exclude(Q(subject_type=name) & ~Exists(seen))
    return rows


def timeline_of(subject_id: UUID, membership: Seat, *, also: Sequence[UUID] = ()) -> list[Event]:
    """What happened to one record, newest first; `also` to what belongs to it. The member may see all of them."""
    hidden = Audience.PARTNER if membership.side == VENDOR else Audience.VENDOR
    asked = [membership.tenant_id, [subject_id, *also], hidden.value, membership.partner_id, membership.partner_id]
    events = [event for (event,) in read(TIMELINE_READ, asked, Event)]
    for names in [_forgotten[event.kind] for event in events if event.kind in _forgotten]:
        for event in events:
            event.before, event.after = (_without(names, values) for values in (event.before, event.after))
    unsaid = {key for event in events for key in event.data.get(UNSAID, ())}
    for event in events:
        if str(event.pk) in unsaid:
            event.data = _without(IN_WORDS, event.data)
    return events


def _without(names: Collection[str], values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
