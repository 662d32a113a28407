"""*Calendar*: when the tenant's people work, and which days are closed next."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.calendars.forms import CalendarForm
from partnerhub.calendars.models import Calendar
from partnerhub.calendars.selectors import current_calendar, next_closed_days
from partnerhub.calendars.services import change_calendar
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.seen import Meanwhile, attempt


class CalendarView(SeatView):
    permission = PROGRAMS_MANAGE
    forms = (CalendarForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        calendar = current_calendar()
        return self.shown(calendar, CalendarForm.of(calendar))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        calendar = current_calendar()
        form = CalendarForm(request.POST, calendar=calendar)
        again = attempt(
            form,
            lambda: change_calendar(form.values(calendar), by=request.membership, seen=form.cleaned_data["version"]),
        )
        if again:
            return self.shown(calendar, form, **again)
        messages.success(request, _("The calendar is saved."))
        return redirect("calendars:calendar")

    def shown(
        self, calendar: Calendar, form: CalendarForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        crumbs = [(_("Programme"), None), (_("Calendar"), None)]
        context = {"form": form, "closed": next_closed_days(calendar), "crumbs": crumbs, "now": now}
        return self.page("calendars/calendar.html", context, status=status)
