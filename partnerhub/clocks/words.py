"""What the rooms below say of clocks: events, fields, the place in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.clocks.states import Clocked, Escalation
from partnerhub.events.words import register_events, register_fields
from partnerhub.roles import PROGRAMS_MANAGE, VENDOR
from partnerhub.web.enums import register_enums
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places

DUE_FIELDS = {
    "decision_hours": _("Hours for the decision"),
    "contact_hours": _("Hours for the first contact"),
    "answer_hours": _("Hours for the partner’s answer"),
    "appeal_hours": _("Hours for the decision on an appeal"),
    "reminder_hours": _("Hours before, for the reminder"),
    "escalates_to": _("Told when it is overdue"),
}
PLACES = (Place(_("Due times"), "clocks:due-times", "hourglass", "programme", 26, PROGRAMS_MANAGE, sides=(VENDOR,)),)


def register() -> None:
    """Called once when the app is ready."""
    register_events(
        {
            "duetimes.changed": _("Due times changed"),
            "clock.reminded": _("Reminded of a due time"),
            "clock.overdue": _("Overdue"),
            "clock.answer_reminded": _("Partner reminded of a due time"),
            "clock.answer_overdue": _("Answer of the partner overdue"),
        },
        groups={"duetimes": _("Due times"), "clock": _("Clocks")},
        subjects={"duetimes": _("Due times"), "clock": _("Clock")},
    )
    register_fields("duetimes", DUE_FIELDS, {"escalates_to": dict(Escalation.choices)})
    register_enums({"Clocked": Clocked, "Escalation": Escalation})
    register_icons({"duetimes": "hourglass", "clock": "clock"})
    register_places(PLACES)
