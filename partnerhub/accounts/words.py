"""Registers with the packages below: words of events about people, rights, places in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub import roles
from partnerhub.events.words import register_events, register_fields
from partnerhub.partners.external import register_external
from partnerhub.roles import PARTNER, VENDOR
from partnerhub.web.enums import register_enums
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

EVENTS = {
    "member.roles_changed": _("Roles changed"),
    "member.renamed": _("Name changed"),
    "member.invited": _("Person invited"),
    "member.invitation_revoked": _("Invitation revoked"),
    "member.invitation_handed_over": _("Invitation handed over"),
    "member.took_over": _("Took over from a colleague"),
    "member.joined": _("Person joined"),
    "member.service_added": _("Service member added"),
    "member.removed": _("Person removed"),
    "member.restored": _("Person restored"),
    "access.requested": _("Access requested"),
    "access.granted": _("Access granted"),
    "access.refused": _("Access refused"),
    "token.created": _("API token made"),
    "token.revoked": _("API token revoked"),
    "view.saved": _("View of a list saved"),
    "view.changed": _("View of a list changed"),
    "view.deleted": _("View of a list deleted"),
    "view.opened_by_default": _("View chosen to open a list with"),
    "view.not_opened_by_default": _("View no longer opens its list"),
}
GROUPS = {"member": _("Members"), "access": _("Access"), "token": _("API tokens"), "view": _("Views of lists")}
SUBJECTS = {
    "membership": _("Member"),
    "accessrequest": _("Request for access"),
    "invitation": _("Invitation"),
    "apitoken": _("API token"),
    "savedview": _("View of a list"),
}
TOKEN_FIELDS = {
    "name": _("Name"),
    "prefix": _("Begins with"),
    "acts_as": _("Acts as"),
    "scopes": _("May do"),
    "expires_at": _("Valid until"),
}
VIEW_FIELDS = {
    "name": _("Name"),
    "is_shared": _("Shared"),
    "filters": _("Filters"),
    "sort": _("Order"),
    "columns": _("Columns"),
}
RIGHTS = (
    Right(
        _("See oneself"),
        _("Profile, mail settings, own requests for access"),
        ((roles.OWN_VIEW, YES),),
        position=50,
        in_matrix=False,
    ),
    Right(
        _("Change one’s own settings"),
        _("Which mail comes, and where to; ask for access"),
        ((roles.OWN_MANAGE, YES),),
        position=51,
        in_matrix=False,
    ),
    Right(_("See users and roles"), _("Who is here, and who can give roles"), ((roles.MEMBERS_VIEW, YES),), 52),
    Right(
        _("Invite people"),
        _("Send an invitation to a new user"),
        ((roles.MEMBERS_MANAGE, YES), (roles.MEMBERS_INVITE, _("First people of a partner"))),
        position=53,
    ),
    Right(_("Manage people"), _("Change roles, remove access, decide on requests"), ((roles.MEMBERS_MANAGE, YES),), 54),
    Right(_("Manage API tokens"), _("Keys for programs, and service members"), ((roles.TOKENS_MANAGE, YES),), 70),
)
PLACES = (
    Place(_("Partners"), "accounts:partners", "people", "partners", 10, roles.PARTNERS_VIEW, sides=(VENDOR,)),
    Place(_("Tiers"), "accounts:tiers", "cog", "programme", 20, roles.PROGRAMS_MANAGE, sides=(VENDOR,)),
    Place(_("Exchange rates"), "accounts:rates", "coins", "programme", 30, roles.PROGRAMS_MANAGE, sides=(VENDOR,)),
    Place(
        _("Business profile"), "accounts:own-profile", "building", "profile", 10, roles.PROFILE_VIEW, sides=(PARTNER,)
    ),
    Place(_("Users and roles"), "accounts:users", "people", "settings", 10, roles.MEMBERS_VIEW),
    Place(_("Security"), "accounts:security", "shield", "settings", 30),
    Place(_("API tokens"), "accounts:tokens", "key", "settings", 40, roles.TOKENS_MANAGE),
)


def register() -> None:
    """Called once when the app is ready."""
    register_events(EVENTS, groups=GROUPS, subjects=SUBJECTS)
    codes = {"roles": dict(roles.Role.choices)}
    for subject in ("membership", "invitation"):
        register_fields(subject, {"roles": _("Roles"), "name": _("Name")}, codes)
    register_fields("apitoken", TOKEN_FIELDS)
    register_fields("savedview", VIEW_FIELDS)
    register_rights(RIGHTS)
    register_places(PLACES)
    register_enums({"RoleWord": roles.Role.values})
    register_icons({"member": "user"})
    register_external("member")
