"""Verbs on queues and claims (C5, E7): the vendor brings leads, partners take and return them, the clock recalls."""

from partnerhub.claims.services.claiming import claim_for, claim_lead
from partnerhub.claims.services.dead import confirm_dead, find_alive, report_dead
from partnerhub.claims.services.entering import (
    To,
    WhereTo,
    bring_lead,
    follow_lead,
    place_by_rule,
    place_lead,
    queue_leads,
    take_out_lead,
)
from partnerhub.claims.services.giving_back import (
    acted,
    end_claim_with_lead,
    give_up,
    return_lead,
    say_progress,
    take_back,
)
from partnerhub.claims.services.offers import move_offers, remind_partner
from partnerhub.claims.services.queues import add_fallback_queue, add_queue, change_queue
from partnerhub.claims.services.sweeping import sweep_claims

__all__ = [
    "To",
    "WhereTo",
    "acted",
    "add_fallback_queue",
    "add_queue",
    "bring_lead",
    "change_queue",
    "claim_for",
    "claim_lead",
    "confirm_dead",
    "end_claim_with_lead",
    "find_alive",
    "follow_lead",
    "give_up",
    "move_offers",
    "place_by_rule",
    "place_lead",
    "queue_leads",
    "remind_partner",
    "report_dead",
    "return_lead",
    "say_progress",
    "sweep_claims",
    "take_back",
    "take_out_lead",
]
