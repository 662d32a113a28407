"""The pages of deal registrations: one of them, and the tenant's rules. Those of the steps are made of the machine."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.forms.registrations import DealRegistrationRuleForm
from deals.models import Deal
from deals.selectors.registrations import registration_rule
from deals.services.registering import DEAL_REGISTRATIONS
from deals.services.registration_rules import change_registration_rule
from deals.tables.registrations import DealRegistrationList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import PROGRAMS_MANAGE, VENDOR
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import facts_card
from partnerhub.web.seen import Meanwhile, attempt


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


class DealRegistrationRuleView(SeatView):
    permission = PROGRAMS_MANAGE
    forms = (DealRegistrationRuleForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(DealRegistrationRuleForm.of(registration_rule()))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = DealRegistrationRuleForm(request.POST)
        if again := attempt(form, lambda: change_registration_rule(by=request.membership, **form.arguments())):
            return self.shown(form, **again)
        messages.success(request, _now("The rules for deal registrations are saved."))
        return redirect("deals:registration-rules")

    def shown(
        self, form: DealRegistrationRuleForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        crumbs = [(_("Programme"), None), (_("Registration of deals"), None)]
        return self.page("deals/registration_rules.html", {"form": form, "crumbs": crumbs, "now": now}, status=status)
