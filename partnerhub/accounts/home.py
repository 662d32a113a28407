"""The card of people on an administrator's home: who asks for access."""

from partnerhub.accounts.models import Membership
from partnerhub.accounts.tables import AccessRequestList
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.homes import Card, Part
from partnerhub.web.lists.drawing import Preview


def home_of(membership: Membership) -> Part:
    """The requests for access that wait for this person."""
    if not membership.can(MEMBERS_MANAGE):
        return Part()
    requests = Preview(AccessRequestList, membership, waiting="true")
    return Part(cards=[Card("accounts/home_requests.html", 10, {"requests": requests})] if requests.page.rows else [])
