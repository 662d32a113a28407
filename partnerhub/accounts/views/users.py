"""*Users and roles* (B3): who is here, what each may do, and who changed what."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms import HandOverForm, RemovalForm, RolesForm, sentence
from partnerhub.accounts.history import changes
from partnerhub.accounts.models import Membership
from partnerhub.accounts.reasons import role_missing
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.rights import RoleTick, matrix, rights_of, ticks_of
from partnerhub.accounts.selectors import (
    former_members_for,
    members_for,
    role_changes_for,
    role_changes_of,
    sees_all_people,
)
from partnerhub.accounts.services import change_roles, held_by, remove_member, restore_member
from partnerhub.accounts.services.ending import requests_of, tokens_of
from partnerhub.accounts.services.seats import against_removing, in_order, is_oneself, lost
from partnerhub.accounts.tables import AccessRequestList, InvitationList, MemberList
from partnerhub.accounts.tables.members import organisation_of
from partnerhub.errors import Refused, Stale
from partnerhub.roles import AUDIT_VIEW, MEMBERS_INVITE, MEMBERS_MANAGE, MEMBERS_VIEW, Role, grantable_by, roles_of
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists import ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.drawing import Drawn, Preview
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import Part, ShownRecord, facts_card
from partnerhub.web.preferences import safe_next
from partnerhub.web.seen import Meanwhile, version_in


class UsersView(SeatView, ListView):
    """The list of members, and around it who is to come, who has left, and what each role may do."""

    list_class = MemberList
    template = "accounts/users.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        membership = self.request.membership
        roles = list(Role) if sees_all_people(membership) else roles_of(membership.side)
        return {
            "manages": membership.can(MEMBERS_MANAGE),
            "invites": membership.can(MEMBERS_INVITE),
            "why_not_manage": role_missing(membership, MEMBERS_MANAGE),
            "why_not_invite": role_missing(membership, MEMBERS_INVITE),
            "requests": self.preview(AccessRequestList, waiting="true"),
            "invitations": self.preview(InvitationList),
            "changes": changes(role_changes_for(membership)),
            "sees_audit": membership.can(AUDIT_VIEW),
            "columns": roles,
            "matrix": matrix(roles),
            "rights": [(role, rights_of(role)) for role in roles],
        }

    def preview(self, list_class: type[ListOf], **narrow: str) -> Preview | None:
        """The first rows of a list; None for who may not open it."""
        membership = self.request.membership
        return Preview(list_class, membership, **narrow) if membership.can(list_class.permission) else None


def _role_changes(page: "MemberView", member: Membership) -> Mapping[str, Any]:
    """The newest changes of a member's roles, as sentences."""
    me = page.request.membership
    url = f"{reverse('events:audit')}?kind=member" if me.can(AUDIT_VIEW) else ""
    return {"changes": changes(role_changes_of(member, reader=me)), "audit_url": url}


def _kind(member: Membership) -> str:
    return _("Service member: a program, by tokens only") if member.is_service else ""


