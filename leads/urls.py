"""Addresses of the leads pages, below the tenant."""

from django.urls import path

from leads.tables import DraftList, LeadList, TriageList
from leads.views import correct, form, lead, listing, notes, programs, triage, verbs
from partnerhub.imports.views import UploadView
from partnerhub.web.lists.pages import list_paths

app_name = "leads"
urlpatterns = [
    *list_paths("leads/", LeadList, "list", listing.LeadListView),
    *list_paths("leads/drafts/", DraftList, "drafts", listing.DraftListView),
    path("leads/import/", UploadView.as_view(kind="leads"), name="import"),
    path("leads/new/<slug:program>/", form.LeadFormView.as_view(), name="new"),
    path("leads/new/<slug:program>/draft/", form.DraftView.as_view(), name="draft"),
    path("leads/new/<slug:program>/known/", form.KnownView.as_view(), name="known"),
    path("leads/<uuid:lead_id>/", lead.LeadView.as_view(), name="lead"),
    path("leads/<uuid:lead_id>/correct/", correct.CorrectView.as_view(), name="correct"),
    path("leads/<uuid:lead_id>/messages/", lead.MessageView.as_view(), name="message"),
    path("leads/<uuid:lead_id>/notes/", notes.NewNoteView.as_view(), name="note"),
    path("leads/<uuid:lead_id>/vendor-fields/", lead.VendorFieldsView.as_view(), name="vendor-fields"),
    *verbs.LeadStepView.paths("leads/<uuid:record_id>/", discard=form.DiscardView, restore=form.RestoreView),
    path("programs/", programs.ProgramsView.as_view(), name="programs"),
    path("programs/conflict-check/", programs.ConflictCheckView.as_view(), name="conflict-check"),
    path("programs/new/", programs.NewProgramView.as_view(), name="new-program"),
    path("programs/<uuid:program_id>/", programs.ProgramView.as_view(), name="program"),
    path("programs/<uuid:program_id>/fields/new/", programs.NewFieldView.as_view(), name="new-field"),
    path("programs/fields/<uuid:field_id>/", programs.FieldView.as_view(), name="field"),
    path("programs/fields/<uuid:field_id>/move/", programs.MoveFieldView.as_view(), name="move-field"),
    path("programs/fields/<uuid:field_id>/retire/", programs.RetireFieldView.as_view(), name="retire-field"),
    path("programs/fields/<uuid:field_id>/restore/", programs.RestoreFieldView.as_view(), name="restore-field"),
    *list_paths("triage/", TriageList, "triage", triage.TriageView),
    path("triage/people/", triage.PeopleView.as_view(), name="triage-people"),
    path("triage/<uuid:lead_id>/readers/", triage.ReadersView.as_view(), name="readers"),
]
