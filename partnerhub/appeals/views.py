"""The page of an appeal; and the way to begin a lead anew."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from leads.models import Lead
from leads.selectors import lead_for
from leads.services import new_lead_id
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.appeals.forms import CloneForm
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services import APPEALS, clone_lead
from partnerhub.appeals.tables import DECISION_BY, AppealList
from partnerhub.errors import Reason, Refused
from partnerhub.notes.selectors import attachments_of
from partnerhub.notes.thread import files_shown
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import LEADS_SUBMIT, PARTNER, VENDOR
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, facts_card


def _files(page: RecordView, appeal: Appeal) -> dict[str, Any] | None:
    """The files of its lead, which came with the appeal or before: whoever decides reads them here."""
    member = cast(Membership, page.request.membership)  # of these pages it is one
    files = attachments_of("lead", appeal.lead_id, member)
    return {"files": files_shown(files, member)} if files else None


class AppealView(RecordView):
    kept, record_list, id_name, first = APPEALS, AppealList, "appeal_id", ("uphold",)
    line = (
        Fact(pgettext_lazy("noun", "Appeal")),
        Fact("", cell.Text("partner.name"), side=VENDOR),
        Fact(gettext_lazy("sent by %(name)s"), cell.Both(cell.Text("appealed_by.name"), cell.Date("created_at"))),
    )
    main = (
        NEXT,
        facts_card(
            gettext_lazy("The appeal"),
            Fact(gettext_lazy("Lead"), cell.Link("lead.reference", to=Lead.urls, key="lead_id")),
            Fact(gettext_lazy("Decision appealed"), cell.Text("get_refused_code_display", small="refused_text")),
            Fact(gettext_lazy("Why"), cell.Text("text")),
            Fact(gettext_lazy("Decision due"), DECISION_BY),
            Fact(gettext_lazy("Decided by"), cell.Text("decider")),
            Fact(gettext_lazy("Reason"), cell.Text("get_code_display")),
            Fact(gettext_lazy("Explanation"), cell.Text("answer")),
        ),
        Part("appeals/files.html", _files),
    )
    aside = (TIMELINE,)


class CloneView(SeatView, AskView):
    """Begins a lead anew that came to nothing, and goes on in the new draft's form."""

    permission = LEADS_SUBMIT
    forms = (CloneForm,)

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        return self.shown(self.lead(lead_id), CloneForm(initial={"draft": new_lead_id()}))

    def post(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead, form = self.lead(lead_id), CloneForm(request.POST)
        if not form.is_valid():
            return self.shown(lead, CloneForm(initial={"draft": new_lead_id()}), status=422)
        try:
            draft = clone_lead(lead.pk, draft_id=form.cleaned_data["draft"], by=request.membership)
        except Refused as refusal:
            return self.shown(lead, form, refused=refusal.reasons, status=409)
        except Lead.DoesNotExist:
            raise Http404 from None
        messages.success(request, _("The answers of %(company)s are in a new draft.") % {"company": lead.company})
        return self.done(f"{reverse('leads:new', args=[draft.program.slug])}?draft={draft.pk}")

    def lead(self, lead_id: UUID) -> Lead:
        try:
            lead = lead_for(self.request.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        if self.request.membership.side != PARTNER or lead.submitted_at is None:
            raise Http404
        return lead

    def shown(
        self, lead: Lead, form: CloneForm, *, refused: Sequence[Reason] = (), status: int = 200
    ) -> HttpResponseBase:
        ask = Ask(
            title=_("Begin %(company)s anew?") % {"company": lead.company},
            record=lead.reference,
            text=_("Its answers go into a new draft, linked with this lead. Consent and terms are given anew."),
            confirm=_("Clone"),
            keep=_("Cancel"),
            back=lead.urls.page,
        )
        crumbs = [(_("Leads"), reverse("leads:list")), (lead.company, lead.urls.page), (ask.confirm, None)]
        return self.asks(ask, form, crumbs=crumbs, refused=refused, status=status)
