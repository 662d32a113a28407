"""One address for each step of a lead: GET asks, POST does. `/leads/<id>/award/`, never `?action=`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads import services
from leads.forms.steps import (
    AnswerForm,
    AppealForm,
    AssignForm,
    QuestionForm,
    ReasonForm,
    RefuseForm,
    StepForm,
    TakeBackForm,
    TeamForm,
    WithdrawForm,
)
from leads.models import Lead
from leads.selectors import colleagues, lead_for, representatives
from leads.serializers import visible_changes
from leads.states import LEAD, Status
from leads.views.differences import rows_of
from leads.views.undo import undo_tag
from partnerhub.accounts.reasons import with_names
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.roles import LEADS_VIEW
from partnerhub.web.preferences import safe_next
from partnerhub.web.views import PortalView, labels_of


@dataclass(frozen=True)
class Act:
    """How a step looks on a page: its verb, its form, its words."""

    verb: Callable[..., Lead]
    form: type[StepForm]
    question: str | Promise
    text: str | Promise
    button: str | Promise
    keep: str | Promise
    done: str | Promise
    danger: bool = False


_GO_BACK = gettext_lazy("Back to the lead")

ACTS: dict[str, Act] = {
    "assign": Act(
        services.assign_lead,
        AssignForm,
        gettext_lazy("Assign this lead"),
        gettext_lazy("The representative and the partner are told by email."),
        gettext_lazy("Assign"),
        _GO_BACK,
        gettext_lazy("%(company)s is assigned to %(representative)s."),
    ),
    "mark_seen": Act(
        services.mark_seen,
        StepForm,
        gettext_lazy("Mark this lead as seen?"),
        gettext_lazy("It needs no representative, and leaves Unassigned. The partner is not told."),
        gettext_lazy("Mark as seen"),
        _GO_BACK,
        gettext_lazy("%(company)s is marked as seen."),
    ),
    "unmark_seen": Act(
        services.unmark_seen,
        StepForm,
        gettext_lazy("Put this lead back into triage?"),
        gettext_lazy("It waits in Unassigned again. The partner is not told."),
        gettext_lazy("Put back into triage"),
        _GO_BACK,
        gettext_lazy("%(company)s is in triage again."),
    ),
    "start": Act(
        services.start_lead,
        StepForm,
        gettext_lazy("Put this lead in progress?"),
        gettext_lazy("The partner is told that you are in contact with the business."),
        gettext_lazy("Put in progress"),
        _GO_BACK,
        gettext_lazy("%(company)s is in progress."),
    ),
    "ask_info": Act(
        services.ask_for_information,
        QuestionForm,
        gettext_lazy("Ask for more information"),
        gettext_lazy("The lead waits for the partner's answer and then goes on where it is now."),
        gettext_lazy("Ask for more information"),
        _GO_BACK,
        gettext_lazy("Your question about %(company)s is on its way to the partner."),
    ),
    "correct_question": Act(
        services.correct_question,
        QuestionForm,
        gettext_lazy("Correct the question"),
        gettext_lazy("The partner is told, and answers the question as it reads then."),
        gettext_lazy("Save question"),
        _GO_BACK,
        gettext_lazy("The question about %(company)s is corrected."),
    ),
    "take_back_question": Act(
        services.take_back_question,
        TakeBackForm,
        gettext_lazy("Take the question back?"),
        gettext_lazy("The lead goes on where it was, and the partner need not answer any more."),
        gettext_lazy("Take the question back"),
        gettext_lazy("Keep the question"),
        gettext_lazy("The question about %(company)s is taken back. The partner is told."),
    ),
    "give_info": Act(
        services.answer_question,
        AnswerForm,
        gettext_lazy("Answer the question"),
        "",
        gettext_lazy("Send answer"),
        _GO_BACK,
        gettext_lazy("Your answer about %(company)s is sent."),
    ),
    "award": Act(
        services.award_lead,
        StepForm,
        gettext_lazy("Award this lead?"),
        gettext_lazy(
            "The partner earns a referral by the terms it accepted, and is told. Taking it back needs two people."
        ),
        gettext_lazy("Award"),
        gettext_lazy("Do not award yet"),
        gettext_lazy("%(company)s is awarded."),
    ),
    "refuse": Act(
        services.refuse_lead,
        RefuseForm,
        gettext_lazy("Find this lead not eligible?"),
        gettext_lazy("The partner reads the reason, and may appeal once."),
        gettext_lazy("Not eligible"),
        gettext_lazy("Keep lead open"),
        gettext_lazy("%(company)s is not eligible. The partner is told why."),
        danger=True,
    ),
    "withdraw": Act(
        services.withdraw_lead,
        WithdrawForm,
        gettext_lazy("Withdraw this lead?"),
        gettext_lazy("Nobody works on it any more. It cannot be reopened; you would have to submit it again."),
        gettext_lazy("Withdraw lead"),
        gettext_lazy("Keep lead"),
        gettext_lazy("%(company)s is withdrawn."),
        danger=True,
    ),
    "name_team": Act(
        services.name_team,
        TeamForm,
        gettext_lazy("Owner and team"),
        gettext_lazy("They see the lead and hear of it by email. Whoever is named now is told."),
        gettext_lazy("Save"),
        _GO_BACK,
        gettext_lazy("Owner and team of %(company)s are named."),
    ),
    "ask_support": Act(
        services.ask_for_support,
        StepForm,
        gettext_lazy("Ask for sales support?"),
        gettext_lazy("Our sales team joins in on this lead. What happens next reads accordingly from then on."),
        gettext_lazy("Ask for sales support"),
        _GO_BACK,
        gettext_lazy("Sales support is asked for on %(company)s."),
    ),
    "appeal": Act(
        services.appeal_lead,
        AppealForm,
        gettext_lazy("Appeal the decision"),
        gettext_lazy("A channel manager looks at the lead again. You can appeal once."),
        gettext_lazy("Send appeal"),
        _GO_BACK,
        gettext_lazy("Your appeal for %(company)s is sent."),
    ),
    "reopen": Act(
        services.reopen_lead,
        ReasonForm,
        gettext_lazy("Reopen this lead"),
        gettext_lazy("It becomes Submitted again. The earlier decision stays in the timeline."),
        gettext_lazy("Reopen"),
        _GO_BACK,
        gettext_lazy("%(company)s is open again."),
    ),
    "question_award": Act(
        services.question_award,
        ReasonForm,
        gettext_lazy("Ask to take the award back"),
        gettext_lazy("A second person decides. Until then the lead stays awarded."),
        gettext_lazy("Ask to take the award back"),
        gettext_lazy("Keep the award"),
        gettext_lazy("A second person is asked to decide on %(company)s."),
        danger=True,
    ),
    "take_back_award": Act(
        services.take_back_award,
        StepForm,
        gettext_lazy("Take the award back?"),
        gettext_lazy("The lead is in progress again and its referral ends. The partner is told."),
        gettext_lazy("Take the award back"),
        _GO_BACK,
        gettext_lazy("The award of %(company)s is taken back."),
        danger=True,
    ),
    "keep_award": Act(
        services.keep_award,
        StepForm,
        gettext_lazy("Keep the award?"),
        gettext_lazy("The request to take it back is closed."),
        gettext_lazy("Keep the award"),
        _GO_BACK,
        gettext_lazy("%(company)s stays awarded."),
    ),
}


def initial_of(lead: Lead) -> dict[str, Any]:
    """What the form of any step begins with."""
    people = {"owner": str(lead.owned_by), "team": [str(key) for key in lead.team]}
    return {"version": lead.version, "question": lead.question, **people}


class StepView(PortalView):
    """The page of one step of one lead. Who may take it is the machine's matter; who sees the lead, the selectors'."""

    permission = LEADS_VIEW

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        act = ACTS.get(kwargs["step"].replace("-", "_"))
        return labels_of(act.form) if act else {}

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.step = kwargs["step"].replace("-", "_")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.step not in ACTS or kwargs["step"] != self.step.replace("_", "-"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, lead_id: UUID, step: str) -> HttpResponseBase:
        lead = self._lead(lead_id)
        return self._ask(lead, self._form(initial=initial_of(lead)))

    def post(self, request: Any, lead_id: UUID, step: str) -> HttpResponseBase:
        lead = self._lead(lead_id)
        form = self._form(request.POST, files=request.FILES)
        if not form.is_valid():
            return self._ask(lead, form, status=422)
        act = ACTS[self.step]
        try:
            lead = act.verb(lead_id, by=request.membership, **form.arguments())
        except Stale as stale:
            return self._stale(stale, form)
        except Refused as refusal:
            return self._ask(self._lead(lead_id), form, refusal=refusal, status=409)
        who = lead.representative.name if lead.representative else ""
        after = safe_next(request, reverse("leads:lead", args=[lead.pk]))
        is_changed = lead.version != form.cleaned_data["version"]
        undo = undo_tag(lead, after) if self.step == "assign" and is_changed else ""
        messages.success(request, act.done % {"company": lead.company, "representative": who}, extra_tags=undo)
        return redirect(after)

    def _lead(self, lead_id: UUID) -> Lead:
        try:
            lead = lead_for(self.request.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        step = LEAD.steps[self.step]
        if step.side != self.request.membership.side:
            raise Http404
        if not self.request.membership.can(step.permission):
            raise NotPermitted(step.permission)
        return lead

    def _form(self, data: Any = None, **kwargs: Any) -> StepForm:
        if self.step == "assign":
            kwargs["representatives"] = representatives()
        if self.step == "name_team":
            kwargs["people"] = colleagues(self.request.membership.partner_id)
        return ACTS[self.step].form(data, **kwargs)

    def _ask(
        self, lead: Lead, form: StepForm, *, refusal: Refused | None = None, status: int = 200
    ) -> HttpResponseBase:
        act = ACTS[self.step]
        verdict = LEAD.verdict(self.step, lead, self.request.membership)
        said = with_names([verdict.reasons, refusal.reasons if refusal else []], self.request.membership)
        context = {
            "lead": lead,
            "act": act,
            "form": form,
            "is_open": verdict.is_open,
            "reasons": said[0],
            "refused": said[1],
            "step": self.kwargs["step"],
            "next": safe_next(self.request, reverse("leads:lead", args=[lead.pk])),
            "crumbs": [
                (_("Leads"), reverse("leads:list")),
                (lead.company, reverse("leads:lead", args=[lead.pk])),
                (act.button, None),
            ],
        }
        return self.page("leads/step.html", context, status=status)

    def _stale(self, stale: Stale, form: StepForm) -> HttpResponseBase:
        """Somebody else was faster: the record as it is now, what changed, and the step again if it is still open."""
        lead = stale.current
        fresh = self._form({**dict(form.data.items()), "version": lead.version})
        context = {
            "lead": lead,
            "act": ACTS[self.step],
            "who": stale.who,
            "status_word": Status(lead.status).label,
            "difference": rows_of(visible_changes(stale.difference, self.request.membership.side)),
            "verdict": LEAD.verdict(self.step, lead, self.request.membership),
            "form": fresh,
            "step": self.kwargs["step"],
            "next": safe_next(self.request, reverse("leads:lead", args=[lead.pk])),
            "crumbs": [
                (_("Leads"), reverse("leads:list")),
                (lead.company, reverse("leads:lead", args=[lead.pk])),
                (_("Changed meanwhile"), None),
            ],
        }
        return self.page("leads/stale.html", context, status=409)
