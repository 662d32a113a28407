"""What the rooms below say of upgrade invitations: events, rights, places in the navigation, words of the API."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields
from partnerhub.roles import LEADS_VIEW, PROGRAMS_MANAGE, UPGRADES_MANAGE, VENDOR
from partnerhub.upgrades.states import Status
from partnerhub.web.enums import register_enums
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

FIELDS = {
    "status": _("Status"),
    "agreed_at": _("Agreed"),
    "agreed_name": _("Agreed by"),
    "reminders": _("Reminders"),
    "is_late": _("Late"),
}
RIGHTS = (
    Right(
        _("Withdraw upgrade invitations"),
        _("Whoever submits leads sends them"),
        ((UPGRADES_MANAGE, YES),),
        position=18,
    ),
)
PLACES = (
    Place(_("Upgrade invitations"), "upgrades:invitations", "up", "referrals", 25, LEADS_VIEW),
    Place(_("Upgrade terms"), "upgrades:terms", "file", "programme", 15, PROGRAMS_MANAGE, sides=(VENDOR,)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_events(
        {"upgradeterms.published": _("Terms of an upgrade published")},
        groups={"upgrade": _("Upgrade invitations"), "upgradeterms": _("Upgrade terms")},
        subjects={"upgradeinvitation": _("Upgrade invitation"), "upgradeterms": _("Upgrade terms")},
    )
    register_fields("upgradeinvitation", FIELDS, {"status": dict(Status.choices)})
    register_fields("upgradeterms", {"texts": _("Texts")})
    register_rights(RIGHTS)
    register_places(PLACES)
    register_enums({"UpgradeInvitationStatus": Status})
    register_icons({"upgradeinvitation": "up"})
