"""Sessions of one person, on all their devices (quality 20)."""

from allauth.usersessions.internal.flows.sessions import end_other_sessions as end_others
from allauth.usersessions.models import UserSession
from django.http import HttpRequest


def end_session(session: UserSession) -> None:
    """Sign out one device: its session is gone in the database, so it holds nothing at its next request."""
    session.end()


def end_other_sessions(request: HttpRequest) -> None:
    """Sign out every device of the person but this one."""
    end_others(request, request.user)
