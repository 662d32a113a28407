"""Registers with the packages below: the place of the desk in the navigation, and how a decided conflict is told."""

from django.utils.translation import gettext_lazy as _

from leads.states import Conflict
from partnerhub.conflicts.states import Status
from partnerhub.events.words import register_fields, register_told
from partnerhub.roles import ACCOUNTS_VIEW, VENDOR
from partnerhub.states import Told
from partnerhub.web.navigation import Place, register_places

DESK = Place(_("Conflict desk"), "conflicts:cases", "people", "referrals", 24, ACCOUNTS_VIEW, sides=(VENDOR,))
TOLD_RIVAL = Told(
    "lead.conflict_decided",
    _("Conflict about a lead decided"),
    _("A conflict about the lead is decided"),
    "info",
    "people",
)


def register() -> None:
    """Called once when the app is ready."""
    register_places((DESK,))
    register_told((TOLD_RIVAL,))
    register_fields(
        "conflictcase",
        {"verdict": _("Conflict check")},
        {"verdict": dict(Conflict.choices), "status": dict(Status.choices)},
    )
