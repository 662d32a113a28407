"""The page of triage: the queue on the left, the lead on the right; after a decision, the next one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.selectors import beside, lead_for
from leads.views.triage.choices import chips_of, is_filter, menu_of
from leads.views.triage.queue import QUEUES, SIZE, Place, cursor_after, is_id, rows_now, rows_shown
from leads.views.triage.reader import Near, reader_of
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.roles import LEADS_TRIAGE
from partnerhub.web.lists import Page


class TriageView(SeatView):
    """The whole page; the pane alone where htmx asks for it; the menu of a filter.

    `lead` is the one that is read (the first where none is named), `after` and `before` lead on from one that may
    have left the queue meanwhile, `row` (several) asks for rows alone, as they are now.
    """

    permission = LEADS_TRIAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        place = Place.of(request.GET)
        if is_filter(choose := request.GET.get("choose", "")):
            return self._menu(choose, place)
        if "row" in request.GET:
            return self.page("leads/triage_rows.html", {"rows": rows_now(_ids(request.GET), place, request.membership)})
        for way in ("after", "before"):
            if request.GET.get(way):
                return self._move(place, way, find_lead(request.membership, request.GET[way]))
        named = request.GET.get("lead", "")
        if named and request.htmx and request.htmx.target == "lead":
            return self._pane(place, find_lead(request.membership, named))
        page = place.page(request.membership)
        lead = find_lead(request.membership, named) if named else first_lead(request.membership, page)
        context = list_context(place, page, lead)
        if lead:
            near = near_on(page, lead) or self._near(place, lead)
            context |= reader_of(lead, request.membership, place, near) | {"view": "lead" if named else "list"}
        return self.page("leads/triage.html", context)

    def _menu(self, name: str, place: Place) -> HttpResponseBase:
        template = "leads/triage_choices.html" if self.request.htmx else "leads/triage_choose.html"
        return self.page(template, menu_of(name, place, self.request.membership) | {"crumbs": crumbs()})

    def _pane(self, place: Place, lead: Lead) -> HttpResponseBase:
        pane = reader_of(lead, self.request.membership, place, self._near(place, lead))
        return self.page("leads/triage_lead.html", pane)

    def _near(self, place: Place, lead: Lead) -> Near:
        found = beside(place.rows(self.request.membership), lead)
        return Near(bool(found.before), bool(found.after), found.is_in)

    def _move(self, place: Place, way: str, lead: Lead) -> HttpResponseBase:
        """To the lead after (or before) this one, wherever the queue has moved; from the end to what waits longest."""
        near = beside(place.rows(self.request.membership), lead)
        target = near.after if way == "after" else near.before
        page = place.page(self.request.membership)
        if target is None:
            place, page = place.at(None), place.at(None).page(self.request.membership)
            target = page.rows[0].pk if page.rows else None
        if target is None:
            return redirect(place.url())
        if target not in {row.pk for row in page.rows}:
            place = place.at(_cursor_to(way, lead, page))
        return redirect(f"{place.url(lead=target)}#lead-title")


def _ids(query: QueryDict) -> list[UUID]:
    """The leads whose rows are asked for; no more than a page has, nonsense left out."""
    return [UUID(text) for text in query.getlist("row")[:SIZE] if is_id(text)]


def find_lead(membership: Membership, text: str) -> Lead:
    """The lead of an address. Raises Http404 alike for a foreign one, a draft, and nonsense."""
    try:
        return lead_for(membership, UUID(text))
    except (Lead.DoesNotExist, ValueError):
        raise Http404 from None


def first_lead(membership: Membership, page: Page) -> Lead | None:
    return lead_for(membership, page.rows[0].pk) if page.rows else None


def list_context(place: Place, page: Page, lead: Lead | None) -> dict[str, Any]:
    """The head, the filters and the list."""
    return {
        "place": place,
        "queue_word": QUEUES[place.queue],
        "rows": rows_shown(page.rows, place, current=lead.pk if lead else None),
        "many": len(page.rows),
        "page": page,
        "oldest": page.rows[0].submitted_at if page.rows and page.first_row == 1 else None,
        "older_url": place.at(page.newer).url() if page.newer else "",
        "newer_url": place.at(page.older).url() if page.older else "",
        "chips": chips_of(place),
        "is_narrowed": bool(place.filters),
        "clear_url": place.without(*(name for name, _ in place.filters), "cursor"),
        "here": place.url(),
        "view": "list",
        "crumbs": crumbs(),
    }


def crumbs() -> list[tuple[Any, str | None]]:
    return [(_("Referrals"), None), (_("Triage"), None)]


def near_on(page: Page, lead: Lead) -> Near | None:
    """The neighbours of a lead that stands on this page; None where it does not."""
    keys = [row.pk for row in page.rows]
    if lead.pk not in keys:
        return None
    return Near(bool(page.newer) or keys[0] != lead.pk, bool(page.older) or keys[-1] != lead.pk, is_in=True)


def _cursor_to(way: str, lead: Lead, page: Page) -> str | None:
    """The page that has the neighbour of a page's last (or first) row."""
    if way == "after":
        return cursor_after(lead, page.last_row)
    return page.newer
