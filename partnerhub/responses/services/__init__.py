"""Verbs on the vendor's responses: asked for, answered, asked for again, over with time or with the deal (B8)."""

from partnerhub.responses.services.answering import accept_response, ask_vendor, create_again, decline_response
from partnerhub.responses.services.ending import end_with_deal, sweep_responses
from partnerhub.responses.services.records import RESPONSES
from partnerhub.responses.services.rules import MOST_RESPONSE_DAYS, change_response_rule

__all__ = [
    "MOST_RESPONSE_DAYS",
    "RESPONSES",
    "accept_response",
    "ask_vendor",
    "change_response_rule",
    "create_again",
    "decline_response",
    "end_with_deal",
    "sweep_responses",
]
