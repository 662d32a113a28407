"""The pages of deal registrations: one of them, and the tenant's rules. Those of the steps are made of the machine."""

from django.utils.translation import gettext_lazy as _

from deals.forms.registrations import DealRegistrationRuleForm
from deals.models import Deal
from deals.selectors.registrations import registration_rule
from deals.services.registering import DEAL_REGISTRATIONS
from deals.services.registration_rules import change_registration_rule
from deals.tables.registrations import DealRegistrationList
from partnerhub.records.ruled import RulesView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import VENDOR
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import facts_card


class DealRegistrationView(RecordView):
    kept, record_list, id_name = DEAL_REGISTRATIONS, DealRegistrationList, "dealregistration_id"
    first = ("register", "grant_extension", "ask_extension")
    line = (
        Fact(_("Deal registration")),
        Fact(_("of %(partner)s"), cell.Text("partner.name"), side=VENDOR),
        Fact(_("since %(day)s"), cell.Date("starts_at")),
    )
    main = (
        NEXT,
        facts_card(
            _("The registration"),
            Fact(_("Deal"), cell.Link("deal.name", to=Deal.urls, key="deal_id")),
            Fact(_("Customer"), cell.Text("deal.company.name")),
            Fact(_("Protected until"), cell.Moment("until")),
            Fact(_("Extension"), cell.Text("get_extension_display")),
            Fact(_("Why"), cell.Text("extension_text")),
            Fact(_("Answer"), cell.Text("extension_answer")),
        ),
    )
    aside = (TIMELINE,)


class DealRegistrationRuleView(RulesView):
    rules_form, current, verb = DealRegistrationRuleForm, registration_rule, change_registration_rule
    title, saved = _("Registration of deals"), _("The rules for deal registrations are saved.")
    about = _(
        "A shared deal protects its customer for the partner."
        " The days hold for what is registered or extended from now on."
    )
