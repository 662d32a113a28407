"""*Submitted leads* and *Drafts* on their pages (A6)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.selectors import Choice, drafts_of, programs
from leads.states import Status
from leads.tables import LeadList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_SUBMIT, PARTNER, roles_with
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView
from partnerhub.web.requests import SeatRequest

DRAFTS_SHOWN = 100


class LeadListView(SeatView, ListView):
    """The list of leads, with its quick views and the ways to submit one; or the drafts."""

    list_class = LeadList
    template = "leads/list.html"

    def get(self, request: SeatRequest) -> HttpResponseBase:
        if request.GET.get("view") == "drafts" and request.membership.can(LEADS_SUBMIT):
            return self.page("leads/drafts.html", self._drafts())
        return super().get(request)

    def more(self, listing: Drawn) -> dict[str, Any]:
        membership = self.request.membership
        return {
            "tabs": _tabs(self.request.GET, membership, listing),
            "is_partner": membership.side == PARTNER,
            "programs": self._to_submit(listing),
            "submit_roles": [] if membership.can(LEADS_SUBMIT) else roles_with(LEADS_SUBMIT, membership.side),
            "blank_template": "leads/_submit.html",
        }

    def _to_submit(self, listing: Drawn) -> list[Choice]:
        """The programs into which the member may submit; a fragment offers them only where it has nothing else."""
        is_needed = not self.request.htmx or not listing.page.rows
        return listing.of.filters.choices[0] if is_needed and self.request.membership.can(LEADS_SUBMIT) else []

    def _drafts(self) -> dict[str, Any]:
        membership = self.request.membership
        rows = drafts_of(membership).select_related("program", "submitted_by__user").order_by("-updated_at", "-id")
        return {
            "drafts": list(rows[:DRAFTS_SHOWN]),
            "programs": programs(),
            "tabs": _tabs(self.request.GET, membership),
            "crumbs": [(_("Referrals"), None), (_("Leads"), reverse("leads:list")), (_("Drafts"), None)],
        }


def _tabs(query: QueryDict, membership: Membership, listing: Drawn | None = None) -> list[dict[str, Any]]:
    """Quick views: each is an address that anybody can make by hand. None is current where a saved view is named."""
    base = reverse("leads:list")
    plain = listing.plain_url if listing else base
    is_saved = listing is not None and listing.of.view is not None
    views = [
        (_("All"), {}),
        (_("In progress"), {"status": Status.IN_PROGRESS.value}),
        (_("More information needed"), {"status": Status.MORE_INFO.value}),
        (_("Awarded"), {"status": Status.AWARDED.value}),
    ]
    if membership.can(LEADS_SUBMIT):
        views.append((_("Drafts"), {"view": "drafts"}))
    here = {name: query[name] for name in ("status", "view") if len(query.getlist(name)) == 1} if not is_saved else None
    return [
        {"label": label, "url": f"{base}?{urlencode(view)}" if view else plain, "current": here == view}
        for label, view in views
    ]
