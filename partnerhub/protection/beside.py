"""What protection puts on a lead's page: the countdown, and the way to ask for an extension."""

from django.utils.translation import gettext as _

from leads.beside import Beside
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.protection.models import Protection
from partnerhub.protection.selectors import protection_of
from partnerhub.protection.services import PROTECTIONS
from partnerhub.records.standing import standing_of
from partnerhub.web.actions import Action

OFFERED = ("ask_extension", "grant_extension")


def protection_beside(lead: Lead, membership: Membership) -> Beside | None:
    """The card; no statement for a lead that never was protected."""
    protection = protection_of(lead) if lead.protected_until else None
    if protection is None:
        return None
    card = standing_of(PROTECTIONS, protection, see=_("See protection"))
    actions = _actions(protection, membership)
    return Beside(actions, [protection.pk], card.template, context=card.context)


def _actions(protection: Protection, membership: Membership) -> list[Action]:
    """What can be done now about its extension."""
    verdicts = PROTECTIONS.machine.verdicts(protection, membership)
    steps = [verdict.step for verdict in verdicts if verdict.is_open and verdict.step.name in OFFERED]
    seen = f"?seen={protection.version}"
    return [Action(step.name, str(step.label), f"{getattr(protection.urls, step.name)}{seen}") for step in steps]
