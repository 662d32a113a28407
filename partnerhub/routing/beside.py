"""What routing puts on a lead's page: by which rule it is where it is, and why; for the vendor's side (E9)."""

from leads.beside import Beside
from leads.models import Lead
from partnerhub.actors import Seat
from partnerhub.roles import VENDOR
from partnerhub.routing.selectors import routed_words, routing_of


def routing_beside_lead(lead: Lead, membership: Seat) -> Beside | None:
    """One statement, for the vendor alone: partners read in the timeline whom the lead is assigned to."""
    if membership.side != VENDOR or lead.submitted_at is None:
        return None
    routing = routing_of(lead.pk)
    if routing is None:
        return None
    context = {"words": routed_words(routing), "routing": routing}
    return Beside(events=[routing.pk], template="routing/beside.html", context=context)
