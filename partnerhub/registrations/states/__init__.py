"""The machines of incentives and of registrations (B7; states.md, ruling 14)."""

from partnerhub.registrations.states.conditions import SIGNED_WITHIN, Claimed
from partnerhub.registrations.states.incentives import (
    INCENTIVE,
    INCENTIVE_TONES,
    NEW_INCENTIVE,
    IncentiveStatus,
)
from partnerhub.registrations.states.registrations import ASKED_OF_CONTRACT, REGISTRATION
from partnerhub.registrations.states.statuses import (
    INCENTIVE_TOLD_ON_DEAL,
    IS_OVER,
    IS_WITH_PARTNER,
    REGISTERED_TONES,
    RegisteredStatus,
    RejectReason,
)

__all__ = [
    "ASKED_OF_CONTRACT",
    "INCENTIVE",
    "INCENTIVE_TOLD_ON_DEAL",
    "INCENTIVE_TONES",
    "IS_OVER",
    "IS_WITH_PARTNER",
    "NEW_INCENTIVE",
    "REGISTERED_TONES",
    "REGISTRATION",
    "SIGNED_WITHIN",
    "Claimed",
    "IncentiveStatus",
    "RegisteredStatus",
    "RejectReason",
]
