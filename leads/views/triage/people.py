"""The menu of representatives: for one lead the best fit first, with reasons; else by name, with their open leads."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from leads.selectors import candidates, lead_for, workloads
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.roles import LEADS_TRIAGE
from partnerhub.web.lists.bulk import chosen_of
from partnerhub.web.preferences import safe_next


class PeopleView(SeatView):
    """For one lead (`lead`: its id and version) the menu sends to its own step; else to the act of the selected ones.

    A part of a page: whoever opens it by itself goes on to the page.
    """

    permission = LEADS_TRIAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        after = safe_next(request, reverse("leads:triage"))
        if not request.htmx:
            return redirect(after)
        chosen = chosen_of(request.GET.getlist("lead")[:1])
        lead_id, version = next(iter(chosen.items()), (None, None))
        context = {
            "people": [] if lead_id else workloads(request.membership),
            "candidates": candidates(lead_for(request.membership, lead_id), request.membership) if lead_id else [],
            "action": step_of(lead_id) if lead_id else "",
            "version": version,
            "next": after,
        }
        return self.page("leads/triage_people.html", context)


def step_of(lead_id: UUID) -> str:
    return reverse("leads:step", args=[lead_id, "assign"])
