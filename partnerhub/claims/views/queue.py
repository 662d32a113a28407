"""*Leads to take* (C5): the list of a partner, and what is done from its rows."""

from typing import Any, Unpack
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.claims.forms import ReasonForm
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.selectors import holding_of, known_to
from partnerhub.claims.services import claim_lead, return_lead
from partnerhub.claims.tables import WaitingList
from partnerhub.errors import Refused
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.formats import day_text
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.pages import ListView
from partnerhub.web.preferences import safe_next
from partnerhub.web.seen import Again, attempt


def waiting_url() -> str:
    return f"{reverse('leads:list')}?view=queue"


class WaitingView(SeatView, ListView):
    """The leads that the member's partner can take, with how many it holds."""

    list_class = WaitingList
    template = "claims/waiting.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        partner_id = self.request.membership.partner_id
        return {"holding": holding_of(partner_id) if partner_id else None}

    def crumbs(self) -> list[tuple[str, str | None]]:
        return [(_("Referrals"), None), (_("Leads"), reverse("leads:list")), (str(WaitingList.title), None)]


class AcceptView(SeatView):
    """Takes a lead for the member's partner: the first who asks gets it, and goes on to the lead."""

    permission = LEADS_SUBMIT

    def post(self, request: MemberRequest, queued_id: UUID) -> HttpResponseBase:
        row = _row(request, queued_id)
        try:
            claim = claim_lead(row.lead_id, by=request.membership)
        except Refused as refusal:
            messages.warning(request, " ".join(f"{reason.text} {reason.who}".strip() for reason in refusal.reasons))
            return redirect(safe_next(request, waiting_url()))
        words = {"number": str(row), "day": day_text(claim.lease_until) if claim.lease_until else ""}
        messages.success(request, _("%(number)s is yours. You hold this lead until %(day)s.") % words)
        return redirect("leads:lead", row.lead_id)


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
        return self.done(waiting_url())

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
            back=waiting_url(),
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
