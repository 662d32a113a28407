"""How long a session lasts (ASVS 7.3.1, 7.3.2): idle and absolute limit. The day over which mail and seats count."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import now

A_DAY = timedelta(days=1)
"""So long an address, a partner or a tenant is counted for."""
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"


def seconds() -> int:
    """The present moment, as sessions keep it."""
    return int(now().timestamp())


def is_over(session: Mapping[str, Any]) -> bool:
    """Whether a session has been idle, or has lasted, for too long. One without a beginning has just begun."""
    present = seconds()
    idle, lasted = present - session.get(SEEN_AT, present), present - session.get(SIGNED_IN_AT, present)
    return bool(idle > settings.SESSION_IDLE_SECONDS or lasted > settings.SESSION_COOKIE_AGE)


def begin(session: Any) -> None:
    """Remember when the person signed in: the absolute limit counts from here, whatever they do."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = seconds()
