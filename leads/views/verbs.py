"""One address for each step of a lead: GET asks, POST does. `/leads/<id>/award/`, never `?action=`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
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
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.preferences import safe_next
from partnerhub.web.views import labels_of

LONGEST_VERSION = 10
QUOTES = {
    "give_info": "leads/quote_question.html",
    "appeal": "leads/quote_reason.html",
    "take_back_award": "leads/quote_award.html",
    "keep_award": "leads/quote_award.html",
}
"""What the step answers to, shown above its form."""


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


_CANCEL = gettext_lazy("Cancel")
_KEEP = gettext_lazy("Keep lead as it is")

ACTS: dict[str, Act] = {
    "assign": Act(
        services.assign_lead,
        AssignForm,
        gettext_lazy("Assign %(company)s"),
        gettext_lazy("The representative and the partner are told by email."),
        gettext_lazy("Assign"),
        _CANCEL,
        gettext_lazy("%(company)s is assigned to %(representative)s."),
    ),
    "mark_seen": Act(
        services.mark_seen,
        StepForm,
        gettext_lazy("Mark %(company)s as seen?"),
        gettext_lazy("It needs no representative, and leaves Unassigned. The partner is not told."),
        gettext_lazy("Mark as seen"),
        _KEEP,
        gettext_lazy("%(company)s is marked as seen."),
    ),
    "unmark_seen": Act(
        services.unmark_seen,
        StepForm,
        gettext_lazy("Put %(company)s back into triage?"),
        gettext_lazy("It waits in Unassigned again. The partner is not told."),
        gettext_lazy("Put back into triage"),
        _KEEP,
        gettext_lazy("%(company)s is in triage again."),
    ),
    "start": Act(
        services.start_lead,
        StepForm,
        gettext_lazy("Put %(company)s in progress?"),
        gettext_lazy("The partner is told that you are in contact with the business."),
        gettext_lazy("Put in progress"),
        _KEEP,
        gettext_lazy("%(company)s is in progress."),
    ),
    "ask_info": Act(
        services.ask_for_information,
        QuestionForm,
        gettext_lazy("Ask for more information about %(company)s"),
        gettext_lazy("The lead waits for the partner's answer and then goes on where it is now."),
        gettext_lazy("Ask for more information"),
        _CANCEL,
        gettext_lazy("Your question about %(company)s is on its way to the partner."),
    ),
    "correct_question": Act(
        services.correct_question,
        QuestionForm,
        gettext_lazy("Correct the question about %(company)s"),
        gettext_lazy("The partner is told, and answers the question as it reads then."),
        gettext_lazy("Save question"),
        _CANCEL,
        gettext_lazy("The question about %(company)s is corrected."),
    ),
    "take_back_question": Act(
        services.take_back_question,
        TakeBackForm,
        gettext_lazy("Take back the question about %(company)s?"),
        gettext_lazy("The lead goes on where it was, and the partner need not answer any more."),
        gettext_lazy("Take the question back"),
        gettext_lazy("Keep the question"),
        gettext_lazy("The question about %(company)s is taken back. The partner is told."),
    ),
    "give_info": Act(
        services.answer_question,
        AnswerForm,
        gettext_lazy("Answer the question about %(company)s"),
        "",
        gettext_lazy("Send answer"),
        _CANCEL,
        gettext_lazy("Your answer about %(company)s is sent."),
    ),
    "award": Act(
        services.award_lead,
        StepForm,
        gettext_lazy("Award %(company)s?"),
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
        gettext_lazy("Find %(company)s not eligible?"),
        gettext_lazy("The partner reads the reason, and may appeal once."),
        gettext_lazy("Not eligible"),
        gettext_lazy("Keep lead open"),
        gettext_lazy("%(company)s is not eligible. The partner is told why."),
        danger=True,
    ),
    "withdraw": Act(
        services.withdraw_lead,
        WithdrawForm,
        gettext_lazy("Withdraw %(company)s?"),
        gettext_lazy("Nobody works on it any more. It cannot be reopened; you would have to submit it again."),
        gettext_lazy("Withdraw lead"),
        gettext_lazy("Keep lead"),
        gettext_lazy("%(company)s is withdrawn."),
        danger=True,
    ),
    "name_team": Act(
        services.name_team,
        TeamForm,
        gettext_lazy("Owner and team of %(company)s"),
        gettext_lazy("They see the lead and hear of it by email. Whoever is named now is told."),
        gettext_lazy("Save"),
        _CANCEL,
        gettext_lazy("Owner and team of %(company)s are named."),
    ),
    "ask_support": Act(
        services.ask_for_support,
        StepForm,
        gettext_lazy("Ask for sales support on %(company)s?"),
        gettext_lazy("Our sales team joins in on this lead. What happens next reads accordingly from then on."),
        gettext_lazy("Ask for sales support"),
        _KEEP,
        gettext_lazy("Sales support is asked for on %(company)s."),
    ),
    "appeal": Act(
        services.appeal_lead,
        AppealForm,
        gettext_lazy("Appeal the decision on %(company)s"),
        gettext_lazy("A channel manager looks at the lead again. You can appeal once."),
        gettext_lazy("Send appeal"),
        _CANCEL,
        gettext_lazy("Your appeal for %(company)s is sent."),
    ),
    "reopen": Act(
        services.reopen_lead,
        ReasonForm,
        gettext_lazy("Reopen %(company)s"),
        gettext_lazy("It becomes Submitted again. The earlier decision stays in the timeline."),
        gettext_lazy("Reopen"),
        _CANCEL,
        gettext_lazy("%(company)s is open again."),
    ),
    "question_award": Act(
        services.question_award,
        ReasonForm,
        gettext_lazy("Ask to take back the award of %(company)s"),
        gettext_lazy("A second person decides. Until then the lead stays awarded."),
        gettext_lazy("Ask to take the award back"),
        gettext_lazy("Keep the award"),
        gettext_lazy("A second person is asked to decide on %(company)s."),
        danger=True,
    ),
    "take_back_award": Act(
        services.take_back_award,
        StepForm,
        gettext_lazy("Take back the award of %(company)s?"),
        gettext_lazy("The lead is in progress again and its referral ends. The partner is told."),
        gettext_lazy("Take the award back"),
        gettext_lazy("Keep the award"),
        gettext_lazy("The award of %(company)s is taken back."),
        danger=True,
    ),
    "keep_award": Act(
        services.keep_award,
        StepForm,
        gettext_lazy("Keep the award of %(company)s?"),
        gettext_lazy("The request to take it back is closed."),
        gettext_lazy("Keep the award"),
        _CANCEL,
        gettext_lazy("%(company)s stays awarded."),
    ),
}


def initial_of(lead: Lead) -> dict[str, Any]:
    """What the form of any step begins with."""
    people = {"owner": str(lead.owned_by), "team": [str(key) for key in lead.team]}
    return {"version": lead.version, "question": lead.question, **people}


class StepView(AskView):
    """One step of one lead. Who may take it is the machine's matter; who sees the lead, the selectors'."""

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
        """`seen` in the address is the version on the page that the step was chosen on: the person decides on that."""
        lead = self._lead(lead_id)
        given = request.GET.get("seen", "")
        seen = min(int(given), lead.version) if given.isdecimal() and len(given) < LONGEST_VERSION else lead.version
        return self._ask(lead, self._form(initial=initial_of(lead) | {"version": seen}), is_old=seen < lead.version)

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
        after = self._back(lead)
        is_changed = lead.version != form.cleaned_data["version"]
        undo = undo_tag(lead, after) if self.step == "assign" and is_changed else ""
        messages.success(request, act.done % {"company": lead.company, "representative": who}, extra_tags=undo)
        return self.done(after)

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

    def _back(self, lead: Lead) -> str:
        return safe_next(self.request, reverse("leads:lead", args=[lead.pk]))

    def _form(self, data: Any = None, **kwargs: Any) -> StepForm:
        if self.step == "assign":
            kwargs["representatives"] = representatives()
        if self.step == "name_team":
            kwargs["people"] = colleagues(self.request.membership.partner_id)
        return ACTS[self.step].form(data, **kwargs)

    def _ask(
        self, lead: Lead, form: StepForm, *, refusal: Refused | None = None, is_old: bool = False, status: int = 200
    ) -> HttpResponseBase:
        """`is_old`: what was seen is not the lead as it is now; the verb will say what has changed."""
        act = ACTS[self.step]
        verdict = LEAD.verdict(self.step, lead, self.request.membership)
        said = with_names([verdict.reasons, refusal.reasons if refusal else []], self.request.membership)
        ask = Ask(
            title=act.question % {"company": lead.company},
            record=record_line(lead),
            text=act.text,
            confirm=act.button,
            keep=act.keep,
            back=self._back(lead),
            danger=act.danger,
            part=QUOTES.get(self.step, ""),
        )
        reasons = [] if verdict.is_open or is_old else said[0]
        more = {"lead": lead, "reasons": reasons, "refused": said[1], "crumbs": self._crumbs(lead, act.button)}
        return self.asks(ask, form, status=status, **more)

    def _stale(self, stale: Stale, form: StepForm) -> HttpResponseBase:
        """Somebody else was faster: the record as it is now, what changed, and the step again if it is still open."""
        lead, act = stale.current, ACTS[self.step]
        is_open = LEAD.verdict(self.step, lead, self.request.membership).is_open
        page, back = reverse("leads:lead", args=[lead.pk]), self._back(lead)
        ask = Ask(
            title=_("This lead has changed meanwhile"),
            record=f"{lead.company} · {record_line(lead)}",
            confirm=_("%(button)s all the same") % {"button": act.button} if is_open else "",
            keep=_("Leave it and go on") if back != page else "",
            back=back,
            part="leads/stale.html",
            see=(_("See the lead as it is now"), page),
        )
        more = {
            "lead": lead,
            "who": stale.who,
            "status_word": Status(lead.status).label,
            "difference": rows_of(visible_changes(stale.difference, self.request.membership.side)),
            "crumbs": self._crumbs(lead, _("Changed meanwhile")),
        }
        fresh = self._form({**dict(form.data.items()), "version": lead.version}) if is_open else None
        return self.asks(ask, fresh, status=409, **more)

    def _crumbs(self, lead: Lead, page: Any) -> list[tuple[Any, str | None]]:
        own = reverse("leads:lead", args=[lead.pk])
        return [(_("Leads"), reverse("leads:list")), (lead.company, own), (page, None)]


def step_url(lead: Lead, step: str, **more: str) -> str:
    """Where this step asks, with the version of the lead that is on the page; `next` is where it goes on."""
    address = reverse("leads:step", args=[lead.pk, step.replace("_", "-")])
    return f"{address}?{urlencode({'seen': lead.version, **more})}"


def record_line(lead: Lead) -> str:
    """What stands under a lead's name: its program, number and status."""
    words = {"program": lead.program.name, "number": lead.reference, "status": Status(lead.status).label}
    return _("%(program)s lead %(number)s · %(status)s") % words
