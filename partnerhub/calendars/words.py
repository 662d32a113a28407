"""What the rooms below say of calendars: events, fields, the place in the navigation."""

from django.utils.translation import gettext_lazy as _

from partnerhub.events.words import register_events, register_fields
from partnerhub.roles import PROGRAMS_MANAGE, VENDOR
from partnerhub.web.icons import register_icons
from partnerhub.web.navigation import Place, register_places

CALENDAR_FIELDS = {
    "zone": _("Time zone"),
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
    "country": _("Public holidays of"),
    "subdivision": _("Region"),
    "closing_days": _("Closing days"),
}
PLACES = (Place(_("Calendar"), "calendars:calendar", "clock", "programme", 24, PROGRAMS_MANAGE, sides=(VENDOR,)),)


def register() -> None:
    """Called once when the app is ready."""
    register_events(
        {"calendar.changed": _("Calendar changed")},
        groups={"calendar": _("Calendar")},
        subjects={"calendar": _("Calendar")},
    )
    register_fields("calendar", CALENDAR_FIELDS)
    register_icons({"calendar": "clock"})
    register_places(PLACES)
