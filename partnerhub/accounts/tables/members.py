"""The lists of members: those who are here and those who were, and the programs of one's organisation."""

from html import escape
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.accounts.filters import FORMER, MemberFilter
from partnerhub.accounts.forms.many_seats import OneRoleForm
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import former_members_for, members_for, sees_all_people, service_members_for
from partnerhub.accounts.services.many_seats import give_role_to_many, remove_many, take_role_from_many
from partnerhub.roles import MEMBERS_MANAGE, MEMBERS_VIEW
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.finding import Findable
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.asking import NoFilter
from partnerhub.web.lists.bulk import BulkAct
from partnerhub.web.templatetags.portal import initials

GIVE_ROLE = BulkAct(
    "give-role",
    _("Give a role"),
    MEMBERS_MANAGE,
    give_role_to_many,
    _("Each is told by email and may do more from their next request on. You cannot give a role to yourself."),
    ngettext_lazy("%(count)s member has the role now.", "%(count)s members have the role now.", "count"),
    icon="userplus",
    form=OneRoleForm,
)
TAKE_ROLE = BulkAct(
    "take-role",
    _("Take a role away"),
    MEMBERS_MANAGE,
    take_role_from_many,
    _(
        "It holds from their next request on. Who holds something that goes with the role keeps it until"
        " somebody takes over: choose who on their own page."
    ),
    ngettext_lazy("The role was taken from %(count)s member.", "The role was taken from %(count)s members.", "count"),
    icon="minus",
    form=OneRoleForm,
)
REMOVE_MEMBERS = BulkAct(
    "remove",
    _("Remove"),
    MEMBERS_MANAGE,
    remove_many,
    _(
        "They are strangers here from their next request on, their tokens are revoked, and they are told by"
        " email. Who holds something stays until somebody takes over: choose who on their own page."
    ),
    ngettext_lazy("%(count)s member was removed.", "%(count)s members were removed.", "count"),
    icon="xc",
)
RESTORE = cell.Act(_("Give access again"), "accounts:restore")


def address_of(member: Membership) -> str:
    return _now("Service member") if member.is_service else member.email


def organisation_of(member: Membership) -> str:
    return member.partner.name if member.partner else current_tenant().name


class PersonLink(cell.Link):
    """The person with their picture. Who is not here any more has no page."""

    def html(self, look: cell.Look) -> cell.Writer:
        here, gone = super().html(look), cell.Text.html(self, look)
        write: cell.Writer = lambda member: (here if member.is_active else gone)(member)  # noqa: E731 - one line says it
        return lambda member: (
            f'<div class="person"><span class="avatar" aria-hidden="true">{escape(initials(member.name))}</span>'
            f"<div>{write(member)}</div></div>"
        )


def roles_link(look: cell.Look) -> cell.Writer:
    """The way to a member's roles, or back in, for who may change them."""
    words, page = escape(_now("Change roles")), look.pages(Membership.urls)
    restore = RESTORE.writer(lambda member: member.name)
    return lambda member: (
        f'<a class="btn small" href="{page(member.pk)}">{words}'
        f'<span class="hide-text">, {escape(member.name)}</span></a>'
        if member.is_active
        else restore(member)
    )


class MemberList(ListOf):
    """The members of your organisation, by name; of all, for who manages them. Former ones by `state`."""

    membership: Membership

    name, title, section, caption = "members", _("Users and roles"), _("Settings"), _("Members")
    counted = ngettext_lazy("%(number)s member", "%(number)s members", "count")
    page_name, permission, filter_class = "accounts:users", MEMBERS_VIEW, MemberFilter
    default_order, css = "name", "members"
    columns = (
        Column("name", _("Person"), "name_key", always=True, cell=PersonLink("name", address_of, to=Membership.urls)),
        Column("organisation", _("Organisation"), cell=cell.Text(organisation_of)),
        Column("roles", _("Roles"), cell=cell.Tags("role_labels", _("No role"))),
        Column("seen", _("Last active"), cell=cell.Ago("last_seen_at", _("never"))),
        Column("updated", _("Updated"), "updated_at", css="late", shown=False, cell=cell.Ago("updated_at")),
        Column("change", _("Action"), css="amount", cell=cell.Markup(roles_link)),
    )
    bulk = (GIVE_ROLE, TAKE_ROLE, REMOVE_MEMBERS)
    exported = ("name", Column("email", _("Email"), cell=cell.Text("email")), "organisation", "roles", "seen")
    nothing_found = Blank("people", _("Nobody found"), _("No member matches these filters."))
    nothing_yet = Blank("people", _("Nobody found"), _("Nobody is here yet."))

    @property
    def about(self) -> str:  # type: ignore[override]  # it names the organisation
        member = self.membership
        name = member.partner.name if member.partner else current_tenant().name
        if sees_all_people(member):
            text = _now("The people of %(name)s and of all partners. A person can hold several roles; rights add up.")
        else:
            text = _now("The people of %(name)s. A person can hold several roles; rights add up.")
        return text % {"name": name}

    def of_member(self, column: Column) -> bool:
        """Whose people they are is told to who sees those of all; acts are drawn for who may do them (E10)."""
        needed = {"organisation": sees_all_people(self.membership), "change": self.membership.can(MEMBERS_MANAGE)}
        return needed.get(column.key, True)

    def rows(self) -> QuerySet[Any]:
        is_former = self.query.get("state") == FORMER
        return former_members_for(self.membership) if is_former else members_for(self.membership)


class ServiceMemberList(MemberList):
    """The service members of your organisation, by name. They are members too: `members/<id>/` reads, changes and
    removes one."""

    name = "service_members"
    permission = MEMBERS_MANAGE
    filter_class = NoFilter

    def rows(self) -> QuerySet[Any]:
        return service_members_for(self.membership)


FINDABLE = Findable("member", MemberList, "accounts:users", Membership.urls, "name", organisation_of)
