"""Leads as JSON: what each side gets, and what it may send."""

from leads.serializers.bodies import (
    AnswerBody,
    AssignBody,
    BulkAssignBody,
    ConflictCheckBody,
    ConvertBody,
    DraftBody,
    LeadBody,
    LeadMessageBody,
    ProgramBody,
    SubmitBody,
    TeamBody,
    VendorFieldsBody,
)
from leads.serializers.records import LeadSerializer, VendorFieldsSerializer, lead_json
from leads.serializers.rows import LEAD_COLUMNS as ROW_COLUMNS
from leads.serializers.rows import LeadRowSerializer, TriageRowSerializer, row_json
from leads.serializers.shapes import (
    CandidateListSerializer,
    ProgramListSerializer,
    ProgramSerializer,
    RepresentativeListSerializer,
    program_json,
)

__all__ = [
    "ROW_COLUMNS",
    "AnswerBody",
    "AssignBody",
    "BulkAssignBody",
    "CandidateListSerializer",
    "ConflictCheckBody",
    "ConvertBody",
    "DraftBody",
    "LeadBody",
    "LeadMessageBody",
    "LeadRowSerializer",
    "LeadSerializer",
    "ProgramBody",
    "ProgramListSerializer",
    "ProgramSerializer",
    "RepresentativeListSerializer",
    "SubmitBody",
    "TeamBody",
    "TriageRowSerializer",
    "VendorFieldsBody",
    "VendorFieldsSerializer",
    "lead_json",
    "program_json",
    "row_json",
]
