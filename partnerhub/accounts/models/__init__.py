"""People, their seats, and what belongs to a seat: one module for each."""

from partnerhub.accounts.models.joining import GOOD_FOR, AccessRequest, Invitation, InvitationState, RequestStatus
from partnerhub.accounts.models.kept import RecentItem, SavedView
from partnerhub.accounts.models.mail import Letter, StrangerMail
from partnerhub.accounts.models.people import Membership, User, UserManager, forms_of, name_key
from partnerhub.accounts.models.tokens import ApiToken, IdempotencyKey, TokenState

__all__ = [
    "GOOD_FOR",
    "AccessRequest",
    "ApiToken",
    "IdempotencyKey",
    "Invitation",
    "InvitationState",
    "Letter",
    "Membership",
    "RecentItem",
    "RequestStatus",
    "SavedView",
    "StrangerMail",
    "TokenState",
    "User",
    "UserManager",
    "forms_of",
    "name_key",
]
