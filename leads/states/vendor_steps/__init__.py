"""The steps of a lead that the vendor's side takes."""

from leads.states.vendor_steps.decisions import AWARD_STEPS, DECISION_STEPS
from leads.states.vendor_steps.questions import QUESTION_STEPS
from leads.states.vendor_steps.triage import TRIAGE_STEPS

VENDOR_STEPS = (*TRIAGE_STEPS, *QUESTION_STEPS, *DECISION_STEPS)

__all__ = ["AWARD_STEPS", "VENDOR_STEPS"]
