"""What a member reads of themselves: profile, records opened last, open sessions."""

from typing import Any, NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.urls import get_script_prefix
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

from partnerhub.accounts.limits import is_over
from partnerhub.accounts.models import Membership, RecentItem, User
from partnerhub.web.seen import PersonalSettings

RECENT_SHOWN = 6


def profile_of(member: Membership) -> PersonalSettings:
    """What a member says of themselves, by the names of the profile's fields."""
    person = member.user
    return PersonalSettings(
        {
            "name": person.name,
            "title": member.title,
            "phone": member.phone,
            "language": person.language,
            "timezone": person.timezone,
        }
    )


class Recent(NamedTuple):
    """A record that somebody opened. `path` is its address below the tenant."""

    title: str
    kind: str
    path: str

    @property
    def url(self) -> str:
        """The address below the tenant that the request names."""
        return get_script_prefix() + self.path.lstrip("/")


def recent_items(membership: Membership) -> list[Recent]:
    """What the member opened last, newest first (C6). Came with the seat, where a request took it."""
    rows: Any = membership.recent
    if rows is None:
        found = RecentItem.objects.filter(membership=membership).order_by("-opened_at")
        rows = found.values_list(*Recent._fields)[:RECENT_SHOWN]
    return [Recent(*row) for row in rows]


def sessions_of(person: User) -> list[UserSession]:
    """The person's open sessions, the one used last first. Two statements, however many there are."""
    known = UserSession.objects.filter(user=person).order_by("-last_seen_at")
    stored = Session.objects.filter(expire_date__gt=now()).in_bulk([row.session_key for row in known])
    return [row for row in known if row.session_key in stored and is_open_session(stored[row.session_key], person)]


def is_open_session(session: Session, person: User) -> bool:
    """Whether a request with this session would still be the person's: no change of password, no limit since."""
    values = session.get_decoded()
    signed = str(values.get(HASH_SESSION_KEY, ""))
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return any(constant_time_compare(signed, one) for one in hashes) and not is_over(values)
