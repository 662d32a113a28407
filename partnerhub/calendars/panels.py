"""How much working time is left, in words."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from partnerhub.calendars.hours import Hours, business_between
from partnerhub.web.formats import duration_text

SOON = timedelta(hours=2)


def time_left(hours: Hours, due_at: datetime, at: datetime) -> tuple[str, str]:
    """*3 h 20 min left* or *Overdue*, and the tone that goes with it. The words alone say it too (WCAG 1.4.1)."""
    if due_at <= at:
        return _("Overdue"), "bad"
    left = business_between(hours, at, due_at)
    return _("%(time)s left") % {"time": working_text(left)}, "warn" if left < SOON else "mute"


def working_text(time: timedelta) -> str:
    """Working time in hours and minutes: a day of it would be read as 24 hours."""
    hours, minutes = divmod(max(1, round(time / timedelta(minutes=1))), 60)
    if hours < 10:
        return duration_text(timedelta(hours=hours, minutes=minutes))
    return _("%(hours)s h") % {"hours": hours}
