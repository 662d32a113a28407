"""What people put on an administrator's home: who asks for access."""

from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import open_requests_for
from partnerhub.roles import PARTNER
from partnerhub.web.homes import Card, Part


def home_of(membership: Membership) -> Part:
    """The requests for access that wait for this person."""
    requests = open_requests_for(membership)
    context = {"requests": requests, "sees_all": membership.side != PARTNER}
    return Part(cards=[Card("accounts/home_requests.html", 10, context)] if requests else [])
