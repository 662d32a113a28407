"""How much working time is left, in words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from partnerhub.calendars.hours import Hours, business_between
from partnerhub.calendars.selectors import current_calendar
from partnerhub.web.formats import duration_text
from partnerhub.web.lists import cells as cell
from partnerhub.web.templatetags.portal import icon_markup

SOON = timedelta(hours=2)


class TimeLeft(cell.Moment):
    """How much working time is left until a moment; *Overdue* in words too. In files the moment."""

    def written(self, look: cell.Look) -> Callable[[Any], str]:
        hours, at, icon = current_calendar().hours, look.moments.now, icon_markup("clock")

        def write(due_at: datetime) -> str:
            words, tone = time_left(hours, due_at, at)
            return f'<span class="sla" data-tone="{tone}">{icon}{escape(words)}</span>'

        return write


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
