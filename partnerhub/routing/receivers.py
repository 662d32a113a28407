"""What routing hears of leads that are left to it, and of offers that come to nothing."""

from uuid import UUID

from partnerhub.claims.models import Claim
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.routing.services import offer_came_to_nothing, wait_for_rules
from partnerhub.tenancy.scope import as_system


@hears("queuedlead.left_to_rules")
def left_to_rules(event: Event) -> None:
    wait_for_rules(UUID(event.data["lead_id"]))


@hears("claim.declined", "claim.expired")
def offer_over(event: Event) -> None:
    """The partner that declines may not write what the vendor knows of the lead: the portal does."""
    with as_system():
        claim = Claim.objects.only("lead_id", "partner_id").get(pk=event.subject_id)
        offer_came_to_nothing(claim.lead_id, claim.partner_id)
