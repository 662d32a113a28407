"""The lists of who is to come: invitations, and requests for access."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.accounts.filters import AccessRequestFilter, InvitationFilter
from partnerhub.accounts.models import AccessRequest, Invitation, InvitationState, Membership, RequestStatus
from partnerhub.accounts.selectors import access_requests_for, pending_invitations_for, sees_all_people
from partnerhub.accounts.services.many_keys import resend_invitations, revoke_invitations
from partnerhub.accounts.tables.members import organisation_of
from partnerhub.roles import MEMBERS_INVITE, MEMBERS_MANAGE
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.bulk import BulkAct

STATES = {InvitationState.OPEN: ("warn", "mail"), InvitationState.EXPIRED: ("mute", "clock")}
REQUEST_TONES = {
    RequestStatus.OPEN: ("warn", "clock"),
    RequestStatus.GRANTED: ("good", "checkc"),
    RequestStatus.REFUSED: ("mute", "xc"),
}

RESEND = cell.Act(_("Send again"), "accounts:resend")
REVOKE_INVITATION = cell.Act(_("Revoke"), "accounts:revoke", css="plain danger")
RESEND_MANY = BulkAct(
    "resend",
    _("Send again"),
    MEMBERS_INVITE,
    resend_invitations,
    _("Each gets a mail with a new link that works for 7 days. The old links stop working."),
    ngettext_lazy("%(count)s invitation is sent again.", "%(count)s invitations are sent again.", "count"),
    icon="send",
)
REVOKE_MANY = BulkAct(
    "revoke",
    _("Revoke"),
    MEMBERS_INVITE,
    revoke_invitations,
    _("The links stop working at once. Whoever is to come after all has to be invited once more."),
    ngettext_lazy("%(count)s invitation is revoked.", "%(count)s invitations are revoked.", "count"),
    icon="xc",
)


class OfPeople(ListOf):
    """What both share: whose people they are is told to who sees those of all."""

    membership: Membership
    section = _("Settings")
    default_order = "-created"

    def of_member(self, column: Column) -> bool:
        return column.key != "organisation" or sees_all_people(self.membership)


class InvitationList(OfPeople):
    """Those that were neither used nor revoked, newest first; some may have expired."""

    name, title = "invitations", _("Invitations")
    about = _("Who is invited and has not come yet. A link works for 7 days and once.")
    counted = ngettext_lazy("%(number)s invitation", "%(number)s invitations", "count")
    page_name = "accounts:invitations"
    permission = MEMBERS_INVITE
    filter_class = InvitationFilter
    columns = (
        Column("name", _("Person"), always=True, cell=cell.Text("name", "email")),
        Column("organisation", _("Organisation"), cell=cell.Text(organisation_of)),
        Column("roles", _("Roles"), cell=cell.Tags("role_labels")),
        Column("state", _("State"), css="state", cell=cell.Status("state", InvitationState, STATES)),
        Column("expires", _("Works until"), css="late", cell=cell.Day("expires_at")),
        Column("created", _("Invited"), "created_at", css="late", cell=cell.Ago("created_at")),
        Column("acts", _("Action"), css="amount", cell=cell.Acts("name", (RESEND, REVOKE_INVITATION))),
    )
    exported = (columns[0], Column("email", _("Email"), cell=cell.Text("email")), *columns[1:6])
    bulk = (RESEND_MANY, REVOKE_MANY)
    nothing_found = Blank("mail", _("No invitation matches"), _("An address is found by its beginning."))
    nothing_yet = Blank(
        "mail", _("Nobody is invited at the moment."), _("Whoever you invite stands here until they come.")
    )

    def rows(self) -> QuerySet[Invitation]:
        return pending_invitations_for(self.membership)


def request_words(asked: AccessRequest) -> str:
    return _now("%(name)s asks for %(role)s") % {"name": asked.membership.name, "role": asked.role_label}


def answerer_of(asked: AccessRequest) -> str:
    return asked.decided_by.name if asked.decided_by else ""


def decides(asked: AccessRequest, member: Membership) -> bool:
    """Whether the member can answer it: nobody gives a role to themselves."""
    return asked.status == RequestStatus.OPEN and asked.membership_id != member.pk


GRANT = cell.Act(_("Grant"), "accounts:grant", offered=decides)
REFUSE_REQUEST = cell.Act(_("Refuse"), "accounts:refuse", offered=decides, css="plain")


class AccessRequestList(OfPeople):
    """Your own; all that you may decide on, for an administrator. Newest first."""

    name, title = "access_requests", _("Requests for access")
    about = _("Who has asked for a role, and what was answered.")
    counted = ngettext_lazy("%(number)s request", "%(number)s requests", "count")
    page_name = "accounts:access-requests"
    permission = MEMBERS_MANAGE
    filter_class = AccessRequestFilter
    columns = (
        Column("asked", _("Request"), always=True, cell=cell.Link(request_words, to=AccessRequest.urls)),
        Column("organisation", _("Organisation"), cell=cell.Text(lambda asked: organisation_of(asked.membership))),
        Column("status", _("Status"), css="state", cell=cell.Status("status", RequestStatus, REQUEST_TONES)),
        Column("message", _("Message"), css="mid", cell=cell.Text("message")),
        Column("decided", _("Answered by"), css="late", cell=cell.Text(answerer_of)),
        Column("created", _("Asked"), "created_at", css="late", cell=cell.Ago("created_at")),
        Column("acts", _("Action"), css="amount", cell=cell.Acts("membership.name", (GRANT, REFUSE_REQUEST))),
    )
    nothing_found = Blank("key", _("No request matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("key", _("Nobody has asked"), _("When a colleague asks for a role, it stands here."))

    def rows(self) -> QuerySet[AccessRequest]:
        return access_requests_for(self.membership)
