"""Programs, and the leads that partners refer to them."""

from leads.models.counters import ConflictCount, LeadCounter
from leads.models.lead import (
    HAS_TEAM,
    IS_OPEN,
    NEVER,
    QUESTIONED,
    SENT,
    UNASSIGNED,
    UNSENT,
    Lead,
    Named,
    VendorAnswers,
    contact_name,
)
from leads.models.programs import OwnField, Program, submit_words

__all__ = [
    "HAS_TEAM",
    "IS_OPEN",
    "NEVER",
    "QUESTIONED",
    "SENT",
    "UNASSIGNED",
    "UNSENT",
    "ConflictCount",
    "Lead",
    "LeadCounter",
    "Named",
    "OwnField",
    "Program",
    "VendorAnswers",
    "contact_name",
    "submit_words",
]
