"""*Submitted leads* and *Drafts* on their pages (A6)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.beside import lead_entries, quick_views, view_named
from leads.selectors import ProgramChoice, programs
from leads.states import Status
from leads.tables import DraftList, LeadList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_SUBMIT, PARTNER, roles_with
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView
from partnerhub.web.requests import SeatRequest


class LeadListView(SeatView, ListView):
    """The list of leads, with its quick views and the ways to submit one."""

    list_class = LeadList
    template = "leads/list.html"

    def get(self, request: SeatRequest) -> HttpResponseBase:
        if request.GET.get("view") == "drafts" and request.membership.can(LEADS_SUBMIT):
            return redirect("leads:drafts")  # where they stood before they were a list of their own
        another = view_named(request.GET.get("view", "")) if request.membership.side == PARTNER else None
        return another(request) if another else super().get(request)

    def more(self, listing: Drawn) -> dict[str, Any]:
        membership = self.request.membership
        return {
            "tabs": tabs_of(self.request.GET, membership, listing),
            "entries": lead_entries(membership),
            "is_partner": membership.side == PARTNER,
            "programs": self._to_submit(listing),
            "submit_roles": [] if membership.can(LEADS_SUBMIT) else roles_with(LEADS_SUBMIT, membership.side),
            "blank_template": "leads/_submit.html",
        }

    def _to_submit(self, listing: Drawn) -> list[ProgramChoice]:
        """The programs into which the member may submit; a fragment offers them only where it has nothing else."""
        is_needed = not self.request.htmx or not listing.page.rows
        return listing.of.filters.choices[0] if is_needed and self.request.membership.can(LEADS_SUBMIT) else []


class DraftListView(SeatView, ListView):
    """The drafts, behind the quick views of the leads."""

    list_class = DraftList
    template = "leads/drafts.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        return {
            "tabs": tabs_of(self.request.GET, self.request.membership, listing, here="drafts"),
            "programs": programs(),
        }

    def crumbs(self) -> list[tuple[str, str | None]]:
        return [(_("Referrals"), None), (_("Leads"), reverse("leads:list")), (_("Drafts"), None)]


def tabs_of(query: QueryDict, membership: Membership, listing: Drawn, *, here: str = "") -> list[dict[str, Any]]:
    """Quick views: each is an address that anybody can make by hand. None is current where a saved view is named.

    `here`: the page that is none of the list of leads, the drafts or a quick view of an app above.
    """
    base = reverse("leads:list")
    plain = base if here else listing.plain_url
    is_saved = listing.of.view is not None
    views: list[tuple[str, dict[str, str]]] = [
        (_("All"), {}),
        (_("In progress"), {"status": Status.IN_PROGRESS.value}),
        (_("More information needed"), {"status": Status.MORE_INFO.value}),
        (_("Awarded"), {"status": Status.AWARDED.value}),
    ]
    named = {name: query[name] for name in ("status", "view") if len(query.getlist(name)) == 1}
    shown = None if is_saved or here else named
    tabs = [
        {"label": label, "url": f"{base}?{urlencode(view)}" if view else plain, "current": shown == view}
        for label, view in views
    ]
    also = [(one.name, one.label, f"{base}?view={one.name}") for one in quick_views(membership.side)]
    if membership.can(LEADS_SUBMIT):
        also.append(("drafts", _("Drafts"), reverse("leads:drafts")))
    return tabs + [{"label": label, "url": url, "current": here == name and not is_saved} for name, label, url in also]
