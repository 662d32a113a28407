"""The page of one lead (A7), and the shared messages on it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.beside import beside_of, view_named
from leads.forms.steps import LeadMessageForm
from leads.forms.vendor_fields import VendorFieldsForm
from leads.models import Lead
from leads.selectors import asked_fields, keepers, lead_for, what_happens_next
from leads.selectors.corrections import may_correct, why_not_corrected
from leads.services import answer_by_message, note_vendor_answers
from leads.states import OPEN, TONES, Kind, Status
from leads.states.own_fields import OWN
from leads.tables import LeadList
from leads.views.actions import lead_actions
from leads.views.answers import shown_answers
from leads.views.people import people_of
from leads.views.question import answer_tick, question_of
from leads.views.stages import stages_of
from leads.views.vendor_fields import vendor_fields_of
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.services import remember_opened
from partnerhub.errors import Stale
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.notes.forms import MessageForm, NoteForm
from partnerhub.notes.posting import MessagePost
from partnerhub.notes.thread import Notebook, thread_of
from partnerhub.roles import LEADS_COMMENT, LEADS_VIEW, LEADS_WORK, PARTNER, VENDOR
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.lists.records import Beside, RecordPage
from partnerhub.web.preferences import safe_next


@dataclass
class BackAlone(Beside):
    """The way back to a quick view that lists other records: no lead stands before or after this one there."""

    def _url(self, *, forward: bool) -> str:
        return ""


class LeadView(RecordPage):
    permission = LEADS_VIEW
    record_list = LeadList

    def get(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead = _find(request.membership, lead_id)
        if lead.status == Status.DRAFT:
            return redirect(f"{reverse('leads:new', args=[lead.program.slug])}?draft={lead.pk}")
        remember_opened(
            request.membership,
            kind="lead",
            object_id=lead.pk,
            title=lead.company,
            path=f"/leads/{lead.pk}/",
        )
        return self.record_page("leads/lead.html", lead, lead_context(lead, request.membership))

    def beside(self, record: Model) -> Beside | None:
        found = super().beside(record)
        if found and view_named(QueryDict(found.trail.query).get("view", "")):
            return BackAlone(found.listing, found.trail, found.record)
        return found


class MessageView(MessagePost[Lead]):
    """Posts a shared message: the other side is told and can answer. Ticked, it is the answer to the open question."""

    permission = LEADS_COMMENT
    form_class = LeadMessageForm

    def subject(self, **ids: UUID) -> Lead:
        return submitted_lead(self.request.membership, ids["lead_id"])

    def again(self, subject: Lead, form: MessageForm, status: int) -> HttpResponseBase:
        lead = _find(self.request.membership, subject.pk) if form.errors else subject
        context = lead_context(lead, self.request.membership, message_form=form)
        return self.page("leads/lead.html", context, status=status)

    def back(self, subject: Lead) -> str:
        return f"{reverse('leads:lead', args=[subject.pk])}#messages"

    def send(self, subject: Lead, form: MessageForm) -> str:
        sent = form.cleaned_data
        if sent["answers"] is None:
            text = super().send(subject, form)
            is_open = subject.status == Status.MORE_INFO and self.request.membership.side == PARTNER
            return _("Your message is sent. The question is still open.") if is_open else text
        said = {name: sent[name] for name in ("body", "once", "mentions")}
        try:
            answer_by_message(
                subject.pk, seen=sent["answers"], uploads=sent["files"], by=self.request.membership, **said
            )
        except Stale:
            form.add_error(None, _("The question has changed or is closed by now. Your message is not sent yet."))
        return _("Your message is sent, and answers the question.")


class VendorFieldsView(SeatView):
    """Saves what the vendor's side notes in its own fields. Nothing typed is lost where somebody else was faster."""

    permission = LEADS_WORK

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        return {OWN: _("Answer")}

    def post(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        lead = _find(request.membership, lead_id)
        form = VendorFieldsForm(lead, asked_fields(lead.program, VENDOR), request.POST)
        if not form.is_valid():
            return self._again(lead, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            note_vendor_answers(
                lead_id, answers=form.answers(), by=request.membership, seen=form.cleaned_data["version"]
            )
        except Stale as stale:
            lead.vendor_answers = {"answers": stale.current.answers, "version": stale.current.version}
            form.go_on_from(stale.current.version)
            return self._again(lead, form, HTTPStatus.CONFLICT)
        messages.success(request, _("Saved. Only your side sees it."))
        return redirect(safe_next(request, f"{reverse('leads:lead', args=[lead.pk])}#vendor-fields"))

    def _again(self, lead: Lead, form: VendorFieldsForm, status: HTTPStatus) -> HttpResponseBase:
        vendor = vendor_fields_of(lead, self.request.membership, form=form, is_stale=status == HTTPStatus.CONFLICT)
        return self.page("leads/lead.html", lead_context(lead, self.request.membership, vendor=vendor), status=status)


def submitted_lead(membership: Membership, lead_id: UUID) -> Lead:
    """The lead that is written on. Raises Http404 alike for a foreign id, for none, and for a draft."""
    lead = _find(membership, lead_id)
    if lead.submitted_at is None:
        raise Http404
    return lead


def _find(membership: Membership, lead_id: UUID) -> Lead:
    try:
        return lead_for(membership, lead_id)
    except Lead.DoesNotExist:
        raise Http404 from None


def lead_context(
    lead: Lead,
    membership: Membership,
    *,
    message_form: MessageForm | None = None,
    note_form: NoteForm | None = None,
    vendor: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """All that the page shows, by as few statements as there are kinds of things on it.

    The forms are those that were not taken; `vendor` takes the place of the vendor's own fields.
    """
    tone, icon = TONES[Status(lead.status)]
    beside = beside_of(lead, membership)
    events = timeline_of(lead.pk, membership, also=[key for one in beside for key in one.events])
    is_partner = membership.side == PARTNER
    is_alone = lead.program.kind == Kind.POS and not lead.sales_support
    thread = thread_of(
        lead,
        membership,
        action=reverse("leads:message", args=[lead.pk]),
        form=message_form,
        tick=answer_tick(lead, membership),
        notebook=Notebook(reverse("leads:note", args=[lead.pk]), note_form),
    )
    return {
        "lead": lead,
        "tone": tone,
        "icon": icon,
        "status_word": Status(lead.status).label,
        "next": next((one.next for one in beside if one.next), "") or what_happens_next(lead),
        "stages": stages_of(lead),
        "is_open": lead.status in OPEN,
        "actions": lead_actions(lead, membership, also=[act for one in beside for act in one.actions]),
        "beside_lead": sorted((one for one in beside if one.template), key=lambda one: (not one.next, one.paper)),
        "question": question_of(lead, events, membership),
        "people": people_of(lead, membership),
        "entries": entries_of(events, membership),
        "groups": shown_answers(lead),
        "correct_url": _correct_url(lead, membership),
        "vendor": vendor or vendor_fields_of(lead, membership),
        "clock": _clock(lead),
        "looked_after": _looked_after(lead),
        "is_partner": is_partner,
        "stays_submitted": is_alone and lead.status == Status.SUBMITTED,
        "needs_nobody": is_alone and lead.status in OPEN,
        "form": message_form,
        "thread": thread,
        "next_acts": _next_acts(lead),
        "crumbs": [(_("Referrals"), None), (_("Leads"), reverse("leads:list")), (lead.company, None)],
    }


def _correct_url(lead: Lead, membership: Membership) -> str:
    """Where the answers are put right; empty where this member cannot."""
    can = may_correct(membership) and why_not_corrected(lead, membership) is None
    return reverse("leads:correct", args=[lead.pk]) if can else ""


def _next_acts(lead: Lead) -> list[tuple[str, str]]:
    """What to do after a lead is in: drawn beside the message that says so."""
    another = _("Submit another %(program)s lead") % {"program": lead.program.name}
    return [
        (another, reverse("leads:new", args=[lead.program.slug])),
        (_("See all leads"), reverse("leads:list")),
    ]


def _looked_after(lead: Lead) -> str:
    """Who looks after the lead now that its representative has left; nothing where they are here."""
    if lead.representative is None or lead.representative.is_here:
        return ""
    people = keepers()
    if not people:
        return _("Ask %(vendor)s in Shared messages.") % {"vendor": current_tenant().name}
    names = ", ".join(person.name for person in people)
    text = ngettext(
        "%(names)s looks after it now. Ask in Shared messages.",
        "One of these people looks after it now: %(names)s. Ask in Shared messages.",
        len(people),
    )
    return text % {"names": names}


def _clock(lead: Lead) -> dict[str, Any] | None:
    """The representative's time, and whether it is the reader's too."""
    if lead.representative is None or not lead.representative.is_here:
        return None
    name = lead.representative.user.timezone or current_tenant().timezone
    there = now().astimezone(ZoneInfo(name))
    here = localtime(timezone=get_current_timezone())
    return {
        "place": name.rpartition("/")[2].replace("_", " "),
        "time": there,
        "text": there.strftime("%H:%M"),
        "same": there.utcoffset() == here.utcoffset(),
    }
