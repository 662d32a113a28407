"""The vendor upgrades the store, somebody withdraws the invitation, or its time runs out."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from leads.services import award_upgraded
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.events.services import SYSTEM
from partnerhub.records.values import needs_text
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services.records import INVITATIONS, come_to_nothing
from partnerhub.upgrades.states import ANSWERABLE, INVITATION, Status

REMINDED_AFTER = ((2, timedelta(days=10)), (1, timedelta(days=3)))  # the latest first: no two mails at once
LATE_AFTER = timedelta(hours=20)
MOST_SWEPT = 200


@INVITATIONS.verb("activate")
@transaction.atomic
def activate(invitation_id: UUID, *, by: Membership, seen: int | None = None) -> UpgradeInvitation:
    """The store is upgraded: its lead is awarded by the portal itself, which makes the referral."""
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


def sweep_invitations() -> None:
    """Expire, remind and warn what is due in the tenant that is named; each in a transaction of its own."""
    at, rows = now(), UpgradeInvitation.objects.order_by("expires_at")
    for key in _keys(rows.filter(status__in=ANSWERABLE, expires_at__lte=at)):
        _swept(key, "expire", lambda one: one.status in ANSWERABLE and one.expires_at <= at)
    for count, after in REMINDED_AFTER:
        due = rows.filter(status__in=ANSWERABLE, reminders__lt=count, created_at__lte=at - after, expires_at__gt=at)
        for key in _keys(due):
            _swept(key, "remind", partial(_is_to_remind, count), reminders=count)
    for key in _keys(rows.filter(status=Status.AGREED, is_late=False, agreed_at__lte=at - LATE_AFTER)):
        _swept(key, "warn", lambda one: one.status == Status.AGREED and not one.is_late, is_late=True)


def _is_to_remind(count: int, invitation: UpgradeInvitation) -> bool:
    return invitation.is_answerable and invitation.reminders < count


def _keys(rows: QuerySet[UpgradeInvitation]) -> list[UUID]:
    return list(rows.values_list("pk", flat=True)[:MOST_SWEPT])


@transaction.atomic
def _swept(key: UUID, step: str, is_due: Callable[[UpgradeInvitation], bool], **changes: Any) -> None:
    """Take a step of the clock, unless somebody was faster."""
    held = INVITATIONS.held(key)
    if not is_due(held):
        return
    if step == "expire":
        come_to_nothing(step, held, by=SYSTEM)
        return
    INVITATIONS.take(step, held, by=SYSTEM, changes=changes)
