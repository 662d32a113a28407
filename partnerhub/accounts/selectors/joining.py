"""Requests for access, and invitations."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from partnerhub.accounts.models import AccessRequest, Invitation, Membership, RequestStatus
from partnerhub.accounts.selectors.people import of_own_people, own_organisation
from partnerhub.roles import MEMBERS_INVITE, MEMBERS_MANAGE, VENDOR


def access_requests_for(membership: Membership) -> QuerySet[AccessRequest]:
    """The requests that this member may decide on, and their own."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.select_related(
        "membership__user", "membership__partner", "decided_by__user"
    )
    if membership.can(MEMBERS_MANAGE):
        return rows if membership.side == VENDOR else rows.filter(own_organisation(membership))
    return rows.filter(membership_id=membership.pk)


def waiting_for(membership: Membership) -> Q:
    """Of the requests that a member may decide on, those that wait: nobody decides on their own."""
    return Q(status=RequestStatus.OPEN) & ~Q(membership_id=membership.pk)


def open_request_of(membership: Membership, roles: Sequence[str]) -> AccessRequest | None:
    """The open request of this member for one of these roles, if there is one."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.filter(membership=membership, role__in=roles)
    return rows.filter(status=RequestStatus.OPEN).first()


def invitations_for(membership: Membership) -> QuerySet[Invitation]:
    """The invitations to the organisations whose people this member manages or invites, newest first."""
    rows = Invitation.objects.select_related("partner", "invited_by__user").order_by("-created_at")
    return of_own_people(rows, membership, MEMBERS_INVITE)


def pending_invitations_for(membership: Membership) -> QuerySet[Invitation]:
    """Invitations that were neither used nor revoked; those that have expired can be sent again."""
    return invitations_for(membership).filter(accepted_at=None, revoked_at=None)


def find_invitation(digest: str) -> Invitation | None:
    """The invitation with this token's digest, if its link still works. Asked as the system: the reader has no seat."""
    rows: QuerySet[Invitation] = Invitation.objects.select_related("partner", "invited_by__user", "invited_by__partner")
    return rows.filter(token_digest=digest, accepted_at=None, revoked_at=None, expires_at__gt=now()).first()
