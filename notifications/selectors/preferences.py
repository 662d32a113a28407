"""What a member wants to get, and where."""

from typing import Any

from notifications.models import Preference
from partnerhub.accounts.models import Membership


def preferred_email(membership: Any) -> str:
    """The address that mail goes to: the preferred one overrides the sign-in's (B6)."""
    return str(membership.preferences.get("preferred_email") or membership.user.email)


def own_seat(membership: Any) -> Membership:
    """The member's seat as it is now, with the person."""
    return Membership.objects.select_related("user").get(pk=membership.pk)


def chosen(membership: Any) -> dict[str, bool]:
    """What the member, or the one with this id, has switched, by purpose; what is missing was never touched: on."""
    return dict(Preference.objects.filter(membership=membership).values_list("purpose", "wants"))
