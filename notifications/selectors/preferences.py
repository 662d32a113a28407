"""What a member wants to get, and where."""

from typing import Any

from notifications.models import Preference


def preferred_email(membership: Any) -> str:
    """The address that mail goes to: the preferred one overrides the sign-in's (B6)."""
    return str(membership.preferences.get("preferred_email") or membership.user.email)


def chosen(membership: Any) -> dict[str, bool]:
    """What the member has switched, by purpose; what is missing was never touched and is on."""
    return dict(Preference.objects.filter(membership=membership).values_list("purpose", "wants"))
