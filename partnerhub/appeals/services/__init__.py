"""Verbs on appeals (E3). The partner's own, to appeal, is a step of the lead."""

from partnerhub.appeals.services.cloning import clone_lead
from partnerhub.appeals.services.deciding import (
    decided_with_lead,
    move_appeals,
    open_appeal,
    reject,
    remind_deciders,
    sweep_appeals,
    uphold,
)
from partnerhub.appeals.services.records import APPEALS

__all__ = [
    "APPEALS",
    "clone_lead",
    "decided_with_lead",
    "move_appeals",
    "open_appeal",
    "reject",
    "remind_deciders",
    "sweep_appeals",
    "uphold",
]
