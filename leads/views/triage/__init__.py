"""Triage: a queue, the lead that is read, the decisions, and the next one (E15)."""

from leads.views.triage.bulk import BulkAssignView
from leads.views.triage.pages import TriageView

__all__ = ["BulkAssignView", "TriageView"]
