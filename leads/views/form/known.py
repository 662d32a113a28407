"""What is told of a business while a lead's form is filled in: one's own lead for it, and nothing of others (E1)."""

from django.http import HttpResponseBase

from deals.identity import BusinessFacts, is_free_mail, keys_of
from leads.selectors import own_lead_for
from leads.services import new_lead_id
from leads.views.form.drafts import id_in
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.web.folding import email_domain

LONGEST = 300


class KnownView(SeatView):
    """A fragment for the form: the same for a free business as for one that others hold."""

    permission = LEADS_SUBMIT

    def post(self, request: MemberRequest, program: str) -> HttpResponseBase:
        typed = {
            name: request.POST.get(name, "")[:LONGEST] for name in ("website", "email", "phone", "country", "postcode")
        }
        keys = keys_of(BusinessFacts(name=request.POST.get("company", "")[:LONGEST], **typed))
        partner, lead_id = request.membership.partner_id, id_in(request.POST.get("lead")) or new_lead_id()
        own = own_lead_for(keys, partner_id=partner, lead_id=lead_id) if partner else None
        return self.page(
            "leads/known.html", {"own": own, "has_keys": bool(keys), "free_mail": _free_mail(typed["email"])}
        )


def _free_mail(email: str) -> str:
    """The domain of an address that anybody can get; empty for any other."""
    try:
        domain = email_domain(email)
    except ValueError:
        return ""
    return domain if is_free_mail(domain) else ""
