"""The owner of the store answers an upgrade invitation, by its link."""

from hashlib import sha256

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from partnerhub.errors import Reason, Refused
from partnerhub.states import OUTSIDE
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services.records import INVITATIONS, come_to_nothing
from partnerhub.upgrades.states import Status


class StoreOwner:
    """Who acts behind an invitation's link: the machine lets them take the owner's steps, and no other."""

    id = person_id = token = None
    side, why_read_only = OUTSIDE, ""

    def __init__(self, invitation: UpgradeInvitation, name: str = "") -> None:
        self.name = name or invitation.owner_email

    def can(self, permission: str) -> bool:
        return not permission


@transaction.atomic
def open_invitation(invitation: UpgradeInvitation) -> UpgradeInvitation:
    """The owner reads the terms. Raises Refused once the link is over; read again, nothing changes."""
    held = _held(invitation)
    if held.status == Status.OPENED:
        return held
    return INVITATIONS.take("open", held, by=StoreOwner(held))


@transaction.atomic
def agree(invitation: UpgradeInvitation, *, name: str, address: str | None, text: str) -> UpgradeInvitation:
    """The owner agrees to the terms: `text` is what they read, `address` where the request came from."""
    held = _held(invitation)
    changes = {
        "agreed_at": now(),
        "agreed_name": name,
        "agreed_from": address,
        "agreed_digest": sha256(text.encode()).hexdigest(),
    }
    return INVITATIONS.take("agree", held, by=StoreOwner(held, name), changes=changes)


@transaction.atomic
def decline(invitation: UpgradeInvitation) -> UpgradeInvitation:
    """Decline the invitation, as its store's owner. Raises Refused where its link is over."""
    held = _held(invitation)
    return come_to_nothing("decline", held, by=StoreOwner(held))


def _held(invitation: UpgradeInvitation) -> UpgradeInvitation:
    """The invitation behind a link, locked. Raises Refused where the link is over."""
    held = INVITATIONS.held(invitation.pk)
    if not held.is_answerable:
        raise Refused(Reason("link_over", _("This invitation was answered, withdrawn or has expired.")))
    return held
