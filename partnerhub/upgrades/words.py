"""Registers with the packages below: rights and places in the navigation of upgrade invitations and their terms."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields
from partnerhub.roles import LEADS_VIEW, PROGRAMS_MANAGE, UPGRADES_MANAGE, VENDOR
from partnerhub.web.navigation import Place, register_places
from partnerhub.web.rights import YES, Right, register_rights

RIGHT = Right(
    _("Manage upgrade invitations"),
    _("Remind owners, and withdraw; whoever submits leads sends them"),
    ((UPGRADES_MANAGE, YES),),
    position=18,
)
PLACES = (
    Place(_("Upgrade invitations"), "upgrades:invitations", "up", "referrals", 25, LEADS_VIEW),
    Place(_("Upgrade activation"), "upgrades:activation", "cog", "programme", 16, PROGRAMS_MANAGE, sides=(VENDOR,)),
    Place(_("Upgrade terms"), "upgrades:terms", "file", "programme", 15, PROGRAMS_MANAGE, sides=(VENDOR,)),
)


def register() -> None:
    """Called once when the app is ready."""
    register_rights((RIGHT,))
    register_places(PLACES)
    register_events(
        {
            "upgradeterms.published": _("Terms of an upgrade published"),
            "upgradeactivation.pointed": _("Stores are upgraded by a system"),
            "upgradeactivation.left": _("Stores are upgraded by people"),
        },
        groups={"upgradeterms": _("Upgrade terms"), "upgradeactivation": _("Upgrade activation")},
        subjects={"upgradeterms": _("Upgrade terms")},
    )
    register_fields("upgradeterms", {"texts": _("Texts")})
