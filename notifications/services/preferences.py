"""What a person wants to get, and where (B6, E12). Each change is an event for the own side."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from notifications.models import Preference
from notifications.selectors import PREFERRED, PROPOSED, chosen, communication_of, preferred_email
from notifications.states import PURPOSES
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Event
from partnerhub.events.services import record

PROPOSALS_AN_HOUR = 5


@transaction.atomic
def save_communication(
    membership: Membership,
    wanted: Mapping[str, bool],
    address: str | None,
    *,
    seen: int | None,
    language: str = "",
) -> bool:
    """Save what one wants to get, and where (None: as it is), for oneself; False: a link was sent to the address.

    `seen` is the version of `communication_of` that the person saw. Raises Stale where another window has saved since,
    and Refused as `choose_purposes` and `choose_address` do.
    """
    typed = {**wanted, **({} if address is None else {PREFERRED: address.strip().lower()})}
    communication_of(_held(membership.pk)).check(seen, typed)
    choose_purposes(membership, wanted, by=membership)
    return address is None or choose_address(membership, address, by=membership, language=language)


@transaction.atomic
def choose_purposes(membership: Membership, wanted: Mapping[str, bool], *, by: Membership) -> None:
    """Switch purposes on and off. Raises Refused for one that is always on, and for one that there is not."""
    fixed = [key for key, wants in wanted.items() if key not in PURPOSES or not (wants or PURPOSES[key].optional)]
    if fixed:
        raise Refused([Reason("always-on", _("This kind of mail is always on."), field=key) for key in fixed])
    before = chosen(membership)
    changed = {key: wants for key, wants in wanted.items() if before.get(key, True) != wants}
    if not changed:
        return
    Preference.objects.bulk_create(
        [
            Preference(membership=membership, partner_id=membership.partner_id, purpose=key, wants=wants)
            for key, wants in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["tenant", "membership", "purpose"],
        update_fields=["wants", "changed_at"],
    )
    record(
        "communication.changed",
        membership,
        actor=by,
        before={key: before.get(key, True) for key in changed},
        after=changed,
        audience=membership.side,
    )


@transaction.atomic
def choose_address(membership: Membership, address: str, *, by: Membership, language: str = "") -> bool:
    """Ask for mail to go to another address; empty: to the address one signs in with. False: a link was sent there.

    Another address gets a link first, and nothing changes until somebody who reads it has confirmed. Raises Refused
    after too many different addresses in an hour: the portal does not write to strangers on anybody's word.
    """
    address = address.strip().lower()
    member = _held(membership.pk)
    if address in {"", member.user.email}:
        _write(member, "", by=by)
        return True
    if address in {preferred_email(member), member.preferences.get(PROPOSED)}:
        return True  # as it is, or asked for already
    _refuse_too_many(member)
    allow_mail_to_stranger(address, field=PREFERRED)
    member.preferences[PROPOSED] = address
    member.save(update_fields=["preferences"])
    record(
        "communication.address_proposed",
        member,
        actor=by,
        after={PROPOSED: address},
        data={"membership_id": str(member.pk), "name": member.name, "address": address, "language": language},
        audience=member.side,
    )
    return False


@transaction.atomic
def confirm_address(membership: Membership, address: str, *, by: Membership) -> None:
    """The link in the mail was followed: from now on mail goes there. Raises Refused if another was asked for since."""
    member = _held(membership.pk)
    if member.preferences.get(PROPOSED) != address:
        raise Refused(Reason("not-asked", _("This address is not waiting to be confirmed any more.")))
    _write(member, address, by=by)


def _write(member: Membership, address: str, *, by: Membership) -> None:
    """Tell the former address, so that nobody's mail is led away unnoticed (quality 24)."""
    former = preferred_email(member)
    member.preferences.pop(PROPOSED, None)
    member.preferences.pop(PREFERRED, None)
    if address:
        member.preferences[PREFERRED] = address
    member.save(update_fields=["preferences"])
    now_used = preferred_email(member)
    if now_used == former:
        return
    record(
        "communication.address_changed",
        member,
        actor=by,
        before={PREFERRED: former},
        after={PREFERRED: now_used},
        data={
            "membership_id": str(member.pk),
            "name": member.name,
            "address": now_used,
            "former_address": former,
            "language": member.user.language,
        },
        audience=member.side,
    )


def _held(membership_id: UUID) -> Membership:
    return Membership.objects.select_related("user", "partner").select_for_update(of=("self",)).get(pk=membership_id)


def _refuse_too_many(member: Membership) -> None:
    kind, since = "communication.address_proposed", now() - timedelta(hours=1)
    asked = Event.objects.filter(subject_id=member.pk, kind=kind, occurred_at__gt=since).count()
    if asked >= PROPOSALS_AN_HOUR:
        text = _("You have asked for several addresses just now. Try again in an hour.")
        raise Refused(Reason("too-many", text, field=PREFERRED))
