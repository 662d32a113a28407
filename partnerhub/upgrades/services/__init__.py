"""Verbs on upgrade invitations (A4): the partner sends, the owner of the store answers, the vendor upgrades."""

from partnerhub.upgrades.services.activation import hear_reply, leave_to_people, point_activation
from partnerhub.upgrades.services.answering import agree, decline, open_invitation
from partnerhub.upgrades.services.ending import activate, end_with_lead, remind_owner, sweep_invitations, withdraw
from partnerhub.upgrades.services.records import INVITATIONS
from partnerhub.upgrades.services.sending import send_invitation
from partnerhub.upgrades.services.terms import publish_terms

__all__ = [
    "INVITATIONS",
    "activate",
    "agree",
    "decline",
    "end_with_lead",
    "hear_reply",
    "leave_to_people",
    "open_invitation",
    "point_activation",
    "publish_terms",
    "remind_owner",
    "send_invitation",
    "sweep_invitations",
    "withdraw",
]
