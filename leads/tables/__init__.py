"""The lists of leads."""

from leads.tables.drafts import DraftList
from leads.tables.leads import FINDABLE, LeadList, register_bulk
from leads.tables.triage import TriageList, TriageLook

__all__ = ["FINDABLE", "DraftList", "LeadList", "TriageList", "TriageLook", "register_bulk"]
