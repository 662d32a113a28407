"""The vendor upgrades the store, somebody withdraws the invitation, or its time runs out."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from leads.services import award_upgraded
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.events.services import SYSTEM
from partnerhub.records.values import needs_text
from partnerhub.tenancy.sweeping import sweep_due
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services.records import INVITATIONS, come_to_nothing
from partnerhub.upgrades.states import ANSWERABLE, INVITATION, Status

REMINDED_AFTER = ((2, timedelta(days=10)), (1, timedelta(days=3)))  # the latest first: no two mails at once
LATE_AFTER = timedelta(hours=20)


@INVITATIONS.verb("activate")
@transaction.atomic
def activate(invitation_id: UUID, *, by: Membership, seen: int | None = None) -> UpgradeInvitation:
    """The store is upgraded: its lead is awarded by the portal itself, which makes the referral; that of a lead which
    goes on as a deal comes with the won deal alone."""
    held = INVITATIONS.locked(invitation_id, by=by, seen=seen)
    done = INVITATIONS.take("activate", held, by=by)
    award_upgraded(held.lead_id)
    return done


@transaction.atomic
def confirm_upgrade(invitation_id: UUID, *, delivery: UUID) -> None:
    """The tenant's own system has upgraded the store, as it answered to this delivery; said twice, it counts once."""
    held = INVITATIONS.held(invitation_id)
    if held.status != Status.AGREED:
        return
    INVITATIONS.take("confirm", held, by=SYSTEM, data={"delivery": str(delivery)})
    award_upgraded(held.lead_id)


@INVITATIONS.verb("withdraw")
@transaction.atomic
def withdraw(invitation_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> UpgradeInvitation:
    """Withdraw the invitation, with a reason. Raises Stale for another version, Refused where it is over."""
    held = INVITATIONS.locked(invitation_id, by=by, seen=seen)
    INVITATION.check("withdraw", held, by)
    return come_to_nothing("withdraw", held, by=by, reason_text=needs_text(text, "text"))


@INVITATIONS.verb("remind_owner")
@transaction.atomic
def remind_owner(invitation_id: UUID, *, by: Membership, seen: int | None = None) -> UpgradeInvitation:
    """Mail the owner the link once more, beside what the clock sends.

    Raises Stale for another version, Refused where the invitation is answered or over, and for an address that has had
    too many mails within a day.
    """
    held = INVITATIONS.locked(invitation_id, by=by, seen=seen)
    INVITATION.check("remind_owner", held, by)
    allow_mail_to_stranger(held.owner_email)
    return INVITATIONS.take("remind_owner", held, by=by)


@transaction.atomic
def end_with_lead(lead_id: UUID) -> None:
    """The lead was decided by another road: the link stops working. What was agreed to goes on."""
    for held in UpgradeInvitation.objects.filter(lead=lead_id, status__in=ANSWERABLE).select_for_update():
        INVITATIONS.take("end", held, by=SYSTEM)


def sweep_invitations() -> int:
    """Expire, remind and warn what is due, in all tenants; how many."""
    return sweep_due("due_invitations", INVITATIONS.held_if_free, _sweep)


def _sweep(held: UpgradeInvitation) -> bool:
    """Take the step of the clock that is due, unless somebody was faster."""
    at = now()
    if held.status in ANSWERABLE and held.expires_at <= at:
        come_to_nothing("expire", held, by=SYSTEM)
        return True
    count = _reminders_due(held, at)
    if held.status in ANSWERABLE and held.reminders < count:
        INVITATIONS.take("remind", held, by=SYSTEM, changes={"reminders": count})
        return True
    if held.status == Status.AGREED and not held.is_late and held.agreed_at and held.agreed_at <= at - LATE_AFTER:
        INVITATIONS.take("warn", held, by=SYSTEM, changes={"is_late": True})
        return True
    return False


def _reminders_due(held: UpgradeInvitation, at: datetime) -> int:
    return next((count for count, after in REMINDED_AFTER if held.created_at <= at - after), 0)
