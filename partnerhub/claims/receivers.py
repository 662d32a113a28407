"""What claims hear of leads, messages, partners, and of the clocks of offers."""

from partnerhub.claims.services import (
    acted,
    end_claim_with_lead,
    follow_lead,
    give_up,
    move_offers,
    remind_partner,
)
from partnerhub.clocks.services import register_step
from partnerhub.clocks.states import Clocked
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.roles import PARTNER
from partnerhub.tenancy.scope import as_system


@hears("lead.withdrawn", "lead.objected", "lead.refused", "lead.awarded", "lead.converted")
def claimed_lead_decided(event: Event) -> None:
    end_claim_with_lead(event.subject_id)


@hears("lead.team_named", "lead.corrected", "lead.info_given", "lead.support_asked", "note.shared")
def holder_acted(event: Event) -> None:
    """An act of the holder's side keeps the lead."""
    if event.actor_side == PARTNER and event.subject_type == "lead":
        acted(event.subject_id)


@hears("lead.corrected")
def waiting_lead_corrected(event: Event) -> None:
    follow_lead(event.subject_id)


@hears("partner.suspended")
def partner_suspended(event: Event) -> None:
    with as_system():
        give_up(event.subject_id)


register_step(Clocked.OFFER, moved=move_offers, remind=remind_partner)
