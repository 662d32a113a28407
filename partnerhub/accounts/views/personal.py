"""One's own pages: profile, and what keeps the sign-in safe."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.devices import device_name
from partnerhub.accounts.forms import ProfileForm
from partnerhub.accounts.models import User
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.selectors import profile_of, sessions_of
from partnerhub.accounts.services import end_other_sessions, end_session, save_profile
from partnerhub.web.preferences import YEAR
from partnerhub.web.seen import Meanwhile, attempt
from partnerhub.web.stored_secrets import SecretUnreadable
from partnerhub.web.views import ANY_MEMBER


class ProfileView(SeatView):
    """Name, contact data, language, time zone and theme. The theme is the browser's, the rest the person's."""

    permission = ANY_MEMBER
    forms = (ProfileForm,)

    def get(self, request: MemberRequest) -> HttpResponse:
        profile = profile_of(request.membership)
        others = {"theme": request.COOKIES.get("theme", "auto"), "version": profile.version}
        return self.shown(self.form(initial=profile.values | others))

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self.form(request.POST)
        again = attempt(form, lambda: self.save(form.cleaned_data))
        if again:
            return self.shown(form, **again)
        data = form.cleaned_data
        with override(data["language"] or get_language()):
            messages.success(request, _("Your profile is saved."))
        response = redirect("accounts:profile")
        if data["theme"] == "auto":
            response.delete_cookie("theme", samesite="Lax")
        else:
            response.set_cookie("theme", data["theme"], YEAR, secure=settings.IS_HTTPS, samesite="Lax")
        return response

    def save(self, data: dict[str, Any]) -> None:
        save_profile(
            self.request.membership,
            user={name: data[name] for name in ("name", "language", "timezone")},
            seat={name: data[name] for name in ("title", "phone")},
            seen=data["version"],
        )

    def form(self, *args: Any, **kwargs: Any) -> ProfileForm:
        return ProfileForm(*args, portal_timezone=self.request.tenant.timezone, **kwargs)

    def shown(self, form: ProfileForm, *, status: int = 200, now: Meanwhile | None = None) -> HttpResponse:
        context = {
            "form": form,
            "now": now,
            "crumbs": [(_("Settings"), None), (_("Your profile"), None)],
        }
        return self.page("accounts/profile.html", context, status=status)


class SecurityView(SeatView):
    """Sessions, and the way to password, address and second factor."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest) -> HttpResponse:
        sessions = [
            {
                "id": session.pk,
                "device": device_name(session.user_agent),
                "ip": session.ip,
                "started": session.created_at,
                "seen": session.last_seen_at,
                "is_current": session.is_current(),
            }
            for session in sessions_of(request.user)
        ]
        required = set(request.tenant.second_factor_roles) & set(request.membership.roles)
        context = {
            "sessions": sessions,
            "others": sum(not session["is_current"] for session in sessions),
            "has_second_factor": request.membership.has_second_factor,
            "second_factor_required": bool(required),
            "recovery_codes_left": _codes_left(request.user),
            "crumbs": [(_("Settings"), None), (_("Security"), None)],
        }
        return self.page("accounts/security.html", context)


class EndSessionView(SeatView):
    permission = ANY_MEMBER
    for_oneself = True

    def post(self, request: MemberRequest, id: int) -> HttpResponse:
        session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=id)
        if session.is_current():
            return redirect("account_logout")
        end_session(session)
        messages.success(request, _("The session is ended."))
        return redirect("accounts:security")


class EndOtherSessionsView(SeatView):
    permission = ANY_MEMBER
    for_oneself = True

    def post(self, request: MemberRequest) -> HttpResponse:
        end_other_sessions(request)
        messages.success(request, _("All other sessions are ended."))
        return redirect("accounts:security")


def _codes_left(user: User) -> int | None:
    """How many recovery codes are unused; None where there are none at all, or none that can be read."""
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    try:
        return len(codes.wrap().get_unused_codes()) if codes else None
    except SecretUnreadable:
        return None
