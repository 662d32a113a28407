"""*Leads to take* (C5): the list of a partner, and what is done from its rows."""

from typing import Any, Unpack
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.beside import QuickView
from leads.views.listing import tabs_of
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.claims.forms import ReasonForm
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.selectors import holding_of, known_to, taken_of
from partnerhub.claims.services import claim_lead, return_lead
from partnerhub.claims.tables import WaitingList
from partnerhub.errors import Refused
from partnerhub.roles import LEADS_SUBMIT, PARTNER
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.formats import day_text
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView, asked_rows
from partnerhub.web.seen import Again, attempt
from partnerhub.web.trails import Trail, pages_before

VIEW_NAME = "queue"


def waiting_url(request: MemberRequest) -> str:
    """The list of leads to take as the person has it, or came from it: its order, filters and page (C7)."""
    leads, alone = reverse("leads:list"), reverse("claims:waiting")
    for page in pages_before(request):
        path, query = urlsplit(page).path, QueryDict(urlsplit(page).query, mutable=True)
        trail = Trail.of_address(query)
        if trail is not None:
            path, query = leads, QueryDict(trail.query, mutable=True)
        if path == alone or (path == leads and query.get("view") == VIEW_NAME):
            query["view"] = VIEW_NAME
            return f"{leads}?{query.urlencode()}"
    return f"{leads}?view={VIEW_NAME}"


class WaitingView(SeatView, ListView):
    """The leads that the member's partner can take, with how many it holds.

    `row` (several) asks for the rows alone, and where these are that have left the list.
    """

    list_class = WaitingList
    template, rows_template = "claims/waiting.html", "claims/waiting_rows.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        member = self.request.membership
        holding = holding_of(member.partner) if member.partner else None
        tabs = tabs_of(self.request.GET, member, listing, here=QUICK_VIEW.name) if member.side == PARTNER else []
        return {"holding": holding, "tabs": tabs, "taken": self._taken()}

    def _taken(self) -> list[dict[str, Any]]:
        asked = asked_rows(self.request.GET)
        found = taken_of(asked, self.request.membership) if asked else []
        return [greyed_row(row, is_own=is_own) for row, is_own in found]

    def crumbs(self) -> list[tuple[str, str | None]]:
        return [(_("Referrals"), None), (_("Leads"), reverse("leads:list")), (str(WaitingList.title), None)]


def greyed_row(row: QueuedLead, *, is_own: bool) -> dict[str, Any]:
    """A lead that somebody has taken: only the own organisation's leads to its page."""
    words = _("Your organisation has taken this lead.") if is_own else _("Another partner has taken this lead.")
    url = reverse("leads:lead", args=[row.lead_id]) if is_own else ""
    return {"id": row.pk, "number": str(row), "words": words, "url": url}


QUICK_VIEW = QuickView(VIEW_NAME, gettext_lazy("To take"), WaitingView.as_view())


class AcceptView(SeatView):
    """Takes a lead for the member's partner: the first who asks gets it, and goes on to the lead."""

    permission = LEADS_SUBMIT

    def post(self, request: MemberRequest, queued_id: UUID) -> HttpResponseBase:
        row = _row(request, queued_id)
        try:
            claim = claim_lead(row.lead_id, by=request.membership)
        except Refused as refusal:
            messages.warning(request, " ".join(f"{reason.text} {reason.who}".strip() for reason in refusal.reasons))
            return redirect(waiting_url(request))
        words = {"number": str(row), "day": day_text(claim.lease_until) if claim.lease_until else ""}
        messages.success(request, _("%(number)s is yours. You hold this lead until %(day)s.") % words)
        came_from = Trail(urlsplit(waiting_url(request)).query)
        return redirect(f"{reverse('leads:lead', args=[row.lead_id])}?{came_from.address}")


class DeclineView(SeatView, AskView):
    """Declines what is offered to the member's partner, with the reason."""

    permission = LEADS_SUBMIT
    forms = (ReasonForm,)

    def get(self, request: MemberRequest, queued_id: UUID) -> HttpResponseBase:
        return self.shown(_row(request, queued_id), ReasonForm())

    def post(self, request: MemberRequest, queued_id: UUID) -> HttpResponseBase:
        row, form = _row(request, queued_id), ReasonForm(request.POST)
        again = attempt(form, lambda: self.decline(row, form))
        if again:
            return self.shown(row, form, **again)
        messages.success(request, _("%(number)s is declined, and not offered to you again.") % {"number": str(row)})
        return self.done(waiting_url(request))

    def decline(self, row: QueuedLead, form: ReasonForm) -> None:
        try:
            return_lead(row.lead_id, text=form.cleaned_data["text"], by=self.request.membership)
        except Claim.DoesNotExist:
            raise Http404 from None

    def shown(self, row: QueuedLead, form: ReasonForm, **again: Unpack[Again]) -> HttpResponseBase:
        ask = Ask(
            title=_("Decline lead %(number)s?") % {"number": str(row)},
            record="",
            text=_("It is not offered to you again."),
            confirm=_("Decline"),
            keep=_("Keep lead"),
            back=waiting_url(self.request),
            danger=True,
        )
        return self.asks(ask, form, crumbs=[(_("Leads"), reverse("leads:list")), (ask.title, None)], **again)


def _row(request: MemberRequest, queued_id: UUID) -> QueuedLead:
    """A row that the member can see, also one that somebody has taken meanwhile. Raises Http404."""
    membership = request.membership
    row = known_to(membership).filter(pk=queued_id).first()
    if row is None or membership.partner_id is None:
        raise Http404
    return row
