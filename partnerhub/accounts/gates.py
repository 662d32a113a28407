"""What stands between a signed-in person and the page: a session that lasted too long, a password to be changed first,
a second factor to be set up first (quality 17, 21)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from partnerhub.web.problems import CONTENT_TYPE, problem

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"


def start_session(request: Any) -> None:
    """Remember when the person signed in: the absolute limit counts from here, whatever they do."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = _seconds()


def session_is_over(request: Any) -> bool:
    """Whether the session has been idle, or has lasted, for too long (ASVS 7.3.1, 7.3.2)."""
    started, seen = request.session.get(SIGNED_IN_AT), request.session.get(SEEN_AT)
    if started is None or seen is None:
        start_session(request)
        return False
    return bool(_seconds() - seen > settings.SESSION_IDLE_SECONDS or _seconds() - started > settings.SESSION_COOKIE_AGE)


def closed_gate(request: Any, view: Any) -> HttpResponse | None:
    """The answer instead of a page that a member may not see yet; None if the way is free.

    Pages without a declared permission (signing in and out, setting up a second factor) are always free, so that
    nobody is locked out of what opens the gate. So is a token: whoever made it had passed here.
    """
    declares = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if request.membership is None or request.api_token or not hasattr(declares, "permission"):
        return None
    if request.user.must_change_password:
        text = _("Choose a password of your own first. The one you were given works only to sign in once.")
        return _send(request, "account_change_password", text)
    needed = set(request.tenant.second_factor_roles) & set(request.membership.roles)
    if needed and not request.membership.has_second_factor:
        text = _("Your role needs a second factor. Set it up first; it takes two minutes.")
        return _send(request, "mfa_activate_totp", text)
    return None


def _send(request: Any, view: str, text: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse(
            problem(403, text, kind="gate", instance=request.path), status=403, content_type=CONTENT_TYPE
        )
    messages.warning(request, text)
    return HttpResponseClientRedirect(reverse(view)) if request.htmx else redirect(view)


def _seconds() -> int:
    return int(now().timestamp())
