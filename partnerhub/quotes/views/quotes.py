"""The pages of quotes: one of them, a new one, its steps, and the file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.models import Deal
from deals.services import DEALS
from deals.states.deals import IS_CLOSED
from deals.tables import DealList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Reason
from partnerhub.quotes.exports import quote_pdf
from partnerhub.quotes.forms import NewQuoteForm, QuoteForm
from partnerhub.quotes.models import Quote
from partnerhub.quotes.selectors import active_products, quote_path
from partnerhub.quotes.services import QUOTES, open_quote
from partnerhub.quotes.states import QuoteStatus
from partnerhub.quotes.tables import QuoteList
from partnerhub.records.forms import StepForm
from partnerhub.records.making import MakeView
from partnerhub.records.pages import StepView
from partnerhub.records.rows import Row
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import DEALS_VIEW, QUOTES_MANAGE, VENDOR
from partnerhub.states import Dialog
from partnerhub.web.addresses import portal_address
from partnerhub.web.dialogs import Ask
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card
from partnerhub.web.paper import can_write_pdf
from partnerhub.web.requests import SeatRequest
from partnerhub.web.seen import attempt


def _paper(page: RecordView, quote: Quote) -> Mapping[str, Any]:
    url = reverse("quotes:pdf", args=[quote.deal_id, quote.number]) if can_write_pdf() else ""
    return {"quote": quote, "pdf_url": url}


class QuotePage(RecordView):
    kept, record_list, id_name, first = QUOTES, QuoteList, "quote_id", ("send", "edit", "new_version")
    line = (
        Fact(_("Quote")),
        Fact(_("number %(number)s"), cell.Number("number")),
        Fact(_("from %(sender)s"), cell.Text("sender")),
    )
    main = (
        NEXT,
        Part("quotes/card.html", _paper),
        facts_card(
            _("The quote"),
            Fact(_("Deal"), cell.Link("deal.name", to=Deal.urls, key="deal_id")),
            Fact(_("Customer"), cell.Text("deal.company.name")),
            Fact(_("Partner"), cell.Text("partner.name"), side=VENDOR),
            Fact(_("Made by"), cell.Text("created_by.name")),
            Fact(_("Sent to"), cell.Text("contact_name")),
            Fact(_("Email"), cell.Mail("contact_email")),
            Fact(_("Sent"), cell.Moment("sent_at")),
            Fact(_("Answered"), cell.Moment("answered_at")),
            Fact(_("Answered by"), cell.Text("answered_name")),
            Fact(_("In the customer’s words"), cell.Text("reason_text")),
        ),
    )
    aside = (TIMELINE,)


class NewQuoteView(MakeView[Deal], SeatView):
    """On the page of a deal; it goes on with the lines."""

    permission = QUOTES_MANAGE
    source, record_list, verb, forms = DEALS, DealList, open_quote, (NewQuoteForm,)
    dialog = Dialog(
        _("New quote for %(customer)s"),
        _("It is a draft until you send it. What is offered comes next."),
        *(_("New quote"), _("Cancel"), ""),
    )

    def reasons(self, record: Deal) -> list[Reason]:
        is_open = record.status not in IS_CLOSED
        said = {"met": _now("The deal is open."), "missing": _now("The deal is closed.")}
        return [Reason.of("deal_open", is_open, **said, final=True)]

    def initial(self, record: Deal) -> dict[str, Any]:
        return {"currency": record.currency}

    def post(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        deal, form, made = self.record(), self.forms[0](request.POST), list[Quote]()
        member = self.request.membership
        again = attempt(form, lambda: made.append(open_quote(deal.pk, by=member, **form.arguments())))
        if again:
            return self.shown(self.record(), form, **again)
        return self.done(f"{made[0].urls.edit}?seen={made[0].version}")


class QuoteStepView(StepView):
    records, record_list, forms_of = QUOTES, QuoteList, {"edit": QuoteForm}

    def initial(self, record: Quote) -> dict[str, Any]:
        if self.step.name != "edit":
            return super().initial(record)
        return {name: getattr(record, name) for name in ("currency", "valid_until", "note", "lines")}

    def form_arguments(self, step: str) -> dict[str, Any]:
        return {"products": active_products()} if step == "edit" else super().form_arguments(step)

    def _form(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> StepForm:
        if self.step.name == "edit" and isinstance(self.subject, Quote):
            kwargs.setdefault("initial", self.initial(self.subject))
        return super()._form(data, **kwargs)

    def _go_on(self, record: Row, form: StepForm) -> HttpResponseBase:
        """Goes on with the new version; shows the link once, where there is nobody to mail it to."""
        went_on = super()._go_on(record, form)
        if not isinstance(record, Quote):
            return went_on
        if self.step.name == "new_version":
            made = Quote.objects.filter(previous=record.pk, status=QuoteStatus.DRAFT).order_by("-number").first()
            return self.done(made.urls.page) if made else went_on
        if self.step.name != "send" or record.contact_email:
            return went_on
        ask = Ask(
            title=_("Copy the link for the customer now"),
            record=self.line(record),
            text=_("The deal has no contact with an email. Whoever has this link can answer; it is not shown again."),
            confirm="",
            keep="",
            back=record.urls.page,
            part="quotes/link.html",
            see=(_("Done, I have copied it"), record.urls.page),
        )
        link = portal_address(self.request.tenant) + quote_path(record.pk)
        return self.asks(ask, link=link, crumbs=self._crumbs_below(record, self.step.label))


class NumberedQuoteView(SeatView):
    """`/deals/<id>/quotes/<n>/`: leads on to the page of that quote. Foreign and missing are the same 404."""

    permission = DEALS_VIEW

    def get(self, request: MemberRequest, deal_id: UUID, number: int) -> HttpResponseBase:
        return redirect(self.quote(deal_id, number).urls.page)

    def quote(self, deal_id: UUID, number: int) -> Quote:
        found = QUOTES.rows(self.request.membership).filter(deal=deal_id, number=number).first()
        if found is None:
            raise Http404
        return found


class NumberedPdfView(NumberedQuoteView):
    """The same as a file. Raises Http404 where the machine can't write any: the page offers none then."""

    def get(self, request: MemberRequest, deal_id: UUID, number: int) -> HttpResponseBase:
        quote = self.quote(deal_id, number)
        if not can_write_pdf():
            raise Http404
        return pdf_answer(quote)


def pdf_answer(quote: Quote) -> HttpResponse:
    """The file, to be kept."""
    return HttpResponse(
        quote_pdf(quote),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="quote-{quote.number}.pdf"',
            "Cache-Control": "no-store",
        },
    )
