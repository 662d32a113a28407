"""Registers with the packages below: rights, places, and words of events about intake."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_told
from partnerhub.intake.states import ComesIn
from partnerhub.roles import LEADS_VIEW, PARTNER, VENDOR
from partnerhub.states import Told
from partnerhub.web.enums import register_enums
from partnerhub.web.navigation import Place, register_places

INTAKE_PLACES = (
    Place(_("Intake links"), "intake:links", "link", "referrals", 28, LEADS_VIEW, sides=(PARTNER,)),
    Place(_("Intake links"), "intake:links", "link", "programme", 18, LEADS_VIEW, sides=(VENDOR,)),
)


def link_words(data: Mapping[str, Any]) -> str:
    return str(_("By the intake link “%(name)s”") % {"name": data["link_name"]})


INTAKE_TOLD = (
    Told("intake.asked", _("Somebody was asked to confirm what they sent"), audience=PARTNER),
    Told("intake.received", _("Lead came in by an intake link"), _("Came in"), "info", "link", said=link_words),
    Told("intake.drafted", _("Draft came in by an intake link"), _("Came in"), "info", "link", said=link_words),
    Told("intake.objected", _("Person objected to being referred"), _("The person objected"), "bad", "x", said=""),
)


def register() -> None:
    """Called once when the app is ready."""
    register_enums({"IntakeComesIn": ComesIn})
    register_places(INTAKE_PLACES)
    register_told(INTAKE_TOLD)
    register_events({}, groups={"intake": _("Intake")}, subjects={"intake": _("Form sent by a link")})
