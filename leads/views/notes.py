"""Notes on a lead, which one side keeps for itself."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.selectors import lead_for
from leads.views.lead import lead_context
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import AlreadySent, Refused
from partnerhub.notes.forms import NoteForm
from partnerhub.notes.services import write_note
from partnerhub.roles import LEADS_COMMENT
from partnerhub.web.preferences import safe_next
from partnerhub.web.seen import say_refusal


class NewNoteView(SeatView):
    """Writes a note on a lead: the own side alone reads it."""

    permission = LEADS_COMMENT
    forms = (NoteForm,)

    def post(self, request: MemberRequest, lead_id: UUID) -> HttpResponseBase:
        try:
            lead = lead_for(request.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        if lead.submitted_at is None:
            raise Http404
        form = NoteForm(request.POST)
        is_taken = form.is_valid()
        if form.is_preview:
            return self.page("leads/lead.html", lead_context(lead, request.membership, note_form=form))
        if is_taken:
            try:
                write_note(lead, by=request.membership, **form.cleaned_data)
            except Refused as refusal:
                say_refusal(form, refusal)
            except AlreadySent as sent:
                form.go_on_as_new(sent)
            else:
                messages.success(request, _("The note is kept. Only your side reads it."))
                return redirect(safe_next(request, f"{reverse('leads:lead', args=[lead.pk])}#notes"))
        context = lead_context(lead, request.membership, note_form=form)
        return self.page("leads/lead.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