class MemberView(SeatView, ShownRecord):
    """One member: their roles, and what became of them. Saving needs the right to manage people."""

    permission = {"GET": MEMBERS_VIEW, "POST": MEMBERS_MANAGE}
    record_list, template = MemberList, "accounts/member.html"
    line = (Fact("", cell.Text(organisation_of)), Fact("", cell.Text("title")))
    main = (Part("accounts/_member_roles.html"),)
    aside = (
        facts_card(
            gettext_lazy("Contact"),
            Fact(gettext_lazy("Kind"), cell.Text(_kind)),
            Fact(gettext_lazy("Email"), cell.Mail(lambda member: "" if member.is_service else member.email)),
            Fact(gettext_lazy("Phone"), cell.Phone("phone", calls=True)),
            Fact(gettext_lazy("Member since"), cell.Date("joined_at")),
            Fact(gettext_lazy("Last active"), cell.Ago("last_seen_at", gettext_lazy("never")), always=True),
            key="person",
        ),
        Part("records/changes.html", _role_changes),
    )

    def get(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        member = self.member(id)
        return self.asked(member, RolesForm(offered=roles_of(member.side), initial={"roles": member.roles}))

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        member = self.member(id)
        form = RolesForm(request.POST, offered=roles_of(member.side))
        if not form.is_valid():
            return self.asked(member, form, status=422)
        roles = {*form.cleaned_data["roles"], *_kept(member, request.membership)}
        handover = HandOverForm(request.POST, held=held_by(member, losing=lost(member.roles, roles)))
        to = handover.chosen() if handover.is_valid() else {}
        try:
            change_roles(member, roles, by=request.membership, seen=form.seen_roles(), to=to)
        except Refused as refused:
            (handover if handover.held else form).refuse(refused)
            return self.asked(member, form, status=409, handover=handover if handover.held else None)
        except Stale as stale:
            seen, current = stale.difference["roles"]
            told = {"seen": _labels(seen), "current": _labels(current)}
            return self.asked(self.member(id), form, status=409, stale=told)
        messages.success(request, _("The roles of %(name)s are saved.") % {"name": member.name})
        return redirect(self.list_url(member))

    def member(self, id: UUID) -> Membership:
        return get_object_or_404(members_for(self.request.membership), pk=id)

    def title(self, record: Membership) -> str:
        return record.name

    def asked(self, member: Membership, form: RolesForm, *, status: int = 200, **more: object) -> HttpResponseBase:
        me = self.request.membership
        manages = me.can(MEMBERS_MANAGE)
        return self.shown(
            member,
            status=status,
            member=member,
            form=form,
            ticks=_ticks(member, form, me),
            seen=",".join(member.roles),
            is_self=is_oneself(member, me),
            manages=manages,
            why_not_manage=role_missing(me, MEMBERS_MANAGE),
            why_not_remove=against_removing(member, by=me) if manages else [],
            **more,
        )


class RemoveMemberView(SeatView, AskView):
    """Takes the seat away, after asking who takes over what the member holds."""

    permission = MEMBERS_MANAGE

    def get(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        member = self.member(id)
        return self.shown(member, RemovalForm(held=held_by(member), initial={"version": member.version}))

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        member = self.member(id)
        form = RemovalForm(request.POST, held=held_by(member))
        if not form.is_valid():
            return self.shown(member, form, status=422)
        try:
            remove_member(member, by=request.membership, seen=form.cleaned_data["version"], to=form.chosen())
        except Refused as refused:
            form.refuse(refused)
            return self.shown(member, form, status=409)
        except Stale as stale:
            form.go_on_from(stale.current.version)
            return self.shown(stale.current, form, status=409, now=_seat_now(stale.current))
        messages.success(request, _("%(name)s is no longer a member.") % {"name": member.name})
        return self.done(reverse("accounts:users"))

    def member(self, id: UUID) -> Membership:
        return get_object_or_404(members_for(self.request.membership), pk=id)

    def shown(self, member: Membership, form: RemovalForm, *, status: int = 200, **more: object) -> HttpResponseBase:
        organisation = member.partner.name if member.partner else self.request.tenant.name
        text = _(
            "They can no longer open the pages of %(name)s from their next click on, and they are told by email."
            " What they did is kept. You can give them access again later."
        )
        ask = Ask(
            title=_("Remove the access of %(name)s?") % {"name": member.name},
            record=f"{organisation} · {_labels(member.roles)}",
            text=text % {"name": organisation},
            confirm=_("Remove access"),
            keep=_("Keep access"),
            back=reverse("accounts:member", args=[member.pk]),
            danger=True,
            part="accounts/_removal.html",
        )
        more |= {
            "member": member,
            "tokens": tokens_of(member).count(),
            "requests": requests_of(member).count(),
            "crumbs": [
                (_("Settings"), None),
                (_("Users and roles"), reverse("accounts:users")),
                (_("Remove access"), None),
            ],
        }
        return self.asks(ask, form, status=status, **more)


class RestoreMemberView(SeatView):
    permission = MEMBERS_MANAGE

    def post(self, request: MemberRequest, id: UUID) -> HttpResponse:
        member = get_object_or_404(former_members_for(request.membership), pk=id)
        try:
            restore_member(member, by=request.membership, seen=version_in(request.POST.get("version")))
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, sentence(reason))
        except Stale:
            messages.warning(request, _("Somebody has changed this seat meanwhile. Look at it as it is now."))
        else:
            messages.success(request, _("%(name)s is a member again.") % {"name": member.name})
        return redirect(safe_next(request, reverse("accounts:users")))


def _ticks(member: Membership, form: RolesForm, me: Membership) -> list[RoleTick]:
    """A checkbox per role of the member's side; closed where this person may not give the role to the member."""
    roles, grantable, own = roles_of(member.side), grantable_by(me.roles), is_oneself(member, me)
    may = me.can(MEMBERS_MANAGE)
    closed = {role for role in roles if not may or role not in grantable or (own and role not in member.roles)}
    return ticks_of(roles, form["roles"].value() or [], closed=closed)


def _kept(member: Membership, me: Membership) -> set[str]:
    """Roles whose checkbox is closed to this person: a browser does not send them, and they stay."""
    return {role for role in member.roles if Role(role) not in grantable_by(me.roles)}


def _seat_now(member: Membership) -> Meanwhile:
    """What somebody else has made of the seat, for the form that is shown again."""
    return [{"label": _("Roles"), "value": _labels(member.roles), "whole": True}]


def _labels(roles: list[str]) -> str:
    return ", ".join(str(Role(role).label) for role in in_order(roles)) or _("no role")
