"""What a member may see of the leads, and what pages and API ask of them."""

from leads.selectors.held import keepers
from leads.selectors.lists import (
    UNLISTED,
    capped_count,
    listed_rows,
    names_on,
    number_in,
    submitted_leads,
    with_people,
    with_vendor_answers,
)
from leads.selectors.one import find_locked, lead_fields, lead_for, what_happens_next
from leads.selectors.programs import (
    ProgramChoice,
    all_programs,
    asked_fields,
    choices,
    colleagues,
    own_fields,
    programs,
    representative_kept,
    representatives,
    with_own_fields,
)
from leads.selectors.ranking import Candidate, candidates
from leads.selectors.scope import drafts_of, is_sides, leads_for, listed_by, listed_leads, own_of
from leads.selectors.triage import beside, waiting_in, waiting_leads, workloads
from leads.selectors.verdicts import ConflictVerdict, likely_reason, own_lead_for, verdict_alone

__all__ = [
    "UNLISTED",
    "Candidate",
    "ConflictVerdict",
    "ProgramChoice",
    "all_programs",
    "asked_fields",
    "beside",
    "candidates",
    "capped_count",
    "choices",
    "colleagues",
    "drafts_of",
    "find_locked",
    "is_sides",
    "keepers",
    "lead_fields",
    "lead_for",
    "leads_for",
    "likely_reason",
    "listed_by",
    "listed_leads",
    "listed_rows",
    "names_on",
    "number_in",
    "own_fields",
    "own_lead_for",
    "own_of",
    "programs",
    "representative_kept",
    "representatives",
    "submitted_leads",
    "verdict_alone",
    "waiting_in",
    "waiting_leads",
    "what_happens_next",
    "with_own_fields",
    "with_people",
    "with_vendor_answers",
    "workloads",
]
