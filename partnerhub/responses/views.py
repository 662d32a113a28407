"""The pages of responses: one of them, and the tenant's rules. Those of the steps are made of the machine."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Deal
from partnerhub.records.ruled import RulesView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.responses.forms import ResponseRuleForm
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.selectors import current_rule
from partnerhub.responses.services import RESPONSES, change_response_rule
from partnerhub.responses.tables import ResponseList
from partnerhub.roles import DEALS_VIEW, PARTNER, VENDOR
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card


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


class ResponseRuleView(RulesView):
    rules_form, current, verb = ResponseRuleForm, current_rule, change_response_rule
    title, saved = _("Responses to deals"), _("The rules for responses are saved.")
    about = _("How you answer deals that partners share. They hold for what is asked and answered from now on.")
    below = "responses/rates.html"
