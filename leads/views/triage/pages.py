"""The page of triage: the queue on the left, the lead on the right; after a decision, the next one."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.selectors import beside, lead_for
from leads.tables import TriageList
from leads.views.triage.choices import menu_of
from leads.views.triage.queue import FETCHED, TriageQueue, cursor_after, is_id, rows_now
from leads.views.triage.reader import Near, reader_of
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.web.lists import Page
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView, asked_rows
from partnerhub.web.requests import SeatRequest


class TriageView(SeatView, ListView):
    """The whole page; the list or the pane alone where htmx asks for it; the menu of a filter.

    `lead` is the one that is read (the first where none is named), `after` and `before` lead on from one that may
    have left the queue meanwhile, `row` (several) asks for rows alone, as they are now.
    """

    list_class = TriageList
    drawn_class = TriageQueue
    template = "leads/triage.html"

    def get(self, request: SeatRequest) -> HttpResponseBase:
        queue, asked = cast("TriageQueue", self.listing()), request.GET
        if asked.get("choose") in FETCHED:
            return self._menu(asked["choose"], queue)
        if "row" in asked:
            queue.current = UUID(asked["lead"]) if is_id(asked.get("lead", "")) else None
            return self.page("leads/triage_rows.html", rows_now(asked_rows(asked), queue))
        for way in ("after", "before"):
            if asked.get(way):
                return self._move(queue, way, find_lead(self.request.membership, asked[way]))
        if asked.get("lead") and request.htmx and request.htmx.target == "lead":
            return self._pane(queue, find_lead(self.request.membership, asked["lead"]))
        return super().get(request)

    def more(self, listing: Drawn) -> dict[str, Any]:
        """The lead that is read; a change of order or page leaves it there."""
        queue, member, named = cast("TriageQueue", listing), self.request.membership, self.request.GET.get("lead", "")
        if self.request.htmx and self.request.htmx.target == "list":
            return {}
        lead = find_lead(member, named) if named else first_lead(member, queue.page)
        if lead is None:
            return {"view": "list", "pane_template": "leads/triage_nobody.html"}
        queue.current = lead.pk
        near = near_on(queue.page, lead) or near_of(queue, lead)
        pane = {"view": "lead" if named else "list", "pane_template": "leads/triage_lead.html"}
        return reader_of(lead, member, queue, near) | pane

    def _menu(self, name: str, queue: TriageQueue) -> HttpResponseBase:
        template = "leads/triage_choices.html" if self.request.htmx else "leads/triage_choose.html"
        return self.page(template, menu_of(name, queue) | {"crumbs": self.crumbs()})

    def _pane(self, queue: TriageQueue, lead: Lead) -> HttpResponseBase:
        pane = reader_of(lead, self.request.membership, queue, near_of(queue, lead))
        return self.page("leads/triage_lead.html", pane)

    def _move(self, queue: TriageQueue, way: str, lead: Lead) -> HttpResponseBase:
        """To the lead after (or before) this one, wherever the queue has moved; from the end to the first of all."""
        target, page = neighbours(queue, lead)[way], queue.page
        if target is None:
            queue = queue.at(None)
            page = queue.page
            target = page.rows[0].pk if page.rows else None
        if target is None:
            return redirect(queue.url_of())
        if target not in {row.pk for row in page.rows}:
            queue = queue.at(_cursor_to(way, lead, page))
        return redirect(f"{queue.url_of(lead=target)}#lead-title")

    def crumbs(self) -> list[tuple[Any, str | None]]:
        return [(_("Referrals"), None), (_("Triage"), None)]


def find_lead(membership: Membership, text: str) -> Lead:
    """The lead of an address. Raises Http404 alike for a foreign one, a draft, and nonsense."""
    try:
        return lead_for(membership, UUID(text))
    except (Lead.DoesNotExist, ValueError):
        raise Http404 from None


def first_lead(membership: Membership, page: Page) -> Lead | None:
    return lead_for(membership, page.rows[0].pk) if page.rows else None


def neighbours(queue: TriageQueue, lead: Lead) -> dict[str, UUID | None]:
    """The leads after and before this one in the queue's order, and the lead itself where it stands there."""
    near = beside(queue.of.narrowed(), lead)
    found = (near.before, near.after) if queue.of.order.descending else (near.after, near.before)
    return {"after": found[0], "before": found[1], "itself": lead.pk if near.is_in else None}


def near_of(queue: TriageQueue, lead: Lead) -> Near:
    found = neighbours(queue, lead)
    return Near(bool(found["before"]), bool(found["after"]), bool(found["itself"]))


def near_on(page: Page, lead: Lead) -> Near | None:
    """The neighbours of a lead that stands on this page; None where it does not."""
    keys = [row.pk for row in page.rows]
    if lead.pk not in keys:
        return None
    return Near(bool(page.newer) or keys[0] != lead.pk, bool(page.older) or keys[-1] != lead.pk, is_in=True)


def _cursor_to(way: str, lead: Lead, page: Page) -> str | None:
    """The page that has the neighbour of a page's last (or first) row."""
    return cursor_after(lead, page.last_row) if way == "after" else page.newer
