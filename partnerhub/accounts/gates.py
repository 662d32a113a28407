"""What stands between a signed-in person and the page: a password to be changed first, a second factor to be set up
first (quality 17), a partner that is suspended (rulings 28), a seat that has ended."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from partnerhub.accounts.models import Membership
from partnerhub.accounts.no_access import ended_page, read_only_page
from partnerhub.accounts.requests import VisitorRequest
from partnerhub.accounts.selectors import ended_seat
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.kept import keep_typed
from partnerhub.web.problems import CONTENT_TYPE, problem

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def closed_gate(request: VisitorRequest, view: Any) -> HttpResponse | None:
    """The answer instead of a page that a member may not see yet; None if the way is free.

    Pages without a declared permission (signing in and out, setting up a second factor) are always free, so that
    nobody is locked out of what opens the gate.
    """
    if request.resolver_match and "admin" in request.resolver_match.app_names:
        return _operators_gate(request)
    declares = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if not hasattr(declares, "permission"):
        return None
    if request.membership is None:
        return _ended_gate(request)
    return _suspended_gate(request, request.membership, declares) or _sign_in_gate(request, request.membership)


def _ended_gate(request: VisitorRequest) -> HttpResponse | None:
    """Who had a seat here is told that it has ended; whoever never had one hears nothing."""
    if request.tenant is None or not request.user.is_authenticated:
        return None
    ended = ended_seat(request.user, request.tenant)
    if ended is None:
        return None
    if request.path_info.startswith("/api/"):
        text = _("Your access to %(tenant)s has ended.") % {"tenant": request.tenant.name}
        body = problem(403, text, kind="seat-ended", instance=request.path)
        return JsonResponse(body, status=403, content_type=CONTENT_TYPE)
    return ended_page(request, ended)


def _suspended_gate(request: VisitorRequest, member: Membership, declares: Any) -> HttpResponse | None:
    """The members of a suspended partner change nothing, whatever the page and the road (rulings 28).

    A view that is `for_oneself` is free: the safety of one's sign-in is nobody else's matter.
    """
    is_free = request.method in READING_METHODS or getattr(declares, "for_oneself", False)
    if is_free or not member.is_read_only:
        return None
    if request.path_info.startswith("/api/"):
        body = problem(403, member.why_read_only, kind="suspended", instance=request.path)
        return JsonResponse(body, status=403, content_type=CONTENT_TYPE)
    return read_only_page(request).render()


def _sign_in_gate(request: VisitorRequest, member: Membership) -> HttpResponse | None:
    """First a password of one's own and a second factor. A token is free: whoever made it had passed here."""
    if request.api_token:
        return None
    if member.user.must_change_password:
        text = _("Choose a password of your own first. The one you were given works only to sign in once.")
        return _send(request, "account_change_password", text)
    needed = set(current_tenant().second_factor_roles) & set(member.roles)
    if needed and not member.has_second_factor:
        text = _("Your role needs two-step sign-in. Set it up first; it takes two minutes.")
        return _send(request, "mfa_activate_totp", text)
    return None


def _operators_gate(request: VisitorRequest) -> HttpResponse | None:
    """Operators need a second factor, always (spec: roles.md). Raises Http404 at every other host and in a portal."""
    if request.host_name != settings.ADMIN_HOST or request.tenant is not None:
        raise Http404
    if not request.user.is_staff or is_mfa_enabled(request.user):
        return None
    return _send(request, "mfa_activate_totp", _("Operators need two-step sign-in. Set it up first."))


def _send(request: VisitorRequest, view: str, text: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse(
            problem(403, text, kind="gate", instance=request.path), status=403, content_type=CONTENT_TYPE
        )
    keep_typed(request)
    messages.warning(request, text)
    return HttpResponseClientRedirect(reverse(view)) if request.htmx else redirect(view)
