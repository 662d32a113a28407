"""What a customer sees behind the link of a quote, without an account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from partnerhub.accounts.requests import VisitorRequest, visitor_of
from partnerhub.errors import Refused
from partnerhub.quotes.forms import AcceptForm, DeclineForm
from partnerhub.quotes.models import Quote
from partnerhub.quotes.selectors import quote_behind
from partnerhub.quotes.services import accept_quote, decline_quote
from partnerhub.quotes.states import QuoteStatus
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.throttles import ASK_LATER, asks_too_often
from partnerhub.web.views import PublicView

QUOTE_POSTS_A_MINUTE = 20
SHOWN_FOR_GOOD = (QuoteStatus.ACCEPTED, QuoteStatus.DECLINED)


# The customer has no account here, and often another device than the mail: the signed address is the right to answer.
@method_decorator(csrf_exempt, name="dispatch")
class QuoteLinkView(PublicView):
    """The quote, to be read, printed, accepted or declined, without scripts. GET changes nothing, because scanners of
    mail open every link; one answer ends it."""

    request: VisitorRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tenant = visitor_of(request).tenant
        if tenant is None:
            raise Http404
        with tenant_scope(tenant):
            quote = quote_behind(kwargs["token"])
            if quote is None or quote.sent_at is None:
                return self.drawn(None, "over", status=404)
            self.quote = quote
            with override(quote.language):
                response = super().dispatch(request, *args, **kwargs)
                if isinstance(response, TemplateResponse):
                    response.render()
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        return self.shown()

    def post(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        accepting = request.POST.get("act") == "accept"
        form = AcceptForm(request.POST) if accepting else DeclineForm(request.POST)
        if asks_too_often(request, "quotes", QUOTE_POSTS_A_MINUTE):
            return self.later(form)
        if not form.is_valid():
            return self.shown(form, status=422)
        address = request.META.get("REMOTE_ADDR") or None
        try:
            if accepting:
                accept_quote(self.quote, name=form.cleaned_data["name"], address=address)
            elif request.POST.get("act") == "decline":
                decline_quote(self.quote, text=form.cleaned_data["text"], address=address)
        except Refused:
            return self.shown(status=409)
        return redirect(request.path)

    def later(self, form: AcceptForm | DeclineForm) -> HttpResponseBase:
        """Too much came from this network; what was typed stays in the form."""
        why = _("Too many answers came from your network. Try again in a minute: what you typed is still here.")
        return self.shown(form, status=429, why=why)

    def shown(self, form: AcceptForm | DeclineForm | None = None, status: int = 200, why: str = "") -> HttpResponseBase:
        quote = quote_behind(self.kwargs["token"]) or self.quote
        if quote.is_answerable:
            forms = {
                "accept": form if isinstance(form, AcceptForm) else AcceptForm(),
                "decline": form if isinstance(form, DeclineForm) else DeclineForm(),
            }
            return self.drawn(quote, "open", status=status, why=why, form=form, **forms)
        if quote.status in SHOWN_FOR_GOOD:
            return self.drawn(quote, quote.status, status=status)
        page = quote.status if quote.status in {QuoteStatus.SUPERSEDED, QuoteStatus.WITHDRAWN} else "expired"
        return self.drawn(quote, page if quote.deal_is_open else QuoteStatus.WITHDRAWN, status=410)

    def drawn(self, quote: Quote | None, page: str, *, status: int, **more: object) -> HttpResponseBase:
        context = {"page": page, "quote": quote, **more}
        headers = ASK_LATER if status == 429 else None
        return TemplateResponse(self.request, "quotes/customer.html", context, status=status, headers=headers)
