"""The page of a protection, its steps and its list; and the page of the lead's contact, behind the link in a mail."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from leads.models import Lead
from partnerhub.accounts.requests import VisitorRequest, visitor_of
from partnerhub.errors import Refused
from partnerhub.protection.forms import MeetingForm, ProtectionRulesForm
from partnerhub.protection.models import Protection
from partnerhub.protection.selectors import capped_words, kept_and_lapsed, protection_behind, rules_of_protection
from partnerhub.protection.services import PROTECTIONS, change_rules, confirm_contact
from partnerhub.protection.states import Status
from partnerhub.protection.tables import ProtectionList
from partnerhub.records.pages import StepView
from partnerhub.records.ruled import RulesView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import VENDOR
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import facts_card
from partnerhub.web.throttles import ASK_LATER, asks_too_often
from partnerhub.web.views import PublicView

CONFIRMATIONS_A_MINUTE = 20


class ProtectionView(RecordView):
    kept, record_list, id_name = PROTECTIONS, ProtectionList, "protection_id"
    first = ("grant_extension", "ask_extension")
    likely = ("record_meeting", "ask_contact")
    line = (
        Fact(_("Protection")),
        Fact("", cell.Text("partner.name"), side=VENDOR),
        Fact(_("since %(day)s"), cell.Date("starts_at")),
    )
    main = (
        NEXT,
        facts_card(
            _("Days"),
            Fact(_("For acceptance"), cell.Number("base_days")),
            Fact(_("For a meeting with a document"), cell.Number("meeting_days"), always=True),
            Fact(_("For a confirmed contact"), cell.Number("contact_days"), always=True),
            Fact(_("For months with activity"), cell.Number("activity_days"), always=True),
            Fact(_("By extension"), cell.Number("extension_days"), always=True),
            Fact(_("Together"), cell.Number("days")),
            Fact(_("Protected until"), cell.Moment("until")),
        ),
        facts_card(
            _("What it rests on"),
            Fact(_("Lead"), cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
            Fact(_("Meeting"), cell.Date("met_on")),
            Fact(_("Contact asked"), cell.Moment("contact_asked_at")),
            Fact(_("Contact confirmed"), cell.Moment("contact_confirmed_at")),
            Fact(_("Extension"), cell.Text("get_extension_display")),
            Fact(_("Why"), cell.Text("extension_text")),
            Fact(_("Answer"), cell.Text("extension_answer")),
            key="basis",
        ),
    )
    aside = (TIMELINE,)


class ProtectionStepView(StepView):
    records, record_list = PROTECTIONS, ProtectionList
    forms_of = {"record_meeting": MeetingForm}


# The contact has no account here, and often another device than the mail: the signed address is the right to answer.
@method_decorator(csrf_exempt, name="dispatch")
class ConfirmationView(PublicView):
    """What the contact of a lead sees behind the link, without scripts. GET changes nothing, because scanners of mail
    open every link; *Confirm* confirms, once."""

    request: VisitorRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tenant = visitor_of(request).tenant
        if tenant is None:
            raise Http404
        with tenant_scope(tenant):
            self.protection = protection_behind(kwargs["token"])
            with override(self.protection.partner.language if self.protection else tenant.language):
                response = super().dispatch(request, *args, **kwargs)
                if isinstance(response, TemplateResponse):
                    response.render()
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        found = self.protection
        if found is None:
            return self.drawn("over", status=404)
        if found.contact_confirmed_at is not None:
            return self.drawn("confirmed")
        runs = found.status == Status.RUNNING and found.until > now()
        is_asked = found.contact_asked_at is not None and runs
        return self.drawn("asked") if is_asked else self.drawn("over", status=410)

    def post(self, request: VisitorRequest, token: str) -> HttpResponseBase:
        if asks_too_often(request, "confirmations", CONFIRMATIONS_A_MINUTE):
            return self.drawn("later", status=429)
        if self.protection is None or self.protection.contact_asked_at is None:
            return self.drawn("over", status=404)
        try:
            confirm_contact(self.protection)
        except Refused:
            return self.drawn("over", status=409)
        return redirect(request.path)

    def drawn(self, page: str, *, status: int = 200) -> HttpResponseBase:
        found: Protection | None = self.protection
        context = {"page": page, "protection": found}
        headers = ASK_LATER if status == 429 else None
        return TemplateResponse(self.request, "protection/contact.html", context, status=status, headers=headers)


class ProtectionsView(ListView):
    """The list, and what became of protected leads that are over."""

    list_class = ProtectionList
    template = "protection/list.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        awarded, lapsed = kept_and_lapsed(self.request.membership.partner_id)
        words = {"awarded_words": capped_words(awarded), "lapsed_words": capped_words(lapsed)}
        return {"awarded": awarded, "lapsed": lapsed, **words}


class ProtectionRulesView(RulesView):
    rules_form, current, verb = ProtectionRulesForm, rules_of_protection, change_rules
    title, saved = _("Rules of protection"), _("The rules of protection are saved.")
    about = _("What was granted before stays granted, whatever the rules say later.")
