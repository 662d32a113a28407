"""*Due times*: what is due when in each program."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Program
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.clocks.forms import DueTimesForm
from partnerhub.clocks.selectors import all_due_times, due_times_of
from partnerhub.clocks.services import change_due_times
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.seen import Meanwhile, attempt


class AllDueTimesView(SeatView):
    permission = PROGRAMS_MANAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        crumbs = [(_("Programme"), None), (_("Due times"), None)]
        return self.page("clocks/due_times.html", {"rows": all_due_times(), "crumbs": crumbs})


class DueTimesView(SeatView):
    permission = PROGRAMS_MANAGE
    forms = (DueTimesForm,)

    def get(self, request: MemberRequest, program_id: UUID) -> HttpResponseBase:
        program = get_object_or_404(Program, pk=program_id)
        return self.shown(program, DueTimesForm.of(due_times_of(program)))

    def post(self, request: MemberRequest, program_id: UUID) -> HttpResponseBase:
        program = get_object_or_404(Program, pk=program_id)
        form = DueTimesForm(request.POST)
        again = attempt(
            form,
            lambda: change_due_times(
                program_id, form.values(), by=request.membership, seen=form.cleaned_data["version"]
            ),
        )
        if again:
            return self.shown(program, form, **again)
        messages.success(request, _("The due times of %(name)s are saved.") % {"name": program.name})
        return redirect("clocks:due-times")

    def shown(
        self, program: Program, form: DueTimesForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        crumbs = [(_("Programme"), None), (_("Due times"), reverse("clocks:due-times")), (program.name, None)]
        context = {"form": form, "program": program, "crumbs": crumbs, "now": now}
        return self.page("clocks/program.html", context, status=status)
