"""The receipt of a lead as page and as PDF; and the public page that checks one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from leads.models import Lead
from leads.selectors import lead_for
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest, VisitorRequest, visitor_of
from partnerhub.receipts.forms import CheckForm
from partnerhub.receipts.models import Receipt
from partnerhub.receipts.panels import groups_of
from partnerhub.receipts.selectors import receipt_that_matches
from partnerhub.receipts.services import receipt_for
from partnerhub.roles import LEADS_VIEW
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.addresses import below_portal, portal_address
from partnerhub.web.paper import can_write_pdf, pdf_of
from partnerhub.web.throttles import ASK_LATER, asks_too_often
from partnerhub.web.views import PublicView

CHECKS_A_MINUTE = 20


class ReceiptView(SeatView):
    permission = LEADS_VIEW

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        context = self.context(lead_id)
        lead = context["lead"]
        crumbs = [(_("Leads"), reverse("leads:list")), (lead.company, lead.urls.page), (_("Receipt"), None)]
        return self.page("receipts/receipt.html", context | {"crumbs": crumbs, "has_pdf": can_write_pdf()})

    def context(self, lead_id: UUID) -> dict[str, Any]:
        """Raises Http404 for a lead that one does not see, and for one that was not sent."""
        try:
            lead = lead_for(self.request.membership, lead_id)
            receipt = receipt_for(lead)
        except (Lead.DoesNotExist, Receipt.DoesNotExist):
            raise Http404 from None
        check = portal_address(self.request.tenant) + below_portal(reverse("receipts:check"))
        groups = groups_of(receipt, lead.program.kind)
        return {"lead": lead, "receipt": receipt, "groups": groups, "check_url": check}


class PdfView(ReceiptView):
    """The same as a file. Raises Http404 where the machine can't write any: the page offers none then."""

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        context = self.context(lead_id)
        if not can_write_pdf():
            raise Http404
        name = f"{context['receipt'].reference}.pdf"
        file = pdf_of("receipts/paper.html", context | {"tenant": request.tenant})
        return HttpResponse(
            file,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )


# Whoever checks a receipt has no account here; what they send changes nothing.
@method_decorator(csrf_exempt, name="dispatch")
class CheckView(PublicView):
    """Whether a receipt is ours, by its number and its hash. Unknown and wrong read alike."""

    request: VisitorRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tenant = visitor_of(request).tenant
        if tenant is None:
            raise Http404
        with tenant_scope(tenant):
            response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def get(self, request: VisitorRequest) -> HttpResponseBase:
        return self.drawn(CheckForm())

    def post(self, request: VisitorRequest) -> HttpResponseBase:
        form = CheckForm(request.POST)
        if asks_too_often(request, "receipts", CHECKS_A_MINUTE):
            return self.drawn(form, answer="later", status=429)
        if not form.is_valid():
            return self.drawn(form, status=422)
        receipt = receipt_that_matches(form.cleaned_data["number"], form.cleaned_data["digest"])
        return self.drawn(form, answer="good" if receipt else "bad", receipt=receipt)

    def drawn(self, form: CheckForm, *, status: int = 200, **more: object) -> HttpResponseBase:
        headers = ASK_LATER if status == 429 else None
        return TemplateResponse(
            self.request, "receipts/check.html", {"form": form, **more}, status=status, headers=headers
        )
