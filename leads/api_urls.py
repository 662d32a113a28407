"""Addresses of the API, below /api/v1/."""

from django.urls import path

from leads.api import (
    CandidateViewSet,
    ConflictCheckViewSet,
    DraftViewSet,
    LeadViewSet,
    NotesViewSet,
    ProgramViewSet,
    ReaderViewSet,
    RepresentativeViewSet,
    StepViewSet,
    TriageViewSet,
    VendorFieldsViewSet,
)
from leads.tables import LeadList, TriageList
from partnerhub.web.lists.bulk_api import bulk_api_paths

LEAD_PATH = "leads/<uuid:lead_id>/"

urlpatterns = [
    path("programs/", ProgramViewSet.as_view({"get": "list", "post": "create"}), name="api-programs"),
    path(
        "conflict-check/",
        ConflictCheckViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="api-conflict-check",
    ),
    path("representatives/", RepresentativeViewSet.as_view({"get": "list"}), name="api-representatives"),
    path("drafts/", DraftViewSet.as_view({"get": "list"}), name="api-drafts"),
    path("drafts/export/", DraftViewSet.as_view({"get": "export"}), name="api-drafts-export"),
    path("leads/", LeadViewSet.as_view({"get": "list", "post": "create"}), name="api-leads"),
    path("leads/export/", LeadViewSet.as_view({"get": "export"}), name="api-leads-export"),
    *bulk_api_paths("leads/", LeadList, tag="Leads"),
    path("triage/", TriageViewSet.as_view({"get": "list"}), name="api-triage"),
    path("triage/export/", TriageViewSet.as_view({"get": "export"}), name="api-triage-export"),
    *bulk_api_paths("triage/", TriageList, tag="Leads"),
    path("leads/bulk-assign/", LeadViewSet.as_view({"post": "bulk_assign"}), name="api-bulk-assign"),
    path(LEAD_PATH, LeadViewSet.as_view({"get": "retrieve", "patch": "partial_update"}), name="api-lead"),
    path(
        f"{LEAD_PATH}vendor-fields/",
        VendorFieldsViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="api-vendor-fields",
    ),
    path(f"{LEAD_PATH}external/", LeadViewSet.as_view({"patch": "external"}), name="api-lead-external"),
    path(f"{LEAD_PATH}representatives/", CandidateViewSet.as_view({"get": "list"}), name="api-candidates"),
    path(f"{LEAD_PATH}readers/", ReaderViewSet.as_view({"get": "list"}), name="api-readers"),
    path(f"{LEAD_PATH}timeline/", LeadViewSet.as_view({"get": "timeline"}), name="api-timeline"),
    path(
        f"{LEAD_PATH}messages/",
        NotesViewSet.as_view({"get": "list_messages", "post": "create_message"}),
        name="api-messages",
    ),
    path(
        f"{LEAD_PATH}notes/",
        NotesViewSet.as_view({"get": "list_notes", "post": "create_note"}),
        name="api-notes",
    ),
    path(
        f"{LEAD_PATH}attachments/",
        NotesViewSet.as_view({"get": "list_files", "post": "create_files"}),
        name="api-attachments",
    ),
    *StepViewSet.paths(LEAD_PATH),
]
