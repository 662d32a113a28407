"""The page of the submission form: shows it, submits the lead, saves the draft (A2, A3)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.forms import LeadForm, typed_answers
from leads.forms.lead_form import FILES
from leads.letters.purposes import CONFIRMATION
from leads.models import Lead, Program
from leads.selectors import leads_for, programs
from leads.services import Conflicting, drop_draft_file, new_lead_id, save_draft, submit_lead
from leads.states import QUESTIONS, Status
from leads.states.own_fields import OWN
from leads.views.conflicts import draft_address, draft_conflict, repetition
from leads.views.form.drafts import id_in
from leads.views.guidance import good_lead, other_kind_words, support_rows
from notifications.selectors import goes_to
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.calendars.panels import working_text
from partnerhub.errors import AlreadySent, Refused, Stale
from partnerhub.notes.selectors import attachments_of
from partnerhub.notes.thread import files_shown
from partnerhub.records.drafts import Seen, seen_in
from partnerhub.records.undoing import see_other
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.web.kept import forget_kept, kept_for

STAYS = "stays"  # the message is a notice on the page: templates/components/messages.html
TYPED_KINDS = frozenset({"text", "long", "email", "phone", "url", "number", "date"})


class LeadFormView(SeatView):
    """A lead's form. It carries the lead's id from the start: pressing twice, or sending it again, is one lead."""

    permission = LEADS_SUBMIT

    def get(self, request: MemberRequest, program: str) -> HttpResponseBase:
        chosen = self._choose(program)
        kept = kept_for(request)
        if kept:
            forget_kept(request)
            sent = {field.name: field.value for field in kept.fields}
            lead_id = id_in(sent.get("lead")) or new_lead_id()
            form = LeadForm(chosen, typed=typed_answers(sent))
            return self._show(form, lead_id, seen=seen_in(sent), is_restored=True)
        if "draft" in request.GET:
            return self._go_on(request.GET["draft"], chosen)
        return self._show(LeadForm(chosen), new_lead_id())

    def post(self, request: MemberRequest, program: str) -> HttpResponseBase:
        chosen = self._choose(program)
        lead_id = id_in(request.POST.get("lead")) or new_lead_id()
        other = self._program(request.POST.get("instead", ""))
        try:
            if other or "save_draft" in request.POST or "drop_file" in request.POST:
                return self._save(other or chosen, lead_id)
            return self._submit(LeadForm(chosen, request.POST, request.FILES), lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        return {OWN: _("Answer")} | {one.name: str(one.label) for one in QUESTIONS if one.kind in TYPED_KINDS}

    def _choose(self, slug: str) -> Program:
        self.programs = programs()
        chosen = self._program(slug)
        if chosen is None:
            raise Http404
        return chosen

    def _program(self, slug: str) -> Program | None:
        return next((program for program in self.programs if program.slug == slug), None)

    def _submit(self, form: LeadForm, lead_id: UUID) -> HttpResponseBase:
        if not form.is_valid():
            saved = self._keep_chosen(form, lead_id)
            return self._show(form, lead_id, saved=saved, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            lead = submit_lead(
                lead_id,
                program=form.program,
                answers=form.answers(),
                by=self.request.membership,
                uploads=form.uploads(),
                seen=seen_in(self.request.POST),
                typed=typed_answers(self.request.POST),
                review=self.request.POST.get("review", "") if "send_for_review" in self.request.POST else None,
            )
        except Stale as stale:
            return self._differs(form, stale)
        except Conflicting as found:
            return self._found(form, lead_id, found)
        except AlreadySent as sent:
            return self._as_new(form, sent=repetition(sent))
        except Refused as refusal:
            return self._refused(form, lead_id, refusal)
        messages.success(self.request, _is_in(lead, self.request.membership), extra_tags=STAYS)
        return see_other(reverse("leads:lead", args=[lead.pk]))

    def _keep_chosen(self, form: LeadForm, lead_id: UUID) -> Lead | None:
        """A browser does not send files again with a page that comes back: good ones are kept with the draft."""
        uploads = form.uploads()
        if not uploads:
            return None
        typed, by = typed_answers(self.request.POST), self.request.membership
        seen = seen_in(self.request.POST)
        try:
            lead = save_draft(lead_id, program=form.program, typed=typed, by=by, uploads=uploads, seen=seen)
        except (Refused, Stale):
            return None
        form.forget_files()
        return lead

    def _found(self, form: LeadForm, lead_id: UUID, found: Conflicting) -> HttpResponseBase:
        """The conflict check found something: what, and what can be done. Good files are kept with the draft."""
        verdict = {"text": found.reasons[0].text, "lead": found.verdict.lead, "may_be_reviewed": found.may_be_reviewed}
        saved = self._keep_chosen(form, lead_id)
        return self._show(form, lead_id, saved=saved, verdict=verdict, status=HTTPStatus.CONFLICT)

    def _save(self, program: Program, lead_id: UUID) -> HttpResponseBase:
        typed, by = typed_answers(self.request.POST), self.request.membership
        uploads, dropped = self.request.FILES.getlist(FILES), id_in(self.request.POST.get("drop_file"))
        try:
            seen = seen_in(self.request.POST)
            save_draft(lead_id, program=program, typed=typed, by=by, uploads=uploads, seen=seen)
            if dropped:
                drop_draft_file(lead_id, dropped, by=by)
        except Stale as stale:
            return self._differs(self._unchecked(program), stale)
        except Refused as refusal:
            return self._refused(self._unchecked(program), lead_id, refusal)
        text = _("The file is taken off the draft.") if dropped else _("Draft saved.")
        messages.success(self.request, text)
        return see_other(draft_address(program, lead_id))

    def _unchecked(self, program: Program) -> LeadForm:
        """The form as it was typed, with no error beside a field."""
        form = LeadForm(program, self.request.POST, self.request.FILES)
        form.full_clean()
        form.errors.clear()
        return form

    def _refused(self, form: LeadForm, lead_id: UUID, refusal: Refused) -> HttpResponseBase:
        """The form again. Where its draft was submitted or put away meanwhile, it goes on as a new one."""
        lead = leads_for(self.request.membership).exclude(status=Status.DRAFT).filter(pk=lead_id).first()
        if lead is not None:
            return self._as_new(form, sent={"lead": lead, "rows": []})
        asked = next((reason for reason in refusal.reasons if reason.field == "review"), None)
        if asked:
            return self._show(
                form, lead_id, verdict={"text": asked.text, "may_be_reviewed": True}, status=HTTPStatus.CONFLICT
            )
        form.refuse(refusal)
        return self._show(form, lead_id, status=HTTPStatus.CONFLICT)

    def _differs(self, form: LeadForm, stale: Stale) -> HttpResponseBase:
        """The draft has been saved elsewhere: who sends the form again has seen that, and keeps theirs."""
        conflict = draft_conflict(stale, self.request.membership)
        lead: Lead = stale.current
        return self._show(form, lead.pk, saved=lead, conflict=conflict, status=HTTPStatus.CONFLICT)

    def _as_new(self, form: LeadForm, *, sent: dict[str, Any]) -> HttpResponseBase:
        """This form's id is used: nothing typed is lost, the form goes on under an id of its own; so do its files."""
        lead_id = new_lead_id()
        saved = self._keep_chosen(form, lead_id)
        return self._show(form, lead_id, saved=saved, sent=sent, seen=Seen(0), status=HTTPStatus.CONFLICT)

    def _go_on(self, draft: str, program: Program) -> HttpResponseBase:
        """The draft as it was typed. One that was submitted meanwhile leads to its page."""
        lead_id = id_in(draft)
        if lead_id is None:
            raise Http404
        lead = leads_for(self.request.membership).select_related("program").filter(pk=lead_id).first()
        if lead is None or lead.status == Status.DISCARDED:
            raise Http404
        if lead.submitted_at is not None:
            return see_other(reverse("leads:lead", args=[lead.pk]))
        if lead.program != program:
            return see_other(draft_address(lead.program, lead.pk))
        return self._show(LeadForm(program, typed=lead.draft), lead.pk, saved=lead)

    def _show(
        self,
        form: LeadForm,
        lead_id: UUID,
        *,
        saved: Lead | None = None,
        seen: Seen | None = None,
        is_restored: bool = False,
        status: int = HTTPStatus.OK,
        **more: object,
    ) -> HttpResponseBase:
        program = form.program
        seen = seen or seen_in(self.request.POST)
        context = {
            "form": form,
            "program": program,
            "other": next((other for other in self.programs if other.kind != program.kind), None),
            "other_words": other_kind_words(program.kind),
            "lead_id": lead_id,
            "version": saved.version if saved else seen.version,
            "window": seen.window or new_lead_id(),
            "saved_at": saved and saved.updated_at,
            "is_restored": is_restored,
            "kept_files": self._kept_files(lead_id) if saved or self.request.method == "POST" else [],
            "support_rows": support_rows(program.kind),
            "good_lead": good_lead(program.kind),
            "answered_within": program.answer_time and working_text(program.answer_time),
            "max_files": settings.ATTACHMENT_MAX_COUNT,
            "max_bytes": settings.ATTACHMENT_MAX_BYTES,
            "crumbs": [(_("Referrals"), None), (_("Leads"), reverse("leads:list")), (program.submit_words, None)],
            **more,
        }
        return self.page("leads/form.html", context, status=status)

    def _kept_files(self, lead_id: UUID) -> list[dict[str, Any]]:
        """The files on the draft, each with its id: a button takes it off."""
        files = attachments_of("lead", lead_id, self.request.membership)
        shown = files_shown(files, self.request.membership)
        return [words | {"id": file.pk} for file, words in zip(files, shown, strict=True)]


def _is_in(lead: Lead, membership: Membership) -> str:
    """What stays on the lead's page once it is submitted: its number, and where its copy went, if one is wanted."""
    words = {"number": lead.reference, "address": goes_to(membership, CONFIRMATION.key)}
    if lead.is_in_review:
        return _("Lead %(number)s is in and goes to review: until that is decided, nothing protects it.") % words
    if not words["address"]:
        return _("Lead %(number)s is in.") % words
    return _("Lead %(number)s is in. We sent a copy to %(address)s.") % words
