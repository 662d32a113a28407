"""Middleware: finds the seat (tenant, person, side) of a request from its session or token."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from allauth.core.internal.httpkit import get_client_ip
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from partnerhub.accounts.gates import closed_gate
from partnerhub.accounts.limits import SEEN_AT, is_over, seconds
from partnerhub.accounts.links import digest_of
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.no_access import no_access_page
from partnerhub.accounts.requests import VisitorRequest
from partnerhub.accounts.seated import seat_by_token
from partnerhub.errors import NotPermitted
from partnerhub.tenancy.scope import current_tenant, name_side
from partnerhub.web.languages import asked_language
from partnerhub.web.stored_secrets import SecretUnreadable

BACKGROUND = "X-Background"
SEEN_EVERY = timedelta(minutes=5)


class SeatMiddleware:
    """Sets `request.membership` (None: no seat here) and `request.api_token`, and names the side to PostgreSQL.

    One statement finds person and seat and tells PostgreSQL (see `seated`), so a role that was taken away is gone at
    the next request. Language and zone are the person's, else the browser's, else the tenant's.
    """

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponse:
        request.membership = None
        request.api_token = None
        # The address as our own proxy saw it, if there is one: what a caller writes into a header is not believed.
        structlog.contextvars.bind_contextvars(ip=get_client_ip(request))
        if request.path_info.startswith("/api/") and "Authorization" in request.headers:
            self._sit_by_token(request)
        else:
            self._sit_by_session(request)
        self._speak(request)
        if request.user.is_authenticated:
            structlog.contextvars.bind_contextvars(user_id=str(request.user.pk))
        response = self.get_response(request)
        self._mark_seen(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response

    def process_view(self, request: VisitorRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        return closed_gate(request, view)

    def process_exception(self, request: VisitorRequest, exception: Exception) -> HttpResponse | None:
        """A colleague without the role gets No access, whatever page or method it was.

        Whose stored secret cannot be read any more is told so, and whom to ask.
        """
        if isinstance(exception, SecretUnreadable):
            return render(request, "errors/secret_unreadable.html", {"text": exception.messages[0]}, status=409)
        return no_access_page(request, exception.permission) if isinstance(exception, NotPermitted) else None

    def _sit_by_session(self, request: VisitorRequest) -> None:
        claims = SESSION_KEY in request.session
        if request.user.is_authenticated and is_over(request.session):
            logout(request)
        if request.tenant is None:
            return
        seat = getattr(request.user, "seat", None)
        if seat:
            self._sit(request, seat)
        elif claims:
            # A session that is over, or was signed before the password changed: PostgreSQL heard of the seat already.
            name_side(side="", partner_id=None, user_id=None)

    def _sit_by_token(self, request: VisitorRequest) -> None:
        """A caller with a token, right or wrong, is nobody else: the browser's session does not count."""
        request.user = AnonymousUser()
        scheme, _, secret = request.headers["Authorization"].partition(" ")
        seat = seat_by_token(digest_of(secret.strip())) if request.tenant and scheme.lower() == "bearer" else None
        if seat and seat.token:
            request.user, request.api_token = seat.user, seat.token.id
            structlog.contextvars.bind_contextvars(token_id=str(seat.token.id))
            self._sit(request, seat)

    def _sit(self, request: VisitorRequest, seat: Membership) -> None:
        request.membership = seat
        name_side(side=seat.side, partner_id=seat.partner_id, user_id=seat.user_id, named=True)
        structlog.contextvars.bind_contextvars(tenant=current_tenant().slug, membership_id=str(seat.pk))

    def _speak(self, request: VisitorRequest) -> None:
        user = request.user
        language = getattr(user, "language", "") or asked_language(request) or _of_tenant(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        zone = getattr(user, "timezone", "") or (request.tenant.timezone if request.tenant else "UTC")
        timezone.activate(ZoneInfo(zone))

    def _mark_seen(self, request: VisitorRequest) -> None:
        """Note, every few minutes, that the person was here.

        Comes last in the request: it locks the member's own row, and a verb that locks several must not find it locked.
        """
        if connection.needs_rollback or not request.user.is_authenticated or _is_background(request):
            return
        now, member = timezone.now(), request.membership
        if member and _is_old(member.last_seen_at, now):
            Membership.objects.filter(pk=member.pk).update(last_seen_at=now)
        if member and member.token:
            if _is_old(member.token.last_used_at, now):
                ApiToken.objects.filter(pk=member.token.id).update(last_used_at=now)
        elif seconds() - request.session.get(SEEN_AT, 0) > SEEN_EVERY.total_seconds():
            request.session[SEEN_AT] = seconds()
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)


def _is_background(request: VisitorRequest) -> bool:
    """Whether the page asked by itself, to stay live: nobody was here, and a session that is idle runs out."""
    view = request.resolver_match and request.resolver_match.func
    return BACKGROUND in request.headers or getattr(getattr(view, "view_class", None), "is_background", False)


def _is_old(at: datetime | None, now: datetime) -> bool:
    return at is None or now - at > SEEN_EVERY


def _of_tenant(request: VisitorRequest) -> str:
    return request.tenant.language if request.tenant else settings.LANGUAGE_CODE
