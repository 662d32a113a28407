"""Who else reads a lead at this moment: a line in the reading pane that asks again by itself."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from leads.models import Lead
from leads.services import note_reading
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.roles import LEADS_TRIAGE


class ReadersView(SeatView):
    """A part of a page: whoever opens it by itself goes on to triage. Asking keeps no session awake."""

    permission = LEADS_TRIAGE
    is_background = True

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        try:
            others = note_reading(lead_id, by=request.membership)
        except Lead.DoesNotExist:
            raise Http404 from None
        if not request.htmx:
            return redirect(f"{reverse('leads:triage')}?lead={lead_id}")
        names = ", ".join(one.name for one in others)
        return self.page("leads/triage_readers.html", {"names": names, "count": len(others)})
