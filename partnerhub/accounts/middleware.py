"""From the session or the token to the seat: who is asking, and on which side of the table."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from partnerhub.accounts.models import Membership, User
from partnerhub.errors import NotPermitted
from partnerhub.partners.models import Partner
from partnerhub.tenancy.scope import name_side

SEEN_EVERY = timedelta(minutes=5)


class SeatMiddleware:
    """Sets `request.membership` (None: no seat here) and `request.api_token`, and names the side to PostgreSQL.

    One statement finds the seat and tells PostgreSQL (the function `take_seat`), so a role that was taken away is
    gone at the next request. Language and zone are the person's, else the browser's, else the tenant's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = None
        request.api_token = None
        if request.tenant is not None:
            self._take_seat(request)
        self._speak(request)
        if request.user.is_authenticated:
            if self._idle_too_long(request):
                logout(request)
                return redirect(f"{settings.LOGIN_URL}")
            structlog.contextvars.bind_contextvars(user_id=str(request.user.pk))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A colleague without the role gets No access, whatever page or method it was."""
        if isinstance(exception, NotPermitted):
            from partnerhub.accounts.no_access import no_access_page  # a page: above the models that this module needs

            return no_access_page(request, exception.permission)
        return None

    def _take_seat(self, request: HttpRequest) -> None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        by_token = scheme.lower() == "bearer" and request.path_info.startswith("/api/")
        if by_token:
            row = _seat("take_seat_by_token(%s)", hashlib.sha256(secret.strip().encode()).hexdigest())
        elif request.user.is_authenticated:
            row = _seat("take_seat(%s)", str(request.user.pk))
        else:
            row = None
        if row is None:
            return
        if by_token:
            request.api_token = row.token_id
            row.limited_to = frozenset(row.token_scopes)
            request.user = User.objects.get(pk=row.user_id)
        row.user = request.user
        if row.partner_id:
            row.partner = Partner(
                id=row.partner_id, tenant_id=row.tenant_id, name=row.partner_name, timezone=row.partner_timezone
            )
        request.membership = row
        name_side(side=row.side, partner_id=row.partner_id, user_id=row.user_id, named=True)
        structlog.contextvars.bind_contextvars(tenant=request.tenant.slug, membership_id=str(row.pk))
        now = timezone.now()
        if row.last_seen_at is None or now - row.last_seen_at > SEEN_EVERY:
            Membership.objects.filter(pk=row.pk).update(last_seen_at=now)

    def _speak(self, request: HttpRequest) -> None:
        user = request.user
        language = getattr(user, "language", "") or _asked_for(request) or _of_tenant(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        zone = getattr(user, "timezone", "") or (request.tenant.timezone if request.tenant else "UTC")
        timezone.activate(ZoneInfo(zone))

    def _idle_too_long(self, request: HttpRequest) -> bool:
        """Sessions end after a time without a request (ASVS 7.3.1); the absolute limit is the cookie's age."""
        if request.api_token:
            return False
        now = int(timezone.now().timestamp())
        seen = request.session.get("seen_at")
        if seen is None or now - seen > SEEN_EVERY.total_seconds():
            request.session["seen_at"] = now
        return seen is not None and now - seen > settings.SESSION_IDLE_SECONDS


def _seat(call: str, value: str) -> Any:
    return next(iter(Membership.objects.raw(f"SELECT * FROM {call}", [value])), None)


def _of_tenant(request: HttpRequest) -> str:
    return request.tenant.language if request.tenant else settings.LANGUAGE_CODE


def _asked_for(request: HttpRequest) -> str:
    """The language of the cookie or the browser, if it is one we speak."""
    candidates = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    candidates += [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    for code in candidates:
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ""
