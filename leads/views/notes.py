"""Notes on a lead, which one side keeps for itself."""

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse

from leads.models import Lead
from leads.views.lead import lead_context, submitted_lead
from partnerhub.notes.forms import NoteForm
from partnerhub.notes.posting import NotePost
from partnerhub.roles import LEADS_COMMENT


class NewNoteView(NotePost[Lead]):
    """Writes a note on a lead: the own side alone reads it."""

    permission = LEADS_COMMENT

    def subject(self, **ids: UUID) -> Lead:
        return submitted_lead(self.request.membership, ids["lead_id"])

    def again(self, subject: Lead, form: NoteForm, status: int) -> HttpResponseBase:
        context = lead_context(subject, self.request.membership, note_form=form)
        return self.page("leads/lead.html", context, status=status)

    def back(self, subject: Lead) -> str:
        return f"{reverse('leads:lead', args=[subject.pk])}#notes"
