"""The clock of an offer: the partner has so many hours of the vendor's calendar to answer it (E2, rulings 5)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import now

from leads.models import Lead
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.services.records import CLAIMS
from partnerhub.claims.states import Status, Whereabouts
from partnerhub.clocks.models import Clock
from partnerhub.clocks.services import run_clock, stop_clock
from partnerhub.clocks.states import Clocked
from partnerhub.events.services import SYSTEM, record


def begin_offer(place: QueuedLead) -> datetime:
    """The lead of this place, locked, is offered from now on; until when, as its queue says."""
    lead = Lead.objects.select_related("program").get(pk=place.lead_id)
    return run_clock(lead, Clocked.OFFER, now(), timedelta(hours=place.queue.offer_hours))


def end_offer(lead_id: UUID, *, is_answered: bool) -> None:
    """Its partner has answered, or nobody has to any more."""
    stop_clock(lead_id, Clocked.OFFER, now(), is_answered=is_answered)


def move_offers(due: Mapping[UUID, datetime | None]) -> None:
    """Until when these leads are offered, by a calendar that has changed."""
    claims = list(Claim.objects.filter(lead__in=due, status=Status.OFFERED))
    places = list(QueuedLead.objects.filter(lead__in=due, place=Whereabouts.OFFERED))
    for claim in claims:
        claim.lease_until = due[claim.lead_id]
    for place in places:
        place.due_at = due[place.lead_id]
    Claim.objects.bulk_update(claims, ["lease_until"])
    QueuedLead.objects.bulk_update(places, ["due_at"])


def remind_partner(clock: Clock) -> None:
    """Tell the partner that little time is left; nothing of the business (E31)."""
    offer = CLAIMS.joined().filter(lead=clock.lead_id, status=Status.OFFERED).first()
    if offer is not None:
        record("claim.reminded", offer, actor=SYSTEM, data=CLAIMS.event_data(offer))
