"""Verbs on deals that the vendor offers to a partner: offered, taken back, accepted, declined, over with time."""

from partnerhub.offers.services.answering import accept_offer, decline_offer, sweep_offers
from partnerhub.offers.services.records import OFFERS
from partnerhub.offers.services.sending import send_offer, withdraw_offer

__all__ = ["OFFERS", "accept_offer", "decline_offer", "send_offer", "sweep_offers", "withdraw_offer"]
