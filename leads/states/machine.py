"""The machine of leads (spec: states.md, Lead): every step of both sides, and of the portal itself."""

from leads.states.partner_steps import PARTNER_STEPS
from leads.states.system_steps import SYSTEM_STEPS
from leads.states.told import ALSO
from leads.states.vendor_steps import AWARD_STEPS, VENDOR_STEPS
from leads.states.words import Status
from partnerhub.states import Machine

LEAD = Machine(
    "lead",
    (*PARTNER_STEPS, *VENDOR_STEPS, *AWARD_STEPS, *SYSTEM_STEPS),
    states=Status,
    also=ALSO,
)
