"""Reads: who is told of an event, what is due, what a member may see of the delivery log."""

from notifications.selectors.audience import Recipient, may_get, recipients_of
from notifications.selectors.circles import reason_text
from notifications.selectors.log import answer_to, event_of, mail_for, message_for, message_subject, sent_to, why
from notifications.selectors.outbox import (
    QueueState,
    due_messages,
    message_called,
    partner_names,
    queue_state,
    suppression_of,
    undone_among,
    untold_tenants,
    unwanted_among,
)
from notifications.selectors.preferences import (
    PREFERRED,
    PROPOSED,
    chosen,
    communication_of,
    goes_to,
    own_seat,
    preferred_email,
)
from notifications.selectors.seats import SeatsThen
from notifications.selectors.telling import telling_of

__all__ = [
    "PREFERRED",
    "PROPOSED",
    "QueueState",
    "Recipient",
    "SeatsThen",
    "answer_to",
    "chosen",
    "communication_of",
    "due_messages",
    "event_of",
    "goes_to",
    "mail_for",
    "may_get",
    "message_called",
    "message_for",
    "message_subject",
    "own_seat",
    "partner_names",
    "preferred_email",
    "queue_state",
    "reason_text",
    "recipients_of",
    "sent_to",
    "suppression_of",
    "telling_of",
    "undone_among",
    "untold_tenants",
    "unwanted_among",
    "why",
]
