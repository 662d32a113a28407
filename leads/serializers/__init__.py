"""Leads as JSON: what each side gets, and what it may send."""

from leads.serializers.bodies import (
    AnswerBody,
    AppealBody,
    AssignBody,
    BulkAssignBody,
    DraftBody,
    LeadBody,
    LeadMessageBody,
    ProgramBody,
    QuestionBody,
    ReasonBody,
    RefuseBody,
    SubmitBody,
    TeamBody,
    VendorFieldsBody,
    WithdrawBody,
)
from leads.serializers.records import LeadSerializer, VendorFieldsSerializer, lead_json, visible_changes
from leads.serializers.rows import COLUMNS as ROW_COLUMNS
from leads.serializers.rows import LeadRowSerializer, row_json
from leads.serializers.shapes import (
    BulkResultsSerializer,
    ProgramListSerializer,
    ProgramSerializer,
    RepresentativeListSerializer,
    TimelineSerializer,
    entry_json,
    program_json,
)

__all__ = [
    "ROW_COLUMNS",
    "AnswerBody",
    "AppealBody",
    "AssignBody",
    "BulkAssignBody",
    "BulkResultsSerializer",
    "DraftBody",
    "LeadBody",
    "LeadMessageBody",
    "LeadRowSerializer",
    "LeadSerializer",
    "ProgramBody",
    "ProgramListSerializer",
    "ProgramSerializer",
    "QuestionBody",
    "ReasonBody",
    "RefuseBody",
    "RepresentativeListSerializer",
    "SubmitBody",
    "TeamBody",
    "TimelineSerializer",
    "VendorFieldsBody",
    "VendorFieldsSerializer",
    "WithdrawBody",
    "entry_json",
    "lead_json",
    "program_json",
    "row_json",
    "visible_changes",
]
