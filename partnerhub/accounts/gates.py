"""What stands between a signed-in person and the page: a password to be changed first, a second factor to be set up
first (quality 17)."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from partnerhub.web.kept import keep_typed
from partnerhub.web.problems import CONTENT_TYPE, problem


def closed_gate(request: Any, view: Any) -> HttpResponse | None:
    """The answer instead of a page that a member may not see yet; None if the way is free.

    Pages without a declared permission (signing in and out, setting up a second factor) are always free, so that
    nobody is locked out of what opens the gate. So is a token: whoever made it had passed here.
    """
    if hasattr(view, "admin_site"):
        return _operators_gate(request)
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


def _operators_gate(request: Any) -> HttpResponse | None:
    """Platform operators need a second factor, always (spec: roles.md)."""
    if not request.user.is_staff or is_mfa_enabled(request.user):
        return None
    return _send(request, "mfa_activate_totp", _("Operators need a second factor. Set it up first."))


def _send(request: Any, view: str, text: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse(
            problem(403, text, kind="gate", instance=request.path), status=403, content_type=CONTENT_TYPE
        )
    keep_typed(request)
    messages.warning(request, text)
    return HttpResponseClientRedirect(reverse(view)) if request.htmx else redirect(view)
