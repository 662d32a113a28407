"""What a member wants to get, and where."""

from collections.abc import Collection
from uuid import UUID

from notifications.models import Preference, Suppression
from notifications.states import purposes_for
from partnerhub.accounts.models import Membership
from partnerhub.web.rows import columns, read
from partnerhub.web.seen import PersonalSettings

PREFERRED = "preferred_email"
PROPOSED = "proposed_email"
# What mail to an address depends on: whether its purpose is wanted, and whether the address is suppressed.
GOES_TO = f"""
    SELECT {columns(Suppression, "held")}, (SELECT wants FROM notifications_preference chosen
        WHERE chosen.tenant_id = seat.tenant_id AND chosen.membership_id = seat.id AND chosen.purpose = %s)
    FROM accounts_membership seat LEFT JOIN notifications_suppression held
        ON held.tenant_id = seat.tenant_id AND held.address = %s
        AND (held.partner_id = seat.partner_id OR (held.partner_id IS NULL AND seat.partner_id IS NULL))
    WHERE seat.tenant_id = %s AND seat.id = %s
"""  # noqa: S608 - names of columns, written by the model


def preferred_email(membership: Membership) -> str:
    """The address that mail goes to: the preferred one overrides the sign-in's (B6)."""
    return str(membership.preferences.get(PREFERRED) or membership.user.email)


def goes_to(membership: Membership, purpose: str) -> str:
    """The address that mail for this purpose goes to now; empty where the member wants none or it gets none."""
    address = preferred_email(membership)
    for held, wants in read(GOES_TO, [purpose, address, membership.tenant_id, membership.pk], Suppression):
        return "" if wants is False or (held and held.holds(purpose)) else address
    return ""


def own_seat(membership: Membership) -> Membership:
    """The member's seat as it is now, with the person."""
    return Membership.objects.select_related("user").get(pk=membership.pk)


def chosen(membership: Membership | UUID) -> dict[str, bool]:
    """What the member, or the one with this id, has switched, by purpose; what is missing was never touched: on."""
    return dict(Preference.objects.filter(membership=membership).values_list("purpose", "wants"))


def unwanted(members: Collection[UUID], purposes: Collection[str]) -> set[UUID]:
    """Which of these members have switched off one of these purposes."""
    rows = Preference.objects.filter(membership__in=members, purpose__in=purposes, wants=False)
    return set(rows.values_list("membership_id", flat=True))


def communication_of(member: Membership) -> PersonalSettings:
    """What one may set of one's mail: the purposes of one's side on or off, and the address asked for or used.

    The address is empty where mail goes to that of the sign-in.
    """
    wanted = chosen(member)
    purposes = [purpose.key for purpose in purposes_for(member.side) if purpose.optional]
    address = member.preferences.get(PROPOSED) or member.preferences.get(PREFERRED, "")
    return PersonalSettings({**{key: wanted.get(key, True) for key in purposes}, PREFERRED: address})
