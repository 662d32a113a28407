"""The pages of registrations and incentives, the way to register a deal, and the tenant's rules."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Deal
from deals.services import DEALS
from deals.tables import DealList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.reasons import role_missing
from partnerhub.errors import Reason
from partnerhub.records.adding import AddView
from partnerhub.records.making import MakeView
from partnerhub.records.ruled import RulesView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView, asked_card
from partnerhub.registrations.forms import RegisterForm, RegistrationRuleForm
from partnerhub.registrations.selectors import conditions_of, incentive_rule, incentives_offered
from partnerhub.registrations.services import (
    INCENTIVES,
    REGISTRATIONS,
    add_incentive,
    change_incentive_rule,
    register_for_incentive,
)
from partnerhub.registrations.states import ASKED_OF_CONTRACT, NEW_INCENTIVE
from partnerhub.registrations.tables import IncentiveList, RegistrationList
from partnerhub.roles import DEALS_VIEW, PROGRAMS_MANAGE, REGISTRATIONS_REGISTER, VENDOR
from partnerhub.states import Dialog
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import facts_card


class RegistrationPage(RecordView):
    kept, record_list, id_name = REGISTRATIONS, RegistrationList, "registration_id"
    first = ("edit", "send_for_review", "send_again", "approve", "approve_amount")
    likely = ("send_for_review", "ask_for_changes", "reject")
    line = (
        Fact(_("Registration for %(incentive)s"), cell.Text("incentive.name")),
        Fact(_("of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
    )
    main = (
        NEXT,
        facts_card(
            _("The claim"),
            Fact(_("Deal"), cell.Link("deal.name", to=Deal.urls, key="deal_id", permission=DEALS_VIEW)),
            Fact(_("Customer"), cell.Text("deal.company.name")),
            Fact(_("Value"), cell.Money("deal.value", cents=True)),
            Fact(_("Worth on that day"), cell.Money("worth", cents=True)),
            Fact(_("Conditions"), cell.Text("incentive.conditions")),
            Fact(_("Owner"), cell.Text("owner_name")),
            Fact(_("To be sent by"), cell.Moment("expires_at")),
            Fact(_("Question"), cell.Text("question")),
            Fact(_("Extension"), cell.Text("get_extension_display", small="extension_text")),
            Fact(_("Amount approved by"), cell.Text("amount_approver"), side=VENDOR),
            Fact(pgettext_lazy("noun", "Reason"), cell.Text("rejected_because", small="reason_text")),
            key="claim",
        ),
        asked_card(_("The contract"), ASKED_OF_CONTRACT),
    )
    aside = (TIMELINE,)


class RegisterView(MakeView[Deal]):
    """Asks for which incentive a won deal is registered; says what is missing."""

    permission = REGISTRATIONS_REGISTER
    source, record_list, verb, forms = DEALS, DealList, register_for_incentive, (RegisterForm,)
    dialog = Dialog(
        _("Register %(name)s"),
        _("Next you describe the contract, and send it for review."),
        *(_("Register"), _("Cancel"), _("%(name)s is registered. Describe the contract next.")),
        quotes="registrations/offers.html",
    )

    def reasons(self, record: Deal) -> list[Reason]:
        return conditions_of(record)

    def asks(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().asks(*args, offers=incentives_offered(), **kwargs)

    def done(self, url: str) -> HttpResponseBase:
        """It goes on with the draft, where the contract is described."""
        rows = REGISTRATIONS.rows(self.request.membership).filter(deal=self.kwargs["deal_id"])
        made = rows.order_by("-created_at").first()
        return super().done(made.urls.page if made else url)


class IncentivesView(ListView, SeatView):
    list_class = IncentiveList

    def more(self, listing: Drawn) -> dict[str, Any]:
        """Only who keeps the list adds to it."""
        member = self.request.membership
        hides = member.side != VENDOR
        return {"hides_new": hides, "why_not_new": [] if hides else role_missing(member, PROGRAMS_MANAGE)}


class IncentivePage(RecordView):
    kept, record_list, id_name = INCENTIVES, IncentiveList, "incentive_id"
    line = (Fact(_("Incentive")), Fact("", cell.Text("code")))
    main = (
        NEXT,
        facts_card(
            _("The incentive"),
            Fact(_("For own solutions (IP)"), cell.YesNo("is_ip")),
            Fact(_("A deal is worth at least"), cell.Money("threshold", cents=True)),
            Fact(_("Conditions"), cell.Text("conditions")),
        ),
    )
    aside = (TIMELINE,)


class NewIncentiveView(AddView):
    permission = PROGRAMS_MANAGE
    records, record_list, asked, verb = INCENTIVES, IncentiveList, NEW_INCENTIVE, add_incentive
    dialog = Dialog(
        _("New incentive"),
        _("Partners can register won deals for it at once, if it is for own solutions (IP)."),
        *(_("Save"), _("Cancel"), _("%(name)s is added.")),
    )


class RegistrationRuleView(RulesView):
    rules_form, current, verb = RegistrationRuleForm, incentive_rule, change_incentive_rule
    title, saved = _("Incentive registration"), _("The rules for incentive registrations are saved.")
    about = _(
        "How won deals are registered for incentives. It holds for what is registered, sent and asked from now on."
    )
    below = "registrations/rates.html"
