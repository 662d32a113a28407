"""The pages of responses: one of them, and the tenant's rules. Those of the steps are made of the machine."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Deal
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.responses.forms import ResponseRuleForm
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.selectors import current_rule
from partnerhub.responses.services import RESPONSES, change_response_rule
from partnerhub.responses.tables import ResponseList
from partnerhub.roles import DEALS_VIEW, PARTNER, PROGRAMS_MANAGE, VENDOR
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card
from partnerhub.web.seen import Meanwhile, attempt


def _history(page: RecordView, response: VendorResponse) -> Mapping[str, Any] | None:
    """Partners read it in the timeline of the deal: there it is told as they may know it."""
    return TIMELINE.card(page, response.deal if page.request.membership.side == PARTNER else response)


class ResponsePage(RecordView):
    kept, record_list, id_name, first = RESPONSES, ResponseList, "response_id", ("accept", "create_again")
    line = (
        Fact(_("Vendor response")),
        Fact(_("request %(number)s"), cell.Number("number")),
        Fact(_("of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
    )
    main = (
        NEXT,
        facts_card(
            _("The request"),
            Fact(_("Deal"), cell.Link("deal.name", to=Deal.urls, key="deal_id", permission=DEALS_VIEW)),
            Fact(_("Customer"), cell.Text("deal.company.name")),
            Fact(_("Value"), cell.Money("deal.value", cents=True)),
            Fact(_("Asked"), cell.Date("created_at")),
            Fact(_("Answer by"), cell.Moment("due_at")),
            Fact(_("Answered"), cell.Date("answered_at")),
            Fact(_("Seller"), cell.Text("named"), side=VENDOR),
            Fact(_("Seller"), cell.Text("seller_name"), side=PARTNER),
            Fact(_("Email"), cell.Mail(lambda response: response.seller.email if response.seller else "")),
            Fact(_("Phone"), cell.Text(lambda response: response.seller.phone if response.seller else "")),
            Fact(_("Reason as it was given"), cell.Text("reason_label"), side=VENDOR),
            Fact(_("In your own words"), cell.Text("reason_text"), side=VENDOR),
            Fact(pgettext_lazy("noun", "Reason"), cell.Text("told_in_words"), side=PARTNER),
            Fact(_("The partner reads"), cell.Text("told_in_words"), side=VENDOR),
            Fact(_("Worth on that day"), cell.Money("worth", cents=True)),
        ),
    )
    aside = (Part(TIMELINE.template, _history),)


class ResponseRuleView(SeatView):
    permission = PROGRAMS_MANAGE
    forms = (ResponseRuleForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(ResponseRuleForm.of(current_rule()))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = ResponseRuleForm(request.POST)
        if again := attempt(form, lambda: change_response_rule(by=request.membership, **form.arguments())):
            return self.shown(form, **again)
        messages.success(request, _now("The rules for responses are saved."))
        return redirect("responses:rules")

    def shown(self, form: ResponseRuleForm, *, status: int = 200, now: Meanwhile | None = None) -> HttpResponseBase:
        context = {"form": form, "crumbs": [(_("Programme"), None), (_("Responses to deals"), None)], "now": now}
        return self.page("responses/rules.html", context, status=status)
