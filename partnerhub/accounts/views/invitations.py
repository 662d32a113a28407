"""Inviting, and coming in by an invitation."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms import InviteForm, NewPersonForm, sentence
from partnerhub.accounts.links import digest_of
from partnerhub.accounts.models import Invitation, User
from partnerhub.accounts.requests import MemberRequest, VisitorRequest
from partnerhub.accounts.rights import ticks_of
from partnerhub.accounts.selectors import (
    VENDOR_SIDE,
    find_invitation,
    partners_for,
    pending_invitations_for,
)
from partnerhub.accounts.services import accept_invitation, invite_member, resend_invitation, revoke_invitation
from partnerhub.accounts.services.invitations import invitation_over
from partnerhub.errors import Refused
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import partners_called
from partnerhub.roles import MEMBERS_INVITE, MEMBERS_MANAGE, PARTNER, Role, roles_of
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.preferences import safe_next
from partnerhub.web.views import PublicView


class InviteView(SeatView):
    permission = MEMBERS_INVITE
    forms = (InviteForm,)

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.shown(self.form(initial={"organisation": self.asked_for(request.GET.get("organisation", ""))}))

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        data = form.cleaned_data
        try:
            invitation = invite_member(
                email=data["email"],
                name=data["name"],
                roles=data["roles"],
                partner=data["organisation"] if isinstance(data["organisation"], Partner) else None,
                by=request.membership,
            )
        except Refused as refused:
            form.refuse(refused)
            return self.shown(form, status=409)
        messages.success(
            request, _("%(email)s gets a mail with a link that works for 7 days.") % {"email": invitation.email}
        )
        return redirect("accounts:users")

    def form(self, *args: Any, **kwargs: Any) -> InviteForm:
        me = self.request.membership
        manages = me.can(MEMBERS_MANAGE)
        vendor_too = me.side != PARTNER and manages
        return InviteForm(
            *args,
            offered=self.offered(),
            partners=partners_for(me),
            vendor_name=self.request.tenant.name if vendor_too else "",
            **kwargs,
        )

    def offered(self) -> list[Role]:
        """The roles on the form. Those of the vendor's side only for who manages it; the verb decides on the rest."""
        me = self.request.membership
        vendor_too = me.side != PARTNER and me.can(MEMBERS_MANAGE)
        return list(Role) if vendor_too else roles_of(PARTNER)

    def asked_for(self, organisation: str) -> str:
        """The name of the organisation that a link has named; empty for none that the member may invite to."""
        if organisation == VENDOR_SIDE:
            return self.request.tenant.name
        found = partners_called(partners_for(self.request.membership), organisation).first() if organisation else None
        return found.name if found else ""

    def shown(self, form: InviteForm, *, status: int = 200) -> HttpResponse:
        offered = self.offered()
        context = {
            "form": form,
            "sides": _by_side(offered, form),
            "into": form.only_organisation,
            "crumbs": [
                (_("Settings"), None),
                (_("Users and roles"), reverse("accounts:users")),
                (_("Invite"), None),
            ],
        }
        return self.page("accounts/invite.html", context, status=status)


class PendingView(SeatView):
    """An act on an invitation that is still open."""

    permission = MEMBERS_INVITE

    def post(self, request: MemberRequest, id: UUID) -> HttpResponse:
        invitation = get_object_or_404(pending_invitations_for(request.membership), pk=id)
        try:
            messages.success(request, self.act(invitation))
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, sentence(reason))
        return redirect(safe_next(request, reverse("accounts:users")))

    def act(self, invitation: Invitation) -> str:
        raise NotImplementedError


class ResendView(PendingView):
    def act(self, invitation: Invitation) -> str:
        resend_invitation(invitation, by=self.request.membership)
        return _("%(email)s gets a new link; the old one no longer works.") % {"email": invitation.email}


class RevokeView(PendingView):
    def act(self, invitation: Invitation) -> str:
        revoke_invitation(invitation, by=self.request.membership)
        return _("The invitation of %(email)s is revoked.") % {"email": invitation.email}


class WelcomeView(PublicView):
    """Behind the link of an invitation. A new person chooses a name and a password; a known one signs in first."""

    request: VisitorRequest

    def get(self, request: VisitorRequest, token: str) -> HttpResponse:
        invitation = self.invitation(token)
        if invitation is None:
            return self.over()
        return self.shown(invitation, NewPersonForm(invitation=invitation, initial={"name": invitation.name}))

    def post(self, request: VisitorRequest, token: str) -> HttpResponse:
        invitation = self.invitation(token)
        if invitation is None:
            return self.over()
        form = NewPersonForm(request.POST, invitation=invitation)
        person = request.user if request.user.is_authenticated else None
        if person is None and not form.is_valid():
            return self.shown(invitation, form, status=422)
        names = {} if person else {"name": form.cleaned_data["name"], "password": form.cleaned_data["password"]}
        try:
            member = accept_invitation(invitation, tenant=self.portal, person=person, **names)
        except Refused as refused:
            reasons = [sentence(reason) for reason in refused.reasons]
            return self.shown(invitation, form, reasons=reasons, status=409)
        if person:
            return redirect("home")
        response: HttpResponse = perform_login(request, Login(user=member.user, redirect_url=reverse("home")))
        return response

    @property
    def portal(self) -> Tenant:
        """The tenant that the address names. Raises Http404 where it names none."""
        if self.request.tenant is None:
            raise Http404
        return self.request.tenant

    def invitation(self, token: str) -> Invitation | None:
        with tenant_scope(self.portal):
            return find_invitation(digest_of(token))

    def over(self) -> HttpResponse:
        """The same words and status for every link that does not work."""
        return render(self.request, "accounts/welcome_over.html", {"reason": invitation_over()}, status=410)

    def shown(
        self, invitation: Invitation, form: NewPersonForm, *, reasons: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        user = self.request.user
        context = {
            "invitation": invitation,
            "form": form,
            "reasons": reasons or [],
            "is_known": User.objects.filter(email=invitation.email).exists(),
            "is_right_person": user.is_authenticated and user.email == invitation.email,
        }
        return render(self.request, "accounts/welcome.html", context, status=status)


def _by_side(offered: list[Role], form: InviteForm) -> list[dict[str, Any]]:
    """The roles of the form by the side on which they exist, each with what it lets one do."""
    ticked = form["roles"].value() or []
    sides = dict.fromkeys(role.side for role in offered)
    return [
        {"is_partner": side == PARTNER, "ticks": ticks_of([role for role in offered if role.side == side], ticked)}
        for side in sides
    ]
