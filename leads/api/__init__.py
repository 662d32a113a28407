"""The API of leads: the pages' selectors and verbs, as JSON."""

from leads.api.drafts import DraftViewSet
from leads.api.leads import LeadViewSet
from leads.api.notes import NotesViewSet
from leads.api.steps import StepViewSet
from leads.api.tenant import (
    CandidateViewSet,
    ConflictCheckViewSet,
    ProgramViewSet,
    ReaderViewSet,
    RepresentativeViewSet,
)
from leads.api.triage import TriageViewSet
from leads.api.vendor_fields import VendorFieldsViewSet

__all__ = [
    "CandidateViewSet",
    "ConflictCheckViewSet",
    "DraftViewSet",
    "LeadViewSet",
    "NotesViewSet",
    "ProgramViewSet",
    "ReaderViewSet",
    "RepresentativeViewSet",
    "StepViewSet",
    "TriageViewSet",
    "VendorFieldsViewSet",
]
