"""The lists of people and what belongs to them."""

from partnerhub.accounts.tables.joining import AccessRequestList, InvitationList
from partnerhub.accounts.tables.members import FINDABLE, MemberList, ServiceMemberList
from partnerhub.accounts.tables.saved_views import SavedViewList
from partnerhub.accounts.tables.tokens import TONES, TokenList

__all__ = [
    "FINDABLE",
    "TONES",
    "AccessRequestList",
    "InvitationList",
    "MemberList",
    "SavedViewList",
    "ServiceMemberList",
    "TokenList",
]
